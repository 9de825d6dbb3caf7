"""Job fairs 招聘会: many meetings on one day; online and evening fairs reach people who are elsewhere or at work.

Mechanism: employers that have heard of it bring posts they have open; a visitor who meets a recruiter is read at once instead of in a pile two
weeks later. A fair opens no post and hires nobody by itself; it is held where the first of its employers is, and who comes pays the way. What the
posts compared there pay is news of pay, at the first fair of a search.
"""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

import numpy as np

from sim.calendar import SATURDAY, YEAR_DAYS, Horizon, planned_days
from sim.columns import Column, Told
from sim.compiled import NEVER, Integers, Row, compiled
from sim.draws import Decision, uniform
from sim.fetching import FAR_AHEAD, fetch
from sim.lever import Lever, Rule
from sim.levers.transport_support import has_fare, receive_fare, travel_within
from sim.measures import Outcome, World, flow
from sim.parameters import parameter
from sim.rules.anchors import anchor_in
from sim.rules.applying import count_application, works_at
from sim.rules.beliefs import hear_of_pay
from sim.rules.effort import effort_of
from sim.rules.expenses import fare_to_interview
from sim.rules.help import help_search
from sim.rules.paying import pay_at, worth_of_pay
from sim.rules.places import LOOKS_PER_CANDIDATE
from sim.rules.posts import keep_application
from sim.rules.queues import call_in, join_queue, open_queue
from sim.rules.scoring import cv_score
from sim.rules.services import can_pay, firm_knows, knows, pay, pay_fixed
from sim.rules.subsidised import cost_at_desk
from sim.rules.telling import tell_visitor
from sim.rules.utility import appeal, value_applied_for
from sim.rules.visiting import (
    DAYS_OF_NOTICE,
    can_come_for_the_day,
    come_for_the_day,
    could_be_invited,
    fare_of_trip,
    is_here_for_the_day,
    is_home_by_evening,
    pay_fare,
    plan_to_come,
)
from sim.states import Activity, Channel, Count, EventKind, Help, Place, PostState, Trip
from sim.tables import Tables
from sim.units import Words, both

APPLICATIONS_A_KEY, LOOKS_A_KEY, FAIRS_A_KEY = 128, 4, 2**18
"""Applications of a visitor, looks before each, and fairs (by their keys), that the key of a fair's luck tells apart."""


