"""Decreasing returns: what each yuan brings next, learned from the mixes that were tried, and the division that follows from it.

Each lever brings, of each objective, the less the more it has: a sum of ramps, none below zero, that end at growing sums of money. How steep they
are is a least-squares fit to what was seen (Lawson and Hanson 1974, with scipy). Given the ramps the best division is plain: the steepest goes first.
Levers that help or hinder one another, and those that cost jobs, are beyond it: so only some mixes are proposed in this way, each from mixes drawn
again with repetition, so that what is not sure is tried in several ways (Efron 1979; as Thompson sampling).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]

ENDS = (0.03, 0.08, 0.2, 0.45, 1.0)
"""Where ramps end, in parts of what a lever can take."""
PRIOR = 0.05
"""How strongly a slope is held towards none, in parts of the spread of what was seen."""


def slopes_of(money: Values, seen: Values, caps: Values) -> Values:
    """Fit how steep the ramps of each lever are.

    Args:
        money: Money of each lever in each mix, shape (mixes, levers).
        seen: What was seen of an objective, shape (mixes,).
        caps: Most that each lever can take.

    Returns:
        Slope of each ramp, shape (levers, ramps), in objective per part of the cap.
    """
    from scipy.optimize import nnls

    ends = np.array(ENDS)
    ramps = np.minimum((money / caps)[:, :, None], ends).reshape(len(money), -1) / np.tile(ends, len(caps))
    spread = float(seen.std()) or 1.0
    level = np.ones((len(money), 1))
    held = np.hstack([PRIOR * np.sqrt(len(money)) * np.eye(ramps.shape[1]) / np.sqrt(ramps.shape[1]), np.zeros((ramps.shape[1], 2))])
    sides = np.vstack([np.hstack([ramps, level, -level]), held])
    found, _ = nnls(sides, np.concatenate([seen / spread, np.zeros(ramps.shape[1])]))
    return np.asarray(found[:-2].reshape(len(caps), -1) / ends * spread)


def divided(slopes: Values, caps: Values, budget: float) -> Values:
    """Divide a budget so that the sum of the ramps is largest.

    Args:
        slopes: Slope of each ramp, shape (levers, ramps), in objective per part of the cap.
        caps: Most that each lever can take.
        budget: Money to divide.

    Returns:
        Money of each lever; where nothing brings anything more, the rest is left over.
    """
    steep = np.cumsum(slopes[:, ::-1], axis=1)[:, ::-1]  # between two ends, all ramps that end later rise
    lengths = np.diff(np.concatenate([[0.0], ENDS])) * caps[:, None]
    worth = steep / caps[:, None]
    money = np.zeros(len(caps))
    left = budget
    for place in np.argsort(-worth, axis=None, kind="stable"):
        lever, piece = divmod(int(place), len(ENDS))
        if left <= 0 or worth[lever, piece] <= 0:
            break
        given = min(left, float(lengths[lever, piece]))
        money[lever] += given
        left -= given
    return money


def proposed(money: Values, seen: Values, caps: Values, budget: float, count: int, luck: np.random.Generator) -> Values:
    """Propose mixes by what was seen.

    Args:
        money: Money of each lever in each mix that was tried, shape (mixes, levers).
        seen: What was seen of each, the more the better, shape (mixes, objectives).
        caps: Most that each lever can take.
        budget: The budget.
        count: How many mixes; every other one has the whole budget, the others a part that is drawn.
        luck: Draws.

    Returns:
        Money of each lever, shape (count, levers).
    """
    found = []
    for number in range(count):
        drawn = luck.integers(0, len(money), len(money))
        weights = luck.dirichlet(np.ones(seen.shape[1])) if number % 4 == 1 else np.eye(seen.shape[1])[0]
        spread = seen.std(axis=0)
        goal = (seen[drawn] / np.where(spread > 0, spread, 1.0)) @ weights
        part = 1.0 if number % 2 == 0 else float(luck.random())
        found.append(divided(slopes_of(money[drawn], goal, caps), caps, part * budget))
    return np.array(found)
