"""Incubator: a desk saves running cost, one a firm, for some months; desks and money are finite."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from sim.levers import LeverId
from sim.scenario import Scenario
from sim.states import Cash, Count
from sim.world import World
from tests.drawn import BUDGET, FEW
from tests.every import every

BUSY: dict[str, Any] = {"enabled": True, "desks": 3, "months": 4, "demand": 0.9, "initial_awareness": 0.9}
"""A setting in which places and money run out among some hundred people."""

EMPTY: list[dict[str, Any]] = [{"desks": 0}, {"rent_cut": 0}, {"budget": 0}]
"""Settings that leave it enabled with nothing to give."""

DRAWN = st.fixed_dictionaries(
    {"enabled": st.booleans(), "budget": BUDGET, "desks": FEW, "rent_cut": st.integers(0, 20_000), "months": FEW.map(lambda few: few + 1)}
)
"""Any settings, for property tests."""

Run = Callable[..., World]
WIDE = {"enabled": True, "desks": 1000, "demand": 1.0, "initial_awareness": 1.0, "months": 24}
SETTING: dict[str, Any] = {"graduates": 800, "days": 240, "start": "2021-01-01", "population": {"founders_earlier": 0.2}}
SOLVENT = {"monthly_revenue": 10**6, "revenue_noise": 0.0, "opportunity_per_year": 0.0, "dispute_per_year": 0.0, "sales_cost": 0.0}


def service_of(world: World) -> Any:
    return world.tables["services"].rows[LeverId.INCUBATOR]


@pytest.fixture(scope="module")
def house(run_of: Run) -> Run:
    """Return a runner of a world with an incubator, or (None) without."""

    def run(lever: dict[str, Any] | None, *, replicate: int = 0, **behaviour: Any) -> World:
        return run_of(**SETTING, policy={} if lever is None else {"incubator": WIDE | lever}, behaviour=behaviour, replicate=replicate)

    return run


def test_a_desk_saves_its_rent_cut_and_no_more_than_the_running_cost(house: Run) -> None:
    without = house(None, **SOLVENT)
    firms = int((without.tables["employers"].column("founder") >= 0).sum())
    for cut in (1, 1500, 10**6):
        world = house({"rent_cut": cut}, **SOLVENT)
        service = service_of(world)
        saved = int(world.cashbook[Cash.RUNNING_COSTS] - without.cashbook[Cash.RUNNING_COSTS])
        assert saved == service.units * min(cut, 2500)
        assert service.spent == 1800 * service.units
        assert 0.5 * firms < service.served == service.in_use <= firms, "the others are too old"


def test_more_desks_are_used_more_and_turn_fewer_away(house: Run) -> None:
    worlds = [house({"desks": desks}, **SOLVENT) for desks in (0, 2, 8, 20, 1000)]
    used = [int(service_of(world).in_use) for world in worlds]
    refused = [int(service_of(world).turned_away) for world in worlds]
    assert used[:4] == [0, 2, 8, 20]
    assert used[4] > 20
    assert refused[1:] == sorted(set(refused[1:]), reverse=True)
    assert refused[0] == refused[4] == 0
    for world in worlds:
        service, employers = service_of(world), world.tables["employers"]
        assert service.in_use == employers.column("desk").sum()
        assert service.reached == service.served + service.turned_away
        assert service.turned_away == employers.column("desk_refused").sum()


@pytest.mark.parametrize("months", [1, 3, 6])
def test_a_desk_is_given_back_after_its_months_and_not_taken_again(months: int, house: Run) -> None:
    world = house({"months": months}, **SOLVENT, forget_per_month=0.0)  # who forgets and hears of it again comes late
    service = service_of(world)
    assert service.units == months * service.served
    assert service.in_use == world.tables["employers"].column("desk").sum() == 0


def test_a_desk_given_back_goes_to_who_was_refused(house: Run) -> None:
    few, passed_on = house({"desks": 3}, **SOLVENT), house({"desks": 3, "months": 2}, **SOLVENT)
    assert service_of(few).served == 3 < service_of(passed_on).served
    assert service_of(passed_on).turned_away < service_of(few).turned_away


def test_half_the_money_pays_for_half_the_desk_months(house: Run) -> None:
    need = int(service_of(house({}, **SOLVENT)).spent)
    service = service_of(house({"budget": need // 2}, **SOLVENT))
    assert service.units == need // 2 // 1800
    assert service.spent == service.units * 1800 <= need // 2
    assert service.in_use == 0, "who cannot be paid for gives the desk back"
    short = service_of(house({"budget": 1800 * 5}, **SOLVENT))
    assert short.units == 5 == short.served
    assert short.turned_away > 0


def test_a_closed_firm_gives_its_desk_back_and_a_desk_keeps_firms_alive(house: Run, scenario_of: Callable[..., Scenario], world_of: Run) -> None:
    hard = {"monthly_revenue": 1_000, "capital_need": 15_000, "opportunity_per_year": 0.0, "second_thoughts": 0.0}
    world = world_of(scenario_of(**SETTING, policy={"incubator": WIDE}, behaviour=hard))
    employers = world.tables["employers"]
    for day in range(0, 240, 10):
        world.advance(day, day + 10)
        assert service_of(world).in_use == employers.column("desk").sum()
        every(employers.column("alive")[employers.column("desk") == 1] == 1)
    assert world.counts[Count.STARTUPS_CLOSED] > 5
    closed = np.array(
        [[house(lever, replicate=replicate, **hard).counts[Count.STARTUPS_CLOSED] for lever in (None, {"rent_cut": 4000})] for replicate in range(3)]
    )
    every(closed[:, 1] < closed[:, 0])


def test_who_does_not_know_or_does_not_want_asks_for_no_desk(house: Run) -> None:
    assert service_of(house({"initial_awareness": 0.0}, **SOLVENT)).reached == 0
    assert service_of(house({"demand": 0.0}, **SOLVENT)).reached == 0
    assert service_of(house({}, **SOLVENT)).reached > 0


def test_desks_go_to_firms_of_at_most_three_years(scenario_of: Callable[..., Scenario], world_of: Run) -> None:
    """Firms ask on the days when they settle their books, every 30 days: those of 1,080 days still, those of 1,110 no more; nobody forgets of it."""
    world = world_of(scenario_of(**SETTING, policy={"incubator": WIDE}, behaviour=SOLVENT | {"forget_per_month": 0.0}))
    employers = world.tables["employers"]
    firms = np.flatnonzero(employers.column("founder") >= 0)
    employers.rows["founded_day"][firms] = np.where(np.arange(len(firms)) % 2 == 0, 20 - 1080, 20 - 1110)
    world.advance(0, 240)
    desk = employers.column("desk")[firms]
    every(desk[::2] == 1, "three years old and no older")
    every(desk[1::2] == 0, "older than three years")
    assert service_of(world).served == service_of(world).reached == len(desk[::2])
