"""What a search for the best use of a budget found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from experiments.optimise.mixes import Mixes
from sim.optimising.choosing import OverSet, Rule, over_set
from sim.optimising.fronts import unbeaten
from sim.optimising.searching import Searched, Values
from sim.statistics import Kind, MeanInterval, RatioInterval
from sim.uncertainty import Estimate, Lived, estimate_over, interval_over, ratio_interval_over

EQUAL, TODAY = "equal_split", "today"
"""Mixes that everything is compared with: the same money for every lever; the programme as it is."""


class Candidate(NamedTuple):
    """A mix that was run again.

    Attributes:
        name: What it is called.
        money: Money that was meant for each lever that is bought, CNY; None: the programme as it is.
        sizes: Lever → size.
        changes: What it changes in the programme.
        place: Which of the mixes that were tried it is; None: none of them.
    """

    name: str
    money: Values | None
    sizes: Mapping[str, float]
    changes: Mapping[str, Any]
    place: int | None


@dataclass(frozen=True)
class Optimised:
    """What was found.

    Attributes:
        mixes: What may be mixed.
        names: Names of what was measured.
        goal: What there is to be most of.
        objectives: Names of what the front is of, the goal first, besides spending.
        rule: Which mix is chosen.
        allowed: Money that may be spent in the mean, CNY: the budget and what it may be missed by.
        searched: What was tried; what was measured has shape (mixes, replicates, names).
        searched_without: What was measured without a programme in the replicates of the search, shape (replicates, names).
        candidates: The mixes that were run again; the equal split and the programme as it is are the last two.
        fresh: What was measured of them, shape (candidates, replicates, names).
        fresh_without: The same without a programme, shape (replicates, names).
        lived: With which vectors of a set these replicates lived; None where there is no set.
        seeds: Seed of the search and of the second runs.
        dropped: Objectives that nobody can reach in so short a run.
    """

    mixes: Mixes
    names: Sequence[str]
    goal: str
    objectives: tuple[str, ...]
    rule: Rule
    allowed: float
    searched: Searched
    searched_without: Values
    candidates: tuple[Candidate, ...]
    fresh: Values
    fresh_without: Values
    lived: Lived | None
    seeds: tuple[int, int]
    dropped: tuple[str, ...] = ()

    def net(self, candidate: int, name: str) -> Values:
        """Return what a candidate adds to no programme in each of the second runs, shape (replicates,)."""
        column = self.names.index(name)
        return np.asarray(self.fresh[candidate, :, column] - self.fresh_without[:, column])

    def tried(self, name: str) -> Values:
        """Return what each mix that was tried adds to no programme in the mean of the search, shape (mixes,)."""
        column = self.names.index(name)
        return np.asarray((self.searched.found[:, :, column] - self.searched_without[:, column]).mean(axis=1))

    @cached_property
    def fits(self) -> list[bool]:
        """Whether each candidate spends no more than it may."""
        return [bool(self.net(number, "spending").mean() <= self.allowed) for number in range(len(self.candidates))]

    @cached_property
    def fitting(self) -> list[int]:
        """Numbers of the candidates that do."""
        return [number for number, fits in enumerate(self.fits) if fits]

    @cached_property
    def over(self) -> OverSet:
        """How these fare over the vectors of the set."""
        return over_set(np.array([self.net(number, self.goal) for number in self.fitting]), self.lived)

    @cached_property
    def chosen(self) -> int:
        """Number of the candidate that is chosen."""
        spending = np.array([self.net(number, "spending").mean() for number in self.fitting])
        return self.fitting[self.over.best(self.rule, spending)]

    @cached_property
    def front(self) -> list[int]:
        """Numbers of the candidates that fit and that no other beats, by the second runs, the cheapest first."""
        means = np.array([[self.net(number, name).mean() for name in self.objectives] + [-self.net(number, "spending").mean()]
                          for number in self.fitting])  # fmt: skip
        kept = [number for number, is_unbeaten in zip(self.fitting, unbeaten(means), strict=True) if is_unbeaten or number == self.chosen]
        return sorted(kept, key=lambda number: float(self.net(number, "spending").mean()))

    @property
    def references(self) -> tuple[int, int]:
        """Numbers of the equal split and of the programme as it is."""
        return len(self.candidates) - 2, len(self.candidates) - 1

    def interval(self, values: Values, kind: Kind = Kind.FREE) -> MeanInterval:
        """Return a mean with the interval that stands beside it."""
        return interval_over(values, self.lived, kind)

    def estimate(self, values: Values, kind: Kind = Kind.FREE) -> Estimate | None:
        """Return a mean with all three intervals; None where there is no set."""
        return None if self.lived is None else estimate_over(values, self.lived, kind)

    def more_than(self, other: int, name: str | None = None) -> Values:
        """Return what the chosen mix adds more than another candidate, replicate by replicate: what choosing that one would miss."""
        return self.net(self.chosen, name or self.goal) - self.net(other, name or self.goal)

    def cost_per(self, candidate: int) -> RatioInterval:
        """Return the spending per additional one of the goal."""
        return ratio_interval_over(self.net(candidate, "spending"), self.net(candidate, self.goal), self.lived)

    @cached_property
    def curse(self) -> tuple[float, float] | None:
        """By how much the search flattered the finalists, and the equal split, which nobody had selected; in the goal. None: no finalists."""
        own = [number for number, candidate in enumerate(self.candidates) if candidate.place is not None and number not in self.references]
        if not own:
            return None
        seen = self.tried(self.goal)
        flattered = [float(seen[self.candidates[number].place]) - float(self.net(number, self.goal).mean()) for number in own]
        equal = self.candidates[self.references[0]]
        split = float(seen[equal.place]) - float(self.net(self.references[0], self.goal).mean()) if equal.place is not None else float("nan")
        return float(np.mean(flattered)), split
