"""Lodging 青年驿站: free nights for people from elsewhere who come to look for work.

Mechanism: a free bed lowers the cost of a trip, so more trips pay; free nights are longer stays; who stays longer searches longer on the
spot. A service desk, where there is one, looks vacancies up with a guest who searches, gives advice, and talks over the first troubles with a guest
who has begun to work. Beds and the desk's time are finite. Nothing here touches hiring.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sim.calendar import MONTH_DAYS
from sim.compiled import NEVER, Row, compiled
from sim.draws import Decision
from sim.parameters import Lever, parameter
from sim.policies.guidance import take_advice
from sim.rules.applying import look_for_post, submit
from sim.rules.services import can_pay, knows, pay, pay_fixed
from sim.rules.working import talk_troubles_away
from sim.states import Activity, Channel, Count, LeverId
from sim.tables import Tables

NO_STATION = NEVER
ALL_FULL = NEVER - 1


class Lodging(Lever):
    """Parameters of the stations."""

    summary: ClassVar[dict[str, str]] = {
        "en": "Free nights make a trip from elsewhere to look for work cheaper and longer; a desk helps guests find posts; both are finite.",
        "zh": "免费住宿降低外来青年来访求职的成本、延长停留;服务台协助找岗;床位与人手有限。",
    }

    stations: int = parameter(0, unit="stations", low=0, high=10_000, source="choice of the planner", en="stations", zh="驿站数量")
    rooms_per_station: int = parameter(5, unit="rooms", low=0, high=1000, source="assumption", en="rooms in a station", zh="每站房间数")
    beds_per_room: int = parameter(2, unit="beds", low=0, high=50, source="assumption", en="beds in a room", zh="每间床位数")
    free_nights: int = parameter(3, unit="nights", low=0, high=365, source="evidence, stations elsewhere: at least 3", en="free nights a stay", zh="每次免费住宿晚数")
    stay_counts_days: int = parameter(60, unit="days", low=0, high=3660, source="assumption", en="time after a stay began within which a contract is counted with the station: stations report on recent guests", zh="住宿后签约计入驿站成效的期限(天)")
    newly_employed: bool = parameter(default=False, unit="-", source="choice of the planner", en="people from elsewhere who begin a job may stay, too", zh="是否接待新入职青年")
    desk_staff_per_station: int = parameter(0, unit="persons", low=0, high=1000, source="choice of the planner", en="staff of the service desk of a station: vacancy look-up, guidance, counselling", zh="每站服务台人员数")
    guests_per_desk_staff_day: int = parameter(4, unit="persons/day", low=0, high=1000, source="assumption", en="guests whom one member of the desk's staff helps in a day", zh="每名服务台人员日接待人数")
    opening_date: date | None = parameter(None, unit="date", source="choice of the planner", en="opening of the first station; null: the start of the run", zh="首站开业日期")
    opening_months: float = parameter(0.0, unit="months", low=0, high=120, source="choice of the planner", en="time over which the stations open, evenly", zh="陆续开业月数")
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


@compiled
def find_station(world: Tables, day: int, person: Row, district: int) -> int:
    """Find a free bed, in the district first, else anywhere in the region.

    Returns:
        Row of the station; `NO_STATION` where none is open to this person; `ALL_FULL` where every open bed is taken.
    """
    if not knows(world, person, LeverId.LODGING) or not can_pay(world, LeverId.LODGING, 1):
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
    world.services[LeverId.LODGING].turned_away += 1


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
    world.services[LeverId.LODGING].served += 1


@compiled
def spend_night(world: Tables, person: Row) -> bool:
    """Spend one free night in the station where the person has a bed.

    Returns:
        False where no free night is left or the budget is empty.
    """
    if person.free_nights_left <= 0 or not pay(world, LeverId.LODGING, 1):
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
    person.station = NEVER
    person.free_nights_left = 0


@compiled
def open_stations(world: Tables, day: int) -> None:
    """Open the stations whose day has come, and pay each month for the beds that stand ready."""
    for row in range(world.stations.size):
        station = world.stations[row]
        station.desk_used = 0
        if station.opening_day == day or (day == 0 and station.opening_day < 0):
            world.districts[station.district].beds += station.beds
        if station.opening_day <= day and (day - station.opening_day) % MONTH_DAYS == 0:
            pay_fixed(world, LeverId.LODGING, station.beds * world.rules.lodging.cost_per_bed_month)
            desk = world.rules.lodging.desk_staff_per_station * world.rules.lodging.cost_per_desk_staff_month
            station.desk_paid = 1 if pay_fixed(world, LeverId.LODGING, desk) else 0


@compiled
def use_desk(world: Tables, day: int, identity: int) -> None:
    """Let a guest use the station's desk while its staff have time: who searches is shown posts and advised, who works here talks troubles over."""
    person = world.people[identity]
    station = world.stations[person.station]
    if station.desk_paid == 0 or station.desk_used >= world.rules.lodging.desk_staff_per_station * world.rules.lodging.guests_per_desk_staff_day:
        return
    if person.activity == Activity.EMPLOYED and person.employer >= 0:
        if person.support > 0.0:
            return
        talk_troubles_away(world, day, person, world.rules.behaviour.followup_relief)
    elif person.contract_day < 0 and person.next_search_day >= 0:
        take_advice(world, person, world.rules.behaviour.desk_quality)
        number = look_for_post(world, Decision.DESK_POST, day, identity, world.rules.behaviour.referral_looks)
        if number >= 0:
            submit(world, day, identity, number, Channel.DESK)
    else:
        return
    station.desk_used += 1
    person.desk_visits += 1
    world.counts[Count.DESK_CONSULTATIONS] += 1
