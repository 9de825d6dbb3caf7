"""Phase 1, cohort: new classes enter their final year; students graduate; pauses end."""

from __future__ import annotations

from sim.compiled import NEVER, Integers, Row, Rows, compiled
from sim.draws import Decision, days_until, uniform
from sim.rules.searching import begin_search, end_search, schedule_search
from sim.rules.ventures import schedule_opportunity
from sim.states import Activity, Money, Place

SUMMER_DAYS = 62
"""Days from the end of the third year to the beginning of the fourth: a summer in which nobody of the class searches yet."""


@compiled
def enter_and_graduate(rules: Row, day: int, people: Rows, due: Integers, ledger: Integers, tables: Row) -> None:
    """Let a class enter, and people begin their search, graduate, and come back from a pause."""
    while tables.people < people.size and people[tables.people].entry_day <= day:
        _enter(rules, day, tables.people, people[tables.people], ledger)
        tables.people += 1
    for index in range(tables.due):
        identity = due[index]
        person = people[identity]
        if person.activity == Activity.STUDYING:
            if person.graduation_day == day:
                _graduate(rules, day, identity, person)
            elif person.return_day == day:
                person.return_day = NEVER
                person.searching_since = day
                schedule_search(rules, day, identity, person)
        elif (person.activity == Activity.INTERN or person.activity == Activity.TRAINING) and person.graduation_day == day:
            schedule_opportunity(rules, day, identity, person)
        elif person.activity == Activity.INACTIVE and person.return_day == day:
            begin_search(rules, day, identity, person)


@compiled
def _enter(rules: Row, day: int, identity: int, person: Row, ledger: Integers) -> None:
    """A student enters the final year and will begin to search within half a year."""
    person.activity = Activity.STUDYING
    person.place = Place.ELSEWHERE if person.from_elsewhere == 1 else Place.RESIDENT
    person.return_day = day + 1 + SUMMER_DAYS + int(180.0 * uniform(rules, Decision.SEARCH_START, 0, identity, 0))
    ledger[Money.OPENING_SAVINGS] += person.savings


@compiled
def _graduate(rules: Row, day: int, identity: int, person: Row) -> None:
    """A student leaves university: with a contract, into the search, or into a pause ("slow employment")."""
    schedule_opportunity(rules, day, identity, person)
    person.return_day = NEVER
    if person.contract_day < 0 and uniform(rules, Decision.SLOW_EMPLOYMENT, 0, identity, 0) < rules.slow_employment_share:
        person.activity = Activity.INACTIVE
        end_search(person)
        person.return_day = day + days_until(rules, Decision.RETURN_TO_SEARCH, 0, identity, 0, rules.slow_employment_days)
        return
    begin_search(rules, day, identity, person)
