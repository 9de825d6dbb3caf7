"""Phase 2, awareness: outreach and peers spread knowledge of services; it fades."""

from __future__ import annotations

from sim.compiled import Integers, Row, Rows, compiled
from sim.draws import Decision, uniform
from sim.policies.outreach import spread_word
from sim.rules.scoring import PEERS, peer_of
from sim.rules.services import forget, is_to_be_known, knows, learn

TALK_DAYS = 30


@compiled
def spread_knowledge(
    rules: Row, day: int, people: Rows, campuses: Rows, members: Integers, services: Rows, reach: Integers, tables: Row,
) -> None:  # fmt: skip
    """Make the day's contacts; and once a month, on a day of one's own, each person talks to a peer and may forget a service."""
    any_service = False
    for lever in range(services.size):
        any_service = any_service or is_to_be_known(services, lever)
    spread_word(rules, day, people, tables.people, reach, services)
    if not any_service:
        return
    for identity in range((TALK_DAYS - day % TALK_DAYS) % TALK_DAYS, tables.people, TALK_DAYS):
        person = people[identity]
        if person.aware == 0:
            continue
        peer_index = day // TALK_DAYS % PEERS
        peer = people[peer_of(rules, identity, peer_index, person, campuses, members)]
        for lever in range(services.size):
            if not knows(person, services, lever):
                continue
            if uniform(rules, Decision.TALK, day, identity, lever) < rules.talk_recall:
                learn(peer, lever)
            if uniform(rules, Decision.FORGET, day, identity, lever) < rules.forget_per_month:
                forget(person, lever)
