"""Firms so simple that their books can be kept by hand: what they earn, borrow, repay, and leave to their founder."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from sim.compiled import NEVER
from sim.levers import LeverId
from sim.states import Activity, Cash, Count, Money
from sim.world import World
from tests.sim.tiny import FOUNDED, firm_of, move

Make = Callable[..., World]

FIRST_BOOKS = FOUNDED + 30
SECOND_BOOKS = FOUNDED + 60


# Founding


@pytest.mark.parametrize(("need", "own", "family"), [(30_000, 30_000, 0), (50_000, 40_000, 10_000), (120_000, 40_000, 50_000)])
def test_own_savings_come_first_and_the_family_gives_what_it_can(need: int, own: int, family: int, founded: Make) -> None:
    """Half of 80,000 may go into the firm, and the family has 50,000: who is still short begins smaller."""
    world = founded(capital_need=need, home_family_means=50_000, home_means_spread=0, bank_approval=0, monthly_revenue=50_000)
    firm, person = firm_of(world), world.tables["people"].rows[5]
    assert (person.activity, person.savings, person.firms_founded, world.counts[Count.STARTUPS_FOUNDED]) == (Activity.FOUNDER, 80_000 - own, 1, 1)
    assert (firm.founder, firm.founded_day, firm.opening_day, firm.alive) == (5, 3, 23, 1)
    assert (firm.cash, firm.capital, firm.need, firm.family) == (own + family, own + family, need, family)
    assert (world.ledger[Money.CAPITAL_INVESTED], world.cashbook[Cash.CAPITAL]) == (-own, own + family)
    assert (person.first_job_day, person.first_job_here) == (3, 1)
    assert firm.sales_expected == pytest.approx(50_000 * ((own + family) / need) ** 0.4)


@pytest.mark.parametrize("working", [0.0, 0.25, 1.0])
def test_money_put_into_a_firm_buys_what_it_sells_with(working: float, founded: Make) -> None:
    world = founded(capital_need=30_000, working_capital=working)
    assert (firm_of(world).capital, firm_of(world).cash) == (30_000, 30_000 * working)
    assert world.cashbook[Cash.EQUIPMENT] == -30_000 * (1 - working)


@pytest.mark.parametrize(("savings", "revenue"), [(2_000_000, 50_000), (1_000_000, 37_892), (200_000, 19_905), (20_000, 7_924)])
def test_sales_rise_with_capital_to_the_power_of_two_fifths(savings: int, revenue: int, founded: Make) -> None:
    """50,000 a month with the million that is needed; half of it sells 2 ^ -0.4 of that, a tenth 10 ^ -0.4, a hundredth 100 ^ -0.4."""
    own = {"savings": savings, "credit_constrained": 1}
    world = founded(capital_need=1_000_000, monthly_revenue=50_000, running_cost=0, bank_approval=0, registration_days=0, person=own)
    assert firm_of(world).capital == savings // 2
    world.advance(FOUNDED + 1, FIRST_BOOKS + 1)
    assert world.cashbook[Cash.REVENUE] == revenue


@pytest.mark.parametrize(
    ("reservation", "wage", "founds"), [(6_666, 0, True), (6_667, 0, False), (1, 6_060, True), (1, 6_061, False), (9_000, 6_060, True)]
)
def test_a_founder_weighs_the_wage_forgone(reservation: float, wage: int, founds: bool, founded: Make) -> None:
    """18,000 of sales less 8,000, and 120,000 to be earned back in 36 months, is 6,666.67 a month; who has a job wants a tenth more than its pay."""
    person: dict[str, Any] = {"expected_wage": float(reservation), "savings": 240_000}
    if wage:
        person |= {"activity": Activity.EMPLOYED, "employer": 0, "wage": wage, "separation_day": 10_000, "job_start_day": 0}
    world = founded(until=FOUNDED, person=person, monthly_revenue=18_000, capital_need=120_000, venture_months=36)
    if wage:
        world.tables["employers"].rows["staff"][0] += 1
        world.tables["employers"].rows["wage_bill"][0] += wage
    world.advance(FOUNDED, FOUNDED + 1)
    assert bool(world.tables["people"].rows["activity"][5] == Activity.FOUNDER) is founds


# A month


@pytest.mark.parametrize(
    ("registration", "first", "second"),
    [(0, 9_002, 9_002), (15, 4_501, 9_002), (20, 3_000, 9_002), (30, 0, 9_002), (40, 0, 6_001), (45, 0, 4_501), (60, 0, 0)],
)
def test_a_firm_earns_for_the_days_since_its_opening(registration: int, first: int, second: int, founded: Make) -> None:
    world = founded(1_000_000, registration_days=registration)
    world.advance(FOUNDED + 1, FIRST_BOOKS)
    assert (world.cashbook[Cash.REVENUE], world.cashbook[Cash.RUNNING_COSTS]) == (0, 0), "the books are settled once a month"
    world.advance(FIRST_BOOKS, FIRST_BOOKS + 1)
    assert (world.cashbook[Cash.REVENUE], world.cashbook[Cash.RUNNING_COSTS]) == (first, -8_000)
    world.advance(FIRST_BOOKS + 1, SECOND_BOOKS + 1)
    assert (world.cashbook[Cash.REVENUE], world.cashbook[Cash.RUNNING_COSTS]) == (first + second, -16_000)


def test_skill_raises_revenue(founded: Make) -> None:
    world = founded(1_000_000)
    firm = firm_of(world)
    firm["business_skill"], firm["learned"] = np.log(2.0), np.log(1.5)
    world.advance(FOUNDED + 1, SECOND_BOOKS)
    firm["learned"] = np.log(1.5)
    before = int(world.cashbook[Cash.REVENUE])
    world.advance(SECOND_BOOKS, SECOND_BOOKS + 1)
    learned = float(firm["learned"])
    assert world.cashbook[Cash.REVENUE] - before == pytest.approx(9_002 * 2.0 * np.exp(learned), abs=1)
    assert 0 < learned < np.log(1.5), "what a mentor taught fades a little every month"


@pytest.mark.parametrize(
    ("capital", "pay"),
    [(100_000, 1_800), (24_001, 1_800), (23_000, 1_200), (22_000, 600), (21_002, 1), (21_000, 0), (20_000, 0)],
)
def test_a_founder_takes_six_tenths_of_what_can_be_spared(capital: int, pay: int, founded: Make) -> None:
    """The first books: 3,000 come in, 8,000 go out; two months of cost are kept back, and no more than the revenue is shared."""
    world = founded(capital)
    world.advance(FOUNDED + 1, FIRST_BOOKS)
    savings = int(world.tables["people"].rows["savings"][5])
    world.advance(FIRST_BOOKS, FIRST_BOOKS + 1)
    assert world.tables["people"].rows["savings"][5] - savings == world.ledger[Money.PROFITS] == -world.cashbook[Cash.PROFITS_TAKEN] == pay
    assert firm_of(world).cash == capital + 3_000 - 8_000 - pay


@pytest.mark.parametrize(("cash", "sales", "hires"), [(38_800, 10_000, 0), (38_801, 10_000, 1), (38_801, 9_999, 0), (200_000, 30_000, 1)])
def test_a_firm_hires_when_there_is_more_to_sell_and_cash_for_four_months(cash: int, sales: int, hires: int, founded: Make) -> None:
    """38,800 - 5,000 of the month - 1,800 of pay is 32,000: four months of 8,000, and no more; one person can sell for 10,000."""
    world = founded(cash, sales_memory=0)
    world.rules["behaviour"]["revenue_per_staff"] = 10_000.0
    firm_of(world)["sales_expected"] = sales
    fields = world.tables["fields"].rows
    fields["startup_slots"] = np.maximum(fields["startup_slots"], 1)
    world.advance(FOUNDED + 1, FIRST_BOOKS)
    assert firm_of(world).target_staff == 0
    world.advance(FIRST_BOOKS, FIRST_BOOKS + 1)
    assert (firm_of(world).target_staff, firm_of(world).slots) == (hires, hires)
    world.advance(FIRST_BOOKS + 1, SECOND_BOOKS + 1)
    assert firm_of(world).target_staff == hires, "one at a time: the next when the first has come"


@pytest.mark.parametrize(("market", "revenue"), [(25_000, 25_000), (30_000, 30_000), (90_000, 30_000)])
def test_staff_serves_what_there_is_to_sell_and_wages_are_paid(market: int, revenue: int, founded: Make) -> None:
    world = founded(1_000_000, registration_days=0)
    world.rules["behaviour"]["revenue_per_staff"] = 10_000.0
    firm = firm_of(world)
    firm["staff"], firm["wage_bill"], firm["market"] = 2, 11_000, market
    world.advance(FOUNDED + 1, SECOND_BOOKS + 1)
    assert world.cashbook[Cash.WAGES] == -22_000
    assert world.cashbook[Cash.REVENUE] == 2 * revenue
    assert firm.cash == world.cashbook.sum()


def test_who_is_not_needed_is_not_replaced(founded: Make) -> None:
    world = founded(1_000_000)
    world.rules["behaviour"]["revenue_per_staff"] = 10_000.0
    firm = firm_of(world)
    firm["staff"], firm["target_staff"], firm["wage_bill"] = 2, 4, 11_000
    world.advance(FOUNDED + 1, FIRST_BOOKS + 1)
    assert firm.target_staff == 2


@pytest.mark.parametrize(("market", "learned"), [(9_002.0, 9_002.0), (18_004.0, 9_002 * 2**0.15), (0.0, 9_002.0)])
def test_a_founder_learns_what_can_be_sold(market: float, learned: float, founded: Make) -> None:
    world = founded(1_000_000, registration_days=0)
    firm_of(world)["market"] = market
    world.advance(FOUNDED + 1, FIRST_BOOKS + 1)
    assert firm_of(world).sales_expected == pytest.approx(learned)


@pytest.mark.parametrize(("sales", "stays"), [(13_251.0, True), (13_249.0, False)])
def test_a_founder_who_has_second_thoughts_leaves_for_better_pay(sales: float, stays: bool, founded: Make) -> None:
    """Less 8,000, they leave 5,250 and a little more or less: what is expected of a job."""
    world = founded(1_000_000, sales_memory=0, registration_days=0)
    world.rules["behaviour"]["second_thoughts"] = 1.0
    firm = firm_of(world)
    firm["sales_expected"] = sales
    move(world, 5, expected_wage=5_250.0)
    world.advance(FOUNDED + 1, FIRST_BOOKS + 1)
    assert firm.alive == stays
    if not stays:
        assert world.ledger[Money.PROFITS] == 1_000_000 + 9_002 - 8_000
        assert world.cashbook.sum() == 0


@pytest.mark.parametrize(("cash", "returned", "left"), [(1_000_000, 2_100, 58_000), (11_998, 1_000, 59_100), (10_998, 0, 60_000)])
def test_the_family_is_paid_out_of_what_can_be_spared(cash: int, returned: int, left: int, founded: Make) -> None:
    """A thirtieth of 60,000 is 2,000, and 2 % a year 100 a month; a month and a half of cost stays in the firm."""
    world = founded(cash, family_rate=0.02, family_return_months=30, founder_reserve_months=1.5, registration_days=0)
    firm_of(world)["family"] = 60_000
    world.advance(FOUNDED + 1, FIRST_BOOKS + 1)
    assert (-world.cashbook[Cash.FAMILY_REPAID], firm_of(world).family) == (returned, left)


def test_a_firm_without_cash_closes_and_its_founder_searches(founded: Make) -> None:
    world = founded(4_999)
    world.advance(FOUNDED + 1, FIRST_BOOKS)
    assert firm_of(world).alive == 1
    row = int(world.tables["people"].rows["employer"][5])
    move(world, 5, expected_wage=6_000.0)
    world.advance(FIRST_BOOKS, FIRST_BOOKS + 1)
    firm, person = world.tables["employers"].rows[row], world.tables["people"].rows[5]
    assert (firm.alive, firm.closed_day, firm.cash, firm.target_staff) == (0, FIRST_BOOKS, 0, 0)
    assert (person.activity, person.employer, person.searching_since) == (Activity.SEARCHING, NEVER, FIRST_BOOKS)
    assert person.expected_wage == 6_000.0
    assert (world.counts[Count.STARTUPS_CLOSED], world.cashbook[Cash.CLOSED]) == (1, 1)
    exact = founded(5_000)
    exact.advance(FOUNDED + 1, FIRST_BOOKS + 1)
    assert firm_of(exact).alive == 1, "nothing left is not yet less than nothing"


HELP: dict[str, Any] = {
    "incubator": {"enabled": True, "desks": 100, "demand": 1.0, "initial_awareness": 1.0, "months": 24, "rent_cut": 1_500},
    "mentoring": {"enabled": True, "mentors": 50, "mentees_per_mentor": 2, "demand": 1.0, "initial_awareness": 1.0, "months": 6},
}


@pytest.mark.parametrize(("lever", "helped"), [("incubator", "desk"), ("mentoring", "mentored")])
@pytest.mark.parametrize(("age", "young"), [(30, True), (1080, True), (1110, False), (3000, False)])
def test_only_firms_of_at_most_three_years_are_helped(lever: str, helped: str, age: int, young: bool, still_world: Make) -> None:
    world = still_world(policy={lever: HELP[lever]}, graduates=200, founders=0.3, monthly_revenue=1_000_000, revenue_noise=0)
    employers = world.tables["employers"]
    firms = np.flatnonzero(employers.column("founder") >= 0)
    assert len(firms) > 2
    employers.rows["founded_day"][firms] = 10 - age
    world.advance(0, 11)
    table = employers if helped == "desk" else world.tables["people"]
    rows = firms if helped == "desk" else employers.column("founder")[firms]
    assert table.column(helped)[rows].tolist() == [int(young)] * len(firms)
    service = world.tables["services"].rows[LeverId[lever.upper()]]
    assert (service.served, service.reached) == (young * len(firms), young * len(firms))


# Firms of the first morning


@pytest.mark.parametrize(("approved", "share"), [(0, 1.0), (1, 1.0), (0, 0.5)])
def test_a_firm_of_the_first_morning_has_what_its_founder_could_put_together(approved: int, share: float, still_world: Make) -> None:
    """Half of the savings and the family's 50,000; a bank lends the rest or not; what the founder does not take of profit stays, up to the need."""
    money = {"home_family_means": 50_000, "home_means_spread": 0, "bank_approval": approved, "founder_pay_share": share}
    idea = {"capital_need": 90_000, "capital_need_spread": 0, "monthly_revenue": 50_000, "running_cost": 0, "idea_surprise": 0, "sales_cost": 0}
    world = still_world(graduates=600, founders=0.9, **money, **idea)
    people = world.tables["people"]
    firms = world.tables["employers"].rows[: world.tables["employers"].count]
    firms = firms[firms["founder"] >= 0]
    founders = people.rows[firms["founder"]]
    own = founders["savings"].astype(float)  # as much as went into the firm
    family = np.where(founders["credit_constrained"] == 1, 0, 50_000)
    put_in = np.minimum(90_000, own + family)
    assert len(firms) > 60
    assert (firms["capital"] <= 90_000).all()
    lent = world.tables["loans"]
    if approved:
        assert (firms["capital"] == 90_000).all()
        assert set(lent.column("employer").tolist()) == set(np.flatnonzero(world.tables["employers"].column("loan") >= 0).tolist())
        age, months = -firms["founded_day"] // 30, world.scenario.behaviour.bank_term_months
        owing = firms["loan"] >= 0
        assert (owing == ((put_in < 90_000 - world.scenario.behaviour.loan_least) & (age < months))).mean() > 0.98
        assert (lent.column("age") == age[owing]).all()
        assert (lent.column("outstanding") == np.maximum(0, lent.column("amount") - age[owing] * lent.column("instalment"))).all()
    elif share == 1.0:
        assert lent.count == 0
        assert np.abs(firms["capital"] - put_in).max() <= 1
    else:
        assert (firms["capital"] >= put_in - 1).all()
        grown = firms["capital"] > put_in + 1
        assert grown.any()
        assert firms["founded_day"][grown].mean() < firms["founded_day"][~grown & (put_in < 90_000)].mean(), "the older, the more"
