"""Phase 8, interviews and offers: finite posts, so that one person's hire is another's refusal."""

from __future__ import annotations

import math

from sim.compiled import NEVER, compiled
from sim.draws import Decision, uniform
from sim.meetings import added_to_offer
from sim.phases.travel import interviews_online
from sim.rules.elsewhere import wage_elsewhere, would_go
from sim.rules.paying import cost_of_waiting, worth_of_breaking, worth_of_pay
from sim.rules.posts import drop_tried_applications, pile_of
from sim.rules.scoring import interview_score
from sim.rules.searching import falling_reservation, schedule_outside_offer
from sim.rules.working import offer_is_accepted, pull_of_region, sign_here, sign_outside
from sim.states import Activity, Count, Place, PostState, Stage
from sim.tables import Tables


@compiled
def interview_and_offer(world: Tables, day: int) -> None:
    """Hold the interviews of the day; make the offers of the day, each to the best who is left."""
    for number in range(world.rows_in_use.first_open_post, world.rows_in_use.posts):
        post = world.posts[number]
        if post.state == PostState.INTERVIEWING and post.interview_day == day:
            _hold_interviews(world, day, number)
            post.state = PostState.OFFERING
            post.offer_day = world.calendar[day + 1].next_working
        elif post.state == PostState.OFFERING and post.offer_day == day:
            _make_offer(world, day, number)


@compiled
def _hold_interviews(world: Tables, day: int, number: int) -> None:
    post = world.posts[number]
    online = interviews_online(world, post.employer)
    for place in pile_of(world, number):
        application = world.applications[place]
        if application.stage != Stage.CALLED:
            continue
        person = world.people[application.person]
        engaged = person.contract_day >= 0 and worth_of_pay(world, day, person, post) < worth_of_breaking(world, day, person)
        absent = person.place == Place.ELSEWHERE and person.from_elsewhere == 1 and not online
        if engaged or absent or person.activity in (Activity.FOUNDER, Activity.AGED_OUT):
            application.stage = Stage.MISSED
            world.counts[Count.INTERVIEWS_MISSED] += 1
            person.interviews_missed += 1
            continue
        application.score = interview_score(world, Decision.INTERVIEW_SIGNAL, day, application.person, post.employer, application.channel)
        application.score -= cost_of_waiting(world, day, person, post.wanted_day)
        application.stage = Stage.INTERVIEWED
        person.interviews += 1
        world.counts[Count.INTERVIEWS_HELD] += 1
        if person.guest_stays > 0 and person.guest_interviewed == 0:
            person.guest_interviewed = 1
            world.counts[Count.GUESTS_INTERVIEWED] += 1


@compiled
def _make_offer(world: Tables, day: int, number: int) -> None:
    """Make one offer to the best who is worth the wait; refused, the next follows on the next office day; nobody left, the post opens again."""
    post = world.posts[number]
    employer = world.employers[post.employer]
    best = NEVER
    for place in pile_of(world, number):
        application = world.applications[place]
        if application.stage == Stage.INTERVIEWED and application.score >= employer.skill_bar:
            if best < 0 or application.score > world.applications[best].score:
                best = place
    if best < 0:
        drop_tried_applications(world, number)
        post.state = PostState.OPEN
        post.review_day = day + world.rules.behaviour.review_again_days
        return
    application = world.applications[best]
    person = world.people[application.person]
    person.offers += 1
    world.counts[Count.OFFERS_MADE] += 1
    if _accepts(world, day, application.person, number):
        application.stage = Stage.ACCEPTED
        sign_here(world, day, application.person, number, application.channel)
    else:
        application.stage = Stage.REFUSED
        world.counts[Count.OFFERS_REFUSED] += 1
        post.offer_day = world.calendar[day + 1].next_working


@compiled
def _accepts(world: Tables, day: int, identity: int, number: int) -> bool:
    """Weigh an offer against the job or contract in hand, or the reservation wage; ties to the region, and a rent subsidy, count like pay."""
    person = world.people[identity]
    post = world.posts[number]
    if person.activity in (Activity.FOUNDER, Activity.AGED_OUT):
        return False
    pay = worth_of_pay(world, day, person, post)
    if person.contract_day >= 0 and pay < worth_of_breaking(world, day, person):
        return False
    reservation = falling_reservation(world, day, person)
    if person.activity == Activity.EMPLOYED:
        reservation = world.rules.behaviour.employed_gain_wanted * person.wage
    luck = uniform(world, Decision.ACCEPT_OFFER, day, identity, post.employer)
    worth = pay + added_to_offer(world, day, identity, number)
    return offer_is_accepted(world, worth * math.exp(pull_of_region(world, person)), reservation, luck)


@compiled
def receive_outside_offers(world: Tables, day: int) -> None:
    """Offers from elsewhere come to those who search there; a local's ties speak against them."""
    for index in range(world.rows_in_use.due):
        identity = world.due[index]
        person = world.people[identity]
        if person.next_outside_day != day:
            continue
        wage = wage_elsewhere(world, day, identity, Decision.OUTSIDE_WAGE)
        if would_go(world, day, identity, wage, Decision.OUTSIDE_ACCEPT):
            sign_outside(world, day, identity, wage)
        else:
            schedule_outside_offer(world, day, identity)
