"""Which persons stand behind a count, and how often each counts: the sum over persons is the count, to the last unit.

A column says which outcomes it counts, an outcome how else its persons are found, or why there are none.
"""

from __future__ import annotations

import numpy as np

from sim.bilingual import Sentence
from sim.measures import NO_COLUMN, Counts
from sim.outcomes import OUTCOMES
from sim.schema import GRADUATES
from sim.world import World

TRACED: dict[str, str] = {outcome: column.name for column in GRADUATES for outcome in column.counts}
"""Outcome → column of the table of graduates that counts the same, person by person."""

PARTLY: dict[str, str] = {outcome: column.name for column in GRADUATES for outcome in column.counts_partly}
"""Outcome → column of the table of graduates that counts the persons' part; the rest belongs to established firms."""


class UntraceableError(ValueError):
    """An outcome that cannot be traced to persons; the message says why."""


def reason_against(name: str) -> str | Sentence:
    """Return why an outcome cannot be traced to persons; an empty text where it can."""
    if name in TRACED or name in PARTLY or OUTCOMES[name].persons is not None:
        return ""
    return OUTCOMES[name].untraced or NO_COLUMN


def persons_behind(world: World, name: str) -> Counts:
    """Count how often each person counts in an outcome.

    Args:
        world: The world at the end of the run.
        name: Name of the outcome.

    Returns:
        A count for each person, shape (persons,); the sum is the outcome, unless it is `partly` one of established firms.

    Raises:
        UntraceableError: The outcome has no persons behind it.
    """
    column = TRACED.get(name) or PARTLY.get(name)
    if column is not None:
        return world.tables["people"].column(column).astype(np.int64)
    find = OUTCOMES[name].persons
    if find is not None:
        return find(world)
    raise UntraceableError(reason_against(name))


def traceable() -> list[str]:
    """Return the outcomes that can be traced to persons, in the order of tables."""
    return [name for name in OUTCOMES if not reason_against(name)]
