"""Tables: what the agents are made of.

A table is one NumPy record array: a row is an identity and is never reused or moved (leaving is a flag); a column is declared once with its
dtype, unit and meaning, and is changed in place. Rules receive the rows; analyses and Mesa views read the columns, which are views of the
same memory. Why records and not one array a column: see ``docs/architecture.md``.
"""

from __future__ import annotations

import contextlib
import math
import mmap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.compiled import Rows


@dataclass(frozen=True)
class Told:
    """How a column of a person tells its own story: whenever it rises, or falls, a case file has a moment of its name and the story its sentence.

    A sentence is what follows "She …" or "He …" in English, and a clause without a subject in Chinese. ``{n}`` is by how much the column rose (in
    English ``{n:a fair|{n} fairs}`` chooses between one and more, ``{n:times}`` writes nothing, " twice", " 3 times"). Empty: not told.

    Attributes:
        en: Sentence in English when the column rises.
        zh: Sentence in Chinese when the column rises.
        falls_en: Sentence in English when the column falls.
        falls_zh: Sentence in Chinese when the column falls.
        by: Moment of `sim/observers` that tells the rise as it happens, with more than a number; the sentence then serves the last lines only.
        saved: What the column rises by (CNY) goes into the person's savings.
        received: In a lever's column: it counts what was received from the lever. The story's last lines list it.
    """

    en: str = ""
    zh: str = ""
    falls_en: str = ""
    falls_zh: str = ""
    by: str = ""
    saved: bool = False
    received: bool = True

    def sentence(self, language: str, *, falls: bool = False) -> str:
        """Return the sentence in a language."""
        sentences = {"en": (self.en, self.falls_en), "zh": (self.zh, self.falls_zh)}
        return sentences[language][falls]


LONGEST_RUN = 3_660
"""Days of the longest run."""
MOST_PAY = 2**31 - 1
"""Pay above this is paid as this, CNY a month."""
MOST_ROWS = 2**15 - 1
"""Districts, and campuses, at most."""


@dataclass(frozen=True, eq=False)
class Column:
    """One declared column: all that is known of it; no other is equal to it.

    Attributes:
        name: Name, as rules write it.
        dtype: ``"i1"`` for flags and enums, ``"i2"`` for counts of what a person meets at most once a day, ``"i4"`` for days, rows and other counts,
            ``"i8"`` for money and sums, ``"u4"`` and ``"u1"`` for bit sets, ``"f8"`` for reals.
        unit: Unit of measurement, ``"-"`` where there is none.
        meaning: One line.
        initial: Value of a new row.
        most: Largest number that it can reach in the longest run, by the bounds of the parameters that it follows from; below zero it is a mark.
            A row keeps the narrowest whole number that holds it, and files say `dtype` all the same. 0: as `dtype`.
        line: Cache line of the row in which it has to lie, from 1; 0: anywhere but in the first, where that is shared by some.
        took_part: Above zero, the person received the service of the lever whose column it is.
        counts: Outcomes that it counts, person by person.
        counts_partly: Outcomes of which it counts the persons' part; the rest belongs to established firms, behind which no person stands.
        told: How a case file tells it.
        told_by: Moment of `sim/observers` that tells its changes with more than a number.
        left_out: Why a case file does not tell it. A column has one of these three, unless its unit says that it counts nothing.
    """

    name: str
    dtype: str
    unit: str
    meaning: str
    initial: float = 0
    most: int = 0
    line: int = 0
    took_part: bool = False
    counts: tuple[str, ...] = ()
    counts_partly: tuple[str, ...] = ()
    told: Told | None = None
    told_by: str = ""
    left_out: str = ""

    @property
    def kept(self) -> np.dtype[Any]:
        """Type that a row keeps it in."""
        declared = np.dtype(self.dtype)
        if not self.most:
            return declared
        return next((np.dtype(narrow) for narrow in ("i2", "i4") if self.most <= np.iinfo(narrow).max), declared)


