"""Phase 10, training and internships, own ones and those of the programme: locked in while enrolled, skill at the end."""

from __future__ import annotations

from sim.calendar import MONTH_DAYS
from sim.compiled import NEVER, compiled
from sim.draws import Decision, uniform
from sim.fetching import AHEAD, fetch
from sim.levers.internships import finish_place
from sim.levers.skills_training import finish_course
from sim.rules.queues import Queue, call_in, join_queue, open_queue
from sim.rules.searching import schedule_search
from sim.rules.youth import first_of_day, was_young
from sim.states import Activity, Count, Course, Money, Place
from sim.tables import Tables


@compiled
def train(world: Tables, day: int) -> None:
    """Begin internships and courses that people arrange by themselves; end those, and the programme's."""
    for identity in range(first_of_day(world, day), world.rows_in_use.people, MONTH_DAYS):
        fetch(world.people, identity + AHEAD * MONTH_DAYS, 0)
        if was_young(world, identity) and world.people[identity].activity == Activity.SEARCHING:
            _consider_course(world, day, identity)
    open_queue(world, world.rows_in_use.due // MONTH_DAYS)
    for index in range(world.rows_in_use.due):
        identity = world.due[index]
        person = world.people[identity]
        ends = person.return_day == day and (person.activity == Activity.TRAINING or person.activity == Activity.INTERN)
        if ends or (person.internship_day == day and person.activity == Activity.STUDYING):
            join_queue(world, identity, uniform(world, Decision.QUEUE_OF_DAY, day, identity, Queue.TRAINEES))
    for index in range(call_in(world)):
        identity = world.queue[index]
        person = world.people[identity]
        if person.internship_day == day and person.activity == Activity.STUDYING:
            _begin_internship(world, day, identity)
        elif person.activity == Activity.INTERN and person.course == Course.OWN:
            finish_place(world, day, identity)
        else:
            finish_course(world, day, identity)


@compiled
def _begin_internship(world: Tables, day: int, identity: int) -> None:
    """A local student asks one employer, found like a post, for an internship; a host takes one, and more if its staff is large."""
    person = world.people[identity]
    person.internship_day = NEVER
    if person.place != Place.RESIDENT or person.contract_day >= 0:
        return
    draw = uniform(world, Decision.INTERNSHIP_HOST, 0, identity, 0)
    row = world.slots[int(draw * world.rows_in_use.regular_slots)].employer
    employer = world.employers[row]
    if employer.alive == 0 or employer.interns > employer.staff // world.rules.behaviour.staff_per_intern:
        return
    employer.interns += 1
    person.employer = row
    person.activity = Activity.INTERN
    person.return_day = min(day + world.rules.behaviour.internship_days, max(person.graduation_day, day + 1))
    person.host_days = person.return_day - day
    schedule_search(world, day, identity)
    person.internships += 1
    world.counts[Count.INTERNS_STARTED] += 1


@compiled
def _consider_course(world: Tables, day: int, identity: int) -> None:
    """The long unemployed may pay for a course, once."""
    person = world.people[identity]
    waits = day - person.searching_since < world.rules.behaviour.course_after_days
    if waits or person.savings < world.rules.behaviour.course_fee or person.contract_day >= 0:
        return
    if person.place == Place.VISITING or uniform(world, Decision.COURSE, day, identity, 0) >= world.rules.behaviour.course_per_month:
        return
    if person.courses_finished > person.menu_courses + person.contracted_courses:
        return
    person.savings -= world.rules.behaviour.course_fee
    world.ledger[Money.COURSE_FEES] -= world.rules.behaviour.course_fee
    person.activity = Activity.TRAINING
    person.return_day = day + world.rules.behaviour.course_days
    schedule_search(world, day, identity)
