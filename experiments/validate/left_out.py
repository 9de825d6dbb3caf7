"""One target left out: what the runs of the calibration say of it when everything else is known, beside what they said before anything was."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from experiments.shared.calibrated_runs import read_runs
from sim.calibration.emulator import fit_emulator
from sim.calibration.posterior import Runs, Wanted, condition
from sim.calibration.space import Space
from sim.own_file import SETS
from sim.own_files import own_in_use, shipped
from sim.scenario import Scenario
from sim.targets.loading import Targets
from sim.targets.target import Target

SPREAD = 4096
"""Places spread over all plausible ranges, for what was foretold before anything was known."""
DRAWS = 500
"""Draws from what the other targets leave plausible: enough for a median."""
TAILS = (0.025, 0.5, 0.975)


@dataclass(frozen=True)
class LeftOut:
    """What is said of a target that calibration did not see.

    Attributes:
        target: The target.
        median: Median of what the others leave plausible.
        low: Lower end of the interval that holds 19 in 20 runs.
        high: Upper end.
        before: Median over all plausible ranges, before anything is known.
    """

    target: Target
    median: float
    low: float
    high: float
    before: float

    @property
    def passed(self) -> bool:
        """Whether the median is within the tolerance."""
        return abs(self.target.distance(self.median)) <= 1.0

    @property
    def is_nearer(self) -> bool:
        """Whether the other targets bring it nearer than it was before anything was known."""
        return abs(self.median - self.target.value) < abs(self.before - self.target.value)


def runs_of(scenario: Scenario) -> Path | None:
    """Return the file of the runs behind the set of a scenario; None where there is no set, or it keeps none."""
    name = scenario.behaviour_set.name
    path = own_in_use().files.get(SETS, {}).get(name) or shipped(SETS).get(name)
    beside = path.with_suffix(".parquet") if path is not None else None
    return beside if beside is not None and beside.is_file() else None


def left_out(scenario: Scenario, targets: Targets, seed: int) -> list[LeftOut]:
    """Leave the targets of each label out in turn, and say what the others make of them.

    Nothing is run again: the emulator of the calibration's own runs is conditioned on the other targets.

    Args:
        scenario: The scenario, with its set.
        targets: The targets.
        seed: Seed of the draws.

    Returns:
        A line a target that was calibrated to; none where the set keeps no runs.
    """
    path = runs_of(scenario)
    if path is None:
        return []
    space, runs = read_runs(path, scenario)
    return foretold(space, runs, [target for target in targets.of_calibration if target.name in runs.names], seed)


def foretold(space: Space, runs: Runs, targets: Sequence[Target], seed: int, particles: int = DRAWS) -> list[LeftOut]:
    """Say what is foretold of each target from those of all other labels (see `left_out`), by so many draws each."""
    used = runs.of(runs.defined([target.name for target in targets]))
    emulator = fit_emulator(space.unit(used.values), used.statistics)
    wanted = {target.name: Wanted(target.value, target.error) for target in targets if target.name in used.names}
    spread = emulator.at(space.unit(space.sample(SPREAD, seed)))
    luck = np.sqrt(np.diag(emulator.covariance))
    found: dict[str, LeftOut] = {}
    for label in dict.fromkeys(target.label for target in targets):
        own = [target for target in targets if target.label == label and target.name in wanted]
        others = {name: value for name, value in wanted.items() if name not in {target.name for target in own}}
        if not own or not others:
            continue
        with threadpool_limits(1):  # small matrices: threads would wait for one another
            drawn = emulator.at(condition(space, used.names, emulator, others, seed, particles).unit)
        noise = np.random.default_rng([seed, len(found)]).standard_normal(len(drawn))
        for target in own:
            place = used.names.index(target.name)
            low, median, high = np.quantile(drawn[:, place] + luck[place] * noise, TAILS)
            found[target.name] = LeftOut(target, float(median), float(low), float(high), float(np.median(spread[:, place])))
    return [found[target.name] for target in targets if target.name in found]


def mean_distance(found: Sequence[LeftOut], *, before: bool = False) -> float:
    """Return the mean distance in tolerances, of what the other targets say or of what was said before; NaN of none."""
    distances = [abs(one.target.distance(one.before if before else one.median)) for one in found]
    return float(np.mean(distances)) if distances else math.nan
