"""Outreach: exact division of contacts over days, who can be met where, and what a contact costs and does."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from sim.compiled import NEVER
from sim.levers import LeverId
from sim.levers.outreach import Outreach, is_concerned
from sim.outcomes import OUTCOMES
from sim.rules.services import share_of_day
from sim.scenario import Scenario
from sim.states import Activity, Count, OutreachChannel, Place, Stage
from sim.world import World
from tests.drawn import BUDGET
from tests.every import every
from tests.sim.tiny import advertise, seek

BUSY: dict[str, Any] = {
    "enabled": True,
    "job_boards": 300,
    "recruitment_events": 100,
    "campus_groups": 300,
    "visits": 30,
    "kiosks": 30,
    "media": 30,
    "online_communities": 30,
    "firm_contacts": 30,
}
"""A setting in which places and money run out among some hundred people."""

EMPTY: list[dict[str, Any]] = [
    {"job_boards": 0, "recruitment_events": 0, "campus_groups": 0, "visits": 0, "kiosks": 0, "media": 0, "online_communities": 0, "firm_contacts": 0},
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
        "firm_contacts": st.integers(0, 100),
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
    world = run_of(graduates=300, days=30, policy={"outreach": {"enabled": True, "online_communities": 300, "cost_per_contact": 3, "budget": 301}})
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



TOLD = {"enabled": True, "firm_contacts": 3_000, "cost_per_firm_contact": 7}
LOANS = {"enabled": True, "credit_line": 10**9, "approval": 1.0, "initial_awareness": 0.0, "firm_awareness": 0.0, "rate_per_year": 0.0}
BEDS = {"enabled": True, "stations": 1, "initial_awareness": 0.0}
ONLY_TOLD = {"contact_recall": 1.0, "talk_recall": 0.0, "forget_per_month": 0.0}


def lay_down(world: World, number: int, identity: int) -> None:
    """Put an application that is called on the pile of a post."""
    pile = world.applications_of([number])
    pile["person"][0, 0], pile["score"][0, 0], pile["stage"][0, 0] = identity, 5.0, Stage.KEPT
    world.applications_of([number], pile)
    world.tables["posts"].rows["kept"][number] = 1


def known_to(world: World, table: str, lever: LeverId) -> Any:
    """Tell of each row of a table whether it knows of a service."""
    return (world.tables[table].column("aware") >> np.uint32(lever)) & 1 == 1


@pytest.mark.parametrize("recall", [0.0, 1.0])
def test_a_contact_tells_an_employer_and_the_founder_of_a_firm(recall: float, still_world: Callable[..., World]) -> None:
    policy = {"outreach": TOLD, "loans": LOANS, "lodging": BEDS, "guidance": {"enabled": True, "advisers": 1, "initial_awareness": 0.0}}
    world = still_world(policy=policy, founders=0.3, days=1, contact_recall=recall)
    tables = world.tables
    firms = tables["employers"].rows
    startup = int(np.flatnonzero(tables["employers"].column("founder") >= 0)[0])
    tables["slots"].rows["employer"][:] = startup
    world.advance(0, 1)
    service = tables["services"].rows[LeverId.OUTREACH]
    assert (OUTCOMES["employer_contacts"].at_end(world), service.spent, service.fixed_spent, service.served) == (100, 700, 700, 0)
    for lever in (LeverId.LOANS, LeverId.LODGING):
        assert known_to(world, "employers", lever).sum() == recall, "the one that is met"
        assert known_to(world, "people", lever).sum() == recall, "its founder"
    assert known_to(world, "people", LeverId.LOANS)[firms["founder"][startup]] == recall
    assert not known_to(world, "employers", LeverId.GUIDANCE).any(), "what is not for employers"


def test_money_ends_the_contacts_with_employers(run_of: Callable[..., World]) -> None:
    world = run_of(graduates=300, days=30, policy={"outreach": TOLD | {"budget": 3_505}, "loans": LOANS})
    service = world.tables["services"].rows[LeverId.OUTREACH]
    assert (OUTCOMES["employer_contacts"].at_end(world), service.spent, service.turned_away) == (500, 3_500, 2_500)


@pytest.mark.parametrize("told", [False, True])
def test_an_employer_that_is_not_told_does_not_borrow_from_the_scheme(told: bool, still_world: Callable[..., World]) -> None:
    profitable = {"business_return": 5, "loan_hassle": 0, "bank_approval": 0, "contact_recall": 1.0}
    world = still_world(policy={"loans": LOANS} | ({"outreach": TOLD | {"firm_contacts": 30_000}} if told else {}), **profitable)
    employers = world.tables["employers"].rows
    employers["growth_day"][:2], employers["state_owned"][:2] = 3, 0
    world.advance(0, 4)
    assert world.counts[Count.LOANS_GRANTED] == 2 * told


def test_more_contacts_are_more_loans_to_employers(run_of: Callable[..., World]) -> None:
    setting: dict[str, Any] = {"graduates": 1_000, "days": 300, "behaviour": {"growth_per_year": 1.0}}
    lent, knowing = [], []
    for contacts in (0, 30, 300):
        policy = {"loans": LOANS, "outreach": {"enabled": True, "media": 1, "firm_contacts": contacts}}
        worlds = [run_of(**setting, policy=policy, replicate=replicate) for replicate in range(3)]
        lent.append([int((world.tables["loans"].column("scheme") == 1).sum()) for world in worlds])
        knowing.append(np.mean([OUTCOMES["firms_aware.loans"].at_end(world) for world in worlds]))
    assert lent[0] == [0, 0, 0]
    every(np.diff(np.asarray(lent), axis=0) > 0, "in every pair")
    assert knowing[0] == 0 < knowing[1] < knowing[2]


def test_an_employer_that_knows_of_a_bed_tells_those_whom_it_calls(still_world: Callable[..., World]) -> None:
    world = still_world(policy={"lodging": BEDS, "loans": LOANS}, days=40, contact_recall=1.0)
    employers = world.tables["employers"].rows
    posts = [advertise(world, employer, review_day=5) for employer in (0, 1)]
    employers["aware"][:] = 0
    employers["aware"][0] = 1 << LeverId.LODGING | 1 << LeverId.LOANS
    for identity, number in zip((5, 6), posts, strict=True):
        seek(world, identity, next_search_day=NEVER)
        lay_down(world, number, identity)
    world.advance(0, 10)
    assert world.counts[Count.INTERVIEWS_CALLED] == 2
    assert np.flatnonzero(known_to(world, "people", LeverId.LODGING)).tolist() == [5]
    assert not known_to(world, "people", LeverId.LOANS).any(), "what does not help to come"


def test_who_opens_in_the_place_of_another_knows_nothing_of_what_that_one_was_told(run_of: Callable[..., World]) -> None:
    closing = {"exit_per_year": 1.0}
    outreach = TOLD | {"firm_contacts": 300_000, "budget": 70_000}
    world = run_of(graduates=600, days=300, policy={"loans": LOANS, "outreach": outreach}, behaviour=closing | ONLY_TOLD)
    firms = world.tables["employers"]
    later = (firms.column("alive") == 1) & (firms.column("founder") < 0) & (firms.column("founded_day") > 1)
    old = (firms.column("alive") == 1) & (firms.column("founder") < 0) & (firms.column("founded_day") < 0)
    every(known_to(world, "employers", LeverId.LOANS)[old], "all were told on the first day")
    every(~known_to(world, "employers", LeverId.LOANS)[later])


@pytest.mark.parametrize(("channel", "local"), [("visits", True), ("kiosks", True), ("media", True), ("online_communities", False)])
def test_visits_kiosks_and_media_meet_residents_however_many_live_elsewhere(
    channel: str, local: bool, scenario_of: Callable[..., Scenario], world_of: Callable[..., World]
) -> None:
    policy = {"outreach": {"enabled": True, channel: 30_000}}
    served = []
    for away in (0.0, 0.6):
        world = world_of(scenario_of(graduates=1_000, days=1, policy=policy))
        people = world.tables["people"].rows
        here = people["place"] == Place.RESIDENT
        people["activity"][here] = Activity.SEARCHING
        people["place"][here & (np.arange(people.size) < away * 1_000)] = Place.ELSEWHERE
        here = people["place"] == Place.RESIDENT
        world.advance(0, 1)
        met = (people["contacts"] > 0) & (people["activity"] != Activity.STUDYING)
        every(here[met])
        served.append(int(people["contacts"].sum()))
    assert served == [1_000, 1_000] if local else served[1] < 0.8 * served[0]


def test_nobody_is_visited_where_nobody_lives(still_world: Callable[..., World]) -> None:
    world = still_world(policy={"outreach": {"enabled": True, "visits": 3_000}}, days=2)
    world.tables["people"].rows["place"] = Place.ELSEWHERE
    world.advance(0, 1)
    service = world.tables["services"].rows[LeverId.OUTREACH]
    assert (service.units, service.served) == (100, 0)
