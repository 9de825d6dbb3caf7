"""People, posts, beds, mentors and money balance at the end of every day, to the last unit."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.levers import LeverId
from sim.scenario import Scenario
from sim.states import (
    Activity,
    Count,
    Money,
    Stock,
)
from sim.world import World
from tests.every import every
from tests.levers import modules_of_levers
from tests.sim.balances import Balance, balances_of_jobs, balances_of_people, balances_of_services
from tests.sim.balances_of_levers import BY_PERSON, balances_of_help, balances_of_money, balances_of_training


@pytest.fixture(scope="module")
def scenario_of(scenario_of: Callable[..., Scenario]) -> Callable[..., Scenario]:
    """Return a maker of small scenarios in which people age out."""
    return lambda **given: scenario_of(**given | {"population": {"youth_years": 5} | given.get("population", {})})


def imbalances(world: World, day: int) -> list[Balance]:
    """Name every balance that does not hold at the end of a day."""
    kinds = (balances_of_people, balances_of_jobs, balances_of_services, balances_of_training, balances_of_money, balances_of_help)
    every = [part for of in kinds for part in of(world, day)]
    return [(f"day {day}: {name}", left, right) for name, left, right in every if left != right]


def check_every_day(world: World) -> None:
    """Step through the run, checking all balances and what moved each stock since the first morning."""
    people, employers = world.tables["people"], world.tables["employers"]
    working = (people.column("activity") == Activity.EMPLOYED) & (people.column("employer") >= 0)
    jobs, firms = int(working.sum()), int((employers.column("founder") >= 0).sum())
    assert int(people.column("savings").sum()) == int(world.ledger[Money.OPENING_SAVINGS]) == int(world.ledger.sum())
    for day in range(world.scenario.days):
        world.advance(day, day + 1)
        assert imbalances(world, day) == []
        working = (people.column("activity") == Activity.EMPLOYED) & (people.column("employer") >= 0)
        ended = int(world.counts[Count.SEPARATIONS] + world.counts[Count.POSTS_TAKEN_ALONG])
        assert int(working.sum()) == jobs + int(world.counts[Count.HIRES]) - ended
        alive = int(world.stocks[day, Stock.STARTUPS_ALIVE])
        gone = int(world.counts[Count.STARTUPS_CLOSED] + world.counts[Count.FIRMS_HANDED_ON])
        assert alive == firms + int(world.counts[Count.STARTUPS_FOUNDED]) - gone


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("levers", ["none", "all"])
def test_everything_balances_every_day(
    seed: int, levers: str, scenario_of: Callable[..., Scenario], every_lever: Callable[[], Any], world_of: Callable[..., World]
) -> None:
    scenario = scenario_of(graduates=500, days=400, policy=every_lever() if levers == "all" else {})
    check_every_day(world_of(scenario, seed))


def test_the_levers_of_the_balance_test_all_serve_and_all_run_out(run_of: Callable[..., World], every_lever: Callable[[], Any]) -> None:
    services = run_of(seed=3, graduates=500, days=400, policy=every_lever()).tables["services"]
    every(services.column("served") > 0)
    scarce = [LeverId.LODGING, LeverId.JOB_FAIRS, LeverId.TRAVEL_VOUCHERS, LeverId.MENTORING]
    every(services.column("turned_away")[scarce] > 0)


HARD_TIMES = {
    "exit_per_year": 1.0,
    "shrink_per_month": 0.3,
    "revenue_noise": 1.5,
    "opportunity_per_year": 2.0,
    "growth_per_year": 2.0,
    "separation_bachelor": 0.5,
    "separation_vocational": 0.5,
    "leave_per_month": 20.0,
    "internship_share": 1.0,
    "course_after_days": 20,
    "course_per_month": 0.5,
}
"""Everything that ends, moves or fails, often."""


@pytest.mark.parametrize("seed", [4, 5])
def test_everything_balances_in_hard_times(
    seed: int, scenario_of: Callable[..., Scenario], every_lever: Callable[[], Any], world_of: Callable[..., World]
) -> None:
    policy = every_lever()
    policy["loans"]["credit_line"] = 60_000_000
    world = world_of(scenario_of(graduates=500, days=300, policy=policy, behaviour=HARD_TIMES), seed)
    check_every_day(world)
    happened = [
        Count.EMPLOYERS_CLOSED,
        Count.STARTUPS_CLOSED,
        Count.LOANS_DEFAULTED,
        Count.LEFT_REGION,
        Count.INTERNS_STARTED,
        Count.CONTRACTS_BROKEN,
    ]
    every(world.counts[happened] > 0)


def drawn(first: int, last: int | None, *also: str) -> st.SearchStrategy[dict[str, Any]]:
    """Return what draws settings for any of some levers, in the order of `OWN`."""
    every_one = {name: tests.DRAWN for name, tests in modules_of_levers().items()}
    return st.fixed_dictionaries({}, optional={name: every_one[name] for name in [*list(every_one)[first:last], *also]})


POLICIES = drawn(0, 7)


@given(policy=POLICIES, seed=st.integers(0, 2**32 - 1), month=st.integers(1, 12))
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], derandomize=True)
def test_everything_balances_for_any_levers(
    policy: Any, seed: int, month: int, scenario_of: Callable[..., Scenario], world_of: Callable[..., World]
) -> None:
    check_every_day(world_of(scenario_of(graduates=250, days=100, start=f"2021-{month:02}-01", policy=policy), seed))


POLICIES_OF_TRAINING = drawn(7, 12)


@given(policy=POLICIES_OF_TRAINING, seed=st.integers(0, 2**32 - 1), month=st.integers(1, 12), hard=st.booleans())
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], derandomize=True)
def test_everything_balances_for_any_training(
    policy: Any, seed: int, month: int, hard: bool, scenario_of: Callable[..., Scenario], world_of: Callable[..., World]
) -> None:
    behaviour = HARD_TIMES if hard else {}
    check_every_day(world_of(scenario_of(graduates=250, days=130, start=f"2021-{month:02}-01", policy=policy, behaviour=behaviour), seed))


HELPING = drawn(12, None, "lodging", "loans")
TROUBLE = HARD_TIMES | {
    "arrears_per_year": 3.0,
    "dispute_per_year": 3.0,
    "accident_manufacturing": 2.0,
    "accident_elsewhere": 1.0,
    "home_considered_per_year": 6.0,
    "home_family_means": 150_000,
    "couple_share": 0.3,
    "explore_per_month": 1.0,
}


@pytest.mark.parametrize("seed", [6, 7])
def test_help_balances_where_much_goes_wrong(
    seed: int, scenario_of: Callable[..., Scenario], every_lever: Callable[[], Any], world_of: Callable[..., World]
) -> None:
    policy = every_lever()
    policy["loans"]["credit_line"] = 60_000_001
    policy["lodging"] |= {"newly_employed": True, "desk_staff_per_station": 1, "beds_per_room": 3}
    world = world_of(scenario_of(graduates=500, days=300, policy=policy, behaviour=TROUBLE), seed)
    check_every_day(world)
    assert [name for name, _, count in BY_PERSON if world.counts[count] == 0] == []


@given(policy=HELPING, seed=st.integers(0, 2**32 - 1), month=st.integers(1, 12))
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], derandomize=True)
def test_help_balances_for_any_settings(
    policy: Any, seed: int, month: int, scenario_of: Callable[..., Scenario], world_of: Callable[..., World]
) -> None:
    known = {"initial_awareness": 1.0}
    policy = {name: lever | (known if name not in ("safety_training", "organisation", "hiring_subsidy") else {}) for name, lever in policy.items()}
    setting: dict[str, Any] = {"graduates": 250, "days": 100, "start": f"2021-{month:02}-01", "population": {"residents_from_elsewhere_share": 0.5}}
    check_every_day(world_of(scenario_of(**setting, policy=policy, behaviour=TROUBLE), seed))
