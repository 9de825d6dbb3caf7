"""Mentoring 导师: one-to-one help for young founders, and career mentors for seekers.

Mechanism: a business mentor passes on business skill, on which revenue depends, and which fades when the meetings end; a career mentor, had
once a search, tells what work here usually pays and how offers come, and aims the search better. Mentors are finite.
"""

from __future__ import annotations

import math
from typing import ClassVar

from sim.calendar import MONTH_DAYS, YEAR_DAYS
from sim.columns import LONGEST_RUN, Column, Told
from sim.compiled import NEVER, Row, compiled
from sim.draws import Decision, uniform
from sim.lever import Lever
from sim.measures import Outcome, World, flow
from sim.parameters import parameter
from sim.rules.help import had_help, help_search, tell_of_market
from sim.rules.services import is_admitted, keep_paying, knows, pay
from sim.states import FIELDS, Activity, Admission, Count, Help, Place
from sim.tables import Tables
from sim.units import Words, both


class Mentoring(Lever):
    """Parameters of mentoring."""

    name: ClassVar[str] = "mentoring"
    label: ClassVar[Words] = both("Mentoring", "导师辅导")
    summary: ClassVar[Words] = both(
        "Mentors pass business skill on to young founders, tell seekers what work pays and how offers come, and aim their search better.",
        "创业导师向青年创业者传授经营能力，职业导师告知通常薪资与录用难易、使求职更对口。",
    )
    bought: ClassVar[dict[str, int]] = {"mentors": 1, "career_mentors": 1}
    services: ClassVar[dict[str, Admission]] = {"business_mentors": Admission.BUSINESS_MENTORS, "career_mentors": Admission.CAREER_MENTORS}
    person: ClassVar[tuple[Column, ...]] = (
        Column(
            "mentor", "i4", "row", "mentor at present", NEVER, line=5,
            told=Told(falls_en="finished the time with the mentor", falls_zh="导师指导期结束", received=False),
        ),
        Column(
            "mentored", "i1", "count", "mentors had so far", line=5, took_part=True, counts=("mentees", "served.mentoring"),
            told=Told("was taken on by {n:a mentor|{n} mentors}", "有{n}位导师开始一对一指导"),
        ),
        Column(
            "mentor_refused", "i1", "0/1", "wanted a mentor when all were busy, and still has none", line=5,
            told=Told("asked for a mentor, but all were busy", "申请导师指导，但名额已满", received=False),
        ),
        Column("mentor_until", "i4", "day", "last day of mentoring", NEVER, most=LONGEST_RUN + 120 * 30),
    )
    firm: ClassVar[tuple[Column, ...]] = (
        Column("mentor", "i4", "row", "business mentor at present", NEVER),
        Column("mentor_until", "i4", "day", "last day of mentoring", NEVER),
    )
    outcomes: ClassVar[tuple[Outcome, ...]] = (
        flow("mentees", "persons", Count.MENTEES, "Mentees", "受导师指导人数"),
    )

    mentors: int = parameter(0, unit="persons", low=0, high=100_000, source="choice of the planner", en="business mentors", zh="创业导师人数")
    mentees_per_mentor: int = parameter(4, unit="persons", low=0, high=1000, source="assumption", en="mentees of a business mentor at a time", zh="每名创业导师同时指导人数")
    career_mentors: int = parameter(0, unit="persons", low=0, high=100_000, source="choice of the planner", en="career mentors", zh="职业导师人数")
    mentees_per_career_mentor: int = parameter(5, unit="persons", low=0, high=1000, source="assumption", en="mentees of a career mentor at a time", zh="每名职业导师同时指导人数")
    months: int = parameter(6, unit="months", low=1, high=120, source="assumption", en="length of mentoring", zh="指导期")
    founder_years: int = parameter(3, unit="years", low=0, high=100, source="assumption", en="age of a firm up to which its founder is taken on", zh="可获指导的企业成立年限上限")
    demand: float = parameter(0.5, unit="share", low=0, high=1, prior=(0.2, 0.9), source="assumption", en="founders who know of mentors and want one", zh="知晓者需求比例")
    career_demand: float = parameter(0.15, unit="share", low=0, high=1, prior=(0.05, 0.5), source="assumption", en="seekers who know of mentors and want one", zh="求职者需求比例")
    initial_awareness: float = parameter(0.4, unit="share", low=0, high=1, prior=(0.2, 0.7), source="evidence 45", en="people who know of the service at the start", zh="初始知晓率")
    cost_per_mentee_month: int = parameter(200, unit="CNY/month", low=0, high=1_000_000, source="assumption", en="cost of a mentee's month", zh="每名学员每月成本")

    @property
    def places(self) -> int:
        """Places with business and career mentors."""
        return self.mentors * self.mentees_per_mentor + self.career_mentors * self.mentees_per_career_mentor

    @property
    def offers_something(self) -> bool:
        """Whether there is a place with a mentor."""
        return super().offers_something and self.places > 0

    @property
    def unit_cost(self) -> int:
        """Cost of a mentee's month, CNY."""
        return self.cost_per_mentee_month

    def furnish(self, world: World) -> None:
        """Appoint the mentors: those for business, then those for careers, field by field."""
        table = world.tables["mentors"]
        number = self.mentors + self.career_mentors
        table.reserve(number)
        table.count = number
        rows = table.rows
        rows["career"] = [row >= self.mentors for row in range(number)]
        rows["field"] = [row % FIELDS for row in range(number)]
        rows["quality"] = 1.0
        rows["capacity"] = [self.mentees_per_career_mentor if row >= self.mentors else self.mentees_per_mentor for row in range(number)]


