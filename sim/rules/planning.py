"""What employers go by: what a filled post yields, how posts have fared, and what pay answers to."""

from __future__ import annotations

import math

from sim.calendar import MONTH_DAYS
from sim.compiled import Row, compiled
from sim.draws import Decision, normal
from sim.states import PLACES, Activity, Place, Stock
from sim.tables import Tables

_SEARCHING = int(Activity.SEARCHING) * PLACES + int(Place.RESIDENT)


@compiled
def set_up(world: Tables, day: int, row: int) -> None:
    """Draw what an employer that is no start-up pays, demands and yields: who pays more demands more, and yields more."""
    take_stand(world, day, row, normal(world, Decision.EMPLOYER_WAGE, day, row, 0))


@compiled
def take_stand(world: Tables, day: int, row: int, stand: float) -> None:
    """Set up an employer by where it stands among all in pay, in standard deviations; what it demands and yields is drawn around that."""
    employer = world.employers[row]
    market, behaviour = world.rules.market, world.rules.behaviour
    employer.wage_level = math.exp(market.wage_spread * stand)
    employer.skill_bar = behaviour.skill_bar_mean + behaviour.skill_bar_by_pay * stand
    employer.skill_bar += behaviour.skill_bar_spread * normal(world, Decision.EMPLOYER_BAR, day, row, 0)
    luck = market.output_spread * normal(world, Decision.EMPLOYER_OUTPUT, day, row, 0)
    employer.output = market.output_per_pay * math.exp(market.output_by_pay * market.wage_spread * stand + luck)
    employer.pay_premium = 0.0
    employer.days_to_fill = world.rules.opening.days_to_fill


@compiled
def yield_of_post(world: Tables, employer: Row) -> float:
    """Return what a post is expected to yield, in months of usual pay.

    That is output less pay while it is filled, less the output lost until it is, and what is expected of a subsidy.
    """
    pay = employer.wage_level * math.exp(employer.pay_premium)
    return (employer.output - pay) * world.rules.behaviour.match_months - employer.output * employer.days_to_fill / MONTH_DAYS + employer.post_support


@compiled
def weigh(world: Tables, employer: Row) -> None:
    """Set the part of the region's growth that falls on an employer: by the size that it began with, more where a post yields more than elsewhere.

    The sums over employers go along, so that the parts make a whole and no post is planned twice or by nobody.
    """
    plan = world.plan
    expected = yield_of_post(world, employer)
    plan.yields += employer.first_target * (expected - employer.post_yield)
    employer.post_yield = expected
    usual = plan.yields / max(1.0, plan.sizes)
    better = max(-1.0, min(1.0, (expected - usual) / max(1.0, abs(usual))))
    weight = employer.first_target * math.exp(world.rules.behaviour.growth_by_yield * better)
    plan.shares += weight - employer.growth_weight
    employer.growth_weight = weight


@compiled
def learn_from_advert(world: Tables, day: int, post: Row, filled: bool) -> None:
    """Let an employer learn from an advert that ends: how long posts take and, beside other posts of late, whether many apply for its pay.

    Pay posted rises where an advert lapses, falls where applications came faster than they usually do, and returns month by month (`return_of_pay`).
    What is usual moves along: relative pay answers to queues, the level of pay to unemployment (`answer_to_unemployment`).
    """
    if post.opened_day == day:
        return  # an opening that was kept for somebody, and has not been on the boards
    plan, employer, behaviour = world.plan, world.employers[post.employer], world.rules.behaviour
    days = float(day - post.opened_day)
    employer.days_to_fill += behaviour.filling_memory * (days - employer.days_to_fill)
    rate = post.applications / days
    plan.adverts += 1.0
    plan.queues += rate
    emptiness = 1.0
    if filled and plan.queues > 0.0:
        emptiness = max(-1.0, 1.0 - rate * plan.adverts / plan.queues)
    plan.emptiness += emptiness
    news = emptiness - plan.emptiness / plan.adverts
    employer.pay_premium += behaviour.pay_answer * news / max(1, employer.slots)


@compiled
def return_of_pay(world: Tables, employer: Row) -> None:
    """Let the pay that an employer posts return, once a month, to its own level."""
    employer.pay_premium *= 1.0 - world.rules.behaviour.pay_return


@compiled
def answer_to_unemployment(world: Tables, day: int) -> None:
    """Move the level of entry pay: it is lower where unemployment of late is above what has been usual for long.

    Until so much time has gone by, what has been usual is the mean of what has been seen: the first morning is one of many.
    """
    plan, market = world.plan, world.rules.market
    searching = float(world.standing[_SEARCHING])
    unemployed = searching / max(1.0, searching + world.standing[Stock.EMPLOYED_IN_REGION])
    plan.unemployment += (unemployed - plan.unemployment) / min(day + 1.0, MONTH_DAYS * market.entry_pay_months)
    plan.usual_unemployment += (unemployed - plan.usual_unemployment) / min(day + 1.0, MONTH_DAYS * market.usual_months)
    plan.entry_pay = -world.rules.behaviour.entry_pay_slope * (plan.unemployment - plan.usual_unemployment)
    forgotten = math.exp(-1.0 / (MONTH_DAYS * market.queue_months))
    plan.adverts *= forgotten
    plan.queues *= forgotten
    plan.emptiness *= forgotten
