"""Which assumption carries the answer: how much of what is not known of a difference each uncertain parameter of behaviour accounts for.

A share is a main effect, the first-order index of variance-based sensitivity analysis in the setting of factor prioritisation: by how much the
variance between the vectors of a behaviour set would fall, in the mean, were this one parameter found out. Parameters that go together in the set
tell of one another, so shares may sum to more than one. It is the square of the correlation with the mean difference of each vector (a straight
line; what bends or works through others is missed), with the luck of the replicates taken off the variance.

Few vectors tell little. The intervals hold all shares at once, for however many parameters, so that the largest of many is not taken for more than
luck; with few vectors most of them begin at zero, which is said.

Sources:
    Saltelli, Tarantola, Campolongo and Ratto (2004), Sensitivity Analysis in Practice: factor prioritisation.
    Fisher (1921), "On the probable error of a coefficient of correlation", Metron 1.
    Steiger (1980), "Tests for comparing elements of a correlation matrix", Psychological Bulletin 87(2): which of two correlations is larger.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.statistics import LEVEL

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Numbers = NDArray[np.float64]

FEWEST_VECTORS = 5
"""Vectors below which nothing can be told: an interval of a correlation needs more than three."""
POWER = 0.8
"""How often a parameter would be told, with the replicates that are said to be needed."""
MOST_REPLICATES = 100_000
"""Replicates beyond which it is said that none suffice."""
LARGEST_CORRELATION = 1.0 - 1e-12
"""Correlations beyond it are one but for rounding."""


@dataclass(frozen=True)
class Carrier:
    """What one parameter carries.

    Attributes:
        key: Its full key.
        share: Share of the variance between vectors that would go, were it known.
        low: Lower end of the interval; the intervals of all parameters hold together in 95 of 100.
        high: Upper end.
        slope: Change of the difference for one standard deviation, within the set, more of the parameter.
    """

    key: str
    share: float
    low: float
    high: float
    slope: float

    @property
    def is_told(self) -> bool:
        """Whether it carries something for certain."""
        return self.low > 0.0


@dataclass(frozen=True)
class Carrying:
    """What each parameter carries of one difference.

    Attributes:
        carriers: The parameters that vary in the set, the largest share first.
        vectors: Vectors of the set that were lived with.
        leads: Whether the first carries more than any other, for certain.
        luck: Variance of a replicate within a vector.
        ignorance: Variance between vectors without the luck, at least 0.
        is_ignorance: Whether there is such a variance for certain.
        kept: Vectors that the set has.
    """

    carriers: tuple[Carrier, ...]
    vectors: int
    leads: bool
    luck: float
    ignorance: float
    is_ignorance: bool
    kept: int

    @property
    def told(self) -> tuple[Carrier, ...]:
        """Parameters that carry something for certain."""
        return tuple(carrier for carrier in self.carriers if carrier.is_told)

    def replicates_to_tell(self, share: float) -> int | None:
        """Return how many replicates would tell a parameter that carries a share, in four cases of five; None where none suffice.

        Two replicates live with each vector until the set is used up; then each vector has more of them.

        Args:
            share: Share of the variance between vectors, between 0 and 1.
        """
        from scipy.special import ndtri

        def suffices(replicates: int) -> bool:
            vectors = min(replicates // 2, self.kept)
            part = self.ignorance / (self.ignorance + self.luck * vectors / replicates)
            beyond = math.atanh(min(math.sqrt(share * part), LARGEST_CORRELATION)) - _reach(vectors, len(self.carriers))
            return bool(beyond * math.sqrt(vectors - 3) >= ndtri(POWER))

        if not self.carriers or self.ignorance <= 0.0 or self.kept < FEWEST_VECTORS or not suffices(MOST_REPLICATES):
            return None
        low, high = 2 * FEWEST_VECTORS - 1, MOST_REPLICATES
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if suffices(middle) else (middle, high)
        return high + high % 2


def carrying(values: ArrayLike, vector_of: ArrayLike, parameters: Sequence[str], vectors: ArrayLike) -> Carrying:
    """Say how much of what is not known of a paired difference each parameter carries.

    Args:
        values: Difference in each replicate, shape (replicates,); NaN where it is not defined.
        vector_of: Row of `vectors` with which each replicate lived, shape (replicates,).
        parameters: Full keys of the columns of `vectors`.
        vectors: The behaviour set, shape (vectors, parameters). What is the same in every vector lived with carries nothing and is left out.

    Returns:
        The shares; none with fewer than `FEWEST_VECTORS` vectors, or where every vector has the same difference.
    """
    table, numbers, rows = np.asarray(vectors, np.float64), np.asarray(values, np.float64), np.asarray(vector_of)
    known = ~np.isnan(numbers)
    numbers, rows = numbers[known], rows[known]
    lived, place, count = np.unique(rows, return_inverse=True, return_counts=True)
    means = np.bincount(place, weights=numbers) / count
    number = len(lived)
    spare = len(numbers) - number
    luck = float(((numbers - means[place]) ** 2).sum() / spare) if spare else 0.0
    between = float(means.var(ddof=1)) if number > 1 else 0.0
    noise = luck * float((1.0 / count).mean()) if number else 0.0
    seen = table[lived]
    varying = [column for column in range(table.shape[1]) if number > 1 and np.ptp(seen[:, column]) > 0]
    if number < FEWEST_VECTORS or between <= 0.0 or not varying:
        return Carrying((), number, leads=False, luck=luck, ignorance=max(0.0, between - noise), is_ignorance=False, kept=len(table))
    part = _part_of_ignorance(between, noise, number, spare)
    standard = _standard(seen[:, varying])
    correlation = standard.T @ (means - means.mean()) / math.sqrt(between * (number - 1))
    share, low, high = _shares(correlation, number, part)
    slopes = correlation * math.sqrt(between) / seen[:, varying].std(axis=0, ddof=1) * table[:, varying].std(axis=0, ddof=1)
    order = np.argsort(-np.abs(correlation), kind="stable")
    carriers = tuple(
        Carrier(parameters[varying[one]], float(share[one]), float(low[one]), float(high[one]), float(slopes[one])) for one in order
    )
    leads = carriers[0].is_told and _leads(correlation[order], standard[:, order], number)
    return Carrying(carriers, number, leads, luck, max(0.0, between - noise), part[1] > 0.0, len(table))


def _standard(columns: Numbers) -> Numbers:
    """Return columns with mean zero and length one."""
    centred = columns - columns.mean(axis=0)
    found: Numbers = centred / np.sqrt((centred**2).sum(axis=0))
    return found


def _part_of_ignorance(between: float, noise: float, vectors: int, spare: int) -> tuple[float, float, float]:
    """Return which part of the variance of the vectors' means is no luck, and the ends of its interval (that of a ratio of variances)."""
    from scipy.special import fdtri

    if noise <= 0.0:
        return 1.0, 1.0, 1.0
    least, largest = (float(fdtri(vectors - 1, spare, 0.5 + sign * LEVEL / 2.0)) for sign in (1.0, -1.0))
    return max(0.0, 1.0 - noise / between), max(0.0, 1.0 - least * noise / between), max(0.0, 1.0 - largest * noise / between)


