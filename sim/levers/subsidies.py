"""Subsidies 津梧桐 and discount card 齐青卡: rent, home purchase and start-up money by education tier, costs of search; a cheaper daily life.

Mechanism: a rent subsidy is so much less of rent, for who knows of it: in posts applied for, offers taken, and in staying. Costs of search that are
paid make an application cheaper, so that more is searched while they are. Money brings a home of
one's own within reach, fills part of a founder's capital. The amount of the card is borne by merchants.
"""

from __future__ import annotations

import math
from typing import ClassVar

from sim.calendar import YEAR_DAYS, YEAR_MONTHS
from sim.columns import Column, Told
from sim.compiled import Row, compiled
from sim.draws import Decision, normal, uniform
from sim.lever import Lever, Rule
from sim.measures import Outcome, flow
from sim.parameters import parameter
from sim.rules.services import can_pay, has_begun, knows, pay, pay_promised, promise, release
from sim.rules.utility import comes_daily, months_searched
from sim.states import Activity, Count, Education, Money, Place
from sim.tables import Tables
from sim.units import Words, both


class Subsidies(Lever):
    """Parameters of subsidies. Amounts are for a bachelor."""

    name: ClassVar[str] = "subsidies"
    label: ClassVar[Words] = both("Subsidies", "补贴与优惠卡")
    summary: ClassVar[Words] = both(
        "Money for rent, a home or a new firm, and a discount card, change what living and founding here cost.",
        "租房、购房、创业补贴与优惠卡降低在本地生活和创业的成本。",
    )
    bought: ClassVar[dict[str, int]] = {"rent_per_month": 10, "home_purchase": 0, "startup_grant": 0, "search_share": 0, "card_places": 0}
    person: ClassVar[tuple[Column, ...]] = (
        Column(
            "rent_months", "i4", "months", "months of rent subsidy left",
            most=120, line=5, left_out="a plan: the subsidy is told when it is received",
        ),
        Column("rent_granted", "i1", "0/1", "has applied for the rent subsidy", line=5, told=Told("applied for the rent subsidy", "申请租房补贴", received=False)),
        Column("rent_subsidy", "i8", "CNY/month", "rent subsidy granted", most=100_000 * 10),
        Column("card", "i1", "0/1", "holds the discount card", line=5, took_part=True, told=Told("took the discount card", "领取优惠卡")),
        Column(
            "subsidies", "i8", "CNY", "subsidies received", took_part=True, counts=("subsidies_paid",),
            told=Told("received {n} CNY of subsidies", "领取补贴{n}元"),
        ),
        Column(
            "search_paid", "i8", "CNY", "costs of search paid by the programme", took_part=True,
            told=Told("had {n} CNY of the costs of search paid", "获求职花费补助{n}元"),
        ),
    )
    outcomes: ClassVar[tuple[Outcome, ...]] = (
        flow("subsidies_paid", "CNY", Count.SUBSIDIES_PAID, "Subsidies paid to persons", "发放补贴金额"),
    )

    rent_per_month: int = parameter(0, unit="CNY/month", low=0, high=100_000, source="choice of the planner", en="rent subsidy", zh="租房补贴（每月）")
    rent_months: int = parameter(24, unit="months", low=0, high=120, source="assumption", en="length of the rent subsidy", zh="租房补贴期限（月）")
    home_purchase: int = parameter(0, unit="CNY", low=0, high=10_000_000, source="choice of the planner", en="subsidy to the purchase of a home", zh="购房补贴")
    startup_grant: int = parameter(0, unit="CNY", low=0, high=10_000_000, source="choice of the planner", en="grant to a new firm", zh="创业补贴")
    search_share: float = parameter(0.0, unit="share", low=0, high=1, source="choice of the planner", en="part of what applications and interviews cost that is paid to seekers and students here who know of it, at once", zh="求职花费（投递、面试及路费）当场补助的比例")
    search_months: float = parameter(3, unit="months", low=0, high=120, source="assumption", en="months of a search for which these costs are paid", zh="求职花费补助的期限（每次求职的月数）")
    vocational_ratio: float = parameter(0.6, unit="ratio", low=0, high=10, source="assumption", en="amount for a vocational graduate relative to a bachelor", zh="高职补贴倍数")
    master_ratio: float = parameter(1.5, unit="ratio", low=0, high=10, source="assumption", en="amount for a master relative to a bachelor", zh="硕士补贴倍数")
    within_years: int = parameter(3, unit="years", low=1, high=30, source="assumption", en="years after graduation within which rent and home are subsidised", zh="毕业几年内可申领")
    newcomers_only: bool = parameter(default=True, unit="-", source="assumption", en="rent and home are for who settles here during the run", zh="仅限新引进青年")
    card_discount: float = parameter(0.0, unit="share", low=0, high=1, source="choice of the planner", en="discount of the card on daily expenses", zh="优惠卡折扣率")
    card_places: int = parameter(0, unit="cards", low=0, high=100_000_000, source="choice of the planner", en="cards", zh="优惠卡数量")
    card_cost: int = parameter(5, unit="CNY/card", low=0, high=10_000, source="assumption", en="cost of issuing a card", zh="每卡发行成本")
    card_demand: float = parameter(0.2, unit="share", low=0, high=1, prior=(0.05, 0.6), source="assumption", en="residents who know of the card and take one, a month", zh="知晓者月领卡比例")
    initial_awareness: float = parameter(0.4, unit="share", low=0, high=1, prior=(0.2, 0.7), source="evidence 45", en="people who know of the service at the start", zh="初始知晓率")

    @classmethod
    def met(cls) -> dict[str, Rule]:
        """Where people meet it, besides the phases that call it by name."""
        return {"services": hear_of_rent_subsidy, "coming": rent_help_on_coming}

    @property
    def offers_something(self) -> bool:
        """Whether anybody can get any money."""
        money = self.rent_per_month * self.rent_months + self.home_purchase + self.startup_grant
        shares = self.card_discount * self.card_places + self.search_share * self.search_months
        return super().offers_something and money + shares > 0

    @property
    def unit_cost(self) -> int:
        """A unit is one CNY: amounts differ by tier."""
        return 1


