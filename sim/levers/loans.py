"""Loans 青创贷: credit for young founders and for growing firms, within a credit line.

Mechanism: money buys what a firm sells with: who is short of it begins smaller, and a young firm that could sell more borrows to grow; a lower rate
makes more of it worth having. What is borrowed is repaid as the product says (`sim/rules/lending.py`), and whoever cannot closes: so a loan
helps by what it buys, and hurts where that does not carry it. A bank may lend without the scheme: what the scheme adds is what the bank would have
refused, or what at its rate was not worth having. Each lender has a line of its own and shares the risk with the guarantee in its own way.
One that approves the young firms of a start-up park in advance (预授信) tells them, too, and need not be looked for. Youth leaders and holders of the card
may pay a lower rate. A one-stop
hall (政务服务e大厅) shortens the time from founding to the first sale.
"""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np
from pydantic import model_validator

from sim.bilingual import Sentence
from sim.columns import LONGEST_RUN, Column, Told
from sim.compiled import NEVER, Row, compiled
from sim.draws import Decision, uniform
from sim.lever import Lever
from sim.measures import OF_FIRMS as NO_PERSON
from sim.measures import Counts, Outcome, World, flow, outcome
from sim.parameters import ParameterGroup, parameter
from sim.rules.services import is_admitted, pay
from sim.states import Count, Repayment
from sim.tables import Tables
from sim.units import Words, both


def _of_firms(world: World) -> Counts:
    """Return the amounts of the programme's loans to established firms."""
    loans, founders = world.tables["loans"], world.tables["employers"].column("founder")
    chosen = (loans.column("scheme") == 1) & (founders[loans.column("employer")] < 0)
    return np.asarray(loans.column("amount")[chosen], np.int64)


def _defaulted(world: World) -> Counts:
    """Count each founder's loans of the programme in default."""
    loans, founders = world.tables["loans"], world.tables["employers"].column("founder")
    founder = founders[loans.column("employer")]
    chosen = (loans.column("scheme") == 1) & (loans.column("defaulted") == 1) & (founder >= 0)
    return np.bincount(founder[chosen], minlength=world.tables["people"].count).astype(np.int64)

SCHEME_KEY = 10
"""What tells the luck of an application to the scheme from that of one to an ordinary bank."""
OF_FOUNDERS, OF_FIRMS, OF_YOUNG_FIRMS = range(3)
"""What a loan is for: to found a firm, an established firm's growth, a young firm's growth."""
Product = Literal["instalments", "interest_only", "bullet"]
"""How a loan is repaid: the names of `sim.states.Repayment`."""


class Lender(ParameterGroup):
    """One lender of the programme."""

    name: str = parameter(..., unit="-", source="see the programme's file", en="name in English", zh="英文名称")
    name_zh: str = parameter("", unit="-", source="see the programme's file", en="name in Chinese", zh="中文名称")
    share: float = parameter(1.0, unit="share", low=0, high=1, source="see the programme's file", en="share of the credit line", zh="占授信总额份额")
    guarantee_share: float = parameter(0.0, unit="share", low=0, high=1, source="see the programme's file", en="share of a default that the guarantee pays this lender", zh="担保代偿比例")
    founders: bool = parameter(default=True, unit="-", source="see the programme's file", en="lends to young founders", zh="面向创业青年")
    young_firms: bool = parameter(default=True, unit="-", source="see the programme's file", en="lends to firms of young founders that grow", zh="面向青年创办的成长企业")
    park_share: float = parameter(0.0, unit="share", low=0, high=1, source="see the programme's file", en="young firms that are in its start-up park: told and approved in advance, up to the ceiling; above zero, it lends to no others", zh="位于其创业园的青年企业占比：获告知并预授信至单笔上限；大于零时只贷给这些企业")
    firms: bool = parameter(default=True, unit="-", source="see the programme's file", en="lends to established firms that grow", zh="面向既有成长企业")


