"""Who has something planned for a day: found once a day, for all phases."""

from __future__ import annotations

from sim.compiled import Row, compiled
from sim.marked import INTERPRETED
from sim.states import Place
from sim.tables import Tables

FAR = 2**31 - 1
"""A planned day that is not to come."""


@compiled
def is_due(day: int, person: Row) -> bool:
    """Tell whether an event of search, school or work is planned for a day.

    What a phase plans is always for a later day, so the lists of a morning, made the evening before, hold until its evening.
    """
    planned = (person.next_search_day == day) | (person.next_outside_day == day) | (person.return_day == day)
    planned |= (person.opportunity_day == day) | (person.internship_day == day) | (person.contract_day == day)
    return planned | (person.graduation_day == day) | ((person.separation_day <= day) & (person.separation_day >= 0))


@compiled
def is_travelling(day: int, person: Row) -> bool:
    """Tell whether a person is on a visit or considers a trip on a day."""
    return (person.place == Place.VISITING) | (person.station >= 0) | (person.next_trip_day == day)


@compiled
def next_day(day: int, person: Row) -> int:
    """Return the first day from `day` on for which a person is due or travelling, as far as is known now."""
    nearest = min(
        _from(day, person.next_search_day), _from(day, person.next_outside_day), _from(day, person.return_day), _from(day, person.opportunity_day),
        _from(day, person.internship_day), _from(day, person.contract_day), _from(day, person.graduation_day), _from(day, person.next_trip_day),
    )  # fmt: skip
    nearest = min(nearest, max(day, person.separation_day) if person.separation_day >= 0 else FAR)
    travels = (person.place == Place.VISITING) | (person.station >= 0)
    return day if travels else nearest


@compiled
def _from(day: int, planned: int) -> int:
    """Return a planned day, FAR where it is over."""
    return planned if planned >= day else FAR


@compiled
def is_handled(world: Tables, day: int, identity: int) -> bool:
    """Tell whether a person was due or travelling today, or has been changed today. Where rules are interpreted: everybody may have been."""
    return INTERPRETED or world.planned[identity] <= day
