"""Organisation 组织力: the hours of staff, cadres, student deputies and volunteers, and what they are spent on.

Mechanism: hours that other duties (hope cabins, contests, sports) leave over are divided into household visits, which make services known and
fill the ledger of casework, casework beyond the caseworkers' own, talks at events, and visits to employers. Staff training raises the quality of visits and casework. Deputies are students who get to
know the place; youth leaders are kept informed and pass knowledge on to their peers.
"""

from __future__ import annotations

from typing import ClassVar

from pydantic import model_validator

from sim.bilingual import Sentence
from sim.calendar import MONTH_DAYS, Horizon, planned_days
from sim.columns import Column, Told
from sim.compiled import compiled
from sim.draws import Decision, uniform
from sim.fetching import FAR_AHEAD, fetch
from sim.lever import Lever, Rule
from sim.measures import OF_WORK, Outcome, flow, own_flow
from sim.parameters import parameter
from sim.rules.queues import call_in, join_queue, open_queue
from sim.rules.scoring import prove_by_practice
from sim.rules.services import is_to_be_known, learn, pay, share_of_day
from sim.rules.telling import contact, is_concerned, met_by, tell_employer
from sim.states import Activity, Count, EventKind, OutreachChannel, Place
from sim.tables import Tables
from sim.units import Words, both

BY_ORGANISATION = 1
"""What tells the luck of its visits to employers from that of other contacts."""


