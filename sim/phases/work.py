"""Phase 9, work: contracts begin, jobs end, people search again."""

from __future__ import annotations

from sim.compiled import NEVER, Integers, Row, Rows, compiled
from sim.draws import Decision, uniform
from sim.phases.vacancies import replace_leaver
from sim.policies.internships import leave_place
from sim.rules.places import let_go_of_opening
from sim.rules.searching import begin_search, end_search, schedule_search
from sim.rules.working import begin_job, break_contract, leave_job
from sim.states import Activity, Count, Course, Place


@compiled
def work(
    rules: Row, day: int, people: Rows, employers: Rows, posts: Rows, services: Rows, due: Integers, tables: Row, counts: Integers,
) -> None:  # fmt: skip
    """Begin the contracts of the day and end the jobs whose day has come, or whose employer has closed."""
    closing = counts[Count.EMPLOYERS_CLOSED] + counts[Count.STARTUPS_CLOSED] > tables.closures_handled
    tables.closures_handled = counts[Count.EMPLOYERS_CLOSED] + counts[Count.STARTUPS_CLOSED]
    for index in range(tables.people if closing else tables.due):
        identity = index if closing else due[index]
        person = people[identity]
        if person.contract_day == day:
            _begin(rules, day, identity, people, posts, employers, services, counts)
        if person.activity == Activity.EMPLOYED:
            closed = closing and person.employer >= 0 and employers[person.employer].alive == 0
            if closed or person.separation_day <= day:
                separate(rules, day, identity, person, closed, employers, counts)


@compiled
def _begin(rules: Row, day: int, identity: int, people: Rows, posts: Rows, employers: Rows, services: Rows, counts: Integers) -> None:
    """Begin a contract, unless the employer has closed meanwhile."""
    person = people[identity]
    if person.contract_outside == 0 and employers[posts[person.contract_post].employer].alive == 0:
        break_contract(person, posts, employers, counts)
        if person.activity == Activity.EMPLOYED and person.searches_on_the_job == 0:
            end_search(person)
        else:
            schedule_search(rules, day, identity, person)
        return
    if person.activity == Activity.EMPLOYED and person.employer >= 0:
        replace_leaver(rules, day, identity, employers[person.employer])
    if person.activity == Activity.INTERN:
        leave_place(rules, day, person, employers, services)
    person.course = Course.OWN
    let_go_of_opening(person, employers)
    begin_job(rules, day, identity, people, posts, employers, counts)


@compiled
def separate(rules: Row, day: int, identity: int, person: Row, closed: bool, employers: Rows, counts: Integers) -> None:
    """End a job: the person searches, wanting nearly what the last job paid."""
    dismissed = closed or uniform(rules, Decision.SEPARATION_CAUSE, day, identity, 0) >= rules.voluntary_share
    if dismissed:
        counts[Count.DISMISSALS] += 1
    wage = person.wage
    if person.employer >= 0 and not closed:
        replace_leaver(rules, day, identity, employers[person.employer])
    leave_job(day, person, employers, counts)
    person.reservation_wage = max(rules.reservation_share * person.expected_wage, 0.9 * wage)
    if person.contract_day >= 0:
        person.activity = Activity.SEARCHING
        person.searching_since = day
        person.next_search_day = NEVER
        return
    begin_search(rules, day, identity, person)
    if person.from_elsewhere == 0 and person.place != Place.RESIDENT:
        person.place = Place.RESIDENT
