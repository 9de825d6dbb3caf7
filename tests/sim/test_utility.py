"""One utility: pay, home, the way to work, ties, taste and an interview decide who applies, accepts, founds, moves and leaves."""

from collections.abc import Callable
from typing import Any

import numba
import numpy as np
import pytest

from sim.compiled import NEVER
from sim.levers import LeverId
from sim.region import Region
from sim.rules.utility import comes_daily, cost_here, paid_for_home, value_elsewhere, value_here, value_where_living
from sim.scenario import Scenario
from sim.states import Activity, Count, Money, Place, PostState
from sim.tables import Tables
from sim.world import World
from tests.conftest import REGION
from tests.every import every
from tests.sim.tiny import PLAIN, STILL, advertise, free_rooms, know, move, seek

Make = Callable[..., World]
AFTER = {"way_near": 100, "way_far": 300, "fare_near": 20, "fare_far": 60}


def region(near_km: float = 180.0, **changes: Any) -> Region:
    """Return the region of the tests with its first campus outside at some distance, and other changes."""
    campuses = list(REGION.campuses)
    campuses[2] = campuses[2].model_copy(update={"distance_km": near_km})
    return REGION.model_copy(update={"campuses": tuple(campuses), **changes})


@pytest.fixture(scope="module")
def near_world(scenario_of: Callable[..., Scenario], world_of: Make) -> Make:
    """Return a maker of worlds at rest, in a region whose first campus outside is near."""

    def make(near_km: float, policy: Any = None, rent: int = 900, **behaviour: float) -> World:
        scenario = scenario_of(
            graduates=60, days=90, start="2021-03-01", policy=policy, behaviour=STILL | PLAIN | behaviour, region=region(near_km, rent=rent),
            market={"tightness": 0}, population={"founders_earlier": 0, "final_year_share": 0.4},
        )  # fmt: skip
        world = world_of(scenario)
        people = world.tables["people"].rows
        for column in ("next_search_day", "next_outside_day", "next_trip_day", "return_day", "graduation_day"):
            people[column] = NEVER
        people["activity"][people["activity"] == Activity.SEARCHING] = Activity.INACTIVE
        return world

    return make


# The formula


@numba.njit
def weigh(world: Tables, identity: int, pay: float, employer: int, found: Any) -> None:
    person = world.people[identity]
    found[0] = value_here(world, identity, pay, employer)
    found[1] = value_elsewhere(world, person, pay)
    found[2] = value_where_living(world, person, pay)
    found[3] = cost_here(world, person, world.employers[employer].district)
    found[4] = comes_daily(world, person)
    found[5] = paid_for_home(world, person)


@pytest.fixture(scope="module")
def weighed(still_world: Make) -> Callable[..., list[float]]:
    """Return what a person's job at employer 0 is worth: here, elsewhere and like any other, what it costs, and whether one comes daily."""
    world = still_world(moving_effort=0.1, ties_most=1.0, least_left=0.5)
    for name, value in AFTER.items():
        world.rules["living"][name] = value
    world.tables["campuses"].rows["way"][3], world.tables["campuses"].rows["way"][4] = NEVER, 700
    there = int(world.tables["employers"].rows["district"][0])

    def value(pay: float, *, home: bool = True, **columns: Any) -> list[float]:
        seek(world, 7, campus=3, rent_help=0, home_owner=0)
        move(world, 7, **({"district": there if home else there + 1} | columns))
        found = np.zeros(6)
        weigh(world.together, 7, pay, 0, found)
        return [float(number) for number in found]

    return value


OUTSIDE = {"from_elsewhere": 1}
AWAY = OUTSIDE | {"place": Place.ELSEWHERE}