class Organisation(Lever):
    """Parameters of the organisation."""

    name: ClassVar[str] = "organisation"
    label: ClassVar[Words] = both("Organisation", "组织力")
    summary: ClassVar[Words] = both(
        "Hours of staff, cadres and volunteers, less other duties, carry visits, casework and talks.",
        "专职人员、干部与志愿者工时扣除其他任务后，用于走访、帮扶与宣讲。",
    )
    bought: ClassVar[dict[str, int]] = {"staff": 1}
    reaches_employers: ClassVar[bool] = True
    person: ClassVar[tuple[Column, ...]] = (
        Column(
            "leader", "i1", "0/1", "youth leader in contact with the organisation",
            told=Told("became a youth leader in touch with the organisation", "成为青年带头人", falls_en="was a youth leader no longer", falls_zh="不再担任青年带头人"),
        ),
        Column("leaderships", "i2", "count", "times chosen as a youth leader", took_part=True, left_out="repeats the choice, which is told"),
        Column("deputy", "i1", "0/1", "part-time student deputy", took_part=True, told=Told("served as a student deputy", "担任学生兼职副书记")),
    )
    counts: ClassVar[tuple[str, ...]] = ("employers",)
    outcomes: ClassVar[tuple[Outcome, ...]] = (
        flow("household_visits", "visits", Count.HOUSEHOLD_VISITS, "Household visits by the organisation", "入户走访次数", untraced=OF_WORK),
        own_flow("employer_visits", "visits", "organisation", "employers", "Visits to employers by the organisation", "走访用人单位次数", untraced=OF_WORK),
        flow("volunteer_hours", "hours", Count.VOLUNTEER_HOURS, "Hours of volunteers, cadres and deputies", "志愿服务小时数", untraced=OF_WORK),
        flow("other_duty_hours", "hours", Count.OTHER_DUTY_HOURS, "Hours taken by other duties", "其他任务占用小时数", untraced=OF_WORK),
    )

    staff: int = parameter(0, unit="persons", low=0, high=1_000_000, source="choice of the planner", en="paid staff and social workers", zh="专职人员与社工人数")
    staff_hours_month: int = parameter(120, unit="hours/month", low=0, high=400, source="assumption", en="hours of a member of staff for these duties, a month", zh="每名专职人员月工时")
    volunteers: int = parameter(0, unit="persons", low=0, high=10_000_000, source="choice of the planner", en="volunteers", zh="志愿者人数")
    volunteer_hours_month: int = parameter(4, unit="hours/month", low=0, high=400, source="assumption", en="hours of a volunteer, a month", zh="每名志愿者月服务小时")
    cadres: int = parameter(0, unit="persons", low=0, high=1_000_000, source="choice of the planner", en="secretaries and seconded or part-time cadres", zh="书记与挂兼职团干部人数")
    cadre_hours_month: int = parameter(20, unit="hours/month", low=0, high=400, source="assumption", en="hours of a part-time cadre, a month", zh="每名兼职干部月工时")
    student_deputies: int = parameter(0, unit="persons", low=0, high=100_000, source="choice of the planner", en="students as part-time deputy secretaries, a year", zh="学生兼职副书记人数（每年）")
    deputies_month: int = parameter(10, unit="month", low=1, high=12, source="assumption", en="month in which deputies are chosen; the first on the first day of the run", zh="选任学生副书记的月份")
    deputies_day: int = parameter(8, unit="day", low=1, high=28, source="assumption", en="day on which they are chosen", zh="选任学生副书记的日期")
    deputy_demand: float = parameter(0.05, unit="share", low=0, high=1, prior=(0.01, 0.2), source="assumption", en="students of the final year who would be a deputy", zh="愿任副书记的应届生占比")
    deputy_hours_month: int = parameter(12, unit="hours/month", low=0, high=400, source="assumption", en="hours of a student deputy, a month", zh="每名学生副书记月工时")
    leaders: int = parameter(0, unit="persons", low=0, high=1_000_000, source="choice of the planner", en="youth leaders (rural good youth, model founders) that cadres keep in touch with", zh="联系的青年带头人（好青年）人数")
    leader_demand: float = parameter(0.05, unit="share", low=0, high=1, prior=(0.01, 0.2), source="assumption", en="employed residents who would be a youth leader, as founders are", zh="在岗青年中愿任带头人的占比（创业者均可）")
    other_duty_hours_month: int = parameter(0, unit="hours/month", low=0, high=100_000_000, source="choice of the planner", en="hours that other duties take first (hope cabins, contests, epidemics)", zh="其他任务月占用小时（希望小屋等）")
    visits_share: float = parameter(0.5, unit="share", low=0, high=1, source="assumption", en="share of the hours left that goes on household visits", zh="剩余工时用于走访的份额")
    casework_share: float = parameter(0.3, unit="share", low=0, high=1, source="assumption", en="share that goes on casework", zh="剩余工时用于台账帮扶的份额")
    events_share: float = parameter(0.2, unit="share", low=0, high=1, source="assumption", en="share that goes on talks to visitors of events", zh="剩余工时用于活动宣传的份额")
    firms_share: float = parameter(0.0, unit="share", low=0, high=1, source="choice of the planner", en="share that goes on visits to employers", zh="剩余工时用于走访用人单位的份额")
    hours_per_visit: float = parameter(1.0, unit="hours", low=0.05, high=100, source="assumption", en="hours of a household visit", zh="每次走访小时")
    hours_per_firm_visit: float = parameter(2.0, unit="hours", low=0.05, high=100, source="assumption", en="hours of a visit to an employer", zh="每次走访用人单位小时")
    hours_per_client_month: float = parameter(1.5, unit="hours/month", low=0.05, high=100, source="assumption", en="hours of one client's casework, a month", zh="每名帮扶对象月工时")
    hours_per_talk: float = parameter(0.2, unit="hours", low=0.01, high=100, source="assumption", en="hours of a talk at an event", zh="每次活动宣讲小时")
    seminars: int = parameter(0, unit="sessions", low=0, high=1000, source="choice of the planner", en="staff training seminars during the run", zh="干部学习培训场次")
    best_quality: float = parameter(1.3, unit="ratio", low=1, high=10, prior=(1.1, 1.6), source="assumption", en="quality of staff that seminars lead towards, relative to the usual", zh="培训后工作质量可达水平")
    cost_per_staff_hour: int = parameter(35, unit="CNY/hour", low=0, high=10_000, source="assumption", en="cost of an hour of paid staff", zh="专职人员每小时成本")

    @model_validator(mode="after")
    def _check(self) -> Organisation:
        if self.visits_share + self.casework_share + self.events_share + self.firms_share > 1 + 1e-9:
            message = Sentence(
                "visits_share, casework_share, events_share and firms_share are shares of one whole: their sum must not exceed 1",
                "visits_share、casework_share、events_share 与 firms_share 是同一总量的份额，四者之和不能超过 1",
            )
            raise ValueError(message)
        return self

    @classmethod
    def met(cls) -> dict[str, Rule]:
        """Where people meet it, besides the phases that call it by name."""
        return {"event": hold_event}

    @property
    def offers_something(self) -> bool:
        """Whether there are any hours, deputies or leaders."""
        hours = self.staff * self.staff_hours_month + self.volunteers * self.volunteer_hours_month + self.cadres * self.cadre_hours_month
        return super().offers_something and hours + self.student_deputies + self.leaders > 0

    @property
    def unit_cost(self) -> int:
        """Cost of an hour of paid staff, CNY; volunteers, cadres and deputies cost the programme nothing."""
        return self.cost_per_staff_hour

    def events(self, horizon: Horizon) -> list[dict[str, int]]:
        """Seminars over the run; deputies chosen on the first day and once a year; a monthly round among leaders."""
        found = [{"kind": EventKind.STAFF_SEMINAR, "day": day} for day in planned_days(horizon.first_day, horizon.last_day, self.seminars)]
        if self.student_deputies:
            found += [{"kind": EventKind.DEPUTIES, "day": day, "places": self.student_deputies} for day in sorted({horizon.first_day, *horizon.yearly(self.deputies_month, self.deputies_day)})]
        if self.leaders:
            found += [{"kind": EventKind.LEADERS, "day": day, "places": self.leaders} for day in range(horizon.first_day, horizon.last_day + 1, MONTH_DAYS)]
        return found


