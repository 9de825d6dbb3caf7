"""Points of a design: evaluated once, kept, the same whoever computes them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
import pytest

from experiments.shared.batches.parts import Parts
from experiments.shared.errors import FailedError
from experiments.shared.evaluating import Evaluating
from sim.scenario import Scenario

NIGHTS = "policy.lodging.free_nights"
SIX = "six nights"
POINTS = [{NIGHTS: nights} for nights in (0, 3, 6, 14)]


def measure(scenario: Scenario, seed: int, number: int, calls: Path) -> list[float]:
    """What stands for a run: it says that it was asked."""
    with calls.open("a") as file:
        file.write("x")
    return [scenario.policy.lodging.free_nights, 1000.0 * seed + number]


def fail(scenario: Scenario, _seed: int, _number: int) -> list[float]:
    """A run that fails at one point."""
    if scenario.policy.lodging.free_nights == 6:
        raise ValueError(SIX)
    return [1.0, 2.0]


def quietly(_done: int, _failed: int) -> None:
    """Nobody watches."""


def of(folder: Path, seconds: float = 3.0, measured: str = "") -> Evaluating:
    return Evaluating(Scenario.load("zibo"), 7, ("nights", "luck"), partial(measure, calls=folder / "calls"), Parts(folder / "parts"), seconds,
                      workers=1, measured=measured)  # fmt: skip


def asked(folder: Path) -> int:
    return len((folder / "calls").read_text()) if (folder / "calls").exists() else 0


def test_every_point_has_the_same_luck_unless_told_otherwise(tmp_path: Path) -> None:
    told: list[int] = []
    found = of(tmp_path).at(POINTS, lambda done, _: told.append(done), replicates=3)
    assert found.shape == (4, 3, 2)
    assert found[:, 0, 0].tolist() == [0, 3, 6, 14]
    assert found[:, :, 1].tolist() == [[7000, 7001, 7002]] * 4
    assert sum(told) == 12
    own = of(tmp_path).at(POINTS[:2], quietly, replicates=2, firsts=[10, 20])
    assert own[:, :, 1].tolist() == [[7010, 7011], [7020, 7021]]


def test_nothing_is_computed_twice(tmp_path: Path) -> None:
    first = of(tmp_path).at(POINTS[:3], quietly, replicates=2)
    assert asked(tmp_path) == 6
    more = of(tmp_path).at([POINTS[3], POINTS[1], POINTS[1]], quietly, replicates=2)
    assert asked(tmp_path) == 8
    np.testing.assert_array_equal(more[1], first[1])
    np.testing.assert_array_equal(more[1], more[2])
    of(tmp_path, measured="another baseline").at(POINTS[:1], quietly, replicates=2)
    assert asked(tmp_path) == 10


def test_what_is_lost_is_computed_again(tmp_path: Path) -> None:
    whole = of(tmp_path).at(POINTS, quietly, replicates=2)
    parts = sorted((tmp_path / "parts").iterdir())
    parts[0].unlink()
    parts[1].write_bytes(b"broken")
    np.testing.assert_array_equal(of(tmp_path).at(POINTS, quietly, replicates=2), whole)


def test_what_fails_is_told_and_the_rest_is_kept(tmp_path: Path) -> None:
    failing = Evaluating(Scenario.load("zibo"), 7, ("nights", "luck"), fail, Parts(tmp_path / "parts"), 3.0, workers=1)
    with pytest.raises(FailedError, match=SIX):
        failing.at(POINTS, quietly)
    assert len(list((tmp_path / "parts").iterdir())) == 3
