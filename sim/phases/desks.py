"""Desks of the stations, of the phase of services: who asks there is shown posts and advised, or talks a trouble at work over.

Guests and residents who walk in stand in one queue, in drawn order, for as many visits as the staff have time for. What a desk gives is information.
"""

from __future__ import annotations

from sim.calendar import MONTH_DAYS
from sim.compiled import NEVER, Row, compiled
from sim.draws import Decision, uniform
from sim.levers.guidance import take_advice
from sim.levers.lodging import serves, turn_away
from sim.rules.applying import look_for_post, submit
from sim.rules.queues import Queue, call_in, join_queue, open_queue
from sim.rules.working import has_trouble, talk_trouble_over
from sim.rules.youth import first_of_day, was_young
from sim.states import Activity, Channel, Count, Place
from sim.tables import Tables


@compiled
def _visits_a_day(world: Tables) -> int:
    """Return for how many people a day the staff of a desk have time."""
    return int(world.rules.lodging.desk_staff_per_station * world.rules.lodging.visits_per_desk_staff_day)


@compiled
def _any_staffed(world: Tables) -> bool:
    """Tell whether there is a desk with staff that are paid this month."""
    for row in range(world.stations.size):
        if world.stations[row].desk_paid == 1:
            return True
    return False


@compiled
def open_desks(world: Tables, day: int) -> None:
    """Serve, in drawn order, who asks at the desks today: guests of last night and, where they may, residents who search."""
    if _visits_a_day(world) == 0 or not _any_staffed(world):
        return
    open_queue(world, world.rows_in_use.travellers)
    for index in range(world.rows_in_use.travellers):
        identity = world.travellers[index]
        person = world.people[identity]
        if person.station >= 0 and person.place != Place.ELSEWHERE and (_looks_for_work(person) or _has_trouble_here(world, day, identity)):
            join_queue(world, identity, uniform(world, Decision.QUEUE_OF_DAY, day, identity, Queue.DESKS))
    if world.rules.lodging.walk_ins == 1:
        for identity in range(first_of_day(world, day), world.rows_in_use.people, MONTH_DAYS):
            if was_young(world, identity) and _walks_in(world, day, identity):
                join_queue(world, identity, uniform(world, Decision.QUEUE_OF_DAY, day, identity, Queue.DESKS))
    for index in range(call_in(world)):
        _use_desk(world, day, world.queue[index])


@compiled
def _has_trouble_here(world: Tables, day: int, identity: int) -> bool:
    """Tell whether a person works here and has a trouble to talk over."""
    person = world.people[identity]
    return bool(person.activity == Activity.EMPLOYED and person.employer >= 0 and has_trouble(world, day, identity))


@compiled
def _looks_for_work(person: Row) -> bool:
    """Tell whether a person searches, and has neither work nor a contract."""
    return bool(person.activity != Activity.EMPLOYED and person.contract_day < 0 and person.next_search_day >= 0)


@compiled
def _walks_in(world: Tables, day: int, identity: int) -> bool:
    """Tell whether a resident who searches asks at a desk this month."""
    person = world.people[identity]
    if person.place != Place.RESIDENT or person.station >= 0 or not _looks_for_work(person) or not serves(world, person):
        return False
    return bool(uniform(world, Decision.DESK_WALK_IN, day, identity, 0) < world.rules.lodging.walk_in_demand)


@compiled
def _desk_for(world: Tables, person: Row, capacity: int) -> int:
    """Return the station whose desk has time for a person: a guest's own, else one in the district first; NEVER where none has."""
    fallback = NEVER
    for row in range(world.stations.size):
        station = world.stations[row]
        if station.desk_paid == 0 or station.desk_used >= capacity or (person.station >= 0 and person.station != row):
            continue
        if station.district == person.district or person.station == row:
            return row
        if fallback < 0:
            fallback = row
    return fallback


@compiled
def _use_desk(world: Tables, day: int, identity: int) -> None:
    """Help one person at a desk, if its staff have time: who searches is shown posts and advised, who works here talks a trouble over."""
    person = world.people[identity]
    row = _desk_for(world, person, _visits_a_day(world))
    if row < 0:
        turn_away(world)
        world.counts[world.rules.lodging.counts.desk_turned_away] += 1
        return
    if _looks_for_work(person):
        take_advice(world, day, person, world.rules.behaviour.desk_quality)
        number = look_for_post(world, Decision.DESK_POST, day, identity, world.rules.behaviour.referral_looks)
        if number >= 0:
            submit(world, day, identity, number, Channel.DESK)
    else:
        talk_trouble_over(world, day, identity, world.rules.behaviour.trouble_settled)
    world.stations[row].desk_used += 1
    person.desk_visits += 1
    person.station_day = day
    world.counts[Count.DESK_CONSULTATIONS] += 1
    if person.station < 0:
        person.walk_ins += 1
        world.counts[world.rules.lodging.counts.walk_ins] += 1
