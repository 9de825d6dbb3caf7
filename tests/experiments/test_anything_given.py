"""Whatever words, files and environments are thrown at the commands: done, or refused in a sentence that names the key or the file."""

import os
import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from experiments.shared.terminal import visible
from sim.own_file import PACKAGES
from sim.own_files import TOML
from tests.experiments.conftest import call_in

KEYS = (
    "programme", "region", "population", "market", "place", "comparison", "study", "days", "start", "seed", "replicates", "workers", "output",
    "language",
    "figures", "save_people", "title", "title_zh", "document", "policy", "policy.lodging", "policy.lodging.free_nights", "policy.lodging.budget",
    "policy.lodging.opening_date", "policy.loans.rate_per_year", "policy.loans.lenders", "policy.campus_recruitment.campuses", "market.tightness",
    "market.season_other", "population.graduates", "population.cohort", "region.districts", "region.jobs_by_field", "region.name_zh", "behaviour",
    "behaviour.targeting", "opening.savings", "reported", "outcomes", "programme_name", "trace", "comparison.variants", "comparison.variants.x",
    "comparison.labels.x", "comparison.baseline", "study.design", "study.arms.x", "study.followup_days", "markets", "precision", "change.days",
    "change.policy.lodging.free_nights", "hydra.mode", "hydra/launcher", "polcy.x", "policy.lodgin.x", "", "a b", "中文", "days.x", "x@y",
    "policy..x", "days",
)  # fmt: skip
VALUES = (
    "", "5", "-1", "0", "010", "1e6", "1_000", "1,000", "1,000,000", "3,6", "0,0", "5%", "100万", "1.5亿", "５", "１，０００", "九", "true",
    "no", "null", "~",
    "nan", "inf", "1e999", "9223372036854775808", "9" * 400, "2021-01-01", "2021/2/30", "2021年1月1日", "9999-12-31", "zibo", "淄博", "none",
    "small",
    "我县", "/a/b", "mine.yaml", "./mine.yaml", "own", "..", "zh_CN", "[1,2]", "[", "{a:1}", "{", "${x}", "${oc.env:HOME}", "$", "'",
    '"', "'a", "a'b", "\\",
    "range(0,1,0.5)", "interval(0,1)", "glob(*)", "choice(1,2)", "a=b", "a b", " ", "\t", "\n", "\0", "\ufeff", "é", "😀", ":", "，", "1:30",
    "0x1f", "x" * 300,
)  # fmt: skip
OPTIONS = (
    "-m", "--multirun", "--cfg job", "--cfg", "--config-dir conf", "--config-dir=nowhere", "-cd conf", "--config-name sweep", "--help", "--nosuch",
)  # fmt: skip
LINES = (
    "days: 5", "days: 010", "title: x", "title_zh: 我县", "programme_name: no", "programme_name: true", "programme: own", "place: own",
    "region: zibo",
    "region: own", "population: small", "policy:", "  lodging:", "    stations: 4", "    stations: 4", "    budget: 100万", "    budget: 1,000,000",
    "\tlodging: 1", "days\uff1a5", "- x", "---", "a: &a [1]", "b: *a", "c: !!python/name:x 1", "defaults:", "  - override /region: zibo",
    "  - zibo",
    "# @package policy", "hydra: {}", "x: ${nowhere}", "start: 2021/1/1", "graduates: 100", "name: x", "{", "'", "? [a]: b", "study: {}",
    "variants: {a: {}}",
    "districts: []", "policy: 5", "policy: null", "reported: [{}]", "market: {tightness: 1:30}", "days: 99999999999999999999999999999",
    "1: 2", "null: 1",
    "title: [1]", "behaviour: {targeting: 5%}", "\0", "days: .inf", "~", "<<: {days: 5}",
)  # fmt: skip

words = st.builds(
    lambda sign, key, equals, value: f"{sign}{key}{equals}{value}",
    st.sampled_from(("", "", "", "", "", "", "+", "++", "~")), st.sampled_from(KEYS), st.sampled_from(("=", "=", "=", "=", "\uff1d", "", " =")),
    st.one_of(st.sampled_from(VALUES), st.lists(st.sampled_from(VALUES), min_size=2, max_size=3).map(",".join), st.text(max_size=6)),
)  # fmt: skip
contents = st.one_of(
    st.lists(st.sampled_from(LINES), max_size=6).map(lambda lines: "\n".join(lines).encode()), st.binary(max_size=20),
    st.lists(st.sampled_from(LINES), min_size=1, max_size=4).map(lambda lines: "\n".join(lines).encode("gb18030")),
)  # fmt: skip
files = st.dictionaries(st.tuples(st.sampled_from(tuple(PACKAGES)), st.sampled_from(("own", "own", "mine", "zibo", "a b"))), contents, max_size=3)
tomls = st.sampled_from((None, None, None, b'configs = ["conf"]', b"configs = []", b"configs = [", b"\xff", b"x = 1", b'configs = "conf"'))
environments = st.fixed_dictionaries(
    {}, optional={
        "YIZHAN_CONFIGS": st.sampled_from(("conf", "nowhere", "", "conf" + os.pathsep + "conf", "/proc/self/mem", "~nobody/x", "\t")),
        "YIZHAN_LANGUAGE": st.sampled_from(("zh", "en", "zh_CN", "zh-Hans", "en_US.UTF-8", "fr", "", "C", "${x}")),
    },
)  # fmt: skip
lines = st.tuples(
    st.sampled_from(("run", "run", "compare", "sweep", "sweep", "trial", "list", "check", "new")),
    st.lists(st.one_of(words, words, words, st.sampled_from(OPTIONS), st.sampled_from(("programme=own", "county", "own", "levers",
    "study=own"))), max_size=4),
)  # fmt: skip


