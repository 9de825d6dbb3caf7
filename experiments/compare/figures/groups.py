"""Who gains and who loses: dots with whiskers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from experiments.compare.figures.dots import draw_dot
from experiments.shared.figures.bands import group_thousands
from experiments.shared.figures.style import DARK, GREY, INK, SOFT, new_figure, put_below, styled
from experiments.shared.figures.text import say

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from experiments.compare.figures.shown import Shown
    from sim.results import Results

MEASURE = "employed_in_region"
HEAD_INCHES, ROW_INCHES, VARIANT_INCHES = 0.26, 0.24, 0.11


def group_rows() -> list[tuple[str, str]]:
    """Return the groups in order: (attribute, group); an attribute's own row has an empty group."""
    from sim.results import GROUPS

    return [(attribute, group) for attribute, groups in GROUPS.items() for group in ("", *groups)]


def values_of(results: Results, attribute: str, group: str, measure: str) -> NDArray[np.float64]:
    """Return a measure of a group in each replicate, shape (replicates,)."""
    return np.array([run.groups[attribute][group][measure] for run in results.runs], np.float64)


def draw_groups(shown: Shown) -> Figure | None:
    """Draw paired differences in people who work here, by group: in persons, and per 1,000 of the group; None if nothing differs in any."""
    from sim.results import GROUP_LABELS

    comparison, language, rows = shown.comparison, shown.language, group_rows()
    found = {
        (name, row): values_of(comparison.variants[name].results, *row, MEASURE) - values_of(comparison.baseline, *row, MEASURE)
        for name in shown.called for row in rows if row[1]
    }  # fmt: skip
    if not any(values.any() for values in found.values()):
        return None
    with styled():
        places, total = _places(rows, len(shown.called))
        figure = new_figure(1.1 + total, shown.title("groups"), shown.foot)
        panels = figure.subplots(1, 2, sharey=True)
        for panel, per_thousand in zip(panels, (False, True), strict=True):
            for number, name in enumerate(shown.called):
                shift = VARIANT_INCHES * (number - (len(shown.called) - 1) / 2.0)
                for place, row in zip(places, rows, strict=True):
                    if row[1]:
                        persons = values_of(comparison.baseline, *row, "persons") / 1000.0 if per_thousand else np.float64(1.0)
                        values = found[name, row] / np.where(persons > 0.0, persons, np.nan)
                        draw_dot(panel, comparison.over(values), place + shift, shown.colours[name])
            panel.axvline(0.0, color=DARK, linewidth=0.9, zorder=1.9)
            panel.tick_params(axis="y", length=0)
            panel.grid(visible=False, axis="y")
            panel.set_title(say("groups_per_thousand" if per_thousand else "groups_persons", language))
            group_thousands(panel, "x")
            for place, row in zip(places[1:], rows[1:], strict=True):
                if not row[1]:
                    panel.axhline(place - HEAD_INCHES / 2.0, color="#D0D0D0", linewidth=0.7, zorder=1.0)
        panels[0].set_yticks(places, [GROUP_LABELS[group or attribute][language] for attribute, group in rows])
        for label, (_, group) in zip(panels[0].get_yticklabels(), rows, strict=True):
            label.set_color(INK if group else SOFT)
            label.set_fontsize(9.0 if group else 8.0)
        panels[0].set_ylim(total, 0.0)
        put_below(figure, dot_handles(shown, with_variants=len(shown.called) > 1), columns=4 if language == "zh" else 3)
        return figure


def _places(rows: Sequence[tuple[str, str]], variants: int) -> tuple[list[float], float]:
    """Return where the rows stand and how high they are together, in inches from the top."""
    heights = [ROW_INCHES + VARIANT_INCHES * (variants - 1) if group else HEAD_INCHES for _, group in rows]
    ends = np.cumsum(heights)
    return [float(end - height / 2.0) for end, height in zip(ends, heights, strict=True)], float(ends[-1])


def dot_handles(shown: Shown, *, with_variants: bool = False) -> list[Artist]:
    """Return what a legend of dots shows: variants by colour, and what full and hollow dots are."""
    from matplotlib.lines import Line2D

    handles: list[Artist] = []
    if with_variants:
        handles += [Line2D([], [], color=shown.colours[name], linewidth=1.6, label=called) for name, called in shown.called.items()]
    for key, face in (("groups_mark", GREY), ("untold", "white")) if shown.replicates > 1 else ():
        handles.append(
            Line2D(
                [], [], color=GREY, marker="o", markersize=5.0, markerfacecolor=face, markeredgecolor=GREY, linewidth=1.6,
                label=say(key, shown.language),
            )
        )  # fmt: skip
    return handles