@compiled
def amount_for(world: Tables, person: Row, amount: int) -> int:
    """Return what a person of this education gets where a bachelor gets `amount`, CNY."""
    if person.education == Education.VOCATIONAL:
        return int(amount * world.rules.subsidies.vocational_ratio)
    if person.education == Education.MASTER:
        return int(amount * world.rules.subsidies.master_ratio)
    return int(amount)


@compiled
def is_entitled(world: Tables, day: int, person: Row) -> bool:
    """Tell whether rent and home are subsidised for a resident: from elsewhere, in work here, young, and newly come where that is asked."""
    works = (person.activity == Activity.EMPLOYED or person.activity == Activity.FOUNDER) and person.employer >= 0
    young = day - person.graduation_day <= YEAR_DAYS * world.rules.subsidies.within_years
    new = world.rules.subsidies.newcomers_only == 0 or person.resident_since >= 0
    return person.from_elsewhere == 1 and person.place == Place.RESIDENT and works and young and new


@compiled
def rent_help_in_view(world: Tables, day: int, person: Row) -> int:
    """Return what who comes from elsewhere and knows of the rent subsidy counts on by working here: a month's share over the time looked ahead, CNY."""
    subsidies = world.rules.subsidies
    if person.from_elsewhere == 0 or person.home_owner == 1:
        return 0
    if person.rent_granted == 1:  # once a person: what is left of it
        return _over_horizon(world, person.rent_subsidy, person.rent_months)
    too_late = day - person.graduation_day > YEAR_DAYS * subsidies.within_years
    settled = subsidies.newcomers_only == 1 and person.place == Place.RESIDENT and person.resident_since < 0
    if too_late or settled or not knows(world, person, subsidies.row):
        return 0
    amount = amount_for(world, person, subsidies.rent_per_month)
    return _over_horizon(world, amount, subsidies.rent_months) if can_pay(world, subsidies.row, amount * subsidies.rent_months) else 0


