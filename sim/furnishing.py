"""The small tables of a world: districts, campuses, services, events, slots; what living and ways to work cost."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from sim.columns import Table
from sim.compiled import NEVER
from sim.draws import own_number
from sim.levers import LEVERS
from sim.measures import World
from sim.scenario import Scenario
from sim.seasons import graduation_shifts
from sim.states import FIELDS, Count, EventKind

EVENTS_OF_A_KIND = 65_536
"""Events of one kind that have luck of their own; more would share the luck of another kind's, and no run plans as many."""
OTHER_KINDS = 32_768
"""Kinds of events of levers of other packages are numbered from here, by the name of the lever, whatever else is installed."""


def way_to_work(scenario: Scenario, distance_km: float) -> tuple[int, int]:
    """Return what a way to work costs a month, fares and the worth of the hours, and the fares of it, CNY."""
    behaviour = scenario.behaviour
    distance = 2 * distance_km * behaviour.work_days
    hours = distance / behaviour.commute_km_per_hour
    fares = behaviour.commute_fare_per_km * distance
    return round(fares + hours * behaviour.hour_worth * scenario.region.living_cost), round(fares)


def costs_of_living(scenario: Scenario) -> dict[str, float]:
    """Return what rules read of homes and ways to work, CNY a month: within a district, between districts, and what pay leaves at least."""
    region = scenario.region
    near, fare_near = way_to_work(scenario, region.within_district_km)
    far, fare_far = way_to_work(scenario, region.between_districts_km)
    least = max(1.0, scenario.behaviour.least_left * region.living_cost)
    behaviour = scenario.behaviour
    trips = [2 * behaviour.commute_fare_per_km * distance for distance in (region.within_district_km, region.between_districts_km)]
    return {
        "way_near": near, "fare_near": fare_near, "way_far": far, "fare_far": fare_far, "least": least,
        "month": float(max(1, region.living_cost)), "idle": math.log(max(1.0, behaviour.idle_worth * region.living_cost)),
        "fare_interview": sum(trips) / len(trips),
        "trip_near": round(behaviour.interview_cost + trips[0]), "trip_far": round(behaviour.interview_cost + trips[1]),
    }


def places_of_levers() -> dict[str, Any]:
    """Return for each lever its row in the table of services, and where its own counts stand."""
    places: dict[str, Any] = {lever.name: {"row": row} for row, lever in enumerate(LEVERS)}
    first = len(Count)
    for lever in LEVERS:
        if lever.counts:
            places[lever.name]["counts"] = {count: first + number for number, count in enumerate(lever.counts)}
            first += len(lever.counts)
    return places


def _home_by_evening(scenario: Scenario, distance: float) -> float:
    """Return the share of appointments from which somebody is home in the evening, by the distance of the campus in km."""
    behaviour = scenario.behaviour
    if distance < behaviour.day_trip_km or behaviour.same_day_km <= behaviour.day_trip_km:
        return float(distance < behaviour.day_trip_km)
    return max(0.0, (behaviour.same_day_km - distance) / (behaviour.same_day_km - behaviour.day_trip_km))


def furnish(world: World) -> None:
    """Fill the small tables: districts, campuses, services, stations, mentors, events."""
    scenario, tables = world.scenario, world.tables
    region, policy, behaviour = scenario.region, scenario.policy, scenario.behaviour
    tables["districts"].rows["share"] = [district.share for district in region.districts]
    campuses = np.asarray(tables["campuses"].rows)
    for name in ("outside", "share", "vocational", "master", "interest", "locals_share"):
        campuses[name] = [getattr(campus, name) for campus in region.campuses]
    campuses["graduation_shift"] = graduation_shifts(scenario)
    way = [campus.distance_km if campus.outside else region.elsewhere_km for campus in region.campuses]
    campuses["fare"] = [round(behaviour.fare_fixed + behaviour.fare_per_km * distance) for distance in way]
    campuses["day_trip"] = [campus.outside and campus.distance_km < behaviour.day_trip_km for campus in region.campuses]
    campuses["same_day"] = [_home_by_evening(scenario, campus.distance_km) if campus.outside else 0.0 for campus in region.campuses]
    for row, campus in enumerate(region.campuses):
        if campus.outside and campus.distance_km <= behaviour.commute_most_km:
            campuses["way"][row], campuses["way_fare"][row] = way_to_work(scenario, campus.distance_km)
    services = np.asarray(tables["services"].rows)
    for row, lever in enumerate(policy.levers.values()):
        horizon, offered = scenario.horizon(lever), scenario.is_offered(lever)
        services["opening_day"][row] = horizon.first_day if offered else NEVER
        services["closing_day"][row] = horizon.last_day if offered else NEVER
        services["on_offer"][row] = offered and horizon.first_day == 0
        services["budget"][row] = NEVER if lever.budget is None else lever.budget
        services["unit_cost"][row] = lever.unit_cost
        services["to_be_known"][row] = lever.is_to_be_known()
        services["for_firms"][row] = lever.is_for_firms()
        services["passed_on"][row] = lever.passed_on
        if offered:
            services["firm_awareness"][row] = getattr(lever, "firm_awareness", 0.0)
            lever.furnish(world)
    plan_events(scenario, tables["events"])


def plan_events(scenario: Scenario, table: Table) -> None:
    """Put the events of all levers into their table, each with a key for its luck."""
    events: list[dict[str, int]] = []
    for row, lever in enumerate(scenario.policy.levers.values()):
        events.extend({"kind": EventKind.OTHER, "lever": row, **event} for event in scenario.events_of(lever))
    if not events:
        return
    table.reserve(len(events))
    table.count = len(events)
    of_kind: dict[int, int] = {}
    rows = np.asarray(table.rows)
    for row, event in enumerate(events):
        for name, value in event.items():
            rows[name][row] = value
        kind = int(event["kind"])
        if kind == EventKind.OTHER:
            kind = OTHER_KINDS + own_number(LEVERS[event["lever"]].name) % OTHER_KINDS
        rows["key"][row] = kind * EVENTS_OF_A_KIND + of_kind.get(kind, 0)
        of_kind[kind] = of_kind.get(kind, 0) + 1


def size_anchors(world: World, jobs: int) -> Any:  # noqa: ANN401
    """Give the anchor employers their part of the jobs, in whole persons. Returns the weights of the industries in the jobs of all others."""
    region, table = world.scenario.region, world.tables["anchors"]
    weights = np.array(region.jobs_by_field, dtype=np.float64)
    if not region.anchors:
        return weights
    table.reserve(len(region.anchors))
    table.count = len(region.anchors)
    for name in ("industry", "pay"):
        table.rows[name] = [getattr(anchor, name) for anchor in region.anchors]
    table.rows["staff"] = [int(anchor.share * jobs) for anchor in region.anchors]
    left = weights / weights.sum() * jobs
    np.subtract.at(left, table.column("industry"), table.column("staff"))
    return np.maximum(left, 0.0)


def lay_out_slots(world: World, regular: int) -> None:
    """Add the slots kept for start-ups behind those of the established employers, by field."""
    market = world.scenario.market
    reserve = max(market.fewest_startup_slots, int(regular * market.startup_slots) // FIELDS)
    fields = world.tables["fields"].rows
    fields["first_startup_slot"] = [regular + field * reserve for field in range(FIELDS)]
    fields["startup_slots"] = reserve
    table = world.tables["slots"]
    table.reserve(regular + FIELDS * reserve)
    table.count = table.capacity
    world.rows_in_use["regular_slots"][0] = regular
    world.rows_in_use["advertising_slots"][0] = table.count
