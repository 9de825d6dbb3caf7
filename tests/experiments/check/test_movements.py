"""`yizhan check` notices every movement, and says since when."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from experiments.check import report as check_report
from experiments.check.baseline import Settings
from experiments.check.baselines import baseline_of, path_of, read_baseline, render
from experiments.check.labels import outcome_of
from experiments.check.movements import compare, compare_configuration, first_difference
from sim.scenario import Scenario
from sim.simulation import simulate
from tests.every import every, some
from tests.experiments.check.held import BOTH, NONE, SMALL, ZIBO, Command, joined, rewrite, series_with, without_progress

NOW = date(2020, 11, 1)


def first_day_by_hand(before: Any, now: Any) -> int | None:
    for day in range(before.shape[1]):
        if [repr(value) for value in before[:, day].tolist()] != [repr(value) for value in now[:, day].tolist()]:
            return day
    return None


def test_another_parameter_is_told_with_programme_outcome_and_first_day(yizhan_sketching: Command, kept: Path, tmp_path: Path) -> None:
    settings = Settings(2, 1, SMALL)
    then = simulate(Scenario.load("zibo", SMALL | {"behaviour.interview_days": 9}), 2, 1)
    path_of(kept, "zibo").write_text(render(baseline_of(then, settings)), encoding="utf-8")
    now = simulate(Scenario.load("zibo", SMALL), 2, 1)
    days = {name: first_day_by_hand(then.series[name], now.series[name]) for name in then.series}
    moved = {name for name, day in days.items() if day is not None}
    earliest = min(days[name] or 0 for name in moved)
    assert earliest > 0

    said = yizhan_sketching("check", *BOTH, "directory=b", "output=o")
    assert said.status == 1
    found = json.loads((tmp_path / "o" / "check.json").read_text(encoding="utf-8"))["programmes"]
    assert found["none"]["moved"] == []
    assert found["none"]["configuration"] == {}
    assert found["zibo"]["configuration"] == {"behaviour.interview_days": [9, 6]}
    rows = {row["outcome"]: row for row in found["zibo"]["moved"]}
    assert {name for name, row in rows.items() if row["since"] == "day"} == moved
    for name in some(moved):
        assert (rows[name]["day"], rows[name]["date"]) == (days[name], (NOW + timedelta(days=days[name] or 0)).isoformat())
    assert rows["hires"]["baseline"] == then.outcomes["hires"].tolist()
    assert rows["hires"]["now"] == now.outcomes["hires"].tolist()
    assert [row["day"] for row in found["zibo"]["moved"] if row["since"] == "day"] == sorted(days[name] or 0 for name in moved)

    text = joined(said.out)
    assert "behaviour.interview_days 9 6" in text
    assert f"{days['hires']} {rows['hires']['date']} Jobs begun in the region" in text
    assert "o/check.json" in text
    assert "none" not in text.split("What moved")[1]
    complaint = without_progress(said.err)
    assert f"zibo: {len(rows)} outcomes moved, since day {earliest} ({NOW + timedelta(days=earliest)})." in complaint
    assert "yizhan check update=true programmes=[zibo] directory=b" in complaint
    assert "CHANGELOG.md" in complaint


def test_one_bit_of_one_day_of_one_replicate_is_noticed(yizhan: Command, kept: Path) -> None:
    held = read_baseline(kept, "none")
    value = float(held.daily["employment_rate"][1, 200])
    rewrite(kept, "none", daily=series_with(held, "employment_rate", 1, 200, float(np.nextafter(value, 1))))
    said = yizhan("check", *NONE, "directory=b")
    assert said.status == 1
    assert "200 2021-05-20 Employment rate (%)" in joined(said.out)
    assert "none: 1 outcomes moved, since day 200 (2021-05-20)." in said.err


def test_what_is_only_known_at_the_end_is_told_so(yizhan: Command, kept: Path) -> None:
    held = read_baseline(kept, "none")
    wage = held.at_end["wage_mean"][0] - 2e-9
    rewrite(kept, "none", at_end={**held.at_end, "wage_mean": np.array([wage, held.at_end["wage_mean"][1]])})
    said = yizhan("check", *NONE, "directory=b")
    assert said.status == 1
    assert "end Mean wage (CNY/month)" in joined(said.out)
    assert re.search(r"\+\d\.\de-1\d %", said.out)
    assert "moved, at the end." in said.err


def test_nan_equals_nan_and_nothing_else(made: Path) -> None:
    held = read_baseline(made, "zibo")
    every(np.isnan(held.daily["vacancy_days_mean"][:, 0]))
    assert compare(held, held) == []
    other = np.frombuffer(np.array([0x7FF8000000000001], dtype=np.uint64).tobytes(), dtype=np.float64)[0]
    assert compare(replace(held, daily=series_with(held, "vacancy_days_mean", 0, 0, float(other))), held) == []
    moved = compare(replace(held, daily=series_with(held, "vacancy_days_mean", 0, 0, 0.0)), held)
    assert [(movement.name, movement.day) for movement in moved] == [("vacancy_days_mean", 0)]
    ends = compare(replace(held, at_end={**held.at_end, "days_to_first_job": np.array([np.nan, 3.0])}), held)
    assert [(movement.name, movement.since) for movement in ends] == [("days_to_first_job", "end")]


def test_the_first_difference_is_that_of_any_replicate() -> None:
    before = np.zeros((3, 10))
    now = before.copy()
    assert first_difference(before, now) is None
    now[2, 7] = 1
    assert first_difference(before, now) == 7
    now[0, 4] = -0.0
    assert first_difference(before, now) == 4
    assert first_difference(before, before[:, :6]) == 6
    assert first_difference(before[:, :6], before) == 6


def test_new_and_vanished_outcomes_are_listed(yizhan: Command, kept: Path) -> None:
    held = read_baseline(kept, "none")
    at_end = {("dreams" if name == "arrivals" else name): values for name, values in held.at_end.items()}
    daily = {("dreams" if name == "arrivals" else name): values for name, values in held.daily.items()}
    rewrite(kept, "none", at_end=at_end, daily=daily)
    said = yizhan("check", *NONE, "directory=b")
    assert said.status == 1
    assert "new Arrivals from elsewhere (person-times)" in joined(said.out)
    assert "gone dreams" in joined(said.out)
    assert "none: 2 outcomes moved" in said.err


def test_a_configuration_without_effect_is_told_and_passes(yizhan: Command, kept: Path) -> None:
    held = read_baseline(kept, "none")
    rewrite(kept, "none", configuration={**held.configuration, "policy.loans.gone": 3})
    said = yizhan("check", *NONE, "directory=b")
    assert said.status == 0
    assert "none: the configuration differs (keys: 1), and no outcome moved." in said.out
    assert "Nothing moved: none" in said.out
    said = yizhan("check", "update=true", *NONE, "directory=b")
    assert "none: baseline written; no outcome moved, only the configuration it holds." in said.out
    assert "CHANGELOG" not in said.out
    assert read_baseline(kept, "none").configuration == held.configuration


def test_keys_that_differ_are_named_with_both_values(made: Path) -> None:
    held = read_baseline(made, "none")
    other = {**held.configuration, "days": 366, "market.nosuch": 1}
    del other["market.tightness"]
    found = compare_configuration(held, replace(held, configuration=other))
    assert found == {"days": (365, 366), "market.nosuch": (None, 1), "market.tightness": (0.6, None)}


def test_many_rows_show_the_earliest_and_the_headlines_first(made: Path, yizhan: Command, kept: Path) -> None:
    held = read_baseline(made, "zibo")
    days = np.arange(held.configuration["days"])
    daily = {name: values + np.where((days >= 50) | (name == "mentees"), 1, 0) for name, values in held.daily.items()}
    moved = compare(held, replace(held, daily=daily))
    rows = check_report.choose_rows(moved)
    assert rows[0].name == "mentees"
    assert len(rows) == check_report.MOST_ROWS < len(moved)
    assert all(row.is_headline for row in rows[1:])
    assert [row.name for row in rows] == [row.name for row in moved if row in rows]
    rewrite(kept, "zibo", daily=daily)
    said = yizhan("check", *ZIBO, "directory=b")
    assert f"… and {len(moved) - len(rows)} more; output=DIR" in joined(said.out)


def test_every_row_has_a_label_in_both_languages(made: Path) -> None:
    held = read_baseline(made, "zibo")
    for name in [*held.at_end, *held.daily]:
        label = outcome_of(name, held).label
        assert label["en"] != name
        assert any("\u4e00" <= letter <= "\u9fff" for letter in label["zh"]), name
    assert outcome_of("station_beds_open.Zhangdian", held).label["zh"] == "开放床位：张店区"
    assert outcome_of("group.sex.female.wage_mean", held).label == {"en": "Sex, women: Mean wage", "zh": "性别（女）：平均工资"}


def test_in_chinese(yizhan: Command, yizhan_sketching: Command, kept: Path, tmp_path: Path) -> None:
    held = read_baseline(kept, "none")
    rewrite(kept, "none", daily=series_with(held, "employed_in_region", 0, 9, -1), configuration={**held.configuration, "days": 3})
    (kept / "zibo.json").write_bytes(b"")
    said = yizhan_sketching("check", *BOTH, "directory=b", "language=zh", "output=o")
    assert said.status == 1
    assert "起始日" in said.out
    assert "配置有差异" in said.out
    assert "9 2020-11-10 本地在岗人数（人）" in joined(said.out)
    assert "结果目录：o" in said.out
    for word in ("Since", "Baseline", "Outcome", "mean", "differ"):
        assert word not in said.out
    assert "none：1 项结果变动，始于第 9 日（2020-11-10）。" in said.err
    assert "zibo.json 文件已损坏" in said.err
    (kept / "zibo.json").unlink()
    said = yizhan("check", "update=true", *BOTH, "directory=b", "language=zh")
    assert "none：已写入基线；1 项结果变动" in said.out
    assert "zibo：已写入基线；首次生成" in said.out
    assert "CHANGELOG.md" in said.out
    assert yizhan("check", *BOTH, "directory=b", "language=zh").out == "没有变动：none, zibo（b）。\n"
    assert tmp_path / "b" == kept
