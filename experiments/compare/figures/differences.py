"""Figures of a comparison: what changes over time, from gross to net, for whom, and at what cost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from experiments.compare.figures.account import draw_account
from experiments.compare.figures.groups import draw_groups, draw_variants
from experiments.shared.figures.bands import group_thousands
from experiments.shared.figures.naming import outcome_scale, outcome_title
from experiments.shared.figures.spending import draw_spending
from experiments.shared.figures.style import DARK, PALETTE, new_figure, styled, use_date_axis
from experiments.shared.figures.text import say
from experiments.shared.numbers import POINTS
from sim.statistics import mean_interval

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from experiments.shared.words import Labels, Language
    from sim.comparison import Comparison

OVER_TIME = ("employed_in_region", "residents_from_elsewhere", "startups_alive", "startup_jobs")
"""Outcomes whose differences are drawn over time, where they are asked for."""
MOST_PANELS = 6
BAND_ALPHA, MANY_ALPHA, MANY = 0.22, 0.12, 3
"""How opaque a band is; and where so many lie on one another."""


def draw_comparison(comparison: Comparison, outcomes: Sequence[str], language: Language, labels: Labels | None = None) -> dict[str, Figure]:
    """Every figure of a comparison.

    Args:
        comparison: A baseline and its variants.
        outcomes: Outcomes asked for.
        language: "zh" or "en".
        labels: Name of a variant → language → what it is called; its name where there is none.

    Returns:
        Name of a file → figure. What is zero throughout is not drawn.
    """
    drawn = {name: draw() for name, draw in drawings_of(comparison, outcomes, language, labels).items()}
    return {name: figure for name, figure in drawn.items() if figure is not None}


def drawings_of(
    comparison: Comparison, outcomes: Sequence[str], language: Language, labels: Labels | None = None
) -> dict[str, Callable[[], Figure | None]]:
    """Return what draws every figure of a comparison, each for itself: name of a file → drawing."""
    called = {name: (labels or {}).get(name, {}).get(language, name) for name in comparison.variants}
    colours = colours_of(list(called))
    drawings: dict[str, Callable[[], Figure | None]] = {
        "differences": lambda: draw_differences(comparison, outcomes, language, called, colours),
        "groups": lambda: draw_groups(comparison, language, called, colours),
    }
    if len(called) > 1:
        drawings["variants"] = lambda: draw_variants(comparison, language, called, colours)
    for name, title in called.items():
        suffix = f"_{name}" if len(called) > 1 else ""
        drawings[f"account{suffix}"] = partial(draw_account, comparison, name, language, title)
        drawings[f"spending{suffix}"] = partial(draw_spending, comparison.variants[name].results, language, title)
    return drawings


def colours_of(names: Sequence[str]) -> dict[str, str]:
    """A colour a variant: of the palette, or for more than it has, along a scale.

    Args:
        names: Names of variants.

    Returns:
        Name → colour.
    """
    if len(names) <= len(PALETTE):
        return dict(zip(names, PALETTE, strict=False))
    from matplotlib import colormaps
    from matplotlib.colors import to_hex

    places = np.linspace(0.0, 0.85, len(names))
    shades = [to_hex(colormaps["viridis"](float(place))) for place in places]
    return dict(zip(names, shades, strict=True))


def draw_differences(
    comparison: Comparison, outcomes: Sequence[str], language: Language, called: Mapping[str, str], colours: Mapping[str, str]
) -> Figure | None:
    """Paired differences to the baseline over time, a panel an outcome, a line a variant.

    Args:
        comparison: A baseline and its variants.
        outcomes: Outcomes asked for: of them the usual ones, or those with daily values.
        language: "zh" or "en".
        called: Name of a variant → what it is called.
        colours: Name of a variant → colour.

    Returns:
        The figure; None if no outcome has daily values.
    """
    before = comparison.baseline.series
    daily = [name for name in outcomes if name in before]
    shown = [name for name in OVER_TIME if name in daily] or daily[:MOST_PANELS]
    if not shown:
        return None
    after = {name: comparison.variants[name].results.series for name in called}
    dates, replicates = comparison.baseline.dates, comparison.baseline.replicates
    columns = 2 if len(shown) > 1 else 1
    rows = -(-len(shown) // columns)
    with styled():
        figure = new_figure(1.1 + 2.3 * rows, say("paired_title", language))
        panels = figure.subplots(rows, columns, sharex=True, squeeze=False)
        for panel in panels.flat[len(shown) :]:
            panel.remove()
        for place, (panel, outcome) in enumerate(zip(panels.flat, shown, strict=False)):
            scale, unit = outcome_scale(outcome, language)
            for name in called:
                values = scale * (after[name][outcome] - before[outcome])
                _draw_line(panel, dates, values, colours[name], _alpha(called))
            panel.axhline(0.0, color=DARK, linewidth=0.9, zorder=2.0)
            title = outcome_title(outcome, language)
            panel.set_title(title.replace(unit, POINTS[language]) if unit == "%" else title)
            panel.tick_params(labelbottom=place + columns >= len(shown))
            use_date_axis(panel, most_ticks=6 if columns > 1 else 8)
            _widen(panel)
            group_thousands(panel)
        _add_legend(figure, called, colours, replicates, language)
        return figure


def _draw_line(axes: Axes, dates: NDArray[np.datetime64], values: NDArray[np.float64], colour: str, alpha: float) -> None:
    """The mean difference, and its 95 % interval as a band that lets others be seen."""
    estimate = mean_interval(values)
    if len(values) > 1:
        axes.fill_between(
            dates, estimate.low, estimate.high, color=colour, alpha=alpha, linewidth=0,
            zorder=1.8,
        )  # fmt: skip
    axes.plot(dates, estimate.mean, color=colour, zorder=2.2)
    axes.set_xlim(dates[0], dates[-1] if len(dates) > 1 else dates[0] + np.timedelta64(1, "D"))


def _alpha(called: Mapping[str, str]) -> float:
    return BAND_ALPHA if len(called) < MANY else MANY_ALPHA


def _widen(axes: Axes) -> None:
    """Show nothing as a line at zero within one unit to each side, not as noise."""
    drawn = [np.asarray(line.get_ydata(), dtype=np.float64) for line in axes.lines]
    if all(np.nanmax(np.abs(line), initial=0.0) == 0.0 for line in drawn):
        axes.set_ylim(-1.0, 1.0)


def _add_legend(figure: Figure, called: Mapping[str, str], colours: Mapping[str, str], replicates: int, language: Language) -> None:
    from matplotlib.artist import Artist
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles: list[Artist] = [Line2D([], [], color=colours[name], label=title) for name, title in called.items()]
    if replicates > 1:
        words = say("paired_interval", language)
        handles.append(Patch(facecolor=DARK, alpha=_alpha(called), label=words))
    count = "pairs" if replicates > 1 else "one_pair"
    words = say(count, language, count=replicates)
    handles.append(Line2D([], [], linestyle="none", label=words))
    figure.legend(
        handles=handles, loc="outside lower left", ncols=min(len(handles), 4), handlelength=1.6,
        columnspacing=1.6,
    )  # fmt: skip
