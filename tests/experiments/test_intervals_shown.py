"""Intervals of shares are shown within 0 and 100 %; files keep what was computed."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from matplotlib.collections import PolyCollection

from experiments.run.figures.daily import draw_employment_and_arrivals
from experiments.shared.figures.naming import outcome_limits, write_interval
from experiments.shared.figures.text import TEXT
from experiments.shared.tables import interval_shown, print_groups, print_outcomes
from experiments.sweep.command import print_points
from experiments.sweep.figures.outcomes import draw_sweep, draw_sweep_difference
from experiments.sweep.figures.points import estimate_grid
from sim.outcomes import OUTCOMES
from sim.results import Results
from sim.simulation import simulate
from sim.statistics import MeanInterval, clip_interval, mean_interval
from tests.every import every

NEAR_ZERO, NEAR_ONE = [0.0, 0.0, 0.03], [1.0, 1.0, 0.97]
"""Shares whose intervals reach beyond 0 and 1."""
NIGHTS, RATE = "policy.lodging.free_nights", "policy.loans.rate_per_year"


@pytest.fixture(scope="module")
def results(scenario_of: Callable[..., Any]) -> Results:
    """Return a small run whose shares are at the edge of what there can be."""
    run = simulate(scenario_of(graduates=200, days=5), replicates=3, workers=1)
    kept = []
    for one, low, high in zip(run.runs, NEAR_ZERO, NEAR_ONE, strict=True):
        groups = {
            attribute: {group: measures | {"employment_rate": high, "wage_mean": 3.0 * low} for group, measures in members.items()}
            for attribute, members in one.groups.items()
        }
        outcomes = one.outcomes | {"below_expected_pay_share": low, "employment_rate": high, "separations": 100 * low}
        series = one.series | {"employment_rate": np.array([low, high, low, high, high])}
        kept.append(replace(one, outcomes=outcomes, groups=groups, series=series))
    return replace(run, runs=tuple(kept))


def row_of(text: str, start: str) -> str:
    return next(line for line in text.splitlines() if line.startswith(f"│ {start}"))


def test_the_edges_are_beyond_what_there_can_be() -> None:
    assert mean_interval(NEAR_ZERO).low < 0
    assert mean_interval(NEAR_ONE).high > 1


def test_the_table_of_outcomes(results: Results, capsys: pytest.CaptureFixture[str]) -> None:
    print_outcomes(results, "en")
    text = capsys.readouterr().out
    assert re.search(r"│ +1 │ +0 … 5\.3 │ %", row_of(text, "First jobs below expected pay"))
    assert re.search(r"│ +99\.0 │ +94\.7 … 100 │ %", row_of(text, "Employment rate"))
    assert "-3.3 … 5.3" in row_of(text, "Separations"), "only shares are cut"


def test_the_table_of_groups(results: Results, capsys: pytest.CaptureFixture[str]) -> None:
    print_groups(results, "en")
    text = capsys.readouterr().out
    assert "99.0  [94.7, 100.0]" in row_of(text, "Origin: local")
    assert "103" not in text


def test_the_table_of_a_sweep(capsys: pytest.CaptureFixture[str]) -> None:
    table = pa.table({"point": [0] * 3 + [1] * 3, NIGHTS: [0] * 3 + [3] * 3, "employment_rate": NEAR_ZERO + NEAR_ONE})
    print_points(table, [NIGHTS], ["employment_rate"], "en")
    text = capsys.readouterr().out
    assert "1  [0, 5.3]" in text
    assert "99.0  [94.7, 100]" in text


def test_the_summary_keeps_the_numbers(results: Results) -> None:
    summary = results.summary()
    assert summary["outcomes"]["below_expected_pay_share"]["low"] == pytest.approx(float(mean_interval(NEAR_ZERO).low))
    assert summary["outcomes"]["below_expected_pay_share"]["low"] < 0
    assert summary["outcomes"]["employment_rate"]["high"] > 1
    assert summary["groups"]["origin"]["local"]["employment_rate"]["high"] > 1


def test_what_is_not_defined_stays_so() -> None:
    low = interval_shown([0.5, np.nan], OUTCOMES["employment_rate"])
    assert low[0] == 0.5
    every(np.isnan(low[1:]))
    cut = clip_interval(MeanInterval(np.array([0.5, np.nan]), np.array([-1.0, np.nan]), np.array([2.0, np.nan])), 0.0, 1.0)
    np.testing.assert_array_equal(cut, [[0.5, np.nan], [0.0, np.nan], [1.0, np.nan]])


def test_shares_are_the_outcomes_with_limits() -> None:
    for name, outcome in OUTCOMES.items():
        assert (outcome.limits == (0.0, 1.0)) == (outcome.unit["en"] == "share")
        assert outcome_limits(name) == outcome.limits


def test_the_daily_figure(results: Results) -> None:
    figure = draw_employment_and_arrivals(results, "en")
    bands = [band for band in figure.axes[0].collections if isinstance(band, PolyCollection)]
    heights = np.concatenate([np.asarray(path.vertices)[:, 1] for band in bands for path in band.get_paths()])
    assert heights.min() == 0.0
    assert heights.max() == 100.0


@dataclass(frozen=True)
class Sweep:
    points: dict[str, Any]


@pytest.fixture
def sweep() -> Sweep:
    """Return a sweep over nights and rate, with shares near 0 and near 1."""
    nights, rates = [0] * 6 + [3] * 6, ([0.03] * 3 + [0.06] * 3) * 2
    values = [*NEAR_ZERO, *NEAR_ONE, 0.4, 0.5, 0.6, 0.5, 0.5, 0.5]
    columns = {NIGHTS: nights, RATE: rates, "replicate": [0, 1, 2] * 4, "employment_rate": values, "hires": [10 * value for value in values]}
    return Sweep({name: np.array(column) for name, column in columns.items()})


def test_the_estimates_of_a_sweep(sweep: Sweep) -> None:
    grid = estimate_grid(sweep.points, [NIGHTS, RATE], "employment_rate", 100.0)
    assert grid.low[0, 0] == 0.0
    assert grid.high[0, 1] == 100.0
    assert estimate_grid(sweep.points, [NIGHTS, RATE], "hires").low[0, 0] < 0


def test_the_cells_of_a_heat_map(sweep: Sweep) -> None:
    figure = draw_sweep(sweep.points, [NIGHTS, RATE], "employment_rate", "en")
    figure.canvas.draw()
    cells = {text.xy: text.get_text() for text in figure.axes[0].texts if text.get_gid() == "half_width"}  # type: ignore[attr-defined]
    assert cells == {(0, 0): "0–5.30", (0, 1): "94.7–100", (1, 0): "± 24.8", (1, 1): "± 0"}
    assert figure._supxlabel.get_text() == TEXT["cell_note_cut"]["en"]  # type: ignore[attr-defined]


def test_nothing_is_said_of_cutting_where_nothing_is_cut(sweep: Sweep) -> None:
    figure = draw_sweep(sweep.points, [NIGHTS, RATE], "hires", "en")
    assert figure._supxlabel.get_text() == TEXT["cell_note"]["en"]  # type: ignore[attr-defined]
    difference = draw_sweep_difference(sweep.points, [NIGHTS, RATE], "employment_rate", "zh")
    assert difference._supxlabel.get_text() == TEXT["cell_note_difference"]["zh"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("axis", [RATE, "programme"])
def test_curves_and_bars(sweep: Sweep, axis: str) -> None:
    rows = {name: column[:6] for name, column in sweep.points.items()} | {"programme": np.array(["none"] * 3 + ["zibo"] * 3)}
    panel = draw_sweep(rows, [axis], "employment_rate", "en").axes[0]
    shapes = [np.asarray(path.vertices)[:, 1] for collection in panel.collections for path in collection.get_paths()]
    heights = np.concatenate(shapes)
    assert heights.min() == pytest.approx(0.0, abs=1e-9)
    assert heights.max() == pytest.approx(100.0)


def test_an_interval_is_its_half_width_or_its_ends() -> None:
    assert write_interval(37.7, 34.8, 40.6) == "± 2.9"
    assert write_interval(1.0, 0.0, 5.302) == "0–5.30"
    assert write_interval(1.0, np.nan, np.nan) == ""
    assert write_interval(1e9, 1e9 - 3, 1e9 + 3) == "± 3"
