"""``method=morris``: which factors move an outcome at all, from elementary effects along trajectories.

Where there are more factors than time, groups of them are screened first, and the leading groups are opened factor by factor. All points of a
trajectory have the same luck, so that an effect is a paired difference; what luck does by itself is seen where a point is run again with other luck.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

import numpy as np

from experiments.sensitivity.base import Evaluates, OfRuns
from experiments.sensitivity.effects_found import Screening, Stage, floors_of, sizes_of
from experiments.sensitivity.plan import AGAIN, LUCKS, Plan, opened, plan_of
from sim.bilingual import Sentence
from sim.sensitivity.effects import trajectories
from sim.sensitivity.factors import settled

if TYPE_CHECKING:
    from experiments.shared.batches.watching import Watch
    from experiments.shared.drawing import Drawings
    from experiments.shared.results_folder import ResultFolder


class OneScreening(OfRuns[Screening]):
    """One screening."""

    @cached_property
    def plan(self) -> Plan:
        """What will be done."""
        options = self.options
        return plan_of(self.factors, self.affordable, options.minutes, options.trajectories, options.groups)

    @property
    def points(self) -> int:
        """Points at most."""
        return self.plan.points

    @property
    def plan_in_words(self) -> Sentence:
        """What will be done."""
        return self.plan.in_words

    def analyse(self, evaluating: Evaluates, watch: Watch) -> Screening:
        """Screen the groups, where there are some, then look at the factors of the leading ones."""
        plan, screened = self.plan, None
        chosen: Sequence[int] = range(len(self.factors))
        if plan.groups:
            screened = self._stage(evaluating, watch, plan.groups, plan.screening, 0)
            chosen = opened(plan.groups, sizes_of(screened), floors_of(screened, self.options.seed), plan.most)
        alone = tuple((number,) for number in chosen)
        looked_at = self._stage(evaluating, watch, alone, plan.trajectories, LUCKS * plan.screening)
        return Screening(self.factors, self.outcomes, plan, screened, looked_at, self.options.seed)

    def _stage(self, evaluating: Evaluates, watch: Watch, groups: Sequence[Sequence[int]], count: int, first: int) -> Stage:
        """Run some trajectories.

        Args:
            evaluating: Runs points.
            watch: Is told how far it is.
            groups: Groups of factors that move together.
            count: Number of trajectories.
            first: Number of the first luck that is used.
        """
        options, rounded = self.options, partial(settled, self.factors)
        design = trajectories(groups, len(self.factors), count, [options.seed, first], rounded)
        once_more = design.shares[:, [0, -1]]
        shares = np.concatenate([design.shares, once_more], axis=1)
        luck = np.repeat(first + np.arange(count)[:, None], shares.shape[1], axis=1)
        luck[:, -AGAIN:] += count
        rows = shares.reshape(-1, len(self.factors))
        vectors = np.repeat(np.arange(first, first + count), shares.shape[1])
        changes = [self.changes(row, int(vector)) for row, vector in zip(rows, vectors, strict=True)]
        firsts = (luck.reshape(-1) * options.replicates).tolist()
        found = evaluating.at(changes, watch, options.replicates, firsts)
        return Stage(design, tuple(tuple(group) for group in groups), found.reshape(*shares.shape[:2], options.replicates, -1), luck)

    def write(self, found: Screening, folder: ResultFolder) -> None:
        """Write what was found, and every point."""
        from experiments.sensitivity.files import write_screening

        write_screening(found, folder, self.scenario, self.options)

    def show(self, found: Screening) -> None:
        """Print what moves what."""
        from experiments.sensitivity.report import print_screening

        print_screening(found, self.scenario, self.options.language)

    def drawings(self, found: Screening) -> Drawings:
        """Return the figures."""
        from experiments.sensitivity.figures.tornado import drawings_of

        return drawings_of(found, self.origin, self.options.language)
