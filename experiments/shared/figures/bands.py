"""A mean line over time with its bands, and the legend that tells them apart; ticks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experiments.shared.figures.style import GREY, SOFT, shade_of, use_date_axis
from experiments.shared.figures.text import say
from sim.numbers import write_exactly
from sim.statistics import Kind, spread
from sim.uncertainty import interval_over

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from experiments.shared.words import Language
    from sim.results import Results
    from sim.uncertainty import Lived

SPREAD_LIGHTNESS, INTERVAL_LIGHTNESS = 0.84, 0.55
ENOUGH = 10
"""Replicates from which on their range is drawn; of fewer it is hardly wider than the interval of the mean."""
NOTHING = 1e-9
"""What is smaller is zero, with the noise of adding up."""
MUCH_ABOVE_ZERO = 0.25
"""An axis does not begin at 0 where the smallest value is more than this share of the largest."""


def read_series(results: Results, name: str) -> NDArray[np.float64]:
    """Return a daily series of a run, of shape (replicates, days).

    Args:
        results: The run.
        name: Name of the series.

    Raises:
        KeyError: The run did not record this series.
    """
    if name not in results.series:
        known = ", ".join(sorted(results.series)[:12])
        message = f"the run {results.name!r} has no daily series {name!r}, which this figure needs; it has {len(results.series)}: {known} …"
        raise KeyError(message)
    return results.series[name]


def draw_bands(
    axes: Axes, dates: NDArray[np.datetime64], values: NDArray[np.float64], colour: str, *, with_spread: bool = True, factor: float = 1.0,
    kind: Kind = Kind.FREE, most: NDArray[np.float64] | float = float("inf"), lived: Lived | None = None,
) -> None:  # fmt: skip
    """Draw the mean over replicates, its 95 % interval and, of enough replicates, their 5-95 % range; of one only the line.

    Args:
        axes: Where to draw.
        dates: Dates of shape (days,).
        values: Values of shape (replicates, days).
        colour: Colour of the line; the bands are lighter tones of it.
        with_spread: Whether to draw the range of replicates.
        factor: What values are multiplied by on the axis.
        kind: What values there can be.
        most: Largest mean there can be on the axis, each day, where the interval ends.
        lived: With which vectors of a set of behaviours the replicates lived; None: there is no set.
    """
    estimate = interval_over(values, lived, kind).times(factor)
    high = estimate.high.clip(max=most).clip(min=estimate.mean)
    if len(values) > 1:
        if with_spread and len(values) >= ENOUGH:
            lowest, highest = (factor * part for part in spread(values))
            axes.fill_between(dates, lowest, highest, color=shade_of(colour, SPREAD_LIGHTNESS), linewidth=0, zorder=1.5)
        axes.fill_between(dates, estimate.low, high, color=shade_of(colour, INTERVAL_LIGHTNESS), linewidth=0, zorder=1.8)
    axes.plot(dates, estimate.mean, color=colour, zorder=2.2, marker="o" if len(dates) == 1 else "")
    span_dates(axes, dates)


def graduations(results: Results) -> list[np.datetime64]:
    """Return the days of a run on which a class graduates."""
    import numpy as np

    population = results.scenario.population
    wanted = f"-{population.graduation_month:02d}-{population.graduation_day:02d}"
    return [np.datetime64(day, "D") for day in results.dates[1:] if str(day).endswith(wanted)]


def mark_graduations(axes: Axes, results: Results) -> None:
    """Draw a dotted line at each graduation."""
    for day in graduations(results):
        axes.axvline(day, color=SOFT, linewidth=0.9, linestyle=(0, (1, 2)), zorder=1.4, gid="graduation")  # type: ignore[arg-type]


def span_dates(axes: Axes, dates: NDArray[np.datetime64], most_ticks: int = 8) -> None:
    """Let an axis run over the dates of a run, and be at least a day long."""
    import numpy as np

    axes.set_xlim(dates[0], dates[-1] if len(dates) > 1 else dates[0] + np.timedelta64(1, "D"))  # type: ignore[arg-type]
    use_date_axis(axes, most_ticks)


def band_handles(replicates: int, language: Language, colour: str = GREY, lived: Lived | None = None) -> list[Artist]:
    """Return what a legend of bands shows: handles with labels.

    Args:
        replicates: Number of replicates; one has no bands.
        language: "zh" or "en".
        colour: Colour of the samples.
        lived: With which vectors of a set of behaviours the replicates lived; None: there is no set.
    """
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    line = Line2D([], [], color=colour, label=say("mean" if replicates > 1 else "one_replicates", language))
    label = say("interval" if lived is None else "interval_of_set", language)
    bands = [Patch(facecolor=shade_of(colour, INTERVAL_LIGHTNESS), label=label)] if replicates > 1 else []
    if replicates >= ENOUGH:
        bands.append(Patch(facecolor=shade_of(colour, SPREAD_LIGHTNESS), label=say("spread", language)))
    return [line, *bands]


def begin_at_zero(axes: Axes, language: Language, *, narrow: bool = False) -> None:
    """Let a vertical axis of what cannot be negative begin at 0; where all of it is far above, mark that the axis is cut and say so.

    Args:
        axes: The axes, with all that is drawn in them.
        language: "zh" or "en".
        narrow: Whether there is no room beside the title.
    """
    low, high = axes.dataLim.y0, axes.dataLim.y1
    if low <= MUCH_ABOVE_ZERO * high:
        axes.set_ylim(0.0, 1.05 * high or 1.0)
        return
    axes.set_ylim(axes.get_ylim())
    for height in (0.0, 0.035):
        axes.plot((-0.008, 0.008), (height, height + 0.03), transform=axes.transAxes, color=SOFT, linewidth=1.0, clip_on=False, zorder=5, gid="cut")
    if narrow:
        axes.set_ylim(axes.get_ylim()[0] - 0.08 * (high - low), axes.get_ylim()[1])
        axes.annotate(say("axis_cut", language), (0.98, 0.02), xycoords="axes fraction", ha="right", fontsize=7.0, color=SOFT)
    else:
        axes.set_title(say("axis_cut", language), loc="right", fontsize=7.5, color=SOFT)


def open_flat(axes: Axes) -> bool:
    """Give a vertical axis of differences that are all zero one unit to each side, and tell whether they are.

    Args:
        axes: The axes, with all that is drawn in them.
    """
    if max(abs(axes.dataLim.y0), abs(axes.dataLim.y1)) > NOTHING:
        return False
    axes.set_ylim(-1.2, 1.2)
    axes.set_yticks((-1.0, 0.0, 1.0))
    return True


def group_thousands(axes: Axes, which: str = "y") -> None:
    """Write the ticks of an axis as numbers with separated thousands, few enough not to touch.

    Args:
        axes: The axes.
        which: "x" or "y".
    """
    from matplotlib.ticker import FuncFormatter

    axis = axes.yaxis if which == "y" else axes.xaxis
    axis.set_major_formatter(FuncFormatter(lambda value, _position: write_exactly(round(value, 9))))