class JobFairs(Lever):
    """Parameters of job fairs."""

    name: ClassVar[str] = "job_fairs"
    label: ClassVar[Words] = both("Job fairs", "招聘会")
    summary: ClassVar[Words] = both(
        "Seekers meet employers with open posts and are read at once instead of two weeks later; no post is added.",
        "求职者与携在招岗位的单位当面对接，简历当场受理而不必等两周；不新增岗位。",
    )
    bought: ClassVar[dict[str, int]] = {"fairs_per_year": 1}
    person: ClassVar[tuple[Column, ...]] = (
        Column(
            "fairs", "i4", "count", "fairs attended", took_part=True, counts=("fair_attendances", "served.job_fairs"),
            told=Told("went to {n:a job fair|{n} job fairs}", "参加招聘会{n}场"),
        ),
        Column("fair_hires", "i2", "count", "jobs begun through a fair", counts=("fair_hires",), left_out="repeats a job that is told"),
    )
    outcomes: ClassVar[tuple[Outcome, ...]] = (
        flow("fair_attendances", "person-times", Count.FAIR_ATTENDANCES, "Visitors of job fairs", "招聘会到场人次"),
        flow("fair_hires", "persons", Count.FAIR_HIRES, "Hires through job fairs", "招聘会促成入职人数"),
    )

    fairs_per_year: int = parameter(0, unit="fairs/year", low=0, high=365, source="choice of the planner", en="fairs a year", zh="每年招聘会场次")
    firms_per_fair: int = parameter(30, unit="firms", low=0, high=10_000, source="assumption", en="employers at a fair", zh="每场参会单位数")
    anchor_firms: int = parameter(0, unit="firms", low=0, high=1000, source="choice of the planner", en="of these, anchor employers of the region, the same at every fair", zh="其中每场固定参会的本地骨干单位数")
    posts_per_firm: int = parameter(3, unit="posts", low=0, high=1000, source="assumption", en="open posts that an employer brings at most", zh="每家单位携带岗位上限")
    visitors_per_fair: int = parameter(500, unit="persons", low=0, high=1_000_000, source="assumption", en="visitors that a fair can hold", zh="每场接待人数上限")
    online_share: float = parameter(0.3, unit="share", low=0, high=1, source="assumption", en="fairs held online", zh="线上招聘会占比")
    evening_share: float = parameter(0.0, unit="share", low=0, high=1, source="choice of the planner", en="fairs held in the evening", zh="夜市招聘会占比")
    attendance: float = parameter(0.25, unit="share", low=0, high=1, prior=(0.1, 0.5), source="assumption", en="seekers who know of fairs and come to one", zh="知晓者参会比例")
    applications_per_visitor: int = parameter(3, unit="count", low=0, high=100, prior=(1, 6), source="assumption", en="applications of a visitor at most", zh="每人现场投递上限")
    posts_compared: int = parameter(4, unit="posts", low=1, high=100, prior=(2, 10), source="assumption", en="posts that a visitor compares before each application", zh="每次现场投递前比较的岗位数")
    reading_days: int = parameter(3, unit="days", low=0, high=200, prior=(0, 7), source="assumption", en="time until the application is read", zh="现场投递后筛选的天数")
    initial_awareness: float = parameter(0.4, unit="share", low=0, high=1, prior=(0.2, 0.7), source="evidence 45", en="people who know of the service at the start", zh="初始知晓率")
    firm_awareness: float = parameter(0.4, unit="share", low=0, high=1, prior=(0.2, 0.7), source="assumption", en="employers who know of fairs when they open; the others come to know by outreach", zh="用人单位开业时知晓招聘会的比例（其余靠宣传知晓）")
    cost_per_fair: int = parameter(20_000, unit="CNY/fair", low=0, high=10_000_000, source="assumption", en="cost of a fair", zh="每场成本")
    cost_per_visitor: int = parameter(5, unit="CNY/person", low=0, high=100_000, source="assumption", en="cost of a visitor", zh="每位参会者成本")

    @classmethod
    def met(cls) -> dict[str, Rule]:
        """Where people meet it, besides the phases that call it by name."""
        return {"event": hold_fair}

    @property
    def offers_something(self) -> bool:
        """Whether anybody can meet an employer at a fair."""
        places = self.fairs_per_year * self.firms_per_fair * self.posts_per_firm * self.visitors_per_fair
        return super().offers_something and places * self.applications_per_visitor > 0

    @property
    def unit_cost(self) -> int:
        """Cost of a visitor, CNY; a fair itself is a fixed cost."""
        return self.cost_per_visitor

    def furnish(self, world: World) -> None:
        """Make room for the posts that a fair shows."""
        world.scratch = np.zeros(max(world.scratch.size, self.firms_per_fair * self.posts_per_firm), np.int64)

    def events(self, horizon: Horizon) -> list[dict[str, int]]:
        """Fairs, spread over the run: online ones and evenings on their day, others on the next Saturday."""
        found = []
        for index, day in enumerate(planned_days(horizon.first_day, horizon.last_day, round(self.fairs_per_year * horizon.days_open / YEAR_DAYS))):
            online = int((index + 1) * self.online_share) > int(index * self.online_share)
            evening = not online and int((index + 1) * self.evening_share) > int(index * self.evening_share)
            held = day
            if not online and not evening:
                held = day + (SATURDAY - (horizon.start + timedelta(days=day)).weekday()) % 7
            kind = EventKind.ONLINE_FAIR if online else EventKind.EVENING_FAIR if evening else EventKind.FAIR
            found.append({"kind": kind, "day": held, "firms": self.firms_per_fair, "posts": 0, "places": self.visitors_per_fair})
            if kind == EventKind.FAIR and held >= DAYS_OF_NOTICE:
                found.append({"kind": EventKind.FAIR_INVITATION, "day": held - DAYS_OF_NOTICE, "firms": 0, "posts": 0, "places": 0})
        return found


