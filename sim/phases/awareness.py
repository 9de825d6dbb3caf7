"""Phase 2, awareness: outreach and peers spread knowledge of services; it fades."""

from __future__ import annotations

from sim.calendar import MONTH_DAYS
from sim.compiled import Row, compiled
from sim.draws import Decision, uniform
from sim.fetching import AHEAD, LINES_OF_A_TALK, fetch, fetch_person
from sim.levers.outreach import spread_word
from sim.meetings import has_used
from sim.rules.peers import peer_of_month
from sim.rules.services import forget, is_to_be_known, knows, learn
from sim.rules.youth import first_of_day, was_young
from sim.tables import Tables


@compiled
def spread_knowledge(world: Tables, day: int) -> None:
    """Make the day's contacts; and once a month, on a day of one's own, each person talks to a peer and may forget a service."""
    any_service = False
    for lever in range(world.services.size):
        any_service = any_service or is_to_be_known(world, lever)
    spread_word(world, day)
    if not any_service:
        return
    for identity in range(first_of_day(world, day), world.rows_in_use.people, MONTH_DAYS):
        _fetch_ahead(world, day, identity)
        person = world.people[identity]
        if person.aware == 0 or not was_young(world, identity):
            continue
        number = peer_of_month(world, day, identity)
        peer = world.people[number]
        listens = was_young(world, number)
        for lever in range(world.services.size):
            if not knows(world, person, lever):
                continue
            if listens and uniform(world, Decision.TALK, day, identity, lever) < chance_told(world, person, lever):
                learn(peer, lever)
            if uniform(world, Decision.FORGET, day, identity, lever) < world.rules.behaviour.forget_per_month:
                forget(person, lever)


@compiled
def chance_told(world: Tables, person: Row, lever: int) -> float:
    """Return the chance that a talk passes on a service that the person knows: who has used it talks of it as often as several who only know it."""
    return chance_of_talk(world, has_used(person, lever))


@compiled
def chance_of_talk(world: Tables, is_user: bool) -> float:
    """Return the chance that a talk passes on a service that somebody knows, or has used."""
    recall = float(world.rules.behaviour.talk_recall)
    if not is_user:
        return recall
    return 1.0 - (1.0 - recall) ** world.rules.behaviour.talk_of_users


@compiled
def _fetch_ahead(world: Tables, day: int, identity: int) -> None:
    """Ask for the rows of somebody whose turn comes later, and of the peer of somebody whose turn comes soon."""
    last = world.rows_in_use.people - 1
    fetch_person(world, identity + AHEAD * MONTH_DAYS, LINES_OF_A_TALK)
    soon = min(identity + MONTH_DAYS, last)
    if world.people[soon].aware != 0:
        fetch(world.people, peer_of_month(world, day, soon), 0)
