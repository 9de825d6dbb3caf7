"""Lodging: which bed is found, and when there is anything to offer."""

from collections.abc import Callable
from typing import Any

import numba
import numpy as np
import pytest
from hypothesis import strategies as st

from sim.compiled import NEVER
from sim.levers import LeverId
from sim.levers.lodging import Lodging
from sim.outcomes import OUTCOMES
from sim.phases.beds import ALL_FULL, NO_STATION, find_station
from sim.scenario import Scenario
from sim.states import Count, Money, Place, PostState
from sim.tables import Tables
from sim.world import World
from tests.drawn import BUDGET, FEW
from tests.every import every
from tests.sim.tiny import advertise, guests, know, move, seek

BUSY: dict[str, Any] = {
    "enabled": True,
    "stations": 2,
    "rooms_per_station": 1,
    "beds_per_room": 1,
    "free_nights": 6,
    "opening_months": 1.0,
    "initial_awareness": 0.5,
    "stays_per_person": 1,
    "desk_staff_per_station": 1,
    "visits_per_desk_staff_day": 2,
    "walk_ins": True,
}
"""A setting in which places and money run out among some hundred people."""

EMPTY: list[dict[str, Any]] = [{"stations": 0}, {"rooms_per_station": 0}, {"beds_per_room": 0}, {"free_nights": 0}, {"budget": 0}]
EMPTY = [{"walk_ins": False} | nothing for nothing in EMPTY] + [{"beds_per_room": 0, "visits_per_desk_staff_day": 0}]
"""Settings that leave it enabled with nothing to give."""

DRAWN = st.fixed_dictionaries(
    {
        "enabled": st.booleans(),
        "budget": BUDGET,
        "stations": FEW,
        "rooms_per_station": FEW,
        "beds_per_room": FEW,
        "free_nights": st.integers(0, 9),
        "opening_months": st.floats(0, 6),
        "initial_awareness": st.floats(0, 1),
        "stays_per_person": st.none() | st.integers(1, 3),
        "origin": st.sampled_from(["any", "elsewhere"]),
        "newly_employed": st.booleans(),
        "desk_staff_per_station": FEW,
        "walk_ins": st.booleans(),
    }
)
"""Any settings, for property tests."""

OPEN = {
    "enabled": True,
    "stations": 3,
    "rooms_per_station": 1,
    "beds_per_room": 1,
    "free_nights": 3,
    "opening_date": "2020-11-11",
    "initial_awareness": 1.0,
}


@numba.njit
def find(world: Tables, day: int, identity: int, district: int) -> int:
    return find_station(world, day, world.people[identity], district)


@pytest.fixture
def search(scenario_of: Callable[..., Scenario], world_of: Callable[..., World]) -> Callable[..., int]:
    """Return a function that looks for a bed in three stations, one a district, some of them full."""

    def look(
        *, district: int = 0, full: tuple[int, ...] = (), day: int = 10, aware: bool = True, budget: int = -1, closed: tuple[int, ...] = (),
        native: bool = False, nights: int = 0, **lever: Any,
    ) -> int:  # fmt: skip
        world = world_of(scenario_of(graduates=20, policy={"lodging": OPEN | lever}))
        stations, services, people = (world.tables[name].rows for name in ("stations", "services", "people"))
        stations["beds_used"][list(full)] = 1
        stations["opening_day"][list(closed)] = 99
        people["aware"][0] = np.uint32(1 << LeverId.LODGING) if aware else 0
        services["budget"][LeverId.LODGING] = budget
        services["on_offer"][LeverId.LODGING] = 1
        people["from_elsewhere"][0], people["guest_nights"][0] = not native, nights
        return int(find(world.together, day, 0, district))

    return look


