"""What a programme of one province adds there, and what it adds in the country: jobs that it brings from other provinces are none that it makes.

    net for the province = drawn from others + newly at work - gone to others - out of work
    net for the country  = net for the province + net of the other provinces

Everybody is the same person in both worlds, so each row counts persons, and the account closes to zero in every replicate.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.account import Flags
from sim.comparison import KINDS, People, placements
from sim.nation.living import NationWorld
from sim.participation import COUNTED, participants

NOWHERE = -1
"""Where somebody works who has no post in any market."""
ROWS = ("drawn", "newly_at_work", "gone", "out_of_work", "net_province", "net_elsewhere", "net_country", "residual")
"""Rows of the account of places, in order."""
Places = NDArray[np.int8]


@dataclass(frozen=True)
class Placed:
    """Where everybody of a nation is at the end.

    Attributes:
        kinds: Kind of an account → who is placed, shape (people,).
        works_in: Number of the province of the post that a person has, or `NOWHERE`, shape (people,).
        took_part: Who received a service in any market, shape (people,).
    """

    kinds: dict[str, Flags]
    works_in: Places
    took_part: Flags


def placed_in(nation: NationWorld) -> Placed:
    """Tell where everybody of a nation is at the end, by the person's number."""
    kinds = {kind: np.zeros(nation.people, np.bool_) for kind in KINDS}
    works_in = np.full(nation.people, NOWHERE, np.int8)
    took_part = np.zeros(nation.people, np.bool_)
    for market in nation.markets:
        table = market.world.tables["people"]
        person, here = market.person[: table.count], market.rows
        people: People = {name: table.column(name) for name in COUNTED}
        known = person >= 0
        took_part[person[known & participants(people)]] = True  # who received a service and has gone since, too
        for kind, flags in placements(people, nation.scenario.days).items():
            kinds[kind][person[here & flags]] = True
            if kind == "jobs":
                works_in[person[here & flags]] = market.number
    return Placed(kinds, works_in, took_part)


def account_of_places(without: Places, given: Places, province: int) -> dict[str, int]:
    """Count the account of places of a province.

    Args:
        without: Where everybody works in the world without the programme, shape (people,).
        given: Where the same people work in the world with it.
        province: Number of the province that has the programme.

    Returns:
        Row → persons.
    """
    was, now = without == province, given == province
    drawn, newly = int((now & ~was & (without != NOWHERE)).sum()), int((now & (without == NOWHERE)).sum())
    gone, out = int((was & ~now & (given != NOWHERE)).sum()), int((was & (given == NOWHERE)).sum())
    here = drawn + newly - gone - out
    elsewhere = int((~now & (given != NOWHERE)).sum()) - int((~was & (without != NOWHERE)).sum())
    country = int((given != NOWHERE).sum()) - int((without != NOWHERE).sum())
    found = (drawn, newly, gone, out, here, elsewhere, here + elsewhere, here + elsewhere - country)
    return dict(zip(ROWS, found, strict=True))


def net_of_each(without: Places, given: Places, provinces: int) -> NDArray[np.int64]:
    """Return how many more people work in each province, shape (provinces,)."""
    more: NDArray[np.int64] = np.bincount(given[given >= 0], minlength=provinces) - np.bincount(without[without >= 0], minlength=provinces)
    return more

