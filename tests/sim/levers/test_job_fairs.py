"""Job fairs: who may come to which kind of fair, and when there is anything to offer."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from sim.levers import LeverId
from sim.levers.job_fairs import JobFairs, may_attend
from sim.states import Activity, Count, EventKind, Place
from sim.world import World
from tests.drawn import BUDGET, FEW
from tests.every import every

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
    taken = world.tables["events"].column("taken")
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
