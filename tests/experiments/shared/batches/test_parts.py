"""A part is there whole, or not at all."""

import errno
import os
import struct
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from experiments.shared.batches import parts as module
from experiments.shared.batches.parts import Parts, write_whole
from experiments.shared.errors import FailedError

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


def test_a_part_that_a_disk_has_spoiled_is_found_removed_and_told(tmp_path: Path) -> None:
    """A page, which its checksum gives away, and what says where pages are, of which the library makes an error without a number."""
    parts = Parts(tmp_path)
    for name in ("page", "footer", "sound"):
        parts.write(name, TABLE, {"blocks": []})
    written = (tmp_path / "page.parquet").read_bytes()
    values = pq.read_metadata(tmp_path / "page.parquet").row_group(0).column(1)
    place = written.rindex(struct.pack("<d", 0.5), 0, values.data_page_offset + values.total_compressed_size) + 7
    (tmp_path / "page.parquet").write_bytes(written[:place] + bytes([written[place] ^ 1]) + written[place + 1 :])
    footer = int.from_bytes(written[-8:-4], "little")
    (tmp_path / "footer.parquet").write_bytes(written[: -footer - 8] + b"\xff" * footer + written[-8:])
    with pytest.raises(FailedError, match=r"1 of the files in .* were damaged and are removed; the same command computes again"):
        parts.read()
    assert [path.name for path in tmp_path.iterdir()] == ["sound.parquet"]
    assert [table.num_rows for table in parts.read()] == [2]


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
