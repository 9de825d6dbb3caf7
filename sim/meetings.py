"""Where people meet levers without being sent there by name: their rules, called at named places of the day, in the order of `LEVERS`.

All events are held so, and all that levers of other packages do; else levers of this package are called by name where they bite, so that one can read
it there. A place at which nobody is met costs nothing and changes nothing, to the last bit. What the rules of a place take and return says
`sim.lever.MEETINGS`.
"""

from __future__ import annotations

from sim.compiled import compiled
from sim.lever import MEETINGS, Rule
from sim.levers import LEVERS
from sim.tables import Tables


@compiled
def _nothing(world: Tables, day: int, *rest: int) -> None:
    """Nobody is met."""


@compiled
def _zero(world: Tables, day: int, *rest: int) -> float:  # noqa: ARG001
    """Nobody is met who would add anything."""
    return 0.0


def _then(first: Rule, second: Rule) -> Rule:
    @compiled
    def then(world: Tables, day: int, *rest: int) -> None:
        first(world, day, *rest)
        second(world, day, *rest)

    return then


def _plus(first: Rule, second: Rule) -> Rule:
    @compiled
    def plus(world: Tables, day: int, *rest: int) -> float:
        total: float = first(world, day, *rest) + second(world, day, *rest)
        return total

    return plus


def _if_of(row: int, rule: Rule) -> Rule:
    """Return a rule of events that takes up those of one lever."""

    @compiled
    def take_up(world: Tables, day: int, event: int) -> None:
        if world.events[event].lever == row:
            rule(world, day, event)

    return take_up


def _all_at(place: str) -> Rule:
    """Return one rule that carries out all of a place, one after the other, and adds up what they return."""
    adds_up = "->" in MEETINGS[place]
    everybody = _zero if adds_up else _nothing
    for row, lever in enumerate(LEVERS):
        rule = lever.met().get(place)
        if rule is not None:
            rule = _if_of(row, rule) if place == "event" else rule
            everybody = _plus(everybody, rule) if adds_up else _then(everybody, rule)
    return everybody


meet_at_services = _all_at("services")
meet_in_month = _all_at("month")
meet_at_event = _all_at("event")
meet_in_search = _all_at("search")
offered_for_trip = _all_at("trip")
given_on_trip = _all_at("trip_made")
added_to_offer = _all_at("offer")
meet_on_pay_day = _all_at("pay_day")
meet_in_business = _all_at("business")
ties_at_settling = _all_at("settling")
