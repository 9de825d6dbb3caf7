"""What a post pays whom, and when: pay for skill, the day on which a post wants somebody, and what waiting for it is worth."""

from __future__ import annotations

import math

from sim.calendar import MONTH_DAYS
from sim.compiled import Row, compiled
from sim.states import Activity
from sim.tables import Tables


@compiled
def pay_at(world: Tables, person: Row, post: Row) -> int:
    """Return what a post would pay a person, CNY a month: the pay posted, more or less with skill."""
    return int(post.wage * skill_factor(world, person))


@compiled
def skill_factor(world: Tables, person: Row) -> float:
    """Return the factor on the pay posted that goes with a person's skill."""
    return math.exp(world.rules.behaviour.skill_return * person.skill)


@compiled
def free_day(world: Tables, day: int, person: Row) -> int:
    """Return the day on which a person who signs today could usually begin: some days ahead, and not before graduation."""
    start = int(day + world.rules.behaviour.start_days)
    if person.graduation_day > day:
        start = max(start, person.graduation_day + world.rules.behaviour.free_after_days)
    return start


@compiled
def months_late(world: Tables, day: int, person: Row, wanted_day: int) -> float:
    """Return the months for which a post would wait for a person: beyond the day on which it wants somebody, and beyond anybody's first day."""
    usual = max(wanted_day, day + world.rules.behaviour.start_days)
    return max(0.0, float(free_day(world, day, person) - usual)) / MONTH_DAYS


@compiled
def cost_of_waiting(world: Tables, day: int, person: Row, wanted_day: int) -> float:
    """Return what waiting for a person costs an employer, in sd of skill.

    A month costs the output of a month; an sd of skill is worth its part of output in each of the months for which an employer looks ahead.
    """
    behaviour = world.rules.behaviour
    return months_late(world, day, person, wanted_day) / (behaviour.skill_output * behaviour.match_months)


@compiled
def months_without_pay(world: Tables, day: int, person: Row, begins: int) -> float:
    """Return the months for which a person without a job would wait for a start, beyond the day on which work could begin."""
    if person.activity == Activity.EMPLOYED:
        return 0.0
    return max(0.0, float(begins - free_day(world, day, person))) / MONTH_DAYS


@compiled
def worth_of_pay(world: Tables, day: int, person: Row, post: Row) -> float:
    """Return what the pay of a post is worth to a person today, CNY a month: less where it begins later than the person could."""
    return paid_today(world, person, post, skill_factor(world, person), free_day(world, day, person))


@compiled
def paid_today(world: Tables, person: Row, told: Row, pay_for_skill: float, free: int) -> float:
    """Return what `worth_of_pay` returns, of a post's row or its advert, and of factor on pay and first free day, the same for every post."""
    pay = float(int(told.wage * pay_for_skill))
    if told.wanted_day <= free or person.activity == Activity.EMPLOYED:
        return pay
    return pay * math.exp(-world.rules.behaviour.wait_discount * (float(told.wanted_day - free) / MONTH_DAYS))


@compiled
def worth_of_contract(world: Tables, day: int, person: Row) -> float:
    """Return what the pay of a signed contract is worth to a person today, CNY a month: less the further off its start is."""
    waiting = months_without_pay(world, day, person, person.contract_day)
    return person.contract_wage * math.exp(-world.rules.behaviour.wait_discount * waiting)


@compiled
def effort_after_signing(world: Tables, day: int, person: Row) -> float:
    """Return how much of a search goes on after signing: little where the start is near or none could be earlier, nearly all where it is far."""
    behaviour = world.rules.behaviour
    waiting = months_without_pay(world, day, person, person.contract_day)
    return 1.0 - (1.0 - behaviour.signed_effort) * math.exp(-waiting / behaviour.signed_wait_months)
