"""What services add to a search: it belongs to the search, fades, and is had once a search; skill and certificates are the person's.

A search goes on through graduation, pauses, courses and internships, and ends with a job: the next one begins with the person's own aim and way of
showing the skill. What help adds to them, and saves of the hours of an application, halves every `help_half_life` months, worked out where it is
read from the day of the last help: nothing has to be done day by day, and who never had help is read as if there were none. What is told of pay and
of offers moves beliefs (`sim/rules/beliefs.py`), which fade by what is seen afterwards.
"""

from __future__ import annotations

import math

import numpy as np

from sim.calendar import MONTH_DAYS
from sim.compiled import NEVER, Row, compiled
from sim.rules.beliefs import hear_of_offers, hear_of_pay, usual_pay_of
from sim.tables import Tables

_ONE = np.uint32(1)


@compiled
def left_of_help(world: Tables, day: int, person: Row) -> float:
    """Return the part of the help on the day of the last one that is left today."""
    return math.exp(-math.log(2.0) * (day - person.helped_day) / (MONTH_DAYS * world.rules.behaviour.help_half_life))


@compiled
def hours_needed(world: Tables, day: int, person: Row) -> float:
    """Return the part of the hours of an application that a person needs, after what help saves of them."""
    if person.helped == 0:
        return 1.0
    return max(0.0, 1.0 - left_of_help(world, day, person) * person.time_help)


@compiled
def aim_of(world: Tables, day: int, person: Row) -> float:
    """Return the share of sessions within the own field, with what is left of help."""
    if person.helped == 0:
        return person.targeting
    return min(1.0, person.targeting + left_of_help(world, day, person) * person.aim_help)


@compiled
def shown_skill_of(world: Tables, day: int, person: Row) -> float:
    """Return how well the person shows the skill (sd), with what is left of help."""
    if person.helped == 0:
        return person.interview_skill
    return person.interview_skill + left_of_help(world, day, person) * person.signal_help


@compiled
def had_help(person: Row, kind: int) -> bool:
    """Tell whether a person has had a kind of help in the present search."""
    return person.helped & (_ONE << np.uint32(kind)) != 0


@compiled
def help_search(world: Tables, day: int, person: Row, kind: int, quality: float, hours: float, aim: float, signal: float) -> bool:
    """Help a search, once a kind and search: what is left of earlier help and the new add up, and fade from today on.

    Args:
        world: The world.
        day: Today.
        person: Row of the person.
        kind: Kind of the help.
        quality: How much of it is given, 1 in full.
        hours: Share of the hours of an application that it saves.
        aim: Rise of the share of sessions within the own field.
        signal: Rise of how well the skill is shown, sd.

    Returns:
        Whether it was the first of its kind in this search, so that what is told with it is news.
    """
    if had_help(person, kind):
        return False
    left = left_of_help(world, day, person) if person.helped != 0 else 0.0
    person.helped = person.helped | (_ONE << np.uint32(kind))
    person.helped_day = day
    person.time_help = left * person.time_help + quality * hours
    person.aim_help = left * person.aim_help + quality * aim
    person.signal_help = left * person.signal_help + quality * signal
    return True


@compiled
def tell_of_market(world: Tables, person: Row, pay_news: float, offer_news: float) -> None:
    """Tell a person what is usual: the pay of somebody like this person, and how offers come.

    Args:
        world: The world.
        person: Row of the person.
        pay_news: Offers that what is said of pay counts for.
        offer_news: The same, of how offers come.
    """
    hear_of_pay(world, person, usual_pay_of(world, person), pay_news)
    hear_of_offers(world, person, world.rules.behaviour.offers_expected, offer_news)


@compiled
def end_help(person: Row) -> None:
    """End a search, and with it what it had of help: the next begins with the person's own traits."""
    if person.helped != 0:
        person.helped = 0
        person.helped_day = NEVER
        person.time_help = 0.0
        person.aim_help = 0.0
        person.signal_help = 0.0
