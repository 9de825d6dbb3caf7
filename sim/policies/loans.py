"""Loans 青创贷: credit for young founders and for growing firms, within a credit line.

Mechanism: money lets a founder without savings begin, and lets a firm carry out a growth project; a lower rate makes more projects pay. The
same project may be financed by an ordinary bank without the scheme: what the scheme adds is what the bank would have refused or the
borrower could not have paid for.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sim.compiled import NEVER, Integers, Row, Rows, compiled
from sim.draws import Decision, uniform
from sim.parameters import Lever, parameter
from sim.rules.services import pay, pay_fixed
from sim.states import Count, LeverId


class Loans(Lever):
    """Parameters of the loan scheme."""

    summary: ClassVar[dict[str, str]] = {
        "en": "Credit lets founders without savings begin and firms grow; what an ordinary bank would have lent anyway is not added.",
        "zh": "贷款支持缺少积蓄者创业、企业扩张;银行原本会放的贷款不算新增。",
    }

    credit_line: int = parameter(0, unit="CNY", low=0, high=10**12, source="choice of the planner", en="credit that the lenders grant in all", zh="授信总额")
    ceiling: int = parameter(300_000, unit="CNY", low=0, high=10**9, source="evidence, note on loans: 100,000-500,000 CNY", en="largest loan to a founder", zh="创业者单笔上限")
    firm_ceiling: int = parameter(5_000_000, unit="CNY", low=0, high=10**9, source="assumption", en="largest loan to a growing firm", zh="企业单笔上限")
    rate_per_year: float = parameter(0.0385, unit="1/year", low=0, high=1, prior=(0.02, 0.06), source="assumption: the one-year benchmark of 2021", en="interest rate", zh="年利率")
    term_months: int = parameter(36, unit="months", low=1, high=240, source="evidence, note on loans: up to 3 years", en="term", zh="期限")
    guarantee_share: float = parameter(0.8, unit="share", low=0, high=1, source="assumption", en="share of a default that the programme's guarantee pays", zh="担保代偿比例")
    approval: float = parameter(0.7, unit="share", low=0, high=1, prior=(0.4, 0.95), source="assumption", en="applications that the lenders approve", zh="审批通过率")
    opening_date: date | None = parameter(None, unit="date", source="choice of the planner", en="first day of applications; null: the start of the run", zh="开放申请日期")
    initial_awareness: float = parameter(0.4, unit="share", low=0, high=1, prior=(0.2, 0.7), source="evidence 45", en="founders and firms who know of the scheme at the start", zh="初始知晓率")
    cost_per_loan: int = parameter(500, unit="CNY/loan", low=0, high=1_000_000, source="assumption", en="administration of a loan", zh="每笔管理成本")

    @property
    def offers_something(self) -> bool:
        """Whether anybody can borrow."""
        return super().offers_something and self.credit_line > 0 and max(self.ceiling, self.firm_ceiling) > 0 and self.approval > 0


@compiled
def grant_loan(day: int, employer_row: int, employers: Rows, scheme: int, amount: int, rate: float, months: int, loans: Rows, tables: Row) -> None:
    """Grant a loan, repaid in equal monthly parts of the principal with interest on what is outstanding."""
    number = tables.loans
    tables.loans += 1
    loan = loans[number]
    loan.employer = employer_row
    loan.scheme = scheme
    loan.amount = amount
    loan.outstanding = amount
    loan.instalment = (amount + months - 1) // months
    loan.rate = rate
    loan.granted_day = day
    loan.due_day = day + 30
    loan.defaulted = 0
    employers[employer_row].loan = number


@compiled
def apply_for_scheme(
    rules: Row, day: int, identity: int, purpose: int, aware: bool, wanted: int, expected_return: float, services: Rows, counts: Integers,
) -> int:  # fmt: skip
    """Apply for a loan of the scheme if it pays.

    Args:
        rules: Parameters.
        day: Day.
        identity: Row of the founder or of the firm.
        purpose: 0 start-up, 1 growth.
        aware: Whether the applicant knows of the scheme.
        wanted: Amount wanted, CNY.
        expected_return: Expected return of the project a year.
        services: Services.
        counts: Running counts.

    Returns:
        Amount granted, CNY: 0 where there was no application, or no approval, or no credit left.
    """
    service = services[LeverId.LOANS]
    if service.on_offer == 0 or not aware or day < rules.loans_opening_date:
        return 0
    if expected_return < rules.loans_rate_per_year + rules.loan_hassle:
        return 0
    counts[Count.LOANS_APPLIED] += 1
    service.reached += 1
    amount = min(wanted, rules.loans_ceiling if purpose == 0 else rules.loans_firm_ceiling)
    left = rules.loans_credit_line - counts[Count.LOAN_AMOUNT_GRANTED]
    approved = uniform(rules, Decision.BANK_APPROVAL, day, identity, 10 + purpose) < rules.loans_approval
    if not approved:
        return 0
    if amount <= 0 or amount > left or not pay(services, LeverId.LOANS, 1):
        service.turned_away += 1
        return 0
    service.served += 1
    counts[Count.LOANS_GRANTED] += 1
    counts[Count.LOAN_AMOUNT_GRANTED] += amount
    return amount


@compiled
def apply_for_bank_loan(rules: Row, day: int, identity: int, purpose: int, wanted: int, expected_return: float, counts: Integers) -> int:
    """Apply for an ordinary bank loan if it pays. Returns the amount granted."""
    if expected_return < rules.bank_rate + rules.loan_hassle:
        return 0
    if uniform(rules, Decision.BANK_APPROVAL, day, identity, purpose) >= rules.bank_approval:
        return 0
    counts[Count.BANK_LOANS_GRANTED] += 1
    return wanted


@compiled
def default_on_loan(rules: Row, employer: Row, loans: Rows, services: Rows, counts: Integers) -> None:
    """Write off what a closed borrower owes; the guarantee pays its share of a loan of the scheme."""
    if employer.loan < 0:
        return
    loan = loans[employer.loan]
    if loan.outstanding > 0:
        loan.defaulted = 1
        loan.due_day = NEVER
        if loan.scheme == 1:
            counts[Count.LOANS_DEFAULTED] += 1
            counts[Count.LOAN_AMOUNT_DEFAULTED] += loan.outstanding
            pay_fixed(services, LeverId.LOANS, int(loan.outstanding * rules.loans_guarantee_share))
    employer.loan = NEVER
