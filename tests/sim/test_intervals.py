"""Intervals of counts, amounts and shares hold nothing that cannot be, and the truth as often as they say."""

import numpy as np
import pytest
from scipy.special import stdtrit

from benchmarks.intervals import CASES, Case, coverage
from sim.account import ROW_KINDS
from sim.levers import LEVERS
from sim.measures import outcome
from sim.statistics import Kind, mean_interval
from tests.every import every

BOUNDED = (Kind.AMOUNT, Kind.COUNT, Kind.SHARE)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
@pytest.mark.parametrize("replicates", [5, 10, 20])
def test_the_truth_is_held_as_often_as_it_says(case: Case, replicates: int) -> None:
    trials = 6000
    error = 4 * 100 * (0.05 * 0.95 / trials) ** 0.5  # four standard errors of 95 %
    held = coverage(case, replicates, trials=trials)
    assert held > case.least - error
    assert held > coverage(case, replicates, Kind.FREE, trials) - 0.5, "never worse than Student's"


@pytest.mark.parametrize("kind", BOUNDED)
@pytest.mark.parametrize("replicates", [2, 3, 5, 20])
def test_nothing_that_cannot_be_is_held(kind: Kind, replicates: int) -> None:
    luck = np.random.default_rng(6)
    values = luck.uniform(size=(replicates, 4000)) ** luck.integers(1, 40, 4000)
    values[:, :500] = luck.integers(0, 2, (replicates, 500))
    mean, low, high = mean_interval(values, kind=kind)
    lowest, highest = kind.limits
    every(low >= lowest)
    every(high <= highest)
    every((low <= mean + 1e-12) & (mean <= high + 1e-12))
    spread = (values.std(axis=0) > 0) & (mean > 1e-9)
    every((low[spread] > lowest) & (low[spread] < mean[spread]) & (mean[spread] < high[spread]))
    assert (mean_interval(values).low < 0).any(), "Student's would"


def test_by_hand() -> None:
    """Mean 2 of four values with variance 8/3: h² = t² · 2/3, and a count solves (2 - μ)² = h² μ / 2; 8 events in all: at least t² / 4."""
    squared = stdtrit(3, 0.975) ** 2
    values = np.array([0.0, 4.0, 2.0, 2.0])
    for kind, width in ((Kind.AMOUNT, squared * 8 / 3 / 4 / 2), (Kind.COUNT, squared * max(8 / 3 / 4 / 2, 1 / 4))):
        _, low, high = mean_interval(values, kind=kind)
        for end in (float(low), float(high)):
            assert (2 - end) ** 2 == pytest.approx(width * end)
    _, low, high = mean_interval(values / 8, kind=Kind.SHARE)
    for end in (float(low), float(high)):
        assert (0.25 - end) ** 2 == pytest.approx(squared * (8 / 3 / 64 / 4) / (0.25 * 0.75) * end * (1 - end))


@pytest.mark.filterwarnings("error")
def test_what_never_happened_may_happen() -> None:
    nothing = np.zeros(20)
    assert [float(part) for part in mean_interval(nothing, kind=Kind.COUNT)] == pytest.approx([0.0, 0.0, 3.6888794 / 20])
    width = stdtrit(19, 0.975) ** 2 / 20
    assert [float(part) for part in mean_interval(nothing, kind=Kind.SHARE)] == pytest.approx([0.0, 0.0, width / (1 + width)])
    assert [float(part) for part in mean_interval(nothing + 1, kind=Kind.SHARE)] == pytest.approx([1.0, 1 / (1 + width), 1.0])
    assert [float(part) for part in mean_interval(nothing, kind=Kind.AMOUNT)] == [0.0, 0.0, 0.0], "nothing is spent where nothing is"
    one = mean_interval([0.0, 0.0, 0.0, 0.0, 1.0], kind=Kind.COUNT)
    assert 0 < one.low < 0.05
    assert 1 < one.high < 3
    every(np.isnan(mean_interval([3.0], kind=Kind.COUNT)[1:]))
    every(np.isnan(mean_interval([np.nan, np.nan], kind=Kind.SHARE)))


def test_what_is_the_same_in_every_replicate_has_no_width() -> None:
    for kind in BOUNDED:
        assert [float(part) for part in mean_interval(np.full(6, 0.5), kind=kind)] == pytest.approx([0.5, 0.5, 0.5])


def test_far_from_the_limits_it_is_student_s() -> None:
    values = np.random.default_rng(2).normal(11_000.0, 50.0, 10)
    for part, student in zip(mean_interval(values, kind=Kind.COUNT), mean_interval(values), strict=True):
        assert float(part) == pytest.approx(float(student), rel=1e-4)


def test_values_beyond_the_limits_have_student_s() -> None:
    values = [-1.0, 2.0, 3.0]
    for kind in BOUNDED:
        assert mean_interval(values, kind=kind) == mean_interval(values)


def test_days_and_other_axes_keep_their_places() -> None:
    values = np.random.default_rng(1).poisson(0.4, (6, 3, 50)).astype(float)
    found = mean_interval(values, kind=Kind.COUNT)
    assert found.low.shape == (3, 50)
    alone = mean_interval(values[:, 1, 7], kind=Kind.COUNT)
    assert (found.low[1, 7], found.high[1, 7]) == (float(alone.low), float(alone.high))


def test_the_unit_says_the_kind_unless_told() -> None:
    assert [outcome("x", unit, "", "").kind for unit in ("persons", "CNY", "share", "days")] == [Kind.COUNT, Kind.AMOUNT, Kind.SHARE, Kind.AMOUNT]
    assert outcome("x", "CNY", "", "", kind=Kind.FREE).limits == (-np.inf, np.inf)
    assert all(declared.kind is not Kind.FREE for lever in LEVERS for declared in lever.outcomes)
    assert {row for row, kind in ROW_KINDS.items() if kind is Kind.FREE} == {"net_on_participants", "net_additional_jobs", "residual"}


def test_a_last_digit_beyond_a_limit_is_on_it() -> None:
    exact, rounded = ([0.9, 1.0, value] for value in (1.0, 1.0 + 1e-12))
    assert np.allclose(mean_interval(rounded, kind=Kind.SHARE), mean_interval(exact, kind=Kind.SHARE), atol=1e-9)
    assert mean_interval([0.9, 1.0, 1.0 + 1e-12], kind=Kind.SHARE).high <= 1
    assert mean_interval([0.0, 2.0, -1e-12], kind=Kind.COUNT).low >= 0


def test_few_events_have_the_spread_of_poisson_s_law_at_least() -> None:
    quantile = stdtrit(3, 0.975)
    few, many = ([mean + step for step in (-1, 0, 0, 1)] for mean in (1.0, 3.0))
    for values, width in ((few, quantile**2 / 4), (many, quantile**2 * (2 / 3) / 4 / 3)):
        found = mean_interval(values, kind=Kind.COUNT)
        mean = np.mean(values)
        assert found.high == pytest.approx(mean + width / 2 + np.sqrt(width * mean + width**2 / 4))
