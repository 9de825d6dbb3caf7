"""What is kept of a nation: the total of its markets, each market by itself, and who went from where to where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.nation.hosting import Here, Hosts
from sim.nation.living import NationWorld
from sim.nation.markets import scenarios_of, seed_of
from sim.nation.reading import Reading, Whole
from sim.outcomes import OUTCOMES
from sim.results import GroupCounts, Replicate, Results, measure_groups
from sim.scenario import Scenario
from sim.simulation import Progress, check_count, check_numbers
from sim.states import ACTIVITIES, PLACES, Activity, Place
from sim.statistics import Kind

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


def simulate_nation(
    scenario: Scenario, replicates: int = 20, seed: int = 1, workers: int | None = None, progress: Progress | None = None,
    hosts: Hosts | None = None,
) -> NationResults:  # fmt: skip
    """Run a nation over replicates, one after the other; the markets of each live side by side.

    Args:
        scenario: The scenario, whose region names provinces.
        replicates: Number of replicates, at least 1.
        seed: Seed of every draw, from 0 to 2**32 - 1.
        workers: Threads of this process; None: one a core.
        progress: Called now and then with the days simulated since the last call.
        hosts: The processes that keep the markets; None: this one.

    Returns:
        The results, the same to the last bit for any number of threads and processes.

    Raises:
        ConfigurationError: A programme, and nothing says where.
        ValueError: No replicates, no workers, or a seed out of range.
        KeyboardInterrupt: Interrupted; nothing is kept.
    """
    check_count("replicates", replicates)
    check_numbers(seed=seed, workers=1 if workers is None else workers)
    scenarios = scenarios_of(scenario)
    read: list[tuple[Replicate, dict[str, Replicate], Flows]] = []
    kept: Hosts = hosts or Here(workers)
    for number in range(replicates):
        read.append(read_nation(live_nation(scenario, seed, number, kept, progress)))  # noqa: PERF401
    return gather_nation(scenario, scenarios, seed, read)


def live_nation(scenario: Scenario, seed: int, number: int, hosts: Hosts, progress: Progress | None = None) -> NationWorld:
    """Return a replicate at its end, of which the markets have what is read of them."""
    nation = NationWorld(scenario, seed, number, hosts)
    while nation.day < scenario.days:
        before = nation.day
        nation.advance(min(scenario.days, before + nation.nation.exchange_days))
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


def read_nation(nation: NationWorld) -> tuple[Replicate, dict[str, Replicate], Flows]:
    """Read everything that is kept out of a finished nation.

    Returns:
        The nation's, each market's by the name of its province, and who went where.
    """
    read = nation.read()
    readings = list(read.values())
    names = [province.name for province in nation.scenario.region.nation.provinces]
    works, lives = (np.zeros_like(nation.moved) for _ in range(2))
    counted: GroupCounts = {}
    for number, reading in read.items():
        works[:, number] += reading.works
        lives += reading.lives
        _add(counted, reading.groups)
    whole = _as_one(nation.scenario, readings)
    series = {name: outcome.daily(whole) for name, outcome in OUTCOMES.items() if outcome.daily is not None}
    outcomes = {}
    together = {name: np.concatenate([reading.samples[name] for reading in readings]) for name in readings[0].samples}
    for name, outcome in OUTCOMES.items():
        if name in together:
            outcomes[name] = float(together[name].mean()) if together[name].size else float("nan")
        elif outcome.final is not None:
            of_each = (reading.replicate.outcomes[name] for reading in readings)
            outcomes[name] = outcome.final(whole) if outcome.kind is Kind.SHARE else sum(of_each, 0.0)
        else:
            outcomes[name] = float(series[name][-1])
    for row, district in enumerate(nation.scenario.region.districts):
        series[f"station_beds_open.{district.name}"] = whole.beds[:, row, 0].astype(np.float64)
        series[f"station_beds_used.{district.name}"] = whole.beds[:, row, 1].astype(np.float64)
    total = Replicate(series, outcomes, measure_groups(counted), {}, {name: values.size for name, values in together.items()})
    flows = Flows(nation.moved, nation.settled, works, lives, nation.refused)
    return total, {names[number]: reading.replicate for number, reading in read.items()}, flows


def _as_one(scenario: Scenario, readings: Sequence[Reading]) -> Whole:
    """Return the markets as one world. Who lives elsewhere than where the search goes lives in another market: so everybody is a resident."""
    stocks, *others = (np.sum([getattr(reading.whole, name) for reading in readings], axis=0) for name in ("stocks", "flows", "services", "beds"))
    table = stocks[:, : ACTIVITIES * PLACES].reshape(-1, ACTIVITIES, PLACES)
    alive = [activity for activity in Activity if activity not in NOWHERE]
    table[:, alive, Place.RESIDENT] += table[:, alive, Place.ELSEWHERE]
    table[:, alive, Place.ELSEWHERE] = 0
    return Whole(scenario, readings[0].whole.rules, stocks, *others)


def _add(counted: GroupCounts, others: GroupCounts) -> None:
    for attribute, groups in others.items():
        for group, counts in groups.items():
            place = counted.setdefault(attribute, {}).setdefault(group, dict.fromkeys(counts, 0))
            for name, number in counts.items():
                place[name] += number
