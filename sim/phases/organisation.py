"""Phase 3, organisation: the hours of the day are divided; houses open; caseworkers, advisers and meeting places receive people."""

from __future__ import annotations

from sim.compiled import Integers, Row, Rows, compiled
from sim.policies.casework import keep_in_touch, open_file
from sim.policies.guidance import advise
from sim.policies.integration import meet_online, visit_parlour
from sim.policies.lodging import open_stations
from sim.policies.organisation import divide_hours, visit_households
from sim.policies.startup_courses import meet_at_book_club
from sim.states import LeverId

MONTH_DAYS = 30


@compiled
def provide_services(
    rules: Row, day: int, people: Rows, employers: Rows, posts: Rows, applications: Rows, slots: Rows, fields: Rows, stations: Rows,
    districts: Rows, cases: Rows, duties: Rows, services: Rows, tables: Row, counts: Integers,
) -> None:  # fmt: skip
    """Open the houses whose day has come, divide the hours, make visits and contacts; each person looks for help on one day a month."""
    open_stations(rules, day, stations, districts, services)
    if day % MONTH_DAYS == 0:
        for lever in range(services.size):
            services[lever].this_month = 0
    divide_hours(rules, day, duties, services, counts)
    visit_households(rules, day, people, tables.people, duties, services, counts)
    keep_in_touch(rules, day, people, employers, posts, applications, slots, fields, cases, duties[0], services, tables, counts)
    guidance = services[LeverId.GUIDANCE].on_offer == 1
    integration = services[LeverId.INTEGRATION].on_offer == 1
    casework = services[LeverId.CASEWORK].on_offer == 1
    courses = services[LeverId.STARTUP_COURSES].on_offer == 1
    if not (guidance or integration or casework or courses):
        return
    for identity in range((MONTH_DAYS - day % MONTH_DAYS) % MONTH_DAYS, tables.people, MONTH_DAYS):
        person = people[identity]
        if guidance:
            advise(rules, day, identity, person, services, counts)
        if integration:
            visit_parlour(rules, day, identity, person, services, counts)
            meet_online(rules, day, identity, person, services, counts)
        if casework:
            open_file(rules, day, identity, person, cases, duties[0], services, tables, counts)
        if courses:
            meet_at_book_club(rules, day, identity, person, employers, services)
