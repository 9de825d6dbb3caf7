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


def draw_dot(axes: Axes, estimate: MeanInterval, row: float, colour: str, *, filled: bool = False) -> None:
    """Draw a mean with its interval, hollow where the interval holds zero.

    Args:
        axes: Where to draw.
        estimate: The mean and its interval, in the unit of the axis.
        row: Height.
        colour: Its colour.
        filled: Whether it is full in any case: of a count, zero is the least there can be.
    """
    mean, low, high = (float(part) for part in estimate)
    if not np.isfinite(mean):
        return
    if np.isfinite(low):
        axes.plot((low, high), (row, row), color=colour, linewidth=1.6, zorder=2.2)
    face = colour if filled or is_told(estimate) else "white"
    axes.plot(mean, row, "o", markersize=5.0, markeredgecolor=colour, markeredgewidth=1.4, markerfacecolor=face, zorder=2.5)


def write_above(axes: Axes, row: float, words: str, at: float) -> None:
    """Write words above a point, within the panel, on a veil through which the line at zero is seen; the limits of the panel are to stand.

    Args:
        axes: Where to write.
        row: Height of the point.
        words: The number, written.
        at: Where the point is.
    """
    from matplotlib.offsetbox import AnnotationBbox, TextArea

    if not np.isfinite(at):
        return
    low, high = axes.get_xlim()
    along = min(max((at - low) / (high - low), 0.0), 1.0)
    veil = {"facecolor": "white", "edgecolor": "none", "pad": 0.2, "alpha": 0.7}
    text = TextArea(words, textprops={"fontsize": 8.0, "bbox": veil})
    axes.add_artist(AnnotationBbox(
        text, (along, row - 0.2), xycoords=axes.get_yaxis_transform(), box_alignment=(along, 0.0), frameon=False, pad=0.0, zorder=3.0,
    ))  # fmt: skip
