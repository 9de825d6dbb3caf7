"""Whether what one key does hangs on the value of another: paired differences along one of them, a line a value of the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from experiments.shared.figures.bands import group_thousands, open_flat
from experiments.shared.figures.naming import outcome_form, outcome_kind, outcome_label
from experiments.shared.figures.style import INK, PALETTE, folded, new_figure, put_below, styled
from experiments.sweep.estimating import Estimating
from experiments.sweep.figures.curves import draw_curve, label_levels
from experiments.sweep.figures.points import Grid, Points, axis_of, by_cell, is_numeric, levels_of
from experiments.sweep.told import told_apart
from experiments.sweep.words import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from experiments.shared.words import Labels, Language
    from experiments.sweep.figures.outcomes import Origin
    from experiments.sweep.figures.points import Axis
    from sim.numbers import Form
    from sim.uncertainty import Lived

    Values = NDArray[np.float64]

MOST_LINES, MOST_TICKS, LEGEND_WIDTH = 6, 8, 11.0


class Interaction(NamedTuple):
    """How two keys act together.

    Attributes:
        along: For either key the paired differences to its value at the reference, the other key staying what it is; (levels, levels, replicates).
        told: Where the two together do other than either alone would add up to, all places together; of shape (levels, levels).
        place: The reference on the grid.
        estimating: With which vectors of a set of behaviours the replicates lived.
    """

    along: tuple[Values, Values]
    told: NDArray[np.bool_]
    place: tuple[int, int]
    estimating: Estimating

    @property
    def asked(self) -> int:
        """How many places are asked about."""
        known = ~np.isnan(self.along[0]).all(axis=-1)
        return int(np.count_nonzero(known & self._places))

    @property
    def _places(self) -> NDArray[np.bool_]:
        """The places that are neither in the row nor in the column of the reference."""
        places: NDArray[np.bool_] = np.ones(self.told.shape, dtype=np.bool_)
        places[self.place[0], :] = places[:, self.place[1]] = False
        return places


def interaction_of(points: Points, axes: Sequence[str], outcome: str, first: int, lived: Lived | None = None) -> Interaction:
    """Return how two keys act together on an outcome.

    Args:
        points: Column → values, one row a (point, replicate).
        axes: The two keys.
        outcome: Column of the outcome.
        first: A row of the reference.
        lived: With which vectors of a set of behaviours the replicates lived.
    """
    estimating = Estimating(lived)
    values = by_cell(points, axes, outcome)
    row, column = (levels_of(points[axis]).index(points[axis][first]) for axis in axes)
    along = values - values[[row], :], values - values[:, [column]]
    together = along[0] - along[0][:, [column]]
    return Interaction(along, told_apart(together, outcome_kind(outcome), estimating), (row, column), estimating)


def draw_interaction(
    points: Points, axes: Sequence[str], outcome: str, language: Language, labels: Labels, origin: Origin, first: int = 0,
) -> Figure:  # fmt: skip
    """Draw what either of two keys does at each value of the other.

    Args:
        points: Column → values, one row a (point, replicate).
        axes: The two keys.
        outcome: Column of the outcome.
        language: "zh" or "en".
        labels: Key → language → label, and `unit`.
        origin: Where the sweep comes from.
        first: A row of the reference.
    """
    found = interaction_of(points, axes, outcome, first, origin.lived)
    varied = [axis_of(points, axis, language, labels) for axis in axes]
    means = Estimating().estimate(by_cell(points, axes, outcome)).mean
    form = outcome_form(outcome, language, float(np.nanmax(np.abs(means), initial=0.0)), difference=True)
    title = say("interaction", language, outcome=outcome_label(outcome, language), first=varied[0].label, second=varied[1].label)
    says = say("interaction_says", language, told=int(found.told.sum()), count=found.asked)
    notes = [origin.said(points, language, difference=True), say("interaction_note", language, count=found.asked)]
    with styled():
        figure = new_figure(7.0, origin.heading(title, language), origin.foot, says)
        panels = figure.subplots(2, 1)
        for place, panel in enumerate(panels):
            lines = _chosen(len(varied[1 - place].levels), found.place[1 - place])
            _draw(panel, found, varied, place, lines, form, language)
            if len(lines) < len(varied[1 - place].levels):
                axis = varied[1 - place]
                notes.append(say("interaction_left_out", language, axis=axis.label, shown=len(lines), all=len(axis.levels)))
        put_below(figure, note="\n".join(filter(None, notes)))
        return figure


def _chosen(count: int, reference: int) -> list[int]:
    """Return the lines that are drawn: of many some, spread out, with that of the reference."""
    if count <= MOST_LINES:
        return list(range(count))
    spread = set(np.linspace(0, count - 1, MOST_LINES - 1).round().astype(int).tolist())
    return sorted(spread | {reference})


def _draw(panel: Axes, found: Interaction, varied: Sequence[Axis], place: int, lines: Sequence[int], form: Form, language: Language) -> None:
    """Draw what one key does, a line a value of the other, that of the reference in black."""
    axis, other = varied[place], varied[1 - place]
    values = np.moveaxis(found.along[place], place, 0)
    told = np.moveaxis(found.told, place, 0)
    colours = _colours(other, lines, found.place[1 - place])
    for number, line in sorted(enumerate(lines), key=lambda item: item[1] == found.place[1 - place]):  # that of the reference lies on the others
        estimate = found.estimating.estimate(values[:, line]).interval.times(form.scale)
        grid = Grid([axis.levels], *estimate, told[:, line])
        is_reference = line == found.place[1 - place]
        hollow = ~told[:, line] & (np.arange(len(axis.levels)) != found.place[place])
        shift = (number + 0.5) / len(lines) * 0.6 - 0.3
        draw_curve(panel, grid, colours[number], shift, hollow=None if is_reference else hollow, band=0.14)
    open_flat(panel)
    panel.legend(
        handles=_handles(other, lines, colours), title="\n".join(folded(other.label, LEGEND_WIDTH)), loc="upper left", bbox_to_anchor=(1.01, 1.02),
        alignment="left",
    )  # fmt: skip
    label_levels(panel, axis, MOST_TICKS)
    group_thousands(panel)
    unit = say("of_unit", language, unit=form.unit) if form.unit else ""
    panel.set_title(say("interaction_panel", language, axis=axis.label, level=axis.written[found.place[place]], unit=unit))
    panel.set_xlabel(axis.label)


def _colours(axis: Axis, lines: Sequence[int], reference: int) -> list[str]:
    """Return a colour a line: black for that of the reference, ordered ones for numbers, distinct ones for words."""
    from matplotlib import colormaps
    from matplotlib.colors import to_hex

    ordered = [to_hex(colormaps["viridis"](float(place))) for place in np.linspace(0.05, 0.85, len(lines))]
    chosen = ordered if is_numeric(axis.levels) else list(PALETTE[: len(lines)])
    return [INK if line == reference else colour for line, colour in zip(lines, chosen, strict=True)]


def _handles(axis: Axis, lines: Sequence[int], colours: Sequence[str]) -> list[object]:
    """Return what the colours are."""
    from matplotlib.lines import Line2D

    return [Line2D([], [], color=colour, marker="o", markersize=5.0, label=axis.written[line]) for line, colour in zip(lines, colours, strict=True)]