@compiled
def find_mentor(world: Tables, career: int, field: int) -> int:
    """Find a mentor with a free place, of the own field if possible. Returns NEVER where all are busy."""
    fallback = NEVER
    for row in range(world.mentors.size):
        mentor = world.mentors[row]
        if mentor.career == career and mentor.mentees < mentor.capacity:
            if mentor.field == field:
                return row
            if fallback < 0:
                fallback = row
    return fallback


@compiled
def _has_capacity(world: Tables, career: int) -> bool:
    for row in range(world.mentors.size):
        if world.mentors[row].career == career and world.mentors[row].capacity > 0:
            return True
    return False


@compiled
def mentor_founder(world: Tables, day: int, employer: Row, founder: Row) -> None:
    """One month of a start-up's mentoring: take a mentor on, learn, or let the learning fade."""
    if employer.mentor >= 0:
        if day >= employer.mentor_until or not keep_paying(world, world.rules.mentoring.row, 1):
            world.mentors[employer.mentor].mentees -= 1
            employer.mentor = NEVER
        else:
            mentor = world.mentors[employer.mentor]
            employer.learned += mentor.quality * world.rules.behaviour.mentor_skill / world.rules.mentoring.months
        return
    employer.learned *= math.exp(-1.0 / world.rules.behaviour.mentor_fade_months)
    young = day - employer.founded_day <= world.rules.mentoring.founder_years * YEAR_DAYS
    if founder.mentored > 0 or not young or not knows(world, founder, world.rules.mentoring.row):
        return
    if not is_admitted(founder, Admission.BUSINESS_MENTORS):
        return
    if not _has_capacity(world, 0) or uniform(world, Decision.MENTOR_DEMAND, 0, employer.founder, 0) >= world.rules.mentoring.demand:
        return
    if founder.mentor_refused == 0:
        world.services[world.rules.mentoring.row].reached += 1
    found = find_mentor(world, 0, employer.industry)
    if found < 0 or not pay(world, world.rules.mentoring.row, 1):
        if founder.mentor_refused == 0:
            world.services[world.rules.mentoring.row].turned_away += 1
            founder.mentor_refused = 1
        return
    if founder.mentor_refused == 1:
        world.services[world.rules.mentoring.row].turned_away -= 1
        founder.mentor_refused = 0
    employer.mentor = found
    employer.mentor_until = day + MONTH_DAYS * world.rules.mentoring.months
    employer.learned += world.mentors[found].quality * world.rules.behaviour.mentor_skill / world.rules.mentoring.months
    founder.mentored += 1
    world.mentors[found].mentees += 1
    world.mentors[found].served += 1
    world.services[world.rules.mentoring.row].served += 1
    world.counts[Count.MENTEES] += 1


@compiled
def mentor_seeker(world: Tables, day: int, identity: int) -> None:
    """One month of a seeker's career mentoring: take a mentor on, learn, or end it."""
    person = world.people[identity]
    if person.mentor >= 0:
        over = day >= person.mentor_until or person.activity in (Activity.EMPLOYED, Activity.FOUNDER, Activity.AGED_OUT)
        if over or not keep_paying(world, world.rules.mentoring.row, 1):
            world.mentors[person.mentor].mentees -= 1
            person.mentor = NEVER
        return
    wants = person.activity == Activity.SEARCHING or person.activity == Activity.STUDYING
    if had_help(person, Help.MENTOR) or not wants or person.place != Place.RESIDENT or person.contract_day >= 0:
        return
    if not knows(world, person, world.rules.mentoring.row) or not is_admitted(person, Admission.CAREER_MENTORS) or not _has_capacity(world, 1):
        return
    if uniform(world, Decision.CAREER_MENTOR_DEMAND, 0, identity, 0) >= world.rules.mentoring.career_demand:
        return
    if person.mentor_refused == 0:
        world.services[world.rules.mentoring.row].reached += 1
    found = find_mentor(world, 1, person.field)
    if found < 0 or not pay(world, world.rules.mentoring.row, 1):
        if person.mentor_refused == 0:
            world.services[world.rules.mentoring.row].turned_away += 1
            person.mentor_refused = 1
        return
    if person.mentor_refused == 1:
        world.services[world.rules.mentoring.row].turned_away -= 1
        person.mentor_refused = 0
    person.mentor = found
    person.mentor_until = day + MONTH_DAYS * world.rules.mentoring.months
    person.mentored += 1
    behaviour = world.rules.behaviour
    quality = world.mentors[found].quality
    help_search(world, day, person, Help.MENTOR, quality, 0.0, behaviour.career_targeting, 0.0)
    tell_of_market(world, person, quality * behaviour.mentor_news, quality * behaviour.mentor_news)
    world.mentors[found].mentees += 1
    world.mentors[found].served += 1
    world.services[world.rules.mentoring.row].served += 1
    world.counts[Count.MENTEES] += 1
