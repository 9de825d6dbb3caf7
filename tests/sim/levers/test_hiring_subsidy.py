"""Hiring subsidy: money that employers reckon with, who know of it; paid for who is kept, and for nobody else."""

import math
from collections.abc import Callable
from typing import Any

import numba
import numpy as np
import pytest
from hypothesis import strategies as st

from sim.account import count_parts, divide, works_here
from sim.levers import LeverId
from sim.levers.hiring_subsidy import HiringSubsidy
from sim.outcomes import OUTCOMES
from sim.rules.planning import yield_of_post
from sim.rules.subsidised import cost_at_desk, longer_wait_worth, reckon_with_subsidy, worth_of_subsidy
from sim.states import Cash, Education
from sim.statistics import mean_interval
from sim.tables import Tables
from sim.world import World
from tests.drawn import BUDGET, FEW
from tests.every import every
from tests.sim.tiny import advertise, move, seek

BUSY: dict[str, Any] = {"enabled": True, "amount": 6000, "kept_months": 0, "places": 9, "firm_awareness": 0.7, "paper_work": 200}
"""A setting in which places and money run out among some hundred people."""

EMPTY: list[dict[str, Any]] = [{"amount": 0}, {"places": 0}, {"budget": 0}]
"""Settings that leave it enabled with nothing to give."""

DRAWN = st.fixed_dictionaries(
    {
        "enabled": st.booleans(),
        "budget": BUDGET,
        "amount": st.integers(0, 30_000),
        "kept_months": FEW,
        "places": st.one_of(st.none(), FEW),
        "graduated_within_months": st.integers(1, 60),
        "unemployed_months": FEW,
        "lowest_education": st.sampled_from(["vocational", "bachelor", "master"]),
        "largest_employer": st.one_of(st.none(), st.integers(1, 50)),
        "private_only": st.booleans(),
        "firm_awareness": st.floats(0, 1),
        "paper_work": st.integers(0, 5000),
    }
)
"""Any settings, for property tests."""

Run = Callable[..., World]
SETTING: dict[str, Any] = {"graduates": 1000, "days": 300, "start": "2021-03-01"}
WIDE: dict[str, Any] = {"enabled": True, "amount": 20_000, "firm_awareness": 1.0, "paper_work": 0, "paper_work_spread": 0.0}
"""Every employer knows of it, and it costs nothing to claim."""
FIXED = {"creation_elasticity": 0.0}
"""As many posts with it as without."""


@numba.njit
def desk(world: Tables, day: int, identity: int, number: int) -> tuple[float, float]:
    person, post = world.people[identity], world.posts[number]
    return worth_of_subsidy(world, day, person, post), cost_at_desk(world, day, person, post)


@numba.njit
def reckon(world: Tables, row: int) -> tuple[float, float, float]:
    reckon_with_subsidy(world, row)
    return yield_of_post(world, world.employers[row]), world.employers[row].post_support, longer_wait_worth(world)


def service_of(world: World) -> Any:
    return world.tables["services"].rows[LeverId.HIRING_SUBSIDY]


def people_of(world: World) -> Any:
    return world.tables["people"].rows[: world.tables["people"].count]


@pytest.fixture(scope="module")
def subsidy(run_of: Run) -> Run:
    """Return a runner of a world with the subsidy, or (None) without."""

    def run(lever: dict[str, Any] | None, *, replicate: int = 0, **behaviour: Any) -> World:
        policy = {} if lever is None else {"hiring_subsidy": WIDE | lever}
        return run_of(**SETTING, policy=policy, behaviour=behaviour, replicate=replicate)

    return run


@pytest.fixture
def pair(still_world: Run) -> Run:
    """Return a maker of a world in which 7, a graduate of this year, and 8, older and better by so much skill, apply for one post of employer 0."""

    def make(lever: dict[str, Any] | None, better: float = 0.2, **seven: Any) -> World:
        policy = {} if lever is None else {"hiring_subsidy": WIDE | {"amount": 5100} | lever}
        world = still_world(policy=policy, days=260, skill_output=0.2, match_months=24)
        number = advertise(world, 0)
        employer = world.tables["employers"].rows
        employer["output"][0], employer["staff"][0], employer["state_owned"][0] = 1.25, 5, 1
        seek(world, 7, **({"skill": 1.0, "graduation_day": -100} | seven))
        seek(world, 8, skill=1.0 + better, graduation_day=-2000)
        assert number == 0
        return world

    return make


