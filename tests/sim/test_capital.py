"""Capital that a programme lends and invests, and what is lost of it by the end of a run."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from sim import Scenario, compare
from sim.capital import CAPITAL, capital_of
from sim.comparison import without_programme
from sim.outcomes import OUTCOMES
from sim.world import make_world

HARD_TIMES = {"exit_per_year": 1.0}


@pytest.fixture(scope="module")
def scenario(scenario_of: Callable[..., Scenario], every_lever: Callable[[], Any]) -> Scenario:
    policy = {name: every_lever()[name] for name in ("loans", "equity")}
    policy["equity"]["investments"] = 8
    found: Scenario = scenario_of(graduates=800, days=300, policy=policy, behaviour=HARD_TIMES)
    return found


def test_it_is_what_the_tables_hold(scenario: Scenario) -> None:
    world = make_world(scenario, 1, 0)
    world.advance(0, scenario.days)
    found = capital_of(world)
    assert tuple(found) == CAPITAL
    loans, firms = world.tables["loans"], world.tables["employers"]
    broken = (loans.column("scheme") == 1) & (loans.column("defaulted") == 1)
    assert found["lost_on_loans"] == loans.column("outstanding")[broken].sum() > 0
    assert found["invested"] > found["lost_on_equity"] == found["invested"] - firms.column("equity").sum() > 0
    assert not firms.column("equity")[firms.column("alive") == 0].any()
    assert found["lost"] == found["lost_on_loans"] + found["lost_on_equity"]
    assert found["lent"] == loans.column("amount")[loans.column("scheme") == 1].sum() == OUTCOMES["loan_amount_granted"].at_end(world)
    assert found["invested"] == OUTCOMES["equity_invested"].at_end(world)
    assert found["lost"] < found["lent"] + found["invested"]


def test_a_comparison_counts_it_beyond_the_baseline(scenario: Scenario) -> None:
    none, more = without_programme(scenario), scenario.with_({"policy.loans.credit_line": 10**9})
    found = compare(none, {"it": scenario}, replicates=2, workers=1).variants["it"].capital
    assert all((found[part] > 0).all() for part in ("lent", "invested"))
    np.testing.assert_array_equal(found["lost"], found["lost_on_loans"] + found["lost_on_equity"])
    beyond = compare(scenario, {"more": more, "same": scenario}, replicates=2, workers=1).variants
    assert not any(beyond["same"].capital[part].any() for part in CAPITAL)
    assert beyond["more"].capital["lent"].max() > 0 <= beyond["more"].capital["lent"].min()
