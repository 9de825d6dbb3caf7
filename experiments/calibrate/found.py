"""What a calibration found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.calibration.checks import Recovery
from sim.calibration.posterior import Posterior, Runs, Wanted
from sim.calibration.space import Space, Values
from sim.targets.loading import Targets
from sim.targets.target import Target


@dataclass(frozen=True)
class Calibrated:
    """What a calibration found.

    Attributes:
        targets: All targets.
        wanted: Those that were used, with their errors.
        space: The free parameters.
        base: Further parameters of the set, with the vectors of another set, with which the runs were made.
        at_rest: Further ones that follow from the others: what a market with them comes to by itself.
        untouched: Further ones that no target speaks of.
        runs: Every run, and what it measured.
        wide: How many of them, from the first, are spread over the plausible ranges.
        posterior: What is plausible.
        vectors: The vectors of the set, a column a parameter: in the order of `keys`.
        reruns: What these measure in fact, vector by vector.
        recovery: How known values were recovered; None: not asked.
        replicates: Runs of each vector.
        people: Young people of each run.
    """

    targets: Targets
    wanted: Mapping[str, Wanted]
    space: Space
    base: tuple[str, ...]
    at_rest: tuple[str, ...]
    untouched: tuple[str, ...]
    runs: Runs
    wide: int
    posterior: Posterior
    vectors: Values
    reruns: Runs
    recovery: Recovery | None
    replicates: int
    people: int

    def measured(self, target: Target) -> Values:
        """Return what each vector measures for a target, the mean over its runs where it has several."""
        column = self.reruns.statistics[:, self.reruns.names.index(target.name)]
        with np.errstate(invalid="ignore"):
            found: Values = np.nanmean(column.reshape(-1, self.replicates), axis=1) if np.isfinite(column).any() else column[:: self.replicates]
        return found

    def middle(self, target: Target) -> tuple[float, float, float]:
        """Return the median of what the vectors measure, and the range that holds 95 in 100 of them."""
        values = self.measured(target)
        values = values[np.isfinite(values)]
        if not len(values):
            return float("nan"), float("nan"), float("nan")
        low, median, high = np.quantile(values, (0.025, 0.5, 0.975))
        return float(median), float(low), float(high)

    def distance(self, target: Target) -> float:
        """Return how far that median is from the target, in tolerances."""
        return (self.middle(target)[0] - target.value) / target.tolerance

    @property
    def told(self) -> tuple[str, ...]:
        """The parameters of the set that change something without a programme."""
        return (*self.space.keys, *self.base, *self.at_rest)

    @property
    def keys(self) -> tuple[str, ...]:
        """The parameters of the set."""
        return (*self.told, *self.untouched)