@compiled
def divide_hours(world: Tables, day: int) -> None:
    """Count the hours of the day, take what other duties need, divide what is left; files and the stock of talks answer to a month's hours.

    Hours of staff that the budget does not cover are not given; the visits they would have carried count as turned away.
    """
    duty = world.duties[0]
    service = world.services[world.rules.organisation.row]
    if service.on_offer == 0:
        duty.visits = duty.firm_visits = duty.clients = duty.talks = 0
        return
    staff = world.rules.organisation.staff * world.rules.organisation.staff_hours_month
    paid = share_of_day(staff, day)
    if not pay(world, world.rules.organisation.row, paid):
        service.turned_away += int(paid * world.rules.organisation.visits_share / world.rules.organisation.hours_per_visit)
        paid = 0
        staff = 0
    free = world.rules.organisation.volunteers * world.rules.organisation.volunteer_hours_month
    free += world.rules.organisation.cadres * world.rules.organisation.cadre_hours_month + duty.deputies * world.rules.organisation.deputy_hours_month
    hours = paid + share_of_day(free, day)
    other = min(hours, share_of_day(world.rules.organisation.other_duty_hours_month, day))
    left = hours - other
    duty.hours = hours
    duty.other = other
    visits = duty.visit_hours + left * world.rules.organisation.visits_share
    duty.visits = int(visits / world.rules.organisation.hours_per_visit)
    duty.visit_hours = visits - duty.visits * world.rules.organisation.hours_per_visit
    firms = duty.firm_hours + left * world.rules.organisation.firms_share
    duty.firm_visits = int(firms / world.rules.organisation.hours_per_firm_visit)
    duty.firm_hours = firms - duty.firm_visits * world.rules.organisation.hours_per_firm_visit
    month = max(0, staff + free - world.rules.organisation.other_duty_hours_month)
    duty.clients = int(month * world.rules.organisation.casework_share / world.rules.organisation.hours_per_client_month)
    talks = duty.talk_hours + left * world.rules.organisation.events_share
    duty.talks = min(duty.talks + int(talks / world.rules.organisation.hours_per_talk), _most_talks(world, month))
    duty.talk_hours = talks - int(talks / world.rules.organisation.hours_per_talk) * world.rules.organisation.hours_per_talk
    world.counts[Count.VOLUNTEER_HOURS] += hours - paid
    world.counts[Count.OTHER_DUTY_HOURS] += other


@compiled
def _most_talks(world: Tables, month: int) -> int:
    """Return the talks that a month's hours carry: hours that no event used do not pile up for longer."""
    return int(month * world.rules.organisation.events_share / world.rules.organisation.hours_per_talk)


