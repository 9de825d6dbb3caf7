"""Subsidies: rent, homes, start-ups and the card, by tier, for who knows of them, while the money lasts."""

from collections.abc import Callable
from typing import Any

import numba
import numpy as np
import pytest
from hypothesis import strategies as st

from sim.levers import LeverId
from sim.levers.subsidies import rent_help_in_view
from sim.scenario import Scenario
from sim.states import Activity, Cash, Count, Education, Money, Place
from sim.tables import Tables
from sim.world import World
from tests.drawn import BUDGET, FEW, PEOPLE_HELPED
from tests.every import every, some

BUSY: dict[str, Any] = {
    "enabled": True,
    "rent_per_month": 500,
    "rent_months": 3,
    "home_purchase": 20_000,
    "startup_grant": 5_000,
    "search_share": 0.5,
    "newcomers_only": False,
    "card_discount": 0.05,
    "card_places": 30,
    "initial_awareness": 0.6,
}
"""A setting in which places and money run out among some hundred people."""

EMPTY: list[dict[str, Any]] = [
    {"rent_per_month": 0, "home_purchase": 0, "startup_grant": 0, "search_share": 0.0, "card_discount": 0.0},
    {"rent_months": 0, "home_purchase": 0, "startup_grant": 0, "search_months": 0, "card_places": 0},
    {"budget": 0},
]
"""Settings that leave it enabled with nothing to give."""

DRAWN = st.fixed_dictionaries(
    {
        "enabled": st.booleans(),
        "budget": BUDGET,
        "rent_per_month": st.integers(0, 3_000),
        "rent_months": FEW,
        "home_purchase": st.integers(0, 300_000),
        "startup_grant": st.integers(0, 60_000),
        "vocational_ratio": st.floats(0, 2),
        "newcomers_only": st.booleans(),
        "card_discount": st.floats(0, 1),
        "card_places": PEOPLE_HELPED,
    }
)
"""Any settings, for property tests."""

Run = Callable[..., World]
SETTING: dict[str, Any] = {"graduates": 1200, "days": 240, "start": "2021-01-01"}
ALL = {"enabled": True, "initial_awareness": 1.0, "newcomers_only": False, "within_years": 30}
RENT = ALL | {"rent_per_month": 600, "rent_months": 6}
HOME = ALL | {"home_purchase": 100_000}
GRANT = ALL | {"startup_grant": 20_000}
CARD = ALL | {"card_discount": 0.1, "card_places": 10**6, "card_demand": 1.0}


def service_of(world: World) -> Any:
    return world.tables["services"].rows[LeverId.SUBSIDIES]


def total(world: World, column: str) -> int:
    return int(world.tables["people"].column(column).sum())


@pytest.fixture(scope="module")
def region(run_of: Run) -> Run:
    """Return a runner with some subsidies, or (None) without; a key `population` goes to the scenario."""

    def run(lever: dict[str, Any] | None, *, replicate: int = 0, population: dict[str, Any] | None = None, **behaviour: Any) -> World:
        policy = {} if lever is None else {"subsidies": lever}
        return run_of(**SETTING, policy=policy, behaviour=behaviour, population=population or {}, replicate=replicate)

    return run


MANY = {"residents_from_elsewhere_share": 0.8}


def test_more_rent_subsidy_is_more_money_paid_and_nobody_leaves_sooner(region: Run) -> None:
    mobile = {"leave_per_month": 4.0, "leave_response": 4.0, "home_horizon_months": 6}
    worlds = [region(RENT | {"rent_per_month": amount}, population=MANY, **mobile) for amount in (0, 300, 600, 1200)]
    paid = [int(world.counts[Count.SUBSIDIES_PAID]) for world in worlds]
    assert paid == sorted(set(paid))
    for replicate in range(3):
        without, helped = (region(lever, population=MANY, replicate=replicate, **mobile) for lever in (None, RENT | {"rent_per_month": 1200}))
        entitled = helped.tables["people"].column("subsidies") > 0
        assert helped.tables["people"].column("departures")[entitled].sum() < without.tables["people"].column("departures")[entitled].sum()


def test_what_is_promised_is_paid_or_given_back(scenario_of: Callable[..., Scenario], world_of: Run) -> None:
    unrest = {"leave_per_month": 10.0, "separation_bachelor": 0.3, "separation_vocational": 0.3}
    world = world_of(scenario_of(**SETTING, policy={"subsidies": RENT}, behaviour=unrest, population=MANY))
    people, service = world.tables["people"], service_of(world)
    for day in range(0, 240, 5):
        world.advance(day, day + 5)
        assert service.promised == (people.column("rent_months") * people.column("rent_subsidy")).sum() >= 0
    assert total(world, "subsidies") == world.counts[Count.SUBSIDIES_PAID] == service.spent == service.units == world.ledger[Money.SUBSIDIES]
    full = [amount * 6 for amount in (600, 360, 900)]
    received = people.column("subsidies")
    assert set(np.unique(received[received > 0]) % 60) == {0}
    assert received.max() <= max(full), "once a person"
    lost = (people.column("rent_granted") == 1) & (received > 0) & (received < 360 * 6) & (people.column("rent_months") == 0)
    assert lost.sum() > 0, "some have left, or lost the job, before the end"


