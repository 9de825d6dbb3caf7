"""Internships 见习: paid places after graduation (学士后流动站), student places (扬帆计划), summer practice (青年援才), practice in villages (返乡实践).

Mechanism: a place gives skill, practice that shows employers something of it, a stipend or board, and ties to the region; whoever has one searches
less (lock-in). Hosts are employers that have heard of it. A host knows its intern the better the longer it has seen the work, and saves what a
newcomer costs to break in: it keeps an opening of its own staff plan for a graduate intern where it has one, decides at the end, or when the intern
is about to take another offer, and puts a student of industry who proved good on the pile of a post it has open. Practice in villages has no host:
it shows a little of the skill, teaches no trade, and ties people to their home. Places are finite, and so are the openings.
"""

from __future__ import annotations

from typing import ClassVar

from sim.calendar import MONTH_DAYS, YEAR_DAYS, Horizon, planned_days, share_of
from sim.columns import LONGEST_RUN, Column, Told
from sim.compiled import NEVER, Row, compiled
from sim.draws import Decision, uniform
from sim.fetching import FAR_AHEAD, fetch
from sim.lever import Lever, Rule
from sim.measures import NO_COLUMN, Outcome, flow
from sim.parameters import parameter
from sim.rules.applying import count_application
from sim.rules.leaving_school import leave_school
from sim.rules.places import count_kept, find_partner, leave_place, let_go_of_opening, monthly_cost, offer_held_opening, order, pay_month_of_place
from sim.rules.posts import keep_application
from sim.rules.queues import call_in, join_queue, open_queue
from sim.rules.scoring import cv_score, prove_by_practice
from sim.rules.searching import begin_search, put_search_off, schedule_search, take_search_up
from sim.rules.services import can_pay, knows, promise
from sim.rules.subsidised import cost_at_desk
from sim.states import Activity, Channel, Count, EventKind, Money, Place, Placement, PostState
from sim.tables import Tables
from sim.units import Words, both

FIRST_STUDENT_KEY = 1000
"""The luck of a student's host is keyed by the person behind this number, that of graduates' hosts by their own."""


