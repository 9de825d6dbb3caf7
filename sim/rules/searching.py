"""Beginning, pacing and ending a search."""

from __future__ import annotations

from sim.compiled import NEVER, Row, compiled
from sim.draws import Decision, days_until
from sim.states import Activity, Place

MONTH = 30.0
FRESH_DAYS = 90


@compiled
def application_rate(rules: Row, person: Row) -> float:
    """Return the applications a day that a person sends to employers of this region."""
    rate = rules.applications_per_month / MONTH * person.effort
    if person.activity == Activity.STUDYING:
        rate *= rules.student_effort
    elif person.activity == Activity.EMPLOYED:
        rate *= rules.employed_effort
    elif person.activity == Activity.TRAINING or person.activity == Activity.INTERN:
        rate *= rules.intern_effort
    if person.contract_day >= 0:
        rate *= rules.signed_effort
    if person.place == Place.VISITING:
        return rate * rules.visiting_effort
    return rate * person.region_interest


@compiled
def schedule_application(rules: Row, day: int, identity: int, person: Row) -> None:
    """Draw the next day on which the person writes an application."""
    rate = application_rate(rules, person)
    if rate < 1e-6:
        person.next_search_day = NEVER
    else:
        person.next_search_day = day + days_until(rules, Decision.SEARCH_GAP, day, identity, 0, 1.0 / rate)


@compiled
def schedule_outside_offer(rules: Row, day: int, identity: int, person: Row) -> None:
    """Draw the next day on which an offer from elsewhere comes."""
    fresh = day - person.graduation_day < FRESH_DAYS
    finding = rules.outside_finding_fresh if fresh else rules.outside_finding
    rate = finding / MONTH * person.effort * (1.0 - person.region_interest)
    if person.activity == Activity.EMPLOYED:
        rate *= rules.employed_effort
    if person.contract_day >= 0:
        rate *= rules.signed_effort
    if rate < 1e-6:
        person.next_outside_day = NEVER
    else:
        person.next_outside_day = day + days_until(rules, Decision.OUTSIDE_OFFER_GAP, day, identity, 0, 1.0 / rate)


@compiled
def schedule_trip(rules: Row, day: int, identity: int, person: Row) -> None:
    """Draw the next day on which somebody elsewhere considers a trip to look round."""
    rate = rules.explore_per_month / MONTH * person.region_interest
    if person.from_elsewhere == 0 or person.place != Place.ELSEWHERE or rate < 1e-6:
        person.next_trip_day = NEVER
    else:
        person.next_trip_day = day + days_until(rules, Decision.EXPLORE_GAP, day, identity, 0, 1.0 / rate)


@compiled
def schedule_search(rules: Row, day: int, identity: int, person: Row) -> None:
    """Draw the next events of a search: application, offer from elsewhere, trip."""
    schedule_application(rules, day, identity, person)
    schedule_outside_offer(rules, day, identity, person)
    schedule_trip(rules, day, identity, person)


@compiled
def begin_search(rules: Row, day: int, identity: int, person: Row) -> None:
    """Begin to search for work, unemployed."""
    person.activity = Activity.SEARCHING
    person.searching_since = day
    person.return_day = NEVER
    schedule_search(rules, day, identity, person)


@compiled
def put_search_off(rules: Row, day: int, identity: int, person: Row) -> None:
    """Begin a place or a class as a student: who searches already goes on, with less effort; who does not yet keeps the day for later."""
    person.search_later = person.return_day
    if person.search_later < 0:
        schedule_search(rules, day, identity, person)


@compiled
def take_search_up(rules: Row, day: int, identity: int, person: Row) -> None:
    """Be a student again after a place or a class: search, unless the day to begin is still to come."""
    person.activity = Activity.STUDYING
    person.return_day = NEVER
    if person.search_later > day:
        person.return_day = person.search_later
    else:
        if person.searching_since < 0:
            person.searching_since = day
        schedule_search(rules, day, identity, person)
    person.search_later = NEVER


@compiled
def end_search(person: Row) -> None:
    """Stop searching."""
    person.next_search_day = NEVER
    person.next_outside_day = NEVER
    person.next_trip_day = NEVER


@compiled
def falling_reservation(rules: Row, day: int, person: Row) -> float:
    """Return the reservation wage after the fall since the search began."""
    if person.activity != Activity.SEARCHING or person.searching_since < 0:
        return person.reservation_wage
    months = (day - person.searching_since) / MONTH
    return person.reservation_wage * max(0.5, 1.0 - rules.reservation_fall / 100.0 * months)
