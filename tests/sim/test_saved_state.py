"""A saved state: a model or a world that was pickled on some day goes on as if nothing had happened, to the byte."""

import pickle
from collections.abc import Callable
from typing import Any

import pytest

from sim import Scenario
from sim.agents.views import Graduate
from sim.model import YouthEmploymentModel
from sim.world import World, make_world

Snapshot = dict[str, bytes]


@pytest.fixture(scope="module")
def scenario_of(scenario_of: Callable[..., Scenario]) -> Callable[..., Scenario]:
    """Return a maker of small scenarios in which people age out."""
    return lambda **given: scenario_of(**given | {"population": {"youth_years": 5} | given.get("population", {})})


@pytest.fixture(scope="module")
def scenario(scenario_of: Callable[..., Scenario], every_lever: Callable[[], Any]) -> Scenario:
    found: Scenario = scenario_of(graduates=300, days=80, policy=every_lever())
    return found


def test_a_pickled_model_goes_on_to_the_byte(
    scenario: Scenario, snapshot_of: Callable[[World], Snapshot], difference_of: Callable[[Snapshot, Snapshot], list[str]]
) -> None:
    whole = YouthEmploymentModel(scenario, seed=3)
    whole.run_model()
    model = YouthEmploymentModel(scenario, seed=3)
    for _ in range(37):
        model.step()
    somebody = model.agents_by_type[Graduate].select(at_most=1)[0]
    saved = pickle.dumps(model)
    model.run_model()  # what is done to the one does nothing to the other
    again = pickle.loads(saved)  # noqa: S301
    assert (again.day, again.time if hasattr(again, "time") else again.steps) == (37, 37)
    assert isinstance(again.agents_by_type[Graduate].select(at_most=1)[0], Graduate)
    assert somebody.unique_id == again.agents_by_type[Graduate].select(at_most=1)[0].unique_id
    again.run_model()
    assert difference_of(snapshot_of(whole.world), snapshot_of(again.world)) == []
    assert difference_of(snapshot_of(whole.world), snapshot_of(model.world)) == []


def test_a_pickled_world_goes_on_to_the_byte(
    scenario: Scenario, snapshot_of: Callable[[World], Snapshot], difference_of: Callable[[Snapshot, Snapshot], list[str]]
) -> None:
    whole = make_world(scenario, 3, 1)
    whole.advance(0, scenario.days)
    world = make_world(scenario, 3, 1)
    world.advance(0, 41)
    again = pickle.loads(pickle.dumps(world))  # noqa: S301
    again.advance(41, scenario.days)
    assert difference_of(snapshot_of(whole), snapshot_of(again)) == []
