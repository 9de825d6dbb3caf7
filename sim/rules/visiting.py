"""What a visit to the region is worth, and what it leaves."""

from __future__ import annotations

from sim.compiled import Row, compiled
from sim.states import Count, Money, Place, Placement
from sim.tables import Tables


@compiled
def worth_of_looking_round(world: Tables, person: Row) -> float:
    """Return the usual worth of a trip to look round, CNY: more for who gives the region more of the search."""
    behaviour = world.rules.behaviour
    return behaviour.explore_trip_value * (behaviour.explore_base + behaviour.explore_by_interest * person.region_interest)


@compiled
def fare_of_trip(world: Tables, person: Row) -> int:
    """Return the fare there and back, CNY."""
    return int(2 * world.campuses[person.campus].fare)


@compiled
def can_come_for_the_day(world: Tables, person: Row) -> bool:
    """Tell whether a person lives near enough to be home in the evening, and has the fare."""
    return bool(world.campuses[person.campus].day_trip == 1 and person.savings >= fare_of_trip(world, person))


@compiled
def pay_fare(world: Tables, person: Row) -> None:
    """Pay the fare of a trip out of one's savings."""
    fare = fare_of_trip(world, person)
    person.savings -= fare
    world.ledger[Money.FARES] -= fare
    person.trips += 1


@compiled
def come_for_the_day(world: Tables, day: int, person: Row) -> None:
    """Be in the region on a day, today or tomorrow, without needing a bed: this is no arrival."""
    if person.day_trip < day - 1:
        person.day_trips_from = day
    person.day_trip = day
    person.day_trips += 1
    world.counts[Count.DAY_TRIPS] += 1


@compiled
def is_here_for_the_day(day: int, person: Row) -> bool:
    """Tell whether a person comes on a day without needing a bed; tomorrow's trip may be planned already."""
    return bool(person.day_trips_from <= day <= person.day_trip)


@compiled
def grow_ties(world: Tables, person: Row) -> None:
    """Let a night on a visit tie a person to the region; a place of the programme leaves a tie of its own, and none a night."""
    if person.place == Place.VISITING and person.placement == Placement.OWN:
        person.attachment += world.rules.behaviour.visit_attachment
