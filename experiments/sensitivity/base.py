"""What the methods that run something have in common: factors, outcomes, luck, a folder that grows, and the cost beforehand."""

from __future__ import annotations

import hashlib
import json
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import numpy as np

from experiments.sensitivity.options import SensitivityOptions
from experiments.sensitivity.outcomes import is_paired, measure, names_of
from experiments.sensitivity.words import COST, ONE_FACTOR
from experiments.shared.application import Plain
from experiments.shared.batches.store import Store
from experiments.shared.batches.watching import Watch, watching
from experiments.shared.beforehand import PROCESS_BYTES, Cost, bytes_of, lines_of, seconds_of_a_day, time_in_words
from experiments.shared.errors import MistakeError
from experiments.shared.evaluating import Evaluating, kept_runs, telling_what_is_kept
from experiments.shared.figures.naming import origin_of
from experiments.shared.own_taken import blamed
from experiments.shared.so_many import of_so_many
from experiments.shared.work import Work
from sim.behaviour_set import A_VECTOR, ChosenSet
from sim.bilingual import Sentence, sentence
from sim.comparison import without_programme
from sim.scenario import Scenario
from sim.sensitivity.factors import Factor, changes_of, factors_of
from sim.simulation import Progress, available_cores, warm_up

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from experiments.shared.results_folder import ResultFolder

    Numbers = NDArray[np.float64]

CORES = 2
"""Cores of the machine for which `minutes` is meant: what is run depends on no machine."""
DEARER = 1.4
"""Times the estimated seconds of a day that a small world takes with its 2,000 people, its changes and its measures (0.13 s a pair of `zibo`)."""
Found = TypeVar("Found")


class Evaluates(Protocol):
    """What gives the values at points: runs them, or has them."""

    def at(self, changes: Sequence[Mapping[str, Any]], watch: Watch, replicates: int = 1, firsts: Sequence[int] | None = None) -> Numbers:
        """Return what is measured at some points, shape (points, replicates, names); see `Evaluating.at`."""


class OfRuns(Work[SensitivityOptions, Found]):
    """A method that runs a scenario at points of a design.

    Attributes:
        outcomes: What is looked at.
        factors: What is varied.
        base: The scenario without its set of behaviours, whose values come with each point.
    """

    days = 0

    def __init__(self, options: SensitivityOptions, scenario: Scenario, plain: Plain, words: Sequence[str]) -> None:
        """Read outcomes and factors.

        Raises:
            MistakeError: Something is not as it has to be.
        """
        scenario, options = of_so_many(scenario, options, words)
        super().__init__(options, scenario, plain, words)
        with blamed("outcome"):
            self.outcomes = names_of(options.outcome, scenario)
        with blamed("over"):
            self.factors = self.chosen_factors()
        if len(self.factors) < 2:
            raise MistakeError(sentence(ONE_FACTOR, ONE_FACTOR.zh, over=", ".join(options.over), key=self.factors[0].key))
        self.base = scenario.model_copy(update={"behaviour_set": ChosenSet()})

    verb = "sensitivity"

    def chosen_factors(self) -> tuple[Factor, ...]:
        """Return the factors."""
        return factors_of(self.scenario, self.options.over)

    @property
    @abstractmethod
    def points(self) -> int:
        """Points at most, those that are run twice counted twice."""

    @property
    @abstractmethod
    def plan_in_words(self) -> Sentence:
        """What will be done."""

    @abstractmethod
    def analyse(self, evaluating: Evaluates, watch: Watch) -> Found:
        """Run the points, and return what they say."""

    @property
    def origin(self) -> str:
        """Of which programme, and where, for figures."""
        return origin_of(self.scenario.programme, self.scenario.place, self.options.language)

    @property
    def is_paired(self) -> bool:
        """Whether each point is two worlds."""
        return any(map(is_paired, self.outcomes))

    @property
    def seconds(self) -> float:
        """Estimated processor seconds of one run."""
        worlds = [self.scenario, without_programme(self.scenario)][: 1 + self.is_paired]
        return DEARER * sum(seconds_of_a_day(world) * world.days for world in worlds)

    @property
    def affordable(self) -> int:
        """Points for which `minutes` suffices."""
        return max(1, int(self.options.minutes * 60.0 * CORES / (self.seconds * self.options.replicates)))

    def foresee(self) -> list[Sentence]:
        """Return what is said before anything runs: the plan, and always what it will cost."""
        options = self.options
        workers = min(options.workers or available_cores(), available_cores())
        seconds = self.points * self.seconds * options.replicates / workers
        memory = PROCESS_BYTES * (1 + workers) + workers * bytes_of(self.scenario)
        runs = self.points * options.replicates
        cost = sentence(COST, COST.zh, time=time_in_words(seconds), runs=self.points, worlds=runs * (1 + self.is_paired))
        return [*lines_of([self.scenario], {}, Cost(0.0, memory)), self.plan_in_words, cost]

    def folder(self) -> Store:
        """Return the folder, in which runs are kept as they are done."""
        options = self.options
        sizes = [options.method, options.seed, options.replicates, options.minutes, options.trajectories, options.groups, options.n]
        ranges = [[factor.key, factor.low, factor.high] for factor in self.factors]
        asked = [self.scenario.model_dump_json(), list(self.outcomes), ranges, sizes]
        identity = {"configuration_sha256": hashlib.sha256(json.dumps(asked).encode()).hexdigest()}
        return Store(self.verb, self.name, options.output, self.words, identity, {"runs": self.points * options.replicates},
                     awaits_figures=options.figures)  # fmt: skip

    def find(self, folder: ResultFolder, progress: Progress) -> Found:  # noqa: ARG002
        """Run the points, each kept as it is done."""
        assert isinstance(folder, Store)  # noqa: S101 (made by `folder`)
        options = self.options
        warm_up(self.base)
        work = partial(measure, names=self.outcomes)
        evaluating = Evaluating(self.base, options.seed, self.outcomes, work, folder.parts, self.seconds, options.workers, options.scheduler)
        total = self.points * options.replicates
        with telling_what_is_kept(folder), watching(total, kept_runs(folder), options.language) as watch:
            return self.analyse(evaluating, watch)

    def changes(self, shares: Numbers, vector: int) -> Mapping[str, Any]:
        """Return what a point changes: the factors, and whatever else the set of behaviours holds, from one of its vectors.

        Args:
            shares: The point, as shares of the ranges.
            vector: Number of the vector.
        """
        return {**self.scenario.behaviour_set.changes(A_VECTOR * vector), **changes_of(self.factors, shares)}
