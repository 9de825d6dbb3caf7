"""Who has something planned for a day: found once a day, for all phases."""

from __future__ import annotations

from sim.compiled import Row, compiled
from sim.states import Place
from sim.tables import Tables


@compiled
def is_due(day: int, person: Row) -> bool:
    """Tell whether an event of search, school or work is planned for a day.

    What a phase plans is always for a later day, so the lists of a morning, made the evening before, hold until its evening. Everything is
    compared, without a branch: a pass over all people then waits for the memory of several persons at a time.
    """
    planned = (person.next_search_day == day) | (person.next_outside_day == day) | (person.return_day == day)
    planned |= (person.opportunity_day == day) | (person.internship_day == day) | (person.contract_day == day)
    return planned | (person.graduation_day == day) | ((person.separation_day <= day) & (person.separation_day >= 0))


@compiled
def is_travelling(day: int, person: Row) -> bool:
    """Tell whether a person is on a visit or considers a trip on a day."""
    return (person.place == Place.VISITING) | (person.station >= 0) | (person.next_trip_day == day)


@compiled
def make_agenda(world: Tables, day: int) -> None:
    """Make the lists of the first day of a call; later days find theirs made by the evening's record.

    Args:
        world: The world.
        day: The day that the lists are for.
    """
    world.rows_in_use.due = 0
    world.rows_in_use.travellers = 0
    world.rows_in_use.new_visitors = 0
    for identity in range(world.rows_in_use.people):
        person = world.people[identity]
        world.due[world.rows_in_use.due] = identity
        world.rows_in_use.due += is_due(day, person)
        world.due[world.due.size // 2 + world.rows_in_use.travellers] = identity
        world.rows_in_use.travellers += is_travelling(day, person)
