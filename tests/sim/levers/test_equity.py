"""Equity: one firm a round, and posts in its plan."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from sim.levers import LeverId
from sim.levers.equity import Equity
from sim.scenario import Scenario
from sim.states import Count
from sim.world import World
from tests.drawn import BUDGET, FEW
from tests.every import every

BUSY: dict[str, Any] = {"enabled": True, "amount": 8_000_000, "investments": 2, "hurdle": 0.05}
"""A setting in which places and money run out among some hundred people."""

EMPTY: list[dict[str, Any]] = [{"amount": 0}, {"investments": 0}, {"budget": 0}]
"""Settings that leave it enabled with nothing to give."""

DRAWN = st.fixed_dictionaries(
    {"enabled": st.booleans(), "budget": BUDGET, "amount": st.integers(10, 10**8), "investments": FEW, "hurdle": st.floats(0, 1)}
)
"""Any settings, for property tests."""

Run = Callable[..., World]
SETTING: dict[str, Any] = {"graduates": 2000, "days": 120, "start": "2021-01-01"}
LEVER = {"enabled": True, "amount": 60_000_000, "investments": 6, "hurdle": 0.05}


def service(world: World) -> Any:
    return world.tables["services"].rows[LeverId.EQUITY]


def test_more_rounds_are_more_firms_with_the_same_money(run_of: Run) -> None:
    firms = []
    for investments in (0, 1, 4, 12):
        world = run_of(**SETTING, policy={"equity": LEVER | {"investments": investments}})
        firms.append(int(world.counts[Count.EQUITY_FIRMS]))
        assert firms[-1] == investments
        assert world.counts[Count.EQUITY_INVESTED] == (60_000_000 if investments else 0)
        assert world.tables["employers"].column("equity").sum() == world.counts[Count.EQUITY_INVESTED]
    assert firms == [0, 1, 4, 12]


def test_half_the_budget_examines_half(run_of: Run) -> None:
    need = service(run_of(**SETTING, policy={"equity": LEVER}))
    half = service(run_of(**SETTING, policy={"equity": LEVER | {"budget": 300_000}}))
    assert (int(need.served), int(need.spent), int(need.turned_away)) == (6, 600_000, 0)
    assert (int(half.served), int(half.spent), int(half.turned_away)) == (3, 300_000, 3)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_round_raises_the_plan_of_exactly_one_firm_and_its_bank_project_waits(
    seed: int, scenario_of: Callable[..., Scenario], world_of: Callable[..., World]
) -> None:
    policy = {"equity": LEVER | {"investments": 1}}
    null, world = (world_of(scenario_of(**SETTING, policy=given), seed) for given in ({}, policy))
    day = int(world.tables["events"].column("day")[0])
    for one in (null, world):
        one.advance(0, day)
    before = {name: world.tables["employers"].column(name).copy() for name in ("target_staff", "growth_day", "equity")}
    for name, values in before.items():
        every(null.tables["employers"].column(name) == values, "nothing happens before the round")
    for one in (null, world):
        one.advance(day, day + 1)
    firms, others = world.tables["employers"], null.tables["employers"]
    more = firms.column("target_staff") - others.column("target_staff")
    assert sorted(more[more != 0].tolist()) == [40]
    (chosen,) = np.flatnonzero(more)
    assert firms.column("equity").tolist() == (60_000_000 * (more != 0)).tolist()
    assert firms.column("state_owned")[chosen] == 0
    assert firms.column("growth_day")[chosen] >= day + Equity().financed_days
    later = firms.column("growth_day") != others.column("growth_day")
    assert np.flatnonzero(later).tolist() in ([], [chosen])


def test_no_firm_gets_money_twice(run_of: Run) -> None:
    world = run_of(**SETTING | {"graduates": 300}, policy={"equity": LEVER | {"investments": 60, "amount": 60_000_000}})
    equity = world.tables["employers"].column("equity")
    assert set(equity.tolist()) == {0, 1_000_000}
    assert (equity > 0).sum() == service(world).served < 60


def test_where_no_project_clears_the_hurdle_nothing_changes(run_of: Run, snapshot_of: Any, difference_of: Any) -> None:
    world, null = run_of(**SETTING | {"graduates": 300}, policy={"equity": LEVER | {"hurdle": 5.0}}), run_of(**SETTING | {"graduates": 300})
    found = difference_of(snapshot_of(world), snapshot_of(null))
    assert [name for name in found if not name.startswith(("events.", "services", "outcome reached", "series reached"))] == []
    assert service(world).spent == service(world).served == 0


def test_without_money_or_rounds_nothing_is_offered() -> None:
    assert Equity.model_validate(LEVER).offers_something
    for nothing in ({"enabled": False}, {"amount": 0}, {"investments": 0}, {"budget": 0}):
        assert not Equity.model_validate(LEVER | nothing).offers_something
