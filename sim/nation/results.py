"""What is kept of a nation: the total of its markets, each market by itself, and who went from where to where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.nation.living import NationWorld, OnThreads, on_threads
from sim.nation.markets import scenarios_of, seed_of
from sim.nation.rows import Market
from sim.outcomes import OUTCOMES
from sim.results import GroupCounts, Replicate, Results, count_groups, measure_groups, read_world
from sim.scenario import Scenario
from sim.simulation import Progress, check_count, check_numbers, warm_up
from sim.states import ACTIVITIES, PLACES, Activity, Place
from sim.statistics import Kind
from sim.world import World

Table = NDArray[np.int64]
NOWHERE = (Activity.ABSENT, Activity.AGED_OUT)
"""Activities of people who are nowhere in a nation."""


@dataclass(frozen=True)
class Flows:
    """Who went from where to where in one replicate.

    Attributes:
        looked: Who went to look for work in another market, shape (from, to), times.
        settled: Who left one to live and look for work in another, shape (from, to), times.
        works: Who works at the end, by province of the campus and of the job, shape (studied, works), persons.
        lives: Who has left school, by province of the campus and of residence at the end, shape (studied, lives), persons.
        refused: Times that somebody found no room for a row.
    """

    looked: Table
    settled: Table
    works: Table
    lives: Table
    refused: int


@dataclass(frozen=True)
class NationResults:
    """Results of a nation over its replicates.

    Attributes:
        total: Those of the nation.
        markets: Name of a province → those of its market.
        flows: Of each replicate.
    """

    total: Results
    markets: dict[str, Results]
    flows: tuple[Flows, ...]

    def __repr__(self) -> str:
        return f"<NationResults of {len(self.markets)} markets: {self.total!r}>"


@dataclass(frozen=True)
class _Whole:
    """The markets of a nation as one world, as far as outcomes read it: what is counted is summed."""

    scenario: Scenario
    rules: Any
    flows: Any
    stocks: Any
    services: Any
    beds: Any


def simulate_nation(
    scenario: Scenario, replicates: int = 20, seed: int = 1, workers: int | None = None, progress: Progress | None = None,
) -> NationResults:  # fmt: skip
    """Run a nation over replicates, one after the other; the markets of each live on threads.

    Args:
        scenario: The scenario, whose region names provinces.
        replicates: Number of replicates, at least 1.
        seed: Seed of every draw, from 0 to 2**32 - 1.
        workers: Threads; None: one a core.
        progress: Called now and then with the days simulated since the last call.

    Returns:
        The results, the same to the last bit for any number of threads.

    Raises:
        ConfigurationError: A programme, and nothing says where.
        ValueError: No replicates, no workers, or a seed out of range.
        KeyboardInterrupt: Interrupted; nothing is kept.
    """
    check_count("replicates", replicates)
    check_numbers(seed=seed, workers=1 if workers is None else workers)
    scenarios = scenarios_of(scenario)
    warm_up(next(iter(scenarios.values())))
    read: list[tuple[Replicate, dict[str, Replicate], Flows]] = []
    with on_threads(workers) as threads:
        for number in range(replicates):
            nation = live_nation(scenario, seed, number, threads, progress)
            read.append(read_nation(nation))
            del nation
    return gather_nation(scenario, scenarios, seed, read)


def live_nation(scenario: Scenario, seed: int, number: int, threads: OnThreads, progress: Progress | None = None) -> NationWorld:
    """Return the worlds of a replicate at its end, with what is read of them."""
    nation = NationWorld(scenario, seed, number)
    while nation.day < scenario.days:
        before = nation.day
        nation.advance(min(scenario.days, before + nation.nation.exchange_days), threads)
        if progress is not None:
            progress(nation.day - before)
    nation.close()
    return nation


def gather_nation(
    scenario: Scenario, scenarios: Mapping[str, Scenario], seed: int, read: list[tuple[Replicate, dict[str, Replicate], Flows]],
) -> NationResults:  # fmt: skip
    """Put what was read of the replicates into one result."""
    total = Results(scenario, seed, len(read), tuple(whole for whole, _, _ in read))
    markets = {
        name: Results(one, seed_of(seed, name), len(read), tuple(of_markets[name] for _, of_markets, _ in read)) for name, one in scenarios.items()
    }
    return NationResults(total, markets, tuple(flows for _, _, flows in read))


def present_world(market: Market) -> World:
    """Return the world of a market with those people alone who are in it."""
    if market.room == 0:
        return market.world
    people = market.world.tables["people"].only(market.rows)
    return replace(market.world, tables={**market.world.tables, "people": people})


def read_nation(nation: NationWorld) -> tuple[Replicate, dict[str, Replicate], Flows]:
    """Read everything that is kept out of a finished nation.

    Returns:
        The nation's, each market's by the name of its province, and who went where.
    """
    samples: dict[str, list[Any]] = {name: [] for name, outcome in OUTCOMES.items() if outcome.sample is not None}
    finals: dict[str, float] = dict.fromkeys((name for name, outcome in OUTCOMES.items() if outcome.final is not None), 0.0)
    counted: GroupCounts = {}
    markets: dict[str, Replicate] = {}
    works, lives = (np.zeros_like(nation.moved) for _ in range(2))
    for market in nation.markets:  # one after the other: each needs memory for its people besides
        world = present_world(market)
        markets[market.name] = read_world(world, save_people=False)
        for name, found in samples.items():
            found.append(OUTCOMES[name].sample(world))  # type: ignore[misc]
        for name in finals:
            finals[name] += markets[market.name].outcomes[name]
        _add(counted, count_groups(world, everywhere=True))
        _count_places(market, works, lives)
    whole = _as_one(nation)
    series = {name: outcome.daily(whole) for name, outcome in OUTCOMES.items() if outcome.daily is not None}
    outcomes = {}
    together = {name: np.concatenate(found) for name, found in samples.items()}
    for name, outcome in OUTCOMES.items():
        if name in together:
            outcomes[name] = float(together[name].mean()) if together[name].size else float("nan")
        elif name in finals:
            outcomes[name] = outcome.final(whole) if outcome.kind is Kind.SHARE and outcome.final is not None else finals[name]
        else:
            outcomes[name] = float(series[name][-1])
    for row, district in enumerate(nation.scenario.region.districts):
        series[f"station_beds_open.{district.name}"] = whole.beds[:, row, 0].astype(np.float64)
        series[f"station_beds_used.{district.name}"] = whole.beds[:, row, 1].astype(np.float64)
    total = Replicate(series, outcomes, measure_groups(counted), {}, {name: values.size for name, values in together.items()})
    return total, markets, Flows(nation.moved, nation.settled, works, lives, nation.refused)


def _as_one(nation: NationWorld) -> Any:  # noqa: ANN401
    """Return the markets as one world. Who lives elsewhere than where the search goes lives in another market: so everybody is a resident."""
    worlds = list(nation.worlds)
    stocks = sum(world.stocks for world in worlds)
    table = stocks[:, : ACTIVITIES * PLACES].reshape(-1, ACTIVITIES, PLACES)
    alive = [activity for activity in Activity if activity not in NOWHERE]
    table[:, alive, Place.RESIDENT] += table[:, alive, Place.ELSEWHERE]
    table[:, alive, Place.ELSEWHERE] = 0
    return _Whole(
        nation.scenario, worlds[0].rules, sum(world.flows for world in worlds), stocks, sum(world.services for world in worlds),
        sum(world.beds for world in worlds),
    )  # fmt: skip


def _add(counted: GroupCounts, more: GroupCounts) -> None:
    """Add what was counted of the groups of one market to what was counted of others."""
    for attribute, groups in more.items():
        for group, counts in groups.items():
            place = counted.setdefault(attribute, {}).setdefault(group, dict.fromkeys(counts, 0))
            for name, number in counts.items():
                place[name] += number


def _count_places(market: Market, works: Table, lives: Table) -> None:
    """Count where those of each province's campuses work and live who are in a market at the end."""
    people = market.world.tables["people"]
    here = market.rows
    campus, activity = people.column("campus"), people.column("activity")
    placed = here & np.isin(activity, (Activity.EMPLOYED, Activity.FOUNDER)) & (people.column("employer") >= 0)
    works[:, market.number] += np.bincount(campus[placed], minlength=len(works))
    left_school = here & ~np.isin(activity, (Activity.ABSENT, Activity.STUDYING, Activity.AGED_OUT))
    living = np.where(people.column("place") == Place.RESIDENT, market.number, market.lives[: people.count])
    np.add.at(lives, (campus[left_school], living[left_school]), 1)
