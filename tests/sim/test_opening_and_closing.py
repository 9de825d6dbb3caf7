"""From its opening day to its closing day a lever is offered; what has begun by then ends as agreed; shut all along it is as good as absent."""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pytest

from sim.calendar import Horizon
from sim.compiled import NEVER
from sim.configuration import ConfigurationError
from sim.levers import OWN, LeverId
from sim.scenario import Scenario
from sim.states import Count, ServiceEntry, Stock
from sim.world import World
from tests.sim.tiny import firm_of, guests, know

Make = Callable[..., World]
OPENING, CLOSING = 40, 99
WINDOW = {"opening_date": "2021-06-10", "closing_date": "2021-08-08"}
SETTING: dict[str, Any] = {"graduates": 480, "days": 150, "start": "2021-05-01"}
CARRIED_ON = {"lodging", "mentoring", "loans", "incubator", "internships", "subsidies", "casework", "hiring_subsidy"}
"""Levers of which something goes on after the closing day: stays, mentoring, loans, desks, places, rent, files, claims."""
EACH = pytest.mark.parametrize("lever", [lever.name for lever in OWN])


@pytest.fixture(scope="module")
def open_for_a_while(run_of: Make, every_lever: Callable[[], Any]) -> World:
    """Return a world in which every lever is open for the same sixty days."""
    return run_of(**SETTING, policy={name: setting | WINDOW for name, setting in every_lever().items()})


@EACH
def test_a_lever_serves_tells_and_spends_between_its_days_only(lever: str, open_for_a_while: World) -> None:
    row = LeverId[lever.upper()]
    daily = np.diff(open_for_a_while.services[:, row, :], axis=0, prepend=0)
    inside = np.arange(len(daily)) // (CLOSING + 1) == 0
    inside[:OPENING] = False
    for entry in (ServiceEntry.REACHED, ServiceEntry.SERVED, ServiceEntry.TURNED_AWAY):
        assert not daily[~inside, entry].any(), entry
    assert daily[inside, ServiceEntry.SERVED].any(), "nobody is served, so nothing is shown"
    spent = daily[:, ServiceEntry.SPENT]
    assert not spent[:OPENING].any()
    assert spent[inside].any()
    assert lever in CARRIED_ON or not spent[CLOSING + 1 :].any()
    aware = open_for_a_while.stocks[:, int(Stock.AWARE) + row]
    assert not aware[~inside].any()
    assert aware[inside].any() == OWN[row].is_to_be_known()


