"""A listing on the terminal: a table where it has room, a block a row where it has not."""

from __future__ import annotations

from itertools import groupby

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from experiments.list.listing import NOTHING, Column, Listing, Row
from experiments.shared.folding import fold, pieces_of, width_of
from sim.bilingual import in_language

INDENT = "    "
BETWEEN = " · "
COMFORTABLE = {"key": 60, "name": 24, "prose": 38, "fact": 20}
"""Role of a column → width up to which it should not have to fold; and no column should have to break a word."""


def lay_out(listing: Listing, language: str, width: int) -> RenderableType:
    """Lay a listing out.

    Args:
        listing: The listing.
        language: Language of the words.
        width: Columns of the terminal.

    Returns:
        A table if every column is comfortable within the width, else blocks.
    """
    natural, comfortable = _widths(listing, language)
    slack = width - sum(comfortable) - 3 * len(comfortable) - 1
    if slack < 0:
        return _blocks(listing, language, width)
    for _ in range(slack):  # to whoever lacks most
        place = max(range(len(natural)), key=lambda place: natural[place] - comfortable[place])
        comfortable[place] += natural[place] > comfortable[place]
    return _table(listing, language, comfortable)


def _widths(listing: Listing, language: str) -> tuple[list[int], list[int]]:
    """Return the width of each column: so that nothing folds, and so that it is still comfortable."""
    natural, comfortable = [], []
    for place, column in enumerate(listing.columns):
        texts = [in_language(text, language) for text in (column.heading, *(row.cells[place] for row in listing.rows))]
        texts += [row.section for row in listing.rows] if column.role == "key" else []
        longest_word = max(width_of(piece) for text in texts for piece in pieces_of(text))
        natural.append(max(map(width_of, texts)))
        comfortable.append(max(longest_word, min(natural[-1], COMFORTABLE[column.role])))
    return natural, comfortable


def _table(listing: Listing, language: str, widths: list[int]) -> Table:
    table = Table(title=in_language(listing.title, language), title_justify="left")
    for column, width in zip(listing.columns, widths, strict=True):
        table.add_column(in_language(column.heading, language), overflow="fold", width=width)
    for section, rows in groupby(listing.rows, lambda row: row.section):
        if section:
            table.add_section()
            table.add_row(Text(section, style="bold"), Text(_about(listing, section, language), style="bold"))
        for row in rows:
            table.add_row(*(Text(in_language(cell, language)) for cell in row.cells))
    return table


def _about(listing: Listing, section: str, language: str) -> str:
    about = listing.sections[section]
    return in_language(about.label, language) + ((f"（{about.choice}）" if language == "zh" else f" ({about.choice})") if about.choice else "")


def _blocks(listing: Listing, language: str, width: int) -> Group:
    parts = [Text(in_language(listing.title, language), style="italic")]
    for section, rows in groupby(listing.rows, lambda row: row.section):
        if section:
            heading = fold(f"── {section}{BETWEEN}{_about(listing, section, language)} ──", width)
            parts += [Text(), *(Text(line, style="dim") for line in heading)]
        for row in rows:
            parts += _block(listing.columns, row, language, width)
    return Group(*parts)


def _block(columns: tuple[Column, ...], row: Row, language: str, width: int) -> list[Text]:
    """Write one row: its key and name, its sentence, its facts."""
    texts = [(column, in_language(cell, language)) for column, cell in zip(columns, row.cells, strict=True)]
    key = next(text for column, text in texts if column.role == "key")
    names = [text for column, text in texts if column.role == "name"]
    sentences = [text for column, text in texts if column.role == "prose" and text not in names]
    colon = "：" if language == "zh" else ": "
    facts = [in_language(column.heading, language) + colon + text for column, text in texts if column.role == "fact" and text != NOTHING]
    head = Text(key, style="bold")
    for name in names:
        head.append(f"  {name}", style="not bold")
    inside = max(width - len(INDENT), 1)
    lines = [line for sentence in sentences for line in fold(sentence, inside)] + pack(facts, inside)
    return [head, *(Text(INDENT + line) for line in lines)]


def pack(facts: list[str], width: int) -> list[str]:
    """Put facts into as few lines as hold them whole; only a fact that is longer than a line is folded."""
    lines: list[str] = []
    for fact in facts:
        if lines and width_of(lines[-1] + BETWEEN + fact) <= width:
            lines[-1] += BETWEEN + fact
        else:
            lines += fold(fact, width)
    return lines
