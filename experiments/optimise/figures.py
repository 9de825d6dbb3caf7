"""Figures of the best use of a budget: what more money brings, and what other mixes miss."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from experiments.optimise.found import Optimised
from experiments.optimise.report import name_of, shown_in_order, written
from experiments.optimise.words import KINDS, MORE_OF, WORDS, money_line
from experiments.shared.figures.naming import foot_of, origin_of
from experiments.shared.figures.style import BLUE, DARK, GREY, VERMILION, folded, new_figure, put_below, styled
from experiments.shared.money import money
from experiments.shared.words import Speaker
from sim.bilingual import in_language
from sim.how_sure import of_which_in_figure
from sim.numbers import money_form
from sim.optimising.measuring import SPENDING

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.transforms import Bbox

    from experiments.shared.words import Language

LABEL_WIDTH = 16
"""Widest lines of the name of a mix, in widths of a Chinese character."""


def drawings_of(found: Optimised, language: Language) -> dict[str, Callable[[], Figure]]:
    """Return what draws every figure, each for itself."""
    return {"front": partial(draw_front, found, language), "regret": partial(draw_regret, found, language)}


def draw_front(found: Optimised, language: Language) -> Figure:
    """Draw all mixes by money and what they bring: those of the search, and those that were run again, with their intervals."""
    say = Speaker(language, WORDS)
    shown = [name for name in found.objectives if name in KINDS]
    order = shown_in_order(found)
    form = money_form(max(float(found.net(place, SPENDING).mean()) for place in order), language)
    spent = float(found.net(found.chosen, SPENDING).mean())
    adds = written(float(found.net(found.chosen, found.goal).mean()))
    says = say.text("front_says", spent=money(spent), number=adds, of=MORE_OF[found.goal])
    with styled():
        figure = _empty(1.2 + 2.6 * len(shown), "figure_front", found, say, says)
        for axes, name in zip(np.atleast_1d(figure.subplots(len(shown), sharex=True)), shown, strict=True):
            tried = found.tried(SPENDING) * form.scale, found.tried(name)
            axes.plot(*tried, ".", color=GREY, markersize=3.5, alpha=0.7, label=say.text("legend_tried"))
            _draw_again(axes, found, order, name, form.scale, say)
            axes.axhline(0.0, color=DARK, linewidth=0.7)
            axes.set_ylabel(say.text("axis_net", what=KINDS[name]))
        axes.set_xlabel(say.text("axis_spending", unit=form.unit))
        put_below(figure, axes.get_legend_handles_labels()[0])
        figure.draw_without_rendering()  # where everything stands is known from here on
        for axes, name in zip(figure.axes, shown, strict=True):
            _name_again(axes, found, order, name, form.scale, language)
        return figure


def _draw_again(axes: Axes, found: Optimised, order: list[int], name: str, factor: float, say: Speaker) -> None:
    """Draw the mixes that were run again, each with its interval; the chosen one above all others."""
    named: set[str] = set()
    for place in order:
        mean, low, high = (float(part) for part in found.interval(found.net(place, name)))
        where = float(found.net(place, SPENDING).mean()) * factor
        is_chosen = place == found.chosen
        colour = VERMILION if is_chosen else BLUE
        key = "legend_chosen" if is_chosen else "legend_again"
        label = "" if key in named else say.text(key)
        named.add(key)
        axes.errorbar([where], [mean], yerr=[[mean - low], [high - mean]], fmt="o", color=colour, markersize=5.0, elinewidth=1.2, label=label,
                      zorder=4.0 if is_chosen else 3.0)  # fmt: skip


def _name_again(axes: Axes, found: Optimised, order: list[int], name: str, factor: float, language: Language) -> None:
    """Write the names of the mixes that were run again, the chosen one first: to the left at the right edge, none over another."""
    written_at: list[Bbox] = []
    renderer = axes.figure.canvas.get_renderer()  # type: ignore[attr-defined]
    for place in sorted(order, key=lambda one: one != found.chosen):
        point = float(found.net(place, SPENDING).mean()) * factor, float(found.net(place, name).mean())
        label = axes.annotate(in_language(name_of(found, place), language), point, (4, 4), textcoords="offset points", fontsize=7.0,
                              annotation_clip=False)  # fmt: skip
        label.set_in_layout(False)
        if label.get_window_extent(renderer).x1 > axes.bbox.x1:
            label.set_horizontalalignment("right")
            label.set_position((-4, 4))
        extent = label.get_window_extent(renderer)
        if any(extent.overlaps(other) for other in written_at):
            label.remove()
        else:
            written_at.append(extent)


def draw_regret(found: Optimised, language: Language) -> Figure:
    """Draw how much less each other mix brings than the chosen one, in pairs, with its interval."""
    say = Speaker(language, WORDS)
    others = [place for place in shown_in_order(found) if place != found.chosen]
    with styled():
        figure = _empty(1.3 + 0.42 * len(others), "figure_regret", found, say, "")
        axes = figure.subplots()
        axes.axvline(0.0, color=DARK, linewidth=0.9, zorder=1.0)
        for row, place in enumerate(others):
            mean, low, high = (float(part) for part in found.interval(found.more_than(place)))
            is_told = not low <= 0.0 <= high
            axes.errorbar([mean], [row], xerr=[[mean - low], [high - mean]], fmt="o", color=BLUE, markersize=5.5, elinewidth=1.4,
                          markerfacecolor=BLUE if is_told else "white", zorder=2.0)  # fmt: skip
        names = ["\n".join(folded(in_language(name_of(found, place), language), LABEL_WIDTH)) for place in others]
        axes.set_yticks(range(len(others)), names, fontsize=8.0)
        axes.set_ylim(len(others) - 0.5, -0.5)
        axes.grid(visible=False, axis="y")
        axes.set_xlabel(say.text("axis_missed", what=KINDS[found.goal]) + " · " + say.text("legend_untold"))
        return figure


def _empty(height: float, title: str, found: Optimised, say: Speaker, says: str) -> Figure:
    language: Language = "zh" if say.language == "zh" else "en"
    scenario = found.mixes.scenario
    origin = origin_of(scenario.programme, scenario.place, language)
    whole = f"{in_language(money_line(found.mixes.budget), language)}{'：' if language == 'zh' else ': '}{say.text(title)}"
    foot = foot_of(origin, found.seeds[0], found.fresh.shape[1], language, which=of_which_in_figure(found.lived))
    return new_figure(height, whole, foot, says or whole)
