"""Phase 5, search: people have sessions of search on the boards; fairs and campus trips bring extra meetings."""

from __future__ import annotations

from sim.compiled import compiled
from sim.fetching import AHEAD, LINES_OF_A_SESSION, fetch_person
from sim.meetings import meet_at_event, meet_in_search
from sim.rules.applying import hold_session
from sim.rules.peers import hear_of_posts
from sim.rules.searching import schedule_session
from sim.tables import Tables


@compiled
def send_applications(world: Tables, day: int) -> None:
    """Everybody whose day it is has a session of search."""
    for index in range(world.rows_in_use.due):
        identity = world.due[index]
        ahead = world.due[index + AHEAD]
        if world.people[ahead].next_search_day == day:
            fetch_person(world, ahead, LINES_OF_A_SESSION)
        if world.people[identity].next_search_day == day:
            hold_session(world, day, identity)
            hear_of_posts(world, day, identity)
            meet_in_search(world, day, identity)
            schedule_session(world, day, identity)


@compiled
def hold_events(world: Tables, day: int) -> None:
    """Let the levers hold what they have planned for the day. The luck of an event hangs on its key, not on what else is planned."""
    for event_row in range(world.events.size):
        if world.events[event_row].day == day:
            meet_at_event(world, day, event_row)
