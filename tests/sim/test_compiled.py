"""The rules give the same numbers compiled and interpreted, and under another interpreter with another Mesa; the cache follows the sources."""

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

from sim import compiled
from sim.scenario import Scenario
from sim.world import World
from tests.every import every

ROOT = Path(compiled.__file__).parents[1]
SCRIPT = Path(__file__).parents[1] / "conftest.py"


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
    return scenario_of(graduates=250, days=75, start="2021-05-01", policy=policy, behaviour=behaviour)


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


def test_the_cache_is_named_after_the_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "sim"
    (package / "rules").mkdir(parents=True)
    for name in ("compiled.py", "rules/searching.py"):
        (package / name).write_text("first = 1\n", encoding="utf-8")
    monkeypatch.setattr(compiled, "__file__", str(package / "compiled.py"))
    monkeypatch.setenv("YIZHAN_CACHE", str(tmp_path / "cache"))
    find = compiled.cache_folder.__wrapped__
    first = find()
    assert first.parent == tmp_path / "cache"
    assert first.is_dir()
    assert find() == first
    (package / "rules" / "searching.py").write_text("first = 2\n", encoding="utf-8")
    assert find() != first, "an edit to any rule makes another cache"
    (package / "rules" / "searching.py").write_text("first = 1\n", encoding="utf-8")
    assert find() == first


@pytest.mark.parametrize(
    ("variables", "folder"),
    [
        ({"YIZHAN_CACHE": "a", "NUMBA_CACHE_DIR": "b", "XDG_CACHE_HOME": "c"}, "a"),
        ({"NUMBA_CACHE_DIR": "b", "XDG_CACHE_HOME": "c"}, "b"),
        ({"XDG_CACHE_HOME": "c"}, "c/yizhan"),
        ({}, "home/.cache/yizhan"),
    ],
)
def test_the_cache_goes_where_it_is_told(variables: dict[str, str], folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("YIZHAN_CACHE", "NUMBA_CACHE_DIR", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, str(tmp_path / value))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert compiled.cache_folder.__wrapped__().parent == tmp_path / folder


def test_a_cache_that_cannot_be_written_gives_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    monkeypatch.setenv("YIZHAN_CACHE", str(tmp_path / "file"))
    monkeypatch.setattr(compiled.tempfile, "gettempdir", lambda: str(tmp_path / "temporary"))
    folder = compiled.cache_folder.__wrapped__()
    assert folder.is_dir()
    assert (tmp_path / "temporary") in folder.parents


@pytest.mark.skipif(bool(numba.config.DISABLE_JIT), reason="interpreted")
def test_a_rule_is_compiled_once_for_whole_numbers() -> None:
    class Kind(IntEnum):
        ONE = 1

    @compiled.compiled
    def double(number: int) -> int:
        return 2 * number

    @numba.njit
    def call(small: int, large: int) -> int:
        return int(double(small) + double(large) + double(3) + double(Kind.ONE))

    assert call(np.int8(-5), np.int64(2**40)) == 2**41 - 10 + 6 + 2
    assert len(double.signatures) == 1
