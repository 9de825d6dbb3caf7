"""What is kept: one folder with an index in SQLite, which several servers may share. A finished run is a whole result folder, or is not there."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import math
import secrets
import shutil
import sqlite3
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from experiments.shared.drafts import sweep_leftovers
from experiments.shared.errors import MistakeError
from sim.bilingual import Sentence, sentence
from sim.errors import why_of

WAIT = 10.0
"""Seconds that one server waits for another that writes."""
INDEX = "index.sqlite"
FORGOTTEN = 24 * 3600.0
"""Seconds after which a folder that stands in no index belongs to a server that was killed, and to none that is about to note it."""
SCHEMA = """
CREATE TABLE IF NOT EXISTS results (
    id TEXT PRIMARY KEY, digest TEXT NOT NULL, kind TEXT NOT NULL, draft TEXT NOT NULL, created TEXT NOT NULL, shown BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS by_digest ON results (digest);
CREATE TABLE IF NOT EXISTS saved (
    id TEXT PRIMARY KEY, result TEXT NOT NULL REFERENCES results (id), name TEXT NOT NULL, created TEXT NOT NULL, named INTEGER NOT NULL DEFAULT 1
);
"""


def new_identity() -> str:
    """Return an identity that nobody else has, and nobody can guess."""
    return secrets.token_hex(16)


class Room(NamedTuple):
    """How much is saved, and how much may be: results, and megabytes on the disk."""

    saved: int
    most_saved: int
    megabytes: float
    most_megabytes: float


WORDS_OF_ROOM = {
    "number": Sentence(
        "{saved} results are saved under names of their own, and no more than {most} may be", "已有 {saved} 个起了名字的结果，最多可保存 {most} 个",
    ),
    "size": Sentence(
        "results with names of their own take {size} MB, and no more than {most_size} MB may be taken",
        "起了名字的结果已占 {size} MB，最多可占 {most_size} MB",
    ),
}  # fmt: skip


class FullError(MistakeError):
    """As much is saved as may be, and all of it was named by somebody.

    Args:
        room: What is saved, and what may be.
    """

    def __init__(self, room: Room) -> None:
        what = WORDS_OF_ROOM["number" if room.saved >= room.most_saved else "size"]
        super().__init__(sentence(
            what, what.zh, saved=room.saved, most=room.most_saved, size=f"{room.megabytes:,.0f}", most_size=f"{room.most_megabytes:,.0f}",
        ))  # fmt: skip


class KeptError(MistakeError):
    """What is kept cannot be read or written.

    Args:
        folder: The folder of what is kept.
        why: What the system or the index said.
    """

    def __init__(self, folder: Path, why: BaseException) -> None:
        super().__init__(sentence(
            "the folder of what is kept cannot be read or written ({why}): make room in {folder}, allow writing in it, or start with another folder=",
            "保存目录无法读写（{why}）：请为 {folder} 腾出空间、允许写入，或以另一个 folder= 启动", why=why_of(why), folder=folder,
        ))  # fmt: skip


@dataclass(frozen=True)
class Kept:
    """A finished run that is kept.

    Attributes:
        id: Its identity.
        digest: Digest of what was asked.
        kind: Kind of the run.
        draft: Its draft; None: it was opened, and no draft says the same.
        created: When, in ISO form.
        shown: What the page shows, as JSON.
        folder: Its result folder.
    """

    id: str
    digest: str
    kind: str
    draft: dict[str, Any] | None
    created: str
    shown: bytes
    folder: Path


class Keeping:
    """The folder of what is kept.

    Args:
        folder: The folder.
        most: Results that are kept without having been saved.
        most_saved: Results that are saved; the oldest that nobody named make room.
        most_bytes: Bytes of all that is kept, above which what nobody named goes, the oldest first.
    """

    def __init__(self, folder: Path, most: int, most_saved: int = 10**9, most_bytes: float = math.inf) -> None:
        self.folder, self.most, self.most_saved, self.most_bytes = folder, most, most_saved, most_bytes
        self.results = folder / "results"
        with self._index() as index:
            noted = {row[0] for row in index.execute("SELECT id FROM results")}
            sweep_leftovers(self.results)
        for path in self.results.iterdir():
            if path.name not in noted and time.time() - path.stat().st_mtime > FORGOTTEN:
                shutil.rmtree(path, ignore_errors=True)

    @contextmanager
    def _index(self) -> Iterator[sqlite3.Connection]:
        """Open the index, made anew where somebody removed the folder; what is written within the block is written whole.

        Raises:
            KeptError: It cannot be read or written.
        """
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.results.mkdir(mode=0o700, exist_ok=True)
            with contextlib.closing(sqlite3.connect(self.folder / INDEX, timeout=WAIT)) as index:
                index.execute("PRAGMA journal_mode = WAL")
                index.execute("PRAGMA foreign_keys = ON")
                index.executescript(SCHEMA)
                if "named" not in {row[1] for row in index.execute("PRAGMA table_info(saved)")}:  # an older version made it
                    index.execute("ALTER TABLE saved ADD COLUMN named INTEGER NOT NULL DEFAULT 1")
                with index:
                    yield index
        except sqlite3.IntegrityError:
            raise
        except (OSError, sqlite3.DatabaseError) as error:
            raise KeptError(self.folder, error) from None

    def path(self, identity: str) -> Path:
        """Return the result folder of a run."""
        return self.results / identity

    def keep(self, identity: str, digest: str, kind: str, draft: dict[str, Any] | None, shown: bytes) -> None:
        """Note a finished run, whose folder is there already; the oldest that nobody saved make room."""
        with self._index() as index:
            index.execute(
                "INSERT INTO results VALUES (?, ?, ?, ?, ?, ?)", (identity, digest, kind, json.dumps(draft), _now(), zlib.compress(shown, 6)),
            )  # fmt: skip
            rows = index.execute(
                "SELECT id FROM results WHERE id NOT IN (SELECT result FROM saved) ORDER BY created DESC, rowid DESC LIMIT -1 OFFSET ?", (self.most,)
            ).fetchall()
            index.executemany("DELETE FROM results WHERE id = ?", rows)
        for (old,) in rows:
            shutil.rmtree(self.path(old), ignore_errors=True)
        self._make_room(identity)

    def _make_room(self, but: str) -> None:
        """Let go what nobody named until all that is kept has the size that it may have: what nobody saved first, of each the oldest first.

        Args:
            but: The result that was just kept, which stays.
        """
        sizes = {path.name: _size_of(path) for path in self.results.iterdir()}
        with self._index() as index:
            rows = index.execute(
                "SELECT results.id, LENGTH(results.shown), COUNT(saved.id) > 0, COALESCE(MAX(saved.named), 0) FROM results "
                "LEFT JOIN saved ON saved.result = results.id GROUP BY results.id ORDER BY 3, results.created, results.rowid"
            ).fetchall()
            whole = sum(sizes.values()) + sum(shown for _, shown, _, _ in rows)
            gone = []
            for identity, shown, _, named in rows:
                if whole <= self.most_bytes:
                    break
                if not named and identity != but:
                    gone.append((identity,))
                    whole -= sizes.get(identity, 0) + shown
            index.executemany("DELETE FROM saved WHERE result = ?", gone)
            index.executemany("DELETE FROM results WHERE id = ?", gone)
        for (old,) in gone:
            shutil.rmtree(self.path(old), ignore_errors=True)

    def add_parts(self, digest: str, variant: str, parts: bytes) -> dict[str, bytes]:
        """Let what each lever contributes to a variant be a part of every kept comparison with a digest.

        Returns:
            Identity → what is shown of it now, as JSON.
        """
        found: dict[str, bytes] = {}
        with self._index() as index:
            index.execute("BEGIN IMMEDIATE")  # nobody else adds another variant's in between
            for identity, shown in index.execute("SELECT id, shown FROM results WHERE digest = ? AND kind = 'compare'", (digest,)).fetchall():
                whole = json.loads(zlib.decompress(shown))
                whole["parts"] = whole.get("parts", {}) | {variant: json.loads(parts)}
                found[identity] = json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()
                index.execute("UPDATE results SET shown = ? WHERE id = ?", (zlib.compress(found[identity], 6), identity))
        return found

    def find(self, *, identity: str = "", digest: str = "") -> Kept | None:
        """Return a kept run by its identity, or the newest with a digest; None where there is none."""
        with self._index() as index:
            row = index.execute(
                "SELECT id, digest, kind, draft, created, shown FROM results WHERE id = ? OR digest = ? ORDER BY rowid DESC LIMIT 1",
                (identity, digest),
            ).fetchone()  # fmt: skip
        return None if row is None else Kept(row[0], row[1], row[2], json.loads(row[3]), row[4], zlib.decompress(row[5]), self.path(row[0]))

    def save(self, result: str, name: str, *, named: bool = True) -> dict[str, Any] | None:
        """Save a kept run under a name; None where there is none.

        Args:
            result: The run.
            name: What it is called.
            named: Whether somebody gave it this name, so that it makes room for no other.

        Raises:
            FullError: As many are saved as may be, and all were named.
        """
        identity = new_identity()
        with self._index() as index:
            if index.execute("SELECT 1 FROM results WHERE id = ?", (result,)).fetchone() is None:
                return None
            index.execute("INSERT INTO saved VALUES (?, ?, ?, ?, ?)", (identity, result, name, _now(), int(named)))
            index.execute(
                "DELETE FROM saved WHERE id IN (SELECT id FROM saved WHERE named = 0 AND id != ? ORDER BY created, rowid LIMIT "
                "MAX(0, (SELECT COUNT(*) FROM saved) - ?))", (identity, self.most_saved),
            )  # fmt: skip
            self._refuse_more(index)
        return self.entry(identity)

    def _refuse_more(self, index: sqlite3.Connection) -> None:
        """See that what somebody named stays within what may be saved.

        Raises:
            FullError: It does not; nothing of what was begun in the index is written.
        """
        named = self._room_of(index, named=True)
        if index.execute("SELECT COUNT(*) FROM saved").fetchone()[0] > self.most_saved:
            raise FullError(named._replace(saved=self.most_saved))
        if 1e6 * named.megabytes > self.most_bytes:
            raise FullError(named)

    def _room_of(self, index: sqlite3.Connection, *, named: bool) -> Room:
        """Return what is saved takes; of what somebody named alone, or of all."""
        least = (int(named),)
        rows = index.execute("SELECT id, LENGTH(shown) FROM results WHERE id IN (SELECT result FROM saved WHERE named >= ?)", least).fetchall()
        count = index.execute("SELECT COUNT(*) FROM saved WHERE named >= ?", least).fetchone()[0]
        size = sum(shown + _size_of(self.path(identity)) for identity, shown in rows)
        return Room(count, self.most_saved, size / 1e6, self.most_bytes / 1e6)

    def room(self) -> Room:
        """Return how much is saved, and how much may be."""
        with self._index() as index:
            return self._room_of(index, named=False)

    def entries(self) -> list[dict[str, Any]]:
        """Return what is saved, the newest first."""
        with self._index() as index:
            rows = index.execute(f"{_ENTRIES} ORDER BY saved.rowid DESC").fetchall()
        return [dict(zip(_FIELDS, row, strict=True)) for row in rows]

    def entry(self, identity: str) -> dict[str, Any] | None:
        """Return one saved result; None where there is none."""
        with self._index() as index:
            row = index.execute(f"{_ENTRIES} WHERE saved.id = ?", (identity,)).fetchone()
        return None if row is None else dict(zip(_FIELDS, row, strict=True))

    def rename(self, identity: str, name: str) -> bool:
        """Give a saved result another name. Returns whether there is one.

        Raises:
            FullError: What was named takes all the room that there is.
        """
        with self._index() as index:
            before = index.execute("SELECT named FROM saved WHERE id = ?", (identity,)).fetchone()
            index.execute("UPDATE saved SET name = ?, named = 1 WHERE id = ?", (name, identity))
            if before == (0,):
                self._refuse_more(index)
        return before is not None

    def remove(self, identity: str) -> bool:
        """Take a saved result out of the list; it goes when others need its room. Returns whether there was one."""
        with self._index() as index:
            return index.execute("DELETE FROM saved WHERE id = ?", (identity,)).rowcount == 1


_FIELDS = ("id", "run", "name", "created", "kind")
_ENTRIES = "SELECT saved.id, saved.result, saved.name, saved.created, results.kind FROM saved JOIN results ON results.id = saved.result"


def _size_of(folder: Path) -> int:
    """Return the bytes of all files below a folder; none where it is gone."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
