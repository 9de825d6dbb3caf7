"""What a report consists of, whatever it is written as: sections of sentences, tables and pictures, in one language."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable
from typing import Literal, NamedTuple

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from sim.bilingual import STEERING

SIZE = slice(16, 24)
"""Where a PNG says how wide and how high it is."""
Kind = Literal["plain", "strong", "items", "code"]


class Lines(NamedTuple):
    """Some sentences, each a paragraph, an item of a list, or a line to be copied."""

    lines: tuple[str, ...]
    kind: Kind = "plain"


class Grid(NamedTuple):
    """A table. A row with a single cell heads what comes below it."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


class Picture(NamedTuple):
    """A picture: the bytes of its PNG, its title, and what it says to those who cannot see it."""

    data: bytes
    title: str
    says: str

    def width_within(self, width: float, height: float) -> float:
        """Return how wide it may be on a page, so that no part of it is cut off.

        Args:
            width: Width that there is.
            height: Height that there is, in the same unit.
        """
        wide, high = struct.unpack(">II", self.data[SIZE])
        return float(min(width, height * wide / high))


Block = Lines | Grid | Picture


def is_code(block: Block | None) -> bool:
    """Tell whether a block is lines to be copied, which the sentence before them leads to."""
    return isinstance(block, Lines) and block.kind == "code"


class Section(NamedTuple):
    """A part of a report under its heading."""

    title: str
    blocks: tuple[Block, ...]


class Report(NamedTuple):
    """A whole report.

    Attributes:
        title: Its title.
        about: What stands below the title.
        language: Its language.
        sections: Two pages of substance, the answer first.
        appendix: What comes after.
        appendix_title: Heading of that.
        made: When the result was made, as an ISO date and time; no other time stands in the files.
    """

    title: str
    about: str
    language: str
    sections: tuple[Section, ...]
    appendix: tuple[Section, ...]
    appendix_title: str
    made: str


def plain(text: str) -> str:
    """Return a text without the signs that are not seen."""
    return STEERING.sub("", text)


def section(title: str, blocks: Iterable[Block | None]) -> list[Section]:
    """Return a section; none where there is nothing in it."""
    found = tuple(block for block in blocks if block is not None and (isinstance(block, Picture) or block[0] or block[1]))
    return [Section(title, found)] if found else []


def lines(texts: Iterable[str], kind: Kind = "plain") -> Lines | None:
    """Return some sentences; None where there are none."""
    found = tuple(text for text in texts if text.strip())
    return Lines(found, kind) if found else None


def blocks_of(shown: Iterable[RenderableType]) -> list[Block]:
    """Return what a command has shown, tables and sentences, as blocks; lines that begin with a stroke are items of a list."""
    found: list[Block] = []
    for part in shown:
        if isinstance(part, Table):
            found.append(_grid_of(part))
            continue
        for line in str(part.plain if isinstance(part, Text) else part).splitlines():
            kind: Kind = "items" if line.startswith("- ") else "plain"
            last = found[-1] if found else None
            if isinstance(last, Lines) and last.kind == kind:
                found[-1] = Lines((*last.lines, line.removeprefix("- ")), kind)
            elif line.strip():
                found.append(Lines((line.removeprefix("- "),), kind))
    return found


def _grid_of(table: Table) -> Grid:
    columns = [[_together(_words(cell)) for cell in column.cells] for column in table.columns]
    rows = [tuple(row[:1] if row[0] and not any(row[1:]) and len(row) > 1 else row) for row in zip(*columns, strict=True)]
    heads = tuple(_words(column.header) for column in table.columns)
    return Grid(_words(table.title), heads, tuple(rows), _words(table.caption))


def _together(text: str) -> str:
    """Return a cell whose intervals and tolerances are not torn over two lines."""
    return re.sub(r" ([…±]) ", "\N{NO-BREAK SPACE}\\1\N{NO-BREAK SPACE}", text)


def _words(cell: object) -> str:
    """Return a cell without markup, its lines joined."""
    if cell is None:
        return ""
    text = cell.plain if isinstance(cell, Text) else Text.from_markup(str(cell)).plain
    return " ".join(text.split())