class Internships(Lever):
    """Parameters of internships."""

    name: ClassVar[str] = "internships"
    label: ClassVar[Words] = both("Internships", "实习见习")
    summary: ClassVar[Words] = both(
        "Paid places after graduation and student places give skill and ties; hosts decide whom they keep.",
        "毕业后见习与在校生实习提升技能和归属感；由用人单位决定是否留用。",
    )
    bought: ClassVar[dict[str, int]] = {
        "graduate_places": 5, "government_places": 5, "industry_places": 5, "summer_places": 0, "practice_places": 0,
    }  # fmt: skip
    person: ClassVar[tuple[Column, ...]] = (
        Column(
            "placements", "i2", "count", "internship places of the programme taken", took_part=True, counts=("placements_started", "served.internships"),
            told=Told("had {n:an internship place|{n} internship places}", "获实习见习名额{n}个", by="internship_began"),
        ),
        Column(
            "placements_kept", "i2", "count", "places of the programme after which the host hired or put forward", counts=("placements_kept",),
            told_by="internship_ended",
        ),
        Column("placement", "i1", "-", "kind of the internship held now", line=5),
        Column(
            "place_months", "i4", "months", "months of the place promised and not yet paid for", most=36, line=5,
            left_out="a plan: the stipend is told when it is received",
        ),
        Column("stipend_due", "i8", "CNY", "stipend earned and not yet paid out", line=5, left_out="not received yet: the stipend is told when it is"),
        Column("place_pay_day", "i4", "day", "day up to which the place is paid for", most=LONGEST_RUN + 36 * 30),
        Column("stipends", "i8", "CNY", "stipends received", told=Told("received {n} CNY of stipend", "领取实习见习补贴{n}元", saved=True)),
        Column(
            "host_days", "i4", "days", "length of the present or last internship or class to order, for which a host or partner has seen the person work",
            most=36 * 30,
            left_out="told as the internship or course",
        ),
        Column("search_later", "i4", "day", "day on which a student will begin to search, kept during a place or class of the programme", NEVER),
    )
    outcomes: ClassVar[tuple[Outcome, ...]] = (
        flow("placements_started", "persons", Count.PLACEMENTS_STARTED, "Places of the programme taken", "项目实习见习人数"),
        flow("student_placements", "persons", Count.STUDENT_PLACEMENTS, "of these, by students", "其中在校生", untraced=NO_COLUMN),
        flow("placements_kept", "persons", Count.PLACEMENTS_KEPT, "Hired or put forward by the host after a place", "实习见习后被录用或推荐人数"),
    )

    graduate_places: int = parameter(0, unit="places", low=0, high=1_000_000, source="choice of the planner", en="one-year places after graduation, over the run", zh="毕业后见习名额")
    hosts: int = parameter(4, unit="firms", low=0, high=10_000, source="assumption", en="firms that host graduates", zh="见习基地数")
    graduate_months: int = parameter(12, unit="months", low=1, high=36, source="programmes.md 2: one year", en="length of a graduate place", zh="见习期（月）")
    new_graduate_days: int = parameter(730, unit="days", low=0, high=36500, source="assumption: the usual rule of two years", en="time after graduation within which a graduate place is taken", zh="毕业后可申请见习的期限（天）")
    stipend: int = parameter(1500, unit="CNY/month", low=0, high=100_000, source="assumption", en="stipend of a graduate place", zh="见习补贴（每月）")
    government_places: int = parameter(0, unit="places/year", low=0, high=1_000_000, source="choice of the planner", en="student places in government, a year", zh="政务实习岗位（每年）")
    government_month: int = parameter(1, unit="month", low=1, high=12, source="assumption", en="month in which student places in government begin", zh="政务实习开始月份")
    government_day: int = parameter(10, unit="day", low=1, high=28, source="assumption", en="day on which they begin", zh="政务实习开始日")
    industry_places: int = parameter(0, unit="places/year", low=0, high=1_000_000, source="choice of the planner", en="student places in industry, a year", zh="产业实习岗位（每年）")
    industry_month: int = parameter(1, unit="month", low=1, high=12, source="assumption", en="month in which the first half of student places in industry begins", zh="产业实习首批开始月份")
    industry_day: int = parameter(11, unit="day", low=1, high=28, source="assumption", en="day on which it begins", zh="产业实习首批开始日")
    industry_second_month: int = parameter(3, unit="month", low=1, high=12, source="assumption", en="month in which the other half begins", zh="产业实习次批开始月份")
    industry_second_day: int = parameter(1, unit="day", low=1, high=28, source="assumption", en="day on which it begins", zh="产业实习次批开始日")
    student_days: int = parameter(45, unit="days", low=5, high=400, source="assumption", en="length of a student place", zh="在校生实习天数")
    summer_places: int = parameter(0, unit="places/year", low=0, high=1_000_000, source="choice of the planner", en="places of summer practice, a year", zh="暑期实践名额（每年）")
    summer_month: int = parameter(7, unit="month", low=1, high=12, source="assumption", en="month in which summer practice begins", zh="暑期实践开始月份")
    summer_day: int = parameter(8, unit="day", low=1, high=28, source="assumption", en="day on which it begins", zh="暑期实践开始日")
    summer_days: int = parameter(30, unit="days", low=5, high=60, source="assumption", en="length of summer practice", zh="暑期实践天数")
    summer_for_locals: bool = parameter(default=False, unit="-", source="choice of the planner", en="summer practice is for locals only: students who come home for it, or study here", zh="暑期实践是否仅限本地青年（返乡或在本地就读的学生）")
    practice_places: int = parameter(0, unit="places/year", low=0, high=1_000_000, source="choice of the planner", en="places of practice in villages in the summer, without a host, a year", zh="暑期乡村社会实践名额（无接收单位，每年）")
    practice_days: int = parameter(20, unit="days", low=1, high=60, source="assumption", en="length of such practice", zh="乡村社会实践天数")
    practice_for_returners: bool = parameter(default=False, unit="-", source="choice of the planner", en="such practice is only for locals who study elsewhere and come home for it", zh="乡村社会实践是否仅限在外就读的返乡学生")
    practice_allowance: int = parameter(300, unit="CNY/month", low=0, high=100_000, source="assumption", en="allowance of students in such practice, a month begun", zh="乡村社会实践补贴（每月）")
    student_allowance: int = parameter(600, unit="CNY/month", low=0, high=100_000, source="assumption", en="allowance of students in other places, a month begun", zh="在校生实习补贴（每月）")
    demand: float = parameter(0.10, unit="share", low=0, high=1, prior=(0.02, 0.4), source="assumption", en="those who know of an intake and want a place", zh="知晓者报名比例")
    intakes_per_year: int = parameter(4, unit="1/year", low=1, high=52, source="assumption", en="intakes of graduates a year", zh="每年见习批次")
    initial_awareness: float = parameter(0.4, unit="share", low=0, high=1, prior=(0.2, 0.7), source="evidence 45", en="people who know of the service at the start", zh="初始知晓率")
    firm_awareness: float = parameter(0.4, unit="share", low=0, high=1, prior=(0.2, 0.7), source="assumption", en="employers who know of internships of the programme when they open; the others come to know by outreach", zh="用人单位开业时知晓见习实习项目的比例（其余靠宣传知晓）")
    administration: int = parameter(100, unit="CNY/month", low=0, high=100_000, source="assumption", en="administration of a place, a month", zh="每名额每月管理成本")

    @classmethod
    def met(cls) -> dict[str, Rule]:
        """Where people meet it, besides the phases that call it by name."""
        return {"event": take_in}

    @property
    def offers_something(self) -> bool:
        """Whether there is a place of any kind."""
        places = self.graduate_places * self.hosts + self.government_places + self.industry_places + self.summer_places + self.practice_places
        return super().offers_something and places > 0

    @property
    def most_posts_a_day(self) -> int:
        """Openings that hosts have kept for those in all places."""
        return self.graduate_places + self.government_places + self.industry_places + self.summer_places if self.offers_something else 0

    @property
    def unit_cost(self) -> int:
        """A unit is one CNY of stipend, allowance or administration: places of different kinds cost differently."""
        return 1

    def events(self, horizon: Horizon) -> list[dict[str, int]]:
        """Intakes: graduates in equal batches over the run, students on the days of the year that are set."""
        batches = max(1, round(self.intakes_per_year * horizon.days_open / YEAR_DAYS))
        found = [
            _intake(Placement.GRADUATE, day, share_of(self.graduate_places if self.hosts else 0, batches, index))
            for index, day in enumerate(planned_days(horizon.first_day, horizon.last_day, batches))
        ]
        half = self.industry_places // 2
        for kind, places, month, day_of_month in (
            (Placement.GOVERNMENT, self.government_places, self.government_month, self.government_day),
            (Placement.INDUSTRY, half, self.industry_month, self.industry_day),
            (Placement.INDUSTRY, self.industry_places - half, self.industry_second_month, self.industry_second_day),
            (Placement.SUMMER, self.summer_places, self.summer_month, self.summer_day),
            (Placement.PRACTICE, self.practice_places, self.summer_month, self.summer_day),
        ):
            found += [_intake(kind, day, places) for day in horizon.yearly(month, day_of_month)]
        return [event for event in found if event["places"] > 0]


