"""The life of a loan: granted, a month older, repaid as its product says, paid off as far as the money goes, or in default.

    instalments     after the grace, equal parts of the principal every month; interest on what is outstanding, every so many months
    interest_only   interest every so many months; the principal at the end
    bullet          principal and interest at the end

In the grace no principal is due. Interest is simple, to the yuan a month. Who cannot pay all that falls due is in default.
"""

from __future__ import annotations

from sim.calendar import MONTH_DAYS, YEAR_MONTHS
from sim.compiled import NEVER, Row, compiled
from sim.rules.services import keep_paying_fixed
from sim.states import Count, Repayment
from sim.tables import Tables


@compiled
def has_row(world: Tables) -> bool:
    """Tell whether the table of loans has a row left: it has, but on a day on which a test lets everybody borrow (`has_room` of `sim/day.py`)."""
    return bool(world.rows_in_use.loans < world.loans.size)


@compiled
def grant_loan(world: Tables, day: int, employer_row: int, scheme: int, lender: int, amount: int, rate: float) -> None:
    """Grant a loan, of the scheme (1) or of a bank (0), on the terms that its lender declares."""
    number = world.rows_in_use.loans
    world.rows_in_use.loans += 1
    loan = world.loans[number]
    loan.employer = employer_row
    loan.scheme = scheme
    loan.lender = lender
    loan.amount = amount
    loan.outstanding = amount
    loan.rate = rate
    if scheme == 1:
        terms = world.rules.loans
        loan.product, loan.months = terms.product, terms.term_months
        loan.grace, loan.every = terms.grace_months, terms.interest_months
        loan.subsidy = min(rate, terms.interest_subsidy)
    else:
        bank = world.rules.behaviour
        loan.product, loan.months = bank.bank_product, bank.bank_term_months
        loan.grace, loan.every = bank.bank_grace_months, bank.bank_interest_months
        loan.subsidy = 0.0
    loan.grace = min(loan.grace, loan.months - 1)
    parts = loan.months - loan.grace
    loan.instalment = (amount + parts - 1) // parts
    loan.age = 0
    loan.accrued = 0
    loan.due_day = day + MONTH_DAYS
    loan.defaulted = 0
    world.employers[employer_row].loan = number


@compiled
def repay(world: Tables, day: int, employer: Row, limited: bool) -> int:
    """Let a loan become a month older, and pay what falls due today.

    Args:
        world: The world.
        day: Day.
        employer: The borrower.
        limited: Whether the borrower pays out of the cash that it has; else it can always pay.

    Returns:
        What the borrower has paid, CNY; NEVER, and nothing is paid, where the cash does not cover all that is due.
    """
    loan = world.loans[employer.loan]
    loan.age += 1
    loan.accrued += int(loan.outstanding * loan.rate / YEAR_MONTHS + 0.5)
    loan.due_day = day + MONTH_DAYS
    principal = _principal_due(loan)
    interest = loan.accrued if principal == loan.outstanding or _pays_interest(loan) else 0
    relief = int(interest * loan.subsidy / loan.rate + 0.5) if loan.subsidy > 0.0 else 0
    if limited and principal + interest - relief > max(0, employer.cash):
        return NEVER
    if relief > 0 and not keep_paying_fixed(world, world.rules.loans.row, relief):
        relief = 0
        if limited and principal + interest > max(0, employer.cash):
            return NEVER
    loan.accrued -= interest
    _bring_down(world, employer, loan, principal)
    return int(principal + interest - relief)


@compiled
def _principal_due(loan: Row) -> int:
    """Return the principal that falls due as a loan reaches its age."""
    if loan.age >= loan.months:
        return int(loan.outstanding)
    if loan.product == Repayment.INSTALMENTS and loan.age > loan.grace:
        return int(min(loan.instalment, loan.outstanding))
    return 0


@compiled
def _pays_interest(loan: Row) -> bool:
    """Tell whether the interest of the last months falls due before the end of a loan."""
    return bool(loan.product != Repayment.BULLET and loan.age % loan.every == 0)


@compiled
def _bring_down(world: Tables, employer: Row, loan: Row, principal: int) -> None:
    """Book principal that is repaid; with the last of it the loan is over."""
    loan.outstanding -= principal
    if loan.scheme == 1:
        world.counts[Count.LOAN_AMOUNT_REPAID] += principal
    if loan.outstanding == 0:
        loan.due_day = NEVER
        employer.loan = NEVER


@compiled
def to_set_aside(world: Tables, employer: Row) -> int:
    """Return what a careful borrower keeps for payments to come: interest run up, and principal by which a steady repayment would be ahead."""
    if employer.loan < 0:
        return 0
    loan = world.loans[employer.loan]
    steady = loan.amount * (loan.months - loan.age) // loan.months
    return int(loan.accrued + max(0, loan.outstanding - steady))


@compiled
def pay_off(world: Tables, employer: Row, money: int) -> int:
    """Let who gives up pay back what the money covers, interest first. Returns what is paid, CNY."""
    if employer.loan < 0 or money <= 0:
        return 0
    loan = world.loans[employer.loan]
    interest = min(money, loan.accrued)
    principal = min(money - interest, loan.outstanding)
    loan.accrued -= interest
    _bring_down(world, employer, loan, principal)
    return int(interest + principal)


@compiled
def default_on_loan(world: Tables, employer: Row) -> None:
    """Write off what a closed borrower owes; the guarantee pays its share of a loan of the scheme."""
    if employer.loan < 0:
        return
    loan = world.loans[employer.loan]
    if loan.outstanding > 0:
        loan.defaulted = 1
        loan.due_day = NEVER
        if loan.scheme == 1:
            world.counts[Count.LOANS_DEFAULTED] += 1
            world.counts[Count.LOAN_AMOUNT_DEFAULTED] += loan.outstanding
            keep_paying_fixed(world, world.rules.loans.row, int(loan.outstanding * world.lenders[loan.lender].guarantee_share))
    employer.loan = NEVER
