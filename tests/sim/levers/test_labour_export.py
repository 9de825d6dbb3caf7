"""Labour export: introductions are finite and cost money; whether one goes is one's own weighing."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from sim.levers import LeverId
from sim.levers.labour_export import LabourExport
from sim.states import Activity, Count, Place
from sim.world import World
from tests.drawn import BUDGET, FEW
from tests.every import every

BUSY: dict[str, Any] = {"enabled": True, "staff": 1, "introductions_per_staff_month": 2, "demand": 0.5, "initial_awareness": 0.7}
"""A setting in which places and money run out among some hundred people."""

EMPTY: list[dict[str, Any]] = [{"staff": 0}, {"introductions_per_staff_month": 0}, {"budget": 0}]
"""Settings that leave it enabled with nothing to give."""

DRAWN = st.fixed_dictionaries(
    {
        "enabled": st.booleans(),
        "budget": BUDGET,
        "staff": FEW,
        "introductions_per_staff_month": st.integers(0, 40),
        "demand": st.floats(0, 1),
        "initial_awareness": st.floats(0, 1),
    }
)
"""Any settings, for property tests."""

Run = Callable[..., World]
SETTING: dict[str, Any] = {"graduates": 800, "days": 180, "start": "2021-01-01"}
WIDE = {"enabled": True, "staff": 100, "demand": 1.0, "initial_awareness": 1.0}


def service_of(world: World) -> Any:
    return world.tables["services"].rows[LeverId.LABOUR_EXPORT]


def placed(world: World) -> int:
    return int(world.tables["people"].column("placed_elsewhere").sum())


@pytest.fixture(scope="module")
def export(run_of: Run) -> Run:
    """Return a runner of a world with labour export, or (None) without."""

    def run(lever: dict[str, Any] | None, *, replicate: int = 0, **behaviour: Any) -> World:
        policy = {} if lever is None else {"labour_export": WIDE | lever}
        return run_of(**SETTING, policy=policy, behaviour=behaviour, replicate=replicate)

    return run


def test_more_people_leave_for_work_elsewhere(export: Run) -> None:
    gained = []
    for replicate in range(3):
        without, helped = (export(lever, replicate=replicate) for lever in (None, {}))
        gained.append(int(helped.counts[Count.HIRES_OUTSIDE] - without.counts[Count.HIRES_OUTSIDE]))
        assert helped.counts[Count.LEFT_REGION] > without.counts[Count.LEFT_REGION]
        assert placed(helped) > 0
    every(np.array(gained) > 0)


def test_who_is_introduced_weighs_pay_ties_and_moving(export: Run) -> None:
    nobody = export({}, outside_wage_premium=-1.0)
    assert int(service_of(nobody).served) > 50
    assert placed(nobody) == 0, "an offer far below the reservation wage is refused by everybody"
    most = export({}, outside_wage_premium=0.7, outside_wage_spread=0.0)
    introduced, went = (most.tables["people"].column(name) for name in ("introduced_elsewhere", "placed_elsewhere"))
    assert int(introduced.sum()) == int(service_of(most).served) > 50
    assert (went > 0).sum() > 0.85 * (introduced > 0).sum(), "one far above it by few"
    assert introduced.sum() >= went.sum()
    tied = export({}, moving_effort=2.0)
    free = export({}, moving_effort=0.0)
    assert placed(tied) < placed(free)


def test_an_introduction_pays_what_work_elsewhere_pays(scenario_of: Callable[..., Any], world_of: Run) -> None:
    behaviour = {"outside_wage_premium": 0.5, "outside_wage_spread": 0.0, "outside_skill_pay": 0.0, "outside_finding": 0.0}
    scenario = scenario_of(**SETTING, policy={"labour_export": WIDE}, behaviour=behaviour | {"outside_finding_fresh": 0.0})
    world = world_of(scenario)
    world.advance(0, 40)
    people, region = world.tables["people"].rows, scenario.region
    signed = (people["placed_elsewhere"] == 1) & (people["contract_outside"] == 1)
    usual = np.array([region.wage_vocational, region.wage_bachelor, region.wage_master])[people["education"][signed]]
    every(np.abs(people["contract_wage"][signed] - usual * np.exp(0.5)) < 1.0, "half more, in log pay, than here, and the same for all of a tier")


def test_introductions_are_finite_a_month(export: Run, scenario_of: Callable[..., Any], world_of: Run) -> None:
    lever = WIDE | {"staff": 2, "introductions_per_staff_month": 3}
    world = world_of(scenario_of(**SETTING, policy={"labour_export": lever}))
    service = service_of(world)
    served = [0]
    for month in range(6):
        world.advance(30 * month, 30 * month + 30)
        served.append(int(service.served))
    assert max(np.diff(served)) == 2 * 3, "a month of thirty days"
    assert service.turned_away > 0
    assert service.reached == service.served + service.turned_away
    assert int(service.spent) == 100 * int(service.served)
    wide = service_of(export({}))
    assert int(wide.turned_away) == 0


@pytest.mark.parametrize("paid", [0, 7])
def test_a_budget_pays_for_so_many(paid: int, export: Run) -> None:
    service = service_of(export({"budget": 100 * paid + 99}))
    assert int(service.served) == paid
    assert int(service.spent) == 100 * paid
    assert service.turned_away > 0


def test_only_residents_who_search_and_know_of_it_are_introduced(scenario_of: Callable[..., Any], world_of: Run) -> None:
    world = world_of(scenario_of(**SETTING, policy={"labour_export": WIDE | {"initial_awareness": 0.5}}))
    people = world.tables["people"].rows[: world.tables["people"].count]
    for day in range(30):
        before = people.copy()
        world.advance(day, day + 1)
        new = people["introduced_elsewhere"] > before["introduced_elsewhere"]
        knew = (before["aware"] >> np.uint32(LeverId.LABOUR_EXPORT)) & 1 == 1
        assert not (new & ~knew).any()
        assert not (new & (before["activity"] != Activity.SEARCHING) & (people["activity"] != Activity.SEARCHING)).any()
        assert not (new & (before["place"] != Place.RESIDENT)).any()
    assert people["introduced_elsewhere"].sum() > 5


def test_only_who_wants_an_introduction_asks_for_one(export: Run) -> None:
    assert int(service_of(export({"demand": 0.0})).reached) == 0
    asked = [int(service_of(export({"demand": demand})).reached) for demand in (0.05, 0.3)]
    assert 0 < asked[0] < asked[1]


def test_it_offers_nothing_without_staff() -> None:
    assert not LabourExport(enabled=True).offers_something
    assert LabourExport(enabled=True, staff=1).offers_something
