"""Phase 8, interviews and offers: finite posts, so that one person's hire is another's refusal."""

from __future__ import annotations

import math

from sim.agents.employer import KEPT_APPLICATIONS
from sim.compiled import NEVER, Integers, Row, Rows, compiled
from sim.draws import Decision, normal, uniform
from sim.phases.travel import interviews_online
from sim.policies.subsidies import worth_of_moving
from sim.rules.posts import drop_tried_applications, usual_wage
from sim.rules.scoring import interview_score
from sim.rules.searching import falling_reservation, schedule_outside_offer
from sim.rules.working import EFFORT_TO_MOVE, offer_is_accepted, pull_of_region, sign_here, sign_outside
from sim.states import Activity, Count, Place, PostState, Stage


@compiled
def interview_and_offer(
    rules: Row, day: int, calendar: Rows, people: Rows, employers: Rows, posts: Rows, applications: Rows, slots: Rows,
    services: Rows, tables: Row, counts: Integers,
) -> None:  # fmt: skip
    """Hold the interviews of the day; make the offers of the day, each to the best who is left."""
    for number in range(tables.first_open_post, tables.posts):
        post = posts[number]
        if post.state == PostState.INTERVIEWING and post.interview_day == day:
            _hold_interviews(rules, day, number, people, employers, posts, applications, counts)
            post.state = PostState.OFFERING
            post.offer_day = calendar[day + 1].next_working
        elif post.state == PostState.OFFERING and post.offer_day == day:
            _make_offer(rules, day, number, calendar, people, employers, posts, applications, slots, services, counts)


@compiled
def _hold_interviews(
    rules: Row, day: int, number: int, people: Rows, employers: Rows, posts: Rows, applications: Rows, counts: Integers,
) -> None:  # fmt: skip
    post = posts[number]
    employer = employers[post.employer]
    online = interviews_online(rules, post.employer)
    for place in range(number * KEPT_APPLICATIONS, number * KEPT_APPLICATIONS + post.kept):
        application = applications[place]
        if application.stage != Stage.CALLED:
            continue
        person = people[application.person]
        engaged = person.contract_day >= 0 and post.wage < rules.break_gain * person.contract_wage
        absent = person.place == Place.ELSEWHERE and person.from_elsewhere == 1 and not online
        if engaged or absent or person.activity == Activity.FOUNDER:
            application.stage = Stage.MISSED
            counts[Count.INTERVIEWS_MISSED] += 1
            person.interviews_missed += 1
            continue
        application.score = interview_score(rules, day, application.person, person, post.employer, employer, application.channel)
        application.stage = Stage.INTERVIEWED
        person.interviews += 1
        counts[Count.INTERVIEWS_HELD] += 1
        if person.guest_stays > 0 and person.guest_interviewed == 0:
            person.guest_interviewed = 1
            counts[Count.GUESTS_INTERVIEWED] += 1


@compiled
def _make_offer(
    rules: Row, day: int, number: int, calendar: Rows, people: Rows, employers: Rows, posts: Rows, applications: Rows,
    slots: Rows, services: Rows, counts: Integers,
) -> None:  # fmt: skip
    """Make one offer to the best above the bar; refused, the next follows on the next office day; nobody left, the post opens again."""
    post = posts[number]
    employer = employers[post.employer]
    best = NEVER
    for place in range(number * KEPT_APPLICATIONS, number * KEPT_APPLICATIONS + post.kept):
        application = applications[place]
        if application.stage == Stage.INTERVIEWED and application.score >= employer.skill_bar:
            if best < 0 or application.score > applications[best].score:
                best = place
    if best < 0:
        drop_tried_applications(number, post, applications)
        post.state = PostState.OPEN
        post.review_day = day + 10
        return
    application = applications[best]
    person = people[application.person]
    person.offers += 1
    counts[Count.OFFERS_MADE] += 1
    if _accepts(rules, day, application.person, person, post, services):
        application.stage = Stage.ACCEPTED
        sign_here(rules, day, application.person, number, application.channel, people, posts, employers, slots, counts)
    else:
        application.stage = Stage.REFUSED
        post.offer_day = calendar[day + 1].next_working


@compiled
def _accepts(rules: Row, day: int, identity: int, person: Row, post: Row, services: Rows) -> bool:
    """Weigh an offer against the job or contract in hand, or the reservation wage; ties to the region, and a rent subsidy, count like pay."""
    if person.activity == Activity.FOUNDER:
        return False
    if person.contract_day >= 0 and post.wage < rules.break_gain * person.contract_wage:
        return False
    reservation = falling_reservation(rules, day, person)
    if person.activity == Activity.EMPLOYED:
        reservation = rules.employed_gain_wanted * person.wage
    luck = uniform(rules, Decision.ACCEPT_OFFER, day, identity, post.employer)
    worth = post.wage + worth_of_moving(rules, day, person, services)
    return offer_is_accepted(rules, worth * math.exp(pull_of_region(person)), reservation, luck)


@compiled
def receive_outside_offers(
    rules: Row, day: int, people: Rows, posts: Rows, employers: Rows, due: Integers, tables: Row, counts: Integers,
) -> None:  # fmt: skip
    """Offers from elsewhere come to those who search there; a local's ties speak against them."""
    for index in range(tables.due):
        identity = due[index]
        person = people[identity]
        if person.next_outside_day != day:
            continue
        spread = 0.35 * normal(rules, Decision.OUTSIDE_WAGE, day, identity, 0) + 0.1 * person.skill
        wage = int(usual_wage(rules, person.education) * math.exp(rules.outside_wage_premium + spread))
        reservation = falling_reservation(rules, day, person)
        if person.activity == Activity.EMPLOYED:
            reservation = rules.employed_gain_wanted * person.wage
        if person.contract_day >= 0:
            reservation = max(reservation, rules.break_gain * person.contract_wage)
        pull = person.attachment + EFFORT_TO_MOVE if person.place == Place.RESIDENT else 0.0
        luck = uniform(rules, Decision.OUTSIDE_ACCEPT, day, identity, 0)
        if offer_is_accepted(rules, wage * math.exp(-min(1.0, pull)), reservation, luck):
            sign_outside(rules, day, identity, wage, person, posts, employers, counts)
        else:
            schedule_outside_offer(rules, day, identity, person)
