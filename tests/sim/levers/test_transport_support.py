"""Transport support: fares are paid to whom it is for, up to a ceiling, for some weeks; and more is searched while they are."""

from collections.abc import Callable
from typing import Any

import numba
import numpy as np
import pytest
from hypothesis import strategies as st

from sim.compiled import NEVER
from sim.levers import LeverId
from sim.levers.transport_support import TransportSupport
from sim.rules.effort import price_of_application
from sim.states import Activity, Money, Place, ServiceEntry
from sim.statistics import mean_interval
from sim.tables import Tables
from sim.world import World
from tests.drawn import BUDGET, FEW
from tests.every import every
from tests.sim.tiny import advertise, know, move, seek

BUSY: dict[str, Any] = {
    "enabled": True, "share": 0.5, "ceiling": 60, "weeks": 6, "places": 12, "for_visitors": True, "budget": 900, "initial_awareness": 0.7,
}  # fmt: skip
"""A setting in which places and money run out among some hundred people."""

EMPTY: list[dict[str, Any]] = [
    {"share": 0.0}, {"ceiling": 0}, {"weeks": 0}, {"places": 0}, {"for_residents": False, "for_visitors": False}, {"budget": 0},
]  # fmt: skip
"""Settings that leave it enabled with nothing to give."""

DRAWN = st.fixed_dictionaries(
    {
        "enabled": st.booleans(),
        "budget": BUDGET,
        "share": st.floats(0, 1),
        "ceiling": st.integers(0, 500),
        "weeks": st.integers(0, 20),
        "places": FEW,
        "for_residents": st.booleans(),
        "for_visitors": st.booleans(),
        "origin": st.sampled_from(["any", "local", "elsewhere"]),
        "initial_awareness": st.floats(0, 1),
    }
)
"""Any settings, for property tests."""

Run = Callable[..., World]
WIDE: dict[str, Any] = {
    "enabled": True, "share": 1.0, "ceiling": 10_000, "weeks": 52, "places": 10**6, "initial_awareness": 1.0, "graduated_months": 1200,
}  # fmt: skip
SETTING: dict[str, Any] = {"graduates": 800, "days": 120, "start": "2021-03-01"}


def service_of(world: World) -> Any:
    return world.tables["services"].rows[LeverId.TRANSPORT_SUPPORT]


@numba.njit
def price(world: Tables, day: int, identity: int) -> float:
    return price_of_application(world, day, world.people[identity])


def interviewed(still_world: Run, lever: dict[str, Any], savings: int = 10_000, day: int = 20, **person: Any) -> World:
    """Return a world in which person 7 is called to one interview in the own district, 80 CNY there and back, by day 12 or so."""
    world = still_world(
        application_cost=0, interview_cost=20, sessions_per_month=0.001, family_pocket=0, commute_fare_per_km=10, policy={"transport_support": lever},
    )  # fmt: skip
    number = advertise(world, 0, review_day=5)
    fields = world.tables["fields"].rows
    fields["first_slot"], fields["slots"], fields["startup_slots"] = world.tables["posts"].rows["slot"][number], 1, 0
    seek(world, 7, **({"targeting": 1.0, "savings": savings, "district": world.tables["employers"].rows["district"][0]} | person))
    know(world, LeverId.TRANSPORT_SUPPORT, 7)
    world.advance(0, day)
    return world


