"""Curves of an outcome over one varied parameter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.shared.figures.style import shade_of
from experiments.sweep.figures.points import is_numeric

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from experiments.sweep.figures.points import Axis, Grid

WORD_WIDTH = 24
"""Longest words on a horizontal axis that stay upright, in characters of all labels together."""


def positions_of(levels: Sequence[Any]) -> NDArray[np.float64]:
    """Return where the levels of an axis stand: numbers at their value, words at 0, 1, 2 ..., in an array of shape (levels,)."""
    return np.array(levels, dtype=np.float64) if is_numeric(levels) else np.arange(len(levels), dtype=np.float64)


def draw_curve(axes: Axes, grid: Grid, colour: str, shift: float = 0.0, *, hollow: NDArray[np.bool_] | None = None, band: float = 0.3) -> None:
    """Draw the mean at each level and the 95 % interval of the mean as a band.

    Between levels the curve is interpolated; between words it is not drawn at all, because there is nothing between two words.

    Args:
        axes: Where to draw.
        grid: Estimates along one axis.
        colour: Colour of the curve.
        shift: How far to move a curve over words to the right, so that several stand side by side.
        hollow: Which levels cannot be told from what they are compared with.
        band: How strong the colour of the band is.
    """
    numeric = is_numeric(grid.levels[0])
    positions = positions_of(grid.levels[0]) + (0.0 if numeric else shift)
    shown = np.isfinite(grid.mean)
    place, mean = positions[shown], grid.mean[shown]
    low, high = grid.low[shown], grid.high[shown]
    known = np.isfinite(low)
    if numeric and known.any():
        axes.fill_between(place, low, high, color=colour, alpha=band, linewidth=0, zorder=1.8)
    elif known.any():
        errors = np.vstack((mean - low, high - mean))
        axes.errorbar(place, mean, errors, fmt="none", ecolor=colour, elinewidth=1.8, capsize=3.0, zorder=2.3)
    line = "-" if numeric else "none"
    axes.plot(place, mean, "o", linestyle=line, color=colour, markersize=5.0, markeredgecolor="white", markeredgewidth=0.8, zorder=2.5)
    if hollow is not None and hollow[shown].any():
        axes.plot(
            place[hollow[shown]], mean[hollow[shown]], "o", linestyle="none", markersize=5.0, markerfacecolor="white", markeredgecolor=colour,
            markeredgewidth=1.2, zorder=2.6, gid="hollow",
        )  # fmt: skip


def draw_outer(axes: Axes, grid: Grid, colour: str) -> None:
    """Draw the intervals that hold for all points together, if there are any, paler than those of each point."""
    if grid.outer is None:
        return
    positions, shown = positions_of(grid.levels[0]), np.isfinite(grid.outer[0])
    low, high = (part[shown] for part in grid.outer)
    if is_numeric(grid.levels[0]):
        axes.fill_between(positions[shown], low, high, color=shade_of(colour, 0.86), linewidth=0, zorder=1.5, gid="together")
    else:
        axes.vlines(positions[shown], low, high, color=colour, linewidth=0.7, zorder=2.2, gid="together")


def draw_dots(axes: Axes, levels: Sequence[Any], rows: NDArray[Any], values: NDArray[np.float64], colour: str) -> None:
    """Draw every replicate as a faint dot.

    Args:
        axes: Where to draw.
        levels: Distinct values of the varied parameter.
        rows: The value of the varied parameter in each row.
        values: The outcome in each row.
        colour: Colour of the curve; the dots are a lighter tone.
    """
    place_of = dict(zip(levels, positions_of(levels), strict=True))
    places = np.array([place_of[value] for value in rows.tolist()])
    axes.plot(places, values, "o", color=shade_of(colour, 0.45), markersize=3.2, alpha=0.45, markeredgewidth=0, zorder=1.6)


def label_levels(axes: Axes, varied: Axis, most: int) -> None:
    """Put the ticks of the horizontal axis at the levels that were run; of numbers that stand too close, at some of them.

    Args:
        axes: The axes.
        varied: The varied parameter.
        most: The most ticks that fit.
    """
    positions = positions_of(varied.levels)
    numeric = is_numeric(varied.levels)
    room = float(np.ptp(positions)) if len(positions) > 1 else 1.0
    kept: list[int] = []
    for place, position in enumerate(positions):
        if not numeric or not kept or position - positions[kept[-1]] >= 0.7 * room / most:
            kept.append(place)
    tilt = not numeric and sum(map(len, varied.written)) > WORD_WIDTH * most / 3
    words = [varied.written[place] for place in kept]
    axes.set_xticks(positions[kept], words, rotation=25.0 if tilt else 0.0, ha="right" if tilt else "center")
    margin = 0.04 * room if numeric else 0.5
    axes.set_xlim(float(positions.min()) - margin, float(positions.max()) + margin)
