"""The variants side by side: net additional jobs, additional spending, cost per additional job; dots with their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experiments.compare.figures.dots import draw_dot, write_above
from experiments.compare.figures.groups import dot_handles
from experiments.shared.figures.bands import group_thousands
from experiments.shared.figures.style import DARK, SOFT, folded, new_figure, put_below, styled
from experiments.shared.figures.text import say
from sim.numbers import Form, money_form, write_estimate
from sim.statistics import MeanInterval

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from experiments.compare.figures.shown import Shown
    from sim.statistics import RatioInterval

WIDEST = 6.0
"""How many times the smallest upper end of a cost the axis of costs is long at most; what is longer ends in an arrow."""
EDGE = 1.06
"""Length of the axis of costs relative to the longest that is drawn whole."""


def draw_variants(shown: Shown) -> Figure:
    """Draw the variants side by side, in three panels that share them."""
    comparison, language, names = shown.comparison, shown.language, list(shown.called)
    jobs = {name: comparison.over(comparison.variants[name].accounts["jobs"]["net_additional_jobs"]) for name in names}
    spending = {
        name: comparison.over(comparison.variants[name].results.outcomes["spending"] - comparison.baseline.outcomes["spending"]) for name in names
    }
    form = money_form(max(abs(float(money.mean)) for money in spending.values()), language)
    with styled():
        says = "; ".join(f"{shown.called[name]}: {write_estimate(jobs[name], signed=True)}" for name in names)
        figure = new_figure(1.4 + 0.5 * len(names), shown.title("variants"), shown.foot, says)
        panels = figure.subplots(1, 3, sharey=True, width_ratios=(1.0, 0.8, 1.1))
        for row, name in enumerate(names):
            draw_dot(panels[0], jobs[name], row, shown.colours[name])
            draw_dot(panels[1], spending[name].times(form.scale), row, shown.colours[name])
        cost_form, cut = _draw_costs(panels[2], shown, jobs)
        titles = (
            say("variants_jobs", language), say("variants_spending", language, unit=form.unit), say("variants_cost", language, unit=cost_form.unit),
        )  # fmt: skip
        for panel, title in zip(panels, titles, strict=True):
            panel.set_title("\n".join(folded(title, 13)))
            panel.tick_params(axis="y", length=0)
            panel.grid(visible=False, axis="y")
            panel.locator_params(axis="x", nbins=4)
            group_thousands(panel, "x")
        for panel in panels[:2]:
            _show_zero(panel)
        for row, name in enumerate(names):
            write_above(panels[0], row, write_estimate(jobs[name], signed=True), float(jobs[name].mean))
            write_above(panels[1], row, write_estimate(spending[name], form, signed=True), form.scale * float(spending[name].mean))
        panels[0].set_yticks(range(len(names)), ["\n".join(folded(shown.called[name], 14)) for name in names])
        panels[0].set_ylim(len(names) - 0.6, -0.7)
        put_below(figure, dot_handles(shown), say("variants_cut", language) if cut else "")
        return figure


def _show_zero(axes: Axes) -> None:
    """Let an axis hold zero, as a line."""
    low, high = axes.get_xlim()
    axes.set_xlim(min(low, -0.04 * max(high, 0.0)), max(high, -0.04 * min(low, 0.0)))
    axes.axvline(0.0, color=DARK, linewidth=0.9, zorder=1.9)


def _draw_costs(axes: Axes, shown: Shown, jobs: dict[str, MeanInterval]) -> tuple[Form, bool]:
    """Draw cost per additional job with Fieller's interval on an axis from zero, or write why there is none.

    Returns:
        How the costs are written, and whether any is longer than the axis.
    """
    ratios = {name: shown.comparison.cost_per(name) for name in shown.called}
    known = {name: ratio for name, ratio in ratios.items() if ratio.defined and jobs[name].mean > 0 and ratio.value >= 0}
    most = min((WIDEST * ratio.high for ratio in known.values()), default=0.0)
    longest = min(max((ratio.high for ratio in known.values()), default=1.0), most) or 1.0
    form = money_form(longest, shown.language)
    axes.set_xlim(0.0, EDGE * form.scale * longest)
    for row, (name, ratio) in enumerate(ratios.items()):
        if name in known:
            _draw_cost(axes, ratio, form, row, shown.colours[name], longest)
        else:
            key = "variants_untold" if not ratio.defined else "variants_loses" if jobs[name].mean < 0 else "variants_saves"
            axes.text(0.02, row, say(key, shown.language), va="center", fontsize=8.0, transform=axes.get_yaxis_transform(), color=SOFT)
    if not known:
        axes.set_xticks([])
    return form, any(ratio.high > longest for ratio in known.values())


def _draw_cost(axes: Axes, ratio: RatioInterval, form: Form, row: float, colour: str, longest: float) -> None:
    """Draw one cost; where it goes beyond the axis, with an arrow."""
    low, value, high, edge = (form.scale * part for part in (ratio.low, ratio.value, ratio.high, longest))
    axes.plot((min(max(low, 0.0), edge), min(high, edge)), (row, row), color=colour, linewidth=1.6, zorder=2.2)
    if high > edge:
        axes.plot(edge, row, ">", color=colour, markersize=6.0, clip_on=False, zorder=2.4, gid="beyond")
    if value <= edge:
        axes.plot(value, row, "o", color=colour, markersize=5.0, zorder=2.5)
    write_above(axes, row, write_estimate((ratio.value, ratio.low, ratio.high), form), min(value, edge))
