"""Heat maps of an outcome over two varied parameters, with the numbers in the cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.shared.figures.naming import write_level
from experiments.shared.figures.style import DIVERGING, SEQUENTIAL
from experiments.shared.numbers import Form, write_parts

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.colors import Normalize
    from matplotlib.image import AxesImage
    from numpy.typing import NDArray

    from experiments.shared.words import Language
    from sim.statistics import MeanInterval

DARK_CELL = 0.18
"""Relative luminance below which white words have the better contrast (WCAG 2)."""

SMALLEST_CELL_INCHES = 0.36
SMALL = 0.8
"""Size of an interval relative to its mean."""


def colour_scale(values: NDArray[np.float64], *, diverging: bool) -> tuple[str, Normalize]:
    """The colours of a heat map.

    Args:
        values: Everything that shares the scale.
        diverging: True for differences: white at zero, symmetric on both sides.

    Returns:
        Name of the colour map, and the scale from values to colours.
    """
    from matplotlib.colors import Normalize

    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    if diverging:
        reach = max(abs(low), abs(high)) or 1.0
        return DIVERGING, Normalize(-reach, reach)
    if low == high:
        low, high = low - 0.5, high + 0.5
    return SEQUENTIAL, Normalize(low, high)


def draw_cells(
    axes: Axes, levels: Sequence[Sequence[Any]], estimate: MeanInterval, colours: tuple[str, Normalize], form: Form, language: Language,
    cell_inches: float,
) -> AxesImage:  # fmt: skip
    """One heat map: the first axis to the right, the second upwards.

    Args:
        axes: Where to draw.
        levels: Levels of the two axes.
        estimate: Means and their 95 % intervals, each of shape (levels of axis 1, levels of
            axis 2); a mean of NaN is left white, an interval of NaN is not written.
        colours: Colour map and scale.
        form: How the numbers are written.
        language: "zh" or "en".
        cell_inches: Width of a cell; below 0.36 inches the numbers are left out.

    Returns:
        The image, for a colour bar.
    """
    name, scale = colours
    mean = estimate.mean
    coloured = mean
    if name == DIVERGING:  # what cannot be told from zero has the colour of zero
        coloured = np.where((estimate.low <= 0) & (estimate.high >= 0), 0.0 * mean, mean)
    image = axes.imshow(coloured.T, origin="lower", aspect="auto", cmap=name, norm=scale)
    axes.set_xticks(range(len(levels[0])), [write_level(level, language) for level in levels[0]])
    axes.set_yticks(range(len(levels[1])), [write_level(level, language) for level in levels[1]])
    axes.set_xticks(np.arange(len(levels[0]) - 1) + 0.5, minor=True)
    axes.set_yticks(np.arange(len(levels[1]) - 1) + 0.5, minor=True)
    axes.grid(visible=False)
    axes.grid(visible=True, which="minor", color="white", linewidth=1.5)
    axes.tick_params(which="both", length=0)
    axes.spines[:].set_visible(False)
    if cell_inches >= SMALLEST_CELL_INCHES:
        signed = name == DIVERGING
        known = [place for place in np.ndindex(mean.shape) if np.isfinite(mean[place])]
        words = {place: write_parts([part[place] for part in estimate], form, signed=signed) for place in known}
        longest = max(max(len(value), SMALL * len(bounds)) for value, bounds in words.values())
        size = 0.85 * 72.0 * cell_inches / (0.56 * max(4, longest))
        _write_cells(axes, image.to_rgba(coloured), words, min(9.5, size))
    return image


def _write_cells(axes: Axes, cells: NDArray[np.float64], words: dict[tuple[int, ...], tuple[str, str]], size: float) -> None:
    """Write mean and interval into each cell, in white on dark colours (of shape (levels, levels, 4))."""
    for (column, row), (value, bounds) in words.items():
        red, green, blue, _ = cells[column, row]
        luminance = 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2
        colour = "white" if luminance < DARK_CELL else "#1A1A1A"
        style: dict[str, Any] = {"ha": "center", "va": "center", "color": colour, "textcoords": "offset points"}
        axes.annotate(value, (column, row), xytext=(0, 0.6 * size if bounds else 0), fontsize=size, gid="cell", **style)
        if bounds:
            axes.annotate(bounds, (column, row), xytext=(0, -0.7 * size), fontsize=SMALL * size, gid="interval", **style)
