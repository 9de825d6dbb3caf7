"""From gross to net: two scales, because what is counted may be fifty times what was added.

Above, those served who work here at the end, with the part who would work anyway. Below, what is left of them, enlarged, and from there what others
lost and gained, to the net additional jobs. A bar floats from what is before it to what is after it; how sure its own size is stands beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from experiments.compare.figures.dots import draw_dot, write_above
from experiments.compare.words import Names
from experiments.shared.figures.bands import group_thousands
from experiments.shared.figures.style import BLUE, DARK, GREY, PALETTE, VERMILION, new_figure, put_below, styled
from experiments.shared.figures.text import say
from sim.account import ROW_KINDS
from sim.bilingual import in_language
from sim.numbers import Form, form_of_sum, write, write_estimate
from sim.statistics import Kind, MeanInterval
from sim.uncertainty import interval_over

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from experiments.compare.figures.shown import Shown
    from experiments.shared.words import Language
    from sim.uncertainty import Lived

GREEN, AMBER = PALETTE[2], PALETTE[4]
ROOM = 0.26
"""Room for numbers to the right of the upper bars, in widths of the bars."""


@dataclass(frozen=True)
class Bar:
    """One bar of a waterfall.

    Attributes:
        row: Its row of the account.
        start: Where it starts, in persons.
        end: Where it ends.
        estimate: The mean of the row and its interval.
        colour: Its colour.
    """

    row: str
    start: float
    end: float
    estimate: MeanInterval
    colour: str


def waterfall(account: Mapping[str, NDArray[np.float64]], lived: Lived | None = None) -> tuple[list[Bar], list[Bar]]:
    """Return the bars of an account: from gross to net on participants, and from there to net additional.

    Args:
        account: Row → persons in each replicate, shape (replicates,).
        lived: With which vectors of a set of behaviours the replicates lived; None: there is no set.
    """
    found = {row: interval_over(values, lived, ROW_KINDS[row]) for row, values in account.items()}

    def bar(row: str, start: float, end: float, colour: str) -> Bar:
        return Bar(row, start, end, found[row], colour)

    gross, net, lost, made, additional = (
        float(found[row].mean) for row in ("gross_placements", "net_on_participants", "displacement", "jobs_made", "net_additional_jobs")
    )
    above = [bar("gross_placements", 0.0, gross, BLUE), bar("deadweight", gross, net, GREY), bar("net_on_participants", 0.0, net, BLUE)]
    below = [
        bar("net_on_participants", 0.0, net, BLUE),
        bar("displacement", net, net - lost, VERMILION),
        bar("jobs_made", net - lost, net - lost + made, GREEN),
        bar("net_additional_jobs", 0.0, additional, AMBER),
    ]
    return above, below


def draw_account(shown: Shown, name: str) -> Figure | None:
    """Draw the account of jobs of one variant; None if nobody was placed and nothing changed.

    Args:
        shown: The comparison.
        name: Name of the variant.
    """
    account = shown.comparison.variants[name].accounts["jobs"]
    if not any(values.any() for values in account.values()):
        return None
    above, below = waterfall(account, shown.lived)
    language = shown.language
    with styled():
        form = form_of_sum(below[-1].estimate)
        gross, anyway, net = (write_estimate(bar.estimate, form) for bar in (*above[:2], below[-1]))
        says = say("account_says", language, gross=gross, anyway=anyway, net=net)
        title = shown.title("account", name)
        figure = new_figure(4.5, title, shown.foot, says)
        grid = figure.add_gridspec(2, 2, height_ratios=(3.0, 4.4), width_ratios=(1.0, 0.95))
        upper, lower = figure.add_subplot(grid[0, :]), figure.add_subplot(grid[1, 0])
        beside = figure.add_subplot(grid[1, 1], sharey=lower)
        for panel, bars, key in ((upper, above, "account_gross_panel"), (lower, below, "account_net_panel")):
            _draw_bars(panel, bars, shown.names, language)
            panel.set_title(say(key, language))
        _write_beside(upper, above, form)
        _draw_intervals(beside, below, form)
        beside.set_title(say("account_interval_panel" if shown.replicates > 1 else "account_number_panel", language))
        note = say("reshuffled", language, count=write(round(float(account["reshuffled"].mean()))))
        put_below(figure, _handles(shown), note)
        return figure


def _draw_bars(axes: Axes, bars: Sequence[Bar], names: Names, language: Language) -> None:
    """Draw bars from the left to the right, thin lines from the end of one to the start of the next."""
    for row, bar in enumerate(bars):
        axes.barh(row, bar.end - bar.start, left=bar.start, height=0.6, color=bar.colour, zorder=2)
        if row + 1 < len(bars):
            axes.plot((bar.end, bar.end), (row + 0.3, row + 0.7), color=GREY, linewidth=0.8, zorder=1.7)
    axes.axvline(0.0, color=DARK, linewidth=0.9, zorder=2.4)
    axes.set_yticks(range(len(bars)), [in_language(names.row(bar.row), language) for bar in bars])
    axes.set_ylim(len(bars) - 0.4, -0.6)
    _finish(axes)


def _write_beside(axes: Axes, bars: Sequence[Bar], form: Form) -> None:
    """Write the number of each bar, with its interval, to the right of all."""
    low, high = min(0.0, *(bar.end for bar in bars)), max(0.0, *(bar.start for bar in bars), *(bar.end for bar in bars))
    width = high - low or 1.0
    for row, bar in enumerate(bars):
        axes.text(high + 0.02 * width, row, write_estimate(bar.estimate, form), va="center", fontsize=8.5)
    axes.set_xlim(low - 0.01 * width, high + ROOM * width)
    axes.set_xticks([tick for tick in axes.get_xticks() if low <= tick <= high])


def _draw_intervals(axes: Axes, bars: Sequence[Bar], form: Form) -> None:
    """Draw each row's own number with its interval on an axis of their own, with the words above."""
    for row, bar in enumerate(bars):
        draw_dot(axes, bar.estimate, row + 0.12, bar.colour, filled=ROW_KINDS[bar.row] is not Kind.FREE)
    axes.axvline(0.0, color=DARK, linewidth=0.9, zorder=1.9)
    axes.tick_params(axis="y", labelleft=False)
    _finish(axes)
    axes.set_xlim(axes.get_xlim())
    for row, bar in enumerate(bars):
        write_above(axes, row + 0.12, write_estimate(bar.estimate, form), float(bar.estimate.mean))


def _handles(shown: Shown) -> list[Artist]:
    """Return what full and hollow dots are."""
    from matplotlib.lines import Line2D

    if shown.replicates == 1:
        return []
    look: dict[str, Any] = {"color": GREY, "marker": "o", "markersize": 5.0, "linewidth": 1.6}
    return [
        Line2D([], [], label=say("account_mark", shown.language), **look),
        Line2D([], [], markerfacecolor="white", label=say("untold_balance", shown.language), **look),
    ]


def _finish(axes: Axes) -> None:
    axes.grid(visible=False, axis="y")
    axes.tick_params(axis="y", length=0)
    axes.locator_params(axis="x", nbins=6)
    group_thousands(axes, "x")
