"""Start-up courses 创业大讲堂: lectures, camps and contests, and a book club for who thinks of an own business.

Mechanism: a lecture takes away some of the fear of failure (confidence, on which the pursuit of an opportunity depends); a camp or contest also
teaches business skill, on which the revenue of a firm founded later, or run already, depends; the book club does so slowly.
"""

from __future__ import annotations

from typing import ClassVar

from sim.calendar import MONTH_DAYS, Horizon, planned_days
from sim.columns import LONGEST_RUN, Column, Told
from sim.compiled import NEVER, Row, compiled
from sim.draws import Decision, uniform
from sim.fetching import FAR_AHEAD, fetch
from sim.lever import Lever, Rule
from sim.measures import Outcome, flow
from sim.parameters import parameter
from sim.rules.queues import call_in, join_queue, open_queue
from sim.rules.services import admit, is_admitted, knows, pay
from sim.states import Activity, Count, EventKind, Place
from sim.tables import Tables
from sim.units import Words, both


class StartupCourses(Lever):
    """Parameters of start-up courses."""

    name: ClassVar[str] = "startup_courses"
    label: ClassVar[Words] = both("Start-up courses", "创业课程")
    summary: ClassVar[Words] = both(
        "Lectures, camps and a book club give courage and some business skill; seats are finite.",
        "创业讲堂、训练营与书友会增强信心与经营能力；名额有限。",
    )
    bought: ClassVar[dict[str, int]] = {"lectures": 1, "camps": 1, "book_club_members": 0}
    person: ClassVar[tuple[Column, ...]] = (
        Column(
            "startup_courses", "i2", "count", "start-up lectures and camps attended", took_part=True, counts=("startup_courses_attended",),
            told=Told("went to {n:a start-up course|{n} start-up courses}", "参加创业课程{n}场"),
        ),
        Column("business_training", "f8", "log revenue", "business skill from start-up camps"),
        Column(
            "book_club", "i1", "0/1", "member of the book club",
            told=Told("joined the book club", "加入创业读书会", falls_en="left the book club", falls_zh="退出创业读书会"),
        ),
        Column("memberships", "i2", "count", "memberships of the book club", took_part=True, left_out="repeats the joining, which is told"),
        Column("book_club_until", "i4", "day", "day on which the membership is to be renewed", NEVER, most=LONGEST_RUN + 120 * 30),
    )
    outcomes: ClassVar[tuple[Outcome, ...]] = (
        flow("startup_courses_attended", "person-times", Count.STARTUP_COURSES_ATTENDED, "Visitors of start-up lectures and camps", "创业课程参加人次"),
    )

    lectures: int = parameter(0, unit="sessions", low=0, high=10_000, source="choice of the planner", en="lectures, forums and reports of founders during the run", zh="创业讲堂、论坛、报告会场次")
    seats_per_lecture: int = parameter(80, unit="persons", low=0, high=100_000, source="assumption", en="seats of a lecture", zh="每场座位数")
    camps: int = parameter(0, unit="sessions", low=0, high=10_000, source="choice of the planner", en="training camps and contests during the run", zh="训练营与创业大赛场次")
    seats_per_camp: int = parameter(30, unit="persons", low=0, high=100_000, source="assumption", en="places of a camp or contest", zh="每期训练营名额")
    book_club_members: int = parameter(0, unit="persons", low=0, high=1_000_000, source="choice of the planner", en="members that a book club can hold", zh="书友会会员上限")
    membership_months: int = parameter(12, unit="months", low=1, high=120, source="assumption", en="time that one payment makes a member of the book club", zh="书友会一次缴费的会期（月）")
    club_months: float = parameter(24.0, unit="months", low=0.1, high=1000, prior=(12, 48), source="assumption", en="months of the book club that teach and encourage as much as one camp", zh="书友会达到一期训练营效果所需月数")
    demand: float = parameter(0.05, unit="share", low=0, high=1, prior=(0.01, 0.2), source="assumption", en="residents who know of a session and come", zh="知晓者参加比例")
    initial_awareness: float = parameter(0.4, unit="share", low=0, high=1, prior=(0.2, 0.7), source="evidence 45", en="people who know of the service at the start", zh="初始知晓率")
    cost_per_seat: int = parameter(40, unit="CNY/person", low=0, high=100_000, source="assumption", en="cost of a lecture seat, or of a membership of the club", zh="每人次成本")
    camp_seats: int = parameter(10, unit="seats", low=1, high=1000, source="assumption", en="lecture seats that cost as much as a place in a camp", zh="训练营名额折合讲座人次")

    @classmethod
    def met(cls) -> dict[str, Rule]:
        """Where people meet it, besides the phases that call it by name."""
        return {"event": hold_startup_course}

    @property
    def offers_something(self) -> bool:
        """Whether anybody can come."""
        seats = self.lectures * self.seats_per_lecture + self.camps * self.seats_per_camp
        return super().offers_something and seats + self.book_club_members > 0

    @property
    def unit_cost(self) -> int:
        """Cost of a lecture seat, CNY."""
        return self.cost_per_seat

    def events(self, horizon: Horizon) -> list[dict[str, int]]:
        """Lectures and camps, spread over the run."""
        lectures = planned_days(horizon.first_day, horizon.last_day, self.lectures)
        camps = planned_days(horizon.first_day, horizon.last_day, self.camps)
        return [{"kind": EventKind.STARTUP_LECTURE, "day": day, "places": self.seats_per_lecture} for day in lectures] + [
            {"kind": EventKind.STARTUP_CAMP, "day": day, "places": self.seats_per_camp} for day in camps
        ]


