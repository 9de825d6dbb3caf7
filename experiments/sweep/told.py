"""Which points of a sweep can be told apart, when all of them are looked at together; one rule for tables and figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from experiments.sweep.estimating import Estimating
from sim.statistics import LEVEL, RARE, Kind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

FEWEST = 2
ROUNDED = 1.0 / 12.0
"""Variance that rounding to whole numbers adds."""
BY_LUCK = Estimating()
"""No set of behaviours."""
NOTHING = 1e-10
"""What is smaller, relative to the largest value, is arithmetic's and no difference."""


def told_apart(values: Values, kind: Kind = Kind.FREE, estimating: Estimating = BY_LUCK) -> NDArray[np.bool_]:
    """Tell which points differ from zero, wrong in any of them one time in twenty at most.

    Student's test of the mean of each point (over a set of behaviours of its expected value, given what is not known: the interval that stands
    beside it), corrected for looking at many by Holm's method. Points that are the same in every pair, as the
    reference itself, or where a lever that is off gets another value, are no question; points with the same worlds, as where a limit does not
    bind, are one.

    Args:
        values: Paired values of shape (..., replicates); NaN where there is none.
        kind: What is measured. Counts vary at least as rounding and, where rare, Poisson's law has it: two pairs that happen to agree are no
            certainty, and a hundred beds more in each of them are.
        estimating: With which vectors of a set of behaviours the replicates lived.

    Returns:
        For each point whether it can be told, of shape (...).

    Source:
        Holm (1979), "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6(2).
    """
    chance = chances(values, kind, estimating)
    filled = np.where(np.isnan(values), 0.0, values)
    worlds = [world.tobytes() for world in filled.reshape(-1, filled.shape[-1])]
    asked = {world: float(p) for world, p in zip(worlds, chance.ravel(), strict=True) if p == p}  # noqa: PLR0124 (no NaN)
    told: set[bytes] = set()
    for rank, (world, p) in enumerate(sorted(asked.items(), key=lambda item: item[1])):
        if p > (1.0 - LEVEL) / (len(asked) - rank):
            break
        told.add(world)
    return np.array([world in told and p == p for world, p in zip(worlds, chance.ravel(), strict=True)]).reshape(chance.shape)  # noqa: PLR0124


def told_from_average(values: Values, kind: Kind = Kind.FREE, estimating: Estimating = BY_LUCK) -> NDArray[np.bool_]:
    """Tell which points differ from the average of all of them, by the same rule.

    Rare counts are lopsided: those of a point that happen to be low also vary little. So they have to differ after their square root is taken, too,
    which makes their spread the same everywhere.

    Args:
        values: What is measured, of shape (..., replicates), replicate r with the same luck at every point; NaN where there is none.
        kind: What it is.
        estimating: With which vectors of a set of behaviours the replicates lived.

    Source:
        Anscombe (1948), "The transformation of Poisson, binomial and negative-binomial data", Biometrika 35(3/4).
    """

    def told(measured: Values, of_kind: Kind) -> NDArray[np.bool_]:
        filled = ~np.isnan(measured).all(axis=-1)
        average = measured[filled].mean(axis=0) if filled.any() else np.full(measured.shape[-1], np.nan)
        return told_apart(measured - average, of_kind, estimating)

    found = told(values, kind)
    if kind is Kind.COUNT:
        found &= told(np.sqrt(np.maximum(values, 0.0) + 0.375), Kind.FREE)
    return found


def chances(values: Values, kind: Kind = Kind.FREE, estimating: Estimating = BY_LUCK) -> Values:
    """Return how likely a mean as far from zero is by luck alone, for each point; NaN where that is no question.

    Args:
        values: Paired values of shape (..., replicates); NaN where there is none.
        kind: What is measured.
        estimating: With which vectors of a set of behaviours the replicates lived.
    """
    from scipy.special import stdtr

    known = ~np.isnan(values)
    count = known.sum(axis=-1)
    size = np.abs(np.where(known, values, 0.0)).sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean, error, draws = estimating.mean(values)
        if kind is Kind.COUNT:
            error = np.maximum(error, np.sqrt(np.where(size < RARE, size / count, ROUNDED) / count))
        chance = 2.0 * stdtr(np.maximum(draws - 1, 1), -np.abs(mean / error))
    same = size <= NOTHING * max(1.0, float(np.nanmax(np.abs(values), initial=0.0)))
    still = error * np.sqrt(count) <= NOTHING * np.abs(mean)  # but for the last digits
    chance = np.where(still, 0.0, chance)
    constant = still & (kind is not Kind.AMOUNT)  # the least that signs alone can tell; money that is the same in each pair is certain
    chance = np.where(constant, 2.0 ** (1.0 - draws), chance)
    return np.where(same | (draws < FEWEST), np.nan, chance)
