"""Outcomes over time: both worlds on the same axis with bands, and the paired difference below; few enough points for a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.compare.files import ALWAYS, IF_ANY
from experiments.dashboard.content.texts import Plain, rounded, text
from sim.outcomes import OUTCOMES
from sim.statistics import Kind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from experiments.compare.words import Names
    from sim.compared import Comparison

MOST_POINTS = 200
"""Points of a curve: as many as a screen tells apart."""
FIGURES = 5
"""Figures of a point that mean something on a page."""


def curves_of(comparison: Comparison, names: Names) -> Plain:
    """Return outcome → title, unit, days, the worlds and the differences; nothing where no days were kept."""
    results = {names.baseline: comparison.baseline, **{name: variant.results for name, variant in comparison.variants.items()}}
    if not comparison.baseline.runs[0].series:
        return {}
    there = comparison.baseline.runs[0].series
    of_some = (name for name in IF_ANY if any(one.outcomes[name].any() for one in results.values()))
    chosen = [name for name in (*ALWAYS, *of_some) if name in there]
    days = np.unique(np.linspace(0, comparison.baseline.days - 1, min(MOST_POINTS, comparison.baseline.days)).round().astype(int))
    dates = [str(date) for date in comparison.baseline.dates[days]]
    found: Plain = {}
    for outcome in chosen:
        series = {name: np.stack([run.series[outcome][days] for run in one.runs]) for name, one in results.items()}
        without = series[names.baseline]
        declared = OUTCOMES[outcome]
        found[outcome] = {
            "title": text(declared.label), "unit": dict(declared.unit), "days": dates,
            "worlds": {name: _band(comparison, values, declared.kind) for name, values in series.items()},
            "difference": {name: _band(comparison, series[name] - without, Kind.FREE) for name in comparison.variants},
        }  # fmt: skip
    return found


def _band(comparison: Comparison, values: NDArray[np.float64], kind: Kind) -> dict[str, Any]:
    """Return a mean over the replicates, day by day, with the interval that stands beside it."""
    found = comparison.over(values, kind)
    return dict(zip(("mean", "low", "high"), (rounded(np.atleast_1d(part), FIGURES) for part in found), strict=True))
