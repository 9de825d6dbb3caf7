"""Phase 10, training and internships, own ones and those of the programme: locked in while enrolled, skill at the end."""

from __future__ import annotations

from sim.compiled import NEVER, Integers, Row, Rows, compiled
from sim.draws import Decision, uniform
from sim.policies.internships import finish_place
from sim.policies.skills_training import finish_course
from sim.rules.searching import schedule_search
from sim.states import Activity, Count, Course, Money, Place

MONTH_DAYS = 30


@compiled
def train(
    rules: Row, day: int, people: Rows, employers: Rows, posts: Rows, applications: Rows, slots: Rows, services: Rows, ledger: Integers,
    due: Integers, tables: Row, counts: Integers,
) -> None:  # fmt: skip
    """Begin internships and courses that people arrange by themselves; end those, and the programme's."""
    for identity in range((MONTH_DAYS - day % MONTH_DAYS) % MONTH_DAYS, tables.people, MONTH_DAYS):
        if people[identity].activity == Activity.SEARCHING:
            _consider_course(rules, day, identity, people[identity], ledger)
    for index in range(tables.due):
        identity = due[index]
        person = people[identity]
        if person.internship_day == day and person.activity == Activity.STUDYING:
            _begin_internship(rules, day, identity, person, employers, slots, tables, counts)
        elif person.return_day == day and person.activity == Activity.INTERN and person.course == Course.OWN:
            finish_place(rules, day, identity, people, employers, posts, applications, slots, services, tables, counts)
        elif person.return_day == day and (person.activity == Activity.TRAINING or person.activity == Activity.INTERN):
            finish_course(rules, day, identity, people, employers, posts, slots, tables, counts)


@compiled
def _begin_internship(rules: Row, day: int, identity: int, person: Row, employers: Rows, slots: Rows, tables: Row, counts: Integers) -> None:
    """A local student asks one employer, found like a post, for an internship; hosts take one intern for ten of staff."""
    person.internship_day = NEVER
    if person.place != Place.RESIDENT or person.contract_day >= 0:
        return
    draw = uniform(rules, Decision.INTERNSHIP_HOST, 0, identity, 0)
    row = slots[int(draw * tables.regular_slots)].employer
    employer = employers[row]
    if employer.alive == 0 or employer.interns > employer.staff // 10:
        return
    employer.interns += 1
    person.employer = row
    person.activity = Activity.INTERN
    person.return_day = min(day + rules.internship_days, max(person.graduation_day, day + 1))
    schedule_search(rules, day, identity, person)
    person.internships += 1
    counts[Count.INTERNS_STARTED] += 1


@compiled
def _consider_course(rules: Row, day: int, identity: int, person: Row, ledger: Integers) -> None:
    """The long unemployed may pay for a course."""
    if day - person.searching_since < rules.course_after_days or person.savings < rules.course_fee or person.contract_day >= 0:
        return
    if person.place == Place.VISITING or uniform(rules, Decision.COURSE, day, identity, 0) >= rules.course_per_month:
        return
    person.savings -= rules.course_fee
    ledger[Money.COURSE_FEES] -= rules.course_fee
    person.activity = Activity.TRAINING
    person.return_day = day + rules.course_days
    schedule_search(rules, day, identity, person)
