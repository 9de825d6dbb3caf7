"""Equity 股权投资: a fund invests in a few growth firms.

Mechanism: the fund looks at some private employers and takes the one whose project promises most, if it promises enough; the money carries
posts over the firm's plan. A firm that has been financed this way does not come to a bank with the same project a year long: what the fund
adds is what the bank would not have financed.
"""

from __future__ import annotations

from typing import ClassVar

from sim.calendar import Horizon, planned_days
from sim.columns import Column
from sim.compiled import NEVER, Row, compiled
from sim.draws import Decision, uniform
from sim.lever import Lever, Rule
from sim.measures import OF_FIRMS, Outcome, flow
from sim.parameters import parameter
from sim.rules.services import pay
from sim.rules.ventures import expected_return
from sim.states import Count, EventKind
from sim.tables import Tables
from sim.units import Words, both


class Equity(Lever):
    """Parameters of equity investments."""

    name: ClassVar[str] = "equity"
    label: ClassVar[Words] = both("Equity", "股权投资")
    summary: ClassVar[Words] = both(
        "A fund invests in a few growth firms, whose plans then carry more posts.",
        "基金投资少数成长企业，其用工计划随之扩大。",
    )
    bought: ClassVar[dict[str, int]] = {"investments": 1, "amount": 1_000_000}
    is_capital: ClassVar[bool] = True
    reaches_employers: ClassVar[bool] = True
    firm: ClassVar[tuple[Column, ...]] = (
        Column("equity", "i8", "CNY", "equity received from a fund"),
    )
    outcomes: ClassVar[tuple[Outcome, ...]] = (
        flow("equity_invested", "CNY", Count.EQUITY_INVESTED, "Equity invested", "股权投资金额", untraced=OF_FIRMS),
        flow("equity_firms", "firms", Count.EQUITY_FIRMS, "Firms with equity", "获股权投资企业数", untraced=OF_FIRMS),
    )

    amount: int = parameter(0, unit="CNY", low=0, high=10**11, source="choice of the planner", en="money that the funds invest during the run, in equal parts", zh="投资总额")
    investments: int = parameter(0, unit="firms", low=0, high=10_000, source="choice of the planner", en="investments during the run", zh="投资企业数")
    hurdle: float = parameter(0.15, unit="1/year", low=0, high=5, prior=(0.08, 0.3), source="assumption", en="lowest expected return of a project that a fund takes", zh="最低预期回报率")
    candidates: int = parameter(20, unit="firms", low=1, high=10000, prior=(5, 50), source="assumption", en="firms that the fund looks at for one investment", zh="每笔投资考察的企业数")
    financed_days: int = parameter(365, unit="days", low=0, high=3660, prior=(180, 730), source="assumption", en="time for which a firm with fresh equity brings no project to a bank", zh="获投企业不再申请贷款的天数")
    cost_per_investment: int = parameter(100_000, unit="CNY/firm", low=0, high=10**8, source="assumption", en="cost of examining and closing an investment; the investment itself is an asset and no cost", zh="每笔投资的尽调与管理成本")

    @classmethod
    def met(cls) -> dict[str, Rule]:
        """Where people meet it, besides the phases that call it by name."""
        return {"event": invest}

    @property
    def offers_something(self) -> bool:
        """Whether any firm can be invested in."""
        return super().offers_something and self.amount > 0 and self.investments > 0

    @property
    def unit_cost(self) -> int:
        """Cost of one investment, CNY."""
        return self.cost_per_investment

    def events(self, horizon: Horizon) -> list[dict[str, int]]:
        """Rounds of the fund, spread over the run."""
        return [{"kind": EventKind.EQUITY_ROUND, "day": day, "places": 1} for day in planned_days(horizon.first_day, horizon.last_day, self.investments)]


@compiled
def invest(world: Tables, day: int, event_row: int) -> None:
    """Hold one round: invest in the best project, if it clears the hurdle and the firm has no fund yet."""
    event = world.events[event_row]
    number = event.key
    service = world.services[world.rules.equity.row]
    best = NEVER
    best_return = world.rules.equity.hurdle
    for attempt in range(world.rules.equity.candidates):
        row = int(world.slots[int(uniform(world, Decision.EQUITY_CANDIDATE, day, number, attempt) * world.rows_in_use.regular_slots)].employer)
        employer = world.employers[row]
        if employer.alive == 0 or employer.state_owned == 1 or employer.equity > 0 or employer.loan >= 0:
            continue
        expected = expected_return(world, Decision.EQUITY_RETURN, day, row)
        if expected > best_return:
            best = row
            best_return = expected
    service.reached += world.rules.equity.candidates
    if best < 0:
        return
    if not pay(world, world.rules.equity.row, 1):
        service.turned_away += 1
        return
    event.taken += 1
    service.served += 1
    amount = world.rules.equity.amount // world.rules.equity.investments
    employer = world.employers[best]
    employer.equity += amount
    employer.target_staff += int(amount / world.rules.behaviour.equity_per_post + 0.5)
    if employer.growth_day >= 0:
        employer.growth_day = max(employer.growth_day, day + world.rules.equity.financed_days)
    world.counts[Count.EQUITY_INVESTED] += amount
    world.counts[Count.EQUITY_FIRMS] += 1


@compiled
def lose_equity(world: Tables, employer: Row) -> None:
    """Write off what a fund has invested in a firm that closes."""
    world.counts[Count.EQUITY_LOST] += employer.equity
    employer.equity = 0
