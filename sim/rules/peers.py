"""What peers tell each other: pay, how offers come, posts where they work, and services that they know."""

from __future__ import annotations

from sim.calendar import MONTH_DAYS
from sim.compiled import compiled
from sim.rules.beliefs import hear_of_offers, hear_of_pay
from sim.rules.scoring import peer_of
from sim.states import Activity
from sim.tables import Tables


@compiled
def hear_from_peer(world: Tables, day: int, identity: int) -> None:
    """Hear once a month from a peer: the pay where the peer has found work of late, if at the same tier, and how offers come to the peer."""
    behaviour = world.rules.behaviour
    person = world.people[identity]
    other = peer_of(world, identity, day // MONTH_DAYS % behaviour.peers)
    if (other - identity) % MONTH_DAYS == 0:  # hears news of others today: what is told would hang on who comes first
        return
    peer = world.people[other]
    if peer.activity == Activity.EMPLOYED and peer.education == person.education and day - peer.job_start_day <= behaviour.peer_news_days:
        hear_of_pay(world, person, float(peer.wage), behaviour.peer_news)
    hear_of_offers(world, person, peer.offer_belief, behaviour.peer_news)
