"""How many trajectories through how many factors the time allows, and whether groups are screened before."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from experiments.sensitivity.words import PLAN, PLAN_GROUPS
from sim.bilingual import Sentence, sentence
from sim.sensitivity.effects import groups_of
from sim.sensitivity.factors import Factor

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

TRAJECTORIES, MOST_TRAJECTORIES = 12, 40
"""Trajectories of a design with which factors are told one by one, and more than which are not taken unless asked for."""
SCREENING = 6
"""Trajectories through groups, which have to find out only which of them to open."""
SCREENING_SHARE = 1.0 / 3.0
"""Share of the points that goes into groups."""
AGAIN = 2
"""Points of a trajectory that are run once more with other luck: its first and its last."""
LUCKS = 2
"""Numbers of luck that a trajectory uses: its own, and another one for the points that are run once more."""
Groups = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Plan:
    """What a screening does.

    Attributes:
        count: Number of factors.
        groups: Groups of factors that are screened before; none: all factors are looked at one by one.
        screening: Trajectories through the groups.
        most: Most factors that are looked at one by one.
        trajectories: Trajectories through these.
        minutes: For how much time this was made.
    """

    count: int
    groups: Groups
    screening: int
    most: int
    trajectories: int
    minutes: float

    @property
    def points(self) -> int:
        """Points at most, those that are run once more counted twice."""
        of_groups = self.screening * (len(self.groups) + 1 + AGAIN) if self.groups else 0
        return of_groups + self.trajectories * (self.most + 1 + AGAIN)

    @property
    def in_words(self) -> Sentence:
        """What will be done."""
        if not self.groups:
            return sentence(PLAN, PLAN.zh, count=self.count, trajectories=self.trajectories)
        return sentence(
            PLAN_GROUPS, PLAN_GROUPS.zh, count=self.count, minutes=self.minutes, screening=self.screening, groups=len(self.groups),
            size=max(map(len, self.groups)), most=self.most, trajectories=self.trajectories,
        )  # fmt: skip


def plan_of(factors: Sequence[Factor], affordable: int, minutes: float, trajectories: int | None = None, groups: int | None = None) -> Plan:
    """Return what the time allows.

    Args:
        factors: What is varied.
        affordable: Points that the time allows.
        minutes: The time.
        trajectories: Trajectories through each factor, where somebody says so.
        groups: Most groups, where somebody says so.
    """
    count = len(factors)
    through_all = affordable // (count + 1 + AGAIN)
    if groups is None and (through_all >= TRAJECTORIES or (trajectories is not None and through_all >= trajectories)):
        return Plan(count, (), 0, count, trajectories or min(through_all, MOST_TRAJECTORIES), minutes)
    heads = [factor.head for factor in factors]
    together = groups_of(heads, groups or max(math.ceil(2.0 * math.sqrt(count)), int(SCREENING_SHARE * affordable / SCREENING) - 1 - AGAIN))
    if len(together) >= count:  # as cheap as to look at them one by one
        return Plan(count, (), 0, count, trajectories or max(SCREENING, min(through_all, MOST_TRAJECTORIES)), minutes)
    through_each = trajectories or TRAJECTORIES
    left = affordable - SCREENING * (len(together) + 1 + AGAIN)
    most = max(*map(len, together), left // through_each - 1 - AGAIN)
    return Plan(count, together, SCREENING, min(most, count), through_each, minutes)


def opened(groups: Groups, sizes: Numbers, floors: Numbers, most: int) -> tuple[int, ...]:
    """Return the factors of the leading groups, in the order in which they are declared: as many whole groups as fit.

    Outcomes take turns, that first whose strongest group stands out most from luck; each opens its strongest group that still fits. Groups within
    luck are opened only where all others that fit are open.

    Args:
        groups: The groups.
        sizes: How much each group moves each outcome, shape (outcomes, groups); NaN where the outcome is not defined.
        floors: What luck alone would be taken for, of each outcome, shape (outcomes,); NaN where it is not known.
        most: Most factors.
    """
    sizes, floors = np.nan_to_num(sizes), np.nan_to_num(floors)[:, None]
    beyond = np.divide(sizes, floors, out=np.where(sizes > 0.0, np.inf, 0.0), where=floors > 0.0)
    found: list[int] = []

    def fitting(outcome: int, is_beyond: bool) -> list[int]:
        order = np.argsort(-sizes[outcome], kind="stable").tolist()
        return [
            place for place in order
            if (beyond[outcome, place] > 1.0) == is_beyond and groups[place][0] not in found and len(found) + len(groups[place]) <= most
        ]  # fmt: skip

    for is_beyond in (True, False):
        while turns := {outcome: those[0] for outcome in range(len(sizes)) if (those := fitting(outcome, is_beyond))}:
            for outcome in sorted(turns, key=lambda one: -beyond[one, turns[one]]):
                found += next((groups[place] for place in fitting(outcome, is_beyond)), ())
    return tuple(sorted(found))
