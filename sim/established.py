"""Employers of the first morning: established ones, start-ups that exist already, and the posts that they have open."""

from __future__ import annotations

import math

from sim.calendar import MONTH_DAYS
from sim.compiled import NEVER, Row, Rows, compiled, entry
from sim.draws import NEGLIGIBLE, Decision, half_variance, normal, uniform
from sim.levers.loans import OF_FOUNDERS
from sim.phases.financing import from_family, loan_wanted, pay_promised
from sim.phases.vacancies import schedule_growth
from sim.phases.ventures import wage_forgone
from sim.population import pick
from sim.rules.lending import grant_loan, has_row, repay
from sim.rules.planning import set_up, take_stand
from sim.rules.posts import day_for_graduates, open_post
from sim.rules.services import know_at_first
from sim.rules.ventures import believed_market, capacity, make_firm, market_of_quality, need_of_idea, price_of_money, profit_at, worth_having
from sim.states import FIELDS, Activity, Cash, Count, Money
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
        need = need_of_idea(world, 0, identity)
        promised = market_of_quality(world, need, idea)
        market = promised * math.exp(behaviour.idea_surprise * surprise)
        row = make_firm(world, identity, founded, founded + int(behaviour.registration_days), market, need)
        _give_money(world, identity, row, promised)
        world.rows_in_use.startups += 1


@compiled
def _give_money(world: Tables, identity: int, row: int, promised: float) -> None:
    """Give a firm that exists already the money that a firm founded today would have, and what it has kept of its profit since.

    Own savings and the family come first, as ever. A bank has lent what else was worth having to some, and to all whose firm would not pay without.
    In cash stand the usual months of cost and what is left of profits where the founder takes a share of all that is spare, month by month.
    """
    behaviour, person, employer = world.rules.behaviour, world.people[identity], world.employers[row]
    need, months = int(employer.need), -employer.founded_day // MONTH_DAYS
    believed = believed_market(world, person, promised)
    own = int(max(0.0, min(behaviour.own_savings_share * person.savings, worth_having(world, believed, need, price_of_money(world, 0.0)))))
    family = from_family(world, identity, believed, need, own)
    borrowed = loan_wanted(world, believed, need, own + family, of_scheme=False, cut=0.0)
    pays = pay_promised(world, believed, need, own + family, 0, family * behaviour.family_rate) >= max(1.0, wage_forgone(world, 0, identity))
    if pays and uniform(world, Decision.BANK_APPROVAL, 0, identity, OF_FOUNDERS) >= behaviour.bank_approval:
        borrowed = 0
    person.savings -= own
    employer.family = family * max(0, behaviour.family_return_months - months) // max(1, behaviour.family_return_months)
    if borrowed > 0 and months < behaviour.bank_term_months and has_row(world):
        world.counts[Count.BANK_LOANS_GRANTED] += 1
        grant_loan(world, int(employer.founded_day), row, 0, NEVER, borrowed, behaviour.bank_rate)
        for _ in range(months):
            repay(world, 0, employer, limited=False)
    market = employer.market * math.exp(employer.business_skill)
    employer.capital = own + family + borrowed
    kept = (1.0 - behaviour.founder_pay_share) * max(0.0, profit_at(world, _sales_alone(world, employer, market)))
    room = worth_having(world, market, need, price_of_money(world, 0.0)) - employer.capital
    employer.capital += int(max(0.0, min(kept * months, room)))
    reserve = behaviour.founder_reserve_months * (behaviour.running_cost + behaviour.sales_cost * _sales_alone(world, employer, market))
    employer.cash = int(reserve + kept * min(float(months), 1.0 / max(NEGLIGIBLE, behaviour.founder_pay_share)))
    employer.sales_expected = market * capacity(world, need, float(employer.capital))


@compiled
def _sales_alone(world: Tables, employer: Row, market: float) -> float:
    """Return what a firm with the money in it sells without staff, CNY a month."""
    return float(min(market * capacity(world, employer.need, float(employer.capital)), world.rules.behaviour.revenue_per_staff))


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
