"""Beds of the stations, of the phase of travel: asked for, taken, slept in, given back."""

from __future__ import annotations

from sim.compiled import NEVER, Row, compiled
from sim.levers.lodging import nights_offered, serves, turn_away
from sim.rules.services import can_pay, keep_paying, knows, learn
from sim.states import Count
from sim.tables import Tables

NO_STATION = NEVER
ALL_FULL = NEVER - 1


@compiled
def find_station(world: Tables, day: int, person: Row, district: int) -> int:
    """Find a free bed, in the district first, else anywhere in the region.

    Returns:
        Row of the station; `NO_STATION` where none is open to this person; `ALL_FULL` where every open bed is taken.
    """
    if not serves(world, person) or nights_offered(world, person) == 0 or not can_pay(world, world.rules.lodging.row, 1):
        return NO_STATION
    open_somewhere = False
    fallback = NO_STATION
    for row in range(world.stations.size):
        station = world.stations[row]
        if station.opening_day > day or station.beds == 0:
            continue
        open_somewhere = True
        if station.beds_used < station.beds:
            if station.district == district:
                return row
            if fallback == NO_STATION:
                fallback = row
    if fallback != NO_STATION:
        return fallback
    return ALL_FULL if open_somewhere else NO_STATION


@compiled
def ask_for_bed(world: Tables, day: int, person: Row, district: int) -> int:
    """Find a free bed as `find_station` does, and count who asks in vain because all are taken."""
    row = find_station(world, day, person, district)
    if row == ALL_FULL:
        turn_away(world)
        world.counts[Count.STATION_TURNED_AWAY] += 1
    return int(row)


@compiled
def ask_for_first_bed(world: Tables, day: int, person: Row) -> int:
    """Find a free bed for somebody who has come for a job and has no room yet, where stations take the newly employed."""
    if world.rules.lodging.newly_employed == 0:
        return NO_STATION
    return int(ask_for_bed(world, day, person, person.district))


@compiled
def nights_in(world: Tables, person: Row, row: int) -> int:
    """Return the free nights that a stay in a station, found or not, would have."""
    return int(nights_offered(world, person)) if row >= 0 else 0


@compiled
def note_arrival(world: Tables, person: Row) -> None:
    """Mark somebody who comes for some nights and knows of the stations: who could ask for a bed there."""
    if knows(world, person, world.rules.lodging.row) and person.travelled_aware == 0:
        person.travelled_aware = 1
        world.counts[Count.LODGING_TRAVELLED] += 1


@compiled
def check_in(world: Tables, day: int, person: Row, row: int) -> None:
    """Give a bed for a stay."""
    station = world.stations[row]
    station.beds_used += 1
    station.guests += 1
    world.districts[station.district].beds_used += 1
    person.station = row
    person.free_nights_left = nights_offered(world, person)
    person.guest_stays += 1
    person.stay_day = day
    person.station_day = day
    world.services[world.rules.lodging.row].served += 1
    world.counts[Count.STATION_GUESTS] += 1


@compiled
def lodge_with_group(world: Tables, day: int, person: Row) -> None:
    """Tell somebody who has come with a group of the stations, and give a bed while there is one."""
    learn(person, world.rules.lodging.row)
    note_arrival(world, person)
    station = ask_for_bed(world, day, person, person.district)
    if station >= 0:
        check_in(world, day, person, station)


@compiled
def spend_night(world: Tables, day: int, person: Row) -> bool:
    """Spend one free night in the station where the person has a bed.

    Returns:
        False where no free night is left or the budget is empty.
    """
    if person.free_nights_left <= 0 or not keep_paying(world, world.rules.lodging.row, 1):
        return False
    person.free_nights_left -= 1
    person.guest_nights += 1
    person.night_day = day
    world.stations[person.station].nights += 1
    world.counts[Count.STATION_NIGHTS] += 1
    return True


@compiled
def check_out(world: Tables, person: Row) -> None:
    """Give the bed back."""
    station = world.stations[person.station]
    station.beds_used -= 1
    world.districts[station.district].beds_used -= 1
    if world.services[world.rules.lodging.row].on_offer == 0:
        station.beds -= 1
        world.districts[station.district].beds -= 1
    person.station = NEVER
    person.free_nights_left = 0