def test_what_stands_ready_costs_nothing_when_it_is_shut(open_for_a_while: World) -> None:
    assert not open_for_a_while.beds[:OPENING].any()
    assert open_for_a_while.beds[OPENING : CLOSING + 1, :, 0].any()
    taken = open_for_a_while.beds[CLOSING + 1 :]
    assert np.array_equal(taken[:, :, 0], taken[:, :, 1]), "the beds left are those of guests"
    fixed = open_for_a_while.tables["services"].column("fixed_spent")[LeverId.LODGING]
    stations = open_for_a_while.tables["stations"]
    opened = [int(day) for day in stations.column("opening_day") if day <= CLOSING]
    setting = open_for_a_while.scenario.policy.levers["lodging"]
    month = setting.beds_per_station * setting.cost_per_bed_month + setting.desk_staff_per_station * setting.cost_per_desk_staff_month
    assert fixed == sum((CLOSING - day) // 30 + 1 for day in opened) * month


@pytest.mark.parametrize("shut", [{"opening_date": "2022-01-01"}, {"closing_date": "2021-04-30"}], ids=lambda shut: next(iter(shut)))
def test_levers_that_are_shut_all_along_change_nothing(
    shut: dict[str, Any], run_of: Make, every_lever: Callable[[], Any], snapshot_of: Any, difference_of: Any, without: Any
) -> None:
    found = snapshot_of(run_of(**SETTING, policy={name: setting | shut for name, setting in every_lever().items()}))
    terms = {"services.budget", "services.unit_cost"}
    assert set(difference_of(found, without)) <= terms


@pytest.fixture(scope="module")
def without(run_of: Make, snapshot_of: Any) -> Any:
    """Return the snapshot of a run without levers."""
    return snapshot_of(run_of(**SETTING))


STATION = {"stations": 1, "rooms_per_station": 2, "beds_per_room": 1, "free_nights": 3, "initial_awareness": 0.0}


@pytest.mark.parametrize(("closing", "nights", "beds"), [("2021-03-03", 3, 1), ("2021-03-02", 0, 0), (None, 3, 2)])
def test_a_guest_stays_the_nights_agreed_and_takes_the_bed_along(closing: str | None, nights: int, beds: int, still_world: Make) -> None:
    """Two beds; the guest comes on day 2, and the closing day is that day, or the day before."""
    world = still_world(policy={"lodging": {"enabled": True, **STATION, "closing_date": closing}}, explore_trip_value=100_000, nights_free=60)
    guests(world, 5)
    world.advance(0, 60)
    assert (world.tables["people"].rows["guest_nights"][5], world.counts[Count.STATION_NIGHTS]) == (nights, nights)
    assert world.beds[[1, 2, 3], :, 0].sum(axis=1).tolist() == [2, 2 if nights else 0, beds]
    assert world.beds[59].sum() == (0 if closing else 2)


BUSINESS = {
    "mentoring": {"enabled": True, "mentors": 1, "mentees_per_mentor": 1, "months": 4, "demand": 1.0, "cost_per_mentee_month": 7},
    "incubator": {"enabled": True, "desks": 1, "months": 4, "demand": 1.0, "cost_per_desk_month": 11},
}


@pytest.mark.parametrize(("closing", "months"), [("2021-04-20", 4), ("2021-03-20", 0)])
def test_a_founder_keeps_mentor_and_desk_for_the_months_agreed(closing: str, months: int, founded: Make) -> None:
    """A firm founded on day 3 has its first month on day 33: who is taken on then has four months, whatever closes meanwhile."""
    policy = {name: setting | {"closing_date": closing} for name, setting in BUSINESS.items()}
    world = founded(cash=10**6, days=170, policy=policy)
    for lever in (LeverId.MENTORING, LeverId.INCUBATOR):
        know(world, lever, 5)
    world.advance(4, 170)
    services = world.tables["services"]
    assert services.column("spent")[[LeverId.MENTORING, LeverId.INCUBATOR]].tolist() == [months * 7, months * 11]
    assert services.column("on_offer")[[LeverId.MENTORING, LeverId.INCUBATOR]].tolist() == [0, 0]
    assert (firm_of(world).alive, firm_of(world).mentor, firm_of(world).desk) == (1, NEVER, 0)


def test_a_horizon_is_open_between_its_dates() -> None:
    usual = Horizon(date(2021, 1, 1), 400)
    assert (usual.first_day, usual.last_day, usual.days_open, usual.yearly(1, 10)) == (0, 399, 400, [9, 374])
    assert usual.window(date(2021, 1, 3), None) == (2, 399)
    short = Horizon(date(2021, 1, 1), 400, opening=date(2021, 1, 11), closing=date(2022, 1, 5))
    assert (short.first_day, short.last_day, short.days_open, short.yearly(1, 10), short.yearly(1, 11)) == (10, 369, 360, [], [10])
    assert short.window(date(2021, 1, 3), date(2023, 1, 1)) == (10, 369)
    assert Horizon(date(2021, 1, 1), 400, opening=date(2022, 2, 5)).days_open == 0
    assert Horizon(date(2021, 1, 1), 400, closing=date(2020, 12, 31)).days_open == 0


def test_a_start_moves_both_dates() -> None:
    dates = {"policy.casework.opening_date": "2021-01-10", "policy.casework.closing_date": "2021-02-10"}
    there = Scenario.load("zibo", dates).with_({"start": "2021-11-01"})
    assert (there.policy.casework.opening_date, there.policy.casework.closing_date) == (date(2022, 1, 10), date(2022, 2, 10))


def test_what_closes_before_it_opens_is_refused_and_what_is_shut_is_said() -> None:
    with pytest.raises(ConfigurationError, match=r"policy\.loans\.opening_date is after policy\.loans\.closing_date"):
        Scenario.load("none", {"policy.loans.opening_date": "2021-02-02", "policy.loans.closing_date": "2021-02-01"})
    shut = {"policy.loans.enabled": True, "policy.loans.credit_line": 10**6, "policy.loans.closing_date": "2020-01-01"}
    notes = Scenario.load("none", shut).notes
    assert [str(note) for note in notes if "policy.loans: not offered on any day" in str(note)]
    assert not Scenario.load("zibo").notes
