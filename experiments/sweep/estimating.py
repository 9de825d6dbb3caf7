"""How sure the numbers of a sweep are: over a set of behaviours by what is not known about them, else by the luck of the simulation alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.statistics import LEVEL, Kind, mean_interval
from sim.uncertainty import Estimate, Lived, estimate_over

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[np.float64]


class Mean(NamedTuple):
    """A mean as tests of it need it.

    Attributes:
        value: The mean.
        error: Its standard error; over a set that of the expected value, given what is not known.
        draws: From how many independent draws that is known: vectors, or replicates where there is no set.
    """

    value: Values
    error: Values
    draws: NDArray[np.int64]


class Estimating(NamedTuple):
    """With what the replicates of a sweep lived.

    Attributes:
        lived: With which vectors of a set of behaviours; None: there is no set.
        alone: Which points have no set though others have one (``behaviour=evidence,NAME``), of the shape of the points; None: there are none.
    """

    lived: Lived | None = None
    alone: NDArray[np.bool_] | None = None

    def paired(self, reference: int | tuple[int, ...]) -> Estimating:
        """Return the same of differences to a point: only without a set on both sides there is nothing unknown in them.

        Args:
            reference: Place of the point with which the others are compared.
        """
        return self if self.alone is None or self.alone[reference] else self._replace(alone=None)

    def estimate(self, values: Values, kind: Kind = Kind.FREE, level: float = LEVEL) -> Estimate:
        """Return the mean of each point, and how sure it is.

        Args:
            values: Numbers of shape (points ..., replicates); NaN where there is none.
            kind: What values there can be.
            level: Coverage of the intervals.

        Returns:
            Where there is no set, the interval of the mean as `low` and `high`, and nothing of the other two.
        """
        if self.lived is None:
            found = mean_interval(values, -1, level, kind)
            return Estimate(*found, *(np.full(np.shape(found.mean), np.nan) for _ in range(3)))
        over = estimate_over(values, self.lived, kind, -1, level)
        if self.alone is None:
            return over
        apart = Estimating().estimate(values, kind, level)
        return Estimate(*(np.where(self.alone, one, other) for one, other in zip(apart, over, strict=True)))

    def mean(self, values: Values) -> Mean:
        """Return the mean of each point with its standard error.

        Args:
            values: Numbers of shape (points ..., replicates); NaN where there is none.
        """
        from scipy.special import stdtrit

        found = self.estimate(values)
        draws = self._draws(~np.isnan(values))
        quantile = stdtrit(np.maximum(draws - 1, 1), 0.5 + LEVEL / 2.0)
        return Mean(found.mean, (found.high - found.low) / 2.0 / quantile, draws)

    def vectors(self, values: Values) -> Values:
        """Return the mean over the replicates of each vector, of shape (points, vectors): what is independent; without a set the replicates."""
        if self.lived is None:
            return values
        places = [self.lived.vectors == vector for vector in sorted(set(self.lived.vectors.tolist()))]
        known = [(~np.isnan(values[..., place])).sum(axis=-1) for place in places]
        sums = [np.nansum(values[..., place], axis=-1) for place in places]
        return np.stack([np.where(count > 0, total / np.maximum(count, 1), np.nan) for total, count in zip(sums, known, strict=True)], axis=-1)

    def _draws(self, known: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Count the independent draws of each point."""
        replicates: NDArray[np.int64] = known.sum(axis=-1)
        if self.lived is None:
            return replicates
        vectors: NDArray[np.int64] = np.isfinite(self.vectors(np.where(known, 0.0, np.nan))).sum(axis=-1)
        return vectors if self.alone is None else np.where(self.alone, replicates, vectors)
