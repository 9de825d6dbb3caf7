"""A disk that is full, a folder that nobody may write, as the system has them: one clear error, and nothing is lost."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.experiments.sweep.processes import finished

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="limits of POSIX")]

Command = Callable[..., Any]
RATES = "policy.loans.rate_per_year=0.02,0.03,0.04,0.05"
SWEEP = (
    "sweep", "-m", "programme=zibo", "behaviour=calibrated", "population.graduates=10000", "days=182", "replicates=2", "figures=false",
    "outcomes=[station_guests]",
    "policy.lodging.free_nights=0,2,4,6", RATES, "workers=1", "output=out",
)  # fmt: skip
GOES_ON = "runs are kept in out; the same command goes on from there (with output=out)"
UNABLE = ("setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override")
"""Takes from the superuser that he may write wherever he likes."""


@pytest.fixture(scope="module")
def whole(call: Command, tmp_path_factory: pytest.TempPathFactory) -> Path:
    here = tmp_path_factory.mktemp("whole")
    said = call(here, *SWEEP)
    assert said.status == 0, said.err
    return here / "out"


def limited(size: int) -> tuple[str, ...]:
    """Return what lets no file grow beyond some bytes (to the next 512)."""
    return ("/bin/sh", "-c", f'ulimit -f {size // 512}; exec "$@"', "sh")


def common(before: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return what makes the superuser like others, or skip the test."""
    if os.geteuid() != 0:
        return before
    if shutil.which(UNABLE[0]) is None:
        pytest.skip("the superuser may write anywhere")
    return (*UNABLE, *before)


def assert_whole(call: Command, folder: Path, whole: Path, before: dict[str, int]) -> None:
    said = call(folder, *SWEEP)
    assert said.status == 0, said.err
    assert (folder / "out" / "sweep.parquet").read_bytes() == (whole / "sweep.parquet").read_bytes()
    after = parts_of(folder / "out")
    assert {name: after.get(name) for name in before} == before


def parts_of(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in (folder / "parts").glob("*")}


def test_no_room_for_the_first_part_leaves_nothing(tmp_path: Path) -> None:
    said = "yizhan: File too large; nothing was kept. Free some space or name another folder with output=DIR."
    assert finished(tmp_path, *SWEEP, before=limited(60_000)) == (1, [said])
    assert not (tmp_path / "out").exists()


def test_no_room_for_further_parts_keeps_those_that_are_there(call: Command, tmp_path: Path, whole: Path) -> None:
    shutil.copytree(whole, tmp_path / "out")
    for name in sorted(parts_of(whole))[1:]:
        (tmp_path / "out" / "parts" / name).unlink()
    before = parts_of(tmp_path / "out")
    status, lines = finished(tmp_path, *SWEEP, before=limited(60_000))
    assert status == 1
    assert [line for line in lines if not line.startswith("Going on in out: ")] == [f"yizhan: File too large; {_runs(lines)} of 32 {GOES_ON}"]
    assert parts_of(tmp_path / "out") == before, "nothing was lost, nothing half-written is left"
    assert_whole(call, tmp_path, whole, before)


def test_room_for_the_parts_but_not_for_the_table_loses_nothing(call: Command, tmp_path: Path, whole: Path) -> None:
    largest, table = max(path.stat().st_size for path in (whole / "parts").iterdir()), (whole / "sweep.parquet").stat().st_size
    assert table > largest + 1024
    status, lines = finished(tmp_path, *SWEEP, before=limited(table - 512))
    assert (status, lines) == (1, [f"yizhan: File too large; 32 of 32 {GOES_ON}"])
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["manifest.json", "parts"]
    assert_whole(call, tmp_path, whole, parts_of(tmp_path / "out"))


def test_a_folder_that_may_not_be_written_is_told_before_anything_runs(tmp_path: Path) -> None:
    before = common()
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o555)
    words = [*(word for word in SWEEP if not word.startswith("output=")), "output=locked/out"]
    status, lines = finished(tmp_path, *words, before=before)
    assert status == 2
    assert len(lines) == 1
    assert "locked/out" in lines[0]
    assert "Permission denied" in lines[0]
    assert list(locked.iterdir()) == []


def test_parts_that_may_not_be_written_any_more_stay(call: Command, tmp_path: Path, whole: Path) -> None:
    before = common()
    shutil.copytree(whole, tmp_path / "out")
    first, *others = sorted(parts_of(whole))
    for name in others:
        (tmp_path / "out" / "parts" / name).unlink()
    kept = parts_of(tmp_path / "out")
    (tmp_path / "out" / "parts").chmod(0o555)
    status, lines = finished(tmp_path, *SWEEP, before=before)
    assert status == 1
    assert [line for line in lines if not line.startswith("Going on in out: ")] == [f"yizhan: Permission denied; {_runs(lines)} of 32 {GOES_ON}"]
    assert parts_of(tmp_path / "out") == kept, first
    (tmp_path / "out" / "parts").chmod(0o755)
    assert_whole(call, tmp_path, whole, kept)


def _runs(lines: list[str]) -> str:
    """Return how many runs were there when the command began."""
    (line,) = (line for line in lines if line.startswith("Going on in out: "))
    return line.split()[4]
