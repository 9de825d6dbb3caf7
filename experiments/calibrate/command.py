"""``yizhan calibrate``: which behaviours agree with what is known; a set of them, equally plausible.

Runs all over the plausible ranges, then some where the first agree with the targets; an emulator of what they measured; a posterior; vectors drawn
from it, each run once more to see what it measures in fact. Every run is kept, so that the same command goes on where it stopped.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from threadpoolctl import threadpool_limits

from experiments.calibrate.files import provenance_of, set_of, write_calibrated
from experiments.calibrate.found import Calibrated
from experiments.calibrate.measuring import Measuring
from experiments.calibrate.options import CalibrateOptions
from experiments.calibrate.runs_there import RunsThere, runs_there
from experiments.calibrate.words import NO_MULTIRUN, NO_TARGET
from experiments.shared.application import Plain, is_multirun
from experiments.shared.batches.store import Store
from experiments.shared.batches.watching import Watch, watching
from experiments.shared.beforehand import PROCESS_BYTES, Cost, bytes_of, keys_of, lines_of, seconds_of_a_day
from experiments.shared.drawing import Drawings
from experiments.shared.errors import MistakeError
from experiments.shared.evaluating import kept_runs, telling_what_is_kept
from experiments.shared.own_taken import blamed
from experiments.shared.so_many import of_so_many
from experiments.shared.whole_files import refuse_unwritable, write_all
from experiments.shared.work import Work, begin
from sim.bilingual import Sentence
from sim.calibration.checks import recover
from sim.calibration.choosing import choose
from sim.calibration.free import LOCAL, SERVICES, USUAL
from sim.calibration.posterior import Runs, Wanted, fit
from sim.calibration.resting import AT_REST, DAYS, RUNS
from sim.calibration.space import Space, Values
from sim.scenario import Scenario
from sim.simulation import Progress, available_cores, warm_up
from sim.targets.loading import load_targets
from sim.targets.measuring import days_of

if TYPE_CHECKING:
    from experiments.shared.results_folder import ResultFolder

SECOND = 4
"""One run in so many is made where the others agree with the targets."""
GROUPS = {"usual": USUAL, "local": LOCAL, "all": (*USUAL, *(key for key in LOCAL if key not in USUAL))}


def main(words: Sequence[str]) -> None:
    """Run the command with the words after the verb.

    Raises:
        MistakeError: A multirun.
    """
    if is_multirun(words):
        raise MistakeError(NO_MULTIRUN)
    begin(OneCalibration, "calibrate", CalibrateOptions, words)


class OneCalibration(Work[CalibrateOptions, Calibrated]):
    """One calibration."""

    verb = "calibrate"
    days = 0

    def __init__(self, options: CalibrateOptions, scenario: Scenario, plain: Plain, words: Sequence[str]) -> None:
        """Check targets and free parameters.

        Raises:
            MistakeError: Something is not as it has to be.
        """
        scenario, options = of_so_many(scenario, options, words)
        super().__init__(options, scenario, plain, words)
        with blamed("target"):
            self.targets = load_targets(options.target)
        if not self.targets.of_calibration:
            raise MistakeError(NO_TARGET)
        with blamed("free"):
            self.space = Space.of(scenario, [key for name in options.free for key in GROUPS.get(name, (name,))])
        base = scenario.behaviour_set.found
        rests = options.at_rest and {*AT_REST}.isdisjoint({*self.space.keys, *keys_of(words)})
        self.at_rest = AT_REST if rests else ()
        self.base = tuple(key for key in (base.parameters if base else ()) if key not in {*self.space.keys, *self.at_rest})
        known = {*self.space.keys, *self.base}
        others = [key for key in SERVICES if key not in known]
        self.untouched = Space.of(scenario, others) if options.services and others else None
        self.there: RunsThere | None = None
        if options.runs_from is not None:
            self.there = runs_there(options.runs_from, scenario, self.space, self.targets)
        if options.set is not None:
            refuse_unwritable("set", Path(options.set))

    @property
    def made(self) -> int:
        """How many runs are learned from."""
        return self.options.runs if self.there is None else len(self.there.runs.values)

    @property
    def first(self) -> int:
        """How many of these, from the first, are spread over the plausible ranges."""
        return self.made - self.made // SECOND

    @property
    def name(self) -> str:
        """What the default folder is named after."""
        return self.targets.name

    @cached_property
    def wanted(self) -> dict[str, Wanted]:
        """The targets that are used, each with its error."""
        return {target.name: Wanted(target.value, target.error) for target in self.targets.of_calibration}

    def foresee(self) -> list[Sentence]:
        """Return what is said before anything runs."""
        options = self.options
        day = seconds_of_a_day(self.scenario)
        learning = days_of(self.scenario, self.targets.of_calibration) * (self.made if self.there is None else 0)
        resting = options.vectors * RUNS * DAYS if self.at_rest else 0
        seconds = day * (learning + resting + options.vectors * options.replicates * days_of(self.scenario, self.targets))  # fmt: skip
        workers = min(options.workers or available_cores(), available_cores())
        return lines_of([self.scenario], {}, Cost(seconds / workers, PROCESS_BYTES * (1 + workers) + workers * bytes_of(self.scenario)))

    def folder(self) -> Store:
        """Return the folder, in which runs are kept as they are done."""
        options = self.options
        asked = [self.scenario.model_dump_json(), self.targets.digest, list(self.space.keys), options.runs, options.vectors, options.replicates,
                 options.truths, options.seed, options.services, list(self.at_rest), self.there.sha256 if self.there else None]  # fmt: skip
        identity = {"configuration_sha256": hashlib.sha256(json.dumps(asked).encode()).hexdigest()}
        return Store(self.verb, self.name, options.output, self.words, identity, {"runs": self._asked}, awaits_figures=options.figures)

    @property
    def _asked(self) -> int:
        """How many runs are made in all."""
        options = self.options
        return (0 if self.there else options.runs) + options.vectors * (options.replicates + (1 if self.at_rest else 0))

    def find(self, folder: ResultFolder, progress: Progress) -> Calibrated:  # noqa: ARG002
        """Run, learn, run where it matters, learn again, choose, and look at what was chosen."""
        assert isinstance(folder, Store)  # noqa: S101 (made by `folder`)
        options, targets = self.options, tuple(self.targets)
        warm_up(self.scenario)
        measuring = Measuring(self.scenario, self.space, self.targets.of_calibration, options.seed, folder.parts, options.workers, options.scheduler)
        learned = Space.of(self.scenario, (*self.space.keys, *self.base))
        told = Space.of(self.scenario, (*learned.keys, *self.at_rest))
        whole = Measuring(self.scenario, told, targets, options.seed, folder.parts, options.workers, options.scheduler)
        with telling_what_is_kept(folder), watching(self._asked, kept_runs(folder), options.language) as watch, threadpool_limits(1):
            runs = self._made(measuring, watch) if self.there is None else self.there.runs
            posterior = fit(self.space, runs, self.wanted, options.seed)
            vectors = choose(posterior, self._of_base(options.vectors), self.untouched, options.vectors, options.seed)
            if self.at_rest:
                after = self.made + options.vectors * options.replicates
                brought = replace(measuring, space=learned).at_rest(vectors[:, : len(learned.keys)], after, watch)
                vectors = np.insert(vectors, [len(learned.keys)], brought, axis=1)
            reruns = whole.at(vectors[:, : len(told.keys)], self.made, watch, options.replicates)
            truths = min(options.truths, self.first // SECOND)
            recovery = recover(self.space, runs, self.wanted, truths, options.seed, self.first) if truths else None
        people, untouched = self.scenario.population.graduates, self.untouched.keys if self.untouched else ()
        return Calibrated(
            self.targets, self.wanted, self.space, self.base, self.at_rest, untouched, runs, self.first, posterior, vectors, reruns, recovery,
            options.replicates, people,
        )  # fmt: skip

    def _made(self, measuring: Measuring, watch: Watch) -> Runs:
        """Run all over the plausible ranges, and where these runs agree with the targets."""
        wide = measuring.at(self.space.sample(self.first, self.options.seed), 0, watch)
        near = measuring.at(self._second(wide, self.made - self.first), self.first, watch)
        return Runs(np.concatenate([wide.values, near.values]), wide.names, np.concatenate([wide.statistics, near.statistics]))

    def _of_base(self, count: int) -> Values:
        """Return the vectors of the set with which the runs are made, but for what is free."""
        base = self.scenario.behaviour_set.found
        if base is None:
            return np.empty((count, 0))
        return base.vectors[np.arange(count) % len(base)][:, [base.parameters.index(key) for key in self.base]]

    def _second(self, wide: Runs, count: int) -> Values:
        """Return values at which the first runs agree with the targets."""
        found = fit(self.space, wide, self.wanted, self.options.seed)
        return found.values[np.random.default_rng([self.options.seed, 2]).integers(0, len(found.normal), count)]

    def write(self, found: Calibrated, folder: ResultFolder) -> None:
        """Write the set, the runs, and what was learned."""
        assert isinstance(folder, Store)  # noqa: S101 (made by `folder`)
        folder.write_provenance(self.scenario, self.options, self.options.seed)
        made = set_of(found, self._about(folder))
        made.write(folder.path / "set.yaml")
        write_calibrated(found, folder)
        if self.options.set is not None:
            path = Path(self.options.set)
            path.parent.mkdir(parents=True, exist_ok=True)
            copies = {path: "set.yaml", path.with_suffix(".parquet"): "runs.parquet"}
            write_all({to: (folder.path / name).read_bytes() for to, name in copies.items()})
        folder.finish()

    def _about(self, folder: Store) -> dict[str, Any]:
        """Return where the set comes from."""
        told = provenance_of(folder.command, folder.started, self.targets, self.options, self.scenario)
        return told if self.there is None else {**told, "runs": self.made, "runs_made": dict(self.there.made)}

    def show(self, found: Calibrated) -> None:
        """Print what was learned."""
        from experiments.calibrate.learned import learned
        from experiments.calibrate.report import print_calibrated

        print_calibrated(learned(found), self.options.language)

    def drawings(self, found: Calibrated) -> Drawings:
        """Return the figures."""
        from experiments.calibrate.figures import drawings_of

        return drawings_of(found, self.options.seed, self.options.language)
