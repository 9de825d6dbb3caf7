"""Own places and programmes work with every verb, say where they were found, and are named in the provenance."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import yaml

from sim.own_files import SHIPPED, find_own, using
from sim.scenario import compose_scenario

Command = Callable[..., Any]
TINY = ("population.graduates=100", "days=5", "replicates=1", "workers=1", "figures=false", "output=out")
OWN = """title: Our county
title_zh: 我的县青年项目
region: zibo
population: small
start: 2021年1月1日
days: 20
policy:
  mentoring: {enabled: true, mentors: 2}
  lodging:
    enabled: true
    stations: 4
    budget: 100万
"""
COMPARISON = "title: Nights\nbaseline: none\nvariants:\n  programme: {}\n  fourteen: {policy.lodging.free_nights: 14}\n"
STUDY = """population: small
days: 40
markets: 1
study:
  title: Ours
  design: individual
  enrolment_day: 5
  followup_days: [20]
  outcomes: [works]
  arms: {casework: {services: [casework]}}
policy: {casework: {enabled: true, caseworkers: 4}}
"""


@pytest.fixture
def conf(tmp_path: Path) -> Path:
    """A folder of own files beside the working folder's results."""
    for name, text in (("programme/ours.yaml", OWN), ("comparison/ours.yaml", COMPARISON), ("study/ours.yaml", STUDY)):
        path = tmp_path / "conf" / name
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "conf"


@pytest.fixture
def own(conf: Path, tmp_path: Path) -> Path:
    """The same, named by a yizhan.toml."""
    (tmp_path / "yizhan.toml").write_text('configs = ["conf"]\n', encoding="utf-8")
    return conf


def test_a_run_says_what_it_used(yizhan: Command, own: Path, tmp_path: Path) -> None:
    said = yizhan("run", "programme=ours", *TINY)
    assert said.status == 0, said.err
    assert "Our county" in said.out
    assert said.err.count(f"own configuration: {own} (found by {tmp_path / 'yizhan.toml'})") == 1
    assert "policy.lodging.budget: 100万 is read as 1000000" in said.err
    found = json.loads((tmp_path / "out" / "provenance.json").read_text(encoding="utf-8"))["own_files"]
    files = [own / "programme" / "ours.yaml", tmp_path / "yizhan.toml"]
    assert found == {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    assert json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))["programme"] == "ours"


def test_nothing_is_said_of_what_was_not_used(yizhan: Command, own: Path, tmp_path: Path) -> None:
    said = yizhan("run", *TINY)
    assert (said.status, "own configuration" in said.err) == (0, False)
    assert json.loads((tmp_path / "out" / "provenance.json").read_text(encoding="utf-8"))["own_files"] == {}
    assert own.is_dir()


