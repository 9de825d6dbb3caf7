"""Results in a notebook: one line, a small table, tidy frames."""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.account import ROW_KINDS
from sim.attribution import Attribution, attribute
from sim.bilingual import in_language
from sim.compared import Comparison
from sim.comparison import compare, without_programme
from sim.outcomes import OUTCOMES
from sim.results import Results
from sim.scenario import Scenario
from sim.showing import with_interval, written
from sim.simulation import simulate
from sim.statistics import DifferenceInterval, MeanInterval, RatioInterval, mean_interval
from sim.trials.loading import load_study
from sim.trials.trial import Trials, run_trials

LONGEST = 400
"""Characters of one line in a notebook that are still read."""


@pytest.fixture(scope="module")
def scenario(scenario_of: Callable[..., Scenario], every_lever: Callable[[], Any]) -> Scenario:
    levers = {name: settings for name, settings in every_lever().items() if name in ("lodging", "guidance")}
    chosen: Scenario = scenario_of(graduates=200, days=30, policy=levers, title="Two <b>levers</b>", programme="two")
    return chosen


@pytest.fixture(scope="module")
def results(scenario: Scenario) -> Results:
    return simulate(scenario, replicates=3, save_people=True)


@pytest.fixture(scope="module")
def comparison(scenario: Scenario) -> Comparison:
    return compare(without_programme(scenario), {"two": scenario, "same": scenario}, replicates=3)


@pytest.fixture(scope="module")
def attribution(scenario: Scenario) -> Attribution:
    return attribute(scenario, replicates=2)


@pytest.fixture(scope="module")
def trials() -> Trials:
    changes = {"population.graduates": 200, "markets": 1, "days": 200, "study.followup_days": [30]}
    study, scenario, markets = load_study("lodging_subsidy", changes)
    return run_trials(study, scenario, markets, replicates=2)


def test_a_line_is_short_and_a_table_escaped(results: Results, comparison: Comparison, attribution: Attribution, trials: Trials) -> None:
    for shown in (results, comparison, attribution, trials, results.runs[0], comparison.variants["two"]):
        assert len(repr(shown)) < LONGEST, repr(shown)
    for shown in (results, comparison, attribution, trials):
        html = shown._repr_html_()
        assert html.startswith("<table>")
        assert html.endswith("</table>")
        assert html.count("<tr>") > 2
        assert "<b>" not in html
        assert len(html) < 50_000
    assert "Two &lt;b&gt;levers&lt;/b&gt;" in results._repr_html_()
    assert "净增就业" in comparison._repr_html_()


def test_outcomes_are_a_line_a_value(results: Results) -> None:
    frame = results.to_frame()
    assert list(frame.columns) == ["replicate", "outcome", "value", "unit"]
    assert len(frame) == 3 * len(OUTCOMES)
    for name, values in results.outcomes.items():
        np.testing.assert_array_equal(frame.loc[frame.outcome == name, "value"].to_numpy(), values)
    assert set(frame.loc[frame.outcome == "hires", "unit"]) == {OUTCOMES["hires"].unit["en"]}


def test_the_other_frames_of_a_run(results: Results) -> None:
    series = results.to_frame("series")
    assert len(series) == 3 * 30 * len(results.series)
    chosen = series[(series.outcome == "hires") & (series.replicate == 2)]
    assert chosen.value.tolist() == results.series["hires"][2].tolist()
    assert chosen.date.tolist() == pd.to_datetime(results.dates).tolist()
    summary = results.to_frame("summary").set_index("outcome")
    assert summary.loc["hires", ["mean", "low", "high"]].tolist() == [float(part) for part in results.interval("hires")]
    groups = results.to_frame("groups")
    persons = groups[(groups.attribute == "sex") & (groups.measure == "persons")].groupby("replicate").value.sum()
    assert persons.tolist() == [200.0] * 3
    people = results.to_frame("people")
    assert len(people) == 600
    assert people[people.replicate == 1].savings.tolist() == results.runs[1].people["savings"].tolist()


def test_frames_of_a_comparison(comparison: Comparison) -> None:
    frame = comparison.to_frame()
    assert list(frame.columns) == ["variant", "replicate", "outcome", "value", "baseline", "difference", "unit"]
    assert len(frame) == 2 * 3 * len(OUTCOMES)
    spending = frame[(frame.variant == "two") & (frame.outcome == "spending")]
    assert spending.difference.mean() == pytest.approx(float(comparison.difference("two", "spending")[0]))
    account = comparison.to_frame("account")
    chosen = account[(account.variant == "same") & (account.kind == "jobs") & (account.row == "net_additional_jobs")]
    assert chosen.persons.tolist() == comparison.variants["same"].accounts["jobs"]["net_additional_jobs"].tolist()
    assert set(comparison.to_frame("series").variant) == {"baseline", "two", "same"}
    summary = comparison.to_frame("summary").set_index(["variant", "outcome"])
    assert summary.loc[("two", "spending"), "low"] == pytest.approx(float(comparison.difference("two", "spending")[1]))


def test_frames_of_an_attribution_and_of_trials(attribution: Attribution, trials: Trials) -> None:
    frame = attribution.to_frame()
    jobs = frame[frame.measure == "jobs"].groupby("replicate").contribution.sum()
    np.testing.assert_allclose(jobs.to_numpy(), attribution.whole["jobs"])
    assert set(attribution.to_frame("summary").lever) == set(attribution.levers)
    estimates = trials.to_frame()
    assert len(estimates) == 2 * len(trials.findings)
    first = next(iter(trials.findings.values()))
    assert estimates.estimate[:2].tolist() == first.value.tolist()
    assert len(trials.to_frame("summary")) == len(trials.findings)


