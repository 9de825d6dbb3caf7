"""Phase 1, cohort: new classes enter their final year; exams are sat and told; students graduate; pauses end."""

from __future__ import annotations

from sim.compiled import NEVER, Row, compiled
from sim.draws import Decision, uniform
from sim.fetching import AHEAD, fetch
from sim.phases.exams import hold_exams
from sim.rules.leaving_school import leave_school
from sim.rules.moving import come_home_from_school
from sim.rules.preparing import is_slow, will_study
from sim.rules.searching import begin_search, schedule_search
from sim.rules.services import open_and_close_services
from sim.rules.ventures import schedule_first_opportunity
from sim.states import Activity, Count, Money, Place
from sim.tables import Tables


@compiled
def enter_and_graduate(world: Tables, day: int) -> None:
    """Let services open and close, a class enter, exams be sat, and people begin their search, graduate, and come back from a pause."""
    open_and_close_services(world, day)
    while world.rows_in_use.people < world.people.size and world.people[world.rows_in_use.people].entry_day <= day:
        _enter(world, day, world.rows_in_use.people)
        world.rows_in_use.people += 1
    hold_exams(world, day)
    for index in range(world.rows_in_use.due):
        fetch(world.people, world.due[index + AHEAD], 0)
        identity = world.due[index]
        person = world.people[identity]
        if person.graduation_day == day:
            world.plan.heads += 0.0 if will_study(person) else 1.0
            _count_interviewed(world, person)
        if person.activity == Activity.STUDYING:
            if person.graduation_day == day:
                _graduate(world, day, identity)
            elif person.return_day == day:
                person.return_day = NEVER
                person.searching_since = day
                schedule_search(world, day, identity)
        elif (person.activity == Activity.INTERN or person.activity == Activity.TRAINING) and person.graduation_day == day:
            _look_for_opportunities(world, day, identity)
        elif person.activity == Activity.INACTIVE and person.return_day == day and not will_study(person):
            begin_search(world, day, identity)


@compiled
def _count_interviewed(world: Tables, person: Row) -> None:
    """Count who graduates here after a season of applications, and who has got no interview out of it."""
    if world.campuses[person.campus].outside == 0 and person.applications > 0:
        world.counts[Count.APPLICANTS_GRADUATED] += 1
        world.counts[Count.GRADUATED_UNINTERVIEWED] += int(person.interviews == 0)


@compiled
def _enter(world: Tables, day: int, identity: int) -> None:
    """A student enters the final year and will begin to search within half a year, unless that is not wanted before graduation."""
    person = world.people[identity]
    person.activity = Activity.STUDYING
    person.place = Place.ELSEWHERE if world.campuses[person.campus].outside == 1 else Place.RESIDENT
    begins = int(world.rules.behaviour.search_start_days * uniform(world, Decision.SEARCH_START, 0, identity, 0))
    person.return_day = min(person.graduation_day, day + 1 + world.rules.population.summer_days + begins)
    if will_study(person) or is_slow(world, identity):
        person.return_day = person.graduation_day
    world.ledger[Money.OPENING_SAVINGS] += person.savings


@compiled
def _look_for_opportunities(world: Tables, day: int, identity: int) -> None:
    """Begin to consider business opportunities, unless the person goes on to study."""
    if not will_study(world.people[identity]):
        schedule_first_opportunity(world, day, identity)


@compiled
def _graduate(world: Tables, day: int, identity: int) -> None:
    """A student leaves university."""
    come_home_from_school(world, day, identity)
    _look_for_opportunities(world, day, identity)
    world.people[identity].return_day = NEVER
    leave_school(world, day, identity)
