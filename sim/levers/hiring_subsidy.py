"""Hiring subsidy 吸纳就业补贴: money to an employer for a young person hired and kept for some months.

Mechanism: who knows of it, and to whom it is worth the paper work, ranks applicants whom it is for higher by the money, opens posts sooner for it, and
claims it for every hire that qualifies (`sim/rules/subsidised.py`). A claim is filed on the first day of work, in drawn order while places and money
last, and sets the money aside; it is paid once the person has been kept for `kept_months`, and lapses if the job ends before. How many know and
claim, how many hires are paid for that would have come about anyway, whom it costs a post and what posts it adds, all follow; none is a parameter.
"""

from __future__ import annotations

import math
from typing import ClassVar, Literal

import numpy as np

from sim.calendar import MONTH_DAYS
from sim.columns import Column, Told
from sim.compiled import Row, compiled
from sim.draws import Decision, uniform
from sim.lever import Lever, Rule
from sim.measures import NO_COLUMN, OF_FIRMS, Outcome, World, outcome, own_flow
from sim.parameters import parameter
from sim.rules.queues import Queue, call_in, join_queue, open_queue
from sim.rules.services import pay_promised, promise
from sim.rules.subsidised import is_subsidised, is_to_be_had
from sim.states import Activity, Cash, Education
from sim.tables import Tables
from sim.units import Words, both

Tier = Literal["vocational", "bachelor", "master"]
"""Names of `sim.states.Education`."""


def _who_claim(world: World) -> float:
    return float(np.sum(world.tables["employers"].column("hires_claimed") > 0))


class HiringSubsidy(Lever):
    """Parameters of the hiring subsidy."""

    name: ClassVar[str] = "hiring_subsidy"
    label: ClassVar[Words] = both("Hiring subsidy", "吸纳就业补贴")
    summary: ClassVar[Words] = both(
        "Employers who know of it are paid for graduates hired and kept: these are ranked higher, and posts that yield more are opened.",
        "知晓政策的单位录用并留用毕业生后领取补贴：符合条件者排序靠前，岗位收益提高、相应增设岗位。",
    )
    bought: ClassVar[dict[str, int]] = {"places": 10}
    person: ClassVar[tuple[Column, ...]] = (
        Column(
            "hires_claimed_for", "i2", "count", "jobs for which the employer has claimed the hiring subsidy", took_part=True,
            counts=("subsidised_hires", "served.hiring_subsidy"),
            told=Told("was hired by an employer that claimed the hiring subsidy{n:times}", "获用人单位以吸纳就业补贴录用{n}次"),
        ),
        Column(
            "hires_paid_for", "i2", "count", "jobs for which it was paid", counts=("hiring_subsidies_paid",),
            told=Told("stayed long enough for the subsidy to be paid to the employer{n:times}", "留任满期，用人单位领到吸纳就业补贴{n}次"),
        ),
        Column("hiring_claim", "i1", "0/1", "the employer waits for the hiring subsidy for the present job", left_out="a plan: told when it is paid"),
        Column("qualifies", "i1", "0/1", "the present job began as one that the hiring subsidy is for", left_out="told when the employer claims it"),
    )
    firm: ClassVar[tuple[Column, ...]] = (
        Column("claim_worth", "f8", "CNY", "what the hiring subsidy is worth to it for one who stays, the paper work deducted"),
        Column("hires_claimed", "i4", "count", "hires for which it has claimed the hiring subsidy"),
    )
    counts: ClassVar[tuple[str, ...]] = ("claimed", "paid", "lapsed")
    outcomes: ClassVar[tuple[Outcome, ...]] = (
        own_flow("subsidised_hires", "persons", "hiring_subsidy", "claimed", "Hires with a hiring subsidy claimed", "申领吸纳就业补贴的录用人数"),
        own_flow("hiring_subsidies_paid", "persons", "hiring_subsidy", "paid", "of these, kept and paid for", "其中留用满期并已发放"),
        own_flow("hiring_subsidies_lapsed", "persons", "hiring_subsidy", "lapsed", "of these, left before it was due", "其中未满期离职", untraced=NO_COLUMN),
        outcome("hiring_subsidy_claimants", "employers", "Employers that have claimed the hiring subsidy", "申领过吸纳就业补贴的单位数", final=_who_claim, untraced=OF_FIRMS),
    )

    amount: int = parameter(0, unit="CNY/person", low=0, high=1_000_000, source="choice of the planner, order of evidence 97", en="subsidy for one person hired and kept, in prices of the start year", zh="每吸纳一人的补贴（起始年价格）")
    kept_months: int = parameter(3, unit="months", low=0, high=60, source="evidence 97", en="months for which the person has to be kept before it is paid", zh="须留用满的月数")
    places: int | None = parameter(None, unit="persons", low=0, high=100_000_000, source="choice of the planner", en="hires that are subsidised over the run; null: no limit", zh="补贴名额（人），null 为不限")
    graduated_within_months: int = parameter(24, unit="months", low=1, high=1200, source="evidence 97", en="time since graduation within which a hire is subsidised; students who begin after graduation are", zh="毕业后可享补贴的期限（月），毕业后入职的在校生亦可")
    unemployed_months: int = parameter(0, unit="months", low=0, high=120, source="choice of the planner", en="months for which the person has to have searched here without work; 0: not asked for", zh="须在本地失业求职满的月数，0 为不要求")
    lowest_education: Tier = parameter("vocational", unit="-", source="choice of the planner", en="lowest education of a person for whom it is paid: vocational, bachelor or master", zh="享受补贴的最低学历：vocational 高职、bachelor 本科、master 硕士")
    largest_employer: int | None = parameter(None, unit="persons", low=1, high=1_000_000, source="choice of the planner", en="largest young staff of an employer that may claim; null: any", zh="可申领单位的最大青年员工数，null 为不限")
    private_only: bool = parameter(default=False, unit="-", source="choice of the planner", en="state-owned employers may not claim", zh="国有单位不可申领")
    firm_awareness: float = parameter(0.4, unit="share", low=0, high=1, prior=(0.1, 0.7), source="evidence 98", en="employers who know of the subsidy when they open, the others by outreach", zh="单位开业时知晓率（其余靠宣传）")
    paper_work: float = parameter(300, unit="CNY/person", low=0, high=1_000_000, prior=(0, 1500), source="assumption: a day's work", en="what a claim costs the employer in time, at the middle one of employers", zh="单位每次申领的手续成本（中位数）")
    paper_work_spread: float = parameter(1.0, unit="log sd", low=0, high=5, prior=(0.3, 2), source="assumption", en="spread of that cost among employers", zh="手续成本在单位间的离散度")
    administration: int = parameter(20, unit="CNY/person", low=0, high=100_000, source="assumption", en="cost of examining and paying a claim", zh="每次审核发放的管理成本")

    @classmethod
    def met(cls) -> dict[str, Rule]:
        """Where people meet it, besides the phases that call it by name."""
        return {"pay_day": pay_for_kept}

    @property
    def offers_something(self) -> bool:
        """Whether any employer can get anything."""
        return super().offers_something and self.amount > 0 and self.places != 0

    @property
    def unit_cost(self) -> int:
        """Cost of a hire that was kept: what the employer gets, and the administration, CNY."""
        return self.amount + self.administration

    @property
    def numbers(self) -> dict[str, int]:
        """The lowest education, as rules read it."""
        return {"least_education": int(Education[self.lowest_education.upper()])}


