"""Phase 5, search: people look through the boards and send applications; fairs and campus trips bring extra meetings."""

from __future__ import annotations

from sim.compiled import Integers, Row, Rows, compiled
from sim.draws import Decision, uniform
from sim.policies.campus_recruitment import visit_campus
from sim.policies.equity import invest
from sim.policies.guidance import hold_lecture
from sim.policies.integration import hold_social_event
from sim.policies.internships import take_in
from sim.policies.job_fairs import hold_fair
from sim.policies.legal_aid import hold_legal_training
from sim.policies.organisation import appoint_deputies, inform_leaders, train_staff
from sim.policies.safety_training import hold_safety_course, name_model_units
from sim.policies.skills_training import begin_course
from sim.policies.startup_courses import hold_startup_course
from sim.policies.travel_vouchers import receive_group
from sim.rules.applying import has_applied, look_through, submit
from sim.rules.scoring import has_peer_at
from sim.rules.searching import schedule_application
from sim.states import Channel, EventKind


@compiled
def send_applications(
    rules: Row, day: int, people: Rows, employers: Rows, posts: Rows, applications: Rows, slots: Rows, fields: Rows,
    campuses: Rows, members: Integers, due: Integers, tables: Row, counts: Integers,
) -> None:  # fmt: skip
    """Everybody whose day it is looks through some advertising slots and applies for the post that appeals most."""
    for index in range(tables.due):
        identity = due[index]
        person = people[identity]
        if person.next_search_day != day:
            continue
        targeted = uniform(rules, Decision.TARGETED_SESSION, day, identity, 0) < person.targeting
        best = look_through(
            rules, Decision.SEE_POST, day, identity, rules.posts_seen, person, employers, posts, slots, fields, tables, targeted
        )
        if best >= 0 and not has_applied(best, posts[best], applications, identity):
            referred = has_peer_at(rules, identity, posts[best].employer, people, campuses, members)
            channel = Channel.REFERRAL if referred else Channel.ADVERT
            submit(rules, day, identity, best, channel, people, employers, posts, applications, counts)
        schedule_application(rules, day, identity, person)


@compiled
def hold_events(
    rules: Row, day: int, events: Rows, people: Rows, employers: Rows, posts: Rows, applications: Rows, slots: Rows,
    campuses: Rows, members: Integers, services: Rows, duties: Rows, reach: Integers, event_contacts: Integers, scratch: Integers,
    ledger: Integers, tables: Row, counts: Integers,
) -> None:  # fmt: skip
    """Hold what is planned for the day. The luck of an event hangs on its kind and its place among its kind, not on what else is planned."""
    for number in range(events.size):
        event = events[number]
        if event.day != day:
            continue
        if event.kind == EventKind.CAMPUS_TRIP:
            visit_campus(
                rules, day, event.key, event, people, employers, posts, applications, slots, campuses, members, services, reach,
                event_contacts, duties, tables, counts,
            )  # fmt: skip
        elif event.kind == EventKind.GROUP_VISIT:
            receive_group(
                rules, day, event.key, event, people, campuses, members, services, reach, event_contacts, duties, ledger, tables, counts
            )
        elif event.kind <= EventKind.EVENING_FAIR:
            hold_fair(
                rules, day, event.key, event, people, employers, posts, applications, slots, services, reach, event_contacts,
                duties, scratch, tables, counts,
            )  # fmt: skip
        elif event.kind == EventKind.LECTURE or event.kind == EventKind.ROLE_MODEL_TALK:
            hold_lecture(rules, day, event.key, event, people, services, tables, counts)
        elif event.kind == EventKind.MENU_COURSE or event.kind == EventKind.CONTRACTED_CLASS:
            begin_course(rules, day, event.key, event, people, employers, posts, slots, services, tables, counts)
        elif event.kind == EventKind.INTAKE:
            take_in(rules, day, event.key, event, people, employers, posts, slots, services, tables, counts)
        elif event.kind == EventKind.STARTUP_LECTURE or event.kind == EventKind.STARTUP_CAMP:
            hold_startup_course(rules, day, event.key, event, people, employers, services, tables, counts)
        elif event.kind == EventKind.EQUITY_ROUND:
            invest(rules, day, event.key, event, employers, slots, services, tables, counts)
        elif event.kind == EventKind.LEGAL_TRAINING:
            hold_legal_training(rules, day, event.key, event, people, services, tables, counts)
        elif event.kind == EventKind.SOCIAL_EVENT or event.kind == EventKind.MATCHMAKING:
            hold_social_event(rules, day, event.key, event, people, services, tables, counts)
        elif event.kind == EventKind.SAFETY_COURSE:
            hold_safety_course(rules, day, event.key, event, people, employers, services, tables, counts)
        elif event.kind == EventKind.SAFETY_UNITS:
            name_model_units(rules, day, event, employers, slots, services, tables)
        elif event.kind == EventKind.DEPUTIES:
            appoint_deputies(rules, day, event.key, event, people, duties, tables)
        elif event.kind == EventKind.LEADERS:
            inform_leaders(rules, day, event.key, event, people, services, tables)
        elif event.kind == EventKind.STAFF_SEMINAR:
            train_staff(rules, duties)
