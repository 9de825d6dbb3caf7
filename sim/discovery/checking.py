"""Whether a box is more than luck: halves drawn again, and labels dealt out anew.

A box that was looked for in some points fits these points too well. So it is looked for in halves of the points, and what it holds is counted in the
other halves; how often each restriction comes back tells which of them to believe (Bryant and Lempert 2010). And labels are dealt out anew among the
points, many times: a box whose score chance reaches in more than 5 of 100 deals is not told at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.discovery.boxes import Box, Fit, best_box, boxes_on_the_way, fit_of, quasi_p
from sim.statistics import LEVEL

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Flags = NDArray[np.bool_]

HALVES, DEALS = 50, 99
"""Halves in which the box is looked for, and deals of the labels."""
OFTEN = 0.5
"""Share of the halves in which a restriction has to come back, so that it is called steady."""
FEWEST_CASES = 8
"""Points of interest, and others, below which no box is looked for."""


@dataclass(frozen=True)
class Restriction:
    """What a box asks of one parameter.

    Attributes:
        place: Which parameter.
        low: Lower limit; minus infinity where there is none.
        high: Upper limit.
        chance: Its quasi-p-value.
        again: Share of the halves in which a box restricts the same end of the parameter.
    """

    place: int
    low: float
    high: float
    chance: float
    again: float

    @property
    def is_steady(self) -> bool:
        """Whether it comes back often."""
        return self.again >= OFTEN


@dataclass(frozen=True)
class Found:
    """A box, and how far to believe it.

    Attributes:
        box: The box; that of everything where there is none.
        fit: How well it tells the points in which it was looked for.
        elsewhere: Density, in the halves that were not looked at, of boxes from the others.
        chance: How often labels that were dealt out anew have a box with a score as good.
        restrictions: What it asks, the surest first.
        way: Fit and number of restrictions of every box on the way.
        base: Share of all points that are cases of interest.
    """

    box: Box
    fit: Fit
    elsewhere: float
    chance: float
    restrictions: tuple[Restriction, ...]
    way: tuple[tuple[Fit, int], ...]
    base: float

    @property
    def is_told(self) -> bool:
        """Whether it is more than luck."""
        return bool(self.restrictions) and self.chance < 1.0 - LEVEL


def discover(points: Numbers, cases: Flags, seed: int, halves: int = HALVES, deals: int = DEALS) -> Found | None:
    """Look for a box of cases of interest, and for how far to believe it.

    Args:
        points: Parameters of each point, shape (points, parameters).
        cases: Which points are of interest, shape (points,).
        seed: Seed of halves and deals.
        halves: Halves.
        deals: Deals.

    Returns:
        What was found; None where there are fewer than `FEWEST_CASES` points of interest, or others.
    """
    if min(int(cases.sum()), int((~cases).sum())) < FEWEST_CASES:
        return None
    box = best_box(points, cases)
    fit = fit_of(box, points, cases)
    ends, densities = _in_halves(points, cases, np.random.default_rng([seed, 1]), halves)
    rng = np.random.default_rng([seed, 2])
    scores = [_score(points, cases[rng.permutation(len(cases))]) for _ in range(deals)]
    own = _score(points, cases)
    chance = (1.0 + sum(score >= own for score in scores)) / (1.0 + deals)
    restrictions = [_restriction(box, place, points, cases, ends) for place in box.restricted]
    way = tuple((each, len(one.restricted)) for one, each in boxes_on_the_way(points, cases))
    order = tuple(sorted(restrictions, key=lambda one: (-one.again, one.chance, one.place)))
    return Found(box, fit, float(np.mean(densities)), chance, order, way, float(cases.mean()))


def _score(points: Numbers, cases: Flags) -> float:
    """Return the best score on the way."""
    return max(fit.score for _, fit in boxes_on_the_way(points, cases))


def _in_halves(points: Numbers, cases: Flags, rng: np.random.Generator, halves: int) -> tuple[Numbers, list[float]]:
    """Return how often each end of each parameter is restricted, shape (2, parameters), and the densities in the other halves."""
    ends, densities = np.zeros((2, points.shape[1])), []
    for _ in range(halves):
        order = rng.permutation(len(points))
        half, other = order[: len(order) // 2], order[len(order) // 2 :]
        box = best_box(points[half], cases[half])
        ends += np.isfinite(np.stack([box.low, box.high]))
        if (inside := box.holds(points[other])).any():
            densities.append(float(cases[other][inside].mean()))
    return ends / halves, densities or [float(cases.mean())]


def _restriction(box: Box, place: int, points: Numbers, cases: Flags, ends: Numbers) -> Restriction:
    low, high = float(box.low[place]), float(box.high[place])
    again = min(float(share) for share, limit in zip(ends[:, place], (low, high), strict=True) if np.isfinite(limit))
    return Restriction(place, low, high, quasi_p(box, place, points, cases), again)


def misplaced(values: Numbers, counts: Numbers, luck: float, threshold: float) -> float:
    """Return the share of points that luck puts on the wrong side of a threshold, as far as the replicates tell.

    Args:
        values: Mean of each point over its replicates, shape (points,).
        counts: Replicates of each point, shape (points,).
        luck: Variance of a replicate within a point.
        threshold: The threshold.
    """
    from scipy.special import ndtr

    if luck <= 0.0:
        return 0.0
    return float(ndtr(-np.abs(values - threshold) * np.sqrt(counts / luck)).mean())
