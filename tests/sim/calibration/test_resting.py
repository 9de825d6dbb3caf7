"""What a market comes to by itself: the filling at which the number of posts neither runs down nor up."""

import numpy as np
import pytest

from sim.calendar import MONTH_DAYS, YEAR_DAYS
from sim.calibration import resting
from sim.calibration.resting import AT_REST, FILLING, UNDERWAY, measure_at_rest
from sim.scenario import Scenario
from sim.world import make_world

YEARS = 4
ANSWERS = {"population.graduates": 600, "days": YEARS * YEAR_DAYS, "behaviour.creation_elasticity": 0.6, "opening.posts_underway": 0.3}
WORLDS = range(2)


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return Scenario.load("none", ANSWERS, behaviour="evidence")


@pytest.fixture(scope="module")
def at_rest(scenario: Scenario) -> list[list[float]]:
    return [measure_at_rest(scenario, 1, replicate) for replicate in WORLDS]


def tilt_of(scenario: Scenario, at_rest: list[list[float]], times: float) -> float:
    """How far the number of posts is led away from the plan of the first morning, mean of the logarithm over the last two years and the worlds."""
    found = []
    for replicate, (filling, underway) in zip(WORLDS, at_rest, strict=True):
        world = make_world(scenario.with_({FILLING: times * filling, UNDERWAY: underway}), 1, replicate)
        for day in range(0, scenario.days, MONTH_DAYS):
            world.advance(day, min(scenario.days, day + MONTH_DAYS))
            if day >= scenario.days // 2:
                found.append(float(world.plan["tilt"][0]))
    return float(np.mean(found))


def test_posts_stay_as_many_with_the_filling_that_comes_out(scenario: Scenario, at_rest: list[list[float]]) -> None:
    """With half as much again, or two thirds of it, they run down or up."""
    assert abs(tilt_of(scenario, at_rest, 1.0)) < 0.04
    assert tilt_of(scenario, at_rest, 1.5) < -0.08
    assert tilt_of(scenario, at_rest, 1 / 1.5) > 0.08


def test_it_is_what_employers_remember(monkeypatch: pytest.MonkeyPatch, scenario: Scenario) -> None:
    """A known answer: posts filled by days for which they were advertised, a month, at the end of each month; its logarithm averaged."""
    monkeypatch.setattr(resting, "FIRST_YEAR", 0)
    monkeypatch.setattr(resting, "DAYS", 2 * MONTH_DAYS)
    world = make_world(scenario.with_({"behaviour.creation_elasticity": 0.0, "days": 2 * MONTH_DAYS}), 1, 0)
    remembered = []
    for month in range(2):
        world.advance(month * MONTH_DAYS, (month + 1) * MONTH_DAYS)
        remembered.append(world.plan["filled"][0] / world.plan["advertised"][0] * MONTH_DAYS)
    monkeypatch.setattr(resting, "_underway", lambda scenario, *_: scenario.opening.posts_underway)
    assert AT_REST == (FILLING, UNDERWAY)
    assert measure_at_rest(scenario, 1, 0) == pytest.approx([np.sqrt(np.prod(remembered)), scenario.opening.posts_underway])


def test_the_plan_is_what_employers_had_come_to(scenario: Scenario, at_rest: list[list[float]]) -> None:
    """Posts a head of the first morning with the posts underway that were measured: as many as wanted, a head, in the second calendar year."""
    underway = at_rest[0][1]
    world = make_world(scenario, 1, 0)
    tilts = []
    for day in range(0, 791, MONTH_DAYS):  # to 31 December 2022
        world.advance(day, min(791, day + MONTH_DAYS))
        tilts.append(float(world.plan["tilt"][0]))
    had_come_to = float(world.plan["posts_a_head"][0]) * np.exp(np.mean(tilts[-12:]))
    planned = float(make_world(scenario.with_({UNDERWAY: underway}), 1, 0).plan["posts_a_head"][0])
    assert planned == pytest.approx(had_come_to, rel=0.002)
    assert abs(np.mean(tilts[-12:])) > 0.004, "there is something to tell"
