"""The rules give the same numbers compiled and interpreted, and under another interpreter with another Mesa."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from enum import IntEnum
from pathlib import Path
from typing import Any

import numba
import numpy as np
import pytest
from llvmlite.binding.ffi import lib as llvm

from sim import compiled
from sim.linking import short_ways
from sim.scenario import Scenario
from sim.world import World
from tests.every import every

ROOT = Path(compiled.__file__).parents[1]
SCRIPT = Path(__file__).with_name("another_interpreter.py")


def tell_digest(scenario: Scenario, python: str, **variables: str) -> dict[str, str]:
    """Run a scenario under an interpreter of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **variables}
    done = subprocess.run([python, str(SCRIPT)], input=scenario.model_dump_json(), capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    told: dict[str, str] = json.loads(done.stdout)
    return told


@pytest.fixture(scope="module")
def busy(scenario_of: Callable[..., Scenario], every_lever: Callable[[], Any]) -> Scenario:
    """Return a scenario with every lever, graduation in its middle, and much going on for few people and days."""
    policy = every_lever()
    policy["lodging"]["opening_months"] = 0.0
    behaviour = {"opportunity_per_year": 3.0, "internship_share": 0.8, "exit_per_year": 0.5, "explore_per_month": 1.0, "course_after_days": 20}
    return scenario_of(graduates=160, days=55, start="2021-05-20", policy=policy, behaviour=behaviour)


def test_interpreted_rules_give_the_same_numbers(
    busy: Scenario, world_of: Callable[..., World], digest_of: Callable[[World], dict[str, str]], difference_of: Callable[..., list[str]]
) -> None:
    world = world_of(busy)
    world.advance(0, busy.days)
    every(world.tables["services"].column("served") > 0)
    assert difference_of(digest_of(world), tell_digest(busy, sys.executable, NUMBA_DISABLE_JIT="1")) == []


@pytest.mark.slow
def test_another_interpreter_gives_the_same_numbers(
    busy: Scenario, world_of: Callable[..., World], digest_of: Callable[[World], dict[str, str]], difference_of: Callable[..., list[str]]
) -> None:
    python = os.environ.get("YIZHAN_OTHER_PYTHON")
    if not python:
        pytest.skip("name another interpreter, with another Mesa or NumPy, in YIZHAN_OTHER_PYTHON")
    world = world_of(busy)
    world.advance(0, busy.days)
    assert difference_of(digest_of(world), tell_digest(busy, python)) == []


@pytest.mark.skipif(bool(numba.config.DISABLE_JIT), reason="interpreted")
def test_a_rule_is_compiled_once_for_whole_numbers() -> None:
    class Kind(IntEnum):
        ONE = 1

    @compiled.compiled
    def double(number: int) -> int:
        return 2 * number

    @compiled.compiled
    def double_one_more(number: int) -> int:
        return sum([double(each) for each in (number, 1)])  # a closure within, and a rule below a rule

    @numba.njit
    def call(small: int, large: int) -> int:
        return int(double(small) + double(large) + double_one_more(3) + double(Kind.ONE))

    assert call(np.int8(-5), np.int64(2**40)) == 2**41 - 10 + 6 + 2 + 2
    assert len(double.signatures) == 1


@pytest.mark.skipif(bool(numba.config.DISABLE_JIT), reason="interpreted")
def test_importing_changes_nothing_for_other_packages() -> None:
    code = """
import numba, json
before = (numba.config.CACHE_DIR, numba.types.Record.__repr__, numba.config.CACHE_LOCATOR_CLASSES)
import sim.simulation
assert (numba.config.CACHE_DIR, numba.types.Record.__repr__, numba.config.CACHE_LOCATOR_CLASSES) == before
"""
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
    before = numba.types.Record.__repr__, numba.types.BaseFunction.get_call_type, llvm._lock._cblist
    with short_ways():
        assert numba.types.Record.__repr__ is numba.types.Type.__repr__
        assert not llvm._lock._cblist
    assert (numba.types.Record.__repr__, numba.types.BaseFunction.get_call_type, llvm._lock._cblist) == before
