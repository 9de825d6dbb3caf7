"""Rows of a market for people of other markets, and who stands in which row.

A market's people stand in front, the classes that enter later behind, and between them is room for who comes from another market. A row belongs to
one person for good: who comes again finds the own row. Which row somebody takes follows from the person's number, not from who came before, so that
the same person meets the same luck in every world (`find_row`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.compiled import NEVER, Integers, Rows
from sim.nation.geography import arriving
from sim.rules.agenda import FAR
from sim.rules.youth import OUT
from sim.scenario import Scenario
from sim.states import PLACES, Activity, Place, Preparation
from sim.world import World

NOBODY = -1
"""Number of nobody: a row that nobody has taken yet."""
GONE_CELL = int(Activity.AGED_OUT) * PLACES + int(Place.ELSEWHERE)
"""Entry of the table by activity and place of who is not in a market."""


LEAST_ROOM, DEVIATIONS = 8, 4
"""Rows for others that a market has at least, were `room` one, and standard deviations of a count that it has beyond who is expected."""


def rooms_of(scenario: Scenario, people: int) -> NDArray[np.int64]:
    """Return the rows for people of other markets that each province's market has, shape (provinces,): none where nobody moves.

    Args:
        scenario: The nation.
        people: Persons of the nation, with the classes that enter.
    """
    nation = scenario.region.nation
    if not nation.migration or len(nation.lived) == 1:
        return np.zeros(len(nation.provinces), np.int64)
    expected = arriving(scenario, people)
    found: NDArray[np.int64] = np.ceil(nation.room * (expected + DEVIATIONS * np.sqrt(expected) + LEAST_ROOM)).astype(np.int64)
    return found


@dataclass
class Market:
    """One market of a nation.

    Attributes:
        name: Name of the province.
        number: Its number among the provinces of the nation.
        world: Its world.
        first: First row for people of other markets.
        room: Rows for them.
        person: Number of the person in each row, shape (rows,); `NOBODY` in one that nobody has taken. Numbers are the nation's.
        present: Whether the person is in this market now, shape (rows,), int8.
        lives: Province in which the person lives, shape (rows,), int8.
        home: Province in which the person grew up, as far as is known, shape (rows,), int8.
        known: Services of each market with a programme that the person knows of while in another one, bit sets, shape (programmes, rows), uint32.
        programme: Which of the markets with a programme it is; NEVER: it has none.
    """

    name: str
    number: int
    world: World
    first: int
    room: int
    person: NDArray[np.int64]
    present: Integers
    lives: Integers
    home: Integers
    known: Integers
    programme: int

    @property
    def rows(self) -> Any:  # noqa: ANN401
        """Rows of the persons who are in this market now, those of classes included that have entered, as a boolean array."""
        count = self.world.tables["people"].count
        return self.present[:count] == 1


@dataclass(frozen=True)
class Persons:
    """Some persons of one market as others are told of them: copies, since no market reads the tables of another, which may be in another process.

    Attributes:
        who: Number of each, shape (persons,).
        rows: Row of each, shape (persons,).
        lives: Province in which each lives, shape (persons,).
        home: Province in which each grew up, shape (persons,).
        known: Services of each market with a programme that each knows of, shape (persons, programmes).
        usual: Usual entry pay of the own tier in the market where each is, shape (persons,).
        how: How each comes, where they do, shape (persons,).
    """

    who: NDArray[np.int64]
    rows: Rows
    lives: NDArray[np.int8]
    home: NDArray[np.int8]
    known: NDArray[np.uint32]
    usual: NDArray[np.float64]
    how: NDArray[np.int64]

    def only(self, chosen: slice | NDArray[np.int64]) -> Persons:
        """Return some of them."""
        return Persons(*(getattr(self, one.name)[chosen] for one in fields(self)))


def joined(persons: Sequence[Persons]) -> Persons:
    """Return persons of several markets, one after the other."""
    return Persons(*(_together([getattr(some, one.name) for some in persons]) for one in fields(Persons)))


def _together(arrays: Sequence[NDArray[Any]]) -> NDArray[Any]:
    """Join arrays; rows as so many bytes each, for of records NumPy would ask how every field is copied, which takes longer than copying."""
    kind = arrays[0].dtype
    if kind.names is None:
        return np.concatenate(arrays)
    return np.concatenate([array.view(f"V{kind.itemsize}") for array in arrays]).view(kind)


def tell_of(market: Market, identities: NDArray[np.int64], how: NDArray[np.int64]) -> Persons:
    """Return what others are told of some persons of a market.

    Args:
        market: The market.
        identities: Their rows.
        how: How each comes, where they do.
    """
    region = market.world.scenario.region
    rows = np.asarray(market.world.tables["people"].rows)[identities]
    known = np.ascontiguousarray(market.known[:, identities].T)
    if market.programme >= 0:
        known[:, market.programme] = rows["aware"]
    usual = np.array([region.wage_vocational, region.wage_bachelor, region.wage_master])[rows["education"]]
    return Persons(market.person[identities], rows, market.lives[identities], market.home[identities], known, usual, how)


def settle_in(
    name: str, number: int, world: World, first_person: int, room: int, province_of: Callable[[NDArray[Any]], NDArray[np.int8]], programmes: int,
    programme: int = NEVER,
) -> Market:  # fmt: skip
    """Make room in a world of the first morning for people of other markets, and number its own.

    Args:
        name: Name of the province.
        number: Its number.
        world: Its world; nobody has lived a day in it.
        first_person: Number of its first person; those of its later classes follow.
        room: Rows to make room for.
        province_of: Column of campuses → province of each campus.
        programmes: Markets that have a programme.
        programme: Which of them it is; NEVER: it has none.
    """
    people, first = world.tables["people"], world.scenario.population.graduates
    classes = people.capacity - first
    world.begin_agenda()
    if room:
        _insert(world, first, room)
    rows = people.rows
    person = np.full(people.capacity, NOBODY, np.int64)
    person[:first] = first_person + np.arange(first)
    person[first + room :] = first_person + first + np.arange(classes)
    present = np.ones(people.capacity, np.int8)
    present[first : first + room] = 0
    home = np.where(rows["from_elsewhere"] == 1, province_of(rows["campus"]), number).astype(np.int8)
    away = rows["place"] == Place.ELSEWHERE
    away[first + room :] = world.tables["campuses"].rows["outside"][rows["campus"][first + room :]] == 1
    lives = np.where(away, province_of(rows["campus"]), number).astype(np.int8)
    known = np.zeros((programmes, people.capacity), np.uint32)
    return Market(name, number, world, first, room, person, present, lives, home, known, programme)


def _insert(world: World, first: int, room: int) -> None:
    """Put empty rows between the people of the first morning and the classes that enter later."""
    people = world.tables["people"]
    capacity, peers = people.capacity, world.scenario.behaviour.peers
    empty = people.rows[:0].dtype
    people.reserve(capacity + room)
    rows = people.rows
    blank = np.asarray(rows[capacity : capacity + 1]).copy().view(empty)
    rows[first + room :] = rows[first:capacity].copy()
    blank["activity"], blank["place"], blank["from_elsewhere"] = Activity.AGED_OUT, Place.ELSEWHERE, 1
    blank["preparing"], blank["graduation_day"] = Preparation.ADMITTED, NEVER
    rows[first : first + room] = blank
    people.count = first + room
    world.members[world.members >= first] += room
    drawn = world.peers.reshape(-1, peers)
    drawn[drawn >= first] += room
    world.peers = np.concatenate([drawn[:first], np.zeros((room, peers), drawn.dtype), drawn[first:]]).reshape(-1)
    world.begin_agenda()
    world.counted["cell"][first : first + room] = GONE_CELL
    world.workplaces[first : first + room] = OUT
    world.planned[first : first + room] = FAR
