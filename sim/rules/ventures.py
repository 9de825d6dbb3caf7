"""When business opportunities come, and what they promise."""

from __future__ import annotations

import math

from sim.calendar import YEAR_DAYS
from sim.compiled import NEVER, compiled
from sim.draws import NEGLIGIBLE, Decision, days_until, normal
from sim.tables import Tables


@compiled
def schedule_opportunity(world: Tables, day: int, identity: int) -> None:
    """Draw the next day on which the person considers founding a firm."""
    person = world.people[identity]
    if world.rules.behaviour.opportunity_per_year < NEGLIGIBLE:
        person.opportunity_day = NEVER
    else:
        wait = days_until(world, Decision.OPPORTUNITY_GAP, max(day, 0), identity, 0, YEAR_DAYS / world.rules.behaviour.opportunity_per_year)
        person.opportunity_day = max(day, 0) + wait


@compiled
def expected_return(world: Tables, decision: int, day: int, owner: int) -> float:
    """Return what a project promises a year, relative to the money in it.

    Args:
        world: The world.
        decision: What the draw decides.
        day: Day.
        owner: Row of the founder or of the firm.
    """
    spread = world.rules.behaviour.business_return_spread
    return world.rules.behaviour.business_return * math.exp(spread * normal(world, decision, day, owner, 0))
