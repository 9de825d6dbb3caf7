"""What each lever of a bundle contributes: a bar a lever, with its 95 % interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from experiments.compare.figures.account import BLACK
from experiments.shared.figures.bands import group_thousands
from experiments.shared.figures.style import BLUE, DARK, new_figure, shade_of, styled
from experiments.shared.figures.text import say
from experiments.shared.numbers import PLAIN, money_form, write_estimate
from sim.statistics import mean_interval

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from experiments.shared.words import Language
    from sim.attribution import Attribution

SHOWN = ("jobs", "spending", "stays_6m", "stays_12m", "businesses")
COLUMNS = {1: 1, 2: 2, 3: 3, 4: 2, 5: 3}
"""Number of panels → panels in a row."""
PALE = 0.65
"""How pale a bar is whose interval holds zero."""


def draw_attribution(attribution: Attribution, language: Language, called: str) -> Figure | None:
    """Bars of what each lever contributes, a panel a measure; levers that add most jobs first.

    Args:
        attribution: Contributions of the levers of a bundle.
        language: "zh" or "en".
        called: What the bundle is called.

    Returns:
        The figure, without measures that no lever changes; None if no lever changes any.
    """
    from sim.levers import LEVER_LABELS

    shown = [name for name in SHOWN if attribution.matters(name)]
    if not shown:
        return None
    levers = attribution.ranked
    columns = COLUMNS[len(shown)]
    rows = -(-len(shown) // columns)
    with styled():
        title = say("attribution_title", language, title=called)
        figure = new_figure(1.2 + rows * (0.65 + 0.21 * len(levers)), title)
        panels = figure.subplots(rows, columns, sharey=True, squeeze=False)
        for panel in panels.flat[len(shown) :]:
            panel.remove()
        for panel, name in zip(panels.flat, shown, strict=False):
            whole = attribution.whole[name]
            form = money_form(float(whole.mean()), language) if name == "spending" else PLAIN
            _draw_bars(panel, [form.scale * attribution.contributions[lever][name] for lever in levers])
            number = write_estimate(mean_interval(whole), form)
            heading = say(f"attribution_{name}", language, unit=form.unit)
            panel.set_title(f"{heading}\n{say('attribution_whole', language, number=number)}")
        for row in panels:
            row[0].set_yticks(range(len(levers)), [LEVER_LABELS[name][language] for name in levers])
            row[0].set_ylim(len(levers) - 0.4, -0.6)
        _add_legend(figure, attribution, language)
        return figure


def _draw_bars(axes: Axes, values: list[NDArray[np.float64]]) -> None:
    """Bars from zero, pale where the interval holds it, with whiskers."""
    for row, of_lever in enumerate(values):
        mean, low, high = (float(part) for part in mean_interval(of_lever))
        certain = np.isfinite(low) and not low <= 0.0 <= high
        colour = BLUE if certain else shade_of(BLUE, PALE)
        axes.barh(row, mean, height=0.64, color=colour, zorder=2)
        if high > low:
            axes.errorbar(
                mean, row, xerr=[[mean - low], [high - mean]], fmt="none", ecolor=BLACK,
                elinewidth=1.1, capsize=2.0, zorder=3,
            )  # fmt: skip
    axes.axvline(0.0, color=DARK, linewidth=0.9, zorder=2.4)
    axes.grid(visible=False, axis="y")
    axes.tick_params(axis="y", length=0)
    axes.locator_params(axis="x", nbins=6)
    group_thousands(axes, "x")


def _add_legend(figure: Figure, attribution: Attribution, language: Language) -> None:
    """What bars and whiskers are, how many replicates there were, and how they were made."""
    from matplotlib.artist import Artist
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles: list[Artist] = []
    if attribution.replicates > 1:
        words = say("account_interval", language)
        handles.append(Line2D([], [], color=BLACK, linewidth=1.1, label=words))
        pale = shade_of(BLUE, PALE)
        handles.append(Patch(facecolor=pale, label=say("groups_hollow", language)))
    count = say(
        "replicates" if attribution.replicates > 1 else "one_run", language,
        count=attribution.replicates,
    )  # fmt: skip
    handles.append(Line2D([], [], linestyle="none", label=count))
    method = "attribution_exact" if attribution.orders is None else "attribution_sampled"
    figure.legend(
        handles=handles, loc="outside lower left", ncols=len(handles), handlelength=1.6,
        title=say(method, language), alignment="left", title_fontsize=8.5,
    )  # fmt: skip
