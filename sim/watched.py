"""Which columns of a person a case file tells of, and in what words: read from the columns themselves."""

from __future__ import annotations

from sim.columns import Column, Told
from sim.schema import GRADUATES, LEVER_OF

WATCHED: dict[str, Told] = {column.name: column.told for column in GRADUATES if column.told}
"""Column that tells its own story → how, in the order in which a story lists what happened and what was received."""

RECEIVED_FROM: dict[str, str] = {name: LEVER_OF[name] for name, told in WATCHED.items() if name in LEVER_OF and told.received}
"""Column that counts what was received from a lever → the lever."""

TOLD: dict[str, str] = {column.name: column.told_by for column in GRADUATES if column.told_by}
"""Column → the moment of `sim/observers` that tells its changes with more than a number."""

LEFT_OUT: dict[str, str] = {column.name: column.left_out for column in GRADUATES if column.left_out}
"""Counts, flags and sums of money that no moment tells, with the reason."""

UNITS_LEFT_OUT: dict[str, str] = {
    "-": "a named state (activity, place) or a taste: told by the observers or in the portrait",
    "row": "a reference: what it leads to is told",
    "day": "a plan or a date: what happens on the day is told",
    "bits": "services known: told by name",
    "sd": "a trait",
    "share": "a trait",
    "ratio": "a trait",
    "log hazard": "a trait",
    "log revenue": "a trait",
    "persons": "a trait",
    "CNY/month": "pay: told with offers, contracts, jobs and raises",
}
"""Units of columns that need not say how they are told, with the reason."""


def needs_telling(column: Column) -> bool:
    """Tell whether a column counts, marks or sums up something that happened to a person, so that it must say how a case file tells it."""
    return column.unit not in UNITS_LEFT_OUT
