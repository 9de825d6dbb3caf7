"""Intervals hold nothing that cannot be: in tables, figures and files, of outcomes and of groups."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from matplotlib.collections import PolyCollection

from experiments.run.figures.daily import draw_employment_and_arrivals
from experiments.run.report import print_groups, print_outcomes
from experiments.sweep.figures.outcomes import draw_sweep, draw_sweep_difference
from experiments.sweep.figures.points import estimate_grid
from experiments.sweep.report import print_sweep
from experiments.sweep.table import described
from experiments.sweep.words import WORDS
from sim.bilingual import in_language
from sim.results import Results
from sim.simulation import simulate
from sim.statistics import mean_interval
from tests.experiments.sweep.tables import make_about

NEAR_ZERO, NEAR_ONE = [0.0, 0.0, 0.03], [1.0, 1.0, 0.97]
"""Shares whose Student's intervals reach beyond 0 and 1."""
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
    assert re.search(r"│ +1\.0 │ +\[0\.0 … 17\.4\] │ %", row_of(text, "First jobs below expected pay"))
    assert "Intervals: of the mean over replicates, so of the luck of the simulation alone" in " ".join(text.split())
    assert re.search(r"│ +99\.0 │ +\[82\.6 … 100\.0\] │ %", row_of(text, "Employment rate"))
    assert re.search(r"│ +1 │ +\[0 … 20\]", row_of(text, "Separations"))


def test_the_table_of_groups(results: Results, capsys: pytest.CaptureFixture[str]) -> None:
    print_groups(results, "en")
    text = capsys.readouterr().out
    assert "99.0" in row_of(text, "Origin: local")
    assert "[82.6 … 100.0]" in text
    assert "103" not in text


def test_the_table_of_a_sweep(capsys: pytest.CaptureFixture[str]) -> None:
    columns = {"point": [0] * 3 + [1] * 3, NIGHTS: [0] * 3 + [3] * 3, "replicate": [0, 1, 2] * 2, "employment_rate": NEAR_ZERO + NEAR_ONE}
    print_sweep(described(pa.table(columns), make_about([NIGHTS], 2)), ["employment_rate"], "en")
    text = capsys.readouterr().out
    assert "so of the luck of the simulation alone" in " ".join(text.split())
    assert "1.0 [0.0 … 17.4]" in text
    assert "99.0 [82.6 … 100.0]" in text


def test_the_summary(results: Results) -> None:
    summary = results.summary()
    assert 0 < summary["outcomes"]["below_expected_pay_share"]["low"] < 0.01
    assert 0.99 < summary["outcomes"]["employment_rate"]["high"] < 1
    assert 0 < summary["outcomes"]["separations"]["low"] < 1
    assert 0.99 < summary["groups"]["origin"]["local"]["employment_rate"]["high"] < 1
    assert summary["outcomes"]["below_expected_pay_share"]["values"] == NEAR_ZERO, "the values are what they were"


def test_what_a_lever_brings_that_is_not_there_is_zero_for_certain(results: Results) -> None:
    outcomes = results.summary()["outcomes"]
    for name in ("served.loans", "aware_share.loans", "spending.loans", "loans_granted"):
        assert (outcomes[name]["mean"], outcomes[name]["low"], outcomes[name]["high"]) == (0, 0, 0), name
    assert outcomes["homes_bought"]["mean"] == 0
    assert outcomes["homes_bought"]["high"] == pytest.approx(3.6889 / 3, abs=1e-3), "nobody did, and somebody might"


def test_the_daily_figure(results: Results) -> None:
    figure = draw_employment_and_arrivals(results, "en")
    bands = [band for band in figure.axes[0].collections if isinstance(band, PolyCollection)]
    heights = np.concatenate([np.asarray(path.vertices)[:, 1] for band in bands for path in band.get_paths()])
    assert 0.0 <= heights.min() < 1.0
    assert 99.0 < heights.max() <= 100.0


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
    assert 0.0 < grid.low[0, 0] < 0.1
    assert 99.9 < grid.high[0, 1] < 100.0
    assert estimate_grid(sweep.points, [NIGHTS, RATE], "hires").low[0, 0] > 0


def test_the_cells_of_a_heat_map(sweep: Sweep) -> None:
    figure = draw_sweep(sweep.points, [NIGHTS, RATE], "employment_rate", "en")
    figure.canvas.draw()
    cells = {text.xy: text.get_text() for text in figure.axes[0].texts if text.get_gid() == "interval"}  # type: ignore[attr-defined]
    assert cells == {(0, 0): "[0.0 … 17.4]", (0, 1): "[82.6 … 100.0]", (1, 0): "[27.8 … 72.2]"}
    difference = draw_sweep_difference(sweep.points, [NIGHTS, RATE], "employment_rate", "zh")
    for drawn, key, language, count in ((figure, "cell_note", "en", 4), (difference, "cell_note_difference", "zh", 3)):
        note = drawn.legends[0].get_title().get_text().replace("\n", "").replace(" ", "")
        assert in_language(WORDS[key], language).format(count=count).replace(" ", "") in note


@pytest.mark.parametrize("axis", [RATE, "programme"])
def test_curves_and_bars(sweep: Sweep, axis: str) -> None:
    rows = {name: column[:6] for name, column in sweep.points.items()} | {"programme": np.array(["none"] * 3 + ["zibo"] * 3)}
    panel = draw_sweep(rows, [axis], "employment_rate", "en").axes[0]
    shapes = [np.asarray(path.vertices)[:, 1] for collection in panel.collections for path in collection.get_paths()]
    heights = np.concatenate(shapes)
    assert -1e-9 <= heights.min() < 0.1
    assert 99.9 < heights.max() <= 100.0
