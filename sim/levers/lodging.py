"""Lodging 青年驿站: free nights for people from elsewhere who come to look for work, and desks for them and for residents.

Mechanism: a free bed lowers the cost of a trip, so more trips pay; free nights are longer stays; who stays longer searches longer on the
spot. A service desk, where there is one, looks vacancies up with a guest who searches, gives advice, and talks a trouble at work over with a guest
who has begun to work; where it takes walk-ins, residents who search ask there as well, without a bed. Beds and the desks' time are finite. Nothing
here touches hiring.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Literal

import numpy as np

from sim.bilingual import Sentence
from sim.calendar import CALENDAR_MONTH_DAYS, MONTH_DAYS
from sim.columns import LONGEST_RUN, Column, Told
from sim.compiled import NEVER, Row, compiled
from sim.draws import Decision, uniform
from sim.lever import Lever, Rule
from sim.measures import NO_COLUMN, OF_A_SHARE, Counts, Outcome, Series, World, aware_of, flow, in_column, outcome, own_flow, ratio, row_of
from sim.parameters import parameter
from sim.rules.queues import Queue, call_in, join_queue, open_queue
from sim.rules.services import can_pay, knows, pay_fixed
from sim.states import Activity, Count, Place
from sim.tables import Tables
from sim.units import Words, both


def _knowing(world: World) -> Counts:
    row = row_of(world, "lodging")
    on_offer = int(world.tables["services"].rows["on_offer"][row])
    return np.asarray((world.tables["people"].column("aware") >> np.uint32(row)) & 1, np.int64) * on_offer


NO_BED = Sentence("no bed was open", "没有开放床位")
NO_GUEST = Sentence("nobody has been a guest of a station", "驿站没有住客")
"""Why the use of beds, or a share of the guests, has no value."""


def _users(world: World) -> Counts:
    people = world.tables["people"]
    return np.asarray((people.column("guest_stays") > 0) | (people.column("desk_visits") > 0), np.int64)


def _each_once(name: str, en: str, zh: str, find: Callable[[World], Counts]) -> Outcome:
    """Declare the number of persons found, each counted once."""
    return outcome(name, "persons", f"{en}, each counted once", f"{zh}（不重复计）", final=lambda world: float(find(world).sum()), persons=find)


def _signed(world: World) -> Counts:
    people = world.tables["people"]
    return np.asarray(people.column("guest_signed")[people.column("guest_stays") > 0], np.int64)


def _signed_of_stay(world: World) -> Counts:
    people = world.tables["people"]
    return np.asarray(people.column("guest_stay_signed")[people.column("guest_stays") > 0], np.int64)


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
        "Free nights make trips from elsewhere to look for work cheaper and longer; desks help guests, and residents who walk in.",
        "免费住宿降低外来青年来访求职的成本、延长停留；服务台为住客和上门的本地求职者找岗；床位与人手有限。",
    )
    bought: ClassVar[dict[str, int]] = {"stations": 1}
    person: ClassVar[tuple[Column, ...]] = (
        Column("station", "i4", "row", "station where a bed is taken", NEVER, line=1),
        Column(
            "free_nights_left", "i4", "nights", "free nights left in this stay",
            most=365, left_out="a plan: the nights are told when they are slept",
        ),
        Column(
            "guest_stays", "i4", "count", "stays in a station",
            most=2 * LONGEST_RUN, line=6, took_part=True, counts=("station_guests", "served.lodging"), told_by="trip",
        ),
        Column("stay_day", "i4", "day", "day on which the latest stay began", NEVER, most=LONGEST_RUN),
        Column("night_day", "i4", "day", "latest night in a station", NEVER, most=LONGEST_RUN),
        Column(
            "guest_nights", "i4", "nights", "nights in a station", most=LONGEST_RUN, counts=("station_nights",),
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
            "guest_stay_signed", "i1", "0/1", "signed in the region with who held an interview during the latest stay", counts=("station_stay_signed",),
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
            "desk_visits", "i4", "count", "consultations at a station's desk", most=2 * LONGEST_RUN, took_part=True, counts=("desk_consultations",),
            told=Told("asked for help at the station's desk{n:times}", "在驿站服务台咨询{n}次"),
        ),
        Column(
            "walk_ins", "i2", "count", "of these, without a bed there", counts=("desk_walk_ins",),
            left_out="part of the consultations at a station's desk, which are told",
        ),
        Column(
            "desk_hires", "i2", "count", "jobs begun at employers to whom a station's desk put the person forward", counts=("desk_hires",),
            left_out="the job is told",
        ),
        Column("station_day", "i4", "day", "day on which the latest stay began, or of the latest consultation at a desk", NEVER, most=LONGEST_RUN),
        Column(
            "user_signed", "i1", "0/1", "signed in the region after a stay or a consultation", counts=("station_users_signed",),
            left_out="marks a user for the headline count: the contract is told",
        ),
        Column(
            "user_placed", "i1", "0/1", "began a job in the region after a stay or a consultation", counts=("station_users_placed",),
            left_out="marks a user for the headline count: the job is told",
        ),
    )
    counts: ClassVar[tuple[str, ...]] = ("walk_ins", "desk_turned_away", "users_signed", "users_placed", "stay_signed")
    outcomes: ClassVar[tuple[Outcome, ...]] = (
        aware_of("lodging_aware", "persons", "lodging", "Know of the stations", "知晓驿站人数", persons=_knowing),
        flow("lodging_travelled", "persons", Count.LODGING_TRAVELLED, "of these, came to the region", "知晓者中到访人数"),
        flow("station_guests", "stays", Count.STATION_GUESTS, "Station guests", "驿站入住人次"),
        _each_once("station_persons", "Station guests", "驿站住客人数", in_column("guest_stays")),
        flow("station_nights", "nights", Count.STATION_NIGHTS, "Station nights", "驿站住宿晚数"),
        outcome("station_bed_use", "share", "Bed use of the stations", "驿站床位使用率", ("beds taken over beds open, over the run", "全程占用床位与开放床位之比"), undefined=NO_BED, daily=bed_use, final=_bed_use_over_run, untraced=OF_A_SHARE),
        flow("station_turned_away", "requests", Count.STATION_TURNED_AWAY, "Turned away by full stations", "驿站满员未接待次数", untraced=NO_COLUMN),
        flow("station_guests_interviewed", "persons", Count.GUESTS_INTERVIEWED, "Station guests interviewed", "驿站住客参加面试人数"),
        flow("station_guests_signed", "persons", Count.GUESTS_SIGNED, "Station guests who signed here", "驿站住客签约人数"),
        outcome("station_signed_share", "share", "of station guests, signed here", "驿站住客中签约占比", ("of persons who have been guests, each counted once", "占住客人数（不重复计）"), sample=_signed, undefined=NO_GUEST, untraced=OF_A_SHARE),
        own_flow("station_stay_signed", "persons", "lodging", "stay_signed", "Of these, with who interviewed them during a stay", "其中与住宿期间面试单位签约人数"),
        outcome("station_stay_signed_share", "share", "of station guests, signed with who interviewed them during a stay", "驿站住客中与住宿期间面试单位签约占比", ("of persons who have been guests, each counted once", "占住客人数（不重复计）"), sample=_signed_of_stay, undefined=NO_GUEST, untraced=OF_A_SHARE),
        flow("station_guests_placed", "persons", Count.GUESTS_PLACED, "Station guests who began a job here", "驿站住客入职人数"),
        flow("desk_consultations", "person-times", Count.DESK_CONSULTATIONS, "Consultations at the desks of stations", "驿站服务台咨询人次"),
        own_flow("desk_walk_ins", "person-times", "lodging", "walk_ins", "Of these, without a bed", "其中未入住者咨询人次"),
        own_flow("desk_turned_away", "person-times", "lodging", "desk_turned_away", "Turned away by busy desks", "驿站服务台未能接待人次", untraced=NO_COLUMN),
        _each_once("desk_persons", "Persons helped at the desks", "驿站服务台服务人数", in_column("desk_visits")),
        flow("desk_hires", "persons", Count.DESK_HIRES, "Hires through the desks of stations", "驿站服务台推荐入职人数"),
        _each_once("station_users", "Persons lodged or helped at a desk", "驿站住宿或咨询人数", _users),
        own_flow("station_users_signed", "persons", "lodging", "users_signed", "Of these, signed here", "其中在本地签约人数"),
        own_flow("station_users_placed", "persons", "lodging", "users_placed", "Of these, began a job here", "其中在本地入职人数"),
    )

    stations: int = parameter(0, unit="stations", low=0, high=10_000, source="choice of the planner", en="stations", zh="驿站数量")
    rooms_per_station: int = parameter(5, unit="rooms", low=0, high=1000, source="assumption", en="rooms in a station", zh="每站房间数")
    beds_per_room: int = parameter(2, unit="beds", low=0, high=50, source="assumption", en="beds in a room", zh="每间床位数")
    free_nights: int = parameter(3, unit="nights", low=0, high=365, source="evidence, stations elsewhere: at least 3", en="free nights a stay", zh="每次免费住宿晚数")
    stays_per_person: int | None = parameter(None, unit="stays", low=1, high=1000, source="choice of the planner", en="limit of a person's free nights in all, as the nights of so many full stays, however many visits they are spread over; null: none", zh="每人免费晚数的总上限，折合为几次满额住宿（可分多次使用）；null 为不限")
    origin: Literal["any", "elsewhere"] = parameter("any", unit="-", source="choice of the planner", en="whom stations and their desks serve: any young person, or only who grew up and studied elsewhere", zh="服务对象：any 为不限，elsewhere 仅限外来青年")
    stay_counts_days: int = parameter(60, unit="days", low=0, high=3660, source="assumption", en="time after a stay began, or after a consultation, within which a contract is counted with the station: stations report on recent guests", zh="住宿或咨询后签约计入驿站成效的期限（天）")
    newly_employed: bool = parameter(default=False, unit="-", source="choice of the planner", en="people from elsewhere who begin a job may stay, too", zh="是否接待新入职青年")
    desk_staff_per_station: int = parameter(0, unit="persons", low=0, high=1000, source="choice of the planner", en="staff of the service desk of a station: vacancy look-up, guidance, counselling", zh="每站服务台人员数")
    visits_per_desk_staff_day: int = parameter(4, unit="persons/day", low=0, high=1000, source="assumption", en="people whom one member of the desk's staff helps in a day, guests and walk-ins", zh="每名服务台人员日接待人数（住客与上门者合计）")
    thoughts_per_month: float = parameter(0.033, unit="1/month", low=0, high=10, prior=(0.007, 0.08), source="evidence 28, over a search of three months", en="how often a seeker elsewhere who knows of the free beds thinks of a trip because of them", zh="知晓免费床位的外地求职者因此考虑来访的月频率")
    walk_ins: bool = parameter(default=False, unit="-", source="choice of the planner", en="residents who search may ask at the desk without a bed", zh="服务台是否接待未入住的本地求职者")
    walk_in_demand: float = parameter(0.10, unit="1/month", low=0, high=1, prior=(0.03, 0.3), source="assumption: as for advice", en="resident seekers who know of it and ask at the desk, a month", zh="知晓且求职的居民月咨询比例")
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
        """Whether there is a bed and a free night for anybody, or a desk at which residents may ask."""
        desk = self.walk_ins * self.desk_staff_per_station * self.visits_per_desk_staff_day * self.walk_in_demand
        return super().offers_something and self.stations * (self.beds_per_station * self.free_nights + desk) > 0

    @property
    def numbers(self) -> dict[str, int]:
        """Whom stations serve, as rules read it."""
        return {"newcomers_only": int(self.origin == "elsewhere")}

    @classmethod
    def met(cls) -> dict[str, Rule]:
        """Where people meet it, besides the phases that call it by name."""
        return {"services": open_stations, "month": think_of_coming, "coming": nights_saved_on_coming}

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
def serves(world: Tables, person: Row) -> bool:
    """Tell whether a person knows of the stations, and is one whom they serve."""
    lodging = world.rules.lodging
    return knows(world, person, lodging.row) and (person.from_elsewhere == 1 or lodging.newcomers_only == 0)


@compiled
def nights_offered(world: Tables, person: Row) -> int:
    """Return the free nights of a stay that begins now: as many as a stay has, as far as the person has had fewer in all than a person may have."""
    lodging = world.rules.lodging
    if lodging.stays_per_person < 0:
        return int(lodging.free_nights)
    return int(max(0, min(lodging.free_nights, lodging.stays_per_person * lodging.free_nights - person.guest_nights)))


@compiled
def turn_away(world: Tables) -> None:
    """Count a request that could not be met."""
    world.services[world.rules.lodging.row].turned_away += 1


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
    """Open the stations whose day has come, and pay each month for the beds and desks that stand ready; close them when the service closes."""
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
def think_of_coming(world: Tables, day: int, identity: int) -> None:
    """Once a month a free bed may make somebody elsewhere who searches think of a trip, which is weighed tomorrow like any other."""
    lodging = world.rules.lodging
    person = world.people[identity]
    if world.services[lodging.row].on_offer == 0 or person.place != Place.ELSEWHERE or person.from_elsewhere == 0 or person.next_search_day < 0:
        return
    if person.contract_day >= 0 or person.activity == Activity.EMPLOYED or world.campuses[person.campus].day_trip == 1:
        return
    if not serves(world, person) or nights_offered(world, person) == 0:
        return
    if uniform(world, Decision.FREE_BED, day, identity, 0) < lodging.thoughts_per_month and _has_open_beds(world, day):
        person.next_trip_day = day + 1


@compiled
def _has_open_beds(world: Tables, day: int) -> bool:
    """Tell whether there is a station with beds that has opened."""
    for row in range(world.stations.size):
        if world.stations[row].opening_day <= day and world.stations[row].beds > 0:
            return True
    return False


@compiled
def nights_saved_on_coming(world: Tables, day: int, person: Row) -> float:
    """Return what the nights of one trip would cost who would come here to look for work and sleeps free, over the time looked ahead, CNY a month."""
    if person.place == Place.RESIDENT or person.from_elsewhere == 0 or world.campuses[person.campus].day_trip == 1:
        return 0.0
    if not serves(world, person) or not can_pay(world, world.rules.lodging.row, 1) or not _has_open_beds(world, day):
        return 0.0
    nights = min(float(nights_offered(world, person)), world.rules.behaviour.nights_paid)
    return float(nights * world.rules.region.hotel_night / world.rules.behaviour.home_horizon_months)
