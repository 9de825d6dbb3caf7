"""Opening, filling and closing of posts."""

from __future__ import annotations

import math

from sim.agents.employer import KEPT_APPLICATIONS
from sim.compiled import NEVER, Integers, Row, Rows, compiled
from sim.draws import Decision, days_until, normal, uniform
from sim.states import Count, Education, PostState, Stage


@compiled
def usual_wage(rules: Row, education: int) -> float:
    """Return the market's usual entry pay for an education tier, CNY a month."""
    if education == Education.VOCATIONAL:
        return rules.region_wage_vocational
    if education == Education.BACHELOR:
        return rules.region_wage_bachelor
    return rules.region_wage_master


@compiled
def free_slot(employer: Row, slots: Rows) -> int:
    """Find an advertising slot of the employer that holds no post."""
    for slot in range(employer.first_slot, employer.first_slot + employer.slots):
        if slots[slot].post < 0:
            return slot
    return NEVER


@compiled
def open_post(rules: Row, day: int, row: int, slot: int, employers: Rows, posts: Rows, slots: Rows, tables: Row, counts: Integers) -> int:
    """Open one post in a free slot and advertise it.

    Luck is keyed by employer, slot and day, never by the row of the post, which depends on what others do.

    Returns:
        Row of the post.
    """
    employer = employers[row]
    number = tables.posts
    tables.posts += 1
    post = posts[number]
    post.employer = row
    post.slot = slot
    post.state = PostState.OPEN
    post.field = employer.industry
    draw = uniform(rules, Decision.POST_EDUCATION, day, row, slot)
    post.education = Education.BACHELOR
    if draw < rules.market_vocational_posts:
        post.education = Education.VOCATIONAL
    elif draw >= 1.0 - rules.market_master_posts:
        post.education = Education.MASTER
    noise = rules.post_wage_noise * normal(rules, Decision.POST_WAGE, day, row, slot)
    post.wage = int(usual_wage(rules, post.education) * employer.wage_level * math.exp(noise))
    post.for_graduates = 0
    if employer.planned_growth > 0:
        employer.planned_growth -= 1
        post.for_graduates = 1
    post.opened_day = day
    post.closed_day = NEVER
    post.review_day = day + 5 + days_until(rules, Decision.POST_REVIEW, day, row, slot, max(1.0, rules.review_days - 5.0))
    longest = max(10.0, rules.post_days)
    lapse = uniform(rules, Decision.POST_LAPSE, day, row, slot)
    spread = uniform(rules, Decision.POST_LAPSE_DAY, day, row, slot)
    if lapse < rules.withdrawn_share:
        post.lapse_day = day + 3 + int(spread * 0.6 * longest)
    else:
        post.lapse_day = day + int((0.5 + spread) * longest)
    post.holder = NEVER
    post.applications = 0
    post.kept = 0
    slots[slot].post = number
    employer.open_posts += 1
    counts[Count.POSTS_OPENED] += 1
    return number


@compiled
def clear_applications(number: int, post: Row, applications: Rows) -> None:
    """Forget the applications of a post."""
    for place in range(post.kept):
        applications[number * KEPT_APPLICATIONS + place].person = NEVER
    post.kept = 0


@compiled
def drop_tried_applications(number: int, post: Row, applications: Rows) -> None:
    """After a round of interviews, keep only the applications that were never called."""
    first = number * KEPT_APPLICATIONS
    left = 0
    for place in range(post.kept):
        application = applications[first + place]
        if application.stage == Stage.KEPT:
            other = applications[first + left]
            other.person = application.person
            other.score = application.score
            other.channel = application.channel
            other.stage = Stage.KEPT
            left += 1
    for place in range(left, post.kept):
        applications[first + place].person = NEVER
    post.kept = left


@compiled
def claim_slot(rules: Row, day: int, row: int, employer: Row, fields: Rows, slots: Rows) -> None:
    """Let a start-up that wants to hire take one of the slots kept for start-ups, if a free one is found."""
    field = fields[employer.industry]
    for attempt in range(8):
        slot = field.first_startup_slot + int(uniform(rules, Decision.STARTUP_SLOT, day, employer.founder, attempt) * field.startup_slots)
        if slots[slot].employer < 0:
            slots[slot].employer = row
            employer.first_slot = slot
            employer.slots = 1
            return


@compiled
def close_post(day: int, post: Row, state: int, employers: Rows, slots: Rows) -> None:
    """Take a post off the boards: filled or lapsed."""
    post.state = state
    post.closed_day = day
    slots[post.slot].post = NEVER
    employers[post.employer].open_posts -= 1


@compiled
def lapse_post(day: int, number: int, posts: Rows, employers: Rows, slots: Rows, counts: Integers) -> None:
    """Let a post lapse unfilled; the employer gives it up."""
    post = posts[number]
    close_post(day, post, PostState.LAPSED, employers, slots)
    employer = employers[post.employer]
    engaged = employer.staff + employer.pending + employer.held + employer.open_posts
    employer.target_staff = min(employer.target_staff, max(employer.target_staff - 1, engaged))
    counts[Count.POSTS_LAPSED] += 1


@compiled
def reopen_after_break(number: int, posts: Rows, employers: Rows) -> None:
    """Give back the contract of a filled post: the employer will open another at its next review."""
    post = posts[number]
    post.holder = NEVER
    employers[post.employer].pending -= 1


@compiled
def keep_application(number: int, posts: Rows, applications: Rows, identity: int, score: float, channel: int, counts: Integers) -> bool:
    """Put an application on the employer's pile if it is among the best.

    Returns:
        False where the person is on the pile already or others are better.
    """
    post = posts[number]
    first = number * KEPT_APPLICATIONS
    worst = first
    for place in range(first, first + post.kept):
        if applications[place].person == identity:
            return False
        if applications[place].score < applications[worst].score:
            worst = place
    if post.kept < KEPT_APPLICATIONS:
        worst = first + post.kept
        post.kept += 1
    elif score <= applications[worst].score:
        counts[Count.CVS_NOT_KEPT] += 1
        return False
    else:
        counts[Count.CVS_NOT_KEPT] += 1
    application = applications[worst]
    application.person = identity
    application.score = score
    application.channel = channel
    application.stage = Stage.KEPT
    return True
