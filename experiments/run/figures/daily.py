"""What happens day by day: employment, arrivals and beds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from experiments.shared.figures.bands import add_legend, band_handles, draw_bands, group_thousands, read_series
from experiments.shared.figures.naming import outcome_kind, outcome_label, outcome_scale, outcome_title
from experiments.shared.figures.style import BLUE, DARK, PALETTE, new_figure, styled, use_date_axis
from experiments.shared.figures.text import say
from experiments.shared.numbers import SHARE, write
from sim.statistics import Kind

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from experiments.shared.words import Language
    from sim.results import Results

DAILY_SERIES = ("employment_rate", "employed_in_region", "arrivals")
CUMULATIVE_SERIES = frozenset({"arrivals"})
BEDS_USED, BEDS_OPEN = "station_beds_used.", "station_beds_open."
MOST_COLUMNS = 3


def draw_employment_and_arrivals(results: Results, language: Language) -> Figure:
    """Daily employment rate, people employed in the region and cumulative arrivals.

    Args:
        results: The run.
        language: "zh" or "en".

    Returns:
        A figure of three panels that share the dates.

    Raises:
        KeyError: The run did not record one of the series.
    """
    with styled():
        title = say("daily_title", language, title=results.title[language])
        figure = new_figure(6.6, title)
        panels = figure.subplots(len(DAILY_SERIES), 1, sharex=True)
        for axes, name, colour in zip(panels, DAILY_SERIES, PALETTE, strict=False):
            factor = outcome_scale(name, language)[0]
            draw_bands(axes, results.dates, read_series(results, name), colour, factor=factor, kind=outcome_kind(name))
            axes.set_title(_panel_title(name, language))
            group_thousands(axes)
        add_legend(figure, band_handles(results.replicates, language), results.replicates, language)
        return figure


def _panel_title(name: str, language: Language) -> str:
    if name not in CUMULATIVE_SERIES:
        return outcome_title(name, language)
    unit = outcome_scale(name, language)[1]
    parts = [part for part in (unit, say("cumulative", language)) if part]
    joined = ("，" if language == "zh" else ", ").join(parts)
    return say("unit", language, label=outcome_label(name, language), unit=joined)


def draw_station_occupancy(results: Results, language: Language) -> Figure | None:
    """Beds in use against beds open, a panel a district.

    Args:
        results: The run.
        language: "zh" or "en".

    Returns:
        A figure with a panel for all districts together and one for each district that ever had
        an open bed; None if no bed was ever open.

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
        title = say("stations_title", language, title=results.title[language])
        figure = new_figure(1.1 + (3.0 if rows == 1 else 1.75 * rows), title)
        grid = figure.subplots(rows, columns, sharex=True, squeeze=False)
        for axes in grid.flat[len(panels) :]:
            axes.remove()
        for index, (axes, panel) in enumerate(zip(grid.flat, panels, strict=False)):
            _draw_beds(axes, results.dates, panel, language)
            use_date_axis(axes, most_ticks=(8, 5, 4)[columns - 1])
            axes.tick_params(labelbottom=index + columns >= len(panels))
        figure.supylabel(say("beds_axis", language), fontsize=9.0, color=DARK)
        add_legend(figure, _bed_handles(results.replicates, language), results.replicates, language)
        return figure


def _draw_beds(axes: Axes, dates: NDArray[np.datetime64], panel: tuple[str, NDArray[np.float64], NDArray[np.float64]], language: Language) -> None:
    """One panel: the beds open as a dashed line, the beds in use with their bands."""
    label, used, opened = panel
    draw_bands(axes, dates, used, BLUE, kind=Kind.COUNT)
    mean_open = opened.mean(axis=0)
    axes.plot(dates, mean_open, color=DARK, linewidth=1.0, linestyle=(0, (4, 2)), zorder=2.0)
    axes.set_ylim(0.0, 1.12 * float(np.max(opened)))
    use = say("bed_use", language, share=f"{write(float(used.sum() / opened.sum()), SHARE)} %")
    axes.set_title(label, fontsize=9.5)
    axes.set_title(use, loc="right", fontsize=8.0, color="#555555")
    group_thousands(axes)


def _bed_handles(replicates: int, language: Language) -> list[Artist]:
    from matplotlib.lines import Line2D

    dashed = Line2D([], [], color=DARK, linewidth=1.0, linestyle=(0, (4, 2)))
    dashed.set_label(say("beds_open", language))
    handles = band_handles(replicates, language, BLUE)
    used = say("beds_used", language)
    alone = say("unit", language, label=used, unit=say("one_run", language))
    handles[0].set_label(alone if replicates == 1 else used)
    return [dashed, *handles]
