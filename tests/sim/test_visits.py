"""Visits: each night ties a person to the region once, whoever pays for it."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from sim.levers import LeverId
from sim.states import Activity, Count, Money, Place
from sim.world import World

Run = Callable[..., World]
A_NIGHT, HOTEL = 0.03, 130
SETTING: dict[str, Any] = {
    "graduates": 800,
    "days": 240,
    "start": "2021-01-01",
    "market": {"tightness": 0.0},
    "population": {"founders_earlier": 0.0},
    "exams": {"regional_share": 0.0},
    "behaviour": {
        "visit_attachment": A_NIGHT, "explore_per_month": 2.0, "replacement_share": 0.0, "growth_per_year": 0.0, "opportunity_per_year": 0.0,
        "home_considered_per_year": 0.0, "ties_fade_per_year": 0.0,
    },
}  # fmt: skip
"""Nobody is hired, so nobody moves in: every night paid for is a night on a visit, and nothing else ties anybody to the region."""

BEDS = {"enabled": True, "stations": 1, "rooms_per_station": 3, "beds_per_room": 2, "free_nights": 5, "initial_awareness": 0.5}
VOUCHERS = {"enabled": True, "amount": 900, "places": 40, "group_visits": 3, "lowest_education": 0, "invited_share": 0.9, "nights": 4}


@pytest.mark.parametrize("policy", [{}, {"lodging": BEDS}, {"travel_vouchers": VOUCHERS}, {"lodging": BEDS, "travel_vouchers": VOUCHERS}])
def test_ties_grow_with_the_nights_of_visits_and_with_nothing_else(policy: dict[str, Any], scenario_of: Any, world_of: Run) -> None:
    world = world_of(scenario_of(**SETTING, policy=policy))
    people = world.tables["people"]
    before = people.rows["attachment"].copy()
    world.advance(0, world.scenario.days)
    assert world.counts[Count.HIRES] == 0
    paid, rest = divmod(-int(world.ledger[Money.PAID_NIGHTS]), HOTEL)
    assert rest == 0, "visitors pay the whole price of a night"
    free = int(world.counts[Count.STATION_NIGHTS])
    assert paid > 25
    assert (free > 100) == ("lodging" in policy)
    assert (world.tables["services"].column("served")[LeverId.TRAVEL_VOUCHERS] > 10) == ("travel_vouchers" in policy)
    gained = people.rows["attachment"] - before
    assert gained.sum() == pytest.approx(A_NIGHT * (paid + free))
    assert np.allclose(gained / A_NIGHT, np.round(gained / A_NIGHT)), "whole nights"
    assert (gained[people.rows["trips"] == 0] == 0).all()


def test_a_visit_with_a_voucher_counts_its_nights_once(scenario_of: Any, world_of: Run) -> None:
    setting = SETTING | {"behaviour": SETTING["behaviour"] | {"explore_per_month": 0.0}}
    world = world_of(scenario_of(**setting, policy={"travel_vouchers": VOUCHERS | {"group_visits": 1}}))
    people = world.tables["people"].rows
    (day,) = world.tables["events"].column("day")
    world.advance(0, day + 1)
    came = np.flatnonzero((people.place == Place.VISITING) & (people.activity == Activity.STUDYING))
    assert len(came) > 10
    for night in range(1, 5):
        assert people.attachment[came].tolist() == pytest.approx([A_NIGHT * night] * len(came))
        assert (people.place[came] == Place.VISITING).all()
        world.advance(day + night, day + night + 1)
    assert people.attachment[came].tolist() == pytest.approx([A_NIGHT * 4] * len(came))
    assert (people.place[came] == Place.ELSEWHERE).all()
