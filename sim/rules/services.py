"""Knowledge of services and their budgets."""

from __future__ import annotations

import numpy as np

from sim.compiled import Row, Rows, compiled

_ONE = np.uint32(1)


@compiled
def knows(person: Row, services: Rows, lever: int) -> bool:
    """Tell whether a person knows of a service that is on offer."""
    return services[lever].on_offer == 1 and (person.aware >> np.uint32(lever)) & _ONE == _ONE


@compiled
def learn(person: Row, lever: int) -> None:
    """Let a person know of a service."""
    person.aware = person.aware | (_ONE << np.uint32(lever))


@compiled
def forget(person: Row, lever: int) -> None:
    """Let a person forget a service."""
    person.aware = person.aware & ~(_ONE << np.uint32(lever))


@compiled
def can_pay(services: Rows, lever: int, units: int) -> bool:
    """Tell whether the budget covers some units of service."""
    service = services[lever]
    return service.on_offer == 1 and (service.budget < 0 or service.spent + units * service.unit_cost <= service.budget)


@compiled
def pay(services: Rows, lever: int, units: int) -> bool:
    """Book some units of service on its budget.

    Returns:
        False, with nothing booked, where the service is not on offer or its budget does not cover them.
    """
    if not can_pay(services, lever, units):
        return False
    service = services[lever]
    service.spent += units * service.unit_cost
    service.units += units
    return True


@compiled
def pay_fixed(services: Rows, lever: int, cost: int) -> bool:
    """Book the cost of what stands ready (an event, a house). Returns False, with nothing booked, where the budget does not cover it."""
    service = services[lever]
    if service.on_offer == 0 or (service.budget >= 0 and service.spent + cost > service.budget):
        return False
    service.spent += cost
    service.fixed_spent += cost
    return True
