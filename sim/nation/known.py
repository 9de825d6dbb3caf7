"""What people in other markets know of the services of one market: some from the start, others by talk, and it fades.

Who is in a market keeps what is known of its own services in the person's row (`aware`); of those of another market with a programme, in
`Market.known`. Both go with the person (`sim/nation/arriving.py`). The same talk within one market is in `sim/phases/awareness.py`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.calendar import MONTH_DAYS
from sim.compiled import Integers, Rows, compiled, entry
from sim.draws import Decision, uniform
from sim.phases.awareness import chance_told
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


def classmates_in(worlds: list[World], number: int) -> NDArray[np.float64]:
    """Return which share of the people of each campus was in one market on the first morning, shape (campuses,).

    Args:
        worlds: Those of all markets.
        number: Which of them.
    """
    members = np.array([world.tables["campuses"].column("first_members") for world in worlds], np.float64)
    shares: NDArray[np.float64] = members[number] / np.maximum(1.0, members.sum(axis=0))
    return shares


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
def spread_news(world: Tables, day: int, days: int, there: Tables, number: int, classmates: Rows, known: Integers) -> None:
    """Talk once a month of the services of another market: with a peer in the own one, and with somebody of the own campus, wherever that one is.

    Args:
        world: The world of the market in which people are.
        day: Today.
        days: Days until the next exchange.
        there: The world of the market with the programme.
        number: Its number.
        classmates: Share of the people of each campus who are there, shape (campuses,).
        known: What is known of its services, bit sets, shape (rows,); written.
    """
    for ahead in range(days):
        for identity in range(first_of_day(world, day + ahead), world.rows_in_use.people, MONTH_DAYS):
            if was_young(world, identity):
                if known[identity] != 0:
                    _tell_peer(world, day + ahead, identity, there, (number + 1) * LEVERS_A_KEY, known)
                _hear_from_there(world, day + ahead, identity, there, number, classmates, known)


@compiled
def _tell_peer(world: Tables, day: int, identity: int, there: Tables, key: int, known: Integers) -> None:
    """Tell the peer of the month of each service that is known, and forget some."""
    peer = peer_of_month(world, day, identity)
    listens = was_young(world, peer)
    for lever in range(there.services.size):
        bit = _ONE << np.uint32(lever)
        if known[identity] & bit == 0 or not is_to_be_known(there, lever):
            continue
        if listens and uniform(world, Decision.TALK, day, identity, key + lever) < world.rules.behaviour.talk_recall:
            known[peer] = known[peer] | bit
        if uniform(world, Decision.FORGET, day, identity, key + lever) < world.rules.behaviour.forget_per_month:
            known[identity] = known[identity] & ~bit


@compiled
def _hear_from_there(
    world: Tables, day: int, identity: int, there: Tables, number: int, classmates: Rows, known: Integers
) -> None:
    """Talk with somebody of the own campus: one who is in the market with the programme may know of its services, or have used them."""
    campus_row = world.people[identity].campus
    draw = uniform(world, Decision.CLASSMATE_ELSEWHERE, day, identity, number)
    if draw >= classmates[campus_row]:
        return
    campus = there.campuses[campus_row]
    row = there.members[campus.first_member + int(draw / classmates[campus_row] * campus.first_members)]
    if not was_young(there, row):
        return
    friend = there.people[row]
    for lever in range(there.services.size):
        key = (number + 1) * LEVERS_A_KEY + lever
        if knows(there, friend, lever) and uniform(world, Decision.CLASSMATE_ELSEWHERE, day, identity, key) < chance_told(there, friend, lever):
            known[identity] = known[identity] | (_ONE << np.uint32(lever))
