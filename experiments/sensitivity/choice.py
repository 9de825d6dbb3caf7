"""What the methods that look at a choice have in common: the variants, what is not known, the runs or a kept comparison, and the cost beforehand."""

from __future__ import annotations

import hashlib
import json
from abc import abstractmethod
from collections.abc import Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from experiments.compare.changes import split_changes
from experiments.compare.options import CompareOptions
from experiments.compare.variants import Worlds, read_worlds
from experiments.sensitivity.base import DEARER
from experiments.sensitivity.choice_runs import MEASURED, Choice, free_of, measure, names_of, plain_of_result, read_choice
from experiments.sensitivity.choice_words import COST, FEW_PEOPLE, FROM_RESULT, NO_SET_AND_NO_RANGE
from experiments.sensitivity.options import SensitivityOptions
from experiments.shared.application import Plain, read_options
from experiments.shared.batches.store import Store
from experiments.shared.batches.watching import watching
from experiments.shared.beforehand import PROCESS_BYTES, Cost, bytes_of, keys_of, lines_of, seconds_of_a_day, time_in_words
from experiments.shared.errors import MistakeError
from experiments.shared.evaluating import Evaluating, kept_runs, telling_what_is_kept
from experiments.shared.own_taken import blamed
from experiments.shared.results_folder import ResultFolder
from experiments.shared.so_many import of_so_many
from experiments.shared.work import REPLICATES, Work
from sim.behaviour_set import A_VECTOR
from sim.bilingual import Sentence, sentence
from sim.scenario import Scenario
from sim.sensitivity.factors import Factor, changes_of, factors_of, settled
from sim.simulation import Progress, available_cores, warm_up

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

USUAL_REPLICATES, USUAL_POINTS = 2, 256
"""Replicates of a vector, and points over ranges, where nobody says how many: luck is told from two."""
Found = TypeVar("Found")


