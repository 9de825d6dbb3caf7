"""The commands `run` and `list`: what they print, what they write, what they refuse."""

import fcntl
import hashlib
import json
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
import yaml

import sim
from experiments.help import VERBS
from experiments.run.command import OneRunOptions
from experiments.shared.options import RunOptions
from experiments.shared.results_folder import ResultFolder
from sim.cache_folder import cache_base
from sim.outcomes import OUTCOMES
from sim.scenario import NAMES, Policy, Scenario, check_scenario, known_keys
from sim.simulation import simulate
from sim.sources import sources_digest
from tests.every import some

Command = Callable[..., Any]
ASKED = {"population.graduates": 300, "days": 40, "policy.lodging.free_nights": 14}
FIGURES = {"employment_and_arrivals", "funnels", "stations", "spending"}
FILES = {"config.yaml", "provenance.json", "summary.json", "series.parquet"}
PROCESS = [sys.executable, "-m", "experiments"]


def refuse_constant(name: str) -> float:
    message = f"{name} is not JSON"
    raise ValueError(message)


def read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"), parse_constant=refuse_constant)


def flatten(plain: Any, prefix: str = "") -> Iterator[str]:
    if prefix:
        yield prefix
    if isinstance(plain, dict):
        for key, value in plain.items():
            yield from flatten(value, f"{prefix}.{key}" if prefix else key)


def digests(folder: Path, *patterns: str) -> dict[str, str]:
    found = [path for pattern in patterns for path in folder.glob(pattern)]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


@dataclass(frozen=True)
class Run:
    folder: Path
    out: str
    err: str


