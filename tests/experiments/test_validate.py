"""``yizhan validate``: every figure beside the model with its misses, what is kept, exit statuses, both languages, and what is refused."""

import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats

from experiments.validate.files import MARK
from experiments.validate.kept import SIGNATURE
from experiments.validate.left_out import foretold, mean_distance
from experiments.validate.predictors import mean_errors, predictions
from experiments.validate.report import distance_of, figure_of, named, simulated_of
from experiments.validate.scorecard import MARKET, Row, misses_first, tally
from sim.bilingual import Sentence
from sim.calibration.posterior import Runs
from sim.calibration.space import Space
from sim.scenario import Scenario
from sim.statistics import Kind
from sim.targets.loading import load_targets
from sim.targets.target import Target

Command = Callable[..., Any]
FIELDS = {"target", "value", "tolerance", "median", "low", "high", "distance", "pass", "used_for_calibration"}
TINY = ("population.graduates=200", "replicates=2", "programmes=[dongbeitang]", "programme_people=200", "programme_replicates=2")
OWN = """title: Ours
title_zh: 我市
targets:
  easy: &easy
    label: C6
    value: 50
    unit: "%"
    tolerance: 1000
    reason: anything will do
    reason_zh: 什么都行
    source: a test
    period: "2024"
    measure: offered_in_april
    use: calibration
  hard:
    label: C6
    value: -999999
    unit: "%"
    tolerance: 1
    reason: nothing will do
    reason_zh: 都不行
    source: a test
    period: "2024"
    measure: offered_in_april
    use: held_out
    use_reason: why not
    use_reason_zh: 有何不可
"""
QUICK = ("population.graduates=60", "replicates=2", "programmes=[]", "target=ours.yaml", "figures=false", "kept=kept.txt")


