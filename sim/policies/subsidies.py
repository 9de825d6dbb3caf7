"""Subsidies 津梧桐 and discount card 齐青卡: rent, home purchase and start-up money by education tier; a cheaper daily life.

Mechanism: money lowers the burden of housing on which leaving depends, makes an offer here worth more to somebody from elsewhere who knows of
it, brings a home of one's own within reach, fills part of a founder's capital. The amount of the card is borne by merchants.
"""

from __future__ import annotations

import math
from typing import ClassVar

from sim.compiled import Integers, Row, Rows, compiled
from sim.draws import Decision, normal, uniform
from sim.parameters import Lever, parameter
from sim.rules.services import can_pay, knows, pay, pay_promised, promise, release
from sim.states import Activity, Count, Education, LeverId, Money, Place

PRICE_SPREAD = 0.3
"""Spread (log) of down payments. Assumption."""
MEANS_SPREAD = 0.9
"""Spread (log) of what families can give for a home. Assumption."""


class Subsidies(Lever):
    """Parameters of subsidies. Amounts are for a bachelor."""

    summary: ClassVar[dict[str, str]] = {
        "en": "Money for rent, a home or a new firm, and a discount card, change what living and founding here cost.",
        "zh": "租房、购房、创业补贴与优惠卡降低在本地生活和创业的成本。",
    }

    rent_per_month: int = parameter(0, unit="CNY/month", low=0, high=100_000, source="choice of the planner", en="rent subsidy", zh="租房补贴(每月)")
    rent_months: int = parameter(24, unit="months", low=0, high=120, source="assumption", en="length of the rent subsidy", zh="租房补贴期限(月)")
    home_purchase: int = parameter(0, unit="CNY", low=0, high=10_000_000, source="choice of the planner", en="subsidy to the purchase of a home", zh="购房补贴")
    startup_grant: int = parameter(0, unit="CNY", low=0, high=10_000_000, source="choice of the planner", en="grant to a new firm", zh="创业补贴")
    vocational_ratio: float = parameter(0.6, unit="ratio", low=0, high=10, source="assumption", en="amount for a vocational graduate relative to a bachelor", zh="高职补贴倍数")
    master_ratio: float = parameter(1.5, unit="ratio", low=0, high=10, source="assumption", en="amount for a master relative to a bachelor", zh="硕士补贴倍数")
    within_years: int = parameter(3, unit="years", low=1, high=30, source="assumption", en="years after graduation within which rent and home are subsidised", zh="毕业几年内可申领")
    newcomers_only: bool = parameter(default=True, unit="-", source="assumption", en="rent and home are for who settles here during the run", zh="仅限新引进青年")
    card_discount: float = parameter(0.0, unit="share", low=0, high=1, source="choice of the planner", en="discount of the card on daily expenses", zh="优惠卡折扣率")
    card_places: int = parameter(0, unit="cards", low=0, high=100_000_000, source="choice of the planner", en="cards", zh="优惠卡数量")
    card_cost: int = parameter(5, unit="CNY/card", low=0, high=10_000, source="assumption", en="cost of issuing a card", zh="每卡发行成本")
    card_demand: float = parameter(0.2, unit="share", low=0, high=1, prior=(0.05, 0.6), source="assumption", en="residents who know of the card and take one, a month", zh="知晓者月领卡比例")
    initial_awareness: float = parameter(0.4, unit="share", low=0, high=1, prior=(0.2, 0.7), source="evidence 45", en="people who know of the service at the start", zh="初始知晓率")

    @property
    def offers_something(self) -> bool:
        """Whether anybody can get any money."""
        money = self.rent_per_month * self.rent_months + self.home_purchase + self.startup_grant
        return super().offers_something and (money > 0 or self.card_discount * self.card_places > 0)

    @property
    def unit_cost(self) -> int:
        """A unit is one CNY: amounts differ by tier."""
        return 1


@compiled
def amount_for(rules: Row, person: Row, amount: int) -> int:
    """Return what a person of this education gets where a bachelor gets `amount`, CNY."""
    if person.education == Education.VOCATIONAL:
        return int(amount * rules.subsidies_vocational_ratio)
    if person.education == Education.MASTER:
        return int(amount * rules.subsidies_master_ratio)
    return int(amount)


@compiled
def is_entitled(rules: Row, day: int, person: Row) -> bool:
    """Tell whether rent and home are subsidised for a resident: from elsewhere, in work here, young, and newly come where that is asked."""
    works = (person.activity == Activity.EMPLOYED or person.activity == Activity.FOUNDER) and person.employer >= 0
    young = day - person.graduation_day <= 365 * rules.subsidies_within_years
    new = rules.subsidies_newcomers_only == 0 or person.resident_since >= 0
    return person.from_elsewhere == 1 and person.place == Place.RESIDENT and works and young and new


@compiled
def worth_of_moving(rules: Row, day: int, person: Row, services: Rows) -> float:
    """Return what the rent subsidy adds to a month's pay for somebody from elsewhere who weighs an offer here, CNY a month."""
    if rules.subsidies_rent_per_month * rules.subsidies_rent_months == 0 or person.from_elsewhere == 0 or person.home_owner == 1:
        return 0.0
    if not knows(person, services, LeverId.SUBSIDIES) or day - person.graduation_day > 365 * rules.subsidies_within_years:
        return 0.0
    if person.place == Place.RESIDENT:
        works_here = person.activity == Activity.EMPLOYED and person.employer >= 0
        if works_here or (rules.subsidies_newcomers_only == 1 and person.resident_since < 0):
            return 0.0  # has it with the present job, or cannot have it
    if person.rent_granted == 1:
        return float(person.rent_subsidy)  # once a person: what is left of it
    amount = amount_for(rules, person, rules.subsidies_rent_per_month)
    return float(amount) if can_pay(services, LeverId.SUBSIDIES, amount * rules.subsidies_rent_months) else 0.0


