"""What a screening found: the effects of each stage, and what they say of an outcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from experiments.sensitivity.plan import AGAIN, Plan
from sim.sensitivity.effects import STEP, Trajectories
from sim.sensitivity.factors import Factor
from sim.sensitivity.ranking import Measured, Ranking, directed, luck_floor, mean, mean_size, rank, resampled, resampling, spread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Stage:
    """Trajectories that were run.

    Attributes:
        design: The trajectories.
        groups: Numbers of the factors of each group; of a group of one, the factor alone.
        values: What was measured, shape (trajectories, points, replicates, outcomes): along the trajectory, then its first and its last point with
            other luck.
        luck: Number of the luck of each point, shape (trajectories, points).
    """

    design: Trajectories
    groups: tuple[tuple[int, ...], ...]
    values: Numbers
    luck: NDArray[np.int64]

    def means(self, outcome: int) -> Numbers:
        """Return an outcome at each point, the mean over its replicates."""
        return mean(self.values[..., outcome : outcome + 1])[..., 0]

    def effects(self, outcome: int) -> Numbers:
        """Return the effects on an outcome, shape (trajectories, groups)."""
        return self.design.effects(self.means(outcome)[:, :-AGAIN])

    def of_luck(self, outcome: int) -> Numbers:
        """Return what other luck did where nothing moved, as effects are counted, shape (pairs,)."""
        means = self.means(outcome)
        return ((means[:, -AGAIN:] - means[:, [0, -AGAIN - 1]]) / STEP).reshape(-1)


@dataclass(frozen=True)
class Effects:
    """What a stage says of an outcome.

    Attributes:
        size: Mean of absolute effects, μ*.
        direction: Mean effect, μ: of a group that of its first factor, which says little.
        spread: Standard deviation of the effects, σ.
        ranking: By `size`.
        floor: What luck alone would be taken for.
        directed: Which have effects of one direction, more surely than chance would have it among so many factors.
    """

    size: Measured
    direction: Measured
    spread: Measured
    ranking: Ranking
    floor: float
    directed: NDArray[np.bool_]

    @property
    def told(self) -> NDArray[np.bool_]:
        """Which can be told from luck: of one direction, or the interval of the size begins above what luck would be taken for."""
        return self.directed | (self.size.low > self.floor)

    @property
    def is_defined(self) -> bool:
        """Whether there is anything to be said."""
        return bool(np.isfinite(self.size.value).any())


def effects_of(stage: Stage, outcome: int, luck: Numbers, seed: int) -> Effects:
    """Return what a stage says of an outcome.

    Args:
        stage: The stage.
        outcome: Number of the outcome.
        luck: What other luck did, of all stages.
        seed: Seed of the resampling.
    """
    effects = stage.effects(outcome)
    picks = resampling(len(effects), seed)
    sizes = resampled(effects, picks, mean_size)
    direction, uneven = (Measured.of(measure(effects), resampled(effects, picks, measure)) for measure in (mean, spread))
    size = mean_size(effects)
    return Effects(Measured.of(size, sizes), direction, uneven, rank(size, sizes), luck_floor(luck, len(effects), seed), directed(effects))


def sizes_of(stage: Stage) -> Numbers:
    """Return how much each group moves each outcome, shape (outcomes, groups)."""
    return np.stack([mean_size(stage.effects(outcome)) for outcome in range(stage.values.shape[-1])])


def floors_of(stage: Stage, seed: int) -> Numbers:
    """Return what luck alone would be taken for of each outcome, as far as the stage itself tells, shape (outcomes,)."""
    return np.array([luck_floor(stage.of_luck(outcome), len(stage.luck), seed) for outcome in range(stage.values.shape[-1])])


@dataclass(frozen=True)
class Screening:
    """What a screening found.

    Attributes:
        factors: What was varied.
        outcomes: What was looked at.
        plan: What was done.
        screened: The stage of groups; None: there was none.
        looked_at: The stage in which factors were looked at one by one.
        seed: Seed of design, luck and resampling.
    """

    factors: tuple[Factor, ...]
    outcomes: tuple[str, ...]
    plan: Plan
    screened: Stage | None
    looked_at: Stage
    seed: int

    @property
    def stages(self) -> list[Stage]:
        """The stages that there were."""
        return [stage for stage in (self.screened, self.looked_at) if stage is not None]

    @property
    def points(self) -> int:
        """Points that were run."""
        return sum(stage.luck.size for stage in self.stages)

    @property
    def alone(self) -> tuple[Factor, ...]:
        """Factors that were looked at one by one."""
        return tuple(self.factors[number] for (number,) in self.looked_at.groups)

    @property
    def unopened(self) -> list[int]:
        """Numbers of the groups that were not opened."""
        known = {number for group in self.looked_at.groups for number in group}
        return [place for place, group in enumerate(self.screened.groups) if not set(group) <= known] if self.screened else []

    def in_front(self, outcome: int) -> int | None:
        """Return the strongest group that was not opened, where luck does not explain it and it moves an outcome more than any factor looked at."""
        if not self.unopened:
            return None
        groups, known = self.effects_of_groups[outcome], np.nan_to_num(self.effects[outcome].size.value)
        strongest = max(self.unopened, key=lambda place: float(np.nan_to_num(groups.size.value[place])))
        size = float(np.nan_to_num(groups.size.value[strongest]))
        return strongest if size > max(known.max(initial=0.0), np.nan_to_num(groups.floor)) else None

    @cached_property
    def effects(self) -> list[Effects]:
        """What is said of each outcome by the factors that were looked at one by one."""
        return self._effects(self.looked_at)

    @cached_property
    def effects_of_groups(self) -> list[Effects]:
        """What is said of each outcome by the groups; nothing where there were none."""
        return self._effects(self.screened) if self.screened else []

    def _effects(self, stage: Stage) -> list[Effects]:
        outcomes: Sequence[int] = range(len(self.outcomes))
        luck = [np.concatenate([each.of_luck(outcome) for each in self.stages]) for outcome in outcomes]
        return [effects_of(stage, outcome, luck[outcome], self.seed) for outcome in outcomes]
