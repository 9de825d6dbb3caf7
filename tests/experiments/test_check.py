"""The command `check`: it notices every movement, says since when, and baselines are written whole or not at all."""

import json
import os
import re
import shutil
import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.check import baselines, choosing
from experiments.check import command as check
from experiments.check import report as check_report
from experiments.check.baselines import Baseline, Settings, UnusableError, baseline_of, parse, path_of, read_baseline, render
from experiments.check.choosing import folder_of
from experiments.check.command import CheckOptions, settings_of
from experiments.check.exact_text import decode, encode
from experiments.check.movements import compare, compare_configuration, first_difference
from sim.configuration import available
from sim.outcomes import OUTCOMES
from sim.scenario import Scenario
from sim.simulation import simulate
from tests.every import every, some

Command = Callable[..., Any]
COMMITTED = Path(__file__).resolve().parents[2] / "results" / "baselines"
GRADUATES = 150
SMALL = {"population.graduates": GRADUATES}
SIZE = f"graduates={GRADUATES}"
BOTH = ("programmes=[none,zibo]", SIZE)
NONE = ("programmes=[none]", SIZE)
ZIBO = ("programmes=[zibo]", SIZE)
NOW = date(2020, 11, 1)


def without_progress(text: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(("simulated", "已模拟", "First run")))


def joined(text: str) -> str:
    """Return what a table says, without its frame and with folded cells of one column still apart."""
    return " ".join(text.replace("│", " ").split())


