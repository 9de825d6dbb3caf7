"""Paired comparison: variants of a scenario beside a baseline, with the same people and the same luck."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.account import HALF_YEAR, ROWS, YEAR, Flags, Parts, as_last_seen, count_parts, divide, runs_a_firm, stays_here, works_here
from sim.bilingual import Sentence, sentence
from sim.capital import CAPITAL, capital_of
from sim.compared import Comparison, Variant
from sim.kept_worlds import KeptWorlds, Left
from sim.outcomes import OUTCOMES
from sim.participation import COUNTED, participants
from sim.results import Replicate, Results, read_world
from sim.scenario import Policy, Scenario, check_scenario_given
from sim.simulation import Live, MakesModel, Progress, check_count, check_numbers, live_through, run_in_parallel, warm_up
from sim.statistics import FEW_VALUES
from sim.world import World

People = Mapping[str, NDArray[Any]]

KINDS = ("jobs", "stays_6m", "stays_12m", "businesses")
"""What is accounted for: work in the region at the end, newcomers who stayed 6 or 12 months, firms run at the end."""
SHARED = ("region", "population", "start", "days")
"""What paired worlds have in common, and the set of behaviours."""


class NotComparableError(ValueError):
    """Two scenarios that do not share people, place or time."""


@dataclass(frozen=True)
class Precision:
    """When a comparison has enough pairs.

    Attributes:
        outcome: Outcome whose paired difference is to be known.
        half_width: Half the width of its 95 % interval that is enough, in the unit of the outcome, for every variant; with a set of behaviours the
            simulation error, since replicates narrow nothing else.
        most: Pairs after which it ends in any case.
    """

    outcome: str
    half_width: float
    most: int = 500


@dataclass(frozen=True)
class Arm:
    """What one replicate leaves of one scenario.

    Attributes:
        outcome: The outcomes.
        accounts: Kind → row → persons.
        capital: Each of `sim.capital.CAPITAL` → CNY.
        parts: Kind → each person's part in the account, if asked for.
    """

    outcome: Replicate
    accounts: dict[str, dict[str, int]]
    capital: dict[str, int]
    parts: dict[str, Parts]


@dataclass(frozen=True)
class _LivedBefore:
    """Stands for a world that need not be lived again; its days count as lived."""

    scenario: Scenario

    def advance(self, _first_day: int, _last_day: int) -> None:
        """Do nothing."""


def without_programme(scenario: Scenario) -> Scenario:
    """Return the same people, place and time with no lever."""
    return scenario.model_copy(
        update={"programme": "none", "title": "No programme", "title_zh": "没有方案", "document": "", "policy": Policy(), "reported": ()}
    )


def check_comparable(baseline: Scenario, variants: Mapping[str, Scenario]) -> None:
    """Refuse what cannot be paired.

    Raises:
        TypeError: What is no scenario, or variants without names.
        NotComparableError: A variant with other people, another region, start or length.
        ValueError: No variants.
    """
    check_scenario_given(baseline)
    if not isinstance(variants, Mapping):
        message = sentence(
            "variants is a {kind}; give name → scenario, such as compare(baseline, {{'mine': scenario}})",
            "variants 的类型为 {kind}；请给出 名称 → 情景，如 compare(baseline, {{'mine': scenario}})", kind=type(variants).__name__,
        )  # fmt: skip
        raise TypeError(message)
    for scenario in variants.values():
        check_scenario_given(scenario)
    if not variants:
        message = Sentence("nothing to compare: give at least one variant", "没有可比较的方案：至少给出一个")
        raise ValueError(message)
    for name in variants:
        if not isinstance(name, str) or not name.strip():
            message = sentence(
                "a variant is called {name!r}; give each a name, such as 'longer stays'", "有方案名为 {name!r}；请为每个方案命名，例如 '延长住宿'",
                name=name,
            )  # fmt: skip
            raise ValueError(message)
    for name, scenario in variants.items():
        for part in SHARED:
            if getattr(scenario, part) != getattr(baseline, part):
                message = sentence(
                    "variant {name} has another {part} than the baseline; paired worlds need the same people, place and time",
                    "方案 {name} 的 {part} 与对照方案不同；配对比较须有相同的人口、地方与时间", name=name, part=part,
                )  # fmt: skip
                raise NotComparableError(message)
        if scenario.behaviour_set.found != baseline.behaviour_set.found:
            message = sentence(
                "variant {name} has the behaviour set {one}, the baseline {other}; paired worlds need the same behaviour in each replicate",
                "方案 {name} 的行为参数集为 {one}，对照方案为 {other}；配对比较须在每次模拟中行为相同",
                name=name, one=scenario.behaviour_set.name, other=baseline.behaviour_set.name,
            )  # fmt: skip
            raise NotComparableError(message)


def compare(
    baseline: Scenario, variants: Mapping[str, Scenario], replicates: int = 20, seed: int = 1, workers: int | None = None,
    progress: Progress | None = None, *, precision: Precision | None = None, save_people: bool = False,
    after_batch: Callable[[Comparison], None] | None = None, model: MakesModel | Mapping[str, MakesModel] | None = None,
) -> Comparison:  # fmt: skip
    """Run a baseline and its variants on paired worlds.

    Args:
        baseline: What the variants are compared with, usually `without_programme`.
        variants: Name → scenario; each with the people, region, start and days of the baseline.
        replicates: Pairs, at least 1; with `precision` those of each batch.
        seed: Seed of every draw.
        workers: Worlds that run at a time; None: one a core.
        progress: Called now and then with the days simulated since the last call, over all worlds.
        precision: Go on in batches until this is reached; None: one batch. Pair r is the same worlds whatever the batch.
        save_people: Whether to keep each person's part in the accounts.
        after_batch: Called with the comparison so far after each batch.
        model: A subclass of `sim.model.YouthEmploymentModel` with rules of its own, which then hold in every world, in the baseline's, too; or
            variant → such a class, for those in whose worlds they hold.

    Returns:
        The comparison, the same to the last bit for any number of workers.

    Raises:
        NotComparableError: A variant with other people, another region, start or length.
        ValueError: No replicates, no workers, no variants, a seed out of range, or a precision of an unknown outcome.
        KeyboardInterrupt: Interrupted; nothing is kept.
    """
    check_comparable(baseline, variants)
    check_count("replicates", replicates)
    check_numbers(seed=seed, workers=1 if workers is None else workers)
    if precision is not None and (precision.outcome not in OUTCOMES or precision.most < 1):
        message = sentence(
            "precision needs a known outcome and at least one pair, not {outcome!r} and {most}",
            "precision 须有已知的结果指标与至少一对模拟，而不是“{outcome}”与 {most}", outcome=precision.outcome, most=precision.most,
        )  # fmt: skip
        raise ValueError(message)
    pairs = Pairs(baseline, variants, seed, save_people=save_people, model=model)
    while True:
        batch = replicates if precision is None else min(replicates, precision.most - pairs.done)
        comparison = pairs.more(batch, workers, progress)
        if after_batch is not None:
            after_batch(comparison)
        if precision is None or pairs.done >= precision.most or is_precise(comparison, precision):
            return comparison


class Pairs:
    """A comparison that grows: pair r is the same worlds however many were simulated before it.

    Args:
        baseline: What the variants are compared with.
        variants: Name → scenario.
        seed: Seed of every draw.
        save_people: Whether to keep each person's part in the accounts.
        model: See `compare`.
        kept: Worlds that need not be lived again, and where those that are lived are kept; None: there are none. No world with rules of its own is.

    Raises:
        NotComparableError: A variant with other people, another region, start or length.
    """

    def __init__(
        self, baseline: Scenario, variants: Mapping[str, Scenario], seed: int = 1, *, save_people: bool = False,
        model: MakesModel | Mapping[str, MakesModel] | None = None, kept: KeptWorlds | None = None,
    ) -> None:  # fmt: skip
        check_comparable(baseline, variants)
        self._scenarios = {"": baseline, **variants}
        self._models = _models_of(model, variants)
        self._seed, self._save_people, self._kept = seed, save_people, kept
        self._runs: list[list[Arm]] = []
        warm_up(baseline)

    @property
    def done(self) -> int:
        """Pairs that are there."""
        return len(self._runs)

    def more(self, pairs: int, workers: int | None = None, progress: Progress | None = None) -> Comparison:
        """Simulate some more pairs; their worlds run on threads, each for itself.

        Args:
            pairs: How many, at least 1.
            workers: Worlds that run at a time; None: one a core.
            progress: Called now and then with the days simulated since the last call, over all worlds; what it raises ends it all.

        Returns:
            The comparison of all pairs so far, the same to the last bit for any number of workers.

        Raises:
            KeyboardInterrupt: Interrupted; these pairs are not kept.
        """
        check_count("replicates", pairs)
        lived = list(zip(self._scenarios.values(), self._models, strict=True))
        begun, lock = self.done, threading.Lock()
        waiting: dict[int, dict[int, Left]] = {}  # of pairs of which not every world has ended

        def run(number: int, live: Live) -> list[Arm] | None:
            pair, place = divmod(number, len(lived))
            scenario, model = lived[place]
            left = self._left(scenario, begun + pair, live, model)
            with lock:
                others = waiting.setdefault(pair, {})
                others[place] = left
                if len(others) < len(lived):
                    return None
                del waiting[pair]
            return _accounted([others[place] for place in range(len(lived))], save_people=self._save_people)

        found = run_in_parallel(run, pairs * len(lived), workers, progress)
        by_pair = [next(arms for arms in found[first : first + len(lived)] if arms is not None) for first in range(0, len(found), len(lived))]
        self._runs += by_pair
        return gather(self._scenarios, self._seed, self._runs, save_people=self._save_people)

    def _left(self, scenario: Scenario, replicate: int, live: Live, model: MakesModel | None) -> Left:
        """Return what a world leaves: of one that is kept at once, else it is lived."""
        kept = self._kept if model is None else None
        found = None if kept is None else kept.get(scenario, self._seed, replicate)
        if found is not None:
            live(_LivedBefore(scenario))
            return found
        left = _left_of(live_through(scenario, self._seed, replicate, live, model))
        if kept is not None:
            kept.put(scenario, self._seed, replicate, left)
        return left


def is_precise(comparison: Comparison, precision: Precision) -> bool:
    """Tell whether the difference of every variant is known as exactly as wanted, from pairs enough to know it."""
    enough = comparison.baseline.replicates >= min(FEW_VALUES, precision.most)
    return enough and all(comparison.half_width(name, precision.outcome) <= precision.half_width for name in comparison.variants)


def gather(scenarios: Mapping[str, Scenario], seed: int, runs: list[list[Arm]], *, save_people: bool) -> Comparison:
    """Put what the replicates left into one comparison; the first scenario is the baseline."""
    found: dict[str, Variant] = {}
    for place, (name, scenario) in enumerate(scenarios.items()):
        arms = [replicate[place] for replicate in runs]
        results = Results(scenario, seed, len(runs), tuple(arm.outcome for arm in arms))
        accounts = {kind: {row: np.array([arm.accounts[kind][row] for arm in arms], np.float64) for row in ROWS} for kind in KINDS}
        capital = {part: np.array([arm.capital[part] - runs[row][0].capital[part] for row, arm in enumerate(arms)], np.float64) for part in CAPITAL}
        found[name] = Variant(results, accounts, capital, tuple(arm.parts for arm in arms) if save_people else ())
    baseline = found.pop("")
    return Comparison(baseline.results, found)


def _models_of(model: MakesModel | Mapping[str, MakesModel] | None, variants: Mapping[str, Scenario]) -> list[MakesModel | None]:
    """Return what makes the model of the baseline and of each variant.

    Raises:
        ValueError: A model for a variant that there is not.
    """
    if not isinstance(model, Mapping):
        return [model] * (1 + len(variants))
    if wrong := sorted(set(model) - set(variants)):
        message = sentence(
            "model names {wrong!r}, which is no variant; variants: {known}", "model 中的 {wrong!r} 不是对照的变体；变体有：{known}",
            wrong=wrong[0], known=", ".join(variants),
        )  # fmt: skip
        raise ValueError(message)
    return [None, *(model.get(name) for name in variants)]


def _left_of(world: World) -> Left:
    """Read what a comparison needs out of a finished world."""
    table = world.tables["people"]
    people = {name: table.column(name) for name in COUNTED}
    return Left(read_world(world, save_people=False), capital_of(world), placements(people, world.scenario.days), participants(people))


def _accounted(worlds: Sequence[Left], *, save_people: bool) -> list[Arm]:
    """Count the accounts of a pair, whose first world is the baseline's."""
    found, baseline = [], worlds[0]
    for left in worlds:
        accounts, parts = count_accounts(baseline.placed, left.placed, left.took_part | baseline.took_part)
        found.append(Arm(left.outcome, accounts, dict(left.capital), parts if save_people else {}))
    return found


