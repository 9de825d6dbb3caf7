"""Who has something planned for a day: found once a day, for all phases."""

from __future__ import annotations

from sim.compiled import Integers, Row, Rows, compiled
from sim.states import Place


@compiled
def clear_agenda(tables: Row) -> None:
    """Begin the lists of a day."""
    tables.due = 0
    tables.travellers = 0
    tables.new_visitors = 0


@compiled
def put_on_agenda(day: int, identity: int, person: Row, due: Integers, tables: Row) -> None:
    """Put a person on the lists of a day, if something is planned for it.

    What a phase plans is always for a later day, so the lists of a morning, made the evening before, hold until its evening.

    Args:
        day: The day that the lists are for.
        identity: Row of the person.
        person: The person.
        due: Two lists in one array, shape (2 * people,): who has an event of search, school or work, from the front; who is on a visit or
            considers a trip, from the middle.
        tables: Row counts, with the lengths of the lists.
    """
    planned = (person.next_search_day == day) | (person.next_outside_day == day) | (person.return_day == day)
    planned |= (person.opportunity_day == day) | (person.internship_day == day) | (person.contract_day == day)
    planned |= (person.graduation_day == day) | ((person.separation_day <= day) & (person.separation_day >= 0))
    if planned:
        due[tables.due] = identity
        tables.due += 1
    if (person.place == Place.VISITING) | (person.station >= 0) | (person.next_trip_day == day):
        due[due.size // 2 + tables.travellers] = identity
        tables.travellers += 1


@compiled
def make_agenda(day: int, people: Rows, due: Integers, tables: Row) -> None:
    """Make the lists of the first day of a call; later days find theirs made by the evening's record."""
    clear_agenda(tables)
    for identity in range(tables.people):
        put_on_agenda(day, identity, people[identity], due, tables)
