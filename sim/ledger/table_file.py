"""A file with a heading and a row each, as CSV or Parquet: its cells as texts, and how a mistake in it is told.

No message repeats what stands in a cell: it may be somebody's name.
"""

from __future__ import annotations

import csv
import hashlib
import io
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, NoReturn

import numpy as np
from numpy.typing import NDArray

from sim.bilingual import Sentence, listed, sentence
from sim.errors import why_of

UNKNOWN = -1
"""Stands for what a row does not say."""
LEAST_PAY, MOST_PAY = 100, 1_000_000
"""Pay that a file may give, CNY a month."""
MOST_WEIGHT = 10_000.0
ENDINGS = (".csv", ".parquet")


class Found(NamedTuple):
    """A file that is there.

    Attributes:
        path: Its path from the root.
        changed: When it was changed last, in nanoseconds.
        size: Its bytes.
    """

    path: str
    changed: int
    size: int


def refuse(named: str, row: int | None, en: str, zh: str, **parts: object) -> NoReturn:
    """Refuse a file, or a row of it (from 0).

    Raises:
        ValueError: Always.
    """
    if row is None:
        raise ValueError(sentence("{file}: " + en, "{file}：" + zh, file=named, **parts))
    raise ValueError(sentence("{file}, row {row}: " + en, "{file} 第 {row} 行：" + zh, file=named, row=row + 1, **parts))


def refuse_another(named: str, key: str, then: str, now: str) -> None:
    """Refuse a file that is not the one that was used.

    Args:
        named: Its path.
        key: Key that holds the digest.
        then: That digest; empty: whatever there is now.
        now: Digest of the file.

    Raises:
        ValueError: It is another.
    """
    if then not in ("", now):
        refuse(named, None, "is not the file that was used (SHA-256 {now}…, not {then}…); leave {key} out to take it as it is now",
               "已不是当时所用的文件（SHA-256 为 {now}…，而非 {then}…）；若要采用现在的内容，请去掉 {key}",
               now=now[:12], then=then[:12], key=key)  # fmt: skip


def found_at(named: str, maker: Sentence) -> Found:
    """Return the file of a name.

    Args:
        named: Its path.
        maker: What makes such a file.

    Raises:
        ValueError: There is none, or it is of another kind.
    """
    path = Path(named).expanduser()
    try:
        about = path.stat()
    except (OSError, ValueError):
        refuse(named, None, "there is no such file; {maker} makes one", "没有这个文件；可用 {maker} 生成", maker=maker)
    if path.suffix.lower() not in ENDINGS or not path.is_file():
        refuse(named, None, "is no file that ends in {endings}; {maker} makes one of a list as people keep it",
               "不是以 {endings} 结尾的文件；可用 {maker} 由日常使用的表格生成", endings=listed(ENDINGS), maker=maker)  # fmt: skip
    return Found(str(path.absolute()), about.st_mtime_ns, about.st_size)