def account_for(without: People, given: People, days: int) -> tuple[dict[str, dict[str, int]], dict[str, Parts]]:
    """Count every account of two worlds.

    Participants are those who received a service in either world: in the world with the programme, and where the baseline has one too, there.
    So nobody whom a variant took a service from counts as displaced.

    Args:
        without: Column → values of the people in the world without the programme, shape (people,).
        given: The same people in the world with it.
        days: Length of the run in days.

    Returns:
        Kind → row → persons; and kind → part of each person, shape (people,).
    """
    return count_accounts(placements(without, days), placements(given, days), participants(given) | participants(without))


def count_accounts(before: Mapping[str, Flags], after: Mapping[str, Flags], took_part: Flags) -> tuple[dict[str, dict[str, int]], dict[str, Parts]]:
    """Count every account of two worlds, of which it is known who is placed.

    Args:
        before: Kind → who is placed in the world without the programme, shape (people,).
        after: Kind → who of the same people is in the world with it.
        took_part: Who took part.

    Returns:
        Kind → row → persons; and kind → part of each person, shape (people,).
    """
    parts = {kind: divide(before[kind], after[kind], took_part) for kind in KINDS}
    accounts = {kind: count_parts(parts[kind], int(after[kind].sum()) - int(before[kind].sum())) for kind in KINDS}
    return accounts, parts


def placements(people: People, days: int) -> dict[str, Flags]:
    """Tell who is placed.

    Args:
        people: Column → values of the people of a world at its end, shape (people,).
        days: Length of the run in days.

    Returns:
        Kind → who is placed, shape (people,).
    """
    people = as_last_seen(people)
    found = (works_here(people), stays_here(people, days, HALF_YEAR), stays_here(people, days, YEAR), runs_a_firm(people))
    return dict(zip(KINDS, found, strict=True))
