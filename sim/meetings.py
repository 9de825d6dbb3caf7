"""Where people meet levers without being sent there by name: their rules, called at named places of the day, in the order of `LEVERS`.

All events are held so, and all that levers of other packages do; else levers of this package are called by
name where they bite, so that one can read it there. A place at which nobody is met costs nothing and changes nothing, to the last bit. What the
rules of a place take and return says `sim.lever.MEETINGS`.
"""

from __future__ import annotations

import re
from typing import Any

from sim.compiled import compiled
from sim.lever import MEETINGS, Rule
from sim.levers import LEVERS, OF_OTHERS
from sim.rules.services import has_begun

OTHERS = bool(OF_OTHERS)
"""Whether there are levers of other packages: what they give away may be short anywhere."""


def _all_at(place: str) -> Rule:
    """Return one rule that carries out all of a place, one after the other, and adds up what they return.

    It is written out flat: a chain of rules, each within the next, would be optimised again at each of its links.
    """
    subjects = re.findall(r"\w+", MEETINGS[place].partition("(")[2].partition(")")[0])
    arguments, adds_up = ", ".join(subjects), "->" in MEETINGS[place]
    lines, known = [f"def everybody({arguments}):", "    total = 0.0"], {}
    for row, lever in enumerate(LEVERS):
        rule = lever.met().get(place)
        if rule is not None:
            known[f"rule_{row}"] = rule
            only = f"if world.events[{subjects[-1]}].lever == {row}: " if place == "event" else ""
            lines.append(f"    {only}{'total += ' if adds_up else ''}rule_{row}({arguments})")
    exec("\n".join([*lines, "    return total"]), known)  # noqa: S102 (of numbers and of `MEETINGS` alone)
    return compiled(known["everybody"])


def _any_begun(place: str) -> Rule:
    """Return a rule that tells whether anybody can be met at a place today: a lever that holds a rule there has begun, or is another package's."""
    rows = [row for row, lever in enumerate(LEVERS) if place in lever.met()]
    begun = " or ".join(["OTHERS", *(f"has_begun(world, day, {row})" for row in rows)])
    known: dict[str, Any] = {"OTHERS": OTHERS, "has_begun": has_begun}
    exec(f"def anybody(world, day):\n    return {begun}", known)  # noqa: S102 (of numbers alone)
    anybody: Rule = known["anybody"]
    return compiled(anybody)


def _who_used() -> Rule:
    """Return a rule that tells whether a person has ever received a service, by the columns of its lever that say so."""
    lines = ["def has_used(person, lever):"]
    for row, lever in enumerate(LEVERS):
        columns = [f"person.{column.name} > 0" for column in lever.person if column.took_part]
        if columns:
            lines.append(f"    if lever == {row}: return {' or '.join(columns)}")
    known: dict[str, Any] = {}
    exec("\n".join([*lines, "    return False"]), known)  # noqa: S102 (of names of columns alone)
    used: Rule = known["has_used"]
    return compiled(used)


has_used = _who_used()
meet_at_services = _all_at("services")
meet_in_month = _all_at("month")
anybody_in_month = _any_begun("month")
meet_at_event = _all_at("event")
meet_in_search = _all_at("search")
offered_for_trip = _all_at("trip")
given_on_trip = _all_at("trip_made")
added_to_offer = _all_at("offer")
meet_on_pay_day = _all_at("pay_day")
anybody_on_pay_day = _any_begun("pay_day")
meet_in_business = _all_at("business")
ties_at_settling = _all_at("settling")
given_on_coming = _all_at("coming")
