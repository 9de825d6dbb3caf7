"""A county of one's own: written, found and run, in both languages; nothing is written over."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from experiments.new.command import TEMPLATES
from sim.scenario import Scenario
from sim.trials.loading import load_study
from sim.yaml_files import read_file

Command = Callable[..., Any]
FILES = {f"{group}/demo.yaml" for group in ("programme", "place", "region", "population", "comparison", "study")} | {"README.md", "yizhan.toml"}
SMALL = ("population.inhabitants=10000", "days=3", "replicates=2", "workers=1", "figures=false")


def files_of(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def county(call: Command, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder with a county called demo."""
    here = tmp_path_factory.mktemp("county")
    said = call(here, "new", "county", "demo")
    assert (said.status, said.err) == (0, "")
    assert "Next: yizhan run programme=demo" in said.out
    return here


def test_it_is_written_commented_and_named(county: Path) -> None:
    assert files_of(county) == {f"demo/{name}" for name in FILES} | {"yizhan.toml"}
    for path in (county / "demo").rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        assert "NAME" not in text
        comments = [line.partition("#")[2] for line in text.splitlines() if "#" in line]
        assert any("\u4e00" <= letter <= "\u9fff" for comment in comments for letter in comment)
        assert "assumption" in text or path.parent.name in ("place", "comparison")
        assert read_file(path).content
    assert "NAME" not in (county / "demo" / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "language"),
    [(("run", "programme=demo"), "zh"), (("run", "programme=zibo", "place=demo"), "en"), (("compare", "programme=demo", "comparison=demo"), "zh"),
     (("sweep", "-m", "programme=none,demo", "policy.lodging.free_nights=0,14"), "en"), (("trial", "study=demo", "days=215"), "zh")],
)  # fmt: skip
def test_every_verb_runs_it(call: Command, county: Path, words: tuple[str, ...], language: str) -> None:
    small = [word for word in SMALL if word.partition("=")[0] not in {given.partition("=")[0] for given in words}]
    said = call(county, *words, *small, f"language={language}", f"output=out_{language}_{'_'.join(words[:1])}_{len(words)}{words[1][-3:]}")
    assert said.status == 0, said.err
    assert str(county / "demo") in said.err


def test_lists_checks_and_python_find_it(call: Command, county: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = call(county, "list", "programmes", "places", "comparisons", "studies")
    assert said.status == 0, said.err
    assert said.out.count("demo") >= 4
    assert call(county / "demo", "list", "programmes").out.count("demo") >= 1
    words = ("check", "programmes=[demo]", "directory=base", "workers=1")
    assert call(county, *words, "update=true", "replicates=1", "graduates=100").status == 0
    assert call(county, *words).status == 0
    monkeypatch.chdir(county)
    scenario = Scenario.load("demo")
    assert (scenario.programme, scenario.place, scenario.region.name, scenario.population.graduates) == ("demo", "demo", "demo", 22800)
    assert (scenario.policy.lodging.stations, scenario.policy.mentoring.mentors) == (4, 2)
    assert Scenario.load("zibo", {"place": "demo"}).region.name == "demo"
    assert {(one.start, one.days) for one in (scenario, Scenario.load("none", {"place": "demo"}))} == {(date(2024, 7, 1), 365)}
    assert load_study("demo")[1].start == scenario.start


REFUSED = [
    ("new", "write yizhan new county NAME"), ("new town x", "cannot read 'town x'"), ("new county", "write yizhan new county NAME"),
    ("new county 1x", "cannot be a name"), ("new county a/b", "cannot be a name"), ("new county no", "cannot be a name"),
    ("new county -x", "cannot be a name"), ("new county zibo", "zibo is the name of a shipped place"),
    ("new county nights", "a shipped comparison"),
    ("new county taken", "taken exists already"), ("new county " + "x" * 60, "at most 40"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "fragment"), REFUSED)
def test_what_cannot_be_is_refused_and_leaves_nothing(yizhan: Command, tmp_path: Path, line: str, fragment: str) -> None:
    (tmp_path / "taken").mkdir()
    said = yizhan(*line.split())
    assert said.status == 2
    assert fragment in said.err
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_a_second_one_says_what_to_add(yizhan: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert yizhan("new", "county", "one").status == 0
    before = (tmp_path / "yizhan.toml").read_bytes()
    said = yizhan("new", "county", "二县", "language=zh")
    assert said.status == 0
    assert '"二县"' in said.out
    assert str(tmp_path / "yizhan.toml") in said.out
    assert (tmp_path / "yizhan.toml").read_bytes() == before
    assert "下一步：yizhan run programme=二县 replicates=2 figures=false language=zh --config-dir=二县；" in said.out
    assert yizhan("run", "programme=二县", *SMALL, "output=by_folder", "--config-dir=二县").status == 0
    (tmp_path / "yizhan.toml").write_text('configs = ["one", "二县"]\n', encoding="utf-8")
    assert yizhan("run", "programme=二县", *SMALL, "output=out").status == 0
    monkeypatch.setenv("YIZHAN_CONFIGS", str(tmp_path / "one"))
    assert f"add {tmp_path / 'three'} to it" in yizhan("new", "county", "three").out


def test_the_templates_are_where_the_package_is() -> None:
    assert files_of(TEMPLATES) == {name.replace("demo", "NAME") for name in FILES}