@pytest.mark.parametrize(
    ("columns", "home", "here", "elsewhere", "usual"),
    [
        ({}, True, np.log(4_900), np.log(4_000) - 0.1, np.log(4_900)),
        ({}, False, np.log(4_700), np.log(4_000) - 0.1, np.log(4_900)),
        ({"attachment": 0.3}, True, np.log(4_900) + 0.3, np.log(4_000) - 0.1, np.log(4_900) + 0.3),
        ({"attachment": 3.0}, True, np.log(4_900) + 1.0, np.log(4_000) - 0.1, np.log(4_900) + 1.0),
        (OUTSIDE, True, np.log(4_000), np.log(4_000) - 0.1, np.log(4_000)),
        (OUTSIDE, False, np.log(4_000), np.log(4_000) - 0.1, np.log(4_000)),
        (OUTSIDE | {"rent_help": 500}, True, np.log(4_500), np.log(4_000) - 0.1, np.log(4_500)),
        (OUTSIDE | {"rent_help": 2_000}, True, np.log(6_000), np.log(4_000) - 0.1, np.log(6_000)),
        (OUTSIDE | {"home_owner": 1}, False, np.log(4_700), np.log(4_000) - 0.1, np.log(4_900)),
        (AWAY, True, np.log(4_000) - 0.1, np.log(4_000), np.log(4_000)),
        (AWAY | {"attachment": 0.4}, True, np.log(4_000) + 0.3, np.log(4_000), np.log(4_000)),
        (AWAY | {"campus": 4}, True, np.log(4_300), np.log(4_000), np.log(4_000)),
        (AWAY | {"campus": 4, "rent_help": 400}, True, np.log(4_400) - 0.1, np.log(4_000), np.log(4_000)),
    ],
)  # fmt: skip
def test_what_a_job_of_5000_is_worth(columns: Any, home: bool, here: float, elsewhere: float, usual: float, weighed: Any) -> None:
    """A room costs 900 here and 1,000 elsewhere; the way to work 100 near home, 300 to another district, and 700 from a campus near the region."""
    assert weighed(5_000.0, home=home, **columns)[:3] == pytest.approx([here, elsewhere, usual])


def test_what_is_left_is_never_less_than_a_part_of_the_living_cost(weighed: Any) -> None:
    assert weighed(1_000.0, **OUTSIDE)[:2] == pytest.approx([np.log(1_100), np.log(1_100) - 0.1])


# A yuan of help is a yuan less of rent


SETTLED = {
    "opportunity_per_year": 0, "home_considered_per_year": 0, "separation_bachelor": 0, "separation_vocational": 0, "accident_grave_share": 0,
    "arrears_per_year": 0, "exit_per_year": 0, "leave_per_month": 3.0, "employed_search_share": 1.0, "voluntary_share": 1.0,
    "home_horizon_months": 12, "interest_after_leaving": 0.0, "family_months": 1e12, "application_cost": 0, "interview_cost": 0,
    "effort_convexity": 1e12,
}  # fmt: skip
"""Who has a job keeps it or changes it, and who leaves does not return, so that nobody lives here without the help; savings decide nothing."""
FOR_ALL = {
    "enabled": True, "rent_months": 120, "within_years": 30, "newcomers_only": False, "vocational_ratio": 1, "master_ratio": 1,
    "initial_awareness": 1.0,
}  # fmt: skip
DECIDED = (
    "activity", "place", "employer", "wage", "contract_wage", "applications", "interviews", "offers", "hires", "arrivals", "departures", "trips",
    "separation_day", "next_search_day", "expected_wage", "offer_belief",
)  # fmt: skip


def test_a_yuan_of_subsidy_is_a_yuan_less_of_rent(scenario_of: Callable[..., Scenario], world_of: Make) -> None:
    def run(rent: int, help_with_it: int) -> World:
        policy = {"subsidies": FOR_ALL | {"rent_per_month": help_with_it}}
        scenario = scenario_of(
            graduates=1_200, days=200, region=region(30.0, rent=rent), policy=policy,
            behaviour=SETTLED | {"forget_per_month": 0, "leave_per_month": 0},
            population={"residents_from_elsewhere_share": 0.5, "founders_earlier": 0},
        )  # fmt: skip
        world = world_of(scenario)
        world.advance(0, 200)
        return world

    def differ(first: World, second: World) -> list[str]:
        pairs = {name: [world.tables["people"].column(name) for world in (first, second)] for name in DECIDED}
        return [name for name, (one, other) in pairs.items() if (one != other).any()]

    little, much, dear = run(900, 400), run(1_700, 1_200), run(1_700, 400)
    assert little.counts[Count.SUBSIDIES_PAID] > 50_000
    assert differ(little, much) == [], "to the bit"
    assert "employer" in differ(dear, much)


def test_dear_rooms_keep_people_away(run_of: Make) -> None:
    arrived, stay = [], []
    for replicate in range(3):
        worlds = [
            run_of(graduates=1_500, days=365, region=region(rent=rent), population={"residents_from_elsewhere_share": 0.3}, replicate=replicate)
            for rent in (600, 2_000)
        ]
        arrived.append([int(world.counts[Count.HIRES_FROM_ELSEWHERE]) for world in worlds])
        people = [world.tables["people"] for world in worlds]
        stay.append([int(((table.column("from_elsewhere") == 1) & (table.column("place") == Place.RESIDENT)).sum()) for table in people])
    (cheap, dear), (cheap_stay, dear_stay) = np.mean(arrived, axis=0), np.mean(stay, axis=0)
    assert dear < 0.8 * cheap
    assert dear_stay < 0.9 * cheap_stay


