"""What people believe, want and do about it, by hand: news moves beliefs, beliefs and money the reservation, gain and price the effort."""

import ast
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba
import numpy as np
import pytest
from numpy.typing import NDArray

from sim.compiled import NEVER
from sim.rules.beliefs import expect_answer, hear_of_pay, learn_from_offer
from sim.rules.effort import effort_of
from sim.rules.help import tell_of_market
from sim.rules.scoring import peer_of
from sim.rules.utility import left_wanted, offer_is_accepted
from sim.scenario import Scenario
from sim.states import Activity, Channel, Count, Money
from sim.tables import Tables
from sim.world import World
from tests.sim.tiny import advertise, move, seek

Make = Callable[..., World]
LEVERS = Path(__file__).resolve().parents[2] / "sim" / "levers"
REMEMBERED = {"offers_memory": 80.0, "pay_memory": 10.0}


@numba.njit
def believe(world: Tables, identity: int, applications: int, pay: int, pay_news: float, offer_news: float) -> None:
    person = world.people[identity]
    for _ in range(applications):
        expect_answer(world, person)
    if pay > 0:
        learn_from_offer(world, identity, pay)
    tell_of_market(world, person, pay_news, offer_news)


@numba.njit  # type: ignore[untyped-decorator]
def decide(world: Tables, day: int, identity: int) -> tuple[float, float]:
    return left_wanted(world, day, world.people[identity]), effort_of(world, day, identity)


@numba.njit  # type: ignore[untyped-decorator]
def weigh_offers(world: Tables, seekers: NDArray[np.int64], usual: NDArray[np.float64], employers: int) -> tuple[float, float]:
    """Return the mean reservation of seekers, and the share that they refuse of offers of the usual pay of their education, more or less."""
    wanted, refused = 0.0, 0
    for seeker in seekers:
        wanted += left_wanted(world, 200, world.people[seeker])
        for number in range(10):
            pay = usual[world.people[seeker].education] * (0.6 + 0.07 * number)
            refused += not offer_is_accepted(world, 200, seeker, pay, (seeker + int(pay)) % employers)
    return wanted / seekers.size, refused / (10 * seekers.size)


@numba.njit
def hear(world: Tables, identity: int, pay: float, weight: float) -> None:
    hear_of_pay(world, world.people[identity], pay, weight)


def seeker(still_world: Make, **columns: Any) -> World:
    """Return a world in which one seeker has the usual beliefs, with memory and without cost, and a seeker's finite time."""
    behaviour = {key: columns.pop(key) for key in list(columns) if key not in COLUMNS}
    world = still_world(**(REMEMBERED | {"search_horizon_months": 12.0, "family_months": 9.0, "usual_gain": 0.3} | behaviour))
    usual = {"offer_belief": 0.07, "applications_weighed": 20.0, "pay_signals": 3.0, "savings": 0, "expected_wage": 6_000.0}
    seek(world, 7, **(usual | columns))
    return world


COLUMNS = {"offer_belief", "applications_weighed", "pay_signals", "savings", "expected_wage", "effort", "activity", "wage", "search_help", "skill"}


def test_silence_offers_and_news_move_beliefs_by_their_weight(still_world: Make) -> None:
    world = seeker(still_world)
    person = world.tables["people"].rows[7]
    believe(world.together, 7, 20, 0, 0.0, 0.0)
    assert (person.offer_belief, person.applications_weighed) == (pytest.approx(0.07 / 2), 40)
    believe(world.together, 7, 0, 5_000, 0.0, 0.0)
    assert person.offer_belief == pytest.approx(0.07 / 2 + 1 / 40)
    assert math.log(person.expected_wage) == pytest.approx((3 * math.log(6_000) + math.log(5_000)) / 4)
    before = float(person.offer_belief)
    believe(world.together, 7, 0, 0, 2.0, 2.0)
    assert person.offer_belief == pytest.approx(before + 2 / (40 * 0.07 + 2) * (0.07 - before))
    usual = world.scenario.region.wage_bachelor
    assert math.log(person.expected_wage) == pytest.approx((3 * math.log(6_000) + math.log(5_000) + 2 * math.log(usual)) / 6)
    assert (person.pay_signals, person.applications_weighed) == (6, pytest.approx(40 + 2 / 0.07))
    believe(world.together, 7, 500, 0, 0.0, 0.0)
    assert person.applications_weighed == 80, "no more is remembered"


