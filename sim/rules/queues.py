"""Fair queues: where something may not reach everybody, who is served first is drawn, and does not hang on the row.

Whoever asks joins the queue with a draw keyed by the occasion and the asker, and is called in the order of the draws. Who else asks changes nobody's
draw: one asker more moves only who is served last. The queue is in order at any time: a draw says where in the table its owner stands, others make
room (linear probing sort; Gonnet & Munro 1984, Journal of Algorithms 5(4)), so that an asker costs as much among many as among few.

There is one queue at a time: a rule that serves somebody called in opens no other.
"""

from __future__ import annotations

from enum import IntEnum

from sim.calendar import MONTH_DAYS
from sim.compiled import compiled
from sim.draws import Decision, uniform
from sim.rules.youth import first_of_day, was_young
from sim.tables import Tables

DRAWS = 2**32
"""Draws that a queue tells apart; equal ones stand by row."""
ROWS = 2**31
"""Rows that a place of the queue tells apart."""
EMPTY = 0
"""A place where nobody stands: a table that is made of zeros takes memory only where somebody has stood."""
ROOM = 1024
"""Places that the table has beyond those for people: few people may have many interviews."""


class Queue(IntEnum):
    """Queues of each day: keys of luck."""

    HELP = 0
    PAY_DAY = 1
    NIGHTS = 2
    TRIPS = 3
    TRAINEES = 5
    FOUNDERS = 6
    STARTUPS = 7
    FIRMS = 8
    STATIONS = 9
    HIRES = 10
    DESKS = 11
    INTERVIEWS = 100
    """The row of the employer is added to it, so that of two interviews of a person on one day the same is thought of, wherever its pile lies."""


@compiled
def open_queue(world: Tables, expected: int) -> None:
    """Begin an empty queue, for about so many; more are welcome, and only slower."""
    rows = world.rows_in_use
    for place in range(rows.in_queue):
        world.queue[place] = EMPTY
    rows.in_queue = 0
    rows.queue_width = max(1, min(expected + expected, _most(world)))


@compiled
def _most(world: Tables) -> int:
    """Return how many can stand in the queue: more than there are people."""
    return int(world.queue.size // 2)


@compiled
def join_queue(world: Tables, row: int, draw: float) -> None:
    """Join the queue.

    Args:
        world: The world.
        row: Who, or what, is to be called.
        draw: In [0, 1): the smaller, the sooner.
    """
    rows = world.rows_in_use
    if rows.in_queue >= _most(world):
        return
    rows.in_queue += 1
    number = int(draw * DRAWS)
    place = number * rows.queue_width // DRAWS
    entry = number * ROWS + int(row) + 1
    while EMPTY < world.queue[place] < entry:
        place += 1
    while entry > EMPTY:
        other = world.queue[place]
        world.queue[place] = entry
        entry = other
        place += 1


@compiled
def call_in(world: Tables) -> int:
    """Close the queue. Returns how many stand in it: ``world.queue[0]`` is the row to be served first."""
    length = 0
    place = 0
    while length < world.rows_in_use.in_queue:
        entry = world.queue[place]
        if entry > EMPTY:
            world.queue[place] = EMPTY
            world.queue[length] = (entry - 1) % ROWS
            length += 1
        place += 1
    return length


@compiled
def call_in_today(world: Tables, day: int, which: int, drawn: bool) -> int:
    """Call in everybody young whose own day of the month it is: in the order of a draw, or by row where nothing on offer can run short.

    Returns:
        How many: ``world.queue[0]`` is the first.
    """
    rows = world.rows_in_use
    open_queue(world, (rows.people - rows.first_young) // MONTH_DAYS + 1)
    for identity in range(first_of_day(world, day), rows.people, MONTH_DAYS):
        if was_young(world, identity):
            if drawn:
                join_queue(world, identity, uniform(world, Decision.QUEUE_OF_DAY, day, identity, which))
            else:
                world.queue[rows.in_queue] = identity + 1
                rows.in_queue += 1
    return int(call_in(world))
