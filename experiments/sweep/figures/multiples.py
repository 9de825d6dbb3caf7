"""Small multiples of curves, for a sweep over four or more parameters."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.shared.figures.bands import group_thousands
from experiments.shared.figures.naming import axis_label, write_level
from experiments.shared.figures.style import DARK, PALETTE, new_figure
from experiments.sweep.figures.curves import draw_curve, label_levels
from experiments.sweep.figures.points import Points, estimate_grid, is_numeric, keep_rows, levels_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from experiments.shared.words import Labels, Language

MOST_COLUMNS = 4
MOST_TICKS = 10


def draw_multiples(
    points: Points, axes: Sequence[str], outcome: str, words: tuple[str, str], factor: float, language: Language, labels: Labels
) -> Figure:
    """Small multiples of curves, for four and more varied parameters.

    Args:
        points: The rows of the sweep.
        axes: Names of the varied columns: the first runs to the right, the second has a colour a
            value, each combination of the others has a panel.
        outcome: Name of the column of the outcome.
        words: Title of the figure, and label of the outcome.
        factor: What values are multiplied by.
        language: "zh" or "en".
        labels: Column name → language → label.

    Returns:
        The figure.
    """
    title, label = words
    first, second, *others = axes
    colours = _level_colours(levels_of(points[second]))
    backwards = product(*(levels_of(points[axis]) for axis in reversed(others)))
    facets = [tuple(reversed(facet)) for facet in backwards]  # the third runs along a row
    columns = min(len(levels_of(points[others[0]])), MOST_COLUMNS)
    rows = -(-len(facets) // columns)
    figure = new_figure(1.4 + 1.9 * rows, title)
    panels = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False)
    for panel in panels.flat[len(facets) :]:
        panel.remove()
    for place, (panel, facet) in enumerate(zip(panels.flat, facets, strict=False)):
        here = keep_rows(points, dict(zip(others, facet, strict=True)))
        for index, (level, colour) in enumerate(colours.items()):
            rows_here = keep_rows(here, {second: level})
            if len(rows_here[outcome]):
                grid = estimate_grid(rows_here, [first], outcome, factor)
                draw_curve(panel, grid, colour, (index + 0.5) / len(colours) * 0.6 - 0.3)
        label_levels(panel, levels_of(points[first]), language, max(4, MOST_TICKS // columns))
        panel.tick_params(labelbottom=place + columns >= len(facets))
        group_thousands(panel)
        heads = [f"{axis_label(axis, language, labels)} = {write_level(value, language)}" for axis, value in zip(others, facet, strict=True)]
        panel.set_title("\n".join(heads), fontsize=8.0)
    figure.supylabel(label, fontsize=9.0, color=DARK)
    for panel in panels.flat[max(0, len(facets) - columns) : len(facets)]:
        panel.set_xlabel(axis_label(first, language, labels))
    _level_legend(figure, colours, axis_label(second, language, labels), language)
    return figure


def _level_colours(levels: list[Any]) -> dict[Any, str]:
    """A colour a level: ordered for numbers and for many levels, distinct for a few words."""
    from matplotlib import colormaps
    from matplotlib.colors import to_hex

    if not is_numeric(levels) and len(levels) <= len(PALETTE):
        return dict(zip(levels, PALETTE, strict=False))
    places = np.linspace(0.0, 0.85, len(levels))
    return {level: to_hex(colormaps["viridis"](float(place))) for level, place in zip(levels, places, strict=True)}


def _level_legend(figure: Figure, colours: dict[Any, str], title: str, language: Language) -> None:
    from matplotlib.lines import Line2D

    handles = [Line2D([], [], color=colour, marker="o", markersize=5.0, label=write_level(level, language)) for level, colour in colours.items()]
    figure.legend(
        handles=handles, title=title, loc="outside lower left", ncols=min(8, len(handles)),
        alignment="left", title_fontsize=8.5,
    )  # fmt: skip
