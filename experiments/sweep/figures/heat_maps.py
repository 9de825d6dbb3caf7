"""Heat maps of an outcome over two varied parameters, with the numbers in the cells; what cannot be told apart has no colour."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.shared.figures.style import DIVERGING, INK, PALE_GREY, SEQUENTIAL
from sim.numbers import Form, write_parts

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.colors import Normalize
    from matplotlib.image import AxesImage
    from numpy.typing import NDArray

    from experiments.sweep.figures.points import Axis, Grid

DARK_CELL = 0.18
"""Relative luminance below which white words have the better contrast (WCAG 2)."""

SMALLEST_CELL_INCHES = 0.36
SMALL = 0.8
"""Size of an interval relative to its mean."""
MOST_TICKS = 20
"""Most levels of an axis that are all named."""
MOST_CELLS = 0.8
"""Share of the cells whose numbers have the same size."""


def colour_scale(grids: Sequence[Grid], *, diverging: bool) -> tuple[str, Normalize]:
    """Return the name of a colour map, and the scale from values to colours, of all cells that can be told apart.

    Args:
        grids: Everything that shares the scale.
        diverging: True for differences: white at zero, symmetric on both sides.
    """
    from matplotlib.colors import Normalize

    shown = np.concatenate([grid.mean[grid.told] for grid in grids])
    low, high = (float(shown.min()), float(shown.max())) if len(shown) else (0.0, 0.0)
    if diverging:
        reach = max(abs(low), abs(high)) or 1.0
        return DIVERGING, Normalize(-reach, reach)
    if low == high:
        low, high = low - 0.5, high + 0.5
    return SEQUENTIAL, Normalize(low, high)


def draw_cells(
    axes: Axes, varied: Sequence[Axis], grid: Grid, colours: tuple[str, Normalize], form: Form, size: Callable[[tuple[str, str]], float],
) -> AxesImage:  # fmt: skip
    """Draw one heat map: the first axis to the right, the second upwards.

    Args:
        axes: Where to draw.
        varied: The two axes.
        grid: The estimates; a mean of NaN is left empty, an interval of NaN is not written.
        colours: Colour map and scale.
        form: How the numbers are written, in the unit of the grid.
        size: Gives the size of the numbers in a cell; 0 leaves them out.

    Returns:
        The image, for a colour bar.
    """
    from matplotlib import colormaps

    name, scale = colours
    coloured = np.ma.masked_array(grid.mean, ~grid.told)
    image = axes.imshow(coloured.T, origin="lower", aspect="auto", cmap=colormaps[name].with_extremes(bad=PALE_GREY), norm=scale)
    for axis, shown in ((axes.xaxis, varied[0]), (axes.yaxis, varied[1])):
        ticks = range(0, len(shown.levels), -(-len(shown.levels) // MOST_TICKS))
        axis.set_ticks(list(ticks), [shown.written[tick] for tick in ticks])
    axes.set_xticks(np.arange(len(varied[0].levels) - 1) + 0.5, minor=True)
    axes.set_yticks(np.arange(len(varied[1].levels) - 1) + 0.5, minor=True)
    axes.grid(visible=False)
    axes.grid(visible=True, which="minor", color="white", linewidth=1.5 if max(grid.mean.shape) <= MOST_TICKS else 0.3)
    axes.tick_params(which="both", length=0)
    axes.spines[:].set_visible(False)
    for column, row in zip(*np.nonzero(~np.isfinite(grid.mean)), strict=True):
        _hatch(axes, int(column), int(row))
    words = {place: parts for place, parts in _words(grid, form, signed=name == DIVERGING).items() if size(parts)}
    _write_cells(axes, image.to_rgba(coloured), words, size)
    return image


def sizes_of_words(grids: Sequence[Grid], form: Form, cell_inches: float, *, signed: bool) -> Callable[[tuple[str, str]], float]:
    """Return what gives the size of the numbers in a cell: that of most cells of a figure, smaller only where they would not fit.

    Args:
        grids: The maps.
        form: How the numbers are written.
        cell_inches: Width of a cell; below 0.36 inches the numbers are left out, and their size is 0.
        signed: Whether they are differences.
    """
    lengths = [_length(parts) for grid in grids for parts in _words(grid, form, signed=signed).values()]
    usual = max(4.0, float(np.quantile(lengths, MOST_CELLS)) if lengths else 4.0)
    room = 0.85 * 72.0 * cell_inches / 0.56 if cell_inches >= SMALLEST_CELL_INCHES else 0.0
    return lambda parts: min(9.5, room / max(usual, _length(parts)))


def _length(parts: tuple[str, str]) -> float:
    """Return how long the longer line of a cell is, in digits of its mean."""
    return max(len(parts[0]), SMALL * len(parts[1]))


def _words(grid: Grid, form: Form, *, signed: bool) -> dict[tuple[int, ...], tuple[str, str]]:
    """Return what stands in each cell that has a value: mean and interval."""
    known = [place for place in np.ndindex(grid.mean.shape) if np.isfinite(grid.mean[place])]
    return {place: write_parts([part[place] for part in (grid.mean, grid.low, grid.high)], form, signed=signed) for place in known}


def _hatch(axes: Axes, column: int, row: int) -> None:
    """Mark a cell that has no value."""
    from matplotlib.patches import Rectangle

    style: dict[str, Any] = {"facecolor": "white", "edgecolor": "#BBBBBB", "hatch": "////", "linewidth": 0.0}
    axes.add_patch(Rectangle((column - 0.48, row - 0.46), 0.96, 0.92, zorder=1.5, gid="missing", **style))


def _write_cells(
    axes: Axes, cells: NDArray[np.float64], words: dict[tuple[int, ...], tuple[str, str]], size_of: Callable[[tuple[str, str]], float],
) -> None:  # fmt: skip
    """Write mean and interval into each cell, in white on dark colours (of shape (levels, levels, 4))."""
    for (column, row), (value, bounds) in words.items():
        size = size_of((value, bounds))
        red, green, blue, _ = cells[column, row]
        luminance = 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2
        style: dict[str, Any] = {"ha": "center", "va": "center", "color": "white" if luminance < DARK_CELL else INK, "textcoords": "offset points"}
        axes.annotate(value, (column, row), xytext=(0, 0.6 * size if bounds else 0), fontsize=size, gid="cell", **style)
        if bounds:
            axes.annotate(bounds, (column, row), xytext=(0, -0.7 * size), fontsize=SMALL * size, gid="interval", **style)
