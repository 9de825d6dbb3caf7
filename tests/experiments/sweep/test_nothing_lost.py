"""Real processes, really killed: the same command goes on, recomputes nothing, and the table is the same, byte for byte, whoever computed it."""

import os
import signal
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from tests.experiments.sweep.processes import Process, cluster, finished, kill, started, until

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not hasattr(os, "getsid"), reason="no sessions here")]

Command = Callable[..., Any]
POINTS, REPLICATES = 20, 2
RUNS = POINTS * REPLICATES
SWEEP = (
    "sweep", "-m", "programme=zibo", "behaviour=calibrated", "population.graduates=10000", "days=365", f"replicates={REPLICATES}", "figures=false",
    "outcomes=[station_guests]", "policy.lodging.free_nights=0,2,4,6,8", "policy.loans.rate_per_year=0.02,0.03,0.04,0.05", "output=out",
)  # fmt: skip
"""Some ten seconds of work, in six chunks or more. The set is named: unless told, commands in this process have none here, others the shipped one."""
KEPT = "runs are kept in out; the same command goes on from there (with output=out)"


@pytest.fixture(scope="module")
def whole(call: Command, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sweep with one worker and without any trouble."""
    here = tmp_path_factory.mktemp("whole")
    said = call(here, *SWEEP, "workers=1")
    assert said.status == 0, said.err
    return here / "out"


def sweeping(folder: Path, *more: str) -> AbstractContextManager[Process]:
    return started(folder, "experiments", *SWEEP, *more)


def parts_of(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in (folder / "out" / "parts").glob("*.parquet")}


def assert_whole(folder: Path, whole: Path, before: dict[str, int]) -> None:
    """Assert that everything is there, once, the same as ever, and that no finished part was touched."""
    assert (folder / "out" / "sweep.parquet").read_bytes() == (whole / "sweep.parquet").read_bytes()
    after = parts_of(folder)
    assert {name: after.get(name) for name in before} == before, "a finished part was computed again"
    every = [(point, number) for point in range(POINTS) for number in range(REPLICATES)]
    assert sorted(runs_in(folder)) == every, "a run is missing or was done twice"
    assert not list((folder / "out" / "parts").glob(".*")), "nothing half-written is left"


def runs_in(folder: Path) -> list[tuple[int, int]]:
    """Return point and replicate of every run that the parts hold."""
    tables = [pq.read_table(folder / "out" / "parts" / name, columns=["point", "replicate"]) for name in parts_of(folder)]
    return [(row["point"], row["replicate"]) for table in tables for row in table.to_pylist()]


def assert_goes_on(call: Command, folder: Path, whole: Path, *more: str) -> None:
    """Give the same command again."""
    before = parts_of(folder)
    done = runs_in(folder)
    assert 0 < len(done) < RUNS, "it stopped in the middle"
    said = call(folder, *SWEEP, *more)
    assert said.status == 0, said.err
    assert f"Going on in out: {len(done)} runs are there, {RUNS - len(done)} are to be done." in said.err
    assert_whole(folder, whole, before)


def test_two_workers_find_the_same_as_one(tmp_path: Path, whole: Path) -> None:
    assert finished(tmp_path, *SWEEP, "workers=2") == (0, [])
    assert_whole(tmp_path, whole, {})


def test_a_scheduler_with_two_workers_of_others_finds_the_same_though_one_is_killed(tmp_path: Path, whole: Path) -> None:
    with cluster(tmp_path, 2) as (address, _, (first, second)), sweeping(tmp_path, f"hydra.launcher.scheduler={address}") as sweep:
        sweep.await_said("runs done")
        assert len(first.workers()) == len(second.workers()) == 1, "both are at work"
        first.end()
        assert (sweep.await_end(), sweep.lines()) == (0, [])
    assert_whole(tmp_path, whole, {})


def test_four_shards_put_together_are_the_whole(call: Command, tmp_path: Path, whole: Path) -> None:
    words = [word for word in SWEEP if not word.startswith("output=")]
    for number in range(1, 5):
        said = call(tmp_path, *words, f"shard={number}/4", f"output=s{number}")
        assert said.status == 0, said.err
    said = call(tmp_path, "sweep", "merge", "s4", "s2", "s1", "s3", "output=out", "figures=false", "outcomes=[station_guests]")
    assert said.status == 0, said.err
    assert_whole(tmp_path, whole, {})


def test_processes_of_a_launcher_of_others_find_the_same(tmp_path: Path, whole: Path) -> None:
    pytest.importorskip("hydra_plugins.hydra_joblib_launcher", reason="pip install hydra-joblib-launcher")
    status, lines = finished(tmp_path, *SWEEP, "hydra/launcher=joblib", "hydra.launcher.n_jobs=2")
    assert status == 0, lines
    assert_whole(tmp_path, whole, {})


def test_a_killed_worker_is_replaced(tmp_path: Path, whole: Path) -> None:
    with sweeping(tmp_path, "workers=2") as sweep:
        sweep.await_said("runs done")
        before = parts_of(tmp_path)
        kill(sweep.workers()[0].pid)
        assert (sweep.await_end(), sweep.lines()) == (0, [])
    assert_whole(tmp_path, whole, before)


def test_a_killed_command_goes_on(call: Command, tmp_path: Path, whole: Path) -> None:
    with sweeping(tmp_path, "workers=2") as sweep:
        sweep.await_said("runs done")
        kill(sweep.session)
        assert sweep.await_end() == -signal.SIGKILL
    assert_goes_on(call, tmp_path, whole, "workers=2")


def test_a_killed_scheduler_is_told_and_another_goes_on(call: Command, tmp_path: Path, whole: Path) -> None:
    with cluster(tmp_path, 1) as (address, scheduler, _), sweeping(tmp_path, f"hydra.launcher.scheduler={address}") as sweep:
        sweep.await_said("runs done")
        kill(scheduler.session)
        assert sweep.await_end() == 1
        done = len(runs_in(tmp_path))
        assert sweep.lines() == [f"yizhan: the scheduler at {address} is gone; {done} of {RUNS} {KEPT}"]
    with cluster(tmp_path, 1) as (other, _, _):
        assert other != address
        assert_goes_on(call, tmp_path, whole, f"hydra.launcher.scheduler={other}")


def test_ctrl_c_reaches_every_process_and_the_command_alone_answers(call: Command, tmp_path: Path, whole: Path) -> None:
    with sweeping(tmp_path, "workers=2") as sweep:
        sweep.await_said("runs done")
        os.killpg(sweep.session, signal.SIGINT)
        assert sweep.await_end() == 130
        done = len(runs_in(tmp_path))
        assert sweep.lines() == [f"yizhan: interrupted; {done} of {RUNS} {KEPT}"]
    assert_goes_on(call, tmp_path, whole, "workers=2")


@pytest.mark.parametrize("seconds", [0.0, 0.5])
def test_ctrl_c_while_workers_start_leaves_nothing(tmp_path: Path, seconds: float) -> None:
    with sweeping(tmp_path, "workers=2") as sweep:
        until(lambda: len(sweep.workers()) == 2 or sweep.process.poll() is not None, "workers are there")
        for _ in range(2):  # people press it again
            time.sleep(seconds)
            os.killpg(sweep.session, signal.SIGINT)
        assert sweep.await_end() == 130
        assert sweep.lines() == ["yizhan: interrupted; nothing was kept."]
    assert not (tmp_path / "out").exists()
