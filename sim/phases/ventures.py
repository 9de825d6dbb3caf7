"""Phase 11, ventures: people found firms, firms earn, borrow, grow, repay, close."""

from __future__ import annotations

import math

from sim.compiled import NEVER, Integers, Row, Rows, compiled
from sim.draws import Decision, normal, uniform
from sim.phases.vacancies import replace_leaver, schedule_growth
from sim.policies.incubator import cost_saved, give_back_desk
from sim.policies.legal_aid import settle_dispute
from sim.policies.loans import apply_for_bank_loan, apply_for_scheme, default_on_loan, grant_loan, rate_for, registration_days
from sim.policies.mentoring import mentor_founder
from sim.policies.subsidies import grant_for_startup, startup_grant_in_view
from sim.rules.posts import claim_slot
from sim.rules.searching import begin_search, end_search
from sim.rules.services import knows
from sim.rules.ventures import schedule_opportunity
from sim.rules.working import break_contract, leave_job
from sim.states import Activity, Cash, Count, Education, LeverId, Money, Place

MONTH_DAYS = 30
CASH_TO_HIRE_MONTHS = 4
FOUNDER_PAY_SHARE = 0.6


@compiled
def found_firms(
    rules: Row, day: int, people: Rows, employers: Rows, posts: Rows, loans: Rows, lenders: Rows, services: Rows,
    ledger: Integers, cashbook: Integers, due: Integers, tables: Row, counts: Integers,
) -> None:  # fmt: skip
    """Let those who come upon an opportunity decide, and found a firm if they can pay for it."""
    for index in range(tables.due):
        identity = due[index]
        person = people[identity]
        if person.opportunity_day != day:
            continue
        schedule_opportunity(rules, day, identity, person)
        free = person.activity in (Activity.SEARCHING, Activity.EMPLOYED, Activity.INACTIVE)
        if not free or person.place != Place.RESIDENT:
            continue
        usual = rules.founding_vocational if person.education == Education.VOCATIONAL else rules.founding_bachelor
        if uniform(rules, Decision.FOUNDING, day, identity, 0) >= min(1.0, usual * math.exp(0.3 * person.confidence)):
            continue
        _raise_money(rules, day, identity, people, employers, posts, loans, lenders, services, ledger, cashbook, tables, counts)


@compiled
def _raise_money(
    rules: Row, day: int, identity: int, people: Rows, employers: Rows, posts: Rows, loans: Rows, lenders: Rows,
    services: Rows, ledger: Integers, cashbook: Integers, tables: Row, counts: Integers,
) -> None:  # fmt: skip
    """Own savings and family pay for most; who is constrained needs a loan for the rest: of the scheme if known, else of a bank."""
    person = people[identity]
    need = int(rules.capital_need * math.exp(0.6 * normal(rules, Decision.CAPITAL_NEED, day, identity, 0)))
    own = person.savings // 2
    expected_grant = startup_grant_in_view(rules, person, services)
    borrowed = 0
    scheme = 0
    lender = NEVER
    rate = rate_for(rules, person.leader)
    if person.credit_constrained == 1 and own + expected_grant < need:
        gain = rules.business_return * math.exp(0.7 * normal(rules, Decision.BUSINESS_RETURN, day, identity, 0))
        wanted = need - own - expected_grant
        aware = knows(person, services, LeverId.LOANS)
        applied = counts[Count.LOANS_APPLIED]
        borrowed, lender = apply_for_scheme(rules, day, identity, 0, aware, wanted, gain, rate, lenders, services, counts)
        person.loans_applied += counts[Count.LOANS_APPLIED] - applied
        if borrowed > 0:
            scheme = 1
            person.loans_granted += 1
            person.loan_amount += borrowed
        else:
            rate = rules.bank_rate
            borrowed = apply_for_bank_loan(rules, day, identity, 0, wanted, gain, counts)
        if borrowed < wanted * 3 // 4:
            if scheme == 0:
                return
    grant = grant_for_startup(rules, person, services, counts)
    family = max(0, need - own - borrowed - grant) if person.credit_constrained == 0 else 0
    row = _register(rules, day, identity, people, employers, posts, tables, counts)
    employers[row].opening_day = day + registration_days(rules, services)
    person.savings -= own
    ledger[Money.CAPITAL_INVESTED] -= own
    employers[row].cash = own + family + borrowed + grant
    cashbook[Cash.CAPITAL] += own + family
    cashbook[Cash.GRANTS] += grant
    if borrowed > 0:
        cashbook[Cash.LOANS_RECEIVED] += borrowed
        months = rules.loans_term_months if scheme == 1 else 36
        grant_loan(day, row, employers, scheme, lender, borrowed, rate, months, loans, tables)


