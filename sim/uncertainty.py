"""How sure a number is that was simulated over a set of behaviours: what is not known, luck, and what more replicates would still remove.

Replicates that live with one vector differ by luck alone, vectors by what is not known of behaviour. One-way random effects divide the variance of
the values (of paired differences, where worlds are compared): y = μ + a(vector) + e(replicate), by the analysis of variance, for any numbers of
replicates a vector. Then 95 in 100

- *ignorance*: where the expected value of the true behaviour lies, mean ± t √(σ²a + v), t of vectors - 1 and v the variance of the mean. The luck
  of the simulation is taken off σ²a as far as the replicates tell it: σ²a is taken to be at least as large as its own standard error.
- *prediction*: what one place may see in one period, mean ± t √(σ²a + σ²e + v).
- *simulation error*: how far the mean may be from that of very many replicates over the whole set, t √(v - σ²a / vectors of the set).

Sources:
    Searle, Casella and McCulloch (1992), Variance Components: the analysis of variance of unbalanced data, and standard errors.
    Fieller (1954), as `sim.statistics.ratio_interval`: ratios.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.statistics import LEVEL, Kind, MeanInterval, RatioInterval, bounds_of, fieller, mean_interval, ratio_interval, read_values

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Numbers = NDArray[np.float64]

FEWEST_VECTORS = 2
"""Vectors that have to have values, so that anything can be told of what is not known."""


@dataclass(frozen=True, eq=False)
class Lived:
    """With which vectors of a set the replicates lived.

    Attributes:
        vectors: Number of the vector of each replicate, shape (replicates,).
        of: Vectors of the set.
    """

    vectors: NDArray[np.int64]
    of: int

    @cached_property
    def different(self) -> int:
        """How many different vectors there were."""
        return len(set(self.vectors.tolist()))

    @cached_property
    def place(self) -> NDArray[np.int64]:
        """Which of the different vectors each replicate lived with, by their numbers, shape (replicates,)."""
        return np.unique(self.vectors, return_inverse=True)[1]

    @property
    def is_whole(self) -> bool:
        """Whether every vector of the set was lived with twice, so that nothing more is learned of what is not known."""
        return self.different == self.of and int(np.bincount(self.vectors).min()) > 1


class Estimate(NamedTuple):
    """A mean over replicates, and how sure it is.

    Attributes:
        mean: The mean.
        low: Lower end of the interval of what is not known.
        high: Its upper end.
        least: Lower end of what one place may see in one period.
        most: Its upper end.
        error: Half the width of what more replicates would remove.
    """

    mean: Any
    low: Any
    high: Any
    least: Any
    most: Any
    error: Any

    @property
    def interval(self) -> MeanInterval:
        """The mean with the interval of what is not known."""
        return MeanInterval(*self[:3])


class _Parts(NamedTuple):
    """Variances of random effects; of several quantities at once, for each two of them."""

    between: Any
    """Of vectors, the luck taken off; below zero by luck."""
    spread: Any
    """Standard error of that."""
    within: Any
    """Of replicates of one vector."""
    of_mean: Any
    """Of the mean."""
    told: Any
    """Whether any vector has two values, so that luck can be told."""


def estimate_over(values: ArrayLike, lived: Lived, kind: Kind = Kind.FREE, axis: int = 0, level: float = LEVEL) -> Estimate:
    """Return the mean over replicates of a set, and how sure it is.

    Args:
        values: Numbers of shape (replicates,) or (replicates, ...); NaN means not defined.
        lived: With which vectors they lived.
        kind: What values there can be.
        axis: The axis of the replicates.
        level: Coverage of the intervals.

    Returns:
        Arrays of the shape of `values` without `axis`; NaN, but for the mean, where fewer than two vectors have a value.
    """
    from scipy.special import stdtrit

    filled, known = read_values(values, axis, kind)
    count = known.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = filled.sum(axis=0) / count
        apart = np.where(known, filled - mean, 0.0)
        vectors, parts = _divided(apart, apart, known, lived)
        enough = vectors >= FEWEST_VECTORS
        quantile = stdtrit(np.where(enough, vectors - 1, 1), 0.5 + level / 2.0)
        between = np.maximum(parts.between, 0.0)
        unknown = np.maximum(between, np.where(parts.told, parts.spread, 0.0))
        halves = [quantile * np.sqrt(variance + parts.of_mean) for variance in (unknown, np.maximum(unknown, between + parts.within))]
        low, high = bounds_of(filled, mean, halves[0], quantile, count, kind, level)
        least, most = bounds_of(filled, mean, halves[1], quantile, count, kind, level, alone=True)
        error = quantile * np.sqrt(_removable(parts, between, lived))
    return Estimate(mean, *(np.where(enough, part, np.nan) for part in (low, high, least, most, error)))


def interval_over(values: ArrayLike, lived: Lived | None, kind: Kind = Kind.FREE, axis: int = 0) -> MeanInterval:
    """Return a mean with the interval that stands beside it: over a set that of what is not known, else that of the mean over replicates."""
    return mean_interval(values, axis, kind=kind) if lived is None else estimate_over(values, lived, kind, axis).interval


class RatioEstimate(NamedTuple):
    """A ratio of two means over replicates of a set, and how sure it is; see `Estimate`."""

    ignorance: RatioInterval
    prediction: RatioInterval
    error: float


def ratio_over(top: ArrayLike, bottom: ArrayLike, lived: Lived, level: float = LEVEL) -> RatioEstimate:
    """Return the ratio of two means over replicates of a set, with Fieller's intervals.

    Args:
        top: Numbers of shape (replicates,), such as additional spending.
        bottom: Numbers of shape (replicates,), such as net additional jobs.
        lived: With which vectors they lived.
        level: Coverage of the intervals.
    """
    from scipy.special import stdtrit

    above, below = np.asarray(top, np.float64), np.asarray(bottom, np.float64)
    means = float(above.mean()), float(below.mean())
    apart = np.stack([above - means[0], below - means[1]], axis=-1)  # each two of them at once
    with np.errstate(invalid="ignore", divide="ignore"):
        vectors, parts = _divided(apart[:, :, None], apart[:, None, :], np.ones((len(above), 2, 2), np.bool_), lived)
    freedom = int(vectors.max()) - 1
    if freedom < FEWEST_VECTORS - 1:
        nothing = RatioInterval(means[0] / means[1] if means[1] else np.nan, np.nan, np.nan, defined=False)
        return RatioEstimate(nothing, nothing, np.nan)
    between = _possible(parts.between, np.zeros((2, 2)))
    unknown = _possible(parts.between, np.where(parts.told, parts.spread, 0.0))

    def over(variance: Numbers) -> RatioInterval:
        return fieller(*means, float(variance[0, 0]), float(variance[0, 1]), float(variance[1, 1]), freedom, level)

    ignorance, prediction = over(unknown + parts.of_mean), over(np.maximum(unknown, between + parts.within) + parts.of_mean)
    removable = _removable(parts, between, lived)
    ratio = ignorance.value
    variance = float(removable[0, 0] - 2 * ratio * removable[0, 1] + ratio**2 * removable[1, 1]) / means[1] ** 2 if means[1] else np.nan
    return RatioEstimate(ignorance, prediction, float(stdtrit(freedom, 0.5 + level / 2.0)) * max(variance, 0.0) ** 0.5)


def ratio_interval_over(top: ArrayLike, bottom: ArrayLike, lived: Lived | None) -> RatioInterval:
    """Return a ratio with the interval that stands beside it: over a set that of what is not known."""
    return ratio_interval(top, bottom) if lived is None else ratio_over(top, bottom, lived).ignorance


def _divided(first: Numbers, second: Numbers, known: NDArray[np.bool_], lived: Lived) -> tuple[Any, _Parts]:
    """Divide the variance of values (first and second the same), or the covariance of two of them, by vectors.

    Args:
        first: Distances from the mean, the axis of the replicates first; 0 where not defined.
        second: The same of the other quantity.
        known: Which values are defined.
        lived: With which vectors they lived.

    Returns:
        How many vectors have values, and the parts.
    """
    place, size = lived.place, lived.different
    sums, others, counts = (_summed(part, place, size) for part in (first, second, known))
    total, vectors = counts.sum(axis=0), (counts > 0).sum(axis=0)
    per_vector = np.maximum(counts, 1)
    means, others = sums / per_vector, others / per_vector
    between_squares = (counts * means * others).sum(axis=0)
    within_squares = np.where(known, (first - means[place]) * (second - others[place]), 0.0).sum(axis=0)
    mean_between = between_squares / (vectors - 1)
    told = total > vectors
    mean_within = np.where(told, within_squares / np.maximum(total - vectors, 1), 0.0)
    uneven = (counts**2).sum(axis=0) / total
    usual = (total - uneven) / (vectors - 1)
    between = (mean_between - mean_within) / usual
    spread = np.sqrt(2.0 * (mean_between**2 / (vectors - 1) + mean_within**2 / np.maximum(total - vectors, 1))) / usual
    within = np.where(between >= 0, mean_within, (between_squares + within_squares) / np.maximum(total - 1, 1))
    return vectors, _Parts(between, spread, within, np.maximum(between, 0.0) * uneven / total + within / total, told)


def _summed(values: Any, place: NDArray[np.int64], size: int) -> Numbers:  # noqa: ANN401
    """Add up, in order, the replicates of each vector."""
    found = np.zeros((size, *values.shape[1:]))
    np.add.at(found, place, values)
    return found


def _removable(parts: _Parts, between: Any, lived: Lived) -> Any:  # noqa: ANN401
    """Return the variance of the mean that more replicates would remove: all of it but what the set itself has of so many vectors."""
    return np.maximum(parts.of_mean - np.where(parts.told, between, 0.0) / lived.of, 0.0)


def _possible(covariance: Numbers, least: Numbers) -> Numbers:
    """Return a matrix of covariance that can be: variances of a least size, the covariance no larger than they allow."""
    variances = np.maximum(np.diag(covariance), np.diag(least))
    most = float(np.sqrt(variances[0] * variances[1]))
    shared = float(np.clip(covariance[0, 1], -most, most))
    return np.array([[variances[0], shared], [shared, variances[1]]])
