"""Unemployment as the statistical bureau counts it, once a month; and who counts as searching."""

from __future__ import annotations

from sim.calendar import MONTH_DAYS, YEAR_DAYS
from sim.compiled import Row, compiled
from sim.fetching import AHEAD, LINES_OF_THE_SURVEY, fetch_person
from sim.states import Activity, Education, Place, Preparation, Stock
from sim.tables import Tables

SEARCH_DAYS = MONTH_DAYS
"""A seeker of `vacancies_per_seeker` has searched within so many days."""
SEARCHED_WITHIN_DAYS = 3 * MONTH_DAYS
"""The unemployed of the bureau have searched within three months (National Bureau of Statistics, definition of the surveyed unemployment rate),"""
STARTS_WITHIN_DAYS = 14
"""and can start work within two weeks (the same)."""
GROWN_UP = 25
"""Age in years at which the bureau's group 16-24 ends,"""
NEARLY_THIRTY = 30
"""and the group 25-29."""


@compiled
def survey(world: Tables, day: int) -> None:
    """Count who works and who is unemployed in either group of age; the numbers stand until the next month's."""
    for entry in range(Stock.UNEMPLOYED_16_24, Stock.PREPARING + 1):
        world.standing[entry] = 0
    for identity in range(world.rows_in_use.first_young, world.rows_in_use.people):
        fetch_person(world, identity + AHEAD, LINES_OF_THE_SURVEY)
        person = world.people[identity]
        if person.place != Place.RESIDENT or person.graduation_day > day:
            continue
        age = _age(world, day, person)
        if age >= NEARLY_THIRTY:
            continue
        if _works(person):
            world.standing[Stock.WORKING_16_24 if age < GROWN_UP else Stock.WORKING_25_29] += 1
        elif is_unemployed(day, person):
            world.standing[Stock.UNEMPLOYED_16_24 if age < GROWN_UP else Stock.UNEMPLOYED_25_29] += 1
        elif person.activity == Activity.INACTIVE and person.preparing != Preparation.NONE and person.preparing != Preparation.ADMITTED:
            world.standing[Stock.PREPARING] += 1


@compiled
def _age(world: Tables, day: int, person: Row) -> float:
    """Return the age of a graduate, in years: what is usual at graduation, and the time since."""
    population = world.rules.population
    age = population.age_bachelor
    if person.education == Education.VOCATIONAL:
        age = population.age_vocational
    elif person.education == Education.MASTER:
        age = population.age_master
    return float(age + (day - person.graduation_day) / YEAR_DAYS)


@compiled
def _works(person: Row) -> bool:
    """Tell whether a graduate works for pay or profit: in a job, an own firm, or a paid place."""
    return bool((person.activity == Activity.EMPLOYED) | (person.activity == Activity.FOUNDER) | (person.activity == Activity.INTERN))


@compiled
def is_unemployed(day: int, person: Row) -> bool:
    """Tell whether a graduate without work has searched of late and could start soon.

    Who is in a course, prepares for an exam or pauses until later could not.
    """
    searched = person.last_session_day >= day - SEARCHED_WITHIN_DAYS
    soon = (person.return_day >= 0) & (person.return_day <= day + STARTS_WITHIN_DAYS) & (person.preparing == Preparation.NONE)
    free = (person.activity == Activity.SEARCHING) | soon
    return bool(searched & free)
