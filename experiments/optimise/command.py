"""``yizhan optimise``: a budget divided over levers for the most additional jobs and stays.

Each lever is tried at several sizes, to learn what it spends; mixes are proposed, simulated and learned from, round by round; those that nobody beats
are run again with other luck and more vectors of the set, beside an equal split and the programme as it is. Every run is kept.
"""

from __future__ import annotations

import hashlib
import json
import shlex
import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from threadpoolctl import threadpool_limits

from experiments.optimise.files import PROGRAMME, write_optimised
from experiments.optimise.found import EQUAL, TODAY, Candidate, Optimised
from experiments.optimise.mixes import Mixes
from experiments.optimise.options import OptimiseOptions
from experiments.optimise.words import (
    ALL_CHOSEN_FREE,
    NO_BUDGET,
    NO_GROUPS,
    NO_LEVER,
    NO_MULTIRUN,
    NO_STAYS,
    NOTHING_FITS,
    SAME_PEOPLE,
    TOO_SMALL,
    WORDS,
    money_line,
)  # fmt: skip
from experiments.shared.application import Plain, is_multirun
from experiments.shared.batches.store import Store
from experiments.shared.batches.watching import Watch, watching
from experiments.shared.beforehand import PROCESS_BYTES, Cost, bytes_of, keys_of, levels_out_of_range, lines_of, seconds_of_a_day
from experiments.shared.drawing import Drawings
from experiments.shared.errors import FailedError, MistakeError
from experiments.shared.evaluating import Evaluating, kept_runs, telling_what_is_kept
from experiments.shared.extras import how_to_install
from experiments.shared.own_taken import blamed
from experiments.shared.so_many import of_so_many
from experiments.shared.words import Speaker
from experiments.shared.work import Work, begin
from sim.account import HALF_YEAR, YEAR
from sim.behaviour_set import A_VECTOR
from sim.bilingual import Sentence, listed, sentence
from sim.errors import ConfigurationError
from sim.optimising.fronts import finalists
from sim.optimising.measuring import GROUPED, SPENDING, UNITS, measured, names_of
from sim.optimising.offers import USUAL, nothing_bought, offers_of
from sim.optimising.returns import divided, slopes_of
from sim.optimising.searching import (
    MissingLibraryError,
    Mixed,
    Sampler,
    Searched,
    Values,
    equal_split,
    first_points,
    fitted,
    search,
)  # fmt: skip
from sim.optimising.spending import SMALLER, Tried, answers_of
from sim.results import GROUPS
from sim.scenario import Scenario
from sim.simulation import Progress, available_cores, warm_up

if TYPE_CHECKING:
    from experiments.shared.results_folder import ResultFolder

USUAL_SIZES = len(SMALLER) + 4
"""Sizes of a lever that are tried as a rule, for what is said before."""
FRESH_SEED = 2**31
"""Added to the seed, round 2**32, where mixes are run again: other luck."""
SHORT = {"stays_6m": HALF_YEAR, "stays_12m": YEAR}
"""Kind → days that somebody has to have been here."""


def main(words: Sequence[str]) -> None:
    """Run the command with the words after the verb.

    Raises:
        MistakeError: A multirun.
    """
    if is_multirun(words):
        raise MistakeError(NO_MULTIRUN)
    begin(OneOptimisation, "optimise", OptimiseOptions, words)


