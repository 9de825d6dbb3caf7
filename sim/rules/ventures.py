"""When business opportunities come."""

from __future__ import annotations

from sim.calendar import YEAR_DAYS
from sim.compiled import NEVER, compiled
from sim.draws import NEGLIGIBLE, Decision, days_until
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
