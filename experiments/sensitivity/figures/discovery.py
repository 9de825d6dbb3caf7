"""Figures of scenario discovery: coverage against density of the boxes on the way, and the box among the points."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from experiments.sensitivity.discovery_found import LOW, Discovered, Looked
from experiments.sensitivity.discovery_words import WORDS
from experiments.sensitivity.information_report import parameter_called
from experiments.shared.figures.naming import foot_of, origin_of
from experiments.shared.figures.style import BLUE, DARK, GREY, PALE_GREY, VERMILION, folded, new_figure, put_below, styled
from experiments.shared.words import Speaker
from sim.bilingual import Sentence

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from experiments.shared.words import Language
    from sim.discovery.checking import Found
    from sim.scenario import Scenario

LABEL_WIDTH = 22.0


def drawings_of(
    found: Discovered, called: Mapping[str, Sentence], scenario: Scenario, seed: int, language: Language,
) -> dict[str, Callable[[], Figure]]:  # fmt: skip
    """Return what draws a figure of each variant for which a box was looked for."""
    return {
        f"box_{one.name}": partial(draw_box, one, one.found, called.get(one.name, Sentence(one.name, one.name)), scenario, seed, language)
        for one in found.looked if one.found is not None
    }  # fmt: skip


def draw_box(one: Looked, found: Found, name: Sentence, scenario: Scenario, seed: int, language: Language) -> Figure:
    """Draw the boxes on the way, and the box among the points in the two parameters that it restricts most surely."""
    say = Speaker(language, WORDS)
    title = say.text("figure_low" if one.pays == LOW else "figure", name=name)
    with styled():
        origin = origin_of(scenario.programme, scenario.place, language)
        foot = foot_of(origin, seed, one.runs, language, "replicates", WORDS["foot"])
        figure = new_figure(4.0, title, foot, title)
        left, right = figure.subplots(1, 2)
        _draw_way(left, found, say)
        _draw_points(right, one, found, say)
        handles = [*left.get_legend_handles_labels()[0], *right.get_legend_handles_labels()[0]]
        put_below(figure, handles, columns=3)
        return figure


def _draw_way(axes: Axes, found: Found, say: Speaker) -> None:
    coverage, density = ([getattr(fit, part) for fit, _ in found.way] for part in ("coverage", "density"))
    axes.plot(coverage, density, "-o", color=GREY, markersize=3.0, linewidth=1.0, label=say.text("legend_way"))
    if found.restrictions:
        axes.plot([found.fit.coverage], [found.fit.density], "o", color=BLUE, markersize=7.0, label=say.text("legend_chosen"))
    axes.axhline(found.elsewhere, color=BLUE, linewidth=0.9, linestyle=":", label=say.text("legend_elsewhere"))
    axes.set_xlim(0.0, 1.03)
    axes.set_ylim(0.0, 1.03)
    axes.set_xlabel(say.text("axis_coverage"), fontsize=7.5)
    axes.set_ylabel(say.text("axis_density"), fontsize=7.5)


def _draw_points(axes: Axes, one: Looked, found: Found, say: Speaker) -> None:
    places = [each.place for each in found.restrictions][:2]
    places += [place for place in range(len(one.keys)) if place not in places][: 2 - len(places)]
    first = one.points[:, places[0]]
    second = one.points[:, places[1]] if len(places) > 1 else np.zeros(len(first))
    for cases, colour, word in ((~one.cases, GREY, "legend_other"), (one.cases, VERMILION, "legend_low" if one.pays == LOW else "legend_case")):
        axes.plot(first[cases], second[cases], "o", color=colour, markersize=3.5, label=say.text(word), zorder=2.0)
    if found.restrictions:
        limits = [_within(found, place, one.points[:, place]) for place in places]
        (left, right), (low, high) = limits if len(limits) > 1 else (limits[0], (-1.0, 1.0))
        axes.fill_between([left, right], low, high, color=PALE_GREY, edgecolor=DARK, linewidth=0.9, zorder=0.8)
    labels = ["\n".join(folded(say.of(parameter_called(one.keys[place])), LABEL_WIDTH)[:2]) for place in places]
    axes.set_xlabel(labels[0], fontsize=7.0)
    axes.set_ylabel(labels[1] if len(labels) > 1 else "", fontsize=7.0)


def _within(found: Found, place: int, values: np.ndarray) -> tuple[float, float]:
    """Return the limits of the box in one parameter, those of the points where there are none."""
    low, high = float(found.box.low[place]), float(found.box.high[place])
    return low if math.isfinite(low) else float(values.min()), high if math.isfinite(high) else float(values.max())
