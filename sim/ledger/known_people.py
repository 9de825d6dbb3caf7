"""Persons of the first morning who are known (``population.people``): as they are, with what is not known drawn from the region.

Another draw of the same region stands beside the world: its persons, made by the same rules, are the *donors*. Each known person takes the row of a
donor who agrees with all that is known and that hangs together in the model: campus, education, origin, class, place and activity. That is a draw
from the region's distribution given what is known, and skill, savings, hopes and the time of search come with it. Sex, home district and field do
not hang together with these on the first morning, so they are simply written. Where no donor agrees with everything, what is known is written all
the same (`sim/ledger/known_traits.py`).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.calendar import YEAR_DAYS
from sim.columns import MOST_PAY
from sim.ledger.known_traits import KEYS, NO_DAY, Wanted, keys_of, write_known
from sim.ledger.people_file import KnownPeople, Status
from sim.ledger.table_file import UNKNOWN
from sim.measures import World
from sim.population import acquaint
from sim.scenario import Scenario
from sim.seasons import first_graduation
from sim.states import Activity, Count, Place

OF_DONORS = 2**31
"""Tells the luck of donors from that of the world that they stand beside."""
DONORS_EACH, FEWEST_DONORS, MANY_DONORS = 8, 10_000, 100_000
"""Donors for each known person; never fewer than the second; for very many persons twice as many as they, once these exceed the third."""
LEVELS: tuple[tuple[int, float], ...] = ((6, 0.25), (5, 0.25), (6, 0.0), (5, 0.0), (4, 0.0), (3, 0.0), (2, 0.0), (1, 0.0), (0, 0.0))
"""How many of `KEYS` donor and known person agree in, and how many donors there have to be for each person: tried one after the other."""
Integers = NDArray[np.int64]


def donors_of(scenario: Scenario, known: KnownPeople) -> Scenario:
    """Return the scenario of the donors: the same region with many persons of it, none of them known."""
    number = max(FEWEST_DONORS, min(DONORS_EACH * len(known), max(2 * len(known), MANY_DONORS)))
    everybody = {"graduates": number, "inhabitants": None, "cohort": 1, "people": "", "people_sha256": ""}
    return scenario.model_copy(update={"population": scenario.population.model_copy(update=everybody)})


def take_known(world: World, known: KnownPeople, donors: World) -> None:
    """Let the first persons of a world be those that are known.

    Args:
        world: The world, with everybody in it, before anybody has an employer.
        known: The persons.
        donors: The world of the donors.
    """
    wanted = wanted_of(world.scenario, known)
    pool = donors.tables["people"].rows[: donors.scenario.population.graduates]
    people = world.tables["people"].rows[: len(known)]
    aware, served = people["aware"].copy(), _in_service(people)
    people[:] = pool[chosen_donors(wanted, pool)]
    people["aware"] = aware
    write_known(world, people, wanted)
    world.counts[Count.ENTERED_SERVICE] += _in_service(people) - served
    acquaint(world.together)


def pay_known(world: World, known: KnownPeople) -> None:
    """Pay those who have a job what they are known to earn.

    Args:
        world: The world, in which the employed have an employer.
        known: The persons.
    """
    people, employers = world.tables["people"].rows[: len(known)], world.tables["employers"].rows
    known_pay = np.where(people["activity"] == Activity.EMPLOYED, np.minimum(MOST_PAY, known.amounts["wage"]), UNKNOWN)
    paid = np.flatnonzero(known_pay >= 0)
    more = known_pay[paid] - people["wage"][paid]
    people["wage"][paid] = known_pay[paid]
    here = people["employer"][paid] >= 0
    np.add.at(employers["wage_bill"], people["employer"][paid][here], more[here])


def _in_service(people: Any) -> int:  # noqa: ANN401
    """Return how many have signed with the state before the first morning."""
    return int(((people["contract_day"] >= 0) & (people["contract_outside"] == 1)).sum())


def wanted_of(scenario: Scenario, known: KnownPeople) -> Wanted:
    """Return what is known as the scenario numbers it, without what contradicts itself or its calendar."""
    region, words = scenario.region, known.words
    campus = _numbered(known.names["campus"], region.campuses)
    district = _numbered(known.names["district"], region.districts)
    inside = np.array([not one.outside for one in region.campuses])
    origin = np.where((campus >= 0) & inside[campus], 0, words["origin"])  # who studied here is a local (`from_elsewhere`)
    day, is_exact = graduation_days(scenario, known)
    status, is_graduate = words["status"].copy(), (day > NO_DAY) & (day <= 0)
    status[day > 0] = Status.STUDENT
    status[is_graduate & (status == Status.STUDENT)] = UNKNOWN
    grade = np.where(is_graduate, -day // YEAR_DAYS, UNKNOWN)
    away = (status == Status.FOUNDER) & (words["place"] == Place.ELSEWHERE)
    status[away] = Status.EMPLOYED  # a firm elsewhere is work elsewhere
    keys = {"status": status, "class": grade, "education": words["education"], "place": words["place"], "origin": origin, "campus": campus}
    return Wanted(keys, district, words["field"], words["sex"], day, is_exact, known.amounts["expected_wage"], known.searched)


def _numbered(names: tuple[str, ...], entries: Any) -> Integers:  # noqa: ANN401
    """Return the row of each name, by either language; `UNKNOWN` for one that the region does not have."""
    rows = {name: row for row, entry in enumerate(entries) for name in (entry.name, entry.name_zh)}
    return np.array([rows.get(name, UNKNOWN) for name in names], np.int64)


def graduation_days(scenario: Scenario, known: KnownPeople) -> tuple[Integers, NDArray[np.bool_]]:
    """Return on which day of the run each person graduates or has graduated, `NO_DAY` where nobody knows, and whether that is known to the day.

    Dates move by whole years, so that the day of the file comes as near to the start as can be, and everybody keeps the season of graduation. Where
    no month is known, or it is that in which classes graduate, the person graduates with the class.
    """
    population, start = scenario.population, scenario.start
    year, month, day = known.graduated.T
    moved = 0 if known.as_of is None else round((start - known.as_of).days / YEAR_DAYS)
    with_class = (month == 0) | ((day == 0) & (month == population.graduation_month))
    months = np.where(with_class, population.graduation_month, np.maximum(month, 1))
    days = np.where(with_class, population.graduation_day, np.where(day == 0, 15, day))
    first = np.array([f"{y:04}-{m:02}" for y, m in zip(np.maximum(year + moved, 1), months, strict=True)], "datetime64[M]")
    when = first.astype("datetime64[D]") + (days - 1)
    found = (when - np.datetime64(start)).astype(np.int64)
    last = first_graduation(scenario)
    found = np.where(with_class & (found > 0) & (found <= last), last, found)
    return np.where(year > 0, found, NO_DAY), (year > 0) & ~with_class


def chosen_donors(wanted: Wanted, pool: Any) -> Integers:  # noqa: ANN401
    """Return the row of a donor for each known person.

    Args:
        wanted: What is known.
        pool: Rows of the donors.
    """
    theirs, ours = keys_of(pool), dict(wanted.keys)
    ours["class"] = np.minimum(ours["class"], theirs["class"].max())  # the earliest class stands for those before it
    found = np.full(len(wanted), UNKNOWN, np.int64)
    for kept, needed in LEVELS:
        keys = KEYS[:kept]
        told = sum(((ours[key] != UNKNOWN).astype(np.int64) << bit for bit, key in enumerate(keys)), np.zeros(len(wanted), np.int64))
        for mask in np.unique(told[found < 0]):
            some = np.flatnonzero((found < 0) & (told == mask))
            compared = [key for bit, key in enumerate(keys) if mask >> bit & 1]
            of_persons, of_donors = np.zeros(some.size, np.int64), np.zeros(len(pool), np.int64)
            for key in compared:
                width = max(ours[key].max(), theirs[key].max()) + 2
                of_persons, of_donors = of_persons * width + ours[key][some] + 1, of_donors * width + theirs[key] + 1
            found[some] = deal(of_persons, of_donors, needed)
    return found


def deal(persons: Integers, donors: Integers, needed: float) -> Integers:
    """Deal donors to persons of the same cell, in the order of both; after the last comes the first again.

    Args:
        persons: Cell of each person, shape (persons,).
        donors: Cell of each donor, shape (donors,).
        needed: Donors for each person of a cell that there have to be.

    Returns:
        Row of a donor, shape (persons,); `UNKNOWN` where there are none, or too few.
    """
    count = len(persons)
    _, cell = np.unique(np.concatenate([persons, donors]), return_inverse=True)
    ours, theirs = np.split(cell, [count])
    cells = int(cell.max(initial=0)) + 1
    asked, there = np.bincount(ours, minlength=cells), np.bincount(theirs, minlength=cells)
    in_order = np.argsort(ours, kind="stable")
    turn = np.empty(count, np.int64)
    turn[in_order] = np.arange(count) - (np.cumsum(asked) - asked)[ours[in_order]]
    enough = ((there > 0) & (there >= needed * asked))[ours]
    first = np.cumsum(there) - there
    found = np.full(count, UNKNOWN, np.int64)
    found[enough] = np.argsort(theirs, kind="stable")[(first[ours] + turn % np.maximum(there, 1)[ours])[enough]]
    return found
