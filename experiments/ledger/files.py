"""What the import of a ledger writes: persons, the report of each row, counts. No cell of a table can be taken for a formula."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.ledger.found import Entry, Found
from experiments.ledger.words import HEADS, NAMES, OUTCOMES, REASONS, VALUES
from sim.bilingual import Sentence, in_language
from sim.ledger.people_file import COLUMNS

if TYPE_CHECKING:
    import pyarrow as pa

LEAST_CELL = 5
"""Persons below which a cell of counts is marked, and its number not told."""
COUNTED = ("education", "field", "sex", "origin", "place", "district", "campus")
"""What persons are counted by, each beside their status."""
FORMULA = re.compile(r"^[=+\-@\t\r\n|%]")
"""Begins what a workbook takes for a formula, or hands on to another program."""


def safe(text: str) -> str:
    """Return a text that no workbook takes for a formula: numbers stay, anything else that begins like one gets an apostrophe."""
    return f"'{text}" if FORMULA.match(text) and not re.fullmatch(r"[-+]?\d+(\.\d+)?", text) else text


def write_csv(path: Path, rows: Iterable[Sequence[object]]) -> None:
    """Write a CSV that workbooks open with the right signs."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([safe(str(cell)) for cell in row] for row in rows)
    path.write_bytes(text.getvalue().encode("utf-8-sig"))


def table_of(persons: Sequence[dict[str, str]]) -> pa.Table:
    """Return persons as a table of texts."""
    import pyarrow as pa

    return pa.table({column: [person.get(column, "") for person in persons] for column in columns_of(persons)})


def columns_of(persons: Sequence[dict[str, str]]) -> list[str]:
    """Return the columns that say something of anybody."""
    return [column for column in COLUMNS if any(person.get(column) for person in persons)]


def write_persons(folder: Path, persons: Sequence[dict[str, str]], form: str) -> Path:
    """Write the persons, and return the file."""
    path = folder / f"population.{form}"
    if form == "csv":
        columns = columns_of(persons)
        write_csv(path, [columns, *([person.get(column, "") for column in columns] for person in persons)])
    else:
        import pyarrow.parquet as pq

        pq.write_table(table_of(persons), path, compression="zstd")
    return path


def write_report(path: Path, entries: Iterable[Entry], language: str) -> None:
    """Write what became of each row."""
    def told(text: Sentence) -> str:
        return in_language(text, language)

    between = told(Sentence("; ", "；"))
    rows: list[list[object]] = [[told(HEADS[head]) for head in ("sheet", "row", "outcome", "id", "read", "guessed", "missed", "why")]]
    for entry in entries:
        read = between.join(f"{told(NAMES[name])}={told(VALUES[value]) if value in VALUES else value}" for name, value in entry.read.items())
        reasons = [between.join(f"{told(NAMES[name])}{told(Sentence(': ', '：'))}{told(REASONS[why])}" for name, why in pairs.items())
                   for pairs in (entry.guesses, entry.missed)]  # fmt: skip
        why = told(REASONS[entry.why]) if entry.why else ""
        if entry.other:
            why += told(Sentence(f" (row {entry.other})", f"（第 {entry.other} 行）"))
        rows.append([entry.sheet, entry.row, told(OUTCOMES[entry.outcome]), entry.identifier, read, *reasons, why])
    write_csv(path, rows)


def counts_of(found: Found) -> list[tuple[str, str, str, int]]:
    """Count the persons: (what, value, status, persons); an empty status is all of them."""
    counted: Counter[tuple[str, str, str]] = Counter()
    for person in found.persons:
        status = person.get("status", "")
        counted["status", status, "all"] += 1
        for name in COUNTED:
            counted[name, person.get(name, ""), "all"] += 1
            counted[name, person.get(name, ""), status] += 1
    order = {name: place for place, name in enumerate(("status", *COUNTED))}
    return [(*key, persons) for key, persons in sorted(counted.items(), key=lambda pair: (order[pair[0][0]], pair[0][1:]))]


def write_counts(path: Path, found: Found, language: str) -> None:
    """Write the counts; cells with few persons are marked and have no number."""
    heads = (HEADS["what"], HEADS["value"], NAMES["status"], HEADS["persons"], HEADS["mark"])
    rows: list[list[object]] = [[in_language(head, language) for head in heads]]
    for name, value, status, persons in counts_of(found):
        is_small = persons < LEAST_CELL
        words = [in_language(VALUES[word], language) if word in VALUES else word for word in (value, status)]
        rows.append([in_language(NAMES[name], language), *words, "" if is_small else persons, f"<{LEAST_CELL}" if is_small else ""])
    write_csv(path, rows)