@compiled
def _register(
    rules: Row, day: int, identity: int, people: Rows, employers: Rows, posts: Rows, tables: Row, counts: Integers,
) -> int:  # fmt: skip
    """Register the firm: a new employer."""
    person = people[identity]
    if person.contract_day >= 0:
        break_contract(person, posts, employers, counts)
    if person.activity == Activity.EMPLOYED:
        if person.employer >= 0:
            replace_leaver(rules, day, identity, employers[person.employer])
        leave_job(day, person, employers, counts)
    row = tables.employers
    tables.employers += 1
    employer = employers[row]
    employer.alive = 1
    employer.district = person.district
    employer.industry = person.field
    employer.wage_level = 0.95
    employer.skill_bar = rules.skill_bar_mean - 0.3
    employer.founder = identity
    employer.founded_day = day
    employer.business_skill = 0.1 * person.skill + person.business_training
    employer.productivity = math.exp(rules.idea_spread * normal(rules, Decision.REVENUE, 0, identity, 1))
    employer.first_slot = 0
    employer.slots = 0
    person.activity = Activity.FOUNDER
    person.employer = row
    person.return_day = NEVER
    end_search(person)
    if person.first_job_day < 0:
        person.first_job_day = day
        person.first_job_here = 1
    person.firms_founded += 1
    counts[Count.STARTUPS_FOUNDED] += 1
    return row


@compiled
def run_firms(
    rules: Row, day: int, people: Rows, employers: Rows, slots: Rows, fields: Rows, loans: Rows, lenders: Rows, mentors: Rows, services: Rows,
    ledger: Integers, cashbook: Integers, tables: Row, counts: Integers,
) -> None:  # fmt: skip
    """Once a month start-ups settle their books; established firms may come upon a growth project."""
    for row in range(tables.employers):
        employer = employers[row]
        if employer.alive == 0:
            continue
        if employer.founder < 0:
            if employer.growth_day == day:
                _finance_growth(rules, day, row, employers, loans, lenders, services, tables, counts)
                schedule_growth(rules, day, row, employer)
            if employer.loan >= 0 and loans[employer.loan].due_day == day:
                _repay(day, employer, loans, counts)
        elif day > employer.founded_day and (day - employer.founded_day) % MONTH_DAYS == 0:
            founder = people[employer.founder]
            mentor_founder(rules, day, employer, founder, mentors, services, counts)
            _month_of_startup(rules, day, row, people, employers, slots, fields, loans, lenders, mentors, services, ledger, cashbook, counts)


@compiled
def _finance_growth(
    rules: Row, day: int, row: int, employers: Rows, loans: Rows, lenders: Rows, services: Rows, tables: Row, counts: Integers,
) -> None:  # fmt: skip
    """A firm with a growth project borrows if the project pays, and plans the posts that the investment carries."""
    employer = employers[row]
    if employer.loan >= 0:
        return
    need = int(rules.growth_need * math.exp(0.6 * normal(rules, Decision.GROWTH_NEED, day, row, 0)))
    gain = rules.business_return * math.exp(0.7 * normal(rules, Decision.GROWTH_RETURN, day, row, 0))
    scheme = 1
    rate = rate_for(rules, 0)
    months = rules.loans_term_months
    borrowed, lender = apply_for_scheme(rules, day, row, 1, employer.aware_of_loans == 1, need, gain, rate, lenders, services, counts)
    if borrowed == 0:
        scheme = 0
        rate = rules.bank_rate
        months = 36
        borrowed = apply_for_bank_loan(rules, day, row, 1, need, gain, counts)
    if borrowed > 0:
        grant_loan(day, row, employers, scheme, lender, borrowed, rate, months, loans, tables)
        employer.target_staff += int(borrowed / rules.capital_per_post + 0.5)


