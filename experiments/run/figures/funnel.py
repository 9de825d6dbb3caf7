"""From contact to job: how many take each step, against what the operator reported.

The steps of a funnel differ by orders of magnitude (tens of thousands hear of a station, tens are placed), so a linear bar would hide its last steps,
and a bar has no honest length on a log axis. Each step is therefore a dot on a log axis, where equal conversion rates are equal distances, with the
numbers written beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.shared.figures.naming import foot_of_run, outcome_kind, outcome_label, per_cent, title_of
from experiments.shared.figures.style import BLUE, DARK, GREY, INK, SOFT, VERMILION, new_figure, put_below, shade_of, styled
from experiments.shared.figures.text import say
from experiments.shared.funnels import FUNNELS
from sim.numbers import SHARE, write, write_estimate, write_exactly
from sim.statistics import MeanInterval

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from experiments.shared.words import Language
    from sim.results import Results

MODEL_COLUMN, STEP_COLUMN, REPORTED_COLUMN = 0.49, 0.79, 0.99
"""Right edges of the columns of numbers, in widths of their panel."""
MOST_TICKS = 5
"""Labels of the axis that stand beside one another."""
REPORTED = {"reported": False, "reported_apart": True}
"""Words of the legend → whether the figure stands apart: a plan, or one by which an input was chosen."""
AGAIN_AND_AGAIN = frozenset({"stays", "person-times", "visits"})
"""Units in which one person may count several times: no share of the step before is written where one step counts so and the other does not."""


@dataclass(frozen=True)
class Step:
    """One step of a funnel: the estimate over replicates, and the reported figure or NaN, which stands apart where nearness shows nothing."""

    name: str
    estimate: MeanInterval
    reported: float
    apart: bool = False

    @property
    def mean(self) -> float:
        """The mean over replicates."""
        return float(self.estimate.mean)


def funnel_steps(results: Results, names: tuple[str, ...]) -> list[Step]:
    """Return the steps of a funnel that a run has; none if the first of them is zero in every replicate.

    Args:
        results: The run.
        names: Outcomes in the order of the steps.
    """
    outcomes, reported, apart = results.outcomes, results.reported, {name for name, figure in results.reported_figures.items() if figure.apart}
    steps = [
        Step(name, results.over(outcomes[name], outcome_kind(name)), float(reported.get(name, np.nan)), name in apart)
        for name in names if name in outcomes
    ]  # fmt: skip
    return steps if steps and steps[0].mean > 0.0 else []


def draw_funnels(results: Results, language: Language) -> Figure | None:
    """Draw the funnels of a run, one panel each; None if no funnel has anybody in its first step.

    Args:
        results: The run.
        language: "zh" or "en".
    """
    found = {name: funnel_steps(results, steps) for name, steps in FUNNELS.items()}
    funnels = {name: steps for name, steps in found.items() if steps}
    if not funnels:
        return None
    with styled():
        title = say("titled", language, title=title_of(results.title, results.name, language), what=say("funnel", language))
        heights = [0.55 + 0.27 * len(steps) for steps in funnels.values()]
        every = [step for steps in funnels.values() for step in steps]
        says = "; ".join(f"{outcome_label(step.name, language)} {write(round(step.mean))}" for step in every)
        foot = foot_of_run(results, language)
        figure = new_figure(1.1 + sum(heights), title, foot, says)
        grid = figure.subplots(len(funnels), 2, squeeze=False, sharex="col", sharey="row", height_ratios=heights, width_ratios=(1.0, 1.08))
        reported = {key for key, apart in REPORTED.items() if any(np.isfinite(step.reported) and step.apart == apart for step in every)}
        limits = _limits(every)
        for (axes, table), (name, steps) in zip(grid, funnels.items(), strict=True):
            _draw_funnel(axes, steps, limits, language)
            axes.set_title(say(name, language), fontsize=10.0)
            _write_numbers(table, steps, language)
            _write_heads(table, language, reported=bool(reported))
        grid[-1, 0].set_xlabel(say("funnel_axis", language))
        _add_legend(figure, results.replicates, language, reported)
        return figure


def _limits(steps: list[Step]) -> tuple[float, float]:
    """Return from the decade below the smallest positive number to a little over the largest."""
    numbers = np.array([(step.mean, step.reported) for step in steps])
    positive = numbers[numbers > 0.0]
    return float(10.0 ** np.floor(np.log10(positive.min()))), 2.0 * float(positive.max())


def _draw_funnel(axes: Axes, steps: list[Step], limits: tuple[float, float], language: Language) -> None:
    """Draw dots, error bars and diamonds on a log axis; zero, which has no place on it, as an arrow at its edge."""
    rows = np.arange(len(steps))
    means = np.array([step.mean for step in steps])
    shown = np.where(means > 0.0, means, np.nan)
    axes.set_xscale("log")
    axes.set_xlim(limits)
    axes.set_ylim(len(steps) - 0.45, -0.55)
    axes.plot(shown, rows, color=shade_of(BLUE, 0.55), linewidth=1.2, zorder=1.7)
    _draw_errors(axes, steps, limits[0])
    axes.plot(shown, rows, "o", color=BLUE, markersize=5.0, zorder=2.5)
    if (means == 0.0).any():
        nothing = rows[means == 0.0]
        left = np.full(len(nothing), limits[0])
        axes.plot(left, nothing, "<", markerfacecolor="white", markeredgecolor=BLUE, markersize=6.0, clip_on=False, zorder=3.0, gid="zero")
    for key, apart in REPORTED.items():
        reported = np.array([step.reported if step.apart == apart else np.nan for step in steps])
        if np.isfinite(reported).any():
            axes.plot(reported, rows, "D", **_diamond(key, 8.5), markeredgewidth=1.6, zorder=3.0, gid=key)
    axes.set_yticks(rows, [outcome_label(step.name, language) for step in steps])
    axes.tick_params(axis="y", length=0)
    _format_log_axis(axes)


def _diamond(key: str, size: float) -> dict[str, Any]:
    """Return the look of a reported figure: grey where it stands apart."""
    return {"markerfacecolor": "none", "markersize": size, "markeredgecolor": GREY if REPORTED[key] else VERMILION}


def _draw_errors(axes: Axes, steps: list[Step], lowest: float) -> None:
    """Draw the 95 % intervals of the means; an end at zero runs to the edge."""
    for row, step in enumerate(steps):
        if np.isfinite(step.estimate.low) and step.mean > 0.0:
            ends = (max(float(step.estimate.low), lowest), float(step.estimate.high))
            axes.plot(ends, (row, row), color=DARK, linewidth=1.3, zorder=2.2)
            axes.plot(ends, (row, row), "|", color=DARK, markersize=7.0, zorder=2.2)


def _format_log_axis(axes: Axes) -> None:
    from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter, NullLocator

    axes.xaxis.set_major_locator(LogLocator(10.0, numticks=MOST_TICKS))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _position: write_exactly(value)))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_minor_formatter(NullFormatter())


def _write_numbers(axes: Axes, steps: list[Step], language: Language) -> None:
    """Write mean with interval, share of the step before and reported figure, in three columns."""
    axes.set_axis_off()
    for row, step in enumerate(steps):
        _write(axes, MODEL_COLUMN, row, write_estimate(step.estimate), INK)
        before = steps[row - 1] if row else step
        if row and before.mean > 0.0 and _counts_again(step) == _counts_again(before):
            _write(axes, STEP_COLUMN, row, write_conversion(step.mean / before.mean, language), SOFT)
        if np.isfinite(step.reported):
            _write(axes, REPORTED_COLUMN, row, write(step.reported), GREY if step.apart else VERMILION)


def _counts_again(step: Step) -> bool:
    """Tell whether one person may count several times in a step."""
    from sim.outcomes import OUTCOMES

    return step.name in OUTCOMES and OUTCOMES[step.name].unit["en"] in AGAIN_AND_AGAIN


def write_conversion(rate: float, language: Language) -> str:
    """Write the ratio of a step to the step before.

    Args:
        rate: The ratio.
        language: "zh" or "en".

    Returns:
        A percentage, or how many there are for each where a step is larger than the one before (a post draws many applications).
    """
    return say("each", language, number=write(rate)) if rate > 1.0 else per_cent(write(rate, SHARE), language)


def _write(axes: Axes, place: float, row: float, words: str, colour: str) -> None:
    axes.text(place, row, words, transform=axes.get_yaxis_transform(), ha="right", va="center", fontsize=8.5, color=colour)


def _write_heads(axes: Axes, language: Language, *, reported: bool) -> None:
    """Write the heads of the columns of numbers."""
    heads = [(MODEL_COLUMN, "column_model", INK), (STEP_COLUMN, "column_step", SOFT), (REPORTED_COLUMN, "column_reported", VERMILION)]
    for place, key, colour in heads[: 3 if reported else 2]:
        _write(axes, place, -0.85, say(key, language), colour)


def _add_legend(figure: Figure, replicates: int, language: Language, reported: set[str]) -> None:
    from matplotlib.lines import Line2D

    key = "one_replicates" if replicates == 1 else "funnel_mean"
    handles = [Line2D([], [], marker="o", markersize=5.0, color=BLUE, linewidth=0, label=say(key, language))]
    shown = [key for key in REPORTED if key in reported]
    handles += [Line2D([], [], marker="D", linewidth=0, markeredgewidth=1.6, **_diamond(key, 7.5), label=say(key, language)) for key in shown]
    put_below(figure, handles)
