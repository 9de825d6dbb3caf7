"""Figures of the value of finding out: what each thing is worth, and how that turns on the value of a job."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from experiments.sensitivity.information_report import group_called, parameter_called
from experiments.sensitivity.information_words import WORDS
from experiments.shared.figures.naming import foot_of, origin_of
from experiments.shared.figures.style import BLUE, DARK, GREY, VERMILION, folded, new_figure, put_below, styled
from experiments.shared.money import money
from experiments.shared.words import Speaker
from sim.bilingual import sentence
from sim.numbers import money_form

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from experiments.sensitivity.information_found import Information
    from experiments.shared.words import Language
    from sim.scenario import Scenario

ROWS, LABEL_WIDTH = 12, 24.0


def drawings_of(found: Information, scenario: Scenario, seed: int, language: Language) -> dict[str, Callable[[], Figure]]:
    """Return what draws every figure."""
    return {"worths": partial(draw_worths, found, scenario, seed, language), "curve": partial(draw_curve, found, scenario, seed, language)}


def draw_worths(found: Information, scenario: Scenario, seed: int, language: Language) -> Figure:
    """Draw what knowing everything, groups and the leading parameters is worth."""
    say = Speaker(language, WORDS)
    rows = [(say.text("everything"), found.everything)]
    rows += [(say.text("group", name=group_called(one.name), count=len(one.keys)), one) for one in found.groups]
    rows += [(say.of(parameter_called(one.name)), one) for one in found.parameters[:ROWS] if one.high > 0.0]
    form = money_form(max(one.high for _, one in rows), language)
    with styled():
        figure = _empty(1.4 + 0.36 * len(rows), "figure_worths", found, scenario, seed, say)
        axes = figure.subplots()
        said: set[str] = set()
        for place, (_, one) in enumerate(rows):
            word, colour = ("legend_worth", BLUE) if one.is_told else ("legend_untold", GREY)
            axes.plot([form.scale * one.low, form.scale * one.high], [place, place], color=colour, linewidth=1.6, zorder=2.0)
            axes.plot([form.scale * one.value], [place], "o", color=colour, markersize=5.0, label="" if word in said else say.text(word), zorder=2.5)
            said.add(word)
        axes.set_yticks(range(len(rows)), ["\n".join(folded(label, LABEL_WIDTH)[:2]) for label, _ in rows], fontsize=6.5)
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.set_xlim(left=0.0)
        axes.grid(visible=False, axis="y")
        axes.set_xlabel(say.text("axis_worth", unit=form.unit))
        handles, labels = axes.get_legend_handles_labels()
        put_below(figure, [handle for handle, label in zip(handles, labels, strict=True) if label])
        return figure


def draw_curve(found: Information, scenario: Scenario, seed: int, language: Language) -> Figure:
    """Draw what knowing everything is worth for every value of a job, and where the choice changes."""
    say, points = Speaker(language, WORDS), found.curve
    form = money_form(max(point.everything.high for point in points), language)
    across = money_form(points[-1].value_per_job, language)
    with styled():
        figure = _empty(3.6, "figure_curve", found, scenario, seed, say)
        axes = figure.subplots()
        values = [across.scale * point.value_per_job for point in points]
        low, middle, high = ([form.scale * getattr(point.everything, part) for point in points] for part in ("low", "value", "high"))
        axes.fill_between(values, low, high, color=BLUE, alpha=0.2, linewidth=0.0, zorder=1.5)
        axes.plot(values, middle, color=BLUE, linewidth=1.8, zorder=2.0, label=say.text("legend_worth"))
        axes.axvline(across.scale * found.value_per_job, color=DARK, linewidth=0.9, linestyle=":", label=say.text("legend_asked"))
        inside = [one for one in found.switches if 0.0 < one.value.value < points[-1].value_per_job]
        for place, one in enumerate(inside):
            label = say.text("legend_switch") if place == 0 else ""
            axes.axvline(across.scale * one.value.value, color=VERMILION, linewidth=1.2, linestyle="--", label=label)
        axes.set_xlim(0.0, values[-1])
        axes.set_ylim(bottom=0.0)
        axes.set_xlabel(say.text("axis_value", unit=across.unit))
        axes.set_ylabel(say.text("axis_worth", unit=form.unit))
        handles, labels = axes.get_legend_handles_labels()
        put_below(figure, [handle for handle, label in zip(handles, labels, strict=True) if label])
        return figure


def _empty(height: float, title: str, found: Information, scenario: Scenario, seed: int, say: Speaker) -> Figure:
    language: Language = "zh" if say.language == "zh" else "en"
    origin = origin_of(scenario.programme, scenario.place, language)
    which = sentence(WORDS["foot"], WORDS["foot"].zh, value=money(found.value_per_job))
    whole = say.text(title)
    return new_figure(height, whole, foot_of(origin, seed, len(found.choice.measured), language, "pairs", which), whole)
