"""The tables of ``yizhan bench``: ratios first, then what they are ratios of."""

from __future__ import annotations

import os

from experiments.bench.found import Found, Row, Times
from experiments.bench.options import BenchOptions
from experiments.shared.tables import make_table, show, show_lines
from experiments.shared.words import Speaker
from sim.levers import LEVER_LABELS

DIGITS = {"world_memory": 0, "memory": 0, "nanoseconds": 1, "engine": 1, "plain_mesa": 0, "numpy": 0, "make": 2, "run": 2}
"""Figure → digits after the point that mean something; of ratios and seconds two, or one above ten."""
MOST_PEOPLE = 100_000
"""People beyond whom phases and levers would take many minutes."""
BUSY = 0.5
"""Load for each core above which other programs are in the way."""


def print_found(found: Found, options: BenchOptions, say: Speaker) -> None:
    """Print a table a part, and what the parts come to."""
    for part, rows in found.items():
        show(make_table(say.text(part), heads_of(part, rows, say), [cells_of(part, row, say) for row in rows], note_of(part, options, say)))
    show_lines([*summaries(found, say), busy(say)], say.language)


def heads_of(part: str, rows: list[Row], say: Speaker) -> list[str]:
    """Return the heads of a table."""
    first = [say.text("people"), say.text("days")] if "people" in rows[0].numbers else [say.text("of")]
    shared = [say.text("share")] if part == "phases" else []
    return [*first, *shared, *(say.text(name) for name in rows[0].figures)]


def cells_of(part: str, row: Row, say: Speaker) -> list[str]:
    """Return the cells of a row."""
    first = [f"{row.numbers['people']:,}", f"{row.numbers['days']:,}"] if "people" in row.numbers else [name_of(row.name, say)]
    shared = [f"{row.numbers['share']:.0%}"] if part == "phases" else []
    return [*first, *shared, *(written(times, DIGITS.get(name)) for name, times in row.figures.items())]


def name_of(name: str, say: Speaker) -> str:
    """Return what a row is of, in the reader's language; phases have the names that the documents use."""
    return say.of(LEVER_LABELS[name]) if name in LEVER_LABELS else say.text(name) if name in say.words else name


def written(times: Times, digits: int | None) -> str:
    """Write median, lowest and highest."""
    digits = digits if digits is not None else 1 if times.median >= 10.0 else 2
    if len(times.values) == 1:
        return f"{times.median:,.{digits}f}"
    return f"{times.median:,.{digits}f} ({min(times.values):,.{digits}f}-{max(times.values):,.{digits}f})"


def note_of(part: str, options: BenchOptions, say: Speaker) -> str:
    """Say what a table shows."""
    return say.text(f"{part}_note", repeat=options.repeat, people=f"{people_of_parts(options):,}", days=options.year)


def people_of_parts(options: BenchOptions) -> int:
    """Return the people with whom phases and levers are measured: the largest size up to `MOST_PEOPLE`, else the smallest."""
    return max((people for people in options.people if people <= MOST_PEOPLE), default=min(options.people))


def summaries(found: Found, say: Speaker) -> list[str]:
    """Return what follows from a whole table."""
    lines = []
    growth = sorted(found.get("growth", []), key=lambda row: row.numbers["people"])
    if len(growth) > 1:
        ratio = growth[-1].figures["nanoseconds"].median / growth[0].figures["nanoseconds"].median
        smallest, largest = (f"{row.numbers['people']:,}" for row in (growth[0], growth[-1]))
        lines.append(say.text("growth_ratio", largest=largest, smallest=smallest, ratio=f"{ratio:.2f}"))
    if starts := {row.name: row.figures["processor"].median for row in found.get("start", [])}:
        lines.append(say.text("start_ratio", ratio=f"{starts['cold'] / starts['warm']:.1f}"))
    return lines


def busy(say: Speaker) -> str | None:
    """Say that other programs are in the way, where they are."""
    load, cores = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0, os.cpu_count() or 1
    return say.text("load", load=f"{load:.1f}", cores=cores) if load > 1.0 + BUSY * cores else None
