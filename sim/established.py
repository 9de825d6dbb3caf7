"""Employers of the first morning: established ones, start-ups that exist already, and the posts that they have open."""

from __future__ import annotations

import math

from sim.compiled import Rows, compiled, entry
from sim.draws import Decision, half_variance, normal, uniform
from sim.phases.vacancies import schedule_growth
from sim.population import pick
from sim.rules.planning import set_up, take_stand
from sim.rules.posts import day_for_graduates, open_post
from sim.rules.services import know_at_first
from sim.rules.ventures import make_firm
from sim.states import FIELDS, Activity, Cash, Money
from sim.tables import Tables

LEAST_SPREAD = 1e-9
"""Spread of pay below which there is none."""


@entry
def make_employers(world: Tables, job_weights: Rows) -> int:
    """Make the established employers, sorted by industry, `job_weights` jobs in each. Returns the number of advertising slots they need."""
    return _make_employers(world, job_weights)


@entry
def open_market(world: Tables, share: float) -> None:
    """Found the start-ups that exist already, open the posts of the first morning on a share of the slots, and open the books."""
    _found_earlier_startups(world)
    _open_first_posts(world, share)
    _total_savings(world)


@compiled
def _make_employers(world: Tables, job_weights: Rows) -> int:
    """Make the established employers, sorted by industry. Returns the number of advertising slots they need."""
    total = 0.0
    for field in range(FIELDS):
        total += job_weights[field]
    slot = 0
    row = 0
    ordinary = world.rows_in_use.employers - world.anchors.size
    made = 0
    reached = 0.0
    for field in range(FIELDS):
        reached += job_weights[field] / total
        world.fields[field].first_slot = slot
        for number in range(world.anchors.size):
            anchor = world.anchors[number]
            if anchor.industry == field:
                anchor.employer = row
                slot = _make_employer(world, row, field, slot, float(anchor.staff))
                take_stand(world, 0, row, math.log(anchor.pay) / max(LEAST_SPREAD, world.rules.market.wage_spread))
                row += 1
        while made < ordinary and (made + 0.5) / ordinary < reached + 1e-12:
            spread = world.rules.market.employer_size_spread
            size = world.rules.market.employer_size * math.exp(spread * normal(world, Decision.EMPLOYER_SIZE, 0, row, 0) - half_variance(spread))
            slot = _make_employer(world, row, field, slot, size)
            row += 1
            made += 1
        world.fields[field].slots = slot - world.fields[field].first_slot
    return slot


@compiled
def _make_employer(world: Tables, row: int, field: int, slot: int, size: float) -> int:
    """Make one established employer with slots for its size, from a slot on. Returns the slot behind its last."""
    employer = world.employers[row]
    employer.alive = 1
    employer.industry = field
    employer.district = pick(uniform(world, Decision.EMPLOYER_DISTRICT, 0, row, 0), world.districts["share"])
    employer.state_owned = 1 if uniform(world, Decision.EMPLOYER_STATE, 0, row, 0) < world.rules.market.state_owned_share else 0
    set_up(world, 0, row)
    employer.founded_day = -1 - int(world.rules.opening.firm_age_days * uniform(world, Decision.EMPLOYER_AGE, 0, row, 0))
    know_at_first(world, 0, employer, row)
    employer.first_slot = slot
    employer.slots = max(world.rules.market.fewest_slots, int(size * world.rules.market.slots_per_post + 0.5))
    schedule_growth(world, 0, row)
    return int(slot + employer.slots)


@compiled
def _found_earlier_startups(world: Tables) -> None:
    """Make the firms of those who run one already."""
    for identity in range(world.rules.population.graduates):
        person = world.people[identity]
        if person.activity != Activity.FOUNDER:
            continue
        oldest = min(world.rules.opening.startup_age_days, -float(person.graduation_day))
        founded = -1 - int(oldest * uniform(world, Decision.INITIAL_STARTUP, 0, identity, 0))
        behaviour = world.rules.behaviour
        idea = 1.0 + abs(normal(world, Decision.IDEA_SURPRISE, 0, identity, 1))  # worse ones have not been taken up, or have not lasted
        surprise = normal(world, Decision.IDEA_SURPRISE, 0, identity, 2)
        market = behaviour.monthly_revenue * math.exp(behaviour.idea_spread * idea + behaviour.idea_surprise * surprise)
        row = make_firm(world, identity, founded, founded + int(behaviour.registration_days), market, int(behaviour.capital_need))
        employer = world.employers[row]
        employer.capital = int(behaviour.capital_need)
        employer.cash = int(behaviour.working_capital * behaviour.capital_need)
        employer.sales_expected = market * math.exp(employer.business_skill)
        world.rows_in_use.startups += 1


@compiled
def _open_first_posts(world: Tables, share: float) -> None:
    """Open the posts of the first morning, some of them already for a while."""
    for row in range(world.rows_in_use.employers):
        employer = world.employers[row]
        for slot in range(employer.first_slot, employer.first_slot + employer.slots):
            if employer.founder >= 0 or uniform(world, Decision.INITIAL_VACANCY, 0, slot, 0) >= share:
                continue
            age = int(world.rules.opening.post_age_days * uniform(world, Decision.INITIAL_VACANCY, 0, slot, 1))
            employer.target_staff += 1
            post = world.posts[open_post(world, 0, row, slot)]
            if uniform(world, Decision.INITIAL_VACANCY, 0, slot, 2) < world.plan.class_share:
                post.wanted_day = day_for_graduates(world, 0)
                world.plan.class_posts -= 1.0
            post.opened_day -= age
            post.review_day = max(1, post.review_day - age)
            post.lapse_day = max(1, post.lapse_day - age)


@compiled
def _total_savings(world: Tables) -> None:
    """Open the books: savings of people and cash of start-ups on the first morning."""
    for identity in range(world.rows_in_use.people):
        world.ledger[Money.OPENING_SAVINGS] += world.people[identity].savings
    for row in range(world.rows_in_use.employers):
        world.cashbook[Cash.CAPITAL] += world.employers[row].cash
