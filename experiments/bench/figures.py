"""The figures of ``yizhan bench``: ratios to the engine, growth with people, where a day goes, what each lever costs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from experiments.bench.words import FIGURES, WORDS
from experiments.shared.figures.style import BLUE, GREY, folded, new_figure, put_below, styled
from experiments.shared.words import Speaker

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from experiments.shared.drawing import Drawings
    from experiments.shared.words import Language

LABEL_WIDTH = 22
"""Widest lines of a name, in widths of a Chinese character."""
Bars = list[tuple[str, float, float, float]]
"""Name, median, lowest and highest of each."""
Lines = dict[str, Bars]
"""Name of a line → its points: people as the name."""


def drawings_of(lines: dict[str, Lines], bars: dict[str, Bars], language: Language) -> Drawings:
    """Return what draws every figure.

    Args:
        lines: Part → lines over people.
        bars: Part → bars.
        language: "zh" or "en".
    """
    drawn = {part: partial(draw_lines, part, points, language) for part, points in lines.items()}
    return {**drawn, **{part: partial(draw_bars, part, rows, language) for part, rows in bars.items()}}


def draw_lines(part: str, lines: Lines, language: Language) -> Figure:
    """Draw lines over people, with lowest and highest; both axes in powers of ten.

    Args:
        part: The part, which names title and axis.
        lines: Name → points.
        language: "zh" or "en".
    """
    say = Speaker(language, WORDS)
    says = "; ".join(f"{name}: " + ", ".join(f"{people} {median:.3g}" for people, median, *_ in points) for name, points in lines.items())
    with styled():
        figure = new_figure(3.6, say.text(part), says=says)
        axes = figure.subplots()
        for place, (name, points) in enumerate(lines.items()):
            people = [float(point[0]) for point in points]
            middle = [point[1] for point in points]
            ends = [[median - low for _, median, low, _ in points], [high - median for _, median, _, high in points]]
            axes.errorbar(people, middle, yerr=ends, color=(BLUE, GREY)[place % 2], marker="os"[place % 2], markersize=5, capsize=3, label=name)
        axes.set_xscale("log")
        axes.set_ylim(bottom=0.0)
        axes.set_xlabel(say.text("people"))
        axes.set_ylabel(say.of(FIGURES[part]))
        put_below(figure, axes.get_legend_handles_labels()[0])
        return figure


def draw_bars(part: str, rows: Bars, language: Language) -> Figure:
    """Draw a bar a row, with lowest and highest.

    Args:
        part: The part, which names title and axis.
        rows: What is drawn, from top to bottom.
        language: "zh" or "en".
    """
    say = Speaker(language, WORDS)
    with styled():
        figure = new_figure(1.2 + 0.24 * len(rows), say.text(part), says="; ".join(f"{name} {median:.3g}" for name, median, *_ in rows))
        axes = figure.subplots()
        ends = [[median - low for _, median, low, _ in rows], [high - median for _, median, _, high in rows]]
        axes.barh(range(len(rows)), [row[1] for row in rows], xerr=ends, color=BLUE, ecolor=GREY, height=0.7)
        axes.set_yticks(range(len(rows)), ["\n".join(folded(row[0], LABEL_WIDTH)) for row in rows])
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.set_xlabel(say.of(FIGURES[part]))
        return figure
