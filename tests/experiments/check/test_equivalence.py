"""Whether what moved matters: tests of equivalence on samples whose truth is known, and what a check says of them."""

import json
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.weightstats import ttost_paired

from experiments.check import judging
from experiments.check.baseline import Margin, Sample
from experiments.check.baselines import read_baseline
from experiments.check.equivalence import (
    LEVEL,
    LOOKS,
    Judgement,
    Verdict,
    distances,
    energy_of,
    first_of,
    holm,
    judge,
    level_at,
    replicates_at,
)
from experiments.check.margins import SPREAD
from experiments.check.sampling import in_units
from tests.experiments.check.held import NONE, Command, joined, rewrite, series_with, without_progress

REPLICATES = 40
LAST = len(LOOKS) - 1
MARGINS = {f"outcome_{number}": Margin(5.0, "5%") for number in range(4)}


def drawn(seed: int, *, shift: float = 0.0, spread: float = 1.0, sets: bool = True) -> Sample:
    """Draw a sample: outcomes of mean 100, of which vectors differ by 5 and luck by 3; and a distribution over persons."""
    luck, of_vectors = np.random.default_rng(seed), np.random.default_rng(5)
    vectors = np.arange(REPLICATES) // 2 if sets else np.arange(REPLICATES)
    level = np.repeat(of_vectors.normal(100, 5, (REPLICATES // 2, 4)), 2, axis=0)
    at_end = {name: level[:, number] + luck.normal(0, 3, REPLICATES) for number, name in enumerate(MARGINS)}
    at_end["outcome_0"] = at_end["outcome_0"] + shift
    at_end["rare"] = luck.poisson(0.2, REPLICATES).astype(float)
    at_end["undefined"] = np.full(REPLICATES, np.nan)
    persons = np.sort(spread * luck.normal(size=(REPLICATES, 200)), axis=1)[:, 7::14]
    return Sample(REPLICATES, at_end, {"wage": persons}, vectors.astype(float))


def test_the_looks_spend_the_level_and_no_more() -> None:
    assert sum(level_at(look) for look in range(len(LOOKS))) == pytest.approx(LEVEL)
    assert [replicates_at(look, 60) for look in range(len(LOOKS))] == [16, 30, 60]
    assert [replicates_at(look, 3) for look in range(len(LOOKS))] == [2, 2, 3]


def test_each_outcome_is_tested_as_the_libraries_test_it() -> None:
    before, now = drawn(1), drawn(2, shift=1.0)
    judged = {one.name: one for one in judge(before, now, MARGINS, LAST).tests}
    then, today = (in_units(sample.at_end["outcome_0"], before.vectors) for sample in (before, now))
    level = level_at(LAST)
    p_equivalent = ttost_paired(today, then, -5.0, 5.0)[0]
    assert (p_equivalent < level) == (judged["outcome_0"].verdict is Verdict.EQUIVALENT)
    ends = stats.ttest_rel(today, then).confidence_interval(1 - 2 * level)
    assert (judged["outcome_0"].low, judged["outcome_0"].high) == pytest.approx((ends.low, ends.high))
    assert judged["outcome_0"].units == REPLICATES // 2
    assert "undefined" not in judged
    alone = {one.name: one for one in judge(replace(before, vectors=np.arange(40.0)), now, MARGINS, LAST, same_luck=False).tests}
    welch = stats.ttest_ind(now.at_end["outcome_1"], before.at_end["outcome_1"], equal_var=False).confidence_interval(1 - 2 * level)
    assert (alone["outcome_1"].low, alone["outcome_1"].high) == pytest.approx((welch.low, welch.high))


def test_differences_that_are_alike_but_for_rounding_are_as_likely_as_coins_that_fall_alike() -> None:
    then = np.array([17.0, 23.0, 41.0, 59.0])
    differences = (then - 0.5) / 300 - then / 300
    assert 0 < np.std(differences, ddof=1) < 1e-15
    vectors = np.arange(4.0)
    for scale in (1.0, 300.0):
        before, now = (Sample(4, {"guests": values / scale}, {}, vectors) for values in (then, then - 0.5))
        (judged,) = judge(before, now, {}, LAST).tests
        assert judged.p == 0.125
        assert judged.verdict is not Verdict.DIFFERENT
    same = Sample(4, {"guests": then / 300 + 1e-17}, {}, vectors)
    assert [one.p for one in judge(before, same, {}, LAST).tests] == [1.0]


def test_p_values_are_corrected_as_the_libraries_correct_them() -> None:
    for raw in ([0.04, 0.01, 0.9, 0.01, 0.03], [1.0, 0.5], [0.2]):
        assert holm(raw) == multipletests(raw, method="holm")[1].tolist()
    assert holm([]) == []


def test_the_energy_distance_is_that_of_the_libraries() -> None:
    luck = np.random.default_rng(3)
    then, today = luck.normal(size=(5, 9)), luck.normal(0.4, 1.3, size=(5, 9))
    apart = distances(np.concatenate([then, today]))
    assert energy_of(apart, np.arange(5), np.arange(5, 10)) == pytest.approx(stats.energy_distance(then.ravel(), today.ravel()) ** 2)


def test_other_draws_are_equivalent_and_faults_are_not() -> None:
    def said(now: Sample, look: int = LAST) -> Judgement:
        number = replicates_at(look, REPLICATES)
        return judge(first_of(drawn(1), number), first_of(now, number), MARGINS, look)

    assert said(drawn(2)).verdict is Verdict.EQUIVALENT
    assert said(drawn(2, shift=6.0)).verdict is Verdict.DIFFERENT
    assert said(drawn(2, shift=20.0), 0).verdict is Verdict.DIFFERENT
    widened = said(drawn(2, spread=1.3))
    assert [one.name for one in widened.tests if one.verdict is Verdict.DIFFERENT] == ["wage"]
    unsure = said(drawn(2), 0)
    assert (unsure.verdict, unsure.needed) == (Verdict.UNSURE, None)  # more looks are to come
    narrow = judge(drawn(1), drawn(2), {name: Margin(1.0, "1") for name in MARGINS}, LAST)
    assert narrow.verdict is Verdict.UNSURE
    assert narrow.needed is not None
    assert narrow.needed > narrow.replicates
    gone = drawn(2)
    del gone.at_end["rare"]
    assert said(gone).verdict is Verdict.DIFFERENT


def test_what_differs_by_less_than_its_margin_does_not_count() -> None:
    before = drawn(1)
    now = replace(before, at_end={**before.at_end, "outcome_0": before.at_end["outcome_0"] + 0.5})
    judged = judge(before, now, MARGINS, LAST)
    assert judged.verdict is Verdict.EQUIVALENT
    beyond = replace(before, at_end={**before.at_end, "rare": before.at_end["rare"] + 1.0})
    assert judge(before, beyond, MARGINS, 0).verdict is Verdict.DIFFERENT  # not chosen, and yet found


def test_nothing_is_called_equivalent_early_while_any_outcome_is_open() -> None:
    before = drawn(1)
    now = replace(before, at_end={**before.at_end, "rare": np.roll(before.at_end["rare"], 3)})
    early = [judge(first_of(before, 10), first_of(now, 10), MARGINS, look) for look in (0, LAST)]
    assert {one.verdict for one in early[0].tests if one.chosen} == {Verdict.EQUIVALENT}
    assert [one.verdict for one in early] == [Verdict.UNSURE, Verdict.EQUIVALENT]


@pytest.mark.slow
def test_error_rates_are_those_declared() -> None:
    alarms, missed = 0, 0
    by_spread = {name: Margin(5.0, SPREAD) for name in MARGINS}
    for seed in range(200):
        for shift, margins in ((0.0, by_spread), (5.0, MARGINS)):
            before, now = (replace(one, persons={}) for one in (drawn(2 * seed + 1), drawn(2 * seed + 2, shift=shift)))
            for look in range(len(LOOKS)):
                number = replicates_at(look, REPLICATES)
                judged = judge(first_of(before, number), first_of(now, number), margins, look)
                if judged.verdict is not Verdict.UNSURE:
                    break
            alarms += shift == 0 and judged.verdict is Verdict.DIFFERENT
            missed += shift == 5.0 and judged.verdict is Verdict.EQUIVALENT
    assert alarms <= stats.binom.isf(0.001, 200, LEVEL)
    assert missed <= stats.binom.isf(0.001, 200, LEVEL)


def test_a_check_that_moved_in_every_report(yizhan: Command, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = read_baseline(kept, "none")
    rewrite(kept, "none", daily=series_with(held, "hires", 0, 5, 99.0))
    (kept / "zibo.json").write_bytes(b"")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    words = ("check", "directory=b", "junit=check.xml", "markdown=check.md", "workers=1")
    said = yizhan(*words)
    assert said.status == 1
    root = ET.parse(kept.parent / "check.xml").getroot()  # noqa: S314 (ours)
    counts = {"tests": 2, "failures": 1, "errors": 1, "skipped": 0}
    assert {key: int(root.attrib[key]) for key in counts} == counts
    cases = {case.attrib["name"]: case for case in root.iter("testcase")}
    assert "1 outcomes moved, since day 5" in cases["none"].find("failure").attrib["message"]
    assert "is broken" in cases["zibo"].find("error").attrib["message"]
    page = (kept.parent / "check.md").read_text(encoding="utf-8")
    assert "| ❌ | `none` |" in page
    assert "| 5 | Jobs begun in the region" in page
    assert "::error file=b/none.json,title=yizhan check::none: 1 outcomes moved" in said.out
    chinese = yizhan(*words, "language=zh", "annotations=false")
    assert "::" not in chinese.out
    assert "1 项结果变动" in (kept.parent / "check.md").read_text(encoding="utf-8")


def test_equivalence_is_asked_only_where_bits_moved(yizhan: Command, kept: Path) -> None:
    words = ("check", "mode=equivalence", *NONE, "directory=b", "workers=1")
    assert yizhan(*words).out == "Nothing moved: none (b).\n"
    held = read_baseline(kept, "none")
    assert held.sample is not None
    rewrite(kept, "none", daily=series_with(held, "hires", 0, 5, 99.0))  # one value of the exact part, as if another library had made it
    said = yizhan(*words, "output=o", "language=zh")
    assert said.status == 0, said.err
    assert "none：等效，虽有 1 项结果变动" in said.out
    told = json.loads((kept.parent / "o" / "check.json").read_text(encoding="utf-8"))["programmes"]["none"]["equivalence"]
    assert told["verdict"] == "equivalent"
    assert {one["verdict"] for one in told["tests"]} == {"equivalent"}
    assert {path.name for path in (kept.parent / "o" / "figures").glob("*.svg")} == {"moved_none.svg", "tests_none.svg"}
    shifted = {**held.sample.at_end, "employed_in_region": held.sample.at_end["employed_in_region"] + 40.0 + np.arange(held.sample.replicates) / 10}
    rewrite(kept, "none", daily=series_with(held, "hires", 0, 5, 99.0), sample=replace(held.sample, at_end=shifted))
    said = yizhan(*words)
    assert said.status == 1
    assert "none: different, told after" in without_progress(said.err)
    assert "Employed in the region" in joined(said.out)
    empty = {**held.sample.at_end, "hires": np.full(held.sample.replicates, np.nan)}
    nothing = {"sample": replace(held.sample, at_end=empty), "margins": {"hires": Margin(3.0, "3")}}
    rewrite(kept, "none", daily=series_with(held, "hires", 0, 5, 99.0), **nothing)
    for language, told_so in (("en", "no chosen outcome is defined in most of them"), ("zh", "所选指标在多数模拟中均无定义")):
        said = yizhan(*words, f"language={language}")
        assert said.status == 1
        assert told_so in said.err
    rewrite(kept, "none", daily=series_with(held, "hires", 0, 5, 99.0), sample=None, margins={})
    said = yizhan(*words)
    assert said.status == 1
    assert "the baseline has no sample with margins, and needs 60 replicates" in said.err


@pytest.mark.parametrize(("words", "told"), [
    (("junit=nowhere/a.xml",), "cannot write junit=nowhere/a.xml"),
    (("markdown=.",), "cannot write markdown=.: it is a folder"),
    (("mode=equal",), "mode"),
    (("fresh_seed=3",), "fresh_seed belongs to mode=equivalence"),
    (("update=true", "junit=a.xml"), "update=true checks nothing"),
])  # fmt: skip
@pytest.mark.usefixtures("kept")
def test_what_cannot_be_reported_is_refused_before_anything_runs(yizhan: Command, words: tuple[str, ...], told: str) -> None:
    said = yizhan("check", "directory=b", *words)
    assert (said.status, said.out) == (2, "")
    assert told in said.err
    assert "simulated" not in said.err


def test_the_sample_that_is_needed_is_the_usual_one() -> None:
    assert judging.USUAL_SAMPLE == 60


def test_what_is_mostly_undefined_is_not_held_to_its_margin_and_named() -> None:
    units = in_units(np.array([1.0, np.nan, np.nan, np.nan]), np.array([0.0, 0, 1, 1]))
    assert (units[0], bool(np.isnan(units[1]))) == (1.0, True)
    before, now = drawn(1), drawn(2)
    margins = {**MARGINS, "undefined": Margin(1.0, "spread"), "sometimes": Margin(0.001, "spread"), "mostly": Margin(9.0, "spread")}
    for luck, sample in enumerate((before, now)):
        defined = np.random.default_rng(luck).random(REPLICATES)
        sample.at_end["sometimes"] = np.where(defined < 0.2, 1.0 + defined, np.nan)
        sample.at_end["mostly"] = np.where(defined < 0.8, 1.0 + defined, np.nan)
    for same_luck, vectors in ((True, before.vectors), (False, before.vectors), (False, np.arange(float(REPLICATES)))):
        judgement = judge(replace(before, vectors=vectors), replace(now, vectors=vectors), margins, LAST, same_luck=same_luck)
        said = {one.name: one.verdict for one in judgement.tests}
        assert (said["undefined"], said["sometimes"], said["mostly"]) == (Verdict.UNDEFINED, Verdict.UNDEFINED, Verdict.EQUIVALENT)
        assert judgement.verdict is Verdict.EQUIVALENT
    only = judge(before, now, {"undefined": Margin(1.0, "spread")}, LAST)
    assert (only.verdict, only.needed) == (Verdict.UNSURE, None)
    gone = replace(now, at_end={**now.at_end, "mostly": np.full(REPLICATES, np.nan)})
    assert judge(before, gone, margins, LAST).verdict is Verdict.DIFFERENT  # a fault that leaves nothing defined
