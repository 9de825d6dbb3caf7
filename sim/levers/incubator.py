"""Incubator 示范园, 共享工位: desks for young firms.

Mechanism: a desk saves part of the running cost, so that a young firm's cash lasts longer. Desks are finite and are given for a time.
"""

from __future__ import annotations

from typing import ClassVar

from sim.calendar import MONTH_DAYS, YEAR_DAYS
from sim.columns import Column, Told
from sim.compiled import NEVER, Row, compiled
from sim.draws import Decision, uniform
from sim.lever import Lever
from sim.measures import Counts, Outcome, World, founders_of, of_service
from sim.parameters import parameter
from sim.rules.services import keep_paying, knows, pay
from sim.states import ServiceEntry
from sim.tables import Tables
from sim.units import Words, both


def _at_a_desk(world: World) -> Counts:
    firms = world.tables["employers"]
    return founders_of(world, (firms.column("founder") >= 0) & (firms.column("desk") == 1))


class Incubator(Lever):
    """Parameters of the incubator."""

    name: ClassVar[str] = "incubator"
    label: ClassVar[Words] = both("Incubator", "创业孵化")
    summary: ClassVar[Words] = both(
        "Desks save young firms part of their running cost; desks are finite.",
        "孵化工位降低初创企业运营成本；工位有限。",
    )
    bought: ClassVar[dict[str, int]] = {"desks": 1}
    person: ClassVar[tuple[Column, ...]] = (
        Column(
            "incubated", "i1", "0/1", "the firm has had a desk in the incubator", took_part=True,
            told=Told("got a desk in the incubator", "入驻孵化工位", by="firm_desk"),
        ),
    )
    firm: ClassVar[tuple[Column, ...]] = (
        Column("desk", "i1", "0/1", "has a desk in the incubator"),
        Column("desk_until", "i4", "day", "last day of the desk", NEVER),
        Column("desk_refused", "i1", "0/1", "wanted a desk when all were taken, and still has none"),
    )
    outcomes: ClassVar[tuple[Outcome, ...]] = (
        of_service("incubator_desks_used", "desks", "incubator", ServiceEntry.IN_USE, "Desks of the incubator in use", "孵化工位使用数", persons=_at_a_desk),
    )

    desks: int = parameter(0, unit="desks", low=0, high=1_000_000, source="choice of the planner", en="desks or small offices", zh="工位数")
    rent_cut: int = parameter(1500, unit="CNY/month", low=0, high=1_000_000, source="assumption", en="running cost that a desk saves a firm", zh="每工位每月减免成本")
    months: int = parameter(24, unit="months", low=1, high=120, source="assumption", en="time a firm may stay", zh="入驻期限（月）")
    young_years: int = parameter(3, unit="years", low=0, high=100, source="assumption", en="age up to which a firm may take a desk", zh="可入驻企业成立年限上限")
    demand: float = parameter(0.5, unit="share", low=0, high=1, prior=(0.2, 0.9), source="assumption", en="founders who know of the desks and want one", zh="知晓者需求比例")
    initial_awareness: float = parameter(0.4, unit="share", low=0, high=1, prior=(0.2, 0.7), source="evidence 45", en="people who know of the service at the start", zh="初始知晓率")
    cost_per_desk_month: int = parameter(1800, unit="CNY/month", low=0, high=1_000_000, source="assumption", en="cost of a desk in use", zh="每个使用中工位月成本")

    @property
    def offers_something(self) -> bool:
        """Whether a firm can save anything."""
        return super().offers_something and self.desks * self.rent_cut > 0

    @property
    def unit_cost(self) -> int:
        """Cost of a desk in use for a month, CNY."""
        return self.cost_per_desk_month


@compiled
def cost_saved(world: Tables, day: int, employer: Row, founder: Row) -> int:
    """One month of a start-up and its desk: take one, keep it, or leave it. Returns the running cost saved, CNY."""
    service = world.services[world.rules.incubator.row]
    if employer.desk == 1:
        if day < employer.desk_until and keep_paying(world, world.rules.incubator.row, 1):
            return min(int(world.rules.behaviour.running_cost), int(world.rules.incubator.rent_cut))
        give_back_desk(world, employer)
        return 0
    young = day - employer.founded_day <= YEAR_DAYS * world.rules.incubator.young_years
    if employer.desk_until >= 0 or not young or not knows(world, founder, world.rules.incubator.row):
        return 0
    if uniform(world, Decision.DESK_DEMAND, 0, employer.founder, 0) >= world.rules.incubator.demand:
        return 0
    if employer.desk_refused == 0:
        service.reached += 1
    if service.in_use >= world.rules.incubator.desks or not pay(world, world.rules.incubator.row, 1):
        if employer.desk_refused == 0:
            service.turned_away += 1
            employer.desk_refused = 1
        return 0
    if employer.desk_refused == 1:
        service.turned_away -= 1
        employer.desk_refused = 0
    employer.desk = 1
    founder.incubated = 1
    employer.desk_until = day + MONTH_DAYS * world.rules.incubator.months
    service.in_use += 1
    service.served += 1
    return min(int(world.rules.behaviour.running_cost), int(world.rules.incubator.rent_cut))


@compiled
def give_back_desk(world: Tables, employer: Row) -> None:
    """Give the desk back."""
    if employer.desk == 1:
        employer.desk = 0
        world.services[world.rules.incubator.row].in_use -= 1
