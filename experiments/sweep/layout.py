"""A table of points in whatever room there is: no number is ever broken, by no width."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table

from experiments.shared import tables
from experiments.shared.folding import fold, pieces_of, width_of

if TYPE_CHECKING:
    from rich.console import RenderableType

EDGE, BETWEEN = 1, 3
"""Columns of a terminal that the frame of a table takes: at its edge, and with the blanks of a column."""
WHOLE, NAME = 14, 20
"""Columns up to which a value stays on one line; fewest columns for the names of points."""


@dataclass(frozen=True)
class Sheet:
    """What a table of points holds.

    Attributes:
        title: Its title.
        axes: What each varied key is called.
        levels: For each point the values of the keys.
        names: For each point its whole name.
        heads: Heads of the columns of numbers.
        short: The same in a word.
        point: Head of the names.
        cells: What stands between a value and its interval → for each point the cells of the columns of numbers.
    """

    title: str
    axes: Sequence[str]
    levels: Sequence[Sequence[str]]
    names: Sequence[str]
    heads: Sequence[str]
    short: Sequence[str]
    point: str
    cells: Callable[[str], Sequence[Sequence[str]]]


def show_sheet(sheet: Sheet) -> None:
    """Print a table in the first way for which there is room.

    The ways are: a column a key, then means above their intervals, then the name of a point in one column, then a table a column of numbers, and
    at last the numbers below the name of each point.
    """
    width = tables.make_console().width
    every = list(range(len(sheet.heads)))
    ways = [(every, " ", _axis_columns), (every, "\n", _axis_columns), (every, "\n", _name_column)]
    for columns, between, names in ways:
        table = _table(sheet, columns, between, names, width)
        if table is not None:
            tables.show(table)
            return
    parts = [_table(sheet, [column], "\n", _name_column, width) for column in every]
    if any(part is None for part in parts):
        tables.show(_stack(sheet, width))
        return
    tables.show(*(part for part in parts if part is not None))


Column = tuple[str, list[str]]
"""Head and cells, folded."""


def _table(sheet: Sheet, columns: Sequence[int], between: str, names: Callable[[Sheet, int], list[Column] | None], width: int) -> Table | None:
    """Return a table with some of the columns of numbers; None where there is no room for it."""
    cells = sheet.cells(between)
    numbers: list[Column] = [(sheet.heads[column], [row[column] for row in cells]) for column in columns]
    left = names(sheet, width - EDGE - sum(_width(column) + BETWEEN for column in numbers))
    if left is None:
        return None
    table = _empty(sheet.title)
    table.show_lines = any("\n" in cell for _, of_column in left for cell in of_column)
    for place, (head, _) in enumerate([*left, *numbers]):
        table.add_column(escape(head), justify="left" if place < len(left) else "right", no_wrap=True, overflow="fold")
    for row in zip(*(of_column for _, of_column in [*left, *numbers]), strict=True):
        table.add_row(*map(escape, row))
    return table


def _empty(title: str) -> Table:
    return Table(title=escape(title), title_justify="left")


def _width(column: Column) -> int:
    return max(width_of(line) for text in (column[0], *column[1]) for line in text.splitlines() or [""])


def _axis_columns(sheet: Sheet, room: int) -> list[Column] | None:
    """Return a column a key, folded between words so that all of them fit; None where they do not."""
    columns = list(zip(*sheet.levels, strict=True))
    least = [max(map(_least, (head, *levels))) for head, levels in zip(sheet.axes, columns, strict=True)]
    spare = room - sum(least) - BETWEEN * len(least)
    if spare < 0:
        return None
    found: list[Column] = []
    for place, (head, levels) in enumerate(zip(sheet.axes, columns, strict=True)):
        wanted = max(map(width_of, (head, *levels))) - least[place]
        more = min(wanted, spare // (len(least) - place))
        spare -= more
        found.append((_folded(head, least[place] + more), [_folded(level, least[place] + more) for level in levels]))
    return found


def _name_column(sheet: Sheet, room: int) -> list[Column] | None:
    """Return one column with the names of the points; None where their words do not fit."""
    least = max(map(_longest_piece, sheet.names))
    if room - BETWEEN < max(NAME, least):
        return None
    return [(sheet.point, [_folded(name, room - BETWEEN) for name in sheet.names])]


def _stack(sheet: Sheet, width: int) -> RenderableType:
    """Return the points one below the other, with their numbers below their names."""
    room = width - EDGE - BETWEEN
    table = _empty(sheet.title)
    table.add_column(_folded(" ".join(" ".join(head.split()) + ";" for head in sheet.heads).rstrip(";"), room), no_wrap=True, overflow="fold")
    for name, on_one, on_two in zip(sheet.names, sheet.cells(" "), sheet.cells("\n"), strict=True):
        numbers = [one if width_of(f"{head}: {one}") <= room else two for head, one, two in zip(sheet.short, on_one, on_two, strict=True)]
        lines = [f"{head}: {cell}" for head, cell in zip(sheet.short, numbers, strict=True)]
        folded = [_folded(line, room) for cell in (name, *lines) for line in cell.splitlines()]
        table.add_row(escape("\n".join(folded)), end_section=True)
    return table


def _least(text: str) -> int:
    """Return the fewest columns in which a text can stand."""
    return width_of(text) if width_of(text) <= WHOLE and any(letter.isdigit() for letter in text) else _longest_piece(text)


def _longest_piece(text: str) -> int:
    return max((width_of(piece.strip()) for piece in pieces_of(text)), default=0)


def _folded(text: str, width: int) -> str:
    return "\n".join(fold(text, max(1, width)))
