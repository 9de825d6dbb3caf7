"""Tables: what the agents are made of.

A table is one NumPy record array: a row is an identity and is never reused or moved (leaving is a flag); a column is declared once with its
dtype, unit and meaning, and is changed in place. Rules receive the rows; analyses and Mesa views read the columns, which are views of the
same memory. Why records and not one array a column: see ``docs/architecture.md``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.compiled import Rows


@dataclass(frozen=True)
class Column:
    """One declared column.

    Attributes:
        name: Name, as rules write it.
        dtype: ``"i1"`` for flags and enums, ``"i4"`` for days, rows and counts, ``"i8"`` for money and sums, ``"u4"`` for bit sets, ``"f8"`` for
            reals.
        unit: Unit of measurement, ``"-"`` where there is none.
        meaning: One line.
        initial: Value of a new row.
    """

    name: str
    dtype: str
    unit: str
    meaning: str
    initial: float = 0


CACHE_LINE = 64
"""Bytes that a processor fetches at a time."""


def row_dtype(columns: Sequence[Column]) -> np.dtype[Any]:
    """Return the dtype of a row: the columns in their order; a row longer than a cache line fills whole ones."""
    fields: Any = {"names": [column.name for column in columns], "formats": [column.dtype for column in columns]}
    dtype: np.dtype[Any] = np.dtype(fields, align=True)
    if dtype.itemsize > CACHE_LINE:
        dtype = np.dtype(fields | {"itemsize": math.ceil(dtype.itemsize / CACHE_LINE) * CACHE_LINE}, align=True)
    return dtype


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
        self._rows = self._new_rows(capacity)

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
        return int(self._counts[self.name][0])

    @count.setter
    def count(self, count: int) -> None:
        if not 0 <= count <= self.capacity:
            message = f"{self.name} cannot hold {count} rows: capacity is {self.capacity}"
            raise ValueError(message)
        self._counts[self.name][0] = count

    def column(self, name: str) -> NDArray[Any]:
        """Return one column of the rows in use as a view, shape (count,)."""
        view: NDArray[Any] = np.asarray(self._rows[name])[: self.count]
        return view

    def reserve(self, capacity: int) -> None:
        """Make room for at least `capacity` rows; rows in use keep their place and value."""
        if capacity <= self.capacity:
            return
        larger = self._new_rows(capacity)
        larger[: self._rows.size] = self._rows
        self._rows = larger

    def _new_rows(self, capacity: int) -> Rows:
        dtype = row_dtype(self.columns)
        memory = np.zeros(capacity * dtype.itemsize + CACHE_LINE, np.uint8)
        first = -memory.ctypes.data % CACHE_LINE
        rows = memory[first : first + capacity * dtype.itemsize].view(dtype).view(np.recarray)
        for column in self.columns:
            if column.initial:
                rows[column.name] = column.initial
        return rows
