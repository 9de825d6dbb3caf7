"""Campus recruitment and travel vouchers: who is met, who may come, and what stops when the purse is empty."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from sim.levers import LeverId
from sim.levers.campus_recruitment import CampusRecruitment
from sim.levers.travel_vouchers import TravelVouchers
from sim.states import Activity, Count, Education, EventKind
from sim.world import World
from tests.drawn import BUDGET, FEW
from tests.every import every

BUSY: dict[str, Any] = {"enabled": True, "trips": 4, "firms": 30, "posts": 600, "posts_noticed": 0.2, "meetings": 2, "attendance": 1.0}
"""A setting in which places and money run out among some hundred people."""

EMPTY: list[dict[str, Any]] = [*({name: 0, "meetings": 0} for name in ("trips", "firms", "posts", "cvs_per_student")), {"budget": 0}]
"""Settings that leave it enabled with nothing to give."""

DRAWN = st.fixed_dictionaries(
    {
        "enabled": st.booleans(),
        "budget": BUDGET,
        "trips": FEW,
        "firms": st.integers(0, 20),
        "posts": st.integers(0, 400),
        "cvs_per_student": FEW,
        "meetings": FEW,
    }
)
"""Any settings, for property tests."""

TRIPS = {
    "enabled": True,
    "trips": 3,
    "firms": 30,
    "posts": 600,
    "posts_noticed": 0.05,
    "attendance": 0.5,
    "campuses": ("university",),
    "last_date": "2021-05-31",
}
VOUCHERS = {
    "enabled": True,
    "amount": 800,
    "places": 400,
    "group_visits": 3,
    "invited_share": 1.0,
    "campuses": ("outside 0",),
    "last_date": "2021-05-31",
}


def test_only_students_of_the_campus_hand_in_cvs(run_of: Callable[..., World]) -> None:
    without, with_trips = (run_of(graduates=1500, days=212, policy=policy) for policy in ({}, {"campus_recruitment": TRIPS}))
    early = [  # before what they do has any bearing on others
        run_of(graduates=1500, days=8, policy=policy).tables["people"]
        for policy in ({}, {"campus_recruitment": TRIPS | {"first_date": "2020-11-01"}})
    ]
    assert with_trips.counts[Count.CAMPUS_CVS] > 20
    assert without.counts[Count.CAMPUS_CVS] == 0
    more = np.flatnonzero(early[1].column("applications") > early[0].column("applications"))
    assert len(more) > 10
    assert set(early[1].column("campus")[more].tolist()) <= {1}
    assert set(early[1].column("activity")[more].tolist()) <= {Activity.STUDYING, Activity.INTERN}


def test_cvs_of_a_student_are_limited(run_of: Callable[..., World]) -> None:
    cvs = [
        int(run_of(graduates=1500, days=212, policy={"campus_recruitment": TRIPS | {"cvs_per_student": number}}).counts[Count.CAMPUS_CVS])
        for number in (1, 2, 4)
    ]
    assert cvs[0] < cvs[1] < cvs[2]


def test_who_does_not_look_for_work_hands_in_nothing_and_talks_take_time(still_world: Callable[..., World]) -> None:
    """Every second student looks for work; with time for one talk, each of five employers takes one CV at most."""
    handed = []
    for talks in (10_000, 1):
        trip = {"enabled": True, "trips": 1, "firms": 5, "posts": 200, "campuses": ("outside 1",), "attendance": 1.0, "posts_noticed": 0.9}
        world = still_world(policy={"campus_recruitment": trip | {"talks_per_firm": talks}}, graduates=800, skill_bar_mean=-10)
        people = world.tables["people"].rows
        people["region_interest"], people["expected_wage"] = 1.0, 100.0
        people["next_search_day"][::2] = 89
        (day,) = world.tables["events"].column("day")
        world.advance(0, day + 1)
        every(people["campus_cvs"][1::2] == 0)
        handed.append(int(people["campus_cvs"].sum()))
    assert handed[0] > 6
    assert 0 < handed[1] <= 5


def test_an_intent_needs_both_sides(still_world: Callable[..., World]) -> None:
    """Posts are looked at from half of what is wanted on, but an intent is for a post worth it: who wants a tenth more than usual pay finds few."""
    noted = []
    for wanted in (0.1, 1.1):
        trip = {"enabled": True, "trips": 1, "firms": 5, "posts": 200, "campuses": ("outside 1",), "attendance": 1.0, "posts_noticed": 0.9}
        world = still_world(policy={"campus_recruitment": trip}, graduates=600, skill_bar_mean=-10)
        world.rules["region"]["rent"] = world.rules["region"]["rent_elsewhere"] = 0
        people = world.tables["people"].rows
        people["region_interest"], people["expected_wage"], people["next_search_day"] = 1.0, wanted * people["expected_wage"], 89
        (day,) = world.tables["events"].column("day")
        world.advance(0, day + 1)
        noted.append(people["campus_intents"].sum() / people["campus_cvs"].sum())
    assert noted[0] == 1.0
    assert noted[1] < 0.7


def test_the_funnel_narrows(run_of: Callable[..., World]) -> None:
    counts = run_of(graduates=3000, days=365, policy={"campus_recruitment": TRIPS | {"attendance": 1.0, "posts_noticed": 0.1}}).counts
    funnel = [
        int(counts[count]) for count in (Count.CAMPUS_CVS, Count.CAMPUS_INTERVIEWS, Count.CAMPUS_INTENTS, Count.CAMPUS_CONTRACTS, Count.CAMPUS_HIRES)
    ]
    assert funnel == sorted(funnel, reverse=True)
    assert funnel[-1] > 0
    assert counts[Count.CAMPUS_POSTS] == 600


def test_a_trip_that_cannot_be_paid_for_is_not_made(run_of: Callable[..., World]) -> None:
    world = run_of(graduates=800, days=212, policy={"campus_recruitment": TRIPS | {"budget": 120_000, "cost_per_trip": 50_000, "cost_per_cv": 0}})
    assert world.counts[Count.CAMPUS_POSTS] == 400
    assert world.tables["services"].rows["spent"][LeverId.CAMPUS_RECRUITMENT] == 100_000


@pytest.mark.parametrize(("lowest", "tiers"), [(0, {0, 1, 2}), (1, {1, 2}), (2, {2})])
def test_vouchers_are_for_the_education_asked_for(lowest: int, tiers: set[int], run_of: Callable[..., World]) -> None:
    world = run_of(
        graduates=12_000, days=212, policy={"travel_vouchers": VOUCHERS | {"lowest_education": lowest}}, behaviour={"explore_trip_value": 5000}
    )
    people = world.tables["people"]
    used = people.column("voucher") == 1
    assert set(people.column("education")[used].tolist()) == tiers <= {int(tier) for tier in Education}
    assert set(people.column("campus")[used].tolist()) == {2}
    assert set(people.column("from_elsewhere")[used].tolist()) == {1}
    every(people.column("trips")[used] >= 1)


def test_a_voucher_is_used_once(run_of: Callable[..., World]) -> None:
    soon = VOUCHERS | {"lowest_education": 0, "first_date": "2021-05-29"}  # three days on end: hardly anybody begins to search in between
    world = run_of(graduates=6000, days=212, policy={"travel_vouchers": soon}, behaviour={"explore_trip_value": 5000})
    visits = world.tables["events"]
    assert set(visits.column("kind").tolist()) == {EventKind.GROUP_VISIT}
    assert int(visits.column("taken").sum()) == int((world.tables["people"].column("voucher") == 1).sum())
    assert visits.column("taken")[0] > 0
    assert visits.column("taken")[1:].sum() < visits.column("taken")[0], "the second visit finds few who have not been"


@pytest.mark.parametrize("nothing", [{"enabled": False}, {"trips": 0}, {"firms": 0}, {"posts": 0}, {"cvs_per_student": 0}, {"budget": 0}])
def test_without_a_post_to_meet_nothing_is_offered(nothing: dict[str, Any]) -> None:
    assert CampusRecruitment.model_validate(TRIPS).offers_something
    assert not CampusRecruitment.model_validate(TRIPS | nothing).offers_something


@pytest.mark.parametrize("nothing", [{"enabled": False}, {"amount": 0}, {"places": 0}, {"group_visits": 0}, {"budget": 0}])
def test_without_a_voucher_nothing_is_offered(nothing: dict[str, Any]) -> None:
    assert TravelVouchers.model_validate(VOUCHERS).offers_something
    assert not TravelVouchers.model_validate(VOUCHERS | nothing).offers_something


def test_a_meeting_tells_students_of_work_here_and_moves_nothing_else(scenario_of: Callable[..., Any], world_of: Callable[..., World]) -> None:
    lever = {"enabled": True, "meetings": 1, "campuses": ("outside 1",), "attendance": 0.5, "cost_per_meeting": 7_000, "last_date": "2020-11-05"}
    told, untold = (world_of(scenario_of(graduates=1500, days=20, policy=policy)) for policy in ({"campus_recruitment": lever}, {}))
    (day,) = told.tables["events"].column("day")
    for world in (told, untold):
        world.advance(0, day + 1)
    people, others = told.tables["people"], untold.tables["people"]
    came = people.column("campus_meetings") == 1
    names = [campus.name for campus in told.scenario.region.campuses]
    assert 5 < came.sum() == told.counts[told.rules["campus_recruitment"]["counts"]["meetings"][0]]
    every(people.column("campus")[came] == names.index("outside 1"))
    every(people.column("activity")[came] == Activity.STUDYING)
    every(people.column("pay_signals")[came] > others.column("pay_signals")[came], "news of pay")
    for name in ("region_interest", "attachment", "targeting", "applications", "campus_cvs"):
        every(people.column(name) == others.column(name))
    service = told.tables["services"].rows[LeverId.CAMPUS_RECRUITMENT]
    assert (service.spent, service.served, service.reached) == (7_000, 0, came.sum())
