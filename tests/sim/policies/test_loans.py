"""Loans: repaid by the month, in default with the firm, guaranteed in part, and taken only where they pay."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from sim.policies.loans import Loans
from sim.scenario import Scenario
from sim.states import Count, LeverId
from sim.world import World

SCHEME = {
    "enabled": True,
    "credit_line": 10**9,
    "approval": 1.0,
    "initial_awareness": 1.0,
    "firm_ceiling": 1_000_003,
    "term_months": 12,
    "rate_per_year": 0.0,
}
EAGER = {
    "business_return": 5.0,
    "bank_approval": 0.0,
    "growth_need": 100_000_000,
    "opportunity_per_year": 0,
    "exit_per_year": 0,
    "growth_per_year": 0,
}


@pytest.fixture
def borrowed(scenario_of: Callable[..., Scenario], world_of: Callable[..., World]) -> Callable[..., World]:
    """Return a function that runs a world in which one firm borrows on day 3."""

    def run(days: int, *, closes_after: int | None = None, **settings: Any) -> World:
        scenario = scenario_of(graduates=200, days=days, policy={"loans": SCHEME | settings}, behaviour=EAGER, population={"founders_earlier": 0})
        world = world_of(scenario)
        employers = world.tables["employers"].rows
        employers["growth_day"][:], employers["growth_day"][0], employers["state_owned"][0] = -1, 3, 0
        first = days if closes_after is None else closes_after
        world.advance(0, first)
        if first < days:
            world.rules["exit_per_year"][0] = 12.0  # the next monthly plan closes every private firm
            world.rules["market_employer_size"][0] = 1e9
            world.advance(first, days)
        return world

    return run


def test_a_loan_is_repaid_in_equal_parts_to_the_last_yuan(borrowed: Callable[..., World]) -> None:
    for months in (0, 1, 5, 11, 12, 14):
        world = borrowed(4 + 30 * months)
        loan = world.tables["loans"].rows[0]
        part = 83_334  # 1,000,003 in twelve parts, rounded up
        assert (loan.amount, loan.instalment) == (1_000_003, part)
        assert loan.outstanding == max(0, 1_000_003 - months * part)
        assert world.counts[Count.LOAN_AMOUNT_REPAID] == 1_000_003 - loan.outstanding
        assert world.tables["employers"].rows["loan"][0] == (0 if months < 12 else -1)


@pytest.mark.parametrize("guarantee", [0.0, 0.8, 1.0])
def test_the_guarantee_pays_its_share_of_a_default(guarantee: float, borrowed: Callable[..., World]) -> None:
    world = borrowed(130, closes_after=70, guarantee_share=guarantee, cost_per_loan=500)
    loan, service = world.tables["loans"].rows[0], world.tables["services"].rows[LeverId.LOANS]
    assert world.tables["employers"].rows["alive"][0] == 0
    assert (loan.defaulted, world.counts[Count.LOANS_DEFAULTED], world.counts[Count.LOAN_AMOUNT_DEFAULTED]) == (1, 1, loan.outstanding)
    assert service.fixed_spent == int(loan.outstanding * guarantee)
    assert service.spent == 500 + service.fixed_spent


@pytest.mark.parametrize(("rate", "applied"), [(0.02, 1), (0.99, 0)])
def test_nobody_applies_for_a_loan_that_does_not_pay(
    rate: float, applied: int, borrowed: Callable[..., World], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(EAGER, "business_return", 0.2)
    assert borrowed(10, rate_per_year=rate).counts[Count.LOANS_APPLIED] == applied


def test_nobody_applies_before_the_opening(borrowed: Callable[..., World]) -> None:
    assert borrowed(10, opening_date="2020-11-05").counts[Count.LOANS_APPLIED] == 0
    assert borrowed(10, opening_date="2020-11-04").counts[Count.LOANS_APPLIED] == 1


def test_a_loan_carries_posts(borrowed: Callable[..., World]) -> None:
    with_loan, without = borrowed(5), borrowed(5, approval=0.0)
    gained = with_loan.tables["employers"].column("target_staff") - without.tables["employers"].column("target_staff")
    expected = int(1_000_003 / with_loan.scenario.behaviour.capital_per_post + 0.5)
    assert gained[0] == expected > 0
    assert np.count_nonzero(gained) == 1


@pytest.mark.parametrize("nothing", [{"enabled": False}, {"credit_line": 0}, {"ceiling": 0, "firm_ceiling": 0}, {"approval": 0.0}, {"budget": 0}])
def test_without_credit_nothing_is_offered(nothing: dict[str, Any]) -> None:
    assert Loans.model_validate(SCHEME).offers_something
    assert not Loans.model_validate(SCHEME | nothing).offers_something
