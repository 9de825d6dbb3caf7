"""A mean line over time with its two bands, and the legend that tells them apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from experiments.shared.figures.style import GREY, shade_of, use_date_axis
from experiments.shared.figures.text import say
from experiments.shared.numbers import write_exactly
from sim.statistics import Kind, mean_interval, spread

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from experiments.shared.words import Language
    from sim.results import Results

SPREAD_LIGHTNESS, INTERVAL_LIGHTNESS = 0.84, 0.55


def read_series(results: Results, name: str) -> NDArray[np.float64]:
    """A daily series of a run.

    Args:
        results: The run.
        name: Name of the series.

    Returns:
        Values of shape (replicates, days).

    Raises:
        KeyError: The run did not record this series.
    """
    if name not in results.series:
        known = ", ".join(sorted(results.series)[:12])
        message = f"the run {results.name!r} has no daily series {name!r}, which this figure needs; it has {len(results.series)}: {known} …"
        raise KeyError(message)
    return results.series[name]


def draw_bands(
    axes: Axes,
    dates: NDArray[np.datetime64],
    values: NDArray[np.float64],
    colour: str,
    *,
    with_spread: bool = True,
    factor: float = 1.0,
    kind: Kind = Kind.FREE,
) -> None:
    """Draw the mean over replicates, its 95 % interval and the 5-95 % range of replicates.

    With one replicate only the line is drawn.

    Args:
        axes: Where to draw.
        dates: Dates of shape (days,).
        values: Values of shape (replicates, days).
        colour: Colour of the line; the bands are lighter tones of it.
        with_spread: Whether to draw the range of replicates.
        factor: What values are multiplied by on the axis.
        kind: What values there can be.
    """
    estimate = mean_interval(values, kind=kind).times(factor)
    if len(values) > 1:
        if with_spread:
            low, high = (factor * part for part in spread(values))
            tone = shade_of(colour, SPREAD_LIGHTNESS)
            axes.fill_between(dates, low, high, color=tone, linewidth=0, zorder=1.5)
        tone = shade_of(colour, INTERVAL_LIGHTNESS)
        axes.fill_between(dates, estimate.low, estimate.high, color=tone, linewidth=0, zorder=1.8)
    axes.plot(dates, estimate.mean, color=colour, zorder=2.2)
    axes.set_xlim(dates[0], dates[-1])
    use_date_axis(axes)


def band_handles(replicates: int, language: Language, colour: str = GREY) -> list[Artist]:
    """What a legend of bands shows.

    Args:
        replicates: Number of replicates; one has no bands.
        language: "zh" or "en".
        colour: Colour of the samples.

    Returns:
        Handles with labels.
    """
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    if replicates == 1:
        return [Line2D([], [], color=colour, label=say("one_run", language))]
    interval, range_ = shade_of(colour, INTERVAL_LIGHTNESS), shade_of(colour, SPREAD_LIGHTNESS)
    return [
        Line2D([], [], color=colour, label=say("mean", language)),
        Patch(facecolor=interval, label=say("interval", language)),
        Patch(facecolor=range_, label=say("spread", language)),
    ]


def add_legend(figure: Figure, handles: list[Artist], replicates: int, language: Language) -> None:
    """Put one legend under the panels, with the number of replicates.

    Args:
        figure: The figure.
        handles: Artists with labels.
        replicates: Number of replicates.
        language: "zh" or "en".
    """
    from matplotlib.lines import Line2D

    shown = list(handles)
    if replicates > 1:
        words = say("replicates", language, count=replicates)
        shown.append(Line2D([], [], linestyle="none", label=words))
    figure.legend(handles=shown, loc="outside lower left", ncols=len(shown), handlelength=1.6, columnspacing=1.6)


def group_thousands(axes: Axes, which: str = "y") -> None:
    """Write tick labels with separated thousands.

    Args:
        axes: The axes.
        which: "x" or "y".
    """
    from matplotlib.ticker import FuncFormatter

    def write(value: float, _position: int | None = None) -> str:
        return write_exactly(value)

    axis = axes.yaxis if which == "y" else axes.xaxis
    axis.set_major_formatter(FuncFormatter(write))
