"""Openings that an employer keeps off the boards for trainees and interns, and what becomes of them."""

from __future__ import annotations

import math

from sim.calendar import MONTH_DAYS
from sim.compiled import NEVER, Row, compiled
from sim.draws import Decision, normal, uniform
from sim.rules.anchors import anchor_in
from sim.rules.beliefs import learn_from_offer
from sim.rules.posts import close_post, is_for_class, open_post, posted_pay, put_up
from sim.rules.scoring import cv_score
from sim.rules.services import firm_knows, pay_promised, release
from sim.rules.utility import offer_is_accepted
from sim.rules.working import sign_here
from sim.states import Activity, Channel, Count, Placement, PostState
from sim.tables import Tables

LOOKS_PER_CANDIDATE = 25
"""Employers looked at for each that is asked: enough to find an industry of a small share, or who has heard of a scheme that few know."""


@compiled
def find_partner(world: Tables, lever: int, decision: int, number: int, industry: int) -> int:
    """Find an employer for a scheme of which it has heard: an anchor or else, among some that are asked, the largest, openings counting more.

    Args:
        world: The world.
        lever: Row of the lever.
        decision: What is decided.
        number: Which partner of the scheme.
        industry: Industry wanted, or NEVER for any.

    Returns:
        Row of the employer; NEVER where nobody is found who is in business, in the industry, and has heard of it.
    """
    named = anchor_in(world, lever, number, industry)
    if named >= 0:
        return named
    best = NEVER
    best_worth = -1
    asked = 0
    candidates = world.rules.market.partner_candidates
    for attempt in range(candidates * LOOKS_PER_CANDIDATE):
        row = int(world.slots[int(uniform(world, decision, 0, number, attempt) * world.rows_in_use.regular_slots)].employer)
        employer = world.employers[row]
        if employer.alive == 0 or (industry >= 0 and employer.industry != industry) or not firm_knows(world, employer, lever):
            continue
        asked += 1
        worth = world.rules.market.partner_opening_weight * max(0, to_spare(employer)) + employer.target_staff
        if worth > best_worth:
            best = row
            best_worth = worth
        if asked == candidates:
            break
    return best


@compiled
def openings(employer: Row) -> int:
    """Return the posts that the employer wants to fill and has not advertised, but for those whose advert has lapsed lately."""
    return int(employer.target_staff - posts_of(employer))


@compiled
def to_spare(employer: Row) -> int:
    """Return the posts that the employer wants to fill and does not advertise today, lapsed adverts included."""
    return openings(employer) + int(employer.paused)


@compiled
def posts_of(employer: Row) -> int:
    """Return the posts of an employer that are held, promised, kept for somebody, advertised, or about to be advertised again."""
    return int(employer.staff + employer.pending + employer.held + employer.open_posts + employer.paused)


@compiled
def hold_opening(world: Tables, day: int, employer: Row) -> bool:
    """Keep one opening off the boards: one that is not advertised or, failing that, a post without applications.

    Returns:
        False where the employer has none to spare.
    """
    if to_spare(employer) > 0:
        _hold(employer)
        return True
    for slot in range(employer.first_slot, employer.first_slot + employer.slots):
        number = world.slots[slot].post
        if number >= 0 and world.posts[number].state == PostState.OPEN and world.posts[number].kept == 0:
            world.plan.class_posts += is_for_class(world, day, world.posts[number])
            close_post(world, day, world.posts[number], PostState.KEPT)
            world.counts[Count.POSTS_KEPT] += 1
            employer.held += 1
            return True
    return False


@compiled
def _hold(employer: Row) -> None:
    """Keep an opening that is not advertised: one that was about to be or, failing that, one whose advert has lapsed."""
    if openings(employer) <= 0:
        employer.paused -= 1
    employer.held += 1


@compiled
def order(world: Tables, day: int, person: Row, row: int) -> None:
    """Train a person to the order of an employer, who keeps an opening for it as soon as there is one to spare."""
    person.course_host = row
    employer = world.employers[row]
    employer.ordered += 1
    if hold_opening(world, day, employer):
        employer.ordered -= 1


@compiled
def keep_for_ordered(employer: Row) -> None:
    """Keep what has fallen open for those who are being trained to order, before anything is advertised."""
    while employer.ordered > 0 and to_spare(employer) > 0:
        employer.ordered -= 1
        _hold(employer)


@compiled
def let_go_of_opening(world: Tables, person: Row) -> None:
    """End an order: who is still without an opening is one less, or an opening goes back to the employer's plan."""
    if person.course_host >= 0:
        employer = world.employers[person.course_host]
        if employer.ordered > 0:
            employer.ordered -= 1
        else:
            employer.held -= 1
        person.course_host = NEVER


