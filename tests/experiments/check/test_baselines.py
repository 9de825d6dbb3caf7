"""Baselines hold all that was simulated, and what cannot be used is told."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from experiments.check import baselines
from experiments.check.baseline import Settings, UnusableError
from experiments.check.baselines import names_in, parse, read_baseline
from sim.outcomes import OUTCOMES
from sim.scenario import Scenario
from sim.simulation import simulate
from tests.every import every, some
from tests.experiments.check.held import BOTH, NONE, SMALL, Command, bytes_in, rewrite, without_progress


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
        assert 1_000 < len(written) < 150_000
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


def other_format(text: str) -> str:
    return text.replace('"yizhan_baseline": 2', '"yizhan_baseline": 99')


BROKEN: dict[str, tuple[Callable[[str], str], str]] = {
    "empty": (lambda _text: "", "is broken"),
    "truncated": (lambda text: text[: len(text) // 2], "is broken"),
    "merge": (lambda text: text.replace(' "daily"', '<<<<<<< HEAD\n "daily"'), "is broken"),
    "no constant": (lambda text: text.replace("null", "NaN", 1), "is broken"),
    "by hand": (lambda text: text.replace('"seed": 1', '"seed": 2'), "checksum"),
    "format": (other_format, "is not in format 2"),
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


def test_a_baseline_that_leads_nowhere_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "gone.json").symlink_to("nosuch.json")
    (tmp_path / "loop.json").symlink_to("loop.json")
    (tmp_path / "folder.json").mkdir()
    assert names_in(tmp_path) == ["gone", "loop"]