@compiled
def visit_households(world: Tables, day: int) -> None:
    """Make the household visits of the day, from door to door of those who live here, and the visits to employers."""
    duty = world.duties[0]
    if world.services[world.rules.organisation.row].on_offer == 0:
        return
    for index in range(duty.visits):
        identity = met_by(world, Decision.VISIT_TARGET, day, index, OutreachChannel.VISITS)
        world.counts[Count.HOUSEHOLD_VISITS] += 1
        if identity >= 0 and is_concerned(OutreachChannel.VISITS, world.people[identity]):
            contact(world, day, OutreachChannel.VISITS, identity, world.rules.organisation.row, duty.quality)
    for index in range(duty.firm_visits):
        world.counts[world.rules.organisation.counts.employers] += 1
        tell_employer(world, day, index, BY_ORGANISATION, duty.quality)


@compiled
def hold_event(world: Tables, day: int, event_row: int) -> None:
    """Hold what is planned: a choice of deputies, a round among youth leaders, or a staff seminar."""
    kind = world.events[event_row].kind
    if kind == EventKind.DEPUTIES:
        appoint_deputies(world, day, event_row)
    elif kind == EventKind.LEADERS:
        inform_leaders(world, day, event_row)
    else:
        train_staff(world)


@compiled
def appoint_deputies(world: Tables, day: int, event_row: int) -> None:
    """Choose students as deputies for a year: both sides choose; who serves comes to know and like the place."""
    event = world.events[event_row]
    number = event.key
    open_queue(world, world.rows_in_use.people - world.rows_in_use.first_young)
    for identity in range(world.rows_in_use.first_young, world.rows_in_use.people):
        fetch(world.people, identity + FAR_AHEAD, 0)
        person = world.people[identity]
        if person.activity != Activity.STUDYING or person.graduation_day <= day or person.deputy == 1:
            continue
        if uniform(world, Decision.DEPUTY, day, identity, 0) >= world.rules.organisation.deputy_demand:
            continue
        join_queue(world, identity, uniform(world, Decision.QUEUE, day, identity, number))
    for index in range(min(event.places - event.taken, call_in(world))):
        identity = world.queue[index]
        person = world.people[identity]
        event.taken += 1
        person.deputy = 1
        person.attachment += world.rules.behaviour.deputy_attachment
        if world.campuses[person.campus].outside == 1:
            person.region_interest = min(1.0, person.region_interest + world.rules.behaviour.placement_interest)
        prove_by_practice(world, identity, 0, world.rules.behaviour.internship_days)
    world.duties[0].deputies = event.taken


@compiled
def inform_leaders(world: Tables, day: int, event_row: int) -> None:
    """Keep in touch with youth leaders: chosen on the first round or in the place of who has left the region, told of the services at every one."""
    event = world.events[event_row]
    chosen = 0
    open_queue(world, world.rows_in_use.people - world.rows_in_use.first_young)
    for identity in range(world.rows_in_use.first_young, world.rows_in_use.people):
        fetch(world.people, identity + FAR_AHEAD, 0)
        person = world.people[identity]
        if person.place != Place.RESIDENT:
            person.leader = 0
            continue
        chosen += person.leader
        willing = uniform(world, Decision.LEADER, 0, identity, 0) < world.rules.organisation.leader_demand
        if person.leader == 1:
            _inform(world, day, identity)
        elif person.activity == Activity.FOUNDER or (person.activity == Activity.EMPLOYED and willing):
            join_queue(world, identity, uniform(world, Decision.QUEUE, day, identity, event.key))
    for index in range(min(event.places - chosen, call_in(world))):
        person = world.people[world.queue[index]]
        chosen += 1
        person.leader = 1
        person.leaderships += 1
        person.attachment += world.rules.behaviour.event_attachment
        _inform(world, day, world.queue[index])
    event.taken = min(chosen, event.places)


@compiled
def _inform(world: Tables, day: int, identity: int) -> None:
    """Tell a youth leader of the services."""
    for lever in range(world.services.size):
        if is_to_be_known(world, lever) and uniform(world, Decision.LEADER, day, identity, 1 + lever) < world.rules.behaviour.contact_recall:
            learn(world.people[identity], lever)


@compiled
def train_staff(world: Tables) -> None:
    """Hold one staff seminar: quality rises, each time by less."""
    duty = world.duties[0]
    duty.quality += (world.rules.organisation.best_quality - duty.quality) * world.rules.behaviour.seminar_quality
