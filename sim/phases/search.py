"""Phase 5, search: people have sessions of search on the boards; fairs and campus trips bring extra meetings."""

from __future__ import annotations

from sim.compiled import compiled
from sim.fetching import AHEAD, LINE_OF_INTERVIEWS, LINES_OF_A_SESSION, SOON, fetch, fetch_person
from sim.meetings import meet_at_event, meet_in_search
from sim.rules.applying import hold_session
from sim.rules.peers import hear_of_posts
from sim.rules.scoring import peer_of
from sim.rules.searching import schedule_session
from sim.tables import Tables


@compiled
def send_applications(world: Tables, day: int) -> None:
    """Everybody whose day it is has a session of search."""
    for index in range(world.rows_in_use.due):
        identity = world.due[index]
        fetch(world.people, world.due[index + AHEAD + SOON], 0)
        fetch(world.peers, world.due[index + AHEAD + SOON] * world.rules.behaviour.peers, 0)
        if world.people[world.due[index + AHEAD]].next_search_day == day:
            fetch_person(world, world.due[index + AHEAD], LINES_OF_A_SESSION)
            fetch(world.people, world.due[index + AHEAD], LINE_OF_INTERVIEWS)
        if world.people[world.due[index + SOON]].next_search_day == day:
            _fetch_workplaces(world, world.due[index + SOON])
        if world.people[identity].next_search_day == day:
            hold_session(world, day, identity)
            hear_of_posts(world, day, identity)
            meet_in_search(world, day, identity)
            schedule_session(world, day, identity)


@compiled
def _fetch_workplaces(world: Tables, identity: int) -> None:
    """Ask for where the peers work of somebody whose turn is soon."""
    for index in range(world.rules.behaviour.peers):
        fetch(world.workplaces, peer_of(world, identity, index), 0)


@compiled
def hold_events(world: Tables, day: int) -> None:
    """Let the levers hold what they have planned for the day. The luck of an event hangs on its key, not on what else is planned."""
    for event_row in range(world.events.size):
        if world.events[event_row].day == day:
            meet_at_event(world, day, event_row)