def test_an_applicant_is_worth_more_by_the_money_and_no_more(pair: Run) -> None:
    """An sd of skill yields 0.2 x 1.25 x 4,250 in each of 24 months, 25,500 CNY; of a claim of 5,100 - 300, paid to exp(-0.05 x 3) of those hired."""
    world = pair({"paper_work": 300})
    assert desk(world.together, 0, 7, 0) == (0.0, 0.0), "nobody has heard of it yet"
    reckon(world.together, 0)
    world.rules["behaviour"]["separation_bachelor"] = 0.05
    expected = 4800 * math.exp(-0.15) / 25_500
    assert desk(world.together, 0, 7, 0) == (pytest.approx(expected), pytest.approx(-expected))
    assert desk(world.together, 0, 8, 0) == (0.0, 0.0), "graduated too long ago"
    service_of(world).on_offer = 0
    assert desk(world.together, 0, 7, 0) == (0.0, 0.0)


@pytest.mark.parametrize(("lever", "better", "hired"), [(None, 0.2, 8), ({}, 0.2, 7), ({}, 0.3, 8)])
def test_the_money_decides_between_those_who_are_nearly_alike(lever: dict[str, Any] | None, better: float, hired: int, pair: Run) -> None:
    """5,100 CNY are 0.2 sd; of skill, 0.8 are believed after an interview: 0.16 of 0.2, 0.24 of 0.3."""
    world = pair(lever, better)
    world.advance(0, 90)
    assert world.tables["posts"].rows["holder"][0] == hired


CLOSED: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"firm_awareness": 0.0}, {}), ({"paper_work": 6000}, {}), ({"largest_employer": 4}, {}), ({"private_only": True}, {}),
    ({"lowest_education": "master"}, {}), ({"unemployed_months": 6}, {"searching_since": -100}), ({"graduated_within_months": 3}, {}),
    ({}, {"hires_paid_for": 1}),
]  # fmt: skip
"""Settings, and what 7 is, for which the subsidy is not for this employer, or not for 7."""


@pytest.mark.parametrize(("lever", "seven"), CLOSED)
def test_who_does_not_know_of_it_or_may_not_claim_is_not_moved(lever: dict[str, Any], seven: dict[str, Any], pair: Run) -> None:
    world, null = pair(lever, **seven), pair(None, **seven)
    for one in (world, null):
        one.advance(0, 90)
    assert world.tables["posts"].rows["holder"][0] == 8
    for name in ("people", "posts"):
        for column in world.tables[name].columns:
            if column.name != "qualifies":
                assert world.tables[name].column(column.name).tobytes() == null.tables[name].column(column.name).tobytes(), column.name
    assert (int(service_of(world).reached), int(service_of(world).spent)) == (0, 0)


@pytest.mark.parametrize(
    ("lever", "seven"), [({"unemployed_months": 6}, {"searching_since": -200}), ({"lowest_education": "bachelor"}, {}), ({"largest_employer": 5}, {})]
)
def test_the_conditions_let_those_in_who_meet_them(lever: dict[str, Any], seven: dict[str, Any], pair: Run) -> None:
    world = pair(lever, **seven)
    world.advance(0, 90)
    assert world.tables["posts"].rows["holder"][0] == 7


def test_it_is_paid_on_the_first_pay_day_after_the_months_and_not_to_who_left(pair: Run) -> None:
    for leaves in (None, 80, 100):
        world = pair({"kept_months": 3})
        world.advance(0, 60)
        person, service = people_of(world)[7], service_of(world)
        start = int(person.job_start_day)
        assert (int(person.hiring_claim), int(service.promised), int(service.spent), int(service.served)) == (1, 1, 0, 1)
        due = next(day for day in range(start + 90, start + 121) if (day + 7) % 30 == 0)
        if leaves is not None:
            move(world, 7, separation_day=start + leaves)
        world.advance(60, due)
        assert int(service.spent) == 0
        world.advance(due, due + 1)
        paid = int(leaves is None or start + leaves > due)
        assert (int(service.spent), int(service.units), int(person.hires_paid_for)) == (5120 * paid, paid, paid)
        assert (int(service.promised), int(person.hiring_claim), int(service.in_use)) == (0, 0, paid)
        world.advance(due + 1, 260)
        assert int(service.units) == paid, "once"


