"""Beginning, pacing and ending a search."""

from __future__ import annotations

import math

from sim.calendar import MONTH_DAYS
from sim.compiled import NEVER, Row, compiled
from sim.draws import NEGLIGIBLE, Decision, days_until, uniform
from sim.rules.beliefs import take_heart
from sim.rules.effort import effort_and_wanted, effort_of, hours_free, sessions_a_day
from sim.rules.paying import effort_after_signing
from sim.rules.preparing import will_study
from sim.rules.utility import cost_where_living, months_to_wait
from sim.states import Activity, Count, Place
from sim.tables import Tables


@compiled
def session_rate(world: Tables, day: int, identity: int, effort: float) -> float:
    """Return the sessions a day in which a person searches among the employers of this region."""
    person = world.people[identity]
    rate = sessions_a_day(world, person, effort)
    if person.contract_day >= 0:
        rate *= effort_after_signing(world, day, person)
    if person.place == Place.VISITING:
        return rate * world.rules.behaviour.visiting_effort
    return rate * person.region_interest


@compiled
def outside_rate(world: Tables, day: int, identity: int, effort: float) -> float:
    """Return the offers a day that come from elsewhere; on a visit here no hours go to search there."""
    person = world.people[identity]
    if person.place == Place.VISITING:
        return 0.0
    fresh = day - person.graduation_day < world.rules.behaviour.fresh_days
    finding = world.rules.behaviour.outside_finding_fresh if fresh else world.rules.behaviour.outside_finding
    rate = finding / MONTH_DAYS * effort * hours_free(world, person) * (1.0 - person.region_interest)
    if person.contract_day >= 0:
        rate *= effort_after_signing(world, day, person)
    return rate


@compiled
def _draw_session(world: Tables, day: int, identity: int, rate: float) -> None:
    person = world.people[identity]
    if rate < NEGLIGIBLE:
        person.next_search_day = NEVER
    else:
        person.next_search_day = day + days_until(world, Decision.SEARCH_GAP, day, identity, 0, 1.0 / rate)


@compiled
def _draw_outside_offer(world: Tables, day: int, identity: int, rate: float) -> None:
    """Draw the next day on which an offer from elsewhere comes; while one is in hand, the day stays that of its answer."""
    person = world.people[identity]
    if person.outside_offer > 0:
        return
    if rate < NEGLIGIBLE:
        person.next_outside_day = NEVER
    else:
        person.next_outside_day = day + days_until(world, Decision.OUTSIDE_OFFER_GAP, day, identity, 0, 1.0 / rate)


@compiled
def _effort_planned(world: Tables, day: int, identity: int) -> float:
    """Return how much a person is going to search, and note the reservation wage that goes with it."""
    person = world.people[identity]
    effort, wanted = effort_and_wanted(world, day, identity)
    person.reservation_wage = math.exp(wanted) + cost_where_living(world, person)
    return effort


@compiled
def schedule_session(world: Tables, day: int, identity: int) -> None:
    """Draw the day of the next session of search."""
    _draw_session(world, day, identity, session_rate(world, day, identity, _effort_planned(world, day, identity)))


@compiled
def schedule_outside_offer(world: Tables, day: int, identity: int) -> None:
    """Draw the next day on which an offer from elsewhere comes."""
    _draw_outside_offer(world, day, identity, outside_rate(world, day, identity, effort_of(world, day, identity)))


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
    effort = _effort_planned(world, day, identity)
    _draw_session(world, day, identity, session_rate(world, day, identity, effort))
    _draw_outside_offer(world, day, identity, outside_rate(world, day, identity, effort))
    schedule_trip(world, day, identity)


@compiled
def is_without_work(person: Row) -> bool:
    """Tell whether a person is in the region, to live or on a visit, and has neither a job, an own firm nor a signed contract; students may be."""
    works = (person.activity == Activity.EMPLOYED) | (person.activity == Activity.FOUNDER)
    return bool((person.place != Place.ELSEWHERE) & (person.contract_day < 0) & ~works)


@compiled
def begin_search(world: Tables, day: int, identity: int) -> None:
    """Begin to search for work, unemployed; who goes on to study waits for that instead."""
    person = world.people[identity]
    if will_study(person):
        person.activity = Activity.INACTIVE
        person.return_day = world.calendar[day].studies
        end_search(person)
        return
    if person.activity == Activity.INACTIVE:
        take_heart(world, person)
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
    """Stop searching; an offer from elsewhere is left unanswered."""
    person.offers_in_hand -= int(person.outside_offer > 0)
    person.outside_offer = 0
    person.next_search_day = NEVER
    person.next_outside_day = NEVER
    person.next_trip_day = NEVER


@compiled
def give_up(world: Tables, day: int, identity: int) -> None:
    """Give the search up for a while, discouraged: until need or new hope brings the person back, the sooner the less money there is to wait on."""
    person = world.people[identity]
    behaviour = world.rules.behaviour
    part = months_to_wait(world, day, person) / behaviour.search_horizon_months
    person.activity = Activity.INACTIVE
    person.gave_up += 1
    world.counts[Count.GAVE_UP] += 1
    end_search(person)
    person.return_day = day + days_until(world, Decision.GIVING_UP, day, identity, 1, max(1.0, part * behaviour.give_up_days))


@compiled
def may_give_up(world: Tables, day: int, identity: int) -> None:
    """Once a month: who searches without hope of offers may give up."""
    person = world.people[identity]
    behaviour = world.rules.behaviour
    waits = person.contract_day >= 0 or person.offers_in_hand > 0
    if person.offer_belief >= behaviour.give_up_offers or waits or person.place == Place.VISITING:
        return
    if uniform(world, Decision.GIVING_UP, day, identity, 0) < behaviour.give_up_per_month:
        give_up(world, day, identity)
