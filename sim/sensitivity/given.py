"""What a sample that is there says of each factor, whatever it was drawn for: no further run is needed.

Sources:
    Tarantola, Gatelli and Mara (2006), "Random balance designs for the estimation of first order global sensitivity indices", Reliability
    Engineering & System Safety 91; Plischke (2010), "An effective algorithm for computing global sensitivity indices (EASI)", 95 of the same; Tissot
    and Prieur (2012), "Bias correction for the estimation of sensitivity indices based on random balance designs", 107: the share that a factor
    accounts for alone, from any sample.
    Pianosi and Wagener (2018), "Distribution-based sensitivity analysis from a generic input-output sample", Environmental Modelling & Software 108:
    PAWN, how far knowing a factor moves the whole distribution.
    Shao and Wu (1989), "A general theory for jackknife variance estimation", Annals of Statistics 17: halves of the sample tell the error of an
    index of the whole.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.sensitivity.ranking import Measured, Ranking, rank

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

FEWEST_POINTS = 64
"""Points below which a sample says nothing: ten harmonics, or ten slices of six points."""
HARMONICS, SLICES = 6, 10
"""Harmonics of a factor that count as its own; slices of equal frequency in which it counts as known."""
HALVES, DUMMIES = 100, 40
"""Halves of the sample that tell the error; dummy factors that tell what chance alone would look like."""
WIDE = 1.96
"""Standard errors on either side of a 95 % interval."""
CHANCE = 0.95


@dataclass(frozen=True)
class Indices:
    """What a sample says of an outcome, a factor each.

    Attributes:
        alone: First-order index: the share of the variance that would go, in the mean, were the factor known.
        moved: PAWN index: distance (Kolmogorov and Smirnov's) between the distribution with the factor known and without, the mean over slices.
        ranking: By `moved`.
        alone_by_chance: First-order index that a factor without effect stays below in 95 of 100 cases.
        moved_by_chance: The same of the PAWN index.
        points: Points at which the outcome is defined.
        together: Sum of `alone`, shape (1,).
    """

    alone: Measured
    moved: Measured
    ranking: Ranking
    alone_by_chance: float
    moved_by_chance: float
    points: int
    together: Measured

    @property
    def too_few(self) -> bool:
        """Whether there are too few points to tell shares: some lie beyond the whole or have wide intervals."""
        return self.alone.tells_no_share or self.together.tells_no_share

    @property
    def told(self) -> NDArray[np.bool_]:
        """Which can be told from a factor without effect, by either index."""
        return (self.alone.low > self.alone_by_chance) | (self.moved.low > self.moved_by_chance)


def indices_of(factors: Numbers, outcome: Numbers, seed: int) -> Indices | None:
    """Return what a sample says; None where the outcome does not vary, or is defined at too few points.

    Args:
        factors: Shape (points, factors); independent of one another, in any order.
        outcome: Shape (points,).
        seed: Seed of halves and dummies.
    """
    known = np.isfinite(outcome) & np.isfinite(factors).all(axis=1)
    factors, outcome = factors[known], outcome[known]
    if len(outcome) < FEWEST_POINTS or np.ptp(outcome) <= 0.0:
        return None
    rng = np.random.default_rng([seed, len(outcome)])
    dummies = np.stack([rng.permutation(len(outcome)) for _ in range(DUMMIES)], axis=1).astype(np.float64)
    half = len(outcome) // 2
    picks = [np.sort(rng.permutation(len(outcome))[:half]) for _ in range(HALVES)]
    alone_by_chance, moved_by_chance = (float(np.quantile(index(dummies, outcome), CHANCE)) for index in (first_order, pawn))
    alone, _ = _measured(first_order, factors, outcome, picks)
    together, _ = _measured(_sum_of_first_order, factors, outcome, picks)
    moved, resampled = _measured(pawn, factors, outcome, picks)
    return Indices(alone, moved, rank(moved.value, resampled), alone_by_chance, moved_by_chance, len(outcome), together)


def _measured(
    index: Callable[[Numbers, Numbers], Numbers], factors: Numbers, outcome: Numbers, picks: list[NDArray[np.int64]],
) -> tuple[Measured, Numbers]:  # fmt: skip
    """Return an index with its interval, and as many draws of it: halves of the sample vary around their mean as the whole does around the truth."""
    value = index(factors, outcome)
    halves = np.stack([index(factors[pick], outcome[pick]) for pick in picks])
    draws = value + halves - halves.mean(axis=0)
    error = halves.std(axis=0, ddof=1)
    return Measured(value, value - WIDE * error, value + WIDE * error), draws


def first_order(factors: Numbers, outcome: Numbers) -> Numbers:
    """Return the first-order index of each factor: the outcome in the order of the factor, there and back, has the harmonics of that."""
    from SALib.analyze import rbd_fast

    permuted = [rbd_fast.permute_outputs(column, outcome) for column in factors.T]
    found = [rbd_fast.unskew_S1(rbd_fast.compute_first_order(each, HARMONICS), HARMONICS, len(outcome)) for each in permuted]
    return np.array(found, dtype=np.float64)


def _sum_of_first_order(factors: Numbers, outcome: Numbers) -> Numbers:
    return np.array([first_order(factors, outcome).sum()])


def pawn(factors: Numbers, outcome: Numbers) -> Numbers:
    """Return the PAWN index of each factor: the mean over slices of the largest distance between two distributions."""
    order = np.argsort(outcome, kind="stable")
    found = []
    for column in factors.T:
        slices = slices_of(column)[order]
        distances = [_distance(slices == number) for number in range(slices.max() + 1)]
        found.append(np.mean(distances))
    return np.array(found)


def slices_of(column: Numbers) -> NDArray[np.int64]:
    """Return in which slice of a factor each point lies: of about equal frequency, a level alone where there are few levels."""
    levels, which = np.unique(column, return_inverse=True)
    if len(levels) <= SLICES:
        return np.asarray(which, dtype=np.int64)
    ranks = np.argsort(np.argsort(column, kind="stable"), kind="stable")
    return np.asarray(ranks * SLICES // len(column), dtype=np.int64)


def _distance(is_inside: NDArray[np.bool_]) -> float:
    """Return the largest distance between the distribution within a slice and that of all, of points in the order of the outcome."""
    inside = np.cumsum(is_inside) / max(1, int(is_inside.sum()))
    return float(np.max(np.abs(inside - np.arange(1, len(is_inside) + 1) / len(is_inside))))