@pytest.mark.parametrize(
    ("lever", "savings", "held", "given"),
    [
        ({}, 10_000, 1, 80), ({}, 20, 1, 80), ({}, 19, 0, 0), ({"share": 0.5}, 60, 1, 40), ({"share": 0.5}, 59, 0, 0),
        ({"ceiling": 50}, 50, 1, 50), ({"ceiling": 50}, 49, 0, 0), ({"budget": 100}, 20, 1, 80), ({"budget": 99}, 20, 0, 0),
        ({"budget": 99}, 100, 1, 0), ({"origin": "local"}, 20, 1, 80), ({"origin": "elsewhere"}, 100, 1, 0),
        ({"for_residents": False, "for_visitors": True}, 100, 1, 0), ({"closing_date": "2021-03-02"}, 100, 1, 0),
    ],
)  # fmt: skip
def test_the_fare_is_there_when_it_falls_due(lever: dict[str, Any], savings: int, held: int, given: int, still_world: Run) -> None:
    """An interview costs 20 CNY beside the fare; taking somebody in costs the programme 20 CNY more."""
    world = interviewed(still_world, WIDE | {"administration": 20} | lever, savings)
    person, service = world.tables["people"].rows[7], service_of(world)
    assert (person.interviews, person.fares_paid, person.fares_supported) == (held, given, int(given > 0))
    assert person.savings == savings + given - 100 * held
    assert (world.ledger[Money.SUBSIDIES], world.ledger[Money.SEARCH_COSTS]) == (given, -100 * held)
    assert (service.spent, service.served, service.in_use) == ((given + 20, 1, 1) if given else (0, 0, 0))


def test_who_graduated_long_ago_or_does_not_know_of_it_gets_none(still_world: Run) -> None:
    for months, paid in ((3, 80), (2, 0)):
        world = interviewed(still_world, WIDE | {"graduated_months": months}, graduation_day=-75)
        assert world.tables["people"].rows["fares_paid"][7] == paid
    world = still_world(policy={"transport_support": WIDE | {"initial_awareness": 0.0}})
    world.advance(0, 40)
    assert not world.tables["people"].rows["fare_help"].any()


def test_an_application_costs_less_by_the_fares_that_it_may_bring(still_world: Run) -> None:
    """For the weeks from the first fare on, and up to what is left; of who lives elsewhere the fare is that of the trip."""
    costs = {"application_cost": 50, "interview_cost": 100, "interviews_expected": 0.2, "commute_fare_per_km": 10.0}
    lever = WIDE | {"share": 0.5, "for_visitors": True}
    plain, helped = (still_world(policy=policy, **costs) for policy in (None, {"transport_support": lever}))
    for world in (plain, helped):
        seek(world, 7, savings=10**6)
        seek(world, 8, savings=10**6, place=Place.ELSEWHERE, from_elsewhere=1, campus=3)
    know(helped, LeverId.TRANSPORT_SUPPORT, 7, 8)
    helped.advance(0, 1)
    month = helped.scenario.region.living_cost
    fares = {7: 160.0, 8: 2.0 * float(helped.tables["campuses"].rows["fare"][3])}
    for identity, fare in fares.items():
        cut = price(plain.together, 1, identity) - price(helped.together, 1, identity)
        assert cut == pytest.approx(0.2 * 0.5 * fare / month)
    move(helped, 7, fare_until=9, fares_paid=10_000 - 30)
    assert price(plain.together, 9, 7) - price(helped.together, 9, 7) == pytest.approx(0.2 * 30 / month)
    assert price(plain.together, 10, 7) == price(helped.together, 10, 7)


def test_the_weeks_run_from_the_first_fare(still_world: Run) -> None:
    world = interviewed(still_world, WIDE | {"weeks": 2}, day=40)
    person = world.tables["people"].rows[7]
    first = int(person.fare_until) - 13
    assert 5 < first < 20
    assert person.fare_help == int(person.fare_until >= 30)
    assert interviewed(still_world, WIDE | {"weeks": 2}, day=first).tables["people"].rows["fare_until"][7] == NEVER


@pytest.fixture(scope="module")
def supported(run_of: Run) -> Run:
    """Return a runner of a small market with fares that matter, with support or (None) without."""

    def run(lever: dict[str, Any] | None, replicate: int = 0, **settings: Any) -> World:
        policy = {} if lever is None else {"transport_support": WIDE | lever}
        return run_of(**(SETTING | settings), policy=policy, behaviour={"commute_fare_per_km": 4.0}, replicate=replicate)

    return run


