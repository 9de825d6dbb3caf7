"""Phase 5, search: people look through the boards and send applications; fairs and campus trips bring extra meetings."""

from __future__ import annotations

from sim.compiled import compiled
from sim.draws import Decision, uniform
from sim.fetching import AHEAD, fetch
from sim.meetings import meet_at_event, meet_in_search
from sim.rules.applying import has_applied, look_through, submit
from sim.rules.help import aim_of
from sim.rules.scoring import has_peer_at
from sim.rules.searching import schedule_application
from sim.states import Channel
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
        targeted = uniform(world, Decision.TARGETED_SESSION, day, identity, 0) < aim_of(world, day, person)
        best = look_through(world, Decision.SEE_POST, day, identity, world.rules.behaviour.posts_seen, targeted)
        if best >= 0 and not has_applied(world, best, identity):
            referred = has_peer_at(world, identity, world.posts[best].employer)
            channel = Channel.REFERRAL if referred else Channel.ADVERT
            submit(world, day, identity, best, channel)
        meet_in_search(world, day, identity)
        schedule_application(world, day, identity)


@compiled
def hold_events(world: Tables, day: int) -> None:
    """Let the levers hold what they have planned for the day. The luck of an event hangs on its key, not on what else is planned."""
    for event_row in range(world.events.size):
        if world.events[event_row].day == day:
            meet_at_event(world, day, event_row)
