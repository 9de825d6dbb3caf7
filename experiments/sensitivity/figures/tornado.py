"""Figures of a screening: a tornado of the leading factors, and how uneven their effects are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from experiments.sensitivity.effects_found import Effects, Screening
from experiments.sensitivity.outcomes import form_of_effects, label_of
from experiments.sensitivity.report import called, in_front_of, shown
from experiments.sensitivity.words import OVER_TRAJECTORIES, WORDS
from experiments.shared.figures.naming import foot_of
from experiments.shared.figures.style import BLUE, DARK, GREY, PALE_GREY, VERMILION, folded, new_figure, put_below, styled
from experiments.shared.words import Speaker
from sim.numbers import Form

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from experiments.shared.words import Language
    from sim.bilingual import Sentence
    from sim.sensitivity.factors import Factor

ROW_INCHES, LABEL_WIDTH = 0.36, 20.0


def drawings_of(found: Screening, origin: str, language: Language) -> dict[str, Callable[[], Figure | None]]:
    """Return what draws every figure: two of each outcome."""
    drawings: dict[str, Callable[[], Figure | None]] = {}
    for place, name in enumerate(found.outcomes):
        if np.nanmax(found.effects[place].size.value, initial=0.0) > 0.0:
            drawings[f"tornado_{name}"] = partial(draw_tornado, found, place, origin, language)
            drawings[f"bars_{name}"] = partial(draw_bars, found, place, origin, language)
    return drawings


def draw_tornado(found: Screening, place: int, origin: str, language: Language) -> Figure:
    """Draw the mean effect of each leading factor with its direction, beside what luck alone does."""
    effects, name, say = found.effects[place], found.outcomes[place], Speaker(language, WORDS)
    form, chosen = _form(effects, name, language), shown(found, effects)
    with styled():
        figure, axes = _empty(found, origin, say.text("figure_tornado", outcome=label_of(name, language)), chosen, language)
        _shade_luck(axes, effects, form, say, both=True)
        axes.axvline(0.0, color=DARK, linewidth=0.9, zorder=1.0)
        said: set[str] = set()
        for row, (_, factor) in enumerate(chosen):
            value, low, high = (form.scale * float(part[factor]) for part in (effects.direction.value, effects.direction.low, effects.direction.high))
            word, colour = ("legend_up", BLUE) if value >= 0.0 else ("legend_down", VERMILION)
            word, colour = (word, colour) if effects.told[factor] else ("legend_untold", GREY)
            label = "" if word in said else say.text(word)
            axes.barh(row, value, height=0.6, color=colour, zorder=2.0, label=label)
            axes.plot([low, high], [row, row], color=DARK, linewidth=1.0, zorder=2.5)
            said.add(word)
        _finish(figure, axes, form, say, list(in_front_of(found, place, language)))
        return figure


def draw_bars(found: Screening, place: int, origin: str, language: Language) -> Figure:
    """Draw the mean of absolute effects of each leading factor, and their spread."""
    effects, name, say = found.effects[place], found.outcomes[place], Speaker(language, WORDS)
    form, chosen = _form(effects, name, language), shown(found, effects)
    rows, numbers = np.arange(len(chosen)), [factor for _, factor in chosen]
    with styled():
        figure, axes = _empty(found, origin, say.text("figure_bars", outcome=label_of(name, language)), chosen, language)
        _shade_luck(axes, effects, form, say, both=False)
        size, low, high = (form.scale * part[numbers] for part in (effects.size.value, effects.size.low, effects.size.high))
        axes.barh(rows - 0.18, size, height=0.36, color=BLUE, zorder=2.0, label=say.text("legend_size"))
        axes.hlines(rows - 0.18, low, high, color=DARK, linewidth=1.0, zorder=2.5)
        axes.barh(rows + 0.18, form.scale * effects.spread.value[numbers], height=0.28, color=GREY, zorder=2.0, label=say.text("legend_sigma"))
        _finish(figure, axes, form, say, list(in_front_of(found, place, language)))
        return figure


def _form(effects: Effects, name: str, language: Language) -> Form:
    return form_of_effects(name, float(np.nanmax(np.abs(effects.size.value))), language)


def _empty(found: Screening, origin: str, title: str, chosen: list[tuple[Factor, int]], language: Language) -> tuple[Figure, Axes]:
    """Make a figure with a row a factor."""
    foot = foot_of(origin, found.seed, found.points, language, "points", OVER_TRAJECTORIES)
    figure = new_figure(1.3 + ROW_INCHES * len(chosen), title, foot, title)
    axes = figure.subplots()
    names = [called().get(factor.key, {}).get(language, factor.key) for factor, _ in chosen]
    labels = ["\n".join([*_two_lines(name), factor.key]) for name, (factor, _) in zip(names, chosen, strict=True)]
    axes.set_yticks(range(len(chosen)), labels, fontsize=6.0)
    axes.set_ylim(len(chosen) - 0.5, -0.5)
    axes.grid(visible=False, axis="y")
    return figure, axes


def _two_lines(name: str) -> list[str]:
    """Fold a name into two lines at most; what is left out is told by an ellipsis."""
    lines = folded(name, LABEL_WIDTH)
    return lines if len(lines) <= 2 else [lines[0], lines[1].rstrip(",，;；、 ") + "…"]


def _shade_luck(axes: Axes, effects: Effects, form: Form, say: Speaker, *, both: bool) -> None:
    """Shade what luck alone would be taken for."""
    floor = form.scale * effects.floor
    if np.isfinite(floor) and floor > 0.0:
        axes.axvspan(-floor if both else 0.0, floor, color=PALE_GREY, zorder=0.5, label=say.text("legend_luck"))


def _finish(figure: Figure, axes: Axes, form: Form, say: Speaker, notes: Sequence[Sentence]) -> None:
    unit = say.text("in_unit", unit=form.unit) if form.unit else ""
    axes.set_xlabel(say.text("axis_effect", unit=unit))
    put_below(figure, axes.get_legend_handles_labels()[0], "".join(say.of(note) for note in notes), columns=2)
