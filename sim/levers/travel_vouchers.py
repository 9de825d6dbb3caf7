"""Travel vouchers 来淄体验券: money for final-year students who come in a group to meet employers and see the city.

Mechanism: a group visit takes the student there, and the voucher pays for what that costs. The group meets some firms; each student sees what they
have open and pay, and leaves applications for what appeals most, which are read soon, as at a fair. Nights tie as on any visit. Places are finite.
Where who invites has stations, too, the group sleeps in their free beds, and the nights cost the voucher nothing.
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
from sim.measures import Outcome, flow, own_flow
from sim.parameters import parameter
from sim.rules.applying import best_of, submit
from sim.rules.beliefs import hear_of_pay
from sim.rules.help import help_search
from sim.rules.paying import pay_at, worth_of_pay
from sim.rules.queues import call_in, join_queue, open_queue
from sim.rules.services import is_admitted, pay
from sim.rules.telling import tell_visitor
from sim.rules.utility import appeal, value_applied_for
from sim.rules.visiting import worth_of_looking_round
from sim.states import Activity, Channel, Count, EventKind, Help, Money, Place, PostState
from sim.tables import Tables
from sim.units import Words, both


class TravelVouchers(Lever):
    """Parameters of vouchers and the group visits they pay for."""

    name: ClassVar[str] = "travel_vouchers"
    label: ClassVar[Words] = both("Travel vouchers", "体验券")
    summary: ClassVar[Words] = both(
        "Money and a group visit let final-year students from elsewhere meet employers here and apply on the spot; no post is added.",
        "发放体验券并组织集体来访，让外地应届生与本地单位当面对接、现场投递；不新增岗位。",
    )
    bought: ClassVar[dict[str, int]] = {"group_visits": 1, "places": 30}
    goes_to_campuses: ClassVar[bool] = True
    person: ClassVar[tuple[Column, ...]] = (
        Column(
            "voucher", "i1", "0/1", "used a travel voucher", took_part=True, counts=("vouchers_used", "served.travel_vouchers"),
            told=Told("used a travel voucher", "使用了一张体验券"),
        ),
        Column("visit_signed", "i2", "count", "contracts with employers met on a group visit", counts=("visit_signed",), left_out="the contract is told"),
    )
    counts: ClassVar[tuple[str, ...]] = ("signed",)
    outcomes: ClassVar[tuple[Outcome, ...]] = (
        flow("vouchers_used", "persons", Count.VOUCHERS_USED, "Travel vouchers used", "体验券使用人数"),
        own_flow("visit_signed", "contracts", "travel_vouchers", "signed", "Contracts through group visits", "集体来访促成签约数"),
    )

    amount: int = parameter(0, unit="CNY/person", low=0, high=100_000, source="choice of the planner", en="value of a voucher", zh="每券金额")
    places: int = parameter(0, unit="persons", low=0, high=1_000_000, source="choice of the planner", en="vouchers over the run", zh="发放名额")
    group_visits: int = parameter(0, unit="visits", low=0, high=1000, source="choice of the planner", en="group visits during the run", zh="集体来访批次")
    campuses: tuple[str, ...] = parameter((), unit="-", source="choice of the planner", en="names of the campuses invited, in turn; none: every campus outside", zh="受邀高校")
    first_date: date | None = parameter(None, unit="date", source="choice of the planner", en="earliest day of a visit; null: the start of the run", zh="首批日期")
    last_date: date | None = parameter(None, unit="date", source="choice of the planner", en="latest day of a visit; null: the end of the run", zh="末批日期")
    lowest_education: int = parameter(1, unit="tier", low=0, high=2, source="programmes.md: Zibo, bachelor and above", en="lowest education tier: 0 vocational, 1 bachelor, 2 master", zh="最低学历（0 高职，1 本科，2 硕士）")
    nights: int = parameter(2, unit="nights", low=1, high=30, source="assumption", en="nights of a visit", zh="来访晚数")
    in_stations: bool = parameter(default=False, unit="-", source="choice of the planner", en="groups sleep in the stations, as far as beds are free there and stations serve them", zh="团组是否入住驿站（以有空床且符合驿站服务对象为限）")
    invited_share: float = parameter(0.3, unit="share", low=0, high=1, prior=(0.05, 0.8), source="assumption", en="students of an invited campus who hear of the visit", zh="受邀高校学生知晓比例")
    firms: int = parameter(10, unit="firms", low=0, high=1000, prior=(3, 30), source="assumption", en="employers that a group meets on a visit", zh="每批对接的单位数")
    posts_per_firm: int = parameter(3, unit="posts", low=0, high=1000, source="assumption: as at a fair", en="open posts that an employer shows at most", zh="每家单位展示岗位上限")
    applications_per_visitor: int = parameter(3, unit="count", low=0, high=100, prior=(1, 6), source="assumption: as at a fair", en="applications of a visitor at most", zh="每人现场投递上限")
    reading_days: int = parameter(3, unit="days", low=0, high=200, prior=(0, 7), source="assumption: as at a fair", en="time until these applications are read", zh="现场投递后筛选的天数")
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
    beds = _beds_free(world) if world.rules.travel_vouchers.in_stations == 1 else 0
    cost = _cost_of_visit(world, campus, beds > 0)
    open_queue(world, campus.members)
    for index in range(campus.first_member, campus.first_member + campus.members):
        identity = int(world.members[index])
        person = world.people[identity]
        if person.activity != Activity.STUDYING or person.place != Place.ELSEWHERE or person.contract_day >= 0 or person.from_elsewhere == 0:
            continue  # locals know the place, and have a home there
        if person.next_search_day < 0:
            continue  # does not look for work
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
        lodged = beds > 0
        beds -= lodged
        _book_visit(world, person, _cost_of_visit(world, campus, lodged), campus)
        person.place = Place.VISITING
        world.rows_in_use.new_visitors += 1
        person.visit_end = day + world.rules.travel_vouchers.nights
        person.paid_nights_left = 0 if lodged else world.rules.travel_vouchers.nights
        tell_visitor(world, day, identity)
        _meet_firms(world, day, identity, key)


@compiled
def _beds_free(world: Tables) -> int:
    """Return the beds of stations that nobody has taken."""
    found = 0
    for row in range(world.districts.size):
        found += max(0, world.districts[row].beds - world.districts[row].beds_used)
    return found


@compiled
def _cost_of_visit(world: Tables, campus: Row, lodged: bool) -> int:
    """Return what a visit costs, CNY: fares, and nights for who is not lodged in a station."""
    nights = 0 if lodged else world.rules.travel_vouchers.nights
    return int(2 * campus.fare + nights * world.rules.region.hotel_night)


@compiled
def sleeps_in_station(world: Tables, day: int, person: Row) -> bool:
    """Tell whether somebody has come today with a group that sleeps in the stations."""
    lever = world.rules.travel_vouchers
    came = person.voucher == 1 and person.visit_end == day + lever.nights
    return bool(lever.in_stations == 1 and came and person.paid_nights_left == 0 and person.station < 0)


@compiled
def _book_visit(world: Tables, person: Row, cost: int, campus: Row) -> None:
    """Pay fares and nights out of voucher and savings; what is left of the voucher goes on meals."""
    voucher = world.rules.travel_vouchers.amount
    spare = max(0, voucher - cost)
    person.savings += voucher - cost - spare
    world.ledger[Money.VOUCHERS] += voucher
    world.ledger[Money.FARES] -= 2 * campus.fare
    world.ledger[Money.PAID_NIGHTS] -= cost - 2 * campus.fare
    world.ledger[Money.LIVING_COSTS] -= spare


@compiled
def _meet_firms(world: Tables, day: int, identity: int, key: int) -> None:
    """See what the firms that the group meets have open and pay, and leave applications for what appeals most."""
    person = world.people[identity]
    lever = world.rules.travel_vouchers
    news = world.rules.behaviour.bid_news if help_search(world, day, person, Help.FAIR, 1.0, 0.0, 0.0, 0.0) else 0.0
    found = 0
    for index in range(lever.firms):
        draw = uniform(world, Decision.VISIT_FIRM, day, index, key)
        found = _see_posts(world, day, identity, int(world.slots[int(draw * world.rows_in_use.regular_slots)].employer), found, news)
    for _ in range(lever.applications_per_visitor):
        best = best_of(world, found)
        if best < 0:
            return
        number = world.seen[best].post
        for place in range(found):
            if world.seen[place].post == number:
                world.seen[place].worth = 0.0
        submit(world, day, identity, number, Channel.VISIT)
        world.posts[number].review_day = min(world.posts[number].review_day, day + lever.reading_days)


@compiled
def _see_posts(world: Tables, day: int, identity: int, employer: int, found: int, news: float) -> int:
    """Be shown the posts that an employer has open, and list in `world.seen` those that appeal. Returns the length of the list."""
    person = world.people[identity]
    firm = world.employers[employer]
    wanted = value_applied_for(world, day, identity)
    shown = 0
    for slot in range(firm.first_slot, firm.first_slot + firm.slots):
        number = world.slots[slot].post
        if number < 0 or shown >= world.rules.travel_vouchers.posts_per_firm or found >= world.seen.size:
            continue
        shown += 1
        post = world.posts[number]
        if post.state != PostState.OPEN or post.education > person.education:
            continue
        hear_of_pay(world, person, float(pay_at(world, person, post)), news)
        world.seen[found].post = number
        world.seen[found].worth = appeal(world, identity, worth_of_pay(world, day, person, post), employer, wanted)
        found += world.seen[found].worth > 0.0
    return found
