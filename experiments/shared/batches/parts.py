"""Parts: immutable Parquet files that hold what finished chunks found, each whole or not there at all.

A part is written under another name, brought to the disk, and renamed; whoever dies in between leaves a file that nobody takes for a part. Readers
need no lock: a folder of parts can be read while it grows. What a disk has spoiled since is found by the checksums of its pages, removed and computed
again.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.shared.errors import FailedError
from sim.bilingual import sentence

if TYPE_CHECKING:
    import pyarrow as pa

FOLDER = "parts"
ENDING = ".parquet"
DRAFT = ".draft"
KEY = b"yizhan_part"
"""Key of a part's metadata under which it says what it holds."""


def write_whole(table: pa.Table, path: Path, *, checksums: bool = False) -> None:
    """Write a Parquet file that is there whole, on the disk, or not at all.

    Args:
        table: What it is to hold.
        path: The file.
        checksums: Whether each page has one.

    Raises:
        OSError: It cannot be written; nothing of it is left.
    """
    import pyarrow.parquet as pq

    draft = path.with_name(f".{path.name}.{os.getpid()}{DRAFT}")
    try:
        with draft.open("wb") as file:
            # a dictionary costs parts of a few rows more than it saves
            pq.write_table(table, file, compression="zstd", use_dictionary=False, write_page_checksum=checksums)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
        raise
    _bring_to_disk(path.parent)


class Parts:
    """The parts in a folder.

    Args:
        folder: The folder; made where it is not there.

    Raises:
        OSError: It cannot be made.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def write(self, name: str, table: pa.Table, holds: Mapping[str, Any]) -> None:
        """Write a part, unless it is there.

        Args:
            name: Its name: the digest of what it was asked.
            table: What was found.
            holds: What the part says that it holds.

        Raises:
            OSError: It cannot be written; nothing of it is left.
        """
        path = self.folder / f"{name}{ENDING}"
        if not path.exists():
            metadata = {**(table.schema.metadata or {}), KEY: json.dumps(holds).encode()}
            write_whole(table.replace_schema_metadata(metadata), path, checksums=True)

    def contents(self) -> Iterator[tuple[Path, dict[str, Any]]]:
        """Yield each part, by name, with what it says that it holds; one that cannot be read is removed: it is computed again."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        for path in sorted(self.folder.glob(f"*{ENDING}")):
            try:
                yield path, json.loads((pq.read_schema(path).metadata or {})[KEY])
            except (pa.ArrowInvalid, KeyError, ValueError):
                path.unlink(missing_ok=True)
            except OSError as error:
                if error.errno is not None:  # of the system; else of the library, which cannot make sense of it
                    raise
                path.unlink(missing_ok=True)

    def read(self) -> list[pa.Table]:
        """Return what all parts hold, by name.

        Raises:
            FailedError: Some were spoiled on the disk; they are removed, and will be computed again.
        """
        import pyarrow as pa
        import pyarrow.parquet as pq

        tables, spoiled = [], 0
        for path, _ in self.contents():
            try:
                with pq.ParquetFile(path, page_checksum_verification=True) as file:  # a quarter less than `read_table`, which looks for more files
                    tables.append(file.read(use_threads=False))
            except (pa.ArrowInvalid, OSError) as error:
                if getattr(error, "errno", None) is not None:
                    raise
                path.unlink(missing_ok=True)
                spoiled += 1
        if spoiled:
            raise FailedError(sentence(
                "{n} of the files in {folder} were damaged and are removed; the same command computes again what they held",
                "{folder} 中有 {n} 个文件已损坏，已删除；再次执行同一命令即重新计算其中的内容", n=spoiled, folder=self.folder,
            ))  # fmt: skip
        return tables

    def sweep(self) -> None:
        """Remove what writers that died have left."""
        for path in self.folder.glob(f".*{DRAFT}"):
            path.unlink(missing_ok=True)


def _bring_to_disk(folder: Path) -> None:
    """Let the names in a folder reach the disk, where the system can do that."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
