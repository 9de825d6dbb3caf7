"""What the evening keeps by looking at few is what a full count of everybody gives: stocks, plans and lists, every day."""

from collections.abc import Callable
from typing import Any

import numba
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim.columns import CACHE_LINE
from sim.levers import OWN, LeverId
from sim.marked import CHANGED
from sim.rules.agenda import FAR
from sim.rules.youth import OUT
from sim.scenario import Scenario
from sim.states import PLACES, Activity, Place, Preparation, Stock
from sim.world import World

pytestmark = pytest.mark.skipif(bool(numba.config.DISABLE_JIT), reason="interpreted rules leave no marks")

PLANNED_DAYS = ("next_search_day", "next_outside_day", "return_day", "opportunity_day", "internship_day", "contract_day", "graduation_day")
OF_FIRMS = [Stock.VACANCIES_OPEN, Stock.STARTUPS_ALIVE, Stock.STARTUP_JOBS, Stock.STARTUP_CASH]
BUSY = {"opportunity_per_year": 3.0, "internship_share": 0.8, "exit_per_year": 0.5, "explore_per_month": 1.0, "course_after_days": 20}
LEVERS = sorted(lever.name for lever in OWN)


@pytest.fixture(scope="module")
def scenario_of(scenario_of: Callable[..., Scenario]) -> Callable[..., Scenario]:
    """Return a maker of small scenarios in which people age out."""
    return lambda **given: scenario_of(**given | {"population": {"youth_years": 5} | given.get("population", {})})


SURVEYED = slice(Stock.UNEMPLOYED_16_24, Stock.PREPARING + 1)


def count_everybody(world: World, day: int) -> NDArray[np.int64]:
    """Count the stocks of persons from the table of people alone, in the order of `Stock`; what the bureau counts, on its days only."""
    people = {name: world.tables["people"].column(name).astype(np.int64) for name in world.tables["people"].rows.dtype.names}
    activity, resident, signed = people["activity"], people["place"] == Place.RESIDENT, people["contract_day"] >= 0
    stocks = np.zeros(world.stocks.shape[1], np.int64)
    np.add.at(stocks, activity * PLACES + people["place"], 1)
    stocks[Stock.EMPLOYED_IN_REGION] = ((people["employer"] >= 0) & np.isin(activity, (Activity.EMPLOYED, Activity.FOUNDER))).sum()
    stocks[Stock.RESIDENTS_FROM_ELSEWHERE] = (resident & (people["from_elsewhere"] == 1)).sum()
    local = (people["from_elsewhere"] == 0) & (people["graduation_day"] <= day) & ~np.isin(activity, (Activity.STUDYING, Activity.AGED_OUT))
    stocks[Stock.LOCALS_HERE], stocks[Stock.LOCALS_AWAY] = (local & resident).sum(), (local & ~resident).sum()
    stocks[Stock.SAVINGS] = people["savings"].sum()
    stocks[Stock.PENDING_CONTRACTS] = signed.sum()
    stocks[Stock.WAITING_TO_START] = (signed & resident & (activity == Activity.SEARCHING)).sum()
    works = np.isin(activity, (Activity.EMPLOYED, Activity.FOUNDER))
    free = (people["place"] != Place.ELSEWHERE) & ~works & ~signed
    stocks[Stock.SEEKERS] = (free & (people["last_session_day"] > day - 30)).sum()
    stocks[SURVEYED] = world.standing[SURVEYED]
    if world.calendar["surveyed"][day] == 1:
        population, left = world.scenario.population, people["graduation_day"] <= day
        at_graduation = np.array([population.age_vocational, population.age_bachelor, population.age_master])[people["education"]]
        age = at_graduation + (day - people["graduation_day"]) / 365
        works |= activity == Activity.INTERN
        soon = (people["return_day"] >= 0) & (people["return_day"] <= day + 14) & (people["preparing"] == Preparation.NONE)
        can_start = (activity == Activity.SEARCHING) | soon
        unemployed = ~works & can_start & (people["last_session_day"] >= day - 90)
        for place, (counted, of_age) in enumerate((part, years) for years in ((age < 25), (age >= 25) & (age < 30)) for part in (unemployed, works)):
            stocks[Stock.UNEMPLOYED_16_24 + place] = (resident & left & of_age & counted).sum()
        prepares = (activity == Activity.INACTIVE) & (people["preparing"] > Preparation.NONE) & (people["preparing"] < Preparation.ADMITTED)
        stocks[Stock.PREPARING] = (resident & left & (age < 30) & prepares & ~unemployed).sum()
    for lever in range(len(LeverId)):
        stocks[Stock.AWARE + lever] = (people["aware"] >> lever & 1).sum()
    return stocks


def list_everybody(world: World, day: int) -> dict[str, list[int]]:
    """List who is due and who travels on a day, and the next day planned for everybody, from the table of people alone."""
    people = {name: world.tables["people"].column(name).astype(np.int64) for name in world.tables["people"].rows.dtype.names}
    job_ends = people["separation_day"]
    due = (job_ends >= 0) & (job_ends <= day)
    nearest = np.where(job_ends >= 0, np.maximum(job_ends, day), FAR)
    for name in (*PLANNED_DAYS, "next_trip_day"):
        due |= (people[name] == day) & (name != "next_trip_day")
        nearest = np.minimum(nearest, np.where(people[name] >= day, people[name], FAR))
    away = (people["place"] == Place.VISITING) | (people["station"] >= 0)
    return {
        "due": np.flatnonzero(due).tolist(),
        "travellers": np.flatnonzero(away | (people["next_trip_day"] == day)).tolist(),
        "planned": np.where(away, day, nearest).tolist(),
        "workplaces": np.where(people["activity"] == Activity.AGED_OUT, OUT, people["employer"]).tolist(),
    }


