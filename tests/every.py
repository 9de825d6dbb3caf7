"""Assertions about everybody of a group, which demand that the group is not empty: what holds of nobody is no finding."""

from collections.abc import Iterable
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike

Thing = TypeVar("Thing")


def every(holds: ArrayLike, message: str = "") -> None:
    """Assert that a condition holds of every member of a group, and that there are members.

    Args:
        holds: What is true of each member, such as ``people.wage[working] > 0``.
        message: What is said where it does not hold.
    """
    found = np.asarray(holds)
    assert found.ndim > 0, "a group is asked for, not one answer"
    assert found.dtype == np.bool_ or np.isin(found, (0, 1)).all(), "what holds is true or false"
    assert found.size > 0, f"nobody is asked: {message}"
    fails = np.flatnonzero(~found.astype(bool))
    assert not fails.size, f"fails for {fails.size} of {found.size}, first at {fails[:5].tolist()}: {message}"


def some(things: Iterable[Thing]) -> list[Thing]:
    """Return what a loop goes through, and assert that there is something."""
    found = list(things)
    assert found, "there is nothing to go through"
    return found
