"""The world that rules take: compiled it is a pointer, interpreted a plain object, and both see the same tables."""

import os
from collections.abc import Callable
from typing import Any

import numba
import numpy as np
import pytest
from numpy.typing import NDArray

from sim.scenario import Scenario
from sim.tables import Tables
from sim.world import World

pytestmark = pytest.mark.skipif(os.environ.get("NUMBA_DISABLE_JIT") == "1", reason="how compiled rules see the tables")


@pytest.fixture
def world(scenario_of: Callable[..., Scenario], world_of: Callable[..., World], every_lever: Callable[[], Any]) -> World:
    return world_of(scenario_of(graduates=150, days=12, policy=every_lever()))


def look(attribute: str) -> Any:
    """Return a compiled function that says how long a table is and adds up its bytes' numbers where it is of numbers."""
    scope: dict[str, Any] = {}
    exec(f"def size(world):\n    return world.{attribute}.size\n", scope)  # noqa: S102 (a name that the tables have)
    return numba.njit(scope["size"])


TABLES = [name for name in Tables.__annotations__ if name not in ("rules", "rows_in_use", "plan")]


@pytest.mark.parametrize("name", TABLES)
def test_a_rule_sees_every_table_whole(name: str, world: World) -> None:
    together = world.together
    assert look(name)(together) == getattr(together, name).size > 0 or name in ("lenders", "mentors", "events", "cases", "stations", "anchors")


@numba.njit
def read(world: Tables, row: int) -> tuple[float, int, int, float, int]:
    return (
        world.people[row].skill, world.members[row], world.stock_series[3, 2], world.rules.lodging.opening_months, world.rows_in_use.people
    )  # fmt: skip


@numba.njit
def read_series(world: Tables) -> tuple[int, int, int]:
    return world.service_series[2, 1, 3], world.district_series[4, 2, 1], world.flow_series[5, 7]


@numba.njit
def write(world: Tables, row: int) -> None:
    world.employers[row].wage_level = 7.5
    world.counts[3] += 40
    world.district_series[4, 2, 1] = 9
    world.rows_in_use.due = 5


@numba.njit
def shares(world: Tables) -> NDArray[np.float64]:
    return world.campuses["share"]


def test_rows_records_and_series_are_read_and_written_in_place(world: World) -> None:
    together = world.together
    people = world.tables["people"].rows
    world.stocks[3, 2], world.services[2, 1, 3], world.beds[4, 2, 1], world.flows[5, 7] = 11, 12, 13, 14
    for row in (0, 7, people.size - 1):
        assert read(together, row) == (people["skill"][row], world.members[row], 11, 1.0, world.tables["people"].count)
    assert read_series(together) == (12, 13, 14)
    before = int(world.counts[3])
    write(together, 2)
    assert world.tables["employers"].rows["wage_level"][2] == 7.5
    assert (int(world.counts[3]), int(world.beds[4, 2, 1]), int(world.rows_in_use["due"][0])) == (before + 40, 9, 5)
    assert shares(together).tolist() == world.tables["campuses"].rows["share"].tolist()


def test_a_table_that_has_moved_is_found_again(world: World) -> None:
    old = world.together
    world.tables["posts"].reserve(world.tables["posts"].capacity * 3)
    assert look("posts")(world.together) == world.tables["posts"].capacity == 3 * look("posts")(old)


def test_a_misspelt_table_is_refused(world: World) -> None:
    with pytest.raises(numba.core.errors.TypingError, match="peoples"):
        look("peoples")(world.together)
    with pytest.raises(AttributeError, match="peoples"):
        world.together.peoples  # noqa: B018


def test_the_tables_of_a_world_are_those_declared(world: World) -> None:
    tables = {name: getattr(world.together, name) for name in Tables.__annotations__}
    with pytest.raises(TypeError, match="a world has"):
        Tables(**{name: table for name, table in tables.items() if name != "posts"})
    with pytest.raises(TypeError, match="a world has"):
        Tables(**tables, more=tables["posts"])


def test_worlds_of_one_kind_share_their_code(scenario_of: Callable[..., Scenario], world_of: Callable[..., World], world: World) -> None:
    other = world_of(scenario_of(graduates=90, days=5), 3).together
    assert other.kind is world.together.kind, "rules are compiled once, whatever the scenario"
    assert len(other.kind.name) < 30, "its name is part of every rule's symbol"