@compiled
def _take_opening(world: Tables, day: int, person: Row) -> bool:
    """End an order with an opening, one that was kept or one that there is today. Returns False where there is none."""
    employer = world.employers[person.course_host]
    if employer.held == 0 and hold_opening(world, day, employer):
        employer.ordered -= 1
    found = employer.held > 0
    if found:
        employer.held -= 1
    else:
        employer.ordered -= 1
    person.course_host = NEVER
    return bool(found)


@compiled
def offer_held_opening(world: Tables, day: int, identity: int, row: int, channel: int) -> bool:
    """Offer an opening of the partner to a person trained to its order, paid as usual in the person's tier, and weighed like any other offer.

    The opening has not been on the boards and needs no advertising slot; refused, it goes back to the employer's plan.

    Returns:
        True where the person signed.
    """
    person = world.people[identity]
    employer = world.employers[row]
    if employer.alive == 0 or person.contract_day >= 0 or world.rows_in_use.posts >= world.posts.size:
        let_go_of_opening(world, person)
        return False
    if not _take_opening(world, day, person):
        return False
    person.offers += 1
    world.counts[Count.OFFERS_MADE] += 1
    noise = world.rules.behaviour.post_wage_noise * normal(world, Decision.POST_WAGE, day, row, world.slots.size + identity)
    wage = posted_pay(world, employer, person.education, noise)
    paid = wage * math.exp(world.rules.behaviour.skill_return * person.skill)
    accepted = offer_is_accepted(world, day, identity, paid, row)
    learn_from_offer(world, identity, int(paid))
    if not accepted:
        person.offers_refused += 1
        world.counts[Count.OFFERS_REFUSED] += 1
        return False
    slot = employer.first_slot
    advertised = world.slots[slot].post
    number = open_post(world, day, row, slot)
    world.posts[number].education = person.education
    world.posts[number].wage = wage
    world.posts[number].wanted_day = day
    sign_here(world, day, identity, number, channel)
    put_up(world, slot, advertised)
    return True


@compiled
def count_kept(world: Tables, person: Row, kind: int) -> None:
    """Count an intern whom the host has hired or put forward."""
    person.internships_kept += 1
    world.counts[Count.INTERNS_KEPT] += 1
    if kind != Placement.OWN:
        person.placements_kept += 1
        world.counts[Count.PLACEMENTS_KEPT] += 1


@compiled
def is_kept_by_host(world: Tables, day: int, identity: int) -> bool:
    """Let the host of a graduate who is about to take another offer answer with the opening that it keeps, if what it has seen so far is enough.

    Refused, it was the last offer of the host.

    Returns:
        True where the person signed with the host.
    """
    person = world.people[identity]
    if person.activity != Activity.INTERN or person.placement != Placement.GRADUATE or person.course_host < 0:
        return False
    row = person.employer
    employer = world.employers[row]
    person.host_days = MONTH_DAYS * world.rules.internships.graduate_months - (person.return_day - day)
    if employer.alive == 0 or employer.held == 0 or cv_score(world, day, identity, row, Channel.PLACEMENT) < employer.skill_bar:
        return False
    if not offer_held_opening(world, day, identity, row, Channel.PLACEMENT):
        return False
    count_kept(world, person, Placement.GRADUATE)
    return True


@compiled
def monthly_cost(world: Tables, kind: int) -> int:
    """Return what a month of a place costs the programme, CNY."""
    return paid_to_intern(world, kind) + int(world.rules.internships.administration)


@compiled
def paid_to_intern(world: Tables, kind: int) -> int:
    """Return what the person has of a month of a place, CNY."""
    rules = world.rules.internships
    if kind == Placement.GRADUATE:
        return int(rules.stipend)
    return int(rules.practice_allowance if kind == Placement.PRACTICE else rules.student_allowance)


@compiled
def pay_month_of_place(world: Tables, person: Row) -> None:
    """Spend what was promised for one month of a place; the money reaches the person at the next pay day."""
    if person.place_months <= 0:
        return
    person.place_months -= 1
    pay_promised(world, world.rules.internships.row, monthly_cost(world, person.placement))
    person.stipend_due += paid_to_intern(world, person.placement)


@compiled
def leave_place(world: Tables, day: int, person: Row) -> None:
    """Leave an internship, at its end or before: months begun are paid, the host has one intern less, later months are free again."""
    while person.place_months > 0 and person.place_pay_day + MONTH_DAYS < day:
        person.place_pay_day += MONTH_DAYS
        pay_month_of_place(world, person)
    if person.employer >= 0:
        world.employers[person.employer].interns -= 1
    person.employer = NEVER
    if person.place_months > 0:
        release(world, world.rules.internships.row, person.place_months * monthly_cost(world, person.placement))
        person.place_months = 0
    person.placement = Placement.OWN
