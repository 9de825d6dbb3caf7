"""Beginning, pacing and ending a search."""

from __future__ import annotations

import math

from sim.calendar import MONTH_DAYS
from sim.compiled import NEVER, Row, compiled
from sim.draws import NEGLIGIBLE, Decision, days_until
from sim.rules.help import effort_of, hopes_of
from sim.rules.paying import effort_after_signing
from sim.states import Activity, Place
from sim.tables import Tables


@compiled
def session_rate(world: Tables, day: int, person: Row) -> float:
    """Return the sessions a day in which a person searches among the employers of this region."""
    rate = world.rules.behaviour.sessions_per_month / MONTH_DAYS * effort_of(world, day, person)
    if person.activity == Activity.STUDYING:
        rate *= world.rules.behaviour.student_effort
    elif person.activity == Activity.EMPLOYED:
        rate *= world.rules.behaviour.employed_effort
    elif person.activity == Activity.TRAINING or person.activity == Activity.INTERN:
        rate *= world.rules.behaviour.intern_effort
    if person.contract_day >= 0:
        rate *= effort_after_signing(world, day, person)
    if person.place == Place.VISITING:
        return rate * world.rules.behaviour.visiting_effort
    return rate * person.region_interest


@compiled
def schedule_session(world: Tables, day: int, identity: int) -> None:
    """Draw the day of the next session of search."""
    person = world.people[identity]
    rate = session_rate(world, day, person)
    if rate < NEGLIGIBLE:
        person.next_search_day = NEVER
    else:
        person.next_search_day = day + days_until(world, Decision.SEARCH_GAP, day, identity, 0, 1.0 / rate)


@compiled
def schedule_outside_offer(world: Tables, day: int, identity: int) -> None:
    """Draw the next day on which an offer from elsewhere comes."""
    person = world.people[identity]
    fresh = day - person.graduation_day < world.rules.behaviour.fresh_days
    finding = world.rules.behaviour.outside_finding_fresh if fresh else world.rules.behaviour.outside_finding
    rate = finding / MONTH_DAYS * effort_of(world, day, person) * (1.0 - person.region_interest)
    if person.activity == Activity.EMPLOYED:
        rate *= world.rules.behaviour.employed_effort
    if person.contract_day >= 0:
        rate *= effort_after_signing(world, day, person)
    if rate < NEGLIGIBLE:
        person.next_outside_day = NEVER
    else:
        person.next_outside_day = day + days_until(world, Decision.OUTSIDE_OFFER_GAP, day, identity, 0, 1.0 / rate)


@compiled
def schedule_trip(world: Tables, day: int, identity: int) -> None:
    """Draw the next day on which somebody elsewhere considers a trip to look round."""
    person = world.people[identity]
    rate = world.rules.behaviour.explore_per_month / MONTH_DAYS * person.region_interest
    if person.from_elsewhere == 0 or person.place != Place.ELSEWHERE or rate < NEGLIGIBLE:
        person.next_trip_day = NEVER
    else:
        person.next_trip_day = day + days_until(world, Decision.EXPLORE_GAP, day, identity, 0, 1.0 / rate)


@compiled
def schedule_search(world: Tables, day: int, identity: int) -> None:
    """Draw the next events of a search: session, offer from elsewhere, trip."""
    schedule_session(world, day, identity)
    schedule_outside_offer(world, day, identity)
    schedule_trip(world, day, identity)


@compiled
def is_without_work(person: Row) -> bool:
    """Tell whether a person is in the region, to live or on a visit, and has neither a job, an own firm nor a signed contract; students may be."""
    works = (person.activity == Activity.EMPLOYED) | (person.activity == Activity.FOUNDER)
    return bool((person.place != Place.ELSEWHERE) & (person.contract_day < 0) & ~works)


@compiled
def begin_search(world: Tables, day: int, identity: int) -> None:
    """Begin to search for work, unemployed."""
    person = world.people[identity]
    person.activity = Activity.SEARCHING
    person.searching_since = day
    person.return_day = NEVER
    schedule_search(world, day, identity)


@compiled
def put_search_off(world: Tables, day: int, identity: int) -> None:
    """Begin a place or a class as a student: who searches already goes on, with less effort; who does not yet keeps the day for later."""
    person = world.people[identity]
    person.search_later = person.return_day
    if person.search_later < 0:
        schedule_search(world, day, identity)


@compiled
def take_search_up(world: Tables, day: int, identity: int) -> None:
    """Be a student again after a place or a class: search, unless the day to begin is still to come."""
    person = world.people[identity]
    person.activity = Activity.STUDYING
    person.return_day = NEVER
    if person.search_later > day:
        person.return_day = person.search_later
    else:
        if person.searching_since < 0:
            person.searching_since = day
        schedule_search(world, day, identity)
    person.search_later = NEVER


@compiled
def end_search(person: Row) -> None:
    """Stop searching."""
    person.next_search_day = NEVER
    person.next_outside_day = NEVER
    person.next_trip_day = NEVER


@compiled
def falling_reservation(world: Tables, day: int, person: Row) -> float:
    """Return the reservation wage after the fall since the search began, at the level of entry pay that everybody sees in the adverts."""
    wanted = hopes_of(world, day, person) * math.exp(world.rules.behaviour.hopes_follow * world.plan.entry_pay)
    if person.activity != Activity.SEARCHING or person.searching_since < 0:
        return wanted
    months = (day - person.searching_since) / MONTH_DAYS
    return wanted * max(world.rules.behaviour.reservation_floor, 1.0 - world.rules.behaviour.reservation_fall / 100.0 * months)