@compiled
def pay_rent_subsidy(rules: Row, day: int, person: Row, services: Rows, ledger: Integers, counts: Integers) -> None:
    """One month of the rent subsidy: apply, receive, or lose it."""
    if rules.subsidies_rent_per_month * rules.subsidies_rent_months == 0:
        return
    entitled = is_entitled(rules, day, person) and person.home_owner == 0
    if person.rent_months > 0 and not entitled:
        release(services, LeverId.SUBSIDIES, person.rent_months * person.rent_subsidy)
        person.rent_months = 0
        person.rent_subsidy = 0
        return
    if person.rent_months == 0 and entitled and person.rent_granted == 0 and knows(person, services, LeverId.SUBSIDIES):
        service = services[LeverId.SUBSIDIES]
        amount = amount_for(rules, person, rules.subsidies_rent_per_month)
        if amount == 0:
            return
        person.rent_granted = 1
        service.reached += 1
        if not promise(services, LeverId.SUBSIDIES, amount * rules.subsidies_rent_months):
            service.turned_away += 1
            return
        service.served += 1
        person.rent_months = rules.subsidies_rent_months
        person.rent_subsidy = amount
    if person.rent_months > 0:
        person.rent_months -= 1
        pay_promised(services, LeverId.SUBSIDIES, person.rent_subsidy)
        hand_over(person, person.rent_subsidy, counts)
        person.savings += person.rent_subsidy
        ledger[Money.SUBSIDIES] += person.rent_subsidy
        if person.rent_months == 0:
            person.rent_subsidy = 0


@compiled
def hand_over(person: Row, amount: int, counts: Integers) -> None:
    """Count money handed to a person."""
    person.subsidies += amount
    counts[Count.SUBSIDIES_PAID] += amount


@compiled
def consider_home(rules: Row, day: int, identity: int, person: Row, services: Rows, ledger: Integers, counts: Integers) -> None:
    """Now and then a resident from elsewhere in work thinks of a home: bought when savings, family and any subsidy cover the down payment."""
    if person.from_elsewhere == 0 or person.home_owner == 1 or person.place != Place.RESIDENT:
        return
    if person.activity != Activity.EMPLOYED and person.activity != Activity.FOUNDER:
        return
    if uniform(rules, Decision.HOME_CONSIDERED, day, identity, 0) >= rules.home_considered_per_year / 12.0:
        return
    price = rules.home_down_payment * math.exp(PRICE_SPREAD * normal(rules, Decision.HOME_PRICE, 0, identity, 0))
    means = rules.home_family_means * math.exp(MEANS_SPREAD * normal(rules, Decision.HOME_MEANS, 0, identity, 0))
    gap = int(max(0.0, price - means))
    grant = 0
    asks = rules.subsidies_home_purchase > 0 and is_entitled(rules, day, person) and knows(person, services, LeverId.SUBSIDIES)
    if asks:
        service = services[LeverId.SUBSIDIES]
        grant = amount_for(rules, person, rules.subsidies_home_purchase)
        if grant > 0 and person.savings + grant >= gap:
            service.reached += 1
            if pay(services, LeverId.SUBSIDIES, grant):
                service.served += 1
                hand_over(person, grant, counts)
            else:
                service.turned_away += 1
                grant = 0
        else:
            grant = 0
    if person.savings + grant < gap:
        return
    own = max(0, gap - grant)
    person.savings -= own
    ledger[Money.HOMES] -= own
    person.home_owner = 1
    person.attachment += rules.home_attachment
    counts[Count.HOMES_BOUGHT] += 1


@compiled
def startup_grant_in_view(rules: Row, person: Row, services: Rows) -> int:
    """Return the grant that a founder who knows of it counts on, CNY."""
    if rules.subsidies_startup_grant == 0 or not knows(person, services, LeverId.SUBSIDIES):
        return 0
    amount = amount_for(rules, person, rules.subsidies_startup_grant)
    return amount if can_pay(services, LeverId.SUBSIDIES, amount) else 0


@compiled
def grant_for_startup(rules: Row, person: Row, services: Rows, counts: Integers) -> int:
    """Return the grant that a new founder gets, CNY."""
    if rules.subsidies_startup_grant == 0 or not knows(person, services, LeverId.SUBSIDIES):
        return 0
    service = services[LeverId.SUBSIDIES]
    amount = amount_for(rules, person, rules.subsidies_startup_grant)
    if amount == 0:
        return 0
    service.reached += 1
    if not pay(services, LeverId.SUBSIDIES, amount):
        service.turned_away += 1
        return 0
    service.served += 1
    hand_over(person, amount, counts)
    counts[Count.STARTUP_GRANTS] += amount
    return amount


@compiled
def living_cost_with_card(rules: Row, day: int, identity: int, person: Row, living: int, services: Rows) -> int:
    """Return the month's living cost; a resident who knows of the card may take one."""
    if rules.subsidies_card_places * rules.subsidies_card_discount == 0.0 or person.place != Place.RESIDENT:
        return living
    service = services[LeverId.SUBSIDIES]
    if person.card == 0:
        if service.on_offer == 0 or not knows(person, services, LeverId.SUBSIDIES):
            return living
        if uniform(rules, Decision.CARD, day, identity, 0) >= rules.subsidies_card_demand:
            return living
        service.reached += 1
        if service.in_use >= rules.subsidies_card_places or not pay(services, LeverId.SUBSIDIES, rules.subsidies_card_cost):
            service.turned_away += 1
            return living
        service.in_use += 1
        service.served += 1
        person.card = 1
    return living - int(living * rules.subsidies_card_discount)
