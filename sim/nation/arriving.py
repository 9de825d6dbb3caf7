"""Coming into a market and leaving it: the row that a person takes, what the person brings, and what stays.

The rules here are carried out on the morning of an exchange, before the phases of the day: what they plan is for a later day.
"""

from __future__ import annotations

import math

import numpy as np

from sim.calendar import YEAR_DAYS
from sim.compiled import NEVER, Integers, Row, Rows, compiled, entry
from sim.draws import Decision, normal, philox, uniform
from sim.nation.rows import GONE_CELL, NOBODY
from sim.phases.ageing import step_out
from sim.population import pick
from sim.recorder import count_again, count_seeker
from sim.rules.agenda import FAR
from sim.rules.moving import come_to_live
from sim.rules.posts import usual_wage
from sim.rules.preparing import is_slow
from sim.rules.scoring import draw_peers
from sim.rules.searching import schedule_search
from sim.rules.youth import OUT
from sim.states import Activity, Money, Place, Preparation
from sim.tables import Tables

LOOKS, RETURNS, MOVES = 0, 1, 2
"""How somebody comes into a market: to look for work there while living elsewhere, back to where the person lives, or to live there."""


@compiled
def find_row(world: Tables, first: int, room: int, holders: Integers, who: int, is_student: bool) -> int:
    """Find the row of a person in a market of which the person is not: the own one, or a free one at a place that follows from the number.

    A student takes no row whose luck says that its person does not look for work around graduation: who comes to look for work does. Those rows are
    passed over in looking for the own one, too, for it may have been taken as a student.

    Returns:
        The row; NEVER where all are taken.
    """
    if room == 0:
        return NEVER
    none = np.uint64(0)
    word, _, _, _ = philox(np.uint64(who & 0xFFFFFFFF), np.uint64(who >> 32), none, np.uint64(Decision.ROW_IN_MARKET), none, none)
    place: int = np.int64(word) % room  # type: ignore[assignment]
    free = NEVER
    for _ in range(room):
        row = first + place
        if holders[row] == who:
            return row
        if holders[row] == NOBODY:
            slow = is_slow(world, row)
            if free < 0 and not (is_student and slow):
                free = row
            if not slow:
                break
        place = place + 1 if place + 1 < room else 0
    return free


@compiled
def _row_of(world: Tables, first: int, room: int, holders: Integers, first_person: int, who: int, is_student: bool) -> int:
    """Find the row of a person in a market, as `find_row` does; those of its own people, behind whom others come, are counted."""
    own = holders.size - room
    if first_person <= who < first_person + own:
        row = who - first_person
        return row + room if row >= first else row
    return find_row(world, first, room, holders, who, is_student)


@entry
def list_rows(world: Tables, first: int, room: int, holders: Integers, whose: Integers, rows: Integers) -> None:
    """List the rows that persons of another market have in one, or NEVER for who has never been there.

    Args:
        world: The world of the one.
        first: First row for people of other markets there.
        room: Rows for them.
        holders: Number of the person in each row of `world`.
        whose: Numbers of the persons, shape (persons,).
        rows: Receives the rows, shape (persons,).
    """
    for index in range(whose.size):
        row = _row_of(world, first, room, holders, holders[0], whose[index], is_student=False)
        rows[index] = row if row >= 0 and holders[row] == whose[index] else NEVER


@entry
def take_in(
    world: Tables, day: int, number: int, first: int, room: int, holders: Integers, present: Integers, lives: Integers, home: Integers,
    known: Integers, programme: int, whose: Integers, came: Rows, origin_lives: Integers, origin_home: Integers, origin_known: Integers, usual: Rows,
    how: Integers, rows: Integers,
) -> None:  # fmt: skip
    """Let movers from other markets come in; their rows there stay as they were.

    Args:
        world: The world that they come into.
        day: Today.
        number: Number of the market that they come into.
        first: First row for people of other markets there.
        room: Rows for them.
        holders: Number of the person in each row.
        present: Whether the person of each row is there.
        lives: Where the person of each row lives.
        home: Where the person of each row has a home.
        known: What the person of each row knows of other markets' services, bit sets, shape (programmes, rows).
        programme: Which of the programmes is that of the market; NEVER: it has none.
        whose: Number of each mover, shape (movers,).
        came: Row of each in the market that they come from, shape (movers,).
        origin_lives: Where each lives, shape (movers,).
        origin_home: Where each has a home, shape (movers,).
        origin_known: What each knows of the services of markets, bit sets, shape (movers, programmes).
        usual: Usual pay of the own tier in the market that each comes from, shape (movers,).
        how: How each comes, shape (movers,).
        rows: Receives the row that each has taken, or NEVER for want of room.
    """
    for place in range(whose.size):
        who = whose[place]
        row = _row_of(world, first, room, holders, holders[0], who, came[place].activity == Activity.STUDYING)
        rows[place] = row
        if row < 0:
            continue
        is_new = holders[row] == NOBODY
        holders[row] = who
        present[row] = 1
        home[row] = origin_home[place]
        lives[row] = number if how[place] == MOVES else origin_lives[place]
        carry_over(world, world.people[row], usual[place], came[place])
        for other in range(known.shape[0]):
            known[other, row] = origin_known[place, other]
        if programme >= 0:
            world.people[row].aware = origin_known[place, programme]
        _arrive(world, day, row, how[place], is_new, home[row] == number)


