"""Small multiples of curves, for a sweep over four or more parameters."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from experiments.shared.figures.bands import group_thousands
from experiments.shared.figures.style import DARK, PALETTE, folded, put_below
from experiments.sweep.figures.curves import draw_curve, label_levels
from experiments.sweep.figures.points import is_numeric
from experiments.sweep.words import say

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

    from experiments.shared.words import Language
    from experiments.sweep.figures.points import Axis, Grid

MOST_COLUMNS = 4
MOST_TICKS = 10
HEAD_WIDTH = 66.0
"""Width of the heads of a row of panels, in widths of a Chinese character."""


def columns_of(varied: Sequence[Axis]) -> tuple[int, int]:
    """Return in how many columns and rows the panels stand."""
    panels = int(np.prod([len(axis.levels) for axis in varied[2:]]))
    columns = min(len(varied[2].levels), MOST_COLUMNS)
    return columns, -(-panels // columns)


def head_of(axes: Sequence[Axis], facet: Sequence[int], columns: int) -> str:
    """Return what stands above a panel: the values of its keys, folded to its width."""
    return "\n".join(line for axis, level in zip(axes, facet, strict=True) for line in folded(axis.heads[level], HEAD_WIDTH / columns - 1.0))


def height_of_multiples(varied: Sequence[Axis]) -> float:
    """Return how high a figure of panels is, in inches, without legend and foot."""
    columns, rows = columns_of(varied)
    facets = product(*(range(len(axis.levels)) for axis in varied[2:]))
    lines = max(len(head_of(varied[2:], facet, columns).splitlines()) for facet in facets)
    return 1.2 + (1.6 + 0.15 * lines) * rows


def draw_multiples(figure: Figure, varied: Sequence[Axis], grid: Grid, label: str, language: Language, *, difference: bool, few: str = "") -> None:
    """Draw small multiples of curves, for four and more varied parameters.

    Args:
        figure: An empty figure.
        varied: The axes: the first runs to the right, the second has a colour a value, each combination of the others has a panel.
        grid: The estimates.
        label: Label of the outcome.
        language: "zh" or "en".
        difference: Whether they are differences to the first point.
        few: What is said of few replicates.
    """
    first, second, *others = varied
    colours = _level_colours(second)
    backwards = product(*(range(len(axis.levels)) for axis in reversed(others)))
    facets = [tuple(reversed(facet)) for facet in backwards]  # the third runs along a row
    columns, rows = columns_of(varied)
    panels = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False)
    for panel in panels.flat[len(facets) :]:
        panel.remove()
    for place, (panel, facet) in enumerate(zip(panels.flat, facets, strict=False)):
        here = grid.at({2 + number: level for number, level in enumerate(facet)})
        for index, colour in enumerate(colours):
            part = here.at({1: index})
            draw_curve(panel, part, colour, (index + 0.5) / len(colours) * 0.6 - 0.3, hollow=~part.told if difference else None, band=0.16)
        if difference:
            panel.axhline(0.0, color=DARK, linewidth=0.9, zorder=1.7, gid="zero")
        label_levels(panel, first, max(4, MOST_TICKS // columns))
        panel.tick_params(labelbottom=place + columns >= len(facets))
        group_thousands(panel)
        panel.set_title(head_of(others, facet, columns), fontsize=8.0)
        if place >= len(facets) - columns:
            panel.set_xlabel(first.label)
    figure.supylabel(label, fontsize=9.0, color=DARK)
    note = "\n".join(filter(None, (few, second.label)))
    put_below(figure, _handles(second, colours, language, difference=difference), note, columns=8)


def _level_colours(axis: Axis) -> list[str]:
    """Return a colour a level: ordered for numbers and for many levels, distinct for a few words."""
    from matplotlib import colormaps
    from matplotlib.colors import to_hex

    if not is_numeric(axis.levels) and len(axis.levels) <= len(PALETTE):
        return list(PALETTE[: len(axis.levels)])
    return [to_hex(colormaps["viridis"](float(place))) for place in np.linspace(0.0, 0.85, len(axis.levels))]


def _handles(axis: Axis, colours: Sequence[str], language: Language, *, difference: bool) -> list[Artist]:
    """Return what colours and hollow dots are."""
    from matplotlib.lines import Line2D

    handles: list[Artist] = [
        Line2D([], [], color=colour, marker="o", markersize=5.0, label=level) for colour, level in zip(colours, axis.written, strict=True)
    ]
    return [*handles, hollow_handle(language)] if difference else handles


def hollow_handle(language: Language) -> Artist:
    """Return what the legend says of hollow dots."""
    from matplotlib.lines import Line2D

    return Line2D(
        [], [], color=DARK, marker="o", linestyle="none", markersize=5.0, markerfacecolor="white", markeredgewidth=1.2,
        label=say("points_hollow", language),
    )  # fmt: skip