class Loans(Lever):
    """Parameters of the loan scheme."""

    name: ClassVar[str] = "loans"
    label: ClassVar[Words] = both("Loans", "创业贷款")
    summary: ClassVar[Words] = both(
        "Credit lets founders begin and firms grow, beyond what banks lend anyway; one-stop registration opens them sooner.",
        "贷款支持缺少积蓄者创业、企业扩张；一站式注册加快开业；银行原本会放的贷款不算新增。",
    )
    bought: ClassVar[dict[str, int]] = {"credit_line": 1_000_000}
    is_capital: ClassVar[bool] = True
    person: ClassVar[tuple[Column, ...]] = (
        Column(
            "loans_applied", "i4", "count", "loans of the programme applied for", most=2 * LONGEST_RUN, counts_partly=("loans_applied",),
            told=Told("applied for a loan of the programme{n:times}", "申请项目创业贷款{n}次", received=False),
        ),
        Column(
            "loans_granted", "i4", "count", "loans of the programme granted",
            most=2 * LONGEST_RUN, counts_partly=("loans_granted", "served.loans"), took_part=True, told_by="borrowed",
        ),
        Column("loan_amount", "i8", "CNY", "amount of these loans", counts_partly=("loan_amount_granted",), told=Told("borrowed {n} CNY", "获创业贷款{n}元", by="borrowed")),
    )
    outcomes: ClassVar[tuple[Outcome, ...]] = (
        flow("loans_applied", "loans", Count.LOANS_APPLIED, "Loans applied for", "贷款申请数"),
        flow("loans_granted", "loans", Count.LOANS_GRANTED, "Loans granted", "发放贷款数"),
        flow("loan_amount_granted", "CNY", Count.LOAN_AMOUNT_GRANTED, "Amount of loans granted", "发放贷款金额"),
        outcome("firm_loans_granted", "loans", "of these, to established firms", "其中向既有企业发放", final=lambda world: float(_of_firms(world).size), untraced=NO_PERSON),
        outcome("firm_loan_amount_granted", "CNY", "Amount of these", "向既有企业发放金额", final=lambda world: float(_of_firms(world).sum()), untraced=NO_PERSON),
        flow("loans_defaulted", "loans", Count.LOANS_DEFAULTED, "Loans in default", "违约贷款数", persons=_defaulted, partly=True),
    )

    credit_line: int = parameter(0, unit="CNY", low=0, high=10**12, source="choice of the planner", en="credit that the lenders grant in all", zh="授信总额")
    ceiling: int = parameter(300_000, unit="CNY", low=0, high=10**9, source="evidence, note on loans: 100,000-500,000 CNY", en="largest loan to a founder or a young firm", zh="创业者或青年企业单笔上限")
    firm_ceiling: int = parameter(5_000_000, unit="CNY", low=0, high=10**9, source="assumption", en="largest loan to an established firm", zh="既有企业单笔上限")
    rate_per_year: float = parameter(0.0385, unit="1/year", low=0, high=1, prior=(0.02, 0.06), source="assumption: the one-year benchmark of 2021", en="interest rate", zh="年利率")
    term_months: int = parameter(36, unit="months", low=1, high=240, source="evidence, note on loans: up to 3 years", en="term", zh="期限")
    repayment: Product = parameter("instalments", unit="-", source="assumption: evidence, notes on loans, banks differ", en="how a loan is repaid: instalments, equal parts of the principal every month; interest_only, the principal at the end; bullet, principal and interest at the end", zh="还款方式：instalments 为按月等额还本；interest_only 为到期还本；bullet 为到期一次还本付息")
    grace_months: int = parameter(0, unit="months", low=0, high=120, source="assumption: evidence, notes on loans, banks differ", en="months before the first part of the principal is due", zh="还本宽限期（月）")
    interest_months: int = parameter(1, unit="months", low=1, high=12, source="assumption: evidence, notes on loans, banks differ", en="months between the days on which interest is due: 1 or, by quarter, 3", zh="付息间隔（月）：1 为按月，3 为按季")
    interest_subsidy: float = parameter(0.0, unit="1/year", low=0, high=1, source="choice of the planner", en="part of the rate that the programme pays for the borrower, as a rate", zh="贴息利率（由项目代付的部分利率）")
    guarantee_share: float = parameter(0.8, unit="share", low=0, high=1, source="assumption", en="share of a default that the programme's guarantee pays", zh="担保代偿比例")
    approval: float = parameter(0.7, unit="share", low=0, high=1, prior=(0.4, 0.95), source="assumption", en="applications that the lenders approve", zh="审批通过率")
    initial_awareness: float = parameter(0.4, unit="share", low=0, high=1, prior=(0.2, 0.7), source="evidence 45", en="people who know of the scheme at the start", zh="初始知晓率")
    firm_awareness: float = parameter(0.4, unit="share", low=0, high=1, prior=(0.2, 0.7), source="assumption", en="established employers who know of the scheme when they open, the others by outreach; of a start-up, the founder has to know", zh="既有企业开业时知晓率（其余靠宣传；初创企业看创始人是否知晓）")
    leader_rate_cut: float = parameter(0.0, unit="share", low=0, high=1, source="choice of the planner", en="cut of the rate for youth leaders, relative", zh="青年带头人利率下浮比例")
    card_rate_cut: float = parameter(0.0, unit="share", low=0, high=1, source="choice of the planner", en="cut of the rate for holders of the discount card, relative; the larger of two cuts counts", zh="优惠卡持有人利率下浮比例（与带头人下浮取较大者）")
    one_stop_registration: bool = parameter(default=False, unit="-", source="choice of the planner", en="one-stop registration of new firms", zh="一站式注册登记")
    one_stop_days: int = parameter(3, unit="days", low=0, high=365, source="assumption", en="time of registration in the one-stop hall", zh="一站式注册天数")
    lenders: tuple[Lender, ...] = parameter((), unit="-", source="choice of the planner", en="lenders and their shares of the credit line; none: one lender with the guarantee above", zh="放贷机构及份额")
    cost_per_loan: int = parameter(500, unit="CNY/loan", low=0, high=1_000_000, source="assumption", en="administration of a loan", zh="每笔管理成本")

    @model_validator(mode="after")
    def _check(self) -> Loans:
        if self.lenders and sum(lender.share for lender in self.lenders) > 1 + 1e-9:
            message = Sentence("the shares of lenders are shares of one credit line: their sum must not exceed 1", "各放贷机构的份额之和不能超过 1")
            raise ValueError(message)
        return self

    @property
    def lends(self) -> bool:
        """Whether anybody can borrow."""
        return self.credit_line > 0 and max(self.ceiling, self.firm_ceiling) > 0 and self.approval > 0

    @property
    def offers_something(self) -> bool:
        """Whether anybody can borrow, or register faster."""
        return super().offers_something and (self.lends or self.one_stop_registration)

    @property
    def unit_cost(self) -> int:
        """Administration of a loan, CNY; what guarantee and interest subsidy pay is a fixed cost, what is lent is an asset and no cost."""
        return self.cost_per_loan

    @property
    def numbers(self) -> dict[str, int]:
        """How a loan is repaid, as rules read it."""
        return {"product": int(Repayment[self.repayment.upper()])}

    @property
    def all_lenders(self) -> tuple[Lender, ...]:
        """The lenders, or the one that stands for all."""
        return self.lenders or (Lender(name="lender", name_zh="放贷机构", guarantee_share=self.guarantee_share),)

    def furnish(self, world: World) -> None:
        """List the lenders and divide the credit line among them."""
        table, lenders = world.tables["lenders"], self.all_lenders
        table.reserve(len(lenders))
        table.count = len(lenders)
        left = self.credit_line
        for row, lender in enumerate(lenders):
            table.rows["line"][row] = min(left, round(self.credit_line * lender.share))
            left -= int(table.rows["line"][row])
            for name in ("guarantee_share", "founders", "young_firms", "firms", "park_share"):
                table.rows[name][row] = getattr(lender, name)