@compiled
def _repay(day: int, employer: Row, loans: Rows, counts: Integers) -> int:
    """Pay the instalment and interest of one month. Returns what was paid, CNY."""
    loan = loans[employer.loan]
    principal = min(loan.instalment, loan.outstanding)
    interest = int(loan.outstanding * loan.rate / 12.0 + 0.5)
    loan.outstanding -= principal
    loan.due_day = day + MONTH_DAYS
    if loan.scheme == 1:
        counts[Count.LOAN_AMOUNT_REPAID] += principal
    if loan.outstanding == 0:
        loan.due_day = NEVER
        employer.loan = NEVER
    return principal + interest


@compiled
def _month_of_startup(
    rules: Row, day: int, row: int, people: Rows, employers: Rows, slots: Rows, fields: Rows, loans: Rows, lenders: Rows, mentors: Rows,
    services: Rows, ledger: Integers, cashbook: Integers, counts: Integers,
) -> None:  # fmt: skip
    """Revenue with risk, costs, wages, the loan; then hire, take profit, or close."""
    employer = employers[row]
    person = people[employer.founder]
    shock = rules.revenue_noise * normal(rules, Decision.REVENUE, day, employer.founder, 2) - 0.5 * rules.revenue_noise * rules.revenue_noise
    own = rules.monthly_revenue * employer.productivity * math.exp(employer.business_skill + employer.learned + shock)
    selling = min(1.0, max(0.0, (day - employer.opening_day) / MONTH_DAYS))
    revenue = int(selling * (own + employer.staff * rules.revenue_per_staff * math.exp(0.5 * shock)))
    costs = int(rules.running_cost) - cost_saved(rules, day, employer, person, services)
    employer.cash += revenue - costs - employer.wage_bill
    cashbook[Cash.REVENUE] += revenue
    cashbook[Cash.RUNNING_COSTS] -= costs
    cashbook[Cash.WAGES] -= employer.wage_bill
    settle_dispute(rules, day, employer, person, services, cashbook, counts)
    if employer.loan >= 0:
        paid = _repay(day, employer, loans, counts)
        employer.cash -= paid
        cashbook[Cash.LOANS_REPAID] -= paid
    if employer.cash < 0:
        _close_startup(rules, day, row, people, employers, loans, lenders, mentors, services, cashbook, counts)
        return
    monthly_cost = costs + employer.wage_bill
    spare = employer.cash - 2 * monthly_cost
    if spare > 0:
        pay = int(FOUNDER_PAY_SHARE * min(spare, revenue))
        employer.cash -= pay
        person.savings += pay
        cashbook[Cash.PROFITS_TAKEN] -= pay
        ledger[Money.PROFITS] += pay
    if employer.cash > CASH_TO_HIRE_MONTHS * monthly_cost and employer.target_staff <= employer.staff:
        employer.target_staff += 1
        if employer.slots == 0:
            claim_slot(rules, day, row, employer, fields, slots)


@compiled
def _close_startup(
    rules: Row, day: int, row: int, people: Rows, employers: Rows, loans: Rows, lenders: Rows, mentors: Rows, services: Rows,
    cashbook: Integers, counts: Integers,
) -> None:  # fmt: skip
    """Close a start-up: the loan defaults, the founder searches for work, the staff is let go at the next phase of work."""
    employer = employers[row]
    cashbook[Cash.CLOSED] -= employer.cash
    employer.cash = 0
    default_on_loan(employer, loans, lenders, services, counts)
    give_back_desk(employer, services)
    if employer.mentor >= 0:
        mentors[employer.mentor].mentees -= 1
        employer.mentor = NEVER
    employer.alive = 0
    employer.closed_day = day
    employer.target_staff = 0
    identity = employer.founder
    person = people[identity]
    person.employer = NEVER
    person.reservation_wage = rules.reservation_share * person.expected_wage
    begin_search(rules, day, identity, person)
    counts[Count.STARTUPS_CLOSED] += 1
