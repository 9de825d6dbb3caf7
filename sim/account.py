"""The gross-to-net account: what a programme adds, counted person by person on paired worlds.

    gross placements of participants = deadweight + net effect on participants
    net additional jobs = net effect on participants - displacement + jobs made

The same person lives in both worlds with the same luck, so each row is a count of persons and the account closes to zero in every replicate.
A person is in exactly one `Part`; the rows are sums and differences of the parts.
Among people who took no part, some have a job only in one world and some only in the other. As many as gained have merely taken the place of as many
who lost: they are shown as `reshuffled`. What is left over is `displacement` if more lost, `jobs_made` if more gained (posts of start-ups,
vacancies that the programme called forth). Which of those who lost were displaced and which merely changed places cannot be told person by person.
Who has aged out counts in both worlds as on the day of it: life goes on as it was, out of sight.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.calendar import YEAR_DAYS
from sim.states import Activity, Place
from sim.statistics import Kind

People = Mapping[str, NDArray[Any]]
Flags = NDArray[np.bool_]
Parts = NDArray[np.int8]

ROWS = (
    "gross_placements", "deadweight", "net_on_participants", "displacement", "jobs_made", "net_additional_jobs", "residual", "reshuffled",
)  # fmt: skip
"""Rows of an account, in order."""
ROW_KINDS = {row: Kind.FREE if row in ("net_on_participants", "net_additional_jobs", "residual") else Kind.COUNT for row in ROWS}
"""Row → what values it can have: a balance may be below zero."""
HALF_YEAR, YEAR = 182, YEAR_DAYS


LAST_SEEN = {"activity": "last_activity", "place": "last_place", "employer": "last_employer", "wage": "last_wage"}
"""Column of a person → where it stands of whom has aged out."""


class Part(IntEnum):
    """What became of a person between the two worlds. Numbers are stored in tables: add at the end, never renumber."""

    NONE = 0
    """Placed in neither world, or in both without having taken part."""
    PLACED_ANYWAY = 1
    """Took part; placed in both worlds."""
    HELPED = 2
    """Took part; placed with the programme only."""
    HARMED = 3
    """Took part; placed without the programme only."""
    LOST_BY_OTHERS = 4
    """Took no part; placed without the programme only."""
    GAINED_BY_OTHERS = 5
    """Took no part; placed with the programme only."""


def as_last_seen(people: People) -> dict[str, NDArray[Any]]:
    """Return the people with those who have aged out as they were on the day of it: a job goes on, and so does a search.

    Args:
        people: Column → values, shape (people,); with a column of `LAST_SEEN`, also the one that it stands in.
    """
    gone = np.asarray(people["activity"]) == Activity.AGED_OUT
    replaced = {name: np.where(gone, people[last], people[name]) for name, last in LAST_SEEN.items() if name in people}
    return {**people, **replaced}


def works_here(people: People) -> Flags:
    """Tell who works in the region, employed or with a firm of their own, shape (people,)."""
    works = np.isin(people["activity"], (Activity.EMPLOYED, Activity.FOUNDER))
    flags: Flags = works & (np.asarray(people["employer"]) >= 0)
    return flags


def stays_here(people: People, days: int, length: int) -> Flags:
    """Tell who came from elsewhere during the run and has lived here for at least `length` days at its end, shape (people,)."""
    since = np.asarray(people["resident_since"])
    here = (np.asarray(people["from_elsewhere"]) == 1) & (np.asarray(people["place"]) == Place.RESIDENT)
    flags: Flags = here & (since >= 0) & (days - since >= length) & (np.asarray(people["left_day"]) < 0)
    return flags


def runs_a_firm(people: People) -> Flags:
    """Tell who runs a firm, shape (people,)."""
    flags: Flags = np.asarray(people["activity"]) == Activity.FOUNDER
    return flags


def divide(without: Flags, given: Flags, participant: Flags) -> Parts:
    """Put each person into a part of the account.

    Args:
        without: Who is placed in the world without the programme, shape (people,).
        given: Who is placed in the world with it, the same people.
        participant: Who took part.

    Returns:
        `Part` of each person, shape (people,).
    """
    parts = np.zeros(without.shape, np.int8)
    parts[participant & without & given] = Part.PLACED_ANYWAY
    parts[participant & ~without & given] = Part.HELPED
    parts[participant & without & ~given] = Part.HARMED
    parts[~participant & without & ~given] = Part.LOST_BY_OTHERS
    parts[~participant & ~without & given] = Part.GAINED_BY_OTHERS
    return parts


def count_parts(parts: Parts, total: int) -> dict[str, int]:
    """Count the rows of an account.

    Args:
        parts: `Part` of each person, shape (people,).
        total: Persons placed in the world with the programme, less those in the world without it.

    Returns:
        Row → persons.
    """
    number = np.bincount(parts, minlength=len(Part)).tolist()
    deadweight = number[Part.PLACED_ANYWAY] + number[Part.HARMED]
    net = number[Part.HELPED] - number[Part.HARMED]
    lost, gained = number[Part.LOST_BY_OTHERS], number[Part.GAINED_BY_OTHERS]
    reshuffled = min(lost, gained)
    return {
        "gross_placements": number[Part.PLACED_ANYWAY] + number[Part.HELPED],
        "deadweight": deadweight,
        "net_on_participants": net,
        "displacement": lost - reshuffled,
        "jobs_made": gained - reshuffled,
        "net_additional_jobs": total,
        "residual": total - (net - (lost - reshuffled) + (gained - reshuffled)),
        "reshuffled": reshuffled,
    }
