"""What a search promised, and what became of it, on numbers whose answer is known."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from experiments.optimise.found import EQUAL, TODAY, Candidate, Optimised
from sim.optimising.searching import Searched

NAMES = ("jobs", "spending")


def of(seen: list[float], again: list[float], places: list[int | None]) -> Optimised:
    """Return mixes that added so much in the search, and so much when they were run again."""
    names = [*(f"mix_{number}" for number in range(len(again) - 2)), EQUAL, TODAY]
    candidates = tuple(Candidate(name, None, {}, {}, place) for name, place in zip(names, places, strict=True))
    searched = Searched(np.zeros((len(seen), 1)), np.array([[[jobs + 100.0, 1.0]] * 2 for jobs in seen]))
    fresh = np.array([[[jobs + 40.0, 1.0], [jobs + 42.0, 1.0]] for jobs in again])
    unused: Any = None
    return Optimised(unused, NAMES, "jobs", ("jobs",), "mean", 9.0, searched, np.tile([100.0, 0.0], (2, 1)), candidates, fresh,
                     np.array([[40.0, 0.0], [42.0, 0.0]]), None, (1, 2))  # fmt: skip


def test_the_curse_is_of_the_finalists_and_that_of_the_equal_split_stands_apart() -> None:
    found = of(seen=[10.0, 8.0, 3.0], again=[4.0, 6.0, 2.5, 1.0], places=[0, 1, 2, None])
    assert found.curse == pytest.approx(((10 - 4 + 8 - 6) / 2, 3 - 2.5))


def test_an_equal_split_that_nobody_tried_has_no_curse() -> None:
    found = of(seen=[10.0, 8.0], again=[4.0, 2.5, 1.0], places=[0, None, None])
    assert found.curse is not None
    assert found.curse[0] == pytest.approx(6.0)
    assert np.isnan(found.curse[1])


def test_what_is_missed_is_paired() -> None:
    found = of(seen=[10.0], again=[4.0, 2.5, 1.0], places=[0, None, None])
    assert found.chosen == 0
    assert found.more_than(1).tolist() == [1.5, 1.5]
    assert found.more_than(2).tolist() == [3.0, 3.0]
