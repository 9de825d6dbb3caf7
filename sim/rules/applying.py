"""Looking for a post and sending an application, by oneself or with somebody's help."""

from __future__ import annotations

from sim.compiled import NEVER, Row, compiled
from sim.draws import four_uniforms
from sim.rules.posts import keep_application, pile_of
from sim.rules.scoring import appeal, cv_score
from sim.rules.searching import falling_reservation
from sim.states import Activity, Count, PostState
from sim.tables import Tables


@compiled
def look_for_post(world: Tables, decision: int, day: int, identity: int, looks: int) -> int:
    """Look through some slots of the own field and return the most appealing open post; NEVER where none appeals."""
    return look_through(world, decision, day, identity, looks, targeted=True)


@compiled
def look_through(world: Tables, decision: int, day: int, identity: int, looks: int, targeted: bool) -> int:
    """Look through some advertising slots, in the own field or in all, and return the most appealing open post, or NEVER.

    Args:
        world: The world.
        decision: What the draws decide.
        day: Day.
        identity: Row of the person.
        looks: Slots looked at.
        targeted: Whether only slots of the own field are looked at.

    Returns:
        Row of a post, or NEVER.
    """
    person = world.people[identity]
    field = world.fields[person.field]
    usual_reservation = person.reservation_wage
    person.reservation_wage = falling_reservation(world, day, person)
    best = NEVER
    best_worth = 0.0
    for group in range((looks + 3) // 4):
        draws = four_uniforms(world, decision, day, identity, group)
        for index in range(min(4, looks - 4 * group)):
            draw = draws[index]
            if targeted:
                place = int(draw * (field.slots + field.startup_slots))
                slot = field.first_slot + place if place < field.slots else field.first_startup_slot + place - field.slots
            else:
                slot = int(draw * world.rows_in_use.advertising_slots)
            number = world.slots[slot].post
            if number < 0:
                continue
            post = world.posts[number]
            if post.state != PostState.OPEN or post.education > person.education or works_at(person, post.employer):
                continue
            worth = appeal(world, identity, post.wage, post.employer)
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
def has_applied(world: Tables, number: int, identity: int) -> bool:
    """Tell whether a person is on the pile of a post."""
    for place in pile_of(world, number):
        if world.applications[place].person == identity:
            return True
    return False


@compiled
def submit(world: Tables, day: int, identity: int, number: int, channel: int) -> bool:
    """Send one application. Returns False where the person has applied for the post already."""
    post = world.posts[number]
    if has_applied(world, number, identity):
        return False
    employer = world.employers[post.employer]
    person = world.people[identity]
    score = cv_score(world, day, identity, post.employer, channel, post.for_graduates)
    keep_application(world, number, identity, score, channel)
    post.applications += 1
    person.applications += 1
    employer.applicants_recent += 1.0
    world.counts[Count.APPLICATIONS_SENT] += 1
    return True
