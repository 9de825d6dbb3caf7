"""Anchor employers: the large employers that a region is known for, each with its part of the jobs of the first morning."""

from __future__ import annotations

from sim.compiled import NEVER, compiled
from sim.tables import Tables


@compiled
def anchor_in(world: Tables, number: int, industry: int) -> int:
    """Return the row of an anchor employer in business: the one of a number in an industry, or in all (NEVER); NEVER where there are fewer."""
    for place in range(world.anchors.size):
        anchor = world.anchors[place]
        if world.employers[anchor.employer].alive == 1 and (industry < 0 or anchor.industry == industry):
            if number == 0:
                return int(anchor.employer)
            number -= 1
    return NEVER


@compiled
def is_anchor(world: Tables, row: int) -> bool:
    """Tell whether an employer is an anchor of the region."""
    for place in range(world.anchors.size):
        if world.anchors[place].employer == row:
            return True
    return False


@compiled
def anchor_of_job(world: Tables, number: int) -> int:
    """Return the row of the anchor employer that has a job, by the number of the job among those of all anchors; NEVER where there is none."""
    for place in range(world.anchors.size):
        number -= world.anchors[place].staff
        if number < 0:
            return int(world.anchors[place].employer)
    return NEVER