@pytest.mark.parametrize(
    ("situation", "found"),
    [
        ({"district": 1}, 1), ({"district": 2}, 2), ({"district": 1, "full": (1,)}, 0), ({"district": 1, "full": (0, 1)}, 2),
        ({"full": (0, 1, 2)}, ALL_FULL), ({"day": 9}, NO_STATION), ({"aware": False}, NO_STATION), ({"budget": 59}, NO_STATION), ({"budget": 60}, 0),
        ({"closed": (0, 1)}, 2), ({"closed": (0, 1), "full": (2,)}, ALL_FULL), ({"closed": (0, 1, 2)}, NO_STATION),
        ({"native": True}, 0), ({"native": True, "origin": "elsewhere"}, NO_STATION), ({"origin": "elsewhere"}, 0),
        ({"nights": 99}, 0), ({"nights": 5, "stays_per_person": 2}, 0), ({"nights": 6, "stays_per_person": 2}, NO_STATION),
    ],
)  # fmt: skip
def test_a_free_bed_is_found_in_the_district_first(situation: dict[str, Any], found: int, search: Callable[..., int]) -> None:
    assert search(**situation) == found


@pytest.mark.parametrize(
    "nothing", [{"enabled": False}, {"stations": 0}, {"rooms_per_station": 0}, {"beds_per_room": 0}, {"free_nights": 0}, {"budget": 0}]
)
def test_without_a_bed_or_a_night_nothing_is_offered(nothing: dict[str, Any]) -> None:
    assert Lodging.model_validate(OPEN).offers_something
    assert not Lodging.model_validate(OPEN | nothing).offers_something


DESK: dict[str, Any] = {
    "enabled": True,
    "stations": 3,
    "rooms_per_station": 100,
    "free_nights": 6,
    "initial_awareness": 1.0,
    "desk_staff_per_station": 2,
    "thoughts_per_month": 0.0,
}
TRAVELLING = {"graduates": 1200, "days": 200, "start": "2021-01-01", "behaviour": {"explore_per_month": 1.0, "move_in_nights": 6}}


@pytest.fixture(scope="module")
def journeys(run_of: Callable[..., World]) -> Callable[..., World]:
    """Return a runner with many guests and a desk."""

    def run(lever: dict[str, Any] | None, *, replicate: int = 0, **behaviour: Any) -> World:
        setting = TRAVELLING | {"behaviour": TRAVELLING["behaviour"] | behaviour}  # type: ignore[operator]
        return run_of(**setting, policy={} if lever is None else {"lodging": DESK | lever}, replicate=replicate)

    return run


def test_a_desk_helps_as_many_as_its_staff_can(journeys: Callable[..., World]) -> None:
    one = {"stations": 1, "desk_staff_per_station": 1}
    worlds = [journeys(one | {"visits_per_desk_staff_day": guests}) for guests in (0, 1, 2, 1000)]
    visits = [int(world.counts[Count.DESK_CONSULTATIONS]) for world in worlds]
    assert visits[0] == 0 < visits[1] < visits[2] < visits[3]
    assert visits[1] <= 200
    for world in worlds:
        assert world.tables["people"].column("desk_visits").sum() == world.counts[Count.DESK_CONSULTATIONS]
        assert world.tables["services"].rows[LeverId.LODGING].fixed_spent == 7 * (4000 + 200 * 300)
    more = [journeys(one | {"visits_per_desk_staff_day": 1000}, replicate=replicate) for replicate in (1, 2, 3)]
    assert sum(int(world.counts[Count.DESK_HIRES]) for world in [worlds[3], *more]) > 0 == worlds[0].counts[Count.DESK_HIRES]


def test_a_desk_of_which_the_budget_cannot_pay_helps_nobody(journeys: Callable[..., World]) -> None:
    assert journeys({"cost_per_desk_staff_month": 10**6, "budget": 10**6}).counts[Count.DESK_CONSULTATIONS] == 0


def test_a_desk_makes_more_of_the_guests_sign(journeys: Callable[..., World]) -> None:
    strong = {"referral_looks": 200, "introduction_noise": 0.1, "desk_quality": 2.0, "advice_signal": 1.0}
    shares = []
    for staff in (0, 10**3):
        worlds = [journeys({"desk_staff_per_station": staff}, replicate=replicate, **strong) for replicate in range(9)]
        shares.append(
            sum(int(world.counts[Count.GUESTS_SIGNED]) for world in worlds) / sum(int(world.counts[Count.STATION_GUESTS]) for world in worlds)
        )
    assert shares[1] > 1.1 * shares[0]


