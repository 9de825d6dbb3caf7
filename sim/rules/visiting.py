"""What a visit to the region is worth."""

from __future__ import annotations

from sim.compiled import Row, compiled
from sim.tables import Tables


@compiled
def worth_of_looking_round(world: Tables, person: Row) -> float:
    """Return the usual worth of a trip to look round, CNY: more for who gives the region more of the search."""
    behaviour = world.rules.behaviour
    return behaviour.explore_trip_value * (behaviour.explore_base + behaviour.explore_by_interest * person.region_interest)
