"""Phase 4, vacancies: employers plan their part of what the region lacks, open, repeat and give up adverts, shrink, close; growth founds others."""

from __future__ import annotations

import math

from sim.calendar import MONTH_DAYS, YEAR_DAYS, YEAR_MONTHS
from sim.compiled import NEVER, Row, compiled
from sim.draws import NEGLIGIBLE, Decision, days_until, poisson, uniform
from sim.fetching import AHEAD, fetch
from sim.levers.equity import lose_equity
from sim.rules.lending import default_on_loan
from sim.rules.offers import withdraw_offer
from sim.rules.places import keep_for_ordered, openings, posts_of
from sim.rules.planning import answer_to_unemployment, learn_from_advert, return_of_pay, set_up, weigh
from sim.rules.posts import clear_applications, day_for_graduates, free_slot, lapse_post, open_post, take_up
from sim.rules.services import know_at_first
from sim.rules.subsidised import forget_subsidy, longer_wait_worth, reckon_with_subsidy
from sim.states import Count, PostState
from sim.tables import Tables

MOST_TILT = 1.0
"""Bound of the log ratio between the plan and a plan a head, so that the plan stays finite where nothing can be filled."""
ENOUGH_ADVERTS = 1e-6
"""Posts filled, or days advertised, below which nothing is known of how soon adverts are filled."""


@compiled
def open_and_close_posts(world: Tables, day: int) -> None:
    """Let old posts lapse; each employer plans once a month and looks at its staff more often."""
    _let_lapse(world, day)
    _look_ahead(world, day)
    graduated = day > 0 and world.calendar[day].graduation > world.calendar[day - 1].graduation
    planned = 0
    advertised = 0
    row = before = 0
    while row < world.rows_in_use.employers:
        fetch(world.employers, row + AHEAD, 0)
        employer = world.employers[row]
        if graduated:
            employer.planned_growth = 0  # what is not opened by now wants somebody at once
        if employer.alive == 1:
            _review(world, day, row)
        else:
            _succeed(world, day, row)
        if employer.alive == 0 and employer.founder >= 0:  # it never returns
            world.employers[before].gone_behind = row + employer.gone_behind - before
        else:
            before = row
        if employer.alive == 1:
            advertised += employer.open_posts
            planned += employer.target_staff if employer.founder < 0 else posts_of(employer)  # of a start-up, what there is, not what it wishes
        row += 1 + employer.gone_behind
    world.plan.planned = planned
    world.plan.advertised += advertised


@compiled
def _review(world: Tables, day: int, row: int) -> None:
    """One morning of an employer in business: once a month it plans, more often it looks at its staff and opens the posts that are missing."""
    employer = world.employers[row]
    if (day + row) % MONTH_DAYS == 0:
        reckon_with_subsidy(world, row)
        _plan(world, day, row)
        if employer.alive == 0:
            withdraw_posts(world, day, employer)
    if employer.alive == 0 or (day + row) % world.rules.behaviour.staff_review_days != 0:
        return
    _take_up_again(world, day, row)
    keep_for_ordered(employer)
    missing = openings(employer)
    while missing > 0 and world.rows_in_use.posts < world.posts.size:
        slot = free_slot(world, employer)
        if slot < 0:
            break
        open_post(world, day, row, slot)
        missing -= 1


