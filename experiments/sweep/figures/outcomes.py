"""Outcome plots of a parameter sweep: curve, heat map, or small multiples."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.shared.figures.bands import group_thousands
from experiments.shared.figures.naming import axis_label, outcome_label, write_level
from experiments.shared.figures.style import BLUE, DARK, new_figure, styled
from experiments.shared.figures.text import say
from experiments.shared.numbers import Form, form_of
from experiments.sweep.figures.curves import draw_curve, draw_dots, label_levels
from experiments.sweep.figures.maps import draw_maps
from experiments.sweep.figures.multiples import draw_multiples
from experiments.sweep.figures.points import REPLICATE, Points, check_columns, difference_grid, estimate_grid, is_numeric, keep_rows, levels_of

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from experiments.shared.words import Labels, Language

ONE, TWO, THREE = 1, 2, 3
MOST_TICKS = 10
LONGEST_TITLE = 60


def draw_sweep(points: Points, axes: Sequence[str], outcome: str, language: Language, labels: Labels | None = None) -> Figure:
    """An outcome over the varied parameters.

    One parameter: a curve with the 95 % interval of the mean and every replicate as a dot. Two: a
    heat map. Three: a heat map a value of the third. Four and more: curves over the first, a colour
    a value of the second, a panel a combination of the others.

    Args:
        points: Column name → values, one row a (point, replicate).
        axes: Names of the varied columns, in the order above.
        outcome: Name of the column of the outcome.
        language: "zh" or "en".
        labels: Column name → language → label; the name itself where there is none.

    Returns:
        The figure.

    Raises:
        ValueError: No axis was given.
        KeyError: A column is missing.
    """
    check_columns(points, axes, outcome)
    words = labels or {}
    form = _form(points, outcome, language)
    factor = form.scale
    name = outcome_label(outcome, language)
    label = say("unit", language, label=name, unit=form.unit) if form.unit else name
    title = _title(name, [axis_label(axis, language, words) for axis in axes], language)
    with styled():
        if len(axes) == ONE:
            return _draw_one(points, axes[0], outcome, (title, label), factor, language, words)
        if len(axes) == TWO:
            grid = estimate_grid(points, axes, outcome, factor)
            return draw_maps([("", grid)], axes, (title, label), form._replace(scale=1.0), language, words)
        if len(axes) == THREE:
            maps = [
                (
                    f"{axis_label(axes[2], language, words)} = {write_level(level, language)}",
                    estimate_grid(keep_rows(points, {axes[2]: level}), axes[:2], outcome, factor),
                )
                for level in levels_of(points[axes[2]])
            ]
            return draw_maps(maps, axes, (title, label), form._replace(scale=1.0), language, words)
        return draw_multiples(points, axes, outcome, (title, label), factor, language, words)


def draw_sweep_difference(points: Points, axes: Sequence[str], outcome: str, language: Language, labels: Labels | None = None) -> Figure:
    """An outcome's difference to the first point of the sweep, paired by replicate.

    The replicates of a sweep share seeds between points, so a paired difference is surer than the
    difference of two means.

    Args:
        points: Column name → values, one row a (point, replicate), with a column `replicate`. The
            first row is of the reference point.
        axes: Names of one or two varied columns.
        outcome: Name of the column of the outcome.
        language: "zh" or "en".
        labels: Column name → language → label.

    Returns:
        A curve for one axis, a heat map for two.

    Raises:
        ValueError: There are not one or two axes, or the replicates cannot be paired.
        KeyError: A column is missing.
    """
    if len(axes) not in {ONE, TWO}:
        message = f"draw_sweep_difference draws one or two axes, but got {len(axes)}."
        raise ValueError(message)
    words = labels or {}
    form = _form(points, outcome, language, difference=True)
    difference = say("difference", language)
    label = say("unit", language, label=difference, unit=form.unit) if form.unit else difference
    grid, reference = difference_grid(points, axes, outcome, form.scale)
    title = say("difference_title", language, outcome=outcome_label(outcome, language))
    with styled():
        if len(axes) == TWO:
            return draw_maps([("", grid)], axes, (title, label), form._replace(scale=1.0), language, words, reference)
        figure = new_figure(4.2, title)
        panel = figure.subplots()
        panel.axhline(0.0, color=DARK, linewidth=1.0, linestyle=(0, (4, 2)), zorder=1.7)
        draw_curve(panel, grid, BLUE)
        _finish_curve(panel, grid.levels[0], label, axis_label(axes[0], language, words), language)
        count = len(set(points[REPLICATE].tolist()))
        _curve_legend(figure, count, language, with_band=is_numeric(grid.levels[0]), with_dots=False)
        return figure


def _form(points: Points, outcome: str, language: Language, *, difference: bool = False) -> Form:
    """How the numbers of an outcome are written, in a unit that fits the largest of the sweep."""
    from sim.outcomes import OUTCOMES

    values = np.asarray(points[outcome], dtype=np.float64)
    return form_of(OUTCOMES[outcome], language, float(np.nanmax(np.abs(values), initial=0.0)), difference=difference)


def _title(outcome: str, axes: list[str], language: Language) -> str:
    """Names the parameters if they fit into the line."""
    joined = " × ".join(axes)
    if len(joined) > LONGEST_TITLE:
        return say("sweep_title", language, outcome=outcome)
    return say("sweep_title_axes", language, outcome=outcome, axes=joined)


def _draw_one(points: Points, axis: str, outcome: str, words: tuple[str, str], factor: float, language: Language, labels: Labels) -> Figure:
    """One varied parameter: curve, band and dots."""
    title, label = words
    grid = estimate_grid(points, [axis], outcome, factor)
    figure = new_figure(4.2, title)
    panel = figure.subplots()
    values = factor * np.asarray(points[outcome], dtype=np.float64)
    draw_dots(panel, grid.levels[0], points[axis], values, BLUE)
    draw_curve(panel, grid, BLUE)
    _finish_curve(panel, grid.levels[0], label, axis_label(axis, language, labels), language)
    count, numeric = len(values) // len(grid.levels[0]), is_numeric(grid.levels[0])
    _curve_legend(figure, count, language, with_band=numeric, with_dots=True)
    return figure


def _finish_curve(panel: Axes, levels: list[Any], vertical: str, horizontal: str, language: Language) -> None:
    label_levels(panel, levels, language, MOST_TICKS)
    group_thousands(panel)
    panel.set_title(vertical)
    panel.set_xlabel(horizontal)


def _curve_legend(figure: Figure, replicates: int, language: Language, *, with_band: bool, with_dots: bool) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    from experiments.shared.figures.bands import add_legend

    mean = Line2D([], [], color=BLUE, marker="o", markersize=5.0, label=say("mean", language))
    interval = say("interval", language)
    band: Artist = Patch(facecolor=BLUE, alpha=0.22, label=interval)
    if not with_band:
        band = Line2D([], [], color=BLUE, marker="|", linewidth=0, markersize=10.0, label=interval)
    dots = Line2D([], [], color=BLUE, marker="o", linewidth=0, markersize=3.2, alpha=0.45)
    dots.set_label(say("replicate", language))
    kept = [mean, *([band] if replicates > 1 else []), *([dots] if with_dots else [])]
    add_legend(figure, kept, replicates, language)
