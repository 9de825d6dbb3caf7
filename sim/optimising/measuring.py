"""What is counted in the world of a mix: placements by the account, money spent by each lever, capital."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.capital import CAPITAL, capital_of
from sim.comparison import KINDS, placements
from sim.outcomes import OUTCOMES
from sim.participation import COUNTED
from sim.results import GROUPS
from sim.scenario import Scenario
from sim.world import World, make_world

GROUPED = ("jobs", "stays_6m")
"""Kinds of placements that are also counted by group."""
SPENDING, UNITS = "spending", "units"


def names_of(levers: Sequence[str], per: str | None = None) -> tuple[str, ...]:
    """Return the names of what is counted.

    Args:
        levers: Levers whose spending, and units of service given, are counted.
        per: Attribute by whose groups placements are counted, too.
    """
    grouped = [f"{kind}.{group}" for group in (GROUPS[per] if per else ()) for kind in GROUPED]
    of_levers = [f"{what}.{lever}" for lever in levers for what in (SPENDING, UNITS)]
    return (*KINDS, SPENDING, *CAPITAL, *of_levers, *grouped)


def measured(scenario: Scenario, seed: int, number: int, *, levers: Sequence[str], per: str | None = None) -> list[float]:
    """Live one replicate and count.

    Args:
        scenario: The scenario.
        seed: Seed of every draw.
        number: Number of the replicate.
        levers: Levers whose spending is counted.
        per: Attribute by whose groups placements are counted, too.

    Returns:
        A value for each of `names_of`, persons or CNY.
    """
    world = make_world(scenario, seed, number)
    world.advance(0, scenario.days)
    return counted(world, levers, per)


def counted(world: World, levers: Sequence[str], per: str | None) -> list[float]:
    """Count at the end of a world (see `measured`)."""
    table, services = world.tables["people"], world.tables["services"]
    placed = placements({name: table.column(name) for name in COUNTED}, world.scenario.days)
    order = list(world.scenario.policy.levers)
    found = [float(placed[kind].sum()) for kind in KINDS]
    found += [OUTCOMES[SPENDING].at_end(world), *map(float, capital_of(world).values())]
    for lever in levers:
        row = order.index(lever)
        found += [float(services.column("spent")[row]), float(services.column(UNITS)[row])]
    for column, value in GROUPS[per].values() if per else ():
        member = np.asarray(table.column(column)) == value
        found += [float((placed[kind] & member).sum()) for kind in GROUPED]
    return found