def bytes_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def made(call: Command, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make small baselines of two programmes."""
    here = tmp_path_factory.mktemp("made")
    said = call(here, "check", "update=true", *BOTH, "directory=b", "workers=1")
    assert said.status == 0, said.err
    return here / "b"


@pytest.fixture
def kept(made: Path, tmp_path: Path) -> Path:
    """Return baselines that a test may spoil."""
    return Path(shutil.copytree(made, tmp_path / "b"))


def rewrite(folder: Path, programme: str, **changes: Any) -> Baseline:
    """Write a baseline with some parts changed, as if the output had been so."""
    changed = replace(read_baseline(folder, programme), **changes)
    path_of(folder, programme).write_text(render(changed), encoding="utf-8")
    return changed


def series_with(baseline: Baseline, name: str, replicate: int, day: int, value: float) -> dict[str, Any]:
    values = baseline.daily[name].copy()
    values[replicate, day] = value
    return {**baseline.daily, name: values}


# --- nothing moved


def test_an_unchanged_tree_passes_with_any_number_of_workers(yizhan: Command, kept: Path) -> None:
    before = bytes_in(kept)
    for workers in (1, 2):
        said = yizhan("check", *BOTH, "directory=b", f"workers={workers}")
        assert (said.status, said.out) == (0, "Nothing moved: none, zibo (b).\n")
        assert without_progress(said.err) == ""
    assert bytes_in(kept) == before
    assert [path.name for path in kept.parent.iterdir()] == ["b"]


def test_baselines_are_small_text_that_holds_how_they_were_made(made: Path) -> None:
    for name, written in some(bytes_in(made).items()):
        assert 1_000 < len(written) < 120_000
        assert max(map(len, written.decode().splitlines())) < 20_000
        content = json.loads(written)
        assert content["programme"] == name.removesuffix(".json")
        assert (content["replicates"], content["seed"], content["overrides"]) == (2, 1, SMALL)
        assert content["configuration"]["policy.lodging.free_nights"] == Scenario.load(content["programme"]).policy.lodging.free_nights
        assert "/" not in json.dumps([content["overrides"], *content["configuration"].values()])
        assert set(content["at_end"]) >= set(OUTCOMES)
        assert all(len(lines) == 2 for lines in content["daily"].values())


def test_a_baseline_reads_as_what_was_simulated(made: Path) -> None:
    results = simulate(Scenario.load("zibo", SMALL), 2, 1)
    found = read_baseline(made, "zibo")
    for name, values in some(results.outcomes.items()):
        assert found.at_end[name].tobytes() == values.tobytes(), name
    for name, values in some(results.series.items()):
        assert found.daily[name].tobytes() == values.tobytes(), name
    assert found.at_end["group.sex.female.wage_mean"].tolist() == [run.groups["sex"]["female"]["wage_mean"] for run in results.runs]
    every(np.isnan(found.at_end["days_to_first_job"]))


def test_writing_anew_changes_no_byte(yizhan: Command, kept: Path) -> None:
    before, times = bytes_in(kept), {path: path.stat().st_mtime_ns for path in kept.iterdir()}
    said = yizhan("check", "update=true", *BOTH, "directory=b", "workers=2")
    assert (said.status, said.out) == (0, "No baseline changed (b).\n")
    assert bytes_in(kept) == before
    assert {path: path.stat().st_mtime_ns for path in kept.iterdir()} == times
    for path in kept.iterdir():
        path.unlink()
    assert "its first" in yizhan("check", "update=true", *BOTH, "directory=b").out
    assert bytes_in(kept) == before


# --- something moved


def first_day_by_hand(before: Any, now: Any) -> int | None:
    for day in range(before.shape[1]):
        if [repr(value) for value in before[:, day].tolist()] != [repr(value) for value in now[:, day].tolist()]:
            return day
    return None


def test_another_parameter_is_told_with_programme_outcome_and_first_day(yizhan: Command, kept: Path, tmp_path: Path) -> None:
    settings = Settings(2, 1, SMALL)
    then = simulate(Scenario.load("zibo", SMALL | {"behaviour.interview_days": 9}), 2, 1)
    path_of(kept, "zibo").write_text(render(baseline_of(then, settings)), encoding="utf-8")
    now = simulate(Scenario.load("zibo", SMALL), 2, 1)
    days = {name: first_day_by_hand(then.series[name], now.series[name]) for name in then.series}
    moved = {name for name, day in days.items() if day is not None}
    earliest = min(days[name] or 0 for name in moved)
    assert earliest > 0

    said = yizhan("check", *BOTH, "directory=b", "output=o")
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
    assert "none: the configuration differs in 1 keys, and no outcome moved." in said.out
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
    assert found == {"days": (365, 366), "market.nosuch": (None, 1), "market.tightness": (0.7, None)}


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
    found = check_report.Finding("zibo", held, held)
    for name in [*held.at_end, *held.daily]:
        label = check_report.outcome_of(name, found).label
        assert label["en"] != name
        assert any("\u4e00" <= letter <= "\u9fff" for letter in label["zh"]), name
    assert check_report.outcome_of("station_beds_open.Zhangdian", found).label["zh"] == "开放床位：张店区"
    assert check_report.outcome_of("group.sex.female.wage_mean", found).label == {"en": "Sex, women: Mean wage", "zh": "性别（女）：平均工资"}


def test_in_chinese(yizhan: Command, kept: Path, tmp_path: Path) -> None:
    held = read_baseline(kept, "none")
    rewrite(kept, "none", daily=series_with(held, "employed_in_region", 0, 9, -1), configuration={**held.configuration, "days": 3})
    (kept / "zibo.json").write_bytes(b"")
    said = yizhan("check", *BOTH, "directory=b", "language=zh", "output=o")
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


# --- baselines that cannot be used


def other_format(text: str) -> str:
    return text.replace('"yizhan_baseline": 1', '"yizhan_baseline": 99')


BROKEN: dict[str, tuple[Callable[[str], str], str]] = {
    "empty": (lambda _text: "", "is broken"),
    "truncated": (lambda text: text[: len(text) // 2], "is broken"),
    "merge": (lambda text: text.replace(' "daily"', '<<<<<<< HEAD\n "daily"'), "is broken"),
    "no constant": (lambda text: text.replace("null", "NaN", 1), "is broken"),
    "by hand": (lambda text: text.replace('"seed": 1', '"seed": 2'), "checksum"),
    "format": (other_format, "is not in format 1"),
    "not a table": (lambda text: f"[{text}]", "is broken"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_baseline_is_told(kept: Path, kind: str) -> None:
    spoil, why = BROKEN[kind]
    path = kept / "none.json"
    path.write_text(spoil(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(UnusableError, match=why) as caught:
        read_baseline(kept, "none")
    assert not caught.value.is_foreign
    assert any("\u4e00" <= letter <= "\u9fff" for letter in caught.value.reason.zh)


def test_a_broken_baseline_is_mended_by_the_command_that_is_told(yizhan: Command, kept: Path) -> None:
    path = kept / "none.json"
    sound = path.read_bytes()
    path.write_bytes(sound[: len(sound) // 2])
    said = yizhan("check", *BOTH, "directory=b")
    assert (said.status, said.out) == (2, "")
    assert without_progress(said.err).splitlines() == [
        "yizhan: none: b/none.json is broken: half a file, or one with the marks of a merge.",
        "        yizhan check update=true programmes=[none] directory=b makes it anew of what the programme gives now, which checks nothing.",
    ]
    said = yizhan("check", "update=true", *NONE, "directory=b")
    assert said.status == 0
    assert "none: baseline written; the old one is broken" in said.out
    assert "If the output of none changed, which cannot be told from here, say why in CHANGELOG.md" in said.out
    assert path.read_bytes() == sound


def test_parts_that_are_missing_are_told_even_under_a_right_checksum(made: Path) -> None:
    content = json.loads((made / "none.json").read_bytes())
    del content["sha256"]
    for name in ("replicates", "overrides", "at_end", "daily", "configuration"):
        less = {key: value for key, value in content.items() if key != name}
        less["sha256"] = baselines._digest(less)
        with pytest.raises(UnusableError, match="lacks"):
            parse(json.dumps(less).encode(), "none")
    for line in ("0*3", "+ 1.5", "= 1/0", "= x", "+ 1*y"):
        odd = {**content, "daily": {"hires": [line, line]}}
        odd["sha256"] = baselines._digest(odd)
        with pytest.raises(UnusableError, match="lacks"):
            parse(json.dumps(odd).encode(), "none")


def test_the_baseline_of_another_programme_is_told(yizhan: Command, kept: Path) -> None:
    shutil.copy(kept / "zibo.json", kept / "none.json")
    said = yizhan("check", *NONE, "directory=b")
    assert said.status == 2
    assert "b/none.json is the baseline of another programme" in said.err


@pytest.mark.parametrize("content", [b'{"thesis": "years of work"}', b"not even JSON", b"\xff\xfe\x00", b"[" * 300])
def test_somebody_elses_file_is_known_as_such(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "none.json").write_bytes(content)
    with pytest.raises(UnusableError, match="is not a baseline of yizhan") as caught:
        read_baseline(tmp_path, "none")
    assert caught.value.is_foreign


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_somebody_elses_file_is_told_and_left_alone(yizhan: Command, kept: Path, kind: str) -> None:
    path = kept / "none.json"
    path.unlink()
    if kind == "folder":
        path.mkdir()
    else:
        path.write_text("years of work", encoding="utf-8")
    rewrite(kept, "zibo", configuration={})
    before = {path.name: path.read_bytes() for path in kept.iterdir() if path.is_file()}
    said = yizhan("check", *NONE, "directory=b")
    assert said.status == 2
    assert "none: b/none.json " in said.err
    said = yizhan("check", "update=true", *BOTH, "directory=b")
    assert (said.status, said.out) == (2, "")
    assert "b/none.json" in said.err
    assert "was left alone. Move it away, or name another folder with directory=DIR." in said.err
    assert {path.name: path.read_bytes() for path in kept.iterdir() if path.is_file()} == before


def test_nothing_to_check_against_is_a_mistake_and_nothing_runs(yizhan: Command, tmp_path: Path) -> None:
    for words, names in ((BOTH, "none, zibo"), (("directory=nowhere",), ", ".join(available("programme")))):
        said = yizhan("check", *words, "directory=nowhere")
        assert (said.status, said.out) == (2, "")
        assert said.err.startswith(f"yizhan: there is no baseline of {names} in nowhere: nothing was checked.")
        assert "which checks nothing" in said.err
        assert "moved" not in said.err
    assert list(tmp_path.iterdir()) == []


def test_a_named_programme_without_a_baseline_is_a_mistake(yizhan: Command, kept: Path) -> None:
    (kept / "zibo.json").unlink()
    said = yizhan("check", *BOTH, "directory=b", "language=zh")
    assert (said.status, said.out) == (2, "")
    assert "b 中没有 zibo 的基线，未作任何检查" in said.err


def test_what_has_no_baseline_is_listed_as_unguarded(yizhan: Command, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (choosing, check):
        monkeypatch.setattr(module, "available", lambda _group: ["none", "mine", "zibo"])
    said = yizhan("check", "directory=b", "output=o")
    assert said.status == 0, said.err
    assert "Unguarded, as there is no baseline: mine. yizhan check update=true programmes=[mine] directory=b makes one" in said.out
    assert said.out.endswith("Nothing moved: none, zibo (b).\n")
    assert json.loads((kept.parent / "o" / "check.json").read_text(encoding="utf-8"))["unguarded"] == ["mine"]


def test_an_installed_package_brings_its_baselines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = tmp_path / "site-packages" / "experiments" / "check" / "shipped"
    monkeypatch.setattr(choosing, "SHIPPED", shipped)
    monkeypatch.setattr(choosing.sim, "__file__", str(tmp_path / "site-packages" / "sim" / "__init__.py"))
    monkeypatch.chdir(tmp_path)
    assert folder_of(None) == Path("results/baselines")
    shipped.mkdir(parents=True)
    assert folder_of(None) == shipped
    assert folder_of(None, is_written=True) == Path("results/baselines")
    (tmp_path / "results" / "baselines").mkdir(parents=True)
    assert folder_of(None) == Path("results/baselines")


IMPOSSIBLE = {
    "replicates": (-1, 0, 10**6, True, 1.5, "2", None, [2]),
    "seed": (-1, 2**32, None, "x"),
    "overrides": ([1], None, "x", 3),
    "configuration": ([1], None),
    "at_end": ([1], {"hires": [1]}, {"hires": 3}, {"hires": ["x", "y"]}),
    "daily": ([1], {"hires": ["+ 1"]}, {"hires": "+"}, {"hires": [1, 2]}, {"hires": ["+ 1*9999999999999", "+ 1"]}, {"hires": ["+ 1 2", "+ 1"]}),
}


@pytest.mark.parametrize("key", IMPOSSIBLE)
def test_what_no_baseline_can_hold_is_refused_even_under_a_right_checksum(made: Path, key: str) -> None:
    content = json.loads((made / "none.json").read_bytes())
    del content["sha256"]
    for value in IMPOSSIBLE[key]:
        odd = {**content, key: value}
        odd["sha256"] = baselines._digest(odd)
        with pytest.raises(UnusableError, match=r"holds what no baseline can hold|lacks"):
            parse(json.dumps(odd).encode(), "none")


def test_an_impossible_baseline_is_told_in_a_sentence(yizhan: Command, kept: Path) -> None:
    content = json.loads((kept / "none.json").read_bytes())
    del content["sha256"]
    content["replicates"] = -1
    content["sha256"] = baselines._digest(content)
    (kept / "none.json").write_text(json.dumps(content), encoding="utf-8")
    said = yizhan("check", *NONE, "directory=b")
    assert said.status == 2
    assert "none: b/none.json holds what no baseline can hold: replicates is -1." in said.err
    assert "fault" not in said.err


def test_a_baseline_that_the_configuration_does_not_allow_any_more(yizhan: Command, kept: Path) -> None:
    rewrite(kept, "none", settings=Settings(2, 1, {"population.gradates": 150}))
    said = yizhan("check", *NONE, "directory=b")
    assert said.status == 1
    assert "cannot be repeated: unknown key 'population.gradates'. Did you mean 'population.graduates'?" in said.err


def test_a_baseline_without_its_programme_is_told(yizhan: Command, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (choosing, check):
        monkeypatch.setattr(module, "available", lambda _group: ["zibo"])
    (kept / "notes.json").write_text('{"mine": 1}', encoding="utf-8")
    said = yizhan("check", "directory=b")
    assert said.status == 1
    assert without_progress(said.err) == "yizhan: none: there is no such programme any more; delete b/none.json.\n"


# --- settings


def test_a_check_repeats_a_baseline_as_it_was_made(yizhan: Command, kept: Path) -> None:
    assert yizhan("check", "update=true", NONE[0], "graduates=120", "replicates=3", "seed=7", "directory=b").status == 0
    assert read_baseline(kept, "none").settings == Settings(3, 7, {"population.graduates": 120})
    said = yizhan("check", *NONE, "directory=b")
    assert said.status == 0
    assert "none: compared as its baseline was made (replicates=3, seed=7, graduates=120)" in said.out
    said = yizhan("check", "update=true", *NONE, "directory=b")
    assert "the old one was made with other settings (replicates=3, seed=7, graduates=120)" in said.out


def test_a_smaller_programme_keeps_its_size_and_classes_shrink_with_the_rest() -> None:
    options = CheckOptions(graduates=1500)
    assert settings_of(Scenario.load("none", {"population.graduates": 800}), options) == Settings(2, 1, {})
    large = Scenario.load("none", {"population.graduates": 30_000, "population.cohort": 6000})
    assert settings_of(large, options).overrides == {"population.graduates": 1500, "population.cohort": 300}


def test_the_folder_here_goes_before_that_of_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert folder_of(None) == COMMITTED
    (tmp_path / "results" / "baselines").mkdir(parents=True)
    assert folder_of(None) == Path("results/baselines")
    monkeypatch.chdir(COMMITTED.parents[1])
    assert folder_of(None) == Path("results/baselines")


# --- whole or not at all


def spoil_both(folder: Path) -> dict[str, bytes]:
    """Change both baselines, so that an update writes both."""
    for name in ("none", "zibo"):
        held = read_baseline(folder, name)
        rewrite(folder, name, daily=series_with(held, "hires", 0, 5, 99.0))
    return bytes_in(folder)


UPDATE = ("check", "update=true", *BOTH, "directory=b")


def test_an_interruption_while_it_runs_leaves_the_old_baselines(yizhan: Command, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, runs = spoil_both(kept), []

    def interrupted(*arguments: Any, **settings: Any) -> Any:
        runs.append(1)
        if len(runs) == 2:
            os.kill(os.getpid(), signal.SIGTERM)
        return simulate(*arguments, **settings)

    monkeypatch.setattr(check, "simulate", interrupted)
    said = yizhan(*UPDATE, "output=o")
    assert (said.status, without_progress(said.err)) == (130, "yizhan: interrupted; nothing was kept.\n")
    assert bytes_in(kept) == before
    assert [path.name for path in kept.parent.iterdir()] == ["b"]


def test_an_interruption_between_two_files_comes_too_late(yizhan: Command, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, rename, renamed = spoil_both(kept), Path.replace, []

    def renaming(path: Path, target: Path) -> Path:
        renamed.append(target)
        os.kill(os.getpid(), signal.SIGINT)
        return rename(path, target)

    monkeypatch.setattr(Path, "replace", renaming)
    said = yizhan(*UPDATE)
    assert said.status == 0
    assert len(renamed) == 2
    assert all(bytes_in(kept)[name] != content for name, content in before.items())
    assert set(bytes_in(kept)) == set(before)


@pytest.mark.parametrize("method", ["write_bytes", "replace"])
def test_a_full_disk_leaves_the_old_baselines(yizhan: Command, kept: Path, monkeypatch: pytest.MonkeyPatch, method: str) -> None:
    before, do, done = spoil_both(kept), getattr(Path, method), []

    def failing(path: Path, argument: Any) -> Any:
        done.append(path)
        if len(done) == 2:
            raise OSError(28, "No space left on device", str(path))
        return do(path, argument)

    monkeypatch.setattr(Path, method, failing)
    said = yizhan(*UPDATE)
    assert said.status == 1
    assert "No space left on device" in said.err
    assert bytes_in(kept) == before


def test_a_folder_that_cannot_be_written_is_refused_before_anything_runs(yizhan: Command, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(**_settings: Any) -> Any:
        raise PermissionError(13, "Permission denied")

    for directory in ("/proc/yizhan/b", "b"):
        if directory == "b":
            monkeypatch.setattr(choosing.tempfile, "TemporaryFile", refused)
        said = yizhan("check", "update=true", *BOTH, f"directory={directory}")
        assert (said.status, said.out) == (2, "")
        assert f"cannot write directory={directory}: " in said.err
        assert "simulated" not in said.err
    assert len(bytes_in(kept)) == 2


def test_an_update_says_what_it_accepted_and_asks_for_the_changelog(yizhan: Command, kept: Path) -> None:
    held = read_baseline(kept, "zibo")
    rewrite(kept, "zibo", daily=series_with(held, "hires", 0, 5, 99.0))
    said = yizhan(*UPDATE)
    assert said.status == 0
    assert "5 2020-11-06 Jobs begun in the region" in joined(said.out)
    assert "zibo: baseline written; 1 outcomes moved, since day 5 (2020-11-06)." in said.out
    assert "- WHAT WAS CHANGED AND WHY: output changed (zibo since day 5 (2020-11-06))." in said.out
    assert "none: baseline" not in said.out
    assert yizhan("check", *BOTH, "directory=b").status == 0


# --- exact text


@given(st.lists(st.one_of(st.floats(width=64), st.integers(-5, 5).map(float), st.just(-0.0), st.just(float("nan"))), min_size=1, max_size=40))
def test_a_series_as_text_is_the_same_to_the_last_bit(values: list[float]) -> None:
    given_values = np.array(values)
    found = decode(encode(given_values))
    assert first_difference(given_values[np.newaxis], found[np.newaxis]) is None
    assert encode(found) == encode(given_values)


def test_a_series_as_text_is_short_and_readable() -> None:
    assert encode(np.array([0.0] * 14 + [3, 4, 4, 2])) == "+ 0*14 3 1 0 -2"
    assert encode(np.array([np.nan, np.nan, 2 / 3, 0.5, 1.0, -0.0])) == "= nan*2 2/3 1/2 1 -0.0"


# --- what is committed


@pytest.mark.skipif(not COMMITTED.is_dir(), reason="no baselines yet: yizhan check update=true writes them")
@pytest.mark.parametrize("programme", available("programme"))
def test_every_programme_has_a_baseline_as_the_configuration_makes_it(programme: str) -> None:
    assert read_baseline(COMMITTED, programme).settings == settings_of(Scenario.load(programme), CheckOptions())