def _shares(correlation: Numbers, vectors: int, part: tuple[float, float, float]) -> tuple[Numbers, Numbers, Numbers]:
    """Return the share of each parameter with an interval; all intervals hold together."""
    most, least, largest = part
    reach = _reach(vectors, len(correlation))
    size = np.arctanh(np.minimum(np.abs(correlation), LARGEST_CORRELATION))
    low, high = np.tanh(np.maximum(size - reach, 0.0)) ** 2, np.tanh(size + reach) ** 2
    square = np.maximum(1.0 - (1.0 - correlation**2) * (vectors - 1) / (vectors - 2), 0.0)  # by chance alone the square is 1 / (vectors - 1)
    low, high = low / largest if largest > 0.0 else low, np.minimum(high / least, 1.0) if least > 0.0 else np.ones_like(high)
    share = np.minimum(square / most, 1.0) if most > 0.0 else np.where(square > 0.0, 1.0, 0.0)
    low = np.minimum(low, 1.0)
    return np.clip(share, low, high), low, high


def _leads(correlation: Numbers, standard: Numbers, vectors: int) -> bool:
    """Tell whether the first correlation is larger than each of the others, each time by Steiger's test with the mean of the two."""
    from scipy.special import ndtri

    if len(correlation) == 1:
        return True
    first, others = abs(float(correlation[0])), np.abs(correlation[1:])
    among = (standard[:, 1:].T @ standard[:, 0]) * np.sign(correlation[1:]) * np.sign(correlation[0])
    mean = ((first + others) / 2.0) ** 2
    together = (among * (1.0 - 2.0 * mean) - mean * (1.0 - 2.0 * mean - among**2) / 2.0) / np.maximum(1.0 - mean, 1e-12) ** 2
    distance = np.arctanh(min(first, LARGEST_CORRELATION)) - np.arctanh(np.minimum(others, LARGEST_CORRELATION))
    error = np.sqrt(np.maximum(2.0 - 2.0 * together, 0.0) / (vectors - 3))
    return bool((distance > ndtri(0.5 + LEVEL / 2.0) * error).all())


def _reach(vectors: int, parameters: int) -> float:
    """Return how far an interval reaches, in the inverse hyperbolic tangent of the correlation, if those of so many parameters are to hold together.

    It is exact where nothing is correlated: there the interval leaves out zero where Student's test of the slope does.
    """
    from scipy.special import stdtrit

    freedom = vectors - 2
    return math.asinh(float(stdtrit(freedom, 1.0 - (1.0 - LEVEL) / 2.0 / parameters)) / math.sqrt(freedom))
