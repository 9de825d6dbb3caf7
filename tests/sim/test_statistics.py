"""Intervals of means against answers from a table, by hand and by simulation."""

import numpy as np
import pytest

from sim.statistics import mean_interval, paired_difference, spread

T_4 = 2.7764451051977934
"""Student's t at 97.5 % with 4 degrees of freedom, from a printed table (2.776)."""


def test_interval_agrees_with_the_textbook() -> None:
    values = np.array([1.0, 2.0, 3.0, 4.0, 5.0])
    mean, low, high = mean_interval(values)
    half = T_4 * np.sqrt(2.5) / np.sqrt(5.0)
    assert mean == pytest.approx(3.0)
    assert low == pytest.approx(3.0 - half)
    assert high == pytest.approx(3.0 + half)


def test_interval_at_another_level_is_narrower() -> None:
    values = np.array([1.0, 2.0, 3.0, 4.0, 5.0])
    half = 2.131846786326649 * np.sqrt(0.5)  # t at 95 % with 4 degrees of freedom
    assert mean_interval(values, level=0.90).high == pytest.approx(3.0 + half)


def test_interval_keeps_the_other_axes() -> None:
    values = np.random.default_rng(1).normal(size=(6, 3, 2))
    first = mean_interval(values)
    assert first.mean.shape == first.low.shape == first.high.shape == (3, 2)
    moved = mean_interval(np.moveaxis(values, 0, 2), axis=2)
    np.testing.assert_allclose(moved.low, first.low)
    alone = mean_interval(values[:, 1, 0])
    assert first.high[1, 0] == pytest.approx(float(alone.high))


def test_missing_values_are_dropped_column_by_column() -> None:
    values = np.array([[1.0, np.nan, np.nan], [2.0, 7.0, np.nan], [3.0, np.nan, np.nan]])
    mean, low, high = mean_interval(values)
    expected = mean_interval(np.array([1.0, 2.0, 3.0]))
    assert (mean[0], low[0], high[0]) == pytest.approx(tuple(map(float, expected)))
    assert mean[1] == 7.0
    assert np.isnan([low[1], high[1], mean[2], low[2], high[2]]).all()


@pytest.mark.filterwarnings("error")
def test_one_value_and_no_value_have_no_interval() -> None:
    one = mean_interval([4.0])
    assert one.mean == 4.0
    assert np.isnan([one.low, one.high]).all()
    assert np.isnan(mean_interval(np.array([])).mean)


def test_equal_values_have_an_interval_of_no_width() -> None:
    mean, low, high = mean_interval(np.full(8, 0.25))
    assert mean == low == high == 0.25


def test_a_wrong_level_is_refused() -> None:
    with pytest.raises(ValueError, match=r"between 0 and 1.*95"):
        mean_interval([1.0, 2.0], level=95)


def test_interval_covers_the_truth_as_often_as_it_says() -> None:
    samples = np.random.default_rng(20).normal(loc=2.0, size=(5, 20_000))
    _, low, high = mean_interval(samples)
    covered = np.mean((low <= 2.0) & (high >= 2.0))
    assert covered == pytest.approx(0.95, abs=0.006)  # four standard errors


def test_pairing_removes_shared_luck() -> None:
    luck = np.random.default_rng(3).normal(scale=100.0, size=10)
    first, second = luck + 5.0, luck.copy()
    difference, low, high = paired_difference(first, second)
    assert difference == pytest.approx(5.0)
    assert high - low < 1e-9
    assert mean_interval(first).high - mean_interval(first).low > 50.0


def test_a_pair_with_a_missing_side_is_dropped() -> None:
    difference = paired_difference([3.0, np.nan, 5.0, 9.0], [1.0, 1.0, np.nan, 3.0])
    assert difference.difference == pytest.approx(4.0)


def test_unpaired_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match=r"same shape.*\(3,\).*\(2,\)"):
        paired_difference(np.zeros(3), np.zeros(2))


@pytest.mark.filterwarnings("error")
def test_spread_is_the_quantiles_of_what_is_known() -> None:
    values = np.column_stack([np.arange(101.0), np.full(101, np.nan)])
    low, high = spread(values)
    assert (low[0], high[0]) == (5.0, 95.0)
    assert np.isnan([low[1], high[1]]).all()
    quarters = spread(np.arange(21.0), lowest=0.25, highest=0.75)
    assert [float(part) for part in quarters] == [5.0, 15.0]
