"""Lodging 青年驿站: free nights for people from elsewhere who come to look for work.

Mechanism: a free bed lowers the cost of a trip, so more trips pay; free nights are longer stays; who stays longer searches longer on the
spot. A service desk, where there is one, looks vacancies up with a guest who searches, gives advice, and talks over the first troubles with a guest
who has begun to work. Beds and the desk's time are finite. Nothing here touches hiring.
"""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from sim.bilingual import Sentence
from sim.calendar import CALENDAR_MONTH_DAYS, MONTH_DAYS
from sim.columns import Column, Told
from sim.compiled import NEVER, Row, compiled
from sim.draws import Decision, uniform
from sim.lever import Lever
from sim.levers.guidance import take_advice
from sim.measures import NO_COLUMN, OF_A_SHARE, Counts, Outcome, Series, World, aware_of, flow, in_column, outcome, ratio, row_of
from sim.parameters import parameter
from sim.rules.applying import look_for_post, submit
from sim.rules.queues import Queue, call_in, join_queue, open_queue
from sim.rules.services import can_pay, keep_paying, knows, pay_fixed
from sim.rules.working import has_trouble, talk_trouble_over
from sim.states import Activity, Channel, Count
from sim.tables import Tables
from sim.units import Words, both

NO_STATION = NEVER
ALL_FULL = NEVER - 1


def _knowing(world: World) -> Counts:
    row = row_of(world, "lodging")
    on_offer = int(world.tables["services"].rows["on_offer"][row])
    return np.asarray((world.tables["people"].column("aware") >> np.uint32(row)) & 1, np.int64) * on_offer


NO_BED = Sentence("no bed was open", "没有开放床位")
"""Why the use of beds has no value."""


def _guests(world: World) -> float:
    return float(int((world.tables["people"].column("guest_stays") > 0).sum()))


def bed_use(world: World) -> Series:
    """Beds taken over beds open, shape (days,)."""
    return ratio(world.beds[:, :, 1].sum(axis=1).astype(float), world.beds[:, :, 0].sum(axis=1).astype(float))


def _bed_use_over_run(world: World) -> float:
    open_beds = int(world.beds[:, :, 0].sum())
    return int(world.beds[:, :, 1].sum()) / open_beds if open_beds else float("nan")


