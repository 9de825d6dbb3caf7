"""Where the money goes: cumulative spending by lever."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from experiments.shared.figures.bands import band_handles, draw_bands, group_thousands
from experiments.shared.figures.naming import foot_of_run, per_cent, title_of
from experiments.shared.figures.style import GREY, PALETTE, new_figure, put_below, styled
from experiments.shared.figures.text import say
from sim.numbers import SHARE, Form, money_form, write, write_estimate
from sim.statistics import Kind

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from experiments.shared.words import Language
    from sim.results import Results

SPENDING = "spending."
MOST_LINES = len(PALETTE)


def draw_spending(results: Results, language: Language, called: str = "") -> Figure | None:
    """Draw cumulative spending by lever over time, and the amount of each lever at the end; None if nothing was spent.

    The six dearest levers have a line and a colour each; the others share a grey line.

    Args:
        results: The run.
        language: "zh" or "en".
        called: What the variant is called, where there are several; the title of the programme goes before it.
    """
    spent = {
        name.removeprefix(SPENDING): values
        for name, values in results.series.items()
        if name.startswith(SPENDING) and np.nanmax(np.abs(values), initial=0.0) > 0.0
    }
    if not spent:
        return None
    levers = sorted(spent, key=lambda lever: -float(np.mean(spent[lever][:, -1])))
    total = results.over(sum(values[:, -1] for values in spent.values()), Kind.AMOUNT)
    form = money_form(float(total.mean), language)
    amounts = {lever: spent[lever] for lever in levers}
    with styled():
        title = title_of(results.title, results.name, language)
        title = say("of_whom", language, label=title, what=called) if called else title
        title = say("titled", language, title=title, what=say("spending", language))
        bars_height = 0.7 + 0.26 * len(levers)
        heading = say("spending_final", language, unit=form.unit, total=write_estimate(total, form))
        says = heading + "; " + "; ".join(f"{_label(results, lever, language)} {write(amounts[lever][:, -1].mean(), form)}" for lever in levers)
        foot = foot_of_run(results, language)
        figure = new_figure(0.9 + 2.9 + bars_height, title, foot, says)
        above, below = figure.subplots(2, 1, height_ratios=(2.9, bars_height))
        _draw_lines(above, results, amounts, form, language)
        above.set_title(say("spending_axis", language, unit=form.unit))
        _draw_bars(below, results, amounts, form, language)
        below.set_title(heading)
        put_below(figure, band_handles(results.replicates, language, lived=results.lived), _capital(results, language))
        return figure


def _capital(results: Results, language: Language) -> str:
    """Say what was lent and invested, which is no spending; nothing where nothing was."""
    found = {key: float(np.mean(results.outcomes.get(name, 0.0))) for key, name in (("lent", "loan_amount_granted"), ("invested", "equity_invested"))}
    amounts = {key: amount for key, amount in found.items() if amount}
    if not amounts:
        return ""
    form = money_form(max(amounts.values()), language)
    parts = [say(key, language, amount=f"{write(amount, form)} {form.unit}") for key, amount in amounts.items()]
    return say("capital", language, amounts=("、" if language == "zh" else " and ").join(parts))


def _label(results: Results, lever: str, language: Language) -> str:
    return results.lever_labels.get(lever, {}).get(language, lever)


def _colours(levers: list[str]) -> dict[str, str]:
    """Return a colour of its own for the dearest levers, grey for the others."""
    return dict(zip(levers, (*PALETTE, *[GREY] * len(levers)), strict=False))


def _draw_lines(axes: Axes, results: Results, amounts: dict[str, NDArray[np.float64]], form: Form, language: Language) -> None:
    """Draw cumulative spending, one line a lever, with its name at the end of the line."""
    levers = list(amounts)
    colours = _colours(levers)
    ends: list[tuple[float, str, str]] = []
    for lever in levers[:MOST_LINES]:
        draw_bands(axes, results.dates, amounts[lever], colours[lever], factor=form.scale, kind=Kind.AMOUNT, lived=results.lived)
        ends.append((form.scale * float(amounts[lever][:, -1].mean()), _label(results, lever, language), colours[lever]))
    rest = levers[MOST_LINES:]
    if rest:
        together = np.sum([amounts[lever] for lever in rest], axis=0)
        draw_bands(axes, results.dates, together, GREY, factor=form.scale, kind=Kind.AMOUNT, lived=results.lived)
        label = say("other_levers", language, count=len(rest))
        ends.append((form.scale * float(together[:, -1].mean()), label, GREY))
    axes.set_ylim(bottom=0.0)
    group_thousands(axes)
    _label_ends(axes, ends)


def _label_ends(axes: Axes, ends: list[tuple[float, str, str]]) -> None:
    """Write names to the right of the ends of lines, moved apart where they would overlap."""
    bottom, top = axes.get_ylim()
    gap = 0.075
    ends.sort()
    places: list[float] = []
    for value, _, _ in ends:
        wanted = (value - bottom) / (top - bottom)
        places.append(max(wanted, places[-1] + gap) if places else max(wanted, 0.0))
    excess = max(0.0, places[-1] - 1.0)
    for index in range(len(places) - 1, -1, -1):
        ceiling = 1.0 if index == len(places) - 1 else places[index + 1] - gap
        places[index] = min(places[index], ceiling) if excess else places[index]
    for place, (value, label, colour) in zip(places, ends, strict=True):
        height = (value - bottom) / (top - bottom)
        axes.plot((1.0, 1.025), (height, place), transform=axes.transAxes, color=colour, linewidth=0.8, clip_on=False, zorder=3)
        axes.text(1.032, place, label, transform=axes.transAxes, va="center", fontsize=8.5, color=colour)


def _draw_bars(axes: Axes, results: Results, amounts: dict[str, NDArray[np.float64]], form: Form, language: Language) -> None:
    """Draw the amount of every lever at the end, with its 95 % interval and its share of the total."""
    levers = list(amounts)
    colours = _colours(levers)
    finals = np.column_stack([amounts[lever][:, -1] for lever in levers])
    found = results.over(finals, Kind.AMOUNT)
    estimate = found.times(form.scale)
    rows = np.arange(len(levers))
    errors = None if len(finals) == 1 else np.vstack((estimate.mean - estimate.low, estimate.high - estimate.mean))
    axes.barh(
        rows, estimate.mean, xerr=errors, height=0.62, color=[colours[lever] for lever in levers],
        error_kw={"elinewidth": 1.0, "ecolor": "#222222", "capsize": 2.0},
    )  # fmt: skip
    total = float(estimate.mean.sum())
    for row, amount in enumerate(estimate.mean):
        reach = amount if errors is None else estimate.high[row]
        share = say("unit", language, label="", unit=per_cent(write(float(amount / total), SHARE), language)).strip()
        words = f"{write(float(found.mean[row]), form)} {share}"
        axes.annotate(words, (float(reach), row), xytext=(5, 0), textcoords="offset points", va="center", fontsize=8.0)
    axes.set_yticks(rows, [_label(results, lever, language) for lever in levers])
    axes.set_ylim(len(levers) - 0.4, -0.6)
    axes.set_xlim(0.0, 1.22 * float(estimate.mean.max()))
    axes.grid(visible=False, axis="y")
    axes.tick_params(axis="y", length=0)
    group_thousands(axes, "x")
