"""Integration: ties grow with evenings, by less each time; couples; communities that pass knowledge on."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from sim.levers import LeverId
from sim.outcomes import OUTCOMES
from sim.scenario import Scenario
from sim.states import Count, EventKind, Place
from sim.world import World, make_world
from tests.drawn import BUDGET, FEW, PEOPLE_HELPED
from tests.every import every

BUSY: dict[str, Any] = {
    "enabled": True,
    "parlours": 1,
    "visitors_per_parlour_month": 8,
    "social_events": 3,
    "seats_per_event": 12,
    "matchmaking_events": 2,
    "seats_per_matchmaking": 10,
    "community_members": 20,
    "initial_awareness": 0.6,
}
"""A setting in which places and money run out among some hundred people."""

EMPTY: list[dict[str, Any]] = [
    {"parlours": 0, "social_events": 0, "matchmaking_events": 0, "community_members": 0},
    {"visitors_per_parlour_month": 0, "seats_per_event": 0, "seats_per_matchmaking": 0, "community_members": 0},
    {"budget": 0},
]
"""Settings that leave it enabled with nothing to give."""

DRAWN = st.fixed_dictionaries(
    {
        "enabled": st.booleans(),
        "budget": BUDGET,
        "parlours": FEW,
        "visitors_per_parlour_month": PEOPLE_HELPED,
        "social_events": FEW,
        "seats_per_event": PEOPLE_HELPED,
        "matchmaking_events": FEW,
        "community_members": PEOPLE_HELPED,
        "demand": st.floats(0, 1),
    }
)
"""Any settings, for property tests."""

Run = Callable[..., World]
SETTING: dict[str, Any] = {"graduates": 1000, "days": 240, "start": "2021-01-01"}
ALL = {"enabled": True, "initial_awareness": 1.0, "demand": 0.5}
PARLOUR = ALL | {"parlours": 1, "visitors_per_parlour_month": 10**5}
EVENTS = ALL | {"social_events": 6, "seats_per_event": 10**6}
MATCHES = ALL | {"matchmaking_events": 4, "seats_per_matchmaking": 10**6}
COMMUNITY = ALL | {"community_members": 10**6}
QUIET = {"home_considered_per_year": 0.0, "explore_per_month": 0.0, "internship_share": 0.0, "ties_fade_per_year": 0.0}


def service_of(world: World) -> Any:
    return world.tables["services"].rows[LeverId.INTEGRATION]


@pytest.fixture(scope="module")
def town(run_of: Run) -> Run:
    """Return a runner with some integration, or (None) without."""

    def run(lever: dict[str, Any] | None, *, replicate: int = 0, others: dict[str, Any] | None = None, **behaviour: Any) -> World:
        policy = (others or {}) | ({} if lever is None else {"integration": lever})
        return run_of(**SETTING, policy=policy, behaviour=QUIET | behaviour, replicate=replicate)

    return run


@pytest.mark.parametrize("lever", [PARLOUR, EVENTS, COMMUNITY])
def test_each_further_evening_ties_by_less(lever: dict[str, Any], town: Run) -> None:
    with_ties, without = (town(lever, event_attachment=tie, visit_attachment=0.0).tables["people"] for tie in (0.01, 0.0))
    evenings = with_ties.column("social_events")
    same = (evenings == without.column("social_events")) & (with_ties.column("trips") == without.column("trips"))
    assert evenings.max() >= (1 if lever is COMMUNITY else 3)
    assert same.mean() > 0.9
    harmonic = np.concatenate([[0.0], np.cumsum(1.0 / np.arange(1, evenings.max() + 1))])
    gained = (with_ties.column("attachment") - without.column("attachment"))[same]
    assert gained == pytest.approx(0.01 * harmonic[evenings[same]])


@pytest.mark.parametrize(
    ("lever", "key", "values"),
    [
        (PARLOUR, "parlours", [0, 1, 3, 12]), (PARLOUR, "visitors_per_parlour_month", [0, 8, 30, 10**5]),
        (EVENTS, "seats_per_event", [0, 10, 60, 10**6]),
        (MATCHES, "seats_per_matchmaking", [0, 10, 40, 10**6]), (COMMUNITY, "community_members", [0, 20, 100, 10**6]),
    ],
)  # fmt: skip
def test_more_places_serve_more_and_turn_fewer_away(lever: dict[str, Any], key: str, values: list[int], town: Run) -> None:
    base = lever | ({"visitors_per_parlour_month": 20} if key == "parlours" else {})
    worlds = [town(base | {key: value}) for value in values]
    served, refused = ([int(getattr(service_of(world), name)) for world in worlds] for name in ("served", "turned_away"))
    assert served == sorted(set(served))
    assert served[0] == refused[0] == 0
    assert refused[1] > refused[2] > refused[3]
    for world in worlds:
        service = service_of(world)
        assert service.reached == service.served + service.turned_away
        assert service.spent == 20 * service.served
        assert service.served == world.counts[Count.EVENTS_ATTENDED] == world.tables["people"].column("social_events").sum()


@pytest.mark.parametrize("lever", [PARLOUR, EVENTS, COMMUNITY])
def test_half_the_money_serves_half(lever: dict[str, Any], town: Run) -> None:
    free = service_of(town(lever))
    half = service_of(town(lever | {"budget": int(free.spent) // 2}))
    assert half.served == free.spent // 2 // 20
    assert half.turned_away > 0.4 * free.served


def test_couples_form_among_singles_and_stay(town: Run) -> None:
    couples = [int(town(MATCHES | {"matchmaking_events": number}, couple_share=0.3).counts[Count.COUPLES]) for number in (0, 1, 4)]
    assert couples[0] == 0 < couples[1] < couples[2]
    world = town(MATCHES | {"matchmaking_events": 4}, couple_share=1.0, event_attachment=0.0)
    people, without = world.tables["people"], town(None).tables["people"]
    partner = people.column("partner") == 1
    assert partner.sum() == world.counts[Count.COUPLES]
    assert people.column("social_events").max() == 1, "who has a partner does not come again"
    gained = people.column("attachment") - without.column("attachment")
    assert np.median(gained[partner]) == pytest.approx(0.7)
    assert town(MATCHES, single_share=0.0).counts[Count.EVENTS_ATTENDED] == 0
    every(world.tables["events"].column("kind") == EventKind.MATCHMAKING)


def test_strong_ties_keep_people(town: Run) -> None:
    left = [
        [int(town(lever, replicate=replicate, event_attachment=1.0, leave_per_month=3.0).counts[Count.LEFT_REGION]) for lever in (None, PARLOUR)]
        for replicate in range(3)
    ]
    assert sum(pair[1] for pair in left) < sum(pair[0] for pair in left)


def test_members_of_a_community_hear_of_services(town: Run) -> None:
    others = {"casework": {"enabled": True, "caseworkers": 10**4, "initial_awareness": 0.0, "demand": 0.0}}
    known = []
    for members in (0, 100, 10**6):
        people = town(COMMUNITY | {"community_members": members, "parlours": 1}, others=others, talk_recall=0.3, forget_per_month=0.0).tables[
            "people"
        ]
        known.append(int((people.column("aware") >> np.uint32(LeverId.CASEWORK) & 1).sum()))
    assert known[0] == 0 < known[1] < known[2]


def test_who_leaves_the_region_leaves_the_community(scenario_of: Callable[..., Scenario], world_of: Run) -> None:
    scenario = scenario_of(**SETTING, policy={"integration": COMMUNITY | {"community_members": 60}}, behaviour={"leave_per_month": 20.0})
    world = world_of(scenario)
    people = world.tables["people"]
    for day in range(0, 240, 10):
        world.advance(day, day + 10)
        assert service_of(world).in_use == people.column("community").sum() <= 60
    gone = (people.column("community") == 1) & (people.column("place") == Place.ELSEWHERE)
    assert gone.sum() < 10, "only those who left within the month"
    assert service_of(world).served > 60


def test_what_else_is_planned_leaves_the_luck_of_an_event_alone(town: Run) -> None:
    empty_fairs = {"job_fairs": {"enabled": True, "fairs_per_year": 24, "attendance": 0.0}}
    lever = EVENTS | {"matchmaking_events": 3, "seats_per_event": 30}
    alone, beside = (town(lever, others=others).tables["people"] for others in ({}, empty_fairs))
    for column in ("social_events", "partner", "attachment"):
        every(alone.column(column) == beside.column(column))


def test_the_events_of_zibo_cost_what_the_art_season_did() -> None:
    """More than a million CNY in a city of its size: seats do not bind, so a tenth of the city spends a tenth."""
    size = 28_500
    world = make_world(Scenario.load("zibo", {"population.graduates": size}), 1, 0)
    world.advance(0, world.scenario.days)
    events = world.tables["events"]
    taken = events.column("taken")[events.column("kind") == EventKind.SOCIAL_EVENT]
    lever = world.scenario.policy.integration
    whole = Scenario.load("zibo").population.graduates / size
    assert len(taken) == lever.social_events
    assert whole * taken.max() < lever.seats_per_event
    assert 1_000_000 < whole * taken.sum() * lever.cost_per_visit < 1_500_000


def test_who_goes_to_several_matchmaking_events_is_one_person(town: Run) -> None:
    world = town(MATCHES | {"social_events": 3, "seats_per_event": 10**6})
    came = world.tables["people"].column("matchmaking")
    attended, persons = (OUTCOMES[name].at_end(world) for name in ("matchmaking_attended", "matchmaking_persons"))
    assert came.max() > 1
    assert (came.sum(), (came > 0).sum()) == (attended, persons)
    assert persons < attended < world.counts[Count.EVENTS_ATTENDED]