def test_a_post_yields_more_by_what_is_expected_of_it(still_world: Run) -> None:
    """Of hires of late 4 in 10 qualify; who stays three months brings 6,000 CNY, so many months of the usual pay of each tier."""
    world = still_world(policy={"hiring_subsidy": WIDE | {"amount": 6000}}, separation_bachelor=0.04, separation_vocational=0.08)
    region, market, plan, employers = world.scenario.region, world.scenario.market, world.plan, world.tables["employers"].rows
    before, none, _ = reckon(world.together, 0)
    plan["hires"], plan["hires_subsidised"] = 10.0, 4.0
    after, support, longer = reckon(world.together, 0)
    tiers = ((market.vocational_posts, 0.08, region.wage_vocational), (market.master_posts, 0.04, region.wage_master),
             (1 - market.vocational_posts - market.master_posts, 0.04, region.wage_bachelor))  # fmt: skip
    expected = 0.4 * 6000 * sum(share * math.exp(-3 * leaves) / wage for share, leaves, wage in tiers)
    assert (none, support) == (0.0, pytest.approx(expected))
    assert after - before == pytest.approx(expected)
    assert plan["supports"][0] == pytest.approx(expected * employers["first_target"][0])
    mean = plan["supports"][0] / plan["sizes"][0]
    assert longer == pytest.approx(math.log(1 + mean / market.output_per_pay * market.usual_filling))
    service_of(world).on_offer = 0
    assert reckon(world.together, 0)[1:] == (0.0, 0.0), "nobody reckons with what has ended"
    assert plan["supports"][0] == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize("elasticity", [0.0, 0.3, 1.0])
def test_posts_in_all_answer_with_the_elasticity_of_the_market(elasticity: float, still_world: Run) -> None:
    tilts = []
    for supports in (0.0, 1.0):
        world = still_world(creation_elasticity=elasticity)
        world.plan["supports"] = supports * world.plan["sizes"]
        world.advance(0, 1)
        tilts.append(float(world.plan["tilt"][0]))
    market = world.scenario.market
    longer = math.log(1 + market.usual_filling / market.output_per_pay)
    assert tilts[1] - tilts[0] == pytest.approx(elasticity * longer / (30 * market.adjustment_months))


def test_more_of_those_it_is_for_are_hired_and_fewer_of_the_others(subsidy: Run) -> None:
    gained, lost = [], []
    for replicate in range(4):
        given, without = (subsidy(lever, replicate=replicate, **FIXED) for lever in ({"lowest_education": "bachelor"}, None))
        hires = [people_of(world).hires * 1 for world in (given, without)]
        bachelors = people_of(given).education >= Education.BACHELOR
        gained.append(int((hires[0] - hires[1])[bachelors].sum()))
        lost.append(int((hires[0] - hires[1])[~bachelors].sum()))
        every(people_of(given).education[people_of(given).hires_claimed_for > 0] >= Education.BACHELOR)
    every(np.array(gained) > 0)
    every(np.array(lost) < 0)


def test_posts_are_added_where_entry_answers_and_only_there(subsidy: Run) -> None:
    for elasticity, more in ((0.0, False), (1.0, True)):
        wanted = [float(subsidy(lever, creation_elasticity=elasticity).plan["wanted"][0]) for lever in ({}, None)]
        assert (wanted[0] > wanted[1]) is more
        assert more or wanted[0] == wanted[1]


def test_money_is_units_times_their_cost_and_every_claim_is_paid_or_due_or_lost(subsidy: Run) -> None:
    world = subsidy({"administration": 30})
    people, service, own = people_of(world), service_of(world), world.rules["hiring_subsidy"]["counts"]
    claimed, paid, lapsed = (int(world.counts[own[name][0]]) for name in ("claimed", "paid", "lapsed"))
    waits = int(people.hiring_claim.sum())
    assert claimed == int(service.served) == int(people.hires_claimed_for.sum()) == paid + lapsed + waits
    assert (paid, waits, paid + waits) == (int(people.hires_paid_for.sum()), int(service.promised), int(service.in_use))
    assert min(paid, lapsed, waits) > 0
    assert int(service.spent) == 20_030 * paid
    every(people.hires_paid_for <= 1, "once a person")
    assert int(world.tables["employers"].column("hires_claimed").sum()) == claimed