@compiled
def note_hire(world: Tables, day: int, person: Row) -> None:
    """Note of somebody who is about to begin a job whether it is one that the subsidy is for."""
    if world.services[world.rules.hiring_subsidy.row].on_offer == 1:
        person.qualifies = int(is_subsidised(world, day, person))


@compiled
def claim_for_hires(world: Tables, day: int, listed: int, of_travellers: bool) -> None:
    """Let employers claim for those who have begun a job today, in drawn order; and remember what part of all hires the subsidy is for.

    Args:
        world: The world.
        day: Day.
        listed: Length of the list of those among whom they are.
        of_travellers: Whether it lies over the travellers; else it is the list of who is due.
    """
    if world.services[world.rules.hiring_subsidy.row].on_offer == 0:
        return
    plan = world.plan
    kept = math.exp(-1.0 / (MONTH_DAYS * world.rules.market.queue_months))
    plan.hires *= kept
    plan.hires_subsidised *= kept
    open_queue(world, listed // MONTH_DAYS)
    for index in range(listed):
        identity = world.travellers[index] if of_travellers else world.due[index]
        person = world.people[identity]
        if person.job_start_day != day or person.activity != Activity.EMPLOYED or person.employer < 0:
            continue
        plan.hires += 1.0
        if person.qualifies == 1:
            plan.hires_subsidised += 1.0
            join_queue(world, identity, uniform(world, Decision.QUEUE_OF_DAY, day, identity, Queue.HIRES))
    for index in range(call_in(world)):
        _claim(world, world.people[world.queue[index]])


@compiled
def _claim(world: Tables, person: Row) -> None:
    """Claim for one hire, if the employer knows and it is worth the paper work: the money is set aside until the person has been kept."""
    lever = world.rules.hiring_subsidy
    service, employer = world.services[lever.row], world.employers[person.employer]
    if employer.claim_worth <= 0.0:
        return
    service.reached += 1
    if not is_to_be_had(world) or not promise(world, lever.row, 1):
        service.turned_away += 1
        return
    service.in_use += 1
    service.served += 1
    person.hiring_claim = 1
    person.hires_claimed_for += 1
    employer.hires_claimed += 1
    world.counts[lever.counts.claimed] += 1


@compiled
def pay_for_kept(world: Tables, day: int, identity: int) -> None:
    """Once a month: pay the employer of somebody who has been kept for long enough."""
    person = world.people[identity]
    lever = world.rules.hiring_subsidy
    if person.hiring_claim == 0 or day - person.job_start_day < lever.kept_months * MONTH_DAYS:
        return
    employer = world.employers[person.employer]
    if employer.alive == 0:
        return
    person.hiring_claim = 0
    person.hires_paid_for += 1
    pay_promised(world, lever.row, 1)
    world.counts[lever.counts.paid] += 1
    if employer.founder >= 0 and employer.handed_on == 0:
        employer.cash += lever.amount
        world.cashbook[Cash.HIRING_SUBSIDIES] += lever.amount