@compiled
def _over_horizon(world: Tables, amount: int, months: int) -> int:
    """Return a month's share of an amount paid for some months, over the time that people look ahead."""
    return int(amount * min(1.0, months / world.rules.behaviour.home_horizon_months))


@compiled
def rent_help_on_coming(world: Tables, day: int, person: Row) -> float:
    """Return what somebody who would look for work here counts on of the rent, CNY a month."""
    return float(rent_help_in_view(world, day, person))


@compiled
def count_on_rent_subsidy(world: Tables, day: int, person: Row) -> None:
    """Let a person think of what the rent subsidy would take off the rent here."""
    if world.rules.subsidies.rent_per_month * world.rules.subsidies.rent_months > 0:
        person.rent_help = rent_help_in_view(world, day, person)


@compiled
def count_on_search_costs(world: Tables, day: int, person: Row) -> None:
    """Let who studies or searches here and knows of it count on the share of search costs that is paid, for the first months of a search."""
    subsidies = world.rules.subsidies
    if not has_begun(world, day, subsidies.row) or subsidies.search_share * subsidies.search_months == 0.0:
        return
    seeks = person.activity == Activity.SEARCHING or person.activity == Activity.STUDYING
    early = months_searched(day, person) < subsidies.search_months
    entitled = seeks and early and person.place == Place.RESIDENT and knows(world, person, subsidies.row)
    paid = entitled and can_pay(world, subsidies.row, world.rules.behaviour.application_cost)
    person.search_help = subsidies.search_share if paid else 0.0
    if paid:
        person.search_payer = subsidies.row


@compiled
def count_on_money(world: Tables, day: int, person: Row) -> None:
    """Let a person think of the money: once a month, on the pay day, and before the first morning."""
    count_on_rent_subsidy(world, day, person)
    count_on_search_costs(world, day, person)


@compiled
def hear_of_rent_subsidy(world: Tables, day: int) -> None:
    """Let everybody think of the money on the first day, whoever is to enter later as well."""
    if day == 0:
        for identity in range(world.rows_in_use.people):
            count_on_money(world, day, world.people[identity])


@compiled
def pay_rent_subsidy(world: Tables, day: int, person: Row) -> None:
    """One month of the rent subsidy: apply, receive, or lose it."""
    if world.rules.subsidies.rent_per_month * world.rules.subsidies.rent_months == 0:
        return
    entitled = is_entitled(world, day, person) and person.home_owner == 0 and not comes_daily(world, person)
    if person.rent_months > 0 and not entitled:
        release(world, world.rules.subsidies.row, person.rent_months * person.rent_subsidy)
        person.rent_months = 0
        person.rent_subsidy = 0
        return
    if person.rent_months == 0 and entitled and person.rent_granted == 0 and knows(world, person, world.rules.subsidies.row):
        service = world.services[world.rules.subsidies.row]
        amount = amount_for(world, person, world.rules.subsidies.rent_per_month)
        if amount == 0:
            return
        person.rent_granted = 1
        service.reached += 1
        if not promise(world, world.rules.subsidies.row, amount * world.rules.subsidies.rent_months):
            service.turned_away += 1
            return
        service.served += 1
        person.rent_months = world.rules.subsidies.rent_months
        person.rent_subsidy = amount
    if person.rent_months > 0:
        person.rent_months -= 1
        pay_promised(world, world.rules.subsidies.row, person.rent_subsidy)
        hand_over(world, person, person.rent_subsidy)
        person.savings += person.rent_subsidy
        world.ledger[Money.SUBSIDIES] += person.rent_subsidy
        if person.rent_months == 0:
            person.rent_subsidy = 0


@compiled
def hand_over(world: Tables, person: Row, amount: int) -> None:
    """Count money handed to a person."""
    person.subsidies += amount
    world.counts[Count.SUBSIDIES_PAID] += amount


