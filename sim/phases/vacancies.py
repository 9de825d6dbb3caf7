"""Phase 4, vacancies: employers open posts for growth and replacement, let old ones lapse, shrink, close."""

from __future__ import annotations

import math

from sim.calendar import MONTH_DAYS, YEAR_DAYS, YEAR_MONTHS
from sim.compiled import NEVER, Row, compiled
from sim.draws import NEGLIGIBLE, Decision, days_until, poisson, uniform
from sim.levers.loans import default_on_loan
from sim.rules.places import keep_for_ordered, openings
from sim.rules.posts import clear_applications, free_slot, lapse_post, open_post
from sim.states import Count, PostState
from sim.tables import Tables


@compiled
def open_and_close_posts(world: Tables, day: int) -> None:
    """Let old posts lapse; each employer plans once a month and looks at its staff more often."""
    _let_lapse(world, day)
    for row in range(world.rows_in_use.employers):
        employer = world.employers[row]
        if employer.alive == 0:
            if employer.founder >= 0 and employer.slots > 0:  # a start-up that closed last night
                _withdraw_posts(world, day, employer)
                world.slots[employer.first_slot].employer = NEVER
                employer.slots = 0
            continue
        if (day + row) % MONTH_DAYS == 0:
            _plan(world, day, row)
            if employer.alive == 0:
                _withdraw_posts(world, day, employer)
                continue
        if (day + row) % world.rules.behaviour.staff_review_days == 0:
            keep_for_ordered(employer)
            missing = openings(employer)
            while missing > 0 and world.rows_in_use.posts < world.posts.size:
                slot = free_slot(world, employer)
                if slot < 0:
                    break
                open_post(world, day, row, slot)
                missing -= 1


@compiled
def _let_lapse(world: Tables, day: int) -> None:
    """Close the open posts that are past their day, and move the mark below which every post is closed."""
    mark_moves = True
    for number in range(world.rows_in_use.first_open_post, world.rows_in_use.posts):
        post = world.posts[number]
        if post.state >= PostState.FILLED:
            if mark_moves:
                world.rows_in_use.first_open_post = number + 1
            continue
        mark_moves = False
        if post.state == PostState.OPEN and day > post.lapse_day:
            clear_applications(world, number)
            lapse_post(world, day, number)


@compiled
def _plan(world: Tables, day: int, row: int) -> None:
    """One month of an employer's plans: growth with the season and with the applicants it sees, shrinkage, closure."""
    employer = world.employers[row]
    behaviour = world.rules.behaviour
    few = behaviour.applicants_smoothing
    most = behaviour.applicants_ratio_most
    ratio = max(1.0 / most, min(most, (employer.applicants_recent + few) / (max(few, employer.applicants_normal) + few)))
    pull = 1.0
    if employer.months_known >= behaviour.applicants_months:
        pull = math.exp(behaviour.creation_elasticity * math.log(ratio))
    weight = 1.0 / max(behaviour.applicants_months, min(behaviour.applicants_memory, employer.months_known + 1))
    employer.applicants_normal += weight * (employer.applicants_recent - employer.applicants_normal)
    employer.applicants_recent *= behaviour.applicants_carried
    employer.months_known += 1
    if employer.founder >= 0:
        return
    mean = world.rules.growth_per_post_month * employer.first_target * world.calendar[day].growth_season * world.rules.market.demand * pull
    growth = poisson(world, Decision.EMPLOYER_GROWTH, day, row, 0, mean)
    employer.target_staff += growth
    employer.planned_growth += growth
    if uniform(world, Decision.EMPLOYER_SHRINKAGE, day, row, 0) < world.rules.behaviour.shrink_per_month:
        employer.target_staff -= (employer.target_staff + behaviour.shrink_one_in - 1) // behaviour.shrink_one_in
    if employer.state_owned == 0 and uniform(world, Decision.EMPLOYER_CLOSURE, day, row, 0) < _closure_chance(world, employer):
        employer.alive = 0
        employer.closed_day = day
        employer.target_staff = 0
        employer.growth_day = NEVER
        default_on_loan(world, employer)
        world.counts[Count.EMPLOYERS_CLOSED] += 1


@compiled
def _closure_chance(world: Tables, employer: Row) -> float:
    """Return the chance that a private employer closes this month: usual up to the mean size, smaller in proportion above it."""
    return world.rules.behaviour.exit_per_year / YEAR_MONTHS * min(1.0, world.rules.market.employer_size / max(1.0, float(employer.staff)))


@compiled
def _withdraw_posts(world: Tables, day: int, employer: Row) -> None:
    for slot in range(employer.first_slot, employer.first_slot + employer.slots):
        number = world.slots[slot].post
        if number >= 0:
            clear_applications(world, number)
            lapse_post(world, day, number)


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
