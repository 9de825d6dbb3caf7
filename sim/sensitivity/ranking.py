"""How surely factors are told: intervals by resampling, of measures and of ranks, and a floor below which luck does as much."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

RESAMPLES = 1000
RANGE = (0.025, 0.975)
"""Quantiles of the resamples between which an interval lies."""
AT_A_TIME = 2_000_000
"""Effects that are resampled at a time, lest they fill the memory."""
SMALL_ERROR, WIDEST = 0.1, 0.5
"""Share by which an estimate may lie beyond the whole or below nothing; width of an interval from which on it tells no share."""
DIGITS = 9
"""Significant digits of the largest measure in which two measures have to differ, lest rounding makes a ranking."""


@dataclass(frozen=True)
class Measured:
    """A measure of each factor, with its interval.

    Attributes:
        value: Of each factor, shape (factors,); NaN where it is not defined.
        low: Lower end of the 95 % interval.
        high: Upper end.
    """

    value: Numbers
    low: Numbers
    high: Numbers

    @classmethod
    def of(cls, value: Numbers, resampled: Numbers) -> Measured:
        """Take the interval from resamples.

        Args:
            value: The measure.
            resampled: The same of each resample, shape (resamples, factors).
        """
        known = np.where(np.isfinite(value), resampled, 0.0)
        low, high = np.where(np.isfinite(value), np.nanquantile(known, RANGE, axis=0), np.nan)
        return cls(value, np.fmin(low, value), np.fmax(high, value))


    @property
    def tells_no_share(self) -> bool:
        """Whether one of the measures, as a share of a whole, lies clearly beyond it or below nothing, or has an interval of half of it."""
        is_beyond = (self.value > 1.0 + SMALL_ERROR) | (self.value < -SMALL_ERROR)
        return bool((is_beyond | (self.high - self.low > WIDEST)).any())


@dataclass(frozen=True)
class Ranking:
    """Which factor moves an outcome most.

    Attributes:
        rank: Of each factor, from 1, shape (factors,).
        low: Best rank within the interval.
        high: Worst rank.
    """

    rank: NDArray[np.int64]
    low: NDArray[np.int64]
    high: NDArray[np.int64]

    @property
    def order(self) -> NDArray[np.int64]:
        """Numbers of the factors, the first in rank first."""
        return np.argsort(self.rank, kind="stable")

    def sure_cuts(self) -> list[int]:
        """Return after how many factors the ranking is sure: the intervals of their ranks all end before those of the others begin."""
        low, high = self.low[self.order], self.high[self.order]
        return [k for k in range(1, len(low)) if high[:k].max() < low[k:].min()]


def resampling(count: int, seed: int, resamples: int = RESAMPLES) -> NDArray[np.int64]:
    """Return which of some observations each resample takes, with putting back, shape (resamples, observations)."""
    return np.random.default_rng([seed, count]).integers(0, count, (resamples, count))


def mean(values: Numbers) -> Numbers:
    """Return the mean over the last axis but one of what is defined; NaN where nothing is."""
    known = np.isfinite(values)
    count = known.sum(axis=-2)
    found: Numbers = np.where(count > 0, np.where(known, values, 0.0).sum(axis=-2) / np.maximum(count, 1), np.nan)
    return found


def mean_size(effects: Numbers) -> Numbers:
    """Return the mean of absolute effects, shape (…, factors), of effects of shape (…, trajectories, factors)."""
    return mean(np.abs(effects))


def spread(effects: Numbers) -> Numbers:
    """Return the standard deviation of effects, shape (…, factors); NaN of fewer than two."""
    count = np.isfinite(effects).sum(axis=-2)
    squares = mean((effects - mean(effects)[..., None, :]) ** 2)
    found: Numbers = np.where(count > 1, np.sqrt(squares * count / np.maximum(count - 1, 1)), np.nan)
    return found


def resampled(effects: Numbers, picks: NDArray[np.int64], measure: Callable[[Numbers], Numbers]) -> Numbers:
    """Return a measure of each resample, shape (resamples, factors).

    Args:
        effects: Shape (trajectories, factors).
        picks: Which trajectories each resample takes.
        measure: (effects, shape (…, trajectories, factors)) → shape (…, factors).
    """
    return np.concatenate([measure(effects[some]) for some in np.array_split(picks, max(1, picks.size * effects.shape[1] // AT_A_TIME))])


def rank(value: Numbers, resampled: Numbers) -> Ranking:
    """Rank factors by a measure, the largest first; those that are the same share the best rank in `low` and the worst in `high`.

    Args:
        value: The measure, shape (factors,).
        resampled: The same of each resample, shape (resamples, factors).
    """
    value, resampled = _rounded(value), _rounded(resampled)
    order = np.argsort(-value, kind="stable")
    found = np.empty(len(value), dtype=np.int64)
    found[order] = np.arange(1, len(value) + 1)
    best, worst = _ranks(resampled, "min"), _ranks(resampled, "max")
    low = np.floor(np.quantile(best, RANGE[0], axis=0)).astype(np.int64)
    high = np.ceil(np.quantile(worst, RANGE[1], axis=0)).astype(np.int64)
    return Ranking(found, np.minimum(low, found), np.maximum(high, found))


def _ranks(values: Numbers, method: str) -> Numbers:
    from scipy.stats import rankdata

    found: Numbers = rankdata(-values, method=method, axis=-1)
    return found


def _rounded(values: Numbers) -> Numbers:
    """Return values as multiples of the last digit of the largest; what is not defined stands last."""
    known = np.nan_to_num(values, nan=-np.inf)
    largest = np.max(np.abs(values[np.isfinite(values)]), initial=0.0)
    unit = 10.0 ** (np.floor(np.log10(largest)) - DIGITS) if largest > 0.0 else 1.0
    return np.round(known / unit) * unit


def luck_floor(differences: Numbers, count: int, seed: int, resamples: int = RESAMPLES) -> float:
    """Return what luck alone would be taken for, at most, in 95 of 100 cases: the mean of some absolute effects where nothing moves but luck.

    Args:
        differences: Effects of other luck at the same point, shape (pairs,).
        count: How many effects a measure is the mean of.
        seed: Seed of the resampling.
        resamples: Number of resamples.
    """
    known = np.abs(differences[np.isfinite(differences)])
    if not len(known):
        return float("nan")
    picks = np.random.default_rng([seed, len(known), count]).integers(0, len(known), (resamples, count))
    return float(np.quantile(known[picks].mean(axis=1), 0.95))


def directed(effects: Numbers, level: float = 0.05) -> NDArray[np.bool_]:
    """Tell which factors have effects of one direction: the mean is not zero by Student's test, all factors looked at together (Holm 1979).

    The points of a trajectory share their luck, so that a small effect may stand out from it that other luck, all of it, would hide.

    Args:
        effects: Shape (trajectories, factors).
        level: How often any factor without an effect may be told.
    """
    from scipy.stats import t

    count = np.isfinite(effects).sum(axis=0)
    error = spread(effects) / np.sqrt(np.maximum(count, 1))
    middle = mean(effects)
    with np.errstate(divide="ignore", invalid="ignore"):
        chance = 2.0 * t.sf(np.abs(middle) / error, np.maximum(count - 1, 1))
    chance = np.where((middle == 0.0) | ~np.isfinite(middle) | (count < 2), 1.0, chance)
    order = np.argsort(chance, kind="stable")
    passed = np.cumprod(chance[order] <= level / np.arange(len(chance), 0, -1)).astype(bool)
    found = np.zeros(len(chance), dtype=bool)
    found[order] = passed
    return found
