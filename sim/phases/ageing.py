"""Phase 14, ageing: people leave the youth population, some years after graduation, with the post they hold; or before, to study on."""

from __future__ import annotations

import numpy as np

from sim.calendar import MONTH_DAYS, YEAR_DAYS
from sim.compiled import NEVER, Row, compiled
from sim.draws import Decision, uniform
from sim.fetching import AHEAD, fetch
from sim.levers.incubator import give_back_desk
from sim.levers.integration import meet_online
from sim.levers.mentoring import mentor_seeker
from sim.levers.startup_courses import meet_at_book_club
from sim.phases.vacancies import withdraw_posts
from sim.rules.preparing import will_study
from sim.rules.searching import end_search
from sim.rules.working import leave_job
from sim.rules.youth import first_of_day, was_young
from sim.states import Activity, Cash, Count, Place, Preparation
from sim.tables import Tables

AROUND_THE_ANNIVERSARY = YEAR_DAYS // 2
"""The years of youth of a class end over a year around its anniversary."""
AFTER_PAY_DAY = MONTH_DAYS // 2
"""Days between the day of the month on which a person may age out and the pay day: whatever happens once a month is over."""


@compiled
def age_out(world: Tables, day: int) -> None:
    """Let those age out whose time has come, each on one day of the month, and those go who study on; in the middle of something, a month later."""
    rows = world.rows_in_use
    while rows.first_young < rows.people and not was_young(world, rows.first_young):
        rows.first_young += 1
    for identity in range(first_of_day(world, day + AFTER_PAY_DAY), rows.people, MONTH_DAYS):
        fetch(world.people, identity + AHEAD * MONTH_DAYS, 0)
        if was_young(world, identity) and _is_grown_up(world, day, identity) and _is_free(world.people[identity]):
            _leave_youth(world, day, identity)
    for index in range(rows.due):
        person = world.people[world.due[index]]
        if person.return_day == day and person.activity == Activity.INACTIVE and will_study(person):
            _go_to_study(world, day, world.due[index])


@compiled
def _go_to_study(world: Tables, day: int, identity: int) -> None:
    """Leave to study, or a month later where something is not over yet."""
    person = world.people[identity]
    if _is_free(person):
        _leave_youth(world, day, identity)
    else:
        person.return_day = day + MONTH_DAYS


@compiled
def _is_grown_up(world: Tables, day: int, identity: int) -> bool:
    """Tell whether the years of youth are over: those of a class do not end on one day, but over a year around its anniversary."""
    since = day - world.people[identity].graduation_day - world.rules.population.youth_years * YEAR_DAYS + AROUND_THE_ANNIVERSARY
    return bool(since >= 0 and since >= int(uniform(world, Decision.AGEING, 0, identity, 0) * YEAR_DAYS))


@compiled
def _is_free(person: Row) -> bool:
    """Tell whether a person is in no course or internship, on no visit, and has no offer to answer, no job to wait for and no money promised."""
    settled = (person.activity == Activity.SEARCHING) | (person.activity == Activity.INACTIVE)
    settled |= (person.activity == Activity.EMPLOYED) | (person.activity == Activity.FOUNDER)
    settled &= (person.rent_months == 0) & (person.stipend_due == 0) & (person.hiring_claim == 0) & (person.offers_in_hand == 0)
    return bool(settled & (person.contract_day < 0) & (person.place != Place.VISITING) & (person.station < 0) & (person.course_host < 0))


@compiled
def _leave_youth(world: Tables, day: int, identity: int) -> None:
    """Leave: the job goes on among people who are older, a firm with older owners, and services for the young end; or go on to study."""
    person = world.people[identity]
    person.last_activity = person.activity
    person.last_place = person.place
    person.last_employer = person.employer
    person.last_wage = person.wage
    if person.activity == Activity.EMPLOYED:
        if person.employer >= 0:
            employer = world.employers[person.employer]
            employer.staff -= 1
            employer.wage_bill -= person.wage
            employer.target_staff = max(0, employer.target_staff - 1)
            person.employer = NEVER
            world.counts[Count.POSTS_TAKEN_ALONG] += 1
        left = person.first_left_day
        leave_job(world, day, person)
        person.first_left_day = left  # the employer is not left: who ages out keeps the job
    elif person.activity == Activity.FOUNDER:
        _hand_on(world, day, world.employers[person.employer])
        person.employer = NEVER
    step_out(world, day, identity)
    if will_study(person):  # who had left the labour force with the place
        world.counts[Count.STUDYING_ON] += 1
        return
    person.preparing = Preparation.NONE
    world.plan.heads -= 1.0
    world.counts[Count.AGED_OUT] += 1


@compiled
def step_out(world: Tables, day: int, identity: int) -> None:
    """Do nothing any more, with neither job nor firm: from now on nothing is planned, and services for the young end."""
    person = world.people[identity]
    end_search(person)
    person.activity = Activity.AGED_OUT
    person.aged_out_day = day
    person.place = Place.ELSEWHERE
    person.return_day = NEVER
    person.opportunity_day = NEVER
    person.internship_day = NEVER
    person.searching_since = NEVER
    person.leader = 0
    person.aware = np.uint32(0)
    mentor_seeker(world, day, identity)
    meet_online(world, day, identity)
    meet_at_book_club(world, day, identity)


@compiled
def _hand_on(world: Tables, day: int, employer: Row) -> None:
    """Hand a start-up on whose founder has aged out: it is none any more, keeps its staff and what it owes, and looks for nobody."""
    employer.handed_on = 1
    employer.target_staff = 0
    world.counts[Count.FIRMS_HANDED_ON] += 1
    withdraw_posts(world, day, employer)
    world.cashbook[Cash.HANDED_ON] -= employer.cash
    employer.cash = 0
    give_back_desk(world, employer)
    if employer.mentor >= 0:
        world.mentors[employer.mentor].mentees -= 1
        employer.mentor = NEVER
