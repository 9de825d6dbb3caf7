"""Phase 13, accounts: pay days, monthly mentoring of seekers, and the day's entry in the record."""

from __future__ import annotations

from sim.compiled import Integers, Row, Rows, compiled
from sim.draws import Decision, days_until, uniform
from sim.phases.vacancies import replace_leaver
from sim.policies.internships import receive_stipend
from sim.policies.legal_aid import wage_paid
from sim.policies.mentoring import mentor_seeker
from sim.policies.safety_training import has_accident
from sim.policies.subsidies import consider_home, living_cost_with_card, pay_rent_subsidy
from sim.rules.searching import end_search
from sim.rules.working import leave_job
from sim.states import Activity, Count, Money, Place

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
        receive_stipend(rules, day, person, services, ledger)
        pay_rent_subsidy(rules, day, person, services, ledger, counts)
        consider_home(rules, day, identity, person, services, ledger, counts)
        balance = person.savings
        if person.activity == Activity.EMPLOYED:
            _raise_pay(rules, day, person, employers)
            wage = wage_paid(rules, day, identity, person, employers, services, ledger, counts)
            balance += wage
            ledger[Money.WAGES] += wage
        living = living_cost_with_card(rules, day, identity, person, rules.region_living_cost, services)
        if person.from_elsewhere == 1 and person.place == Place.RESIDENT and person.home_owner == 0:
            living += rules.region_rent
        student = person.activity == Activity.STUDYING or (person.activity == Activity.INTERN and person.graduation_day > day)
        if student:
            living = living // 2
        balance -= living
        ledger[Money.LIVING_COSTS] -= living
        if person.activity == Activity.SEARCHING:
            cost = rules.search_cost // 3
            balance -= cost
            ledger[Money.SEARCH_COSTS] -= cost
        allowance = 0
        if student:
            allowance = living
        elif balance < 0:
            allowance = -balance
        balance += allowance
        ledger[Money.FAMILY_SUPPORT] += allowance
        person.savings = balance
        if person.activity == Activity.EMPLOYED and person.employer >= 0 and has_accident(rules, day, identity, person, employers):
            _recover_from_accident(rules, day, identity, person, employers, counts)


@compiled
def _recover_from_accident(rules: Row, day: int, identity: int, person: Row, employers: Rows, counts: Integers) -> None:
    """An accident at work: a light one is over by tomorrow, a grave one ends the job and keeps the person at home for a while."""
    person.accidents += 1
    counts[Count.ACCIDENTS] += 1
    grave = uniform(rules, Decision.ACCIDENT_SEVERITY, day, identity, 0) < rules.accident_grave_share
    if not grave or person.contract_day >= 0:
        return
    replace_leaver(rules, day, identity, employers[person.employer])
    wage = person.wage
    leave_job(day, person, employers, counts)
    person.reservation_wage = max(rules.reservation_share * person.expected_wage, 0.9 * wage)
    person.activity = Activity.INACTIVE
    end_search(person)
    person.return_day = day + days_until(rules, Decision.ACCIDENT_SEVERITY, day, identity, 1, rules.accident_days)


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
