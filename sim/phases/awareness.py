"""Phase 2, awareness: outreach and peers spread knowledge of services; it fades."""

from __future__ import annotations

from sim.calendar import MONTH_DAYS
from sim.compiled import compiled
from sim.draws import Decision, uniform
from sim.levers.outreach import spread_word
from sim.rules.scoring import peer_of
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
        person = world.people[identity]
        if person.aware == 0 or not was_young(world, identity):
            continue
        peer_index = day // MONTH_DAYS % world.rules.behaviour.peers
        number = peer_of(world, identity, peer_index)
        peer = world.people[number]
        listens = was_young(world, number)
        for lever in range(world.services.size):
            if not knows(world, person, lever):
                continue
            if listens and uniform(world, Decision.TALK, day, identity, lever) < world.rules.behaviour.talk_recall:
                learn(peer, lever)
            if uniform(world, Decision.FORGET, day, identity, lever) < world.rules.behaviour.forget_per_month:
                forget(person, lever)
