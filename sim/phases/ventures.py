"""Phase 11, ventures: people found firms, firms earn, borrow, grow, repay, close."""

from __future__ import annotations

import math

from sim.calendar import MONTH_DAYS, YEAR_MONTHS
from sim.compiled import NEVER, Row, compiled
from sim.draws import Decision, half_variance, normal, uniform
from sim.fetching import AHEAD, fetch
from sim.levers.incubator import cost_saved
from sim.levers.legal_aid import settle_dispute
from sim.levers.mentoring import mentor_founder
from sim.levers.subsidies import grant_for_startup, startup_grant_in_view
from sim.meetings import meet_in_business
from sim.phases.closing import close_startup, pay_founder
from sim.phases.financing import finance_growth, gather_money, grow, opening_day, take_loan
from sim.phases.vacancies import replace_leaver, schedule_growth
from sim.rules.lending import repay, to_set_aside
from sim.rules.offers import refuse_offers
from sim.rules.posts import claim_slot
from sim.rules.queues import Queue, call_in, join_queue, open_queue
from sim.rules.utility import cost_here, cost_where_living, left_wanted, pull_of_region, value_wanted
from sim.rules.ventures import (
    believed_market,
    capacity,
    invest,
    make_firm,
    market_of_idea,
    need_of_idea,
    profit_at,
    schedule_opportunity,
)
from sim.rules.working import break_contract, leave_job
from sim.states import Activity, Cash, Count, Money, Place
from sim.tables import Tables


