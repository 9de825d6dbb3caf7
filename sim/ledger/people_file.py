"""The file of ``population.people``: persons of the first morning who are known, a row a person, as CSV or Parquet.

What a row does not say is drawn (`sim/ledger/known_people.py`). No message repeats what stands in a cell: it may be somebody's name.
"""

from __future__ import annotations

import csv
import hashlib
import io
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from sim.bilingual import Sentence, listed, sentence
from sim.errors import why_of
from sim.states import Education, FieldOfStudy, Place

UNKNOWN = -1
"""Stands for what a row does not say."""
LEAST_PAY, MOST_PAY = 100, 1_000_000
"""Pay that a file may give, CNY a month."""
MOST_PERSONS = 20_000_000
MOST_WEIGHT = 10_000.0


class Status(IntEnum):
    """What somebody does on the first morning, as far as a file tells it."""

    STUDENT = 0
    """In the final year."""
    SEARCHING = 1
    EMPLOYED = 2
    FOUNDER = 3
    PREPARING = 4
    """For an exam."""
    INACTIVE = 5


WORDS: dict[str, dict[str, int]] = {
    "education": {tier.name.lower(): int(tier) for tier in Education},
    "field": {field.name.lower(): int(field) for field in FieldOfStudy},
    "sex": {"male": 0, "female": 1},
    "origin": {"local": 0, "elsewhere": 1},
    "place": {"here": int(Place.RESIDENT), "away": int(Place.ELSEWHERE)},
    "status": {status.name.lower(): int(status) for status in Status},
}
"""Column → its words, each with the number that the simulation knows it by."""
NAMES = ("campus", "district")
"""Columns that name something of the region."""
AMOUNTS = ("wage", "expected_wage")
DATES = ("graduated", "searching_since", "as_of")
COLUMNS = ("id", "as_of", "graduated", *(name for name in WORDS), *NAMES, *AMOUNTS, "searching_since", "weight")
"""Every column of a file; any of them may be missing."""
ENDINGS = (".csv", ".parquet")


@dataclass(frozen=True, eq=False)
class KnownPeople:
    """What a file says, each row as often as its weight asks for.

    Attributes:
        digest: SHA-256 of the file.
        rows: Row of the file, from 0, that each person stands for, shape (persons,).
        ids: Identifier of each row of the file; empty where it has none.
        as_of: Day on which the rows were true; None: whenever a run begins.
        words: Column of `WORDS` → its number, `UNKNOWN` where the file does not say, shape (persons,).
        names: Column of `NAMES` → name of each person's, empty where the file does not say.
        amounts: Column of `AMOUNTS` → CNY a month, `UNKNOWN` where the file does not say, shape (persons,).
        graduated: Year, month and day of graduation, 0 where the file does not say, shape (persons, 3).
        searched: Days of search until `as_of`, `UNKNOWN` where the file does not say, shape (persons,).
    """

    digest: str
    rows: NDArray[np.int64]
    ids: tuple[str, ...]
    as_of: date | None
    words: Mapping[str, NDArray[np.int64]]
    names: Mapping[str, tuple[str, ...]]
    amounts: Mapping[str, NDArray[np.int64]]
    graduated: NDArray[np.int64]
    searched: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.rows)


def known_people(named: str) -> KnownPeople:
    """Read a file of persons; once, as long as it stays as it is.

    Args:
        named: Its path.

    Raises:
        ValueError: A mistake in it, with its line.
    """
    path = Path(named).expanduser()
    try:
        about = path.stat()
    except (OSError, ValueError):
        _refuse(named, None, "there is no such file; yizhan import LEDGER makes one", "没有这个文件；可用 yizhan import 台账 生成")
    if path.suffix.lower() not in ENDINGS or not path.is_file():
        _refuse(named, None, "is no file that ends in {endings}; yizhan import LEDGER makes one of a ledger",
                "不是以 {endings} 结尾的文件；可用 yizhan import 台账 由台账生成", endings=listed(ENDINGS))  # fmt: skip
    return _read(named, str(path.absolute()), about.st_mtime_ns, about.st_size)


@cache
def _read(named: str, path: str, _changed: int, _size: int) -> KnownPeople:
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        _refuse(named, None, "cannot be read ({why})", "无法读取（{why}）", why=why_of(error))
    table = _of_parquet(named, content) if path.lower().endswith(".parquet") else _of_csv(named, content)
    return _Reading(named, table).known(hashlib.sha256(content).hexdigest())


