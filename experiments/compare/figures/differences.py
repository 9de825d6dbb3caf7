"""What changes over time: a panel an outcome; of several variants also a panel a variant, so that none hides another. And both worlds beside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from experiments.shared.figures.bands import NOTHING, begin_at_zero, graduations, group_thousands, mark_graduations, open_flat, span_dates
from experiments.shared.figures.naming import outcome_form, outcome_kind, outcome_label, with_unit
from experiments.shared.figures.style import DARK, GREY, folded, new_figure, put_below, styled
from experiments.shared.figures.text import say
from sim.bilingual import in_language
from sim.numbers import write_estimate
from sim.statistics import MeanInterval

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from experiments.compare.figures.shown import Shown

OVER_TIME = ("employed_in_region", "residents_from_elsewhere", "startups_alive", "startup_jobs")
"""Outcomes whose differences are drawn over time, where they are asked for."""
BOTH_WORLDS = ("employment_rate", "employed_in_region", "arrivals")
"""Outcomes that are drawn in both worlds."""
MOST_PANELS, MOST_COLUMNS = 6, 4
NARROW_COLUMNS = 2
"""With more of them, only the first and the last date are written."""
BAND_ALPHA = 0.22
DASHES = (0, (4, 2))


def draw_differences(shown: Shown, outcomes: Sequence[str]) -> Figure | None:
    """Draw paired differences to the baseline over time; None if no outcome has daily values.

    Args:
        shown: The comparison.
        outcomes: Outcomes asked for: of them the usual ones, or those with daily values.
    """
    daily = [name for name in outcomes if name in shown.comparison.baseline.series]
    chosen = [name for name in OVER_TIME if name in daily] or daily[:MOST_PANELS]
    if not chosen:
        return None
    alone, language = len(shown.called) == 1, shown.language
    blocks = -(-len(shown.called) // MOST_COLUMNS)
    columns = min(2, len(chosen)) if alone else -(-len(shown.called) // blocks)
    width = 1 if alone else columns
    cells = [(outcome, name) for outcome in chosen for name in [*shown.called, *[""] * (-len(shown.called) % width)]]
    rows = -(-len(cells) // columns)
    with styled():
        estimates = {(outcome, name): _difference(shown, outcome, name) for outcome, name in cells if name}
        says = "; ".join(
            f"{outcome_label(outcome, language)}, {shown.called[name]}: {_at_the_end(shown, outcome, estimate)}"
            for (outcome, name), estimate in estimates.items()
        )
        figure = new_figure(1.0 + (2.3 if alone else 1.7) * rows, shown.title("paired"), shown.foot, says)
        panels = figure.subplots(rows, columns, sharex=True, squeeze=False)
        for place, panel in enumerate(panels.flat):
            outcome, name = cells[place] if place < len(cells) else ("", "")
            if not name:
                panel.remove()
                continue
            label = with_unit(outcome_label(outcome, language), outcome_form(outcome, language, difference=True).unit, language)
            if alone:
                panel.set_title(label)
            else:
                if place < blocks * columns:
                    panel.set_title("\n".join(folded(shown.called[name], 14)), color=shown.colours[name], fontsize=9.0)
                if place % columns == 0:
                    panel.set_ylabel("\n".join(folded(label, 11)), fontsize=8.5)
            for other in shown.called:
                if other != name:
                    panel.plot(shown.comparison.baseline.dates, estimates[outcome, other].mean, color=GREY, alpha=0.6, linewidth=0.7, zorder=1.7)
            _draw_line(panel, shown.comparison.baseline.dates, estimates[outcome, name], shown.colours[name])
            panel.axhline(0.0, color=DARK, linewidth=0.9, zorder=2.0)
            words = say("at_the_end", language, number=_at_the_end(shown, outcome, estimates[outcome, name]))
            panel.annotate(words, (0.02, 0.98), xycoords="axes fraction", va="top", fontsize=7.5, zorder=4, gid="end")
            panel.tick_params(labelbottom=place + columns >= len(cells) or not cells[place + columns][1])
            span_dates(panel, shown.comparison.baseline.dates, 6)
            if columns > NARROW_COLUMNS and len(shown.comparison.baseline.dates) > 1:
                _date_ends(panel, shown.comparison.baseline.dates)
            group_thousands(panel)
        drawn = panels.flat[: len(cells)]
        for outcome in chosen:
            _share_heights([panel for panel, cell in zip(drawn, cells, strict=True) if cell[0] == outcome and cell[1]])
        put_below(figure, _handles(shown, band=True), "" if alone else say("other_variants", language))
        return figure


def draw_both_worlds(shown: Shown) -> Figure | None:
    """Draw employment and arrivals with each variant and under the baseline on one axis, and the difference below; None without daily values."""
    chosen = [name for name in BOTH_WORLDS if name in shown.comparison.baseline.series]
    if not chosen:
        return None
    dates, language = shown.comparison.baseline.dates, shown.language
    with styled():
        says = "; ".join(
            f"{outcome_label(outcome, language)}, {called}: {_at_the_end(shown, outcome, _difference(shown, outcome, name))}"
            for outcome in chosen for name, called in shown.called.items()
        )  # fmt: skip
        figure = new_figure(4.6, shown.title("daily"), shown.foot, says)
        panels = figure.subplots(2, len(chosen), sharex=True, squeeze=False, height_ratios=(1.5, 1.0))
        for outcome, above, below in zip(chosen, *panels, strict=True):
            form = outcome_form(outcome, language)
            for name in shown.called:
                values = shown.comparison.variants[name].results.series[outcome]
                above.plot(dates, shown.comparison.over(values, outcome_kind(outcome)).times(form.scale).mean, color=shown.colours[name], zorder=2.2)
                estimate = _difference(shown, outcome, name)
                _draw_line(below, dates, estimate, shown.colours[name], band=len(shown.called) == 1)
            without = form.scale * shown.comparison.baseline.series[outcome].mean(axis=0)
            above.plot(dates, without, color=DARK, linestyle=DASHES, linewidth=1.2, zorder=2.4)
            begin_at_zero(above, language, narrow=True)
            below.axhline(0.0, color=DARK, linewidth=0.9, zorder=2.0)
            label = outcome_label(outcome, language)
            above.set_title("\n".join(folded(with_unit(label, form.unit, language), 17)), fontsize=9.0)
            unit = outcome_form(outcome, language, difference=True).unit
            below.set_title(say("difference_panel", language, label=unit), fontsize=9.0)
            for panel in (above, below):
                mark_graduations(panel, shown.comparison.baseline)
                span_dates(panel, dates, 4)
                group_thousands(panel)
            _share_heights([below])
        note = say("graduation", language) if graduations(shown.comparison.baseline) else ""
        put_below(figure, _handles(shown, band=len(shown.called) == 1, with_baseline=True), note, columns=4)
        return figure


def _difference(shown: Shown, outcome: str, name: str) -> MeanInterval:
    """Return the daily paired difference of a variant to the baseline, in the unit of the axis."""
    given, without = shown.comparison.variants[name].results.series[outcome], shown.comparison.baseline.series[outcome]
    return shown.comparison.over(given - without).times(outcome_form(outcome, shown.language, difference=True).scale)


def _at_the_end(shown: Shown, outcome: str, estimate: MeanInterval) -> str:
    """Write the difference of the last day, which is in the unit of the axis already."""
    form = outcome_form(outcome, shown.language, difference=True)._replace(scale=1.0)
    return write_estimate((part[-1] for part in estimate), form, signed=True)


def _draw_line(axes: Axes, dates: NDArray[np.datetime64], estimate: MeanInterval, colour: str, *, band: bool = True) -> None:
    """Draw the mean difference, and its 95 % interval as a band."""
    if band and np.isfinite(estimate.low).any():
        axes.fill_between(dates, estimate.low, estimate.high, color=colour, alpha=BAND_ALPHA, linewidth=0, zorder=1.8)
    axes.plot(dates, estimate.mean, color=colour, zorder=2.2)


def _date_ends(axes: Axes, dates: NDArray[np.datetime64]) -> None:
    """Write the first and the last date, within a narrow panel."""
    axes.set_xticks([dates[0], dates[-1]], [str(dates[0]), str(dates[-1])], fontsize=6.5)
    first, last = axes.xaxis.get_major_ticks()
    first.label1.set_horizontalalignment("left")
    last.label1.set_horizontalalignment("right")


def _share_heights(panels: Sequence[Axes]) -> None:
    """Give panels the same heights, with room for words at the top; nothing is a line at zero within one unit to each side, not noise."""
    lows, highs = zip(*((panel.dataLim.y0, panel.dataLim.y1) for panel in panels), strict=True)
    low, high = min(0.0, *lows), max(0.0, *highs)
    if max(-low, high) <= NOTHING:
        for panel in panels:
            open_flat(panel)
        return
    for panel in panels:
        panel.set_ylim(low - 0.06 * (high - low), high + 0.22 * (high - low))


def _handles(shown: Shown, *, band: bool, with_baseline: bool = False) -> list[Artist]:
    """Return what the legend shows: variants by colour, the baseline, and what the bands are."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles: list[Artist] = []
    if with_baseline:
        handles = [Line2D([], [], color=shown.colours[name], label=called) for name, called in shown.called.items()]
        against = in_language(shown.names.against, shown.language)
        handles.append(Line2D([], [], color=DARK, linestyle=DASHES, linewidth=1.2, label=against))
    if band and shown.replicates > 1:
        handles.append(Patch(facecolor=DARK, alpha=BAND_ALPHA, label=shown.says_interval("paired_interval")))
    return handles
