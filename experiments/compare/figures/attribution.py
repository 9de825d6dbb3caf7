"""What each lever of a bundle contributes: a bar a lever, with its number and 95 % interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experiments.compare.figures.dots import is_told
from experiments.shared.figures.bands import group_thousands
from experiments.shared.figures.style import BLUE, DARK, INK, new_figure, put_below, shade_of, styled
from experiments.shared.figures.text import say
from sim.numbers import PLAIN, Form, money_form, write_estimate
from sim.statistics import Kind, MeanInterval

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from experiments.compare.figures.shown import Shown
    from sim.attribution import Attribution

MEASURES = ("jobs", "spending", "stays_6m", "stays_12m", "businesses")
PALE = 0.65
"""How pale a bar is whose interval holds zero."""
ROOM = 0.75
"""Room for numbers to the right of the bars, in widths of the bars."""


def draw_attribution(attribution: Attribution, shown: Shown) -> Figure | None:
    """Draw bars of what each lever contributes, a panel a measure; levers that add most jobs first.

    Args:
        attribution: Contributions of the levers of a bundle.
        shown: The comparison that it belongs to.

    Returns:
        The figure, without measures of which nothing can be told (jobs and spending are drawn in any case); None if no lever changes any.
    """
    from sim.levers import LEVER_LABELS

    matter = [name for name in MEASURES if attribution.matters(name)]
    if not matter:
        return None
    levers, language = attribution.ranked, shown.language
    estimates = {name: [attribution.over(attribution.contributions[lever][name]) for lever in levers] for name in matter}
    drawn = [name for name in matter if name in MEASURES[:2] or any(map(is_told, estimates[name]))]
    columns = min(2, len(drawn))
    rows = -(-len(drawn) // columns)
    with styled():
        jobs = zip(levers, estimates.get("jobs", []), strict=False)
        says = "; ".join(f"{LEVER_LABELS[lever][language]}: {write_estimate(estimate)}" for lever, estimate in jobs)
        figure = new_figure(1.0 + rows * (0.7 + 0.21 * len(levers)), shown.title("attribution"), shown.foot, says)
        panels = figure.subplots(rows, columns, sharey=True, squeeze=False)
        for panel in panels.flat[len(drawn) :]:
            panel.remove()
        for panel, name in zip(panels.flat, drawn, strict=False):
            whole = attribution.whole[name]
            form = money_form(float(whole.mean()), language) if name == "spending" else PLAIN
            _draw_bars(panel, estimates[name], form)
            kind = Kind.AMOUNT if name == "spending" else Kind.FREE  # beside a world that spends nothing
            number = say("attribution_whole", language, number=write_estimate(attribution.over(whole, kind), form))
            title = panel.set_title(f"{say(f'attribution_{name}', language, unit=form.unit)}\n{number}")
            title.set_linespacing(1.35)  # type: ignore[attr-defined]
        for row in panels:
            row[0].set_yticks(range(len(levers)), [LEVER_LABELS[name][language] for name in levers])
            row[0].set_ylim(len(levers) - 0.4, -0.6)
        hidden = [say(f"attribution_{name}", language, unit="") for name in matter if name not in drawn]
        note = say("attribution_exact" if attribution.orders is None else "attribution_sampled", language)
        if hidden:
            note += "\n" + say("attribution_hidden", language, names=("、" if language == "zh" else ", ").join(hidden))
        put_below(figure, _handles(shown), note)
        return figure


def _draw_bars(axes: Axes, estimates: list[MeanInterval], form: Form) -> None:
    """Draw bars from zero, pale where the interval holds it, with whiskers, and their numbers in a column at the right."""
    scaled = [estimate.times(form.scale) for estimate in estimates]
    for row, estimate in enumerate(scaled):
        mean, low, high = (float(part) for part in estimate)
        axes.barh(row, mean, height=0.64, color=BLUE if is_told(estimate) else shade_of(BLUE, PALE), zorder=2)
        if high > low:
            axes.errorbar(mean, row, xerr=[[mean - low], [high - mean]], fmt="none", ecolor=INK, elinewidth=1.1, capsize=2.0, zorder=3)
    low, high = min(0.0, axes.dataLim.x0), max(0.0, axes.dataLim.x1)
    width = high - low or 1.0
    axes.set_xlim(low - 0.03 * width, high + ROOM * width)
    axes.locator_params(axis="x", nbins=8)
    axes.set_xticks([tick for tick in axes.get_xticks() if low <= tick <= high])
    for row, estimate in enumerate(estimates):
        axes.text(0.99, row, write_estimate(estimate, form), transform=axes.get_yaxis_transform(), ha="right", va="center", fontsize=7.5)
    axes.axvline(0.0, color=DARK, linewidth=0.9, zorder=2.4)
    axes.grid(visible=False, axis="y")
    axes.tick_params(axis="y", length=0)
    group_thousands(axes, "x")


def _handles(shown: Shown) -> list[Artist]:
    """Return what bars and whiskers are."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    if shown.replicates == 1:
        return []
    line = Line2D([], [], color=INK, linewidth=1.1, label=say("whisker", shown.language))
    return [line, Patch(facecolor=shade_of(BLUE, PALE), label=say("attribution_pale", shown.language))]
