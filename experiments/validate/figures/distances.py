"""The figure of a scorecard: how far each figure is from the model, in tolerances; a panel's rows from the farthest to the nearest."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from experiments.shared.figures.naming import foot_of
from experiments.shared.figures.style import BLUE, DARK, GREY, PALE_GREY, VERMILION, folded, new_figure, put_below, styled
from experiments.shared.words import Speaker
from experiments.validate.report import group_title, head_of, named
from experiments.validate.scorecard import MARKET, Row, misses_first
from experiments.validate.words import WORDS
from sim.bilingual import in_language

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from experiments.shared.words import Language

FARTHEST = 5.0
"""Tolerances beyond which a mark stands at the edge, as an arrow."""
ROW_INCHES, LABEL_WIDTH = 0.24, 26.0


def drawings_of(rows: Sequence[Row], seed: int, replicates: int, language: Language) -> dict[str, Callable[[], Figure | None]]:
    """Return what draws the scorecard: the targets, and the programmes."""
    groups = {"targets": [row for row in rows if row.group == MARKET], "programmes": [row for row in rows if row.group != MARKET]}
    return {name: partial(draw_distances, some, seed, replicates, language) for name, some in groups.items() if some}


def draw_distances(rows: Sequence[Row], seed: int, replicates: int, language: Language) -> Figure:
    """Draw the distance of each row in tolerances, with its 95 % interval: filled where the model could not know the figure.

    Args:
        rows: The rows.
        seed: The seed.
        replicates: Worlds behind each.
        language: "zh" or "en".
    """
    speaker, ordered = Speaker(language, WORDS), misses_first(rows)
    group = MARKET if rows[0].group == MARKET else ""
    title = in_language(group_title(group), language) if group else speaker.text("of_programmes")
    with styled():
        foot = foot_of(title, seed, replicates, language)
        figure = new_figure(1.4 + ROW_INCHES * len(ordered), speaker.text("figure_title", title=title), foot, in_language(head_of(rows), language))
        axes = figure.subplots()
        axes.axvspan(-1.0, 1.0, color=PALE_GREY, zorder=0.5)
        axes.axvline(0.0, color=DARK, linewidth=0.9, zorder=1.0)
        for place, row in enumerate(ordered):
            _draw(axes, row, place)
        axes.set_yticks(range(len(ordered)), ["\n".join(folded(in_language(named(row), language), LABEL_WIDTH)) for row in ordered])
        axes.tick_params(axis="y", labelsize=6.5)
        axes.set_ylim(len(ordered) - 0.5, -0.5)
        axes.set_xlim(-FARTHEST * 1.05, FARTHEST * 1.05)
        axes.grid(visible=False, axis="y")
        axes.set_xlabel(speaker.text("figure_axis"))
        _add_legend(figure, speaker)
        return figure


def _draw(axes: Axes, row: Row, place: int) -> None:
    distance = row.distance
    if distance != distance:  # noqa: PLR0124 (not a number: no value in any world)
        axes.plot(0.0, place, "x", color=GREY, markersize=5.0)
        return
    colour = BLUE if row.passed else VERMILION
    low, high = ((bound - row.value) / row.tolerance for bound in row.bounds)
    if low == low:  # noqa: PLR0124
        ends = [min(max(end, -FARTHEST), FARTHEST) for end in (low, high)]
        axes.plot(ends, (place, place), color=colour, linewidth=1.2, alpha=0.6, zorder=2.0)
    marker = "o" if abs(distance) <= FARTHEST else ">" if distance > 0 else "<"
    at = min(max(distance, -FARTHEST), FARTHEST)
    axes.plot(at, place, marker, markersize=5.0, markeredgecolor=colour, markerfacecolor="white" if row.in_sample else colour, zorder=2.5)


def _add_legend(figure: Figure, speaker: Speaker) -> None:
    from matplotlib.lines import Line2D

    def dot(colour: str, face: str, words: str) -> Line2D:
        return Line2D([], [], color=colour, marker="o", markersize=5.0, markerfacecolor=face, linestyle="none", label=speaker.text(words))

    handles = [dot(VERMILION, VERMILION, "missed"), dot(BLUE, BLUE, "near"), dot(GREY, GREY, "out"), dot(GREY, "white", "in")]
    put_below(figure, handles, speaker.text("figure_note"), columns=4)
