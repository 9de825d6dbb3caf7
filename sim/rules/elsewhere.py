"""Offers from employers elsewhere, and whether a person would go there for one."""

from __future__ import annotations

import math

from sim.compiled import compiled
from sim.draws import normal, uniform
from sim.rules.posts import usual_wage
from sim.rules.searching import falling_reservation
from sim.rules.working import offer_is_accepted, pull_against_leaving
from sim.states import Activity
from sim.tables import Tables


@compiled
def wage_elsewhere(world: Tables, day: int, identity: int, decision: int) -> int:
    """Draw what an employer elsewhere offers a person, CNY a month."""
    person = world.people[identity]
    spread = world.rules.behaviour.outside_wage_spread * normal(world, decision, day, identity, 0)
    spread += world.rules.behaviour.outside_skill_pay * person.skill
    return int(usual_wage(world, person.education) * math.exp(world.rules.behaviour.outside_wage_premium + spread))


@compiled
def would_go(world: Tables, day: int, identity: int, wage: int, decision: int) -> bool:
    """Weigh an offer from elsewhere against the job or contract in hand, or the reservation wage; ties to the region speak against it."""
    person = world.people[identity]
    reservation = falling_reservation(world, day, person)
    if person.activity == Activity.EMPLOYED:
        reservation = world.rules.behaviour.employed_gain_wanted * person.wage
    if person.contract_day >= 0:
        reservation = max(reservation, world.rules.behaviour.break_gain * person.contract_wage)
    luck = uniform(world, decision, day, identity, 0)
    return offer_is_accepted(world, wage * math.exp(-pull_against_leaving(world, person)), reservation, luck)
