"""Looking for a post and sending an application, by oneself or with somebody's help."""

from __future__ import annotations

from sim.compiled import NEVER, Row, compiled
from sim.draws import four_uniforms
from sim.fetching import fetch
from sim.rules.paying import cost_of_waiting, worth_of_pay
from sim.rules.posts import first_of_pile, keep_application, pile_of
from sim.rules.scoring import appeal, cv_score
from sim.rules.searching import falling_reservation
from sim.states import Activity, Count, PostState
from sim.tables import Tables

LINES_OF_A_PILE = 3
"""Cache lines of the applications that a post keeps."""


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
    wanted = falling_reservation(world, day, person)
    best = NEVER
    best_worth = 0.0
    slots = _four_slots(world, decision, day, identity, 0, targeted)
    for group in range((looks + 3) // 4):
        seen = slots
        if looks > 4 * (group + 1):
            slots = _four_slots(world, decision, day, identity, group + 1, targeted)
        for index in range(min(4, looks - 4 * group)):
            number = world.slots[seen[index]].post
            if number < 0:
                continue
            post = world.posts[number]
            if post.state != PostState.OPEN or post.education > person.education or works_at(person, post.employer):
                continue
            worth = appeal(world, day, identity, worth_of_pay(world, day, person, post), post.employer, wanted)
            if worth > best_worth:
                best = number
                best_worth = worth
                for line in range(LINES_OF_A_PILE):
                    fetch(world.applications, first_of_pile(world, number), line)
    return best


@compiled
def _four_slots(world: Tables, decision: int, day: int, identity: int, group: int, targeted: bool) -> tuple[int, int, int, int]:
    """Draw the next four slots that a person comes across, and ask the memory for what is advertised there."""
    draw_0, draw_1, draw_2, draw_3 = four_uniforms(world, decision, day, identity, group)
    field = world.fields[world.people[identity].field]
    return (
        _slot_at(world, field, draw_0, targeted), _slot_at(world, field, draw_1, targeted),
        _slot_at(world, field, draw_2, targeted), _slot_at(world, field, draw_3, targeted),
    )  # fmt: skip


@compiled
def _slot_at(world: Tables, field: Row, draw: float, targeted: bool) -> int:
    """Return the slot that a draw falls on."""
    if targeted:
        place = int(draw * (field.slots + field.startup_slots))
        row = int(field.first_slot + place if place < field.slots else field.first_startup_slot + place - field.slots)
    else:
        row = int(draw * world.rows_in_use.advertising_slots)
    slot = world.slots[row]
    if slot.post >= 0:
        fetch(world.posts, slot.post, 0)
        fetch(world.employers, slot.employer, 0)
    return row


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
    person = world.people[identity]
    score = cv_score(world, day, identity, post.employer, channel) - cost_of_waiting(world, day, person, post.wanted_day)
    keep_application(world, number, identity, score, channel)
    post.applications += 1
    person.applications += 1
    world.counts[Count.APPLICATIONS_SENT] += 1
    return True