def test_a_belief_comes_to_what_is_met(still_world: Make) -> None:
    """An offer in every twenty applications, of 5,000."""
    world = seeker(still_world, offer_belief=0.2)
    person = world.tables["people"].rows[7]
    found = []
    for _ in range(200):
        believe(world.together, 7, 20, 5_000, 0.0, 0.0)
        found.append(float(person.offer_belief))
    assert np.mean(found[50:]) == pytest.approx(0.05, rel=0.15)
    assert person.expected_wage == pytest.approx(5_000, rel=1e-3)


def test_the_level_of_entry_pay_is_no_news(still_world: Make) -> None:
    """Pay expected is kept beside the level that everybody sees: an offer of that level says nothing new."""
    world = seeker(still_world)
    world.plan["entry_pay"] = 0.1
    hear(world.together, 7, 6_000 * math.exp(0.1), 5.0)
    assert world.tables["people"].rows["expected_wage"][7] == pytest.approx(6_000)


@pytest.mark.parametrize(
    ("change", "direction"),
    [
        ({}, 0), ({"offer_belief": 0.02}, -1), ({"offer_belief": 0.2}, 1), ({"expected_wage": 5_000.0}, -1), ({"savings": 6_000}, 1),
        ({"effort": 0.5}, -1),
    ],
)  # fmt: skip
def test_the_reservation_lies_between_idleness_and_what_an_offer_leaves(change: dict[str, float], direction: int, still_world: Make) -> None:
    """(idle + a x offer) / (1 + a); a = offers expected x applications a month x months that savings and family last, from day 30 on."""
    world = seeker(still_world, **change)
    person, behaviour, living = world.tables["people"].rows[7], world.scenario.behaviour, world.scenario.region.living_cost
    months = min(12.0, 9.0 - 1.0 + person.savings / living)
    offers = person.offer_belief * behaviour.applications_reckoned * person.effort * months
    expected = (math.log(behaviour.idle_worth * living) + offers * math.log(person.expected_wage)) / (1 + offers)
    found = decide(world.together, 30, 7)[0]
    assert found == pytest.approx(expected, rel=1e-12)
    usual = decide(seeker(still_world).together, 30, 7)[0]
    assert np.sign(found - usual) == direction
    assert decide(world.together, 240, 7)[0] < found, "the family does not pay for ever"


def test_effort_is_where_gain_meets_price(still_world: Make) -> None:
    """[p x gain / (money / living + hours x worth) / usual gain] ^ (1 / convexity) x diligence."""
    cost = {"application_cost": 50.0, "interview_cost": 100.0, "interviews_expected": 0.2, "hour_worth": 0.004, "effort_convexity": 2.0}
    cost |= {"hours_per_application": 2.0, "hours_per_interview": 5.0}
    world = seeker(still_world, effort=1.5, **cost)
    living = world.scenario.region.living_cost
    wanted, effort = decide(world.together, 0, 7)
    over = math.log(6_000 - world.rules["living"]["way_near"][0]) - wanted
    gain = (over + math.sqrt(over**2 + 2 / math.pi * world.scenario.behaviour.pay_spread_expected**2)) / 2
    price = (50 + 0.2 * 100) / living + (2 + 0.2 * 5) * 0.004
    assert effort == pytest.approx(1.5 * math.sqrt(0.07 * gain / price / 0.3), rel=1e-9)
    half = decide(seeker(still_world, effort=1.5, search_help=0.5, **cost).together, 0, 7)[1]
    assert half == pytest.approx(effort * math.sqrt(price / (35 / living + 3 * 0.004)), rel=1e-9)
    poor = decide(seeker(still_world, effort=1.5, family_months=1.0, **cost).together, 0, 7)
    assert poor[0] < wanted
    assert poor[1] > effort, "who cannot wait searches more, and wants less"


@pytest.mark.parametrize(("savings", "applied", "held"), [(0, 0, 0), (99, 0, 0), (100, 1, 0), (299, 1, 0), (300, 1, 1), (10_000, 1, 1)])
def test_who_cannot_pay_does_not_apply_or_does_not_go(savings: int, applied: int, held: int, still_world: Make) -> None:
    world = still_world(application_cost=100, interview_cost=200, sessions_per_month=0.001, family_pocket=0)
    number = advertise(world, 0, review_day=5)
    fields = world.tables["fields"].rows  # a board of this one post
    fields["first_slot"], fields["slots"], fields["startup_slots"] = world.tables["posts"].rows["slot"][number], 1, 0
    seek(world, 7, targeting=1.0, savings=savings)
    world.advance(0, 20)  # before the pay day
    person = world.tables["people"].rows[7]
    assert (person.applications, person.interviews, person.interviews_missed) == (applied, held, applied - held)
    assert person.search_costs == 100 * applied + 200 * held == savings - person.savings
    assert world.ledger[Money.SEARCH_COSTS] == -person.search_costs


