"""Yizhan (驿站) in Python: the public names, each imported when it is first used. The code is in `sim`."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

_OURS = Path(__file__).resolve().parents[1] / "sim"
_FOUND = find_spec("sim")  # looked at before it is imported: what is not ours may fail, or do anything
if _FOUND is None or _OURS not in [Path(place).resolve() for place in _FOUND.submodule_search_locations or ()]:
    _message = (
        f"another sim comes first on Python's path: {_FOUND and (_FOUND.origin or list(_FOUND.submodule_search_locations or ()))}; "
        f"ours is {_OURS}. Go to another folder, take it off the path, or rename it. "
        "Python 路径上有别的 sim 排在前面，请换一个目录、调整路径，或将其改名。"
    )
    raise ImportError(_message)

import sim  # noqa: E402

if TYPE_CHECKING:
    from sim.agents.views import Employer, Graduate, Mentor, Station
    from sim.attribution import Attribution, attribute
    from sim.compared import Comparison
    from sim.comparison import Precision, compare, without_programme
    from sim.configuration import ConfigurationError
    from sim.model import YouthEmploymentModel
    from sim.own_rules import after, before
    from sim.priors import priors
    from sim.results import Results
    from sim.scenario import Scenario
    from sim.simulation import simulate
    from sim.trials.loading import load_study
    from sim.trials.trial import Trials, run_trials
    from yizhan.reading import read_results

__version__ = sim.__version__

_HOMES = {
    "Attribution": "sim.attribution",
    "Comparison": "sim.compared",
    "ConfigurationError": "sim.configuration",
    "Employer": "sim.agents.views",
    "Graduate": "sim.agents.views",
    "Mentor": "sim.agents.views",
    "Precision": "sim.comparison",
    "Results": "sim.results",
    "Scenario": "sim.scenario",
    "Station": "sim.agents.views",
    "Trials": "sim.trials.trial",
    "YouthEmploymentModel": "sim.model",
    "after": "sim.own_rules",
    "attribute": "sim.attribution",
    "before": "sim.own_rules",
    "compare": "sim.comparison",
    "load_study": "sim.trials.loading",
    "priors": "sim.priors",
    "read_results": "yizhan.reading",
    "run_trials": "sim.trials.trial",
    "simulate": "sim.simulation",
    "without_programme": "sim.comparison",
}
"""Public name → module that has it."""

__all__ = [
    "Attribution", "Comparison", "ConfigurationError", "Employer", "Graduate", "Mentor", "Precision", "Results", "Scenario", "Station", "Trials",
    "YouthEmploymentModel", "after", "attribute", "before", "compare", "load_study", "priors", "read_results", "run_trials", "simulate",
    "without_programme",
]  # fmt: skip


def __getattr__(name: str) -> Any:  # noqa: ANN401
    """Import a public name when it is asked for: Numba and Mesa take a second."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    message = f"module 'yizhan' has no attribute {name!r}"
    raise AttributeError(message)


def __dir__() -> list[str]:
    """Return the public names, for who presses the tabulator key."""
    return sorted([*__all__, "__version__"])
