"""From gross to net: two scales, because what is counted may be fifty times what was added.

Above, those served who work here at the end, with the part who would work anyway. Below, what is
left of them, enlarged, and from there what others lost and gained, to the net additional jobs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from experiments.shared.figures.bands import group_thousands
from experiments.shared.figures.style import BLUE, DARK, GREY, PALETTE, VERMILION, new_figure, styled
from experiments.shared.figures.text import say
from experiments.shared.numbers import write, write_estimate
from sim.statistics import MeanInterval, mean_interval

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from experiments.shared.words import Language
    from sim.comparison import Comparison

GREEN, AMBER = PALETTE[2], PALETTE[4]
BLACK = "#111111"
ROOM = 0.42
"""Room for numbers to the right of the bars, in widths of the bars."""
BACKWARDS = ("row_deadweight", "row_displacement")
"""Bars that run from the right to the left."""


@dataclass(frozen=True)
class Bar:
    """One bar of a waterfall.

    Attributes:
        label: Key of its words.
        start: Where it starts, in persons.
        end: Where it ends.
        estimate: The mean of the row and its interval.
        colour: Its colour.
    """

    label: str
    start: float
    end: float
    estimate: MeanInterval
    colour: str


def waterfall(account: Mapping[str, NDArray[np.float64]]) -> tuple[list[Bar], list[Bar]]:
    """The bars of an account.

    Args:
        account: Row → persons in each replicate, shape (replicates,).

    Returns:
        The bars from gross to net on participants, and from there to net additional.
    """
    from sim.account import ROW_KINDS

    found = {row: mean_interval(values, kind=ROW_KINDS[row]) for row, values in account.items()}
    mean = {row: float(estimate.mean) for row, estimate in found.items()}
    gross, net = mean["gross_placements"], mean["net_on_participants"]
    left = net - mean["displacement"]
    above = [
        Bar("row_gross", 0.0, gross, found["gross_placements"], BLUE),
        Bar("row_deadweight", gross, net, found["deadweight"], GREY),
        Bar("row_net", 0.0, net, found["net_on_participants"], BLUE),
    ]
    below = [
        Bar("row_net", 0.0, net, found["net_on_participants"], BLUE),
        Bar("row_displacement", net, left, found["displacement"], VERMILION),
        Bar("row_made", left, left + mean["jobs_made"], found["jobs_made"], GREEN),
        Bar("row_additional", 0.0, mean["net_additional_jobs"], found["net_additional_jobs"], AMBER),
    ]
    return above, below


def draw_account(comparison: Comparison, name: str, language: Language, called: str) -> Figure | None:
    """The account of jobs of one variant.

    Args:
        comparison: A baseline and its variants.
        name: Name of the variant.
        language: "zh" or "en".
        called: What the variant is called.

    Returns:
        A figure of two panels; None if nobody was placed and nothing changed.
    """
    account = comparison.variants[name].accounts["jobs"]
    if not any(values.any() for values in account.values()):
        return None
    above, below = waterfall(account)
    replicates = comparison.baseline.replicates
    with styled():
        figure = new_figure(4.6, say("account_title", language, title=called))
        upper, lower = figure.subplots(2, 1, height_ratios=(3.0, 4.0))
        _draw_bars(upper, above, language)
        _draw_bars(lower, below, language)
        upper.set_title(say("account_gross_panel", language))
        title = lower.set_title(say("account_net_panel", language))
        title.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 1.0})
        upper.tick_params(axis="x", bottom=False, labelbottom=False, top=True, labeltop=True)
        upper.spines["bottom"].set_visible(False)
        for panel in (upper, lower):
            panel.set_facecolor("none")
        upper.spines["top"].set_visible(True)
        _join(figure, upper, lower, above[-1].end)
        _add_notes(figure, float(account["reshuffled"].mean()), replicates, language)
        return figure


def _draw_bars(axes: Axes, bars: Sequence[Bar], language: Language) -> None:
    """Bars from the left to the right, thin lines from the end of one to the start of the next."""
    edges = [0.0] + [edge for bar in bars for edge in _edges(bar)]
    low, high = min(edges), max(edges)
    width = high - low or 1.0
    for row, bar in enumerate(bars):
        axes.barh(row, bar.end - bar.start, left=bar.start, height=0.6, color=bar.colour, zorder=2)
        if row + 1 < len(bars):
            ends = (row + 0.3, row + 0.7)
            axes.plot((bar.end, bar.end), ends, color=GREY, linewidth=0.8, zorder=1.7)
        _draw_whisker(axes, row, bar)
        axes.text(
            high + 0.03 * width, row, write_estimate(bar.estimate), va="center", fontsize=8.5,
        )  # fmt: skip
    axes.axvline(0.0, color=DARK, linewidth=0.9, zorder=2.4)
    axes.set_yticks(range(len(bars)), [say(bar.label, language) for bar in bars])
    axes.set_ylim(len(bars) - 0.4, -0.6)
    axes.set_xlim(low - 0.02 * width, high + ROOM * width)
    axes.set_xticks([tick for tick in axes.get_xticks() if low <= tick <= high])
    axes.grid(visible=False, axis="y")
    axes.tick_params(axis="y", length=0)
    group_thousands(axes, "x")


def _whisker(bar: Bar) -> tuple[float, float]:
    """How far the whisker at the end of a bar reaches to the left and to the right."""
    below, above = bar.estimate.mean - bar.estimate.low, bar.estimate.high - bar.estimate.mean
    down, up = (0.0 if np.isnan(part) else max(float(part), 0.0) for part in (below, above))
    return (up, down) if bar.label in BACKWARDS else (down, up)


def _edges(bar: Bar) -> list[float]:
    """The outermost points of a bar and of its whisker."""
    left, right = _whisker(bar)
    return [bar.start, bar.end, bar.end - left, bar.end + right]


def _draw_whisker(axes: Axes, row: int, bar: Bar) -> None:
    """The interval of the row at the end of its bar."""
    left, right = _whisker(bar)
    if left > 0.0 or right > 0.0:
        axes.errorbar(
            bar.end, row, xerr=[[left], [right]], fmt="none", ecolor=BLACK, elinewidth=1.1,
            capsize=2.5, zorder=3,
        )  # fmt: skip


def _join(figure: Figure, upper: Axes, lower: Axes, net: float) -> None:
    """Lines from the last bar above to the first below, which is the same bar enlarged."""
    from matplotlib.patches import ConnectionPatch

    for edge in (0.0, net):
        line = ConnectionPatch(
            (edge, 2.3), (edge, -0.3), "data", "data", axesA=upper, axesB=lower, color=BLUE,
            linewidth=0.8, linestyle=(0, (3, 2)), alpha=0.7, zorder=-1,
        )  # fmt: skip
        figure.add_artist(line)


def _add_notes(figure: Figure, reshuffled: float, replicates: int, language: Language) -> None:
    """What the whiskers are, how many pairs there were, and who merely changed places."""
    from matplotlib.artist import Artist
    from matplotlib.lines import Line2D

    handles: list[Artist] = []
    if replicates > 1:
        words = say("account_interval", language)
        handles.append(Line2D([], [], color=BLACK, linewidth=1.1, label=words))
    count = say("pairs" if replicates > 1 else "one_pair", language, count=replicates)
    handles.append(Line2D([], [], linestyle="none", label=count))
    note = say("reshuffled", language, count=write(round(reshuffled)))
    figure.legend(
        handles=handles, loc="outside lower left", ncols=2, handlelength=1.6, title=note,
        alignment="left", title_fontsize=8.5,
    )  # fmt: skip
