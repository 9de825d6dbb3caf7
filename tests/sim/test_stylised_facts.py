"""Patterns of real labour markets that must come out of the region without a programme (docs/evidence.md, targets C1 to C13), with loose bounds."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.calendar import dates_of
from sim.outcomes import OUTCOMES, unemployment_rate
from sim.scenario import Scenario
from sim.states import Activity, Count, Education, Place, Preparation, Stock
from sim.world import World

GRADUATES = 5000
SEEDS = (1, 2, 3)
DAYS = 450
"""From 1 November 2020 to January 2022: one whole class from search to the end of its first year."""

Make = Callable[..., World]


def mean_of_months(series: NDArray[np.float64], world: World, *months: str) -> float:
    dates = dates_of(world.scenario.start, len(series)).astype("datetime64[M]")
    return float(series[np.isin(dates, [np.datetime64(month) for month in months])].mean())


@pytest.fixture(scope="module")
def no_programme(world_of: Make) -> Callable[..., list[World]]:
    """Return a function that runs the shipped region without a programme, one world a seed."""

    def run(days: int = DAYS, until: int | None = None, **settings: Any) -> list[World]:
        overrides = {key.replace("__", "."): value for key, value in settings.items()}
        scenario = Scenario.load("none", {"population.graduates": GRADUATES, "days": days, **overrides})
        worlds = [world_of(scenario, seed) for seed in SEEDS]
        for world in worlds:
            world.advance(0, until or days)
        return worlds

    return run


@pytest.fixture(scope="module")
def usual(no_programme: Callable[..., list[World]]) -> list[World]:
    return no_programme()


def average(worlds: list[World], measure: Callable[[World], float]) -> float:
    return float(np.mean([measure(world) for world in worlds]))


def outcome(name: str) -> Callable[[World], float]:
    return OUTCOMES[name].at_end


def test_unemployment_is_that_of_the_young(usual: list[World]) -> None:
    """C1: between 13 and 19 % over the year."""
    level = average(usual, lambda world: float(unemployment_rate(world)[60:].mean()))
    assert 0.11 < level < 0.22


def test_unemployment_jumps_after_graduation_and_falls_in_autumn(usual: list[World]) -> None:
    """C1: 2024 from 13.2 % in June to 17.1 and 18.8 % in July and August, 15.7 % in December."""
    spring, summer, winter = (
        float(np.mean([mean_of_months(unemployment_rate(world), world, *months) for world in usual]))
        for months in (("2021-04", "2021-05"), ("2021-07", "2021-08"), ("2021-11", "2021-12"))
    )
    assert summer > spring + 0.01
    assert winter < summer
    jumps = [float(unemployment_rate(world)[270] - unemployment_rate(world)[215]) for world in usual]
    assert np.mean(jumps) > 0.01, "from the first campus to the last"


def test_about_half_have_an_offer_by_the_middle_of_april(no_programme: Callable[..., list[World]]) -> None:
    """C6: 50.4 % (2023)."""

    def share(world: World) -> float:
        people = world.tables["people"]
        chosen = (people.column("graduation_day") > 165) & (people.column("applications") > 0) & (people.column("preparing") == Preparation.NONE)
        offered = (people.column("offers") > 0) | (people.column("contract_day") >= 0)
        return float(offered[chosen].mean())

    assert 0.35 < average(no_programme(until=165), share) < 0.65


def test_most_are_placed_by_the_end_of_the_year(usual: list[World]) -> None:
    """C7: 80.1 % (2019), 76.5 % (2021) of the class."""

    def share(world: World) -> float:
        people = world.tables["people"]
        chosen = (np.abs(people.column("graduation_day") - 233) <= 14) & (people.column("preparing") != Preparation.ADMITTED)
        return float(np.isin(people.column("activity")[chosen], (Activity.EMPLOYED, Activity.FOUNDER)).mean())

    assert 0.6 < average(usual, share) < 0.9


def test_about_half_start_below_the_pay_they_expected(usual: list[World]) -> None:
    """C7."""
    assert 0.35 < average(usual, outcome("below_expected_pay_share")) < 0.65


def left_in_half_a_year(world: World, *tiers: Education) -> float:
    people = world.tables["people"]
    first, left = people.column("first_job_day"), people.column("first_left_day")
    chosen = (first >= 0) & (first <= DAYS - 182) & (people.column("first_job_wage") > 0) & np.isin(people.column("education"), tiers)
    return float(((left >= 0) & (left - first <= 182))[chosen].mean())


def test_vocational_graduates_leave_their_first_employer_more_often(usual: list[World]) -> None:
    """C8: 42 % of vocational graduates and 23 % of bachelors within half a year."""
    vocational = [left_in_half_a_year(world, Education.VOCATIONAL) for world in usual]
    others = [left_in_half_a_year(world, Education.BACHELOR, Education.MASTER) for world in usual]
    assert all(high > low + 0.05 for high, low in zip(vocational, others, strict=True))
    assert 0.28 < np.mean(vocational) < 0.52
    assert 0.15 < np.mean(others) < 0.35


def test_jobs_end_less_often_after_the_first_year(scenario_of: Callable[..., Scenario], world_of: Make) -> None:
    """C9: with the monthly rate of the first half year, 42 % of bachelors would not be with one employer for 3 years."""
    scenario = scenario_of(graduates=3000, days=1, behaviour={"discontent_quits": 0.0})
    people = world_of(scenario, 1).tables["people"]
    working = people.column("activity") == Activity.EMPLOYED
    tenure, left = -people.column("job_start_day"), people.column("separation_day")
    young, old = working & (tenure < 200), working & (tenure > 400)
    assert (left[young] <= 150).mean() > 2 * (left[old] <= 150).mean() > 0


def test_the_beveridge_curve_slopes_down(no_programme: Callable[..., list[World]]) -> None:
    """C12: shocks to demand move unemployment and vacancies against each other (Shimer 2005)."""
    points = []
    for demand in (0.5, 1.0, 1.5):
        worlds = no_programme(market__demand=demand, days=300)
        points.append((average(worlds, lambda world: float(unemployment_rate(world)[90:].mean())), average(worlds, mean_vacancies)))
    (first_u, first_v), (second_u, second_v), (third_u, third_v) = points
    assert first_u > second_u + 0.005 > third_u + 0.01
    assert first_v < second_v < third_v


def mean_vacancies(world: World) -> float:
    return float(world.stocks[90:, Stock.VACANCIES_OPEN].mean())


def test_vacancies_are_fewer_in_a_slack_market_and_sooner_filled(no_programme: Callable[..., list[World]]) -> None:
    slack, tight = no_programme(market="slack", days=300), no_programme(market="tight", days=300)
    assert average(slack, mean_vacancies) < average(tight, mean_vacancies)
    assert average(slack, outcome("unemployment_rate")) > average(tight, outcome("unemployment_rate"))
    assert average(slack, lapsed_share) < average(tight, lapsed_share)


def lapsed_share(world: World) -> float:
    lapsed, filled = (int(world.counts[count]) for count in (Count.POSTS_LAPSED, Count.POSTS_FILLED))
    return lapsed / (lapsed + filled)


def test_posts_are_filled_in_about_a_month_and_some_lapse(usual: list[World]) -> None:
    """Evidence 14 and 15: 25 to 60 days, 10 to 30 % unfilled."""
    assert 20 < average(usual, outcome("vacancy_days_mean")) < 60
    assert 0.1 < average(usual, lapsed_share) < 0.4


def test_offers_are_mostly_accepted(usual: list[World]) -> None:
    """Evidence 13: 60 to 90 %."""
    assert 0.6 < average(usual, lambda world: world.counts[Count.CONTRACTS_SIGNED] / world.counts[Count.OFFERS_MADE]) < 0.9


def test_pay_is_spread_as_it_is_among_alike_workers(usual: list[World]) -> None:
    """C12: mean over lowest pay 1.7 to 1.9 (Hornstein et al. 2011), lowest as the fifth percentile."""

    def ratio(world: World) -> float:
        people = world.tables["people"]
        paid = people.column("wage")[(people.column("activity") == Activity.EMPLOYED) & (people.column("employer") >= 0)]
        return float(paid.mean() / np.quantile(paid, 0.05))

    assert 1.5 < average(usual, ratio) < 2.3


def test_callbacks_fall_with_the_length_of_unemployment(scenario_of: Callable[..., Scenario], world_of: Make) -> None:
    """C13, as an audit (Kroft et al. 2013): the same seekers, a random half of them made to look long unemployed; then the other half."""
    calls, applications = np.zeros(2), np.zeros(2)
    for seed in SEEDS:
        for swapped in (0, 1):
            scenario = scenario_of(graduates=3000, days=60, behaviour={"family_months": 1e12}, start="2021-03-01")
            world = world_of(scenario, seed)
            people = world.tables["people"].rows
            seekers = np.flatnonzero((people["activity"] == Activity.SEARCHING) & (people["place"] == Place.RESIDENT))
            long = (seekers + swapped) % 2 == 0
            people["searching_since"][seekers] = np.where(long, -240, -1)
            world.advance(0, 60)
            for group, chosen in enumerate((seekers[~long], seekers[long])):
                calls[group] += people["interviews"][chosen].sum()
                applications[group] += people["applications"][chosen].sum()
    fresh, stale = calls / applications
    assert applications.min() > 1000
    assert stale < 0.9 * fresh


def test_less_money_to_wait_on_shortens_the_search(no_programme: Callable[..., list[World]]) -> None:
    """Evidence 19 and 26: who has less to live on meanwhile finds work sooner, at lower pay."""
    long, short = (no_programme(behaviour__family_months=months, opening__savings=money) for months, money in ((24.0, 50_000.0), (1.0, 500.0)))
    assert average(short, outcome("unemployment_rate")) < average(long, outcome("unemployment_rate"))
    assert average(short, first_pay) < average(long, first_pay)


def first_pay(world: World) -> float:
    pay = world.tables["people"].column("first_job_wage")
    return float(pay[pay > 0].mean())


def test_more_seekers_make_more_hires_but_fewer_each(no_programme: Callable[..., list[World]]) -> None:
    """Evidence 1: hires rise with seekers less than in proportion, because posts are finite."""
    few, many = (no_programme(days=300, population__unemployed_earlier=share, market__tightness=0.7 * 0.08 / share) for share in (0.08, 0.16))
    hires = [average(worlds, lambda world: float(world.counts[Count.HIRES])) for worlds in (few, many)]
    seekers = [average(worlds, lambda world: float(world.stocks[:, 3 * Activity.SEARCHING + Place.RESIDENT].mean())) for worlds in (few, many)]
    assert seekers[1] > seekers[0]
    assert hires[1] / seekers[1] < hires[0] / seekers[0]
