"""Scenario discovery: a known box is found, with its coverage and density; in noise there is none, and it says so."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.discovery.boxes import Box, best_box, boxes_on_the_way, everything, fit_of, quasi_p
from sim.discovery.checking import FEWEST_CASES, discover, misplaced

Numbers = NDArray[np.float64]
FEW = {"halves": 10, "deals": 24}


def points_of(seed: int, count: int = 300, parameters: int = 4) -> tuple[Numbers, NDArray[np.bool_]]:
    """Return even points, and which lie in a box of two of the parameters; a tenth of the labels are wrong."""
    rng = np.random.default_rng(seed)
    points = rng.random((count, parameters))
    inside = (points[:, 0] < 0.5) & (points[:, 2] > 0.4)
    return points, np.where(rng.random(count) < 0.1, ~inside, inside)


def test_a_known_box_is_found() -> None:
    points, cases = points_of(1)
    found = discover(points, cases, 1, **FEW)
    assert found is not None
    assert found.is_told
    limits = {one.place: (one.low, one.high) for one in found.restrictions}
    assert set(limits) == {0, 2}
    assert limits[0][0] == -np.inf
    assert limits[0][1] == pytest.approx(0.5, abs=0.05)
    assert limits[2] == (pytest.approx(0.4, abs=0.07), np.inf)
    assert all(one.is_steady and one.chance < 0.01 for one in found.restrictions)
    assert found.fit.density == pytest.approx(0.9, abs=0.05)
    assert found.fit.coverage == pytest.approx(0.8, abs=0.07)  # of 100 points 30 lie inside, 27 of them cases; of 70 others 7
    assert found.fit.mass == pytest.approx(0.3, abs=0.05)
    assert found.elsewhere > found.base + 0.3


def test_in_noise_there_is_no_box() -> None:
    for seed in range(3):
        rng = np.random.default_rng(seed)
        found = discover(rng.random((150, 8)), rng.random(150) < 0.35, seed, **FEW)
        assert found is not None
        assert not found.is_told
        assert found.elsewhere == pytest.approx(found.base, abs=0.1)
        assert not any(one.is_steady and one.chance < 1e-6 for one in found.restrictions)


def test_a_box_keeps_no_restriction_that_may_be_chance() -> None:
    points, cases = points_of(4)
    box = best_box(points, cases)
    assert set(box.restricted) == {0, 2}
    assert any(len(one.restricted) > 2 for one, _ in boxes_on_the_way(points, cases))


def test_a_box_is_told_if_chance_hardly_has_one_as_good() -> None:
    points, cases = points_of(1)
    found = discover(points, cases, 1, **FEW)
    assert found is not None
    assert not replace(found, chance=0.2).is_told
    assert not replace(found, restrictions=()).is_told


def test_boxes_on_the_way_get_smaller_and_denser() -> None:
    points, cases = points_of(2)
    way = boxes_on_the_way(points, cases)
    fits = [fit_of(box, points, cases) for box, _ in way]
    assert fits == [fit for _, fit in way]
    assert (fits[0].mass, fits[0].coverage, fits[0].density) == (1.0, 1.0, pytest.approx(float(cases.mean())))
    masses = [fit.mass for fit in fits]
    assert masses == sorted(masses, reverse=True)
    assert masses[-1] >= 0.1
    assert max(fit.density for fit in fits) > 0.85
    assert fits[0].score == pytest.approx(0.0)


def test_equal_values_go_together_and_what_is_the_same_everywhere_is_no_restriction() -> None:
    rng = np.random.default_rng(3)
    points = np.column_stack([rng.integers(0, 3, 200), np.ones(200), rng.random(200)]).astype(np.float64)
    cases = points[:, 0] == 2.0
    box = best_box(points, cases)
    assert box.restricted == [0]
    assert (box.low[0], box.high[0]) == (2.0, np.inf)
    assert fit_of(box, points, cases).density == 1.0


def test_quasi_p_is_the_binomial_tail() -> None:
    points = np.array([[0.1], [0.2], [0.3], [0.4]])
    cases = np.array([True, True, False, False])
    box = Box(np.array([-np.inf]), np.array([0.2]))
    assert quasi_p(box, 0, points, cases) == pytest.approx(0.25)
    assert quasi_p(everything(1), 0, points, cases) == pytest.approx(11.0 / 16.0)


def test_too_few_cases_are_no_matter_of_boxes() -> None:
    points = np.random.default_rng(1).random((50, 2))
    assert discover(points, np.arange(50) < FEWEST_CASES - 1, 1, **FEW) is None
    assert discover(points, np.arange(50) >= FEWEST_CASES - 1, 1, **FEW) is None


def test_what_luck_puts_on_the_wrong_side_is_known() -> None:
    rng = np.random.default_rng(1)
    truth, counts = 10.0 * rng.standard_normal(20_000), np.full(20_000, 2.0)
    seen = truth + np.sqrt(100.0 / 2.0) * rng.standard_normal(20_000)
    wrong = float(((seen < 0.0) != (truth < 0.0)).mean())
    assert misplaced(truth, counts, 100.0, 0.0) == pytest.approx(wrong, abs=0.01)
    assert misplaced(seen, counts, 0.0, 0.0) == 0.0
