"""Means over replicates and how sure we are of them.

One place for the intervals that summaries, comparisons and figures show, so that they agree.
A replicate whose value is NaN (an outcome that is not defined in that run) is dropped.
"""

import math
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.writing import write_estimate

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Bounds = NDArray[np.float64]

LEVEL = 0.95
"""Coverage of the intervals in every table, file and figure."""
_FEWEST_VALUES = 2
FEW_VALUES = 5
"""Replicates below which an interval is hardly one: with two, Student's t is 12.7 where many replicates have 2.0."""
AMOUNTS = ("CNY", "CNY/month", "days", "hours", "ratio")
"""Units of what is not counted in whole numbers."""
RARE = 10.0
"""Events over all replicates below which their own spread tells little. Assumption."""
ROUNDING = 1e-9
"""Distance from a limit that is arithmetic's and not the value's."""


class Kind(StrEnum):
    """What values a quantity can have, which its interval then keeps to."""

    FREE = "free"
    """Any: differences, effects, balances."""
    AMOUNT = "amount"
    """Not below zero: money, days, pay."""
    COUNT = "count"
    """Not below zero, in whole numbers: persons, posts, events."""
    SHARE = "share"
    """From zero to one."""

    @classmethod
    def of_unit(cls, unit: str) -> "Kind":
        """Return the kind of what is measured in a unit, given in English: whole numbers unless it is known to be anything else."""
        return cls.SHARE if unit == "share" else cls.AMOUNT if unit in AMOUNTS else cls.COUNT

    @property
    def limits(self) -> tuple[float, float]:
        """Smallest and largest value there can be."""
        return {Kind.FREE: (-math.inf, math.inf), Kind.SHARE: (0.0, 1.0)}.get(self, (0.0, math.inf))


def _shown(name: str, value: Any, low: Any, high: Any) -> str:  # noqa: ANN401
    """Return a value with its interval as it is written elsewhere; of arrays the shape."""
    if np.ndim(value):
        return f"<{name} of shape {np.shape(value)}>"
    return write_estimate((value, low, high))


class MeanInterval(NamedTuple):
    """A mean over replicates and the interval of that mean."""

    mean: "NDArray[np.float64]"
    low: "NDArray[np.float64]"
    high: "NDArray[np.float64]"

    def __repr__(self) -> str:
        return _shown("MeanInterval", *self)

    def times(self, factor: float) -> "MeanInterval":
        """Return the same in another unit."""
        return MeanInterval(*(factor * part for part in self))


class DifferenceInterval(NamedTuple):
    """A mean difference over pairs of replicates and its interval."""

    difference: "NDArray[np.float64]"
    low: "NDArray[np.float64]"
    high: "NDArray[np.float64]"

    def __repr__(self) -> str:
        return _shown("DifferenceInterval", *self)


class RatioInterval(NamedTuple):
    """A ratio of two means over pairs of replicates and its interval."""

    value: float
    low: float
    high: float
    defined: bool

    def __repr__(self) -> str:
        return _shown("RatioInterval", *self[:3])


def mean_defined(values: "ArrayLike") -> "Bounds":
    """Return the mean over replicates, the first axis, of the values that are not NaN; NaN where there are none."""
    filled, known = read_values(values, 0, Kind.FREE)
    with np.errstate(invalid="ignore"):
        mean: Bounds = filled.sum(axis=0) / known.sum(axis=0)
    return mean


