"""What a visit to the region is worth, and what it leaves."""

from __future__ import annotations

from sim.compiled import Row, compiled
from sim.draws import Decision, uniform
from sim.states import Activity, Count, Money, Place, Placement
from sim.tables import Tables

DAYS_OF_NOTICE = 2
"""Days before a fair or exam on which who lives far away thinks of coming: the trip is weighed tomorrow, for the evening before."""


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
def is_home_by_evening(world: Tables, day: int, identity: int) -> bool:
    """Tell whether somebody would be home in the evening after an appointment here on a day: by the way there, and the hour it happens to be."""
    return bool(uniform(world, Decision.SAME_DAY, day, identity, 0) < world.campuses[world.people[identity].campus].same_day)


@compiled
def can_come_for_the_day(world: Tables, day: int, identity: int) -> bool:
    """Tell whether a person would be home in the evening of a day, and has the fare."""
    person = world.people[identity]
    return bool(person.savings >= fare_of_trip(world, person) and is_home_by_evening(world, day, identity))


@compiled
def plan_to_come(day: int, person: Row, reason: int) -> None:
    """Think tomorrow about a trip to an appointment of the day after tomorrow, for which one has to be here the evening before."""
    person.appointment = reason
    person.appointment_day = day + DAYS_OF_NOTICE
    person.next_trip_day = day + 1


@compiled
def could_be_invited(world: Tables, person: Row) -> bool:
    """Tell whether somebody lives so far away that an appointment here may need a night, has no home here, and no job or contract."""
    far = person.place == Place.ELSEWHERE and person.from_elsewhere == 1 and world.campuses[person.campus].day_trip == 0
    return bool(far and person.contract_day < 0 and person.activity != Activity.EMPLOYED and person.activity != Activity.FOUNDER)


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
