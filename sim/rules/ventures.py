"""When business opportunities come, what they promise, and the firm that is made of one."""

from __future__ import annotations

import math

from sim.calendar import YEAR_DAYS
from sim.compiled import NEVER, compiled
from sim.draws import NEGLIGIBLE, Decision, days_until, normal
from sim.rules.help import end_help
from sim.rules.searching import end_search
from sim.states import Activity
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


@compiled
def make_firm(world: Tables, identity: int, founded_day: int, opening_day: int, luck: float) -> int:
    """Make a person's firm: a new employer, without staff, posts and cash, for which the person works from now on.

    Args:
        world: The world.
        identity: Row of the founder.
        founded_day: First day of business.
        opening_day: First day on which it may sell.
        luck: Quality of the idea, standard normal.

    Returns:
        Row of the employer.
    """
    behaviour = world.rules.behaviour
    person = world.people[identity]
    row = world.rows_in_use.employers
    world.rows_in_use.employers += 1
    employer = world.employers[row]
    employer.alive = 1
    employer.district = person.district
    employer.industry = person.field
    employer.wage_level = behaviour.startup_wage_level
    employer.skill_bar = behaviour.skill_bar_mean - behaviour.startup_bar_below
    employer.founder = identity
    employer.founded_day = founded_day
    employer.opening_day = opening_day
    employer.business_skill = behaviour.skill_in_business * person.skill + person.business_training
    employer.productivity = math.exp(behaviour.idea_spread * luck)
    employer.first_slot = 0
    employer.slots = 0
    person.activity = Activity.FOUNDER
    person.employer = row
    person.return_day = NEVER
    end_search(person)
    end_help(person)
    return row
