"""A number with its interval: a dot with a whisker, hollow where it cannot be told from zero."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from sim.statistics import MeanInterval


def is_told(estimate: MeanInterval) -> bool:
    """Tell whether an interval leaves out zero."""
    return bool(np.isfinite(estimate.low)) and not estimate.low <= 0.0 <= estimate.high


def draw_dot(axes: Axes, estimate: MeanInterval, row: float, colour: str, words: str = "") -> None:
    """Draw a mean with its interval, hollow where the interval holds zero, and write words above it, at the left.

    Args:
        axes: Where to draw.
        estimate: The mean and its interval, in the unit of the axis.
        row: Height.
        colour: Its colour.
        words: The number, written.
    """
    mean, low, high = (float(part) for part in estimate)
    if not np.isfinite(mean):
        return
    if np.isfinite(low):
        axes.plot((low, high), (row, row), color=colour, linewidth=1.6, zorder=2.2)
    face = colour if is_told(estimate) else "white"
    axes.plot(mean, row, "o", markersize=5.0, markeredgecolor=colour, markeredgewidth=1.4, markerfacecolor=face, zorder=2.5)
    write_above(axes, row, words)


def write_above(axes: Axes, row: float, words: str) -> None:
    """Write words above a row, at the left of the panel."""
    box = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
    axes.text(0.02, row - 0.24, words, transform=axes.get_yaxis_transform(), va="bottom", fontsize=8.0, zorder=3.0, bbox=box)
