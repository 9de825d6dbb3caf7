"""What services add to a search: it belongs to the search, fades, and is had once a search; skill and certificates are the person's.

A search goes on through graduation, pauses, courses and internships, and ends with a job: the next one begins with the person's own effort, aim,
hopes and way of showing the skill. What help adds to them halves every `help_half_life` months, worked out where it is read from the day of the
last help: nothing has to be done day by day, and who never had help is read as if there were none.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from sim.calendar import MONTH_DAYS
from sim.compiled import NEVER, Row, Rows, compiled
from sim.tables import Tables

_ONE = np.uint32(1)


@compiled
def left_of_help(world: Tables, day: int, person: Row) -> float:
    """Return the part of the help on the day of the last one that is left today."""
    return math.exp(-math.log(2.0) * (day - person.helped_day) / (MONTH_DAYS * world.rules.behaviour.help_half_life))


@compiled
def effort_of(world: Tables, day: int, person: Row) -> float:
    """Return the person's effort, relative to the average seeker, with what is left of help."""
    if person.helped == 0:
        return person.effort
    return person.effort * math.exp(left_of_help(world, day, person) * person.effort_help)


@compiled
def aim_of(world: Tables, day: int, person: Row) -> float:
    """Return the share of sessions within the own field, with what is left of help."""
    if person.helped == 0:
        return person.targeting
    return min(1.0, person.targeting + left_of_help(world, day, person) * person.aim_help)


@compiled
def hopes_of(world: Tables, day: int, person: Row) -> float:
    """Return the reservation wage at the start of the search, CNY a month, with what is left of help."""
    if person.helped == 0:
        return person.reservation_wage
    return person.reservation_wage * math.exp(left_of_help(world, day, person) * person.hopes_help)


@compiled
def shown_skill_of(world: Tables, day: int, person: Row) -> float:
    """Return how well the person shows the skill (sd), with what is left of help."""
    if person.helped == 0:
        return person.interview_skill
    return person.interview_skill + left_of_help(world, day, person) * person.signal_help


def hopes_seen(people: Rows, day: int, half_life: float) -> NDArray[np.float64]:
    """Return what `hopes_of` returns for one row or many, outside the rules.

    Args:
        people: Rows of people.
        day: Today.
        half_life: `behaviour.help_half_life`, months.
    """
    since = np.where(people["helped"] == 0, 0, day - people["helped_day"])
    return np.asarray(people["reservation_wage"] * np.exp(0.5 ** (since / (MONTH_DAYS * half_life)) * people["hopes_help"]))


@compiled
def help_search(world: Tables, day: int, person: Row, kind: int, quality: float, effort: float, aim: float, hopes: float, signal: float) -> None:
    """Help a search, once a kind and search: what is left of earlier help and the new add up, and fade from today on.

    Args:
        world: The world.
        day: Today.
        person: Row of the person.
        kind: Kind of the help.
        quality: How much of it is given, 1 in full.
        effort: Rise of effort, per cent.
        aim: Rise of the share of sessions within the own field.
        hopes: Rise of the reservation wage, per cent.
        signal: Rise of how well the skill is shown, sd.
    """
    bit = _ONE << np.uint32(kind)
    if person.helped & bit != 0:
        return
    left = left_of_help(world, day, person) if person.helped != 0 else 0.0
    person.helped = person.helped | bit
    person.helped_day = day
    person.effort_help = left * person.effort_help + quality * math.log1p(effort / 100.0)
    person.aim_help = left * person.aim_help + quality * aim
    person.hopes_help = left * person.hopes_help + quality * math.log1p(hopes / 100.0)
    person.signal_help = left * person.signal_help + quality * signal


@compiled
def end_help(person: Row) -> None:
    """End a search, and with it what it had of help: the next begins with the person's own traits."""
    if person.helped != 0:
        person.helped = 0
        person.helped_day = NEVER
        person.effort_help = 0.0
        person.aim_help = 0.0
        person.hopes_help = 0.0
        person.signal_help = 0.0
