"""Figures of a study: what the trials find beside the truth, by saturation and over time."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.shared.figures.bands import group_thousands
from experiments.shared.figures.naming import foot_of, origin_of
from experiments.shared.figures.style import BLUE, DARK, GREY, PALETTE, VERMILION, folded, new_figure, put_below, shade_of, styled
from experiments.shared.figures.text import say
from experiments.trial.words import arm_label, estimand_label, outcome_label, title_of
from sim.bilingual import in_language
from sim.how_sure import of_which_in_figure
from sim.numbers import Form, write_estimate
from sim.trials.analysis import Estimand
from sim.trials.measures import MEASURES
from sim.uncertainty import interval_over

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from experiments.shared.words import Language
    from sim.statistics import MeanInterval
    from sim.trials.trial import Finding, Trials

    Places = NDArray[np.float64]

DOT_ALPHA, BAND_ALPHA = 0.35, 0.18
MOST_PANELS = 6
LABEL_WIDTH = 16
"""Widest lines of the name of an estimand, in widths of a Chinese character."""
EDGE = 0.06
"""Room beside the first and the last follow-up, in widths of what is between."""


def drawings_of(trials: Trials, language: Language) -> dict[str, Callable[[], Figure]]:
    """Return what draws every figure of a study, each for itself.

    Args:
        trials: The trials.
        language: "zh" or "en".

    Returns:
        Name of a file → drawing; none where nothing could be estimated.
    """
    if not _estimated(trials):
        return {}
    drawings = {"estimates": draw_estimates, "over_time": draw_over_time}
    if any(estimand.kind in ("itt_at", "spillover_at") for estimand in trials.estimands):
        drawings["saturation"] = draw_saturation
    return {name: partial(draw, trials, language) for name, draw in drawings.items()}


def draw_estimates(trials: Trials, language: Language) -> Figure:
    """Draw each estimand of the primary outcome: a dot a trial, their mean with its interval, and the truth.

    Args:
        trials: The trials.
        language: "zh" or "en".
    """
    outcome, day = trials.study.primary
    scale = MEASURES[outcome].scale
    shown = _estimated(trials)
    with styled():
        figure = _empty(1.8 + 0.36 * len(shown), trials, language)
        axes = figure.subplots()
        for row, estimand in enumerate(shown):
            finding = trials.finding(estimand)
            axes.plot(scale * finding.value, np.full(trials.replicates, row), "o", color=BLUE, markersize=3.5, alpha=DOT_ALPHA, markeredgewidth=0)
            _draw_mean(axes, interval_over(scale * finding.value, finding.lived), row - 0.18, BLUE, "o")
            _draw_mean(axes, interval_over(scale * finding.truth, finding.lived), row + 0.18, VERMILION, "D")
        axes.axvline(0.0, color=DARK, linewidth=0.9, zorder=1.0)
        names = [in_language(estimand_label(trials.study, estimand), language) for estimand in shown]
        axes.set_yticks(range(len(shown)), ["\n".join(folded(name, LABEL_WIDTH)) for name in names])
        axes.set_ylim(len(shown) - 0.5, -0.5)
        axes.grid(visible=False, axis="y")
        axes.set_xlabel(in_language(outcome_label(outcome, day), language))
        group_thousands(axes, "x")
        _add_legend(figure, trials, language, dots=True)
        return figure


def _estimated(trials: Trials) -> list[Estimand]:
    """Return what could be estimated of the primary outcome in some trial."""
    return [estimand for estimand in trials.estimands if not np.isnan(trials.finding(estimand).value).all()]


def draw_saturation(trials: Trials, language: Language) -> Figure:
    """Draw effects on those admitted and on those not admitted, by the share of their market that is admitted.

    Args:
        trials: The trials.
        language: "zh" or "en".
    """
    study = trials.study
    outcome, day = study.primary
    scale = MEASURES[outcome].scale
    groups = [(in_language(arm_label(study, arm), language), "itt_at", arm) for arm in range(1, len(study.arms) + 1)]
    groups.append((say("not_admitted", language), "spillover_at", 0))
    with styled():
        figure = _empty(3.8, trials, language)
        axes = figure.subplots()
        for place, (label, kind, arm) in enumerate(groups):
            found = [estimand for estimand in trials.estimands if estimand.kind == kind and estimand.arm == arm]
            if not found:
                continue
            shares = 100 * np.array([estimand.saturation for estimand in found], np.float64) + 1.2 * (place - (len(groups) - 1) / 2)
            colour = PALETTE[place % len(PALETTE)]
            estimates, truths = (
                [interval_over(scale * getattr(trials.finding(estimand), name), trials.lived) for estimand in found] for name in ("value", "truth")
            )
            _draw_truth(axes, shares, truths, colour, say("of_whom", language, label=label, what=say("truth", language)))
            for share, estimate in zip(shares, estimates, strict=True):
                _draw_whisker(axes, share, estimate, colour)
            found_label = say("of_whom", language, label=label, what=say("trial_finds", language))
            axes.plot(shares, [estimate.mean for estimate in estimates], "o", color=colour, markersize=5, label=found_label)
        axes.axhline(0.0, color=DARK, linewidth=0.9, zorder=1.0)
        axes.set_xlabel(say("saturation_axis", language))
        axes.set_title(in_language(outcome_label(outcome, day), language))
        axes.set_xticks([100 * share for share in study.saturations])
        group_thousands(axes)
        put_below(figure, axes.get_legend_handles_labels()[0], say("bars_bands", language) if trials.replicates > 1 else "", columns=2)
        return figure


def draw_over_time(trials: Trials, language: Language) -> Figure:
    """Draw the intention to treat of each arm over the follow-ups, a panel an outcome: estimates and truth.

    Args:
        trials: The trials.
        language: "zh" or "en".
    """
    study = trials.study
    arms = [estimand for estimand in trials.estimands if estimand.kind == "itt"]
    shown = study.outcomes[:MOST_PANELS]
    columns = min(2, len(shown))
    rows = -(-len(shown) // columns)
    days = np.array(study.followup_days, np.float64)
    with styled():
        figure = _empty(1.3 + 2.2 * rows, trials, language)
        panels = figure.subplots(rows, columns, sharex=True, squeeze=False)
        for panel in panels.flat[len(shown) :]:
            panel.remove()
        for panel in panels.flat[max(0, len(shown) - columns) : len(shown)]:
            panel.set_xlabel(say("days_after_enrolment", language))
            panel.tick_params(labelbottom=True)
        for panel, outcome in zip(panels.flat, shown, strict=False):
            for place, estimand in enumerate(arms):
                findings = [trials.finding(estimand, outcome, day) for day in study.followup_days]
                shift = 0.012 * days[-1] * (place - (len(arms) - 1) / 2)
                colour = PALETTE[place % len(PALETTE)]
                _draw_panel(panel, days + shift, findings, (colour, colour if len(arms) > 1 else VERMILION), MEASURES[outcome].scale)
            panel.axhline(0.0, color=DARK, linewidth=0.9, zorder=1.0)
            panel.set_title(say("unit", language, label=MEASURES[outcome].label, unit=MEASURES[outcome].unit))
            panel.set_xticks(days)
            room = EDGE * (float(np.ptp(days)) or days[-1])
            panel.set_xlim(days[0] - room, days[-1] + room)
            group_thousands(panel)
        _add_legend(figure, trials, language, arms=arms)
        return figure


def _draw_panel(axes: Axes, days: Places, findings: list[Finding], colours: tuple[str, str], scale: float) -> None:
    colour, of_truth = colours
    _draw_truth(axes, days, [interval_over(scale * finding.truth, finding.lived) for finding in findings], of_truth)
    for day, finding in zip(days, findings, strict=True):
        estimate = interval_over(scale * finding.value, finding.lived)
        _draw_whisker(axes, float(day), estimate, colour)
        axes.plot([day], [estimate.mean], "o", color=colour, markersize=4.5)


def _draw_truth(axes: Axes, places: Places, truths: list[MeanInterval], colour: str, label: str = "") -> None:
    """Draw the mean truth as a line, with its interval as a band."""
    axes.plot(places, [truth.mean for truth in truths], color=colour, label=label)
    if not math.isnan(float(truths[0].low)):
        axes.fill_between(places, [truth.low for truth in truths], [truth.high for truth in truths], color=colour, alpha=BAND_ALPHA, linewidth=0)


def _draw_mean(axes: Axes, estimate: MeanInterval, row: float, colour: str, marker: str) -> None:
    axes.plot([estimate.mean], [row], marker, color=colour, markersize=5.5, zorder=3.0)
    if not math.isnan(float(estimate.low)):
        axes.plot([estimate.low, estimate.high], [row, row], color=colour, linewidth=1.6, zorder=2.5)


def _draw_whisker(axes: Axes, place: float, estimate: MeanInterval, colour: str) -> None:
    _, low, high = (float(part) for part in estimate)
    if not math.isnan(low):
        axes.plot([place, place], [low, high], color=colour, linewidth=1.4, zorder=2.5)


def _add_legend(figure: Figure, trials: Trials, language: Language, *, dots: bool = False, arms: list[Estimand] | None = None) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles: list[Any] = []
    if dots:
        handles += [
            Line2D([], [], color=BLUE, marker="o", linestyle="none", markersize=3.5, alpha=DOT_ALPHA, label=say("one_trial", language)),
            Line2D([], [], color=BLUE, marker="o", markersize=5.5, label=say("mean_trials", language)),
            Line2D([], [], color=VERMILION, marker="D", markersize=5.5, label=say("truth_interval", language)),
        ]
    several = arms is not None and len(arms) > 1
    for place, estimand in enumerate(arms or []):
        if several:
            handles.append(Patch(color=PALETTE[place % len(PALETTE)], label=in_language(arm_label(trials.study, estimand.arm), language)))
    if arms:
        colour = GREY if several else PALETTE[0]
        of_truth = GREY if several else VERMILION
        truth = (Patch(facecolor=shade_of(of_truth, 1.0 - BAND_ALPHA)), Line2D([], [], color=of_truth))
        found = Line2D([], [], color=colour, marker="|", markersize=9.0, linestyle="none", markeredgewidth=1.4)
        dot = Line2D([], [], color=colour, marker="o", markersize=4.5, linestyle="none")
        labels = [*(handle.get_label() for handle in handles), say("truth_band", language), say("mean_trials", language)]
        put_below(figure, [*handles, truth, (found, dot)], labels=labels)
        return
    put_below(figure, handles)


def _empty(height: float, trials: Trials, language: Language) -> Figure:
    """Return an empty figure with title, foot and what the study finds."""
    outcome = trials.study.primary[0]
    form = Form(scale=MEASURES[outcome].scale, decimals=1)
    says = "; ".join(
        say("trial_says", language, label=estimand_label(trials.study, estimand),
            found=write_estimate(trials.finding(estimand).mean, form),
            truth=write_estimate(trials.finding(estimand).mean_truth, form))
        for estimand in _estimated(trials)
    )  # fmt: skip
    study = origin_of(trials.scenario.programme, trials.scenario.place, language, in_language(title_of(trials), language))
    foot = foot_of(study, trials.seed, trials.replicates, language, "trials", of_which_in_figure(trials.lived))
    return new_figure(height, in_language(title_of(trials), language), foot, says)
