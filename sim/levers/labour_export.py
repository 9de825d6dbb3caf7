"""Labour export 劳务输出: a service that introduces residents who search to posts elsewhere.

Mechanism: a seeker who knows of the service asks for an introduction while staff can make one; an employer elsewhere then makes an offer, drawn like
every offer from elsewhere, and the seeker weighs it against the reservation wage, ties and the effort of moving as any other. Who signs leaves when the
job begins, and one seeker less competes for the posts here.
"""

from __future__ import annotations

from typing import ClassVar

from sim.columns import Column, Told
from sim.compiled import compiled
from sim.draws import Decision, uniform
from sim.lever import Lever
from sim.measures import Outcome, own_flow
from sim.parameters import parameter
from sim.rules.elsewhere import wage_elsewhere, would_go
from sim.rules.services import has_place_this_month, knows, pay
from sim.rules.working import sign_outside
from sim.states import Activity, Place
from sim.tables import Tables
from sim.units import Words, both


class LabourExport(Lever):
    """Parameters of labour export."""

    name: ClassVar[str] = "labour_export"
    label: ClassVar[Words] = both("Labour export", "劳务输出")
    summary: ClassVar[Words] = both(
        "Introduces residents who search to posts elsewhere; introductions are finite, and each weighs pay against ties and moving.",
        "为本地求职者介绍外地岗位；介绍名额有限，由本人权衡工资、牵挂与迁移成本。",
    )
    bought: ClassVar[dict[str, int]] = {"staff": 1}
    person: ClassVar[tuple[Column, ...]] = (
        Column(
            "introduced_elsewhere", "i2", "count", "introductions to employers elsewhere", took_part=True, counts=("served.labour_export",),
            told=Told("was introduced to {n:an employer|{n} employers} elsewhere", "获介绍外地岗位{n}个"),
        ),
        Column(
            "placed_elsewhere", "i2", "count", "contracts signed elsewhere through an introduction", counts=("labour_export_placed",),
            told=Told("signed there{n:times}", "据此签约外地{n}次"),
        ),
    )
    counts: ClassVar[tuple[str, ...]] = ("placed",)
    outcomes: ClassVar[tuple[Outcome, ...]] = (
        own_flow("labour_export_placed", "persons", "labour_export", "placed", "Signed elsewhere through an introduction", "经介绍签约外地人数"),
    )

    staff: int = parameter(0, unit="persons", low=0, high=10_000, source="choice of the planner", en="persons who make introductions", zh="劳务输出专员人数")
    introductions_per_staff_month: int = parameter(20, unit="persons/month", low=0, high=1000, prior=(5, 60), source="assumption", en="introductions that one of them makes in a month", zh="每名专员月介绍人次")
    demand: float = parameter(0.1, unit="1/month", low=0, high=1, prior=(0.02, 0.3), source="assumption", en="seekers who know of the service and ask for an introduction, a month", zh="知晓者月申请比例")
    initial_awareness: float = parameter(0.4, unit="share", low=0, high=1, prior=(0.2, 0.7), source="evidence 45", en="people who know of the service at the start", zh="初始知晓率")
    cost_per_introduction: int = parameter(100, unit="CNY/contact", low=0, high=100_000, source="assumption", en="cost of an introduction", zh="每次介绍成本")

    @property
    def offers_something(self) -> bool:
        """Whether anybody can be introduced."""
        return super().offers_something and self.staff * self.introductions_per_staff_month > 0

    @property
    def unit_cost(self) -> int:
        """Cost of an introduction, CNY."""
        return self.cost_per_introduction


@compiled
def introduce(world: Tables, day: int, identity: int) -> None:
    """One month of a resident: ask for an introduction, and weigh the offer that comes of it."""
    lever = world.rules.labour_export
    person = world.people[identity]
    if person.activity != Activity.SEARCHING or person.place != Place.RESIDENT or person.contract_day >= 0:
        return
    if not knows(world, person, lever.row) or uniform(world, Decision.INTRODUCTION_DEMAND, day, identity, 0) >= lever.demand:
        return
    service = world.services[lever.row]
    service.reached += 1
    if not has_place_this_month(world, day, lever.row, lever.staff * lever.introductions_per_staff_month) or not pay(world, lever.row, 1):
        service.turned_away += 1
        return
    service.this_month += 1
    service.served += 1
    person.introduced_elsewhere += 1
    wage = wage_elsewhere(world, day, identity, Decision.INTRODUCTION_WAGE)
    if would_go(world, day, identity, wage, Decision.INTRODUCTION_ACCEPT):
        sign_outside(world, day, identity, wage)
        person.placed_elsewhere += 1
        world.counts[lever.counts.placed] += 1
