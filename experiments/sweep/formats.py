"""The table of a sweep for other programs: CSV, Excel and Stata, each the same bytes for the same table."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.shared.errors import MistakeError
from experiments.shared.extras import how_to_install
from experiments.shared.whole_files import write_all
from experiments.sweep.table import about_of
from experiments.sweep.words import WORDS
from sim.bilingual import sentence

if TYPE_CHECKING:
    import pyarrow as pa

FORMATS = ("csv", "xlsx", "dta")
"""Endings of the files that can be asked for besides Parquet."""
NEEDS = {"xlsx": ("xlsxwriter", "xlsxwriter", "yizhan[excel]")}
"""Format → module, package, and the extra that brings it."""
NAME = "sweep"
MOST_ROWS = 1_048_575
"""Rows of a sheet below its head."""
WIDEST = 60
"""Widest column of a sheet, in characters."""
STATA_NAME, STATA_LABEL = 32, 80
"""Longest name and label of a variable."""
MADE = dt.datetime(2000, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
"""The moment that files say they were made at, so that the same table gives the same bytes."""
RESERVED = frozenset({
    "byte", "int", "long", "float", "double", "strL", "if", "in", "using", "with", "_all", "_b", "_coef", "_cons", "_n", "_N", "_pi", "_pred", "_rc",
    "_se", "_skip",
})  # fmt: skip
"""Words that Stata keeps for itself, besides str1, str2 …"""


def check_formats(formats: Sequence[str]) -> None:
    """Refuse formats that cannot be written, before anything runs.

    Raises:
        MistakeError: There is no such format, or its library is not installed.
    """
    for name in formats:
        if name not in FORMATS:
            message = sentence(
                "format={name}: a sweep can be written as {known}, besides Parquet", "format={name}：除 Parquet 外，可写成 {known}",
                name=name, known=", ".join(FORMATS),
            )  # fmt: skip
            raise MistakeError(message)
        module, package, extra = NEEDS.get(name, ("", "", ""))
        if module and find_spec(module) is None:
            message = sentence(
                "format={name} needs the package {package}, which is not installed: {install}", "format={name} 需要安装 {package}：{install}",
                name=name, package=package, install=how_to_install(extra),
            )  # fmt: skip
            raise MistakeError(message)


def write_formats(table: pa.Table, folder: Path, formats: Sequence[str]) -> None:
    """Write the table of a sweep as ``sweep.csv``, ``sweep.xlsx`` and ``sweep.dta``, those that are asked for.

    Those that are there from before are written again, so that they say the same as the table. What is not defined, and a level that is none (no
    limit), is an empty cell, a missing value in Stata.

    Args:
        table: The table, which says what it holds.
        folder: Where to write.
        formats: Some of `FORMATS`.

    Raises:
        MistakeError: A format that cannot be written; nothing is written then.
    """
    check_formats(formats)
    made = {"csv": _as_csv, "xlsx": _as_xlsx, "dta": _as_dta}
    wanted = dict.fromkeys((*formats, *(name for name in FORMATS if (folder / f"{NAME}.{name}").exists())))
    write_all({folder / f"{NAME}.{name}": made[name](_without_nan(table)) for name in wanted})


def _without_nan(table: pa.Table) -> pa.Table:
    """Return a table in which what is not defined is null."""
    import pyarrow as pa
    import pyarrow.compute as pc

    for place, field in enumerate(table.schema):
        if pa.types.is_floating(field.type):
            column = table.column(place)
            table = table.set_column(place, field, pc.if_else(pc.is_nan(column), None, column))
    return table


def _as_csv(table: pa.Table) -> bytes:
    """Return UTF-8, with the mark at its beginning by which Excel knows it where anything is not ASCII; numbers read back as they are."""
    from pyarrow import csv

    buffer = io.BytesIO()
    csv.write_csv(table, buffer, csv.WriteOptions(quoting_style="needed", quoting_header="none"))
    content = buffer.getvalue()
    return content if content.isascii() else b"\xef\xbb\xbf" + content


def _as_xlsx(table: pa.Table) -> bytes:
    """Return two sheets: the table, and what its columns are."""
    import xlsxwriter

    if table.num_rows > MOST_ROWS:
        message = sentence(
            "format=xlsx: a sheet has room for {most} rows, the sweep has {rows}; use csv, dta or sweep.parquet",
            "format=xlsx：一张工作表最多 {most} 行，本次扫描有 {rows} 行；请用 csv、dta 或 sweep.parquet", most=MOST_ROWS, rows=table.num_rows,
        )  # fmt: skip
        raise MistakeError(message)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.set_properties({"created": MADE, "title": about_of(table.schema).titles.get("en", "")})
        bold = book.add_format({"bold": True})
        _fill(book.add_worksheet(NAME), bold, table.column_names, [column.to_pylist() for column in table.columns])
        heads = [f"{WORDS[f'column_{key}']} / {WORDS[f'column_{key}'].zh}" for key in ("name", "role", "title_en", "title_zh", "unit_en", "unit_zh")]
        described = list(zip(*(_described(field) for field in table.schema), strict=True))
        _fill(book.add_worksheet("columns"), bold, heads, described)
    return buffer.getvalue()


def _fill(sheet: Any, bold: Any, heads: Sequence[str], columns: Sequence[Sequence[Any]]) -> None:  # noqa: ANN401
    """Fill a sheet, texts as texts whatever they begin with, its columns as wide as their widest cell."""
    sheet.freeze_panes(1, 0)
    for place, (head, column) in enumerate(zip(heads, columns, strict=True)):
        sheet.write_string(0, place, head, bold)
        widest = _cells(head)
        for row, value in enumerate(column, start=1):
            if value is None:
                continue
            if isinstance(value, bool):
                sheet.write_boolean(row, place, value)
            elif isinstance(value, int | float):
                sheet.write_number(row, place, value)
            else:
                sheet.write_string(row, place, str(value))
            widest = max(widest, _cells(str(value)))
        sheet.set_column(place, place, min(widest + 2, WIDEST))


def _cells(text: str) -> int:
    """Return about how wide a text is in a sheet, in digits."""
    from experiments.shared.folding import width_of

    return width_of(text)


def _described(field: pa.Field) -> tuple[str, ...]:
    """Return name, role, titles and units of a column."""
    known = {key.decode(): value.decode() for key, value in (field.metadata or {}).items()}
    unit = known.get("unit", "-")
    return field.name, known.get("role", ""), known.get("title_en", field.name), known.get("title_zh", field.name), unit, known.get("unit_zh", unit)


def _as_dta(table: pa.Table) -> bytes:
    """Return a file of Stata 14 or newer, whose texts may be Chinese."""
    import pandas as pd

    names = stata_names(table.column_names)
    labels = {name: _label(*_described(field)[2:4]) for name, field in zip(names, table.schema, strict=True)}
    frame = pd.DataFrame({name: _stata_values(column) for name, column in zip(names, table.columns, strict=True)})
    title = about_of(table.schema).titles.get("en", "")[:STATA_LABEL]
    buffer = io.BytesIO()
    frame.to_stata(buffer, write_index=False, version=118, time_stamp=MADE, data_label=title or None, variable_labels=labels)
    return buffer.getvalue()


def _stata_values(column: pa.ChunkedArray) -> Any:  # noqa: ANN401
    """Return a column in a type that Stata has: whole numbers with gaps and truth values become numbers, other things texts."""
    import numpy as np
    import pyarrow as pa

    values = column.to_pylist()
    if pa.types.is_integer(column.type) and not column.null_count:
        return np.array(values, np.int64)
    if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
        return np.array([np.nan if value is None else value for value in values], np.float64)
    if pa.types.is_boolean(column.type):
        return np.array([np.nan if value is None else value for value in values], np.float64) if column.null_count else np.array(values, np.int8)
    return ["" if value is None else str(value) for value in values]


def stata_names(names: Sequence[str]) -> list[str]:
    """Return names that Stata takes: at most 32 letters, digits and underscores, each once; of long ones the end, which tells more."""
    found: list[str] = []
    for name in names:
        short = re.sub(r"[^0-9A-Za-z_]", "_", name)
        short = short if len(short) <= STATA_NAME else short[-STATA_NAME:].lstrip("_0123456789")
        if not short or short[0].isdigit() or short in RESERVED or re.fullmatch(r"str\d+", short):
            short = f"_{short}"[:STATA_NAME]
        number, unique = 2, short
        while unique in found:
            unique = f"{short[: STATA_NAME - len(f'_{number}')]}_{number}"
            number += 1
        found.append(unique)
    return found


def _label(english: str, chinese: str) -> str:
    """Return what a variable is called in both languages; in English where there is no room for both."""
    both = english if english == chinese else f"{english} / {chinese}"
    return both if len(both) <= STATA_LABEL else english[:STATA_LABEL]
