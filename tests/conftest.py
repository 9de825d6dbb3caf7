"""Small worlds that every test can ask for, and what it means that two worlds are the same."""

import compileall
import copy
import gc
import hashlib
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim import behaviour_set, scenario
from sim.outcomes import OUTCOMES
from sim.own_file import NO_SET
from sim.region import Campus, District, Region
from sim.scenario import Scenario
from sim.world import World, make_world
from tests.levers import modules_of_levers

SHIPPED_BEHAVIOUR = behaviour_set.DEFAULT_BEHAVIOUR
behaviour_set.DEFAULT_BEHAVIOUR = scenario.DEFAULT_BEHAVIOUR = NO_SET  # a set that is calibrated anew moves no test; the default has its own
os.environ.pop("COLUMNS", None)  # xdist sets it, and tables that go to a pipe are as wide as it says
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # workers share the cores: threads that wait for one another took ten times as long

NO_MODEL = (
    "experiments/test_bad_input.py", "experiments/compare/test_figures.py", "experiments/test_listing.py", "experiments/test_reference.py",
    "experiments/sweep/test_drawings.py", "sim/test_levers_of_others.py", "experiments/sweep/test_figures.py", "experiments/run/test_figures.py",
    "experiments/shared/test_hydra_quickly.py", "mutants/test_mutants.py",
)  # fmt: skip
"""What is tried while the other worker compiles the model in the test that comes first: all together takes longer, or it would be compiled twice."""
FIRST = (
    NO_MODEL[0], "sim/test_conservation.py", *NO_MODEL[1:], "experiments/test_interruption.py", "experiments/sweep/test_resuming.py",
    "experiments/test_compare.py", "experiments/test_cli.py", "sim/test_compiled.py", "experiments/sweep/test_command.py",
    "experiments/test_again.py", "experiments/test_story.py", "sim/test_history.py", "sim/trials/test_trial.py", "sim/test_queues.py",
)  # fmt: skip
"""What takes longest, so that no worker begins it when the other is done. Workers take files in turn; one of the first two compiles the model."""

Policy = dict[str, dict[str, Any]]
Snapshot = dict[str, bytes]

REGION = Region(
    districts=tuple(District(name=f"district {row}", name_zh=f"{row} 区", share=share) for row, share in enumerate((0.5, 0.3, 0.2))),
    campuses=(
        Campus(name="college", name_zh="学院", share=3, vocational=1.0, master=0.0),
        Campus(name="university", name_zh="大学", share=3, vocational=0.0, master=0.1),
        *(
            Campus(
                name=f"outside {row}", name_zh=f"外地 {row}", outside=True, distance_km=100 + 80 * row, share=0.8, interest=0.3,
                locals_share=0.3 if row == 4 else 0.0,
            )
            for row in range(5)
        ),
    ),
)
"""Three districts, two campuses inside and five outside whose students look at the region a good deal; of the last, some grew up here."""

EVERY_LEVER: Policy = {name: tests.BUSY for name, tests in modules_of_levers().items()}
"""Each lever switched on, small enough that beds, places, mentors and credit run out in a population of some hundreds."""


def pytest_configure(config: pytest.Config) -> None:
    """Have the sources compiled once: where Python is asked to keep no bytecode, each worker and each command that a test starts does it again."""
    if not hasattr(config, "workerinput"):
        for room in ("sim", "experiments", "yizhan", "hydra_plugins"):
            compileall.compile_dir(Path(__file__).parents[1] / room, quiet=2)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Spare the collector of rubbish what is imported and stays: looking through it takes long. Keep rewritten tests."""
    gc.disable()
    writes_none, sys.dont_write_bytecode = sys.dont_write_bytecode, False
    try:
        return (yield)
    finally:
        sys.dont_write_bytecode = writes_none
        gc.freeze()
        gc.set_threshold(20_000, 20, 50)
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the files that take longest come first; all else stays in its order."""
    tests = Path(__file__).parent
    place = {tests / name: number for number, name in enumerate(FIRST)}
    items.sort(key=lambda item: place.get(item.path, len(FIRST)))