def prove(world: World, day: int) -> None:
    """Compare what one evening has kept with a full count."""
    rows, counts = world.rows_in_use[0], count_everybody(world, day)
    assert world.standing.tolist() == counts.tolist(), f"day {day}"
    counts[Stock.AWARE :] *= world.tables["services"].column("on_offer")
    counts[OF_FIRMS] = world.stocks[day][OF_FIRMS]
    assert world.stocks[day].tolist() == counts.tolist(), f"day {day}"
    kept = {
        "due": world.due[: rows.due].tolist(),
        "travellers": world.travellers[: rows.travellers].tolist(),
        "planned": world.planned[: rows.people].tolist(),
        "workplaces": world.workplaces[: rows.people].tolist(),
    }
    assert kept == list_everybody(world, day + 1), f"day {day}"


def live(world: World) -> None:
    """Live through a run in single days, each going on where the last ended, and prove every evening."""
    for day in range(world.scenario.days):
        world.advance(day, day + 1, afresh=day == 0)
        prove(world, day)


@pytest.fixture(scope="module")
def busy(scenario_of: Callable[..., Scenario], every_lever: Callable[[], Any]) -> Scenario:
    """Return a scenario with every lever, a graduation, a class that enters, closing firms, and much going on."""
    policy = every_lever()
    policy["lodging"]["opening_months"] = 0.0
    return scenario_of(graduates=900, days=120, start="2021-05-01", policy=policy, behaviour=BUSY)


def test_every_evening_is_a_full_count_with_every_lever(busy: Scenario, world_of: Callable[..., World]) -> None:
    world = world_of(busy)
    live(world)
    assert (world.tables["services"].column("served") > 0).all()
    assert world.counts.min() >= 0
    assert world.rows_in_use[0].people > busy.population.graduates, "a class has entered"


def test_every_evening_is_a_full_count_in_a_busy_market_alone(scenario_of: Callable[..., Scenario], world_of: Callable[..., World]) -> None:
    live(world_of(scenario_of(graduates=900, days=120, start="2021-05-01", behaviour=BUSY)))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(levers=st.sets(st.sampled_from(LEVERS)), graduates=st.integers(1, 400), start=st.integers(1, 12), seed=st.integers(0, 999))
def test_every_evening_is_a_full_count_whatever_the_levers(
    levers: set[str], graduates: int, start: int, seed: int,
    scenario_of: Callable[..., Scenario], world_of: Callable[..., World], every_lever: Callable[[], Any],
) -> None:  # fmt: skip
    policy = {name: settings for name, settings in every_lever().items() if name in levers}
    live(world_of(scenario_of(graduates=graduates, days=45, start=f"2021-{start:02}-20", policy=policy, behaviour=BUSY), seed=seed))


def test_one_call_and_many_give_the_same(
    busy: Scenario, world_of: Callable[..., World], digest_of: Callable[..., dict[str, str]], difference_of: Callable[..., list[str]]
) -> None:
    at_once, by_day, going_on = world_of(busy), world_of(busy), world_of(busy)
    at_once.advance(0, busy.days)
    for day in range(busy.days):
        by_day.advance(day, day + 1)
        going_on.advance(day, day + 1, afresh=day == 0)
    assert difference_of(digest_of(at_once), digest_of(by_day)) == []
    assert difference_of(digest_of(at_once), digest_of(going_on)) == []


def test_what_python_changes_between_calls_is_seen(busy: Scenario, world_of: Callable[..., World]) -> None:
    world = world_of(busy)
    world.advance(0, 10)
    people = world.tables["people"].rows
    somebody = int(np.flatnonzero(people["activity"] == Activity.SEARCHING)[0])
    people["savings"][somebody] += 1_000_000
    people["next_search_day"][somebody] = 10
    sent = int(people["applications"][somebody])
    before = int(world.stocks[9, Stock.SAVINGS])
    world.advance(10, 11)
    prove(world, 10)
    assert world.stocks[10, Stock.SAVINGS] > before + 500_000
    assert people["next_search_day"][somebody] != 10
    assert people["applications"][somebody] >= sent


def test_few_are_looked_at(scenario_of: Callable[..., Scenario], world_of: Callable[..., World]) -> None:
    world = world_of(scenario_of(graduates=5000, days=3))
    world.advance(0, 2)
    before = world.planned.copy()
    world.advance(2, 3, afresh=False)
    assert (before == CHANGED).sum() == 0
    assert 0 < (world.planned != before).sum() < 5000 / 4


def test_what_the_evening_counts_stands_in_the_first_cache_line(busy: Scenario, world_of: Callable[..., World]) -> None:
    fields = world_of(busy).tables["people"].rows.dtype.fields
    read = (*PLANNED_DAYS, "next_trip_day", "separation_day", "station", "activity", "place", "from_elsewhere", "employer", "aware", "savings")
    assert {name for name in read if fields[name][1] >= CACHE_LINE} == set(), "a write there would leave no mark"