def test_a_service_pays_its_share_while_the_budget_lasts(still_world: Make) -> None:
    money = {"subsidies": {"enabled": True, "search_share": 0.5, "initial_awareness": 1.0, "budget": 200}}
    world = still_world(application_cost=100, interview_cost=200, sessions_per_month=0.001, family_pocket=0, policy=money)
    number = advertise(world, 0, review_day=5)
    fields = world.tables["fields"].rows
    fields["first_slot"], fields["slots"], fields["startup_slots"] = world.tables["posts"].rows["slot"][number], 1, 0
    seek(world, 7, targeting=1.0, savings=10_000, aware=0xFFFF_FFFF)
    world.advance(0, 20)
    person = world.tables["people"].rows[7]
    assert (person.search_costs, person.search_paid, 10_000 - person.savings) == (150, 150, 150)
    assert world.tables["services"].rows["spent"].sum() == 150


def test_a_seeker_without_hope_gives_up_and_comes_back_with_some(still_world: Make) -> None:
    world = still_world(give_up_per_month=1.0, give_up_offers=0.04, give_up_days=20.0, hope_regained=0.5, peer_news=0.0, days=300)
    seek(world, 7, offer_belief=0.01, savings=10**7)
    seek(world, 8, offer_belief=0.05, savings=10**7)
    people = world.tables["people"].rows
    world.advance(0, 30)
    assert people.activity[[7, 8]].tolist() == [Activity.INACTIVE, Activity.SEARCHING]
    assert (people.gave_up[7], people.next_search_day[7], world.counts[Count.GAVE_UP]) == (1, NEVER, 1)
    returns = int(people.return_day[7])
    world.advance(30, returns + 1)
    assert (people.activity[7], people.offer_belief[7]) == (Activity.SEARCHING, pytest.approx(0.04))


# Paired worlds: the same people with the same luck


def run(
    scenario_of: Callable[..., Scenario], world_of: Make, change: Callable[[World], None], days: int = 360, replicates: int = 2, **settings: Any
) -> list[World]:
    worlds = []
    for replicate in range(replicates):
        world = world_of(scenario_of(graduates=3_000, days=days, **settings), replicate=replicate)
        change(world)
        world.advance(0, days)
        worlds.append(world)
    return worlds


def first_jobs(worlds: list[World]) -> tuple[float, float]:
    """Return how many have begun a first job within a third of a year, and the mean log pay of first jobs."""
    soon, pay = [], []
    for world in worlds:
        people = world.tables["people"].rows
        begun = (people["first_job_day"] >= 0) & (people["first_job_wage"] > 0)
        soon.append((begun & (people["first_job_day"] < 120)).sum())
        pay.append(np.log(people["first_job_wage"][begun]).mean())
    return float(np.mean(soon)), float(np.mean(pay))


def test_fewer_savings_are_a_shorter_search_at_lower_pay(scenario_of: Callable[..., Scenario], world_of: Make) -> None:
    def give(amount: int) -> Callable[[World], None]:
        def change(world: World) -> None:
            world.tables["people"].rows["savings"] = amount

        return change

    setting = {"behaviour": {"family_months": 0.0, "family_pocket": 2.0, "pocket_later": 1.0, "search_horizon_months": 24.0}}
    rich, poor = (first_jobs(run(scenario_of, world_of, give(amount), replicates=4, **setting)) for amount in (100_000, 2_000))
    assert poor[0] > rich[0] * 1.01
    assert poor[1] < rich[1] - 0.005


def test_a_lower_belief_is_a_lower_reservation_and_fewer_refusals(scenario_of: Callable[..., Scenario], world_of: Make) -> None:
    """The same offers, of usual pay more or less, to the same seekers, who believe in offers as they do, or half as much."""
    found = np.zeros((2, 2))  # over two worlds
    for world in run(scenario_of, world_of, lambda _: None, days=200):
        people, employers = world.tables["people"].rows, world.tables["employers"].count
        seekers = np.flatnonzero((people["activity"] == Activity.SEARCHING) & (people["contract_day"] < 0))
        usual = np.array([world.scenario.region.wage_vocational, world.scenario.region.wage_bachelor, world.scenario.region.wage_master], np.float64)
        for row, factor in enumerate((1.0, 0.5)):
            people["offer_belief"] *= factor
            found[row] += np.array(weigh_offers(world.together, seekers, usual, employers)) / 2
    assert found[1][0] < found[0][0] - 0.02
    assert found[1][1] < found[0][1] - 0.01


