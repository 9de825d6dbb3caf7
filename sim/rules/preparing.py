"""Exams as a person sees them: who prepares for which, who passes, what is left for the search meanwhile, and who does not search for now.

Somebody passes whose skill and luck of the day together lie among the best, as many as there are places for those who sit the exam. Whether a
graduate is slow to look for work is a trait: who is does not search as a student either, and is decided apart from what offers come.
"""

from __future__ import annotations

import math

from sim.compiled import Row, compiled
from sim.draws import Decision, normal, uniform
from sim.states import Activity, Education, Preparation
from sim.tables import Tables


@compiled
def is_slow(world: Tables, identity: int) -> bool:
    """Tell whether somebody does not look for work around graduation ("slow employment")."""
    return bool(uniform(world, Decision.SLOW_EMPLOYMENT, 0, identity, 0) < world.rules.behaviour.slow_employment_share)


@compiled
def will_study(person: Row) -> bool:
    """Tell whether a person has a place to study on, from the autumn."""
    return bool(person.preparing == Preparation.ADMITTED)


@compiled
def is_looking(person: Row) -> bool:
    """Tell whether somebody who has applied may still want a job: has neither left the youth population nor a place to study on."""
    return bool(person.activity != Activity.AGED_OUT and person.preparing != Preparation.ADMITTED)


@compiled
def effort_beside_exams(world: Tables, person: Row) -> float:
    """Return the part of a search that goes on beside the preparation for an exam: less, and nothing for who will study on."""
    if person.preparing == Preparation.NONE or person.activity == Activity.EMPLOYED:
        return 1.0
    if person.preparing == Preparation.ADMITTED:
        return 0.0
    return float(world.rules.exams.preparing_effort)


@compiled
def passes(world: Tables, day: int, identity: int, kind: int, chance: float) -> bool:
    """Tell whether skill and luck together put somebody among those who pass, of whom there are so many of those who try."""
    weight = world.rules.exams.skill_weight
    shown = weight * world.people[identity].skill + normal(world, Decision.EXAM, day, identity, kind)
    rank = 0.5 * (1.0 + math.erf(shown / math.sqrt(2.0 * (1.0 + weight * weight))))
    return bool(rank > 1.0 - chance)


@compiled
def chance_of(world: Tables, kind: int) -> float:
    """Return the share that passes an exam, of those who sit it."""
    exams = world.rules.exams
    if kind == Preparation.POSTGRADUATE:
        return float(exams.postgraduate_success)
    return float(exams.upgrade_success if kind == Preparation.UPGRADE else exams.civil_service_success)


@compiled
def intention_of(world: Tables, identity: int, attempt: int) -> int:
    """Return what a student means to do in the final year: prepare for an exam, or none, or study on without one.

    Args:
        world: The world.
        identity: Row of the person.
        attempt: How many others have been drawn for this row before (`sim/population.py`).
    """
    exams = world.rules.exams
    education = world.people[identity].education
    if education == Education.BACHELOR and passes(world, attempt, identity, Preparation.ADMITTED, exams.exempt_share):
        return Preparation.ADMITTED
    studies, kind = 0.0, Preparation.NONE
    if education == Education.BACHELOR:
        studies, kind = exams.postgraduate_share, Preparation.POSTGRADUATE
    elif education == Education.VOCATIONAL:
        studies, kind = exams.upgrade_share, Preparation.UPGRADE
    draw = uniform(world, Decision.PREPARATION, attempt, identity, 0)
    if draw < studies:
        return kind
    return Preparation.CIVIL_SERVICE if draw < studies + (1.0 - studies) * exams.civil_service_share else Preparation.NONE


@compiled
def has_studied_on(world: Tables, identity: int, attempt: int) -> bool:
    """Tell whether somebody of an earlier class has gone on to study instead."""
    kind = intention_of(world, identity, attempt)
    if kind == Preparation.POSTGRADUATE or kind == Preparation.UPGRADE:
        return passes(world, attempt, identity, kind, chance_of(world, kind))
    return bool(kind == Preparation.ADMITTED)


@compiled
def later_intention(world: Tables, identity: int) -> int:
    """Return for which exam a graduate in a pause begins to prepare, if any."""
    if uniform(world, Decision.PREPARATION, 0, identity, 1) >= world.rules.exams.late_share:
        return Preparation.NONE
    bachelor = world.people[identity].education == Education.BACHELOR
    return Preparation.POSTGRADUATE if bachelor else Preparation.CIVIL_SERVICE
