"""Who may use which service: what a trial randomises.

A person's `barred` has one bit for each lever and one for each service of `Admission`. A service from which everybody is barred does the same as
no service, to the last bit of every person, post and employer; so a trial's world without treatment is the world without the service.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.levers import LEVERS, LeverId
from sim.states import Admission

_PARTS: dict[str, tuple[int, Admission]] = {
    f"{lever.name}.{service}": (row, part) for row, lever in enumerate(LEVERS) for service, part in lever.services.items()
}
BY_EMPLOYER = {lever.name for lever in LEVERS if lever.reaches_employers}
"""Levers that reach employers or the services themselves: no person can be kept out of them."""
SERVICES = tuple(sorted([*(lever.name for lever in LEVERS if not lever.reaches_employers), *_PARTS]))
"""What people can be admitted to: levers, and services of a lever."""


def lever_of(service: str) -> str:
    """Return the lever that a service belongs to."""
    return service.partition(".")[0]


def bits_of(services: Iterable[str]) -> int:
    """Return the bits that have to be clear for somebody to use some services.

    Args:
        services: Names out of `SERVICES`; a lever stands for all its services.

    Returns:
        A set of bits, of the width of `barred`.
    """
    bits = 0
    for service in services:
        if service in _PARTS:
            lever, part = _PARTS[service]
            bits |= 1 << lever | 1 << part
            continue
        bits |= 1 << LeverId[service.upper()]
        for name, (_, part) in _PARTS.items():
            if lever_of(name) == service:
                bits |= 1 << part
    return bits


def bits_at_stake(services: Iterable[str]) -> int:
    """Return the bits that a study of some services closes: whole levers, so that who is admitted to one service gets no other of its lever."""
    return bits_of({lever_of(service) for service in services})


def levers_of(services: Iterable[str]) -> tuple[str, ...]:
    """Return the levers of some services, each once, in their order."""
    named = {lever_of(service) for service in services}
    return tuple(lever.name for lever in LEVERS if lever.name in named)


def admit_only(people: Any, at_stake: int, admitted: NDArray[np.uint32]) -> None:  # noqa: ANN401
    """Close the services of a study to everybody but those admitted.

    Args:
        people: Table of graduates, a record array, shape (people,).
        at_stake: Bits of what the study closes, `bits_at_stake`.
        admitted: Bits of those that each person may use, shape (people,).
    """
    people["barred"] = (people["barred"] & ~np.uint32(at_stake)) | (np.uint32(at_stake) & ~admitted)
