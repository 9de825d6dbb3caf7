"""Lodging: which bed is found, and when there is anything to offer."""

from collections.abc import Callable
from typing import Any

import numba
import numpy as np
import pytest

from sim.policies.lodging import ALL_FULL, NO_STATION, Lodging, find_station
from sim.scenario import Scenario
from sim.states import LeverId
from sim.world import World

OPEN = {
    "enabled": True,
    "stations": 3,
    "rooms_per_station": 1,
    "beds_per_room": 1,
    "free_nights": 3,
    "opening_date": "2020-11-11",
    "initial_awareness": 1.0,
}


@numba.njit
def find(day: int, people: Any, identity: int, district: int, stations: Any, services: Any) -> int:
    return find_station(day, people[identity], district, stations, services)


@pytest.fixture
def search(scenario_of: Callable[..., Scenario], world_of: Callable[..., World]) -> Callable[..., int]:
    """Return a function that looks for a bed in three stations, one a district, some of them full."""

    def look(
        *, district: int = 0, full: tuple[int, ...] = (), day: int = 10, aware: bool = True, budget: int = -1, closed: tuple[int, ...] = ()
    ) -> int:
        world = world_of(scenario_of(graduates=20, policy={"lodging": OPEN}))
        stations, services, people = (world.tables[name].rows for name in ("stations", "services", "people"))
        stations["beds_used"][list(full)] = 1
        stations["opening_day"][list(closed)] = 99
        people["aware"][0] = np.uint32(1 << LeverId.LODGING) if aware else 0
        services["budget"][LeverId.LODGING] = budget
        return int(find(day, people, 0, district, stations, services))

    return look


@pytest.mark.parametrize(
    ("situation", "found"),
    [
        ({"district": 1}, 1), ({"district": 2}, 2), ({"district": 1, "full": (1,)}, 0), ({"district": 1, "full": (0, 1)}, 2),
        ({"full": (0, 1, 2)}, ALL_FULL), ({"day": 9}, NO_STATION), ({"aware": False}, NO_STATION), ({"budget": 59}, NO_STATION), ({"budget": 60}, 0),
        ({"closed": (0, 1)}, 2), ({"closed": (0, 1), "full": (2,)}, ALL_FULL), ({"closed": (0, 1, 2)}, NO_STATION),
    ],
)  # fmt: skip
def test_a_free_bed_is_found_in_the_district_first(situation: dict[str, Any], found: int, search: Callable[..., int]) -> None:
    assert search(**situation) == found


@pytest.mark.parametrize(
    "nothing", [{"enabled": False}, {"stations": 0}, {"rooms_per_station": 0}, {"beds_per_room": 0}, {"free_nights": 0}, {"budget": 0}]
)
def test_without_a_bed_or_a_night_nothing_is_offered(nothing: dict[str, Any]) -> None:
    assert Lodging.model_validate(OPEN).offers_something
    assert not Lodging.model_validate(OPEN | nothing).offers_something


def test_beds_are_rooms_times_beds() -> None:
    assert Lodging(rooms_per_station=5, beds_per_room=3).beds_per_station == 15
