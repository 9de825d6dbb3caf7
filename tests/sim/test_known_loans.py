"""Loans of which every payment can be worked out on paper: of each product, in default, of young firms that grow, and from whom."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from benchmarks.loans import lend
from sim.compiled import NEVER
from sim.levers import LeverId
from sim.states import Activity, Cash, Count, Money
from sim.world import World
from tests.sim.tiny import FOUNDED, firm_of, know

Make = Callable[..., World]

SCHEME: dict[str, Any] = {
    "enabled": True, "credit_line": 10**9, "ceiling": 12_000, "approval": 1.0, "initial_awareness": 0.0, "rate_per_year": 0.12,
    "term_months": 6, "cost_per_loan": 500,
}  # fmt: skip
"""A loan of 12,000 for six months at 1 % a month."""
SHORT = {"savings": 80_000, "credit_constrained": 1}
"""A founder who has 40,000 to put in, and no family that could."""
EAGER: dict[str, Any] = {"capital_need": 1_000_000, "monthly_revenue": 100_000, "bank_approval": 0, "loan_hassle": 0, "running_cost": 0}
"""An idea that is worth any money."""


def founder_borrows(founded: Make, terms: dict[str, Any], **settings: Any) -> World:
    """Let person 5 found with a loan of the scheme on some terms."""
    world = founded(until=FOUNDED, days=240, policy={"loans": SCHEME | terms}, person=SHORT, **(EAGER | settings))
    know(world, LeverId.LOANS, 5)
    world.advance(FOUNDED, FOUNDED + 1)
    return world


def payments(world: World, months: int) -> list[int]:
    """Return what is paid on loans in each month after founding."""
    found = []
    for month in range(months):
        before = int(world.cashbook[Cash.LOANS_REPAID])
        world.advance(FOUNDED + 30 * month + 1, FOUNDED + 30 * month + 31)
        found.append(before - int(world.cashbook[Cash.LOANS_REPAID]))
    return found


@pytest.mark.parametrize(
    ("terms", "paid"),
    [
        ({}, [2_120, 2_100, 2_080, 2_060, 2_040, 2_020, 0]),
        ({"grace_months": 2}, [120, 120, 3_120, 3_090, 3_060, 3_030, 0]),
        ({"grace_months": 9}, [120, 120, 120, 120, 120, 12_120, 0]),
        ({"interest_months": 3}, [2_000, 2_000, 2_300, 2_000, 2_000, 2_120, 0]),
        ({"interest_months": 4}, [2_000, 2_000, 2_000, 2_360, 2_000, 2_060, 0]),
        ({"repayment": "interest_only"}, [120, 120, 120, 120, 120, 12_120, 0]),
        ({"repayment": "interest_only", "interest_months": 3}, [0, 0, 360, 0, 0, 12_360, 0]),
        ({"repayment": "bullet"}, [0, 0, 0, 0, 0, 12_720, 0]),
        ({"repayment": "interest_only", "interest_subsidy": 0.03}, [90, 90, 90, 90, 90, 12_090, 0]),
        ({"repayment": "bullet", "interest_subsidy": 0.5}, [0, 0, 0, 0, 0, 12_000, 0]),
        ({"rate_per_year": 0.0}, [2_000] * 6 + [0]),
        ({"ceiling": 11_999, "rate_per_year": 0.0}, [2_000] * 5 + [1_999, 0]),
    ],
)
def test_a_loan_is_repaid_as_its_product_says(terms: dict[str, Any], paid: list[int], founded: Make) -> None:
    world = founder_borrows(founded, terms)
    amount = {**SCHEME, **terms}["ceiling"]
    firm, person, loan = firm_of(world), world.tables["people"].rows[5], world.tables["loans"].rows[0]
    assert (firm.cash, firm.capital, loan.amount, loan.scheme) == (40_000 + amount, 40_000 + amount, amount, 1)
    assert (world.cashbook[Cash.LOANS_RECEIVED], world.counts[Count.LOAN_AMOUNT_GRANTED]) == (amount, amount)
    assert (person.loans_applied, person.loans_granted, person.loan_amount) == (1, 1, amount)
    assert payments(world, 7) == paid
    assert (loan.outstanding, loan.accrued, loan.defaulted, firm.loan) == (0, 0, 0, NEVER)
    assert world.counts[Count.LOAN_AMOUNT_REPAID] == amount
    relief = 720 - (sum(paid) - amount) if "interest_subsidy" in terms else 0
    service = world.tables["services"].rows[LeverId.LOANS]
    assert (service.fixed_spent, service.spent) == (relief, 500 + relief)


@pytest.mark.parametrize(("budget", "paid"), [(500, [120, 120]), (530, [90, 120]), (10_000, [90, 90])])
def test_a_subsidy_ends_with_the_budget(budget: int, paid: list[int], founded: Make) -> None:
    world = founder_borrows(founded, {"repayment": "interest_only", "interest_subsidy": 0.03, "budget": budget})
    assert payments(world, 2) == paid
    assert world.tables["services"].rows["spent"][LeverId.LOANS] <= budget


def test_a_bank_lends_on_its_own_terms(founded: Make) -> None:
    bank = {"bank_approval": 1, "bank_rate": 0.06, "bank_term_months": 4, "bank_repayment": "interest_only", "bank_interest_months": 2}
    world = founded(person=SHORT, days=240, **(EAGER | {"capital_need": 50_000} | bank))
    assert world.tables["loans"].rows["scheme"][0] == 0
    assert payments(world, 5) == [0, 100, 0, 10_100, 0]
    assert world.counts[Count.LOAN_AMOUNT_REPAID] == 0, "only the scheme's repayments are counted"


@pytest.mark.parametrize(
    ("cash", "savings", "unpaid", "left"),
    [
        (12_720, 0, 0, None), (12_719, 0, 1, 0), (12_719, 50, 0, 49), (720, 0, 12_000, 0), (100, 0, 12_000, 0), (0, 12_719, 1, 0),
        (5_000, 9_000, 0, 1_280),
    ],
)
def test_who_cannot_pay_all_that_is_due_closes_and_is_liable(cash: int, savings: int, unpaid: int, left: int | None, founded: Make) -> None:
    """12,720 is due at the end. Interest comes first; half of a default is paid by the guarantee."""
    world = founder_borrows(founded, {"repayment": "bullet", "guarantee_share": 0.5})
    payments(world, 5)
    world.advance(FOUNDED + 151, FOUNDED + 180)
    firm, loan, people = firm_of(world), world.tables["loans"].rows[0], world.tables["people"].rows
    firm["market"], firm["cash"], people["savings"][5] = 0.0, cash, savings
    before = int(world.cashbook[Cash.LOANS_REPAID]), int(world.ledger[Money.PROFITS])
    world.advance(FOUNDED + 180, FOUNDED + 181)
    assert firm.alive == (left is None)
    assert (loan.outstanding, loan.defaulted) == (unpaid, unpaid > 0)
    assert (world.counts[Count.LOANS_DEFAULTED], world.counts[Count.LOAN_AMOUNT_DEFAULTED]) == (unpaid > 0, unpaid)
    assert world.counts[Count.LOAN_AMOUNT_REPAID] == 12_000 - unpaid
    assert world.tables["services"].rows["fixed_spent"][LeverId.LOANS] == unpaid // 2
    if left is not None:
        owed = 12_720 - unpaid if cash + savings >= 720 else cash + savings
        assert before[0] - int(world.cashbook[Cash.LOANS_REPAID]) == owed
        assert int(world.ledger[Money.PROFITS]) - before[1] == left - savings
        assert people["activity"][5] == Activity.SEARCHING


@pytest.mark.parametrize(("product", "kept"), [("instalments", 0), ("interest_only", 4_000), ("bullet", 4_240)])
def test_a_careful_founder_saves_for_what_falls_due(product: str, kept: int, founded: Make) -> None:
    """After two of six months a third of 12,000, and the interest run up, is not shared out as profit."""
    world = founder_borrows(founded, {"repayment": product}, founder_pay_share=1.0)
    firm_of(world)["cash"] = 0
    payments(world, 2)
    assert firm_of(world).cash == kept


# Who lends to whom


@pytest.mark.parametrize(("rate", "bank", "first"), [(0.05, 0.06, 1), (0.07, 0.06, 0)])
def test_the_cheaper_lender_is_asked_first(rate: float, bank: float, first: int, founded: Make) -> None:
    world = founder_borrows(founded, {"rate_per_year": rate}, bank_rate=bank, bank_approval=1)
    assert world.tables["loans"].rows["scheme"][0] == first
    assert world.counts[Count.LOANS_APPLIED] == first


@pytest.mark.parametrize(("family_rate", "family", "borrowed"), [(0.0, 50_000, 10_000), (0.06, 50_000, 10_000), (0.07, 0, 60_000), (1.0, 0, 60_000)])
def test_family_money_is_taken_where_it_is_cheaper(family_rate: float, family: int, borrowed: int, founded: Make) -> None:
    world = founded(
        person={"savings": 80_000}, home_family_means=50_000, home_means_spread=0, family_rate=family_rate,
        **(EAGER | {"capital_need": 100_000, "bank_approval": 1, "bank_rate": 0.06}),
    )  # fmt: skip
    assert (firm_of(world).family, world.tables["loans"].rows["amount"][0]) == (family, borrowed)


@pytest.mark.parametrize(("rate", "least", "borrowed"), [(0.06, 0, 60_000), (0.5, 0, 60_000), (1.0, 15_961, 15_961), (1.0, 15_962, 0)])
def test_a_dearer_loan_is_smaller_or_none(rate: float, least: int, borrowed: int, founded: Make) -> None:
    """The last of 100,000 earns 0.4 x 15,000 / 100,000 = 6 % a month; at 8.5 %, (0.06 / 0.085) ^ (1 / 0.6) of it are worth having."""
    bank = {"bank_approval": 1, "bank_rate": rate, "loan_least": least}
    world = founded(person=SHORT, **(EAGER | bank | {"capital_need": 100_000, "monthly_revenue": 15_000}))
    loans = world.tables["loans"]
    assert (int(loans.rows["amount"][0]) if loans.count else 0) == borrowed


@pytest.mark.parametrize(("family_rate", "family"), [(0.0, 50_000), (0.5, 50_000), (1.0, 15_961)])
def test_the_family_is_asked_for_what_earns_its_price(family_rate: float, family: int, founded: Make) -> None:
    """As with a loan; it could give 50,000, and no bank lends."""
    idea = EAGER | {"capital_need": 100_000, "monthly_revenue": 15_000}
    world = founded(person={"savings": 80_000}, home_family_means=50_000, home_means_spread=0, family_rate=family_rate, **idea)
    assert firm_of(world).family == family


GROWING: dict[str, Any] = {"growth_after_months": 1, "hire_reserve_months": 60, "running_cost": 5_000, "founder_reserve_months": 60}


@pytest.mark.parametrize("lender", ["founders", "young_firms", "firms"])
def test_a_young_firm_that_could_sell_more_borrows_to_grow(lender: str, founded: Make) -> None:
    """It has 40,000 of 100,000 that it needs; a lender that may lend to young firms gives the 60,000, which raise sales by 2.5 ^ 0.4."""
    lenders = [{"name": "a", "share": 1.0, **{name: name == lender for name in ("founders", "young_firms", "firms")}}]
    terms = {"ceiling": 100_000, "term_months": 60, "lenders": lenders, "rate_per_year": 0.0}
    world = founded(
        until=FOUNDED + 1, days=120, policy={"loans": SCHEME | terms}, person=SHORT,
        **(EAGER | GROWING | {"capital_need": 100_000, "registration_days": 0}),
    )  # fmt: skip
    firm = firm_of(world)
    assert (firm.capital, firm.loan) == (40_000, NEVER), "the scheme is not known yet"
    know(world, LeverId.LOANS, 5)
    world.rules["behaviour"]["growth_per_year"] = 12.0
    expected = float(firm.sales_expected)
    world.advance(FOUNDED + 1, FOUNDED + 31)
    borrows = lender == "young_firms"
    assert (firm.capital, firm.loan) == ((100_000, 0) if borrows else (40_000, NEVER))
    assert firm.sales_expected == pytest.approx(expected * (2.5**0.4 if borrows else 1.0))
    assert world.tables["people"].rows["loan_amount"][5] == world.counts[Count.LOAN_AMOUNT_GRANTED] == 60_000 * borrows
    before = int(world.cashbook[Cash.REVENUE])
    world.advance(FOUNDED + 31, FOUNDED + 61)
    assert world.cashbook[Cash.REVENUE] - before == pytest.approx(expected * (2.5**0.4 if borrows else 1.0), abs=1)


@pytest.mark.parametrize(("cash", "put_in"), [(20_000, 0), (25_000, 5_000), (200_000, 60_000)])
def test_a_firm_puts_in_what_it_can_spare(cash: int, put_in: int, founded: Make) -> None:
    """Four months of 5,000 stay in cash; it has 40,000 of the 100,000 that it needs, and shares nothing out."""
    settings = EAGER | GROWING | {"capital_need": 100_000, "registration_days": 0, "hire_reserve_months": 4, "working_capital": 0.0}
    world = founded(person=SHORT, **settings)
    firm = firm_of(world)
    firm["market"], firm["cash"] = 0.0, cash + 5_000
    world.advance(FOUNDED + 1, FOUNDED + 31)
    assert (firm.capital, firm.cash) == (40_000 + put_in, cash - put_in)


def test_a_day_on_which_every_young_firm_borrows_has_room(still_world: Make) -> None:
    """All start-ups of the first morning settle on one day, each of them short of money and sure of a loan."""
    behaviour = {"growth_after_months": 0, "bank_approval": 0, "hire_reserve_months": 60, "loan_least": 1, "second_thoughts": 0}
    world = still_world(graduates=4_000, days=12, founders=0.9, monthly_revenue=200_000, **behaviour)
    world.rules["behaviour"]["growth_per_year"], world.rules["behaviour"]["bank_approval"] = 12.0, 1.0
    employers, loans = world.tables["employers"], world.tables["loans"]
    firms = np.flatnonzero(employers.column("founder") >= 0)
    employers.rows["founded_day"][firms], employers.rows["capital"][firms] = 10 - 60, 5_000
    assert len(firms) > world.rows_in_use["ventures_a_day"][0]
    world.advance(0, 12)
    assert loans.count >= 0.99 * len(firms)
    assert loans.count <= loans.capacity
    assert (employers.column("loan")[firms] >= 0).sum() == loans.count


@pytest.mark.parametrize(
    ("amount", "rate", "months", "closes"),
    [(0, 0.0, 1, 14), (20_000, 0.06, 60, None), (60_000, 0.06, 60, None), (60_000, 1.0, 12, 4), (200_000, 0.06, 60, 17), (200_000, 0.06, 24, 7)],
)
def test_a_loan_helps_by_what_it_buys_and_hurts_where_that_does_not_carry_it(
    amount: int, rate: float, months: int, closes: int | None, founded: Make
) -> None:
    """A firm with 40,000 of the 100,000 that it needs sells for 7,277, less than its cost of 8,000, and 10,000 of cash last for 13 months.

    With 20,000 more it sells for 8,559, with 60,000 more for 10,500: that carries a loan for five years at 6 %, but not one at 100 % for a year.
    Money beyond the need sells nothing, whatever it costs.
    """
    idea = {"capital_need": 100_000, "monthly_revenue": 10_500, "working_capital": 0.25, "bank_approval": 0, "registration_days": 0}
    world = founded(until=FOUNDED + 1, days=720, person=SHORT | {"confidence": 1.0}, founding_confidence=1, **idea)
    firm = firm_of(world)
    assert (firm.capital, firm.cash) == (40_000, 10_000)
    if amount:
        lend(world, FOUNDED, int(world.tables["people"].rows["employer"][5]), amount, rate, months)
    world.tables["people"].rows["savings"][5] = 0
    world.advance(FOUNDED + 1, 720)
    assert (int(firm.closed_day) - FOUNDED) / 30 == closes if closes else firm.alive == 1