def test_half_the_money_helps_about_half(region: Run) -> None:
    free = service_of(region(RENT, population=MANY))
    need = int(free.spent + free.promised)
    half = service_of(region(RENT | {"budget": need // 2}, population=MANY))
    assert 0.35 * free.served < half.served < 0.65 * free.served
    assert half.turned_away > 0.3 * free.served
    assert half.spent + half.promised <= need // 2
    assert half.reached == half.served + half.turned_away


def test_amounts_differ_by_tier_and_only_the_entitled_get_them(region: Run) -> None:
    people = region(RENT | {"rent_months": 1}, population=MANY).tables["people"]
    received = people.column("subsidies") > 0
    for education, amount in ((Education.VOCATIONAL, 360), (Education.BACHELOR, 600), (Education.MASTER, 900)):
        of = received & (people.column("education") == education)
        assert set(people.column("subsidies")[of].tolist()) <= {amount}
    every(people.column("from_elsewhere")[received] == 1)
    new = region(RENT | {"newcomers_only": True}, population=MANY).tables["people"]
    every(new.column("resident_since")[new.column("subsidies") > 0] >= 0)
    assert 0 < (new.column("subsidies") > 0).sum() < received.sum()
    assert service_of(region(RENT | {"initial_awareness": 0.0}, population=MANY)).reached == 0


def test_a_rent_subsidy_of_no_months_is_none(region: Run) -> None:
    nothing = region(CARD | {"rent_per_month": 5000, "rent_months": 0}, population=MANY, leave_per_month=5.0)
    card = region(CARD, population=MANY, leave_per_month=5.0)
    assert total(nothing, "rent_subsidy") == total(nothing, "rent_granted") == 0
    for column in ("departures", "hires", "savings", "contracts_signed"):
        every(nothing.tables["people"].column(column) == card.tables["people"].column(column))
    assert service_of(nothing).served == service_of(card).served


@pytest.mark.parametrize("part", ["rent_per_month", "home_purchase", "startup_grant"])
def test_a_tier_that_gets_nothing_is_neither_reached_nor_served(part: str, region: Run) -> None:
    nothing = ALL | {part: 10_000, "vocational_ratio": 0.0, "master_ratio": 0.0, "budget": 10**9}
    world = region(nothing, population=MANY | {"founders_earlier": 0.0}, opportunity_per_year=3.0, home_family_means=200_000)
    people, service = world.tables["people"], service_of(world)
    bachelor = people.column("education") == Education.BACHELOR
    every(people.column("subsidies")[~bachelor] == 0)
    helped = {
        "rent_per_month": (people.column("rent_granted") == 1).sum(),
        "home_purchase": (people.column("home_owner") == 1)[bachelor].sum(),
        "startup_grant": people.column("firms_founded")[bachelor].sum(),
    }[part]
    assert 0 < service.served == service.reached <= helped


@numba.njit
def weigh(world: Tables, day: int, identity: int) -> float:
    return rent_help_in_view(world, day, world.people[identity])


AWAY = {
    "place": Place.ELSEWHERE,
    "from_elsewhere": 1,
    "activity": Activity.SEARCHING,
    "employer": -1,
    "graduation_day": -100,
    "education": 1,
    "home_owner": 0,
}
HERE = AWAY | {"place": Place.RESIDENT, "resident_since": 3}


@pytest.mark.parametrize(
    ("situation", "lever", "worth"),
    [
        (AWAY, {}, 600), (AWAY | {"education": 0}, {}, 360), (AWAY | {"from_elsewhere": 0}, {}, 0), (AWAY | {"aware": 0}, {}, 0),
        (AWAY | {"graduation_day": -1200}, {}, 0), (AWAY | {"graduation_day": -1200}, {"within_years": 5}, 600),
        (AWAY, {"rent_months": 0, "home_purchase": 1}, 0), (AWAY, {"budget": 3599}, 0),
        (AWAY, {"budget": 3600}, 600), (AWAY | {"rent_granted": 1}, {}, 0), (AWAY | {"home_owner": 1}, {}, 0),
        (AWAY | {"rent_granted": 1, "rent_months": 2, "rent_subsidy": 500}, {}, 166), (AWAY | {"activity": Activity.EMPLOYED}, {}, 600),
        (HERE, {}, 600), (HERE | {"resident_since": -5}, {}, 0), (HERE | {"resident_since": -5}, {"newcomers_only": False}, 600),
        (HERE | {"activity": Activity.EMPLOYED, "employer": 2, "rent_granted": 1, "rent_months": 2, "rent_subsidy": 600},
         {"newcomers_only": False}, 200),
    ],
)  # fmt: skip
def test_the_subsidy_counts_for_who_would_get_it_by_working_here(
    situation: dict[str, Any], lever: dict[str, Any], worth: int, scenario_of: Callable[..., Scenario], world_of: Run
) -> None:
    policy = {"subsidies": RENT | {"within_years": 3, "newcomers_only": True} | lever}
    world = world_of(scenario_of(graduates=20, policy=policy, behaviour={"home_horizon_months": 6}))
    people = world.tables["people"].rows
    people["aware"][0] = np.uint32(1 << LeverId.SUBSIDIES)
    for name, value in situation.items():
        people[name][0] = value
    assert weigh(world.together, 10, 0) == worth


def test_a_large_subsidy_brings_people_here_who_know_of_it(region: Run) -> None:
    large = RENT | {"rent_per_month": 6000, "initial_awareness": 0.5}
    gained = []
    for replicate in range(3):
        worlds = [region(lever, replicate=replicate, explore_per_month=1.0, home_horizon_months=6) for lever in (None, large)]
        without, helped = (world.tables["people"] for world in worlds)
        outside = helped.column("from_elsewhere") == 1
        gained.append([(helped.column("hires") - without.column("hires"))[who].sum() for who in (outside, ~outside)])
    assert np.mean(gained, axis=0)[0] > 0


def test_homes_are_bought_without_subsidy_and_more_with(region: Run) -> None:
    rich = {"home_family_means": 120_000, "home_considered_per_year": 3.0}
    without = region(None, population=MANY, **rich)
    homes = [int(without.counts[Count.HOMES_BOUGHT])]
    for amount in (20_000, 100_000):
        world = region(HOME | {"home_purchase": amount}, population=MANY, **rich)
        people, service = world.tables["people"], service_of(world)
        homes.append(int(world.counts[Count.HOMES_BOUGHT]))
        assert people.column("home_owner").sum() == homes[-1]
        assert service.spent == world.counts[Count.SUBSIDIES_PAID] == total(world, "subsidies") > 0
        assert world.ledger[Money.SUBSIDIES] == 0, "goes into the home, not through savings"
        assert world.ledger[Money.HOMES] <= 0
        owners, paid = people.column("home_owner") == 1, people.column("subsidies") > 0
        every(owners[paid])
    assert 0 < homes[0] < homes[1] < homes[2]
    poor = service_of(region(HOME | {"budget": 100_000 * 3}, population=MANY, **rich))
    assert poor.spent <= 300_000
    assert poor.turned_away > 0


def test_owners_leave_less_and_pay_no_rent(region: Run) -> None:
    rich = {"home_family_means": 10**7, "home_considered_per_year": 12.0, "leave_per_month": 3.0}
    bought, never = region(None, population=MANY, **rich), region(None, population=MANY, **rich | {"home_considered_per_year": 0.0})
    owner = bought.tables["people"].column("home_owner") == 1
    assert owner.sum() > 50
    assert bought.tables["people"].column("departures")[owner].sum() < never.tables["people"].column("departures")[owner].sum()
    assert bought.ledger[Money.LIVING_COSTS] > never.ledger[Money.LIVING_COSTS]


def test_a_grant_is_part_of_the_capital_and_lets_more_begin(region: Run) -> None:
    poor = {"constrained_share": 1.0, "bank_approval": 0.0, "opportunity_per_year": 3.0, "capital_need": 30_000}
    worlds = [region(lever, **poor) for lever in (None, GRANT | {"startup_grant": 10_000}, GRANT | {"startup_grant": 40_000})]
    founded = [int(world.counts[Count.STARTUPS_FOUNDED]) for world in worlds]
    assert founded == sorted(set(founded))
    for world in some(worlds[1:]):
        assert world.cashbook[Cash.GRANTS] == world.counts[Count.STARTUP_GRANTS] == total(world, "subsidies") == service_of(world).spent > 0
        assert service_of(world).served <= world.counts[Count.STARTUPS_FOUNDED]
    half = service_of(region(GRANT | {"startup_grant": 40_000, "budget": int(service_of(worlds[2]).spent) // 2}, **poor))
    assert half.served < 0.6 * service_of(worlds[2]).served


def test_the_card_makes_life_cheaper_for_its_holders(region: Run) -> None:
    worlds = [region(CARD | {"card_discount": discount}, opportunity_per_year=0.0) for discount in (0.0, 0.05, 0.2)]
    costs = [-int(world.ledger[Money.LIVING_COSTS]) for world in worlds]
    assert costs == sorted(set(costs), reverse=True)
    for places in (10, 100):
        world = region(CARD | {"card_places": places})
        service = service_of(world)
        assert service.in_use == total(world, "card") == service.served == places
        assert service.spent == 5 * places
        assert service.turned_away > 0
    assert total(region(RENT | {"card_places": 100, "card_demand": 1.0}), "card") == 0, "a card without a discount is no card"