@compiled
def carry_over(world: Tables, person: Row, usual: float, came: Row) -> None:
    """Write into a row what a person brings: who the person is, money, what has been learnt, beliefs, plans, and the first job."""
    person.sex = came.sex
    person.field = came.field
    person.education = came.education
    person.campus = came.campus
    person.prefers_state = came.prefers_state
    person.credit_constrained = came.credit_constrained
    person.certificate = came.certificate
    person.skill = came.skill
    person.interview_skill = came.interview_skill
    person.confidence = came.confidence
    person.effort = came.effort
    person.targeting = came.targeting
    person.safety = came.safety
    person.proof = came.proof
    person.proof_error = came.proof_error
    person.savings = came.savings
    person.offer_belief = came.offer_belief
    person.applications_weighed = came.applications_weighed
    person.pay_signals = came.pay_signals
    level = usual_wage(world, came.education) / usual
    person.expected_wage = came.expected_wage * level
    person.hoped_wage = came.hoped_wage * level
    person.activity = came.activity
    person.preparing = came.preparing
    person.entry_day = came.entry_day
    person.graduation_day = came.graduation_day
    person.return_day = came.return_day
    person.opportunity_day = came.opportunity_day
    person.internship_day = came.internship_day
    person.searching_since = came.searching_since
    person.first_job_day = came.first_job_day
    person.first_job_wage = came.first_job_wage
    person.first_job_here = 0
    person.first_left_day = came.first_left_day


@compiled
def _arrive(world: Tables, day: int, row: int, how: int, is_new: bool, is_home: bool) -> None:
    """Begin in a market, to live there or to look for work from elsewhere: with ties that have faded since, or none, and classmates who are there."""
    person = world.people[row]
    opening = world.rules.opening
    person.from_elsewhere = 0 if is_home else 1
    if is_new:
        ties = max(0.0, opening.attachment + opening.attachment_spread * normal(world, Decision.ATTACHMENT, 0, row, 0))
        person.attachment = ties if is_home else 0.0
        person.district = pick(uniform(world, Decision.HOME_DISTRICT, 0, row, 0), world.districts["share"])
        _meet_classmates(world, row)
    elif person.aged_out_day >= 0:
        years = (day - person.aged_out_day) / YEAR_DAYS
        person.attachment *= math.exp(-world.rules.behaviour.ties_fade_per_year * years)
    person.aged_out_day = NEVER
    person.rent_help = 0
    person.region_interest = 1.0
    person.place = Place.ELSEWHERE
    if how == MOVES:
        come_to_live(world, day, person)
    elif how == RETURNS:
        person.place = Place.RESIDENT
    world.counted[row].cell = NEVER
    world.workplaces[row] = NEVER
    world.ledger[Money.OPENING_SAVINGS] += person.savings
    schedule_search(world, day, row)


@compiled
def _meet_classmates(world: Tables, row: int) -> None:
    """Know people of the own campus who were in the market on the first morning; nobody where there were none."""
    campus = world.campuses[world.people[row].campus]
    if campus.first_members > 0:
        world.people[row].circle = campus.first_members
        draw_peers(world, row)
    else:
        for index in range(world.rules.behaviour.peers):
            world.peers[row * world.rules.behaviour.peers + index] = row


@entry
def let_go(world: Tables, day: int, movers: Integers, rows: Integers, number: int, present: Integers) -> int:
    """Let those go who have been taken in elsewhere: their rows are empty from now on, and are counted no more.

    Returns:
        Number of movers for whom there was no room.
    """
    refused = 0
    for place in range(number):
        if rows[place] < 0:
            refused += 1
            continue
        identity = movers[place, 0]
        person = world.people[identity]
        present[identity] = 0
        world.ledger[Money.OPENING_SAVINGS] -= person.savings
        person.savings = 0
        person.last_activity = person.activity
        person.last_place = Place.ELSEWHERE
        person.last_employer = NEVER
        step_out(world, day, identity)
        person.preparing = Preparation.ADMITTED
        person.graduation_day = min(person.graduation_day, NEVER)
        person.first_job_day = NEVER
        person.first_job_wage = 0
        person.first_left_day = NEVER
        count_again(world, day - 1, identity)
        count_seeker(world, day - 1, identity)
        world.standing[GONE_CELL] -= 1
        world.workplaces[identity] = OUT
        world.planned[identity] = FAR
    return refused
