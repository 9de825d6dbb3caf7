"""Start-up courses: seats and money are finite; courage lets firms begin; what a camp teaches, revenue shows."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from sim.levers import LeverId
from sim.levers.startup_courses import StartupCourses
from sim.states import Activity, Cash, Count, Place
from sim.world import World
from tests.drawn import BUDGET, FEW
from tests.every import every

BUSY: dict[str, Any] = {
    "enabled": True,
    "lectures": 4,
    "seats_per_lecture": 12,
    "camps": 2,
    "seats_per_camp": 5,
    "book_club_members": 6,
    "demand": 0.1,
    "initial_awareness": 0.6,
}
"""A setting in which places and money run out among some hundred people."""

EMPTY: list[dict[str, Any]] = [
    {"lectures": 0, "camps": 0, "book_club_members": 0},
    {"seats_per_lecture": 0, "seats_per_camp": 0, "book_club_members": 0},
    {"budget": 0},
]
"""Settings that leave it enabled with nothing to give."""

DRAWN = st.fixed_dictionaries(
    {
        "enabled": st.booleans(),
        "budget": BUDGET,
        "lectures": FEW,
        "camps": FEW,
        "book_club_members": st.integers(0, 9),
        "demand": st.floats(0, 1),
    }
)
"""Any settings, for property tests."""

Run = Callable[..., World]
SETTING = {"graduates": 800, "days": 150, "start": "2021-01-01"}
OPEN = {"enabled": True, "initial_awareness": 0.8, "demand": 0.2}


def service(world: World) -> Any:
    return world.tables["services"].rows[LeverId.STARTUP_COURSES]


def column(world: World, name: str) -> Any:
    return world.tables["people"].column(name)


@pytest.mark.parametrize(
    ("lever", "key", "values"),
    [
        ({"lectures": 3}, "seats_per_lecture", (2, 10, 60, 1000)),
        ({"camps": 3}, "seats_per_camp", (1, 5, 30, 1000)),
        ({}, "book_club_members", (1, 10, 60, 10_000)),
    ],
)
def test_more_seats_serve_more_and_turn_fewer_away(lever: dict[str, Any], key: str, values: tuple[int, ...], run_of: Run) -> None:
    found = [service(run_of(**SETTING, policy={"startup_courses": OPEN | lever | {key: value}})) for value in values]
    every(np.diff([row.served for row in found]) > 0)
    every(np.diff([row.turned_away for row in found]) < 0)
    assert found[-1].turned_away == 0
    assert all(row.reached == row.served + row.turned_away for row in found)


@pytest.mark.parametrize(
    ("lever", "units"),
    [({"lectures": 3, "seats_per_lecture": 1000}, 1), ({"camps": 3, "seats_per_camp": 1000}, 10), ({"book_club_members": 1000}, 1)],
)
def test_half_the_budget_serves_half(lever: dict[str, Any], units: int, run_of: Run) -> None:
    need = service(run_of(**SETTING, policy={"startup_courses": OPEN | lever}))
    half = service(run_of(**SETTING, policy={"startup_courses": OPEN | lever | {"budget": int(need.spent) // 2}}))
    assert need.spent == need.units * 40 == need.served * units * 40 > 0
    assert half.spent == half.units * 40 <= need.spent // 2
    assert abs(int(half.served) - int(need.served) / 2) <= 1
    assert half.turned_away >= need.served - half.served - 1  # fewer who have been there tell of it


def test_courses_give_confidence_and_camps_skill_to_exactly_who_came(run_of: Run) -> None:
    effects = {"course_confidence": 0.4, "camp_business_skill": 0.1}
    null = run_of(**SETTING, behaviour=effects)
    world = run_of(**SETTING, behaviour=effects, policy={"startup_courses": OPEN | {"lectures": 2, "camps": 2}})
    times = column(world, "startup_courses")
    gained = np.array([0.4 * sum(1.0 / (visit + 1) for visit in range(number)) for number in times])
    assert np.allclose(column(world, "confidence"), column(null, "confidence") + gained)
    camps = column(world, "business_training") / 0.1
    once = times == 1
    assert np.allclose(camps[once], np.round(camps[once]))
    assert 0 < camps.sum() < times.sum() == world.counts[Count.STARTUP_COURSES_ATTENDED]
    every(camps <= gained / 0.4 + 1e-9)


def test_courage_lets_more_firms_begin(run_of: Run) -> None:
    behaviour = {"opportunity_per_year": 2.0, "course_confidence": 3.0, "constrained_share": 0.0}
    lever = OPEN | {"lectures": 3, "seats_per_lecture": 1000, "demand": 1.0}
    for seed in (1, 2, 3):
        null, world = (run_of(**SETTING, seed=seed, behaviour=behaviour, policy=policy) for policy in ({}, {"startup_courses": lever}))
        assert world.counts[Count.STARTUPS_FOUNDED] > 1.2 * null.counts[Count.STARTUPS_FOUNDED]


def test_what_a_camp_teaches_shows_in_revenue(run_of: Run) -> None:
    """Confidence moves nobody here: the firms are the same, and those of founders who came earn more."""
    behaviour = {"opportunity_per_year": 0, "course_confidence": 0.0, "camp_business_skill": 0.3, "monthly_revenue": 60_000, "revenue_noise": 0.0}
    behaviour |= {"revenue_per_staff": 1_000_000, "capital_need": 1, "capital_need_spread": 0.0}
    lever = OPEN | {"camps": 1, "seats_per_camp": 1000, "demand": 0.5}
    setting = SETTING | {"behaviour": behaviour, "population": {"founders_earlier": 0.2}}
    null, world = run_of(**setting), run_of(**setting, policy={"startup_courses": lever})
    assert world.cashbook[Cash.REVENUE] > null.cashbook[Cash.REVENUE]
    firms, before = world.tables["employers"], null.tables["employers"]
    runs = (firms.column("founder") >= 0) & (firms.column("alive") == 1)
    came = column(world, "startup_courses")[firms.column("founder")[runs]] > 0
    assert came.any()
    assert not came.all()
    assert np.allclose((firms.column("business_skill") - before.column("business_skill"))[runs], 0.3 * came)
    every((firms.column("cash") > before.column("cash"))[runs] == came)


def test_a_membership_is_paid_for_by_the_year(run_of: Run) -> None:
    lever = OPEN | {"book_club_members": 20, "demand": 1.0}
    calm = {"leave_per_month": 0.0, "outside_finding": 0.0, "outside_finding_fresh": 0.0}
    none = {"exempt_share": 0.0, "postgraduate_share": 0.0, "upgrade_share": 0.0}
    setting = SETTING | {"behaviour": calm, "exams": none}
    first, second = (service(run_of(**setting | {"days": days}, policy={"startup_courses": lever})) for days in (340, 700))
    assert (int(first.in_use), int(first.units)) == (20, 20)
    assert int(second.in_use) == 20
    assert int(second.units) == 40
    purse = service(run_of(**setting | {"days": 700}, policy={"startup_courses": lever | {"budget": 20 * 40}}))
    assert (int(purse.in_use), int(purse.units), int(purse.served)) == (0, 20, 20), "nobody stays without paying"


def test_who_leaves_the_region_leaves_the_book_club(scenario_of: Callable[..., Any], world_of: Run) -> None:
    setting = SETTING | {"days": 400, "behaviour": {"leave_per_month": 60.0}, "population": {"residents_from_elsewhere_share": 1.0}}
    world = world_of(scenario_of(**setting, policy={"startup_courses": OPEN | {"book_club_members": 10_000, "demand": 1.0}}))
    world.advance(0, 369)
    gone = column(world, "place") != Place.RESIDENT
    for day in range(369, 400):
        world.advance(day, day + 1)
        gone &= column(world, "place") != Place.RESIDENT
    member = column(world, "book_club") == 1
    assert (column(world, "left_day") >= 0).sum() > 10
    assert not (member & gone).any(), "the meeting is once a month"
    assert service(world).in_use == member.sum()


def test_a_founder_learns_for_the_firm_at_hand(run_of: Run) -> None:
    lever = OPEN | {"book_club_members": 10_000, "demand": 1.0}
    world = run_of(**SETTING, policy={"startup_courses": lever}, population={"founders_earlier": 0.2}, behaviour={"opportunity_per_year": 0})
    founders = (column(world, "activity") == Activity.FOUNDER) & (column(world, "book_club") == 1)
    firms = world.tables["employers"]
    null = run_of(**SETTING, population={"founders_earlier": 0.2}, behaviour={"opportunity_per_year": 0})
    rows = column(world, "employer")[founders]
    gained = firms.column("business_skill")[rows] - null.tables["employers"].column("business_skill")[rows]
    assert founders.any()
    assert np.allclose(gained, column(world, "business_training")[founders])
    every(gained > 0)


def test_without_seats_nothing_is_offered() -> None:
    def offers(**settings: Any) -> bool:
        return StartupCourses(enabled=True, **settings).offers_something

    assert offers(lectures=1)
    assert offers(camps=1)
    assert offers(book_club_members=1)
    assert not offers()
    assert not offers(lectures=1, seats_per_lecture=0)
    assert not offers(camps=1, budget=0)


def test_nobody_comes_to_a_lecture_who_does_not_know_of_it(run_of: Callable[..., World]) -> None:
    lever = {"enabled": True, "lectures": 6, "seats_per_lecture": 50, "demand": 1.0}
    came = []
    for known in (0.0, 0.5):
        world = run_of(graduates=300, days=90, start="2021-01-01", policy={"startup_courses": lever | {"initial_awareness": known}})
        came.append(int(world.tables["services"].rows["reached"][LeverId.STARTUP_COURSES]))
    assert came[0] == 0
    assert came[1] > 20
