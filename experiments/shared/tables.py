"""Tables on the terminal."""

from __future__ import annotations

import sys
from typing import Any

from rich.console import Console, RenderableType
from rich.markup import escape
from rich.table import Table

from experiments.shared.terminal import WIDTH, put
from sim.levers import LEVER_LABELS
from sim.measures import Outcome
from sim.outcomes import OUTCOMES
from sim.results import GROUP_LABELS, Results
from sim.statistics import clip_interval, mean_interval

NARROW = 100
"""Columns of a terminal below which an interval stands under its mean."""
MEASURES = {
    "employed_in_region": {"en": "Employed in the region", "zh": "本地在岗人数"},
    "employment_rate": {"en": "Employment rate, %", "zh": "就业率(%)"},
    "wage_mean": {"en": "Mean wage, CNY/month", "zh": "平均工资(元/月)"},
    "first_jobs_here": {"en": "First jobs begun here", "zh": "在本地开始首份工作"},
}
TEXT = {
    "outcome": {"en": "Outcome", "zh": "结果指标"},
    "mean": {"en": "Mean", "zh": "均值"},
    "interval": {"en": "95 % interval\nof the mean", "zh": "均值的95%置信区间"},
    "unit": {"en": "Unit", "zh": "单位"},
    "reported": {"en": "Reported", "zh": "公开报道值"},
    "groups": {"en": "For whom: residents at the end, mean and 95 % interval", "zh": "分群体:期末常住青年,均值与95%置信区间"},
    "group": {"en": "Group", "zh": "群体"},
    "services": {"en": "Services", "zh": "服务与项目"},
    "market": {"en": "Labour market", "zh": "劳动力市场"},
    "caption": {
        "en": "Simulated over {n} replicates of {days} days from {start}, {people} young people. "
        "Reported figures are gross counts of the operator, not effects.",
        "zh": "模拟 {n} 次,自 {start} 起 {days} 天,{people} 名青年。公开报道值为主办方统计总数,并非净效果。",
    },
    "one": {
        "en": "One replicate has no interval: use replicates=20 to see how sure the figures are.",
        "zh": "只有一次模拟,无法给出区间;请用 replicates=20 查看不确定性。",
    },
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


def say(text: dict[str, str], language: str) -> None:
    """Print a line to the user."""
    put(text[language] + "\n")


def print_outcomes(results: Results, language: str) -> None:
    """Print each outcome that matters for this scenario, with its interval, unit and, where there is one, the reported figure."""
    table = Table(title=escape(results.title[language] or results.name), caption=_caption(results, language), caption_justify="left")
    reported = results.reported
    table.add_column(TEXT["outcome"][language])
    for name in ("mean", "interval"):
        table.add_column(TEXT[name][language], justify="right", no_wrap=True)
    table.add_column(TEXT["unit"][language])
    if reported:
        table.add_column(TEXT["reported"][language], justify="right", no_wrap=True)
    values = results.outcomes
    market = [outcome for outcome in OUTCOMES.values() if outcome.headline]
    services = [outcome for outcome in OUTCOMES.values() if not outcome.headline and _matters(outcome, results)]
    for heading, outcomes in (("market", market), ("services", services)):
        if outcomes:
            table.add_section()
            table.add_row(f"[bold]{TEXT[heading][language]}[/bold]")
        for outcome in outcomes:
            mean, low, high = interval_shown(values[outcome.name], outcome)
            unit = "%" if is_share(outcome) else outcome.unit[language]
            cells = [outcome.label[language], write(mean, outcome), _interval(low, high, outcome), unit]
            if reported:
                cells.append(write(reported[outcome.name], outcome) if outcome.name in reported else "")
            table.add_row(*cells)
    show(table)


def print_groups(results: Results, language: str) -> None:
    """Print who works and what they earn at the end, by group."""
    table = Table(title=TEXT["groups"][language], title_justify="left")
    table.add_column(TEXT["group"][language])
    for measure in MEASURES:
        table.add_column(MEASURES[measure][language], justify="right")
    groups = results.summary()["groups"]
    for attribute, members in groups.items():
        table.add_section()
        for member, measures in members.items():
            cells = [_estimate(measures[measure], share=measure == "employment_rate") for measure in MEASURES]
            table.add_row(f"{GROUP_LABELS[attribute][language]}: {GROUP_LABELS[member][language]}", *cells)
    show(table)


def _estimate(estimate: dict[str, Any], *, share: bool) -> str:
    """Write a mean and its interval."""
    if estimate["mean"] is None:
        return "–"
    scale, digits = (100.0, 1) if share else (1.0, 0)
    mean = f"{scale * estimate['mean']:,.{digits}f}"
    if estimate["low"] is None:
        return mean
    low, high = (max(0.0, estimate["low"]), min(1.0, estimate["high"])) if share else (estimate["low"], estimate["high"])
    return f"{mean}  [{scale * low:,.{digits}f}, {scale * high:,.{digits}f}]"


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


def interval_shown(values: Any, outcome: Outcome) -> tuple[float, float, float]:  # noqa: ANN401
    """Return the mean over replicates and the ends of its interval as they are shown: of a share, not beyond 0 and 1.

    Args:
        values: Values of an outcome, shape (replicates,).
        outcome: The outcome.
    """
    mean, low, high = (float(value) for value in clip_interval(mean_interval(values), *outcome.limits))
    return mean, low, high


def write(value: float, outcome: Outcome) -> str:
    """Write a value as people read it: shares in per cent, large numbers in groups, four figures; a dash where not defined."""
    if value != value:  # noqa: PLR0124 (NaN)
        return "–"
    scaled = 100 * value if is_share(outcome) else value
    if abs(scaled) >= 1000 or scaled == int(scaled):
        return f"{scaled:,.0f}"
    return f"{scaled:,.1f}"


def is_share(outcome: Outcome) -> bool:
    """Tell whether an outcome is a share, shown in per cent."""
    return outcome.unit["en"] == "share"


def _interval(low: float, high: float, outcome: Outcome) -> str:
    return "–" if low != low else f"{write(low, outcome)} … {write(high, outcome)}"  # noqa: PLR0124 (NaN)


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
    text = TEXT["caption"][language].format(
        n=results.replicates, days=results.days, start=results.scenario.start, people=f"{results.scenario.population.graduates:,}"
    )
    return text if results.replicates > 1 else f"{text} {TEXT['one'][language]}"