@compiled
def _look_ahead(world: Tables, day: int) -> None:
    """Say how many posts the employers of the region together want today.

    A plan a head of the youth labour force, the coming class included as its last year goes by; more, or less, where adverts have been filled sooner,
    or later, than usual of late: with an elasticity of 0 not at all, with 1 until they are filled as usual again (free entry).
    What a subsidy adds to the yield of a post pays for a longer wait.
    """
    plan = world.plan
    elasticity = world.rules.behaviour.creation_elasticity
    market = world.rules.market
    kept = math.exp(-1.0 / (MONTH_DAYS * market.filling_months))
    filled = float(world.counts[Count.POSTS_FILLED])
    plan.filled = kept * plan.filled + filled - plan.filled_before
    plan.filled_before = filled
    plan.advertised = kept * plan.advertised
    pace = math.log(max(ENOUGH_ADVERTS, plan.filled) / max(ENOUGH_ADVERTS, plan.advertised) * MONTH_DAYS / market.usual_filling)
    change = elasticity * (pace + longer_wait_worth(world)) - (1.0 - elasticity) * plan.tilt
    plan.tilt = max(-MOST_TILT, min(MOST_TILT, plan.tilt + change / (MONTH_DAYS * market.adjustment_months)))
    a_head = plan.posts_a_head * market.demand * math.exp(plan.tilt)
    plan.wanted = a_head * (plan.heads + world.calendar[day].coming)
    if day > 0:
        today, before = world.calendar[day], world.calendar[day - 1]
        if today.graduation != before.graduation:  # a class that has graduated looks for what there is
            plan.class_posts = a_head * today.coming
        else:
            plan.class_posts += a_head * max(0.0, today.coming - before.coming)
    plan.class_share = min(1.0, max(0.0, plan.class_posts) / max(1.0, plan.wanted - plan.planned))
    plan.class_day = day_for_graduates(world, day)
    answer_to_unemployment(world, day)


@compiled
def _take_up_again(world: Tables, day: int, row: int) -> None:
    """Let some of the openings whose advert has lapsed be advertised again."""
    employer = world.employers[row]
    behaviour = world.rules.behaviour
    employer.paused = max(0, min(employer.paused, employer.target_staff - posts_of(employer) + employer.paused))
    for opening in range(employer.paused):
        if uniform(world, Decision.ADVERT_RETURNS, day, row, opening) * behaviour.readvertise_days < behaviour.staff_review_days:
            employer.paused -= 1


@compiled
def _succeed(world: Tables, day: int, row: int) -> None:
    """Clear the premises of an employer that has closed; where it was no start-up, growth of the region founds a new firm of the industry there."""
    employer = world.employers[row]
    if employer.founder >= 0 and employer.slots > 0:  # a start-up that closed last night
        withdraw_posts(world, day, employer)
    if employer.first_target == 0 or (day + row) % MONTH_DAYS != 0:
        return
    growth = _growth(world, day, row)
    if growth == 0:
        return
    employer.alive = 1
    employer.closed_day = NEVER
    employer.founded_day = day
    set_up(world, day, row)
    know_at_first(world, day, employer, row)
    weigh(world, employer)
    employer.target_staff = growth
    employer.planned_growth = _for_class(world, day, row, growth)
    schedule_growth(world, day, row)


@compiled
def _growth(world: Tables, day: int, row: int) -> int:
    """Draw the posts that an employer plans this month: its part of those the region lacks, by its weight in growth."""
    plan = world.plan
    part = world.employers[row].growth_weight / max(1.0, plan.shares) * (plan.wanted - plan.planned) / world.rules.market.planning_months
    part *= world.calendar[day].hiring
    return int(poisson(world, Decision.EMPLOYER_GROWTH, day, row, 0, part)) if part > 0.0 else 0


@compiled
def _for_class(world: Tables, day: int, row: int, growth: int) -> int:
    """Draw how many of the posts that an employer plans are for the coming class; the others want somebody at once."""
    chosen = 0
    for index in range(growth):
        chosen += int(uniform(world, Decision.PLANNED_FOR_CLASS, day, row, index) < world.plan.class_share)
    world.plan.class_posts -= chosen
    return chosen


@compiled
def _let_lapse(world: Tables, day: int) -> None:
    """Close the open posts that are past their day, and strike those that are filled or have lapsed off the list of open posts."""
    take_up(world)
    rows = world.rows_in_use
    left = 0
    for index in range(rows.posts_open):
        fetch(world.posts, world.posts_open[index + AHEAD], 0)
        number = world.posts_open[index]
        post = world.posts[number]
        if post.state >= PostState.FILLED:
            continue
        world.posts_open[left] = number
        left += 1
        if post.state == PostState.OPEN and day > post.lapse_day:
            clear_applications(world, number)
            learn_from_advert(world, day, post, filled=False)
            lapse_post(world, day, number)
    rows.posts_open = left
    rows.first_open_post = world.posts_open[0] if left > 0 else rows.posts