def test_trials_name_their_study(trials: Trials) -> None:
    study = trials.study
    assert repr(trials).startswith(f"<Trials: {study.title}, 2 of 1 market, ")
    assert f"{study.title} {study.title_zh} · 2 trials" in trials._repr_html_()
    nameless = replace(trials, study=study.model_copy(update={"title": "", "title_zh": ""}))
    assert repr(nameless).startswith("<Trials: 2 of 1 market, ")
    assert ">2 trials of 1 market" in nameless._repr_html_()


def test_a_row_of_an_account_is_summed_up_with_an_interval_that_can_be(comparison: Comparison) -> None:
    frame = comparison.to_frame("account_summary").set_index(["variant", "kind", "row"])
    values = comparison.variants["two"].accounts["jobs"]
    assert len(frame) == 2 * sum(map(len, comparison.variants["two"].accounts.values()))
    for row, kind in ROW_KINDS.items():
        assert tuple(frame.loc[("two", "jobs", row), ["value", "low", "high"]]) == tuple(map(float, mean_interval(values[row], kind=kind)))


def test_a_frame_that_there_is_not_is_refused(results: Results, comparison: Comparison) -> None:
    with pytest.raises(ValueError, match="no frame of 'serie' here; there are: outcomes, summary, series, groups, people") as caught:
        results.to_frame("serie")
    assert "没有“serie”" in in_language(caught.value, "zh")
    with pytest.raises(ValueError, match="there are: outcomes, summary, account, account_summary, series"):
        comparison.to_frame("people")


def test_numbers_at_a_glance() -> None:
    assert [written(value) for value in (1234567.8, 12.34, 3.0, -0.1234, float("nan"), float("inf"), -float("inf"))] == [
        "1,234,568", "12.3", "3", "−0.12", "–", "∞", "−∞",
    ]  # fmt: skip
    assert [written(0.4567, "share"), written(-0.0004, "share"), written(0.0123, "points")] == ["45.7 %", "0.0 %", "1.2"]
    assert with_interval((1.0, 0.5, 1.5)) == "1.0 [0.5 … 1.5]"
    assert with_interval((1.0, float("nan"), float("nan"))) == "1"


def test_intervals_are_shown_as_they_are_written_elsewhere(results: Results, comparison: Comparison) -> None:
    assert repr(MeanInterval(np.array(4.6), np.array(-0.5), np.array(9.7))) == "5 [0 … 10]"
    assert repr(DifferenceInterval(np.zeros(3), np.zeros(3), np.zeros(3))) == "<DifferenceInterval of shape (3,)>"
    assert repr(RatioInterval(1000.4, math.nan, math.nan, defined=False)) == "1,000"
    assert repr(results.interval("hires")) == with_interval(results.interval("hires"))
    assert "…" in repr(comparison.difference("two", "spending"))


def test_a_scenario_shows_itself_in_a_line() -> None:
    scenario = Scenario.load("zibo")
    assert repr(scenario) == str(scenario)
    assert repr(scenario).startswith("<Scenario zibo in zibo: 216 days from 2020-11-01, 285,000 graduates; lodging, ")
    assert len(repr(scenario)) < LONGEST


def test_one_is_no_plural_and_few_are_said(scenario: Scenario, results: Results, attribution: Attribution) -> None:
    one = compare(without_programme(scenario), {"two": scenario}, replicates=1)
    assert "1 pair of 30 days" in repr(one)
    assert "1 replicate of 30 days" in repr(one.variants["two"])
    assert "only 1 pair:" in one._repr_html_()
    assert "only 3 replicates:" in results._repr_html_()
    assert "Spending 支出 · CNY" in attribution._repr_html_()
    many = Results(scenario, 1, 6, results.runs * 2)
    assert "only" not in many._repr_html_()


def test_what_is_misspelt_or_of_another_kind_is_named(scenario: Scenario, results: Results, comparison: Comparison) -> None:
    mistakes: list[tuple[Callable[[], Any], type[Exception], str]] = [
        (lambda: results.interval("station_guest"), KeyError, "Did you mean 'station_guests'"),
        (lambda: comparison.difference("tw", "hires"), KeyError, "unknown variant 'tw'. Did you mean 'two'"),
        (lambda: comparison.difference("two", "hirs"), KeyError, "Did you mean 'hires'"),
        (lambda: simulate("zibo"), TypeError, r"a Scenario is needed, not 'zibo': Scenario.load\('zibo'\)"),  # type: ignore[arg-type]
        (lambda: compare(scenario, scenario), TypeError, r"give name → scenario"),  # type: ignore[arg-type]
        (lambda: compare(scenario, {"x": "zibo"}), TypeError, "a Scenario is needed"),  # type: ignore[dict-item]
        (lambda: attribute("zibo"), TypeError, "a Scenario is needed"),  # type: ignore[arg-type]
        (lambda: simulate(scenario, replicates=1.5), TypeError, "replicates must be a whole number, not 1.5"),  # type: ignore[arg-type]
        (lambda: simulate(scenario, 1, workers=1.5), TypeError, "workers must be a whole number"),  # type: ignore[arg-type]
        (lambda: simulate(scenario, replicates=0), ValueError, "at least 1"),
    ]
    for call, kind, words in mistakes:
        with pytest.raises(kind, match=words):
            call()
