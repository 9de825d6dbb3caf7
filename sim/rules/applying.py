"""Sessions of search: looking for posts and sending applications, by oneself or with somebody's help."""

from __future__ import annotations

import math

from sim.compiled import NEVER, Row, compiled
from sim.draws import Decision, uniform
from sim.fetching import fetch
from sim.rules.beliefs import expect_answer
from sim.rules.expenses import applications_paid_for, pay_for_applications
from sim.rules.help import aim_of
from sim.rules.paying import free_day, paid_today, skill_factor
from sim.rules.posts import first_of_pile, keep_application, pile_of
from sim.rules.scoring import cv_score, peer_of
from sim.rules.searching import is_without_work
from sim.rules.subsidised import cost_at_desk
from sim.rules.utility import cost_here, liking_of, log_left, pull_of_region, value_applied_for
from sim.states import Activity, Channel, Count
from sim.tables import Tables

LOOK_STEP = 0.6180339887498949
"""The golden section, of all steps the one whose multiples, without their whole part, lie most evenly."""
MOST_BELL = 3.4642
"""What a draw of `bell` never reaches."""
MOST_LOG = 700.0
"""Log of an amount that nobody is paid, and that still is a number."""
SURELY = 1.0 - 1e-9
"""Keeps a post at the edge on the list, whatever the rounding: its worth decides."""
LINES_OF_A_PILE = 3
"""Cache lines of the applications that a post keeps."""


@compiled
def hold_session(world: Tables, day: int, identity: int) -> None:
    """Look through some advertising slots and apply for what appeals, the best first, up to as many posts as one session has time for."""
    behaviour = world.rules.behaviour
    person = world.people[identity]
    person.last_session_day = day
    targeted = uniform(world, Decision.TARGETED_SESSION, day, identity, 0) < aim_of(world, day, person)
    found = look_through(world, Decision.SEE_POST, day, identity, behaviour.posts_seen, targeted)
    if found > 0:
        _note_referrals(world, identity, found)
    sent = 0
    most = applications_paid_for(world, person)
    best = best_of(world, found)
    while best >= 0 and sent < most:
        number = world.seen[best].post
        sent += submit(world, day, identity, number, world.seen[best].channel)
        for place in range(found):
            if world.seen[place].post == number:
                world.seen[place].worth = 0.0
        best = best_of(world, found)
    pay_for_applications(world, person, sent)


@compiled
def look_for_post(world: Tables, decision: int, day: int, identity: int, looks: int) -> int:
    """Look through some slots of the own field and return the most appealing open post; NEVER where none appeals."""
    best = best_of(world, look_through(world, decision, day, identity, looks, targeted=True))
    return int(world.seen[best].post) if best >= 0 else NEVER


@compiled
def best_of(world: Tables, found: int) -> int:
    """Return which of the posts come across appeals most; NEVER where none does any more."""
    best = NEVER
    best_worth = 0.0
    for place in range(found):
        if world.seen[place].worth > best_worth:
            best = place
            best_worth = world.seen[place].worth
    return best


@compiled
def look_through(world: Tables, decision: int, day: int, identity: int, looks: int, targeted: bool) -> int:
    """Look through some advertising slots, in the own field or in all, and list the open posts that appeal in `world.seen`.

    The looks lie evenly over the boards, from a drawn place on, so that few slots are seen twice in a session.

    Args:
        world: The world.
        decision: What the draws decide.
        day: Day.
        identity: Row of the person.
        looks: Slots looked at.
        targeted: Whether only slots of the own field are looked at.

    Returns:
        Length of the list, in which a post may stand twice.
    """
    suiting = _list_suiting(world, decision, day, identity, min(looks, world.seen.size), targeted)
    person = world.people[identity]
    wanted = value_applied_for(world, day, identity)
    pull = pull_of_region(world, person)
    near, far = cost_here(world, person, person.district), cost_here(world, person, person.district + 1)
    possible = _list_possible(world, day, identity, suiting, wanted - pull, near, far)
    found = 0
    for place in range(possible):
        slot, pay = world.seen[place].slot, world.seen[place].worth
        advert = world.slots[slot]
        cost = near if advert.district == person.district else far
        seen = world.seen[found]
        seen.post = advert.post
        seen.employer = advert.employer
        seen.worth = log_left(world, pay, cost) + pull + liking_of(world, identity, advert.employer, advert) - wanted  # as `appeal` has it
        seen.channel = Channel.ADVERT
        found += seen.worth > 0.0
    for place in range(found):
        fetch(world.posts, world.seen[place].post, 0)
        fetch(world.employers, world.seen[place].employer, 0)
        for line in range(LINES_OF_A_PILE):
            fetch(world.applications, first_of_pile(world, world.seen[place].post), line)
    return found