def _intake(kind: Placement, day: int, places: int) -> dict[str, int]:
    return {"kind": EventKind.INTAKE, "day": day, "places": places, "variant": kind}


@compiled
def days_of(world: Tables, kind: int) -> int:
    """Return the length of a place."""
    rules = world.rules.internships
    if kind == Placement.GRADUATE:
        return int(MONTH_DAYS * rules.graduate_months)
    if kind == Placement.SUMMER:
        return int(rules.summer_days)
    return int(rules.practice_days if kind == Placement.PRACTICE else rules.student_days)


@compiled
def has_host(kind: int) -> bool:
    """Tell whether a place is with an employer."""
    return kind != Placement.GOVERNMENT and kind != Placement.PRACTICE


@compiled
def months_of(world: Tables, kind: int) -> int:
    """Return the months of a place that are paid for."""
    return (days_of(world, kind) + MONTH_DAYS - 1) // MONTH_DAYS


@compiled
def may_take_place(world: Tables, day: int, kind: int, person: Row) -> bool:
    """Tell whether a place of some kind is for this person."""
    if person.contract_day >= 0 or person.station >= 0 or person.place == Place.VISITING:
        return False
    if kind == Placement.GRADUATE:
        fresh = day - person.graduation_day <= world.rules.internships.new_graduate_days
        return person.activity == Activity.SEARCHING and person.place == Place.RESIDENT and fresh
    if kind == Placement.SUMMER and world.rules.internships.summer_for_locals == 1 and person.from_elsewhere == 1:
        return False
    returns = person.from_elsewhere == 0 and world.campuses[person.campus].outside == 1
    if kind == Placement.PRACTICE and world.rules.internships.practice_for_returners == 1 and not returns:
        return False
    return person.activity == Activity.STUDYING and person.graduation_day > day


