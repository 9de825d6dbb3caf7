"""Draws: the published vectors of Philox, uniformity and independence over millions, exact inverse transforms, the same luck in every world."""

import math
import os
import statistics
from types import SimpleNamespace
from typing import NamedTuple

import numba
import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from sim import draws
from sim.draws import RESERVED, Decision, bell, days_until, exponential, four_uniforms, normal, normal_quantile, own_number, philox, poisson, uniform
from sim.luck import draw_by_key
from tests.every import every

pytestmark = pytest.mark.skipif(os.environ.get("NUMBA_DISABLE_JIT") == "1", reason="millions of draws need compiled code")

MILLION = 1_000_000
SURE = 1e-6
"""A chance below which a fair generator would be called unfair: with some dozens of tests, once in ten thousand suites (and the seeds are fixed)."""


class OnlyRules(NamedTuple):
    """A world of which only the seed and the replicate are asked."""

    rules: np.record


def world_of(seed: int = 1, replicate: int = 0) -> OnlyRules:
    rules = np.zeros(1, [("seed", "u8"), ("replicate", "u8")]).view(np.recarray)
    rules.seed[0], rules.replicate[0] = seed, replicate
    return OnlyRules(rules[0])


# Compiled loops: a rule has no entry from Python of its own.


@numba.njit
def philox_words(words: NDArray[np.uint64]) -> tuple[int, int, int, int]:
    return philox(words[0], words[1], words[2], words[3], words[4], words[5])


@numba.njit
def grid(world: OnlyRules, decision: int, days: int, identities: int, partners: int) -> NDArray[np.float64]:
    """Return the uniforms of a box of keys, shape (days, identities, partners)."""
    found = np.empty((days, identities, partners))
    for day in range(days):
        for identity in range(identities):
            for partner in range(partners):
                found[day, identity, partner] = uniform(world, decision, day, identity, partner)
    return found


@numba.njit
def quartets(world: OnlyRules, decision: int, identities: int) -> NDArray[np.float64]:
    found = np.empty((identities, 4))
    for identity in range(identities):
        found[identity, 0], found[identity, 1], found[identity, 2], found[identity, 3] = four_uniforms(world, decision, 3, identity, 0)
    return found


