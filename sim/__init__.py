"""Yizhan (驿站): an agent-based simulation of youth employment programmes."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.attribution import attribute
    from sim.comparison import compare
    from sim.model import YouthEmploymentModel
    from sim.results import Results
    from sim.scenario import Scenario
    from sim.simulation import simulate

__all__ = ["Results", "Scenario", "YouthEmploymentModel", "attribute", "compare", "simulate"]
__version__ = "0.1.0"

_HOMES = {
    "Results": "sim.results", "Scenario": "sim.scenario", "YouthEmploymentModel": "sim.model", "attribute": "sim.attribution",
    "compare": "sim.comparison", "simulate": "sim.simulation",
}  # fmt: skip


def __getattr__(name: str) -> Any:  # noqa: ANN401
    """Import the public names when they are asked for: Mesa and Numba take a second."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    message = f"module 'sim' has no attribute {name!r}"
    raise AttributeError(message)
