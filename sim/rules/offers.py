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
def _lay_beside(world: Tables, person: Row, number: int) -> None:
    """Put the offer of a post beside others that a person has in hand, in the order of the posts."""
    before, after = NEVER, int(person.offered_post)
    while 0 <= after < number:
        before, after = after, int(world.posts[after].next_offered)
    world.posts[number].next_offered = after
    if before < 0:
        person.offered_post = number
    else:
        world.posts[before].next_offered = number


@compiled
def take_out_of_hand(world: Tables, person: Row, number: int) -> None:
    """Let the offer of a post be in a person's hand no more."""
    before, found = NEVER, int(person.offered_post)
    while found >= 0 and found != number:
        before, found = found, int(world.posts[found].next_offered)
    if found < 0:
        return
    person.offers_in_hand -= 1
    if before < 0:
        person.offered_post = world.posts[number].next_offered
    else:
        world.posts[before].next_offered = world.posts[number].next_offered


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
    _lay_beside(world, world.people[application.person], number)


@compiled
def refuse(world: Tables, day: int, number: int, place: int) -> None:
    """Say no to the offer of a post, which goes to the next candidate on the next office day; the person looks elsewhere from now on."""
    post = world.posts[number]
    application = world.applications[place]
    person = world.people[application.person]
    take_out_of_hand(world, person, number)
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
    number = world.people[identity].offered_post
    while number >= 0:
        following = world.posts[number].next_offered
        refuse(world, day, number, place_of_offer(world, number))
        number = following


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
    take_out_of_hand(world, person, number)
    person.offers_in_hand = 0
    if person.outside_offer > 0:
        take_in_hand(person, worth_in_hand_elsewhere(world, identity))
    other = person.offered_post
    while other >= 0:
        take_in_hand(person, worth_in_hand(world, other))
        other = world.posts[other].next_offered
