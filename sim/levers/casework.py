"""Casework 青春台账: one record a person, a file and a plan for those whom caseworkers can carry, matched referrals, follow-up after hiring.

Mechanism: visits and calls put residents without work on record; caseworkers open a file for who is on record, or asks for one. A caseworker makes a plan with the client (a better aim, hours saved, what the market pays), and at each contact may propose a post that fits, out of those that
the employers' ledger knows; the client weighs it like any other and applies with an introduction, after which less misleads the employer. After hiring,
follow-up may settle a trouble that would end the job. More clients than a caseworker can carry dilute all of it.
"""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from sim.bilingual import Sentence
from sim.calendar import MONTH_DAYS
from sim.columns import LONGEST_RUN, Column, Told
from sim.compiled import NEVER, Row, compiled
from sim.draws import Decision, uniform
from sim.lever import Lever
from sim.measures import OF_A_SHARE, Outcome, World, flow, in_column, of_service, outcome, own_flow
from sim.parameters import parameter
from sim.rules.applying import look_for_post, submit
from sim.rules.help import help_search, tell_of_market
from sim.rules.services import firm_knows, knows, pay_promised, promise, release
from sim.rules.telling import is_on_record
from sim.rules.working import talk_trouble_over
from sim.states import Activity, Channel, Count, Help, Place, ServiceEntry
from sim.tables import Tables
from sim.units import Words, both

NOBODY_SEARCHES = Sentence("nobody here has left education and searches at the end", "期末本地没有已离校的求职青年")


def _on_record(world: World) -> Any:  # noqa: ANN401
    """Tell of each resident who searches whether he or she is on record, or has a file."""
    people = world.tables["people"]
    recorded = (people.column("record_day") >= 0) & (people.column("record_day") >= people.column("job_start_day"))
    found = recorded | (people.column("case_file") >= 0)
    searches = (people.column("activity") == Activity.SEARCHING) & (people.column("place") == Place.RESIDENT)
    return found[searches].astype(np.float64)