class Lodging(Lever):
    """Parameters of the stations."""

    name: ClassVar[str] = "lodging"
    passed_on: ClassVar[bool] = True
    label: ClassVar[Words] = both("Lodging", "青年驿站")
    summary: ClassVar[Words] = both(
        "Free nights make a trip from elsewhere to look for work cheaper and longer; a desk helps guests find posts; both are finite.",
        "免费住宿降低外来青年来访求职的成本、延长停留；服务台协助找岗；床位与人手有限。",
    )
    person: ClassVar[tuple[Column, ...]] = (
        Column("station", "i4", "row", "station where a bed is taken", NEVER, line=1),
        Column("free_nights_left", "i4", "nights", "free nights left in this stay", left_out="a plan: the nights are told when they are slept"),
        Column("guest_stays", "i4", "count", "stays in a station", line=6, took_part=True, counts=("station_guests", "served.lodging"), told_by="trip"),
        Column("stay_day", "i4", "day", "day on which the latest stay began", NEVER),
        Column(
            "guest_nights", "i4", "nights", "nights in a station", counts=("station_nights",),
            told=Told("slept {n:one night|{n} nights} free of charge in a station{where}", "在{where}青年驿站免费住宿{n}晚"),
        ),
        Column(
            "guest_interviewed", "i1", "0/1", "was interviewed after a stay began", counts=("station_guests_interviewed",),
            left_out="marks a guest for the headline count: the interview is told",
        ),
        Column(
            "guest_signed", "i1", "0/1", "signed in the region after a stay began", counts=("station_guests_signed",),
            left_out="marks a guest for the headline count: the contract is told",
        ),
        Column(
            "guest_placed", "i1", "0/1", "began a job in the region after a stay began", counts=("station_guests_placed",),
            left_out="marks a guest for the headline count: the job is told",
        ),
        Column(
            "travelled_aware", "i1", "0/1", "came to the region knowing of the stations", counts=("lodging_travelled",),
            left_out="marks a traveller for the headline count: the trip and what the person knows are told",
        ),
        Column(
            "desk_visits", "i4", "count", "consultations at a station's desk", counts=("desk_consultations",),
            told=Told("asked for help at the station's desk{n:times}", "在驿站服务台咨询{n}次"),
        ),
    )
    outcomes: ClassVar[tuple[Outcome, ...]] = (
        aware_of("lodging_aware", "persons", "lodging", "Know of the stations", "知晓驿站人数", persons=_knowing),
        flow("lodging_travelled", "persons", Count.LODGING_TRAVELLED, "of these, came to the region", "知晓者中到访人数"),
        flow("station_guests", "stays", Count.STATION_GUESTS, "Station guests", "驿站入住人次"),
        outcome("station_persons", "persons", "Station guests, each counted once", "驿站住客人数（不重复计）", final=_guests, persons=in_column("guest_stays")),
        flow("station_nights", "nights", Count.STATION_NIGHTS, "Station nights", "驿站住宿晚数"),
        outcome("station_bed_use", "share", "Bed use of the stations", "驿站床位使用率", ("beds taken over beds open, over the run", "全程占用床位与开放床位之比"), undefined=NO_BED, daily=bed_use, final=_bed_use_over_run, untraced=OF_A_SHARE),
        flow("station_turned_away", "requests", Count.STATION_TURNED_AWAY, "Turned away by full stations", "驿站满员未接待次数", untraced=NO_COLUMN),
        flow("station_guests_interviewed", "persons", Count.GUESTS_INTERVIEWED, "Station guests interviewed", "驿站住客参加面试人数"),
        flow("station_guests_signed", "persons", Count.GUESTS_SIGNED, "Station guests who signed here", "驿站住客签约人数"),
        flow("station_guests_placed", "persons", Count.GUESTS_PLACED, "Station guests who began a job here", "驿站住客入职人数"),
        flow("desk_consultations", "person-times", Count.DESK_CONSULTATIONS, "Consultations at the desks of stations", "驿站服务台咨询人次"),
        flow("desk_hires", "persons", Count.DESK_HIRES, "Hires through the desks of stations", "驿站服务台推荐入职人数", untraced=NO_COLUMN),
    )

    stations: int = parameter(0, unit="stations", low=0, high=10_000, source="choice of the planner", en="stations", zh="驿站数量")
    rooms_per_station: int = parameter(5, unit="rooms", low=0, high=1000, source="assumption", en="rooms in a station", zh="每站房间数")
    beds_per_room: int = parameter(2, unit="beds", low=0, high=50, source="assumption", en="beds in a room", zh="每间床位数")
    free_nights: int = parameter(3, unit="nights", low=0, high=365, source="evidence, stations elsewhere: at least 3", en="free nights a stay", zh="每次免费住宿晚数")
    stay_counts_days: int = parameter(60, unit="days", low=0, high=3660, source="assumption", en="time after a stay began within which a contract is counted with the station: stations report on recent guests", zh="住宿后签约计入驿站成效的期限（天）")
    newly_employed: bool = parameter(default=False, unit="-", source="choice of the planner", en="people from elsewhere who begin a job may stay, too", zh="是否接待新入职青年")
    desk_staff_per_station: int = parameter(0, unit="persons", low=0, high=1000, source="choice of the planner", en="staff of the service desk of a station: vacancy look-up, guidance, counselling", zh="每站服务台人员数")
    guests_per_desk_staff_day: int = parameter(4, unit="persons/day", low=0, high=1000, source="assumption", en="guests whom one member of the desk's staff helps in a day", zh="每名服务台人员日接待人数")
    opening_months: float = parameter(0.0, unit="months", low=0, high=120, source="choice of the planner", en="time over which the stations open, evenly", zh="陆续开业月数")
    firm_awareness: float = parameter(0.0, unit="share", low=0, high=1, source="assumption", en="employers who know of the stations when they open; they tell those whom they call to an interview", zh="单位开业时知晓率（知晓的单位会告知其通知面试者）")
    initial_awareness: float = parameter(0.4, unit="share", low=0, high=1, prior=(0.2, 0.7), source="evidence 45", en="people who know of the service at the start", zh="初始知晓率")
    cost_per_night: int = parameter(60, unit="CNY/night", low=0, high=100_000, source="assumption", en="cost of a guest's night", zh="每客晚成本")
    cost_per_desk_staff_month: int = parameter(4000, unit="CNY/month", low=0, high=1_000_000, source="assumption", en="cost of a member of the desk's staff", zh="每名服务台人员月成本")
    cost_per_bed_month: int = parameter(300, unit="CNY/month", low=0, high=1_000_000, source="assumption", en="cost of a bed that stands ready", zh="每床月固定成本")

    @property
    def beds_per_station(self) -> int:
        """Beds in one station."""
        return self.rooms_per_station * self.beds_per_room

    @property
    def offers_something(self) -> bool:
        """Whether there is a bed and a free night for anybody."""
        return super().offers_something and self.stations * self.beds_per_station * self.free_nights > 0

    @property
    def unit_cost(self) -> int:
        """Cost of a guest's night, CNY; beds and desks that stand ready are a fixed cost."""
        return self.cost_per_night

    def furnish(self, world: World) -> None:
        """Build the stations, district by district, opening one after the other."""
        scenario, table = world.scenario, world.tables["stations"]
        table.reserve(self.stations)
        table.count = self.stations
        districts = len(scenario.region.districts)
        first = scenario.horizon(self).first_day
        table.rows["district"] = [station % districts for station in range(self.stations)]
        table.rows["opening_day"] = [first + int(self.opening_months * CALENDAR_MONTH_DAYS * station / self.stations) for station in range(self.stations)]
        table.rows["beds"] = self.beds_per_station


