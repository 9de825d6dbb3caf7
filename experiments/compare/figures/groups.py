"""Who gains and who loses, and how variants compare: dots with whiskers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from experiments.shared.figures.bands import group_thousands
from experiments.shared.figures.style import DARK, GREY, new_figure, styled
from experiments.shared.figures.text import say
from experiments.shared.numbers import money_form
from sim.statistics import mean_interval

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from experiments.shared.words import Language
    from sim.comparison import Comparison
    from sim.results import Results

MEASURE = "employed_in_region"
HEAD_INCHES, ROW_INCHES, VARIANT_INCHES = 0.26, 0.24, 0.11


def group_rows() -> list[tuple[str, str]]:
    """The groups in order: (attribute, group); an attribute's own row has an empty group."""
    from sim.results import GROUPS

    rows = []
    for attribute, groups in GROUPS.items():
        rows += [(attribute, ""), *((attribute, group) for group in groups)]
    return rows


def values_of(results: Results, attribute: str, group: str, measure: str) -> NDArray[np.float64]:
    """A measure of a group in each replicate, shape (replicates,)."""
    return np.array([run.groups[attribute][group][measure] for run in results.runs], np.float64)


def draw_groups(comparison: Comparison, language: Language, called: Mapping[str, str], colours: Mapping[str, str]) -> Figure | None:
    """Paired differences in people who work here, by group: in persons, and per 1,000 of the group.

    Args:
        comparison: A baseline and its variants.
        language: "zh" or "en".
        called: Name of a variant → what it is called.
        colours: Name of a variant → colour.

    Returns:
        A figure of two panels that share the groups; None if nothing differs in any group.
    """
    from sim.results import GROUP_LABELS

    rows = group_rows()
    found = {
        (name, row): values_of(comparison.variants[name].results, *row, MEASURE)
        - values_of(comparison.baseline, *row, MEASURE)
        for name in called for row in rows if row[1]
    }  # fmt: skip
    if not any(values.any() for values in found.values()):
        return None
    with styled():
        places, total = _places(rows, len(called))
        figure = new_figure(1.2 + total, say("groups_title", language))
        panels = figure.subplots(1, 2, sharey=True)
        for panel, per_thousand in zip(panels, (False, True), strict=True):
            for number, name in enumerate(called):
                shift = VARIANT_INCHES * (number - (len(called) - 1) / 2.0)
                for place, row in zip(places, rows, strict=True):
                    if not row[1]:
                        continue
                    values = found[name, row]
                    if per_thousand:
                        persons = values_of(comparison.baseline, *row, "persons")
                        values = 1000.0 * values / np.where(persons > 0.0, persons, np.nan)
                    _draw_dot(panel, values, place + shift, colours[name])
            panel.axvline(0.0, color=DARK, linewidth=0.9, zorder=1.9)
            panel.tick_params(axis="y", length=0)
            panel.grid(visible=False, axis="y")
            group_thousands(panel, "x")
        panels[0].set_title(say("groups_persons", language))
        panels[1].set_title(say("groups_per_thousand", language))
        words = [GROUP_LABELS[group or attribute][language] for attribute, group in rows]
        panels[0].set_yticks(places, words)
        for label, (_, group) in zip(panels[0].get_yticklabels(), rows, strict=True):
            label.set_color("#555555" if not group else "#1A1A1A")
            label.set_fontsize(8.0 if not group else 9.0)
        panels[0].set_ylim(total, 0.0)
        for place, row in zip(places[1:], rows[1:], strict=True):
            if not row[1]:
                for panel in panels:
                    line = place - HEAD_INCHES / 2.0
                    panel.axhline(line, color="#D0D0D0", linewidth=0.7, zorder=1.0)
        _add_legend(figure, called, colours, comparison.baseline.replicates, language)
        return figure


def _places(rows: Sequence[tuple[str, str]], variants: int) -> tuple[list[float], float]:
    """Where the rows stand and how high they are together, in inches from the top."""
    places, top = [], 0.0
    for _, group in rows:
        height = ROW_INCHES + VARIANT_INCHES * (variants - 1) if group else HEAD_INCHES
        places.append(top + height / 2.0)
        top += height
    return places, top


