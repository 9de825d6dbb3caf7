"""Transport support 求职交通补贴: fares of people who look for work, for some weeks.

Mechanism: a share of a fare is paid as it falls due: of the way to an interview or a fair, for who lives here; of a trip here, for who lives
elsewhere. An application then costs less, as far as it may bring an interview, more trips are worth their cost, and who has no money for a fare can
go. The money is handed over with the fare and not as a pass in advance: it comes in time for who is short of it, and none is spent on who does not
travel. The weeks of a person run from the first fare that is paid, up to a ceiling in all. Nothing else changes: effort follows from the price.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from sim.calendar import MONTH_DAYS, WEEK_DAYS
from sim.columns import Column, Told
from sim.compiled import Row, compiled
from sim.lever import Lever, Rule
from sim.measures import Outcome, in_column, of_service
from sim.parameters import parameter
from sim.rules.expenses import fare_in_view, fare_to_interview, gets_to_interview, is_at_hand, spend_on_search
from sim.rules.services import can_pay, has_begun, knows, pay
from sim.rules.visiting import fare_of_trip
from sim.states import Activity, Money, Place, ServiceEntry
from sim.tables import Tables
from sim.units import Words, both


class TransportSupport(Lever):
    """Parameters of transport support."""

    name: ClassVar[str] = "transport_support"
    label: ClassVar[Words] = both("Transport support", "求职交通补贴")
    summary: ClassVar[Words] = both(
        "Pays a share of the fares of a search for some weeks, so that an application, an interview and a trip here cost less.",
        "在若干周内补贴求职路费，降低投递、面试和来访的花费。",
    )
    bought: ClassVar[dict[str, int]] = {"places": 10}
    person: ClassVar[tuple[Column, ...]] = (
        Column(
            "fares_supported", "i2", "count", "fares of the search of which the programme paid a share", took_part=True, line=6,
            counts=("served.transport_support",), told=Told("had a share of {n:a fare|{n} fares} paid", "求职路费获补贴{n}次"),
        ),
        Column("fares_paid", "i8", "CNY", "money received for these fares", told=Told("received {n} CNY for fares", "领取求职交通补贴{n}元")),
    )
    outcomes: ClassVar[tuple[Outcome, ...]] = (
        of_service("transport_persons", "persons", "transport_support", ServiceEntry.IN_USE, "Had fares paid", "获求职交通补贴人数", persons=in_column("fares_supported")),
    )

    share: float = parameter(0.0, unit="share", low=0, high=1, source="choice of the planner", en="share of a fare that is paid", zh="路费补贴比例")
    ceiling: int = parameter(500, unit="CNY/person", low=0, high=1_000_000, source="assumption", en="money that a person gets at most, in all", zh="每人补贴总额上限")
    weeks: int = parameter(12, unit="weeks", low=0, high=520, prior=(4, 26), source="assumption, order of evidence 112", en="weeks for which a person gets it, from the first fare that is paid", zh="每人补贴周数（自首次起）")
    places: int = parameter(0, unit="persons", low=0, high=100_000_000, source="choice of the planner", en="persons who get it, over the run", zh="补贴名额")
    for_residents: bool = parameter(default=True, unit="-", source="choice of the planner", en="fares of residents to interviews and fairs", zh="是否补贴本地居民面试、参会路费")
    for_visitors: bool = parameter(default=False, unit="-", source="choice of the planner", en="fares of people who live elsewhere and come to look for work, to a fair or to an interview", zh="是否补贴外地青年来访求职路费")
    origin: Literal["any", "local", "elsewhere"] = parameter("any", unit="-", source="choice of the planner", en="origin that it is for: any, local (grew up or studied here) or elsewhere", zh="适用来源：any 不限，local 本地，elsewhere 外来")
    graduated_months: int = parameter(24, unit="months", low=0, high=1200, source="assumption: the usual rule of two years", en="time after graduation up to which it is paid; students get it as well", zh="毕业后可享受的月数（在校生同样可享受）")
    initial_awareness: float = parameter(0.4, unit="share", low=0, high=1, prior=(0.2, 0.7), source="evidence 45", en="people who know of the service at the start", zh="初始知晓率")
    administration: int = parameter(20, unit="CNY/person", low=0, high=100_000, source="assumption", en="cost of taking a person in", zh="每人受理成本")

    @classmethod
    def met(cls) -> dict[str, Rule]:
        """Where people meet it, besides interviews and fairs, which call it by name."""
        return {
            "services": hear_of_fares, "pay_day": count_on_fares, "trip": offer_for_trip, "trip_made": give_for_trip, "coming": fare_saved_on_coming,
        }  # fmt: skip

    @property
    def offers_something(self) -> bool:
        """Whether any fare can be paid."""
        money = self.share * self.ceiling * self.weeks * self.places
        return super().offers_something and money > 0 and (self.for_residents or self.for_visitors)

    @property
    def unit_cost(self) -> int:
        """A unit is one CNY: fares differ."""
        return 1

    @property
    def numbers(self) -> dict[str, int]:
        """Whom it is for, as rules read it: flags."""
        return {"for_locals": int(self.origin != "elsewhere"), "for_newcomers": int(self.origin != "local")}


@compiled
def is_for(world: Tables, day: int, person: Row) -> bool:
    """Tell whether a fare of this person would be paid today: who looks for work, knows of it, and is one of those whom it is for."""
    lever = world.rules.transport_support
    if (person.activity != Activity.SEARCHING and person.activity != Activity.STUDYING) or person.contract_day >= 0:
        return False
    suits = lever.for_residents == 1 if person.place == Place.RESIDENT else lever.for_visitors == 1
    suits = suits and (lever.for_newcomers if person.from_elsewhere == 1 else lever.for_locals) == 1
    return suits and day - person.graduation_day <= MONTH_DAYS * lever.graduated_months and knows(world, person, lever.row)


@compiled
def _cost_of(world: Tables, person: Row, amount: int) -> int:
    """Return what an amount for a fare costs the programme, CNY: with the first, a person is taken in."""
    return int(amount + (world.rules.transport_support.administration if person.fare_until < 0 else 0))


@compiled
def _has_place(world: Tables, person: Row) -> bool:
    lever = world.rules.transport_support
    return person.fare_until >= 0 or world.services[lever.row].in_use < lever.places


@compiled
def count_on_fares(world: Tables, day: int, identity: int) -> None:
    """Let a person think of the fares that would be paid: once a month, on the pay day."""
    lever = world.rules.transport_support
    if not has_begun(world, day, lever.row):
        return
    person = world.people[identity]
    counts = is_for(world, day, person) and _has_place(world, person) and can_pay(world, lever.row, _cost_of(world, person, 1))
    person.fare_help = 1 if counts else 0


@compiled
def hear_of_fares(world: Tables, day: int) -> None:
    """Let everybody think of it on the opening day, whoever is to enter later as well."""
    if world.services[world.rules.transport_support.row].opening_day == day:
        for identity in range(world.rows_in_use.people):
            count_on_fares(world, day, identity)


@compiled
def offered_for_fare(world: Tables, day: int, person: Row, fare: int) -> int:
    """Return what would be paid of a fare that falls due today, CNY."""
    amount = int(fare_in_view(world, day, person, float(fare)))
    if amount == 0 or not is_for(world, day, person) or not _has_place(world, person):
        return 0
    return amount if can_pay(world, world.rules.transport_support.row, _cost_of(world, person, amount)) else 0


@compiled
def give_for_fare(world: Tables, day: int, person: Row, fare: int) -> int:
    """Let a person ask for a fare that falls due; book what is given, and return it, CNY."""
    lever = world.rules.transport_support
    if int(fare_in_view(world, day, person, float(fare))) == 0 or not is_for(world, day, person):
        return 0
    service = world.services[lever.row]
    service.reached += 1
    amount = offered_for_fare(world, day, person, fare)
    if amount == 0:
        service.turned_away += 1
        return 0
    pay(world, lever.row, _cost_of(world, person, amount))
    if person.fare_until < 0:
        person.fare_until = day + WEEK_DAYS * lever.weeks - 1
        service.in_use += 1
    service.served += 1
    person.fares_supported += 1
    person.fares_paid += amount
    return amount


@compiled
def receive_fare(world: Tables, day: int, person: Row, fare: int) -> None:
    """Hand over what is given for a fare."""
    given = give_for_fare(world, day, person, fare)
    person.savings += given
    world.ledger[Money.SUBSIDIES] += given


@compiled
def travel_to_interview(world: Tables, day: int, person: Row, employer: Row) -> bool:
    """Go to an interview, with what is given for the fare. Returns False where money is short."""
    fare = fare_to_interview(world, person, employer)
    offered = offered_for_fare(world, day, person, fare)
    if not gets_to_interview(world, person, employer, offered):
        return False
    receive_fare(world, day, person, fare)
    return True


@compiled
def has_fare(world: Tables, day: int, person: Row, fare: int) -> bool:
    """Tell whether somebody who is here has the money for a fare within the region, with what would be given for it."""
    return fare == 0 or is_at_hand(world, person, fare, offered_for_fare(world, day, person, fare))


@compiled
def travel_within(world: Tables, day: int, person: Row, fare: int) -> None:
    """Pay a fare within the region, with what is given for it."""
    spend_on_search(world, person, fare, offered_for_fare(world, day, person, fare))
    receive_fare(world, day, person, fare)


@compiled
def offer_for_trip(world: Tables, day: int, identity: int, cost: int) -> float:
    """Return what would be paid of a trip from elsewhere, CNY: of its fare, not of its nights."""
    person = world.people[identity]
    return float(offered_for_fare(world, day, person, min(cost, fare_of_trip(world, person))))


@compiled
def give_for_trip(world: Tables, day: int, identity: int, cost: int) -> float:
    """Return what is paid of a trip that is made, CNY."""
    person = world.people[identity]
    return float(give_for_fare(world, day, person, min(cost, fare_of_trip(world, person))))


@compiled
def fare_saved_on_coming(world: Tables, day: int, person: Row) -> float:
    """Return what of the fare of one trip would be paid to who would come here to look for work, over the time looked ahead, CNY a month."""
    lever = world.rules.transport_support
    if person.place == Place.RESIDENT or not is_for(world, day, person) or not _has_place(world, person) or 0 <= person.fare_until < day:
        return 0.0
    amount = min(lever.share * fare_of_trip(world, person), float(lever.ceiling - person.fares_paid))
    return amount / world.rules.behaviour.home_horizon_months if can_pay(world, lever.row, _cost_of(world, person, int(amount))) else 0.0
