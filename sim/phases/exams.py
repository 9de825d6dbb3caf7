"""Phase 1, exams: on the days of the calendar those who prepare sit them, and learn whether they have passed."""

from __future__ import annotations

from sim.compiled import NEVER, compiled
from sim.draws import Decision, uniform
from sim.fetching import FAR_AHEAD, LINE_OF_SEARCH, fetch
from sim.rules.leaving_school import pause
from sim.rules.offers import refuse_offers
from sim.rules.posts import usual_wage
from sim.rules.preparing import chance_of, is_slow, passes, will_study
from sim.rules.searching import begin_search, end_search, schedule_search
from sim.rules.utility import value_wanted, value_where_living
from sim.rules.visiting import DAYS_OF_NOTICE, could_be_invited, plan_to_come
from sim.rules.working import break_contract, sign_outside
from sim.states import Activity, Count, Education, Preparation, Trip
from sim.tables import Tables


@compiled
def hold_exams(world: Tables, day: int) -> None:
    """Let those who prepare for an exam that is held today sit it, and those of one whose results are out go on from there."""
    if world.calendar[day + DAYS_OF_NOTICE].exam_here == 1:
        _plan_to_sit_here(world, day)
    held, told = world.calendar[day].exams, world.calendar[day].results
    if held == 0 and told == 0:
        return
    for identity in range(world.rows_in_use.first_young, world.rows_in_use.people):
        fetch(world.people, identity + FAR_AHEAD, LINE_OF_SEARCH)
        person = world.people[identity]
        if person.preparing == Preparation.NONE or will_study(person):
            continue
        if person.activity == Activity.EMPLOYED or person.activity == Activity.FOUNDER:
            person.preparing = Preparation.NONE  # other plans
            continue
        if held >> person.preparing & 1:
            person.exams += 1
            world.counts[Count.EXAMS_SAT] += 1
        if told >> person.preparing & 1:
            hear_result(world, day, identity)


@compiled
def _plan_to_sit_here(world: Tables, day: int) -> None:
    """Two days before the exam for public posts of the region, let those from elsewhere who sit it here think of the trip: it begins in the morning.

    What comes of it is not followed: they are posts of the civil service, which hires from the summer on.
    """
    for identity in range(world.rows_in_use.first_young, world.rows_in_use.people):
        fetch(world.people, identity + FAR_AHEAD, 0)
        person = world.people[identity]
        if not could_be_invited(world, person) or person.education == Education.VOCATIONAL or will_study(person):
            continue
        if person.next_search_day < 0 and person.preparing != Preparation.CIVIL_SERVICE:
            continue
        if uniform(world, Decision.REGIONAL_EXAM, day, identity, 0) < world.rules.exams.regional_share * person.region_interest:
            plan_to_come(day, person, Trip.EXAM)


@compiled
def hear_result(world: Tables, day: int, identity: int) -> None:
    """Learn the result: go on to study, enter the civil service, prepare again, or search."""
    person = world.people[identity]
    kind = person.preparing
    person.preparing = Preparation.NONE
    if passes(world, day, identity, kind, chance_of(world, kind)):
        if kind != Preparation.CIVIL_SERVICE:
            _admit(world, day, identity)
            return
        if _wants_service(world, day, identity):
            _enter_service(world, day, identity)
            return
    student = person.graduation_day > day
    if kind != Preparation.UPGRADE and person.contract_day < 0:
        again = is_slow(world, identity)
        if not student:
            again = uniform(world, Decision.EXAM_AGAIN, day, identity, 0) < world.rules.exams.again_share
        if again:
            person.preparing = kind
            return
    if person.activity == Activity.INACTIVE:
        begin_search(world, day, identity)
    elif person.searching_since >= 0:
        schedule_search(world, day, identity)


@compiled
def _admit(world: Tables, day: int, identity: int) -> None:
    """Give somebody a place to study on: the search is over, and who has left school is no longer counted among those who look for work."""
    person = world.people[identity]
    person.preparing = Preparation.ADMITTED
    if person.contract_day >= 0:
        break_contract(world, person)
    refuse_offers(world, day, identity)
    end_search(person)
    person.opportunity_day = NEVER
    if person.graduation_day > day:
        return
    world.plan.heads -= 1.0
    if person.activity == Activity.INACTIVE or person.activity == Activity.SEARCHING:
        pause(person, world.calendar[day].studies)


@compiled
def _wants_service(world: Tables, day: int, identity: int) -> bool:
    """Tell whether service for the state, at usual pay and wherever the person lives, is worth what is wanted."""
    person = world.people[identity]
    worth = value_where_living(world, person, usual_wage(world, person.education)) + world.rules.behaviour.state_taste
    return bool(worth >= value_wanted(world, day, identity, 0.0))


@compiled
def _enter_service(world: Tables, day: int, identity: int) -> None:
    """Sign with the state, which needs people all over the country: like any contract elsewhere, from the summer on."""
    person = world.people[identity]
    world.counts[Count.ENTERED_SERVICE] += 1
    if person.activity == Activity.INACTIVE:
        begin_search(world, day, identity)
    sign_outside(world, day, identity, int(usual_wage(world, person.education)))
    person.contract_day = max(person.contract_day, world.calendar[day].service)
