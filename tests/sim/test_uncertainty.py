"""What is not known, luck and the error of simulation: known answers, coverage, and what more replicates change."""

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.statistics import Kind, mean_interval, paired_difference, ratio_interval
from sim.uncertainty import Lived, estimate_over, interval_over, ratio_interval_over, ratio_over

Numbers = NDArray[np.float64]
OFTEN = 4000
"""Repetitions of a study: coverage is known to 0.4 points or so."""


def lived(replicates: int, of: int = 1000) -> Lived:
    return Lived(np.arange(replicates) // 2 % of, of)


def drawn(replicates: int, between: float, within: float, *, times: int = OFTEN, seed: int = 1, of: int = 1000) -> tuple[Numbers, Numbers, Numbers]:
    """Return values, shape (replicates, times); and for each time the expected value of a further vector, and one replicate of it."""
    rng = np.random.default_rng(seed)
    vectors = between * rng.standard_normal((of if of < 1000 else replicates, times))
    values = 10.0 + vectors[np.arange(replicates) // 2 % len(vectors)] + within * rng.standard_normal((replicates, times))
    truth = 10.0 + between * rng.standard_normal(times)
    return values, truth, truth + within * rng.standard_normal(times)


def held(low: Numbers, high: Numbers, truth: Numbers | float) -> float:
    return float(np.mean((low <= truth) & (truth <= high)))


def test_known_answer_two_vectors_with_two_replicates_each() -> None:
    found = estimate_over([1.0, 3.0, 5.0, 7.0], lived(4))
    # means of vectors 2 and 6, squares between 2·(2² + 2²) = 16 of 1 degree, within 4·1 = 4 of 2: 16 = 2σ²a + σ²e, 2 = σ²e
    between, within, of_mean = 7.0, 2.0, 7.0 / 2 + 2.0 / 4
    least = np.sqrt(2 * (16.0**2 / 1 + 2.0**2 / 2)) / 2  # the standard error of 7 is larger than 7
    t = 12.706204736174698
    np.testing.assert_allclose(found.mean, 4.0)
    np.testing.assert_allclose(found.high - found.mean, t * np.sqrt(least + of_mean))
    np.testing.assert_allclose(found.most - found.mean, t * np.sqrt(max(least, between + within) + of_mean))
    np.testing.assert_allclose(found.error, t * np.sqrt(of_mean - between / 1000))
    np.testing.assert_allclose(found.mean - found.low, found.high - found.mean)


def test_without_luck_it_is_the_prediction_of_a_further_vector() -> None:
    values = np.repeat([1.0, 4.0, 2.0, 8.0, 3.0, 5.0, 9.0, 1.0, 2.0, 7.0], 2)
    found = estimate_over(values, lived(20))
    spread = np.std(values[::2], ddof=1)
    np.testing.assert_allclose(found.high - found.mean, 2.2621571627409915 * spread * np.sqrt(1 + 1 / 10))
    np.testing.assert_allclose((found.least, found.most), (found.low, found.high))


@pytest.mark.parametrize("between", [0.0, 0.3, 1.0, 3.0])
@pytest.mark.parametrize("replicates", [8, 20, 60])
def test_the_parts_cover_their_truths(replicates: int, between: float) -> None:
    values, truth, one = drawn(replicates, between, 1.0)
    found = estimate_over(values, lived(replicates))
    assert held(found.low, found.high, truth) > 0.925
    assert held(found.least, found.most, one) > 0.94
    assert held(found.mean - found.error, found.mean + found.error, 10.0) > 0.94


def test_the_mean_over_a_whole_set_is_as_sure_as_its_luck() -> None:
    rng = np.random.default_rng(3)
    vectors = 10.0 + 3.0 * rng.standard_normal((5, OFTEN))
    values = vectors[np.arange(40) // 2 % 5] + rng.standard_normal((40, OFTEN))
    found = estimate_over(values, lived(40, of=5))
    assert held(found.mean - found.error, found.mean + found.error, vectors.mean(axis=0)) > 0.94
    assert np.median(found.error) < 0.6
    assert lived(40, of=5).is_whole
    assert not lived(9, of=5).is_whole
    assert lived(9, of=5).different == 5


def test_more_replicates_shrink_the_error_and_not_what_is_not_known() -> None:
    few, many = (estimate_over(drawn(replicates, 3.0, 2.0, times=400)[0], lived(replicates, of=10**6)) for replicates in (100, 1600))
    width = [float(np.mean(found.high - found.low)) for found in (few, many)]
    error = [float(np.mean(found.error)) for found in (few, many)]
    assert width[1] == pytest.approx(2 * 1.96 * 3.0, rel=0.02)
    assert width[1] / width[0] == pytest.approx(1.0, abs=0.04)
    assert error[1] / error[0] == pytest.approx(np.sqrt(100 / 1600), rel=0.05)


def test_luck_is_taken_off_and_a_variance_is_never_below_zero() -> None:
    values, *_ = drawn(40, 0.0, 5.0)
    found = estimate_over(values, lived(40))
    plain = mean_interval(values)
    assert np.all(found.high - found.low >= 0)
    assert np.mean(found.high - found.low) < 0.75 * np.mean(found.most - found.least)
    assert np.mean(found.high - found.low) > np.mean(plain.high - plain.low)


def test_a_last_vector_alone_and_values_that_are_not_defined() -> None:
    values = np.array([1.0, 2.0, np.nan, np.nan, 5.0, np.nan, 7.0])
    found = estimate_over(values, lived(7))
    np.testing.assert_allclose(found.mean, np.nanmean(values))
    assert found.low < found.mean < found.high
    nothing = estimate_over([np.nan, np.nan, 1.0, 3.0], lived(4))
    assert nothing.mean == 2.0
    assert np.isnan(nothing[1:]).all(), "one vector tells nothing of what is not known"
    alone = estimate_over([1.0, 4.0, 6.0], Lived(np.array([0, 1, 2]), 3))
    assert alone.error > 0, "where luck cannot be told, more replicates remove it"


def test_nothing_that_cannot_be_is_held() -> None:
    rng = np.random.default_rng(5)
    shares = rng.binomial(5, 0.05, (12, 50)) / 5
    for kind, values in ((Kind.COUNT, rng.poisson(0.2, (12, 50))), (Kind.SHARE, shares), (Kind.COUNT, np.zeros((12, 1)))):
        found = estimate_over(values, lived(12), kind)
        assert np.all(found.low >= 0.0)
        assert np.all(found.least >= 0.0)
        assert np.all(found.high > found.mean)
        assert np.all(found.most >= found.high)
        assert kind is not Kind.SHARE or np.all(found.most <= 1.0)


def test_a_whole_table_is_its_columns_and_the_mean_is_the_same_without_a_set() -> None:
    values = np.random.default_rng(2).normal(size=(20, 7))
    values[3, 2] = np.nan
    found = estimate_over(values, lived(20))
    for column in range(7):
        np.testing.assert_allclose([part[column] for part in found], estimate_over(values[:, column], lived(20)), rtol=1e-12)
    np.testing.assert_array_equal(found.mean, mean_interval(values).mean)
    np.testing.assert_array_equal(interval_over(values, None), mean_interval(values))
    np.testing.assert_array_equal(interval_over(values, None), paired_difference(values, np.zeros_like(values)))


def test_a_ratio_over_a_set() -> None:
    rng = np.random.default_rng(4)
    jobs = 50.0 + np.repeat(5.0 * rng.standard_normal(20), 2) + 3.0 * rng.standard_normal(40)
    found = ratio_over(3.0 * jobs, jobs, lived(40))
    np.testing.assert_allclose(found.ignorance[:3], 3.0, rtol=1e-6)
    assert found.error == pytest.approx(0.0, abs=1e-6)
    money = 2.0 * jobs + 10.0 + rng.standard_normal(40)
    found = ratio_over(money, jobs, lived(40))
    assert found.ignorance.defined
    assert found.prediction.low < found.ignorance.low < found.ignorance.value < found.ignorance.high < found.prediction.high
    assert ratio_over(money, jobs - 50.0, lived(40)).ignorance.defined is False
    assert ratio_over(money[:2], jobs[:2], lived(2)).ignorance.defined is False
    assert ratio_interval_over(money, jobs, None) == ratio_interval(money, jobs)


@pytest.mark.slow
def test_a_ratio_over_a_set_covers_its_truth() -> None:
    rng = np.random.default_rng(6)
    hits = []
    for _ in range(1500):
        vectors = rng.multivariate_normal([50.0, 200.0], [[30.0, 20.0], [20.0, 90.0]], 11)
        pairs = np.repeat(vectors[:10], 2, axis=0) + rng.multivariate_normal([0.0, 0.0], [[40.0, 10.0], [10.0, 60.0]], 20)
        found = ratio_over(pairs[:, 1], pairs[:, 0], lived(20)).ignorance
        hits.append(found.low <= vectors[10, 1] / vectors[10, 0] <= found.high)
    assert np.mean(hits) > 0.93
