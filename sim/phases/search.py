"""Phase 5, search: people look through the boards and send applications; fairs and campus trips bring extra meetings."""

from __future__ import annotations

from sim.agents.employer import KEPT_APPLICATIONS
from sim.compiled import NEVER, Integers, Row, Rows, compiled
from sim.draws import Decision, four_uniforms, uniform
from sim.policies.campus_recruitment import visit_campus
from sim.policies.job_fairs import hold_fair
from sim.policies.travel_vouchers import receive_group
from sim.rules.posts import keep_application
from sim.rules.scoring import appeal, cv_score, has_peer_at
from sim.rules.searching import falling_reservation, schedule_application
from sim.states import Channel, Count, EventKind, PostState


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
        best = find_post(rules, day, identity, person, employers, posts, slots, fields, tables)
        if best >= 0:
            apply(rules, day, identity, best, people, employers, posts, applications, campuses, members, counts)
        schedule_application(rules, day, identity, person)


@compiled
def find_post(rules: Row, day: int, identity: int, person: Row, employers: Rows, posts: Rows, slots: Rows, fields: Rows, tables: Row) -> int:
    """Look through some slots, in the own field or in all, and return the most appealing post, or NEVER."""
    targeted = uniform(rules, Decision.TARGETED_SESSION, day, identity, 0) < person.targeting
    field = fields[person.field]
    reservation = falling_reservation(rules, day, person)
    usual_reservation = person.reservation_wage
    person.reservation_wage = reservation
    best = NEVER
    best_worth = 0.0
    looks = rules.posts_seen
    for group in range((looks + 3) // 4):
        draws = four_uniforms(rules, Decision.SEE_POST, day, identity, group)
        for index in range(min(4, looks - 4 * group)):
            draw = draws[index]
            if targeted:
                place = int(draw * (field.slots + field.startup_slots))
                slot = field.first_slot + place if place < field.slots else field.first_startup_slot + place - field.slots
            else:
                slot = int(draw * tables.advertising_slots)
            number = slots[slot].post
            if number < 0:
                continue
            post = posts[number]
            if post.state != PostState.OPEN or post.education > person.education:
                continue
            worth = appeal(rules, identity, person, post.wage, post.employer, employers[post.employer])
            if worth > best_worth:
                best = number
                best_worth = worth
    person.reservation_wage = usual_reservation
    return best


@compiled
def apply(
    rules: Row, day: int, identity: int, number: int, people: Rows, employers: Rows, posts: Rows, applications: Rows,
    campuses: Rows, members: Integers, counts: Integers,
) -> None:  # fmt: skip
    """Send one application; a peer at the employer makes it a referral."""
    post = posts[number]
    person = people[identity]
    for place in range(number * KEPT_APPLICATIONS, number * KEPT_APPLICATIONS + post.kept):
        if applications[place].person == identity:
            return
    employer = employers[post.employer]
    channel = Channel.REFERRAL if has_peer_at(rules, identity, post.employer, people, campuses, members) else Channel.ADVERT
    score = cv_score(rules, day, identity, person, post.employer, employer, channel, post.for_graduates)
    keep_application(number, posts, applications, identity, score, channel, counts)
    post.applications += 1
    person.applications += 1
    employer.applicants_recent += 1.0
    counts[Count.APPLICATIONS_SENT] += 1


@compiled
def hold_events(
    rules: Row, day: int, events: Rows, people: Rows, employers: Rows, posts: Rows, applications: Rows, slots: Rows,
    campuses: Rows, members: Integers, services: Rows, reach: Integers, event_contacts: Integers, scratch: Integers,
    ledger: Integers, tables: Row, counts: Integers,
) -> None:  # fmt: skip
    """Hold the fairs, campus trips and group visits of the day."""
    for number in range(events.size):
        event = events[number]
        if event.day != day:
            continue
        if event.kind == EventKind.CAMPUS_TRIP:
            visit_campus(
                rules, day, number, events, people, employers, posts, applications, slots, campuses, members, services, reach,
                event_contacts, tables, counts,
            )  # fmt: skip
        elif event.kind == EventKind.GROUP_VISIT:
            receive_group(
                rules, day, number, events, people, campuses, members, services, reach, event_contacts, ledger, counts
            )
        else:
            hold_fair(
                rules, day, number, events, people, employers, posts, applications, slots, services, reach, event_contacts,
                scratch, tables, counts,
            )  # fmt: skip
