"""Phase 13, accounts: pay days, monthly mentoring of seekers, and the day's entry in the record."""

from __future__ import annotations

from sim.compiled import Integers, Row, Rows, compiled
from sim.policies.mentoring import mentor_seeker
from sim.states import Activity, Money, Place

MONTH_DAYS = 30
MONTHS_TO_RAISE = 12


@compiled
def settle_accounts(
    rules: Row, day: int, people: Rows, employers: Rows, mentors: Rows, services: Rows, ledger: Integers, tables: Row, counts: Integers,
) -> None:  # fmt: skip
    """Once a month, on a day of one's own: wage, living costs, cost of the search; the family covers what is missing."""
    for identity in range((MONTH_DAYS - day % MONTH_DAYS) % MONTH_DAYS, tables.people, MONTH_DAYS):
        person = people[identity]
        mentor_seeker(rules, day, identity, person, mentors, services, counts)
        balance = person.savings
        if person.activity == Activity.EMPLOYED:
            _raise_pay(rules, day, person, employers)
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


@compiled
def _raise_pay(rules: Row, day: int, person: Row, employers: Rows) -> None:
    """Once a year in the same job, pay rises and the person has learned."""
    months = (day - person.job_start_day) // MONTH_DAYS
    if months == 0 or months % MONTHS_TO_RAISE != 0:
        return
    more = int(person.wage * rules.raise_per_year)
    person.wage += more
    person.skill += rules.learning_per_year
    if person.employer >= 0:
        employers[person.employer].wage_bill += more