@compiled
def scheme_lends(world: Tables, aware: bool) -> bool:
    """Tell whether the scheme takes applications of somebody who knows of it or not."""
    service = world.services[world.rules.loans.row]
    return bool(service.on_offer == 1 and world.rules.loans.credit_line > 0 and aware)


@compiled
def apply_for_scheme(world: Tables, day: int, identity: int, purpose: int, amount: int) -> int:
    """Apply for a loan of the scheme.

    Args:
        world: The world.
        day: Day.
        identity: Row of the founder or, of an established firm, of the firm.
        purpose: What it is for (`OF_FOUNDERS` …).
        amount: Amount asked for, CNY, up to the ceiling.

    Returns:
        Row of the lender; NEVER where it was not approved, or no credit is left.
    """
    service = world.services[world.rules.loans.row]
    world.counts[Count.LOANS_APPLIED] += 1
    service.reached += 1
    found = park_lender(world, identity, amount) if purpose == OF_YOUNG_FIRMS else NEVER
    if found < 0:
        if uniform(world, Decision.BANK_APPROVAL, day, identity, SCHEME_KEY + purpose) >= world.rules.loans.approval:
            return NEVER
        found = find_lender(world, purpose, amount)
    if amount <= 0 or found < 0 or not pay(world, world.rules.loans.row, 1):
        service.turned_away += 1
        return NEVER
    service.served += 1
    world.lenders[found].granted += amount
    world.counts[Count.LOANS_GRANTED] += 1
    world.counts[Count.LOAN_AMOUNT_GRANTED] += amount
    return found


