"""Own firms: when ideas come and what they promise, what capital buys, what a firm earns, and the firm that is made of an idea.

market = monthly_revenue x quality of the idea x (need / capital_need) ^ capital_elasticity
sales = market x min(1, capital / need) ^ capital_elasticity
profit = (1 - sales_cost) x sales - pay of staff for what one person cannot sell - running_cost
"""

from __future__ import annotations

import math

from sim.calendar import YEAR_DAYS, YEAR_MONTHS
from sim.compiled import NEVER, Row, compiled
from sim.draws import NEGLIGIBLE, Decision, days_until, normal
from sim.rules.help import end_help
from sim.rules.posts import usual_wage
from sim.rules.searching import end_search
from sim.rules.services import know_at_first
from sim.states import Activity, Cash, Education
from sim.tables import Tables

# Ideas


@compiled
def schedule_opportunity(world: Tables, day: int, identity: int) -> None:
    """Draw the next day on which the person has an idea for a firm."""
    person = world.people[identity]
    if world.rules.behaviour.opportunity_per_year < NEGLIGIBLE:
        person.opportunity_day = NEVER
    else:
        person.opportunity_day = max(day, 0) + _until_idea(world, day, identity)


@compiled
def _until_idea(world: Tables, day: int, identity: int) -> int:
    """Draw the days until the next idea."""
    return days_until(world, Decision.OPPORTUNITY_GAP, max(day, 0), identity, 0, YEAR_DAYS / world.rules.behaviour.opportunity_per_year)


