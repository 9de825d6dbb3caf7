"""Numbers are written one way: a table and the figure beside it say the same."""

import math
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from matplotlib.offsetbox import AnnotationBbox

from experiments.compare.figures.account import draw_account
from experiments.compare.figures.shown import Shown
from experiments.compare.report import print_account
from experiments.compare.words import names_of
from experiments.run.figures.funnel import draw_funnels
from experiments.run.report import print_outcomes
from experiments.shared.figures.spending import draw_spending
from experiments.sweep.figures.outcomes import draw_sweep
from experiments.sweep.report import print_sweep
from experiments.sweep.table import described
from sim.comparison import compare, without_programme
from sim.numbers import DASH, PLAIN, SHARE, Form, form_of, form_of_sum, money_form, write, write_estimate, write_exactly, write_parts
from sim.outcomes import OUTCOMES
from sim.statistics import Kind, MeanInterval, mean_interval
from tests.conftest import EVERY_LEVER
from tests.every import some
from tests.experiments.sweep.tables import make_about

NAN = math.nan
YEARS = Form("days", figures=2)


@pytest.mark.parametrize(
    ("estimate", "form", "words"),
    [
        ((42.8, 29.1, 56.4), PLAIN, "43 [29 … 56]"), ((7.0, 3.0, 10.9), PLAIN, "7 [3 … 11]"), ((0.5, 0.1, 1.2), PLAIN, "0.5 [0.1 … 1.2]"),
        ((11176.04, 11031.2, 11320.9), PLAIN, "11,176 [11,031 … 11,321]"), ((0.0, 0.0, 0.18), PLAIN, "0 [0 … 0.18]"), ((2.0, 2.0, 2.0), PLAIN, "2"),
        ((-588326.0, -600000.0, -570000.0), PLAIN, "−588,326 [−600,000 … −570,000]"), ((-7.0, NAN, NAN), PLAIN, "−7"), ((NAN, NAN, NAN), PLAIN, DASH),
        ((0.8213, 0.79, 0.85), SHARE, "82.1 [79.0 … 85.0]"), ((0.8213, 0.8211, 0.8215), SHARE, "82.13 [82.11 … 82.15]"),
        ((0.25, NAN, NAN), SHARE, "25"), ((41.32, 39.1, 43.6), YEARS, "41.3 [39.1 … 43.6]"), ((-0.04, -0.4, 0.3), PLAIN, "0.0 [−0.4 … 0.3]"),
        ((25.0076, 25.0, 25.0151), YEARS, "25.01 [25.00 … 25.02]"), ((25.0004, 25.0003, 25.0005), YEARS, "25.0004 [25.0003 … 25.0005]"),
        ((2510.04, 2509.9, 2510.2), YEARS, "2,510.0 [2,509.9 … 2,510.2]"),
        ((-1.5, -2.84, -0.16), PLAIN, "−1.5 [−2.8 … −0.2]"), ((-1.5, -3.2, 0.2), PLAIN, "−2 [−3 … 0]"),
    ],
)  # fmt: skip
def test_a_number_has_the_decimals_that_its_interval_earns(estimate: tuple[float, float, float], form: Form, words: str) -> None:
    assert write_estimate(estimate, form) == words


def test_differences_have_signs_and_nothing_has_none() -> None:
    assert write_estimate((-0.8, -5.1, 3.6), PLAIN, signed=True) == "−1 [−5 … +4]"
    assert write_estimate((0.0123, 0.001, 0.0236), SHARE, "\n", signed=True) == "+1.2\n[+0.1 … +2.4]"
    assert write(0.0, PLAIN, signed=True) == "0"
    assert write_parts((0.0, 0.0, 0.0), PLAIN, signed=True) == ("0", "")


@pytest.mark.parametrize(
    ("value", "words"),
    [(12345.6, "12,346"), (45.67, "45.7"), (7.0, "7"), (0.0123, "0.012"), (-0.41, "−0.41"), (NAN, DASH), (math.inf, "∞"), (3e-9, "3.0e-09")],
)  # fmt: skip
def test_a_number_without_interval_has_two_or_three_figures(value: float, words: str) -> None:
    assert write(value) == words


def test_exact_numbers_stay_exact() -> None:
    assert [write_exactly(value) for value in (-0.5, 14.0, 0.045, 1234567.0)] == ["−0.5", "14", "0.045", "1,234,567"]


