"""Paired comparison: variants of a scenario beside a baseline, with the same people and the same luck."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.account import HALF_YEAR, ROWS, YEAR, make_account, runs_a_firm, stays_here, works_here
from sim.model import YouthEmploymentModel
from sim.participation import participants
from sim.results import Replicate, Results, read_world
from sim.scenario import Policy, Scenario
from sim.simulation import Live, Progress, run_in_parallel, warm_up
from sim.statistics import DifferenceInterval, RatioInterval, paired_difference, ratio_interval

Values = NDArray[np.float64]
Accounts = dict[str, dict[str, int]]

KINDS = ("jobs", "stays_6m", "stays_12m", "businesses")
"""What is accounted for: work in the region at the end, newcomers who stayed 6 or 12 months, firms run at the end."""
_COUNTED = ("activity", "employer", "resident_since", "from_elsewhere", "place", "left_day")


class NotComparableError(ValueError):
    """Two scenarios that do not share people, place or time."""


@dataclass(frozen=True)
class Variant:
    """One variant beside the baseline.

    Attributes:
        results: Its results, replicate by replicate paired with the baseline's.
        accounts: Kind → row → persons in each replicate, shape (replicates,).
    """

    results: Results
    accounts: dict[str, dict[str, Values]]


@dataclass(frozen=True)
class Comparison:
    """A baseline and its variants.

    Attributes:
        baseline: Results of the baseline.
        variants: Name → variant.
    """

    baseline: Results
    variants: dict[str, Variant] = field(default_factory=dict)

    def difference(self, name: str, outcome: str) -> DifferenceInterval:
        """Return the paired difference of an outcome, variant minus baseline, with its 95 % interval."""
        return paired_difference(self.variants[name].results.outcomes[outcome], self.baseline.outcomes[outcome])

    def cost_per(self, name: str, kind: str = "jobs") -> RatioInterval:
        """Return additional spending over net additional jobs (stays, businesses), with Fieller's interval."""
        variant = self.variants[name]
        spending = variant.results.outcomes["spending"] - self.baseline.outcomes["spending"]
        return ratio_interval(spending, variant.accounts[kind]["net_additional_jobs"])

    def variance_ratio(self, name: str, outcome: str) -> float:
        """Return how many times the variance of an unpaired difference is that of the paired one; infinite where every pair differs by the same."""
        given, without = self.variants[name].results.outcomes[outcome], self.baseline.outcomes[outcome]
        paired = float(np.var(given - without, ddof=1))
        unpaired = float(np.var(given, ddof=1) + np.var(without, ddof=1))
        return unpaired / paired if paired > 0 else float("inf")


def without_programme(scenario: Scenario) -> Scenario:
    """Return the same people, place and time with no lever."""
    return scenario.model_copy(
        update={"programme": "none", "title": "No programme", "title_zh": "无项目", "document": "", "policy": Policy(), "reported": ()}
    )


def compare(
    baseline: Scenario, variants: Mapping[str, Scenario], replicates: int = 20, seed: int = 1, workers: int | None = None,
    progress: Progress | None = None,
) -> Comparison:  # fmt: skip
    """Run a baseline and its variants on paired worlds.

    Args:
        baseline: What the variants are compared with, usually `without_programme`.
        variants: Name → scenario; each with the people, region, start and days of the baseline.
        replicates: Pairs, at least 1.
        seed: Seed of every draw.
        workers: Replicates that run at a time; None: one a core.
        progress: Called now and then with the days simulated since the last call, over all worlds.

    Returns:
        The comparison, the same to the last bit for any number of workers.

    Raises:
        NotComparableError: A variant with other people, another region, start or length.
        ValueError: No replicates, no workers, no variants, or a seed out of range.
    """
    if not variants:
        message = "nothing to compare: give at least one variant"
        raise ValueError(message)
    for name, scenario in variants.items():
        for part in ("region", "population", "start", "days"):
            if getattr(scenario, part) != getattr(baseline, part):
                message = f"variant {name} has another {part} than the baseline; paired worlds need the same people, place and time"
                raise NotComparableError(message)
    warm_up(baseline)
    scenarios = [baseline, *variants.values()]

    runs = run_in_parallel(lambda number, live: _run_pair(scenarios, seed, number, live), replicates, workers, progress)
    made = [
        Results(scenario, seed, replicates, tuple(replicate[place][0] for replicate in runs)) for place, scenario in enumerate(scenarios)
    ]
    found = {}
    for place, name in enumerate(variants, start=1):
        accounts = {
            kind: {row: np.array([replicate[place][1][kind][row] for replicate in runs], np.float64) for row in ROWS} for kind in KINDS
        }
        found[name] = Variant(made[place], accounts)
    return Comparison(made[0], found)


def _run_pair(scenarios: list[Scenario], seed: int, number: int, live: Live) -> list[tuple[Replicate, Accounts]]:
    """Run one replicate of every scenario and count the accounts while the people are at hand."""
    found: list[tuple[Replicate, Accounts]] = []
    without: dict[str, NDArray[Any]] = {}
    for scenario in scenarios:
        world = YouthEmploymentModel(scenario, rng=seed, replicate=number).world
        live(world)
        table = world.tables["people"]
        people = {column.name: table.column(column.name) for column in table.columns}
        if not found:
            without = {name: people[name].copy() for name in _COUNTED}
        found.append((read_world(world, save_people=False), account_for(without, people, scenario.days)))
    return found


def account_for(without: Mapping[str, NDArray[Any]], given: Mapping[str, NDArray[Any]], days: int) -> Accounts:
    """Count every account of two worlds.

    Args:
        without: Column → values of the people in the world without the programme, shape (people,).
        given: The same people in the world with it.
        days: Length of the run in days.

    Returns:
        Kind → row → persons.
    """
    took_part = participants(given)
    placed = {
        "jobs": (works_here(without), works_here(given)),
        "stays_6m": (stays_here(without, days, HALF_YEAR), stays_here(given, days, HALF_YEAR)),
        "stays_12m": (stays_here(without, days, YEAR), stays_here(given, days, YEAR)),
        "businesses": (runs_a_firm(without), runs_a_firm(given)),
    }
    return {kind: make_account(before, after, took_part) for kind, (before, after) in placed.items()}
