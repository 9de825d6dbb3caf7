"""Phase 3, organisation: what the services have ready today."""

from __future__ import annotations

from sim.compiled import Row, Rows, compiled
from sim.policies.lodging import open_stations


@compiled
def prepare_services(rules: Row, day: int, stations: Rows, districts: Rows, services: Rows) -> None:
    """Open the houses whose day has come and pay for what stands ready."""
    open_stations(rules, day, stations, districts, services)