UNITS_LEFT_OUT: dict[str, str] = {
    "-": "a named state (activity, place) or a taste: told by the observers or in the portrait",
    "row": "a reference: what it leads to is told",
    "day": "a plan or a date: what happens on the day is told",
    "bits": "services known, told by name; help had, told with the service that gave it",
    "sd": "a trait",
    "share": "a trait",
    "ratio": "a trait",
    "log": "a trait",
    "log hazard": "a trait",
    "log wage": "a trait",
    "log revenue": "a trait",
    "persons": "a trait",
    "CNY/month": "pay: told with offers, contracts, jobs and raises",
}
"""Units of columns that need not say how they are told, with the reason."""


def needs_telling(column: Column) -> bool:
    """Tell whether a column counts, marks or sums up something that happened to a person, so that it must say how a case file tells it."""
    return column.unit not in UNITS_LEFT_OUT


OF_THE_SYSTEM = 2**20
"""Bytes of a table from which its memory is asked of the system by itself."""
OF_LARGE_PAGES = 2**23
"""Bytes of a table from which it is asked for in pages of 2 MB, where the system has them: rows are read here and there, and of small pages the
processor knows where too few are. A million people take a quarter less time."""
_OWN: dict[str, int] = {"flags": mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS} if hasattr(mmap, "MAP_PRIVATE") else {}
"""How such memory is asked for where a process can fork: not shared with its forks."""
CACHE_LINE = 64
"""Bytes that a processor fetches at a time."""


LAYOUTS = 256
"""Rows of different columns that a process keeps the layout of."""


@lru_cache(LAYOUTS)
def row_dtype(columns: tuple[Column, ...]) -> np.dtype[Any]:
    """Return the dtype of a row: each column in its cache line, the widest first; a row longer than a cache line fills whole ones.

    Columns without a line fill what others leave free, but for the first line, which only those share that ask for it, and then further lines.

    Raises:
        ValueError: The columns of a line take more than a line.
    """
    lines: dict[int, list[Column]] = {line: [] for line in sorted({column.line for column in columns if column.line})}
    taken = dict.fromkeys(lines, 0)
    shared_by_some = 1 in lines
    for column in sorted(columns, key=lambda column: (not column.line, -column.kept.itemsize)):
        size = column.kept.itemsize
        line = column.line or next((line for line in lines if line > shared_by_some and taken[line] + size <= CACHE_LINE), max(lines, default=0) + 1)
        lines.setdefault(line, []).append(column)
        taken[line] = taken.get(line, 0) + size
        if taken[line] > CACHE_LINE:
            message = f"the columns of cache line {line} take more than its {CACHE_LINE} bytes: give {column.name} another line"
            raise ValueError(message)
    offsets: dict[str, int] = {}
    end = 0
    for line, members in lines.items():
        end = (line - 1) * CACHE_LINE
        for column in sorted(members, key=lambda column: -column.kept.itemsize):  # the widest first, so none needs a gap before it
            offsets[column.name] = end
            end += column.kept.itemsize
    whole = CACHE_LINE if end > CACHE_LINE else 8
    row = np.dtype(
        {
            "names": [column.name for column in columns],
            "formats": [column.kept for column in columns],
            "offsets": [offsets[column.name] for column in columns],
            "itemsize": math.ceil(end / whole) * whole,
        },
        align=True,
    )
    return np.dtype((np.record, row))  # which a record array would make of it anew, each time


@lru_cache(LAYOUTS)
def _new_row(columns: tuple[Column, ...]) -> NDArray[np.uint8]:
    """Return a row as it is before anybody has it, as bytes, shape (bytes,)."""
    row = np.zeros(1, row_dtype(columns))
    for column in columns:
        row[column.name] = column.initial
    return row.view(np.uint8)