@compiled
def consider_home(world: Tables, day: int, identity: int) -> None:
    """Now and then a resident from elsewhere in work thinks of a home: bought when savings, family and any subsidy cover the down payment."""
    person = world.people[identity]
    if person.from_elsewhere == 0 or person.home_owner == 1 or person.place != Place.RESIDENT:
        return
    if person.activity != Activity.EMPLOYED and person.activity != Activity.FOUNDER:
        return
    if uniform(world, Decision.HOME_CONSIDERED, day, identity, 0) >= world.rules.behaviour.home_considered_per_year / YEAR_MONTHS:
        return
    behaviour = world.rules.behaviour
    price = behaviour.home_down_payment * math.exp(behaviour.home_price_spread * normal(world, Decision.HOME_PRICE, 0, identity, 0))
    means = behaviour.home_family_means * math.exp(behaviour.home_means_spread * normal(world, Decision.HOME_MEANS, 0, identity, 0))
    gap = int(max(0.0, price - means))
    grant = 0
    asks = world.rules.subsidies.home_purchase > 0 and is_entitled(world, day, person) and knows(world, person, world.rules.subsidies.row)
    if asks:
        service = world.services[world.rules.subsidies.row]
        grant = amount_for(world, person, world.rules.subsidies.home_purchase)
        if grant > 0 and person.savings + grant >= gap:
            service.reached += 1
            if pay(world, world.rules.subsidies.row, grant):
                service.served += 1
                hand_over(world, person, grant)
            else:
                service.turned_away += 1
                grant = 0
        else:
            grant = 0
    if person.savings + grant < gap:
        return
    own = max(0, gap - grant)
    person.savings -= own
    world.ledger[Money.HOMES] -= own
    person.home_owner = 1
    person.attachment += world.rules.behaviour.home_attachment
    world.counts[Count.HOMES_BOUGHT] += 1


@compiled
def startup_grant_in_view(world: Tables, person: Row) -> int:
    """Return the grant that a founder who knows of it counts on, CNY."""
    if world.rules.subsidies.startup_grant == 0 or not knows(world, person, world.rules.subsidies.row):
        return 0
    amount = amount_for(world, person, world.rules.subsidies.startup_grant)
    return amount if can_pay(world, world.rules.subsidies.row, amount) else 0


@compiled
def grant_for_startup(world: Tables, person: Row) -> int:
    """Return the grant that a new founder gets, CNY."""
    if world.rules.subsidies.startup_grant == 0 or not knows(world, person, world.rules.subsidies.row):
        return 0
    service = world.services[world.rules.subsidies.row]
    amount = amount_for(world, person, world.rules.subsidies.startup_grant)
    if amount == 0:
        return 0
    service.reached += 1
    if not pay(world, world.rules.subsidies.row, amount):
        service.turned_away += 1
        return 0
    service.served += 1
    hand_over(world, person, amount)
    world.counts[Count.STARTUP_GRANTS] += amount
    return amount


@compiled
def living_cost_with_card(world: Tables, day: int, identity: int, living: int) -> int:
    """Return the month's living cost; a resident who knows of the card may take one."""
    person = world.people[identity]
    service = world.services[world.rules.subsidies.row]
    offered = service.on_offer * world.rules.subsidies.card_places * world.rules.subsidies.card_discount > 0.0
    if not offered or person.place != Place.RESIDENT:
        return living
    if person.card == 0:
        if not knows(world, person, world.rules.subsidies.row):
            return living
        if uniform(world, Decision.CARD, day, identity, 0) >= world.rules.subsidies.card_demand:
            return living
        service.reached += 1
        if service.in_use >= world.rules.subsidies.card_places or not pay(world, world.rules.subsidies.row, world.rules.subsidies.card_cost):
            service.turned_away += 1
            return living
        service.in_use += 1
        service.served += 1
        person.card = 1
    return living - int(living * world.rules.subsidies.card_discount)
