"""Phase 8, interviews and offers: finite posts, so that one person's hire is another's refusal."""

from __future__ import annotations

from sim.compiled import NEVER, Row, compiled
from sim.draws import Decision
from sim.meetings import added_to_offer
from sim.phases.travel import interviews_online
from sim.rules.beliefs import hear_of_pay, learn_from_offer
from sim.rules.elsewhere import wage_elsewhere, would_go
from sim.rules.expenses import gets_to_interview
from sim.rules.paying import cost_of_waiting, pay_at, worth_of_pay
from sim.rules.posts import drop_tried_applications, pile_of
from sim.rules.scoring import interview_score
from sim.rules.searching import schedule_outside_offer
from sim.rules.utility import appeal, offer_is_accepted, value_applied_for
from sim.rules.visiting import is_here_for_the_day
from sim.rules.working import sign_here, sign_outside
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
        away = person.place == Place.ELSEWHERE and not is_here_for_the_day(day, person)
        gone = person.activity in (Activity.FOUNDER, Activity.AGED_OUT)
        absent = gone or (away and not online) or _is_engaged(world, day, application.person, post)
        if absent or not gets_to_interview(world, person, world.employers[post.employer]):
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
def _is_engaged(world: Tables, day: int, identity: int, post: Row) -> bool:
    """Tell whether somebody has signed meanwhile for a job that this post could not outdo."""
    person = world.people[identity]
    if person.contract_day < 0:
        return False
    return appeal(world, identity, worth_of_pay(world, day, person, post), post.employer, value_applied_for(world, day, identity)) < 0.0


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
    pay = worth_of_pay(world, day, person, post) + added_to_offer(world, day, application.person, number)
    if offer_is_accepted(world, day, application.person, pay, post.employer):
        application.stage = Stage.ACCEPTED
        sign_here(world, day, application.person, number, application.channel)
    else:
        application.stage = Stage.REFUSED
        world.counts[Count.OFFERS_REFUSED] += 1
        post.offer_day = world.calendar[day + 1].next_working
    learn_from_offer(world, application.person, pay_at(world, person, post))


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
        hear_of_pay(world, person, float(wage), 1.0)
