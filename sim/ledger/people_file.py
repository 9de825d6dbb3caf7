"""The file of ``population.people``: persons of the first morning who are known, a row a person, as CSV or Parquet.

What a row does not say is drawn (`sim/ledger/known_people.py`). No message repeats what stands in a cell: it may be somebody's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.bilingual import Sentence, sentence
from sim.ledger.table_file import UNKNOWN, TableFile, found_at, refuse, refuse_another
from sim.states import Education, FieldOfStudy, Place

MOST_PERSONS = 20_000_000
MAKER = Sentence("yizhan import LEDGER", "yizhan import 台账")


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
    found = found_at(named, MAKER)
    return _read(named, found.path, found.changed, found.size)


@cache
def _read(named: str, path: str, _changed: int, _size: int) -> KnownPeople:
    return _known(TableFile(named, path, COLUMNS))


def _known(file: TableFile) -> KnownPeople:
    """Return what a file says.

    Raises:
        ValueError: A mistake in it, with its row.
    """
    days = [_day(file, row, cell, "as_of") for row, cell in enumerate(file.cells("as_of"))]
    if len(set(days)) > 1:
        refuse(file.named, None, "as_of has to be the same day in every row", "as_of 须在各行相同")
    rows = file.weights(MOST_PERSONS)
    since = [_day(file, row, cell, "searching_since") for row, cell in enumerate(file.cells("searching_since"))]
    late = next((row for row, when in enumerate(since) if when is not None and days[0] is not None and when > days[0]), None)
    if late is not None:
        refuse(file.named, late, "searching_since lies after as_of", "searching_since 晚于 as_of")
    searched = np.array([UNKNOWN if when is None or days[0] is None else (days[0] - when).days for when in since], np.int64)
    names = {column: file.cells(column) for column in NAMES}
    return KnownPeople(
        file.digest, rows, tuple(file.cells("id")), days[0],
        {column: file.words(column, known)[rows] for column, known in WORDS.items()},
        {column: tuple(names[column][row] for row in rows) for column in NAMES},
        {column: file.amounts(column)[rows] for column in AMOUNTS},
        np.array([_parts(file, row, cell, "graduated") for row, cell in enumerate(file.cells("graduated"))], np.int64).reshape(-1, 3)[rows],
        searched[rows],
    )  # fmt: skip


def _day(file: TableFile, row: int, cell: str, column: str) -> date | None:
    year, month, day = _parts(file, row, cell, column)
    return date(year, month or 1, day or 1) if year else None


def _parts(file: TableFile, row: int, cell: str, column: str) -> tuple[int, int, int]:
    """Read 2024, 2024-06 or 2024-06-30: year, month and day, 0 where that is not said."""
    if not cell:
        return 0, 0, 0
    parts = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", cell)
    year, month, day = (int(part or 0) for part in parts.groups()) if parts else (0, 0, 0)
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        refuse(file.named, row, "{column} is no date such as 2024-06-30, 2024-06 or 2024",
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
    refuse_another(population.people, "people_sha256", population.people_sha256, known.digest)
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