@numba.njit
def quantiles(probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
    found = np.empty(probabilities.size)
    for index in range(probabilities.size):
        found[index] = normal_quantile(probabilities[index])
    return found


@numba.njit
def many(world: OnlyRules, identities: int, mean: float) -> NDArray[np.float64]:
    """Return normal, exponential, waiting time, Poisson and bell number of each identity, shape (5, identities)."""
    found = np.empty((5, identities))
    for identity in range(identities):
        found[0, identity] = normal(world, 5, 0, identity, 0)
        found[1, identity] = exponential(world, 5, 0, identity, 0)
        found[2, identity] = days_until(world, 5, 0, identity, 0, mean)
        found[3, identity] = poisson(world, 5, 0, identity, 0, mean)
        found[4, identity] = bell(world, 5, 0, identity, 0)
    return found


VECTORS = [
    ("00000000 00000000 00000000 00000000 00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ("ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    ("243f6a88 85a308d3 13198a2e 03707344 a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),
]
"""Counter and key, and the four words: philox4x32 with 10 rounds in kat_vectors of Random123 (Salmon et al. 2011)."""


@pytest.mark.parametrize(("given", "expected"), VECTORS)
def test_philox_gives_the_published_words(given: str, expected: str) -> None:
    words = philox_words(np.array([int(word, 16) for word in given.split()], np.uint64))
    assert " ".join(f"{int(word):08x}" for word in words) == expected


@pytest.mark.parametrize(("given", "expected"), VECTORS)
def test_philox_uninterpreted_gives_the_published_words(given: str, expected: str) -> None:
    words = philox.py_func(*(np.uint64(int(word, 16)) for word in given.split()))
    assert " ".join(f"{int(word):08x}" for word in words) == expected


def test_a_uniform_is_made_of_the_first_two_words() -> None:
    words = philox_words(np.array([7, 11, 13, int(Decision.SKILL), 5, 3], np.uint64))
    bits = (int(words[0]) << 20) ^ (int(words[1]) >> 12)
    assert grid(world_of(5, 3), int(Decision.SKILL), 14, 8, 12)[13, 7, 11] == (bits + 0.5) / 2**52


def chi_square(counts: NDArray[np.int64]) -> float:
    """Return the chance of counts so uneven, if all cells are equally likely."""
    return float(stats.chisquare(counts.ravel()).pvalue)


BOXES = [
    pytest.param((1, 4 * MILLION, 1), id="identities"),
    pytest.param((4000, 1, 1000), id="days and partners"),
    pytest.param((2000, 2000, 1), id="days and identities"),
    pytest.param((1, 2000, 2000), id="pairs"),
]


@pytest.mark.parametrize("box", BOXES)
def test_draws_are_uniform(box: tuple[int, int, int]) -> None:
    values = grid(world_of(), int(Decision.SEARCH_GAP), *box).ravel()
    assert values.min() > 0.0
    assert values.max() < 1.0
    assert chi_square(np.bincount((values * 1000).astype(int), minlength=1000)) > SURE
    low_bits = (values * 2**52).astype(np.int64) & 255
    assert chi_square(np.bincount(low_bits, minlength=256)) > SURE
    assert len(np.unique(values)) == values.size


def independent(first: NDArray[np.float64], second: NDArray[np.float64]) -> bool:
    """Tell whether two long series look independent: no correlation, and every cell of a square equally full."""
    first, second = first.ravel(), second.ravel()
    correlation = abs(float(np.corrcoef(first, second)[0, 1])) * math.sqrt(first.size)
    cells = np.bincount((first * 32).astype(int) * 32 + (second * 32).astype(int), minlength=1024)
    return correlation < stats.norm.isf(SURE / 2) and chi_square(cells) > SURE


def test_the_test_of_independence_finds_dependence() -> None:
    values = grid(world_of(), 1, 1, MILLION, 1).ravel()
    assert not independent(values, values)
    assert not independent(values, np.abs(2 * values - 1))  # uncorrelated, and dependent
    assert not independent(values, (values + 0.05 * np.random.default_rng(1).random(values.size) + 0.4) % 1.0)


@pytest.mark.parametrize("other", [Decision.SEE_POST, Decision.SEARCH_GAP, Decision.CAREER_MENTOR_DEMAND])
def test_decisions_are_independent(other: Decision) -> None:
    assert independent(grid(world_of(), int(Decision.ORIGIN), 100, 20_000, 1), grid(world_of(), int(other), 100, 20_000, 1))


@pytest.mark.parametrize("gap", [1, 7, 30])
def test_days_are_independent(gap: int) -> None:
    values = grid(world_of(), int(Decision.SEARCH_GAP), 200, 10_000, 1)
    assert independent(values[gap:], values[:-gap])


@pytest.mark.parametrize("gap", [1, 2, 64])
def test_neighbours_are_independent(gap: int) -> None:
    values = grid(world_of(), int(Decision.SEARCH_GAP), 1, 3 * MILLION, 1)
    assert independent(values[:, gap:], values[:, :-gap])


def test_partners_are_independent_and_a_pair_has_a_direction() -> None:
    values = grid(world_of(), int(Decision.CV_SIGNAL), 1, 1500, 1500)[0]
    assert independent(values[:, 1:], values[:, :-1])
    upper = np.triu_indices(1500, 1)
    assert independent(values[upper], values.T[upper])


@pytest.mark.parametrize(("seed", "replicate"), [(1, 1), (1, 2), (2, 0), (0, 1), (2**32 - 1, 0), (1, 2**32 - 1)])
def test_seeds_and_replicates_are_independent(seed: int, replicate: int) -> None:
    first = grid(world_of(1, 0), int(Decision.SKILL), 50, 40_000, 1)
    assert independent(first, grid(world_of(seed, replicate), int(Decision.SKILL), 50, 40_000, 1))


def test_the_four_of_a_quartet_are_uniform_and_independent() -> None:
    values = quartets(world_of(), int(Decision.SEE_POST), 2 * MILLION)
    assert values.min() > 0.0
    assert values.max() < 1.0
    for place in range(4):
        assert chi_square(np.bincount((values[:, place] * 1000).astype(int), minlength=1000)) > SURE
        assert independent(values[:, place], values[:, (place + 1) % 4])
    assert independent(values[:, 0], values[:, 2])
    cells = (values * 10).astype(int) @ np.array([1000, 100, 10, 1])
    assert chi_square(np.bincount(cells, minlength=10_000)) > SURE


def test_normal_quantile_agrees_with_the_standard_library() -> None:
    probabilities = np.concatenate(
        [np.linspace(1e-6, 1 - 1e-6, 20_001), 10.0 ** -np.arange(1, 17), 1 - 10.0 ** -np.arange(1, 15), [0.075, 0.925, 0.5]]
    )
    expected = np.array([statistics.NormalDist().inv_cdf(probability) for probability in probabilities])
    np.testing.assert_allclose(quantiles(probabilities), expected, rtol=2e-14, atol=1e-15)
    extreme = np.array([2.0**-54, 1e-30, 1e-300])
    np.testing.assert_allclose(quantiles(extreme), stats.norm.ppf(extreme), rtol=1e-12)


def test_other_distributions_have_their_moments() -> None:
    values = many(world_of(), MILLION, 3.0)
    names = ("normal", "exponential", "waiting", "poisson", "bell")
    mean, variance = dict(zip(names, values.mean(axis=1), strict=True)), dict(zip(names, values.var(axis=1), strict=True))
    assert mean["normal"] == pytest.approx(0, abs=0.005)
    assert variance["normal"] == pytest.approx(1, rel=0.01)
    assert mean["bell"] == pytest.approx(0, abs=0.005)
    assert variance["bell"] == pytest.approx(1, rel=0.01)
    assert np.abs(values[4]).max() <= math.sqrt(12)
    assert abs(stats.skew(values[4])) < 0.01
    assert (mean["exponential"], variance["exponential"]) == pytest.approx((1, 1), rel=0.01)
    chance = 1 - math.exp(-1 / 3)  # a waiting time in whole days is geometric
    assert mean["waiting"] == pytest.approx(1 / chance, rel=0.01)
    assert variance["waiting"] == pytest.approx((1 - chance) / chance**2, rel=0.02)
    assert (mean["poisson"], variance["poisson"]) == pytest.approx((3, 3), rel=0.01)
    shares = np.bincount(values[3].astype(int), minlength=12)[:12] / MILLION
    np.testing.assert_allclose(shares, stats.poisson.pmf(np.arange(12), 3), atol=0.002)
    assert stats.kstest(values[0], "norm").pvalue > SURE
    assert stats.kstest(values[1], "expon").pvalue > SURE


def test_the_same_luck_gives_more_where_the_mean_is_higher() -> None:
    by_mean = np.array([many(world_of(), 20_000, mean)[2:4] for mean in (0.01, 0.5, 1.0, 3.0, 10.0, 200.0)])
    every(np.diff(by_mean, axis=0) >= 0)
    every((np.diff(by_mean, axis=0) > 0).any(axis=(1, 2)))
    assert by_mean[:, 0].min() >= 1  # a waiting time is never over at once
    assert by_mean[:, 0].max() <= 100_000


def test_extreme_means_end() -> None:
    waiting, number = many(world_of(), 1000, 1e9)[2:4]
    assert waiting.max() == 100_000
    assert number.max() == 1_000
    assert many(world_of(), 1000, 0.0)[3].max() == 0


def test_decisions_have_numbers_of_their_own() -> None:
    names = list(Decision.__members__)
    assert len(names) == len(list(Decision)), "two names share a number"
    assert all(0 < decision < 2**32 for decision in Decision)
    assert not set(RESERVED) & set(Decision), "the number of a decision that is gone is not given away"


@pytest.mark.parametrize("word", [0, 2**32 - 1])
def test_the_outermost_draws_are_inside_the_open_interval(word: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draws, "philox", lambda *_: (np.uint64(word),) * 4)
    for value in (uniform.py_func(world_of(), 1, 0, 0, 0), *four_uniforms.py_func(world_of(), 1, 0, 0, 0)):
        assert 0.0 < value < 1.0
        assert np.isfinite(quantiles(np.array([value]))).all()


def test_a_draw_depends_on_nothing_but_its_key() -> None:
    alone = grid(world_of(9, 4), int(Decision.LEAVING), 3, 5, 2)
    grid(world_of(3, 3), int(Decision.SKILL), 10, 10, 10)
    assert np.array_equal(alone, grid(world_of(9, 4), int(Decision.LEAVING), 6, 9, 4)[:3, :5, :2])


def test_a_draw_in_python_is_that_of_the_engine() -> None:
    """Rules of one's own draw from the same generator, under numbers of decisions that the engine does not use."""
    world = world_of(seed=5, replicate=3)
    python = SimpleNamespace(rules=[world.rules])
    number = own_number("python:tells")
    assert number > max(Decision)
    wanted = grid(world, number, 3, 4, 5)
    identities, partners = np.meshgrid(np.arange(4), np.arange(5), indexing="ij")
    for day in range(3):
        np.testing.assert_array_equal(draw_by_key(python, "tells", day, identities, partners), wanted[day])  # type: ignore[arg-type]