def make_scenario(graduates: int = 600, days: int = 120, policy: Policy | None = None, **groups: Any) -> Scenario:
    """Make a small scenario in which nobody ages out unless asked for; further groups are given like ``behaviour={...}``."""
    people = {"graduates": graduates, "youth_years": 100, **groups.pop("population", {})}
    return Scenario.model_validate({"region": REGION, "population": people, "days": days, "policy": policy or {}, **groups})


def run_world(*, seed: int = 1, replicate: int = 0, **settings: Any) -> World:
    """Run a small scenario to its end: the arguments of `make_scenario`, and seed and replicate."""
    world = make_world(make_scenario(**settings), seed, replicate)
    world.advance(0, world.scenario.days)
    return world


def take_piles(world: World) -> Any:
    """Take down the applications of the posts from the first open one on; a place where nobody lies is empty, whatever lay there before."""
    posts = np.arange(int(world.rows_in_use["first_open_post"][0]), world.tables["posts"].count)
    piles = world.applications_of(posts).copy()
    piles[piles["person"] < 0] = 0
    return piles


def take_snapshot(world: World) -> Snapshot:
    """Take down every column of every table and every series of a world, as bytes."""
    found: Snapshot = {}
    for name, table in world.tables.items():
        rows = take_piles(world) if name == "applications" else table.rows[: table.count]
        for column in table.columns:
            found[f"{name}.{column.name}"] = np.ascontiguousarray(rows[column.name]).tobytes()
    for name in ("counts", "ledger", "cashbook", "flows", "stocks", "services", "beds"):
        found[name] = np.ascontiguousarray(getattr(world, name)).tobytes()
    for name, outcome in OUTCOMES.items():
        found[f"outcome {name}"] = np.float64(outcome.at_end(world)).tobytes()
        if outcome.daily is not None:
            found[f"series {name}"] = outcome.daily(world).tobytes()
    return found


def name_differences(first: Mapping[str, Any], second: Mapping[str, Any]) -> list[str]:
    """Name what differs between two snapshots."""
    return sorted(key for key in first.keys() | second.keys() if first.get(key) != second.get(key))


def digest_snapshot(world: World) -> dict[str, str]:
    """Sum up each part of a snapshot in some letters."""
    return {key: hashlib.sha256(content).hexdigest()[:16] for key, content in take_snapshot(world).items()}


@pytest.fixture(scope="module")
def few_objects() -> None:
    """Let the collector of rubbish look at no object of before: after each world with rules of one's own it looks through all of them."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def every_lever() -> Callable[[], Policy]:
    """Return a maker of settings in which every lever is on; what it makes may be changed."""
    return lambda: copy.deepcopy(EVERY_LEVER)


@pytest.fixture(scope="session")
def scenario_of() -> Callable[..., Scenario]:
    """Return `make_scenario`."""
    return make_scenario


@pytest.fixture(scope="session")
def world_of() -> Callable[..., World]:
    """Return a maker of the world of the first morning."""
    return lambda scenario, seed=1, replicate=0: make_world(scenario, seed, replicate)


@pytest.fixture(scope="session")
def run_of() -> Callable[..., World]:
    """Return `run_world`."""
    return run_world


@pytest.fixture(scope="session")
def snapshot_of() -> Callable[[World], Snapshot]:
    """Return `take_snapshot`."""
    return take_snapshot


@pytest.fixture(scope="session")
def difference_of() -> Callable[[Mapping[str, Any], Mapping[str, Any]], list[str]]:
    """Return `name_differences`."""
    return name_differences


@pytest.fixture(scope="session")
def digest_of() -> Callable[[World], dict[str, str]]:
    """Return `digest_snapshot`."""
    return digest_snapshot