def test_dear_rooms_elsewhere_keep_people_here(run_of: Make) -> None:
    gone = [int(run_of(graduates=3_000, days=365, region=region(rent_elsewhere=rent)).counts[Count.LEFT_REGION]) for rent in (500, 2_500)]
    assert gone[1] < 0.7 * gone[0]


def test_a_long_way_keeps_people_in_their_district(run_of: Make) -> None:
    share = []
    for distance in (4.0, 40.0):
        world = run_of(graduates=2_000, days=300, region=region(between_districts_km=distance))
        people, employers = world.tables["people"], world.tables["employers"].rows
        hired = (people.column("hires") > 0) & (people.column("employer") >= 0) & (people.column("from_elsewhere") == 0)
        near = people.column("district")[hired] == employers["district"][people.column("employer")[hired]]
        share.append(near.mean())
    assert share[1] > 1.2 * share[0] > 0


# Near the region


def seeker_of_campus(world: World, identity: int, **columns: Any) -> None:
    seek(world, identity, from_elsewhere=1, place=Place.ELSEWHERE, campus=2, savings=100_000, district=0, **columns)
    world.ledger[Money.OPENING_SAVINGS] = world.tables["people"].column("savings").sum()


BEDS = {"lodging": {"enabled": True, "stations": 2, "newly_employed": True, "initial_awareness": 1.0}}


@pytest.mark.parametrize(("distance", "rent", "night", "home"), [(80.0, 900, True, 900), (30.0, 2_000, False, 0), (30.0, 300, False, 300)])
def test_who_lives_near_comes_for_the_day_and_then_every_day(distance: float, rent: int, night: bool, home: int, near_world: Make) -> None:
    """The way from 30 km, in hours, weighs more than a room of 300 and less than one of 2,000; it costs 1,248 a month at one yuan a kilometre."""
    world = near_world(distance, policy=BEDS, rent=rent, commute_fare_per_km=1.0, interview_trip_value=10_000, same_day_km=0.0)
    number = advertise(world, 0, wage=20_000, review_day=5)
    seeker_of_campus(world, 7, skill=1.0, expected_wage=4_000.0)
    know(world, LeverId.LODGING, 7)
    people, where = world.tables["people"].rows, []
    for day in range(90):
        world.advance(day, day + 1)
        where.append(int(people.place[7]))
    assert (people.employer[7], people.interviews[7], people.trips[7], world.tables["posts"].rows["state"][number]) == (0, 1, 1, PostState.FILLED)
    assert (Place.VISITING in where, people.place[7]) == (night, Place.RESIDENT)
    assert bool(world.counts[Count.STATION_GUESTS] > 0) is bool(people.guest_nights[7] > 0) is night
    assert world.ledger[Money.FARES] == -2 * int(world.tables["campuses"].rows["fare"][2])
    found, near = np.zeros(6), int(world.rules["living"]["way_near"][0])
    weigh(world.together, 7, 20_000.0, 0, found)
    daily = home == 0
    assert found[3:].tolist() == [1_248 if daily else home + near, daily, 1_248 if daily else home + near], (
        "the cost, whether daily, and what is paid"
    )


def test_a_look_round_from_near_is_one_session_and_no_night(near_world: Make) -> None:
    world = near_world(30.0, policy=BEDS, explore_trip_value=10_000)
    seeker_of_campus(world, 7, next_trip_day=3, next_search_day=NEVER)
    know(world, LeverId.LODGING, 7)
    world.advance(0, 4)
    people = world.tables["people"].rows
    assert (people.trips[7], people.place[7], people.next_search_day[7], people.guest_stays[7]) == (1, Place.ELSEWHERE, 4, 0)
    assert (world.counts[Count.ARRIVALS], world.counts[Count.DAY_TRIPS], world.ledger[Money.PAID_NIGHTS]) == (0, 1, 0)


# Taste, and what an interview shows


@pytest.mark.parametrize(("owned", "wage", "taken"), [(1, 4_600, True), (0, 4_600, False), (1, 4_000, False), (0, 5_050, True)])
def test_a_state_owned_employer_is_taken_for_less(owned: int, wage: int, taken: bool, still_world: Make) -> None:
    """A taste of 0.1 is worth a tenth of pay: 4,600 are as good as 5,084."""
    world = still_world(state_taste=0.1)
    world.tables["employers"].rows["state_owned"][0] = owned
    advertise(world, 0, wage=wage)
    seek(world, 7, prefers_state=1, searching_since=80)
    world.advance(0, 90)
    assert world.counts[Count.OFFERS_MADE] > 0
    assert bool(world.tables["people"].rows["hires"][7] == 1) is taken


