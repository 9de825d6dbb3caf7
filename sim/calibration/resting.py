"""What a market comes to by itself: values of a vector that follow from the others, so that nothing runs down or up from the first morning on.

Employers tell whether adverts are filled sooner or later than usual by a fixed reference, ``market.usual_filling``. Where it is not what comes out,
they add posts or take some away for years (`sim/phases/vacancies.py`). So each vector has the filling that comes out where the number of posts does
not answer; and as many posts underway on the first morning, ``opening.posts_underway``, that the plan is what employers had come to with the declared
reference in the year in which most targets are measured: the market stays where it was calibrated.
"""

from __future__ import annotations

import math

import numpy as np

from sim.calendar import MONTH_DAYS, YEAR_DAYS
from sim.draws import NEGLIGIBLE
from sim.scenario import Scenario
from sim.set_file import keys_of_sets
from sim.states import Activity, Place
from sim.targets.moments import Moment, day_at
from sim.world import World, make_world

FILLING, UNDERWAY = "market.usual_filling", "opening.posts_underway"
AT_REST = (FILLING, UNDERWAY)
"""Parameters that follow from the others."""
FIRST_YEAR, YEARS = 2, 4
"""Years, from nought, from which filling is measured, and before which: in the third and fourth it is what it is in those after, to one per cent."""
MOST_PEOPLE = 10_000
"""Young people of such a run at most: one of them knows the filling of a vector to 4 %, 3,000 people to 9 % (standard deviations)."""
DAYS = YEARS * YEAR_DAYS
RUNS = 2
"""Worlds that are lived for a vector; the first is over sooner."""


def measure_at_rest(scenario: Scenario, seed: int, replicate: int) -> list[float]:
    """Live two worlds and return what comes out for each parameter of `AT_REST`.

    Filling is remembered as employers remember it, and its logarithm is what they answer to: so the mean of the logarithm is taken, over whole years.

    Args:
        scenario: The scenario with the other values of the vector.
        seed: Seed of every draw.
        replicate: Number of the replicate.
    """
    smaller = scenario.with_({"population.graduates": min(MOST_PEOPLE, scenario.population.graduates)})
    underway = _underway(smaller, seed, replicate)
    world = make_world(smaller.with_({UNDERWAY: underway, "behaviour.creation_elasticity": 0.0, "days": DAYS}), seed, replicate)
    seen = []
    for day in range(0, DAYS, MONTH_DAYS):
        world.advance(day, min(DAYS, day + MONTH_DAYS))
        if day >= FIRST_YEAR * YEAR_DAYS:
            seen.append(_filling(world))
    return [float(np.exp(np.mean(np.log(seen)))), underway]


def _filling(world: World) -> float:
    """Return the open posts filled in a month of late, within what is allowed."""
    return _allowed(FILLING, float(world.plan["filled"][0]) / max(NEGLIGIBLE, float(world.plan["advertised"][0])) * MONTH_DAYS)


def _underway(scenario: Scenario, seed: int, replicate: int) -> float:
    """Return the posts underway with which the plan of the first morning is what employers had come to in the year of the targets."""
    last = day_at(scenario.start, Moment.WINTER)
    world = make_world(scenario.with_({"days": last}), seed, replicate)
    people = world.tables["people"].rows[: scenario.population.graduates]
    resident = people["place"] == Place.RESIDENT
    jobs, searching = (max(1, int((resident & (people["activity"] == activity)).sum())) for activity in (Activity.EMPLOYED, Activity.SEARCHING))
    tilts = []
    for day in range(0, last, MONTH_DAYS):
        world.advance(day, min(last, day + MONTH_DAYS))
        if day >= last - YEAR_DAYS:
            tilts.append(float(world.plan["tilt"][0]))
    searched_for = 1.0 + scenario.market.tightness * searching / jobs
    return _allowed(UNDERWAY, math.exp(float(np.mean(tilts))) * (searched_for + scenario.opening.posts_underway) - searched_for)


def _allowed(key: str, value: float) -> float:
    """Return a value, or the nearest that its parameter may have."""
    declared = keys_of_sets()[key]
    assert declared.low is not None  # noqa: S101 (it is declared with bounds)
    assert declared.high is not None  # noqa: S101
    return min(declared.high, max(declared.low, value))
