"""Coming to live in the region and leaving it: the one place where people move."""

from __future__ import annotations

from sim.compiled import Row, compiled
from sim.draws import Decision, uniform
from sim.states import Activity, Count, Place
from sim.tables import Tables


@compiled
def come_to_live(world: Tables, day: int, person: Row) -> None:
    """Settle here, for the first time or again: most of the search goes to the region from now on; a local comes home."""
    person.place = Place.RESIDENT
    person.region_interest = max(person.region_interest, world.rules.behaviour.local_interest)
    if person.from_elsewhere == 0:
        person.returns += 1
        world.counts[Count.LOCALS_RETURNED] += 1
    elif person.resident_since < 0 and person.departures == 0:
        person.resident_since = day
        world.counts[Count.NEWLY_RESIDENT] += 1


@compiled
def move_away(world: Tables, day: int, person: Row) -> None:
    """Cease to live here: less of the search goes to the region from now on; ties stay and fade with the months."""
    behaviour = world.rules.behaviour
    most = behaviour.interest_after_leaving
    if person.from_elsewhere == 0:
        most = behaviour.locals_interest_away
        world.counts[Count.LOCALS_LEFT] += 1
    person.place = Place.ELSEWHERE
    person.region_interest = min(person.region_interest, most)
    person.departures += 1
    if person.left_day < 0:
        person.left_day = day
    world.counts[Count.LEFT_REGION] += 1


@compiled
def come_home_from_school(world: Tables, day: int, identity: int) -> None:
    """Let a local who has studied elsewhere and has no contract come home to the family: the likelier the more of the search goes to the region."""
    person = world.people[identity]
    if person.from_elsewhere == 1 or person.place != Place.ELSEWHERE or person.contract_day >= 0:
        return
    if uniform(world, Decision.HOME_FROM_SCHOOL, 0, identity, 0) < person.region_interest:
        come_to_live(world, day, person)


@compiled
def has_left_school(day: int, person: Row) -> bool:
    """Tell whether a person has graduated and is no student any more."""
    return bool((person.graduation_day <= day) & (person.activity != Activity.STUDYING))
