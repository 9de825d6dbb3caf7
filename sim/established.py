"""Employers of the first morning: established ones, start-ups that exist already, and the posts that they have open."""

from __future__ import annotations

import math

from sim.calendar import MONTH_DAYS
from sim.compiled import NEVER, Row, Rows, compiled, entry
from sim.draws import NEGLIGIBLE, Decision, half_variance, normal, uniform
from sim.ledger.known_posts import LEAST_SPREAD
from sim.levers.loans import OF_FOUNDERS
from sim.phases.financing import from_family, loan_wanted, pay_promised
from sim.phases.vacancies import schedule_growth
from sim.phases.ventures import wage_forgone
from sim.population import pick
from sim.rules.lending import grant_loan, has_row, repay
from sim.rules.planning import set_up, take_stand
from sim.rules.posts import day_for_graduates, open_post, posted_pay, put_up, usual_wage
from sim.rules.services import know_at_first
from sim.rules.ventures import believed_market, capacity, make_firm, market_of_quality, need_of_idea, price_of_money, profit_at, worth_having
from sim.states import FIELDS, Activity, Cash, Count, Education, Money
from sim.tables import Tables

_VOCATIONAL, _BACHELOR, _MASTER = int(Education.VOCATIONAL), int(Education.BACHELOR), int(Education.MASTER)


@entry
def make_employers(world: Tables, job_weights: Rows, advertisers: Rows, stands: Rows) -> int:
    """Make the established employers, sorted by industry, `job_weights` jobs in each.

    Args:
        world: The world.
        job_weights: Jobs in each industry.
        advertisers: Those whose posts are known (`sim.ledger.known_posts.Advertisers`); their rows are written into it.
        stands: Where these stand in pay.

    Returns:
        The number of advertising slots they need.
    """
    return _make_employers(world, job_weights, advertisers, stands)


@entry
def open_market(world: Tables, share: float, known: Rows) -> None:
    """Found the start-ups that exist already, open the posts of the first morning, and open the books.

    Args:
        world: The world.
        share: Share of the slots with a post, where none is known.
        known: Posts that are known: row of the employer, tier, pay (`NEVER`: drawn).
    """
    _found_earlier_startups(world)
    if len(known) > 0:
        _open_known_posts(world, known)
    else:
        _open_first_posts(world, share)
    _total_savings(world)


@compiled
def _make_employers(world: Tables, job_weights: Rows, advertisers: Rows, stands: Rows) -> int:
    """Make the established employers, sorted by industry: anchors, those with known posts, others. Returns the slots they need."""
    total = 0.0
    for field in range(FIELDS):
        total += job_weights[field]
    slot = 0
    row = 0
    ordinary = world.rows_in_use.employers - world.anchors.size - len(advertisers)
    known = 0
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
        while known < len(advertisers) and advertisers[known, 0] == field:
            slot = _make_advertiser(world, row, slot, advertisers[known], stands[known])
            row += 1
            known += 1
        while made < ordinary and (made + 0.5) / ordinary < reached + 1e-12:
            slot = _make_employer(world, row, field, slot, _size(world, row))
            row += 1
            made += 1
        world.fields[field].slots = slot - world.fields[field].first_slot
    return slot


@compiled
def _size(world: Tables, row: int) -> float:
    """Draw the young staff of an employer."""
    spread = world.rules.market.employer_size_spread
    drawn = spread * normal(world, Decision.EMPLOYER_SIZE, 0, row, 0) - half_variance(spread)
    return float(world.rules.market.employer_size * math.exp(drawn))


@compiled
def _make_advertiser(world: Tables, row: int, slot: int, about: Rows, stand: Rows) -> int:
    """Make an employer whose posts are known, with a slot for each of them. Returns the slot behind its last."""
    behind = _make_employer(world, row, about[0], slot, max(_size(world, row), about[3] / world.rules.market.slots_per_post))
    employer = world.employers[row]
    if about[1] >= 0:
        employer.district = about[1]
    if about[2] >= 0:
        employer.state_owned = about[2]
    take_stand(world, 0, row, stand[0] + stand[1] * normal(world, Decision.EMPLOYER_WAGE, 0, row, 0))
    about[4] = row
    return behind


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
            _open_first_post(world, row, slot)


@compiled
def _open_first_post(world: Tables, row: int, slot: int) -> int:
    """Open a post of the first morning in a slot of an employer, perhaps a while ago. Returns its row."""
    age = int(world.rules.opening.post_age_days * uniform(world, Decision.INITIAL_VACANCY, 0, slot, 1))
    world.employers[row].target_staff += 1
    number = open_post(world, 0, row, slot)
    post = world.posts[number]
    if uniform(world, Decision.INITIAL_VACANCY, 0, slot, 2) < world.plan.class_share:
        post.wanted_day = day_for_graduates(world, 0)
        world.plan.class_posts -= 1.0
    post.opened_day -= age
    post.review_day = max(1, post.review_day - age)
    post.lapse_day = max(1, post.lapse_day - age)
    return number


@compiled
def _open_known_posts(world: Tables, known: Rows) -> None:
    """Open the posts that are known, each in the next slot of its employer; what is not known of them is drawn."""
    for place in range(len(known)):
        row, education, wage = known[place, 0], known[place, 1], known[place, 2]
        employer = world.employers[row]
        slot = employer.first_slot + employer.open_posts
        number = _open_first_post(world, row, slot)
        post = world.posts[number]
        if education >= 0:
            post.education = education
        elif wage >= 0:
            post.education = _tier_of_pay(world, wage, uniform(world, Decision.POST_EDUCATION, 0, row, slot))
        noise = world.rules.behaviour.post_wage_noise * normal(world, Decision.POST_WAGE, 0, row, slot)
        post.wage = wage if wage >= 0 else posted_pay(world, employer, post.education, noise)
        put_up(world, slot, number)


@compiled
def _tier_of_pay(world: Tables, wage: int, draw: float) -> int:
    """Return the tier that a post with some pay asks for: drawn by the share of each tier and by how plausible the pay is in it."""
    market = world.rules.market
    spread = max(LEAST_SPREAD, math.hypot(market.wage_spread, world.rules.behaviour.post_wage_noise))
    vocational = market.vocational_posts * _bell(wage, usual_wage(world, Education.VOCATIONAL), spread)
    bachelor = (1.0 - market.vocational_posts - market.master_posts) * _bell(wage, usual_wage(world, Education.BACHELOR), spread)
    master = market.master_posts * _bell(wage, usual_wage(world, Education.MASTER), spread)
    reached = draw * (vocational + bachelor + master)
    if reached < vocational:
        return _VOCATIONAL
    return _BACHELOR if reached < vocational + bachelor else _MASTER


@compiled
def _bell(wage: int, usual: float, spread: float) -> float:
    """Return how plausible some pay is beside usual pay, relative to that."""
    return math.exp(-0.5 * (math.log(wage / usual) / spread) ** 2) + NEGLIGIBLE


@compiled
def _total_savings(world: Tables) -> None:
    """Open the books: savings of people and cash of start-ups on the first morning."""
    for identity in range(world.rows_in_use.people):
        world.ledger[Money.OPENING_SAVINGS] += world.people[identity].savings
    for row in range(world.rows_in_use.employers):
        world.cashbook[Cash.CAPITAL] += world.employers[row].cash
