"""Who takes part in what: the columns of a person that say that a service was received."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

PARTICIPATION: dict[str, tuple[str, ...]] = {
    "lodging": ("guest_stays",),
    "job_fairs": ("fairs",),
    "campus_recruitment": ("campus_cvs",),
    "travel_vouchers": ("voucher",),
    "mentoring": ("mentored",),
    "loans": ("loans_granted",),
    "guidance": ("lectures", "advised"),
    "skills_training": ("menu_courses", "contracted_courses", "course"),
    "internships": ("placements",),
    "startup_courses": ("startup_courses", "book_club"),
    "legal_aid": ("legal_cases", "legal_trained"),
    "incubator": ("incubated",),
    "subsidies": ("subsidies", "card"),
    "integration": ("social_events", "community"),
    "casework": ("case_files",),
    "safety_training": ("safety_courses",),
    "organisation": ("deputy", "leader"),
}
"""Lever → columns, any of which is above zero for a participant. Who was only told of services (outreach) is none; equity goes to firms."""

COUNTED = (
    "activity", "employer", "resident_since", "from_elsewhere", "place", "left_day",
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
    """Return how often each person received a service; that it rises says that a person did. Contacts, for outreach.

    Args:
        people: Column → values, shape (people,).
        lever: Name of the lever.

    Returns:
        Shape (people,).
    """
    times = np.zeros(len(people["activity"]), np.int64)
    for column in PARTICIPATION.get(lever, ("contacts",) if lever == "outreach" else ()):
        times += np.asarray(people[column])
    return times