def test_newly_employed_guests_come_where_they_are_taken(journeys: Callable[..., World]) -> None:
    stays = {taken: np.zeros(0) for taken in (False, True)}
    for taken in stays:
        people = journeys({"newly_employed": taken}, explore_per_month=0.0, interview_trip_value=0.0).tables["people"]
        stays[taken] = people.column("guest_stays")
    every(people.column("resident_since")[stays[True] > 0] >= 0)
    assert stays[False].sum() == 0 < stays[True].sum()


def test_free_nights_save_the_newly_employed_what_they_would_have_paid(journeys: Callable[..., World]) -> None:
    alone = {"explore_per_month": 0.0, "interview_trip_value": 0.0, "desk_quality": 0.0}
    paid, free = (-int(journeys({"newly_employed": taken}, **alone).ledger[Money.PAID_NIGHTS]) for taken in (False, True))
    assert free < paid


def test_a_talk_at_the_desk_makes_the_present_job_last_longer(journeys: Callable[..., World]) -> None:
    few = {"explore_per_month": 0.0, "interview_trip_value": 0.0, "separation_bachelor": 0.3, "separation_vocational": 0.3, "trouble_days": 300}
    settled_in_all, compared = 0, 0
    for replicate in range(4):
        talked, not_talked = (
            journeys({"newly_employed": True}, replicate=replicate, **few, trouble_settled=settled).tables["people"] for settled in (1.0, 0.0)
        )
        settled = talked.column("troubles_settled") > 0
        assert not_talked.column("troubles_settled").sum() == 0
        assert (talked.column("desk_visits")[settled] > 0).all()
        same_job = settled & (talked.column("post") == not_talked.column("post")) & (not_talked.column("employer") >= 0)
        assert (talked.column("separation_day")[same_job] > not_talked.column("separation_day")[same_job]).all()
        settled_in_all, compared = settled_in_all + int(settled.sum()), compared + int(same_job.sum())
    assert settled_in_all > 6
    assert compared > 3


def test_a_guest_who_begins_to_work_pays_for_the_nights_after_the_stay(scenario_of: Callable[..., Scenario], world_of: Callable[..., World]) -> None:
    scenario = scenario_of(graduates=200, days=40, policy={"lodging": DESK}, behaviour={"explore_per_month": 0.0, "move_in_nights": 5})
    world = world_of(scenario)
    people, stations, districts = (world.tables[name].rows for name in ("people", "stations", "districts"))
    world.advance(0, 1)
    people["next_trip_day"] = -1
    person = int(np.flatnonzero((people["from_elsewhere"] == 1) & (people["place"] == Place.ELSEWHERE))[0])
    state = {"place": Place.RESIDENT, "station": 0, "free_nights_left": 3, "visit_end": 4, "next_trip_day": 1, "savings": 10**6}
    for name, value in state.items():
        people[name][person] = value
    stations["beds_used"][0] += 1
    districts["beds_used"][stations["district"][0]] += 1
    world.advance(1, 3)
    assert people["station"][person] == 0
    before = int(world.ledger[Money.PAID_NIGHTS])
    world.advance(3, 6)
    assert people["station"][person] == -1
    assert people["next_trip_day"][person] == -1
    assert world.ledger[Money.PAID_NIGHTS] < before


def test_nobody_has_more_free_nights_in_all_than_a_person_may(journeys: Callable[..., World]) -> None:
    free, limited = (journeys({"free_nights": 3, "stays_per_person": limit}).tables["people"] for limit in (None, 2))
    nights, stays = limited.column("guest_nights"), limited.column("guest_stays")
    assert free.column("guest_nights").max() > 6 == nights.max()
    assert stays[nights == 6].max() > 2, "the nights may be spread over more stays"


SEEKERS_HERE = {5: {"from_elsewhere": 0}, 6: {"from_elsewhere": 1}, 7: {"from_elsewhere": 0, "place": Place.ELSEWHERE}}
A_DESK = {"enabled": True, "stations": 1, "rooms_per_station": 0, "desk_staff_per_station": 1, "walk_ins": True, "walk_in_demand": 1.0}


