"""What a search costs in cash, at the moment: who cannot pay does not apply, or does not go."""

from __future__ import annotations

from sim.compiled import Row, compiled
from sim.rules.services import can_pay, pay
from sim.rules.utility import months_searched
from sim.states import Money, Place
from sim.tables import Tables


@compiled
def paid_by_service(world: Tables, person: Row, cost: int) -> int:
    """Return what a service pays of a cost of search, CNY: nothing where its budget does not cover that."""
    helped = int(person.search_help * cost)
    return helped if helped > 0 and can_pay(world, person.search_payer, helped) else 0


@compiled
def fare_in_view(world: Tables, day: int, person: Row, fare: float) -> float:
    """Return what a person counts on having paid of a fare, CNY, while the weeks last and up to what is left."""
    if person.fare_help == 0 or 0 <= person.fare_until < day:
        return 0.0
    support = world.rules.transport_support
    return min(support.share * fare, float(support.ceiling - person.fares_paid))


@compiled
def spend_on_search(world: Tables, person: Row, cost: int, given: int) -> None:
    """Pay a cost of search out of one's savings, less what a service pays of what is not given."""
    helped = paid_by_service(world, person, cost - given)
    if helped > 0:
        pay(world, person.search_payer, helped)
        person.search_paid += helped
    person.savings -= cost - helped
    person.search_costs += cost - helped
    world.ledger[Money.SEARCH_COSTS] -= cost - helped


@compiled
def applications_paid_for(world: Tables, person: Row) -> int:
    """Return the applications of a session for which a person has time and money."""
    most = world.rules.behaviour.applications_per_session
    price = world.rules.behaviour.application_cost
    if paid_by_service(world, person, most * price) > 0:
        price -= int(person.search_help * price)
    return int(most if price <= 0 else min(most, person.savings // price))


@compiled
def pay_for_applications(world: Tables, person: Row, sent: int) -> None:
    """Pay for the applications of a session."""
    spend_on_search(world, person, sent * world.rules.behaviour.application_cost, 0)


@compiled
def fare_to_interview(world: Tables, person: Row, employer: Row) -> int:
    """Return the fare there and back to an interview, CNY; who is elsewhere is interviewed online."""
    if person.place == Place.ELSEWHERE:
        return 0
    living = world.rules.living
    return int(living.trip_near if person.district == employer.district else living.trip_far) - int(world.rules.behaviour.interview_cost)


@compiled
def gets_to_interview(world: Tables, person: Row, employer: Row, given: int) -> bool:
    """Pay for the way to an interview and for what one needs there, with what is given for the fare. Returns False where money is short."""
    if person.place == Place.ELSEWHERE:
        return True
    cost = int(world.rules.behaviour.interview_cost + fare_to_interview(world, person, employer))
    if not is_at_hand(world, person, cost, given):
        return False
    spend_on_search(world, person, cost, given)
    return True


@compiled
def is_at_hand(world: Tables, person: Row, cost: int, given: int) -> bool:
    """Tell whether a person has the money for a cost of search, with what is given for it."""
    return bool(person.savings + given >= cost - paid_by_service(world, person, cost - given))


@compiled
def pocket_of(world: Tables, day: int, person: Row) -> int:
    """Return the money at hand up to which the family adds on a pay day, CNY: less after the months of a search that it bridges."""
    behaviour = world.rules.behaviour
    part = behaviour.family_pocket
    if months_searched(day, person) >= behaviour.family_months:
        part *= behaviour.pocket_later
    return int(part * world.rules.living.month)
