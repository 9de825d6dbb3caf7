"""Who is still young: people who have aged out are passed over without a look at their rows."""

from __future__ import annotations

from sim.calendar import MONTH_DAYS
from sim.compiled import NEVER, Row, compiled
from sim.draws import uniform
from sim.states import Activity, Place
from sim.tables import Tables

DRAWS_FOR_SOMEBODY = 64
"""Draws at most until somebody young is found: with nine in ten aged out, one time in a thousand nobody is."""
OUT = -2
"""In the list of workplaces: of whom has aged out."""
KEYS_OF_A_DRAW = 16
"""What else the key of such a draw tells apart: channels of outreach."""


@compiled
def first_of_day(world: Tables, day: int) -> int:
    """Return the first row, from the first person who is young on, whose own day of the month is today; every `MONTH_DAYS`th follows."""
    first = world.rows_in_use.first_young
    return int(first + (MONTH_DAYS - (day + first) % MONTH_DAYS) % MONTH_DAYS)


@compiled
def workplace_of(person: Row) -> int:
    """Return what the list of workplaces says of a person: the employer, none, or that the person has aged out."""
    return OUT if person.activity == Activity.AGED_OUT else int(person.employer)


@compiled
def was_young(world: Tables, identity: int) -> bool:
    """Tell whether a person had not aged out last evening: of four bytes, which are at hand when the row is not."""
    return bool(world.workplaces[identity] != OUT)


@compiled
def somebody(world: Tables, decision: int, day: int, index: int, key: int) -> int:
    """Draw somebody who has not aged out.

    Args:
        world: The world.
        decision: What the draw decides.
        day: Day.
        index: Which of the day's draws.
        key: What else tells the draw apart, below `KEYS_OF_A_DRAW`.
    """
    identity = 0
    for attempt in range(DRAWS_FOR_SOMEBODY):
        identity = int(uniform(world, decision, day, index, key + KEYS_OF_A_DRAW * attempt) * world.rows_in_use.people)
        if world.people[identity].activity != Activity.AGED_OUT:
            break
    return identity


@compiled
def some_resident(world: Tables, decision: int, day: int, index: int, key: int) -> int:
    """Draw somebody who lives here and has not aged out, in at most `DRAWS_FOR_SOMEBODY` draws; the arguments are those of `somebody`.

    Returns:
        Row of the person; NEVER where nobody is found.
    """
    for attempt in range(DRAWS_FOR_SOMEBODY):
        identity = int(uniform(world, decision, day, index, key + KEYS_OF_A_DRAW * attempt) * world.rows_in_use.people)
        person = world.people[identity]
        if person.place == Place.RESIDENT and person.activity != Activity.AGED_OUT:
            return identity
    return NEVER
