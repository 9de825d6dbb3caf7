"""A subsidy for hiring, as employers reckon with it: whom it is for, what it is worth at the desk, and what it adds to the yield of a post.

It is money like any other. An applicant whom it is for is worth more by that money, as one who keeps the employer waiting is worth less by what the
wait costs; a post yields more by what may be expected of it; and posts that yield more are opened by whom they yield more (`sim/rules/planning.py`),
and in all as many more as the market's elasticity says (`sim/phases/vacancies.py`). Who does not know of it reckons with nothing.
"""

from __future__ import annotations

import math

from sim.calendar import MONTH_DAYS
from sim.compiled import Row, compiled
from sim.draws import Decision, normal
from sim.rules.paying import cost_of_waiting
from sim.rules.posts import usual_wage
from sim.rules.services import can_pay, firm_knows, is_admitted, release
from sim.states import Activity, Education, Place
from sim.tables import Tables

LEAST_OUTPUT = 1e-3
"""Output of a post, in usual pay, below which nothing is divided by it."""


@compiled
def is_to_be_had(world: Tables) -> bool:
    """Tell whether one more hire could be subsidised: the subsidy is on offer, and places and money are left."""
    lever = world.rules.hiring_subsidy
    return (lever.places < 0 or world.services[lever.row].in_use < lever.places) and can_pay(world, lever.row, 1)


@compiled
def is_subsidised(world: Tables, day: int, person: Row) -> bool:
    """Tell whether the subsidy is for a person who is hired today: once a person, and open to this one."""
    lever = world.rules.hiring_subsidy
    new = day - person.graduation_day <= lever.graduated_within_months * MONTH_DAYS and person.hires_paid_for == 0
    waits = lever.unemployed_months == 0
    if person.activity == Activity.SEARCHING and person.place == Place.RESIDENT:
        waits |= day - person.searching_since >= lever.unemployed_months * MONTH_DAYS
    return bool(new and waits and person.education >= lever.least_education and is_admitted(person, lever.row))


@compiled
def chance_kept(world: Tables, education: int) -> float:
    """Return the chance that somebody is still there when the subsidy is due: people leave as they usually do in the first year."""
    behaviour = world.rules.behaviour
    monthly = behaviour.separation_vocational if education == Education.VOCATIONAL else behaviour.separation_bachelor
    return math.exp(-monthly * world.rules.hiring_subsidy.kept_months)


@compiled
def worth_of_subsidy(world: Tables, day: int, person: Row, post: Row) -> float:
    """Return what the subsidy adds to an applicant, in sd of skill.

    That is the money expected, over what an sd of skill yields in the months for which an employer looks ahead.
    """
    if world.services[world.rules.hiring_subsidy.row].on_offer == 0:
        return 0.0
    employer = world.employers[post.employer]
    if employer.claim_worth <= 0.0 or not is_to_be_had(world) or not is_subsidised(world, day, person):
        return 0.0
    behaviour = world.rules.behaviour
    output = employer.output if employer.founder < 0 else world.rules.market.output_per_pay
    yields = behaviour.skill_output * behaviour.match_months * max(LEAST_OUTPUT, output) * usual_wage(world, post.education)
    return employer.claim_worth * chance_kept(world, person.education) / yields


@compiled
def cost_at_desk(world: Tables, day: int, person: Row, post: Row) -> float:
    """Return what hiring a person costs an employer beside pay, in sd of skill: the wait, less what a subsidy pays."""
    return cost_of_waiting(world, day, person, post.wanted_day) - worth_of_subsidy(world, day, person, post)


@compiled
def reckon_with_subsidy(world: Tables, row: int) -> None:
    """Once a month: weigh the subsidy, if it is known, against the paper work, and count on it in what a post yields."""
    lever, plan = world.rules.hiring_subsidy, world.plan
    employer = world.employers[row]
    asks = firm_knows(world, employer, lever.row)
    if not asks and employer.claim_worth == 0.0:
        return
    key = row if employer.founder < 0 else employer.founder
    cost = lever.paper_work * math.exp(lever.paper_work_spread * normal(world, Decision.SUBSIDY_PAPER_WORK, 0, key, int(employer.founder >= 0)))
    asks = asks and not (lever.private_only == 1 and employer.state_owned == 1)
    asks = asks and (lever.largest_employer < 0 or employer.staff <= lever.largest_employer)
    employer.claim_worth = max(0.0, lever.amount - cost) if asks else 0.0
    months = 0.0
    if is_to_be_had(world):
        months = employer.claim_worth * _months_a_yuan(world) * plan.hires_subsidised / max(1.0, plan.hires)
    count_on(world, employer, months)


@compiled
def _months_a_yuan(world: Tables) -> float:
    """Return what a yuan for whoever is kept is worth to a post, in months of usual pay: the mean over the tiers that posts ask for."""
    market = world.rules.market
    master = market.master_posts * chance_kept(world, Education.MASTER) / usual_wage(world, Education.MASTER)
    vocational = market.vocational_posts * chance_kept(world, Education.VOCATIONAL) / usual_wage(world, Education.VOCATIONAL)
    bachelor = chance_kept(world, Education.BACHELOR) / usual_wage(world, Education.BACHELOR)
    return master + vocational + max(0.0, 1.0 - market.master_posts - market.vocational_posts) * bachelor


@compiled
def count_on(world: Tables, employer: Row, months: float) -> None:
    """Let an employer count on so much more of a filled post, in months of usual pay; the sum over employers goes along."""
    world.plan.supports += employer.first_target * (months - employer.post_support)
    employer.post_support = months


@compiled
def forget_subsidy(world: Tables, employer: Row) -> None:
    """Let an employer that closes reckon with nothing more."""
    employer.claim_worth = 0.0
    count_on(world, employer, 0.0)


@compiled
def longer_wait_worth(world: Tables) -> float:
    """Return by how much later a subsidised post may be filled and be worth as much as without, as a log of how soon posts are filled.

    A post unfilled costs its output: what is expected of the subsidy pays for that over the output, in months of waiting. Where entry is free,
    posts are opened until they are filled so much later.
    """
    plan, market = world.plan, world.rules.market
    if plan.supports <= 0.0:
        return 0.0
    waits = plan.supports / max(1.0, plan.sizes) / max(LEAST_OUTPUT, market.output_per_pay)
    return math.log(1.0 + waits * market.usual_filling)


@compiled
def lose_claim(world: Tables, person: Row) -> None:
    """Let a claim lapse whose person leaves before it is due: place and money are there for others."""
    if person.hiring_claim == 0:
        return
    lever = world.rules.hiring_subsidy
    person.hiring_claim = 0
    release(world, lever.row, 1)
    world.services[lever.row].in_use -= 1
    world.counts[lever.counts.lapsed] += 1
