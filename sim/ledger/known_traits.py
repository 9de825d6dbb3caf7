"""What is known of a person, written over the row of a donor who does not agree with it: with what hangs together with it in the model."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.calendar import YEAR_DAYS
from sim.compiled import LONG_AGO, NEVER
from sim.ledger.people_file import Status
from sim.ledger.table_file import UNKNOWN
from sim.measures import World
from sim.seasons import GOLDEN_SECTION, first_graduation
from sim.states import Activity, Education, Place, Preparation

Integers = NDArray[np.int64]
KEYS = ("status", "class", "education", "place", "origin", "campus")
"""What hangs together on the first morning, and a donor therefore has to agree in; the last is given up first."""
NO_DAY = -(10**6)
"""Stands for a day that nobody knows."""
ACTIVITIES = {
    Status.STUDENT: Activity.STUDYING, Status.SEARCHING: Activity.SEARCHING, Status.EMPLOYED: Activity.EMPLOYED, Status.FOUNDER: Activity.FOUNDER,
    Status.PREPARING: Activity.INACTIVE, Status.INACTIVE: Activity.INACTIVE,
}  # fmt: skip
NO_PLAN = ("next_search_day", "next_outside_day", "next_trip_day", "return_day", "searching_since", "contract_day")
"""Columns of what a person plans, which another activity ends."""


@dataclass(frozen=True, eq=False)
class Wanted:
    """What is known of some persons, as the scenario numbers it; `UNKNOWN` where nobody knows.

    Attributes:
        keys: Name of `KEYS` → values, shape (persons,).
        district: Row of the district of home.
        field: Field of study.
        sex: 0 male, 1 female.
        day: Day of graduation, `NO_DAY` where nobody knows.
        is_exact: Whether the day itself is known, and not the class alone.
        expected_wage: Pay hoped for, CNY a month.
        searched: Days of search so far.
    """

    keys: Mapping[str, Integers]
    district: Integers
    field: Integers
    sex: Integers
    day: Integers
    is_exact: NDArray[np.bool_]
    expected_wage: Integers
    searched: Integers

    def __len__(self) -> int:
        return len(self.day)


def keys_of(people: Any) -> dict[str, Integers]:  # noqa: ANN401
    """Return what of `KEYS` some rows of people have; students have no class (`UNKNOWN`)."""
    status = np.full(len(people), UNKNOWN, np.int64)
    for one, activity in ACTIVITIES.items():
        status[people["activity"] == activity] = one
    status[(people["activity"] == Activity.INACTIVE) & (people["preparing"] != Preparation.NONE)] = Status.PREPARING
    day = people["graduation_day"].astype(np.int64)
    found = {"status": status, "class": np.where(status == Status.STUDENT, UNKNOWN, -day // YEAR_DAYS), "origin": people["from_elsewhere"]}
    found |= {name: people[name] for name in ("education", "place", "campus")}
    return {name: found[name].astype(np.int64) for name in KEYS}


def write_known(world: World, people: Any, wanted: Wanted) -> None:  # noqa: ANN401
    """Write what is known over the rows of donors.

    Args:
        world: The world.
        people: Rows of the persons, in their order.
        wanted: What is known of them.
    """
    for column, known in (("district", wanted.district), ("field", wanted.field), ("sex", wanted.sex)):
        people[column] = np.where(known == UNKNOWN, people[column], known)
    for key, write in (("education", _write_education), ("campus", _write_campus), ("origin", _write_origin), ("place", _write_place)):
        known = wanted.keys[key]
        rows = np.flatnonzero((known != UNKNOWN) & (keys_of(people)[key] != known))
        if rows.size:
            write(world, people, rows, known[rows])
    _write_class(world, people, wanted)
    _write_status(world, people, wanted.keys["status"])
    hopes = wanted.expected_wage
    for column in ("expected_wage", "hoped_wage"):
        people[column] = np.where(hopes == UNKNOWN, people[column], hopes)
    _write_search(people, wanted.searched)


def _write_education(world: World, people: Any, rows: Integers, tier: Integers) -> None:  # noqa: ANN401
    """Give another education, and hopes that go with it."""
    region = world.scenario.region
    usual = np.array([region.wage_vocational, region.wage_bachelor, region.wage_master])
    for column in ("expected_wage", "hoped_wage", "reservation_wage"):
        people[column][rows] *= usual[tier] / usual[people["education"][rows]]
    people["education"][rows] = tier


def _write_campus(world: World, people: Any, rows: Integers, campus: Integers) -> None:  # noqa: ANN401
    """Give another campus, with its interest in the region; students live where it is."""
    campuses = world.tables["campuses"].rows
    interest = np.maximum(campuses["interest"], 1e-9)
    ratio = interest[campus] / interest[people["campus"][rows]]
    now = people["region_interest"][rows]
    people["region_interest"][rows] = np.where(people["from_elsewhere"][rows] == 1, np.minimum(1.0, now * ratio), now)
    where = np.where(campuses["outside"][campus] == 1, Place.ELSEWHERE, Place.RESIDENT)
    people["place"][rows] = np.where(people["activity"][rows] == Activity.STUDYING, where, people["place"][rows])
    people["campus"][rows] = campus


def _write_origin(world: World, people: Any, rows: Integers, origin: Integers) -> None:  # noqa: ANN401
    """Let locals be from elsewhere, or the other way round: with the ties and the interest that such people usually have."""
    behaviour, opening, campuses = world.scenario.behaviour, world.scenario.opening, world.tables["campuses"].rows
    is_local, lives_here = origin == 0, people["place"][rows] == Place.RESIDENT
    years = np.maximum(0, -people["graduation_day"][rows]) / YEAR_DAYS
    settled = np.where(lives_here, opening.newcomer_attachment * (1 + years), 0.0)
    people["from_elsewhere"][rows] = origin
    people["attachment"][rows] = np.where(is_local, opening.attachment, settled)
    of_campus = np.where(lives_here, behaviour.local_interest, campuses["interest"][people["campus"][rows]])
    people["region_interest"][rows] = np.where(is_local, np.where(lives_here, behaviour.local_interest, behaviour.locals_interest_away), of_campus)


def _write_place(world: World, people: Any, rows: Integers, place: Integers) -> None:  # noqa: ANN401
    """Let somebody live elsewhere, or here."""
    behaviour, opening = world.scenario.behaviour, world.scenario.opening
    here, newcomer = place == Place.RESIDENT, people["from_elsewhere"][rows] == 1
    years = np.maximum(0, -people["graduation_day"][rows]) / YEAR_DAYS
    interest = people["region_interest"][rows]
    away = np.where(newcomer, interest, np.minimum(interest, behaviour.locals_interest_away))
    people["region_interest"][rows] = np.where(here, np.maximum(interest, behaviour.local_interest), away)
    ties = np.where(newcomer, np.where(here, opening.newcomer_attachment * (1 + years), 0.0), people["attachment"][rows])
    people["attachment"][rows] = ties
    people["place"][rows] = place


def _write_class(world: World, people: Any, wanted: Wanted) -> None:  # noqa: ANN401
    """Write when graduates have graduated; students do so with their class."""
    now = people["graduation_day"].astype(np.int64)
    is_graduate = (wanted.day > NO_DAY) & (wanted.day <= 0)
    other_class = is_graduate & ((now > 0) | (-now // YEAR_DAYS != wanted.keys["class"]))
    day = np.where(is_graduate & (wanted.is_exact | other_class), wanted.day, now)
    unclear = ~is_graduate & (wanted.keys["status"] > Status.STUDENT) & (now >= 0)
    day = np.where(unclear, first_graduation(world.scenario) - YEAR_DAYS, day)
    people["graduation_day"] = day
    newcomer = (people["from_elsewhere"] == 1) & (people["place"] == Place.RESIDENT) & (day < 0)
    settled = np.minimum(-1, day + world.scenario.behaviour.free_after_days)
    people["resident_since"] = np.where(newcomer, settled, NEVER)


def _write_status(world: World, people: Any, status: Integers) -> None:  # noqa: ANN401
    """Let somebody do what is known, where no donor does: with the plans that go with it."""
    rows = np.flatnonzero((status != UNKNOWN) & (keys_of(people)["status"] != status))
    if not rows.size:
        return
    new, opening = status[rows], world.scenario.opening
    for column in NO_PLAN:
        people[column][rows] = NEVER
    people["activity"][rows] = np.array([ACTIVITIES[one] for one in Status], np.int64)[new]
    bachelor = people["education"][rows] == Education.BACHELOR
    exam = np.where(bachelor, Preparation.POSTGRADUATE, Preparation.CIVIL_SERVICE)
    people["preparing"][rows] = np.where(new == Status.PREPARING, exam, Preparation.NONE)
    even = (rows + 1) * GOLDEN_SECTION % 1.0
    pause = 1 + (-math.log(2.0) * np.log2(1.0 - even) * world.scenario.behaviour.slow_employment_days).astype(np.int64)
    graduates = np.where(new == Status.STUDENT, first_graduation(world.scenario), people["graduation_day"][rows])
    people["graduation_day"][rows] = graduates
    people["return_day"][rows] = np.where(new == Status.INACTIVE, pause, np.where(new == Status.STUDENT, graduates, NEVER))
    searches = new == Status.SEARCHING
    people["searching_since"][rows] = np.where(searches, np.maximum(graduates, -int(opening.search_age_days)), NEVER)
    people["next_search_day"][rows] = np.where(searches, 1 + (7 * even).astype(np.int64), NEVER)
    people["next_outside_day"][rows] = np.where(searches, 1 + (30 * even).astype(np.int64), NEVER)
    people["place"][rows] = np.where(new == Status.FOUNDER, Place.RESIDENT, people["place"][rows])


def _write_search(people: Any, searched: Integers) -> None:  # noqa: ANN401
    """Write for how long who searches has searched, never longer than since graduation."""
    searches = people["activity"] == Activity.SEARCHING
    since = np.where(searched == UNKNOWN, people["searching_since"], -searched)
    people["searching_since"] = np.where(searches, np.minimum(0, np.maximum(since, people["graduation_day"])), people["searching_since"])
    before = searches & (people["last_session_day"] < people["searching_since"])
    people["last_session_day"] = np.where(before, LONG_AGO, people["last_session_day"])