@compiled
def find_lender(world: Tables, purpose: int, amount: int) -> int:
    """Return the first lender that lends for the purpose and has credit left; NEVER where there is none."""
    for row in range(world.lenders.size):
        lender = world.lenders[row]
        suits = lender.founders if purpose == OF_FOUNDERS else lender.firms if purpose == OF_FIRMS else lender.young_firms
        if suits == 1 and lender.park_share == 0.0 and amount <= lender.line - lender.granted:
            return row
    return NEVER


@compiled
def park_lender(world: Tables, founder: int, amount: int) -> int:
    """Return the lender in whose park somebody's firm is, who has approved it in advance and has so much credit left; NEVER where there is none."""
    for row in range(world.lenders.size):
        lender = world.lenders[row]
        if lender.park_share > 0.0 and uniform(world, Decision.PARK, 0, founder, row) < lender.park_share:
            if lender.young_firms == 1 and amount <= lender.line - lender.granted:
                return row
    return NEVER


@compiled
def is_approved_in_advance(world: Tables, founder: int) -> bool:
    """Tell whether somebody's firm may have a loan of the scheme without looking for it."""
    if not scheme_lends(world, is_admitted(world.people[founder], world.rules.loans.row)):
        return False
    return park_lender(world, founder, int(world.rules.behaviour.loan_least)) >= 0


@compiled
def cut_for(world: Tables, person: Row) -> float:
    """Return the part of the rate that is cut for a person: for youth leaders and holders of the card."""
    return float(max(world.rules.loans.leader_rate_cut * person.leader, world.rules.loans.card_rate_cut * person.card))


@compiled
def rate_for(world: Tables, cut: float) -> float:
    """Return the interest rate of the programme, of which a part may be cut."""
    return float(world.rules.loans.rate_per_year * (1.0 - cut))


@compiled
def rate_to_pay(world: Tables, cut: float) -> float:
    """Return what of the programme's rate is left for the borrower to pay."""
    return max(0.0, rate_for(world, cut) - world.rules.loans.interest_subsidy)


@compiled
def registration_days(world: Tables) -> int:
    """Return how long it takes until a new firm may sell."""
    if world.services[world.rules.loans.row].on_offer == 1 and world.rules.loans.one_stop_registration == 1:
        return int(min(world.rules.loans.one_stop_days, world.rules.behaviour.registration_days))
    return int(world.rules.behaviour.registration_days)


@compiled
def apply_for_bank_loan(world: Tables, day: int, identity: int, purpose: int, amount: int) -> bool:
    """Apply for an ordinary bank loan. Returns whether it is granted."""
    if amount <= 0 or uniform(world, Decision.BANK_APPROVAL, day, identity, purpose) >= world.rules.behaviour.bank_approval:
        return False
    world.counts[Count.BANK_LOANS_GRANTED] += 1
    return True