@dataclass(frozen=True)
class Done:
    folder: Path
    out: str

    @property
    def rows(self) -> Any:
        return json.loads((self.folder / "validation.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def done(call: Command, tmp_path_factory: pytest.TempPathFactory) -> Done:
    folder = tmp_path_factory.mktemp("validate")
    said = call(folder, "validate", *TINY, "output=out", "kept=none.txt", "write=page.md")
    assert said.status == 0, said.err
    return Done(folder / "out", said.out)


def row(values: list[float], value: float = 10, tolerance: float = 2, **more: Any) -> Row:
    given = {"name": "a.b", "group": MARKET, "label": "C1", "words": Sentence("words", "词"), "unit": Sentence("%", "%")}
    return Row(value=value, tolerance=tolerance, reason=Sentence("", ""), source="", values=np.array(values, float), **(given | more))


# What it finds


def test_the_files_of_a_scorecard(done: Done) -> None:
    files = {"config.yaml", "provenance.json", "validation.json", "validation.md", "left_out.json", "figures"}
    assert {path.name for path in done.folder.iterdir()} == files
    assert {path.stem for path in (done.folder / "figures").iterdir()} == {"targets", "programmes"}
    names = [one["target"] for one in done.rows]
    assert names == [*load_targets().by_name, *(f"dongbeitang.{figure.outcome}" for figure in Scenario.load("dongbeitang").reported)]
    assert len(names) >= 20


def test_every_row_has_what_is_promised_and_agrees_with_itself(done: Done) -> None:
    uses = {target.name: target.use for target in load_targets()}
    for one in done.rows:
        assert one.keys() >= FIELDS
        assert one["used_for_calibration"] is (uses.get(one["target"], "calibration") == "calibration" and bool(one["knobs"]))
        if one["median"] is None:
            assert not one["pass"]
            continue
        assert one["median"] == pytest.approx(np.nanmedian(np.array(one["values"], float)))
        assert one["distance"] == pytest.approx((one["median"] - one["value"]) / one["tolerance"])
        assert one["pass"] is (abs(one["distance"]) <= 1)
    assert {one["target"]: one["knobs"] for one in done.rows}["dongbeitang.placements_started"] == ["policy.internships.summer_places"]


def test_the_page_and_the_table_begin_with_the_misses(done: Done) -> None:
    page = (done.folder / "validation.md").read_text(encoding="utf-8")
    assert (done.folder.parent / "page.md").read_text(encoding="utf-8") == page
    passed = sum(one["pass"] for one in done.rows)
    head = f"{passed} of {len(done.rows)} figures within tolerance"
    for text in (page, done.out):
        assert head in text
        assert text.index(f"Missed ({len(done.rows) - passed})") < text.index(f"Within tolerance ({passed})")
    assert page.startswith(MARK)
    assert "of at most 200 people (a trial" in " ".join(done.out.split())


def test_in_chinese(call: Command, tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text(OWN, encoding="utf-8")
    said = call(tmp_path, "validate", *QUICK, "language=zh", "output=out")
    assert said.status == 0, said.err
    assert "2 项中 1 项在容许偏差内：样本内 1 项中 1 项，样本外 1 项中 0 项。" in said.out
    assert "尚无存档成绩单（kept.txt）" in said.out
    assert "未达到（1 项）" in (tmp_path / "out" / "validation.md").read_text(encoding="utf-8")


# What is kept, and exit statuses


def test_what_the_kept_scorecard_passes_must_not_be_missed(call: Command, tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text(OWN, encoding="utf-8")
    kept = tmp_path / "kept.txt"
    assert call(tmp_path, "validate", *QUICK, "output=1", "update=true").status == 0
    text = kept.read_text(encoding="utf-8")
    assert text.startswith(SIGNATURE)
    assert "\neasy pass " in text
    assert "\nhard miss " in text
    held = call(tmp_path, "validate", *QUICK, "output=2")
    assert (held.status, "Nothing that the kept scorecard passes is missed" in held.out) == (0, True)
    kept.write_text(text.replace("hard miss", "hard pass").replace("easy pass", "easy miss"), encoding="utf-8")
    lost = call(tmp_path, "validate", *QUICK, "output=3")
    assert lost.status == 1
    assert "Missed now, and within tolerance in the kept scorecard: hard." in lost.err
    assert "Within tolerance now, and missed before: easy." in lost.out
    assert (tmp_path / "3" / "validation.json").is_file()
    assert "存档成绩单中达到、现在未达到：hard" in call(tmp_path, "validate", *QUICK, "output=4", "language=zh").err
    other = call(tmp_path, "validate", *QUICK, "output=5", "seed=2", "behaviour.peers=3")
    assert (other.status, "made with other settings: seed=1, others=" in other.out) == (0, True)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("programmes=[zibbo]",), "unknown programme 'zibbo'. Did you mean 'zibo'?"),
        (("programmes=[none]",), "unknown programme 'none'"),
        (("target=labor_market",), "unknown targets 'labor_market'. Did you mean 'labour_market'?"),
        (("programme_replicates=0",), "programme_replicates is 0; allowed is an integer, at least 1"),
        (("write=nowhere/page.md",), "there is no folder nowhere; make it first"),
        (("write=mine.md",), "write=mine.md was not made by this command"),
        (("kept=mine.md",), "kept=mine.md is no kept scorecard; it was left alone"),
        (("kept=broken.txt",), "broken.txt:2: cannot be read as NAME pass|miss MEDIAN"),
        (("-m",), "validate makes one scorecard: leave out -m."),
    ],
)
def test_what_cannot_be_done_is_refused_before_anything_runs(call: Command, tmp_path: Path, words: tuple[str, ...], told: str) -> None:
    (tmp_path / "mine.md").write_text("mine", encoding="utf-8")
    (tmp_path / "broken.txt").write_text(f"{SIGNATURE}\neasy perhaps\n", encoding="utf-8")
    said = call(tmp_path, "validate", *words)
    assert said.status == 2
    assert told in said.err
    assert (tmp_path / "mine.md").read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "results").exists()


# Known answers


def test_a_row_by_hand() -> None:
    one = row([8, 9, 13, math.nan])
    assert (one.median, one.distance, one.passed) == (9, -0.5, True)
    reach = stats.t.ppf(0.975, 2) * math.sqrt(7) * math.sqrt(4 / 3)
    assert one.bounds == pytest.approx((10 - reach, 10 + reach))
    low, high = row([1, 2, 90], kind=Kind.SHARE, scale=100.0).bounds
    assert 0 < low < high < 100, "no share leaves the range, and none is cut"
    assert row([8, 9, 13], kind=Kind.COUNT).bounds[0] > 0 > 10 - reach
    nothing = row([math.nan])
    assert (math.isnan(nothing.median), nothing.passed, distance_of(nothing)) == (True, False, "–")
    assert all(math.isnan(bound) for bound in row([3]).bounds)
    ordered = misses_first([one, row([20]), nothing, row([-20])])
    assert [other.distance for other in ordered[1:]] == [-15.0, 5.0, -0.5]
    assert ordered[0] is nothing
    assert (tally(ordered).passed, tally(ordered).of) == (1, 4)