def throw(line: tuple[str, list[str]], given_files: dict[tuple[str, str], bytes], toml: bytes | None, environment: dict[str, str]) -> None:
    """Call a command in a folder of its own, as far as nothing is simulated, and look at what it answers and leaves."""
    verb, rest = line
    split = [part for word in rest for part in (word.split(" ") if word.startswith(("--c", "-c")) else [word])]
    with tempfile.TemporaryDirectory() as scratch, pytest.MonkeyPatch.context() as patch:
        here = Path(scratch)
        for (group, name), content in given_files.items():
            path = here / "conf" / group / f"{name}.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        if toml is not None:
            (here / TOML).write_bytes(toml)
        for name in ("YIZHAN_CONFIGS", "YIZHAN_LANGUAGE"):
            patch.delenv(name, raising=False)
        for name, value in environment.items():
            patch.setenv(name, value)
        for module in ("experiments.sweep.command", "experiments.shared.work"):  # the second is what the first imports
            patch.setattr(f"{module}.carry_out", lambda *_: None)
        patch.setattr("experiments.check.command.check", lambda *_: None)
        before = {path: path.stat().st_mtime_ns for path in here.rglob("*") if path.is_file()}
        said = call_in(here, verb, *split)
        after = {path: path.stat().st_mtime_ns for path in here.rglob("*") if path.is_file()}
        what = (verb, split, said)
        assert said.status in (0, 2), what
        if verb != "new" and not any(word.startswith("write") for word in split):
            assert after == before, what
            folders = {folder for path in before for folder in path.parents if here in folder.parents}
            assert {path for path in here.rglob("*") if path.is_dir()} == folders, what
        for noise in ("Traceback", "fault of the program", "程序的错误", "pydantic", "HYDRA_FULL_ERROR", "usage:", "hydra.errors", "omegaconf"):
            assert noise not in said.err, what
        if said.status == 2:
            assert said.out == "", what
            assert "\nyizhan: " in f"\n{said.err}", what
            parts = [part.lstrip("+~").removeprefix("change.") for word in split for part in re.split("[=\uff1d]", word)]
            named = [part for part in (*split, *parts) if part]
            named += [str(here), "YIZHAN", "KEY", "-m", "nothing to sweep", "没有可扫描", "yizhan new"]
            assert any(name in said.err or repr(name)[1:-1] in said.err or visible(name) in said.err for name in named), what


GIVEN: dict[str, Any] = {"line": lines, "given_files": files, "toml": tomls, "environment": environments}
FAST = {"deadline": None, "suppress_health_check": list(HealthCheck), "database": None}


@settings(max_examples=60, derandomize=True, **FAST)
@given(**GIVEN)
@example(line=("run", ["policy.loans.budget=9223372036854775808"]), given_files={}, toml=None, environment={})
@example(line=("run", ["programme=own", "-m"]), given_files={("programme", "own"): b"days: 010"}, toml=b'configs = ["conf"]', environment={})
@example(line=("run", ["--config-name sweep"]), given_files={}, toml=None, environment={"YIZHAN_LANGUAGE": "zh_CN"})
@example(line=("compare", ["change.days\uff1d-1,5"]), given_files={}, toml=None, environment={})
@example(line=("list", []), given_files={}, toml=None, environment={"YIZHAN_LANGUAGE": ""})
@example(line=("sweep", []), given_files={}, toml=None, environment={"YIZHAN_LANGUAGE": "zh-Hans"})
def test_anything_is_answered(line: Any, given_files: Any, toml: Any, environment: Any) -> None:
    throw(line, given_files, toml, environment)


@pytest.mark.slow
@settings(max_examples=500, **FAST)
@given(**GIVEN)
def test_anything_at_all_is_answered(line: Any, given_files: Any, toml: Any, environment: Any) -> None:
    throw(line, given_files, toml, environment)
