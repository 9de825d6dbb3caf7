"""Knowledge of services, the days on which they are offered, and their budgets.

Before its opening day nobody is told of a service, admitted or paid; who knows of it from the start has to wait. While it is on offer, `pay`,
`pay_fixed` and `promise` are for what is new. After its closing day nothing is; what was begun is carried on as agreed: `pay_promised`,
`keep_paying`, `keep_paying_fixed`.
"""

from __future__ import annotations

import numpy as np

from sim.calendar import MONTH_DAYS
from sim.compiled import Row, compiled
from sim.draws import Decision, uniform
from sim.tables import Tables

_ONE = np.uint32(1)
LEVERS_A_KEY = 64
"""Levers that a key of luck tells apart: a bit set holds no more."""


@compiled
def is_admitted(person: Row, service: int) -> bool:
    """Tell whether a service (a lever's row, or an `Admission`) is open to a person: only a trial keeps people out."""
    return (person.barred >> np.uint32(service)) & _ONE == 0


@compiled
def open_and_close_services(world: Tables, day: int) -> None:
    """Open the services whose first day it is, and close those whose last day was yesterday."""
    for lever in range(world.services.size):
        service = world.services[lever]
        if service.opening_day >= 0 and day > 0:
            if service.opening_day == day:
                service.on_offer = 1
            elif service.closing_day + 1 == day:
                service.on_offer = 0


@compiled
def has_begun(world: Tables, day: int, lever: int) -> bool:
    """Tell whether a service is, or was, on offer: something of it may go on."""
    return 0 <= world.services[lever].opening_day <= day


@compiled
def knows(world: Tables, person: Row, lever: int) -> bool:
    """Tell whether a person knows of a service that is on offer, and open to this person."""
    return world.services[lever].on_offer == 1 and (person.aware >> np.uint32(lever)) & _ONE == _ONE and is_admitted(person, lever)


@compiled
def is_to_be_known(world: Tables, lever: int) -> bool:
    """Tell whether a service is on offer and has to be known to be used."""
    service = world.services[lever]
    return service.on_offer == 1 and service.to_be_known == 1


@compiled
def learn(person: Row, lever: int) -> None:
    """Let a person, or an employer, know of a service."""
    person.aware = person.aware | (_ONE << np.uint32(lever))


@compiled
def forget(person: Row, lever: int) -> None:
    """Let a person forget a service."""
    person.aware = person.aware & ~(_ONE << np.uint32(lever))


@compiled
def firm_knows(world: Tables, employer: Row, lever: int) -> bool:
    """Tell whether an employer knows of a service that is on offer."""
    return world.services[lever].on_offer == 1 and (employer.aware >> np.uint32(lever)) & _ONE == _ONE


@compiled
def is_for_firms(world: Tables, lever: int) -> bool:
    """Tell whether a service is on offer that employers can know of."""
    service = world.services[lever]
    return service.on_offer == 1 and service.for_firms == 1


@compiled
def know_at_first(world: Tables, day: int, employer: Row, owner: int) -> None:
    """Let an employer that opens know of some services, and of none that an earlier one at the place knew.

    Args:
        world: The world.
        day: Day.
        employer: The employer.
        owner: What its luck is keyed by: its row; of a start-up, the row of the founder.
    """
    employer.aware = np.uint32(0)
    for lever in range(world.services.size):
        share = world.services[lever].firm_awareness
        if share > 0.0:
            key = lever if employer.founder < 0 else LEVERS_A_KEY + lever
            if uniform(world, Decision.FIRM_AWARENESS, max(day, 0), owner, key) < share:
                learn(employer, lever)


@compiled
def _is_covered(world: Tables, lever: int, cost: int) -> bool:
    """Tell whether what is left of the budget, beside what is promised, covers a cost."""
    service = world.services[lever]
    return bool(service.budget < 0 or service.spent + service.promised * service.unit_cost + cost <= service.budget)


@compiled
def can_pay(world: Tables, lever: int, units: int) -> bool:
    """Tell whether a service is on offer and its budget covers some units of it."""
    return world.services[lever].on_offer == 1 and _is_covered(world, lever, units * world.services[lever].unit_cost)


@compiled
def pay(world: Tables, lever: int, units: int) -> bool:
    """Book some units of service on its budget.

    Returns:
        False, with nothing booked, where the service is not on offer or its budget does not cover them.
    """
    return world.services[lever].on_offer == 1 and keep_paying(world, lever, units)


@compiled
def keep_paying(world: Tables, lever: int, units: int) -> bool:
    """Book some units of a service that was begun while it was on offer. False, with nothing booked, where they are not covered."""
    service = world.services[lever]
    if not _is_covered(world, lever, units * service.unit_cost):
        return False
    service.spent += units * service.unit_cost
    service.units += units
    return True


@compiled
def pay_fixed(world: Tables, lever: int, cost: int) -> bool:
    """Book the cost of what stands ready (an event, a house). False, with nothing booked, where it is not on offer or not covered."""
    return world.services[lever].on_offer == 1 and keep_paying_fixed(world, lever, cost)


@compiled
def keep_paying_fixed(world: Tables, lever: int, cost: int) -> bool:
    """Book a cost that follows from what was begun while the service was on offer. False, with nothing booked, where it is not covered."""
    service = world.services[lever]
    if not _is_covered(world, lever, cost):
        return False
    service.spent += cost
    service.fixed_spent += cost
    return True


@compiled
def promise(world: Tables, lever: int, units: int) -> bool:
    """Set aside the money for some units of service that will be given later. Returns False where the budget does not cover them."""
    if not can_pay(world, lever, units):
        return False
    world.services[lever].promised += units
    return True


@compiled
def pay_promised(world: Tables, lever: int, units: int) -> None:
    """Book units that were promised."""
    service = world.services[lever]
    service.promised -= units
    service.spent += units * service.unit_cost
    service.units += units


@compiled
def release(world: Tables, lever: int, units: int) -> None:
    """Give back what was promised and will not be needed."""
    world.services[lever].promised -= units


@compiled
def has_place_this_month(world: Tables, day: int, lever: int, per_month: int) -> bool:
    """Tell whether a service with so many places a month has one left today: places come day by day and are kept until the month's end.

    What part of a place the month begins with is drawn, so no day, and nobody whose own day of the month it is, is passed over every month.
    """
    begun = int(MONTH_DAYS * uniform(world, Decision.PLACES_OF_MONTH, day // MONTH_DAYS, lever, 0))
    return world.services[lever].this_month < ((day % MONTH_DAYS + 1) * per_month + begun) // MONTH_DAYS


@compiled
def share_of_day(per_month: int, day: int) -> int:
    """Divide a month's hours or contacts over its days, exactly."""
    return int((day + 1) * per_month // MONTH_DAYS - day * per_month // MONTH_DAYS)


@compiled
def admit(world: Tables, event: Row, lever: int) -> bool:
    """Let one more into an event, at the price of one unit, while there are places and money; counts reached, served, turned away."""
    service = world.services[lever]
    service.reached += 1
    if event.taken >= event.places or not pay(world, lever, 1):
        service.turned_away += 1
        return False
    event.taken += 1
    service.served += 1
    return True
