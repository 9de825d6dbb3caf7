"""The answer of a comparison: the sentences of the command, every number with its interval, partial or whole, nothing told of few persons."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from experiments.compare.answer import answer
from experiments.dashboard.content import answer as of_answer
from experiments.dashboard.content import people
from experiments.dashboard.content.answer import answer_of
from experiments.dashboard.content.asking import Asked, ask
from experiments.dashboard.content.comparing import carry_out
from experiments.dashboard.content.drafts import draft_of
from experiments.dashboard.content.money import against_budget
from experiments.dashboard.content.people import for_whom
from experiments.validate.scorecard import rows_of_programme
from sim.account import ROWS
from sim.compared import Comparison
from sim.reported import LEGENDS

BUDGET = 200_000


@pytest.fixture(scope="module")
def asked() -> Asked:
    return ask(draft_of({
        "programme": "dongbeitang", "budget": BUDGET, "replicates": 4, "behaviour": "calibrated",
        "changes": {"population.graduates": 500, "days": 230, "policy.loans.enabled": True, "policy.loans.credit_line": 5_000_000},
        "variants": [{"label": "没有 住宿", "changes": {"policy.lodging.enabled": False}}],
    }))  # fmt: skip


@pytest.fixture(scope="module")
def parts(asked: Asked) -> list[Comparison]:
    found: list[Comparison] = []
    carry_out(asked, after_batch=found.append, workers=2)
    return found


@pytest.fixture(scope="module")
def whole(asked: Asked, parts: list[Comparison]) -> dict[str, Any]:
    return answer_of(asked, parts[-1])


def test_the_sentence_is_that_of_the_command(asked: Asked, parts: list[Comparison], whole: dict[str, Any]) -> None:
    assert [one["variant"] for one in whole["answer"]] == ["programme", "variant_2"]
    for one in whole["answer"]:
        said = answer(parts[-1], one["variant"], asked.worlds.names)
        assert one["sentence"] == {"en": str(said), "zh": said.zh}
        assert one["told"] in ("more", "fewer", "untold", "same")
    assert whole["answer"][1]["label"]["zh"] == "没有 住宿"
    assert whole["answer"][1]["sentence"]["zh"].startswith("没有 住宿：")


def test_another_variant_stands_beside_the_first_by_paired_differences(parts: list[Comparison], whole: dict[str, Any]) -> None:
    comparison = parts[-1]
    assert list(whole["beside"]) == ["variant_2"], "nothing of the first"
    beside = whole["beside"]["variant_2"]
    first, other = (comparison.variants[name] for name in ("programme", "variant_2"))
    jobs = other.accounts["jobs"]["net_additional_jobs"] - first.accounts["jobs"]["net_additional_jobs"]
    estimate = comparison.over(jobs)
    assert [beside["jobs"][part] for part in ("value", "low", "high")] == pytest.approx([float(one) for one in estimate])
    spent = other.results.outcomes["spending"] - first.results.outcomes["spending"]
    assert [beside["spending"][part] for part in ("value", "low", "high")] == pytest.approx([float(one) for one in comparison.over(spent)])
    untold = "untold" if estimate.low <= 0 <= estimate.high else "more" if estimate.mean > 0 else "fewer"
    assert beside["told"] == (untold if jobs.any() else "same")
    assert "（对照：" in beside["sentence"]["zh"]


def test_a_partial_answer_has_the_shape_of_a_whole_one(asked: Asked, parts: list[Comparison], whole: dict[str, Any]) -> None:
    partial = answer_of(asked, parts[0], preliminary=True)
    assert partial["preliminary"]
    assert (partial["replicates"], partial["wanted"], whole["replicates"]) == (2, 4, 4)
    assert set(partial) == set(whole)
    for content in (partial, whole):
        assert json.loads(json.dumps(content, allow_nan=False)) == content


def numbers_in(content: Any) -> Iterator[dict[str, Any]]:
    if isinstance(content, dict):
        if "value" in content or "difference" in content:
            yield content
        for inside in content.values():
            yield from numbers_in(inside)
    elif isinstance(content, list):
        for inside in content:
            yield from numbers_in(inside)


def test_no_number_stands_without_its_interval(whole: dict[str, Any]) -> None:
    found = list(numbers_in({key: value for key, value in whole.items() if key != "curves"}))
    assert len(found) > 100
    assert all({"low", "high"} <= set(one) for one in found)


def test_the_account_is_the_gross_to_net_of_the_comparison(parts: list[Comparison], whole: dict[str, Any]) -> None:
    rows = {row["row"]: row for row in whole["account"]["programme"]}
    assert set(rows) == set(ROWS) - {"residual"}
    jobs = parts[-1].variants["programme"].accounts["jobs"]
    assert rows["net_additional_jobs"]["value"] == pytest.approx(float(jobs["net_additional_jobs"].mean()))
    assert rows["gross_placements"]["value"] - rows["deadweight"]["value"] == pytest.approx(rows["net_on_participants"]["value"])
    assert set(rows["deadweight"]["intervals"]) == {"ignorance", "prediction", "simulation_error"}
    assert "没有方案也会在岗" in rows["deadweight"]["says"]["zh"]


def test_money_lent_stands_apart_and_spending_is_held_against_the_budget(whole: dict[str, Any]) -> None:
    money = whole["money"]["programme"]
    assert money["lent"][0] > 0
    assert "not in the cost" in money["capital"]["en"]
    assert sum(one["value"] for one in money["by_lever"]) == pytest.approx(money["spending"][0])
    assert (money["budget"], money["over"]) == (BUDGET, money["spending"][0] > BUDGET)
    spent = {"value": 100.0, "low": 80.0, "high": 120.0}
    assert "over the budget" in against_budget(spent, 50)
    assert "cannot be told" in against_budget(spent, 100)
    assert "cannot be told" in against_budget(spent, 90), "the mean is above it, and yet it may be kept"
    assert "left" in against_budget(spent, 500)


def test_curves_are_few_points_with_bands_and_a_paired_difference(parts: list[Comparison], whole: dict[str, Any]) -> None:
    curve = whole["curves"]["employed_in_region"]
    assert len(curve["days"]) == 200
    assert (curve["days"][0], curve["days"][-1]) == ("2022-09-01", "2023-04-18")
    assert set(curve["worlds"]) == {"none", "programme", "variant_2"}
    last = parts[-1].over(parts[-1].differences("programme", "employed_in_region"))
    shown = [curve["difference"]["programme"][part][-1] for part in ("mean", "low", "high")]
    assert shown == pytest.approx([float(one) for one in last], rel=1e-4)
    assert all(len(band[part]) == 200 for band in curve["worlds"].values() for part in ("mean", "low", "high"))


def test_nothing_is_told_of_small_groups(parts: list[Comparison], whole: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    told = {one["member"]: one for one in whole["for_whom"]["programme"]}
    assert told["agriculture"]["hidden"]
    assert told["agriculture"]["difference"] is None
    assert not told["female"]["hidden"]
    assert not any("persons" in one for one in told.values()), "a small group's number would follow from the others'"
    monkeypatch.setattr(people, "LEAST_OF_A_GROUP", 0)
    assert not any(one["hidden"] for one in for_whom(parts[-1], "programme"))


def test_capacity_is_told_in_words(whole: dict[str, Any]) -> None:
    beds = [one for one in whole["capacity"]["programme"] if one["what"] == "beds"]
    assert "1 站 15 床，平均用" in beds[0]["zh"]
    assert not [one for one in whole["capacity"]["variant_2"] if one["lever"] == "lodging"]
    turned = [one for one in whole["capacity"]["programme"] if one["what"] == "turned_away"]
    assert all(one["value"] > 0 for one in turned)


def test_busy_desks_are_told_apart_from_full_stations_and_each_count_has_its_interval() -> None:
    """Beds may stand empty while desks are overrun: who reads that stations turned people away must not buy beds."""
    lodging = SimpleNamespace(offers_something=True, stations=2, beds_per_station=10)
    amounts = {"turned_away.lodging": 65.0, "desk_turned_away": 60.0, "station_turned_away": 0.0, "served.lodging": 9.0, "station_bed_use": 0.3}
    of_run: Any = SimpleNamespace(
        scenario=SimpleNamespace(policy=SimpleNamespace(levers={"lodging": lodging})), lived=None,
        outcomes={name: np.array([0.9 * amount, amount, 1.1 * amount]) for name, amount in amounts.items()},
    )  # fmt: skip
    number = r"\d+（\d+ 到 \d+）"
    beds, desks, rest = people.capacity_of(of_run)
    assert re.fullmatch(rf"2 站 20 床，平均用 {number} 床。", beds["zh"])
    assert not beds["bound"]
    assert re.fullmatch(rf"青年驿站：服务台忙不过来，未接待 {number} 人次。", desks["zh"])
    assert re.fullmatch(rf"青年驿站：未能满足 {number} 人次，服务 {number} 人次。", rest["zh"])
    assert rest["value"] == pytest.approx(5.0)
    of_run.outcomes |= {"station_turned_away": of_run.outcomes["turned_away.lodging"], "desk_turned_away": np.zeros(3)}
    (full,) = people.capacity_of(of_run)
    assert full["bound"]
    assert re.search(r"Full at times: \d+ \(\d+ to \d+\) requests turned away\.$", full["en"])


def test_how_sure_and_what_carries_are_said_as_the_command_says_them(whole: dict[str, Any]) -> None:
    sure = whole["how_sure"]["programme"]
    assert len(sure["sentences"]) == 4
    assert sure["ignorance"][0] < sure["ignorance"][1]
    assert sure["prediction"][0] <= sure["ignorance"][0]
    carried = whole["carries"]["programme"]
    assert carried["sentence"]["en"].startswith("Which assumption carries the answer cannot be told from 2 vectors")


def test_misses_come_first_among_reported_figures(asked: Asked, whole: dict[str, Any]) -> None:
    reported = whole["reported"]
    assert len(reported) == len(asked.scenario.reported) == 2
    assert [one["miss"] for one in reported] == sorted((one["miss"] for one in reported), reverse=True)
    assert all(one["why"]["zh"] and len(one["simulated"]) == 3 for one in reported)


def test_a_miss_comes_before_what_is_met(parts: list[Comparison], monkeypatch: pytest.MonkeyPatch) -> None:
    variant = parts[-1].variants["programme"]
    first, second = rows_of_programme(variant.results)
    rows = [replace(first, tolerance=1e9), replace(second, tolerance=1e-9)]
    monkeypatch.setattr(of_answer, "rows_of_programme", lambda _results: rows)
    assert [one["miss"] for one in of_answer.reported_of(variant)] == [True, False]
    rows = [replace(first, knobs=(), in_sample=True), replace(second, in_sample=False, plan=False)]
    why = {one["outcome"]: one["why"]["en"] for one in of_answer.reported_of(variant)}
    assert why[first.name.partition(".")[2]] == LEGENDS["chosen"], "who chose an input by a figure learns nothing from meeting it"
    assert "what one such place may show" in why[second.name.partition(".")[2]]


def test_a_programme_that_loses_jobs_has_no_cost_of_one(parts: list[Comparison]) -> None:
    """Money over a loss is a number, and no price of a job."""
    jobs = parts[-1].variants["programme"].accounts["jobs"]
    fewer = {**jobs, "net_additional_jobs": -1000.0 - np.arange(4)}
    variant = replace(parts[-1].variants["programme"], accounts={**parts[-1].variants["programme"].accounts, "jobs": fewer})
    cost = of_answer.cost_of(Comparison(parts[-1].baseline, {"programme": variant}), "programme")
    assert cost["loses"]
    assert "for each additional job" not in cost["sentence"]["en"]


def test_one_pair_says_that_it_has_no_interval(asked: Asked, parts: list[Comparison]) -> None:
    first = parts[0]
    alone = Comparison(
        replace(first.baseline, replicates=1, runs=first.baseline.runs[:1]),
        {name: replace(one, results=replace(one.results, replicates=1, runs=one.results.runs[:1]),
                       accounts={kind: {row: values[:1] for row, values in rows.items()} for kind, rows in one.accounts.items()},
                       capital={part: values[:1] for part, values in one.capital.items()})
         for name, one in first.variants.items()},
    )  # fmt: skip
    found = answer_of(asked, alone, preliminary=True)
    assert json.dumps(found, allow_nan=False)
    assert found["answer"][0]["told"] in ("unknown", "same")
    assert any("One pair has no interval" in note["en"] for note in found["notes"])
    assert np.isfinite(found["money"]["programme"]["spending"][0])
