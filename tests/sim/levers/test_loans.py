"""Loans: repaid by the month, in default with the firm, guaranteed in part, and taken only where they pay."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from sim.levers import LeverId
from sim.levers.loans import Loans
from sim.scenario import Scenario
from sim.states import Cash, Count
from sim.world import World
from tests.drawn import BUDGET
from tests.every import every

BUSY: dict[str, Any] = {
    "enabled": True,
    "credit_line": 3_000_000,
    "initial_awareness": 0.9,
    "firm_awareness": 0.9,
    "approval": 0.9,
    "one_stop_registration": True,
    "leader_rate_cut": 0.1,
    "lenders": [
        {"name": "village bank", "share": 0.5, "guarantee_share": 0.8, "firms": False, "young_firms": False},
        {"name": "savings bank", "share": 0.5, "guarantee_share": 0.2},
    ],
}
"""A setting in which places and money run out among some hundred people."""

EMPTY: list[dict[str, Any]] = [
    {"credit_line": 0, "one_stop_registration": False},
    {"ceiling": 0, "firm_ceiling": 0, "one_stop_registration": False},
    {"approval": 0.0, "one_stop_registration": False},
    {"budget": 0},
]
"""Settings that leave it enabled with nothing to give."""

DRAWN = st.fixed_dictionaries(
    {
        "enabled": st.booleans(),
        "budget": BUDGET,
        "credit_line": st.sampled_from([0, 50_000, 1_000_000, 50_000_000]),
        "ceiling": st.integers(0, 300_000),
        "rate_per_year": st.floats(0, 1),
        "term_months": st.integers(1, 60),
        "repayment": st.sampled_from(["instalments", "interest_only", "bullet"]),
        "grace_months": st.integers(0, 70),
        "interest_months": st.integers(1, 6),
        "interest_subsidy": st.floats(0, 0.2),
        "approval": st.floats(0, 1),
        "guarantee_share": st.floats(0, 1),
    }
)
"""Any settings, for property tests."""

SCHEME = {
    "enabled": True,
    "credit_line": 10**9,
    "approval": 1.0,
    "initial_awareness": 1.0,
    "firm_awareness": 1.0,
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
            world.rules["behaviour"]["exit_per_year"][0] = 12.0  # the next monthly plan closes every private firm
            world.rules["market"]["employer_size"][0] = 1e9
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
    employer = world.tables["employers"].rows[0]
    assert employer.alive == 0 or employer.founded_day > 70, "closed, and perhaps another firm is there now"
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


FOUNDING = {"graduates": 1200, "days": 240, "start": "2021-01-01"}
NEEDY = {
    "opportunity_per_year": 3.0,
    "constrained_share": 1.0,
    "bank_approval": 0.0,
    "business_return": 5.0,
    "growth_per_year": 1.0,
    "capital_need": 30_000,
    "capital_per_post": 10**8,
}
TWO = [
    {"name": "for founders", "share": 0.4, "guarantee_share": 0.5, "firms": False},
    {"name": "for firms", "share": 0.6, "founders": False, "young_firms": False},
]


def borrow(run_of: Callable[..., World], behaviour: dict[str, Any] | None = None, **settings: Any) -> World:
    return run_of(**FOUNDING, policy={"loans": SCHEME | settings}, behaviour=NEEDY | (behaviour or {}))


@pytest.mark.parametrize("credit_line", [1, 300_000, 3_000_001, 10**9])
def test_each_lender_keeps_to_its_line_and_its_borrowers(credit_line: int, run_of: Callable[..., World]) -> None:
    world = borrow(run_of, {"bank_approval": 0.5}, credit_line=credit_line, lenders=TWO, ceiling=100_000, firm_ceiling=200_000)
    lenders, loans, employers = (world.tables[name] for name in ("lenders", "loans", "employers"))
    granted = lenders.column("granted")
    every(granted <= lenders.column("line"))
    assert lenders.column("line").sum() <= credit_line
    scheme = loans.column("scheme") == 1
    assert granted.tolist() == [int(loans.column("amount")[scheme & (loans.column("lender") == row)].sum()) for row in range(2)]
    assert granted.sum() == world.counts[Count.LOAN_AMOUNT_GRANTED]
    founded = employers.column("founder")[loans.column("employer")] >= 0
    every(loans.column("lender") == np.where(scheme, np.where(founded, 0, 1), -1))
    assert set(loans.column("lender").tolist()) == ({-1} if credit_line == 1 else {-1, 0} if credit_line == 300_000 else {-1, 0, 1})
    assert world.tables["people"].column("loan_amount").sum() == granted[0]


def test_lines_that_round_up_stay_within_the_credit_line(run_of: Callable[..., World]) -> None:
    three = [{"name": name, "share": share} for name, share in (("a", 0.5), ("b", 0.25), ("c", 0.25))]
    world = borrow(run_of, credit_line=1_000_003, lenders=three)
    assert world.tables["lenders"].column("line").sum() == 1_000_003


def test_a_lender_pays_for_defaults_what_its_guarantee_does_not(run_of: Callable[..., World]) -> None:
    failing = {"dispute_per_year": 12.0, "dispute_loss": 1_000_000.0, "exit_per_year": 0.5}
    world = borrow(run_of, failing, lenders=[TWO[0] | {"share": 0.5}, TWO[1] | {"share": 0.5, "guarantee_share": 0.25}], cost_per_loan=300)
    loans = world.tables["loans"]
    lost = (loans.column("defaulted") == 1) & (loans.column("scheme") == 1)
    share = np.array([0.5, 0.25])[loans.column("lender")[lost]]
    service = world.tables["services"].rows[LeverId.LOANS]
    assert {0, 1} <= set(loans.column("lender")[lost].tolist())
    assert service.fixed_spent == np.floor(loans.column("outstanding")[lost] * share).sum() > 0
    assert service.spent == 300 * service.served + service.fixed_spent


@pytest.mark.parametrize("cut", [0.0, 0.5, 1.0])
def test_youth_leaders_pay_the_cut_rate_and_nobody_else(cut: float, run_of: Callable[..., World]) -> None:
    loans = SCHEME | {"rate_per_year": 0.04, "leader_rate_cut": cut}
    organisation = {"enabled": True, "leaders": 300, "cost_per_staff_hour": 0}
    world = run_of(**FOUNDING, policy={"loans": loans, "organisation": organisation}, behaviour=NEEDY | {"monthly_revenue": 50_000})
    rows, people, employers = world.tables["loans"], world.tables["people"], world.tables["employers"]
    founders = employers.column("founder")[rows.column("employer")]
    scheme = rows.column("scheme") == 1
    led = (founders >= 0) & (people.column("leader")[np.maximum(founders, 0)] == 1)
    rates = rows.column("rate")
    assert set(np.round(rates[scheme & (founders < 0)], 6)) == {0.04}
    assert set(np.round(rates[scheme & (founders >= 0)], 6)) <= {0.04, round(0.04 * (1 - cut), 6)}
    assert (scheme & led).sum() > 0
    assert cut == 0.0 or (np.round(rates, 6) == round(0.04 * (1 - cut), 6))[scheme].sum() > 0
    every((np.round(rates, 6) == 0.04)[scheme & ~led])


def test_one_stop_founders_sell_earlier_and_survive_no_less(run_of: Callable[..., World]) -> None:
    behaviour = NEEDY | {"constrained_share": 0.0, "registration_days": 90.0, "dispute_per_year": 0.0, "monthly_revenue": 9_000}
    hall = {"enabled": True, "credit_line": 0, "one_stop_registration": True, "one_stop_days": 3}
    closed, revenue = [], []
    for policy in ({}, {"loans": hall}):
        world = run_of(**FOUNDING, policy=policy, behaviour=behaviour)
        employers = world.tables["employers"]
        new = (employers.column("founder") >= 0) & (employers.column("founded_day") >= 0)
        assert set((employers.column("opening_day") - employers.column("founded_day"))[new].tolist()) == {3 if policy else 90}
        closed.append(int(world.counts[Count.STARTUPS_CLOSED]) / max(1, int(world.counts[Count.STARTUPS_FOUNDED])))
        revenue.append(int(world.cashbook[Cash.REVENUE]))
        assert world.counts[Count.LOANS_APPLIED] == 0
    assert revenue[1] > revenue[0]
    assert closed[1] <= closed[0]
    slow = run_of(**FOUNDING, policy={"loans": hall | {"one_stop_days": 365}}, behaviour=behaviour).tables["employers"]
    new = (slow.column("founder") >= 0) & (slow.column("founded_day") >= 0)
    assert (slow.column("opening_day") - slow.column("founded_day"))[new].max() == 90, "the hall is never slower"


def test_firms_founded_before_the_run_sell_from_the_first_day(run_of: Callable[..., World]) -> None:
    steady = {"revenue_noise": 0.0, "monthly_revenue": 10**6, "revenue_per_staff": 10**7, "opportunity_per_year": 0.0, "registration_days": 0.0}
    steady |= {"market_drift": 0.0, "capital_need": 1, "capital_need_spread": 0.0}
    setting: dict[str, Any] = {"graduates": 600, "start": "2021-01-01", "behaviour": steady, "population": {"founders_earlier": 0.2}}
    first, second = (int(run_of(**setting, days=days).cashbook[Cash.REVENUE]) for days in (30, 60))
    assert first == second - first > 0, "every firm has settled once, and twice"


def test_a_park_lends_to_its_own_firms_without_being_looked_for(run_of: Callable[..., World]) -> None:
    """Nobody knows of the scheme, looks for money or is approved when asking: what is lent is lent to the firms of the park, up to the ceiling."""
    park = [{"name": "park", "share": 0.5, "park_share": 0.4}, {"name": "other", "share": 0.5}]
    unknown = {"initial_awareness": 0.0, "firm_awareness": 0.0, "approval": 1e-9, "ceiling": 12_000}
    behaviour = {"growth_per_year": 0.0, "growth_after_months": 1, "capital_need": 60_000, "family_for_firm": 0.0, "contact_recall": 0.0}
    worlds = [borrow(run_of, behaviour, lenders=[park[0] | {"park_share": share}, park[1]], **unknown) for share in (0.0, 0.4, 1.0)]
    granted = [world.tables["lenders"].column("granted").tolist() for world in worlds]
    assert granted[0] == [0, 0]
    assert [other for _, other in granted] == [0, 0, 0]
    assert 0 < granted[1][0] < granted[2][0]
    loans, employers = worlds[1].tables["loans"], worlds[1].tables["employers"]
    of_scheme = loans.column("scheme") == 1
    rows = loans.column("employer")[of_scheme]
    every(loans.column("amount")[of_scheme] <= 12_000)
    every(employers.column("founder")[rows] >= 0)
    assert len(set(rows.tolist())) < (employers.column("founder") >= 0).sum()
    assert (employers.column("founded_day")[rows] < 0).any(), "firms of the first morning are short of money, too"


def test_holders_of_the_card_pay_the_cut_rate(run_of: Callable[..., World]) -> None:
    card = {"enabled": True, "card_places": 10**6, "card_discount": 0.01, "card_demand": 0.5, "initial_awareness": 1.0}
    loans = SCHEME | {"rate_per_year": 0.04, "card_rate_cut": 0.5}
    world = run_of(**FOUNDING, policy={"loans": loans, "subsidies": card}, behaviour=NEEDY | {"monthly_revenue": 50_000})
    rows, firms = world.tables["loans"], world.tables["employers"]
    of_founders = (firms.column("founder")[rows.column("employer")] >= 0) & (rows.column("scheme") == 1)
    assert set(np.round(rows.column("rate")[of_founders], 6)) == {0.02, 0.04}
    assert set(np.round(rows.column("rate")[(rows.column("scheme") == 1) & ~of_founders], 6)) == {0.04}
