"""Baselines are written whole or not at all."""

import errno
import os
import signal
from pathlib import Path
from typing import Any

import pytest

from experiments.check import baselines, subjects
from experiments.check.baselines import read_baseline
from experiments.shared import whole_files
from sim.simulation import simulate
from tests.experiments.check.held import BOTH, Command, bytes_in, joined, rewrite, series_with, without_progress


def spoil_both(folder: Path) -> dict[str, bytes]:
    """Change both baselines, so that an update writes both."""
    for name in ("none", "zibo"):
        held = read_baseline(folder, name)
        rewrite(folder, name, daily=series_with(held, "hires", 0, 5, 99.0))
    return bytes_in(folder)


UPDATE = ("check", "update=true", *BOTH, "directory=b")


def test_an_interruption_while_it_runs_leaves_the_old_baselines(yizhan: Command, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, runs = spoil_both(kept), []

    def interrupted(*arguments: Any, **settings: Any) -> Any:
        runs.append(1)
        if len(runs) == 2:
            os.kill(os.getpid(), signal.SIGTERM)
        return simulate(*arguments, **settings)

    monkeypatch.setattr(subjects, "simulate", interrupted)
    said = yizhan(*UPDATE, "output=o")
    assert (said.status, without_progress(said.err)) == (130, "yizhan: interrupted; nothing was kept.\n")
    assert bytes_in(kept) == before
    assert [path.name for path in kept.parent.iterdir()] == ["b"]


def test_an_interruption_between_two_files_comes_too_late(yizhan: Command, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, rename, renamed = spoil_both(kept), Path.replace, []

    def renaming(path: Path, target: Path) -> Path:
        renamed.append(target)
        os.kill(os.getpid(), signal.SIGINT)
        return rename(path, target)

    monkeypatch.setattr(Path, "replace", renaming)
    said = yizhan(*UPDATE)
    assert said.status == 0
    assert len(renamed) == 2
    assert all(bytes_in(kept)[name] != content for name, content in before.items())
    assert set(bytes_in(kept)) == set(before)


@pytest.mark.parametrize("method", ["write_bytes", "replace"])
def test_a_full_disk_leaves_the_old_baselines(yizhan: Command, kept: Path, monkeypatch: pytest.MonkeyPatch, method: str) -> None:
    before, do, done = spoil_both(kept), getattr(Path, method), []

    def failing(path: Path, argument: Any) -> Any:
        done.append(path)
        if len(done) == 2:
            raise OSError(28, "No space left on device", str(path))
        return do(path, argument)

    monkeypatch.setattr(Path, method, failing)
    said = yizhan(*UPDATE)
    assert said.status == 1
    assert "No space left on device" in said.err
    assert bytes_in(kept) == before


def test_a_full_disk_leaves_no_folder_that_was_made_for_baselines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_texts: dict[Path, str]) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(baselines, "write_all", full)
    with pytest.raises(OSError, match="No space left"):
        baselines.write_baselines(tmp_path / "a" / "b", {"none": "{}"})
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_refused_before_anything_runs(yizhan: Command, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(**_settings: Any) -> Any:
        raise PermissionError(13, "Permission denied")

    for directory in ("/proc/yizhan/b", "b"):
        if directory == "b":
            monkeypatch.setattr(whole_files.tempfile, "TemporaryFile", refused)
        said = yizhan("check", "update=true", *BOTH, f"directory={directory}")
        assert (said.status, said.out) == (2, "")
        assert f"cannot write directory={directory}: " in said.err
        assert "simulated" not in said.err
    assert len(bytes_in(kept)) == 2


def test_an_update_says_what_it_accepted_and_asks_for_the_changelog(yizhan: Command, kept: Path) -> None:
    held = read_baseline(kept, "zibo")
    rewrite(kept, "zibo", daily=series_with(held, "hires", 0, 5, 99.0))
    said = yizhan(*UPDATE)
    assert said.status == 0
    assert "5 2020-11-06 Jobs begun in the region" in joined(said.out)
    assert "zibo: baseline written; 1 outcomes moved, since day 5 (2020-11-06)." in said.out
    assert "- WHAT WAS CHANGED AND WHY: output changed (zibo since day 5 (2020-11-06))." in said.out
    assert "none: baseline" not in said.out
    assert yizhan("check", *BOTH, "directory=b").status == 0
