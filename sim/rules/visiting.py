"""What a visit to the region is worth, and what it leaves."""

from __future__ import annotations

from sim.compiled import Row, compiled
from sim.states import Place, Placement
from sim.tables import Tables


@compiled
def worth_of_looking_round(world: Tables, person: Row) -> float:
    """Return the usual worth of a trip to look round, CNY: more for who gives the region more of the search."""
    behaviour = world.rules.behaviour
    return behaviour.explore_trip_value * (behaviour.explore_base + behaviour.explore_by_interest * person.region_interest)


@compiled
def grow_ties(world: Tables, person: Row) -> None:
    """Let a night on a visit tie a person to the region; a place of the programme leaves a tie of its own, and none a night."""
    if person.place == Place.VISITING and person.placement == Placement.OWN:
        person.attachment += world.rules.behaviour.visit_attachment
