"""Phase 8, answers, interviews and offers: finite posts, so that one person's hire is another's refusal."""

from __future__ import annotations

from sim.compiled import NEVER, Row, compiled
from sim.draws import Decision, uniform
from sim.fetching import AHEAD, LINES_OF_A_SESSION, LINES_OF_AN_INTERVIEW, fetch, fetch_person
from sim.levers.transport_support import travel_to_interview
from sim.meetings import added_to_offer
from sim.phases.travel import interviews_online
from sim.rules.answering import answer_offers, weighs_offers
from sim.rules.beliefs import hear_of_pay, learn_from_offer
from sim.rules.elsewhere import wage_elsewhere, worth_elsewhere
from sim.rules.offers import leave_to_think, refuse, take_in_hand
from sim.rules.paying import pay_at, worth_of_pay
from sim.rules.posts import drop_tried_applications, pile_of
from sim.rules.scoring import interview_score, score_of_two
from sim.rules.searching import schedule_outside_offer
from sim.rules.subsidised import cost_at_desk
from sim.rules.utility import appeal, value_applied_for, value_of_offer, value_without_offers
from sim.rules.visiting import is_here_for_the_day
from sim.states import Activity, Count, Education, Place, PostState, Stage
from sim.tables import Tables


@compiled
def interview_and_offer(world: Tables, day: int) -> None:
    """Hear the answers of the day, hold its interviews, and make its offers, each to the best who is left."""
    for index in range(world.rows_in_use.posts_due):
        fetch(world.posts, world.posts_due[index + AHEAD], 0)
        number = world.posts_due[index]
        post = world.posts[number]
        if post.state == PostState.OFFERING and post.holder >= 0 and post.offer_day <= day:
            fetch_person(world, post.holder, LINES_OF_AN_INTERVIEW)
            answer_offers(world, day, post.holder, number)
    for index in range(world.rows_in_use.posts_due):
        fetch(world.posts, world.posts_due[index + AHEAD], 0)
        number = world.posts_due[index]
        post = world.posts[number]
        if post.state == PostState.INTERVIEWING and post.interview_day == day:
            _hold_interviews(world, day, number)
            post.state = PostState.OFFERING
            post.offer_day = world.calendar[day + 1].next_working
        elif post.state == PostState.OFFERING and post.offer_day == day and post.holder < 0:
            if not _call_to_second_round(world, day, number):
                _make_offer(world, day, number)


@compiled
def _hold_interviews(world: Tables, day: int, number: int) -> None:
    post = world.posts[number]
    for place in pile_of(world, number):
        if world.applications[place].stage == Stage.CALLED:
            fetch_person(world, world.applications[place].person, LINES_OF_AN_INTERVIEW)
    online = interviews_online(world, post.employer)
    for place in pile_of(world, number):
        application = world.applications[place]
        if application.stage != Stage.CALLED:
            continue
        person = world.people[application.person]
        if person.activity == Activity.AGED_OUT:
            application.stage = Stage.MISSED
            world.counts[Count.INTERVIEWS_CANCELLED] += 1
            continue
        away = person.place == Place.ELSEWHERE and not is_here_for_the_day(day, person)
        gone = person.activity == Activity.FOUNDER
        absent = gone or (away and not online) or _is_engaged(world, day, application.person, post)
        if absent or not travel_to_interview(world, day, person, world.employers[post.employer]):
            application.stage = Stage.MISSED
            world.counts[Count.INTERVIEWS_MISSED] += 1
            person.interviews_missed += 1
            continue
        if post.first_round_day >= 0:
            application.score = score_of_two(world, day, post.first_round_day, application.person, post.employer, application.channel)
            world.counts[Count.SECOND_INTERVIEWS] += 1
        else:
            application.score = interview_score(world, Decision.INTERVIEW_SIGNAL, day, application.person, post.employer, application.channel)
        application.score -= cost_at_desk(world, day, person, post)
        application.stage = Stage.INTERVIEWED
        person.interviews += 1
        world.counts[Count.INTERVIEWS_HELD] += 1
        if person.guest_stays > 0 and person.guest_interviewed == 0:
            person.guest_interviewed = 1
            world.counts[Count.GUESTS_INTERVIEWED] += 1