@compiled
def found_firms(world: Tables, day: int) -> None:
    """Let those who have an idea weigh it against work, and found a firm that promises more; loans and grants are asked for in drawn order."""
    open_queue(world, world.rows_in_use.due // MONTH_DAYS)
    for index in range(world.rows_in_use.due):
        identity = world.due[index]
        person = world.people[identity]
        if person.opportunity_day != day:
            continue
        schedule_opportunity(world, day, identity)
        free = person.activity in (Activity.SEARCHING, Activity.EMPLOYED, Activity.INACTIVE)
        if free and person.place == Place.RESIDENT and _found(world, day, identity, in_earnest=False):
            join_queue(world, identity, uniform(world, Decision.QUEUE_OF_DAY, day, identity, Queue.FOUNDERS))
    for index in range(call_in(world)):
        _found(world, day, world.queue[index], in_earnest=True)


@compiled
def wage_forgone(world: Tables, day: int, identity: int) -> float:
    """Return what an own firm has to pay to be worth what a job would have to be, CNY a month: the one in hand, or one at the reservation."""
    person = world.people[identity]
    left = math.exp(value_wanted(world, day, identity, 0.0) - pull_of_region(world, person))
    return left + cost_here(world, person, person.district)


@compiled
def _found(world: Tables, day: int, identity: int, in_earnest: bool) -> bool:
    """Weigh today's idea with the money that is within reach; in earnest, ask for it, and found the firm if it still promises more than work."""
    person = world.people[identity]
    need = need_of_idea(world, day, identity)
    market = market_of_idea(world, day, identity, need)
    believed = believed_market(world, person, market)
    least = max(1.0, wage_forgone(world, day, identity))
    grant = startup_grant_in_view(world, person)
    own, family, borrowed, scheme, lender, pay = gather_money(world, day, identity, believed, need, grant, least, in_earnest)
    if pay < least or world.rows_in_use.employers >= world.employers.size:
        return False
    if not in_earnest:
        return True
    grant = grant_for_startup(world, person)
    row = _register(world, day, identity, market, need)
    employer = world.employers[row]
    employer.sales_expected = believed * capacity(world, need, float(own + family + borrowed + grant))
    employer.family = family
    employer.cash = own + family + grant
    person.savings -= own
    world.ledger[Money.CAPITAL_INVESTED] -= own
    world.cashbook[Cash.CAPITAL] += own + family
    world.cashbook[Cash.GRANTS] += grant
    if borrowed > 0:
        take_loan(world, day, row, scheme, lender, borrowed)
    invest(world, employer, own + family + borrowed + grant)
    return True


@compiled
def _register(world: Tables, day: int, identity: int, market: float, need: int) -> int:
    """Leave what the person does, and register the firm: what its market will be, nobody knows beforehand."""
    person = world.people[identity]
    refuse_offers(world, day, identity)
    if person.contract_day >= 0:
        break_contract(world, person)
    if person.activity == Activity.EMPLOYED:
        if person.employer >= 0:
            replace_leaver(world, day, identity, world.employers[person.employer])
        leave_job(world, day, person)
    surprise = math.exp(world.rules.behaviour.idea_surprise * normal(world, Decision.IDEA_SURPRISE, day, identity, 0))
    row = make_firm(world, identity, day, opening_day(world, day), market * surprise, need)
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
    world.rows_in_use.startups = 0
    row = 0
    while row < world.rows_in_use.employers:
        fetch(world.employers, row + AHEAD, 0)
        employer = world.employers[row]
        if employer.alive == 1:
            world.rows_in_use.startups += int(employer.founder >= 0)
            _begin_day(world, day, row)
        row += 1 + employer.gone_behind
    for index in range(call_in(world)):
        row = int(world.queue[index])
        employer = world.employers[row]
        if employer.founder < 0:
            finance_growth(world, day, row)
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
            repay(world, day, employer, limited=False)
    elif employer.handed_on == 1:
        _wind_up(world, day, employer)
    elif day > employer.founded_day and (day - employer.founded_day) % MONTH_DAYS == 0:
        join_queue(world, row, uniform(world, Decision.QUEUE_OF_DAY, day, employer.founder, Queue.STARTUPS))


@compiled
def _wind_up(world: Tables, day: int, employer: Row) -> None:
    """A firm that was handed on pays what it owes; once its young staff has left, it is out of sight."""
    if employer.loan >= 0:
        if world.loans[employer.loan].due_day == day:
            repay(world, day, employer, limited=False)
    elif employer.staff + employer.pending == 0:
        employer.alive = 0
        employer.closed_day = day


@compiled
def _month_of_startup(world: Tables, day: int, row: int) -> None:
    """Sales with risk, costs, wages, the loan; then give up, or pay family and founder, grow and hire."""
    employer = world.employers[row]
    person = world.people[employer.founder]
    behaviour = world.rules.behaviour
    revenue = _sell(world, day, employer)
    costs = int(behaviour.running_cost + behaviour.sales_cost * revenue) - cost_saved(world, day, employer, person)
    employer.cash += revenue - costs - employer.wage_bill
    world.cashbook[Cash.REVENUE] += revenue
    world.cashbook[Cash.RUNNING_COSTS] -= costs
    world.cashbook[Cash.WAGES] -= employer.wage_bill
    settle_dispute(world, day, employer, person)
    had_loan = employer.loan >= 0
    paid = repay(world, day, employer, limited=True) if had_loan else 0
    if paid > 0:
        employer.cash -= paid
        world.cashbook[Cash.LOANS_REPAID] -= paid
    if paid == NEVER or employer.cash < 0 or _gives_up(world, day, employer, person):
        close_startup(world, day, row)
        return
    monthly_cost = costs + employer.wage_bill
    _share_profit(world, employer, person, revenue, monthly_cost)
    grow(world, day, row, monthly_cost, had_loan)
    _hire(world, day, row, monthly_cost)


@compiled
def _sell(world: Tables, day: int, employer: Row) -> int:
    """One month's sales, CNY: what the market takes, as far as those at work can serve it; the founder learns from it, and the market moves on."""
    behaviour = world.rules.behaviour
    selling = min(1.0, max(0.0, (day - employer.opening_day) / MONTH_DAYS))
    noise = behaviour.revenue_noise
    luck = noise * normal(world, Decision.REVENUE, day, employer.founder, 2) - half_variance(noise)
    usual = employer.market * capacity(world, employer.need, float(employer.capital)) * math.exp(employer.business_skill + employer.learned)
    demand = usual * math.exp(luck)
    if selling == 1.0 and demand > 0.0 and employer.sales_expected > 0.0:
        news = math.log(demand / employer.sales_expected) + half_variance(noise)
        employer.sales_expected *= math.exp(behaviour.sales_memory * news)
    employer.market *= math.exp(behaviour.market_drift * normal(world, Decision.MARKET_DRIFT, day, employer.founder, 0))
    return int(selling * min(demand, (1 + employer.staff) * behaviour.revenue_per_staff))


@compiled
def _gives_up(world: Tables, day: int, employer: Row, person: Row) -> bool:
    """Tell whether a founder has second thoughts, and finds that the firm leaves less than the pay for which he or she would search."""
    if uniform(world, Decision.SECOND_THOUGHTS, day, employer.founder, 0) >= world.rules.behaviour.second_thoughts:
        return False
    return profit_at(world, employer.sales_expected) < math.exp(left_wanted(world, day, person)) + cost_where_living(world, person)


@compiled
def _share_profit(world: Tables, employer: Row, person: Row, revenue: int, monthly_cost: int) -> None:
    """Out of what can be spared, return a part of the family's money with what it asks for it; of the rest the founder takes a share."""
    behaviour = world.rules.behaviour
    spare = employer.cash - int(behaviour.founder_reserve_months * monthly_cost) - to_set_aside(world, employer)
    if spare <= 0:
        return
    if employer.family > 0:
        asked = int(employer.family * behaviour.family_rate / YEAR_MONTHS + 0.5)
        part = (employer.family + behaviour.family_return_months - 1) // behaviour.family_return_months
        returned = min(spare, asked + part)
        employer.family -= max(0, returned - asked)
        employer.cash -= returned
        spare -= returned
        world.cashbook[Cash.FAMILY_REPAID] -= returned
    pay = int(behaviour.founder_pay_share * min(spare, revenue))
    employer.cash -= pay
    pay_founder(world, person, pay)


@compiled
def _hire(world: Tables, day: int, row: int, monthly_cost: int) -> None:
    """Want one more person where those at work cannot serve what is asked for, and cash is there; want fewer where they are not needed."""
    employer = world.employers[row]
    behaviour = world.rules.behaviour
    busy = int(employer.sales_expected / max(1.0, behaviour.revenue_per_staff))
    if employer.target_staff > busy:
        employer.target_staff = max(employer.staff + employer.pending, busy)
    elif employer.target_staff < busy and employer.target_staff <= employer.staff and employer.cash > behaviour.hire_reserve_months * monthly_cost:
        employer.target_staff += 1
        if employer.slots == 0:
            claim_slot(world, day, row)