@compiled
def _plan(world: Tables, day: int, row: int) -> None:
    """One month of an employer's plans: growth where the region lacks posts, openings given up where it has too many, shrinkage, closure."""
    employer = world.employers[row]
    behaviour = world.rules.behaviour
    return_of_pay(world, employer)
    if employer.founder >= 0:
        return
    weigh(world, employer)
    growth = _growth(world, day, row) if openings(employer) <= 0 else 0  # who cannot advertise what is planned plans no more
    employer.target_staff += growth
    employer.planned_growth += _for_class(world, day, row, growth)
    surplus = (world.plan.planned - world.plan.wanted) / world.rules.market.planning_months
    if surplus > 0.0:
        cut = poisson(world, Decision.EMPLOYER_CUT, day, row, 0, employer.target_staff / max(1.0, world.plan.planned) * surplus)
        cut = min(cut, max(0, openings(employer)))
        employer.target_staff -= cut
        for_class = min(cut, employer.planned_growth)
        employer.planned_growth -= for_class
        world.plan.class_posts += for_class
    if uniform(world, Decision.EMPLOYER_SHRINKAGE, day, row, 0) < world.rules.behaviour.shrink_per_month:
        employer.target_staff -= (employer.target_staff + behaviour.shrink_one_in - 1) // behaviour.shrink_one_in
    if employer.state_owned == 0 and uniform(world, Decision.EMPLOYER_CLOSURE, day, row, 0) < _closure_chance(world, employer):
        employer.alive = 0
        employer.closed_day = day
        employer.target_staff = 0
        employer.growth_day = NEVER
        default_on_loan(world, employer)
        lose_equity(world, employer)
        forget_subsidy(world, employer)
        world.counts[Count.EMPLOYERS_CLOSED] += 1


@compiled
def _closure_chance(world: Tables, employer: Row) -> float:
    """Return the chance that a private employer closes this month: usual up to the mean size, smaller in proportion above it."""
    return world.rules.behaviour.exit_per_year / YEAR_MONTHS * min(1.0, world.rules.market.employer_size / max(1.0, float(employer.staff)))


@compiled
def withdraw_posts(world: Tables, day: int, employer: Row) -> None:
    """Take the posts of an employer that looks for nobody any more off the boards; a start-up gives its place there up."""
    employer.target_staff = 0
    world.plan.class_posts += employer.planned_growth
    employer.planned_growth = 0
    for slot in range(employer.first_slot, employer.first_slot + employer.slots):
        number = world.slots[slot].post
        if number >= 0:
            withdraw_offer(world, number)
            clear_applications(world, number)
            lapse_post(world, day, number)
    employer.paused = 0
    if employer.slots > 0 and employer.first_slot >= world.rows_in_use.regular_slots:
        world.slots[employer.first_slot].employer = NEVER
        employer.slots = 0


@compiled
def replace_leaver(world: Tables, day: int, identity: int, employer: Row) -> None:
    """Decide whether a left job will be filled again."""
    if uniform(world, Decision.REPLACEMENT, day, identity, 0) >= world.rules.behaviour.replacement_share:
        employer.target_staff = max(0, employer.target_staff - 1)


@compiled
def schedule_growth(world: Tables, day: int, row: int) -> None:
    """Draw the next day on which an employer has a growth project that needs money."""
    employer = world.employers[row]
    if employer.state_owned == 1 or world.rules.behaviour.growth_per_year < NEGLIGIBLE:
        employer.growth_day = NEVER
    else:
        employer.growth_day = day + days_until(world, Decision.GROWTH_OPPORTUNITY, day, row, 0, YEAR_DAYS / world.rules.behaviour.growth_per_year)