def mean_interval(values: "ArrayLike", axis: int = 0, level: float = LEVEL, kind: Kind = Kind.FREE) -> MeanInterval:
    """Mean over replicates with an interval that holds no value that cannot be.

    Of what can have any value (`Kind.FREE`) Student's interval, mean ± h with h = t(n - 1, (1 + level) / 2) · s / √n, and s the standard deviation
    over the n values that are not NaN (divisor n - 1). Of counts, amounts and shares a score interval: every μ whose distance from the mean is at
    most t · √(V(μ) / n), where the variance V grows with μ as that of a count (φμ) or of a share (φμ(1 - μ)), φ being what was observed. It is
    Wilson's interval with an estimated dispersion, lies within the limits by itself, and agrees with Student's where these are far away.
    `docs/intervals.md` has the coverage of all of them.

    Args:
        values: Numbers of shape (replicates,) or (replicates, ...); NaN means not defined.
        axis: The axis of the replicates.
        level: Coverage of the interval, between 0 and 1.
        kind: What values there can be; where one is beyond that, the interval is Student's.

    Returns:
        `mean`, `low` and `high`, each of the shape of `values` without `axis` (a scalar for one
        dimension). With one value `low` and `high` are NaN; with none `mean` is NaN too.

    Raises:
        ValueError: `level` is not between 0 and 1.

    Source:
        Student (1908), "The probable error of a mean", Biometrika 6(1); Wilson (1927), Journal of the American Statistical Association 22(158).
    """
    from scipy.special import stdtrit  # scipy.stats would cost 0.6 s to import

    if not 0.0 < level < 1.0:
        message = f"level must lie between 0 and 1 (a 95 % interval is 0.95), but is {level}."
        raise ValueError(message)
    filled, known = read_values(values, axis, kind)
    count = known.sum(axis=0)
    enough = count >= _FEWEST_VALUES
    quantile = stdtrit(np.where(enough, count - 1, 1), 0.5 + level / 2.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = filled.sum(axis=0) / count
        squares = np.where(known, filled - mean, 0.0) ** 2
        half = quantile * np.sqrt(squares.sum(axis=0) / (count - 1) / count)
        low, high = bounds_of(filled, mean, half, quantile, count, kind, level)
    return MeanInterval(mean, np.where(enough, low, np.nan), np.where(enough, high, np.nan))


def read_values(values: "ArrayLike", axis: int, kind: Kind) -> "tuple[Bounds, NDArray[np.bool_]]":
    """Return values with the axis of the replicates first and 0 for what is not defined, and which are defined."""
    numbers = np.moveaxis(np.asarray(values, dtype=np.float64), axis, 0)
    known = ~np.isnan(numbers)
    filled = np.where(known, numbers, 0.0)
    if kind is not Kind.FREE:  # what arithmetic has put beyond a limit by its last digits is on it
        limited = np.clip(filled, *kind.limits)
        filled = np.where(np.abs(filled - limited) <= ROUNDING, limited, filled)
    return filled, known


def bounds_of(
    filled: "Bounds", mean: "Bounds", half: "Bounds", quantile: "Bounds", count: "Bounds", kind: Kind, level: float, *, alone: bool = False,
) -> "tuple[Bounds, Bounds]":  # fmt: skip
    """Return the ends of an interval that holds no value that cannot be.

    Args:
        filled: The values, the axis of the replicates first.
        mean: Their mean.
        half: Half the width of the interval, were there no limits.
        quantile: That of Student's t which is in it.
        count: How many values are defined.
        kind: What values there can be.
        level: Coverage.
        alone: Whether the interval is for one further value, not for the mean.
    """
    low, high = mean - half, mean + half
    if kind is Kind.FREE:
        return low, high
    lowest, highest = kind.limits
    within = ((filled >= lowest) & (filled <= highest)).all(axis=0)
    shares = kind is Kind.SHARE
    bounds = _share_bounds(mean, half, quantile, count) if shares else _count_bounds(mean, half, quantile, count, kind, level, alone=alone)
    return np.where(within, bounds[0], low), np.where(within, bounds[1], high)


def _count_bounds(
    mean: "Bounds", half: "Bounds", quantile: "Bounds", count: "Bounds", kind: Kind, level: float, *, alone: bool,
) -> "tuple[Bounds, Bounds]":  # fmt: skip
    """Solve (mean - μ)² = h² μ / mean; of a count that is zero throughout, the exact bound of Poisson's law."""
    width = half**2 / mean
    highest = np.zeros_like(mean)
    if kind is Kind.COUNT:  # few events tell little about their own spread: take that of Poisson's law at least
        rare = (mean * count < RARE) & (half > 0)
        width = np.where(rare, np.maximum(width, quantile**2 * (1.0 / count + alone)), width)
        highest = -math.log((1.0 - level) / 2.0) / count
        highest = highest + alone * quantile * np.sqrt(highest)
    largest = mean + width / 2.0 + np.sqrt(width * mean + width**2 / 4.0)
    nothing = mean == 0
    return np.where(nothing, 0.0, mean**2 / largest), np.where(nothing, highest, largest)  # the product of the two is mean²


def _share_bounds(mean: "Bounds", half: "Bounds", quantile: "Bounds", count: "Bounds") -> "tuple[Bounds, Bounds]":
    """Solve (mean - μ)² = h² μ (1 - μ) / (mean (1 - mean)); of 0 or 1 throughout with the largest variance there can be, that of yes or no."""
    variance = mean * (1.0 - mean)
    width = np.where(variance > 0, half**2 / variance, quantile**2 / count)
    reach = width / 2.0 + np.sqrt(width * variance + width**2 / 4.0)
    return mean**2 / (mean + reach), 1.0 - (1.0 - mean) ** 2 / (1.0 - mean + reach)  # the products of the two from either limit


def paired_difference(
    first: "ArrayLike", second: "ArrayLike", axis: int = 0, level: float = LEVEL
) -> DifferenceInterval:
    """Mean of `first - second` over replicates that share their luck.

    Replicate r of both runs used the same seed, so the differences vary less than the values do.

    Args:
        first: Numbers of shape (replicates, ...), such as the programme's outcomes.
        second: Numbers of the same shape, such as the baseline's, paired by position.
        axis: The axis of the replicates.
        level: Coverage of the interval, between 0 and 1.

    Returns:
        `difference`, `low` and `high`; a pair with a NaN on either side is dropped.

    Raises:
        ValueError: The shapes differ, so the replicates cannot be paired.
    """
    left = np.asarray(first, dtype=np.float64)
    right = np.asarray(second, dtype=np.float64)
    if left.shape != right.shape:
        message = (
            f"paired values need the same shape, but the first has {left.shape} and the second "
            f"{right.shape}: run both sides with the same number of replicates."
        )
        raise ValueError(message)
    return DifferenceInterval(*mean_interval(left - right, axis, level))


def ratio_interval(top: "ArrayLike", bottom: "ArrayLike", level: float = LEVEL) -> RatioInterval:
    """Ratio of two means over the same replicates, such as cost per additional job, with Fieller's interval.

    The interval holds every ratio θ for which the mean of `top - θ · bottom` is not distinguishable from zero. It is bounded only where the mean of
    `bottom` itself is distinguishable from zero.

    Args:
        top: Numbers of shape (replicates,), such as additional spending.
        bottom: Numbers of shape (replicates,), such as net additional jobs, paired by position.
        level: Coverage of the interval, between 0 and 1.

    Returns:
        `value`, `low`, `high`, and whether the interval is `defined`; NaN for bounds that are not, and for a ratio over zero.

    Raises:
        ValueError: The shapes differ.

    Source:
        Fieller (1954), "Some problems in interval estimation", Journal of the Royal Statistical Society B 16(2).
    """
    above, below = np.asarray(top, dtype=np.float64), np.asarray(bottom, dtype=np.float64)
    if above.shape != below.shape:
        message = f"a ratio needs paired values of the same shape, but the top has {above.shape} and the bottom {below.shape}"
        raise ValueError(message)
    number = above.size
    mean_above, mean_below = (float(part.mean()) if number else math.nan for part in (above, below))
    if number < _FEWEST_VALUES:
        return RatioInterval(mean_above / mean_below if mean_below else math.nan, math.nan, math.nan, defined=False)
    ((variance_above, covariance), (_, variance_below)) = np.cov(above, below) / number
    return fieller(mean_above, mean_below, float(variance_above), float(covariance), float(variance_below), number - 1, level)


def fieller(
    above: float, below: float, variance_above: float, covariance: float, variance_below: float, freedom: float, level: float = LEVEL
) -> RatioInterval:
    """Ratio of two estimates with Fieller's interval; of an effect and a take-up, that is the interval of Anderson and Rubin.

    Args:
        above: Estimate above the line.
        below: Estimate below it.
        variance_above: Variance of the one estimate.
        covariance: Their covariance.
        variance_below: Variance of the other.
        freedom: Degrees of freedom of the variances.
        level: Coverage of the interval, between 0 and 1.

    Returns:
        `value`, `low`, `high`, and whether the interval is `defined`; NaN for bounds that are not, and for a ratio over zero.

    Source:
        Fieller (1954), as `ratio_interval`; Anderson and Rubin (1949), Annals of Mathematical Statistics 20(1).
    """
    from scipy.special import stdtrit

    value = above / below if below else math.nan
    quantile = float(stdtrit(freedom, 0.5 + level / 2.0)) ** 2
    square = below**2 - quantile * variance_below
    middle = above * below - quantile * covariance
    under_root = middle**2 - square * (above**2 - quantile * variance_above)
    if square <= 0.0 or under_root < 0.0:
        return RatioInterval(value, math.nan, math.nan, defined=False)
    root = math.sqrt(under_root)
    return RatioInterval(value, (middle - root) / square, (middle + root) / square, defined=True)


def spread(
    values: "ArrayLike", axis: int = 0, lowest: float = 0.05, highest: float = 0.95
) -> "tuple[NDArray[np.float64], NDArray[np.float64]]":
    """Quantiles over replicates: how much single runs differ, not how sure the mean is.

    Args:
        values: Numbers of shape (replicates, ...); NaN means not defined.
        axis: The axis of the replicates.
        lowest: The lower quantile, between 0 and 1.
        highest: The upper quantile, between 0 and 1.

    Returns:
        The lower and the upper quantile, each of the shape of `values` without `axis`; NaN where
        no replicate has a value.
    """
    numbers = np.moveaxis(np.asarray(values, dtype=np.float64), axis, 0)
    known = ~np.isnan(numbers)
    if known.all():
        low, high = np.quantile(numbers, (lowest, highest), axis=0)
        return low, high
    some = known.any(axis=0)
    result = np.full((2, *numbers.shape[1:]), np.nan)
    result[:, some] = np.nanquantile(numbers[:, some], (lowest, highest), axis=0)
    return result[0], result[1]
