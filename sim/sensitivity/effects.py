"""Elementary effects: how much an outcome moves when one factor, or a group of them, moves and all others stay.

Sources:
    Morris (1991), "Factorial sampling plans for preliminary computational experiments", Technometrics 33: trajectories, mean and spread of effects.
    Campolongo, Cariboni and Saltelli (2007), "An effective screening design for sensitivity analysis of large models", Environmental Modelling &
    Software 22: the mean of absolute effects, which does not cancel; groups of factors.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

LEVELS = 4
"""Levels of the grid on which factors move."""
STEP = LEVELS / (2.0 * (LEVELS - 1))
"""Share of its range by which a factor moves; a whole number, which is rounded, by about as much."""
LEAST_MOVE = 0.5 * STEP
"""Less than that no factor moves that does: between the two values of a whole number it moves over the whole range, of three over half of it."""


@dataclass(frozen=True)
class Trajectories:
    """Points of a design: each trajectory starts somewhere and moves one group of factors after the other, each once.

    Attributes:
        shares: The points, shape (trajectories, groups + 1, factors), each factor as a share of its range.
        moved: Number of the group that moves in each step, shape (trajectories, groups).
    """

    shares: Numbers
    moved: NDArray[np.int64]

    @property
    def count(self) -> int:
        """Number of trajectories."""
        return len(self.shares)

    @property
    def groups(self) -> int:
        """Number of groups."""
        return int(self.moved.shape[1])

    def effects(self, values: Numbers) -> Numbers:
        """Return the effect of each group in each trajectory, as if over the whole range, with the sign of an upward move of its first factor.

        Args:
            values: An outcome at each point, shape (trajectories, groups + 1).

        Returns:
            Shape (trajectories, groups).
        """
        moves = np.diff(self.shares, axis=1)
        moving = np.abs(moves) > LEAST_MOVE
        first = np.take_along_axis(moves, np.argmax(moving, axis=2)[:, :, None], axis=2)[:, :, 0]
        steps = np.where(moving.sum(axis=2) == 1, first, np.sign(first) * STEP)
        found = np.empty_like(steps)
        found[np.arange(self.count)[:, None], self.moved] = np.diff(values, axis=1) / steps
        return found


def trajectories(
    groups: Sequence[Sequence[int]], factors: int, count: int, seed: Sequence[int], settled: Callable[[Numbers], Numbers] = np.asarray,
) -> Trajectories:  # fmt: skip
    """Draw trajectories.

    Args:
        groups: Numbers of the factors of each group; a factor in none stays where a trajectory has it, which is somewhere else in each.
        factors: Number of factors.
        count: Number of trajectories.
        seed: Seed of the design.
        settled: Rounds shares of ranges to those that factors can have; last axis: factors.
    """
    from SALib.sample import morris

    group_of = dict.fromkeys(range(factors), -1) | {factor: number for number, members in enumerate(groups) for factor in members}
    moving = [factor for factor in range(factors) if group_of[factor] >= 0]
    names = [str(factor) for factor in moving]
    problem = {"num_vars": len(moving), "names": names, "bounds": [[0.0, 1.0]] * len(moving), "groups": [str(group_of[factor]) for factor in moving]}
    rng = np.random.default_rng(seed)
    drawn = morris.sample(problem, count, num_levels=LEVELS, seed=rng).reshape(count, len(groups) + 1, len(moving))
    still = rng.integers(0, LEVELS, (count, 1, factors)) / (LEVELS - 1.0)
    shares = np.repeat(still, len(groups) + 1, axis=1)
    shares[:, :, moving] = np.clip(drawn, 0.0, 1.0)
    moves = np.abs(np.diff(shares, axis=1)) > LEAST_MOVE
    first = np.argmax(moves, axis=2)
    moved = np.array([[group_of[int(factor)] for factor in row] for row in first], dtype=np.int64).reshape(count, len(groups))
    return Trajectories(settled(shares), moved)


def groups_of(heads: Sequence[str], most: int) -> tuple[tuple[int, ...], ...]:
    """Put factors that stand together into at most so many groups of about one size, none across two heads.

    Args:
        heads: What each factor is of.
        most: Most groups; at least as many are made as there are heads.

    Returns:
        The numbers of the factors of each group.
    """
    size = 1
    while True:
        found = _of_size(heads, size)
        if len(found) <= most or size >= len(heads):
            return found
        size += 1


def _of_size(heads: Sequence[str], size: int) -> tuple[tuple[int, ...], ...]:
    """Return groups of at most so many factors."""
    together: dict[str, list[int]] = {}
    for number, head in enumerate(heads):
        together.setdefault(head, []).append(number)
    found: list[tuple[int, ...]] = []
    for members in together.values():
        parts = -(-len(members) // size)
        found += [tuple(part.tolist()) for part in np.array_split(np.array(members), parts)]
    return tuple(found)
