"""Job fairs: who may come to which kind of fair, and when there is anything to offer."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from sim.levers import LeverId
from sim.levers.job_fairs import JobFairs, may_attend
from sim.states import Activity, Channel, Count, EventKind, Money, Place
from sim.world import World
from tests.drawn import BUDGET, FEW
from tests.every import every
from tests.sim.tiny import advertise, know, move, seek

BUSY: dict[str, Any] = {"enabled": True, "fairs_per_year": 60, "visitors_per_fair": 12, "firms_per_fair": 8, "evening_share": 0.3}
"""A setting in which places and money run out among some hundred people."""

EMPTY: list[dict[str, Any]] = [
    {"fairs_per_year": 0},
    {"firms_per_fair": 0},
    {"posts_per_firm": 0},
    {"visitors_per_fair": 0},
    {"applications_per_visitor": 0},
    {"budget": 0},
]
"""Settings that leave it enabled with nothing to give."""

DRAWN = st.fixed_dictionaries(
    {
        "enabled": st.booleans(),
        "budget": BUDGET,
        "fairs_per_year": st.integers(0, 60),
        "firms_per_fair": st.integers(0, 20),
        "posts_per_firm": FEW,
        "visitors_per_fair": st.integers(0, 50),
        "online_share": st.floats(0, 1),
        "evening_share": st.floats(0, 1),
        "applications_per_visitor": FEW,
    }
)
"""Any settings, for property tests."""

attends = getattr(may_attend, "py_func", may_attend)

PEOPLE = {
    "seeker here": (Activity.SEARCHING, Place.RESIDENT, 3, -1),
    "seeker elsewhere": (Activity.SEARCHING, Place.ELSEWHERE, 3, -1),
    "visitor": (Activity.SEARCHING, Place.VISITING, 3, -1),
    "worker who looks round": (Activity.EMPLOYED, Place.RESIDENT, 3, -1),
    "worker": (Activity.EMPLOYED, Place.RESIDENT, -1, -1),
    "signed": (Activity.SEARCHING, Place.RESIDENT, 3, 9),
}
"""Activity, place, next day of search, day of a contract."""


@pytest.mark.parametrize(
    ("kind", "near", "who"),
    [
        (EventKind.FAIR, False, {"seeker here", "visitor"}),
        (EventKind.FAIR, True, {"seeker here", "seeker elsewhere", "visitor"}),
        (EventKind.EVENING_FAIR, False, {"seeker here", "visitor", "worker who looks round"}),
        (EventKind.ONLINE_FAIR, False, {"seeker here", "seeker elsewhere", "visitor", "worker who looks round"}),
    ],
)
def test_each_kind_of_fair_reaches_its_people(kind: EventKind, near: bool, who: set[str]) -> None:
    found = set()
    for name, features in PEOPLE.items():
        row = np.array([features], [("activity", "i1"), ("place", "i1"), ("next_search_day", "i8"), ("contract_day", "i8")]).view(np.recarray)[0]
        if attends(kind, row, near):
            found.add(name)
    assert found == who


def test_a_fair_that_cannot_be_paid_for_is_not_held(run_of: Callable[..., World]) -> None:
    fairs = {"enabled": True, "fairs_per_year": 36, "cost_per_fair": 1000, "cost_per_visitor": 0, "budget": 2500}
    world = run_of(graduates=600, days=120, policy={"job_fairs": fairs})
    service = world.tables["services"].rows[LeverId.JOB_FAIRS]
    events = world.tables["events"]
    taken = events.column("taken")[events.column("kind") != EventKind.FAIR_INVITATION]
    assert (service.spent, service.fixed_spent) == (2000, 2000)
    every(taken[:2] > 0)
    assert taken[2:].sum() == 0
    assert world.counts[Count.FAIR_ATTENDANCES] == taken.sum()


@pytest.mark.parametrize(
    "nothing",
    [
        {"fairs_per_year": 0},
        {"firms_per_fair": 0},
        {"posts_per_firm": 0},
        {"visitors_per_fair": 0},
        {"applications_per_visitor": 0},
        {"enabled": False},
    ],
)
def test_without_a_meeting_nothing_is_offered(nothing: dict[str, Any]) -> None:
    usual = {"enabled": True, "fairs_per_year": 1}
    assert JobFairs.model_validate(usual).offers_something
    assert not JobFairs.model_validate(usual | nothing).offers_something


def test_a_fair_has_no_posts_where_no_employer_has_heard_of_fairs(run_of: Callable[..., World]) -> None:
    """Employers who are told of fairs come to them; people who are told of none stay away."""
    unheard = {"enabled": True, "fairs_per_year": 60, "initial_awareness": 1.0, "attendance": 1.0, "firm_awareness": 0.0}
    told = {"job_fairs": unheard, "outreach": {"enabled": True, "firm_contacts": 300}}
    policies = ({"job_fairs": unheard}, told, {"job_fairs": unheard | {"firm_awareness": 1.0, "initial_awareness": 0.0}})
    worlds = [run_of(graduates=600, days=90, start="2021-03-01", policy=policy, behaviour={"talk_recall": 0.0}) for policy in policies]
    hires = [int((world.tables["posts"].column("channel") == Channel.FAIR).sum()) for world in worlds]
    visitors = [int(world.counts[Count.FAIR_ATTENDANCES]) for world in worlds]
    assert visitors[0] > 0
    assert hires[0] == 0 < hires[1]
    assert visitors[2] == 0


@pytest.mark.parametrize(
    ("savings", "far", "lever", "comes", "given"),
    [(160, 0, {}, 1, 0), (79, 0, {}, 0, 0), (239, 1, {}, 0, 0), (240, 1, {}, 1, 0), (0, 1, {"share": 1.0}, 1, 240)],
)
def test_who_lives_here_pays_the_way_to_a_fair(savings: int, far: int, lever: Any, comes: int, given: int, still_world: Callable[..., World]) -> None:
    """Ten yuan a km, four km within the district and twelve to another one: the fair is where its employer is."""
    fairs = {
        "enabled": True, "fairs_per_year": 8, "online_share": 0.0, "firm_awareness": 1.0, "initial_awareness": 1.0, "attendance": 1.0,
        "firms_per_fair": 1, "reading_days": 60,
    }  # fmt: skip
    support = {"enabled": True, "ceiling": 10_000, "weeks": 52, "places": 99, "initial_awareness": 1.0, "administration": 0} | lever
    policy = {"job_fairs": fairs} | ({"transport_support": support} if lever else {})
    world = still_world(policy=policy, commute_fare_per_km=10, family_pocket=0, sessions_per_month=0.001)
    world.tables["slots"].rows["employer"][:] = 0
    advertise(world, 0, review_day=80)
    district = int(world.tables["employers"].rows["district"][0])
    seek(world, 7, district=district if not far else (district + 1) % 2, graduation_day=-60)
    know(world, LeverId.JOB_FAIRS, 7)
    day = int(world.tables["events"].rows["day"][0])
    world.advance(0, day)
    move(world, 7, savings=savings)
    world.advance(day, day + 1)
    person, fare = world.tables["people"].rows[7], 240 if far else 80
    assert (person.fairs, person.fares_paid, -world.ledger[Money.SEARCH_COSTS]) == ((1, given, fare) if comes else (0, 0, 0))