def _refuse(named: str, row: int | None, en: str, zh: str, **parts: object) -> NoReturn:
    """Refuse a file, or a row of it (from 0).

    Raises:
        ValueError: Always.
    """
    if row is None:
        raise ValueError(sentence("{file}: " + en, "{file}：" + zh, file=named, **parts))
    raise ValueError(sentence("{file}, row {row}: " + en, "{file} 第 {row} 行：" + zh, file=named, row=row + 1, **parts))


def _of_parquet(named: str, content: bytes) -> dict[str, list[str]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(io.BytesIO(content))
    except (pa.ArrowException, OSError, ValueError):
        _refuse(named, None, "is no whole Parquet file", "不是完整的 Parquet 文件")
    return {name: ["" if value is None else str(value) for value in table.column(name).to_pylist()] for name in table.column_names}


def _of_csv(named: str, content: bytes) -> dict[str, list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        _refuse(named, None, "is not UTF-8; save it as UTF-8", "编码不是 UTF-8；请另存为 UTF-8")
    try:
        head, *rows = [row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if row] or [[]]
    except csv.Error:
        _refuse(named, None, "is no CSV with a heading and a row a person", "不是一行表头、每人一行的 CSV")
    if len(set(head)) < len(head):
        _refuse(named, None, "has two columns of the same name", "有两列同名")
    ragged = next((number for number, row in enumerate(rows) if len(row) != len(head)), None)
    if ragged is not None:
        _refuse(named, ragged, "has another number of cells than the heading ({cells})", "单元格数与表头（{cells}）不同", cells=len(head))
    return {name.strip(): [row[place] for row in rows] for place, name in enumerate(head)}


class _Reading:
    """One file while it is read.

    Args:
        named: Its path, as it was given.
        table: Column → its cells.
    """

    def __init__(self, named: str, table: Mapping[str, Sequence[str]]) -> None:
        self.named, self.table = named, table
        self.number = len(next(iter(table.values()), ()))
        unknown = [place for place, name in enumerate(table, 1) if name not in COLUMNS]
        if unknown or not set(table) & set(COLUMNS):
            _refuse(named, None, "column {place} has a name that is none of {columns}; a ledger as people keep it goes through yizhan import first",
                    "第 {place} 列的列名不在 {columns} 之列；日常使用的台账须先经 yizhan import 转换",
                    place=unknown[0] if unknown else 1, columns=listed(COLUMNS))  # fmt: skip
        if not self.number:
            _refuse(named, None, "has no row", "没有任何一行")

    def cells(self, column: str) -> Sequence[str]:
        """Return the cells of a column, empty where there is none."""
        return [cell.strip() for cell in self.table.get(column, [""] * self.number)]

    def known(self, digest: str) -> KnownPeople:
        """Return what the file says."""
        days = [self._day(row, cell) for row, cell in enumerate(self.cells("as_of"))]
        if len(set(days)) > 1:
            _refuse(self.named, None, "as_of has to be the same day in every row", "as_of 须在各行相同")
        rows = self._rows()
        since = [self._day(row, cell, "searching_since") for row, cell in enumerate(self.cells("searching_since"))]
        late = next((row for row, when in enumerate(since) if when is not None and days[0] is not None and when > days[0]), None)
        if late is not None:
            _refuse(self.named, late, "searching_since lies after as_of", "searching_since 晚于 as_of")
        searched = np.array([UNKNOWN if when is None or days[0] is None else (days[0] - when).days for when in since], np.int64)
        names = {column: self.cells(column) for column in NAMES}
        return KnownPeople(
            digest, rows, tuple(self.cells("id")), days[0],
            {column: self._words(column)[rows] for column in WORDS},
            {column: tuple(names[column][row] for row in rows) for column in NAMES},
            {column: self._amounts(column)[rows] for column in AMOUNTS},
            np.array([self._graduated(row, cell) for row, cell in enumerate(self.cells("graduated"))], np.int64).reshape(-1, 3)[rows],
            searched[rows],
        )  # fmt: skip

    def _words(self, column: str) -> NDArray[np.int64]:
        found, words = np.full(self.number, UNKNOWN, np.int64), WORDS[column]
        for row, cell in enumerate(self.cells(column)):
            if cell and cell not in words:
                _refuse(self.named, row, "{column} is none of {words}", "{column} 不是 {words} 之一", column=column, words=listed(words))
            found[row] = words.get(cell, UNKNOWN)
        return found

    def _number(self, row: int, cell: str, column: str, low: float, high: float) -> float:
        try:
            number = float(cell)
        except ValueError:
            number = math.nan
        if not low <= number <= high:
            _refuse(self.named, row, "{column} is no number from {low:,g} to {high:,g}", "{column} 不是 {low:,g} 至 {high:,g} 的数",
                    column=column, low=low, high=high)  # fmt: skip
        return number

    def _amounts(self, column: str) -> NDArray[np.int64]:
        cells = enumerate(self.cells(column))
        found = [round(self._number(row, cell, column, LEAST_PAY, MOST_PAY)) if cell else UNKNOWN for row, cell in cells]
        return np.array(found, np.int64)

    def _rows(self) -> NDArray[np.int64]:
        """Return the row of each person: a row comes so often that up to each the number of persons is the sum of weights, rounded."""
        weights = [self._number(row, cell, "weight", 0.0, MOST_WEIGHT) if cell else 1.0 for row, cell in enumerate(self.cells("weight"))]
        reached = np.floor(np.cumsum(weights) + 0.5 - 1e-9).astype(np.int64)
        if not 1 <= reached[-1] <= MOST_PERSONS:
            _refuse(self.named, None, "its weights make {n:,} persons; allowed are 1 to {most:,}", "权重合计为 {n:,} 人，应为 1 至 {most:,} 人",
                    n=int(reached[-1]), most=MOST_PERSONS)  # fmt: skip
        return np.repeat(np.arange(self.number, dtype=np.int64), np.diff(reached, prepend=0))

    def _day(self, row: int, cell: str, column: str = "as_of") -> date | None:
        year, month, day = self._graduated(row, cell, column)
        return date(year, month or 1, day or 1) if year else None

    def _graduated(self, row: int, cell: str, column: str = "graduated") -> tuple[int, int, int]:
        """Read 2024, 2024-06 or 2024-06-30."""
        if not cell:
            return 0, 0, 0
        parts = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", cell)
        year, month, day = (int(part or 0) for part in parts.groups()) if parts else (0, 0, 0)
        try:
            date(year, month or 1, day or 1)
        except ValueError:
            _refuse(self.named, row, "{column} is no date such as 2024-06-30, 2024-06 or 2024",
                    "{column} 不是 2024-06-30、2024-06 或 2024 这样的日期", column=column)  # fmt: skip
        return year, month, day


def check_people(population: Any) -> KnownPeople | None:  # noqa: ANN401
    """Return the persons that a population names, checked against its digest and its size; None where it names none.

    Raises:
        ValueError: The file has a mistake, is another by now, or holds more persons than there are graduates.
    """
    if not population.people:
        return None
    known = known_people(population.people)
    if population.people_sha256 not in ("", known.digest):
        raise ValueError(sentence(
            "{file} is not the file that was used (SHA-256 {now}…, not {then}…); leave people_sha256 out to take it as it is now",
            "{file} 已不是当时所用的文件（SHA-256 为 {now}…，而非 {then}…）；若要采用现在的内容，请去掉 people_sha256",
            file=population.people, now=known.digest[:12], then=population.people_sha256[:12],
        ))  # fmt: skip
    if population.graduates < len(known):
        raise ValueError(sentence(
            "graduates is {graduates:,}, fewer than the {known:,} persons of {file}; leave it out, or give more: the others are drawn",
            "graduates 为 {graduates:,}，少于 {file} 中的 {known:,} 人；请去掉该键，或改大：其余的人由抽取产生",
            graduates=population.graduates, known=len(known), file=population.people,
        ))  # fmt: skip
    return known


def known_in_words(population: Any, region: Any) -> Iterator[Sentence]:  # noqa: ANN401
    """Say who of a population is known, and which of their places the region does not have."""
    known = check_people(population)
    if known is None:
        return
    others = population.graduates - len(known)
    more = sentence(", and {n:,} others who are drawn", "，另有 {n:,} 人由抽取产生", n=others) if others else ""
    yield sentence("population.people: the {n:,} persons of {file}{more}.", "population.people：{file} 中的 {n:,} 人{more}。",
                   n=len(known), file=population.people, more=more)  # fmt: skip
    for column, entries in (("campus", region.campuses), ("district", region.districts)):
        names = {name for entry in entries for name in (entry.name, entry.name_zh)}
        if strange := sum(name not in names for name in known.names[column] if name):
            yield sentence("Of {n:,} of them the {column} is not in this region: it is drawn.", "其中 {n:,} 人的 {column} 不在本地区，由抽取产生。",
                           n=strange, column=column)  # fmt: skip