def test_a_file_of_another_folder_is_none_of_the_own_configuration(yizhan: Command, own: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("title: Mine\n", encoding="utf-8")
    said = yizhan("run", "programme=mine.yaml", *TINY)
    assert (said.status, "own configuration" in said.err) == (0, False), said.err
    assert own.is_dir()


def test_a_sweep_finds_it_wherever_the_option_stands(yizhan: Command, conf: Path, tmp_path: Path) -> None:
    words = ("programme=ours", "-m", "policy.mentoring.mentors=２,10")
    for flag in (("-cd", "conf"), ("--config-dir=conf",)):
        assert "stations: 4" in yizhan("sweep", *words, *flag, "--cfg", "job").out
    said = yizhan("sweep", *words, "--config-dir", "conf", *TINY)
    assert said.status == 0, said.err
    assert f"own configuration: {conf} (found by --config-dir)" in said.err
    assert pq.read_table(tmp_path / "out" / "sweep.parquet")["policy.mentoring.mentors"].to_pylist() == [2, 10]


def test_a_comparison_and_a_study_of_ones_own(yizhan: Command, own: Path, tmp_path: Path) -> None:
    said = yizhan("compare", "programme=ours", "comparison=ours", *TINY)
    assert said.status == 0, said.err
    assert "fourteen" in said.out
    digests = json.loads((tmp_path / "out" / "provenance.json").read_text(encoding="utf-8"))["own_files"]
    assert set(digests) == {str(own / "programme/ours.yaml"), str(own / "comparison/ours.yaml"), str(tmp_path / "yizhan.toml")}
    said = yizhan("trial", "study=ours", "replicates=2", "workers=1", "figures=false", "output=trial")
    assert said.status == 0, said.err


def test_lists_and_checks_know_it(yizhan: Command, own: Path, tmp_path: Path) -> None:
    said = yizhan("list", "programmes", "comparisons", "studies")
    assert said.status == 0, said.err
    assert said.out.count("ours") >= 3
    assert f"own configuration: {own}" in said.err
    (tmp_path / "base").mkdir()
    words = ("check", "programmes=[ours]", "directory=base", "update=true", "replicates=1", "graduates=100", "workers=1")
    assert yizhan(*words).status == 0
    assert yizhan("check", "programmes=[ours]", "directory=base", "workers=1").status == 0


def test_a_file_by_its_path_and_a_name_in_chinese(yizhan: Command, conf: Path) -> None:
    said = yizhan("run", "programme=conf/programme/ours.yaml", "--cfg", "job")
    assert (said.status, "stations: 4" in said.out) == (0, True)
    for word, name in (("programme=淄博", "zibo"), ("programme=城阳", "chengyang"), ("region=淄博", "zibo")):
        said = yizhan("run", word, "--cfg", "job")
        assert said.status == 0, said.err
        assert f"name: {name}" in said.out
    said = yizhan("run", "--config-dir", str(conf), "programme=我的县", "--cfg", "job")
    assert (said.status, "programme_name: ours" in said.out) == (0, True)


@pytest.mark.parametrize(("chosen", "name"), [("淄博", "zibo"), ("./elsewhere/far.yaml", "far")])
def test_a_file_chooses_another_by_title_and_by_path(yizhan: Command, own: Path, tmp_path: Path, chosen: str, name: str) -> None:
    (tmp_path / "elsewhere").mkdir()
    text = (SHIPPED / "region" / "zibo.yaml").read_text(encoding="utf-8")
    (tmp_path / "elsewhere" / "far.yaml").write_text(text.replace("name: zibo\nname_zh: 淄博\n", "name: far\nname_zh: 远方\n"), encoding="utf-8")
    (own / "programme" / "ours.yaml").write_text(f"region: {chosen}\n", encoding="utf-8")
    said = yizhan("run", "programme=ours", "--cfg", "job")
    assert (said.status, f"\n  name: {name}\n" in said.out) == (0, True), said.err


def test_values_as_people_write_them(yizhan: Command, tmp_path: Path) -> None:
    words = ("days=５", "title_zh=我县，好", "title=My county: a, b", "policy.loans.budget=1.5万", "policy.loans.rate_per_year=5%", "start=2021/1/1")
    said = yizhan("run", "population.graduates=１００", "replicates=1", "workers=1", "figures=false", "output=2021", *words, "language=zh")
    assert said.status == 0, said.err
    text = (tmp_path / "2021" / "config.yaml").read_text(encoding="utf-8")
    expected = ("days: 5\n", "title_zh: 我县，好\n", "title: 'My county: a, b'\n", "budget: 15000\n", "rate_per_year: 0.05\n", "'2021-01-01'")
    assert [line for line in expected if line not in text] == []
    assert "policy.loans.budget：1.5万 读作 15000" in said.err


def test_a_label_needs_no_second_pair_of_quotes(yizhan: Command) -> None:
    words = ("comparison.variants.n14={policy.lodging.free_nights:14}", "comparison.labels.n14={en: 14 nights, zh: 14晚}")
    said = yizhan("compare", "programme=zibo", *words, "--cfg", "job")
    assert said.status == 0, said.err
    assert "zh: 14晚" in said.out


def test_ranges_stay_numbers(yizhan: Command, tmp_path: Path) -> None:
    said = yizhan("sweep", "-m", "market.tightness=range(0.6,0.9,0.1)", *TINY)
    assert said.status == 0, said.err
    assert pq.read_table(tmp_path / "out" / "sweep.parquet")["market.tightness"].to_pylist() == [0.6, 0.7, 0.8]
    assert "0.7000" not in said.out


def test_the_name_of_a_shipped_one_is_refused_by_every_verb(yizhan: Command, conf: Path) -> None:
    (conf / "programme" / "zibo.yaml").write_text("days: 5\n", encoding="utf-8")
    for words in (("run", "programme=zibo"), ("sweep", "-m", "days=3,5"), ("compare",), ("trial",), ("list",), ("check",)):
        said = yizhan(*words, "--config-dir=conf")
        assert said.status == 2
        assert str(conf / "programme" / "zibo.yaml") in said.err
        assert str(SHIPPED / "programme" / "zibo.yaml") in said.err
        assert "Rename yours" in said.err


def test_a_mistake_in_a_file_is_told_with_its_line(yizhan: Command, own: Path, tmp_path: Path) -> None:
    (own / "programme" / "ours.yaml").write_text("days: 5\npolicy:\n  lodging:\n    free_nights: 400\n", encoding="utf-8")
    said = yizhan("run", "programme=ours", "language=zh")
    assert said.status == 2
    assert f"{own / 'programme' / 'ours.yaml'}:4：policy.lodging.free_nights" in said.err
    said = yizhan("run", "programme=ours", "policy.lodging.free_nights=500")
    assert said.err.startswith("yizhan: policy.lodging.free_nights is 500")
    assert {path.name for path in tmp_path.iterdir()} == {"conf", "yizhan.toml"}


@pytest.mark.parametrize(("line", "said_of"), [("place: zibbo", "place 'zibbo'. Did you mean 'zibo'?"), ("region: nope", "region 'nope'")])
def test_a_wrong_name_in_a_file_is_told_with_its_line(yizhan: Command, own: Path, line: str, said_of: str) -> None:
    (own / "programme" / "ours.yaml").write_text(f"days: 5\n{line}\n", encoding="utf-8")
    said = yizhan("run", "programme=ours")
    assert (said.status, said.err.startswith(f"yizhan: {own / 'programme' / 'ours.yaml'}:2: unknown {said_of}")) == (2, True), said.err


def test_the_line_of_what_a_command_looks_at_itself_is_told(yizhan: Command, own: Path) -> None:
    (own / "comparison" / "ours.yaml").write_text("variants:\n  more:\n    policy.lodging.free_nights: 400\n", encoding="utf-8")
    said = yizhan("compare", "programme=zibo", "comparison=ours")
    assert f"yizhan: {own / 'comparison' / 'ours.yaml'}:3: comparison.variants.more: policy.lodging.free_nights is 400" in said.err
    (own / "programme" / "ours.yaml").write_text("reported:\n  - {outcome: nosuch, value: 3, source: x}\n", encoding="utf-8")
    assert yizhan("run", "programme=ours").err.startswith(f"yizhan: {own / 'programme' / 'ours.yaml'}:2: unknown outcome 'nosuch'")


def test_a_plugin_whose_package_is_missing_is_named(yizhan: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        message = "No module named 'cloudpickle'"
        raise ImportError(message)

    monkeypatch.setattr("hydra.main", fails)
    said = yizhan("run", "days=3", "hydra/launcher=joblib")
    assert said.status == 2
    assert "hydra/launcher=joblib needs a package that cannot be imported (No module named 'cloudpickle')" in said.err


def test_a_foreign_package_of_our_name_is_named(tmp_path: Path) -> None:
    (tmp_path / "sim").mkdir()
    (tmp_path / "sim" / "__init__.py").touch()
    path = os.pathsep.join([str(tmp_path), str(SHIPPED.parent)])
    words = [sys.executable, "-m", "experiments", "list"]
    done = subprocess.run(words, cwd=tmp_path, env=os.environ | {"PYTHONPATH": path}, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"another sim comes first on Python's path: {tmp_path / 'sim'}; ours is {SHIPPED.parent / 'sim'}" in done.stderr


def test_commands_and_python_compose_the_same(yizhan: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {
        "place/here.yaml": "region: zibo\nmarket: slack\nbehaviour: {targeting: 0.4}\n",
        "programme/one.yaml": "place: here\nmarket: tight\npolicy: {lodging: {enabled: true, stations: 3}}\n",
        "programme/two.yaml": "defaults:\n  - override /place: here\ndays: 7\nmarket: {demand: 0.9}\n",
    }
    for name, text in files.items():
        (tmp_path / "conf" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "conf" / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for words in ({"programme": "one"}, {"programme": "two"}, {"programme": "two", "market": "default"}):
        said = yizhan("run", "--config-dir=conf", *(f"{group}={name}" for group, name in words.items()), "--cfg", "job")
        assert said.status == 0, said.err
        shown = yaml.safe_load(said.out)
        with using(find_own(["conf"])):
            overrides = {group: name for group, name in words.items() if group != "programme"}
            plain = compose_scenario(words["programme"], overrides)
        assert {key: shown[key] for key in plain} == plain, words


def test_a_chinese_key_is_told_by_its_name(yizhan: Command) -> None:
    said = yizhan("run", "项目=zibo", "language=zh")
    assert (said.status, said.err) == (2, "yizhan: 键“项目”不存在。是否想写“programme=zibo”？\n")


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("title: x\nseed: 5\n", ":2: seed belongs on the command line: seed=5"),
        ("output: zzz\n", ":1: output belongs on the command line: output='zzz'"),
        ("trace: 3\n", ":1: trace belongs on the command line"),
        ("title: x\nprogramme: zibo\n", ":2: programme is zibo, the name of a shipped programme"),
        ("programme_name: none\n", ":1: programme_name is none, the name of a shipped programme"),
        ("title: x\npolicy: []\n", ":2: policy is []; allowed is a table of keys"),
        ("policy:\n  loans: 3\n", ":2: policy.loans is 3; allowed is a table of keys"),
        ("place: 3\n", ":1: place is 3; allowed is the name of a place"),
        ("policy.loans.rate_per_year: 0.05\n", ":1: policy.loans.rate_per_year: in a file keys stand within each other; write policy: {loans: {rate"),
        ("policy:\n  loans.rate_per_year: 0.05\n", ":2: policy.loans.rate_per_year: in a file"),
        ("title: x\ndays: ${days}\n", ":2: days is ${days}, which stands for another value"),
        ('title: "${x"\n', ":1: title is ${x, which"),
        ("days: ???\n", ":1: days is ???, which"),
    ],
)
def test_what_a_file_cannot_say_is_refused_with_its_line(yizhan: Command, tmp_path: Path, text: str, fragment: str) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(text, encoding="utf-8")
    said = yizhan("run", "programme=own.yaml", *TINY)
    assert (said.status, said.out) == (2, "")
    assert f"{file}{fragment}" in said.err
    assert "Did you mean" not in said.err


@pytest.mark.parametrize("text", ["programme: zibo\n", "programme: mine\nreplicates: 2\n"])
def test_the_configuration_of_a_result_is_run_with_from(yizhan: Command, tmp_path: Path, text: str) -> None:
    (tmp_path / "config.yaml").write_text(text, encoding="utf-8")
    said = yizhan("run", "programme=./config.yaml", *TINY)
    assert (said.status, f"a result is run again with yizhan run from={tmp_path}" in said.err) == (2, True)
