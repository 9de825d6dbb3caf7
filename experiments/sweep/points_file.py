"""``points=FILE``: the points of a sweep from a table, a header of keys and a row a point; every mistake is told with file and line."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.shared.errors import MistakeError
from experiments.sweep.cells import AS_IT_IS, Column
from experiments.sweep.points_table import Table, read_table
from experiments.sweep.values import fields_of_sweep, mark_of, refuse_of_whole
from sim.bilingual import message_of
from sim.configuration import GROUPS
from sim.readings import annotation_at, kind_of

__all__ = ["NAME", "FilePoints", "as_cells", "filled", "read_points"]

NAME = "name"
"""Column that names the points and is no key."""


@dataclass
class FilePoints:
    """Points that were read from a file.

    Attributes:
        keys: The keys, in order.
        rows: For each point its values in the order of the keys; `AS_IT_IS` where the cell is empty.
        names: What the points are called; empty where the file does not say.
        table: The file.
    """

    keys: list[str]
    rows: list[tuple[Any, ...]]
    names: list[str]
    table: Table


def read_points(named: str) -> FilePoints:
    """Read a file of points: ``.csv``, ``.parquet``, or the ``config.yaml`` of a sweep whose points came from a file.

    Raises:
        MistakeError: A mistake in the file, with its line.
    """
    table = read_table(Path(named).expanduser(), named)
    _check_heads(table)
    if not table.rows:
        raise table.mistake(None, "has no points: below the header each line is a point", "没有点：表头之下每行为一个点")
    keys = [head for head in table.heads if head != NAME]
    columns = dict(zip(table.heads, zip(*table.rows, strict=True), strict=True))
    names = [str(name).strip() if name is not None else "" for name in columns.get(NAME, ())]
    seen: dict[str, int] = {}
    for line, name in zip(table.lines, names, strict=False):
        if not name or name in seen:
            en, zh = "name {name} is that of {unit} {other}, too", "名称“{name}”与第 {other} 行相同"
            if not name:
                en, zh = "the point has no name", "该点没有名称"
            raise table.mistake(line, en, zh, name=name, unit=table.unit, other=seen.get(name))
        seen[name] = line
    found = [Column(table, key).values(columns[key]) for key in keys]
    return FilePoints(keys, list(zip(*found, strict=True)), names, table)


def filled(points: FilePoints, as_it_is: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Return the points with the values as they are in empty cells.

    Args:
        points: The points.
        as_it_is: The value of each key as it is.

    Raises:
        MistakeError: A row chooses other files, or another start, so that its values as they are would be others; or a point is there twice.
    """
    dates = [kind_of(annotation_at(fields_of_sweep(), key)) == "date" for key in points.keys]
    deciding = [place for place, key in enumerate(points.keys) if key in (*GROUPS, "start")]
    rows = []
    for line, row in zip(points.table.lines, points.rows, strict=True):
        empty = next((place for place, value in enumerate(row) if value is AS_IT_IS), None)
        other = next((place for place in deciding if row[place] not in (AS_IT_IS, as_it_is[place])), None)
        if empty is not None and other is not None and points.keys[other] == "start":  # with which dates move, and nothing else
            empty = next((place for place, value in enumerate(row) if value is AS_IT_IS and dates[place]), None)
        if empty is not None and other is not None:
            en = "{key} is empty, and with {chosen}={name} it may not be as it is elsewhere; write its value"
            zh = "{key} 为空，而 {chosen}={name} 时其值可能与别处不同；请写出取值"
            raise points.table.mistake(line, en, zh, key=points.keys[empty], chosen=points.keys[other], name=row[other])
        rows.append(tuple(here if value is AS_IT_IS else value for value, here in zip(row, as_it_is, strict=True)))
    _refuse_twice(points, rows)
    return rows


def _refuse_twice(points: FilePoints, rows: Sequence[tuple[Any, ...]]) -> None:
    """Refuse a point that is there twice, once empty cells are filled in.

    Raises:
        MistakeError: With both lines.
    """
    seen: dict[tuple[Any, ...], int] = {}
    for line, row in zip(points.table.lines, rows, strict=True):
        other = seen.setdefault(tuple(map(mark_of, row)), line)
        if other != line:
            en, zh = "the same point as in {unit} {other}; give each point once", "与第 {other} 行是同一个点；每个点只写一次"
            raise points.table.mistake(line, en, zh, unit=points.table.unit, other=other)


def as_cells(columns: dict[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return columns as ``config.yaml`` keeps them: one text a column, its cells as a line of CSV."""
    found = {}
    for key, cells in columns.items():
        line = io.StringIO()
        csv.writer(line, lineterminator="").writerow(cells)
        found[key] = [line.getvalue()]
    return found


def _check_heads(table: Table) -> None:
    """Refuse a header that does not name keys.

    Raises:
        MistakeError: With what is wrong.
    """
    if not table.heads:
        raise table.mistake(None, "is empty; its first line names the keys", "文件为空；首行应为键名")
    for place, head in enumerate(table.heads):
        if not head:
            raise table.mistake(1, "column {n} has no key; delete it, or name it", "第 {n} 列没有键名；请删除或补上", n=place + 1)
        if head in table.heads[:place]:
            raise table.mistake(1, "{key} is there twice", "{key} 出现了两次", key=head)
        try:
            refuse_of_whole(head)
        except MistakeError as error:
            raise table.mistake(1, "{why}", "{why}", why=message_of(error)) from None
    if table.heads == [NAME]:
        raise table.mistake(1, "names no key that varies", "没有任何变动的键")
