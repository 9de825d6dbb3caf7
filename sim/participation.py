"""Who takes part in what: the columns of a person that say that a service was received."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.levers import LEVERS
from sim.watched import RECEIVED_FROM

PARTICIPATION: dict[str, tuple[str, ...]] = {
    lever.name: columns for lever in LEVERS if (columns := tuple(column.name for column in lever.person if column.took_part))
}
"""Lever → columns, any of which is above zero for a participant, for good. Who was only told of services (outreach) is none; equity goes to firms."""

COUNTED = (
    "activity", "employer", "place", "last_activity", "last_employer", "last_place", "resident_since", "from_elsewhere", "left_day",
    *(column for columns in PARTICIPATION.values() for column in columns),
)  # fmt: skip
"""Columns of a person that the accounts read."""


def took_part(people: Mapping[str, NDArray[Any]], lever: str) -> NDArray[np.bool_]:
    """Tell who received a service.

    Args:
        people: Column → values, shape (people,).
        lever: Name of the lever.

    Returns:
        Shape (people,); nobody for a lever that has no participants among persons.
    """
    size = len(people["activity"])
    found = np.zeros(size, np.bool_)
    for column in PARTICIPATION.get(lever, ()):
        found |= np.asarray(people[column]) > 0
    return found


def participants(people: Mapping[str, NDArray[Any]]) -> NDArray[np.bool_]:
    """Tell who received any service, shape (people,)."""
    found = np.zeros(len(people["activity"]), np.bool_)
    for lever in PARTICIPATION:
        found |= took_part(people, lever)
    return found


def times_used(people: Mapping[str, NDArray[Any]], lever: str) -> NDArray[np.int64]:
    """Return how often each person received a service; that it rises says that a person did. Of a lever without participants, what else came from it.

    Args:
        people: Column → values, shape (people,).
        lever: Name of the lever.

    Returns:
        Shape (people,).
    """
    times = np.zeros(len(people["activity"]), np.int64)
    for column in PARTICIPATION.get(lever, [name for name, giver in RECEIVED_FROM.items() if giver == lever]):
        times += np.asarray(people[column])
    return times
