"""Anchor employers: the large employers that a region is known for, each with its part of the jobs of the first morning."""

from __future__ import annotations

from sim.compiled import NEVER, compiled
from sim.rules.services import firm_knows
from sim.tables import Tables


@compiled
def anchor_in(world: Tables, lever: int, number: int, industry: int) -> int:
    """Return the row of an anchor employer in business that knows of a lever.

    Args:
        world: The world.
        lever: Row of the lever.
        number: Which of them.
        industry: Industry wanted, or NEVER for any.

    Returns:
        NEVER where there are fewer.
    """
    for place in range(world.anchors.size):
        anchor = world.anchors[place]
        employer = world.employers[anchor.employer]
        if employer.alive == 1 and firm_knows(world, employer, lever) and (industry < 0 or anchor.industry == industry):
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
