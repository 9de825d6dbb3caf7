"""Small studies."""

from collections.abc import Callable
from typing import Any

import pytest

from sim.scenario import Scenario
from sim.trials.study import Study

CASEWORK = {"casework": {"enabled": True, "caseworkers": 4, "demand": 0.9}}


@pytest.fixture(scope="session")
def casework_study() -> Callable[..., Study]:
    """Return a maker of studies of casework with two follow-ups."""

    def make(**changes: Any) -> Study:
        usual = {"arms": {"casework": {"services": ["casework"]}}, "enrolment_day": 20, "followup_days": [40, 120], "outcomes": ["works", "pay"]}
        return Study.model_validate({**usual, **changes})

    return make


@pytest.fixture(scope="session")
def casework_market(scenario_of: Callable[..., Scenario]) -> Callable[..., Scenario]:
    """Return a maker of markets with casework on offer."""
    return lambda **changes: scenario_of(**{"graduates": 900, "days": 140, "policy": CASEWORK, **changes})