def test_money_has_the_unit_that_is_short() -> None:
    assert [money_form(most, "zh").unit for most in (900.0, 2e6, -2e6, 3e9)] == ["元", "万元", "万元", "亿元"]
    assert [money_form(most, "en").unit for most in (90_000.0, 2e6, 6e7)] == ["CNY", "thousand CNY", "million CNY"]
    assert write_estimate((69811.0, 52120.0, 105576.0), money_form(105576.0, "zh")) == "7.0 [5.2 … 10.6]"
    assert form_of(OUTCOMES["wage_mean"], "zh", 6000.0).unit == "元/月"


def test_shares_are_the_outcomes_with_two_limits_and_no_outcome_is_below_zero() -> None:
    for outcome in OUTCOMES.values():
        assert (outcome.kind is Kind.SHARE) == (outcome.unit["en"] == "share") == (outcome.limits == (0.0, 1.0))
        assert outcome.limits[0] == 0.0
        assert form_of(outcome, "en").scale == (100.0 if outcome.kind is Kind.SHARE else 1.0)


def words_of(figure: Any) -> set[str]:
    figure.canvas.draw()
    boxes = [artist.offsetbox for axes in figure.axes for artist in axes.artists if isinstance(artist, AnnotationBbox)]
    texts = [*(text for axes in figure.axes for text in axes.texts), *boxes]
    return {text.get_text() for text in texts} | {axes.get_title() for axes in figure.axes}


@pytest.fixture(scope="module")
def comparison(scenario_of: Callable[..., Any]) -> Any:
    scenario = scenario_of(graduates=800, days=60, policy=EVERY_LEVER)
    return compare(without_programme(scenario), {"programme": scenario}, replicates=3, workers=1)


def cells_of(text: str) -> set[str]:
    return {cell.strip() for line in text.splitlines() for cell in re.split("[│┃]", line)}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_table_and_its_figure_say_the_same(comparison: Any, capsys: pytest.CaptureFixture[str], language: Any) -> None:
    results = comparison.variants["programme"].results
    print_outcomes(results, language)
    table = capsys.readouterr().out
    spending = write_estimate(results.interval("spending"), form_of(OUTCOMES["spending"], language, float(results.interval("spending").mean)))
    value, bounds = spending.split(" ", 1)
    assert {value, bounds} <= cells_of(table)
    below = draw_spending(results, language).axes[1]
    assert spending in below.get_title("left")
    funnel = words_of(draw_funnels(results, language))
    market = write_estimate(results.interval("applications_sent"))
    assert market in funnel
    assert set(market.split(" ", 1)) <= cells_of(table)
    names = names_of({}, "none", against_none=True)
    print_account(comparison, "programme", names, language)
    cells = cells_of(capsys.readouterr().out)
    drawn = {word for word in words_of(draw_account(Shown(comparison, names, language), "programme")) if word[:1].isdigit() or word[:1] == "−"}
    assert len(drawn) >= 5
    assert drawn <= cells


def test_the_cells_of_a_heat_map_are_those_of_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    values = np.random.default_rng(3).poisson(40, 12).astype(float)
    points = {"point": np.repeat(np.arange(4), 3), "a": np.repeat([0, 0, 3, 3], 3), "b": np.repeat([1, 2, 1, 2], 3)}
    points |= {"replicate": np.tile([0, 1, 2], 4), "hires": values}
    print_sweep(described(pa.table(points), make_about(["a", "b"], 4)), ["hires"], "en")
    text = capsys.readouterr().out
    figure = draw_sweep(points, ["a", "b"], "hires", "en")
    figure.canvas.draw()
    cells = [text.get_text() for text in figure.axes[0].texts if text.get_gid() == "interval"]
    assert len(cells) == 4
    for cell in some(cells):
        assert cell in text


def test_an_interval_in_another_unit_is_the_same() -> None:
    shares = mean_interval([0.1, 0.2, 0.4], kind=Kind.SHARE)
    assert write_estimate(shares.times(100.0), SHARE._replace(scale=1.0)) == write_estimate(shares, SHARE)
    assert isinstance(shares.times(2.0), MeanInterval)


def test_rows_of_a_sum_have_the_same_decimals() -> None:
    fine, coarse = form_of_sum((3.4, 1.0, 5.8)), form_of_sum((38.0, 25.0, 51.0))
    rows = (5.26, 4.0, 7.0), (0.0, 0.0, 0.0), (0.334, 0.01, 3.5)
    assert [write_estimate(row, fine) for row in rows] == ["5.3 [4.0 … 7.0]", "0.0", "0.3 [0.0 … 3.5]"]
    assert write_estimate((0.334, 0.01, 3.5), coarse) == "0 [0 … 4]"
    assert write_estimate((-0.04, -0.05, 0.03), fine) == "0.0 [−0.1 … 0.0]"  # no zero with a sign
    assert form_of_sum((5.0, math.nan, math.nan)).decimals == 0
