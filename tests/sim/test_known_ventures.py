"""Firms so simple that their books can be kept by hand: what they earn, borrow, repay, and leave to their founder."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from sim.compiled import NEVER
from sim.levers import LeverId
from sim.states import Activity, Cash, Count, Money
from sim.world import World
from tests.sim.tiny import know, move, seek

Make = Callable[..., World]

SURE: dict[str, Any] = {
    "founding_bachelor": 1,
    "idea_spread": 0,
    "revenue_noise": 0,
    "dispute_per_year": 0,
    "monthly_revenue": 9_002,
    "running_cost": 8_000,
    "registration_days": 20,
    "capital_need": 1_000,
    "arrears_per_year": 0,
}
"""Whoever comes upon an opportunity founds a firm, whose months are all alike: 9,002 come in and 8,000 go out."""
FOUNDED = 3
FIRST_BOOKS = FOUNDED + 30
SECOND_BOOKS = FOUNDED + 60


@pytest.fixture
def founded(still_world: Make) -> Make:
    """Return a maker of worlds in which person 5 founds a firm on day 3, with some capital of their own, and nothing else happens."""

    def make(capital: int, *, until: int = FOUNDED + 1, days: int = 120, policy: Any = None, constrained: int = 0, **behaviour: Any) -> World:
        world = still_world(policy=policy, days=days, **(SURE | behaviour))
        own = {"savings": 2 * capital, "credit_constrained": constrained, "confidence": 0.0, "skill": 0.0, "business_training": 0.0}
        seek(world, 5, opportunity_day=FOUNDED, next_search_day=NEVER, **own)
        world.advance(0, until)
        return world

    return make


def firm_of(world: World) -> Any:
    return world.tables["employers"].rows[int(world.tables["people"].rows["employer"][5])]


def test_a_firm_begins_with_half_of_the_savings_and_sells_when_it_is_registered(founded: Make) -> None:
    world = founded(40_000)
    firm, person = firm_of(world), world.tables["people"].rows[5]
    assert (person.activity, person.savings, person.firms_founded, world.counts[Count.STARTUPS_FOUNDED]) == (Activity.FOUNDER, 40_000, 1, 1)
    assert (firm.founder, firm.founded_day, firm.opening_day, firm.cash, firm.alive) == (5, 3, 23, 40_000, 1)
    assert (world.ledger[Money.CAPITAL_INVESTED], world.cashbook[Cash.CAPITAL]) == (-40_000, 40_000)
    assert (person.first_job_day, person.first_job_here) == (3, 1)


@pytest.mark.parametrize(("need", "family"), [(1_000, False), (10_000_000, True)])
def test_the_family_pays_what_own_savings_do_not(need: int, family: bool, founded: Make) -> None:
    world = founded(40_000, capital_need=need)
    assert bool(firm_of(world).cash > 40_000) is family
    assert world.cashbook[Cash.CAPITAL] == firm_of(world).cash
    assert world.ledger[Money.CAPITAL_INVESTED] == -40_000


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


@pytest.mark.parametrize(
    ("capital", "hires"),
    [(38_800, 0), (38_801, 1), (200_000, 1)],
)
def test_a_firm_hires_when_it_has_more_than_four_months_of_cost(capital: int, hires: int, founded: Make) -> None:
    """38,800 - 5,000 of the month - 1,800 of pay is 32,000: four months of 8,000, and no more."""
    world = founded(capital)
    fields = world.tables["fields"].rows
    fields["startup_slots"] = np.maximum(fields["startup_slots"], 1)
    world.advance(FOUNDED + 1, FIRST_BOOKS)
    assert firm_of(world).target_staff == 0
    world.advance(FIRST_BOOKS, FIRST_BOOKS + 1)
    assert (firm_of(world).target_staff, firm_of(world).slots) == (hires, hires)
    world.advance(FIRST_BOOKS + 1, SECOND_BOOKS + 1)
    assert firm_of(world).target_staff == hires, "one at a time: the next when the first has come"


def test_wages_are_paid_and_staff_brings_revenue(founded: Make) -> None:
    world = founded(1_000_000, revenue_per_staff=10_000)
    firm = firm_of(world)
    firm["staff"], firm["wage_bill"] = 2, 11_000
    world.advance(FOUNDED + 1, SECOND_BOOKS + 1)
    assert world.cashbook[Cash.WAGES] == -22_000
    assert world.cashbook[Cash.REVENUE] == (9_002 + 20_000) // 3 + 29_002
    assert firm.cash == world.cashbook.sum()


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


SCHEME: dict[str, Any] = {
    "enabled": True,
    "credit_line": 10**9,
    "ceiling": 50_000,
    "approval": 1.0,
    "initial_awareness": 0.0,
    "rate_per_year": 0.12,
    "term_months": 10,
}
NEEDY = {"capital_need": 10_000_000, "business_return": 5, "loan_hassle": 0, "bank_approval": 0, "monthly_revenue": 100_000}


def test_a_loan_of_the_scheme_is_repaid_by_hand(founded: Make) -> None:
    """50,000 in ten parts of 5,000, at one in a hundred a month on what is outstanding."""
    world = founded(40_000, until=FOUNDED, days=340, policy={"loans": SCHEME}, constrained=1, **NEEDY)
    know(world, LeverId.LOANS, 5)
    world.advance(FOUNDED, FOUNDED + 1)
    firm, loan = firm_of(world), world.tables["loans"].rows[0]
    assert (firm.cash, loan.amount, loan.instalment, loan.scheme, loan.due_day) == (90_000, 50_000, 5_000, 1, FIRST_BOOKS)
    assert loan.rate == pytest.approx(0.12)
    assert world.cashbook[Cash.LOANS_RECEIVED] == 50_000
    paid = 0
    for month in range(1, 12):
        world.advance(FOUNDED + 30 * month - 29, FOUNDED + 30 * month + 1)
        left = max(0, 50_000 - 5_000 * month)
        paid += (5_000 + (left + 5_000) // 100) if month <= 10 else 0
        assert (loan.outstanding, world.counts[Count.LOAN_AMOUNT_REPAID]) == (left, 50_000 - left)
        assert world.cashbook[Cash.LOANS_REPAID] == -paid
        assert firm.loan == (0 if left > 0 else NEVER)
    assert paid == 50_000 + 2_750
    person = world.tables["people"].rows[5]
    assert (person.loans_applied, person.loans_granted, person.loan_amount) == (1, 1, 50_000)


def test_a_bank_loan_runs_for_three_years_at_the_rate_of_the_bank(founded: Make) -> None:
    world = founded(40_000, constrained=1, **(NEEDY | {"bank_approval": 1, "bank_rate": 0.06}))
    loan = world.tables["loans"].rows[0]
    amount = int(loan.amount)
    assert (loan.scheme, loan.lender, loan.instalment) == (0, NEVER, -(-amount // 36))
    assert loan.rate == pytest.approx(0.06)
    assert firm_of(world).cash == 40_000 + amount
    world.tables["employers"].rows["cash"][int(world.tables["people"].rows["employer"][5])] = 10**8
    world.advance(FOUNDED + 1, FIRST_BOOKS + 1)
    assert -world.cashbook[Cash.LOANS_REPAID] == -(-amount // 36) + int(amount * 0.06 / 12 + 0.5)
    assert world.counts[Count.LOAN_AMOUNT_REPAID] == 0, "only the scheme's repayments are counted"


def test_without_a_loan_the_constrained_do_not_found(founded: Make) -> None:
    world = founded(40_000, constrained=1, **NEEDY)
    assert (world.counts[Count.STARTUPS_FOUNDED], world.tables["people"].rows["savings"][5]) == (0, 80_000)
    assert founded(40_000, constrained=0, **NEEDY).counts[Count.STARTUPS_FOUNDED] == 1


HELP: dict[str, Any] = {
    "incubator": {"enabled": True, "desks": 100, "demand": 1.0, "initial_awareness": 1.0, "months": 24, "rent_cut": 1_500},
    "mentoring": {"enabled": True, "mentors": 50, "mentees_per_mentor": 2, "demand": 1.0, "initial_awareness": 1.0, "months": 6},
}


@pytest.mark.parametrize(("lever", "helped"), [("incubator", "desk"), ("mentoring", "mentored")])
@pytest.mark.parametrize(("age", "young"), [(30, True), (1080, True), (1110, False), (3000, False)])
def test_only_firms_of_at_most_three_years_are_helped(lever: str, helped: str, age: int, young: bool, still_world: Make) -> None:
    world = still_world(policy={lever: HELP[lever]}, graduates=200, founders=0.3, **(NEEDY | {"revenue_noise": 0, "idea_spread": 0}))
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
