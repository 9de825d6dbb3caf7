"""Curves of an outcome over one varied parameter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.shared.figures.bands import group_thousands
from experiments.shared.figures.naming import write_level
from experiments.shared.figures.style import shade_of
from experiments.sweep.figures.points import is_numeric

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from experiments.shared.words import Language
    from experiments.sweep.figures.points import Grid

MOST_TICKS = 9
WORD_WIDTH = 24
"""Longest words on a horizontal axis that stay upright, in characters of all labels together."""


def positions_of(levels: Sequence[Any]) -> NDArray[np.float64]:
    """Where the levels of an axis stand: numbers at their value, words at 0, 1, 2 ...

    Args:
        levels: Distinct values of a varied parameter.

    Returns:
        Positions of shape (levels,).
    """
    if is_numeric(levels):
        return np.array(levels, dtype=np.float64)
    return np.arange(len(levels), dtype=np.float64)


def draw_curve(axes: Axes, grid: Grid, colour: str, shift: float = 0.0) -> None:
    """The mean at each level and the 95 % interval of the mean as a band.

    Between levels the curve is interpolated; between words it is not drawn at all, because there
    is nothing between two words.

    Args:
        axes: Where to draw.
        grid: Estimates along one axis.
        colour: Colour of the curve.
        shift: How far to move a curve over words to the right, so that several stand side by side.
    """
    numeric = is_numeric(grid.levels[0])
    positions = positions_of(grid.levels[0]) + (0.0 if numeric else shift)
    shown = np.isfinite(grid.mean)
    place, mean = positions[shown], grid.mean[shown]
    low, high = grid.low[shown], grid.high[shown]
    known = np.isfinite(low)
    if numeric and known.any():
        axes.fill_between(place, low, high, color=colour, alpha=0.22, linewidth=0, zorder=1.8)
    elif known.any():
        errors = np.vstack((mean - low, high - mean))
        axes.errorbar(place, mean, errors, fmt="none", ecolor=colour, elinewidth=1.4, capsize=4.0, zorder=2.3)
    line = "-" if numeric else "none"
    axes.plot(
        place, mean, "o", linestyle=line, color=colour, markersize=5.0, markeredgecolor="white",
        markeredgewidth=0.8, zorder=2.5,
    )  # fmt: skip


def draw_dots(axes: Axes, levels: Sequence[Any], rows: NDArray[Any], values: NDArray[np.float64], colour: str) -> None:
    """Every replicate as a faint dot.

    Args:
        axes: Where to draw.
        levels: Distinct values of the varied parameter.
        rows: The value of the varied parameter in each row.
        values: The outcome in each row.
        colour: Colour of the curve; the dots are a lighter tone.
    """
    place_of = dict(zip(levels, positions_of(levels), strict=True))
    places = np.array([place_of[value] for value in rows.tolist()])
    axes.plot(
        places, values, "o", color=shade_of(colour, 0.45), markersize=3.2, alpha=0.45,
        markeredgewidth=0, zorder=1.6,
    )  # fmt: skip


def label_levels(axes: Axes, levels: Sequence[Any], language: Language, most: int) -> None:
    """Put the ticks of the horizontal axis at the levels that were run.

    Args:
        axes: The axes.
        levels: Distinct values of the varied parameter.
        language: "zh" or "en".
        most: The most ticks that fit; numbers beyond that get ticks of matplotlib's choice.
    """
    positions = positions_of(levels)
    numeric = is_numeric(levels)
    room = float(np.ptp(positions)) if len(positions) > 1 else 1.0
    crowded = len(levels) > most or (numeric and len(levels) > 1 and float(np.diff(positions).min()) < 0.7 * room / most)
    if numeric and crowded:
        group_thousands(axes, "x")
    else:
        words = [write_level(level, language) for level in levels]
        tilt = not numeric and sum(map(len, words)) > WORD_WIDTH * most / 3
        axes.set_xticks(positions, words, rotation=25.0 if tilt else 0.0, ha="right" if tilt else "center")
    margin = 0.04 * room if numeric else 0.5
    axes.set_xlim(float(positions.min()) - margin, float(positions.max()) + margin)
