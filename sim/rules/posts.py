"""Opening, filling and closing of posts."""

from __future__ import annotations

import math

from sim.columns import MOST_PAY
from sim.compiled import NEVER, Row, compiled
from sim.draws import Decision, days_until, normal, uniform
from sim.fetching import AHEAD, fetch
from sim.states import Count, Education, PostState, Stage
from sim.tables import Tables


@compiled
def usual_wage(world: Tables, education: int) -> float:
    """Return the market's usual entry pay for an education tier, CNY a month."""
    if education == Education.VOCATIONAL:
        return world.rules.region.wage_vocational
    if education == Education.BACHELOR:
        return world.rules.region.wage_bachelor
    return world.rules.region.wage_master


@compiled
def posted_pay(world: Tables, employer: Row, education: int, noise: float) -> int:
    """Return what an employer posts for a tier, CNY a month: usual pay, the level of entry pay, the employer's own level and what it adds of late."""
    pay = usual_wage(world, education) * employer.wage_level * math.exp(world.plan.entry_pay + employer.pay_premium + noise)
    return int(min(MOST_PAY, pay))


@compiled
def day_for_graduates(world: Tables, day: int) -> int:
    """Return the day on which a post for the coming class wants somebody."""
    return int(world.calendar[day].graduation + world.rules.behaviour.free_after_days)


@compiled
def is_for_class(world: Tables, day: int, post: Row) -> int:
    """Tell (0/1) whether a post wants nobody yet on a day: it is for the class that graduates next."""
    return int(post.wanted_day > day + world.rules.behaviour.start_days)


@compiled
def free_slot(world: Tables, employer: Row) -> int:
    """Find an advertising slot of the employer that holds no post."""
    for slot in range(employer.first_slot, employer.first_slot + employer.slots):
        if world.slots[slot].post < 0:
            return slot
    return NEVER


@compiled
def open_post(world: Tables, day: int, row: int, slot: int) -> int:
    """Open one post in a free slot and advertise it.

    Luck is keyed by employer, slot and day, never by the row of the post, which depends on what others do.

    Returns:
        Row of the post.
    """
    employer = world.employers[row]
    number = world.rows_in_use.posts
    world.rows_in_use.posts += 1
    post = world.posts[number]
    post.employer = row
    post.slot = slot
    post.state = PostState.OPEN
    post.field = employer.industry
    draw = uniform(world, Decision.POST_EDUCATION, day, row, slot)
    vocational, master = world.rules.market.vocational_posts, world.rules.market.master_posts
    if employer.planned_growth > 0:  # for the coming class: by season
        vocational, master = world.calendar[day].vocational, world.calendar[day].master
    post.education = Education.BACHELOR
    if draw < vocational:
        post.education = Education.VOCATIONAL
    elif draw >= 1.0 - master:
        post.education = Education.MASTER
    noise = world.rules.behaviour.post_wage_noise * normal(world, Decision.POST_WAGE, day, row, slot)
    post.wage = posted_pay(world, employer, post.education, noise)
    post.wanted_day = day + world.rules.behaviour.start_days
    if employer.planned_growth > 0:
        employer.planned_growth -= 1
        post.wanted_day = day_for_graduates(world, day)
    post.opened_day = day
    post.closed_day = NEVER
    behaviour = world.rules.behaviour
    least = behaviour.review_least_days
    post.review_day = day + least + days_until(world, Decision.POST_REVIEW, day, row, slot, max(1.0, behaviour.review_days - least))
    lapse = uniform(world, Decision.POST_LAPSE, day, row, slot)
    spread = uniform(world, Decision.POST_LAPSE_DAY, day, row, slot)
    if lapse < behaviour.withdrawn_share:
        post.lapse_day = day + behaviour.withdrawn_least_days + int(spread * behaviour.withdrawn_within * behaviour.post_days)
    else:
        width = behaviour.post_days_spread
        post.lapse_day = day + int((1.0 - width + 2.0 * width * spread) * behaviour.post_days)
    post.holder = NEVER
    post.first_round_day = NEVER
    post.applications = 0
    post.kept = 0
    first = first_of_pile(world, number)
    for place in range(first, first + behaviour.applications_kept):
        world.applications[place].person = NEVER
    put_up(world, slot, number)
    employer.open_posts += 1
    world.counts[Count.POSTS_OPENED] += 1
    return number


@compiled
def put_up(world: Tables, slot: int, number: int) -> None:
    """Put the advert of a post up in a slot, with what a look at it tells; no post: leave the slot empty."""
    advert = world.slots[slot]
    advert.post = number
    if number < 0:
        return
    post = world.posts[number]
    employer = world.employers[post.employer]
    advert.education = post.education
    advert.wage = post.wage
    advert.wanted_day = post.wanted_day
    advert.industry = employer.industry
    advert.state_owned = employer.state_owned
    advert.district = employer.district


@compiled
def put_all_up(world: Tables) -> None:
    """Put every advert up again: Python may have changed a post or its employer since the last call."""
    for slot in range(world.rows_in_use.advertising_slots):
        put_up(world, slot, world.slots[slot].post)


@compiled
def take_up(world: Tables) -> None:
    """List the posts opened since the last time among those that are open."""
    rows = world.rows_in_use
    while rows.posts_taken_up < rows.posts:
        world.posts_open[rows.posts_open] = rows.posts_taken_up
        rows.posts_open += 1
        rows.posts_taken_up += 1


