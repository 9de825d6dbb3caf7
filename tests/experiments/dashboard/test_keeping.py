"""What is kept, where the folder goes away, is full or damaged: said as what it is, and nothing is left that nobody finds."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from experiments.dashboard.options import DashboardOptions
from experiments.dashboard.server.keeping import INDEX, FullError, Keeping, KeptError
from experiments.dashboard.server.runs import Runs
from experiments.dashboard.server.security import Guard
from tests.experiments.dashboard.served import served
from tests.experiments.dashboard.test_runs import Slow, ask, wait_for


def a_file(folder: Path) -> None:
    folder.write_text("")


def a_damaged_index(folder: Path) -> None:
    folder.mkdir()
    (folder / INDEX).write_bytes(b"no index" * 1000)


def test_a_folder_that_was_removed_is_made_again(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    with served(folder) as client:
        shutil.rmtree(folder)
        assert client.get("/api/saved").json() == []
        assert client.get(f"/api/runs/{'1' * 32}").status_code == 404
        assert folder.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("spoil", [a_file, a_damaged_index])
def test_what_cannot_be_kept_is_no_fault_of_the_program(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    folder = tmp_path / "kept"
    with served(folder) as client:
        shutil.rmtree(folder)
        spoil(folder)
        found = client.get("/api/saved")
        error = found.json()["error"]
        assert found.status_code == 503
        assert "folder=" in error["why"]["en"]
        assert "folder=" in error["why"]["zh"]
        assert "fault" not in error["en"]
    with pytest.raises(KeptError):
        Keeping(folder, 1)


def test_a_run_that_cannot_be_noted_says_why_and_leaves_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keeping = Keeping(tmp_path, 3)
    runs = Runs(DashboardOptions(), keeping)
    runs.start()

    def full(*_: Any) -> None:
        raise KeptError(tmp_path, OSError(28, "No space left on device"))

    monkeypatch.setattr(keeping, "keep", full)
    task = Slow("a")
    task.go.set()
    run = ask(runs, task, "one")
    wait_for(run, "failed")
    runs.stop()
    assert run.error is not None
    assert "空间" in run.error["zh"]
    assert not keeping.path(run.id).exists()


def test_what_a_killed_server_did_not_note_is_swept_another_day(tmp_path: Path) -> None:
    keeping = Keeping(tmp_path, 3)
    for name in ("noted", "old", "new"):
        keeping.path(name).mkdir()
    keeping.keep("noted", "digest", "compare", None, b"{}")
    for name in ("noted", "old"):
        os.utime(keeping.path(name), (0, 0))
    Keeping(tmp_path, 3)
    assert sorted(path.name for path in keeping.results.iterdir()) == ["new", "noted"]


def test_the_oldest_that_nobody_named_make_room_and_what_was_named_stays(tmp_path: Path) -> None:
    keeping = Keeping(tmp_path, 2, most_saved=3)
    entries = {}
    for number, named in enumerate([False, True, False, True, False]):
        keeping.keep(f"r{number}", "digest", "compare", {"draft": {}}, b"{}")
        entries[number] = keeping.save(f"r{number}", f"n{number}", named=named)
    assert [entry["name"] for entry in keeping.entries()] == ["n4", "n3", "n1"]
    assert keeping.rename(keeping.entries()[0]["id"], "mine")
    keeping.keep("r5", "digest", "compare", {"draft": {}}, b"{}")
    with pytest.raises(FullError, match="3 results"):
        keeping.save("r5", "one too many")
    assert len(keeping.entries()) == 3
    keeping.remove(keeping.entries()[0]["id"])
    assert keeping.save("r5", "room was made") is not None


def test_what_is_named_may_take_no_more_room_than_there_is_and_it_is_told(tmp_path: Path) -> None:
    keeping = Keeping(tmp_path, 10, most_saved=9, most_bytes=2.5e6)
    for name in ("r0", "r1", "r2"):
        keeping.keep(name, "digest", "compare", {"draft": {}}, b"{}")
        keeping.path(name).mkdir()
        (keeping.path(name) / "series").write_bytes(bytes(10**6))
    first = keeping.save("r0", "a")
    keeping.save("r1", "b")
    assert keeping.room()[:2] == (2, 9)
    assert keeping.room().megabytes == pytest.approx(2, abs=0.001)
    with pytest.raises(FullError, match="take 3 MB, and no more than 2 MB"):
        keeping.save("r2", "c")
    unnamed = keeping.save("r2", "c", named=False)
    with pytest.raises(FullError):
        keeping.rename(unnamed["id"], "mine")
    assert keeping.rename(first["id"], "another name"), "what has a name may have another"
    keeping.remove(first["id"])
    assert keeping.rename(unnamed["id"], "mine")
    assert {entry["name"] for entry in keeping.entries()} == {"b", "mine"}


def test_the_size_of_all_that_is_kept_is_bounded(tmp_path: Path) -> None:
    keeping = Keeping(tmp_path, 100, most_bytes=10_000)
    for number in range(6):
        keeping.path(f"r{number}").mkdir()
        (keeping.path(f"r{number}") / "file").write_bytes(b"x" * 4000)
        keeping.keep(f"r{number}", f"d{number}", "compare", None, b"{}")
        if number == 0:
            keeping.save("r0", "mine")
    assert sorted(path.name for path in keeping.results.iterdir()) == ["r0", "r5"]
    assert keeping.find(identity="r0")
    assert keeping.find(identity="r4") is None


async def _broken(*_: Any) -> None:
    message = "张三 13800000000"
    raise RuntimeError(message)


@pytest.mark.anyio
async def test_the_log_repeats_nothing_that_was_sent(caplog: pytest.LogCaptureFixture) -> None:
    scope: dict[str, Any] = {"type": "http", "method": "GET", "path": "/", "headers": [(b"host", b"localhost")], "query_string": b""}
    await Guard(_broken, DashboardOptions())(scope, _broken, _broken)  # type: ignore[arg-type]
    assert "RuntimeError" in caplog.text
    assert "1380" not in caplog.text