class OfChoice(Work[SensitivityOptions, Found]):
    """A method that looks at the choice between variants over what is not known.

    Attributes:
        worlds: What is compared.
        arms: The baseline and the variants.
        factors: What is varied over ranges; none: the vectors of the set are lived with.
        result: Folder of a kept comparison; None: it is run.
    """

    verb = "sensitivity"
    days = 0

    def __init__(self, options: SensitivityOptions, scenario: Scenario, plain: Plain, words: Sequence[str]) -> None:  # noqa: ARG002 (the variants say it)
        """Read the variants, and what is varied.

        Raises:
            MistakeError: Something is not as it has to be.
        """
        self.result = None if options.result is None else Path(options.result)
        with blamed("result"):
            composed = plain if self.result is None else plain_of_result(self.result)
        own = SensitivityOptions.model_fields.keys() - CompareOptions.model_fields.keys()
        of_compare = {key: value for key, value in composed.items() if key not in own}
        named = self.result is not None or any(word.lstrip("+").startswith("comparison") for word in words)
        changes = split_changes(words)[1] if self.result is None else []
        self.worlds: Worlds = read_worlds(of_compare, read_options(CompareOptions, of_compare), changes, named=named)
        arms = [self.worlds.baseline, *self.worlds.variants.values()]
        self.arms = tuple(arms if self.result is not None else [of_so_many(one, options, words)[0] for one in arms])
        given = {*keys_of(words)}
        if REPLICATES not in given and options.replicates == 1 and not any(word.startswith("from=") for word in words):
            options = options.model_copy(update={REPLICATES: USUAL_REPLICATES})
        super().__init__(options, self.arms[-1], plain, words)
        with blamed("over"):
            self.factors: tuple[Factor, ...] = factors_of(self.arms[0], options.over) if options.over and self.result is None else ()
        if not self.factors and self.arms[0].behaviour_set.found is None and self.result is None:
            raise MistakeError(NO_SET_AND_NO_RANGE)

    @cached_property
    def kept(self) -> Choice | None:
        """What a kept comparison says; None where it is run."""
        return None if self.result is None else read_choice(self.result, self.arms)

    @cached_property
    def points(self) -> Numbers:
        """Shares of the ranges at each point, evenly over them, shape (points, factors)."""
        from scipy.stats import qmc

        count = self.options.n or USUAL_POINTS
        found = qmc.Sobol(len(self.factors), rng=np.random.default_rng([self.options.seed, 3])).random(count)
        return settled(self.factors, found)

    @property
    def vectors(self) -> int:
        """Vectors of the set, or points, that are lived with."""
        found = self.arms[0].behaviour_set.found
        return len(self.points) if self.factors else len(found) if found is not None else 0

    @property
    def seconds(self) -> float:
        """Estimated processor seconds of one replicate of all arms."""
        return DEARER * sum(seconds_of_a_day(arm) * arm.days for arm in self.arms)

    def foresee(self) -> list[Sentence]:
        """Return what is said before anything runs: always what it will cost."""
        if self.result is not None:
            return [sentence(FROM_RESULT, FROM_RESULT.zh, folder=self.result)]
        options, runs = self.options, self.vectors * self.options.replicates
        workers = min(options.workers or available_cores(), available_cores())
        memory = PROCESS_BYTES * (1 + workers) + workers * bytes_of(self.arms[-1])
        cost = sentence(COST, COST.zh, time=time_in_words(runs * self.seconds / workers), vectors=self.vectors, replicates=options.replicates,
                        worlds=runs * len(self.arms))  # fmt: skip
        people = sentence(FEW_PEOPLE, FEW_PEOPLE.zh, people=self.arms[0].population.graduates)
        fewer = self.arms[0].population.graduates < self.worlds.baseline.population.graduates
        return [*lines_of(self.arms, {}, Cost(0.0, memory)), *([people] if fewer else []), cost]

    def folder(self) -> ResultFolder:
        """Return the folder, in which runs are kept as they are done."""
        if self.result is not None:
            return super().folder()
        options, runs = self.options, self.vectors * self.options.replicates
        ranges = [[factor.key, factor.low, factor.high] for factor in self.factors]
        asked = [*(arm.model_dump_json() for arm in self.arms), ranges, options.seed, options.replicates, len(self.points) if self.factors else 0,
                 *self.asked]  # fmt: skip
        identity = {"configuration_sha256": hashlib.sha256(json.dumps(asked).encode()).hexdigest()}
        return Store(self.verb, self.name, options.output, self.words, identity, {"runs": runs}, awaits_figures=options.figures)

    @property
    @abstractmethod
    def asked(self) -> list[object]:
        """Keys on which the files depend besides the runs."""

    def find(self, folder: ResultFolder, progress: Progress) -> Found:  # noqa: ARG002
        """Run what is compared, each run kept as it is done, and say what it tells."""
        choice = self.kept
        if choice is None:
            assert isinstance(folder, Store)  # noqa: S101 (made by `folder`)
            choice = self._run(folder)
        return self.analyse(choice)

    @abstractmethod
    def analyse(self, choice: Choice) -> Found:
        """Say what the runs tell."""

    def _run(self, folder: Store) -> Choice:
        options, arms = self.options, self.arms
        warm_up(arms[-1])
        names = tuple(self.worlds.variants)
        work = partial(measure, arms=arms, keys=[factor.key for factor in self.factors])
        measured = json.dumps([arm.model_dump_json() for arm in arms])
        workers, scheduler = options.workers, options.scheduler
        evaluating = Evaluating(arms[0], options.seed, names_of(names), work, folder.parts, self.seconds, workers, scheduler, measured)
        with telling_what_is_kept(folder), watching(self.vectors * options.replicates, kept_runs(folder), options.language) as watch:
            if self.factors:
                changes = [changes_of(self.factors, point) for point in self.points]
                found = evaluating.at(changes, watch, options.replicates, [place * options.replicates for place in range(len(changes))])
                keys, table = tuple(factor.key for factor in self.factors), self._values()
                numbers = np.repeat(np.arange(len(changes)), options.replicates)
            else:
                chosen = arms[0].behaviour_set.found
                assert chosen is not None  # noqa: S101 (checked when it was read)
                numbers = self._numbers(len(chosen))
                found = evaluating.at([{}] * len(numbers), watch, 1, numbers.tolist())
                keys, table = free_of(chosen, [arm.behaviour_set.fixed for arm in arms])
                numbers = np.array([chosen.number_of(int(number)) for number in numbers], np.int64)
        return Choice(names, found.reshape(-1, len(names), len(MEASURED)), numbers, keys, table)

    def _values(self) -> Numbers:
        """Return the values of the factors at each point."""
        return np.array([[float(value) for value in changes_of(self.factors, point).values()] for point in self.points])

    def _numbers(self, vectors: int) -> NDArray[np.int64]:
        """Return the numbers of the replicates that live with every vector so often, those of a vector one after the other."""
        of_vector = np.arange(self.options.replicates)
        later = of_vector // A_VECTOR * A_VECTOR * vectors + of_vector % A_VECTOR
        found: NDArray[np.int64] = (A_VECTOR * np.arange(vectors)[:, None] + later[None, :]).reshape(-1)
        return found