class Casework(Lever):
    """Parameters of casework."""

    name: ClassVar[str] = "casework"
    label: ClassVar[Words] = both("Casework", "青春台账帮扶")
    summary: ClassVar[Words] = both(
        "One file, one plan, matched referrals and follow-up for unemployed residents; too many clients dilute it.",
        "一人一档、一生一策、岗位推荐与跟踪回访；超负荷会稀释效果。",
    )
    bought: ClassVar[dict[str, int]] = {"caseworkers": 1}
    person: ClassVar[tuple[Column, ...]] = (
        Column("record_day", "i4", "day", "day on which the person was last put on record in the ledger", NEVER, most=LONGEST_RUN),
        Column(
            "records", "i2", "count", "times put on record in the ledger", counts=("records",),
            told=Told("was put on record in the ledger of casework{n:times}", "录入青春台账{n}次", received=False),
        ),
        Column(
            "case_file", "i4", "row", "open case file, or none", NEVER,
            told=Told(falls_en="had the case file closed", falls_zh="台账销号", received=False),
        ),
        Column("last_case_day", "i4", "day", "day on which the latest file was opened", NEVER, most=LONGEST_RUN),
        Column(
            "case_files", "i2", "count", "case files opened", took_part=True, counts=("cases_opened", "served.casework"),
            told=Told("had {n:a case file|{n} case files} opened", "建立青春台账{n}次"),
        ),
        Column(
            "case_contacts", "i4", "count", "contacts with a caseworker",
            most=LONGEST_RUN, told=Told("talked with the caseworker{n:times}", "与帮扶专员联系{n}次"),
        ),
        Column(
            "referrals", "i4", "count", "matched referrals to posts", most=LONGEST_RUN, counts=("referrals",),
            told=Told("was referred to {n:a post|{n} posts} by the caseworker", "获专员推荐岗位{n}个"),
        ),
        Column(
            "referral_hires", "i2", "count", "jobs begun through a referral of a caseworker", counts=("referrals_hired",),
            left_out="repeats a job that is told",
        ),
    )
    counts: ClassVar[tuple[str, ...]] = ("records",)
    outcomes: ClassVar[tuple[Outcome, ...]] = (
        own_flow("records", "persons", "casework", "records", "Put on record in the ledger of casework", "录入青春台账人次"),
        outcome(
            "on_record_share", "share", "Unemployed on record", "失业青年在册率",
            ("of residents who search, those on record in the ledger or with a case file, at the end", "期末在台账登记或建档者占本地求职青年的比例"),
            sample=_on_record, undefined=NOBODY_SEARCHES, untraced=OF_A_SHARE,
        ),
        flow("cases_opened", "persons", Count.CASES_OPENED, "Case files opened", "建立青春台账人数"),
        of_service("cases_open", "persons", "casework", ServiceEntry.IN_USE, "Case files open", "在册帮扶人数", persons=in_column("case_file", above=NEVER)),
        flow("referrals", "applications", Count.REFERRALS, "Matched referrals by caseworkers", "专员推荐岗位人次"),
        flow("referrals_hired", "persons", Count.REFERRALS_HIRED, "Hires through referrals by caseworkers", "专员推荐入职人数"),
    )

    caseworkers: int = parameter(0, unit="persons", low=0, high=100_000, source="choice of the planner", en="caseworkers", zh="帮扶专员人数")
    clients_per_caseworker: int = parameter(50, unit="persons", low=0, high=10_000, source="evidence 41", en="clients that a caseworker carries in full; more dilute the work", zh="每名专员足额服务人数")
    overload: float = parameter(2.0, unit="ratio", low=1, high=20, source="assumption", en="clients accepted at most, relative to those carried in full", zh="最大接案倍数")
    contact_interval_days: int = parameter(14, unit="days", low=1, high=365, source="assumption", en="days between contacts", zh="联系间隔天数")
    longest_months: int = parameter(12, unit="months", low=1, high=60, source="assumption", en="longest time that a file stays open before a job is found", zh="最长帮扶月数")
    files_per_person: int = parameter(4, unit="count", low=1, high=1000, source="assumption", en="case files kept at most, over the run, relative to the people there are", zh="可建档案总数与人数之比上限")
    followup_months: int = parameter(3, unit="months", low=0, high=60, source="assumption", en="follow-up after hiring", zh="就业后跟踪月数")
    firm_awareness: float = parameter(0.5, unit="share", low=0, high=1, prior=(0.2, 0.9), source="assumption", en="employers who tell the caseworkers of their posts from their opening on; others after outreach", zh="开业时即向专员提供岗位需求的单位占比（其余靠宣传）")
    referral_share: float = parameter(0.5, unit="share", low=0, high=1, prior=(0.2, 0.9), source="assumption", en="contacts, in full casework, at which a post is looked up", zh="足额服务时每次联系推荐岗位概率")
    demand: float = parameter(0.25, unit="1/month", low=0, high=1, prior=(0.1, 0.6), source="assumption", en="seekers who know of casework and open a file, a month", zh="知晓者月建档比例")
    initial_awareness: float = parameter(0.4, unit="share", low=0, high=1, prior=(0.2, 0.7), source="evidence 45", en="people who know of the service at the start", zh="初始知晓率")
    cost_per_contact: int = parameter(40, unit="CNY/contact", low=0, high=100_000, source="assumption", en="cost of a contact", zh="每次联系成本")

    @property
    def offers_something(self) -> bool:
        """Whether anybody can have a file."""
        return super().offers_something and self.caseworkers * self.clients_per_caseworker > 0

    @property
    def unit_cost(self) -> int:
        """Cost of a contact, CNY."""
        return self.cost_per_contact

    @property
    def contacts_promised(self) -> int:
        """Contacts that the budget sets aside for one file."""
        return 1 + MONTH_DAYS * (self.longest_months + self.followup_months) // self.contact_interval_days

    def furnish(self, world: World) -> None:
        """Make room for the files."""
        world.tables["cases"].reserve(world.tables["people"].capacity * self.files_per_person)


@compiled
def carried_in_full(world: Tables, duty: Row) -> int:
    """Return the clients that caseworkers, and the organisation's hours, carry in full today."""
    return int(world.rules.casework.caseworkers * world.rules.casework.clients_per_caseworker + duty.clients)


