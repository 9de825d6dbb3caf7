"""Phase 12, settling: residents stay or leave, and locals who are without work elsewhere come home."""

from __future__ import annotations

import math

from sim.calendar import MONTH_DAYS, YEAR_MONTHS
from sim.compiled import compiled
from sim.draws import Decision, uniform
from sim.fetching import AHEAD, LINES_OF_A_SESSION, fetch, fetch_person
from sim.levers.skills_training import drop_out
from sim.meetings import ties_at_settling
from sim.phases.vacancies import replace_leaver
from sim.rules.beliefs import pay_expected
from sim.rules.elsewhere import usual_wage_elsewhere
from sim.rules.moving import come_to_live, has_left_school, move_away
from sim.rules.offers import refuse_offers_here
from sim.rules.searching import begin_search, schedule_search
from sim.rules.utility import has_home_here, value_elsewhere, value_near_home, value_of_job, value_where_living
from sim.rules.working import break_contract, leave_job
from sim.rules.youth import first_of_day, was_young
from sim.states import Activity, Place
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
def gain_from_coming_home(world: Tables, identity: int) -> float:
    """Return by how much a job of the pay expected is worth more near home than elsewhere to a local without one, in log pay."""
    person = world.people[identity]
    pay = pay_expected(world, person)
    return value_near_home(world, person, pay) - value_elsewhere(world, person, pay)


@compiled
def settle_or_leave(world: Tables, day: int) -> None:
    """Once a month each resident may leave, each local without work elsewhere come home; the ties of who lives elsewhere fade."""
    fading = world.rules.behaviour.ties_fade_per_year / YEAR_MONTHS
    for identity in range(first_of_day(world, day), world.rows_in_use.people, MONTH_DAYS):
        ahead = min(identity + AHEAD * MONTH_DAYS, world.rows_in_use.people - 1)
        if was_young(world, ahead):
            fetch_person(world, ahead, LINES_OF_A_SESSION)
            fetch(world.employers, world.workplaces[ahead], 0)
        if not was_young(world, identity):
            continue
        person = world.people[identity]
        if person.place == Place.RESIDENT:
            _stay_or_leave(world, day, identity)
        elif person.place == Place.ELSEWHERE:
            person.attachment -= fading * person.attachment
            if person.from_elsewhere == 0:
                _stay_or_come_home(world, day, identity)


@compiled
def _chance(world: Tables, gain: float) -> float:
    """Return the chance in a month that somebody with a job moves for some gain."""
    behaviour = world.rules.behaviour
    return float(behaviour.leave_per_month / 100.0 * math.exp(behaviour.leave_response * (gain - behaviour.leave_gain_usual)))


@compiled
def _stay_or_leave(world: Tables, day: int, identity: int) -> None:
    """A resident may leave: sooner the more work elsewhere is worth, homes and ties included; and, without a home here, without a job."""
    person = world.people[identity]
    if person.activity == Activity.FOUNDER or not has_left_school(day, person):
        return
    if person.activity == Activity.INACTIVE and person.from_elsewhere == 0:
        return  # pauses at home
    chance = _chance(world, gain_from_leaving(world, identity) - ties_at_settling(world, day, identity))
    if person.activity != Activity.EMPLOYED and person.activity != Activity.INTERN and not has_home_here(person):
        chance *= world.rules.behaviour.leave_unemployed
    if uniform(world, Decision.LEAVING, day, identity, 0) >= chance:
        return
    refuse_offers_here(world, day, identity)
    if person.contract_day >= 0 and person.contract_outside == 0:
        break_contract(world, person)
    if person.activity == Activity.EMPLOYED:
        if person.employer >= 0:
            replace_leaver(world, day, identity, world.employers[person.employer])
        leave_job(world, day, person)
        person.activity = Activity.SEARCHING
        person.searching_since = day
    drop_out(world, day, person)
    move_away(world, day, person)
    if person.activity == Activity.SEARCHING and person.contract_day < 0:
        begin_search(world, day, identity)


@compiled
def _stay_or_come_home(world: Tables, day: int, identity: int) -> None:
    """A local without work or a home elsewhere may come home to the family, by the same rule by which residents leave."""
    person = world.people[identity]
    waits = person.activity == Activity.SEARCHING or person.activity == Activity.INACTIVE
    if not waits or person.contract_day >= 0 or not has_left_school(day, person):
        return
    chance = world.rules.behaviour.leave_unemployed * _chance(world, gain_from_coming_home(world, identity))
    if uniform(world, Decision.LEAVING, day, identity, 0) >= chance:
        return
    come_to_live(world, day, person)
    if person.activity == Activity.SEARCHING:
        schedule_search(world, day, identity)