class TableFile:
    """A file while it is read.

    Attributes:
        named: Its path, as it was given.
        digest: SHA-256 of its bytes.
        number: Rows.
    """

    def __init__(self, named: str, path: str, columns: Sequence[str]) -> None:
        """Read a file.

        Args:
            named: Its path, as it was given.
            path: Its path from the root.
            columns: Names of all columns that there may be.

        Raises:
            ValueError: It cannot be read, has another column, or no row.
        """
        try:
            content = Path(path).read_bytes()
        except OSError as error:
            refuse(named, None, "cannot be read ({why})", "无法读取（{why}）", why=why_of(error))
        self._table = _of_parquet(named, content) if path.lower().endswith(".parquet") else _of_csv(named, content)
        self.named, self.digest = named, hashlib.sha256(content).hexdigest()
        self.number = len(next(iter(self._table.values()), ()))
        unknown = [place for place, name in enumerate(self._table, 1) if name not in columns]
        if unknown or not set(self._table) & set(columns):
            refuse(named, None, "column {place} has a name that is none of {columns}; a ledger as people keep it goes through yizhan import first",
                   "第 {place} 列的列名不在 {columns} 之列；日常使用的台账须先经 yizhan import 转换",
                   place=unknown[0] if unknown else 1, columns=listed(columns))  # fmt: skip
        if not self.number:
            refuse(named, None, "has no row", "没有任何一行")

    def cells(self, column: str) -> Sequence[str]:
        """Return the cells of a column, empty where there is none."""
        return [cell.strip() for cell in self._table.get(column, [""] * self.number)]

    def words(self, column: str, words: Mapping[str, int]) -> NDArray[np.int64]:
        """Return the numbers of a column of words, `UNKNOWN` where it does not say.

        Raises:
            ValueError: A word that is none of these.
        """
        found = np.full(self.number, UNKNOWN, np.int64)
        for row, cell in enumerate(self.cells(column)):
            if cell and cell not in words:
                refuse(self.named, row, "{column} is none of {words}", "{column} 不是 {words} 之一", column=column, words=listed(words))
            found[row] = words.get(cell, UNKNOWN)
        return found

    def amounts(self, column: str, low: float = LEAST_PAY, high: float = MOST_PAY, usual: int = UNKNOWN) -> NDArray[np.int64]:
        """Return a column of whole numbers.

        Args:
            column: Its name.
            low: Lowest that is allowed.
            high: Highest.
            usual: What is meant where it does not say.

        Raises:
            ValueError: A number that is not allowed.
        """
        cells = enumerate(self.cells(column))
        return np.array([round(self._number_of(row, cell, column, low, high)) if cell else usual for row, cell in cells], np.int64)

    def weights(self, most: int, times: NDArray[np.int64] | int = 1) -> NDArray[np.int64]:
        """Return the row of each of those that the rows stand for: a row comes so often that up to each their number is the sum of weights, rounded.

        Args:
            most: Most that there may be.
            times: How many each row is without a weight.

        Raises:
            ValueError: A weight that is not allowed, or too many or none in all.
        """
        cells = enumerate(self.cells("weight"))
        weights = np.array([self._number_of(row, cell, "weight", 0.0, MOST_WEIGHT) if cell else 1.0 for row, cell in cells])
        reached = np.floor(np.cumsum(weights * times) + 0.5 - 1e-9).astype(np.int64)
        if not 1 <= reached[-1] <= most:
            refuse(self.named, None, "its weights make {n:,} in all; allowed are 1 to {most:,}", "权重合计为 {n:,}，应为 1 至 {most:,}",
                   n=int(reached[-1]), most=most)  # fmt: skip
        return np.repeat(np.arange(self.number, dtype=np.int64), np.diff(reached, prepend=0))

    def _number_of(self, row: int, cell: str, column: str, low: float, high: float) -> float:
        try:
            number = float(cell)
        except ValueError:
            number = math.nan
        if not low <= number <= high:
            refuse(self.named, row, "{column} is no number from {low:,.10g} to {high:,.10g}", "{column} 不是 {low:,.10g} 至 {high:,.10g} 的数",
                   column=column, low=low, high=high)  # fmt: skip
        return number


def _of_parquet(named: str, content: bytes) -> dict[str, list[str]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(io.BytesIO(content))
    except (pa.ArrowException, OSError, ValueError):
        refuse(named, None, "is no whole Parquet file", "不是完整的 Parquet 文件")
    return {name: ["" if value is None else str(value) for value in table.column(name).to_pylist()] for name in table.column_names}


def _of_csv(named: str, content: bytes) -> dict[str, list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        refuse(named, None, "is not UTF-8; save it as UTF-8", "编码不是 UTF-8；请另存为 UTF-8")
    try:
        head, *rows = [row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if row] or [[]]
    except csv.Error:
        refuse(named, None, "is no CSV with a heading and a row each", "不是一行表头、每项一行的 CSV")
    if len(set(head)) < len(head):
        refuse(named, None, "has two columns of the same name", "有两列同名")
    ragged = next((number for number, row in enumerate(rows) if len(row) != len(head)), None)
    if ragged is not None:
        refuse(named, ragged, "has another number of cells than the heading ({cells})", "单元格数与表头（{cells}）不同", cells=len(head))
    return {name.strip(): [row[place] for row in rows] for place, name in enumerate(head)}