def test_more_is_searched_while_fares_are_paid_and_not_long_after(scenario_of: Callable[..., Any], world_of: Run) -> None:
    """Paired worlds: applications of who looks for work here at first, in the sixty days of support, and in sixty that begin a month later."""
    days, lever = (60, 90, 150), WIDE | {"closing_date": "2021-04-29"}
    during, after = [], []
    for replicate in range(24):
        sent = []
        for policy in ({"transport_support": lever}, {}):
            setting = SETTING | {"graduates": 1_000, "days": 150}
            world = world_of(scenario_of(**setting, policy=policy, behaviour={"commute_fare_per_km": 10.0}), replicate=replicate)
            people = world.tables["people"].rows
            looks = (people["place"] == Place.RESIDENT) & np.isin(people["activity"], (Activity.SEARCHING, Activity.STUDYING))
            counted = []
            for first, last in zip((0, *days), days, strict=False):
                world.advance(first, last)
                counted.append(int(people["applications"][looks].sum()))
            sent.append(counted)
        during.append(sent[0][0] / sent[1][0] - 1)
        after.append((sent[0][2] - sent[0][1]) / (sent[1][2] - sent[1][1]) - 1)
    raised, left = mean_interval(np.array(during)), mean_interval(np.array(after))
    assert raised.low > 0.03
    assert left.low < 0 < left.high
    assert left.mean < raised.mean / 2


def test_nobody_has_more_than_the_ceiling_and_half_the_money_pays_half(supported: Run) -> None:
    whole = supported({"ceiling": 150, "for_visitors": True})
    paid = whole.tables["people"].column("fares_paid")
    assert 100 < paid.max() <= 150
    service = service_of(whole)
    assert int(service.spent) == paid.sum() + 20 * (paid > 0).sum()
    assert service.turned_away == 0
    half = service_of(supported({"ceiling": 150, "for_visitors": True, "budget": int(service.spent) // 2}))
    assert int(half.spent) <= int(service.spent) // 2
    assert 0.4 < half.served / service.served < 0.6
    assert half.turned_away > 0
    places = int(service.in_use) // 2
    few = service_of(supported({"ceiling": 150, "for_visitors": True, "places": places}))
    assert (few.in_use, few.turned_away > 0) == (places, True)


@pytest.mark.parametrize(("origin", "value"), [("elsewhere", 1), ("local", 0)])
def test_the_origin_that_it_is_for(origin: str, value: int, supported: Run) -> None:
    people = supported({"origin": origin, "for_visitors": True}).tables["people"]
    every(people.column("from_elsewhere")[people.column("fares_paid") > 0] == value)


def test_visitors_get_the_fare_of_a_trip_and_residents_that_of_an_interview(supported: Run) -> None:
    visitors = supported({"for_residents": False, "for_visitors": True})
    residents = supported({})
    assert visitors.services[-1, LeverId.TRANSPORT_SUPPORT, ServiceEntry.SERVED] > 10
    fares = {2 * int(fare) for fare in visitors.tables["campuses"].rows["fare"]}
    first = visitors.tables["people"].rows[visitors.tables["people"].column("fares_supported") == 1]
    every(np.isin(first["fares_paid"], [*fares, 32, 96]))
    people = residents.tables["people"].rows
    every(np.isin(people["fares_paid"][people["fares_supported"] == 1], [32, 96]))


@pytest.mark.parametrize("nothing", EMPTY)
def test_without_money_or_people_nothing_is_offered(nothing: dict[str, Any]) -> None:
    assert TransportSupport.model_validate(BUSY).offers_something
    assert not TransportSupport.model_validate(BUSY | nothing).offers_something


def test_who_has_work_gets_none(supported: Run) -> None:
    world = supported({})
    people = world.tables["people"].rows
    every(people["fare_help"][(people["activity"] == Activity.EMPLOYED) & (people["job_start_day"] < 80) & (people["job_start_day"] >= 0)] == 0)