@compiled
def list_posts_due(world: Tables, day: int) -> None:
    """List the posts that have something to do on a day once search is over: applications to read, interviews of today or tomorrow, offers, answers.

    Whatever is planned for a post later that day is for a later day; of another post only what this one is to do can come to nothing.
    """
    take_up(world)
    due = 0
    for index in range(world.rows_in_use.posts_open):
        fetch(world.posts, world.posts_open[index + AHEAD], 0)
        number = world.posts_open[index]
        post = world.posts[number]
        world.posts_due[due] = number
        reads = (post.state == PostState.OPEN) & (post.review_day <= day)
        meets = (post.state == PostState.INTERVIEWING) & (post.interview_day <= day + 1)
        due += reads | meets | ((post.state == PostState.OFFERING) & (post.offer_day <= day))
    world.rows_in_use.posts_due = due


@compiled
def first_of_pile(world: Tables, number: int) -> int:
    """Return where the pile of a post begins in the table of applications.

    Piles go round: that of a post closed long ago is used again (`has_room` of `sim/day.py`).
    """
    kept = world.rules.behaviour.applications_kept
    return int(number % world.rows_in_use.piles * kept)


@compiled
def pile_of(world: Tables, number: int) -> range:
    """Return the rows of the applications that a post keeps."""
    first = first_of_pile(world, number)
    return range(first, first + world.posts[number].kept)


@compiled
def post_of(world: Tables, place: int) -> int:
    """Return the row of the post, none closed long ago, on whose pile an application lies."""
    kept = world.rules.behaviour.applications_kept
    first = world.rows_in_use.first_open_post
    return int(first + (place // kept - first) % (world.applications.size // kept))


@compiled
def clear_applications(world: Tables, number: int) -> None:
    """Forget the applications of a post."""
    for place in pile_of(world, number):
        world.applications[place].person = NEVER
        world.counts[Count.INTERVIEWS_CANCELLED] += int(world.applications[place].stage == Stage.CALLED)
    world.posts[number].kept = 0


@compiled
def drop_tried_applications(world: Tables, number: int) -> None:
    """After a round of interviews, keep only the applications that were never called."""
    post = world.posts[number]
    first = first_of_pile(world, number)
    left = 0
    for place in range(post.kept):
        application = world.applications[first + place]
        if application.stage == Stage.KEPT:
            other = world.applications[first + left]
            other.person = application.person
            other.score = application.score
            other.channel = application.channel
            other.stage = Stage.KEPT
            left += 1
    for place in range(left, post.kept):
        world.applications[first + place].person = NEVER
    post.kept = left


@compiled
def claim_slot(world: Tables, day: int, row: int) -> None:
    """Let a start-up that wants to hire take one of the slots kept for start-ups, if a free one is found."""
    employer = world.employers[row]
    field = world.fields[employer.industry]
    for attempt in range(world.rules.market.startup_slot_looks):
        slot = field.first_startup_slot + int(uniform(world, Decision.STARTUP_SLOT, day, employer.founder, attempt) * field.startup_slots)
        if world.slots[slot].employer < 0:
            world.slots[slot].employer = row
            employer.first_slot = slot
            employer.slots = 1
            return


@compiled
def close_post(world: Tables, day: int, post: Row, state: int) -> None:
    """Take a post off the boards: filled or lapsed."""
    post.state = state
    post.closed_day = day
    put_up(world, post.slot, NEVER)
    world.employers[post.employer].open_posts -= 1


@compiled
def lapse_post(world: Tables, day: int, number: int) -> None:
    """Let an advert lapse unfilled: the employer advertises again after a pause, or leaves the post to others: the plan of the region stands."""
    post = world.posts[number]
    close_post(world, day, post, PostState.LAPSED)
    employer = world.employers[post.employer]
    returns = employer.target_staff > employer.staff + employer.pending + employer.held + employer.open_posts + employer.paused
    if returns and uniform(world, Decision.POST_GIVEN_UP, day, post.employer, post.slot) < world.rules.behaviour.given_up_share:
        employer.target_staff -= 1
        returns = False
    if returns:
        employer.paused += 1
        employer.planned_growth += is_for_class(world, day, post)
    else:
        world.plan.class_posts += is_for_class(world, day, post)
    world.counts[Count.POSTS_LAPSED] += 1


@compiled
def reopen_after_break(world: Tables, number: int) -> None:
    """Give back the contract of a filled post: an employer in business will open another, for the class if it has not graduated."""
    post = world.posts[number]
    employer = world.employers[post.employer]
    post.holder = NEVER
    employer.pending -= 1
    for_class = is_for_class(world, post.closed_day, post) * int(post.wanted_day >= world.plan.class_day)
    if employer.alive == 1:
        employer.planned_growth += for_class
    else:
        world.plan.class_posts += for_class


@compiled
def keep_application(world: Tables, number: int, identity: int, score: float, channel: int) -> bool:
    """Put an application on the employer's pile if it is among the best.

    Returns:
        False where the person is on the pile already or others are better.
    """
    post = world.posts[number]
    first = first_of_pile(world, number)
    worst = NEVER
    least = math.inf
    on_pile = False
    for place in pile_of(world, number):  # no branch, which nobody could foresee
        application = world.applications[place]
        on_pile |= application.person == identity
        lower = (application.stage == Stage.KEPT) & (application.score < least)
        worst = place if lower else worst
        least = application.score if lower else least
    if on_pile:
        return False
    if post.kept < world.rules.behaviour.applications_kept:
        worst = first + post.kept
        post.kept += 1
    elif worst < 0 or score <= least:
        world.counts[Count.CVS_NOT_KEPT] += 1
        return False
    else:
        world.counts[Count.CVS_NOT_KEPT] += 1
    application = world.applications[worst]
    application.person = identity
    application.score = score
    application.channel = channel
    application.stage = Stage.KEPT
    return True
