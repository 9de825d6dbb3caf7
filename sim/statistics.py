"""Means over replicates and how sure we are of them.

One place for the intervals that summaries, comparisons and figures show, so that they agree.
A replicate whose value is NaN (an outcome that is not defined in that run) is dropped.
"""

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

LEVEL = 0.95
"""Coverage of the intervals in every table, file and figure."""
_FEWEST_VALUES = 2


class MeanInterval(NamedTuple):
    """A mean over replicates and the interval of that mean."""

    mean: "NDArray[np.float64]"
    low: "NDArray[np.float64]"
    high: "NDArray[np.float64]"


class DifferenceInterval(NamedTuple):
    """A mean difference over pairs of replicates and its interval."""

    difference: "NDArray[np.float64]"
    low: "NDArray[np.float64]"
    high: "NDArray[np.float64]"


class RatioInterval(NamedTuple):
    """A ratio of two means over pairs of replicates and its interval."""

    value: float
    low: float
    high: float
    defined: bool


def mean_interval(values: "ArrayLike", axis: int = 0, level: float = LEVEL) -> MeanInterval:
    """Mean over replicates with Student's t interval.

    mean ± t(n - 1, (1 + level) / 2) · s / √n, with s the standard deviation over the n values that
    are not NaN (divisor n - 1).

    Args:
        values: Numbers of shape (replicates,) or (replicates, ...); NaN means not defined.
        axis: The axis of the replicates.
        level: Coverage of the interval, between 0 and 1.

    Returns:
        `mean`, `low` and `high`, each of the shape of `values` without `axis` (a scalar for one
        dimension). With one value `low` and `high` are NaN; with none `mean` is NaN too.

    Raises:
        ValueError: `level` is not between 0 and 1.

    Source:
        Student (1908), "The probable error of a mean", Biometrika 6(1).
    """
    from scipy.special import stdtrit  # scipy.stats would cost 0.6 s to import

    if not 0.0 < level < 1.0:
        message = f"level must lie between 0 and 1 (a 95 % interval is 0.95), but is {level}."
        raise ValueError(message)
    numbers = np.moveaxis(np.asarray(values, dtype=np.float64), axis, 0)
    known = ~np.isnan(numbers)
    count = known.sum(axis=0)
    filled = np.where(known, numbers, 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = filled.sum(axis=0) / count
        squares = np.where(known, filled - mean, 0.0) ** 2
        error = np.sqrt(squares.sum(axis=0) / (count - 1) / count)
    enough = count >= _FEWEST_VALUES
    quantile = stdtrit(np.where(enough, count - 1, 1), 0.5 + level / 2.0)
    half_width = np.where(enough, quantile * error, np.nan)
    return MeanInterval(mean, mean - half_width, mean + half_width)


def clip_interval(estimate: MeanInterval, low: float, high: float) -> MeanInterval:
    """Cut an interval where the quantity ends, for showing it: Student's interval knows of no smallest and largest value.

    Args:
        estimate: A mean and its interval.
        low: Smallest value there can be.
        high: Largest value there can be.

    Returns:
        The same within the limits; NaN stays.
    """
    mean, lower, upper = (np.clip(part, low, high) for part in estimate)
    return MeanInterval(mean, lower, upper)


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