def test_an_interview_shows_what_is_refused(run_of: Make) -> None:
    taken = []
    for spread in (0.0, 0.1, 0.4):
        world = run_of(graduates=1_500, days=300, behaviour={"taste_at_interview": spread, "wage_floor_seen": 1.0})
        taken.append(world.counts[Count.CONTRACTS_SIGNED] / world.counts[Count.OFFERS_MADE])
    assert taken[0] > 0.7, "what has been signed, begun or offered since the application is in hand"
    assert taken[0] > taken[1] > taken[2] > 0.3


# Nobody works below the reservation wage, or founds


@pytest.mark.parametrize(("share", "works"), [(1e12, False), (1.5, True)])
def test_an_infinite_reservation_wage_means_that_nobody_works_or_founds(share: float, works: bool, run_of: Make) -> None:
    world = run_of(
        graduates=600, days=500, market={"tightness": 5.0},
        behaviour={"idle_worth": share, "search_horizon_months": 0.1, "give_up_per_month": 0.0, "opportunity_per_year": 3.0},
        population={"final_year_share": 1.0, "recent_share": 0.0, "founders_earlier": 0.0, "cohort": 1},
        policy={"job_fairs": {"enabled": True, "initial_awareness": 1.0}, "labour_export": {"enabled": True, "staff": 5, "initial_awareness": 1.0}},
    )  # fmt: skip
    begun = [int(world.counts[count]) for count in (Count.HIRES, Count.HIRES_OUTSIDE, Count.STARTUPS_FOUNDED)]
    if works:
        every(np.array(begun) > 0)
    else:
        assert begun == [0, 0, 0]
        assert (world.tables["people"].column("activity") == Activity.SEARCHING).sum() > 300


def test_who_is_content_stays_longer(still_world: Make) -> None:
    lasts = []
    for wage in (5_000, 6_000, 9_000):
        world = still_world(separation_bachelor=0.05, separation_later=1.0, discontent_quits=2.0, content_most=2.0, search_horizon_months=1)
        free_rooms(world)
        advertise(world, 0, wage=wage, review_day=5)
        seek(world, 7, expected_wage=6_000.0)
        world.advance(0, 60)
        person = world.tables["people"].rows[7]
        assert person.activity == Activity.EMPLOYED or person.separations == 1
        lasts.append(int(person.separation_day if person.activity == Activity.EMPLOYED else person.first_left_day) - int(person.first_job_day))
    assert lasts[0] < lasts[1] < lasts[2]
    assert lasts[1] / lasts[0] == pytest.approx((6 / 5) ** 2, rel=0.1)


def test_ties_keep_people_from_leaving_for_work_elsewhere(run_of: Make) -> None:
    gone = [
        int(run_of(graduates=1_500, days=365, opening={"attachment": ties, "newcomer_attachment": ties}).counts[Count.LEFT_REGION])
        for ties in (0.0, 0.5)
    ]
    assert gone[1] < 0.8 * gone[0]


# Prices


def test_doubling_every_price_changes_no_decision(scenario_of: Callable[..., Scenario], world_of: Make) -> None:
    """All amounts in yuan, pay and savings included, are doubled; whole yuan are rounded, so a handful may differ."""
    usual = scenario_of(graduates=1_200, days=200, policy={"subsidies": FOR_ALL | {"rent_per_month": 300, "startup_grant": 5_000}})
    groups = {name: getattr(usual, name) for name in ("region", "opening", "behaviour", "policy")}
    worlds = []
    for factor in (6, 12):
        changed = {name: _priced(group, factor) for name, group in groups.items()}
        world = world_of(usual.model_copy(update=changed))
        world.advance(0, 200)
        worlds.append(world)
    once, twice = (world.tables["people"] for world in worlds)
    alike = [(once.column(name) == twice.column(name)).mean() for name in ("activity", "place", "employer", "hires", "offers", "trips")]
    assert min(alike) > 0.98
    working = once.column("wage") > 0
    same = working & (once.column("employer") == twice.column("employer"))
    assert np.median(twice.column("wage")[same] / once.column("wage")[same]) == pytest.approx(2.0, rel=1e-3)


def _priced(group: Any, factor: int) -> Any:
    """Return a group of parameters with every amount in yuan multiplied, those of the groups inside it too."""
    changed = {}
    for name, field in type(group).model_fields.items():
        value = getattr(group, name)
        extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
        if hasattr(type(value), "model_fields"):
            changed[name] = _priced(value, factor)
        elif str(extra.get("unit", "")).startswith("CNY") and isinstance(value, (int, float)):
            changed[name] = value * factor
    return group.model_copy(update=changed)
