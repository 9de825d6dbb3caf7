"""Phase 10, training and internships that people arrange by themselves: locked in while enrolled, skill at the end."""

from __future__ import annotations

from sim.compiled import NEVER, Integers, Row, Rows, compiled
from sim.draws import Decision, uniform
from sim.rules.posts import keep_application
from sim.rules.searching import begin_search, schedule_search
from sim.states import Activity, Channel, Count, Money, Place, PostState

MONTH_DAYS = 30


@compiled
def train(
    rules: Row, day: int, people: Rows, employers: Rows, posts: Rows, applications: Rows, slots: Rows, ledger: Integers,
    due: Integers, tables: Row, counts: Integers,
) -> None:  # fmt: skip
    """Begin and end internships before graduation and courses at own cost."""
    for identity in range((MONTH_DAYS - day % MONTH_DAYS) % MONTH_DAYS, tables.people, MONTH_DAYS):
        if people[identity].activity == Activity.SEARCHING:
            _consider_course(rules, day, identity, people[identity], ledger)
    for index in range(tables.due):
        identity = due[index]
        person = people[identity]
        if person.internship_day == day and person.activity == Activity.STUDYING:
            _begin_internship(rules, day, identity, person, employers, slots, tables, counts)
        elif person.return_day == day and person.activity == Activity.INTERN:
            _end_internship(rules, day, identity, person, employers, posts, applications, slots, counts)
        elif person.return_day == day and person.activity == Activity.TRAINING:
            person.skill += rules.course_skill
            counts[Count.TRAINED] += 1
            since = person.searching_since
            begin_search(rules, day, identity, person)
            person.searching_since = since


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
    counts[Count.INTERNS_STARTED] += 1


@compiled
def _end_internship(
    rules: Row, day: int, identity: int, person: Row, employers: Rows, posts: Rows, applications: Rows, slots: Rows, counts: Integers,
) -> None:  # fmt: skip
    """The intern has learned, and the host, who knows the intern well, puts a good one on top of the pile of a post it has open."""
    row = person.employer
    employer = employers[row]
    employer.interns -= 1
    person.employer = NEVER
    person.return_day = NEVER
    person.skill += rules.internship_skill
    person.interview_skill += rules.internship_signal
    person.activity = Activity.STUDYING if person.graduation_day > day else Activity.SEARCHING
    if person.activity == Activity.SEARCHING:
        begin_search(rules, day, identity, person)
    else:
        schedule_search(rules, day, identity, person)
    if employer.alive == 0 or person.skill < employer.skill_bar or person.contract_day >= 0:
        return
    for slot in range(employer.first_slot, employer.first_slot + employer.slots):
        number = slots[slot].post
        if number >= 0 and posts[number].state == PostState.OPEN and posts[number].education <= person.education:
            if keep_application(number, posts, applications, identity, person.skill + 1.0, Channel.REFERRAL, counts):
                posts[number].applications += 1
                person.applications += 1
                counts[Count.APPLICATIONS_SENT] += 1
                counts[Count.INTERNS_KEPT] += 1
            return


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