@pytest.fixture(scope="module")
def zibo(call: Command, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run the city's programme, small, with everything written."""
    here = tmp_path_factory.mktemp("zibo")
    words = [f"{key}={value}" for key, value in ASKED.items()]
    said = call(here, "run", "programme=zibo", *words, "replicates=3", "seed=5", "workers=1", "save_people=true", "output=out")
    assert said.status == 0, said.err
    return Run(here / "out", said.out, said.err)


@pytest.mark.parametrize("words", [(), ("--help",), ("-h",), ("help",)])
def test_alone_it_explains_every_verb_with_an_example(yizhan: Command, words: tuple[str, ...]) -> None:
    said = yizhan(*words)
    assert (said.status, said.err) == (0, "")
    for verb in ("run", "sweep", "check", "list"):
        assert re.search(rf"^  {verb}\b(.+\n)+? +e\.g\. yizhan {verb}\b", said.out, re.MULTILINE)


def test_version_says_where_code_is_kept_if_not_where_it_was_told(yizhan: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    monkeypatch.setenv("YIZHAN_CACHE", str(tmp_path / "file" / "x"))
    assert f"because {tmp_path / 'file' / 'x'} cannot be made" in yizhan("--version").out


def test_version(yizhan: Command) -> None:
    version, kept = yizhan("--version").out.splitlines()
    assert version == f"yizhan {sim.__version__}"
    assert str(cache_base()) in kept


EXAMPLES = [("run", "programme=zibo"), ("sweep", "-m programme=zibo"), ("trial", "study=casework"), ("check", "update=true"), ("list", "parameters")]


@pytest.mark.parametrize(("verb", "example"), EXAMPLES)
def test_every_verb_explains_itself_with_an_example(yizhan: Command, tmp_path: Path, verb: str, example: str) -> None:
    said = yizhan(verb, "--help")
    assert said.status == 0
    assert f"Example: yizhan {verb} {example}" in said.out
    assert "language" in said.out
    assert list(tmp_path.iterdir()) == []


VERBS_MISTYPED = [
    ("runn", "run"), ("rnu", "run"), ("swep", "sweep"), ("comapre", "compare"), ("chekc", "check"), ("trail", "trial"), ("lsit", "list"),
    ("dance", None),
]  # fmt: skip


@pytest.mark.parametrize(("given", "meant"), VERBS_MISTYPED)
def test_an_unknown_verb_is_refused_with_the_nearest(yizhan: Command, given: str, meant: str | None) -> None:
    said = yizhan(given)
    assert said.status == 2
    assert f"unknown verb {given!r}" in said.err
    assert f"Verbs: {', '.join(VERBS)}." in said.err
    assert ("Did you mean" in said.err) == (meant is not None)
    assert meant is None or f"Did you mean {meant!r}?" in said.err


def test_run_writes_exactly_these_files(zibo: Run, files_in: Callable[[Path], set[str]]) -> None:
    figures = {f"figures/{name}.{kind}" for name in FIGURES for kind in ("png", "svg")}
    assert files_in(zibo.folder) == FILES | {"people.parquet", "figures"} | figures
    assert files_in(zibo.folder.parent) == {"out"} | {f"out/{name}" for name in files_in(zibo.folder)}
    for path in some(zibo.folder.glob("figures/*.png")):
        assert path.read_bytes().startswith(b"\x89PNG\r\n\x1a\n")
    for path in some(zibo.folder.glob("figures/*.svg")):
        assert "<svg" in path.read_text(encoding="utf-8")


def test_configuration_is_fully_resolved_and_makes_the_same_scenario(zibo: Run) -> None:
    text = (zibo.folder / "config.yaml").read_text(encoding="utf-8")
    assert "${" not in text
    plain = yaml.safe_load(text)
    assert set(known_keys(OneRunOptions.model_fields)) - set(flatten(plain)) == set()
    assert (plain["replicates"], plain["seed"], plain["workers"], plain["save_people"]) == (3, 5, 1, True)
    for key, written in NAMES.items():
        plain[written] = plain.pop(key)
    assert check_scenario(plain, OneRunOptions.model_fields) == Scenario.load("zibo", ASKED)


def test_provenance_says_where_a_result_comes_from(zibo: Run) -> None:
    found = read_json(zibo.folder / "provenance.json")
    assert set(found) == {
        "yizhan", "commit", "dirty", "python", "libraries", "platform", "seed", "command", "started", "configuration_sha256", "own_files",
        "behaviour_sets",
        "config_sha256", "sources_sha256", "verb", "words",
    }  # fmt: skip
    assert found["yizhan"] == sim.__version__
    assert found["seed"] == 5
    assert found["command"].startswith("yizhan run programme=zibo population.graduates=300")
    assert found["python"].startswith(f"{sys.version_info.major}.{sys.version_info.minor}")
    assert {"mesa", "numpy", "numba", "hydra-core", "pydantic", "pyarrow"} <= {name for name, version in found["libraries"].items() if version}
    assert found["configuration_sha256"] == hashlib.sha256(Scenario.load("zibo", ASKED).model_dump_json().encode()).hexdigest()
    assert found["sources_sha256"] == sources_digest()
    assert found["commit"] is None or re.fullmatch(r"[0-9a-f]{40}", found["commit"])


def test_summary_has_every_outcome_with_interval_and_values(zibo: Run) -> None:
    found = read_json(zibo.folder / "summary.json")
    assert (found["programme"], found["seed"], found["replicates"], found["days"]) == ("zibo", 5, 3, 40)
    assert list(found["outcomes"]) == list(OUTCOMES)
    defined = 0
    for name, outcome in some(found["outcomes"].items()):
        assert {"unit", "mean", "low", "high", "values"} <= set(outcome)
        assert outcome["unit"] == OUTCOMES[name].unit["en"]
        assert len(outcome["values"]) == 3
        if None not in outcome["values"]:
            defined += 1
            assert outcome["mean"] == pytest.approx(sum(outcome["values"]) / 3)
            assert outcome["low"] <= outcome["mean"] <= outcome["high"]
    assert defined > 50
    reported = {name: outcome["reported"] for name, outcome in found["outcomes"].items() if "reported" in outcome}
    assert reported["station_guests"] == 305
    assert len(reported) == len(Scenario.load("zibo").reported)


def test_what_is_not_defined_is_null_in_json(zibo: Run) -> None:
    stayed = read_json(zibo.folder / "summary.json")["outcomes"]["stayed_6m_share"]
    assert stayed["mean"] is stayed["low"] is stayed["high"] is None
    assert stayed["values"] == [None, None, None]


def test_summary_is_what_python_gives(zibo: Run) -> None:
    results = simulate(Scenario.load("zibo", ASKED), replicates=3, seed=5, workers=2)
    assert read_json(zibo.folder / "summary.json") == json.loads(json.dumps(results.summary()))


def test_series_has_a_row_a_replicate_outcome_and_day(zibo: Run) -> None:
    table = pq.read_table(zibo.folder / "series.parquet")
    assert table.column_names == ["replicate", "day", "date", "outcome", "value"]
    outcome = np.array(table["outcome"].to_pylist())
    names = set(outcome)
    assert {name for name, of in OUTCOMES.items() if of.daily is not None} <= names
    assert table.num_rows == 3 * 40 * len(names)
    replicate, day, value = (np.asarray(table[name]) for name in ("replicate", "day", "value"))
    assert set(replicate) == {0, 1, 2}
    dates = table["date"].to_pylist()
    assert dates == [date(2020, 11, 1) + timedelta(int(number)) for number in day]
    assert set(day) == set(range(40))
    for name in ("hires", "applications_sent", "spending"):
        last = value[(outcome == name) & (day == 39)]
        assert last.tolist() == read_json(zibo.folder / "summary.json")["outcomes"][name]["values"]


def test_people_have_attributes_and_services_used(zibo: Run) -> None:
    table = pq.read_table(zibo.folder / "people.parquet")
    assert {"replicate", "person", "sex", "education", "from_elsewhere", "activity", "wage", "guest_stays", "aware"} <= set(table.column_names)
    each = table.num_rows // 3
    assert each >= 300
    assert np.asarray(table["replicate"]).tolist() == np.repeat([0, 1, 2], each).tolist()
    assert np.asarray(table["person"]).tolist() == 3 * list(range(each))


def test_table_shows_intervals_units_and_what_was_reported(zibo: Run) -> None:
    assert re.search(r"│ Employment rate\s+│\s+[\d.]+ │\s+\[[\d.]+ … [\d.]+\] │ %\s+│", zibo.out)
    assert re.search(r"│ Mean wage\s+│\s+[\d,]+ │\s+\[[\d,]+ … [\d,]+\] │ CNY/month\s+│", zibo.out)
    assert re.search(r"│ Station guests \s+│\s+[\d.,]+ │.+│ stays\s+│\s+\(305\) │", zibo.out)
    assert re.search(r"│ Stayed for 6 months\s+│\s+– │\s+│", zibo.out)
    for heading in ("Outcome", "Mean", "95 % interval", "Unit", "Reported", "Zibo, six actions of 2021"):
        assert heading in zibo.out
    assert "3 replicates of 40 days from 2020-11-01, 300 young people" in zibo.out
    assert "gross counts of the operator, not" in " ".join(zibo.out.split())
    assert zibo.out.rstrip().endswith("Result: out")


def test_progress_goes_to_standard_error(zibo: Run) -> None:
    assert "simulated 100 %" in zibo.err
    assert "simulated" not in zibo.out


def test_any_number_of_workers_writes_the_same_bytes(zibo: Run, yizhan: Command, tmp_path: Path) -> None:
    words = [*(f"{key}={value}" for key, value in ASKED.items()), "replicates=3", "seed=5", "workers=2", "save_people=true", "figures=false"]
    assert yizhan("run", "programme=zibo", *words, "output=out").status == 0
    patterns = ("summary.json", "*.parquet")  # the same figures of the same numbers: shared/test_figures.py
    assert len(digests(zibo.folder, *patterns)) == 3
    assert digests(tmp_path / "out", *patterns) == digests(zibo.folder, *patterns)


def test_another_seed_is_another_result(zibo: Run, yizhan: Command, tmp_path: Path) -> None:
    words = [f"{key}={value}" for key, value in ASKED.items()]
    assert yizhan("run", "programme=zibo", *words, "replicates=3", "seed=6", "figures=false", "output=out").status == 0
    assert digests(tmp_path / "out", "series.parquet") != digests(zibo.folder, "series.parquet")


def test_in_chinese(yizhan: Command, small: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = yizhan("run", "programme=zibo", *small, "language=zh", "figures=false", "output=out")
    assert said.status == 0
    for heading in ("结果指标", "均值", "95%区间", "单位", "上报数", "劳动力市场", "服务与活动", "就业率", "青年驿站", "结果目录：out"):
        assert heading in said.out
    assert "已模拟 100 %" in said.err
    assert not re.search(r"Outcome|Mean|Unit|Reported|persons", said.out)
    monkeypatch.setenv("YIZHAN_LANGUAGE", "zh")
    assert "结果指标" in yizhan("run", *small, "figures=false", "output=again").out
    assert (tmp_path / "again" / "summary.json").exists()


def test_without_a_programme_there_is_nothing_reported_and_no_service(yizhan: Command, small: tuple[str, ...], tmp_path: Path) -> None:
    said = yizhan("run", *small, "figures=false")
    assert said.status == 0
    assert "Reported" not in said.out.partition("Simulated over")[0]
    assert "Spending: Lodging" not in said.out
    (folder,) = (tmp_path / "results" / "run").iterdir()
    assert re.fullmatch(r"\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d_none", folder.name)
    assert {path.name for path in folder.iterdir()} == FILES
    assert f"Result: results/run/{folder.name}" in said.out


def test_one_replicate_has_no_interval(yizhan: Command) -> None:
    said = yizhan("run", "population.graduates=100", "days=5", "replicates=1", "figures=false")
    assert said.status == 0
    assert "use replicates=20" in said.out


def test_brackets_in_a_title_are_printed_as_they_are(yizhan: Command) -> None:
    said = yizhan("run", "population.graduates=50", "days=3", "replicates=1", "figures=false", 'title="a [/bold] thing"')
    assert said.status == 0
    assert "a [/bold] thing" in said.out


def test_multirun_of_run_leaves_only_results(yizhan: Command, tmp_path: Path) -> None:
    said = yizhan("run", "-m", "population.graduates=50,60", "days=3", "replicates=1", "figures=false")
    assert said.status == 0, said.err
    assert [path.name for path in tmp_path.iterdir()] == ["results"]
    folders = list((tmp_path / "results" / "run").iterdir())
    sizes = [yaml.safe_load((path / "config.yaml").read_text(encoding="utf-8"))["population"]["graduates"] for path in folders]
    assert sorted(sizes) == [50, 60]


def test_a_folder_that_holds_something_is_refused_and_left_alone(yizhan: Command, small: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work", encoding="utf-8")
    (tmp_path / "file").write_text("a file", encoding="utf-8")
    for name in ("mine", "file"):
        said = yizhan("run", *small, f"output={name}")
        assert said.status == 2
        assert f"output={name} exists already; name another folder" in said.err
        assert said.out == ""
    assert {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")} == {"mine", "mine/thesis.txt", "file"}
    assert (tmp_path / "mine" / "thesis.txt").read_text(encoding="utf-8") == "years of work"
    assert (tmp_path / "file").read_text(encoding="utf-8") == "a file"


@pytest.mark.parametrize("output", ["file/below", "/proc/yizhan/out", ".", "..", "/", "x" * 300])
def test_a_folder_that_cannot_be_made_is_refused_before_the_run(yizhan: Command, small: tuple[str, ...], tmp_path: Path, output: str) -> None:
    (tmp_path / "file").write_text("a file", encoding="utf-8")
    said = yizhan("run", *small, f"output={output}")
    assert said.status == 2
    assert f"output={output}" in said.err
    assert "name a" in said.err
    assert "simulated" not in said.err
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("kind", ["folder", "link"])
def test_an_empty_folder_is_filled(yizhan: Command, tmp_path: Path, kind: str) -> None:
    (tmp_path / "empty").mkdir()
    if kind == "link":
        (tmp_path / "link").symlink_to("empty")
    named = {"folder": "empty", "link": "link"}[kind]
    assert yizhan("run", "population.graduates=50", "days=3", "replicates=1", "figures=false", f"output={named}").status == 0
    assert {path.name for path in (tmp_path / "empty").iterdir()} == FILES


def test_two_runs_of_one_second_get_a_folder_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with ResultFolder("run", "x", None, []) as first, ResultFolder("run", "x", None, []) as second:
        (first.path / "mark").write_text("first", encoding="utf-8")
        (second.path / "mark").write_text("second", encoding="utf-8")
    assert {(path / "mark").read_text(encoding="utf-8") for path in (tmp_path / "results" / "run").iterdir()} == {"first", "second"}


@pytest.mark.parametrize("verb", ["run", "sweep"])
def test_cfg_job_prints_every_key(yizhan: Command, tmp_path: Path, verb: str) -> None:
    said = yizhan(verb, "--cfg", "job", "programme=zibo")
    assert said.status == 0
    plain = yaml.safe_load(said.out)
    assert set(known_keys(RunOptions.model_fields)) - set(NAMES) - set(flatten(plain)) == set()
    assert plain["policy"]["lodging"]["stations"] == 31
    assert list(tmp_path.iterdir()) == []


def test_cfg_job_of_a_sweep_shows_its_first_point(yizhan: Command) -> None:
    said = yizhan("sweep", "-m", "--cfg", "job", "policy.lodging.free_nights=4,7")
    assert said.status == 0, said.err
    assert yaml.safe_load(said.out)["policy"]["lodging"]["free_nights"] == 4


INTERFACE_KEYS = {
    "lodging": ("stations", "rooms_per_station", "beds_per_room", "free_nights"),
    "loans": ("credit_line", "ceiling", "rate_per_year", "term_months"),
    "mentoring": ("mentors", "mentees_per_mentor"),
    "job_fairs": ("fairs_per_year",),
    "outreach": (),
    "campus_recruitment": (),
    "travel_vouchers": (),
}


def test_the_keys_of_the_interface_are_there(yizhan: Command) -> None:
    said = yizhan("list", "parameters")
    for lever, keys in INTERFACE_KEYS.items():
        for key in ("enabled", *keys):
            assert f"policy.{lever}.{key}" in known_keys()
            assert f"policy.{lever}.{key}" in said.out.splitlines()
    assert {"population.graduates", "market.tightness", "days", "start", "programme"} <= set(known_keys())
    assert {"replicates", "seed", "workers", "output", "language", "save_people"} <= set(RunOptions.model_fields)


PLANNED = (
    "guidance", "skills_training", "internships", "startup_courses", "equity", "legal_aid", "incubator", "subsidies", "integration", "casework",
    "safety_training", "organisation",
)  # fmt: skip


@pytest.mark.parametrize("lever", [lever for lever in PLANNED if lever not in Policy.model_fields])
def test_a_lever_that_does_not_exist_yet_is_refused_as_unknown(yizhan: Command, tmp_path: Path, lever: str) -> None:
    said = yizhan("run", f"policy.{lever}.enabled=true")
    assert said.status == 2
    assert f"unknown lever {lever!r}" in said.err
    assert "lodging, outreach" in said.err
    assert list(tmp_path.iterdir()) == []


def test_as_a_module_without_any_output(tmp_path: Path) -> None:
    """Nobody listens from the start; of a reader who hangs up later, see test_interruption.py."""
    line = f"{' '.join(PROCESS)} list programmes >&-"
    done = subprocess.run(["/bin/bash", "-c", line], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=300)
    assert (done.returncode, done.stderr) == (0, "")


def test_on_a_terminal_of_80_columns_there_is_a_bar_and_no_column_is_lost(tmp_path: Path) -> None:
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 80, 0, 0))
    words = ["run", "programme=zibo", "population.graduates=300", "days=30", "replicates=4", "figures=false"]
    environment = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "LINES", "NO_COLOR")} | {"TERM": "xterm"}
    with subprocess.Popen([*PROCESS, *words], cwd=tmp_path, stdin=slave, stdout=slave, stderr=slave, env=environment) as process:
        os.close(slave)
        seen = b""
        while True:
            try:
                part = os.read(master, 65536)
            except OSError:
                break
            if not part:
                break
            seen += part
        os.close(master)
        assert process.wait(timeout=60) == 0
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", seen.decode())
    assert "simulating" in text
    assert "━━━" in text
    assert "simulated 10 %" not in text
    for needed in ("Reported", "CNY/month", "95 % interval", "83,14", "5,181"):
        assert needed in text
    assert max(len(line.rstrip("\r")) for line in text.splitlines() if line.startswith("│")) <= 80
