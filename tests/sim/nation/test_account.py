"""A programme of one province: what it draws from others and what it adds, person by person, and that it closes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.comparison import without_programme
from sim.nation.account import NOWHERE, ROWS, account_of_places, net_of_each
from sim.nation.comparing import NationComparison, compare_nation
from sim.scenario import Scenario
from tests.conftest import EVERY_LEVER
from tests.sim.nation.test_nation import nation_of

CITY = "south"


@pytest.mark.parametrize(
    ("without", "given", "row"),
    [(1, 0, "drawn"), (NOWHERE, 0, "newly_at_work"), (0, 1, "gone"), (0, NOWHERE, "out_of_work"), (0, 0, ""), (1, 2, ""), (NOWHERE, NOWHERE, "")],
)
def test_everybody_is_in_one_row(without: int, given: int, row: str) -> None:
    found = account_of_places(np.array([without], np.int8), np.array([given], np.int8), 0)
    assert {name: found[name] for name in ("drawn", "newly_at_work", "gone", "out_of_work")} == {
        name: int(name == row) for name in ("drawn", "newly_at_work", "gone", "out_of_work")
    }
    assert found["net_province"] == int(given == 0) - int(without == 0)
    assert found["net_country"] == int(given != NOWHERE) - int(without != NOWHERE)
    assert found["residual"] == 0


def test_who_is_drawn_is_a_gain_of_the_province_and_none_of_the_country() -> None:
    found = account_of_places(np.array([1, 1, 2, 0], np.int8), np.array([0, 0, 2, 0], np.int8), 0)
    assert [found[row] for row in ("drawn", "net_province", "net_elsewhere", "net_country")] == [2, 2, -2, 0]
    assert net_of_each(np.array([1, 1, 2, 0], np.int8), np.array([0, 0, 2, 0], np.int8), 3).tolist() == [2, -2, 0]


def with_programme(**nation: Any) -> Scenario:
    scenario = nation_of(graduates=900, days=60, nation={"policy_in": CITY, **nation})
    return scenario.with_({"policy": EVERY_LEVER})


@pytest.fixture(scope="module")
def compared() -> NationComparison:
    scenario = with_programme()
    return compare_nation(without_programme(scenario), {"programme": scenario}, replicates=2, workers=1)


def test_the_account_of_the_nation_closes(compared: NationComparison) -> None:
    places, accounts = compared.places["programme"], compared.total.variants["programme"].accounts
    assert list(places) == list(ROWS)
    assert not places["residual"].any()
    for account in accounts.values():
        assert not account["residual"].any()
    assert places["net_country"].tolist() == accounts["jobs"]["net_additional_jobs"].tolist()
    assert compared.provinces["programme"].sum(axis=1).tolist() == places["net_country"].tolist()
    assert compared.provinces["programme"][:, 0].tolist() == places["net_province"].tolist()


def test_a_programme_of_one_province_is_felt_in_the_others(compared: NationComparison) -> None:
    assert compared.provinces["programme"][:, 1:].any()
    assert compared.nations["programme"].markets[CITY].outcomes["spending"].min() > 0
    assert compared.nations["programme"].markets["east"].outcomes["spending"].max() == 0


def test_without_migration_the_others_feel_nothing() -> None:
    scenario = with_programme(migration=False)
    found = compare_nation(without_programme(scenario), {"programme": scenario}, replicates=1, workers=1)
    assert not found.provinces["programme"][:, 1:].any()
    assert found.places["programme"]["drawn"].sum() == 0


def test_threads_change_nothing(compared: NationComparison) -> None:
    scenario = with_programme()
    again = compare_nation(without_programme(scenario), {"programme": scenario}, replicates=2, workers=4)
    for row in ROWS:
        assert compared.places["programme"][row].tolist() == again.places["programme"][row].tolist()
    for name in ("", "programme"):
        np.testing.assert_equal(compared.nations[name].total.outcomes, again.nations[name].total.outcomes)
