"""Phase 9, work: contracts begin, jobs end, people search again."""

from __future__ import annotations

import numpy as np

from sim.compiled import NEVER, compiled
from sim.draws import Decision, uniform
from sim.fetching import AHEAD, LINES_OF_AN_INTERVIEW, SOON, fetch, fetch_person
from sim.levers.hiring_subsidy import claim_for_hires, note_hire
from sim.phases.vacancies import replace_leaver
from sim.rules.agenda import is_handled
from sim.rules.answering import answer_offers
from sim.rules.places import leave_place, let_go_of_opening
from sim.rules.searching import begin_search, end_search, schedule_search
from sim.rules.working import begin_job, break_contract, leave_job
from sim.states import Activity, Count, Course
from sim.tables import Tables

MARKS = 64
"""Marks that a word holds."""
ONE = np.uint64(1)


@compiled
def work(world: Tables, day: int) -> None:
    """Begin the contracts of the day and end the jobs whose day has come, or whose employer has closed."""
    closing = world.counts[Count.EMPLOYERS_CLOSED] + world.counts[Count.STARTUPS_CLOSED] > world.rows_in_use.closures_handled
    world.rows_in_use.closures_handled = world.counts[Count.EMPLOYERS_CLOSED] + world.counts[Count.STARTUPS_CLOSED]
    listed = _list_handled_and_dismissed(world, day) if closing else world.rows_in_use.due
    for index in range(listed):
        fetch(world.people, world.travellers[index + AHEAD] if closing else world.due[index + AHEAD], 0)
        ahead = world.travellers[index + SOON] if closing else world.due[index + SOON]
        if world.people[ahead].contract_day == day or 0 <= world.people[ahead].separation_day <= day:
            fetch_person(world, ahead, LINES_OF_AN_INTERVIEW)
        identity = world.travellers[index] if closing else world.due[index]
        person = world.people[identity]
        if person.contract_day == day:
            _begin(world, day, identity)
        if person.activity == Activity.EMPLOYED:
            closed = closing and person.employer >= 0 and world.employers[person.employer].alive == 0
            if closed or person.separation_day <= day:
                separate(world, day, identity, closed)
    claim_for_hires(world, day, listed, closing)


@compiled
def _list_handled_and_dismissed(world: Tables, day: int) -> int:
    """List, over the travellers, who have travelled by now, those handled today and those whose employer of last evening is out of business.

    Returns:
        Length of the list.
    """
    closed = _marks_of_closed(world, day)
    length = 0
    for identity in range(world.rows_in_use.first_young, world.rows_in_use.people):
        row = world.workplaces[identity]
        world.travellers[length] = identity  # no branch, which nobody could foresee
        length += is_handled(world, day, identity) | ((row >= 0) & (closed >> np.uint64(row % MARKS) & ONE == ONE))
    found = length
    length = 0
    for index in range(found):
        identity = world.travellers[index]
        row = world.workplaces[identity]
        world.travellers[length] = identity
        length += is_handled(world, day, identity) or (row >= 0 and world.employers[row].alive == 0)
    return length


@compiled
def _marks_of_closed(world: Tables, day: int) -> np.uint64:
    """Return marks of the employers that have closed since work yesterday, one bit for many rows: most workplaces need no look at the employer."""
    marks = np.uint64(0)
    for row in range(world.rows_in_use.employers):
        employer = world.employers[row]
        if employer.alive == 0 and employer.closed_day >= day - 1:
            marks |= ONE << np.uint64(row % MARKS)
    return marks


@compiled
def _begin(world: Tables, day: int, identity: int) -> None:
    """Begin a contract, unless the employer has closed meanwhile, or an offer still in hand is taken instead."""
    person = world.people[identity]
    if person.contract_outside == 0 and world.employers[world.posts[person.contract_post].employer].alive == 0:
        break_contract(world, person)
        if person.activity == Activity.EMPLOYED and person.searches_on_the_job == 0:
            end_search(person)
        else:
            schedule_search(world, day, identity)
        return
    if person.offers_in_hand > 0:
        answer_offers(world, day, identity, NEVER)
        if person.contract_day != day:
            return
    if person.activity == Activity.EMPLOYED and person.employer >= 0:
        replace_leaver(world, day, identity, world.employers[person.employer])
    if person.activity == Activity.INTERN:
        leave_place(world, day, person)
    person.course = Course.OWN
    let_go_of_opening(world, person)
    note_hire(world, day, person)
    begin_job(world, day, identity)


@compiled
def separate(world: Tables, day: int, identity: int, closed: bool) -> None:
    """End a job: the person searches, with what is believed of offers and pay by now; with a contract in hand as anybody who has signed."""
    person = world.people[identity]
    dismissed = closed or uniform(world, Decision.SEPARATION_CAUSE, day, identity, 0) >= world.rules.behaviour.voluntary_share
    if dismissed:
        world.counts[Count.DISMISSALS] += 1
    if person.employer >= 0 and not closed:
        replace_leaver(world, day, identity, world.employers[person.employer])
    leave_job(world, day, person)
    begin_search(world, day, identity)
