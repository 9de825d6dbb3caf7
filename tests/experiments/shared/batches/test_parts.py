"""A part is there whole, or not at all."""

import errno
import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from experiments.shared.batches import parts as module
from experiments.shared.batches.parts import Parts, write_whole

TABLE = pa.table({"point": [1, 2], "value": [0.5, float("nan")]})


def test_a_part_says_what_it_holds_and_is_written_once(tmp_path: Path) -> None:
    parts = Parts(tmp_path / "parts")
    parts.write("b", TABLE, {"blocks": [[1, 0, 2]]})
    parts.write("a", TABLE.slice(1), {"blocks": [[2, 0, 1]]})
    before = (tmp_path / "parts" / "b.parquet").stat().st_mtime_ns
    parts.write("b", TABLE.slice(1), {"blocks": []})
    assert (tmp_path / "parts" / "b.parquet").stat().st_mtime_ns == before
    assert {path.name: holds["blocks"] for path, holds in parts.contents()} == {"a.parquet": [[2, 0, 1]], "b.parquet": [[1, 0, 2]]}
    assert [table.num_rows for table in parts.read()] == [1, 2]


def test_a_part_that_cannot_be_read_is_computed_again(tmp_path: Path) -> None:
    parts = Parts(tmp_path)
    parts.write("whole", TABLE, {"blocks": []})
    whole = (tmp_path / "whole.parquet").read_bytes()
    (tmp_path / "torn.parquet").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "empty.parquet").write_bytes(b"")
    pq.write_table(TABLE, tmp_path / "foreign.parquet")
    assert [path.name for path, _ in parts.contents()] == ["whole.parquet"]
    assert [path.name for path in tmp_path.iterdir()] == ["whole.parquet"]


def test_what_writers_that_died_have_left_is_no_part(tmp_path: Path) -> None:
    parts = Parts(tmp_path)
    (tmp_path / ".x.parquet.17.draft").write_bytes(b"half")
    assert list(parts.contents()) == []
    parts.sweep()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("broken", ["fsync", "write_table"])
def test_a_full_disk_leaves_nothing_of_a_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    def full(*_arguments: object, **_settings: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "the/file")

    monkeypatch.setattr(os if broken == "fsync" else pq, broken, full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(TABLE, tmp_path / "part.parquet")
    assert list(tmp_path.iterdir()) == []


def test_the_name_appears_after_the_content_is_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    real = os.fsync

    def fsync(handle: int) -> None:
        seen.append((tmp_path / "part.parquet").exists())
        real(handle)

    monkeypatch.setattr(module.os, "fsync", fsync)
    write_whole(TABLE, tmp_path / "part.parquet")
    assert seen == [False, True], "the file, then its folder"
