"""What is shown to be more than luck, however wide the margins: on samples made by hand."""

from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any, ClassVar, cast

import numpy as np
import pytest

from experiments.check.baseline import Baseline, Margin, Sample, Settings
from experiments.check.equivalence import LOOKS, Judgement, Verdict, first_of, judge, replicates_at
from experiments.check.labels import outcome_of
from experiments.check.margins import IGNORED_SHARE, IGNORED_SPREADS, SPREAD, ignored_of, margins_of, usual_margin
from experiments.check.persons import COLUMN, MEANT, NAMES, means_of
from experiments.check.planning import Plan, completed
from experiments.check.subjects import Measured, Subject
from sim.results import Results
from sim.scenario import Scenario

REPLICATES = 60
LAST = len(LOOKS) - 1
HIRES, SETTLED, NEVER_SEEN = "hires", f"{COLUMN}troubles_settled", "loans_applied"


def sample(seed: int = 1) -> Sample:
    """Draw worlds in pairs that live with one vector: an outcome of mean 50 and a luck of 10, one that is rare, one that never happens."""
    luck = np.random.default_rng(seed)
    at_end = {
        HIRES: luck.normal(50, 10, REPLICATES), SETTLED: luck.poisson(2, REPLICATES) / 1000.0, NEVER_SEEN: np.zeros(REPLICATES),
    }  # fmt: skip
    return Sample(REPLICATES, at_end, {}, np.arange(REPLICATES) // 2 * 1.0)


def moved(before: Sample, name: str, by: float, noise: float = 0.0) -> Sample:
    """Move an outcome of every world, by about as much."""
    luck = np.random.default_rng(7).normal(0, noise or abs(by) / 2, REPLICATES)
    return replace(before, at_end=before.at_end | {name: before.at_end[name] + by + luck})


def said(before: Sample, now: Sample, look: int = LAST, *, declared: str = SPREAD) -> tuple[Verdict, dict[str, Any]]:
    """Judge, held to the margin of an outcome alone."""
    margin = Margin(usual_margin(before, HIRES), declared)
    number = replicates_at(look, REPLICATES)
    found: Judgement = judge(first_of(before, number), first_of(now, number), {HIRES: margin}, look)
    return found.verdict, {one.name: one for one in found.tests}


def test_a_margin_by_spread_excuses_luck_and_not_what_is_shown_to_be_more() -> None:
    before = sample()
    for by, verdict in ((0.6, Verdict.EQUIVALENT), (3.0, Verdict.DIFFERENT), (-3.0, Verdict.DIFFERENT)):
        told, tests = said(before, moved(before, HIRES, by))
        assert told is verdict, by
        assert max(-tests[HIRES].low, tests[HIRES].high) < tests[HIRES].margin  # well within it
    assert said(before, moved(before, HIRES, 3.0), declared="15%")[0] is Verdict.EQUIVALENT  # who declares a margin has said what does not matter
    assert said(before, moved(before, HIRES, 3.0, noise=15.0))[0] is Verdict.EQUIVALENT  # as much, and not shown to be more than luck
    assert said(before, sample(2))[0] is Verdict.EQUIVALENT


def test_what_is_ignored_is_a_hundredth_of_the_mean_or_a_tenth_of_the_luck() -> None:
    before = sample()
    assert ignored_of(before, HIRES) == pytest.approx(IGNORED_SPREADS * 10, rel=0.3)
    steady = replace(before, at_end=before.at_end | {HIRES: 1000.0 + before.at_end[HIRES] / 100})
    assert ignored_of(steady, HIRES) == pytest.approx(IGNORED_SHARE * 1001, rel=1e-3)
    assert ignored_of(before, NEVER_SEEN) == 0.0
    assert 0 < ignored_of(before, HIRES) < usual_margin(before, HIRES)


def test_a_column_that_no_outcome_counts_is_enough() -> None:
    before = sample()
    told, tests = said(before, moved(before, SETTLED, 0.02))
    assert (told, tests[SETTLED].chosen, tests[HIRES].verdict) == (Verdict.DIFFERENT, False, Verdict.EQUIVALENT)
    never = replace(before, at_end=before.at_end | {NEVER_SEEN: np.random.default_rng(3).poisson(1.0, REPLICATES) * 1.0})
    assert said(before, never)[0] is Verdict.DIFFERENT  # what never happened happens


def test_what_differs_by_the_same_everywhere_is_as_likely_as_coins_that_fall_alike() -> None:
    before = sample()
    for look, verdict in enumerate((Verdict.UNSURE, Verdict.DIFFERENT, Verdict.DIFFERENT)):  # 8, 15 and 30 units of three outcomes
        now = replace(before, at_end=before.at_end | {NEVER_SEEN: np.ones(REPLICATES)})
        told, tests = said(before, now, look)
        units = replicates_at(look, REPLICATES) // 2
        assert told is verdict
        assert tests[NEVER_SEEN].p == pytest.approx(3 * 0.5 ** (units - 1))


def test_before_the_last_look_nothing_is_equivalent_that_a_later_look_could_find() -> None:
    before = sample()
    slight = moved(before, HIRES, 0.02, noise=0.01)
    assert said(before, slight, 0)[0] is Verdict.EQUIVALENT  # no more than what is ignored
    open_still = moved(before, HIRES, 2.0, noise=2.0)
    told, tests = said(before, open_still, 0)
    assert (told, tests[HIRES].verdict) == (Verdict.UNSURE, Verdict.EQUIVALENT)  # within its margin, which says nothing of a small fault
    assert said(before, open_still)[0] is Verdict.DIFFERENT


def results_of(*tables: dict[str, list[float]]) -> Results:
    """Return what stands for results: tables of three persons, zero but for some columns."""
    runs = [SimpleNamespace(people={column.name: np.array(table.get(column.name, [0.0] * 3)) for column in MEANT}) for table in tables]
    return cast("Results", SimpleNamespace(runs=runs))


def test_of_every_column_the_mean_is_kept_and_of_a_day_over_those_who_have_one() -> None:
    means = means_of(results_of({"troubles_settled": [0, 1, 2], "first_job_day": [-1, 10, 20]}, {"first_job_day": [-1, -1, -1]}))
    assert means.keys() == NAMES
    assert means[SETTLED].tolist() == [1.0, 0.0]
    assert means[f"{COLUMN}first_job_day"][0] == 15.0
    assert np.isnan(means[f"{COLUMN}first_job_day"][1])
    assert not {f"{COLUMN}{name}" for name in ("activity", "employer", "aware")} & NAMES  # a state, a row, bits
    assert "troubles_settled" in outcome_of(SETTLED).label["zh"]


def test_nobody_chooses_a_column_unless_told() -> None:
    assert SETTLED not in margins_of(sample(), [], {})
    assert margins_of(sample(), [SETTLED], {})[SETTLED].value > 0


@dataclass(frozen=True)
class Held(Subject):
    """A subject that gives what it is told to."""

    scenario: Scenario
    names_of_persons: ClassVar[frozenset[str]] = frozenset({SETTLED})

    def measure(self, replicates: int, *_: Any, **__: Any) -> Measured:
        """Return a sample."""
        return Measured({name: values[:replicates] for name, values in sample(9).at_end.items()}, {})

    configuration = cast("Any", {})
    days = cast("Any", None)


def test_a_sample_that_lacks_columns_of_persons_is_made_anew(scenario_of: Any) -> None:
    whole, settings, subject = sample(), Settings(2, 1, {}), Held(scenario_of())
    lacking = replace(whole, at_end={HIRES: whole.at_end[HIRES]})
    for held, remade in ((whole, False), (lacking, True)):
        before = Baseline("none", settings, {"start": "2024-07-01"}, {}, {}, sample=held)
        written = completed(Plan("none", before, None, settings, subject, REPLICATES), replace(before, sample=None), 1)
        assert (written.sample is not held) == remade
        assert written.sample is not None
        assert SETTLED in written.sample.at_end
