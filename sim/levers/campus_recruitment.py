"""Campus recruitment 团团带岗进高校: employers travel to campuses with posts.

Mechanism: students who would not have looked at this region see its posts, hand in a CV and may be interviewed on the spot. A firm that likes
a student notes an intent and puts the student on the pile of a post that it has, or that its staff plan holds; so intents can outnumber hires.
The trip adds no post to anybody's plan. A meeting 推介会 without posts tells students what work here pays, how offers come, and of the services.
"""

from __future__ import annotations

import math
from datetime import date
from typing import ClassVar

import numpy as np

from sim.calendar import Horizon, planned_days, share_of
from sim.columns import Column, Told
from sim.compiled import NEVER, Row, compiled
from sim.draws import Decision, normal, uniform
from sim.fetching import FAR_AHEAD, fetch
from sim.lever import Lever, Rule
from sim.measures import NO_COLUMN, OF_POSTS, Outcome, World, flow, own_flow
from sim.parameters import parameter
from sim.rules.applying import count_application
from sim.rules.effort import effort_of
from sim.rules.help import help_search, tell_of_market
from sim.rules.places import openings
from sim.rules.posts import free_slot, keep_application, open_post, posted_pay
from sim.rules.preparing import effort_beside_exams
from sim.rules.queues import call_in, join_queue, open_queue
from sim.rules.scoring import cv_score
from sim.rules.services import is_admitted, pay, pay_fixed
from sim.rules.subsidised import cost_at_desk
from sim.rules.telling import tell_visitor
from sim.rules.utility import appeal, value_applied_for, value_of_offer, value_wanted
from sim.states import Activity, Channel, Count, EventKind, Help, PostState
from sim.tables import Tables
from sim.units import Words, both

LOOKS = 256
"""Posts that a student notices at most: as many as the key of a trip's luck tells apart."""
INVITATIONS_A_KEY = 4
"""Invitations that the key of a trip's luck tells apart; the day of the key tells apart further ones."""
FEWEST_NOTICED, MOST_NOTICED = 1e-6, 0.999
"""Between these shares the next post noticed can be drawn."""