@compiled
def contacts_of_file(world: Tables) -> int:
    """Return the contacts that the budget sets aside for one file."""
    return int(1 + MONTH_DAYS * (world.rules.casework.longest_months + world.rules.casework.followup_months) // world.rules.casework.contact_interval_days)


@compiled
def open_file(world: Tables, day: int, identity: int, duty: Row) -> None:
    """Open a file for an unemployed resident who is on record, or knows of casework and asks, once a search, while there is room and money."""
    person = world.people[identity]
    service = world.services[world.rules.casework.row]
    if service.on_offer == 0 or person.case_file >= 0 or person.activity != Activity.SEARCHING or person.place != Place.RESIDENT:
        return
    if person.contract_day >= 0 or world.rows_in_use.cases >= world.cases.size or person.last_case_day >= max(0, person.searching_since):
        return
    if not is_on_record(person) and not _asks(world, day, identity):
        return
    service.reached += 1
    full = carried_in_full(world, duty)
    if service.in_use >= int(full * world.rules.casework.overload) or not promise(world, world.rules.casework.row, contacts_of_file(world)):
        service.turned_away += 1
        return
    number = world.rows_in_use.cases
    world.rows_in_use.cases += 1
    case = world.cases[number]
    case.person = identity
    case.opened_day = day
    case.next_day = day + 1
    case.promised = contacts_of_file(world)
    person.case_file = number
    person.case_files += 1
    person.last_case_day = day
    service.in_use += 1
    service.served += 1
    world.counts[Count.CASES_OPENED] += 1


@compiled
def _asks(world: Tables, day: int, identity: int) -> bool:
    """Tell whether somebody who knows of casework asks for a file this month."""
    knowing = knows(world, world.people[identity], world.rules.casework.row)
    return bool(knowing and uniform(world, Decision.CASE_DEMAND, day, identity, 0) < world.rules.casework.demand)


@compiled
def keep_in_touch(world: Tables, day: int, duty: Row) -> None:
    """Make the contacts of the day."""
    service = world.services[world.rules.casework.row]
    if service.in_use == 0:
        return
    quality = min(1.0, carried_in_full(world, duty) / max(1.0, float(service.in_use))) * duty.quality
    mark_moves = True
    for number in range(world.rows_in_use.first_open_case, world.rows_in_use.cases):
        case = world.cases[number]
        if case.closed_day >= 0:
            if mark_moves:
                world.rows_in_use.first_open_case = number + 1
            continue
        mark_moves = False
        if case.next_day != day:
            continue
        person = world.people[case.person]
        if _is_over(world, day, case, person):
            _close_file(world, day, case, person)
            continue
        pay_promised(world, world.rules.casework.row, 1)
        case.promised -= 1
        case.contacts += 1
        person.case_contacts += 1
        case.next_day = day + world.rules.casework.contact_interval_days
        if case.hired_day < 0:
            if case.contacts == 1:
                _make_plan(world, day, person, quality)
            _refer(world, day, case.person, quality)
        elif person.activity == Activity.EMPLOYED:
            talk_trouble_over(world, day, case.person, quality * world.rules.behaviour.trouble_settled)


@compiled
def _is_over(world: Tables, day: int, case: Row, person: Row) -> bool:
    """Tell whether a file is to be closed: gone, out of contacts, follow-up over, or no job after the longest time."""
    works = person.activity == Activity.EMPLOYED or person.activity == Activity.FOUNDER
    if person.place == Place.ELSEWHERE or case.promised <= 0:
        return True
    if works and case.hired_day < 0:
        case.hired_day = day
    if not works:
        case.hired_day = NEVER
        return bool(day - case.opened_day >= MONTH_DAYS * world.rules.casework.longest_months)
    return bool(person.employer < 0 or day - case.hired_day >= MONTH_DAYS * world.rules.casework.followup_months)


@compiled
def _close_file(world: Tables, day: int, case: Row, person: Row) -> None:
    release(world, world.rules.casework.row, case.promised)
    case.promised = 0
    case.closed_day = day
    case.next_day = NEVER
    person.case_file = NEVER
    world.services[world.rules.casework.row].in_use -= 1


@compiled
def _make_plan(world: Tables, day: int, person: Row, quality: float) -> None:
    """The first contact: wish, school, field, skill are written down, and a plan is made; a second file in the same search adds nothing to it."""
    behaviour = world.rules.behaviour
    if help_search(world, day, person, Help.PLAN, quality, behaviour.plan_hours, behaviour.plan_targeting, 0.0):
        tell_of_market(world, person, quality * behaviour.plan_news, quality * behaviour.plan_news)


@compiled
def _refer(world: Tables, day: int, identity: int, quality: float) -> None:
    """Look a matching post up in the ledger of employers' needs, and introduce the client."""
    person = world.people[identity]
    if person.contract_day >= 0 or person.activity != Activity.SEARCHING:
        return
    if uniform(world, Decision.CASE_REFERRAL, day, identity, 0) >= quality * world.rules.casework.referral_share:
        return
    number = look_for_post(world, Decision.CASE_POST, day, identity, world.rules.behaviour.referral_looks)
    if number < 0:
        return
    if not firm_knows(world, world.employers[world.posts[number].employer], world.rules.casework.row):
        return
    if submit(world, day, identity, number, Channel.CASEWORK):
        person.referrals += 1
        world.counts[Count.REFERRALS] += 1