@pytest.mark.parametrize(
    ("value", "tolerance", "median", "group", "unit", "told"),
    [
        (16.1, 1.5, 33.27, MARKET, "%", "it, %: 16.1 ± 1.5; 33.3"),
        (0.2, 0.1, 0.263, MARKET, "ratio", "it: 0.20 ± 0.10; 0.26"),
        (-0.07, 0.105, math.nan, MARKET, "ratio", "it: −0.070 ± 0.105; –"),
        (32, 6.4, 234, "zibo", "persons", "it, persons: 32 ± 6; 234"),
        (0.105, 0.021, 0.3333, "zibo", "share", "it, %: 10.5 ± 2.1; 33.3"),
        (83_140_000, 16_628_000, 1_400_000, "zibo", "CNY", "it, million CNY: 83.1 ± 16.6; 1.4"),
    ],
)
def test_numbers_of_a_row_stand_in_the_places_of_its_figure(value: float, tolerance: float, median: float, group: str, unit: str, told: str) -> None:
    words = {"group": group, "unit": Sentence(unit, "元" if unit == "CNY" else unit), "words": Sentence("it", "它"), "label": ""}
    one = row([median], value, tolerance, **words)
    name = str(named(one)).removeprefix(f"{group}: ")
    assert f"{name}: {figure_of(one, 'en')}; {simulated_of(one, 'en')}" == told
    if unit == "CNY":
        assert named(one).zh.endswith("，万元")
        assert figure_of(one, "zh") == "8,314 ± 1,663"


def test_a_programme_left_out_is_told_by_how_far_the_others_are_off() -> None:
    rows = [
        row([20], 10, name="a.x", group="a"), row([80], 10, name="a.y", group="a"), row([30], 10, name="b.x", group="b"),
        row([1], 10, name="b.y", group="b", in_sample=True), row([1], 10, name="b.z", group="b", plan=True), row([5], 10),
    ]  # fmt: skip
    found = {one.row.name: one for one in predictions(rows, {"b.x": 5.0})}
    assert set(found) == {"a.x", "a.y", "b.x"}, "targets, chosen figures and plans are no test"
    assert found["b.x"].scaled == pytest.approx(30 / 4), "the others are off by the geometric mean of 2 and 8"
    assert found["a.x"].scaled == pytest.approx(20 / 3)
    errors = mean_errors(list(found.values()))
    assert errors["model"] == (pytest.approx((math.log(2) + math.log(8) + math.log(3)) / 3), 3)
    assert errors["planned"] == (pytest.approx(math.log(2)), 1)
    assert errors["model_where_planned"] == (pytest.approx(math.log(3)), 1)


def target(name: str, label: str, value: float) -> Target:
    told = dict.fromkeys(("unit", "reason", "reason_zh", "source", "period", "measure"), "x")
    return Target(name=name, label=label, value=value, tolerance=0.1, use="calibration", **told)


def test_a_target_left_out_is_foretold_by_those_that_share_its_cause_and_by_no_others() -> None:
    """Two statistics show the first parameter, and one the second alone: of that one nothing is known when it is left out."""
    space = Space.of(Scenario.load("none"), ["behaviour.idle_worth", "behaviour.targeting"])
    values = space.sample(128, 1)
    unit = space.unit(values)
    statistics = np.column_stack([unit[:, 0], 2 * unit[:, 0], unit[:, 1]]) + 0.01 * np.random.default_rng(1).standard_normal((128, 3))
    runs = Runs(values, ("one", "twice", "alone"), statistics)
    apart = [target("one", "A", 0.2), target("twice", "B", 0.4), target("alone", "C", 0.9)]
    found = {out.target.name: out for out in foretold(space, runs, apart, 1, 400)}
    assert found["twice"].median == pytest.approx(0.4, abs=0.05)
    assert found["twice"].passed
    assert found["twice"].is_nearer
    assert found["twice"].before == pytest.approx(1.0, abs=0.1), "the middle of all ranges"
    assert found["alone"].median == pytest.approx(0.5, abs=0.1)
    assert not found["alone"].passed
    assert found["alone"].high - found["alone"].low > 0.8, "anything is possible"
    together = foretold(space, runs, [target("one", "A", 0.2), target("twice", "A", 0.4), target("alone", "C", 0.9)], 1, 400)
    assert not together[1].passed, "a label is left out with all its targets"
    assert mean_distance(together) > mean_distance(list(found.values()))