@compiled
def gather_posts(world: Tables, day: int, event: Row, number: int, found: Integers) -> int:
    """Let the employers of a fair, of those that have heard of fairs, bring posts that they have open.

    Args:
        world: The world.
        day: Day of the fair.
        event: The fair.
        number: Key of the fair.
        found: Scratch space; the first entries become the rows of the posts.

    Returns:
        Number of posts.
    """
    length = 0
    lever = world.rules.job_fairs
    came = 0
    for index in range(event.firms * LOOKS_PER_CANDIDATE):
        if came == event.firms:
            break
        employer = anchor_in(world, lever.row, index, NEVER) if index < lever.anchor_firms else NEVER
        if employer < 0:
            draw = uniform(world, Decision.FAIR_FIRM, day, index, number)
            employer = world.slots[int(draw * world.rows_in_use.advertising_slots)].employer
        if employer < 0 or world.employers[employer].alive == 0 or not firm_knows(world, world.employers[employer], lever.row):
            continue
        came += 1
        brought = 0
        firm = world.employers[employer]
        for slot in range(firm.first_slot, firm.first_slot + firm.slots):
            post = world.slots[slot].post
            if post >= 0 and brought < lever.posts_per_firm and length < found.size:
                found[length] = post
                length += 1
                brought += 1
    return length


@compiled
def may_attend(kind: int, person: Row, near: bool) -> bool:
    """Tell whether a person can be at a fair of some kind: present, `near` enough to come for the day, or online; searching, and free at that hour."""
    if person.next_search_day < 0 or person.contract_day >= 0:
        return False
    if kind != EventKind.ONLINE_FAIR and person.place == Place.ELSEWHERE and not near:
        return False
    return person.activity != Activity.EMPLOYED or kind != EventKind.FAIR


@compiled
def draw_to_fair(world: Tables, day: int, kind: int, identity: int) -> float:
    """Return the chance that who knows of a fair and can be there comes: by effort, and from elsewhere by the part of it that goes to the region."""
    person = world.people[identity]
    drawn = world.rules.job_fairs.attendance * effort_of(world, day, identity)
    return float(drawn * person.region_interest if travels_to(kind, person) else drawn)


@compiled
def travels_to(kind: int, person: Row) -> bool:
    """Tell whether a visitor of a fair has to travel to it."""
    return bool(kind != EventKind.ONLINE_FAIR and person.place == Place.ELSEWHERE)


@compiled
def fare_to_fair(world: Tables, kind: int, person: Row, brought: int) -> int:
    """Return the fare of somebody who is here to a fair and back, CNY: it is held in the district of the first employer that brings a post."""
    if kind == EventKind.ONLINE_FAIR or brought == 0:
        return 0
    return fare_to_interview(world, person, world.employers[world.posts[world.scratch[0]].employer])


