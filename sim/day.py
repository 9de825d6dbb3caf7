"""The day: the phases in their order, compiled into one function."""

from __future__ import annotations

from sim.compiled import Integers, Row, Rows, compiled, entry
from sim.phases.accounts import settle_accounts
from sim.phases.awareness import spread_knowledge
from sim.phases.cohort import enter_and_graduate
from sim.phases.hiring import interview_and_offer, receive_outside_offers
from sim.phases.organisation import provide_services
from sim.phases.screening import call_back
from sim.phases.search import hold_events, send_applications
from sim.phases.settling import settle_or_leave
from sim.phases.training import train
from sim.phases.travel import travel
from sim.phases.vacancies import open_and_close_posts
from sim.phases.ventures import found_firms, run_firms
from sim.phases.work import work
from sim.recorder import record_day
from sim.rules.agenda import make_agenda


@compiled
def has_room(employers: Rows, posts: Rows, loans: Rows, tables: Row) -> bool:
    """Tell whether the tables that grow surely have room for one more day."""
    return (
        posts.size - tables.posts > tables.posts_a_day
        and employers.size - tables.employers > tables.ventures_a_day
        and loans.size - tables.loans > tables.ventures_a_day
    )


@entry
def advance(
    rules_table: Rows, first_day: int, last_day: int, calendar: Rows, people: Rows, employers: Rows, posts: Rows, applications: Rows,
    slots: Rows, fields: Rows, loans: Rows, stations: Rows, mentors: Rows, services: Rows, events: Rows, districts: Rows, campuses: Rows,
    lenders: Rows, cases: Rows, duties: Rows,
    members: Integers, reach: Integers, event_contacts: Integers, scratch: Integers, due: Integers, tables_table: Rows, counts: Integers,
    ledger: Integers, cashbook: Integers, flow_series: Integers, stock_series: Integers, service_series: Integers,
    district_series: Integers,
) -> int:  # fmt: skip
    """Simulate the days first_day … last_day - 1.

    Returns:
        The day reached: `last_day`, or an earlier one before which a table must be given more room.
    """
    rules = rules_table[0]
    tables = tables_table[0]
    make_agenda(first_day, people, due, tables)
    for day in range(first_day, last_day):
        if not has_room(employers, posts, loans, tables):
            return day
        enter_and_graduate(rules, day, people, due, ledger, tables)
        spread_knowledge(rules, day, people, campuses, members, services, reach, tables)
        provide_services(
            rules, day, people, employers, posts, applications, slots, fields, stations, districts, cases, duties, services, tables, counts
        )
        open_and_close_posts(rules, day, calendar[day], employers, posts, applications, slots, loans, lenders, services, tables, counts)
        send_applications(rules, day, people, employers, posts, applications, slots, fields, campuses, members, due, tables, counts)
        hold_events(
            rules, day, events, people, employers, posts, applications, slots, campuses, members, services, duties, reach, event_contacts,
            scratch, ledger, tables, counts,
        )  # fmt: skip
        call_back(rules, day, calendar, employers, posts, applications, tables, counts)
        travel(
            rules, day, people, employers, posts, applications, slots, fields, stations, districts, campuses, services, ledger, due, tables, counts
        )
        interview_and_offer(rules, day, calendar, people, employers, posts, applications, slots, services, tables, counts)
        receive_outside_offers(rules, day, people, posts, employers, due, tables, counts)
        work(rules, day, people, employers, posts, services, due, tables, counts)
        train(rules, day, people, employers, posts, applications, slots, services, ledger, due, tables, counts)
        found_firms(
            rules, day, people, employers, posts, loans, lenders, services, ledger, cashbook, due, tables, counts
        )
        run_firms(rules, day, people, employers, slots, fields, loans, lenders, mentors, services, ledger, cashbook, tables, counts)
        settle_or_leave(rules, day, people, employers, posts, services, tables, counts)
        settle_accounts(rules, day, people, employers, mentors, services, ledger, tables, counts)
        record_day(
            day, people, employers, services, districts, due, tables, counts, flow_series, stock_series, service_series, district_series
        )
    return last_day
