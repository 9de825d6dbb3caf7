"""Tables on the terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any

from rich.console import Console, RenderableType
from rich.markup import escape
from rich.measure import Measurement
from rich.table import Table

from experiments.shared.numbers import PLAIN, form_of, write, write_estimate, write_exactly, write_parts
from experiments.shared.terminal import WIDTH, put
from experiments.shared.words import OF_TABLES, Speaker
from sim.levers import LEVER_LABELS
from sim.measures import Outcome
from sim.outcomes import OUTCOMES
from sim.results import GROUP_LABELS, GROUPS, Results

NARROW = 100
"""Columns of a terminal below which an interval stands under its mean."""
MEASURES = {
    "employed_in_region": {"en": "Employed in the region", "zh": "本地在岗人数"},
    "employment_rate": {"en": "Employment rate, %", "zh": "就业率（%）"},
    "wage_mean": {"en": "Mean wage, CNY/month", "zh": "平均工资（元/月）"},
    "first_jobs_here": {"en": "First jobs begun here", "zh": "在本地开始首份工作"},
}


def make_console() -> Console:
    """Return a console as wide as the terminal, of a fixed width in files and pipes."""
    return Console() if sys.stdout.isatty() else Console(width=WIDTH)


def show(*parts: RenderableType) -> None:
    """Print tables and texts."""
    console = make_console()
    with console.capture() as capture:
        console.print(*parts, sep="\n")
    put(capture.get())


def print_outcomes(results: Results, language: str) -> None:
    """Print each outcome that matters for this scenario, with its interval, unit and, where there is one, the reported figure."""
    text = Speaker(language, OF_TABLES).text
    table = Table(title=escape(results.title[language] or results.name), caption=_caption(results, language), caption_justify="left")
    reported = results.reported
    table.add_column(text("outcome"))
    for name in ("mean", "interval"):
        table.add_column(text(name), justify="right", no_wrap=True)
    table.add_column(text("unit"))
    if reported:
        table.add_column(text("reported"), justify="right", no_wrap=True)
    most = float(results.interval("spending").mean)
    market = [outcome for outcome in OUTCOMES.values() if outcome.headline]
    services = [outcome for outcome in OUTCOMES.values() if not outcome.headline and _matters(outcome, results)]
    for heading, outcomes in (("market", market), ("services", services)):
        if outcomes:
            table.add_section()
            table.add_row(f"[bold]{text(heading)}[/bold]")
        for outcome in outcomes:
            form = form_of(outcome, language, most)
            mean, bounds = write_parts(results.interval(outcome.name), form)
            cells = [outcome.label[language], mean, escape(bounds), form.unit]
            if reported:
                cells.append(write(reported[outcome.name], form) if outcome.name in reported else "")
            table.add_row(*cells)
    show(table)


def print_groups(results: Results, language: str) -> None:
    """Print who works and what they earn at the end, by group."""
    text = Speaker(language, OF_TABLES).text
    table = Table(title=text("groups"), title_justify="left")
    table.add_column(text("group"))
    for measure in MEASURES:
        table.add_column(MEASURES[measure][language], justify="right")
    forms = {measure: form_of(OUTCOMES[measure], language) if measure in OUTCOMES else PLAIN for measure in MEASURES}
    for attribute, members in GROUPS.items():
        table.add_section()
        for member in members:
            cells = [escape(write_estimate(results.group_interval(attribute, member, measure), forms[measure])) for measure in MEASURES]
            table.add_row(text("member", group=GROUP_LABELS[attribute], member=GROUP_LABELS[member]), *cells)
    show(table)


def print_rows(title: str, headings: list[str], rows: list[list[str]]) -> None:
    """Print a plain table."""
    table = Table(title=title, title_justify="left")
    for place, heading in enumerate(headings):
        table.add_column(heading, overflow="fold", no_wrap=place == 0)
    for row in rows:
        table.add_row(*map(escape, row))
    show(table)


def make_table(title: str, heads: list[str], rows: list[list[str]], note: str = "", *, sections: bool = False) -> Table:
    """Make a table whose numbers are not broken; a line between the attributes if there are sections."""
    table = Table(title=escape(title), title_justify="left", caption=note or None, caption_justify="left")
    for place, head in enumerate(heads):
        table.add_column(head, justify="left" if place == 0 else "right", no_wrap=place > 0, overflow="fold")  # Chinese has no words to break at
    for place, row in enumerate(rows):
        if sections and place and row[0].partition(":")[0] != rows[place - 1][0].partition(":")[0]:
            table.add_section()
        table.add_row(*map(escape, row))
    return table


def show_fitting(columns: Sequence[str], table: Callable[[Sequence[str], str], Table], ways: Sequence[tuple[int, str]]) -> None:
    """Print a table in the first way that folds nothing, or in the last one.

    Args:
        columns: Its columns, but for the first.
        table: (columns, what stands between a mean and its interval) → a table of these columns.
        ways: How many columns there are in a table, further ones going into a further table, and what stands between.
    """
    console = make_console()
    for size, between in ways:
        tables = [table(columns[start : start + size], between) for start in range(0, len(columns), size)]
        if all(_natural_width(console, one) <= console.width for one in tables):
            break
    show(*tables)


def _natural_width(console: Console, table: Table) -> int:
    """Return the width of a table that folds nothing."""
    return Measurement.get(console, console.options.update(width=10_000), table).maximum


def _matters(outcome: Outcome, results: Results) -> bool:
    """Tell whether a row belongs into the table: reported, or of a lever that is on offer and not zero throughout."""
    if outcome.name in results.reported:
        return True
    kind, _, lever = outcome.name.partition(".")
    if lever in LEVER_LABELS:
        return kind in ("spending", "turned_away") and results.scenario.policy.levers[lever].offers_something
    values: Any = results.outcomes[outcome.name]
    return outcome.service and bool((values > 0).any())


def _caption(results: Results, language: str) -> str:
    text = Speaker(language, OF_TABLES).text
    people = write_exactly(results.scenario.population.graduates)
    caption = text("caption", n=results.replicates, days=results.days, start=results.scenario.start, people=people)
    caption += text("not_effects") if results.reported else ""
    return caption if results.replicates > 1 else caption + text("one")
