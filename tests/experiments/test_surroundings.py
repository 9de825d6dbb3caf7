"""Whatever surrounds a run: home, time zone, locale, encodings, closed streams, threads, limits. Real processes; the same numbers, to the byte."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="POSIX shells and limits")]

RUN = "run programme=zibo population.graduates=100 days=5 replicates=4 figures=false save_people=true output=out"
NUMBERS = ("summary.json", "series.parquet", "people.parquet")
PATIENCE = 600
SURROUNDINGS: dict[str, tuple[dict[str, str | None], str, str]] = {
    "no home": ({"HOME": None}, "", ""),
    "home is missing": ({"HOME": "/nonexistent"}, "", ""),
    "home is a file": ({"HOME": "/etc/passwd"}, "", ""),
    "Shanghai": ({"TZ": "Asia/Shanghai"}, "", ""),
    "St John's": ({"TZ": "America/St_Johns"}, "", ""),
    "no time zone": ({"TZ": "nowhere/x"}, "", ""),
    "C": ({"LC_ALL": "C"}, "", ""),
    "POSIX without UTF-8": ({"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, "language=zh", ""),
    "GB18030": ({"LC_ALL": "zh_CN.GB18030", "PYTHONUTF8": "0"}, "language=zh", ""),
    "decimal comma": ({"LC_ALL": "de_DE.UTF-8"}, "", ""),
    "ASCII output": ({"PYTHONIOENCODING": "ascii"}, "language=zh", ""),
    "one thread": ({"OMP_NUM_THREADS": "1"}, "workers=1", ""),
    "sixteen threads": ({"OMP_NUM_THREADS": "16"}, "workers=16", ""),
    "closed streams": ({}, "", "<&- >&- 2>&-"),
    "no temporary folder": ({"TMPDIR": "/nonexistent"}, "", ""),
    "warnings are errors": ({"PYTHONWARNINGS": "error"}, "", ""),
    "no width": ({"COLUMNS": "abc"}, "", ""),
}
"""Name → variables (None: unset), further words, and what the shell does to the streams."""


def run_in(folder: Path, variables: dict[str, str | None], more: str = "", streams: str = "", before: str = "") -> subprocess.CompletedProcess[bytes]:
    folder.mkdir()
    changed = {name: value for name, value in {**os.environ, **variables}.items() if value is not None}
    command = f"{before} exec {sys.executable} -m experiments {RUN} {more} {streams}"
    return subprocess.run(["/bin/sh", "-c", command], cwd=folder, env=changed, capture_output=True, timeout=PATIENCE, check=False)


@pytest.fixture(scope="module")
def numbers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a run where nothing is strange."""
    folder = tmp_path_factory.mktemp("usual") / "here"
    assert run_in(folder, {}).returncode == 0
    return {name: (folder / "out" / name).read_bytes() for name in NUMBERS}


@pytest.mark.parametrize("name", SURROUNDINGS)
def test_the_numbers_are_the_same(tmp_path: Path, numbers: dict[str, bytes], name: str) -> None:
    done = run_in(tmp_path / "here", *SURROUNDINGS[name])
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr
    assert {name: (tmp_path / "here" / "out" / name).read_bytes() for name in NUMBERS} == numbers


@pytest.mark.parametrize("blocks", [0, 1, 16])
def test_files_that_may_not_grow_leave_nothing(tmp_path: Path, blocks: int) -> None:
    done = run_in(tmp_path / "here", {}, before=f"ulimit -f {blocks};")
    assert done.returncode == 1
    assert re.search(rb"yizhan: (File too large|No usable temporary directory found in .*); nothing was kept\.", done.stderr)
    assert list((tmp_path / "here").iterdir()) == []


def test_of_runs_into_one_folder_at_a_time_one_is_done(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "experiments", *RUN.split(), "days=60", "replicates=20"]
    running = [subprocess.Popen(words, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for _ in range(3)]
    said = [process.communicate(timeout=PATIENCE)[1] for process in running]
    ends = sorted(process.returncode for process in running)
    assert ends == [0, 2, 2], said
    for process, err in zip(running, said, strict=True):
        if process.returncode:
            assert b"another run" in err or b"exists already" in err
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