@compiled
def take_in(world: Tables, day: int, event_row: int) -> None:
    """Fill one intake, while there are places and the budget covers a whole place."""
    event = world.events[event_row]
    number = event.key
    kind = event.variant
    cost = months_of(world, kind) * monthly_cost(world, kind)
    service = world.services[world.rules.internships.row]
    open_queue(world, world.rows_in_use.people - world.rows_in_use.first_young)
    for identity in range(world.rows_in_use.first_young, world.rows_in_use.people):
        fetch(world.people, identity + FAR_AHEAD, 0)
        person = world.people[identity]
        if not may_take_place(world, day, kind, person) or not knows(world, person, world.rules.internships.row):
            continue
        if uniform(world, Decision.PLACEMENT_DEMAND, day, identity, number) >= world.rules.internships.demand:
            continue
        join_queue(world, identity, uniform(world, Decision.QUEUE, day, identity, number))
    for index in range(call_in(world)):
        identity = world.queue[index]
        person = world.people[identity]
        service.reached += 1
        if event.taken >= event.places or not can_pay(world, world.rules.internships.row, cost):
            service.turned_away += 1
            continue
        host = NEVER
        if kind == Placement.GRADUATE:
            which = event.taken % world.rules.internships.hosts
            host = find_partner(world, world.rules.internships.row, Decision.PLACEMENT_HOST, which, NEVER)
        elif has_host(kind):
            host = find_partner(world, world.rules.internships.row, Decision.PLACEMENT_HOST, FIRST_STUDENT_KEY + identity, person.field)
        if host < 0 and has_host(kind):
            service.turned_away += 1
            continue
        promise(world, world.rules.internships.row, cost)
        event.taken += 1
        service.served += 1
        _begin_place(world, day, identity, kind, host)
        pay_month_of_place(world, person)


@compiled
def _begin_place(world: Tables, day: int, identity: int, kind: int, host: int) -> None:
    person = world.people[identity]
    person.placement = kind
    person.place_months = months_of(world, kind)
    person.place_pay_day = day
    days = days_of(world, kind)
    if kind == Placement.GRADUATE:
        order(world, day, person, host)
    if person.activity == Activity.STUDYING:
        days = max(1, min(days, person.graduation_day - day))
        if person.place == Place.ELSEWHERE:  # board and lodging come with the place
            person.place = Place.VISITING
            world.rows_in_use.new_visitors += 1
            person.visit_end = day + days
            person.paid_nights_left = days
            person.trips += 1
            person.arrivals += person.from_elsewhere
            world.counts[Count.ARRIVALS] += person.from_elsewhere
    person.employer = host
    if host >= 0:
        world.employers[host].interns += 1
    if person.activity == Activity.STUDYING:
        person.activity = Activity.INTERN
        put_search_off(world, day, identity)
    else:
        person.activity = Activity.INTERN
        schedule_search(world, day, identity)
    person.return_day = day + days
    person.host_days = days
    person.internships += 1
    person.placements += 1
    world.counts[Count.INTERNS_STARTED] += 1
    world.counts[Count.PLACEMENTS_STARTED] += 1
    if kind != Placement.GRADUATE:
        world.counts[Count.STUDENT_PLACEMENTS] += 1


