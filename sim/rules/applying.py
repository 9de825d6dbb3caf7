"""Looking for a post and sending an application, by oneself or with somebody's help."""

from __future__ import annotations

from sim.agents.employer import KEPT_APPLICATIONS
from sim.compiled import NEVER, Integers, Row, Rows, compiled
from sim.draws import four_uniforms
from sim.rules.posts import keep_application
from sim.rules.scoring import appeal, cv_score
from sim.rules.searching import falling_reservation
from sim.states import Activity, Count, PostState


@compiled
def look_for_post(
    rules: Row, decision: int, day: int, identity: int, looks: int, person: Row, employers: Rows, posts: Rows, slots: Rows, fields: Rows,
    tables: Row,
) -> int:  # fmt: skip
    """Look through some slots of the own field and return the most appealing open post; NEVER where none appeals."""
    return look_through(rules, decision, day, identity, looks, person, employers, posts, slots, fields, tables, targeted=True)


@compiled
def look_through(
    rules: Row, decision: int, day: int, identity: int, looks: int, person: Row, employers: Rows, posts: Rows, slots: Rows,
    fields: Rows, tables: Row, targeted: bool,
) -> int:  # fmt: skip
    """Look through some advertising slots, in the own field or in all, and return the most appealing open post, or NEVER.

    Args:
        rules: Parameters.
        decision: What the draws decide.
        day: Day.
        identity: Row of the person.
        looks: Slots looked at.
        person: The person.
        employers: Employers.
        posts: Posts.
        slots: Advertising slots.
        fields: Where the slots of each field lie.
        tables: Row counts.
        targeted: Whether only slots of the own field are looked at.

    Returns:
        Row of a post, or NEVER.
    """
    field = fields[person.field]
    usual_reservation = person.reservation_wage
    person.reservation_wage = falling_reservation(rules, day, person)
    best = NEVER
    best_worth = 0.0
    for group in range((looks + 3) // 4):
        draws = four_uniforms(rules, decision, day, identity, group)
        for index in range(min(4, looks - 4 * group)):
            draw = draws[index]
            if targeted:
                place = int(draw * (field.slots + field.startup_slots))
                slot = field.first_slot + place if place < field.slots else field.first_startup_slot + place - field.slots
            else:
                slot = int(draw * tables.advertising_slots)
            number = slots[slot].post
            if number < 0:
                continue
            post = posts[number]
            if post.state != PostState.OPEN or post.education > person.education or works_at(person, post.employer):
                continue
            worth = appeal(rules, identity, person, post.wage, post.employer, employers[post.employer])
            if worth > best_worth:
                best = number
                best_worth = worth
    person.reservation_wage = usual_reservation
    return best


@compiled
def works_at(person: Row, employer: int) -> bool:
    """Tell whether a person is employed there: nobody applies to the own employer."""
    return bool(person.activity == Activity.EMPLOYED and person.employer == employer)


@compiled
def has_applied(number: int, post: Row, applications: Rows, identity: int) -> bool:
    """Tell whether a person is on the pile of a post."""
    for place in range(number * KEPT_APPLICATIONS, number * KEPT_APPLICATIONS + post.kept):
        if applications[place].person == identity:
            return True
    return False


@compiled
def submit(
    rules: Row, day: int, identity: int, number: int, channel: int, people: Rows, employers: Rows, posts: Rows, applications: Rows,
    counts: Integers,
) -> bool:  # fmt: skip
    """Send one application. Returns False where the person has applied for the post already."""
    post = posts[number]
    if has_applied(number, post, applications, identity):
        return False
    employer = employers[post.employer]
    person = people[identity]
    score = cv_score(rules, day, identity, person, post.employer, employer, channel, post.for_graduates)
    keep_application(number, posts, applications, identity, score, channel, counts)
    post.applications += 1
    person.applications += 1
    employer.applicants_recent += 1.0
    counts[Count.APPLICATIONS_SENT] += 1
    return True
