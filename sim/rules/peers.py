"""What peers tell each other: pay, how offers come, and posts where they work. Services that they know: `sim/phases/awareness.py`."""

from __future__ import annotations

from sim.calendar import MONTH_DAYS
from sim.compiled import NEVER, compiled
from sim.draws import Decision, uniform
from sim.rules.applying import submit, works_at
from sim.rules.beliefs import hear_of_offers, hear_of_pay
from sim.rules.expenses import applications_paid_for, pay_for_applications
from sim.rules.paying import worth_of_pay
from sim.rules.scoring import peer_of
from sim.rules.utility import appeal, value_applied_for
from sim.states import Activity, Channel, PostState
from sim.tables import Tables


@compiled
def peer_of_month(world: Tables, day: int, identity: int) -> int:
    """Return the peer with whom a person talks this month."""
    return peer_of(world, identity, day // MONTH_DAYS % world.rules.behaviour.peers)


@compiled
def hear_from_peer(world: Tables, day: int, identity: int) -> None:
    """Hear once a month from a peer how offers come to the peer, and the pay where the peer has found work of late, if at the same tier."""
    behaviour = world.rules.behaviour
    person = world.people[identity]
    other = peer_of_month(world, day, identity)
    if (other - identity) % MONTH_DAYS == 0:  # hears news of others today: what is told would hang on who comes first
        return
    peer = world.people[other]
    hear_of_offers(world, person, peer.offer_belief, behaviour.peer_news)
    if peer.activity == Activity.EMPLOYED and peer.education == person.education and day - peer.job_start_day <= behaviour.peer_news_days:
        hear_of_pay(world, person, float(peer.wage), behaviour.peer_news)


@compiled
def hear_of_posts(world: Tables, day: int, identity: int) -> None:
    """Hear, in some sessions of search, of the open posts where a peer works, and apply for the one that appeals most, referred by the peer."""
    if uniform(world, Decision.PEER_POSTS, day, identity, 0) >= world.rules.behaviour.peer_posts:
        return
    person = world.people[identity]
    peer = peer_of(world, identity, day % world.rules.behaviour.peers)
    employer_row = world.workplaces[peer]
    if employer_row < 0 or world.people[peer].activity != Activity.EMPLOYED or works_at(person, employer_row):
        return
    employer = world.employers[employer_row]
    if employer.open_posts == 0 or applications_paid_for(world, person) == 0:
        return
    wanted = value_applied_for(world, day, identity)
    best, best_worth = NEVER, 0.0
    for slot in range(employer.first_slot, employer.first_slot + employer.slots):
        number = world.slots[slot].post
        post = world.posts[max(0, number)]
        if number >= 0 and post.state == PostState.OPEN and post.education <= person.education:
            worth = appeal(world, identity, worth_of_pay(world, day, person, post), employer_row, wanted)
            if worth > best_worth:
                best, best_worth = number, worth
    if best >= 0 and submit(world, day, identity, best, Channel.REFERRAL):
        pay_for_applications(world, person, 1)