class Table:
    """A fixed set of columns with a capacity and a count.

    Args:
        name: Plural noun, for messages.
        columns: The declared columns.
        capacity: Rows to make room for.
        counts: One-row record array of the model's row counts; this table's count is the field called `name`.
    """

    def __init__(self, name: str, columns: Sequence[Column], capacity: int, counts: Rows) -> None:
        self.name = name
        self.columns = tuple(columns)
        self._counts = counts
        self._rows = self.new_rows(capacity)

    @property
    def rows(self) -> Rows:
        """The record array, `capacity` rows long, that rules read and write."""
        return self._rows

    @property
    def capacity(self) -> int:
        """Rows there is room for."""
        return int(self._rows.size)

    @property
    def count(self) -> int:
        """Rows in use."""
        return int(field_of(self._counts, self.name).item(0))

    @count.setter
    def count(self, count: int) -> None:
        if not 0 <= count <= self.capacity:
            message = f"{self.name} cannot hold {count} rows: capacity is {self.capacity}"
            raise ValueError(message)
        self._counts[self.name][0] = count

    def column(self, name: str) -> NDArray[Any]:
        """Return one column of the rows in use as a view, shape (count,)."""
        return field_of(self._rows, name)[: self.count]

    def reserve(self, capacity: int) -> None:
        """Make room for at least `capacity` rows; rows in use keep their place and value."""
        if capacity <= self.capacity:
            return
        larger = self.new_rows(capacity)
        larger[: self._rows.size] = self._rows
        self._rows = larger

    def only(self, chosen: NDArray[np.bool_]) -> Table:
        """Return a table of some of the rows in use, copied.

        Args:
            chosen: Whether a row is one of them, shape (count,).
        """
        found = Table(self.name, self.columns, 0, np.zeros(1, [(self.name, "i8")]))
        found._rows = self._rows[: self.count][chosen]
        found.count = found.capacity
        return found

    def new_rows(self, capacity: int) -> Rows:
        """Return so many rows of this table's columns, as they are before anybody has one."""
        dtype = row_dtype(self.columns)
        memory = _zeros(capacity * dtype.itemsize + CACHE_LINE)
        first = -memory.ctypes.data % CACHE_LINE
        kept = memory[first : first + capacity * dtype.itemsize]
        kept.reshape(capacity, dtype.itemsize)[:] = _new_row(self.columns)  # row by row: column by column takes four times as long
        return kept.view(dtype).view(np.recarray)


def _zeros(size: int) -> NDArray[np.uint8]:
    """Return zeroed memory; much of it is asked of the system by itself, so that a table that grows leaves no holes in what the process keeps."""
    if size < OF_THE_SYSTEM:
        return np.zeros(size, np.uint8)
    memory = mmap.mmap(-1, size, **_OWN)
    if size >= OF_LARGE_PAGES and hasattr(mmap, "MADV_HUGEPAGE"):
        with contextlib.suppress(OSError):  # a system without them
            memory.madvise(mmap.MADV_HUGEPAGE)
    return np.frombuffer(memory, np.uint8)


class SomeRows(Table):
    """Some of the rows in use of a table, whose columns can be read: each is copied when it is asked for, and never a whole row.

    Args:
        table: The table.
        chosen: Whether a row is one of them, shape (count,).
    """

    def __init__(self, table: Table, chosen: NDArray[np.bool_]) -> None:
        super().__init__(table.name, table.columns, 0, np.array([(int(chosen.sum()),)], [(table.name, "i8")]))
        self._table, self._chosen = table, chosen

    def column(self, name: str) -> NDArray[Any]:
        """Return one column of the rows, copied, shape (count,)."""
        found: NDArray[Any] = self._table.column(name)[self._chosen]
        return found


def field_of(rows: Any, name: str) -> NDArray[Any]:  # noqa: ANN401
    """Return a column of a record array as a view, without the record array's own way, which asks Python code five times."""
    return np.asarray(np.ndarray.__getitem__(rows, name))
