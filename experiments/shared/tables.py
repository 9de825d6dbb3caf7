"""Tables on the terminal: numbers are never broken, names stay, columns go into a further table where there is no room."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from weakref import WeakKeyDictionary

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.markup import escape
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from experiments.shared.folding import fold
from experiments.shared.terminal import columns, put, writing_to
from experiments.shared.words import OF_TABLES
from sim.bilingual import Sentence, in_language, sentence
from sim.statistics import FEW_VALUES

NARROW = 100
"""Columns of a terminal below which an interval stands under its mean."""
NAME_WIDTH, LEAST_WIDTH = 24, 8
"""Columns that names keep together beside numbers, and each of them at least; what is longer is folded."""
WORD_WIDTH = 14
"""Columns below which words of a single column of names would be broken: names then stand above their values."""

MEASURES = {
    "employed_in_region": Sentence("Employed in the region", "本地在岗人数"),
    "employment_rate": Sentence("Employment rate, %", "就业率（%）"),
    "wage_mean": Sentence("Mean wage, CNY/month", "平均工资（元/月）"),
    "first_jobs_here": Sentence("First jobs begun here", "在本地开始首份工作"),
}
"""What is measured in each group."""


ENDLESS = 4000
"""Columns where nothing has to be folded."""
_whole_widths: WeakKeyDictionary[Table, int] = WeakKeyDictionary()
"""Table that was measured → its width where nothing is folded: all its cells are looked at for that."""
_kept: ContextVar[list[RenderableType] | None] = ContextVar("kept", default=None)


@contextmanager
def kept_instead() -> Iterator[list[RenderableType]]:
    """Keep what is shown within the block instead of printing it: tables as wide as they are, sentences whole."""
    found: list[RenderableType] = []
    before = _kept.set(found)
    try:
        yield found
    finally:
        _kept.reset(before)


def make_console() -> Console:
    """Return a console as wide as the terminal; in files and pipes as wide as COLUMNS says, else of a fixed width."""
    if _kept.get() is not None:
        return Console(width=ENDLESS)
    return Console() if sys.stdout.isatty() else Console(width=columns())


def show(*parts: RenderableType) -> None:
    """Print tables and texts."""
    kept = _kept.get()
    if kept is not None:
        kept += parts
        return
    console = make_console()
    fitting = [stacked(part) if isinstance(part, Table) and _breaks_words(console, part) else part for part in parts]
    for part in fitting:
        if isinstance(part, Table):
            _fold_around(console, part)
    with writing_to(sys.stdout):
        with console.capture() as capture:
            console.print(*fitting, sep="\n")
        put(capture.get())


def show_lines(lines: Iterable[object | None], language: str) -> None:
    """Print sentences, each on lines of its own, folded to the width of the terminal; Chinese ones between characters, too."""
    width = make_console().width
    told = [Text("\n".join(fold(in_language(line, language), width))) for line in lines if line is not None]
    if told:
        show(*told)


def _fold_around(console: Console, table: Table) -> None:
    """Fold what stands above and below a table to its width; Chinese between characters, too."""
    width = _whole_width(console, table)
    if width > console.width:
        width = min(Measurement.get(console, console.options, table).maximum, console.width)
    for name in ("title", "caption"):
        text = getattr(table, name)
        if isinstance(text, str):
            setattr(table, name, escape("\n".join(fold(Text.from_markup(text).plain, width))))


def stacked(table: Table) -> Table:
    """Return a table with one column, each name above its values, for where there is no room for names beside numbers."""
    heads = [" ".join(str(column.header).split()) for column in table.columns]
    labels = [(str(column.header).splitlines() or [""])[0] for column in table.columns]
    one = Table(title=table.title, title_justify="left", caption=table.caption, caption_justify="left")
    one.add_column("\n".join(filter(None, heads)), overflow="fold")
    for name, *values in zip(*(map(str, column.cells) for column in table.columns), strict=True):
        named = [value if len(values) == 1 else f"{label}: {value}" for label, value in zip(labels[1:], values, strict=True) if value]
        one.add_row("\n".join([name, *named]), end_section=True)
    return one


def few(replicates: int) -> Sentence | None:
    """Say that so few replicates say little; None where there are enough."""
    if replicates >= FEW_VALUES:
        return None
    return OF_TABLES["one"] if replicates == 1 else sentence(OF_TABLES["few"], OF_TABLES["few"].zh, n=replicates)


def print_rows(title: str, headings: list[str], rows: list[list[str]]) -> None:
    """Print a plain table."""
    table = Table(title=title, title_justify="left")
    for place, heading in enumerate(headings):
        table.add_column(heading, overflow="fold", no_wrap=place == 0)
    for row in rows:
        table.add_row(*map(escape, row))
    show(table)


def make_table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], note: str = "", *, sections: bool = False, names: int = 1) -> Table:
    """Make a table whose numbers are not broken; a line between the attributes if there are sections.

    Args:
        title: Title.
        heads: Heads of the columns.
        rows: Rows of cells; one with a single cell heads a section.
        note: What stands below.
        sections: Whether a line stands where the part of the first cell before the colon changes.
        names: Columns of names, at the left, which are folded.
    """
    table = Table(title=escape(title), title_justify="left", caption=escape(note) or None, caption_justify="left")
    for place, head in enumerate(heads):
        table.add_column(escape(head), justify="left" if place < names else "right", no_wrap=place >= names, overflow="fold")
    for place, row in enumerate(rows):
        if len(row) == 1:
            table.add_section()
            table.add_row(f"[bold]{escape(row[0])}[/bold]")
            continue
        if sections and place and _attribute(row[0]) != _attribute(rows[place - 1][0]):
            table.add_section()
        table.add_row(*map(escape, row))
    return table


def _attribute(name: str) -> str:
    """Return what stands before the colon of a name."""
    return name.replace("：", ":").partition(":")[0]


def show_fitting(columns: Sequence[str], table: Callable[[Sequence[str], str], Table], ways: Sequence[tuple[int, str]]) -> None:
    """Print a table in the first way in which numbers are whole and names keep their room, or in the last one.

    Args:
        columns: Its columns, but for the first.
        table: (columns, what stands between a mean and its interval) → a table of these columns.
        ways: How many columns there are in a table, further ones going into a further table, and what stands between.
    """
    console = make_console()
    for size, between in ways:
        tables = [table(columns[start : start + size], between) for start in range(0, len(columns), size)]
        if all(_least_width(console, one) <= console.width for one in tables):
            break
    show(*tables)


def _breaks_words(console: Console, table: Table) -> bool:
    """Tell whether a table with one column of names has no room for their words."""
    return [column.no_wrap for column in table.columns].count(False) == 1 and _least_width(console, table, WORD_WIDTH) > console.width


def _least_width(console: Console, table: Table, name_width: int = NAME_WIDTH) -> int:
    """Return the width of a table whose names are folded to a width and nothing else."""
    names = [column for column in table.columns if not column.no_wrap]
    kept = max(name_width // max(1, len(names)), LEAST_WIDTH)
    longest = [max(cell_len(line) for text in (column.header, *column.cells) for line in str(text).splitlines() or [""]) for column in names]
    return _whole_width(console, table) - sum(max(0, one - kept) for one in longest)


def _whole_width(console: Console, table: Table) -> int:
    """Return the width of a table, whose cells are all there, where nothing is folded."""
    if table not in _whole_widths:
        _whole_widths[table] = Measurement.get(console, console.options.update(width=10_000), table).maximum
    return _whole_widths[table]
