"""The world at rest, for tests whose answer is known."""

from collections.abc import Callable
from typing import Any

import pytest

from sim.compiled import LONG_AGO, NEVER
from sim.scenario import Scenario
from sim.states import Activity
from sim.world import World
from tests.sim.tiny import PLAIN, STILL

Make = Callable[..., World]


@pytest.fixture(scope="module")
def still_world(scenario_of: Callable[..., Scenario], world_of: Make) -> Make:
    """Return a maker of worlds where everybody is at rest until the test moves them."""

    def make(seed: int = 1, graduates: int = 60, days: int = 90, policy: Any = None, founders: float = 0, **behaviour: float) -> World:
        scenario = scenario_of(
            graduates=graduates,
            days=days,
            start="2021-03-01",
            policy=policy,
            behaviour=STILL | PLAIN | behaviour,
            market={"tightness": 0},
            population={"founders_earlier": founders, "final_year_share": 0.4},
        )
        world = world_of(scenario, seed)
        people = world.tables["people"].rows
        for column in ("next_search_day", "next_outside_day", "next_trip_day", "return_day", "graduation_day"):
            people[column] = NEVER
        people["last_session_day"] = LONG_AGO
        people["activity"][people["activity"] == Activity.SEARCHING] = Activity.INACTIVE
        return world

    return make
