"""Phase 12, settling: residents from elsewhere stay or leave."""

from __future__ import annotations

import math

from sim.calendar import MONTH_DAYS
from sim.compiled import compiled
from sim.draws import Decision, uniform
from sim.levers.skills_training import drop_out
from sim.meetings import ties_at_settling
from sim.phases.vacancies import replace_leaver
from sim.rules.beliefs import pay_expected
from sim.rules.elsewhere import usual_wage_elsewhere
from sim.rules.searching import begin_search
from sim.rules.utility import value_elsewhere, value_of_job, value_where_living
from sim.rules.working import break_contract, leave_job
from sim.rules.youth import first_of_day, was_young
from sim.states import Activity, Count, Place
from sim.tables import Tables


@compiled
def gain_from_leaving(world: Tables, identity: int) -> float:
    """Return by how much usual work elsewhere is worth more than what a resident has here, in log pay; without a job: jobs of the pay expected."""
    person = world.people[identity]
    if person.activity == Activity.EMPLOYED:
        return value_elsewhere(world, person, usual_wage_elsewhere(world, person)) - value_of_job(world, identity)
    pay = pay_expected(world, person)
    return value_elsewhere(world, person, pay) - value_where_living(world, person, pay)


@compiled
def settle_or_leave(world: Tables, day: int) -> None:
    """Once a month each resident from elsewhere may leave: sooner the more work elsewhere is worth, rents and ties included; and without a job."""
    behaviour = world.rules.behaviour
    for identity in range(first_of_day(world, day), world.rows_in_use.people, MONTH_DAYS):
        if not was_young(world, identity):
            continue
        person = world.people[identity]
        if person.from_elsewhere == 0 or person.place != Place.RESIDENT or person.activity == Activity.FOUNDER:
            continue
        gain = gain_from_leaving(world, identity) - ties_at_settling(world, day, identity) - behaviour.leave_gain_usual
        chance = behaviour.leave_per_month / 100.0 * math.exp(behaviour.leave_response * gain)
        if person.activity != Activity.EMPLOYED and person.activity != Activity.INTERN:
            chance *= behaviour.leave_unemployed
        if uniform(world, Decision.LEAVING, day, identity, 0) >= chance:
            continue
        if person.contract_day >= 0 and person.contract_outside == 0:
            break_contract(world, person)
        if person.activity == Activity.EMPLOYED:
            if person.employer >= 0:
                replace_leaver(world, day, identity, world.employers[person.employer])
            leave_job(world, day, person)
            person.activity = Activity.SEARCHING
            person.searching_since = day
        drop_out(world, day, person)
        person.place = Place.ELSEWHERE
        person.departures += 1
        person.region_interest = min(person.region_interest, behaviour.interest_after_leaving)
        if person.left_day < 0:
            person.left_day = day
        world.counts[Count.LEFT_REGION] += 1
        if person.activity == Activity.SEARCHING and person.contract_day < 0:
            begin_search(world, day, identity)
