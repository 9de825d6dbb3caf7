"""What a market comes to by itself: values of a vector that follow from the others, so that nothing runs down or up from the first morning on.

Employers tell whether adverts are filled sooner or later than usual by a fixed reference, ``market.usual_filling``. Where it is not what comes out,
they add posts or take some away for years (`sim/phases/vacancies.py`). So each vector has the filling that comes out where the number of posts does
not answer.
"""

from __future__ import annotations

import numpy as np

from sim.calendar import MONTH_DAYS, YEAR_DAYS
from sim.draws import NEGLIGIBLE
from sim.scenario import Scenario
from sim.set_file import keys_of_sets
from sim.world import World, make_world

FILLING = "market.usual_filling"
AT_REST = (FILLING,)
"""Parameters that follow from the others."""
FIRST_YEAR, YEARS = 2, 4
"""Years, from nought, from which it is measured, and before which: in the third and fourth it is what it is in those after, to one per cent."""
MOST_PEOPLE = 10_000
"""Young people of such a run at most: one of them knows the filling of a vector to 4 %, 3,000 people to 9 % (standard deviations)."""
DAYS = YEARS * YEAR_DAYS


def measure_at_rest(scenario: Scenario, seed: int, replicate: int) -> list[float]:
    """Live one world without answering employers and return what comes out for each parameter of `AT_REST`.

    Filling is remembered as employers remember it, and its logarithm is what they answer to: so the mean of the logarithm is taken, over whole years.

    Args:
        scenario: The scenario with the other values of the vector.
        seed: Seed of every draw.
        replicate: Number of the replicate.
    """
    people = min(MOST_PEOPLE, scenario.population.graduates)
    fixed = {"behaviour.creation_elasticity": 0.0, "days": DAYS, "population.graduates": people}
    world = make_world(scenario.with_(fixed), seed, replicate)
    seen = []
    for day in range(0, DAYS, MONTH_DAYS):
        world.advance(day, min(DAYS, day + MONTH_DAYS))
        if day >= FIRST_YEAR * YEAR_DAYS:
            seen.append(_filling(world))
    return [float(np.exp(np.mean(np.log(seen))))]


def _filling(world: World) -> float:
    """Return the open posts filled in a month of late, within what is allowed."""
    filled, advertised = float(world.plan["filled"][0]), float(world.plan["advertised"][0])
    declared = keys_of_sets()[FILLING]
    assert declared.low is not None  # noqa: S101 (it is declared with bounds)
    assert declared.high is not None  # noqa: S101
    return min(declared.high, max(declared.low, filled / max(NEGLIGIBLE, advertised) * MONTH_DAYS))
