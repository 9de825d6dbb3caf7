"""Travel vouchers 来淄体验券: money for final-year students who come in a group to see the city.

Mechanism: a group visit takes the student there; the voucher pays for what the visit costs; who has seen the place knows it better, so that a
larger share of the later search goes there. The number of places is finite.
"""

from __future__ import annotations

import math
from datetime import date
from typing import ClassVar

from sim.calendar import Horizon, planned_days, share_of
from sim.columns import Column, Told
from sim.compiled import Row, compiled
from sim.draws import Decision, normal, uniform
from sim.lever import Lever, Rule
from sim.measures import Outcome, flow
from sim.parameters import parameter
from sim.rules.queues import call_in, join_queue, open_queue
from sim.rules.searching import schedule_session
from sim.rules.services import is_admitted, pay
from sim.rules.telling import tell_visitor
from sim.rules.visiting import worth_of_looking_round
from sim.states import Activity, Count, EventKind, Money, Place
from sim.tables import Tables
from sim.units import Words, both


class TravelVouchers(Lever):
    """Parameters of vouchers and the group visits they pay for."""

    name: ClassVar[str] = "travel_vouchers"
    label: ClassVar[Words] = both("Travel vouchers", "体验券")
    summary: ClassVar[Words] = both(
        "Money and a group visit let final-year students from elsewhere see the place; they search here more afterwards.",
        "发放体验券并组织集体来访，让外地应届生实地了解本地，之后更多在本地求职。",
    )
    goes_to_campuses: ClassVar[bool] = True
    person: ClassVar[tuple[Column, ...]] = (
        Column(
            "voucher", "i1", "0/1", "used a travel voucher", took_part=True, counts=("vouchers_used", "served.travel_vouchers"),
            told=Told("used a travel voucher", "使用了一张体验券"),
        ),
    )
    outcomes: ClassVar[tuple[Outcome, ...]] = (
        flow("vouchers_used", "persons", Count.VOUCHERS_USED, "Travel vouchers used", "体验券使用人数"),
    )

    amount: int = parameter(0, unit="CNY/person", low=0, high=100_000, source="choice of the planner", en="value of a voucher", zh="每券金额")
    places: int = parameter(0, unit="persons", low=0, high=1_000_000, source="choice of the planner", en="vouchers over the run", zh="发放名额")
    group_visits: int = parameter(0, unit="visits", low=0, high=1000, source="choice of the planner", en="group visits during the run", zh="集体来访批次")
    campuses: tuple[str, ...] = parameter((), unit="-", source="choice of the planner", en="names of the campuses invited, in turn; none: every campus outside", zh="受邀高校")
    first_date: date | None = parameter(None, unit="date", source="choice of the planner", en="earliest day of a visit; null: the start of the run", zh="首批日期")
    last_date: date | None = parameter(None, unit="date", source="choice of the planner", en="latest day of a visit; null: the end of the run", zh="末批日期")
    lowest_education: int = parameter(1, unit="tier", low=0, high=2, source="programmes.md: Zibo, bachelor and above", en="lowest education tier: 0 vocational, 1 bachelor, 2 master", zh="最低学历（0 高职，1 本科，2 硕士）")
    nights: int = parameter(2, unit="nights", low=1, high=30, source="assumption", en="nights of a visit", zh="来访晚数")
    invited_share: float = parameter(0.3, unit="share", low=0, high=1, prior=(0.05, 0.8), source="assumption", en="students of an invited campus who hear of the visit", zh="受邀高校学生知晓比例")
    interest_gained: float = parameter(0.08, unit="share", low=0, high=1, prior=(0, 0.3), source="assumption, order of evidence 28 and 29", en="rise of the share of the search that goes to the region", zh="来访后求职意向份额提升")
    administration: int = parameter(50, unit="CNY/person", low=0, high=100_000, source="assumption", en="cost of running a visit, a person", zh="每人组织成本")

    @classmethod
    def met(cls) -> dict[str, Rule]:
        """Where people meet it, besides the phases that call it by name."""
        return {"event": receive_group}

    @property
    def offers_something(self) -> bool:
        """Whether anybody gets a voucher."""
        return super().offers_something and self.amount * self.places * self.group_visits > 0

    @property
    def unit_cost(self) -> int:
        """Value of a voucher and the cost of running the visit, a person, CNY."""
        return self.amount + self.administration

    def events(self, horizon: Horizon) -> list[dict[str, int]]:
        """Group visits from the campuses in turn, spread over the window."""
        first, last = horizon.window(self.first_date, self.last_date)
        return [
            {
                "kind": EventKind.GROUP_VISIT, "day": day, "campus": horizon.campuses[index % len(horizon.campuses)],
                "places": share_of(self.places, self.group_visits, index),
            }
            for index, day in enumerate(planned_days(first, last, self.group_visits))
        ]  # fmt: skip


