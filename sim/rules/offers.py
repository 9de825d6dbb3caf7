"""Offers that wait for an answer: who has which in hand, and how they end unless they are taken.

An offer leaves `behaviour.answer_days`, and its post waits for the answer: it stays in the state `OFFERING`, with the person as its `holder`. Whoever
has offers in hand compares them on the day by which the first of them has to be answered (`sim/rules/answering.py`).
"""

from __future__ import annotations

from sim.compiled import NEVER, Row, compiled
from sim.rules.elsewhere import worth_in_hand_elsewhere
from sim.rules.posts import pile_of
from sim.states import Count, PostState, Stage
from sim.tables import Tables


@compiled
def is_offered_to(post: Row, identity: int) -> bool:
    """Tell whether a post waits for the answer of a person."""
    return bool((post.holder == identity) & (post.state == PostState.OFFERING))


@compiled
def place_of_offer(world: Tables, number: int) -> int:
    """Return where the application lies to which the offer of a post has gone."""
    found = NEVER
    for place in pile_of(world, number):
        if world.applications[place].stage == Stage.OFFERED:
            found = place
    return found


@compiled
def worth_in_hand(world: Tables, number: int) -> float:
    """Return what the offer of a post is worth to the person who has it in hand, as weighed when it came, in log yuan a month."""
    return float(world.applications[place_of_offer(world, number)].score)


@compiled
def offers_from_here(person: Row) -> int:
    """Return how many offers of employers of the region a person has in hand."""
    return int(person.offers_in_hand - int(person.outside_offer > 0))


@compiled
def take_in_hand(person: Row, worth: float) -> None:
    """Let a person think an offer over beside those already in hand.

    Args:
        person: The person.
        worth: What it is worth to the person, in log yuan a month.
    """
    person.offer_worth = max(worth, person.offer_worth) if person.offers_in_hand > 0 else worth
    person.offers_in_hand += 1


@compiled
def leave_to_think(world: Tables, day: int, number: int, place: int, worth: float) -> None:
    """Let the applicant at a place on a post's pile think its offer over; until the answer the post is offered to nobody else."""
    post = world.posts[number]
    application = world.applications[place]
    application.stage = Stage.OFFERED
    application.score = worth
    post.holder = application.person
    post.offer_day = world.calendar[day + world.rules.behaviour.answer_days].next_working
    take_in_hand(world.people[application.person], worth)


@compiled
def refuse(world: Tables, day: int, number: int, place: int) -> None:
    """Say no to the offer of a post, which goes to the next candidate on the next office day; the person looks elsewhere from now on."""
    post = world.posts[number]
    application = world.applications[place]
    person = world.people[application.person]
    person.offers_in_hand -= int(application.stage == Stage.OFFERED)
    person.refused_employer = post.employer
    person.offers_refused += 1
    application.stage = Stage.REFUSED
    world.counts[Count.OFFERS_REFUSED] += 1
    post.holder = NEVER
    post.offer_day = world.calendar[day + 1].next_working


@compiled
def refuse_offers_here(world: Tables, day: int, identity: int) -> None:
    """Say no to all offers of employers of the region in hand."""
    if offers_from_here(world.people[identity]) == 0:
        return
    for number in range(world.rows_in_use.first_open_post, world.rows_in_use.posts):
        if is_offered_to(world.posts[number], identity):
            refuse(world, day, number, place_of_offer(world, number))


@compiled
def refuse_offers(world: Tables, day: int, identity: int) -> None:
    """Say no to all offers in hand, from here and from elsewhere."""
    refuse_offers_here(world, day, identity)
    person = world.people[identity]
    person.outside_offer = 0
    person.offers_in_hand = 0


@compiled
def withdraw_offer(world: Tables, number: int) -> None:
    """Take back the offer of a post that leaves the boards, where one waits for an answer: its holder goes by what else is in hand."""
    post = world.posts[number]
    if post.state != PostState.OFFERING or post.holder < 0:
        return
    identity = post.holder
    post.holder = NEVER
    world.counts[Count.OFFERS_WITHDRAWN] += 1
    person = world.people[identity]
    person.offers_in_hand = 0
    if person.outside_offer > 0:
        take_in_hand(person, worth_in_hand_elsewhere(world, identity))
    for other in range(world.rows_in_use.first_open_post, world.rows_in_use.posts):
        if is_offered_to(world.posts[other], identity):
            take_in_hand(person, worth_in_hand(world, other))
