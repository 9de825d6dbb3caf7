"""The figure of what moved: daily values then and now from the first day that differs, or the tests of equivalence beside their margins."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.shared.figures.bands import group_thousands
from experiments.shared.figures.style import BLUE, DARK, GREY, VERMILION, folded, new_figure, put_below, styled
from experiments.shared.figures.text import say

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from experiments.shared.drawing import Drawings
    from experiments.shared.words import Language

MOST_PANELS = 6
"""Outcomes of a baseline whose days are drawn."""
LABEL_WIDTH = 22
"""Widest lines of the name of an outcome, in widths of a Chinese character."""
MOST_MARGINS = 3.0
"""Margins beyond which an interval is cut at the edge."""
Days = Sequence[tuple[str, Any, Any, int]]
"""Of each outcome its name, daily means of the baseline and of now, and the first day that differs."""
Tests = Sequence[tuple[str, float, float, float, bool]]
"""Of each outcome its name, difference and ends of its interval in margins, and whether it is equivalent."""


def drawings_of(days: dict[str, Days], tests: dict[str, Tests], language: Language) -> Drawings:
    """Return what draws every figure.

    Args:
        days: Name of a baseline → what moved from day to day; empty where nothing did.
        tests: Name of a baseline → what was tested.
        language: "zh" or "en".
    """
    moved = {f"moved_{name}": partial(draw_days, name, rows, language) for name, rows in days.items() if rows}
    return {**moved, **{f"tests_{name}": partial(draw_tests, name, rows, language) for name, rows in tests.items() if rows}}


def draw_days(name: str, rows: Days, language: Language) -> Figure:
    """Draw the daily means of what moved, then and now, with the first day that differs.

    Args:
        name: Name of the baseline.
        rows: What moved.
        language: "zh" or "en".
    """
    earliest = min(rows, key=lambda row: row[3])
    says = say("check_moved_says", language, what=earliest[0], day=earliest[3])
    rows = rows[:MOST_PANELS]
    with styled():
        columns = min(2, len(rows))
        lines = math.ceil(len(rows) / columns)
        figure = new_figure(0.9 + 2.1 * lines, say("check_moved", language, name=name), says=says)
        grid = figure.subplots(lines, columns, squeeze=False)
        for axes, (label, before, now, first) in zip(grid.flat, rows, strict=False):
            axes.plot(before, color=GREY, linewidth=2.4, label=say("check_before", language))
            axes.plot(now, color=BLUE, linewidth=1.1, label=say("check_now", language))
            axes.axvline(first, color=VERMILION, linewidth=0.9, linestyle="--", label=say("check_first", language))
            axes.set_title("\n".join(folded(label, LABEL_WIDTH)), fontsize=9)
            axes.set_xlabel(say("check_day", language))
            group_thousands(axes)
        for axes in list(grid.flat)[len(rows) :]:
            axes.remove()
        put_below(figure, grid.flat[0].get_legend_handles_labels()[0])
        return figure


def draw_tests(name: str, rows: Tests, language: Language) -> Figure:
    """Draw the difference of each outcome in margins, with the interval of its test.

    Args:
        name: Name of the baseline.
        rows: What was tested.
        language: "zh" or "en".
    """
    passing = sum(row[4] for row in rows)
    says = say("check_tests_says", language, passing=passing, count=len(rows))
    with styled():
        figure = new_figure(1.5 + 0.34 * len(rows), say("check_tests", language, name=name), says=says)
        axes = figure.subplots()
        axes.axvspan(-1.0, 1.0, color=GREY, alpha=0.2, linewidth=0)
        axes.axvline(0.0, color=DARK, linewidth=0.9)
        for row, (_, difference, low, high, passes) in enumerate(rows):
            colour = BLUE if passes else VERMILION
            ends = np.clip([low, high], -MOST_MARGINS, MOST_MARGINS)
            axes.plot(ends, [row, row], color=colour, linewidth=1.6, solid_capstyle="round")
            axes.plot(np.clip(difference, -MOST_MARGINS, MOST_MARGINS), row, "o" if passes else "D", color=colour, markersize=5)
        axes.set_yticks(range(len(rows)), ["\n".join(folded(label, LABEL_WIDTH)) for label, *_ in rows])
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.set_xlim(-MOST_MARGINS * 1.05, MOST_MARGINS * 1.05)
        axes.grid(visible=False, axis="y")
        axes.set_xlabel(say("check_in_margins", language))
        handles = [
            axes.plot([], [], shape, color=colour, markersize=5, label=say(key, language))[0]
            for shape, colour, key in (("o-", BLUE, "check_equivalent"), ("D-", VERMILION, "check_not_equivalent"))
        ]
        put_below(figure, handles)
        return figure
