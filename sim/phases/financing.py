"""How founders and firms come by money: own savings, then whatever is cheapest of family, scheme and bank, as far as it earns its price."""

from __future__ import annotations

import math

from sim.calendar import MONTH_DAYS, YEAR_MONTHS
from sim.compiled import NEVER, Row, compiled
from sim.draws import Decision, normal, uniform
from sim.levers.loans import (
    OF_FIRMS,
    OF_FOUNDERS,
    OF_YOUNG_FIRMS,
    apply_for_bank_loan,
    apply_for_scheme,
    cut_for,
    is_approved_in_advance,
    rate_for,
    rate_to_pay,
    registration_days,
    scheme_lends,
)
from sim.rules.lending import grant_loan, has_row, to_set_aside
from sim.rules.services import firm_knows, knows
from sim.rules.ventures import capacity, expected_return, invest, price_of_money, profit_at, worth_having
from sim.states import Cash
from sim.tables import Tables


@compiled
def pay_promised(world: Tables, market: float, need: int, capital: int, given: int, interest: float) -> float:
    """Return what a firm promises its founder a month, CNY.

    Args:
        world: The world.
        market: What the founder believes to sell with all the money that the idea needs, CNY a month.
        need: That money, CNY.
        capital: Money that there is, CNY: it is used up over the time looked ahead.
        given: Part of it that is a gift, CNY.
        interest: What the rest costs a year, CNY.
    """
    profit = profit_at(world, market * capacity(world, need, float(capital)))
    return profit - (capital - given) * price_of_money(world, 0.0) - interest / YEAR_MONTHS


@compiled
def gather_money(
    world: Tables, day: int, identity: int, market: float, need: int, grant: int, least_pay: float, asks: bool
) -> tuple[int, int, int, int, int, float]:
    """Put together the money for a firm: own savings first, then what is cheapest, each as far as its last yuan earns its price.

    Args:
        world: The world.
        day: Day.
        identity: Row of the founder.
        market: What the founder believes to sell with all the money that the idea needs, CNY a month.
        need: That money, CNY.
        grant: Money that is given, CNY.
        least_pay: What the firm has to promise a month, CNY: who would not found with a loan does not ask for it.
        asks: Whether a loan is asked for; else it is taken to be granted.

    Returns:
        Money of the founder, of the family, and borrowed, CNY; 1 where a loan is of the scheme; its lender; what the firm promises a month, CNY.
    """
    person = world.people[identity]
    behaviour = world.rules.behaviour
    have = grant
    own = int(max(0.0, min(behaviour.own_savings_share * person.savings, worth_having(world, market, need, price_of_money(world, 0.0)) - have)))
    have += own
    family = 0
    cut = cut_for(world, person)
    knows_scheme = scheme_lends(world, knows(world, person, world.rules.loans.row))
    cheapest = behaviour.bank_rate
    if knows_scheme:
        cheapest = min(cheapest, rate_to_pay(world, cut))
    family_first = behaviour.family_rate <= cheapest + behaviour.loan_hassle
    if family_first:
        family = from_family(world, identity, market, need, have)
        have += family
    dear = family * behaviour.family_rate
    borrowed = 0
    scheme = 0
    lender = NEVER
    for attempt in range(2):
        of_scheme = (attempt == 0) == (knows_scheme and rate_to_pay(world, cut) <= behaviour.bank_rate)
        if of_scheme and not knows_scheme:
            continue
        amount = loan_wanted(world, market, need, have, of_scheme, cut)
        rate = (rate_to_pay(world, cut) if of_scheme else behaviour.bank_rate) + behaviour.loan_hassle
        if amount == 0 or pay_promised(world, market, need, have + amount, grant, dear + amount * rate) < least_pay:
            continue
        granted = True
        if asks:
            granted, lender = ask_for_loan(world, day, identity, OF_FOUNDERS, of_scheme, amount)
        if granted:
            borrowed = amount
            scheme = 1 if of_scheme else 0
            dear += amount * rate
            have += amount
            break
    if not family_first:
        family = from_family(world, identity, market, need, have)
        have += family
        dear += family * behaviour.family_rate
    return own, family, borrowed, scheme, lender, pay_promised(world, market, need, have, grant, dear)


@compiled
def from_family(world: Tables, identity: int, market: float, need: int, have: int) -> int:
    """Return what the family puts in, CNY: up to what it can, and as far as it earns what the family asks for it."""
    person = world.people[identity]
    behaviour = world.rules.behaviour
    if person.credit_constrained == 1 or person.home_owner == 1:
        return 0
    means = behaviour.home_family_means * math.exp(behaviour.home_means_spread * normal(world, Decision.HOME_MEANS, 0, identity, 0))
    wanted = worth_having(world, market, need, price_of_money(world, behaviour.family_rate)) - have
    return int(max(0.0, min(behaviour.family_for_firm * means, wanted)))


@compiled
def loan_wanted(world: Tables, market: float, need: int, have: int, of_scheme: bool, cut: float) -> int:
    """Return the loan that is worth its rate and the trouble, beside the money there is, CNY: nothing, or no less than is worth the trouble."""
    behaviour = world.rules.behaviour
    rate = rate_to_pay(world, cut) if of_scheme else behaviour.bank_rate
    wanted = worth_having(world, market, need, price_of_money(world, rate + behaviour.loan_hassle)) - have
    if of_scheme:
        wanted = min(wanted, float(world.rules.loans.ceiling))
    return int(wanted) if wanted >= max(1.0, behaviour.loan_least) else 0