@compiled
def _is_engaged(world: Tables, day: int, identity: int, post: Row) -> bool:
    """Tell whether somebody has signed meanwhile for a job, or has an offer in hand, that this post could not outdo."""
    person = world.people[identity]
    if person.contract_day < 0 and person.offers_in_hand == 0:
        return False
    return appeal(world, identity, worth_of_pay(world, day, person, post), post.employer, value_applied_for(world, day, identity)) < 0.0


@compiled
def _best_of(world: Tables, number: int) -> int:
    """Return where the best application lies of those interviewed who are worth the wait; NEVER where none is."""
    bar = world.employers[world.posts[number].employer].skill_bar
    best = NEVER
    for place in pile_of(world, number):
        application = world.applications[place]
        if application.stage == Stage.INTERVIEWED and application.score >= bar:
            if best < 0 or application.score > world.applications[best].score:
                best = place
    return best


@compiled
def _call_to_second_round(world: Tables, day: int, number: int) -> bool:
    """Call the best of a first round to a second one, where the employer holds one; it keeps the others in reserve, with what it knows of them.

    Returns:
        False where there is no second round to be held.
    """
    post = world.posts[number]
    behaviour = world.rules.behaviour
    if post.first_round_day >= 0 or post.education == Education.VOCATIONAL:
        return False
    if uniform(world, Decision.SECOND_ROUND, 0, post.employer, 0) >= behaviour.second_round_share:
        return False
    called = 0
    while called < behaviour.second_round_called:
        best = _best_of(world, number)
        if best < 0:
            break
        world.applications[best].stage = Stage.CALLED
        called += 1
    if called == 0:
        return False
    world.counts[Count.INTERVIEWS_CALLED] += called
    post.first_round_day = post.interview_day
    post.state = PostState.INTERVIEWING
    post.interview_day = world.calendar[day + behaviour.second_round_days].next_working
    return True


@compiled
def _make_offer(world: Tables, day: int, number: int) -> None:
    """Make one offer to the best; refused, the next follows on the next office day; nobody left, the post opens again.

    What is not worth what a person wants is refused at once; what is, is thought over.
    """
    post = world.posts[number]
    best = _best_of(world, number)
    if best < 0:
        drop_tried_applications(world, number)
        post.state = PostState.OPEN
        post.first_round_day = NEVER
        post.review_day = day + world.rules.behaviour.review_again_days
        return
    identity = world.applications[best].person
    fetch_person(world, identity, LINES_OF_AN_INTERVIEW)
    person = world.people[identity]
    person.offers += 1
    world.counts[Count.OFFERS_MADE] += 1
    pay = worth_of_pay(world, day, person, post) + added_to_offer(world, day, identity, number)
    worth = value_of_offer(world, identity, pay, post.employer)
    if not weighs_offers(person) or worth < value_without_offers(world, day, identity, 0.0):
        refuse(world, day, number, best)
    else:
        leave_to_think(world, day, number, best, worth)
        if world.rules.behaviour.answer_days == 0:
            answer_offers(world, day, identity, number)
    learn_from_offer(world, identity, pay_at(world, person, post))


@compiled
def receive_outside_offers(world: Tables, day: int) -> None:
    """Offers from elsewhere come to those who search there, and leave as long to answer as those from here; a local's ties speak against them."""
    for index in range(world.rows_in_use.due):
        ahead = world.due[index + AHEAD]
        if world.people[ahead].next_outside_day == day:
            fetch_person(world, ahead, LINES_OF_A_SESSION)
        identity = world.due[index]
        person = world.people[identity]
        if person.next_outside_day != day:
            continue
        if person.outside_offer == 0:
            _weigh_outside_offer(world, day, identity)
        else:
            answer_offers(world, day, identity, NEVER)
        if person.next_outside_day == day:
            schedule_outside_offer(world, day, identity)


@compiled
def _weigh_outside_offer(world: Tables, day: int, identity: int) -> None:
    """Refuse an offer from elsewhere that is not worth what the person wants; think any other over."""
    person = world.people[identity]
    wage = wage_elsewhere(world, day, identity, Decision.OUTSIDE_WAGE)
    worth = worth_elsewhere(world, day, identity, wage, Decision.OUTSIDE_ACCEPT)
    if worth >= value_without_offers(world, day, identity, 0.0):
        person.outside_offer = wage
        take_in_hand(person, worth)
        if world.rules.behaviour.answer_days == 0:
            answer_offers(world, day, identity, NEVER)
        else:
            person.next_outside_day = day + world.rules.behaviour.answer_days
    hear_of_pay(world, person, float(wage), 1.0)