@pytest.mark.parametrize(
    ("lever", "asked"), [({}, {5, 6}), ({"origin": "elsewhere"}, {6}), ({"walk_ins": False}, set()), ({"desk_staff_per_station": 0}, set())]
)
def test_residents_ask_at_a_desk_without_a_bed(lever: dict[str, Any], asked: set[int], still_world: Callable[..., World]) -> None:
    world = still_world(policy={"lodging": A_DESK | {"initial_awareness": 0.0} | lever})
    for identity, columns in SEEKERS_HERE.items():
        seek(world, identity, next_search_day=89, **columns)
    know(world, LeverId.LODGING, *SEEKERS_HERE)
    world.advance(0, 90)
    people = world.tables["people"].rows
    for column in ("desk_visits", "walk_ins"):
        assert set(np.flatnonzero(people[column]).tolist()) == asked
    assert people["guest_stays"].sum() == 0
    assert OUTCOMES["station_users"].at_end(world) == OUTCOMES["desk_persons"].at_end(world) == len(asked)


def test_who_walks_in_is_put_forward_hired_and_counted(still_world: Callable[..., World]) -> None:
    """Only the desk shows the post in time: no session of search comes before it is filled."""
    world = still_world(policy={"lodging": A_DESK | {"initial_awareness": 0.0}}, referral_looks=200, sessions_per_month=0.001)
    number = advertise(world, 0, wage=9_000, review_day=40)
    seek(world, 5, next_search_day=89, field=int(world.tables["employers"].rows["industry"][0]))
    know(world, LeverId.LODGING, 5)
    world.advance(0, 90)
    people = world.tables["people"].rows
    assert (world.tables["posts"].rows["state"][number], people["employer"][5]) == (PostState.FILLED, 0)
    counted = ("desk_hires", "user_signed", "user_placed", "guest_signed", "guest_placed")
    assert [int(people[column][5]) for column in counted] == [1, 1, 1, 0, 0]
    placed = ("desk_hires", "station_users_signed", "station_users_placed", "station_guests_placed")
    assert [OUTCOMES[name].at_end(world) for name in placed] == [1, 1, 1, 0]


def test_guests_and_walk_ins_share_the_time_of_a_desk(still_world: Callable[..., World]) -> None:
    """Of thirty who ask on a day four are served, and guests as often as residents who walk in: about one in eight of either."""
    shares = np.zeros(2)
    for seed in range(6):
        lever = A_DESK | {"rooms_per_station": 100, "initial_awareness": 1.0, "free_nights": 9}
        world = still_world(seed=seed, graduates=600, policy={"lodging": lever}, explore_trip_value=100_000, nights_free=60)
        rows, residents, away = np.arange(600), np.arange(28, 600, 30), np.arange(3, 600, 60)
        for identity in residents:
            seek(world, int(identity), next_search_day=89)
        guests(world, *away, day=1)
        know(world, LeverId.LODGING, *residents, *away)
        world.advance(0, 3)  # day 2 is that of these residents, and the guests came the evening before
        visits = world.tables["people"].rows["desk_visits"][rows]
        assert visits.sum() == world.tables["stations"].rows["desk_used"].sum() == 4
        assert world.tables["services"].rows["turned_away"][LeverId.LODGING] == len(residents) + len(away) - 4
        shares += [visits[residents].mean(), visits[away].mean()]
    assert shares / 6 == pytest.approx([4 / 30, 4 / 30], abs=0.08)


def test_free_beds_make_those_who_know_of_them_think_of_coming(still_world: Callable[..., World]) -> None:
    policy = {"lodging": OPEN | {"opening_date": None, "initial_awareness": 0.0, "thoughts_per_month": 10.0}}
    world = still_world(policy=policy, explore_trip_value=100_000)
    guests(world, 5, 6, 7, day=NEVER)
    move(world, 5, next_search_day=89)
    move(world, 6, next_search_day=89)
    know(world, LeverId.LODGING, 5, 7)  # 6 has not heard of them, 7 does not search
    world.advance(0, 32)
    assert np.flatnonzero(world.tables["people"].rows["trips"]).tolist() == [5]


def test_beds_are_rooms_times_beds() -> None:
    assert Lodging(rooms_per_station=5, beds_per_room=3).beds_per_station == 15
