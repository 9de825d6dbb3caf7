"""What a visit adds to the tie to the region: `behaviour.visit_attachment` is a night's, so n nights add n times as much, whoever pays for them."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from sim.states import Activity, Count, Place
from sim.world import World
from tests.sim.tiny import guests

Make = Callable[..., World]
A_NIGHT = 0.05


def lodging(nights: int) -> dict[str, Any]:
    one_bed = {"stations": 1, "rooms_per_station": 1, "beds_per_room": 1}
    return {"lodging": {"enabled": True, "free_nights": nights, "initial_awareness": 0.0, **one_bed}}


@pytest.mark.parametrize("nights", [1, 3, 7])
def test_each_night_of_a_free_stay_adds_to_the_tie(nights: int, still_world: Make) -> None:
    world = still_world(policy=lodging(nights), explore_trip_value=100_000, nights_free=60, nights_paid=1, visit_attachment=A_NIGHT)
    guests(world, 5)
    people = world.tables["people"].rows
    people.attachment[5] = 0.1
    world.advance(0, 40)
    assert (people.guest_nights[5], world.counts[Count.STATION_NIGHTS], people.place[5]) == (nights, nights, Place.ELSEWHERE)
    assert people.attachment[5] == pytest.approx(0.1 + A_NIGHT * nights, abs=1e-6)


@pytest.mark.parametrize("nights", [1, 2, 4])
def test_each_night_of_a_visit_with_a_voucher_adds_to_the_tie(nights: int, still_world: Make) -> None:
    voucher = {"enabled": True, "amount": 5_000, "places": 50, "group_visits": 1, "invited_share": 1.0, "lowest_education": 0, "nights": nights}
    world = still_world(policy={"travel_vouchers": voucher}, graduates=300, explore_trip_value=100_000, visit_attachment=A_NIGHT)
    people = world.tables["people"].rows
    people["savings"], people["attachment"], people["next_search_day"] = 10_000, 0.0, 89
    day = int(world.tables["events"].rows["day"][0])
    world.advance(0, day + 1)
    came = np.flatnonzero((people.place == Place.VISITING) & (people.activity == Activity.STUDYING))
    assert len(came) > 2
    world.advance(day + 1, day + 10)
    assert people.attachment[came].tolist() == pytest.approx([A_NIGHT * nights] * len(came), abs=1e-6)
