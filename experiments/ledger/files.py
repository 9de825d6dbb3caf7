"""What the import of a ledger writes: persons, the report of each row, counts. No cell of a table can be taken for a formula."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.ledger.found import Entry, Found
from experiments.ledger.hiding import ALL, FEW, LEAST_CELL, Cell, hidden_of
from experiments.ledger.words import BESIDE_IT, HEADS, NAMES, OUTCOMES, REASONS, VALUES
from sim.bilingual import Sentence, in_language
from sim.ledger.people_file import COLUMNS
from sim.region import Region

if TYPE_CHECKING:
    import pyarrow as pa

COUNTED = ("education", "field", "sex", "origin", "place", "district", "campus")
"""What persons are counted by, each beside their status."""
FORMULA = re.compile(r"^[=+\-@\t\r\n|%]")
"""Begins what a workbook takes for a formula, or hands on to another program."""


Names = Mapping[str, Mapping[str, Sentence]]
"""`district` or `campus` → name → what it is called in both languages."""


def safe(text: str) -> str:
    """Return a text that no workbook takes for a formula: numbers stay, anything else that begins like one gets an apostrophe."""
    return f"'{text}" if FORMULA.match(text) and not re.fullmatch(r"[-+]?\d+(\.\d+)?", text) else text


def write_csv(path: Path, rows: Iterable[Sequence[object]]) -> None:
    """Write a CSV that workbooks open with the right signs."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([safe(str(cell)) for cell in row] for row in rows)
    path.write_bytes(text.getvalue().encode("utf-8-sig"))


def table_of(rows: Sequence[dict[str, str]], known: Sequence[str] = COLUMNS) -> pa.Table:
    """Return persons, or posts, as a table of texts: the columns that say something of any of them."""
    import pyarrow as pa

    columns = [column for column in known if any(row.get(column) for row in rows)]
    return pa.table({column: [row.get(column, "") for row in rows] for column in columns})


def write_rows(path: Path, table: pa.Table) -> None:
    """Write a table of texts, in the format that the name of the file says."""
    if path.suffix == ".csv":
        write_csv(path, [table.column_names, *zip(*table.to_pydict().values(), strict=True)])
    else:
        import pyarrow.parquet as pq

        pq.write_table(table, path, compression="zstd")


def names_of(region: Region) -> Names:
    """Return what the districts and campuses of a region are called in both languages."""
    return {what: {one.name: Sentence(one.name, one.name_zh or one.name) for one in members}
            for what, members in (("district", region.districts), ("campus", region.campuses))}  # fmt: skip


def _in_words(what: str, value: str, places: Names, language: str) -> str:
    """Return a value in the reader's words."""
    return in_language(places.get(what, {}).get(value) or VALUES.get(value, value), language)


def write_report(path: Path, entries: Iterable[Entry], language: str, places: Names) -> None:
    """Write what became of each row."""
    def told(text: Sentence) -> str:
        return in_language(text, language)

    between = told(Sentence("; ", "；"))
    rows: list[list[object]] = [[told(HEADS[head]) for head in ("sheet", "row", "outcome", "id", "read", "guessed", "missed", "why")]]
    for entry in entries:
        read = between.join(f"{told(NAMES[name])}={_in_words(name, value, places, language)}" for name, value in entry.read.items())
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


def hidden_counts(found: Found) -> dict[tuple[str, str, str], str]:
    """Return which counts are hidden: (what, value, status) → why, as `hidden_of` says."""
    counts = counts_of(found)
    sums: dict[Cell, int] = {(ALL, value): persons for what, value, _, persons in counts if what == "status"}
    sums[ALL, ALL] = len(found.persons)
    of_sums = hidden_of(sums)
    hidden = {("status", status, ALL): why for (_, status), why in of_sums.items()}
    for name in COUNTED:
        cells = {(value, status): persons for what, value, status, persons in counts if what == name}
        of_cells = hidden_of(sums | cells, of_sums)
        hidden |= {(name, *cell): why for cell, why in of_cells.items() if cell[0] != ALL}
    return hidden


def write_counts(path: Path, found: Found, language: str, places: Names) -> None:
    """Write the counts; cells with few persons, and those from which they could be had, are marked and have no number."""
    heads = (HEADS["what"], HEADS["value"], NAMES["status"], HEADS["persons"], HEADS["mark"])
    rows: list[list[object]] = [[in_language(head, language) for head in heads]]
    hidden = hidden_counts(found)
    for name, value, status, persons in counts_of(found):
        why = hidden.get((name, value, status))
        mark = "" if why is None else f"<{LEAST_CELL}" if why == FEW else in_language(BESIDE_IT, language)
        words = [_in_words(name, value, places, language), in_language(VALUES.get(status, status), language)]
        rows.append([in_language(NAMES[name], language), *words, persons if why is None else "", mark])
    write_csv(path, rows)
