"""Graduation, pauses, exams and seasons where the answer is known: worlds at rest until the test moves somebody."""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pytest

from sim.compiled import NEVER
from sim.scenario import Scenario
from sim.states import Activity, Count, Education, Preparation, Stock
from sim.world import World
from tests.every import every
from tests.sim.tiny import seek

Make = Callable[..., World]
START = date(2021, 3, 1)
"""First day of the world at rest."""
EXAM, RESULTS, STUDIES = ((when - START).days for when in (date(2021, 12, 24), date(2022, 2, 26), date(2022, 9, 1)))
MANY = 1_200
STUDENT = {"activity": Activity.STUDYING, "graduation_day": 478, "next_search_day": NEVER, "return_day": NEVER, "contract_day": NEVER, "skill": 0.0}


def let_all_be(world: World, **columns: Any) -> Any:
    """Let everybody be alike, and return their rows."""
    seek(world, slice(0, MANY), **columns)  # type: ignore[arg-type]
    people = world.tables["people"].rows
    people["entry_day"][:MANY] = 0
    return people[:MANY]


@pytest.fixture(scope="module")
def sat(still_world: Make) -> World:
    """Half are students, half without work, and all prepare for the postgraduate exam; they have heard the result this morning."""
    world = still_world(graduates=MANY, days=600, slow_employment_share=0.2)
    people = let_all_be(world, **STUDENT | {"preparing": Preparation.POSTGRADUATE})
    people["skill"] = np.where(np.arange(MANY) % 4 < 2, -1.0, 1.0)
    graduates = slice(1, MANY, 2)
    people["activity"][graduates], people["graduation_day"][graduates] = Activity.INACTIVE, -100
    people["contract_day"][0], people["contract_outside"][0], people["skill"][0] = 500, 1, 9.0
    world.plan["heads"] = MANY / 2
    world.advance(0, EXAM)
    assert world.counts[Count.EXAMS_SAT] == 0
    world.advance(EXAM, EXAM + 1)
    every(people.exams == 1)
    every(people.preparing == Preparation.POSTGRADUATE)
    world.advance(EXAM + 1, RESULTS + 1)
    return world


def test_as_many_pass_as_there_are_places_and_rather_the_able(sat: World) -> None:
    people = sat.tables["people"].rows[:MANY]
    passed = people.preparing == Preparation.ADMITTED
    assert passed.mean() == pytest.approx(0.25, abs=0.03)
    assert passed[people.skill > 0].mean() > 2 * passed[people.skill < 0].mean()
    every(people.next_search_day[passed] == NEVER)
    assert passed[0]
    assert people.contract_day[0] == NEVER, "the contract is broken"
    assert sat.plan["heads"] == MANY / 2 - passed[1::2].sum(), "no posts are planned for graduates who study on"


def test_who_fails_searches_or_prepares_again(sat: World) -> None:
    people = sat.tables["people"].rows[:MANY]
    student, passed, again = np.arange(MANY) % 2 == 0, people.preparing == Preparation.ADMITTED, people.preparing == Preparation.POSTGRADUATE
    assert again[student & ~passed].mean() == pytest.approx(0.2, abs=0.06), "the slow ones"
    assert again[~student & ~passed].mean() == pytest.approx(0.3, abs=0.06), "again_share"
    back = ~student & ~passed & ~again
    every(people.activity[back] == Activity.SEARCHING)
    every(people.searching_since[back] == RESULTS)
    every(people.next_search_day[back] > RESULTS)
    every(people.activity[~student & again] == Activity.INACTIVE)


def test_who_is_admitted_leaves_in_september_and_nobody_else(sat: World) -> None:
    people, before = sat.tables["people"].rows[:MANY], sat.plan["heads"][0]
    admitted = (people.preparing == Preparation.ADMITTED).copy()
    sat.advance(RESULTS + 1, STUDIES)
    every(people.activity[admitted] == Activity.INACTIVE)
    every(people.return_day[admitted] == STUDIES)
    sat.advance(STUDIES, STUDIES + 1)
    assert ((people.activity == Activity.AGED_OUT) == admitted).all()
    assert sat.counts[Count.STUDYING_ON] == admitted.sum()
    assert sat.counts[Count.AGED_OUT] == 0
    graduated = (np.arange(MANY) % 2 == 0) & ~admitted
    assert sat.plan["heads"] == before + graduated.sum(), "students who stay join those for whom posts are planned"


