"""What a lever says about itself: everything that others have to know of it is declared in its own file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar

from pydantic import Field

from sim.calendar import Horizon
from sim.columns import Column
from sim.measures import Outcome
from sim.parameters import ParameterGroup, parameter
from sim.states import Admission
from sim.units import Words

Rule = Callable[..., Any]
"""A compiled rule over the world."""

MEETINGS: dict[str, str] = {
    "services": "rule(world, day): once a day, when houses open and hours are divided",
    "month": "rule(world, day, identity): once a month, on a day of the person's own, when people look for help",
    "event": "rule(world, day, event): a day that the lever has planned with `events`",
    "search": "rule(world, day, identity): after a session of search on the boards",
    "trip": "rule(world, day, identity, cost) -> amount: somebody elsewhere weighs a trip of that cost, CNY; what the service would pay of it",
    "trip_made": "rule(world, day, identity, cost) -> amount: that person comes; what the service pays of it, CNY, into the person's savings",
    "offer": "rule(world, day, identity, post) -> amount: somebody weighs an offer; what the service adds to its pay, CNY a month",
    "pay_day": "rule(world, day, identity): once a month, before the wage is paid and the rent is due",
    "business": "rule(world, day, firm): once a month of a start-up in business, before its books are closed",
    "settling": "rule(world, day, identity) -> ties: once a month a resident thinks of leaving; ties that speak against it",
    "coming": "rule(world, day, person) -> amount: somebody weighs this market of a nation; what the service would give there, CNY a month",
}
"""Place in the day where people meet a lever without being sent there by name → what a rule takes and returns; `identity`, `event`, `post` and
`firm` are rows, by number. At `coming`, `person` is the row itself, as the person would be in this market: a copy, to be read."""


class Lever(ParameterGroup):
    """Base of one lever: a service that a planner may offer, its parameters, and what it brings into the world."""

    name: ClassVar[str]
    """Its key under ``policy.``, the name of its file, and of its numbers in ``world.rules``."""
    label: ClassVar[Words]
    """Language → what a reader calls it."""
    summary: ClassVar[Words]
    """Language → one sentence on what it changes."""
    person: ClassVar[tuple[Column, ...]] = ()
    """Columns of persons. Those with `took_part` say who received the service."""
    firm: ClassVar[tuple[Column, ...]] = ()
    """Columns of employers."""
    counts: ClassVar[tuple[str, ...]] = ()
    """Running counts of its own: ``world.counts[world.rules.NAME.counts.COUNT]``."""
    outcomes: ClassVar[tuple[Outcome, ...]] = ()
    """What is measured of it, beyond reached, served, turned away and spent."""
    services: ClassVar[dict[str, Admission]] = {}
    """Services of the lever that a trial can admit people to apart."""
    reaches_employers: ClassVar[bool] = False
    """It reaches employers or the other services: no person can be kept out of it."""
    goes_to_campuses: ClassVar[bool] = False
    """It needs a campus outside to go to."""
    passed_on: ClassVar[bool] = False
    """Employers who know of it tell those whom they call to an interview."""
    bought: ClassVar[dict[str, int]] = {}
    """Parameters of which money buys more or less, always in the same proportion → how much of each the smallest offer has, where a programme has
    none of them."""
    is_capital: ClassVar[bool] = False
    """What is bought is money lent or invested, which is no spending."""

    enabled: bool = Field(
        default=False,
        description="whether the service exists",
        json_schema_extra={"unit": "-", "source": "choice of the planner", "zh": "是否启用"},
    )
    budget: int | None = Field(
        default=None,
        ge=0,
        le=1_000_000_000_000_000,
        description="money that may be spent over the run; null: no limit",
        json_schema_extra={"unit": "CNY", "source": "choice of the planner", "zh": "预算上限（元），null 为不限"},
    )
    opening_date: date | None = parameter(
        None, unit="date", source="choice of the planner", en="first day on which the service is offered; null: the start of the run",
        zh="开办日期，null 为起始日",
    )  # fmt: skip
    closing_date: date | None = parameter(
        None, unit="date", source="choice of the planner",
        en="last day on which the service is offered, what has begun by then ends as agreed; null: the end of the run",
        zh="停办日期（最后受理日，已开始的按约履行），null 为模拟结束",
    )  # fmt: skip

    @classmethod
    def met(cls) -> dict[str, Rule]:
        """Place where people meet it, out of `MEETINGS` → compiled rule. Levers of this package are also called by name, where they bite."""
        return {}

    @classmethod
    def is_to_be_known(cls) -> bool:
        """Whether people have to know of it to use it; else it comes to them, or is for employers."""
        return "initial_awareness" in cls.model_fields

    @classmethod
    def is_for_firms(cls) -> bool:
        """Whether employers can know of it: it has a parameter `firm_awareness`, the share of them who do when they open."""
        return "firm_awareness" in cls.model_fields

    @property
    def offers_something(self) -> bool:
        """Whether anybody can get anything from this service. Each lever narrows it."""
        return self.enabled and self.budget != 0

    @property
    def unit_cost(self) -> int:
        """Price of a unit of service, CNY. What a unit is, each lever says."""
        return 0

    @property
    def numbers(self) -> dict[str, int]:
        """Numbers that rules read beside the parameters, such as what stands for a word. Most levers need none."""
        return {}

    @property
    def most_posts_a_day(self) -> int:
        """Posts that it may have opened on one day, at most."""
        return 0

    def events(self, horizon: Horizon) -> list[dict[str, int]]:
        """Return the planned days of the service, each as column of the table of events → value; those on which it is not offered are left out."""
        del horizon
        return []

    def furnish(self, world: Any) -> None:  # noqa: ANN401
        """Put into the world of the first morning what the service needs: houses, mentors, lenders. Most levers need nothing.

        Args:
            world: The `sim.world.World`, with its scenario, and its tables still without people.
        """
