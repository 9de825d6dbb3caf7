"""The world at rest, for tests whose answer is known."""

from collections.abc import Callable
from typing import Any

import pytest

from sim.compiled import LONG_AGO, NEVER
from sim.scenario import Scenario
from sim.states import Activity, Cash, Preparation
from sim.world import World
from tests.sim.tiny import FOUNDED, PLAIN, STILL, SURE, firm_of, seek

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
            exams={"regional_share": 0.0},
        )
        world = world_of(scenario, seed)
        people = world.tables["people"].rows
        for column in ("next_search_day", "next_outside_day", "next_trip_day", "return_day", "graduation_day"):
            people[column] = NEVER
        people["last_session_day"] = LONG_AGO
        people["activity"][people["activity"] == Activity.SEARCHING] = Activity.INACTIVE
        people["preparing"] = Preparation.NONE
        return world

    return make


@pytest.fixture
def founded(still_world: Make) -> Make:
    """Return a maker of worlds in which person 5 founds a firm on day 3 and nothing else happens; with some cash, the firm has that the day after."""

    def make(
        cash: int | None = None, *, until: int = FOUNDED + 1, days: int = 120, policy: Any = None, person: Any = None, **behaviour: Any
    ) -> World:
        world = still_world(policy=policy, days=days, **(SURE | behaviour))
        own = {"savings": 80_000, "credit_constrained": 0, "confidence": 0.0, "skill": 0.0, "business_training": 0.0, "expected_wage": 1.0}
        seek(world, 5, **({"opportunity_day": FOUNDED, "next_search_day": NEVER} | own | (person or {})))
        world.advance(0, until)
        if cash is not None:
            world.cashbook[Cash.CAPITAL] += cash - firm_of(world).cash
            firm_of(world)["cash"] = cash
        return world

    return make
