"""What a programme of one province adds there, and what it adds in the country: jobs that it brings from other provinces are none that it makes.

    net for the province = drawn from others + newly at work - gone to others - out of work
    net for the country  = net for the province + net of the other provinces

Everybody is the same person in both worlds, so each row counts persons, and the account closes to zero in every replicate.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.account import Flags
from sim.comparison import KINDS, People, placements
from sim.nation.rows import Market
from sim.participation import COUNTED, participants

JOBS = "jobs"
"""Kind of an account of who has a post."""
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


@dataclass(frozen=True)
class Stands:
    """Where the people of one market are at the end.

    Attributes:
        number: Number of the province.
        person: Number of the person of each row, or less than 0, shape (rows,).
        kinds: Kind of an account → who is there and placed, shape (rows,).
        took_part: Who received a service, and may have gone since, shape (rows,).
    """

    number: int
    person: NDArray[np.int64]
    kinds: dict[str, Flags]
    took_part: Flags


def stands_of(market: Market, days: int) -> Stands:
    """Tell where the people of one market are at the end.

    Args:
        market: The market.
        days: Days of the run.
    """
    table = market.world.tables["people"]
    person, here = market.person[: table.count], market.rows
    people: People = {name: table.column(name) for name in COUNTED}
    kinds = {kind: here & flags for kind, flags in placements(people, days).items()}
    return Stands(market.number, person, kinds, (person >= 0) & participants(people))


def put_together(people: int, found: Iterable[Stands]) -> Placed:
    """Tell where everybody of a nation is at the end, by the person's number.

    Args:
        people: Persons of the nation.
        found: Where the people of each market are.
    """
    kinds = {kind: np.zeros(people, np.bool_) for kind in KINDS}
    works_in = np.full(people, NOWHERE, np.int8)
    took_part = np.zeros(people, np.bool_)
    for market in found:
        took_part[market.person[market.took_part]] = True
        for kind, flags in market.kinds.items():
            kinds[kind][market.person[flags]] = True
        works_in[market.person[market.kinds[JOBS]]] = market.number
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

