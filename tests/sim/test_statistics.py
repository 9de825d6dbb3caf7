"""Intervals of means against answers from a table, by hand and by simulation."""

import numpy as np
import pytest

from sim.statistics import mean_interval, paired_difference, ratio_interval, spread

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


def test_a_ratio_by_hand() -> None:
    """Fieller: means 10 and 2 over four pairs, both variances 4/3, no covariance; t² / n = 10.128 / 4 = 2.532."""
    top, bottom = np.array([11.0, 9.0, 11.0, 9.0]), np.array([3.0, 1.0, 1.0, 3.0])
    ratio = ratio_interval(top, bottom)
    share = 3.182446305284263**2 / 4 * 4 / 3
    square, rest = 4.0 - share, 100.0 - share
    root = np.sqrt(400.0 - square * rest)
    assert ratio.value == pytest.approx(5.0)
    assert ratio.defined
    assert (ratio.low, ratio.high) == pytest.approx(((20.0 - root) / square, (20.0 + root) / square))
    assert ratio.low < 5.0 < ratio.high


def test_a_ratio_holds_what_the_test_does_not_refuse() -> None:
    generator = np.random.default_rng(4)
    top, bottom = 50.0 + generator.normal(scale=9.0, size=12), 6.0 + generator.normal(scale=2.0, size=12)
    ratio = ratio_interval(top, bottom)
    for end in (ratio.low, ratio.high):
        _, low, high = mean_interval(top - end * bottom)
        assert min(abs(low), abs(high)) == pytest.approx(0.0, abs=1e-9)


def test_a_ratio_over_what_may_be_zero_is_not_defined() -> None:
    ratio = ratio_interval([100.0, 101.0, 99.0, 100.0], [1.0, -1.0, 2.0, -1.0])
    assert ratio.value == pytest.approx(400.0)
    assert not ratio.defined
    assert np.isnan([ratio.low, ratio.high]).all()
    nothing = ratio_interval([5.0, 5.0], [0.0, 0.0])
    assert np.isnan(nothing.value)
    assert not nothing.defined
    assert not ratio_interval([5.0], [2.0]).defined
    with pytest.raises(ValueError, match="same shape"):
        ratio_interval(np.zeros(3), np.zeros(2))


def test_a_ratio_covers_the_truth_as_often_as_it_says() -> None:
    generator = np.random.default_rng(11)
    luck = generator.normal(size=(4000, 8))
    top, bottom = 30.0 + 4.0 * luck + generator.normal(size=(4000, 8)), 6.0 + luck + generator.normal(size=(4000, 8))
    ratios = [ratio_interval(above, below) for above, below in zip(top, bottom, strict=True)]
    defined = [ratio for ratio in ratios if ratio.defined]
    assert len(defined) > 3990
    assert np.mean([ratio.low <= 5.0 <= ratio.high for ratio in defined]) == pytest.approx(0.95, abs=0.014)  # four standard errors
