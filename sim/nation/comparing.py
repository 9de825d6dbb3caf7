"""Paired comparison of nations: what a programme of one province adds there and in the country."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim.compared import Comparison
from sim.comparison import Arm, check_comparable, count_accounts, gather
from sim.nation.account import ROWS, Placed, account_of_places, net_of_each
from sim.nation.hosting import Here, Hosts
from sim.nation.markets import scenarios_of
from sim.nation.results import Flows, NationResults, gather_nation, live_nation, read_nation
from sim.results import Replicate
from sim.scenario import Scenario
from sim.simulation import Progress, check_count, check_numbers

Values = NDArray[np.float64]


@dataclass(frozen=True)
class NationComparison:
    """A baseline and its variants, of a nation.

    Attributes:
        total: The comparison of the nation, as of any one market: everybody who works, wherever.
        nations: Name of the baseline (empty) or of a variant → results of the nation and of each market.
        places: Variant → row of the account of places → persons in each replicate, shape (replicates,); empty where all provinces have the programme.
        provinces: Variant → how many more people work in each province, shape (replicates, provinces).
    """

    total: Comparison
    nations: dict[str, NationResults]
    places: dict[str, dict[str, Values]] = field(default_factory=dict)
    provinces: dict[str, Values] = field(default_factory=dict)


def compare_nation(
    baseline: Scenario, variants: Mapping[str, Scenario], replicates: int = 20, seed: int = 1, workers: int | None = None,
    progress: Progress | None = None, hosts: Hosts | None = None,
) -> NationComparison:  # fmt: skip
    """Run a baseline and its variants on paired worlds of a nation, one world after the other; the markets of each live side by side.

    Args:
        baseline: What the variants are compared with, usually `sim.comparison.without_programme`.
        variants: Name → scenario; each with the nation, the people, the start and the days of the baseline.
        replicates: Pairs, at least 1.
        seed: Seed of every draw.
        workers: Threads of this process; None: one a core.
        progress: Called now and then with the days simulated since the last call, over all worlds.
        hosts: The processes that keep the markets; None: this one.

    Returns:
        The comparison, the same to the last bit for any number of threads and processes.

    Raises:
        NotComparableError: A variant with other people, another region, start or length.
        ConfigurationError: A programme, and nothing says where.
        ValueError: No replicates, no workers, no variants, or a seed out of range.
        KeyboardInterrupt: Interrupted; nothing is kept.
    """
    check_comparable(baseline, variants)
    check_count("replicates", replicates)
    check_numbers(seed=seed, workers=1 if workers is None else workers)
    scenarios = {"": baseline, **variants}
    of_markets = {name: scenarios_of(scenario) for name, scenario in scenarios.items()}
    runs: list[list[Arm]] = []
    read: dict[str, list[tuple[Replicate, dict[str, Replicate], Flows]]] = {name: [] for name in scenarios}
    names = [province.name for province in baseline.region.nation.provinces]
    city = baseline.region.nation.policy_in
    places: dict[str, list[dict[str, int]]] = {name: [] for name in variants if city in names}
    provinces: dict[str, list[NDArray[np.int64]]] = {name: [] for name in variants}
    kept: Hosts = hosts or Here(workers)
    for number in range(replicates):
        arms = []
        without: Placed | None = None
        for name, scenario in scenarios.items():
            nation = live_nation(scenario, seed, number, kept, progress)
            found, given = read_nation(nation), nation.place()
            without = without or given
            accounts, _ = count_accounts(without.kinds, given.kinds, without.took_part | given.took_part)
            arms.append(Arm(found[0], accounts, nation.count_capital(), {}))
            read[name].append(found)
            if name in provinces:
                provinces[name].append(net_of_each(without.works_in, given.works_in, len(names)))
            if name in places:
                places[name].append(account_of_places(without.works_in, given.works_in, names.index(city)))
        runs.append(arms)
    return NationComparison(
        gather(scenarios, seed, runs, save_people=False),
        {name: gather_nation(scenario, of_markets[name], seed, read[name]) for name, scenario in scenarios.items()},
        {name: {row: np.array([one[row] for one in found], np.float64) for row in ROWS} for name, found in places.items()},
        {name: np.array(found, np.float64) for name, found in provinces.items()},
    )  # fmt: skip
