"""What happens day by day: employment, arrivals and beds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from experiments.shared.figures.bands import (
    band_handles,
    begin_at_zero,
    draw_bands,
    graduations,
    group_thousands,
    mark_graduations,
    read_series,
    span_dates,
)
from experiments.shared.figures.naming import foot_of_run, outcome_form, outcome_kind, outcome_label, per_cent, title_of, with_unit
from experiments.shared.figures.style import BLUE, DARK, PALETTE, SOFT, new_figure, put_below, styled
from experiments.shared.figures.text import say
from sim.numbers import SHARE, write
from sim.statistics import Kind

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from experiments.shared.words import Language
    from sim.results import Results
    from sim.uncertainty import Lived

DAILY_SERIES = ("employment_rate", "employed_in_region", "arrivals")
CUMULATIVE_SERIES = frozenset({"arrivals"})
BEDS_USED, BEDS_OPEN = "station_beds_used.", "station_beds_open."
MOST_COLUMNS = 3
DASHES = (0, (4, 2))


def draw_employment_and_arrivals(results: Results, language: Language) -> Figure:
    """Draw daily employment rate, people employed in the region and cumulative arrivals, in three panels that share the dates.

    Args:
        results: The run.
        language: "zh" or "en".

    Raises:
        KeyError: The run did not record one of the series.
    """
    with styled():
        rate, employed, arrivals = (float(read_series(results, name)[:, -1].mean()) for name in DAILY_SERIES)
        share = per_cent(write(rate, SHARE), language)
        says = say("daily_says", language, rate=share, employed=write(round(employed)), arrivals=write(round(arrivals)))
        figure = new_figure(6.6, _title(results, "daily", language), _foot(results, language), says)
        panels = figure.subplots(len(DAILY_SERIES), 1, sharex=True)
        for axes, name, colour in zip(panels, DAILY_SERIES, PALETTE, strict=False):
            form = outcome_form(name, language)
            draw_bands(axes, results.dates, read_series(results, name), colour, factor=form.scale, kind=outcome_kind(name), lived=results.lived)
            axes.set_title(_panel_title(name, form.unit, language))
            begin_at_zero(axes, language)
            mark_graduations(axes, results)
            group_thousands(axes)
        note = "\n".join(say(key, language) for key in (*["graduation"] * bool(graduations(results)), "levels_only"))
        put_below(figure, band_handles(results.replicates, language, lived=results.lived), note)
        return figure


def _title(results: Results, what: str, language: Language) -> str:
    return say("titled", language, title=title_of(results.title, results.name, language), what=say(what, language))


def _foot(results: Results, language: Language) -> str:
    return foot_of_run(results, language)


def _panel_title(name: str, unit: str, language: Language) -> str:
    parts = [part for part in (unit, say("cumulative", language) if name in CUMULATIVE_SERIES else "") if part]
    return with_unit(outcome_label(name, language), ("，" if language == "zh" else ", ").join(parts), language)


def draw_station_occupancy(results: Results, language: Language) -> Figure | None:
    """Draw beds in use against beds open: a panel for all districts, and one for each that ever had an open bed; None if none ever had.

    Args:
        results: The run.
        language: "zh" or "en".

    Raises:
        KeyError: Open beds were recorded without the beds in use.
    """
    districts = [
        name.removeprefix(BEDS_OPEN) for name, values in results.series.items() if name.startswith(BEDS_OPEN) and np.nanmax(values, initial=0.0) > 0.0
    ]
    if not districts:
        return None
    panels = [
        (
            results.district_labels.get(district, {}).get(language, district),
            read_series(results, BEDS_USED + district),
            read_series(results, BEDS_OPEN + district),
        )
        for district in districts
    ]
    if len(panels) > 1:
        used = np.sum([in_use for _, in_use, _ in panels], axis=0)
        opened = np.sum([beds for _, _, beds in panels], axis=0)
        panels.insert(0, (say("all_districts", language), used, opened))
    columns = min(len(panels), MOST_COLUMNS)
    rows = -(-len(panels) // columns)
    with styled():
        says = "; ".join(f"{label}: {_use(used, opened, language)}" for label, used, opened in panels)
        figure = new_figure(1.0 + (3.0 if rows == 1 else 1.75 * rows), _title(results, "stations", language), _foot(results, language), says)
        grid = figure.subplots(rows, columns, sharex=True, squeeze=False)
        for axes in grid.flat[len(panels) :]:
            axes.remove()
        for index, (axes, panel) in enumerate(zip(grid.flat, panels, strict=False)):
            _draw_beds(axes, results, panel, language)
            span_dates(axes, results.dates, (8, 5, 4)[columns - 1])
            axes.tick_params(labelbottom=index + columns >= len(panels))
        figure.supylabel(say("beds_axis", language), fontsize=9.0, color=DARK)
        put_below(figure, _bed_handles(results.replicates, language, results.lived))
        return figure


def _use(used: NDArray[np.float64], opened: NDArray[np.float64], language: Language) -> str:
    return say("bed_use", language, share=per_cent(write(float(used.sum() / opened.sum()), SHARE), language))


def _draw_beds(axes: Axes, results: Results, panel: tuple[str, NDArray[np.float64], NDArray[np.float64]], language: Language) -> None:
    """Draw one panel: the beds open as a dashed line, the beds in use with their bands, which end where the beds do."""
    (label, used, opened), dates = panel, results.dates
    draw_bands(axes, dates, used, BLUE, kind=Kind.COUNT, most=opened.mean(axis=0), lived=results.lived)
    axes.plot(dates, opened.mean(axis=0), color=DARK, linewidth=1.0, linestyle=DASHES, zorder=2.0)
    axes.set_ylim(0.0, 1.12 * float(np.max(opened)))
    axes.set_title(label, fontsize=9.5)
    axes.set_title(_use(used, opened, language), loc="right", fontsize=8.0, color=SOFT)
    group_thousands(axes)


def _bed_handles(replicates: int, language: Language, lived: Lived | None) -> list[Artist]:
    """Return what the legend of beds shows."""
    from matplotlib.lines import Line2D

    dashed = Line2D([], [], color=DARK, linewidth=1.0, linestyle=DASHES, label=say("beds_open", language))
    handles = band_handles(replicates, language, BLUE, lived)
    used = say("beds_used", language)
    handles[0].set_label(with_unit(used, say("one_replicates", language) if replicates == 1 else "", language))
    return [dashed, *handles]
