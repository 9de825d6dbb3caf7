"""Figures of a calibration: posterior against prior, the set beside the targets, parameters that are told together only."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from experiments.calibrate.words import WORDS, parameter_words
from experiments.shared.figures.naming import foot_of
from experiments.shared.figures.style import BLUE, DARK, DIVERGING, GREY, PALE_GREY, VERMILION, folded, new_figure, put_below, styled
from experiments.shared.words import Speaker

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from experiments.calibrate.found import Calibrated
    from experiments.shared.words import Language
    from sim.calibration.space import Values

LABEL_WIDTH = 22
"""Widest lines of a label, in widths of a Chinese character."""
FARTHEST = 5.0
"""Tolerances at which the axis of distances ends."""


def drawings_of(found: Calibrated, seed: int, language: Language) -> dict[str, Callable[[], Figure]]:
    """Return what draws every figure, each for itself.

    Args:
        found: What was found.
        seed: The seed, for the foot.
        language: "zh" or "en".
    """
    drawings = {"parameters": draw_parameters, "targets": draw_targets, "correlations": draw_correlations}
    return {name: partial(draw, found, seed, language) for name, draw in drawings.items()}


def draw_parameters(found: Calibrated, seed: int, language: Language) -> Figure:
    """Draw what is plausible of each parameter after the calibration, within the range that was plausible before."""
    say, called = Speaker(language, WORDS), parameter_words()
    order = np.argsort(-found.posterior.shrinkage, kind="stable")
    unit = found.posterior.unit[:, order]
    with styled():
        figure = _empty(1.4 + 0.42 * len(order), "figure_parameters", found, seed, say)
        axes = figure.subplots()
        axes.barh(range(len(order)), np.ones(len(order)), height=0.6, color=PALE_GREY, zorder=0.5)
        _draw_ranges(axes, unit, say)
        names = [say.of(called.get(found.space.keys[place], found.space.keys[place])) for place in order]
        _label(axes, names)
        axes.set_xlim(0.0, 1.0)
        axes.set_xticks([])
        axes.set_xlabel(say.text("axis_unit"))
        put_below(figure, axes.get_legend_handles_labels()[0])
        return figure


def draw_targets(found: Calibrated, seed: int, language: Language) -> Figure:
    """Draw how far what the vectors measure is from each target, in its tolerances."""
    say = Speaker(language, WORDS)
    targets = list(found.targets)
    with styled():
        figure = _empty(1.4 + 0.34 * len(targets), "figure_targets", found, seed, say)
        axes = figure.subplots()
        axes.axvspan(-1.0, 1.0, color=PALE_GREY, zorder=0.5)
        axes.axvline(0.0, color=DARK, linewidth=0.9, zorder=1.0)
        told: set[str] = set()
        for row, target in enumerate(targets):
            values = (found.measured(target) - target.value) / target.tolerance
            values = values[np.isfinite(values)]
            if not len(values):
                continue
            low, median, high = np.clip(np.quantile(values, (0.025, 0.5, 0.975)), -FARTHEST, FARTHEST)
            word, colour = ("legend_used", BLUE) if target.name in found.posterior.names else ("legend_held", VERMILION)
            axes.plot([low, high], [row, row], color=colour, linewidth=1.6, zorder=2.0)
            axes.plot([median], [row], "o", color=colour, markersize=5.0, zorder=2.5, label="" if word in told else say.text(word))
            told.add(word)
        _label(axes, [f"{target.label} {say.of(target.words)}" for target in targets])
        axes.set_xlim(-FARTHEST, FARTHEST)
        axes.set_xlabel(say.text("axis_distance"))
        handles, labels = axes.get_legend_handles_labels()
        put_below(figure, [handle for handle, label in zip(handles, labels, strict=True) if label])
        return figure


def draw_correlations(found: Calibrated, seed: int, language: Language) -> Figure:
    """Draw the correlation of each pair of parameters, given the targets."""
    say, called = Speaker(language, WORDS), parameter_words()
    keys = found.space.keys
    matrix = np.atleast_2d(np.corrcoef(found.posterior.normal, rowvar=False))
    with styled():
        figure = _empty(2.2 + 0.34 * len(keys), "figure_correlations", found, seed, say)
        axes = figure.subplots()
        image = axes.imshow(np.where(np.tri(len(keys), k=-1) > 0, matrix, np.nan), cmap=DIVERGING, vmin=-1.0, vmax=1.0, aspect="auto")
        _label(axes, [f"{place} {say.of(called.get(key, key))}" for place, key in enumerate(keys, 1)])
        axes.set_xticks(range(len(keys)), [str(place) for place in range(1, len(keys) + 1)])
        axes.grid(visible=False)
        figure.colorbar(image, ax=axes, label=say.text("correlation"), shrink=0.6)
        return figure


def _draw_ranges(axes: Axes, unit: Values, say: Speaker) -> None:
    """Draw the median, the middle half and 95 in 100 of the draws of each parameter."""
    rows = range(unit.shape[1])
    low, first, median, third, high = np.quantile(unit, (0.025, 0.25, 0.5, 0.75, 0.975), axis=0)
    axes.hlines(rows, low, high, color=GREY, linewidth=1.6, zorder=2.0, label=say.text("legend_range"))
    axes.hlines(rows, first, third, color=BLUE, linewidth=4.0, zorder=2.2, label=say.text("legend_half"))
    axes.plot(median, list(rows), "o", color=DARK, markersize=4.0, zorder=2.5, label=say.text("legend_median"))


def _label(axes: Axes, names: list[str]) -> None:
    axes.set_yticks(range(len(names)), ["\n".join(folded(name, LABEL_WIDTH)) for name in names], fontsize=7.0)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.grid(visible=False, axis="y")


def _empty(height: float, title: str, found: Calibrated, seed: int, say: Speaker) -> Figure:
    language: Language = "zh" if say.language == "zh" else "en"
    whole = f"{say.of(found.targets.title)}{'：' if language == 'zh' else ': '}{say.text(title)}"
    return new_figure(height, whole, foot_of("none", seed, len(found.runs.values), language), whole)
