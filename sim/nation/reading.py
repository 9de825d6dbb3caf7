"""What is read of one market of a nation at its end: small enough to be sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.columns import SomeRows
from sim.nation.rows import Market
from sim.results import GroupCounts, Replicate, count_groups, read_samples, read_world
from sim.scenario import Scenario
from sim.states import Activity, Place


@dataclass(frozen=True)
class Whole:
    """A market, or all of them, as far as outcomes read of a world what is no person's."""

    scenario: Scenario
    rules: Any
    stocks: Any
    flows: Any
    services: Any
    beds: Any


@dataclass(frozen=True)
class Reading:
    """What is read of one market.

    Attributes:
        replicate: What is kept of it.
        samples: Outcome that is a mean over persons → their values.
        groups: People by group, who lives elsewhere counted as a resident.
        works: Who works there, by province of the campus, shape (provinces,).
        lives: Who is in it and has left school, by province of the campus and of residence, shape (studied, lives).
        whole: Its series.
    """

    replicate: Replicate
    samples: dict[str, NDArray[Any]]
    groups: GroupCounts
    works: NDArray[np.int64]
    lives: NDArray[np.int64]
    whole: Whole


def read_market(market: Market) -> Reading:
    """Read everything that is kept of a market: of those people alone who are in it."""
    world = market.world
    if market.room:
        world = replace(world, tables={**world.tables, "people": SomeRows(world.tables["people"], market.rows)})
    samples = read_samples(world)
    works, lives = _count_places(market)
    whole = Whole(world.scenario, world.rules, world.stocks, world.flows, world.services, world.beds)
    return Reading(read_world(world, save_people=False, samples=samples), samples, count_groups(world, everywhere=True), works, lives, whole)


def _count_places(market: Market) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Count where those of each province's campuses work and live who are in a market at the end."""
    people, provinces = market.world.tables["people"], market.world.tables["campuses"].count
    here = market.rows
    campus, activity = people.column("campus"), people.column("activity")
    placed = here & np.isin(activity, (Activity.EMPLOYED, Activity.FOUNDER)) & (people.column("employer") >= 0)
    works = np.bincount(campus[placed], minlength=provinces).astype(np.int64)
    left_school = here & ~np.isin(activity, (Activity.ABSENT, Activity.STUDYING, Activity.AGED_OUT))
    living = np.where(people.column("place") == Place.RESIDENT, market.number, market.lives[: people.count])
    lives = np.zeros((provinces, provinces), np.int64)
    np.add.at(lives, (campus[left_school], living[left_school]), 1)
    return works, lives
