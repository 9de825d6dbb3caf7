"""Phase 5, search: people look through the boards and send applications; fairs and campus trips bring extra meetings."""

from __future__ import annotations

from sim.compiled import compiled
from sim.draws import Decision, uniform
from sim.fetching import AHEAD, fetch
from sim.levers.campus_recruitment import visit_campus
from sim.levers.equity import invest
from sim.levers.guidance import hold_lecture
from sim.levers.integration import hold_social_event
from sim.levers.internships import take_in
from sim.levers.job_fairs import hold_fair
from sim.levers.legal_aid import hold_legal_training
from sim.levers.organisation import appoint_deputies, inform_leaders, train_staff
from sim.levers.safety_training import hold_safety_course, name_model_units
from sim.levers.skills_training import begin_course
from sim.levers.startup_courses import hold_startup_course
from sim.levers.travel_vouchers import receive_group
from sim.meetings import meet_at_event, meet_in_search
from sim.rules.applying import has_applied, look_through, submit
from sim.rules.scoring import has_peer_at
from sim.rules.searching import schedule_application
from sim.states import Channel, EventKind
from sim.tables import Tables


@compiled
def send_applications(world: Tables, day: int) -> None:
    """Everybody whose day it is looks through some advertising slots and applies for the post that appeals most."""
    for index in range(world.rows_in_use.due):
        identity = world.due[index]
        fetch(world.people, world.due[index + AHEAD], 0)
        fetch(world.people, world.due[index + AHEAD], 1)
        person = world.people[identity]
        if person.next_search_day != day:
            continue
        targeted = uniform(world, Decision.TARGETED_SESSION, day, identity, 0) < person.targeting
        best = look_through(world, Decision.SEE_POST, day, identity, world.rules.behaviour.posts_seen, targeted)
        if best >= 0 and not has_applied(world, best, identity):
            referred = has_peer_at(world, identity, world.posts[best].employer)
            channel = Channel.REFERRAL if referred else Channel.ADVERT
            submit(world, day, identity, best, channel)
        meet_in_search(world, day, identity)
        schedule_application(world, day, identity)


@compiled
def hold_events(world: Tables, day: int) -> None:
    """Hold what is planned for the day. The luck of an event hangs on its kind and its place among its kind, not on what else is planned."""
    for number in range(world.events.size):
        event = world.events[number]
        if event.day != day:
            continue
        if event.kind == EventKind.CAMPUS_TRIP:
            visit_campus(world, day, event.key, event)
        elif event.kind == EventKind.GROUP_VISIT:
            receive_group(world, day, event.key, event)
        elif event.kind <= EventKind.EVENING_FAIR:
            hold_fair(world, day, event.key, event)
        elif event.kind == EventKind.LECTURE or event.kind == EventKind.ROLE_MODEL_TALK:
            hold_lecture(world, day, event.key, event)
        elif event.kind == EventKind.MENU_COURSE or event.kind == EventKind.CONTRACTED_CLASS:
            begin_course(world, day, event.key, event)
        elif event.kind == EventKind.INTAKE:
            take_in(world, day, event.key, event)
        elif event.kind == EventKind.STARTUP_LECTURE or event.kind == EventKind.STARTUP_CAMP:
            hold_startup_course(world, day, event.key, event)
        elif event.kind == EventKind.EQUITY_ROUND:
            invest(world, day, event.key, event)
        elif event.kind == EventKind.LEGAL_TRAINING:
            hold_legal_training(world, day, event.key, event)
        elif event.kind == EventKind.SOCIAL_EVENT or event.kind == EventKind.MATCHMAKING:
            hold_social_event(world, day, event.key, event)
        elif event.kind == EventKind.SAFETY_COURSE:
            hold_safety_course(world, day, event.key, event)
        elif event.kind == EventKind.SAFETY_UNITS:
            name_model_units(world, day, event)
        elif event.kind == EventKind.DEPUTIES:
            appoint_deputies(world, day, event.key, event)
        elif event.kind == EventKind.LEADERS:
            inform_leaders(world, day, event.key, event)
        elif event.kind == EventKind.STAFF_SEMINAR:
            train_staff(world)
        elif event.kind == EventKind.OTHER:
            meet_at_event(world, day, number)
