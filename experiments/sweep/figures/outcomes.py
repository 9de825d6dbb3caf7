"""Outcome plots of a parameter sweep: curve, heat map, or small multiples; of the outcome, and of its paired difference to the first point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from experiments.shared.figures.bands import begin_at_zero, group_thousands, open_flat
from experiments.shared.figures.naming import outcome_form, outcome_kind, outcome_label, with_unit
from experiments.shared.figures.style import BLUE, DARK, new_figure, put_below, shade_of, styled
from experiments.shared.words import OF_TABLES
from experiments.sweep.figures.curves import draw_curve, draw_dots, draw_outer, label_levels
from experiments.sweep.figures.maps import draw_maps, height_of_maps
from experiments.sweep.figures.multiples import draw_multiples, height_of_multiples, hollow_handle
from experiments.sweep.figures.points import REPLICATE, Axis, Grid, Points, axis_of, check_columns, difference_grid, estimate_grid, is_numeric
from experiments.sweep.words import say
from sim.bilingual import in_language, sentence
from sim.numbers import Form, write
from sim.statistics import FEW_VALUES, Kind

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

    from experiments.shared.words import Labels, Language
    from sim.uncertainty import Lived

ONE, THREE = 1, 3
MOST_TICKS = 10
LONGEST_TITLE = 60


@dataclass(frozen=True)
class Origin:
    """Where a sweep comes from.

    Attributes:
        title: Title of its programme.
        foot: What stands at the foot of its figures.
        notes: What is said in each of them.
        against: What the others are compared with.
        lived: With which vectors of a set of behaviours the replicates lived, of whose number the notes speak; None: there is no set.
    """

    title: str = ""
    foot: str = ""
    notes: tuple[str, ...] = ()
    against: str = ""
    lived: Lived | None = None

    def heading(self, what: str, language: Language) -> str:
        """Return the title of a figure."""
        return say("titled", language, title=self.title, what=what) if self.title else what

    def interval(self, key: str, language: Language) -> str:
        """Return the words for an interval: those of a set of behaviours, where there is one."""
        return say(key if self.lived is None else f"{key}_of_set", language)

    def said(self, points: Points, language: Language, *, difference: bool) -> str:
        """Return what is said below a figure: few replicates, what it is compared with, what is missing."""
        return "\n".join(filter(None, (self.against if difference else "", *self.notes, "" if self.lived else _few(points, language))))


UNKNOWN = Origin()


def draw_sweep(
    points: Points, axes: Sequence[str], outcome: str, language: Language, labels: Labels | None = None, origin: Origin = UNKNOWN,
) -> Figure:  # fmt: skip
    """Draw an outcome over the varied parameters.

    One parameter: a curve with the 95 % interval of the mean and every replicate as a dot. Two: a heat map. Three: a heat map a value of the third.
    Four and more: curves over the first, a colour a value of the second, a panel a combination of the others.

    Args:
        points: Column name → values, one row a (point, replicate).
        axes: Names of the varied columns, in the order above.
        outcome: Name of the column of the outcome.
        language: "zh" or "en".
        labels: Column name → language → label, and `unit`; the name itself where there is none.
        origin: Where the sweep comes from.

    Raises:
        ValueError: No axis was given.
        KeyError: A column is missing.
    """
    check_columns(points, axes, outcome)
    varied = [axis_of(points, axis, language, labels or {}) for axis in axes]
    grid = estimate_grid(points, axes, outcome, lived=origin.lived)
    form = _form(grid, outcome, language)
    name = outcome_label(outcome, language)
    joined = " × ".join(axis.label for axis in varied)
    key = "sweep" if len(joined) > LONGEST_TITLE else "sweep_axes"
    title = say(key, language, outcome=name, axes=joined)
    with styled():
        figure = _empty(title, varied, grid, form, origin, language)
        label, dots = with_unit(name, form.unit, language), (points, axes[0], outcome)
        few = origin.said(points, language, difference=False)
        _draw(figure, varied, grid.times(form.scale), label, form, language, origin, dots=dots, few=few)
        return figure


def draw_sweep_difference(
    points: Points, axes: Sequence[str], outcome: str, language: Language, labels: Labels | None = None, origin: Origin = UNKNOWN, first: int = 0,
) -> Figure:  # fmt: skip
    """Draw an outcome's difference to the reference, paired by replicate, in the same kinds of figure.

    The replicates of a sweep share seeds between points, so a paired difference is surer than the difference of two means.

    Args:
        points: Column name → values, one row a (point, replicate), with a column `replicate`.
        axes: Names of the varied columns.
        outcome: Name of the column of the outcome.
        language: "zh" or "en".
        labels: Column name → language → label, and `unit`.
        origin: Where the sweep comes from.
        first: A row of the reference.

    Raises:
        ValueError: No axis was given, or the replicates cannot be paired.
        KeyError: A column is missing.
    """
    grid, reference = difference_grid(points, axes, outcome, first=first, lived=origin.lived)
    varied = [axis_of(points, axis, language, labels or {}) for axis in axes]
    form = _form(grid, outcome, language, difference=True)
    title = say("sweep_difference", language, outcome=outcome_label(outcome, language))
    with styled():
        figure = _empty(title, varied, grid, form, origin, language)
        label = with_unit(say("difference", language), form.unit, language)
        few = origin.said(points, language, difference=True)
        _draw(figure, varied, grid.times(form.scale), label, form, language, origin, reference=reference, few=few)
        return figure


def _form(grid: Grid, outcome: str, language: Language, *, difference: bool = False) -> Form:
    """Return how the numbers of an outcome are written, in a unit that fits the largest of the sweep."""
    return outcome_form(outcome, language, float(np.nanmax(np.abs(grid.mean), initial=0.0)), difference=difference)


def _empty(title: str, varied: Sequence[Axis], grid: Grid, form: Form, origin: Origin, language: Language) -> Figure:
    """Return an empty figure of the height that the axes need."""
    height = 4.0 if len(varied) == ONE else height_of_maps(varied) if len(varied) <= THREE else height_of_multiples(varied)
    means = grid.mean[np.isfinite(grid.mean)]
    low, high = (f"{write(float(value), form)} {form.unit}".strip() for value in ((means.min(), means.max()) if means.size else (np.nan, np.nan)))
    return new_figure(height, origin.heading(title, language), origin.foot, say("sweep_says", language, low=low, high=high))


def _draw(
    figure: Figure, varied: Sequence[Axis], grid: Grid, label: str, form: Form, language: Language, origin: Origin, *,
    reference: tuple[int, ...] | None = None, dots: tuple[Points, str, str] | None = None, few: str = "",
) -> None:  # fmt: skip
    """Draw a grid, in the unit in which it is shown: a curve, maps or small multiples."""
    if len(varied) == ONE:
        _draw_one(figure, varied[0], grid, label, language, origin, scale=form.scale, dots=dots, few=few)
    elif len(varied) <= THREE:
        draw_maps(figure, varied, grid, label, form._replace(scale=1.0), language, reference, few)
    else:
        draw_multiples(figure, varied, grid, label, language, difference=reference is not None, few=few)


def _few(points: Points, language: Language) -> str:
    """Say that so few replicates say little; nothing where there are enough, or one, of which the figures say so."""
    replicates = len(set(points[REPLICATE].tolist())) if REPLICATE in points else 0
    words = OF_TABLES["few"]
    return in_language(sentence(words, words.zh, n=replicates), language) if 1 < replicates < FEW_VALUES else ""


def _draw_one(
    figure: Figure, axis: Axis, grid: Grid, label: str, language: Language, origin: Origin, *, scale: float,
    dots: tuple[Points, str, str] | None, few: str,
) -> None:  # fmt: skip
    """Draw one varied parameter: a curve and its band; of levels every replicate as a dot, of differences the line at zero."""
    panel = figure.subplots()
    if dots is None:
        panel.axhline(0.0, color=DARK, linewidth=1.0, linestyle=(0, (4, 2)), zorder=1.7)
        draw_outer(panel, grid, BLUE)
        draw_curve(panel, grid, BLUE, hollow=~grid.told)
        open_flat(panel)
    else:
        points, name, outcome = dots
        draw_dots(panel, axis.levels, points[name], scale * np.asarray(points[outcome], dtype=np.float64), BLUE)
        draw_curve(panel, grid, BLUE)
        if outcome_kind(outcome) is not Kind.FREE:
            begin_at_zero(panel, language)
    label_levels(panel, axis, MOST_TICKS)
    group_thousands(panel)
    panel.set_title(label)
    panel.set_xlabel(axis.label)
    known = bool(np.isfinite(grid.low).any())
    together = grid.outer is not None
    handles = _curve_handles(language, origin, known=known, with_band=is_numeric(axis.levels), with_dots=dots is not None, together=together)
    put_below(figure, handles, few, columns=2 if dots is None else None)


def _curve_handles(language: Language, origin: Origin, *, known: bool, with_band: bool, with_dots: bool, together: bool) -> list[Artist]:
    """Return what a curve shows."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles: list[Artist] = [Line2D([], [], color=BLUE, marker="o", markersize=5.0, label=say("mean" if known else "one_replicates", language))]
    interval = origin.interval("interval_alone" if together else "interval", language)
    if known and with_band:
        handles.append(Patch(facecolor=shade_of(BLUE, 0.55), label=interval))
    elif known:
        handles.append(Line2D([], [], color=BLUE, marker="|", linewidth=0, markersize=10.0, markeredgewidth=1.6, label=interval))
    if known and together and with_band:
        handles.append(Patch(facecolor=shade_of(BLUE, 0.86), label=origin.interval("interval_together", language)))
    elif known and together:
        label = origin.interval("interval_together", language)
        handles.append(Line2D([], [], color=BLUE, marker="|", linewidth=0, markersize=10.0, markeredgewidth=0.7, label=label))
    if with_dots:
        dots = {"marker": "o", "linewidth": 0, "markersize": 3.2, "alpha": 0.45}
        return [*handles, Line2D([], [], color=BLUE, label=say("replicate", language), **dots)]  # type: ignore[arg-type]
    return [*handles, hollow_handle(language)]
