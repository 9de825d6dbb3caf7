"""Legal aid 维权: lawyers for young founders in disputes and for workers whose wages are not paid; legal training.

Mechanism: disputes and unpaid wages exist without it. Who has a lawyer recovers more of what is owed; a founder who keeps more cash
survives more often, a worker who is paid in the end leaves less often. Legal training makes disputes rarer and the service known. Lawyers' hours are
finite.
"""

from __future__ import annotations

import math
from typing import ClassVar

from sim.calendar import YEAR_MONTHS, Horizon, planned_days
from sim.columns import Column, Told
from sim.compiled import Row, compiled
from sim.draws import Decision, normal, uniform
from sim.fetching import FAR_AHEAD, fetch
from sim.lever import Lever, Rule
from sim.measures import NO_COLUMN, Outcome, flow
from sim.parameters import parameter
from sim.rules.queues import call_in, join_queue, open_queue
from sim.rules.services import admit, can_pay, has_place_this_month, is_admitted, knows, learn, pay
from sim.states import Activity, Cash, Count, EventKind, Money, Place
from sim.tables import Tables
from sim.units import Words, both


class LegalAid(Lever):
    """Parameters of legal aid."""

    name: ClassVar[str] = "legal_aid"
    label: ClassVar[Words] = both("Legal aid", "法律援助")
    summary: ClassVar[Words] = both(
        "Lawyers recover founders' disputed money and unpaid wages; trainings make disputes rarer; hours are finite.",
        "律师帮助追回创业纠纷款与欠薪，普法减少纠纷；工时有限。",
    )
    bought: ClassVar[dict[str, int]] = {"lawyers": 1, "trainings": 1}
    person: ClassVar[tuple[Column, ...]] = (
        Column("legal_trained", "i1", "0/1", "had legal training", took_part=True, told=Told("had legal training", "参加普法培训")),
        Column(
            "legal_cases", "i2", "count", "cases taken on by legal aid", took_part=True, counts=("legal_cases",),
            told=Told("had a lawyer's help{n:times}", "获法律援助{n}次"),
        ),
        Column(
            "recovered", "i8", "CNY", "money recovered with legal aid", counts=("legal_recovered",),
            told=Told("got {n} CNY back with a lawyer", "经法律援助挽回{n}元"),
        ),
    )
    outcomes: ClassVar[tuple[Outcome, ...]] = (
        flow("legal_cases", "cases", Count.LEGAL_CASES, "Cases of legal aid", "法律援助案件数"),
        flow("legal_recovered", "CNY", Count.LEGAL_RECOVERED, "Money recovered with legal aid", "法律援助挽回金额"),
        flow("legal_trained", "person-times", Count.LEGAL_TRAINED, "Visitors of legal trainings", "普法培训人次", untraced=NO_COLUMN),
    )

    lawyers: int = parameter(0, unit="persons", low=0, high=10_000, source="choice of the planner", en="lawyers", zh="律师人数")
    hours_per_lawyer_month: int = parameter(20, unit="hours/month", low=0, high=400, source="assumption", en="hours of a lawyer for the service, a month", zh="每名律师月服务小时")
    hours_per_case: int = parameter(10, unit="hours", low=1, high=1000, source="assumption", en="hours of a case", zh="每案所需小时")
    trainings: int = parameter(0, unit="sessions", low=0, high=100_000, source="choice of the planner", en="legal trainings during the run", zh="普法培训场次")
    seats_per_training: int = parameter(60, unit="persons", low=0, high=100_000, source="assumption", en="seats of a training", zh="每场培训座位数")
    training_demand: float = parameter(0.05, unit="share", low=0, high=1, prior=(0.01, 0.3), source="assumption", en="employed and founders who hear of a training and come", zh="参训比例")
    initial_awareness: float = parameter(0.4, unit="share", low=0, high=1, prior=(0.2, 0.7), source="evidence 45", en="people who know of the service at the start", zh="初始知晓率")
    cost_per_hour: int = parameter(100, unit="CNY/hour", low=0, high=100_000, source="assumption", en="cost of a lawyer's hour", zh="律师每小时成本")
    training_seats_per_hour: int = parameter(5, unit="persons", low=1, high=1000, source="assumption", en="seats of a training that cost as much as a lawyer's hour", zh="培训座位折合律师小时")

    @property
    def cases_per_month(self) -> int:
        """Cases that the lawyers' hours carry in a month."""
        return self.lawyers * self.hours_per_lawyer_month // self.hours_per_case

    @classmethod
    def met(cls) -> dict[str, Rule]:
        """Where people meet it, besides the phases that call it by name."""
        return {"event": hold_legal_training}

    @property
    def offers_something(self) -> bool:
        """Whether anybody can get a lawyer or a seat."""
        return super().offers_something and self.cases_per_month + self.trainings * self.seats_per_training > 0

    @property
    def unit_cost(self) -> int:
        """Cost of a training seat, CNY; a lawyer's hour is `training_seats_per_hour` of them."""
        return max(1, self.cost_per_hour // self.training_seats_per_hour) if self.cost_per_hour else 0

    def events(self, horizon: Horizon) -> list[dict[str, int]]:
        """Trainings, spread over the run."""
        days = planned_days(horizon.first_day, horizon.last_day, self.trainings)
        return [{"kind": EventKind.LEGAL_TRAINING, "day": day, "places": self.seats_per_training} for day in days]


@compiled
def take_case(world: Tables, day: int, person: Row) -> bool:
    """Let a person who knows of legal aid get a lawyer, while hours and money last."""
    service = world.services[world.rules.legal_aid.row]
    per_month = world.rules.legal_aid.lawyers * world.rules.legal_aid.hours_per_lawyer_month // world.rules.legal_aid.hours_per_case
    if per_month == 0 or not knows(world, person, world.rules.legal_aid.row):
        return False
    service.reached += 1
    units = world.rules.legal_aid.hours_per_case * world.rules.legal_aid.training_seats_per_hour
    free = has_place_this_month(world, day, world.rules.legal_aid.row, per_month)
    if not free or not can_pay(world, world.rules.legal_aid.row, units):
        service.turned_away += 1
        return False
    pay(world, world.rules.legal_aid.row, units)
    service.this_month += 1
    service.served += 1
    person.legal_cases += 1
    world.counts[Count.LEGAL_CASES] += 1
    return True


@compiled
def settle_dispute(world: Tables, day: int, employer: Row, founder: Row) -> None:
    """One month of a start-up's law: a dispute may come, money is at stake, some of it comes back, more with a lawyer."""
    chance = world.rules.behaviour.dispute_per_year / YEAR_MONTHS
    if founder.legal_trained == 1:
        chance *= math.exp(-world.rules.behaviour.legal_knowledge)
    if uniform(world, Decision.DISPUTE, day, employer.founder, 0) >= chance:
        return
    world.counts[Count.DISPUTES] += 1
    spread = world.rules.behaviour.dispute_loss_spread
    at_stake = int(world.rules.behaviour.dispute_loss * math.exp(spread * normal(world, Decision.DISPUTE_LOSS, day, employer.founder, 0)))
    aided = take_case(world, day, founder)
    chance = world.rules.behaviour.recovery_aided if aided else world.rules.behaviour.recovery_unaided
    won = uniform(world, Decision.DISPUTE_OUTCOME, day, employer.founder, 0) < chance
    if won:
        if aided:
            founder.recovered += at_stake
            world.counts[Count.LEGAL_RECOVERED] += at_stake
        return
    employer.cash -= at_stake
    world.cashbook[Cash.DISPUTES] -= at_stake


@compiled
def wage_paid(world: Tables, day: int, identity: int) -> int:
    """Return the wage that reaches an employed person this month: all of it, late and with a lawyer's help, or nothing; who is not paid may leave."""
    person = world.people[identity]
    wage = int(person.wage)
    private = person.employer >= 0 and world.employers[person.employer].state_owned == 0
    if not private or uniform(world, Decision.ARREARS, day, identity, 0) >= world.rules.behaviour.arrears_per_year / YEAR_MONTHS:
        return wage
    world.counts[Count.ARREARS] += 1
    aided = take_case(world, day, person)
    chance = world.rules.behaviour.recovery_aided if aided else world.rules.behaviour.recovery_unaided
    won = uniform(world, Decision.ARREARS_OUTCOME, day, identity, 0) < chance
    quits = world.rules.behaviour.arrears_quit_paid if won else world.rules.behaviour.arrears_quit_unpaid
    if uniform(world, Decision.ARREARS_QUIT, day, identity, 0) < quits:
        person.separation_day = day + 1
    if won:
        if aided:
            person.recovered += wage
            world.counts[Count.LEGAL_RECOVERED] += wage
            world.ledger[Money.ARREARS_RECOVERED] += wage
            world.ledger[Money.WAGES] -= wage  # the pay day books every wage it hands out as wage
        return wage
    person.arrears += wage
    return 0


@compiled
def hold_legal_training(world: Tables, day: int, event_row: int) -> None:
    """Hold one training for the employed and for founders; it makes the service known as well."""
    event = world.events[event_row]
    number = event.key
    open_queue(world, world.rows_in_use.people - world.rows_in_use.first_young)
    for identity in range(world.rows_in_use.first_young, world.rows_in_use.people):
        fetch(world.people, identity + FAR_AHEAD, 0)
        person = world.people[identity]
        works = person.activity == Activity.EMPLOYED or person.activity == Activity.FOUNDER
        if not works or person.place != Place.RESIDENT or not is_admitted(person, world.rules.legal_aid.row):
            continue
        if uniform(world, Decision.LEGAL_TRAINING, day, identity, number) >= world.rules.legal_aid.training_demand:
            continue
        join_queue(world, identity, uniform(world, Decision.QUEUE, day, identity, number))
    for index in range(call_in(world)):
        identity = world.queue[index]
        person = world.people[identity]
        if admit(world, event, world.rules.legal_aid.row):
            person.legal_trained = 1
            learn(person, world.rules.legal_aid.row)
            world.counts[Count.LEGAL_TRAINED] += 1
