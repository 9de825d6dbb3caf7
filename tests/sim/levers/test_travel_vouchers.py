"""Travel vouchers: who comes, what is paid, and what it leaves."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from sim.levers import LeverId
from sim.states import Count, Place
from sim.world import World
from tests.drawn import BUDGET, FEW
from tests.every import every

BUSY: dict[str, Any] = {"enabled": True, "amount": 500, "places": 6, "group_visits": 3, "lowest_education": 0, "invited_share": 0.8}
"""A setting in which places and money run out among some hundred people."""

EMPTY: list[dict[str, Any]] = [{"amount": 0}, {"places": 0}, {"group_visits": 0}, {"budget": 0}]
"""Settings that leave it enabled with nothing to give."""

DRAWN = st.fixed_dictionaries(
    {
        "enabled": st.booleans(),
        "budget": BUDGET,
        "amount": st.integers(0, 2_000),
        "places": st.integers(0, 20),
        "group_visits": FEW,
        "lowest_education": st.integers(0, 2),
        "nights": st.integers(1, 6),
    }
)
"""Any settings, for property tests."""

SETTING = {"graduates": 400, "days": 60, "start": "2021-03-01"}
ONE_VISIT = {"enabled": True, "amount": 5000, "places": 6, "group_visits": 1, "lowest_education": 0, "invited_share": 1.0, "first_date": "2021-03-05"}


def people_of(world: World) -> np.ndarray:
    return world.tables["people"].rows[: world.tables["people"].count]


def test_a_visit_takes_as_many_as_there_are_places_and_pays_for_each(run_of: Callable[..., World]) -> None:
    world = run_of(**SETTING, policy={"travel_vouchers": ONE_VISIT})
    service, guests = world.tables["services"].rows[LeverId.TRAVEL_VOUCHERS], people_of(world)["voucher"] == 1
    assert (int(guests.sum()), int(service.served), int(world.counts[Count.VOUCHERS_USED])) == (6, 6, 6)
    assert int(service.spent) == 6 * (5000 + 50), "the voucher and the cost of running the visit"
    assert service.turned_away > 0
    people = people_of(world)
    every(people["from_elsewhere"][guests] == 1)
    every(people["trips"][guests] >= 1)


@pytest.mark.parametrize(("places", "places_paid"), [(6, 3), (6, 0)])
def test_a_budget_pays_for_so_many(places: int, places_paid: int, run_of: Callable[..., World]) -> None:
    lever = ONE_VISIT | {"places": places, "budget": places_paid * 5050 + 1}
    world = run_of(**SETTING, policy={"travel_vouchers": lever})
    assert int((people_of(world)["voucher"] == 1).sum()) == places_paid


def test_guests_go_home_and_search_here_more(scenario_of: Callable[..., object], world_of: Callable[..., World]) -> None:
    lever = ONE_VISIT | {"interest_gained": 0.2, "nights": 3, "first_date": "2021-03-05", "last_date": "2021-03-05"}
    without, world = (world_of(scenario_of(**SETTING, policy=policy)) for policy in ({}, {"travel_vouchers": lever}))
    for one in (without, world):
        one.advance(0, 6)
    guests = np.flatnonzero(people_of(world)["voucher"] == 1)
    assert guests.size == 6
    every(people_of(world)["place"][guests] == Place.VISITING)
    gain = people_of(world)["region_interest"][guests] - people_of(without)["region_interest"][guests]
    assert gain == pytest.approx(np.minimum(0.2, 1.0 - people_of(without)["region_interest"][guests]))
    world.advance(6, 12)
    still = people_of(world)[guests]
    every(still["place"] != Place.VISITING)
