"""What is told apart is told apart: over all points of a sweep together, luck alone is taken for a difference one time in twenty at most."""

import numpy as np
import pytest

from experiments.sweep.told import chances, told_apart, told_from_average
from sim.statistics import Kind
from tests.every import every

WORLDS = 600
MOST = 0.05 + 3.0 * np.sqrt(0.05 * 0.95 / WORLDS)
"""One in twenty, with three standard errors of so many worlds."""


def errors(kind: Kind, points: int, replicates: int, spread: float) -> float:
    """Return in how many worlds without any difference some point is told from the first."""
    generator = np.random.default_rng(points * 100 + replicates)
    found = 0
    for _ in range(WORLDS):
        if kind is Kind.COUNT:
            values = generator.poisson(spread, (points, replicates)).astype(float)
        else:
            values = generator.normal(0.0, spread, (points, replicates))
        found += bool(told_apart(values - values[0], kind).any())
    return found / WORLDS


@pytest.mark.parametrize(("points", "replicates"), [(2, 20), (10, 2), (10, 5), (40, 5), (40, 20)])
def test_luck_alone_is_told_one_time_in_twenty_at_most(points: int, replicates: int) -> None:
    assert errors(Kind.FREE, points, replicates, 3.0) <= MOST


@pytest.mark.parametrize(("points", "replicates"), [(2, 2), (20, 2), (20, 3), (20, 8)])
@pytest.mark.parametrize("mean", [0.1, 2.0, 40.0])
def test_nor_is_it_more_often_of_counts_however_rare(points: int, replicates: int, mean: float) -> None:
    assert errors(Kind.COUNT, points, replicates, mean) <= MOST


def test_shares_of_few_that_agree_but_for_the_last_digit_are_no_certainty() -> None:
    generator = np.random.default_rng(40)
    found = 0
    for _ in range(200):
        shares = generator.binomial(6, 0.5, (20, 2)) / 6
        found += bool(told_apart(shares - shares[0], Kind.SHARE).any())
    assert found <= 0.05 * 200 + 3 * np.sqrt(0.05 * 0.95 * 200)
    assert not told_apart(np.array([[0.1 + 0.2 - 0.1, 0.2]]), Kind.SHARE).any()


@pytest.mark.parametrize("kind", [Kind.FREE, Kind.COUNT])
def test_nor_are_levels_told_from_their_average_by_luck(kind: Kind) -> None:
    generator = np.random.default_rng(400)
    found = 0
    for _ in range(WORLDS):
        counts = generator.poisson(2.0, (20, 20)).astype(float)
        found += bool(told_from_average(counts if kind is Kind.COUNT else generator.normal(0, 3, (20, 20)), kind).any())
    assert found / WORLDS <= MOST
    counts[3] += 9
    assert told_from_average(counts, kind)[3]


def test_each_point_by_itself_would_be_told_far_more_often() -> None:
    """The rule is needed: without it, and without the variance of rare counts, these worlds would be full of findings."""
    generator = np.random.default_rng(1)
    alone = constant = 0
    for _ in range(100):
        values = generator.normal(0.0, 1.0, (40, 20))
        alone += bool((chances(values) < 0.05).any())
        counts = generator.poisson(1.0, (20, 2)).astype(float)
        constant += bool((chances(counts - counts[0]) < 0.05 / 19).any())
    assert alone > 80
    assert constant == 0, "two pairs that agree are no certainty, of whatever kind"
    assert chances(np.array([[3.0, 3.0]]), Kind.COUNT)[0] > 0.1


def test_what_differs_is_told() -> None:
    generator = np.random.default_rng(2)
    values = generator.normal(0.0, 1.0, (30, 20))
    values[7] += 3.0
    told = told_apart(values - values[0])
    assert np.flatnonzero(told).tolist() == [7]
    counts = generator.poisson(100.0, (30, 10)).astype(float)
    counts[7] += 60
    assert np.flatnonzero(told_apart(counts - counts[0], Kind.COUNT)).tolist() == [7]


def test_holm_steps_down() -> None:
    """The smallest chance is held against a twentieth of a quarter, the next against a twentieth of a third …"""
    pattern = np.tile([1.0, -1.0], 6)
    values = np.array([[0.99], [0.9], [0.83], [0.1]]) + pattern
    chance = chances(values)
    order = np.argsort(chance)
    expected = np.zeros(4, bool)
    for rank, place in enumerate(order):
        if chance[place] > 0.05 / (4 - rank):
            break
        expected[place] = True
    assert expected.tolist() == [True, True, True, False]
    assert chance[2] > 0.05 / 4, "Bonferroni's method would not tell it"
    assert told_apart(values).tolist() == expected.tolist()


def test_holm_stops_at_the_first_that_cannot_be_told() -> None:
    values = np.array([[0.882], [0.884], [0.886], [0.05]]) + np.tile([1.0, -1.0], 6)
    chance = chances(values)
    assert 0.05 / 4 < chance[2] < chance[0] < 0.05 / 3, "the next would do, if it were asked about"
    assert not told_apart(values).any()


def test_the_same_worlds_are_one_question_and_no_difference_is_none() -> None:
    generator = np.random.default_rng(3)
    one = 1.0 + generator.normal(0.0, 1.0, 9) / 2.0
    alone = bool(told_apart(one[None])[0])
    assert alone
    many = np.concatenate([np.repeat(one[None], 500, axis=0), np.zeros((500, 9))])
    told = told_apart(many)
    assert told[:500].all()
    assert not told[500:].any()


def test_a_mean_of_nothing_by_luck_is_a_question_all_the_same() -> None:
    """Whether a point is asked about may not hang on how it came out."""
    pairs = np.array([[1.0, -1.0, 1.0, -1.0], [1.0, 1.5, 0.5, 0.9]])
    chance = chances(pairs)
    assert chance[0] == pytest.approx(1.0)
    assert 0.05 / 60 < chance[1] < 0.05
    assert told_apart(np.concatenate([pairs[1:]])).all()
    luck = np.random.default_rng(4).permuted(np.tile([1.0, -1.0, 2.0, -2.0], (60, 1)), axis=1) * np.linspace(1, 2, 60)[:, None]
    assert not told_apart(np.concatenate([pairs[1:], luck])).any()


def test_money_that_is_the_same_in_each_pair_is_certain() -> None:
    assert told_apart(np.array([[12_000.0, 12_000.0]]), Kind.AMOUNT).all()
    assert not told_apart(np.array([[0.5, 0.5]]), Kind.SHARE).any()


def test_a_hundred_beds_more_in_each_pair_are_certain_and_one_guest_more_is_not() -> None:
    assert told_apart(np.full((1, 5), 100.0), Kind.COUNT).all()
    assert not told_apart(np.full((1, 5), 1.0), Kind.COUNT).any()


def test_points_without_enough_pairs_are_not_told() -> None:
    values = np.array([[5.0, np.nan, np.nan], [np.nan] * 3, [5.0, 5.1, 4.9]])
    assert told_apart(values).tolist() == [False, False, True]
    every(np.isnan(chances(values)[:2]))
