"""The shape of a list: a table of columns in both languages, in sections if there are many rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sim.bilingual import in_language

NOTHING = "–"


@dataclass(frozen=True)
class Column:
    """A column of a listing.

    Attributes:
        heading: What stands above it: a sentence in both languages or, as any text here, a plain one that is the same in both.
        role: ``key``: what a row is called in commands; ``name``: its label; ``prose``: a sentence; ``fact``: all else.
        in_documents: Where the languages differ: ``split`` into two columns, ``join`` in one cell, or keep the ``english``.
    """

    heading: str
    role: Literal["key", "name", "prose", "fact"] = "fact"
    in_documents: Literal["split", "join", "english"] = "join"


@dataclass(frozen=True)
class Row:
    """A row of a listing: a cell a column, and the section that it stands in, if there are sections."""

    cells: tuple[str, ...]
    section: str = ""

    def matches(self, text: str) -> bool:
        """Tell whether any cell has this text, in whatever case and language."""
        return any(text.lower() in in_language(cell, language).lower() for cell in self.cells for language in ("en", "zh"))


@dataclass(frozen=True)
class Section:
    """A part of a listing: what it is, and how another file is chosen for the whole of it, if there are several."""

    label: str
    choice: str = ""


@dataclass(frozen=True)
class Listing:
    """A list of what there is."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    sections: dict[str, Section] = field(default_factory=dict)

    def keep(self, wanted: Callable[[Row], bool]) -> Listing:
        """Return the listing with some of its rows."""
        return Listing(self.title, self.columns, tuple(row for row in self.rows if wanted(row)), self.sections)


def make_listing(title: str, key: str, things: Mapping[str, Any], *columns: tuple[Column, Callable[[Any], str]]) -> Listing:
    """Make a listing with a row a thing.

    Args:
        title: Its title.
        key: What stands above the names.
        things: Name → what is listed.
        columns: The further columns, each with what reads its cell from a thing.
    """
    rows = [Row((name, *(read(thing) for _, read in columns))) for name, thing in things.items()]
    return Listing(title, (Column(key, "key"), *(column for column, _ in columns)), tuple(rows))