def _draw_dot(axes: Axes, values: NDArray[np.float64], row: float, colour: str) -> None:
    """A mean with its interval; hollow where the interval holds zero."""
    mean, low, high = (float(part) for part in mean_interval(values))
    if not np.isfinite(mean):
        return
    if np.isfinite(low):
        axes.plot((low, high), (row, row), color=colour, linewidth=1.6, zorder=2.2)
    certain = np.isfinite(low) and not low <= 0.0 <= high
    axes.plot(
        mean, row, "o", markersize=5.0, markeredgecolor=colour, markeredgewidth=1.4,
        markerfacecolor=colour if certain else "white", zorder=2.5,
    )  # fmt: skip


def _add_legend(figure: Figure, called: Mapping[str, str], colours: Mapping[str, str], replicates: int, language: Language) -> None:
    from matplotlib.artist import Artist
    from matplotlib.lines import Line2D

    handles: list[Artist] = []
    if len(called) > 1:
        handles += [Line2D([], [], color=colours[name], linewidth=1.6, label=title) for name, title in called.items()]
    if replicates > 1:
        for key, face in (("groups_mark", GREY), ("groups_hollow", "white")):
            sample = Line2D(
                [], [], color=GREY, marker="o", markersize=5.0, markerfacecolor=face,
                markeredgecolor=GREY, linewidth=1.6, label=say(key, language),
            )  # fmt: skip
            handles.append(sample)
    count = say("pairs" if replicates > 1 else "one_pair", language, count=replicates)
    handles.append(Line2D([], [], linestyle="none", label=count))
    columns = 4 if language == "zh" else 3
    figure.legend(
        handles=handles, loc="outside lower left", ncols=min(len(handles), columns),
        handlelength=1.8, columnspacing=1.6,
    )  # fmt: skip


def draw_variants(comparison: Comparison, language: Language, called: Mapping[str, str], colours: Mapping[str, str]) -> Figure:
    """The variants side by side: net additional jobs, additional spending, cost per additional job.

    Args:
        comparison: A baseline and its variants.
        language: "zh" or "en".
        called: Name of a variant → what it is called.
        colours: Name of a variant → colour.

    Returns:
        A figure of three panels that share the variants.
    """
    names = list(called)
    spending = {name: comparison.variants[name].results.outcomes["spending"] - comparison.baseline.outcomes["spending"] for name in names}
    form = money_form(max(abs(float(values.mean())) for values in spending.values()), language)
    with styled():
        figure = new_figure(1.5 + 0.36 * len(names), say("variants_title", language))
        jobs, money, cost = figure.subplots(1, 3, sharey=True)
        for row, name in enumerate(names):
            account = comparison.variants[name].accounts["jobs"]
            _draw_dot(jobs, account["net_additional_jobs"], row, colours[name])
            _draw_dot(money, form.scale * spending[name], row, colours[name])
        cost_unit = _draw_costs(cost, comparison, names, language, colours)
        jobs.axvline(0.0, color=DARK, linewidth=0.9, zorder=1.9)
        money.set_xlim(left=min(0.0, money.get_xlim()[0]))
        jobs.set_title(say("variants_jobs", language))
        money.set_title(say("variants_spending", language, unit=form.unit))
        cost.set_title(say("variants_cost", language, unit=cost_unit))
        jobs.set_yticks(range(len(names)), [called[name] for name in names])
        jobs.set_ylim(len(names) - 0.4, -0.6)
        for panel in (jobs, money, cost):
            panel.tick_params(axis="y", length=0)
            panel.grid(visible=False, axis="y")
            group_thousands(panel, "x")
        _add_legend(figure, {}, {}, comparison.baseline.replicates, language)
        return figure


def _draw_costs(axes: Axes, comparison: Comparison, names: Sequence[str], language: Language, colours: Mapping[str, str]) -> str:
    """Cost per additional job with Fieller's interval, or the words that it cannot be told.

    Returns:
        The unit of the axis.
    """
    ratios = {name: comparison.cost_per(name) for name in names}
    known = [ratio for ratio in ratios.values() if ratio.defined]
    form = money_form(min((abs(ratio.value) for ratio in known), default=0.0), language)
    for row, name in enumerate(names):
        ratio = ratios[name]
        if ratio.defined:
            ends = (form.scale * ratio.low, form.scale * ratio.high)
            axes.plot(ends, (row, row), color=colours[name], linewidth=1.6, zorder=2.2)
            axes.plot(form.scale * ratio.value, row, "o", color=colours[name], markersize=5.0)
        else:
            axes.text(
                0.03, row, say("variants_untold", language), va="center", fontsize=8.0,
                transform=axes.get_yaxis_transform(), color="#555555",
            )  # fmt: skip
    if not known:
        axes.set_xlim(0.0, 1.0)
        axes.set_xticks([])
    return form.unit
