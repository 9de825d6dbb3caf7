"""The levers of this package with their tests, so that tests of all levers find a new one by itself."""

from importlib import import_module
from typing import Any

from sim.levers import OWN


def modules_of_levers() -> dict[str, Any]:
    """Return for each lever the module of its tests, with `BUSY`, `EMPTY` and `DRAWN`."""
    return {lever.name: import_module(f"tests.sim.levers.test_{lever.name}") for lever in OWN}
