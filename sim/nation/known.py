"""What people in other markets know of the services of one market: some from the start, others by talk, and it fades.

Who is in a market keeps what is known of its own services in the person's row (`aware`); of those of another market with a programme, in
`Market.known`. Both go with the person (`sim/nation/arriving.py`). The same talk within one market is in `sim/phases/awareness.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.calendar import MONTH_DAYS
from sim.compiled import Integers, Row, Rows, compiled, entry
from sim.draws import Decision, uniform
from sim.meetings import has_used
from sim.phases.awareness import chance_of_talk
from sim.rules.peers import peer_of_month
from sim.rules.services import LEVERS_A_KEY, is_to_be_known, knows
from sim.rules.youth import first_of_day, was_young
from sim.scenario import Scenario
from sim.tables import Tables
from sim.world import World

_ONE = np.uint32(1)


def shares_at_first(scenario: Scenario, relative: float) -> NDArray[np.float64]:
    """Return the share of people in other markets who know of each service of a market at the start, shape (levers,).

    Args:
        scenario: That market's.
        relative: People of other markets who know, relative to those of the market.
    """
    levers = scenario.policy.levers.values()
    return np.array([relative * getattr(lever, "initial_awareness", 0.0) * scenario.is_offered(lever) for lever in levers])


CLASSMATES = np.dtype([("share", "f8"), ("first", "i8"), ("members", "i8")])
"""Of the people of a campus, who were in one market on the first morning: their share, the first of them in that market's list of members
(`Tables.members`), and their number."""
HEARD = np.dtype([("knows", "u4"), ("used", "u4")])
"""Services of its market that an entry of a list of members knows, and those of them that it has used: bit sets."""


@dataclass(frozen=True)
class News:
    """What people of a market know of its services, for those of other markets who talk with them.

    Attributes:
        offered: Services that are on offer and have to be known, bit set.
        entries: What each entry of the list of members knows: `HEARD`, shape (entries,).
    """

    offered: int
    entries: Rows


def classmates_in(world: World) -> Rows:
    """Return who of each campus was in a market on the first morning: `CLASSMATES`, shape (campuses,), but for their share."""
    campuses = world.tables["campuses"]
    found = np.zeros(campuses.count, CLASSMATES).view(np.recarray)
    found["first"], found["members"] = campuses.column("first_member"), campuses.column("first_members")
    return found


def with_shares(classmates: Mapping[int, Rows], number: int) -> Rows:
    """Return who of each campus was in one market, with their share of all.

    Args:
        classmates: Of each market, by its number.
        number: Which of them.
    """
    everywhere = np.sum([one["members"] for one in classmates.values()], axis=0, dtype=np.float64)
    found = classmates[number].copy()
    found["share"] = found["members"] / np.maximum(1.0, everywhere)
    return found


def news_of(world: World) -> News:
    """Return what people of a market know of its services."""
    entries = np.zeros(world.members.size, HEARD).view(np.recarray)
    return News(int(list_news(world.together, entries)), entries)


@entry
def list_news(world: Tables, entries: Rows) -> int:
    """List which services the people of a market know and have used, by the list of members of campuses.

    Args:
        world: The world of the market.
        entries: Receives what each entry knows that is on offer and open to the person, and has used of that: `HEARD`, shape (entries,).

    Returns:
        Services that are on offer and have to be known, bit set.
    """
    for campus in range(world.campuses.size):
        first = world.campuses[campus].first_member
        for place in range(first, first + world.campuses[campus].first_members):
            row = world.members[place]
            person = world.people[row]
            if person.aware == 0 or not was_young(world, row):
                continue
            for lever in range(world.services.size):
                if knows(world, person, lever):
                    entries[place].knows = entries[place].knows | (_ONE << np.uint32(lever))
                    if has_used(person, lever):
                        entries[place].used = entries[place].used | (_ONE << np.uint32(lever))
    offered = 0
    for lever in range(world.services.size):
        if is_to_be_known(world, lever):
            offered |= 1 << lever
    return offered


@entry
def know_at_first(world: Tables, number: int, shares: Rows, known: Integers) -> None:
    """Let people of a market know of services of another one at the start.

    Args:
        world: The world of the market in which they are.
        number: Number of the other market.
        shares: Share that knows of each service, shape (levers,).
        known: What is known of its services, bit sets, shape (rows,); written.
    """
    for lever in range(shares.size):
        if shares[lever] > 0.0:
            for identity in range(known.size):
                if uniform(world, Decision.KNOWN_ELSEWHERE, 0, identity, number * LEVERS_A_KEY + lever) < shares[lever]:
                    known[identity] = known[identity] | (_ONE << np.uint32(lever))


@entry
def spread_news(world: Tables, day: int, number: int, classmates: Rows, entries: Rows, offered: int, known: Integers) -> None:
    """Talk of the services of another market, once a month on the own day: with a peer, and with somebody of the own campus, wherever that one is.

    Args:
        world: The world of the market in which people are.
        day: The day.
        number: Number of the market with the programme.
        classmates: Who of each campus is there: `CLASSMATES`, shape (campuses,).
        entries: What they know: `HEARD`, shape (entries,).
        offered: Services there that are on offer and have to be known, bit set.
        known: What is known of its services, bit sets, shape (rows,); written.
    """
    key = (number + 1) * LEVERS_A_KEY
    for identity in range(first_of_day(world, day), world.rows_in_use.people, MONTH_DAYS):
        if was_young(world, identity):
            if known[identity] != 0:
                _tell_peer(world, day, identity, offered, key, known)
            there = classmates[world.people[identity].campus]
            draw = uniform(world, Decision.CLASSMATE_ELSEWHERE, day, identity, number)
            if draw < there.share:
                told = entries[there.first + int(draw / there.share * there.members)]
                _hear_from_there(world, day, identity, told, key, known)


@compiled
def _tell_peer(world: Tables, day: int, identity: int, offered: int, key: int, known: Integers) -> None:
    """Tell the peer of the month of each service that is known, and forget some."""
    peer = peer_of_month(world, day, identity)
    listens = was_young(world, peer)
    for lever in range(world.services.size):
        bit = _ONE << np.uint32(lever)
        if known[identity] & bit == 0 or offered >> lever & 1 == 0:
            continue
        if listens and uniform(world, Decision.TALK, day, identity, key + lever) < world.rules.behaviour.talk_recall:
            known[peer] = known[peer] | bit
        if uniform(world, Decision.FORGET, day, identity, key + lever) < world.rules.behaviour.forget_per_month:
            known[identity] = known[identity] & ~bit


@compiled
def _hear_from_there(world: Tables, day: int, identity: int, told: Row, key: int, known: Integers) -> None:
    """Talk with somebody of the own campus, who is in the market with the programme, and may know of its services, or have used them."""
    for lever in range(world.services.size):
        bit = _ONE << np.uint32(lever)
        if told.knows & bit == 0:
            continue
        if uniform(world, Decision.CLASSMATE_ELSEWHERE, day, identity, key + lever) < chance_of_talk(world, told.used & bit != 0):
            known[identity] = known[identity] | bit