@compiled
def schedule_first_opportunity(world: Tables, day: int, identity: int) -> None:
    """Draw the first day after graduation on which the person considers an idea: those of the last year of study are taken up soon."""
    schedule_opportunity(world, day, identity)
    person = world.people[identity]
    behaviour = world.rules.behaviour
    if person.opportunity_day < 0:
        return
    since = person.opportunity_day - day
    kept, taken_up = behaviour.student_ideas_days, behaviour.student_ideas_taken_up_days
    if since > kept:
        person.opportunity_day = day + taken_up + since - kept
    else:
        person.opportunity_day = day + max(1, since * taken_up // max(1, kept))


@compiled
def need_of_idea(world: Tables, day: int, identity: int) -> int:
    """Return the money beyond which more would not sell more of today's idea, CNY."""
    spread = world.rules.behaviour.capital_need_spread
    return int(max(1.0, world.rules.behaviour.capital_need * math.exp(spread * normal(world, Decision.CAPITAL_NEED, day, identity, 0))))


@compiled
def market_of_idea(world: Tables, day: int, identity: int, need: int) -> float:
    """Return what today's idea promises to sell with all the money that it needs, CNY a month: ideas differ, and larger ones promise more."""
    return market_of_quality(world, need, normal(world, Decision.IDEA, day, identity, 0))


@compiled
def market_of_quality(world: Tables, need: int, quality: float) -> float:
    """Return what an idea of some quality, in standard deviations, promises to sell with all the money that it needs, CNY a month."""
    behaviour = world.rules.behaviour
    size = (need / behaviour.capital_need) ** behaviour.capital_elasticity
    return float(behaviour.monthly_revenue * size * math.exp(behaviour.idea_spread * quality))


@compiled
def believed_market(world: Tables, person: Row, market: float) -> float:
    """Return what a person believes to sell of an idea: by skill, and the more, the more confident."""
    return market * math.exp(_skill(world, person) + world.rules.behaviour.founding_confidence * person.confidence)


@compiled
def _skill(world: Tables, person: Row) -> float:
    """Return what a person knows of running a business, log revenue: by education as it is paid elsewhere, in part, by skill and training."""
    behaviour = world.rules.behaviour
    education = math.log(usual_wage(world, person.education) / usual_wage(world, Education.BACHELOR))
    return behaviour.education_in_business * education + behaviour.skill_in_business * person.skill + person.business_training


@compiled
def expected_return(world: Tables, decision: int, day: int, owner: int) -> float:
    """Return what a growth project of an established firm promises a year, relative to the money in it.

    Args:
        world: The world.
        decision: What the draw decides.
        day: Day.
        owner: Row of the firm.
    """
    spread = world.rules.behaviour.business_return_spread
    return world.rules.behaviour.business_return * math.exp(spread * normal(world, decision, day, owner, 0))


# What capital buys


@compiled
def capacity(world: Tables, need: int, capital: float) -> float:
    """Return the part of its market that a firm can serve with the money in it."""
    return min(1.0, max(0.0, capital) / max(1, need)) ** world.rules.behaviour.capital_elasticity


@compiled
def profit_at(world: Tables, sales: float) -> float:
    """Return what sales leave a month before any loan, CNY: less their cost, pay for what one person cannot sell, and the fixed cost."""
    behaviour = world.rules.behaviour
    by_staff = max(0.0, sales - behaviour.revenue_per_staff)
    return (1.0 - behaviour.sales_cost) * sales - staff_cost(world) * by_staff - behaviour.running_cost


@compiled
def staff_cost(world: Tables) -> float:
    """Return what staff costs of what it sells, as a share."""
    behaviour = world.rules.behaviour
    return behaviour.startup_wage_level * usual_wage(world, Education.BACHELOR) / max(1.0, behaviour.revenue_per_staff)


@compiled
def price_of_money(world: Tables, rate: float) -> float:
    """Return what a yuan in a firm costs a month: it is used up over the time looked ahead, and has its rate, a year."""
    return 1.0 / world.rules.behaviour.venture_months + rate / YEAR_MONTHS


@compiled
def worth_having(world: Tables, market: float, need: int, price: float) -> float:
    """Return the money of which the last yuan still earns its price, at most what the idea needs, CNY: sales beyond one person's need staff.

    Args:
        world: The world.
        market: Sales with all the money that is needed, CNY a month.
        need: That money, CNY.
        price: What a yuan costs a month (`price_of_money`).
    """
    behaviour = world.rules.behaviour
    elasticity = behaviour.capital_elasticity
    a_yuan = elasticity * market / (max(1, need) * price)
    margin = 1.0 - behaviour.sales_cost
    alone = min(1.0, (margin * a_yuan) ** (1.0 / (1.0 - elasticity)))
    if market * alone**elasticity > behaviour.revenue_per_staff:
        with_staff = (max(0.0, margin - staff_cost(world)) * a_yuan) ** (1.0 / (1.0 - elasticity))
        busy = (behaviour.revenue_per_staff / market) ** (1.0 / elasticity)
        alone = min(1.0, max(busy, with_staff))
    return need * alone


@compiled
def invest(world: Tables, employer: Row, amount: int) -> None:
    """Put money that a firm has into its business: a part stays in cash, the rest buys what it sells with. Expected sales rise with capacity."""
    before = capacity(world, employer.need, float(employer.capital))
    employer.capital += amount
    bought = amount - int(world.rules.behaviour.working_capital * amount)
    employer.cash -= bought
    world.cashbook[Cash.EQUIPMENT] -= bought
    if before > 0.0:
        employer.sales_expected *= capacity(world, employer.need, float(employer.capital)) / before


# The firm


@compiled
def make_firm(world: Tables, identity: int, founded_day: int, opening_day: int, market: float, need: int) -> int:
    """Make a person's firm: a new employer, without staff, posts and money, for which the person works from now on.

    Args:
        world: The world.
        identity: Row of the founder.
        founded_day: First day of business.
        opening_day: First day on which it may sell.
        market: What it could sell with all the money that it needs and a founder of usual skill, CNY a month.
        need: That money, CNY.

    Returns:
        Row of the employer.
    """
    behaviour = world.rules.behaviour
    person = world.people[identity]
    row = world.rows_in_use.employers
    world.rows_in_use.employers += 1
    employer = world.employers[row]
    employer.alive = 1
    employer.district = person.district
    employer.industry = person.field
    employer.wage_level = behaviour.startup_wage_level
    employer.skill_bar = behaviour.skill_bar_mean - behaviour.startup_bar_below
    employer.founder = identity
    employer.founded_day = founded_day
    employer.opening_day = opening_day
    employer.business_skill = _skill(world, person)
    employer.market = market
    employer.need = need
    employer.first_slot = 0
    employer.slots = 0
    know_at_first(world, founded_day, employer, identity)
    person.activity = Activity.FOUNDER
    person.employer = row
    person.return_day = NEVER
    end_search(person)
    end_help(person)
    return row
