"""What people believe of offers and of pay, and what moves it: answers and silence, offers, peers, fairs, talks, advice.

Two averages with a memory. Offers an application: an application counts as silence when it is sent, an offer takes that back when it comes; the
average is over the applications remembered. Pay: the mean of the log pay of offers, over those remembered, beside the level of entry pay that
everybody sees. Others' news counts for some offers. Who has seen little learns fast. Both beliefs are carried through jobs.
"""

from __future__ import annotations

import math

from sim.compiled import Row, compiled
from sim.rules.posts import usual_wage
from sim.tables import Tables


@compiled
def level_of_hopes(world: Tables) -> float:
    """Return by how much, in log pay, the level of entry pay moves what everybody expects."""
    return world.rules.behaviour.hopes_follow * world.plan.entry_pay


@compiled
def pay_expected(world: Tables, person: Row) -> float:
    """Return the pay that a person expects of an offer, CNY a month, at the level of entry pay that everybody sees in the adverts."""
    return person.expected_wage * math.exp(level_of_hopes(world))


@compiled
def begin_to_believe(world: Tables, person: Row, expected: float) -> None:
    """Let a person hope for some pay, and for the usual chance of an offer, before having tried."""
    behaviour = world.rules.behaviour
    person.hoped_wage = expected
    person.expected_wage = expected
    person.pay_signals = behaviour.pay_prior
    person.offer_belief = behaviour.offers_expected
    person.applications_weighed = behaviour.offers_prior


@compiled
def hear_of_pay(world: Tables, person: Row, pay: float, weight: float) -> None:
    """Move the pay expected towards a pay seen or told, by weight / (signals remembered + weight)."""
    if pay <= 0.0 or weight <= 0.0:
        return
    moved = weight / (person.pay_signals + weight)
    person.expected_wage *= math.exp(moved * (math.log(pay / person.expected_wage) - level_of_hopes(world)))
    person.pay_signals = min(world.rules.behaviour.pay_memory, person.pay_signals + weight)


@compiled
def hear_of_offers(world: Tables, person: Row, chance: float, weight: float) -> None:
    """Move the chance of an offer towards what is told of it, by weight / (offers remembered + weight): so many applications bring one offer."""
    behaviour = world.rules.behaviour
    if weight > 0.0:
        remembered = person.applications_weighed * behaviour.offers_expected
        person.offer_belief += weight / (remembered + weight) * (chance - person.offer_belief)
        person.applications_weighed = min(behaviour.offers_memory, person.applications_weighed + weight / behaviour.offers_expected)


@compiled
def usual_pay_of(world: Tables, person: Row) -> float:
    """Return what employers here usually pay somebody like this person, CNY a month: what who knows the market would say."""
    pay = usual_wage(world, person.education)
    return pay * math.exp(world.plan.entry_pay + world.rules.behaviour.skill_return * person.skill)


@compiled
def expect_answer(world: Tables, person: Row) -> None:
    """Send an application: until an offer comes of it, it is silence."""
    behaviour = world.rules.behaviour
    remembered = person.applications_weighed
    person.offer_belief *= remembered / (remembered + 1.0)
    person.applications_weighed = min(behaviour.offers_memory, remembered + 1.0)


@compiled
def learn_from_offer(world: Tables, identity: int, pay: int) -> None:
    """Learn from an offer, on the day on which it is made: of pay (CNY a month), and of how offers come."""
    person = world.people[identity]
    person.offer_belief = min(1.0, person.offer_belief + 1.0 / person.applications_weighed)
    hear_of_pay(world, person, float(pay), 1.0)


@compiled
def take_heart(world: Tables, person: Row) -> None:
    """Hope again after a pause: the chance of an offer is taken to be nearer to what is usual."""
    behaviour = world.rules.behaviour
    person.offer_belief += behaviour.hope_regained * max(0.0, behaviour.offers_expected - person.offer_belief)