class CampusRecruitment(Lever):
    """Parameters of trips to campuses."""

    name: ClassVar[str] = "campus_recruitment"
    label: ClassVar[Words] = both("Campus recruitment", "进校招聘")
    summary: ClassVar[Words] = both(
        "Employers take their posts to campuses, to students who would not have looked at this region; no post is added.",
        "用人单位带岗进高校，面向原本不关注本地的学生；不新增岗位。",
    )
    bought: ClassVar[dict[str, int]] = {"trips": 1, "firms": 20, "posts": 200, "meetings": 0}
    goes_to_campuses: ClassVar[bool] = True
    person: ClassVar[tuple[Column, ...]] = (
        Column(
            "campus_cvs", "i4", "count", "CVs handed in on campus", took_part=True, counts=("campus_cvs", "served.campus_recruitment"),
            told=Told("handed in {n:a CV|{n} CVs} on a campus trip", "在进校招聘中投递简历{n}份"),
        ),
        Column(
            "campus_intents", "i4", "count", "preliminary intents on campus", counts=("campus_intents",),
            told=Told("found {n:an employer|{n} employers} there with an interest", "与{n}家单位达成初步意向"),
        ),
        Column(
            "campus_meetings", "i2", "count", "meetings on campus that presented the region", took_part=True, counts=("campus_meetings",),
            told=Told("heard of the region at {n:a meeting|{n} meetings} on campus", "参加本地高校推介会{n}场"),
        ),
        Column("campus_hires", "i2", "count", "jobs begun through a campus trip", counts=("campus_hires",), left_out="repeats a job that is told"),
    )
    counts: ClassVar[tuple[str, ...]] = ("meetings",)
    outcomes: ClassVar[tuple[Outcome, ...]] = (
        flow("campus_posts", "posts", Count.CAMPUS_POSTS, "Posts brought to campuses", "进校提供岗位数", untraced=OF_POSTS),
        flow("campus_cvs", "CVs", Count.CAMPUS_CVS, "CVs handed in on campus", "校园收到简历数"),
        flow("campus_interviews", "interviews", Count.CAMPUS_INTERVIEWS, "Interviews on campus", "校园面谈数", untraced=NO_COLUMN),
        flow("campus_intents", "intents", Count.CAMPUS_INTENTS, "Preliminary intents", "初步就业意向数"),
        flow("campus_contracts", "contracts", Count.CAMPUS_CONTRACTS, "Contracts through campus trips", "进校招聘签约数", untraced=NO_COLUMN),
        own_flow("campus_meetings", "person-times", "campus_recruitment", "meetings", "Visitors of meetings on campus", "高校推介会到场人次"),
        flow("campus_hires", "persons", Count.CAMPUS_HIRES, "Jobs begun through campus trips", "进校招聘入职人数"),
    )

    trips: int = parameter(0, unit="trips", low=0, high=1000, source="choice of the planner", en="trips during the run", zh="进高校场次")
    firms: int = parameter(0, unit="firms", low=0, high=100_000, source="choice of the planner", en="employers over all trips", zh="参加单位总数")
    posts: int = parameter(0, unit="posts", low=0, high=1_000_000, source="choice of the planner", en="posts advertised over all trips", zh="提供岗位总数")
    campuses: tuple[str, ...] = parameter((), unit="-", source="choice of the planner", en="names of the campuses visited, in turn; none: every campus outside", zh="走访高校")
    meetings: int = parameter(0, unit="meetings", low=0, high=1000, source="choice of the planner", en="meetings that present the region at these campuses, without posts", zh="高校推介会场次（不带岗位）")
    first_date: date | None = parameter(None, unit="date", source="choice of the planner", en="earliest day of a trip or meeting; null: the start of the run", zh="首场日期")
    last_date: date | None = parameter(None, unit="date", source="choice of the planner", en="latest day of a trip or meeting; null: the end of the run", zh="末场日期")
    attendance: float = parameter(0.25, unit="share", low=0, high=1, prior=(0.05, 0.6), source="assumption", en="final-year students without a contract who look in", zh="未签约应届生到场比例")
    posts_noticed: float = parameter(0.02, unit="share", low=0, high=1, prior=(0.005, 0.1), source="assumption", en="share of the posts that a student takes in", zh="学生留意到的岗位比例")
    cvs_per_student: int = parameter(2, unit="count", low=0, high=50, prior=(1, 5), source="assumption", en="CVs that a student hands in at most", zh="每名学生投递上限")
    delivery: float = parameter(0.25, unit="share", low=0, high=1, prior=(0.1, 0.6), source="assumption", en="appealing posts for which a student without interest in the region hands in a CV; interest adds to it", zh="无本地求职意向者对合意岗位投递的比例（意向另行叠加）")
    talks_per_firm: int = parameter(30, unit="talks", low=1, high=10_000, prior=(15, 90), source="assumption: half a day at eight minutes a talk, one recruiter", en="students with whom an employer has time to talk on a trip", zh="每场每家单位可面谈的学生数")
    invitations: int = parameter(4, unit="employers", low=1, high=100, prior=(1, 10), source="assumption", en="employers asked at most until one that is hiring takes a place on the trip", zh="每个参会名额最多邀请的单位数（至有在招者为止）")
    interview_margin: float = parameter(0.3, unit="sd", low=0, high=10, prior=(0, 0.8), source="assumption", en="how far below the firm's bar a CV may be and is still talked over on the spot", zh="简历低于录用门槛多少仍可现场面试")
    cost_per_trip: int = parameter(50_000, unit="CNY/trip", low=0, high=100_000_000, source="assumption", en="cost of a trip", zh="每场成本")
    cost_per_meeting: int = parameter(10_000, unit="CNY/meeting", low=0, high=100_000_000, source="assumption", en="cost of a meeting", zh="每场推介会成本")
    cost_per_cv: int = parameter(10, unit="CNY/CV", low=0, high=100_000, source="assumption", en="cost of handling a CV", zh="每份简历处理成本")

    @classmethod
    def met(cls) -> dict[str, Rule]:
        """Where people meet it, besides the phases that call it by name."""
        return {"event": visit_campus}

    @property
    def offers_something(self) -> bool:
        """Whether a student can meet a post, or hear of the region."""
        return super().offers_something and self.trips * self.firms * self.posts * self.cvs_per_student + self.meetings > 0

    @property
    def unit_cost(self) -> int:
        """Cost of handling a CV, CNY; a trip itself is a fixed cost."""
        return self.cost_per_cv

    @property
    def most_posts_a_day(self) -> int:
        """All that are brought along."""
        return self.posts if self.offers_something else 0

    def furnish(self, world: World) -> None:
        """Make room to count the talks of each employer of a trip."""
        world.scratch = np.zeros(max(world.scratch.size, self.firms), np.int64)

    def events(self, horizon: Horizon) -> list[dict[str, int]]:
        """Trips to the campuses in turn, spread over the window, and so the meetings."""
        first, last = horizon.window(self.first_date, self.last_date)
        return [
            {"kind": EventKind.CAMPUS_MEETING, "day": day, "campus": horizon.campuses[index % len(horizon.campuses)]}
            for index, day in enumerate(planned_days(first, last, self.meetings))
        ] + [
            {
                "kind": EventKind.CAMPUS_TRIP, "day": day, "campus": horizon.campuses[index % len(horizon.campuses)],
                "firms": share_of(self.firms, self.trips, index), "posts": share_of(self.posts, self.trips, index),
            }
            for index, day in enumerate(planned_days(first, last, self.trips))
        ]  # fmt: skip


