"""What a market comes to by itself: the filling at which the number of posts neither runs down nor up."""

import numpy as np
import pytest

from sim.calendar import MONTH_DAYS, YEAR_DAYS
from sim.calibration import resting
from sim.calibration.resting import AT_REST, FILLING, measure_at_rest
from sim.scenario import Scenario
from sim.world import make_world

ANSWERS = {"population.graduates": 300, "days": 4 * YEAR_DAYS, "behaviour.creation_elasticity": 0.8}


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return Scenario.load("none", ANSWERS, behaviour="evidence")


@pytest.fixture(scope="module")
def filling(scenario: Scenario) -> float:
    return float(np.mean([measure_at_rest(scenario, 1, replicate) for replicate in range(4)]))


def tilt_of(scenario: Scenario, filling: float) -> float:
    """How far the number of posts has been led away from the plan of the first morning in four years, mean of the logarithm over worlds."""
    found = []
    for replicate in range(4):
        world = make_world(scenario.with_({FILLING: filling}), 2, replicate)
        world.advance(0, scenario.days)
        found.append(float(world.plan["tilt"][0]))
    return float(np.mean(found))


def test_posts_stay_as_many_with_the_filling_that_comes_out(scenario: Scenario, filling: float) -> None:
    """In other worlds than those in which it was measured; with half as much again, or two thirds of it, they run down or up."""
    assert abs(tilt_of(scenario, filling)) < 0.04
    assert tilt_of(scenario, 1.5 * filling) < -0.08
    assert tilt_of(scenario, filling / 1.5) > 0.08


def test_it_is_what_employers_remember_from_the_third_year_on(monkeypatch: pytest.MonkeyPatch, scenario: Scenario) -> None:
    """A known answer: filled by advertised days, a month, its logarithm averaged; who answers, or what the reference was, does not matter."""
    monkeypatch.setattr(resting, "FIRST_YEAR", 0)
    monkeypatch.setattr(resting, "DAYS", 2 * MONTH_DAYS)
    (found,) = measure_at_rest(scenario.with_({FILLING: 0.9}), 1, 0)
    world = make_world(scenario.with_({"behaviour.creation_elasticity": 0.0}), 1, 0)
    remembered = []
    for month in range(2):
        world.advance(month * MONTH_DAYS, (month + 1) * MONTH_DAYS)
        remembered.append(world.plan["filled"][0] / world.plan["advertised"][0] * MONTH_DAYS)
    assert AT_REST == (FILLING,)
    assert found == pytest.approx(np.sqrt(np.prod(remembered)), rel=1e-2)
