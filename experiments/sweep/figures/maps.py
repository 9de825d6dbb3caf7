"""Figures of one or more heat maps of a sweep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from experiments.shared.figures.bands import group_thousands
from experiments.shared.figures.style import DARK, WIDTH_INCHES, folded, put_below
from experiments.sweep.figures.heat_maps import SMALLEST_CELL_INCHES, colour_scale, draw_cells, sizes_of_words
from experiments.sweep.words import say
from sim.numbers import Form

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from experiments.shared.words import Language
    from experiments.sweep.figures.points import Axis, Grid

MOST_COLUMNS = 3
HEAD_WIDTH, LINE_INCHES = 54.0, 0.16
"""Width of the heads of a row of maps, in widths of a Chinese character; height of a line."""
UPRIGHT_WIDTH = 13.0
"""Length of a label that runs upwards beside a map, in widths of a Chinese character."""
HEADS = 2
"""Axes of one map."""


def height_of_maps(varied: Sequence[Axis]) -> float:
    """Return how high a figure of maps is, in inches, without legend and foot."""
    maps = len(varied[HEADS].levels) if len(varied) > HEADS else 1
    rows = -(-maps // MOST_COLUMNS)
    lines = max(len(head_of(varied[HEADS], level).splitlines()) for level in range(maps)) if len(varied) > HEADS else 1
    return 1.2 + rows * (min(4.5, max(1.9, 0.3 + 0.55 * len(varied[1].levels))) + LINE_INCHES * (lines - 1))


def head_of(axis: Axis, level: int) -> str:
    """Return what stands above a map, folded to its width."""
    columns = min(len(axis.levels), MOST_COLUMNS)
    return "\n".join(folded(axis.heads[level], HEAD_WIDTH / columns))


def draw_maps(
    figure: Figure, varied: Sequence[Axis], grid: Grid, label: str, form: Form, language: Language, reference: tuple[int, ...] | None = None,
    few: str = "",
) -> None:  # fmt: skip
    """Draw heat maps that share one scale: of two varied parameters, or of two at each value of a third.

    Args:
        figure: An empty figure.
        varied: The axes; the first runs to the right, the second upwards, the third has a map a level.
        grid: The estimates.
        label: Label of the colour bar.
        form: How the numbers in the cells are written, in the unit of the maps.
        language: "zh" or "en".
        reference: For differences, the place of the reference point.
        few: What is said of few replicates.
    """
    several = len(varied) > HEADS
    maps = [grid.at({HEADS: place}) for place in range(len(varied[HEADS].levels))] if several else [grid]
    columns = min(len(maps), MOST_COLUMNS)
    panels = figure.subplots(-(-len(maps) // columns), columns, squeeze=False)
    for panel in panels.flat[len(maps) :]:
        panel.remove()
    colours = colour_scale(maps, diverging=reference is not None)
    cell_inches = (WIDTH_INCHES - 1.9 - 0.3 * columns) / columns / len(varied[0].levels)
    size = sizes_of_words(maps, form, cell_inches, signed=reference is not None)
    for index, (panel, part) in enumerate(zip(panels.flat, maps, strict=False)):
        is_here = reference is not None and (not several or reference[HEADS] == index)
        image = draw_cells(panel, varied, _without_interval(part, reference[:HEADS]) if reference and is_here else part, colours, form, size)
        panel.tick_params(labelleft=index % columns == 0)
        panel.set_title(head_of(varied[HEADS], index) if several else "", fontsize=8.5)
        if reference and is_here:
            _mark_reference(panel, reference, say("reference", language))
        if index >= len(maps) - columns:
            panel.set_xlabel(varied[0].label)
    if grid.told.any():
        bar = figure.colorbar(image, ax=list(panels.flat[: len(maps)]), pad=0.02, fraction=0.06)
        bar.outline.set_visible(False)  # type: ignore[operator]
        bar.set_label(label)
        group_thousands(bar.ax)
    upright = "\n".join(folded(varied[1].label, UPRIGHT_WIDTH * (len(panels) if several else max(1.0, 0.3 * len(varied[1].levels)))))
    if several:
        figure.supylabel(upright, fontsize=9.0, color=DARK)
    else:
        panels[0, 0].set_ylabel(upright)
    note = note_of(grid, language, difference=reference is not None, bare=cell_inches < SMALLEST_CELL_INCHES)
    put_below(figure, note="\n".join(filter(None, (note, few))))


def note_of(grid: Grid, language: Language, *, difference: bool, bare: bool) -> str:
    """Say what stands in the cells, and which of them have a colour."""
    if not np.isfinite(grid.low).any():
        return say("cell_note_one", language)
    count = int(np.isfinite(grid.mean).sum()) - difference
    note = say("cells_bare" if bare else "cells_hold_difference" if difference else "cells_hold", language)
    note += say("cell_note_difference" if difference else "cell_note", language, count=count)
    note += "" if np.isfinite(grid.mean).all() else say("hatched", language)
    return note if grid.told.any() else say("nothing_told", language) + ("" if language == "zh" else " ") + note


def _without_interval(grid: Grid, place: tuple[int, ...]) -> Grid:
    """Return a grid whose reference has no interval: it is compared with itself."""
    low, high = grid.low.copy(), grid.high.copy()
    low[place] = high[place] = np.nan
    return replace(grid, low=low, high=high)


def _mark_reference(panel: Axes, reference: tuple[int, ...], words: str) -> None:
    """Draw a frame around the cell to which the others are compared."""
    from matplotlib.patches import Rectangle

    corner = (reference[0] - 0.5, reference[1] - 0.5)
    panel.add_patch(Rectangle(corner, 1, 1, fill=False, edgecolor=DARK, linewidth=1.6, zorder=4))
    panel.annotate(
        words, (reference[0], reference[1]), xytext=(0, -11), textcoords="offset points", ha="center", va="center", fontsize=7.5, color=DARK,
    )  # fmt: skip
