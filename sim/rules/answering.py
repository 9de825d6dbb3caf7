"""Answering offers: the best of those in hand is taken, where it is worth what is wanted, and the others are refused."""

from __future__ import annotations

from sim.compiled import NEVER, Row, compiled
from sim.rules.elsewhere import worth_in_hand_elsewhere
from sim.rules.offers import offers_from_here, place_of_offer, refuse, refuse_offers, take_out_of_hand, worth_in_hand
from sim.rules.places import is_kept_by_host
from sim.rules.preparing import is_looking
from sim.rules.searching import schedule_outside_offer
from sim.rules.utility import value_without_offers
from sim.rules.working import sign_here, sign_outside
from sim.states import Activity, Stage
from sim.tables import Tables


@compiled
def weighs_offers(person: Row) -> bool:
    """Tell whether a person thinks of offers: not with a firm of one's own or a place to study on, nor after leaving the youth population."""
    return bool((person.activity != Activity.FOUNDER) & is_looking(person))


@compiled
def answer_offers(world: Tables, day: int, identity: int, due_post: int) -> None:
    """Answer all offers in hand, as they were weighed when they came: against each other, and against the contract, the job or the reservation wage.

    The host of a graduate's place, who would lose its intern, may answer with an offer of its own.

    Args:
        world: The world.
        day: Today.
        identity: Row of the person.
        due_post: Post whose offer has to be answered today; NEVER where another reason has come to answer.
    """
    person = world.people[identity]
    wanted = value_without_offers(world, day, identity, 0.0)
    best = NEVER
    elsewhere = False
    if weighs_offers(person):
        if due_post >= 0 and offers_from_here(person) == 1:
            best = due_post if worth_in_hand(world, due_post) >= wanted else NEVER
        else:
            number = person.offered_post
            while number >= 0:
                if worth_in_hand(world, number) >= wanted:
                    best = number
                    wanted = worth_in_hand(world, number)
                number = world.posts[number].next_offered
        elsewhere = person.outside_offer > 0 and worth_in_hand_elsewhere(world, identity) >= wanted
    if (best >= 0 or elsewhere) and is_kept_by_host(world, day, identity):
        return
    if elsewhere:
        sign_outside(world, day, identity, person.outside_offer)
        return
    if best >= 0:
        application = world.applications[place_of_offer(world, best)]
        application.stage = Stage.ACCEPTED
        take_out_of_hand(world, person, best)
        sign_here(world, day, identity, best, application.channel)
        return
    waited = person.outside_offer > 0
    if due_post >= 0:
        refuse(world, day, due_post, place_of_offer(world, due_post))
    refuse_offers(world, day, identity)
    if waited:
        schedule_outside_offer(world, day, identity)