def test_slow_employment_is_over_all_who_do_not_study_on(still_world: Make) -> None:
    """Apart from what offers come: a slow one does not search as a student, so that there are as many of them whatever the market."""
    world = still_world(graduates=MANY, days=200, slow_employment_share=0.3, slow_employment_days=50, search_after_days=20)
    world.rules["exams"]["late_share"] = 0.2
    people = let_all_be(world, **STUDENT | {"graduation_day": 10, "education": Education.BACHELOR})
    people["preparing"][:100] = Preparation.ADMITTED
    people["contract_day"][100:200], people["contract_outside"][100:200] = 150, 1
    world.advance(0, 11)
    every(people.activity[:100] == Activity.INACTIVE, "waits for September")
    every(people.activity[100:200] == Activity.SEARCHING, "waits for the job")
    rest = people[200:]
    every(rest.activity == Activity.INACTIVE)
    late = rest.preparing == Preparation.POSTGRADUATE
    assert late.mean() == pytest.approx(0.3 * 0.2, abs=0.02)
    every(rest.return_day[late] == NEVER)
    waits = rest.return_day[~late] - 10
    assert waits.mean() == pytest.approx((0.24 * 50 + 0.7 * 20) / 0.94, rel=0.12)
    world.advance(11, 60)
    assert (people.activity[200:] == Activity.SEARCHING).mean() == pytest.approx(0.24 * 0.63 + 0.7 * 0.92, abs=0.05)


def test_who_prepares_is_unemployed_only_where_searching(still_world: Make) -> None:
    world = still_world(graduates=MANY, days=60)
    people = let_all_be(world, graduation_day=-100, activity=Activity.INACTIVE, last_session_day=-3, next_search_day=NEVER, return_day=45)
    people["preparing"][:400] = Preparation.POSTGRADUATE
    people["activity"][:100] = Activity.SEARCHING
    people["activity"][100:150], people["employer"][100:150] = Activity.EMPLOYED, 0
    world.advance(0, 41)  # the 10th of April is day 40
    standing = world.standing
    assert standing[Stock.UNEMPLOYED_16_24] == 100 + MANY - 400
    assert standing[Stock.PREPARING] == 400 - 150


def test_a_student_who_prepares_searches_less(still_world: Make) -> None:
    world = still_world(graduates=MANY, days=30, sessions_per_month=6.0, student_effort=1.0)
    people = let_all_be(world, **STUDENT)
    people["preparing"][: MANY // 2] = Preparation.UPGRADE
    people["return_day"] = 5
    sessions = np.zeros(2)
    for day in range(30):
        sessions += (people.next_search_day == day).reshape(2, -1).sum(axis=1)
        world.advance(day, day + 1)
    assert sessions[0] / sessions[1] == pytest.approx(world.scenario.exams.preparing_effort, rel=0.2)


def test_the_civil_service_takes_people_on_in_summer(still_world: Make) -> None:
    world = still_world(graduates=MANY, days=200)
    world.rules["exams"]["civil_service_success"] = 1.0
    people = let_all_be(world, graduation_day=-100, activity=Activity.INACTIVE, next_search_day=NEVER, preparing=Preparation.CIVIL_SERVICE)
    world.advance(0, 20)  # the 20th of March is day 19
    assert world.counts[Count.ENTERED_SERVICE] == MANY
    every(people.contract_day == (date(2021, 7, 15) - START).days)
    world.advance(20, 140)
    every(people.activity == Activity.EMPLOYED)
    assert world.counts[Count.HIRES_OUTSIDE] == MANY


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_jobs_end_after_the_festival_rather_than_before(share: float, scenario_of: Callable[..., Scenario], world_of: Make) -> None:
    behaviour = {"separation_later": 1.0, "separation_bachelor": 0.2, "separation_vocational": 0.2}
    world = world_of(scenario_of(graduates=3_000, days=200, behaviour=behaviour, market={"bonus_wait_share": share, "bonus_wait_days": 30}))
    last = world.tables["people"].column("separation_day")
    festival = (date(2021, 2, 12) - world.scenario.start).days
    before, after = (((last >= first) & (last < first + 30)).sum() for first in (festival - 30, festival))
    assert before + after > 200
    assert bool(before == 0) is (share == 1.0)
    assert after > 1.5 * before if share else after < 1.2 * before


def test_posts_for_the_class_ask_for_what_the_season_recruits(scenario_of: Callable[..., Scenario], world_of: Make) -> None:
    """All bachelors' posts in October, all vocational ones in March: each comes in its month, and the year's parts are those of the market."""
    october, march = ([12.0 * (month == chosen) for month in range(1, 13)] for chosen in (10, 3))
    market = {"season_bachelor": october, "season_vocational": march, "vocational_posts": 0.4, "master_posts": 0.1}
    world = world_of(scenario_of(graduates=500, days=365, market=market))
    months, calendar = world.calendar["month"][:365], world.calendar[:365]
    every(calendar.vocational[months == 3] == 1.0)
    every(calendar.vocational[months == 10] == 0.0)
    every(np.isclose(calendar.master[months == 10], 0.1 / 0.6))
    coming = calendar.coming
    assert coming[100] / coming[200] == pytest.approx(0.6, rel=0.05), "by February those of October, by May all"
