"""Phase 4, vacancies: employers open posts for growth and replacement, let old ones lapse, shrink, close."""

from __future__ import annotations

import math

from sim.compiled import NEVER, Integers, Row, Rows, compiled
from sim.draws import Decision, days_until, poisson, uniform
from sim.policies.loans import default_on_loan
from sim.rules.places import keep_for_ordered, openings
from sim.rules.posts import clear_applications, free_slot, lapse_post, open_post
from sim.states import Count, PostState

MONTH_DAYS = 30
REVIEW_DAYS = 7


@compiled
def open_and_close_posts(
    rules: Row, day: int, today: Row, employers: Rows, posts: Rows, applications: Rows, slots: Rows, loans: Rows, lenders: Rows, services: Rows,
    tables: Row, counts: Integers,
) -> None:  # fmt: skip
    """Let old posts lapse; each employer plans once a month and looks at its staff once a week."""
    _let_lapse(day, posts, employers, slots, applications, tables, counts)
    for row in range(tables.employers):
        employer = employers[row]
        if employer.alive == 0:
            if employer.founder >= 0 and employer.slots > 0:  # a start-up that closed last night
                _withdraw_posts(day, employer, employers, posts, applications, slots, counts)
                slots[employer.first_slot].employer = NEVER
                employer.slots = 0
            continue
        if (day + row) % MONTH_DAYS == 0:
            _plan(rules, day, row, today, employers, loans, lenders, services, counts)
            if employer.alive == 0:
                _withdraw_posts(day, employer, employers, posts, applications, slots, counts)
                continue
        if (day + row) % REVIEW_DAYS == 0:
            keep_for_ordered(employer)
            missing = openings(employer)
            while missing > 0 and tables.posts < posts.size:
                slot = free_slot(employer, slots)
                if slot < 0:
                    break
                open_post(rules, day, row, slot, employers, posts, slots, tables, counts)
                missing -= 1


@compiled
def _let_lapse(day: int, posts: Rows, employers: Rows, slots: Rows, applications: Rows, tables: Row, counts: Integers) -> None:
    """Close the open posts that are past their day, and move the mark below which every post is closed."""
    mark_moves = True
    for number in range(tables.first_open_post, tables.posts):
        post = posts[number]
        if post.state >= PostState.FILLED:
            if mark_moves:
                tables.first_open_post = number + 1
            continue
        mark_moves = False
        if post.state == PostState.OPEN and day > post.lapse_day:
            clear_applications(number, post, applications)
            lapse_post(day, number, posts, employers, slots, counts)


@compiled
def _plan(rules: Row, day: int, row: int, today: Row, employers: Rows, loans: Rows, lenders: Rows, services: Rows, counts: Integers) -> None:
    """One month of an employer's plans: growth with the season and with the applicants it sees, shrinkage, closure."""
    employer = employers[row]
    usual = max(0.5, employer.applicants_normal)
    ratio = max(0.25, min(4.0, (employer.applicants_recent + 0.5) / (usual + 0.5)))
    pull = 1.0
    if employer.months_known >= 3:
        pull = math.exp(rules.creation_elasticity * math.log(ratio))
    weight = 1.0 / max(3.0, min(12.0, float(employer.months_known + 1)))
    employer.applicants_normal += weight * (employer.applicants_recent - employer.applicants_normal)
    employer.applicants_recent *= 0.5
    employer.months_known += 1
    if employer.founder >= 0:
        return
    mean = rules.growth_per_post_month * employer.first_target * today.growth_season * rules.market_demand * pull
    growth = poisson(rules, Decision.EMPLOYER_GROWTH, day, row, 0, mean)
    employer.target_staff += growth
    employer.planned_growth += growth
    if uniform(rules, Decision.EMPLOYER_SHRINKAGE, day, row, 0) < rules.shrink_per_month:
        employer.target_staff -= (employer.target_staff + 9) // 10
    if employer.state_owned == 0 and uniform(rules, Decision.EMPLOYER_CLOSURE, day, row, 0) < _closure_chance(rules, employer):
        employer.alive = 0
        employer.closed_day = day
        employer.target_staff = 0
        employer.growth_day = NEVER
        default_on_loan(employer, loans, lenders, services, counts)
        counts[Count.EMPLOYERS_CLOSED] += 1


@compiled
def _closure_chance(rules: Row, employer: Row) -> float:
    """Return the chance that a private employer closes this month: usual up to the mean size, smaller in proportion above it."""
    return rules.exit_per_year / 12.0 * min(1.0, rules.market_employer_size / max(1.0, float(employer.staff)))


@compiled
def _withdraw_posts(day: int, employer: Row, employers: Rows, posts: Rows, applications: Rows, slots: Rows, counts: Integers) -> None:
    for slot in range(employer.first_slot, employer.first_slot + employer.slots):
        number = slots[slot].post
        if number >= 0:
            clear_applications(number, posts[number], applications)
            lapse_post(day, number, posts, employers, slots, counts)


@compiled
def replace_leaver(rules: Row, day: int, identity: int, employer: Row) -> None:
    """Decide whether a left job will be filled again."""
    if uniform(rules, Decision.REPLACEMENT, day, identity, 0) >= rules.replacement_share:
        employer.target_staff = max(0, employer.target_staff - 1)


@compiled
def schedule_growth(rules: Row, day: int, row: int, employer: Row) -> None:
    """Draw the next day on which an employer has a growth project that needs money."""
    if employer.state_owned == 1 or rules.growth_per_year < 1e-6:
        employer.growth_day = NEVER
    else:
        employer.growth_day = day + days_until(rules, Decision.GROWTH_OPPORTUNITY, day, row, 0, 365.0 / rules.growth_per_year)
