"""How much people search: as far as what one more application promises is worth its price in money and hours.

    effort = diligence x [offers expected x gain looked for / ((money / living cost + hours x worth of an hour) x usual gain)] ^ (1 / convexity)

Relative to an average seeker with the usual gain; hours become dearer the more one searches, which gives the closed form. The months for which a job
is kept are in the usual gain, as they are alike for all. Hours are one budget: a student, a worker, an intern has fewer, a visitor gives all of a
day's to search here, and who searches here and elsewhere divides them.
"""

from __future__ import annotations

import math

from sim.calendar import MONTH_DAYS
from sim.compiled import Row, compiled
from sim.rules.beliefs import pay_expected
from sim.rules.expenses import fare_in_view
from sim.rules.help import hours_needed
from sim.rules.preparing import effort_beside_exams
from sim.rules.utility import left_where_living, pull_where_living, value_of_job, weight_of_waiting
from sim.states import Activity, Place
from sim.tables import Tables

_EXCESS = 2.0 / math.pi
"""A normal number of mean 0 is above 0 by the root of this a quarter, on average, in its spread."""


@compiled
def hours_free(world: Tables, person: Row) -> float:
    """Return the hours that a person has for search, relative to somebody without work: what studies, work, and an exam to come leave."""
    hours = effort_beside_exams(world, person)
    if person.activity == Activity.STUDYING:
        hours *= world.rules.behaviour.student_effort
    elif person.activity == Activity.EMPLOYED:
        hours *= world.rules.behaviour.employed_effort
    elif person.activity == Activity.TRAINING or person.activity == Activity.INTERN:
        hours *= world.rules.behaviour.intern_effort
    return hours


@compiled
def gain_looked_for(world: Tables, day: int, identity: int) -> tuple[float, float]:
    """Return what an offer is expected to be worth beyond what is wanted, log wage, of those that are worth more; and what is wanted without work.

    Who has work looks for more than the job is worth; who has none, for more than the reservation. The mean of what a normal number exceeds zero
    by is close to (mean + root(mean^2 + 2 variance / pi)) / 2.
    """
    person = world.people[identity]
    behaviour = world.rules.behaviour
    left = left_where_living(world, person, pay_expected(world, person))
    over = (left - world.rules.living.idle) / (1.0 + weight_of_waiting(world, day, person))
    wanted = left - over
    if person.activity == Activity.EMPLOYED:
        over = left + pull_where_living(world, person) - value_of_job(world, identity) - math.log(behaviour.employed_gain_wanted)
    spread = behaviour.pay_spread_expected
    return (over + math.sqrt(over * over + _EXCESS * spread * spread)) / 2.0, wanted


@compiled
def price_of_application(world: Tables, day: int, person: Row) -> float:
    """Return what an application costs with the interviews that it may bring, in months of living cost: money, less what is paid of it, and hours."""
    behaviour = world.rules.behaviour
    living = world.rules.living
    fare = living.fare_interview
    if person.place == Place.ELSEWHERE:
        fare = 2.0 * world.campuses[person.campus].fare
    fare -= fare_in_view(world, day, person, fare)
    money = behaviour.application_cost + behaviour.interviews_expected * (behaviour.interview_cost + fare)
    hours = behaviour.hours_per_application + behaviour.interviews_expected * behaviour.hours_per_interview
    return (1.0 - person.search_help) * money / living.month + hours_needed(world, day, person) * hours * behaviour.hour_worth


@compiled
def effort_and_wanted(world: Tables, day: int, identity: int) -> tuple[float, float]:
    """Return how much a person searches with the hours there are, relative to the average seeker; and what the reservation wage leaves, in logs."""
    person = world.people[identity]
    behaviour = world.rules.behaviour
    price = max(1e-9, price_of_application(world, day, person))
    gain, wanted = gain_looked_for(world, day, identity)
    ratio = person.offer_belief * gain / (price * behaviour.usual_gain)
    return person.effort * ratio ** (1.0 / behaviour.effort_convexity), wanted


@compiled
def effort_of(world: Tables, day: int, identity: int) -> float:
    """Return how much a person searches with the hours there are, relative to the average seeker."""
    return effort_and_wanted(world, day, identity)[0]


@compiled
def sessions_a_day(world: Tables, person: Row, effort: float) -> float:
    """Return the sessions of search a day that a person has the will and the hours for, here and elsewhere together."""
    behaviour = world.rules.behaviour
    return min(behaviour.sessions_most, behaviour.sessions_per_month * effort) * hours_free(world, person) / MONTH_DAYS
