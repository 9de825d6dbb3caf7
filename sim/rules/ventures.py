"""When business opportunities come."""

from __future__ import annotations

from sim.compiled import NEVER, Row, compiled
from sim.draws import Decision, days_until


@compiled
def schedule_opportunity(rules: Row, day: int, identity: int, person: Row) -> None:
    """Draw the next day on which the person considers founding a firm."""
    if rules.opportunity_per_year < 1e-6:
        person.opportunity_day = NEVER
    else:
        wait = days_until(rules, Decision.OPPORTUNITY_GAP, max(day, 0), identity, 0, 365.0 / rules.opportunity_per_year)
        person.opportunity_day = max(day, 0) + wait
