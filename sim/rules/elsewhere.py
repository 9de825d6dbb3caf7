"""Offers from employers elsewhere, and whether a person would go there for one."""

from __future__ import annotations

import math

from sim.compiled import Row, compiled
from sim.draws import Decision, normal
from sim.rules.posts import usual_wage
from sim.rules.utility import value_elsewhere, value_wanted
from sim.tables import Tables


@compiled
def usual_wage_elsewhere(world: Tables, person: Row) -> float:
    """Return what employers elsewhere usually pay somebody like this person, CNY a month."""
    premium = world.rules.behaviour.outside_wage_premium + world.rules.behaviour.outside_skill_pay * person.skill
    return usual_wage(world, person.education) * math.exp(premium)


@compiled
def wage_elsewhere(world: Tables, day: int, identity: int, decision: int) -> int:
    """Draw what an employer elsewhere offers a person, CNY a month."""
    spread = world.rules.behaviour.outside_wage_spread * normal(world, decision, day, identity, 0)
    return int(usual_wage_elsewhere(world, world.people[identity]) * math.exp(spread))


@compiled
def worth_elsewhere(world: Tables, day: int, identity: int, wage: int, decision: int) -> float:
    """Return what an offer from elsewhere is worth to a person, and what the interview has shown: rents here and there, ties and moving count."""
    shown = world.rules.behaviour.taste_at_interview * normal(world, decision, day, identity, 0)
    return value_elsewhere(world, world.people[identity], float(wage)) + shown


@compiled
def worth_in_hand_elsewhere(world: Tables, identity: int) -> float:
    """Return what the offer from elsewhere in hand is worth to a person, by what was seen `answer_days` before it has to be answered."""
    person = world.people[identity]
    came = person.next_outside_day - world.rules.behaviour.answer_days
    return worth_elsewhere(world, came, identity, person.outside_offer, Decision.OUTSIDE_ACCEPT)


@compiled
def would_go(world: Tables, day: int, identity: int, wage: int, decision: int) -> bool:
    """Weigh an offer from elsewhere that has to be answered at once against what is wanted, the best offer in hand included."""
    return worth_elsewhere(world, day, identity, wage, decision) >= value_wanted(world, day, identity, 0.0)