def test_more_is_searched_while_the_costs_are_paid(scenario_of: Callable[..., Scenario], world_of: Make) -> None:
    """Paid in the first three months of a search: more applications in these, by those who know of it."""
    sent = []
    for share in (0.0, 1.0):
        policy = {"subsidies": {"enabled": True, "search_share": share, "search_months": 3, "initial_awareness": 1.0}} if share else {}
        settings = {"policy": policy, "population": {"unemployed_recent": 0.5}, "opening": {"search_age_days": 0, "search_age_rise": 0}}
        worlds = run(scenario_of, world_of, lambda _: None, days=85, **settings)
        sent.append(sum(int(world.counts[Count.APPLICATIONS_OF_SEEKERS]) for world in worlds))
    assert sent[1] > 1.08 * sent[0]


# Services


def test_no_service_writes_effort_belief_or_reservation() -> None:
    """Levers tell, save time, give access and pay; what people believe, want and do follows."""
    own = {"effort", "expected_wage", "offer_belief", "reservation_wage", "hoped_wage", "applications_weighed", "pay_signals", "time_help"}
    for path in sorted(LEVERS.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AugAssign) else []
            written = {target.attr for target in targets if isinstance(target, ast.Attribute)}
            assert not written & own, f"{path.name} writes {written & own}"


# Peers


@numba.njit  # type: ignore[untyped-decorator]
def friend_of(world: Tables, identity: int) -> int:
    return peer_of(world, identity, 0)


def of_another_day(world: World, identity: int) -> tuple[int, int]:
    """Return the one peer of a person, who has another pay day, and the person's first pay day."""
    friend = int(friend_of(world.together, identity))
    assert (friend - identity) % 30 != 0
    return friend, -identity % 30


def with_a_peer(still_world: Make, works: bool, wage: int = 6_000, money: int = 500) -> tuple[World, int, int]:
    """Return a world with one open post at the employer of somebody's one peer, or of nobody's; the post, and the pay day."""
    world = still_world(
        peers=1, pay_memory=4.0, offers_memory=80.0, peer_news=1.0, peer_posts=1.0, application_cost=25, family_pocket=0.0,
        sessions_per_month=0.001, posts_seen=1,
    )  # fmt: skip
    friend, day = of_another_day(world, 7)
    world.tables["employers"].rows["staff"][0] += works
    seek(world, friend, activity=Activity.EMPLOYED if works else Activity.INACTIVE, employer=0 if works else NEVER, wage=5_500, offer_belief=0.2)
    move(world, friend, job_start_day=0, separation_day=10_000, next_search_day=NEVER)
    seek(world, 7, next_search_day=5, offer_belief=0.02, applications_weighed=20.0, pay_signals=1.0, savings=money)
    number = advertise(world, 0, wage=wage, review_day=85)
    fields = world.tables["fields"].rows  # nothing else is found
    fields["slots"], fields["startup_slots"], fields["first_slot"] = 1, 0, world.tables["posts"].rows["slot"][number] + 1
    move(world, 7, targeting=1.0)
    return world, number, day


@pytest.mark.parametrize(
    ("wage", "works", "money", "applied"), [(6_000, True, 500, 1), (2_000, True, 500, 0), (6_000, False, 500, 0), (6_000, True, 20, 0)]
)
def test_a_peer_tells_of_posts_at_work(wage: int, works: bool, money: int, applied: int, still_world: Make) -> None:
    """Referred by the peer, once, where the post is worth it and there is money."""
    world, number, _ = with_a_peer(still_world, works, wage, money)
    world.advance(0, 6)
    people = world.tables["people"].rows
    kept = world.tables["applications"].rows[: world.scenario.behaviour.applications_kept]
    assert (people.applications[7], world.tables["posts"].rows["applications"][number]) == (applied, applied)
    assert applied == 0 or kept["channel"][0] == Channel.REFERRAL
    assert people.search_costs[7] == 25 * applied


@pytest.mark.parametrize("works", [True, False])
def test_a_peer_tells_of_pay_and_of_offers(works: bool, still_world: Make) -> None:
    """What the peer in work is paid, and how offers come to the peer in or out of work, is news."""
    world, _, day = with_a_peer(still_world, works)
    move(world, 7, next_search_day=89)
    world.advance(0, day + 1)
    people = world.tables["people"].rows
    assert people.offer_belief[7] == pytest.approx(0.02 + 1.0 / (20 * 0.07 + 1.0) * (0.2 - 0.02))
    assert people.expected_wage[7] == pytest.approx(math.sqrt(5_000 * 5_500) if works else 5_000)
