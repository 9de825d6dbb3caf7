"""Outreach: exact division of contacts over days, who can be met where, and what a contact costs and does."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from sim.levers import LeverId
from sim.levers.outreach import Outreach, is_concerned
from sim.rules.services import share_of_day
from sim.scenario import Scenario
from sim.states import Activity, Count, OutreachChannel, Place
from sim.world import World
from tests.drawn import BUDGET
from tests.every import every

BUSY: dict[str, Any] = {
    "enabled": True,
    "job_boards": 300,
    "recruitment_events": 100,
    "campus_groups": 300,
    "visits": 30,
    "kiosks": 30,
    "media": 30,
    "online_communities": 30,
}
"""A setting in which places and money run out among some hundred people."""

EMPTY: list[dict[str, Any]] = [
    {"job_boards": 0, "recruitment_events": 0, "campus_groups": 0, "visits": 0, "kiosks": 0, "media": 0, "online_communities": 0},
    {"budget": 0},
]
"""Settings that leave it enabled with nothing to give."""

DRAWN = st.fixed_dictionaries(
    {
        "enabled": st.booleans(),
        "budget": BUDGET,
        "job_boards": st.integers(0, 500),
        "recruitment_events": st.integers(0, 50),
        "media": st.integers(0, 500),
    }
)
"""Any settings, for property tests."""

divide = getattr(share_of_day, "py_func", share_of_day)
concerned = getattr(is_concerned, "py_func", is_concerned)


@pytest.mark.parametrize("per_month", [0, 1, 7, 29, 30, 31, 1000])
def test_every_thirty_days_make_a_month_of_contacts(per_month: int) -> None:
    contacts = [divide(per_month, day) for day in range(300)]
    assert {sum(contacts[first : first + 30]) for first in range(270)} == {per_month}
    assert max(contacts) - min(contacts) <= 1


SEEKER = {"activity": Activity.SEARCHING, "place": Place.RESIDENT, "next_search_day": 5}
STUDENT = {"activity": Activity.STUDYING, "place": Place.ELSEWHERE, "next_search_day": -1}
PAUSING = {"activity": Activity.INACTIVE, "place": Place.RESIDENT, "next_search_day": -1}
WORKER = {"activity": Activity.EMPLOYED, "place": Place.RESIDENT, "next_search_day": -1}
GONE = {"activity": Activity.EMPLOYED, "place": Place.ELSEWHERE, "next_search_day": -1}


@pytest.mark.parametrize(
    ("channel", "met"),
    [
        (OutreachChannel.JOB_BOARDS, "1....") , (OutreachChannel.CAMPUS_GROUPS, ".1..."), (OutreachChannel.VISITS, "1.1.."),
        (OutreachChannel.KIOSKS, "1.11."), (OutreachChannel.MEDIA, "1.11."), (OutreachChannel.ONLINE_COMMUNITIES, "1111."),
    ],
)  # fmt: skip
def test_each_channel_meets_its_people(channel: OutreachChannel, met: str) -> None:
    rows = np.zeros(5, [("activity", "i1"), ("place", "i1"), ("next_search_day", "i8")]).view(np.recarray)
    for row, features in enumerate((SEEKER, STUDENT, PAUSING, WORKER, GONE)):
        for name, value in features.items():
            rows[name][row] = value
    assert "".join("1" if concerned(channel, row) else "." for row in rows) == met


def test_a_budget_ends_the_contacts_and_the_rest_is_counted(run_of: Callable[..., World]) -> None:
    world = run_of(graduates=300, days=30, policy={"outreach": {"enabled": True, "media": 300, "cost_per_contact": 3, "budget": 301}})
    service = world.tables["services"].rows[LeverId.OUTREACH]
    assert (service.units, service.spent, service.turned_away) == (100, 300, 200)
    assert 0 < service.served < 100


def test_contacts_make_known_with_their_chance_and_give_hope_once(scenario_of: Callable[..., Scenario], world_of: Callable[..., World]) -> None:
    policy = {
        "outreach": {"enabled": True, "kiosks": 30_000, "media": 30_000},
        "lodging": {"enabled": True, "stations": 1, "initial_awareness": 0.0}, "loans": {"enabled": True, "credit_line": 1, "initial_awareness": 0.0},
    }  # fmt: skip
    world = world_of(
        scenario_of(graduates=4000, days=1, policy=policy, behaviour={"contact_recall": 0.25, "contact_news": 1.0, "talk_recall": 0, "peer_news": 0})
    )
    people = world.tables["people"].rows
    hope, weight = people["offer_belief"].copy(), people["applications_weighed"] * 0.07
    world.advance(0, 1)
    met = people["contacts"]
    once, more = met == 1, met > 1
    assert once.sum() > 300
    assert more.sum() > 30
    for lever in (LeverId.LODGING, LeverId.LOANS):
        known = (people["aware"] >> np.uint32(lever)) & 1
        assert known[met == 0].sum() == 0
        assert known[once].mean() == pytest.approx(0.25, abs=0.06)
    assert ((people["aware"] >> np.uint32(LeverId.MENTORING)) & 1).sum() == 0, "what is not on offer is not told of"
    unchanged = people["activity"] != Activity.EMPLOYED  # an end or a beginning of work ends it
    assert (unchanged & more).sum() > 10
    told = unchanged & (once | more)
    np.testing.assert_allclose(people["offer_belief"][told], (hope + (0.07 - hope) / (weight + 1.0))[told])
    every(people["offer_belief"][met == 0] == hope[met == 0])


@pytest.mark.parametrize("channel", [channel.name.lower() for channel in OutreachChannel])
def test_one_channel_is_an_offer(channel: str) -> None:
    setting: dict[str, Any] = {"enabled": True, channel: 1}
    assert Outreach.model_validate(setting).offers_something
    assert Outreach.model_validate(setting).reach_by_channel[OutreachChannel[channel.upper()]] == 1
    assert not Outreach.model_validate({"enabled": True, channel: 0}).offers_something


def test_as_many_are_told_at_events_as_the_month_reaches(run_of: Callable[..., World]) -> None:
    fairs = {"enabled": True, "fairs_per_year": 60, "visitors_per_fair": 400, "initial_awareness": 1.0}
    only_events = dict.fromkeys(("job_boards", "campus_groups", "visits", "kiosks", "media", "online_communities"), 0)
    days = 61
    policy = {"job_fairs": fairs, "outreach": {"enabled": True, **only_events, "recruitment_events": 30}}
    world = run_of(graduates=800, days=days, start="2021-01-01", policy=policy)
    visitors = int(world.counts[Count.FAIR_ATTENDANCES])
    told = int(world.tables["services"].rows["served"][LeverId.OUTREACH])
    assert visitors > 200
    assert 60 <= told <= (days - 1 + 30) * 30 // 30, "a month's reach at once, and another for each month gone by"