class OneOptimisation(Work[OptimiseOptions, Optimised]):
    """One budget."""

    verb = "optimise"
    days = 0

    def watching(self, total: int, before: int) -> AbstractContextManager[Watch]:
        """Return what tells how far many runs are, while its block runs.

        Args:
            total: Runs in all.
            before: Those that were done before.
        """
        return watching(total, before, self.options.language)

    def __init__(self, options: OptimiseOptions, scenario: Scenario, plain: Plain, words: Sequence[str]) -> None:
        """Check what is asked.

        Raises:
            MistakeError: Something is not as it has to be.
        """
        self.people = scenario.population.graduates
        scenario, options = of_so_many(scenario, options, words)
        super().__init__(options, scenario, plain, words)
        if options.budget is None:
            raise MistakeError(NO_BUDGET)
        self.budget = float(options.budget)
        with blamed("levers"):
            try:
                self.offers = offers_of(scenario, options.levers, options.most)
            except ConfigurationError as error:
                raise MistakeError(*error.args) from None
        if not self.offers:
            raise MistakeError(NO_LEVER)
        self.goals, self.dropped = self._goals()
        self._refuse_cheaper_than_a_unit()
        try:  # before anything is made
            Sampler(1, 1, 0, np.empty((0, 1)))
        except MissingLibraryError:
            raise MistakeError(sentence(
                "optimise needs the library Optuna, which is not installed: {how}", "optimise 需要 Optuna 程序库，尚未安装：{how}",
                how=how_to_install("yizhan[optimise]"),
            )) from None  # fmt: skip

    def _goals(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return what the front is of, besides spending, and what of that nobody can reach.

        Raises:
            MistakeError: Groups of what is not counted by group; a goal that nobody can reach.
        """
        options = self.options
        if options.per and options.goal not in GROUPED:
            raise MistakeError(sentence(NO_GROUPS, NO_GROUPS.zh, goal=options.goal))
        wanted = [options.goal, *([options.besides] if options.besides and options.besides != options.goal else [])]
        short = tuple(kind for kind in wanted if self.scenario.days <= SHORT.get(kind, 0))
        if options.goal in short:
            raise MistakeError(sentence(NO_STAYS, NO_STAYS.zh, goal=options.goal, days=self.scenario.days, least=SHORT[options.goal] + 1))
        groups = [f"{options.goal}.{group}" for group in GROUPS[options.per]] if options.per else []
        return (*(kind for kind in wanted if kind not in short), *groups), short

    def _refuse_cheaper_than_a_unit(self) -> None:
        """Refuse a budget for which nothing can be had, as far as that can be told without simulating.

        Raises:
            MistakeError: It is below the price of the cheapest unit of any service.
        """
        levers = self.scenario.policy.levers
        prices = [levers[offer.lever].unit_cost for offer in self.offers if levers[offer.lever].unit_cost > 0]
        if prices and self.budget < min(prices):
            raise MistakeError(sentence(TOO_SMALL, TOO_SMALL.zh, budget=money_line(self.budget), levers=listed(offer.lever for offer in self.offers)))

    @property
    def numbers(self) -> list[int]:
        """Numbers of the replicates of the search: with a set each with a vector of its own."""
        step = A_VECTOR if self.scenario.behaviour_set.found is not None else 1
        return [step * number for number in range(self.options.replicates)]

    @property
    def rounds(self) -> list[int]:
        """Mixes of each round."""
        whole, rest = divmod(self.options.evaluations, self.options.batch)
        return [self.options.batch] * whole + ([rest] if rest else [])

    def foresee(self) -> list[Sentence]:
        """Return what is said before anything runs."""
        options = self.options
        runs = len(self.offers) * USUAL_SIZES * min(options.pilot, options.replicates) + self.runs_of_search
        seconds = seconds_of_a_day(self.scenario) * self.scenario.days * runs
        workers = min(options.workers or available_cores(), available_cores())
        cost = Cost(seconds / workers, PROCESS_BYTES * (1 + workers) + workers * bytes_of(self.scenario))
        lines = lines_of([self.scenario], levels_out_of_range([self.scenario], keys_of(self.words)), cost)
        if options.graduates is not None and options.graduates != self.people:
            lines.insert(0, sentence(SAME_PEOPLE, SAME_PEOPLE.zh, some=f"{options.graduates:,}", all=f"{self.people:,}"))
        return lines

    @property
    def runs_of_learning(self) -> int:
        """Runs that learn what levers spend, at most."""
        return (1 + len(self.offers) * USUAL_SIZES) * len(self.numbers[: self.options.pilot])

    @property
    def runs_of_search(self) -> int:
        """Runs of the search and of the best again; those that learn what levers spend come before."""
        options = self.options
        return (options.evaluations + 1) * options.replicates + (options.finalists + 4) * options.fresh

    def folder(self) -> Store:
        """Return the folder, in which runs are kept as they are done."""
        options = self.options
        asked = [self.scenario.model_dump_json(), options.model_dump_json(exclude={"workers", "output", "language", "figures", "scheduler"})]
        identity = {"configuration_sha256": hashlib.sha256(json.dumps(asked).encode()).hexdigest()}
        return Store(self.verb, self.name, options.output, self.words, identity, {"budget": options.budget}, awaits_figures=options.figures)

    def find(self, folder: ResultFolder, progress: Progress) -> Optimised:  # noqa: ARG002
        """Learn what levers spend, search, run the best again."""
        assert isinstance(folder, Store)  # noqa: S101 (made by `folder`)
        warm_up(self.scenario)
        with telling_what_is_kept(folder), threadpool_limits(1):
            mixes, pilots = self._learn(folder)
            kept = max(0, min(kept_runs(folder) - pilots, self.runs_of_search))
            with self.watching(self.runs_of_search, kept) as watch:
                return self._search(mixes, folder, watch)

    def _evaluating(self, folder: Store, seed: int) -> Evaluating:
        options = self.options
        levers = tuple(offer.lever for offer in self.offers)
        measure = partial(measured, levers=levers, per=options.per)
        seconds = seconds_of_a_day(self.scenario) * self.scenario.days
        return Evaluating(self.scenario, seed, names_of(levers, options.per), measure, folder.parts, seconds, options.workers, options.scheduler)

    def _at(self, evaluating: Evaluating, changes: Sequence[Mapping[str, Any]], numbers: Sequence[int], watch: Watch) -> Values:
        """Return what is measured at some points in the replicates of some numbers, shape (points, replicates, names)."""
        every = [change for change in changes for _ in numbers]
        found = evaluating.at(every, watch, firsts=list(numbers) * len(changes))
        return found.reshape(len(changes), len(numbers), -1)

    def _learn(self, folder: Store) -> tuple[Mixes, int]:
        """Learn how the spending of each lever answers its size; return what may be mixed, and how many runs that took.

        Raises:
            MistakeError: The budget buys nothing.
            FailedError: No lever costs anything.
        """
        options, numbers = self.options, self.numbers[: self.options.pilot]
        evaluating = self._evaluating(folder, options.seed)
        named = bool(options.levers)
        blank = Mixes(self.scenario, self.offers, {}, self.budget, named)
        total = self.runs_of_learning
        pilots = len(numbers)
        with self.watching(total, min(kept_runs(folder), total)) as watch:

            def ask(wave: Sequence[tuple[str, float]]) -> list[Tried]:
                nonlocal pilots
                pilots += len(wave) * len(numbers)
                found = self._at(evaluating, [blank.around(*one) for one in wave], numbers, watch).mean(axis=1)
                columns = [[evaluating.names.index(f"{what}.{lever}") for what in (SPENDING, UNITS)] for lever, _ in wave]
                return [Tried(*map(float, row[two])) for row, two in zip(found, columns, strict=True)]

            stays = self._at(evaluating, [blank.without()], numbers, watch)[0, :, evaluating.names.index(SPENDING)].mean()
            answers = answers_of(self.offers, self.budget, ask)
        mixes = Mixes(self.scenario, self.offers, answers, self.budget, named, float(stays))
        if not mixes.bought and mixes.too_dear:
            shutil.rmtree(folder.parts.folder)  # of no use to anybody: the folder goes, too
            raise MistakeError(sentence(TOO_SMALL, TOO_SMALL.zh, budget=money_line(self.budget), levers=listed(mixes.too_dear)))
        if not mixes.bought:
            raise FailedError(sentence(ALL_CHOSEN_FREE, ALL_CHOSEN_FREE.zh, levers=listed(mixes.free)))
        return mixes, pilots

    def _search(self, mixes: Mixes, folder: Store, watch: Watch) -> Optimised:
        """Search, and run the best again."""
        options, nothing = self.options, nothing_bought(self.scenario)
        evaluating = self._evaluating(folder, options.seed)
        without = self._at(evaluating, [nothing], self.numbers, watch)[0]
        columns = [evaluating.names.index(name) for name in self.goals]
        spending = evaluating.names.index(SPENDING)
        allowed = self.budget * (1.0 + options.tolerance)

        def judge(found: Values) -> tuple[Values, Values]:
            net = (found - without).mean(axis=1)
            return np.column_stack([net[:, columns], -net[:, spending]]), net[:, spending] - allowed

        def measure(money: Values) -> Values:
            return self._at(evaluating, [mixes.changes(row) for row in money], self.numbers, watch)

        proposer = Mixed(
            Sampler(1 + len(mixes.bought), len(columns) + 1, options.seed, first_points(mixes.caps, mixes.free_budget, mixes.today)),
            mixes.caps, mixes.free_budget, len(columns), options.seed,
        )  # fmt: skip
        searched = search(proposer, measure, judge, mixes.caps, mixes.free_budget, self.rounds)
        slopes = slopes_of(searched.money, judge(searched.found)[0][:, 0], mixes.caps)

        def within(division: Callable[[float], Values]) -> Values:
            return fitted(division, mixes.free_budget, lambda money: float(judge(measure(money[None, :]))[1][0] + allowed), self.budget)

        advised = within(lambda budget: divided(slopes, mixes.caps, budget))
        split = within(lambda budget: equal_split(mixes.caps, budget))
        candidates = self._candidates(mixes, searched, *judge(searched.found), advised, split)
        again = self._evaluating(folder, (options.seed + FRESH_SEED) % 2**32)
        fresh = again.at([*(candidate.changes for candidate in candidates), nothing], watch, options.fresh)
        found = Optimised(
            mixes, evaluating.names, options.goal, self.goals, options.rule, allowed, searched, without, candidates, fresh[:-1], fresh[-1],
            self.scenario.behaviour_set.lived(options.fresh), (options.seed, again.seed), self.dropped,
        )  # fmt: skip
        if not found.fitting:
            raise FailedError(sentence(NOTHING_FITS, NOTHING_FITS.zh, budget=money_line(self.budget)))
        return found

    def _candidates(self, mixes: Mixes, searched: Searched, worth: Values, excess: Values, advised: Values, split: Values) -> tuple[Candidate, ...]:
        """Return what is run again: the finalists, what decreasing returns say of all that was seen, an equal split, the programme as it is."""
        fitting = np.flatnonzero(excess <= 0)
        places = [int(fitting[place]) for place in finalists(worth[fitting], self.options.finalists)]
        usual = {offer.lever: 0.0 if offer.is_new else USUAL for offer in mixes.bought}
        known = {json.dumps(mixes.changes(row), sort_keys=True): place for place, row in reversed(list(enumerate(searched.money)))}
        found: dict[str, Candidate] = {}
        for name, money in [*((f"mix_{place + 1}", searched.money[place]) for place in places), ("returns", advised), (EQUAL, split)]:
            changes = mixes.changes(money)
            text = json.dumps(changes, sort_keys=True)
            sizes = dict(zip(usual, mixes.sizes(money), strict=True))
            if text in found and name == EQUAL:
                del found[text]
            found.setdefault(text, Candidate(name, money, sizes, changes, known.get(text)))
        return (*found.values(), Candidate(TODAY, None, usual, {}, None))

    def write(self, found: Optimised, folder: ResultFolder) -> None:
        """Write the optimum, every mix that was tried, and the programme."""
        assert isinstance(folder, Store)  # noqa: S101 (made by `folder`)
        folder.write_provenance(self.scenario, self.options, self.options.seed)
        write_optimised(found, folder, self.options)
        folder.finish()

    def show(self, found: Optimised) -> None:
        """Print the answer, the mix, the front, and how sure all that is."""
        from experiments.optimise.report import print_optimised

        print_optimised(found, self.options.language)

    def conclude(self, folder: Path) -> None:
        """Say what to do with the programme that was found."""
        Speaker(self.options.language, WORDS)("use_it", file=shlex.quote(str(folder / PROGRAMME)))

    def drawings(self, found: Optimised) -> Drawings:
        """Return the figures."""
        from experiments.optimise.figures import drawings_of

        return drawings_of(found, self.options.language)

