"""Who has something planned for a day: found once a day, for all phases."""

from __future__ import annotations

from sim.compiled import Integers, Row, Rows, compiled
from sim.states import Place


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
def make_agenda(day: int, people: Rows, due: Integers, tables: Row) -> None:
    """Make the lists of the first day of a call; later days find theirs made by the evening's record.

    Args:
        day: The day that the lists are for.
        people: People.
        due: Two lists in one array, shape (2 * people,): who is due, from the front; who is travelling, from the middle.
        tables: Row counts, with the lengths of the lists.
    """
    tables.due = 0
    tables.travellers = 0
    tables.new_visitors = 0
    for identity in range(tables.people):
        person = people[identity]
        due[tables.due] = identity
        tables.due += is_due(day, person)
        due[due.size // 2 + tables.travellers] = identity
        tables.travellers += is_travelling(day, person)