@compiled
def ask_for_loan(world: Tables, day: int, identity: int, purpose: int, of_scheme: bool, amount: int) -> tuple[bool, int]:
    """Let a founder ask for a loan. Returns whether it is granted, and the lender of the scheme."""
    if not has_row(world):
        return False, NEVER
    if not of_scheme:
        return apply_for_bank_loan(world, day, identity, purpose, amount), NEVER
    person = world.people[identity]
    person.loans_applied += 1
    lender = apply_for_scheme(world, day, identity, purpose, amount)
    if lender < 0:
        return False, NEVER
    person.loans_granted += 1
    person.loan_amount += amount
    return True, lender


@compiled
def rate_of(world: Tables, person: Row, scheme: int) -> float:
    """Return the rate at which a lender lends to a person: of it the programme may pay a part."""
    return rate_for(world, cut_for(world, person)) if scheme == 1 else world.rules.behaviour.bank_rate


@compiled
def take_loan(world: Tables, day: int, row: int, scheme: int, lender: int, amount: int) -> None:
    """Let a start-up have a loan that was granted."""
    employer = world.employers[row]
    employer.cash += amount
    world.cashbook[Cash.LOANS_RECEIVED] += amount
    grant_loan(world, day, row, scheme, lender, amount, rate_of(world, world.people[employer.founder], scheme))


@compiled
def grow(world: Tables, day: int, row: int, monthly_cost: int, had_loan: bool) -> None:
    """Let a start-up that more money would help put in what it can spare, or ask for a loan: now and then; in a park that lends, at any time."""
    employer = world.employers[row]
    behaviour = world.rules.behaviour
    served = capacity(world, employer.need, float(employer.capital))
    if served >= 1.0 or served <= 0.0:
        return
    market = employer.sales_expected / served
    spare = employer.cash - int(behaviour.hire_reserve_months * monthly_cost) - to_set_aside(world, employer)
    more = int(worth_having(world, market, employer.need, price_of_money(world, 0.0))) - employer.capital
    if min(spare, more) > 0:
        invest(world, employer, min(spare, more))
        return
    known_for = day - employer.founded_day
    if had_loan or more <= 0 or known_for < MONTH_DAYS * behaviour.growth_after_months:
        return
    in_advance = is_approved_in_advance(world, employer.founder)
    if not in_advance and uniform(world, Decision.GROWTH_OPPORTUNITY, day, employer.founder, 1) >= behaviour.growth_per_year / YEAR_MONTHS:
        return
    amount, scheme, lender = _borrow_to_grow(world, day, employer, market, in_advance)
    if amount > 0:
        take_loan(world, day, row, scheme, lender, amount)
        invest(world, employer, amount)


@compiled
def _borrow_to_grow(world: Tables, day: int, employer: Row, market: float, in_advance: bool) -> tuple[int, int, int]:
    """Ask for a loan to grow, the cheaper lender first. Returns the amount, 1 where it is of the scheme, and its lender."""
    person = world.people[employer.founder]
    cut = cut_for(world, person)
    knows_scheme = in_advance or scheme_lends(world, knows(world, person, world.rules.loans.row))
    scheme_first = knows_scheme and rate_to_pay(world, cut) <= world.rules.behaviour.bank_rate
    for attempt in range(2):
        of_scheme = (attempt == 0) == scheme_first
        if of_scheme and not knows_scheme:
            continue
        amount = loan_wanted(world, market, employer.need, employer.capital, of_scheme, cut)
        if amount > 0:
            granted, lender = ask_for_loan(world, day, employer.founder, OF_YOUNG_FIRMS, of_scheme, amount)
            if granted:
                return amount, 1 if of_scheme else 0, lender
    return 0, 0, NEVER


@compiled
def opening_day(world: Tables, day: int) -> int:
    """Return the first day on which a firm that is founded today may sell."""
    return day + registration_days(world)


@compiled
def finance_growth(world: Tables, day: int, row: int) -> None:
    """An established firm with a growth project borrows if the project pays, and plans the posts that the investment carries."""
    employer = world.employers[row]
    if employer.loan >= 0 or not has_row(world):
        return
    spread = world.rules.behaviour.growth_need_spread
    need = int(world.rules.behaviour.growth_need * math.exp(spread * normal(world, Decision.GROWTH_NEED, day, row, 0)))
    gain = expected_return(world, Decision.GROWTH_RETURN, day, row) - world.rules.behaviour.loan_hassle
    borrowed = 0
    scheme = 0
    lender = NEVER
    rate = rate_for(world, 0.0)
    if scheme_lends(world, firm_knows(world, employer, world.rules.loans.row)) and gain >= rate_to_pay(world, 0.0):
        lender = apply_for_scheme(world, day, row, OF_FIRMS, min(need, world.rules.loans.firm_ceiling))
        if lender >= 0:
            scheme = 1
            borrowed = min(need, world.rules.loans.firm_ceiling)
    if borrowed == 0 and gain >= world.rules.behaviour.bank_rate and apply_for_bank_loan(world, day, row, OF_FIRMS, need):
        borrowed = need
        rate = world.rules.behaviour.bank_rate
    if borrowed > 0:
        grant_loan(world, day, row, scheme, lender, borrowed, rate)
        employer.target_staff += int(borrowed / world.rules.behaviour.capital_per_post + 0.5)
