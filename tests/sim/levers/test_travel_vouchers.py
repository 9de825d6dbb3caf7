"""Travel vouchers: who comes, what is paid, and what it leaves."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from sim.levers import LeverId
from sim.states import Activity, Channel, Count, Money, Place
from sim.world import World
from tests.drawn import BUDGET, FEW
from tests.every import every
from tests.sim.tiny import advertise

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
        "in_stations": st.booleans(),
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


@pytest.mark.parametrize(("firms", "applied"), [(40, 2), (0, 0)])
def test_a_group_meets_firms_and_applies_on_the_spot(firms: int, applied: int, still_world: Callable[..., World]) -> None:
    """Of four posts of two firms, two appeal; nobody's interest, and nobody's search from home, is touched."""
    lever = ONE_VISIT | {"firms": firms, "posts_per_firm": 2, "nights": 3, "campuses": ("outside 1",), "reading_days": 2, "amount": 90_000}
    world = still_world(policy={"travel_vouchers": lever}, graduates=300, explore_trip_value=100_000)
    people, posts = world.tables["people"].rows, world.tables["posts"].rows
    world.rules["region"]["rent"] = 0
    good = [advertise(world, 0, wage=20_000, review_day=80), advertise(world, 1, wage=20_000, review_day=80)]
    poor = [advertise(world, 0, wage=10, review_day=80), advertise(world, 1, wage=10, review_day=80)]
    world.tables["slots"].rows["employer"][: int(world.rows_in_use["regular_slots"][0])] %= 2  # the group meets one or the other
    students = np.flatnonzero((people["campus"] == 3) & (people["activity"] == Activity.STUDYING) & (people["from_elsewhere"] == 1))
    people["savings"][students], people["next_search_day"][students[::2]] = 10_000, 89
    interest = people["region_interest"].copy()
    day = int(world.tables["events"].rows["day"][0])
    world.advance(0, day + 1)
    came = np.flatnonzero(people["voucher"] == 1)
    assert 0 < len(came) <= 6
    assert np.isin(came, students[::2]).all(), "every second one does not look for work"
    assert people["applications"].sum() == applied * len(came)
    every(people["applications"][came] == applied)
    assert posts["applications"][good].tolist() == [len(came) * (applied > 0)] * 2
    assert (posts["applications"][poor].sum(), (people["region_interest"] == interest).all()) == (0, True)
    if applied:
        assert posts["review_day"][good].tolist() == [day + 2] * 2
        every(world.applications_of(good)["channel"][0, : len(came)] == Channel.VISIT)


def test_guests_go_home(scenario_of: Callable[..., object], world_of: Callable[..., World]) -> None:
    lever = ONE_VISIT | {"nights": 3, "last_date": "2021-03-05"}
    world = world_of(scenario_of(**SETTING, policy={"travel_vouchers": lever}))
    world.advance(0, 6)
    guests = np.flatnonzero(people_of(world)["voucher"] == 1)
    assert guests.size == 6
    every(people_of(world)["place"][guests] == Place.VISITING)
    world.advance(6, 12)
    every(people_of(world)["place"][guests] != Place.VISITING)


def test_posts_that_do_not_appeal_take_no_room_in_what_a_group_sees(still_world: Callable[..., World]) -> None:
    """The list of those that appeal has room for one: a poor post that is shown first does not fill it."""
    lever = ONE_VISIT | {"firms": 40, "posts_per_firm": 2, "campuses": ("outside 1",), "amount": 90_000, "applications_per_visitor": 1}
    world = still_world(policy={"travel_vouchers": lever}, graduates=300, explore_trip_value=100_000)
    people, posts = world.tables["people"].rows, world.tables["posts"].rows
    world.tables["slots"].rows["employer"][: int(world.rows_in_use["regular_slots"][0])] = 0
    world.rules["region"]["rent"] = 0
    shown = [advertise(world, 0, wage=10, review_day=80), advertise(world, 0, wage=20_000, review_day=80)]
    students = np.flatnonzero((people["campus"] == 3) & (people["activity"] == Activity.STUDYING) & (people["from_elsewhere"] == 1))
    people["savings"][students], people["next_search_day"][students] = 10_000, 89
    world.seen = world.seen[:1].copy()
    world.advance(0, int(world.tables["events"].rows["day"][0]) + 1)
    came = int((people["voucher"] == 1).sum())
    assert came > 0
    assert posts["applications"][shown].tolist() == [0, came]


LODGED = ONE_VISIT | {"in_stations": True, "last_date": "2021-03-05", "nights": 2}
STATIONS: dict[str, Any] = {"enabled": True, "stations": 2, "rooms_per_station": 1, "beds_per_room": 2, "free_nights": 2}
STATIONS |= {"initial_awareness": 0.0, "origin": "elsewhere"}


@pytest.mark.parametrize(("stations", "lodged"), [(STATIONS, 4), (STATIONS | {"stations": 0}, 0), (STATIONS | {"opening_date": "2021-03-20"}, 0)])
def test_a_group_sleeps_in_the_stations_as_far_as_beds_are_free(
    stations: dict[str, Any], lodged: int, scenario_of: Callable[..., object], world_of: Callable[..., World]
) -> None:
    """Two stations of two beds for six who come; nobody else knows of them. Who finds none sleeps where the voucher pays."""
    world = world_of(scenario_of(**SETTING, policy={"travel_vouchers": LODGED, "lodging": stations}))
    world.advance(0, 5)
    people = people_of(world)
    came = people["voucher"] == 1
    beds = world.tables["stations"].rows["beds_used"].sum()
    assert (int(came.sum()), int((people["station"][came] >= 0).sum()), int(beds)) == (6, lodged, lodged)
    every(people["place"][came] == Place.VISITING)
    assert people["paid_nights_left"][came & (people["station"] < 0)].tolist() == [1] * (6 - lodged), "the voucher has paid for two"
    world.advance(5, 9)
    guests = came & (people["guest_stays"] > 0)
    assert (people["guest_nights"][guests] == 2).all()
    assert (int(guests.sum()), int(people["guest_nights"].sum())) == (lodged, 2 * lodged)
    every(people["place"][came] != Place.VISITING)
    assert int(world.tables["stations"].rows["beds_used"].sum()) == 0


def test_a_night_in_a_station_costs_the_voucher_nothing(scenario_of: Callable[..., object], world_of: Callable[..., World]) -> None:
    """The first day's ledger, with a bed for each and with none: the same fares, no night paid, and what is left goes on meals."""
    booked = {}
    for beds in (0, 10):
        stations = STATIONS | {"beds_per_room": beds}
        world = world_of(scenario_of(**SETTING, policy={"travel_vouchers": LODGED, "lodging": stations}))
        world.advance(0, 4)
        before = world.ledger.copy()
        world.tables["people"].rows["savings"] = 0  # nobody else goes anywhere
        world.advance(4, 5)
        booked[beds] = world.ledger - before
    night = int(world.rules["region"]["hotel_night"].item())
    assert (booked[0] - booked[10])[[Money.PAID_NIGHTS, Money.VOUCHERS, Money.FARES]].tolist() == [-6 * 2 * night, 0, 0]
    assert booked[0][Money.LIVING_COSTS] - booked[10][Money.LIVING_COSTS] == 6 * 2 * night


def test_without_stations_it_is_no_matter_where_groups_would_sleep(run_of: Callable[..., World]) -> None:
    one, other = (run_of(**SETTING, policy={"travel_vouchers": ONE_VISIT | {"in_stations": asked}}) for asked in (False, True))
    assert people_of(one).tobytes() == people_of(other).tobytes()
    assert one.ledger.tobytes() == other.ledger.tobytes()
