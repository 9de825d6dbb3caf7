"""From contact to job: how many take each step, against what the operator reported.

The steps of a funnel differ by orders of magnitude (tens of thousands hear of a station, tens are
placed), so a linear bar would hide its last steps, and a bar has no honest length on a log axis.
Each step is therefore a dot on a log axis, where equal conversion rates are equal distances, with
the numbers written beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from experiments.shared.figures.naming import outcome_kind, outcome_label
from experiments.shared.figures.style import BLUE, DARK, VERMILION, new_figure, shade_of, styled
from experiments.shared.figures.text import say
from experiments.shared.numbers import SHARE, write, write_estimate, write_exactly
from sim.statistics import mean_interval

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from experiments.shared.words import Language
    from sim.results import Results

FUNNELS: dict[str, tuple[str, ...]] = {
    "market": ("posts_opened", "applications_sent", "interviews_held", "offers_made", "contracts_signed", "hires"),
    "campus": ("campus_posts", "campus_cvs", "campus_interviews", "campus_intents", "campus_contracts", "campus_hires"),
    "visitors": (
        "lodging_aware",
        "lodging_travelled",
        "station_guests",
        "station_guests_interviewed",
        "station_guests_signed",
        "station_guests_placed",
    ),
}
"""Name of a funnel → outcomes in the order of the steps."""

MODEL_COLUMN, STEP_COLUMN, REPORTED_COLUMN = 0.43, 0.76, 0.99
"""Right edges of the columns of numbers, in widths of their panel."""


@dataclass(frozen=True)
class Step:
    """One step of a funnel: mean over replicates, its interval and the reported figure or NaN."""

    name: str
    mean: float
    low: float
    high: float
    reported: float


def funnel_steps(results: Results, names: tuple[str, ...]) -> list[Step]:
    """The steps of a funnel that a run has.

    Args:
        results: The run.
        names: Outcomes in the order of the steps.

    Returns:
        The steps whose outcome the run has; none if the first of them is zero in every replicate.
    """
    steps = []
    for name in names:
        if name in results.outcomes:
            mean, low, high = map(float, mean_interval(results.outcomes[name], kind=outcome_kind(name)))
            reported = float(results.reported.get(name, np.nan))
            steps.append(Step(name, mean, low, high, reported))
    if not steps or not steps[0].mean > 0.0:
        return []
    return steps


def draw_funnels(results: Results, language: Language) -> Figure | None:
    """The funnels of a run, one panel each.

    Args:
        results: The run.
        language: "zh" or "en".

    Returns:
        The figure; None if no funnel has anybody in its first step.
    """
    found = {name: funnel_steps(results, steps) for name, steps in FUNNELS.items()}
    funnels = {name: steps for name, steps in found.items() if steps}
    if not funnels:
        return None
    with styled():
        title = say("funnel_title", language, title=results.title[language])
        heights = [0.55 + 0.27 * len(steps) for steps in funnels.values()]
        figure = new_figure(1.2 + sum(heights), title)
        grid = figure.subplots(
            len(funnels), 2, squeeze=False, sharex="col", sharey="row",
            height_ratios=heights, width_ratios=(1.4, 1.1),
        )  # fmt: skip
        every = [step for steps in funnels.values() for step in steps]
        reported = any(np.isfinite(step.reported) for step in every)
        limits = _limits(every)
        for (axes, table), (name, steps) in zip(grid, funnels.items(), strict=True):
            _draw_funnel(axes, steps, limits, language)
            axes.set_title(say(name, language), fontsize=10.0)
            _write_numbers(table, steps)
            _write_heads(table, language, reported=reported)
        grid[-1, 0].set_xlabel(say("funnel_axis", language))
        _add_legend(figure, results.replicates, language, reported=reported)
        return figure


def _limits(steps: list[Step]) -> tuple[float, float]:
    """From the decade below the smallest positive number to a little over the largest."""
    numbers = np.array([(step.mean, step.reported) for step in steps])
    positive = numbers[numbers > 0.0]
    lowest = np.floor(np.log10(positive.min()))
    return float(10.0**lowest), 2.0 * float(positive.max())


def _draw_funnel(axes: Axes, steps: list[Step], limits: tuple[float, float], language: Language) -> None:
    """Dots, error bars and diamonds on a log axis."""
    rows = np.arange(len(steps))
    means = np.array([step.mean for step in steps])
    shown = np.where(means > 0.0, means, np.nan)
    reported = np.array([step.reported for step in steps])
    axes.set_xscale("log")
    axes.set_xlim(limits)
    axes.set_ylim(len(steps) - 0.45, -0.55)
    axes.plot(shown, rows, color=shade_of(BLUE, 0.55), linewidth=1.2, zorder=1.7)
    _draw_errors(axes, steps, limits[0])
    axes.plot(shown, rows, "o", color=BLUE, markersize=5.0, zorder=2.5)
    if np.isfinite(reported).any():
        axes.plot(
            reported, rows, "D", markerfacecolor="none", markersize=8.5,
            markeredgecolor=VERMILION, markeredgewidth=1.6, zorder=3.0, gid="reported",
        )  # fmt: skip
    axes.set_yticks(rows, [outcome_label(step.name, language) for step in steps])
    axes.tick_params(axis="y", length=0)
    _format_log_axis(axes)


def _draw_errors(axes: Axes, steps: list[Step], lowest: float) -> None:
    """The 95 % intervals of the means; an end at or below zero runs to the edge."""
    for row, step in enumerate(steps):
        if np.isfinite(step.low) and step.mean > 0.0:
            ends = (max(step.low, lowest), step.high)
            axes.plot(ends, (row, row), color=DARK, linewidth=1.3, zorder=2.2)
            axes.plot(ends, (row, row), "|", color=DARK, markersize=7.0, zorder=2.2)


def _format_log_axis(axes: Axes) -> None:
    from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter, NullLocator

    axes.xaxis.set_major_locator(LogLocator(10.0, numticks=12))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _position: write_exactly(value)))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_minor_formatter(NullFormatter())


def _write_numbers(axes: Axes, steps: list[Step]) -> None:
    """Mean with half width, share of the step before and reported figure, in three columns."""
    axes.set_axis_off()
    before = np.nan
    for row, step in enumerate(steps):
        _write(axes, MODEL_COLUMN, row, write_estimate((step.mean, step.low, step.high)), "#1A1A1A")
        if before > 0.0:
            _write(axes, STEP_COLUMN, row, write_conversion(step.mean / before), "#555555")
        if np.isfinite(step.reported):
            _write(axes, REPORTED_COLUMN, row, write(step.reported), VERMILION)
        before = step.mean


def write_conversion(rate: float) -> str:
    """The ratio of a step to the step before.

    Args:
        rate: The ratio.

    Returns:
        A percentage, or a multiple such as `× 15.3` where a step is larger than the one before
        (a post draws many applications).
    """
    return f"× {write(rate)}" if rate > 1.0 else f"{write(rate, SHARE)} %"


def _write(axes: Axes, place: float, row: float, words: str, colour: str) -> None:
    axes.text(
        place, row, words, transform=axes.get_yaxis_transform(), ha="right", va="center",
        fontsize=8.5, color=colour,
    )  # fmt: skip


def _write_heads(axes: Axes, language: Language, *, reported: bool) -> None:
    """The heads of the columns of numbers."""
    heads = [(MODEL_COLUMN, "column_model", "#1A1A1A"), (STEP_COLUMN, "column_step", "#555555")]
    if reported:
        heads.append((REPORTED_COLUMN, "reported", VERMILION))
    for place, key, colour in heads:
        _write(axes, place, -0.85, say(key, language), colour)


def _add_legend(figure: Figure, replicates: int, language: Language, *, reported: bool) -> None:
    from matplotlib.lines import Line2D

    from experiments.shared.figures.bands import add_legend

    key = "one_run" if replicates == 1 else "funnel_mean"
    handles = [Line2D([], [], marker="o", markersize=5.0, color=BLUE, linewidth=0)]
    handles[0].set_label(say(key, language))
    if reported:
        diamond = Line2D([], [], marker="D", markersize=7.5, color=VERMILION, linewidth=0)
        diamond.set_markerfacecolor("none")
        diamond.set_markeredgewidth(1.6)
        diamond.set_label(say("reported", language))
        handles.append(diamond)
    add_legend(figure, list(handles), replicates, language)