@pytest.mark.parametrize("short", [{"budget": 20_020 * 20}, {"places": 20}])
def test_half_the_money_or_places_serves_about_half(short: dict[str, Any], subsidy: Run) -> None:
    need = subsidy({"lowest_education": "master"}, **FIXED)
    wanted = int(service_of(need).in_use)
    half = {"budget": 20_020 * (wanted // 2)} if "budget" in short else {"places": wanted // 2}
    world = service_of(subsidy({"lowest_education": "master"} | half, **FIXED))
    assert int(world.in_use) == wanted // 2 > 5
    assert int(world.turned_away) > 0 == int(service_of(need).turned_away)
    assert int(world.reached) == int(world.served) + int(world.turned_away)


def test_take_up_follows_from_who_knows_and_from_the_paper_work(subsidy: Run) -> None:
    costs = ({"paper_work": 20_000, "paper_work_spread": 0.5}, {"paper_work": 40_000, "paper_work_spread": 0.5})
    few, most, dear, dearer, all_ = (
        int(service_of(subsidy(lever)).served) for lever in ({"firm_awareness": 0.2}, {"firm_awareness": 0.7}, *costs, {})
    )
    assert 0 < few < most < all_
    assert 0 < dearer < dear < all_
    assert int(service_of(subsidy({"firm_awareness": 0.0})).reached) == 0, "who does not know claims nothing"


def test_a_start_up_gets_the_money_into_its_cash(subsidy: Run) -> None:
    world = subsidy({"kept_months": 0}, opportunity_per_year=3.0)
    employers = world.tables["employers"]
    assert int(employers.column("hires_claimed")[employers.column("founder") >= 0].sum()) > 0
    assert int(world.cashbook.sum()) == int(employers.column("cash").sum())
    assert 0 < world.cashbook[Cash.HIRING_SUBSIDIES] < world.tables["services"].rows["spent"][LeverId.HIRING_SUBSIDY]


def test_who_knows_and_who_claims_is_told(subsidy: Run) -> None:
    world = subsidy({"firm_awareness": 0.5})
    known, claimants = (OUTCOMES[name].at_end(world) for name in ("firms_aware.hiring_subsidy", "hiring_subsidy_claimants"))
    assert 0.3 < known < 0.7
    assert 0 < claimants < 0.7 * world.tables["employers"].count


@pytest.mark.slow
def test_more_of_the_hires_would_have_come_about_in_a_tight_market_than_in_a_slack_one(run_of: Run) -> None:
    """Of those hired with it and at work at the end, those who would work without it: more with two posts for each who searches than with a fifth."""
    shares = []
    for tightness in (2.0, 0.2):
        for replicate in range(32):
            setting = {"graduates": 1500, "days": 540, "start": "2021-01-01", "market": {"tightness": tightness}, "replicate": replicate}
            lever = {"enabled": True, "amount": 3000, "firm_awareness": 0.6}
            without, given = (run_of(**setting, policy=policy) for policy in ({}, {"hiring_subsidy": lever}))
            people = [{name: people_of(world)[name] for name in ("activity", "employer")} for world in (without, given)]
            parts = divide(works_here(people[0]), works_here(people[1]), people_of(given).hires_claimed_for > 0)
            rows = count_parts(parts, 0)
            shares.append(rows["deadweight"] / rows["gross_placements"])
    more = np.subtract(*np.array(shares).reshape(2, -1))
    interval = mean_interval(more)
    assert float(interval.low) > 0, str(interval)
    assert 0.42 < np.mean(shares) < 0.96, "evidence 99"


def test_it_offers_nothing_without_money() -> None:
    assert HiringSubsidy.model_validate(WIDE).offers_something
    for nothing in ({"enabled": False}, *EMPTY):
        assert not HiringSubsidy.model_validate(WIDE | nothing).offers_something