@compiled
def receive_stipend(world: Tables, day: int, person: Row) -> None:
    """Pay what is due for the months of a place begun so far."""
    if person.placement != Placement.OWN and person.place_months > 0 and day - person.place_pay_day >= MONTH_DAYS:
        person.place_pay_day += MONTH_DAYS
        pay_month_of_place(world, person)
    if person.stipend_due > 0:
        person.savings += person.stipend_due
        person.stipends += person.stipend_due
        world.ledger[Money.STIPENDS] += person.stipend_due
        person.stipend_due = 0


@compiled
def finish_place(world: Tables, day: int, identity: int) -> None:
    """End an internship: the person has learned, has practice to show and knows the place; the host decides."""
    person = world.people[identity]
    kind = person.placement
    host = person.employer
    leave_place(world, day, person)
    person.return_day = NEVER
    person.host_days = days_of(world, kind) if kind == Placement.GRADUATE else person.host_days
    if kind != Placement.PRACTICE:
        person.skill += world.rules.behaviour.graduate_place_skill if kind == Placement.GRADUATE else world.rules.behaviour.internship_skill
    prove_by_practice(world, identity, person.internships, person.host_days)
    if kind != Placement.OWN:
        world.counts[Count.PLACEMENTS_ENDED] += 1
        person.attachment += world.rules.behaviour.placement_attachment
        if world.campuses[person.campus].outside == 1 and person.from_elsewhere == 1:
            person.region_interest = min(1.0, person.region_interest + world.rules.behaviour.placement_interest)
    if person.graduation_day > day:
        take_search_up(world, day, identity)
    else:
        since = person.searching_since
        if kind == Placement.GRADUATE:
            begin_search(world, day, identity)
        else:
            leave_school(world, day, identity)
        if kind == Placement.GRADUATE:  # the search goes on where it stopped: a year in a place is no year without work
            person.searching_since = since + MONTH_DAYS * world.rules.internships.graduate_months
        elif kind != Placement.OWN and since >= 0:
            person.searching_since = since
    kept = False
    if kind == Placement.GRADUATE:
        kept = _host_offers(world, day, identity, host)
    elif kind == Placement.OWN or kind == Placement.INDUSTRY or kind == Placement.SUMMER:
        kept = _host_puts_forward(world, day, identity, host)
    if kept:
        count_kept(world, person, kind)


@compiled
def _host_offers(world: Tables, day: int, identity: int, host: int) -> bool:
    """A host offers a job to a graduate intern who proved good enough, in the opening it kept or another it has now, unless it was refused before."""
    person = world.people[identity]
    employer = world.employers[host]
    if person.course_host < 0:
        return False
    if employer.alive == 0 or cv_score(world, day, identity, host, Channel.PLACEMENT) < employer.skill_bar or person.contract_day >= 0:
        let_go_of_opening(world, person)
        return False
    return bool(
        offer_held_opening(world, day, identity, host, Channel.PLACEMENT)
    )


@compiled
def _host_puts_forward(world: Tables, day: int, identity: int, host: int) -> bool:
    """A host puts a student who proved good enough on the pile of the post open there that would cost least, with what it has seen beside the CV."""
    person = world.people[identity]
    employer = world.employers[host]
    proved = cv_score(world, day, identity, host, Channel.PLACEMENT)
    if employer.alive == 0 or proved < employer.skill_bar or person.contract_day >= 0:
        return False
    best, least = NEVER, 0.0
    for slot in range(employer.first_slot, employer.first_slot + employer.slots):
        number = world.slots[slot].post
        if number >= 0 and world.posts[number].state == PostState.OPEN and world.posts[number].education <= person.education:
            cost = cost_at_desk(world, day, person, world.posts[number])
            if best < 0 or cost < least:
                best, least = number, cost
    if best < 0 or not keep_application(world, best, identity, proved - least, Channel.PLACEMENT):
        return False
    world.posts[best].applications += 1
    count_application(world, person)
    return True
