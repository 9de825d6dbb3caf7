"""Phase 13, accounts: pay days, monthly mentoring of seekers, and the day's entry in the record."""

from __future__ import annotations

from sim.compiled import Integers, Row, Rows, compiled
from sim.policies.mentoring import mentor_seeker
from sim.states import Activity, Money, Place

MONTH_DAYS = 30


@compiled
def settle_accounts(
    rules: Row, day: int, people: Rows, mentors: Rows, services: Rows, ledger: Integers, tables: Row, counts: Integers,
) -> None:  # fmt: skip
    """Once a month, on a day of one's own: wage, living costs, cost of the search; the family covers what is missing."""
    for identity in range((MONTH_DAYS - day % MONTH_DAYS) % MONTH_DAYS, tables.people, MONTH_DAYS):
        person = people[identity]
        mentor_seeker(rules, day, identity, person, mentors, services, counts)
        balance = person.savings
        if person.activity == Activity.EMPLOYED:
            balance += person.wage
            ledger[Money.WAGES] += person.wage
        living = rules.region_living_cost
        if person.from_elsewhere == 1 and person.place == Place.RESIDENT:
            living += rules.region_rent
        if person.activity == Activity.STUDYING or person.activity == Activity.INTERN:
            living = living // 2
        balance -= living
        ledger[Money.LIVING_COSTS] -= living
        if person.activity == Activity.SEARCHING:
            cost = rules.search_cost // 3
            balance -= cost
            ledger[Money.SEARCH_COSTS] -= cost
        allowance = 0
        if person.activity == Activity.STUDYING or person.activity == Activity.INTERN:
            allowance = living
        elif balance < 0:
            allowance = -balance
        balance += allowance
        ledger[Money.FAMILY_SUPPORT] += allowance
        person.savings = balance