@compiled
def receive_group(world: Tables, day: int, event_row: int) -> None:
    """Receive one group: invited students weigh what the visit is worth against what it costs them, while places last."""
    event = world.events[event_row]
    key = event.key
    if world.services[world.rules.travel_vouchers.row].on_offer == 0 or event.places == 0:
        return
    campus = world.campuses[event.campus]
    cost = 2 * campus.fare + world.rules.travel_vouchers.nights * world.rules.region.hotel_night
    open_queue(world, campus.members)
    for index in range(campus.first_member, campus.first_member + campus.members):
        identity = int(world.members[index])
        person = world.people[identity]
        if person.activity != Activity.STUDYING or person.place != Place.ELSEWHERE or person.contract_day >= 0 or person.from_elsewhere == 0:
            continue  # locals know the place, and have a home there
        if not is_admitted(person, world.rules.travel_vouchers.row):
            continue
        if person.education < world.rules.travel_vouchers.lowest_education or person.voucher == 1:
            continue
        if uniform(world, Decision.VISIT_ATTENDANCE, day, identity, key) >= world.rules.travel_vouchers.invited_share:
            continue
        world.services[world.rules.travel_vouchers.row].reached += 1
        paid = max(0, cost - world.rules.travel_vouchers.amount)
        spread = world.rules.behaviour.trip_value_spread * normal(world, Decision.TRIP_VALUE, day, identity, 1)
        if worth_of_looking_round(world, person) * math.exp(spread) < paid or person.savings < paid:
            continue
        join_queue(world, identity, uniform(world, Decision.QUEUE, day, identity, key))
    for index in range(call_in(world)):
        identity = world.queue[index]
        person = world.people[identity]
        if event.taken >= event.places or not pay(world, world.rules.travel_vouchers.row, 1):
            world.services[world.rules.travel_vouchers.row].turned_away += 1
            continue
        event.taken += 1
        world.services[world.rules.travel_vouchers.row].served += 1
        world.counts[Count.VOUCHERS_USED] += 1
        world.counts[Count.ARRIVALS] += person.from_elsewhere
        person.arrivals += person.from_elsewhere
        person.voucher = 1
        person.trips += 1
        _book_visit(world, person, cost, campus)
        person.place = Place.VISITING
        world.rows_in_use.new_visitors += 1
        person.visit_end = day + world.rules.travel_vouchers.nights
        person.paid_nights_left = world.rules.travel_vouchers.nights
        person.region_interest = min(1.0, person.region_interest + world.rules.travel_vouchers.interest_gained)
        tell_visitor(world, day, identity)
        schedule_session(world, day, identity)


@compiled
def _book_visit(world: Tables, person: Row, cost: int, campus: Row) -> None:
    """Pay fares and nights out of voucher and savings; what is left of the voucher goes on meals."""
    nights = world.rules.travel_vouchers.nights * world.rules.region.hotel_night
    voucher = world.rules.travel_vouchers.amount
    spare = max(0, voucher - cost)
    person.savings += voucher - cost - spare
    world.ledger[Money.VOUCHERS] += voucher
    world.ledger[Money.FARES] -= 2 * campus.fare
    world.ledger[Money.PAID_NIGHTS] -= nights
    world.ledger[Money.LIVING_COSTS] -= spare
