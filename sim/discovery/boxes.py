"""Boxes that hold the cases of interest: the patient rule induction method (PRIM).

From the box that holds everything a thin slice is peeled off, at the lower or the upper end of one parameter, always the one that leaves the largest
share of cases of interest; again and again, until too few points are left. The boxes on the way are a trade of *coverage* (of all cases of interest,
those inside) for *density* (of all inside, the cases of interest); one of them is chosen, and its borders are pasted back as long as that pays.

Our own code, since of the packages that have it one is heavy (EMA Workbench: 29 MB) and one under a licence that this package cannot take on (PRIM:
GPL).

Sources:
    Friedman and Fisher (1999), "Bump hunting in high-dimensional data", Statistics and Computing 9: the method.
    Bryant and Lempert (2010), "Thinking inside the box: a participatory, computer-assisted approach to scenario discovery", Technological
    Forecasting and Social Change 77(1): coverage, density, quasi-p-values.
    Lavrač, Flach and Zupan (1999), "Rule evaluation measures: a unifying view": weighted relative accuracy, by which one box of the way is chosen.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Flags = NDArray[np.bool_]

PEELED = 0.05
"""Share of the points in a box that one peel takes off, about."""
LEAST_MASS = 0.1
"""Share of all points below which a box is not made smaller."""
DOUBTFUL = 0.05
"""Quasi-p-value above which a restriction is taken back."""


@dataclass(frozen=True, eq=False)
class Box:
    """A box: everything between two limits of each parameter, the limits included.

    Attributes:
        low: Lower limits, shape (parameters,); minus infinity where there is none.
        high: Upper limits.
    """

    low: Numbers
    high: Numbers

    def holds(self, points: Numbers) -> Flags:
        """Tell which points lie inside, shape (points,)."""
        inside: Flags = np.all((points >= self.low) & (points <= self.high), axis=1)
        return inside

    @property
    def restricted(self) -> list[int]:
        """The parameters that are restricted."""
        return [int(place) for place in np.flatnonzero(np.isfinite(self.low) | np.isfinite(self.high))]

    def without(self, place: int) -> Box:
        """Return the box without the limits of one parameter."""
        low, high = self.low.copy(), self.high.copy()
        low[place], high[place] = -math.inf, math.inf
        return Box(low, high)


@dataclass(frozen=True)
class Fit:
    """How well a box tells the cases of interest.

    Attributes:
        mass: Share of all points that lie inside.
        coverage: Share of the cases of interest that lie inside.
        density: Share of the points inside that are cases of interest.
    """

    mass: float
    coverage: float
    density: float

    @property
    def score(self) -> float:
        """By how much more of all points are cases inside than if cases lay evenly, by which a box is chosen (weighted relative accuracy).

        It does not turn on how common the cases are, and is 0 for the box that holds everything.
        """
        base = self.mass * self.density / self.coverage if self.coverage > 0.0 else 0.0
        return self.mass * (self.density - base)


def everything(parameters: int) -> Box:
    """Return the box that holds everything."""
    return Box(np.full(parameters, -math.inf), np.full(parameters, math.inf))


def fit_of(box: Box, points: Numbers, cases: Flags) -> Fit:
    """Return how well a box tells the cases of interest.

    Args:
        box: The box.
        points: Shape (points, parameters).
        cases: Which points are of interest, shape (points,).
    """
    inside = box.holds(points)
    held, of_interest = int(inside.sum()), int((inside & cases).sum())
    return Fit(held / len(points), of_interest / max(int(cases.sum()), 1), of_interest / max(held, 1))


def boxes_on_the_way(points: Numbers, cases: Flags, peeled: float = PEELED, least_mass: float = LEAST_MASS) -> list[tuple[Box, Fit]]:
    """Peel, and return every box on the way with its fit, from the one that holds everything.

    Args:
        points: Shape (points, parameters).
        cases: Which of them are of interest, shape (points,).
        peeled: Share of the points in a box that a peel takes off, about: none less than one point, equal values together.
        least_mass: Share of all points that a box holds at least.
    """
    box = everything(points.shape[1])
    found, inside = [(box, fit_of(box, points, cases))], np.arange(len(points))
    least, all_cases = max(1, math.ceil(least_mass * len(points))), max(int(cases.sum()), 1)
    while True:
        here, interest = points[inside], cases[inside]
        if interest.all() or not len(inside):
            return found
        peel = _best_peel(here, interest, max(1, int(peeled * len(inside))), least)
        if peel is None:
            return found
        place, below, limit = peel
        low, high = box.low.copy(), box.high.copy()
        (low if below else high)[place] = limit
        box = Box(low, high)
        inside = inside[here[:, place] >= limit if below else here[:, place] <= limit]
        held = int(cases[inside].sum())
        found.append((box, Fit(len(inside) / len(points), held / all_cases, held / len(inside))))


def _best_peel(here: Numbers, cases: Flags, off: int, least: int) -> tuple[int, bool, float] | None:
    """Return the parameter, whether its lower end is peeled, and the new limit, which leave the largest share of cases; None: none may be peeled."""
    order = np.sort(here, axis=0)
    size = len(here)
    best, chosen = (-1.0, 0), None
    if off >= size:
        return None
    for below in (True, False):
        edge = order[off - 1] if below else order[size - off]
        stays = here > edge if below else here < edge  # equal values go together
        left = stays.sum(axis=0)
        share = np.where(left >= least, (stays & cases[:, None]).sum(axis=0) / np.maximum(left, 1), -1.0)
        place = int(np.lexsort((-left, -share))[0])
        if share[place] >= 0.0 and (float(share[place]), int(left[place])) > best:
            kept = here[stays[:, place], place]
            best, chosen = (float(share[place]), int(left[place])), (place, below, float(kept.min() if below else kept.max()))
    return chosen


def pasted(box: Box, points: Numbers, cases: Flags, peeled: float = PEELED) -> Box:
    """Return a box whose borders are moved out again as long as its score rises.

    Args:
        box: The box.
        points: Shape (points, parameters).
        cases: Which of them are of interest.
        peeled: Share of the points in the box that are pasted back at a time, about.
    """
    while True:
        fit = fit_of(box, points, cases)
        wider = [one for place in box.restricted for one in _wider(box, points, place, max(1, int(peeled * fit.mass * len(points))))]
        scores = [fit_of(one, points, cases).score for one in wider]
        if max(scores, default=0.0) <= fit.score:
            return box
        box = wider[int(np.argmax(scores))]


def _wider(box: Box, points: Numbers, place: int, more: int) -> list[Box]:
    """Return the box with one border of a parameter moved out over some points more."""
    found = []
    beside = points[box.without(place).holds(points), place]
    for below, limit in ((True, box.low[place]), (False, box.high[place])):
        outside = np.sort(beside[beside < limit])[::-1] if below else np.sort(beside[beside > limit])
        if not math.isfinite(limit) or not len(outside):
            continue
        low, high = box.low.copy(), box.high.copy()
        last = len(outside) <= more
        (low if below else high)[place] = (-math.inf if below else math.inf) if last else outside[more - 1]
        found.append(Box(low, high))
    return found


def quasi_p(box: Box, place: int, points: Numbers, cases: Flags) -> float:
    """Return how likely a box without the limits of one parameter would have as many cases among as many points by chance (a binomial test).

    It takes the box as given, and knows nothing of how it was looked for: hence quasi.

    Args:
        box: The box.
        place: The parameter.
        points: Shape (points, parameters).
        cases: Which of them are of interest.
    """
    from scipy.special import bdtrc

    wide, inside = box.without(place).holds(points), box.holds(points)
    share = float(cases[wide].mean())
    held, number = int(cases[inside].sum()), int(inside.sum())
    return float(bdtrc(held - 1, number, share)) if held else 1.0


def best_box(points: Numbers, cases: Flags, peeled: float = PEELED, least_mass: float = LEAST_MASS) -> Box:
    """Return the box with the best score on the way, pasted, without restrictions that may be chance.

    Args:
        points: Shape (points, parameters).
        cases: Which of them are of interest.
        peeled: Share of the points in a box that a peel takes off.
        least_mass: Share of all points that a box holds at least.
    """
    way = boxes_on_the_way(points, cases, peeled, least_mass)
    box = pasted(max(way, key=lambda one: one[1].score)[0], points, cases, peeled)
    while box.restricted:
        doubts = [(quasi_p(box, place, points, cases), place) for place in box.restricted]
        if max(doubts)[0] <= DOUBTFUL:
            return box
        box = box.without(max(doubts)[1])
    return box