@compiled
def hold_startup_course(world: Tables, day: int, event_row: int) -> None:
    """Hold one lecture or camp: residents who know of it and are drawn to business come while there are seats."""
    event = world.events[event_row]
    number = event.key
    open_queue(world, world.rows_in_use.people - world.rows_in_use.first_young)
    for identity in range(world.rows_in_use.first_young, world.rows_in_use.people):
        fetch(world.people, identity + FAR_AHEAD, 0)
        person = world.people[identity]
        if person.place != Place.RESIDENT or not knows(world, person, world.rules.startup_courses.row):
            continue
        if uniform(world, Decision.STARTUP_COURSE, day, identity, number) >= world.rules.startup_courses.demand:
            continue
        join_queue(world, identity, uniform(world, Decision.QUEUE, day, identity, number))
    for index in range(call_in(world)):
        identity = world.queue[index]
        person = world.people[identity]
        if event.kind == EventKind.STARTUP_CAMP:
            if not _admit_to_camp(world, event):
                continue
            learn_business(world, person, world.rules.behaviour.camp_business_skill / (person.startup_courses + 1))
        elif not admit(world, event, world.rules.startup_courses.row):
            continue
        world.counts[Count.STARTUP_COURSES_ATTENDED] += 1
        person.startup_courses += 1
        person.confidence += world.rules.behaviour.course_confidence / person.startup_courses


@compiled
def _admit_to_camp(world: Tables, event: Row) -> bool:
    service = world.services[world.rules.startup_courses.row]
    service.reached += 1
    if event.taken >= event.places or not pay(world, world.rules.startup_courses.row, world.rules.startup_courses.camp_seats):
        service.turned_away += 1
        return False
    event.taken += 1
    service.served += 1
    return True


@compiled
def learn_business(world: Tables, person: Row, skill: float) -> None:
    """Teach business skill: to the firm that the person runs, or for one founded later."""
    person.business_training += skill
    if person.activity == Activity.FOUNDER:
        world.employers[person.employer].business_skill += skill


@compiled
def meet_at_book_club(world: Tables, day: int, identity: int) -> None:
    """One month of the book club: join while there is room, renew in time, leave with the region; members gain confidence and skill."""
    person = world.people[identity]
    if world.rules.startup_courses.book_club_members == 0:
        return
    service = world.services[world.rules.startup_courses.row]
    if person.book_club == 1:
        may_stay = person.place == Place.RESIDENT and (day < person.book_club_until or is_admitted(person, world.rules.startup_courses.row))
        if not may_stay or (day >= person.book_club_until and not pay(world, world.rules.startup_courses.row, 1)):
            person.book_club = 0
            service.in_use -= 1
            return
        if day >= person.book_club_until:
            person.book_club_until = day + MONTH_DAYS * world.rules.startup_courses.membership_months
    else:
        if person.place != Place.RESIDENT or not knows(world, person, world.rules.startup_courses.row):
            return
        if uniform(world, Decision.BOOK_CLUB, day, identity, 0) >= world.rules.startup_courses.demand:
            return
        service.reached += 1
        if service.in_use >= world.rules.startup_courses.book_club_members or not pay(world, world.rules.startup_courses.row, 1):
            service.turned_away += 1
            return
        service.in_use += 1
        service.served += 1
        person.book_club = 1
        person.memberships += 1
        person.book_club_until = day + MONTH_DAYS * world.rules.startup_courses.membership_months
    person.confidence += world.rules.behaviour.course_confidence / world.rules.startup_courses.club_months
    learn_business(world, person, world.rules.behaviour.camp_business_skill / world.rules.startup_courses.club_months)
