"""Phase 11, ventures: people found firms, firms earn, borrow, grow, repay, close."""

from __future__ import annotations

import math

from sim.calendar import MONTH_DAYS, YEAR_MONTHS
from sim.compiled import NEVER, Row, compiled
from sim.draws import Decision, half_variance, normal, uniform
from sim.levers.incubator import cost_saved, give_back_desk
from sim.levers.legal_aid import settle_dispute
from sim.levers.loans import apply_for_bank_loan, apply_for_scheme, default_on_loan, grant_loan, rate_for, registration_days
from sim.levers.mentoring import mentor_founder
from sim.levers.subsidies import grant_for_startup, startup_grant_in_view
from sim.meetings import meet_in_business
from sim.phases.vacancies import replace_leaver, schedule_growth
from sim.rules.help import end_help
from sim.rules.posts import claim_slot, usual_wage
from sim.rules.queues import Queue, call_in, join_queue, open_queue
from sim.rules.searching import begin_search
from sim.rules.services import knows
from sim.rules.utility import value_wanted, value_where_living
from sim.rules.ventures import expected_return, make_firm, schedule_opportunity
from sim.rules.working import break_contract, leave_job
from sim.states import Activity, Cash, Count, Education, Money, Place
from sim.tables import Tables


@compiled
def found_firms(world: Tables, day: int) -> None:
    """Let those who come upon an opportunity decide, and found a firm that promises more than work; loans and grants are asked for in drawn order."""
    open_queue(world, world.rows_in_use.due // MONTH_DAYS)
    for index in range(world.rows_in_use.due):
        identity = world.due[index]
        person = world.people[identity]
        if person.opportunity_day != day:
            continue
        schedule_opportunity(world, day, identity)
        free = person.activity in (Activity.SEARCHING, Activity.EMPLOYED, Activity.INACTIVE)
        if not free or person.place != Place.RESIDENT or not _pays_to_found(world, day, identity):
            continue
        usual = world.rules.behaviour.founding_vocational if person.education == Education.VOCATIONAL else world.rules.behaviour.founding_bachelor
        courage = math.exp(world.rules.behaviour.founding_confidence * person.confidence)
        if uniform(world, Decision.FOUNDING, day, identity, 0) >= min(1.0, usual * courage):
            continue
        join_queue(world, identity, uniform(world, Decision.QUEUE_OF_DAY, day, identity, Queue.FOUNDERS))
    for index in range(call_in(world)):
        _raise_money(world, day, world.queue[index])


@compiled
def _pays_to_found(world: Tables, day: int, identity: int) -> bool:
    """Tell whether the pay that an own firm promises is worth what a job would have to be: more than the one in hand, or the reservation wage."""
    person = world.people[identity]
    promised = world.rules.behaviour.founder_pay_expected * usual_wage(world, person.education)
    return value_where_living(world, person, promised) >= value_wanted(world, day, identity, 0.0)


@compiled
def _raise_money(world: Tables, day: int, identity: int) -> None:
    """Own savings and family pay for most; who is constrained needs a loan for the rest: of the scheme if known, else of a bank."""
    person = world.people[identity]
    spread = world.rules.behaviour.capital_need_spread
    need = int(world.rules.behaviour.capital_need * math.exp(spread * normal(world, Decision.CAPITAL_NEED, day, identity, 0)))
    own = int(world.rules.behaviour.own_savings_share * person.savings)
    expected_grant = startup_grant_in_view(world, person)
    borrowed = 0
    scheme = 0
    lender = NEVER
    rate = rate_for(world, person.leader)
    if person.credit_constrained == 1 and own + expected_grant < need:
        gain = expected_return(world, Decision.BUSINESS_RETURN, day, identity)
        wanted = need - own - expected_grant
        aware = knows(world, person, world.rules.loans.row)
        applied = world.counts[Count.LOANS_APPLIED]
        borrowed, lender = apply_for_scheme(world, day, identity, 0, aware, wanted, gain, rate)
        person.loans_applied += world.counts[Count.LOANS_APPLIED] - applied
        if borrowed > 0:
            scheme = 1
            person.loans_granted += 1
            person.loan_amount += borrowed
        else:
            rate = world.rules.behaviour.bank_rate
            borrowed = apply_for_bank_loan(world, day, identity, 0, wanted, gain)
        if borrowed < int(world.rules.behaviour.loan_part_enough * wanted):
            if scheme == 0:
                return
    grant = grant_for_startup(world, person)
    family = max(0, need - own - borrowed - grant) if person.credit_constrained == 0 else 0
    row = _register(world, day, identity)
    person.savings -= own
    world.ledger[Money.CAPITAL_INVESTED] -= own
    world.employers[row].cash = own + family + borrowed + grant
    world.cashbook[Cash.CAPITAL] += own + family
    world.cashbook[Cash.GRANTS] += grant
    if borrowed > 0:
        world.cashbook[Cash.LOANS_RECEIVED] += borrowed
        months = world.rules.loans.term_months if scheme == 1 else world.rules.behaviour.bank_term_months
        grant_loan(world, day, row, scheme, lender, borrowed, rate, months)


@compiled
def _register(world: Tables, day: int, identity: int) -> int:
    """Leave what the person does, and register the firm."""
    person = world.people[identity]
    if person.contract_day >= 0:
        break_contract(world, person)
    if person.activity == Activity.EMPLOYED:
        if person.employer >= 0:
            replace_leaver(world, day, identity, world.employers[person.employer])
        leave_job(world, day, person)
    luck = normal(world, Decision.REVENUE, 0, identity, 1)
    row = make_firm(world, identity, day, day + registration_days(world), luck)
    if person.first_job_day < 0:
        person.first_job_day = day
        person.first_job_here = 1
    person.firms_founded += 1
    world.counts[Count.STARTUPS_FOUNDED] += 1
    return row


@compiled
def run_firms(world: Tables, day: int) -> None:
    """Once a month start-ups settle their books; established firms may come upon a growth project. In drawn order."""
    open_queue(world, world.rows_in_use.employers // MONTH_DAYS)
    row = 0
    while row < world.rows_in_use.employers:
        employer = world.employers[row]
        if employer.alive == 1:
            _begin_day(world, day, row)
        row += 1 + employer.gone_behind
    for index in range(call_in(world)):
        row = int(world.queue[index])
        employer = world.employers[row]
        if employer.founder < 0:
            _finance_growth(world, day, row)
            schedule_growth(world, day, row)
        else:
            mentor_founder(world, day, employer, world.people[employer.founder])
            meet_in_business(world, day, row)
            _month_of_startup(world, day, row)


@compiled
def _begin_day(world: Tables, day: int, row: int) -> None:
    """Pay what is due; who has a growth project, or a month to settle, joins the queue."""
    employer = world.employers[row]
    if employer.founder < 0:
        if employer.growth_day == day:
            join_queue(world, row, uniform(world, Decision.QUEUE_OF_DAY, day, row, Queue.FIRMS))
        if employer.loan >= 0 and world.loans[employer.loan].due_day == day:
            _repay(world, day, employer)
    elif employer.handed_on == 1:
        _wind_up(world, day, employer)
    elif day > employer.founded_day and (day - employer.founded_day) % MONTH_DAYS == 0:
        join_queue(world, row, uniform(world, Decision.QUEUE_OF_DAY, day, employer.founder, Queue.STARTUPS))


@compiled
def _wind_up(world: Tables, day: int, employer: Row) -> None:
    """A firm that was handed on pays what it owes; once its young staff has left, it is out of sight."""
    if employer.loan >= 0:
        if world.loans[employer.loan].due_day == day:
            _repay(world, day, employer)
    elif employer.staff + employer.pending == 0:
        employer.alive = 0
        employer.closed_day = day


@compiled
def _finance_growth(world: Tables, day: int, row: int) -> None:
    """A firm with a growth project borrows if the project pays, and plans the posts that the investment carries."""
    employer = world.employers[row]
    if employer.loan >= 0:
        return
    spread = world.rules.behaviour.growth_need_spread
    need = int(world.rules.behaviour.growth_need * math.exp(spread * normal(world, Decision.GROWTH_NEED, day, row, 0)))
    gain = expected_return(world, Decision.GROWTH_RETURN, day, row)
    scheme = 1
    rate = rate_for(world, 0)
    months = world.rules.loans.term_months
    borrowed, lender = apply_for_scheme(world, day, row, 1, employer.aware_of_loans == 1, need, gain, rate)
    if borrowed == 0:
        scheme = 0
        rate = world.rules.behaviour.bank_rate
        months = world.rules.behaviour.bank_term_months
        borrowed = apply_for_bank_loan(world, day, row, 1, need, gain)
    if borrowed > 0:
        grant_loan(world, day, row, scheme, lender, borrowed, rate, months)
        employer.target_staff += int(borrowed / world.rules.behaviour.capital_per_post + 0.5)


@compiled
def _repay(world: Tables, day: int, employer: Row) -> int:
    """Pay the instalment and interest of one month. Returns what was paid, CNY."""
    loan = world.loans[employer.loan]
    principal = min(loan.instalment, loan.outstanding)
    interest = int(loan.outstanding * loan.rate / YEAR_MONTHS + 0.5)
    loan.outstanding -= principal
    loan.due_day = day + MONTH_DAYS
    if loan.scheme == 1:
        world.counts[Count.LOAN_AMOUNT_REPAID] += principal
    if loan.outstanding == 0:
        loan.due_day = NEVER
        employer.loan = NEVER
    return principal + interest


@compiled
def _month_of_startup(world: Tables, day: int, row: int) -> None:
    """Revenue with risk, costs, wages, the loan; then hire, take profit, or close."""
    employer = world.employers[row]
    person = world.people[employer.founder]
    noise = world.rules.behaviour.revenue_noise
    shock = noise * normal(world, Decision.REVENUE, day, employer.founder, 2) - half_variance(noise)
    own = world.rules.behaviour.monthly_revenue * employer.productivity * math.exp(employer.business_skill + employer.learned + shock)
    selling = min(1.0, max(0.0, (day - employer.opening_day) / MONTH_DAYS))
    of_staff = employer.staff * world.rules.behaviour.revenue_per_staff * math.exp(world.rules.behaviour.staff_revenue_swing * shock)
    revenue = int(selling * (own + of_staff))
    costs = int(world.rules.behaviour.running_cost) - cost_saved(world, day, employer, person)
    employer.cash += revenue - costs - employer.wage_bill
    world.cashbook[Cash.REVENUE] += revenue
    world.cashbook[Cash.RUNNING_COSTS] -= costs
    world.cashbook[Cash.WAGES] -= employer.wage_bill
    settle_dispute(world, day, employer, person)
    if employer.loan >= 0:
        paid = _repay(world, day, employer)
        employer.cash -= paid
        world.cashbook[Cash.LOANS_REPAID] -= paid
    if employer.cash < 0:
        _close_startup(world, day, row)
        return
    monthly_cost = costs + employer.wage_bill
    spare = employer.cash - int(world.rules.behaviour.founder_reserve_months * monthly_cost)
    if spare > 0:
        pay = int(world.rules.behaviour.founder_pay_share * min(spare, revenue))
        employer.cash -= pay
        person.savings += pay
        world.cashbook[Cash.PROFITS_TAKEN] -= pay
        world.ledger[Money.PROFITS] += pay
    if employer.cash > world.rules.behaviour.hire_reserve_months * monthly_cost and employer.target_staff <= employer.staff:
        employer.target_staff += 1
        if employer.slots == 0:
            claim_slot(world, day, row)


@compiled
def _close_startup(world: Tables, day: int, row: int) -> None:
    """Close a start-up: the loan defaults, the founder searches for work, the staff is let go at the next phase of work."""
    employer = world.employers[row]
    world.cashbook[Cash.CLOSED] -= employer.cash
    employer.cash = 0
    default_on_loan(world, employer)
    give_back_desk(world, employer)
    if employer.mentor >= 0:
        world.mentors[employer.mentor].mentees -= 1
        employer.mentor = NEVER
    employer.alive = 0
    employer.closed_day = day
    employer.target_staff = 0
    identity = employer.founder
    person = world.people[identity]
    person.employer = NEVER
    end_help(person)
    begin_search(world, day, identity)
    world.counts[Count.STARTUPS_CLOSED] += 1