@compiled
def _list_possible(world: Tables, day: int, identity: int, suiting: int, wanted: float, near: int, far: int) -> int:
    """Keep in `world.seen` the adverts that could appeal, with their pay as `worth`: not those that pay too little whatever the taste.

    Args:
        world: The world.
        day: Day.
        identity: Row of the person.
        suiting: Length of the list.
        wanted: What a post has to be worth, less the pull of the region, as log pay.
        near: What home and the way to work cost in the own district, CNY a month;
        far: in another one.

    Returns:
        Length of the list that is left.
    """
    person = world.people[identity]
    behaviour = world.rules.behaviour
    least = math.exp(min(MOST_LOG, wanted - behaviour.taste_spread * MOST_BELL)) * SURELY
    of_field, of_state = math.exp(-behaviour.field_match_taste), math.exp(-behaviour.state_taste * person.prefers_state)
    pay_for_skill = skill_factor(world, person)
    free = free_day(world, day, person)
    possible = 0
    for place in range(suiting):
        slot = world.seen[place].slot
        advert = world.slots[slot]
        pay = paid_today(world, person, advert, pay_for_skill, free)
        cost = near if advert.district == person.district else far
        enough = least * (of_field if advert.industry == person.field else 1.0) * (of_state if advert.state_owned == 1 else 1.0)
        world.seen[possible].slot = slot
        world.seen[possible].worth = pay
        possible += max(world.rules.living.least, pay - cost) >= enough
    return possible


@compiled
def _list_suiting(world: Tables, decision: int, day: int, identity: int, looks: int, targeted: bool) -> int:
    """List in `world.seen` the slots come across with an open post for which a person's education is enough. Returns the length of the list.

    Adverts stay up until the post is filled. Nobody looks at those of the own employer; who has none passes by the employer turned down last.
    """
    person = world.people[identity]
    board = world.fields[person.field]
    first, own, all_slots = 0, world.rows_in_use.advertising_slots, world.rows_in_use.advertising_slots
    if targeted:
        first, own, all_slots = board.first_slot, board.slots, board.slots + board.startup_slots
    passed_by = person.employer if person.activity == Activity.EMPLOYED else person.refused_employer
    begins = uniform(world, decision, day, identity, 0)
    for look in range(looks):
        place = begins + LOOK_STEP * look
        slot = int((place - int(place)) * all_slots)
        world.seen[look].slot = first + slot if slot < own else board.first_startup_slot + slot - own
        fetch(world.slots, world.seen[look].slot, 0)
    found = 0
    for look in range(looks):  # no branch, which nobody could foresee
        slot = world.seen[look].slot
        advert = world.slots[slot]
        world.seen[found].slot = slot
        found += (advert.post >= 0) & (advert.education <= person.education) & (advert.employer != passed_by)
    return found


@compiled
def _note_referrals(world: Tables, identity: int, found: int) -> None:
    """Note for which of the posts come across a peer who works there can refer the person."""
    for index in range(world.rules.behaviour.peers):
        peer = peer_of(world, identity, index)
        workplace = world.workplaces[peer]  # as of last evening: four bytes, which are at hand when the row is not
        for place in range(found):
            if world.seen[place].employer == workplace and world.people[peer].activity == Activity.EMPLOYED:
                world.seen[place].channel = Channel.REFERRAL


@compiled
def works_at(person: Row, employer: int) -> bool:
    """Tell whether a person is employed there: nobody applies to the own employer."""
    return bool(person.activity == Activity.EMPLOYED and person.employer == employer)


@compiled
def has_applied(world: Tables, number: int, identity: int) -> bool:
    """Tell whether a person is on the pile of a post."""
    applied = False
    for place in pile_of(world, number):  # to the end: where it stops nobody could foresee
        applied |= world.applications[place].person == identity
    return applied


@compiled
def submit(world: Tables, day: int, identity: int, number: int, channel: int) -> bool:
    """Send one application. Returns False where the person has applied for the post already."""
    post = world.posts[number]
    if has_applied(world, number, identity):
        return False
    person = world.people[identity]
    score = cv_score(world, day, identity, post.employer, channel) - cost_at_desk(world, day, person, post)
    keep_application(world, number, identity, score, channel)
    post.applications += 1
    count_application(world, person)
    return True


@compiled
def count_application(world: Tables, person: Row) -> None:
    """Count an application that a person has sent."""
    expect_answer(world, person)
    person.applications += 1
    world.counts[Count.APPLICATIONS_SENT] += 1
    world.counts[Count.APPLICATIONS_OF_SEEKERS] += int(is_without_work(person))
