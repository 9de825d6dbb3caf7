"""Figures of runs, sweeps, comparisons and trials: pure functions from results to matplotlib figures.

Nothing here touches pyplot or its global state, and matplotlib is imported only when something is
drawn. Settings of matplotlib belong to the process, so draw in one thread at a time.
"""

from experiments.figures.comparison import draw_comparison
from experiments.figures.comparison_attribution import draw_attribution
from experiments.figures.daily import draw_employment_and_arrivals, draw_station_occupancy
from experiments.figures.funnel import FUNNELS, draw_funnels
from experiments.figures.saving import save_figure
from experiments.figures.spending import draw_spending
from experiments.figures.sweep import draw_sweep, draw_sweep_difference

__all__ = [
    "FUNNELS",
    "draw_attribution",
    "draw_comparison",
    "draw_employment_and_arrivals",
    "draw_funnels",
    "draw_spending",
    "draw_station_occupancy",
    "draw_sweep",
    "draw_sweep_difference",
    "save_figure",
]