@compiled
def firm_of_trip(world: Tables, event_key: int, index: int, firms: int) -> int:
    """Return the employer that brings the post `index` of a trip: rather one that is hiring; a firm comes with several posts."""
    row = 0
    for attempt in range(world.rules.campus_recruitment.invitations):
        key = event_key * INVITATIONS_A_KEY + attempt % INVITATIONS_A_KEY
        draw = uniform(world, Decision.TRIP_FIRM, attempt // INVITATIONS_A_KEY, index % firms, key)
        row = int(world.slots[int(draw * world.rows_in_use.regular_slots)].employer)
        firm = world.employers[row]
        if firm.alive == 1 and firm.target_staff > firm.staff + firm.pending + firm.held:
            break
    return row


@compiled
def visit_campus(world: Tables, day: int, event_row: int) -> None:
    """Hold one trip, whose final-year students look through the posts and hand in CVs, or one meeting, whose visitors are told of work here."""
    event = world.events[event_row]
    key = event.key
    meeting = event.kind == EventKind.CAMPUS_MEETING
    if not meeting and (event.firms == 0 or event.posts == 0):
        return
    rules = world.rules.campus_recruitment
    if not pay_fixed(world, rules.row, rules.cost_per_meeting if meeting else rules.cost_per_trip):
        return
    world.counts[Count.CAMPUS_POSTS] += event.posts
    campus = world.campuses[event.campus]
    world.scratch[: event.firms] = 0
    open_queue(world, campus.members)
    for index in range(campus.first_member, campus.first_member + campus.members):
        fetch(world.people, world.members[min(index + FAR_AHEAD, world.members.size - 1)], 0)
        identity = int(world.members[index])
        person = world.people[identity]
        if person.activity != Activity.STUDYING or person.contract_day >= 0 or not is_admitted(person, world.rules.campus_recruitment.row):
            continue
        if uniform(world, Decision.CAMPUS_ATTENDANCE, day, identity, key) >= draw_to_campus(world, day, identity, meeting):
            continue
        join_queue(world, identity, uniform(world, Decision.QUEUE, day, identity, key))
    for index in range(call_in(world)):
        identity = world.queue[index]
        world.services[world.rules.campus_recruitment.row].reached += 1
        tell_visitor(world, day, identity)
        if meeting:
            _hear_of_region(world, day, identity)
        else:
            _hand_in(world, day, identity, event)


@compiled
def draw_to_campus(world: Tables, day: int, identity: int, meeting: bool) -> float:
    """Return the chance that a student looks in: at a meeting anybody, at a trip who looks for work, by effort and the hours that exams leave."""
    attendance = float(world.rules.campus_recruitment.attendance)
    if meeting:
        return attendance
    person = world.people[identity]
    if person.next_search_day < 0:
        return 0.0
    return attendance * effort_of(world, day, identity) * effort_beside_exams(world, person)


@compiled
def _hear_of_region(world: Tables, day: int, identity: int) -> None:
    """Hear at a meeting what work in the region pays and how offers come, as in a lecture; interest moves by what people then find."""
    person = world.people[identity]
    person.campus_meetings += 1
    world.counts[world.rules.campus_recruitment.counts.meetings] += 1
    if help_search(world, day, person, Help.LECTURE, 1.0, 0.0, 0.0, 0.0):
        tell_of_market(world, person, world.rules.behaviour.lecture_news, world.rules.behaviour.lecture_news)


@compiled
def _hand_in(world: Tables, day: int, identity: int, event: Row) -> None:
    """Look through the posts, in their order, noticing few; hand in a CV where the post appeals."""
    person = world.people[identity]
    noticed = max(FEWEST_NOTICED, min(MOST_NOTICED, world.rules.campus_recruitment.posts_noticed))
    wanted = value_applied_for(world, day, identity)
    position = -1.0
    handed = 0
    for look in range(LOOKS):
        draw = uniform(world, Decision.CAMPUS_POST, day, identity, event.key * LOOKS + look)
        position += 1.0 + math.floor(math.log(draw) / math.log(1.0 - noticed))
        if position >= event.posts or handed >= world.rules.campus_recruitment.cvs_per_student:
            return
        firm_row = firm_of_trip(world, event.key, int(position), event.firms)
        firm = world.employers[firm_row]
        if firm.alive == 0:
            continue
        noise = world.rules.behaviour.post_wage_noise * normal(world, Decision.CAMPUS_POST_WAGE, event.key, int(position), firm_row)
        offered = posted_pay(world, firm, person.education, noise) * math.exp(world.rules.behaviour.skill_return * person.skill)
        worth = appeal(world, identity, offered, firm_row, wanted)
        keen = min(1.0, world.rules.campus_recruitment.delivery + person.region_interest)
        if worth <= 0.0 or uniform(world, Decision.CAMPUS_DELIVERY, day, identity, look) >= keen:
            continue
        if world.scratch[int(position) % event.firms] >= world.rules.campus_recruitment.talks_per_firm:
            continue  # too many stand in line there
        if not pay(world, world.rules.campus_recruitment.row, 1):
            world.services[world.rules.campus_recruitment.row].turned_away += 1
            continue
        handed += 1
        world.scratch[int(position) % event.firms] += 1
        world.services[world.rules.campus_recruitment.row].served += 1
        world.counts[Count.CAMPUS_CVS] += 1
        person.campus_cvs += 1
        count_application(world, person)
        _interview_on_campus(world, day, identity, firm_row, offered)


@compiled
def _interview_on_campus(world: Tables, day: int, identity: int, firm_row: int, offered: float) -> None:
    """A recruiter reads the CV at once and talks to the better ones; an intent is noted where both sides want it.

    The talk is one more observation, beside the CV on the pile and beside an interview later, for better or worse; it shows the student the firm, too.
    """
    person = world.people[identity]
    firm = world.employers[firm_row]
    score = cv_score(world, day, identity, firm_row, Channel.ADVERT)
    if score < firm.skill_bar - world.rules.campus_recruitment.interview_margin:
        return
    world.counts[Count.CAMPUS_INTERVIEWS] += 1
    talk = cv_score(world, day, identity, firm_row, Channel.CAMPUS)
    if talk < firm.skill_bar or value_of_offer(world, identity, offered, firm_row) < value_wanted(world, day, identity, 0.0):
        return
    world.counts[Count.CAMPUS_INTENTS] += 1
    person.campus_intents += 1
    target = NEVER
    for slot in range(firm.first_slot, firm.first_slot + firm.slots):
        row = world.slots[slot].post
        if row >= 0 and world.posts[row].state == PostState.OPEN and world.posts[row].education <= person.education:
            if target < 0 or world.posts[row].applications < world.posts[target].applications:
                target = row
    if target < 0 and openings(firm) > 0 and world.rows_in_use.posts < world.posts.size:
        slot = free_slot(world, firm)
        if slot >= 0:
            target = open_post(world, day, firm_row, slot)
    if target >= 0 and world.posts[target].education <= person.education:
        world.posts[target].applications += 1
        cost = cost_at_desk(world, day, person, world.posts[target])
        keep_application(world, target, identity, talk - cost, Channel.CAMPUS)