@compiled
def find_station(world: Tables, day: int, person: Row, district: int) -> int:
    """Find a free bed, in the district first, else anywhere in the region.

    Returns:
        Row of the station; `NO_STATION` where none is open to this person; `ALL_FULL` where every open bed is taken.
    """
    if not knows(world, person, world.rules.lodging.row) or not can_pay(world, world.rules.lodging.row, 1):
        return NO_STATION
    open_somewhere = False
    fallback = NO_STATION
    for row in range(world.stations.size):
        station = world.stations[row]
        if station.opening_day > day or station.beds == 0:
            continue
        open_somewhere = True
        if station.beds_used < station.beds:
            if station.district == district:
                return row
            if fallback == NO_STATION:
                fallback = row
    if fallback != NO_STATION:
        return fallback
    return ALL_FULL if open_somewhere else NO_STATION


@compiled
def turn_away(world: Tables) -> None:
    """Count a request for a bed that could not be met."""
    world.services[world.rules.lodging.row].turned_away += 1


@compiled
def check_in(world: Tables, day: int, person: Row, row: int) -> None:
    """Give a bed for a stay."""
    station = world.stations[row]
    station.beds_used += 1
    station.guests += 1
    world.districts[station.district].beds_used += 1
    person.station = row
    person.free_nights_left = world.rules.lodging.free_nights
    person.guest_stays += 1
    person.stay_day = day
    world.services[world.rules.lodging.row].served += 1


@compiled
def spend_night(world: Tables, person: Row) -> bool:
    """Spend one free night in the station where the person has a bed.

    Returns:
        False where no free night is left or the budget is empty.
    """
    if person.free_nights_left <= 0 or not keep_paying(world, world.rules.lodging.row, 1):
        return False
    person.free_nights_left -= 1
    person.guest_nights += 1
    world.stations[person.station].nights += 1
    return True


@compiled
def check_out(world: Tables, person: Row) -> None:
    """Give the bed back."""
    station = world.stations[person.station]
    station.beds_used -= 1
    world.districts[station.district].beds_used -= 1
    if world.services[world.rules.lodging.row].on_offer == 0:
        station.beds -= 1
        world.districts[station.district].beds -= 1
    person.station = NEVER
    person.free_nights_left = 0


@compiled
def _close_stations(world: Tables, day: int) -> None:
    """Close all stations: of their beds those are left in which guests end their stays."""
    for row in range(world.stations.size):
        station = world.stations[row]
        if station.opening_day < day:
            world.districts[station.district].beds -= station.beds - station.beds_used
        station.beds = station.beds_used
        station.desk_paid = 0


@compiled
def open_stations(world: Tables, day: int) -> None:
    """Open the stations whose day has come, and pay each month for the beds that stand ready; close them when the service closes."""
    if world.services[world.rules.lodging.row].closing_day + 1 == day:
        _close_stations(world, day)
    if world.services[world.rules.lodging.row].on_offer == 0:
        return
    open_queue(world, world.stations.size)
    for row in range(world.stations.size):
        station = world.stations[row]
        station.desk_used = 0
        if station.opening_day == day or (day == 0 and station.opening_day < 0):
            world.districts[station.district].beds += station.beds
        if station.opening_day <= day and (day - station.opening_day) % MONTH_DAYS == 0:
            join_queue(world, row, uniform(world, Decision.QUEUE_OF_DAY, day, row, Queue.STATIONS))
    for index in range(call_in(world)):
        station = world.stations[world.queue[index]]
        pay_fixed(world, world.rules.lodging.row, station.beds * world.rules.lodging.cost_per_bed_month)
        desk = world.rules.lodging.desk_staff_per_station * world.rules.lodging.cost_per_desk_staff_month
        station.desk_paid = 1 if pay_fixed(world, world.rules.lodging.row, desk) else 0


@compiled
def use_desk(world: Tables, day: int, identity: int) -> None:
    """Let a guest use the station's desk while its staff have time: who searches is shown posts and advised, who works here talks troubles over."""
    person = world.people[identity]
    station = world.stations[person.station]
    if station.desk_paid == 0 or station.desk_used >= world.rules.lodging.desk_staff_per_station * world.rules.lodging.guests_per_desk_staff_day:
        return
    if person.activity == Activity.EMPLOYED and person.employer >= 0:
        if not has_trouble(world, day, identity):
            return
        talk_trouble_over(world, day, identity, world.rules.behaviour.trouble_settled)
    elif person.contract_day < 0 and person.next_search_day >= 0:
        take_advice(world, day, person, world.rules.behaviour.desk_quality)
        number = look_for_post(world, Decision.DESK_POST, day, identity, world.rules.behaviour.referral_looks)
        if number >= 0:
            submit(world, day, identity, number, Channel.DESK)
    else:
        return
    station.desk_used += 1
    person.desk_visits += 1
    world.counts[Count.DESK_CONSULTATIONS] += 1