@compiled
def hold_fair(world: Tables, day: int, event_row: int) -> None:
    """Hold one fair: who knows of it and is free may come; visitors apply on the spot for the posts that appeal most."""
    event = world.events[event_row]
    key = event.key
    if event.kind == EventKind.FAIR_INVITATION:
        _invite(world, day, key)
        return
    if event.places == 0 or not pay_fixed(world, world.rules.job_fairs.row, world.rules.job_fairs.cost_per_fair):
        return
    brought = gather_posts(world, day, event, key, world.scratch)
    open_queue(world, world.rows_in_use.people - world.rows_in_use.first_young)
    for identity in range(world.rows_in_use.first_young, world.rows_in_use.people):
        fetch(world.people, identity + FAR_AHEAD, 0)
        person = world.people[identity]
        near = person.next_search_day >= 0 and person.place == Place.ELSEWHERE and can_come_for_the_day(world, day, identity)
        if not may_attend(event.kind, person, near) or not knows(world, person, world.rules.job_fairs.row):
            continue
        came_for_it = person.appointment_day == day and person.appointment == Trip.FAIR
        if not came_for_it and uniform(world, Decision.FAIR_ATTENDANCE, day, identity, key) >= draw_to_fair(world, day, event.kind, identity):
            continue
        join_queue(world, identity, uniform(world, Decision.QUEUE, day, identity, key))
    for index in range(call_in(world)):
        identity = world.queue[index]
        person = world.people[identity]
        fare = fare_to_fair(world, event.kind, person, brought)
        if not has_fare(world, day, person, fare):
            continue
        world.services[world.rules.job_fairs.row].reached += 1
        if event.taken >= event.places or not can_pay(world, world.rules.job_fairs.row, 1):
            world.services[world.rules.job_fairs.row].turned_away += 1
            continue
        travel_within(world, day, person, fare)
        pay(world, world.rules.job_fairs.row, 1)
        event.taken += 1
        world.services[world.rules.job_fairs.row].served += 1
        world.counts[Count.FAIR_ATTENDANCES] += 1
        if travels_to(event.kind, person) and not is_here_for_the_day(day, person):
            receive_fare(world, day, person, fare_of_trip(world, person))
            pay_fare(world, person)
            come_for_the_day(world, day, person)
        tell_visitor(world, day, identity)
        news = world.rules.behaviour.bid_news if help_search(world, day, person, Help.FAIR, 1.0, 0.0, 0.0, 0.0) else 0.0
        _apply_at_fair(world, day, identity, key, brought, world.scratch, news)
        person.fairs += 1


@compiled
def _invite(world: Tables, day: int, key: int) -> None:
    """Let who lives too far away to be home in the evening, searches, and knows of fairs think of coming; the invitation tells of other services."""
    for identity in range(world.rows_in_use.first_young, world.rows_in_use.people):
        fetch(world.people, identity + FAR_AHEAD, 0)
        person = world.people[identity]
        if person.next_search_day < 0 or not could_be_invited(world, person) or not knows(world, person, world.rules.job_fairs.row):
            continue
        if uniform(world, Decision.FAIR_ATTENDANCE, day, identity, key) >= draw_to_fair(world, day, EventKind.FAIR, identity):
            continue
        if not is_home_by_evening(world, day + DAYS_OF_NOTICE, identity):
            tell_visitor(world, day, identity)
            plan_to_come(day, person, Trip.FAIR)


@compiled
def _key_of_look(number: int, attempt: int, look: int) -> int:
    """Return what the luck of one look at a post is keyed by; more looks leave the luck of the first ones alone."""
    group = look // LOOKS_A_KEY
    return ((group * FAIRS_A_KEY + number) * APPLICATIONS_A_KEY + attempt) * LOOKS_A_KEY + look % LOOKS_A_KEY


@compiled
def _apply_at_fair(world: Tables, day: int, identity: int, number: int, brought: int, found: Integers, news: float) -> None:
    """Apply for the posts that appeal most; what those compared pay counts for some news of pay."""
    if brought == 0:
        return
    person = world.people[identity]
    wanted = value_applied_for(world, day, identity)
    for attempt in range(world.rules.job_fairs.applications_per_visitor):
        best = NEVER
        best_worth = 0.0
        for look in range(world.rules.job_fairs.posts_compared):
            draw = uniform(world, Decision.FAIR_POST, day, identity, _key_of_look(number, attempt, look))
            post_row = found[int(draw * brought)]
            post = world.posts[post_row]
            if post.state != PostState.OPEN or post.education > person.education or works_at(person, post.employer):
                continue
            hear_of_pay(world, person, float(pay_at(world, person, post)), news)
            worth = appeal(world, identity, worth_of_pay(world, day, person, post), post.employer, wanted)
            if worth > best_worth:
                best = post_row
                best_worth = worth
        if best >= 0:
            post = world.posts[best]
            score = cv_score(world, day, identity, post.employer, Channel.FAIR) - cost_at_desk(world, day, person, post)
            if keep_application(world, best, identity, score, Channel.FAIR):
                count_application(world, person)
                post.applications += 1
                post.review_day = min(post.review_day, day + world.rules.job_fairs.reading_days)
