"""What each run measures of targets, and runs at many values of the free parameters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from experiments.shared.batches.parts import Parts
from experiments.shared.batches.runs import Measure
from experiments.shared.batches.watching import Watch
from experiments.shared.beforehand import seconds_of_a_day
from experiments.shared.evaluating import Evaluating
from sim.calibration.posterior import Runs
from sim.calibration.resting import AT_REST, DAYS, RUNS, measure_at_rest
from sim.calibration.space import Space, Values
from sim.scenario import Scenario
from sim.targets.measuring import days_of, measure_targets
from sim.targets.target import Target


def measure(scenario: Scenario, seed: int, number: int, targets: Sequence[Target]) -> list[float]:
    """Run one replicate and return what it has for each target; NaN where that is not defined."""
    found = measure_targets(scenario, seed, number, targets)
    return [float(found[target.name]) for target in targets]


@dataclass
class Measuring:
    """What is measured, and where it is kept.

    Attributes:
        scenario: The scenario without the free parameters.
        space: The free parameters.
        targets: The targets.
        seed: Seed of every draw.
        parts: Where what was measured is kept.
        workers: Runs at a time; None: one a core.
        scheduler: A Dask scheduler; None: this machine.
    """

    scenario: Scenario
    space: Space
    targets: Sequence[Target]
    seed: int
    parts: Parts
    workers: int | None = None
    scheduler: str | None = None

    def at(self, values: Values, first: int, watch: Watch, replicates: int = 1) -> Runs:
        """Return what is measured at some values, each with luck of its own.

        Args:
            values: The values, shape (points, parameters).
            first: Number of the first run: those of other values have other numbers, and other luck.
            watch: Is told how far it is.
            replicates: Runs at each point.

        Raises:
            FailedError: Runs that failed.
        """
        names = tuple(target.name for target in self.targets)
        work = partial(measure, targets=tuple(self.targets))
        found = self._evaluated(values, names, work, days_of(self.scenario, self.targets), first, watch, replicates)
        return Runs(np.repeat(values, replicates, axis=0), names, found)

    def at_rest(self, values: Values, first: int, watch: Watch) -> Values:
        """Return what markets with some values come to by themselves, a column a parameter of `AT_REST`.

        Args:
            values: The values, shape (points, parameters).
            first: Number of the first run.
            watch: Is told how far it is.

        Raises:
            FailedError: Runs that failed.
        """
        return self._evaluated(values, AT_REST, measure_at_rest, RUNS * DAYS, first, watch, 1)

    def _evaluated(
        self, values: Values, names: tuple[str, ...], work: Measure, days: int, first: int, watch: Watch, replicates: int,
    ) -> Values:  # fmt: skip
        """Return what is measured, a line a run."""
        seconds = seconds_of_a_day(self.scenario) * days
        evaluating = Evaluating(self.scenario, self.seed, names, work, self.parts, seconds, self.workers, self.scheduler)
        firsts = [first + place * replicates for place in range(len(values))]
        found = evaluating.at([self.space.problem.changes(row) for row in values], watch, replicates, firsts)
        return found.reshape(-1, len(names))
