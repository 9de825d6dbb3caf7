"""A panel a varied key, with every point in each, for designs that are no grid, or a grid too large to draw each cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.shared.figures.bands import begin_at_zero, group_thousands
from experiments.shared.figures.naming import is_rate, outcome_form, outcome_kind, outcome_label, with_unit, write_level
from experiments.shared.figures.style import BLUE, DARK, GREY, VERMILION, folded, new_figure, put_below, shade_of, styled
from experiments.sweep.figures.curves import label_levels
from experiments.sweep.figures.points import Axis, axis_of, is_numeric
from experiments.sweep.figures.smoothing import DRAWS, Smooth, average, smooth
from experiments.sweep.words import say
from sim.numbers import write
from sim.statistics import Kind

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from experiments.shared.words import Language
    from experiments.sweep.figures.outcomes import Origin
    from experiments.sweep.swept import Swept

    Values = NDArray[np.float64]

MOST_PANELS, MOST_COLUMNS = 12, 3
FEWEST_LEVELS, FEWEST_POINTS = 8, 20
"""Distinct numbers from which on a curve is drawn through them, of fewer the average at each; points that a curve needs."""
MOST_TICKS, LONG = 6, 6
LABEL_WIDTH = 20.0
"""Width of the label of a key, in widths of a Chinese character."""


@dataclass(frozen=True)
class Panel:
    """What one varied key does: where its points stand, and the curve through them."""

    axis: Axis
    places: Values
    curve: Smooth
    is_curve: bool
    percent: bool


def draw_panels(swept: Swept, outcome: str, language: Language, origin: Origin, *, difference: bool) -> Figure:
    """Draw an outcome, or its paired difference to the reference, at every point, over each varied key.

    Args:
        swept: The sweep.
        outcome: Name of the outcome.
        language: "zh" or "en".
        origin: Where it comes from.
        difference: Whether differences are drawn.

    Raises:
        ValueError: Differences are asked for, and the reference is missing.
    """
    compared = swept.compared(outcome) if difference else None
    values = swept.differences(outcome) if difference else swept.values(outcome)
    if values is None:
        message = "the point with which the others are compared is missing."
        raise ValueError(message)
    means = _means(values)
    form = outcome_form(outcome, language, float(np.nanmax(np.abs(_means(swept.values(outcome))), initial=0.0)), difference=difference)
    estimating = swept.estimating if swept.reference is None or not difference else swept.estimating.paired(swept.reference)
    errors = None if swept.lived is None else form.scale * estimating.mean(values).error
    draws = form.scale * estimating.vectors(values)
    made = sorted((_panel(swept, axis, draws, errors, language) for axis in swept.about.axes), key=lambda panel: -panel.curve.moves)
    chosen = {id(panel) for panel in made[:MOST_PANELS]}
    order = {swept.labels[axis][language]: place for place, axis in enumerate(swept.about.axes)}
    panels = sorted((panel for panel in made if id(panel) in chosen), key=lambda panel: order[panel.axis.label])
    left_out = [panel.axis.label for panel in made[MOST_PANELS:]]
    name = outcome_label(outcome, language)
    title = say("by_each_difference" if difference else "by_each", language, outcome=name)
    low, high = (f"{write(float(value), form)} {form.unit}".strip() for value in (np.nanmin(means), np.nanmax(means)))
    columns = min(MOST_COLUMNS, len(panels))
    rows = -(-len(panels) // columns)
    with styled():
        figure = new_figure(1.4 + 2.2 * rows, origin.heading(title, language), origin.foot, say("sweep_says", language, low=low, high=high))
        drawn = figure.subplots(rows, columns, sharey=True, squeeze=False)
        for axes in drawn.flat[len(panels) :]:
            axes.remove()
        for axes, panel in zip(drawn.flat, panels, strict=False):
            _draw(axes, panel, form.scale * means, compared.told if compared else None, swept.reference, language)
        if not difference and outcome_kind(outcome) is not Kind.FREE:
            begin_at_zero(drawn.flat[0], language, narrow=True)
        figure.supylabel(with_unit(say("difference", language) if difference else name, form.unit, language), fontsize=9.0, color=DARK)
        notes = [origin.said({"replicate": np.asarray(swept.table["replicate"])}, language, difference=difference)]
        if len(swept.about.axes) > 1 and any(np.isfinite(panel.curve.mean).any() for panel in panels):
            notes.append(say("others_vary" if swept.lived is None else "others_vary_of_set", language, draws=DRAWS))
        if len(means) < FEWEST_POINTS and any(panel.is_curve for panel in panels):
            notes.append(say("too_few_for_curves", language, least=FEWEST_POINTS))
        if left_out:
            notes.append(say("panels_left_out", language, names=("、" if language == "zh" else ", ").join(left_out)))
        put_below(figure, _handles(panels, len(means) - 1, language, origin, difference=difference), "\n".join(filter(None, notes)), columns=2)
        return figure


def _means(values: Values) -> Values:
    known = ~np.isnan(values)
    with np.errstate(invalid="ignore"):
        found: Values = np.where(known, values, 0.0).sum(axis=1) / known.sum(axis=1)
    return found


def _panel(swept: Swept, name: str, values: Values, errors: Values | None, language: Language) -> Panel:
    """Return the panel of a key."""
    levels = np.empty(len(swept.numbers), dtype=object)
    levels[:] = swept.levels(name)
    axis = axis_of({name: levels}, name, language, swept.labels)
    percent = is_rate(name, axis.levels, swept.labels)
    numbers: NDArray[Any] = np.array([axis.levels.index(level) for level in levels.tolist()])
    if is_numeric(axis.levels) and len(axis.levels) >= FEWEST_LEVELS:
        places = levels.astype(float)
        nothing = Smooth(*(np.full(1, np.nan) for _ in range(4)))
        return Panel(axis, places, smooth(places, values, errors) if len(places) >= FEWEST_POINTS else nothing, is_curve=True, percent=percent)
    places = np.array(axis.levels, float)[numbers] if is_numeric(axis.levels) else numbers.astype(float)
    found = average(numbers, values, errors)
    at = np.array(axis.levels, float) if is_numeric(axis.levels) else found.places
    return Panel(axis, places, found._replace(places=at), is_curve=False, percent=percent)


def _draw(axes: Axes, panel: Panel, means: Values, told: NDArray[np.bool_] | None, reference: int | None, language: Language) -> None:
    """Draw the points of one key and what it does on average."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    curve = panel.curve
    if panel.is_curve and np.isfinite(curve.mean).any():
        axes.fill_between(curve.places, curve.low, curve.high, color=shade_of(DARK, 0.72), linewidth=0, zorder=1.6, gid="band")
        axes.plot(curve.places, curve.mean, color=DARK, linewidth=1.6, zorder=2.4, gid="curve")
    elif not panel.is_curve:
        errors = np.vstack((curve.mean - curve.low, curve.high - curve.mean)).clip(min=0.0)
        axes.errorbar(curve.places, curve.mean, errors, fmt="D", color=DARK, markersize=4.5, elinewidth=1.4, capsize=3.0, zorder=2.5)
    size = 4.0 if len(means) <= 100 else 2.5
    filled = np.ones(len(means), bool) if told is None else told
    others = np.arange(len(means)) != reference if told is not None else np.ones(len(means), bool)
    dots: dict[str, Any] = {"linestyle": "none", "marker": "o", "markersize": size}
    hollow = others & ~filled
    ring: dict[str, Any] = {"markerfacecolor": "white", "markeredgecolor": GREY, "markeredgewidth": 0.7}
    axes.plot(panel.places[hollow], means[hollow], zorder=1.9, gid="untold", **dots, **ring)
    axes.plot(panel.places[others & filled], means[others & filled], color=BLUE, alpha=0.75, markeredgewidth=0, zorder=2.0, gid="told", **dots)
    if told is not None:
        axes.axhline(0.0, color=DARK, linewidth=0.9, linestyle=(0, (4, 2)), zorder=1.7)
    if told is not None and reference is not None:
        axes.plot(panel.places[[reference]], means[[reference]], "s", color=VERMILION, markersize=5.5, zorder=2.6, gid="reference")
    if panel.is_curve:
        longest = max(map(len, panel.axis.written))
        axes.xaxis.set_major_locator(MaxNLocator(3 if longest > LONG else MOST_TICKS - 1))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _position: write_level(round(value, 9), language, percent=panel.percent)))
    else:
        label_levels(axes, panel.axis, MOST_TICKS)
    group_thousands(axes)
    axes.set_title("")
    axes.set_xlabel("\n".join(folded(panel.axis.label, LABEL_WIDTH)))


def _handles(panels: list[Panel], count: int, language: Language, origin: Origin, *, difference: bool) -> list[Artist]:
    """Return what dots and lines are."""
    from matplotlib.lines import Line2D

    dots: dict[str, Any] = {"linestyle": "none", "marker": "o", "markersize": 4.5}
    handles: list[Artist] = [Line2D([], [], color=BLUE, label=say("dot_told" if difference else "dot", language), **dots)]
    if difference:
        hollow: dict[str, Any] = {"markerfacecolor": "white", "markeredgecolor": GREY}
        handles.append(Line2D([], [], label=say("dot_untold", language, count=count), **dots, **hollow))
        handles.append(Line2D([], [], color=VERMILION, marker="s", linestyle="none", markersize=5.5, label=say("dot_reference", language)))
    if any(panel.is_curve and np.isfinite(panel.curve.mean).any() for panel in panels):
        handles.append(Line2D([], [], color=DARK, label=origin.interval("curve", language)))
    if any(not panel.is_curve for panel in panels):
        handles.append(Line2D([], [], color=DARK, marker="D", linestyle="none", markersize=4.5, label=origin.interval("level_average", language)))
    return handles
