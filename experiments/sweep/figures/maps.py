"""Figures of one or more heat maps of a sweep."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from experiments.shared.figures.bands import group_thousands
from experiments.shared.figures.naming import axis_label
from experiments.shared.figures.style import DARK, WIDTH_INCHES, new_figure
from experiments.shared.figures.text import say
from experiments.shared.numbers import Form
from experiments.sweep.figures.heat_maps import colour_scale, draw_cells
from sim.statistics import MeanInterval

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from experiments.shared.words import Labels, Language
    from experiments.sweep.figures.points import Grid

MOST_COLUMNS = 3


def draw_maps(
    maps: list[tuple[str, Grid]],
    axes: Sequence[str],
    words: tuple[str, str],
    form: Form,
    language: Language,
    labels: Labels,
    reference: tuple[int, ...] | None = None,
) -> Figure:
    """Heat maps that share one scale: of two varied parameters, or of two at values of a third.

    Args:
        maps: For each map its heading and its estimates.
        axes: Names of the varied columns; the first runs to the right, the second upwards.
        words: Title of the figure, and label of the colour bar.
        form: How the numbers in the cells are written, in the unit of the maps.
        language: "zh" or "en".
        labels: Column name → language → label.
        reference: For differences, the place of the reference point on the only map.

    Returns:
        The figure.
    """
    title, label = words
    columns = min(len(maps), MOST_COLUMNS)
    rows = -(-len(maps) // columns)
    widest = max(len(grid.levels[0]) for _, grid in maps)
    tallest = max(len(grid.levels[1]) for _, grid in maps)
    figure = new_figure(1.5 + rows * min(4.5, max(1.9, 0.3 + 0.55 * tallest)), title)
    panels = figure.subplots(rows, columns, squeeze=False)
    for panel in panels.flat[len(maps) :]:
        panel.remove()
    together = np.concatenate([grid.mean.ravel() for _, grid in maps])
    colours = colour_scale(together, diverging=reference is not None)
    cell_inches = (WIDTH_INCHES - 1.9 - 0.3 * columns) / columns / widest
    for index, (panel, (head, grid)) in enumerate(zip(panels.flat, maps, strict=False)):
        estimate = MeanInterval(grid.mean, grid.low.copy(), grid.high.copy())
        if reference is not None:
            estimate.low[reference] = estimate.high[reference] = np.nan
        image = draw_cells(panel, grid.levels, estimate, colours, form, language, cell_inches)
        panel.tick_params(labelleft=index % columns == 0)
        panel.set_title(head)
    if reference is not None:
        _mark_reference(panels[0, 0], reference, say("reference", language))
    bar = figure.colorbar(image, ax=list(panels.flat[: len(maps)]), pad=0.02, fraction=0.06)
    bar.outline.set_visible(False)
    bar.set_label(label)
    group_thousands(bar.ax)
    figure.supylabel(axis_label(axes[1], language, labels), fontsize=9.0, color=DARK)
    for panel in panels.flat[max(0, len(maps) - columns) : len(maps)]:
        panel.set_xlabel(axis_label(axes[0], language, labels))
    note = "cell_note" if reference is None else "cell_note_difference"
    figure.supxlabel(say(note, language), x=0.01, ha="left", fontsize=8.5, color="#555555")
    return figure


def _mark_reference(panel: Axes, reference: tuple[int, ...], words: str) -> None:
    """A frame around the cell to which the others are compared."""
    from matplotlib.patches import Rectangle

    corner = (reference[0] - 0.5, reference[1] - 0.5)
    panel.add_patch(Rectangle(corner, 1, 1, fill=False, edgecolor=DARK, linewidth=1.6, zorder=4))
    panel.annotate(
        words, (reference[0], reference[1]), xytext=(0, -11), textcoords="offset points",
        ha="center", va="center", fontsize=7.5, color=DARK,
    )  # fmt: skip
