"""Whatever words are given to the verbs that `test_anything_given` does not throw words at: something begins, or one sentence refuses it."""

import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.experiments.conftest import call_in

BEGUN = (
    ("programme=zibo budget=300000", "optimise", (
        "budget", "levers", "goal", "besides", "per", "rule", "evaluations", "batch", "finalists", "fresh", "pilot", "most", "tolerance", "graduates",
    )),
    ("", "calibrate", ("target", "runs", "runs_from", "graduates", "free", "services", "vectors", "set", "truths")),
    ("programme=zibo", "sensitivity", (
        "method", "over", "outcome", "graduates", "minutes", "trajectories", "groups", "n", "leading", "factors", "sweep", "comparison", "against",
        "result", "value_per_job", "together", "pays", "threshold", "change.policy.lodging.free_nights",
    )),
    ("", "validate", ("target", "programmes", "programme_replicates", "programme_people", "left_out", "kept", "update", "write", "place")),
    ("", "bench", ("parts", "people", "days", "year", "repeat", "figures")),
    ("ledger.csv", "import", ("posts", "template", "gains", "persons", "place", "date", "total", "mapping", "key", "format")),
    ("", "report", ("format", "")),
)  # fmt: skip
"""Words that let a verb begin, the verb, and its keys."""
VALUES = (
    "", "5", "-1", "0", "1e999", "nan", "inf", "true", "null", "x", "zibo", "中文", "[1,2]", "[]", "[", "{a:1}", "[[1]]", "[a,a]", "../x", "/",
    "/dev/null", "/dev/full", "/proc/self/mem", ".", "..", "~nobody/x", "dir", "dir/file.csv", "bin.parquet", "bin.xlsx", "csv.csv", "y.yaml",
    "empty.yaml", "\0", "\n", "x" * 300, "1:2", "0.5", "-0.5", "300万", "１０", "2021-01-01", "9999-12-31", "[lodging]", "[lodging,lodging]",
    "[policy.lodging.free_nights]", "[policy.lodging.free_nights:14:0]", "[policy.lodging.free_nights:a:b]", "[nosuch]", "spending", "jobs",
    "sobol", "given", "information", "discovery", "labour_market", "html", "csv", "all", "origin", "5%", "[-1]", "[1000000000]", "market",
    "99999999999999999999", "${x}", "'", '"', "a=b", "a,b", "a b",
)  # fmt: skip
NOISE = re.compile("Traceback|fault of the program|程序的错误|pydantic|HYDRA_FULL_ERROR|usage:|omegaconf|[A-Z][a-z]+Error\\b")


class Begun(BaseException):
    """Raised where simulating would begin; nobody catches it."""


def begin(*_arguments: object, **_settings: object) -> None:
    """Stand for what would be carried out."""
    raise Begun


lines = st.sampled_from(BEGUN).flatmap(lambda one: st.tuples(
    st.just(one[1]), st.sampled_from((one[0], one[0], "")),
    st.lists(st.tuples(st.sampled_from(one[2]), st.one_of(st.sampled_from(VALUES), st.text(max_size=6))), min_size=1, max_size=3),
    st.sampled_from(("en", "zh")),
))  # fmt: skip


def throw(verb: str, usual: str, drawn: list[tuple[str, str]], language: str) -> None:
    """Call a command in a folder of its own, as far as nothing is simulated, and look at what it answers and leaves."""
    with tempfile.TemporaryDirectory() as scratch, pytest.MonkeyPatch.context() as patch:
        here = Path(scratch)
        (here / "dir").mkdir()
        for name, content in (
            ("dir/file.csv", b"a,b\n1\n"), ("bin.parquet", b"PAR1xx"), ("bin.xlsx", b"PK\3\4xx"), ("csv.csv", b"policy.lodging.free_nights\nx\n"),
            ("y.yaml", b"a: 1\n"), ("empty.yaml", b""), ("ledger.csv", "学历,就业状态\n本科\n".encode()),
        ):  # fmt: skip
            (here / name).write_bytes(content)
        patch.setenv("XDG_CONFIG_HOME", str(here / "settings"))
        patch.setattr("experiments.shared.work.announce_compilation", begin)
        patch.setattr("experiments.bench.timing.compile_engine", begin)
        before = {path: path.is_file() and path.read_bytes() for path in here.rglob("*")}
        words = [*usual.split(), *(f"{key}={value}" if key else value for key, value in drawn), f"language={language}"]
        try:
            said = call_in(here, verb, *words)
        except Begun:
            said = None
        after = {path: path.is_file() and path.read_bytes() for path in here.rglob("*") if "settings" not in path.parts}
        what = (verb, words, said)
        assert said is None or said.status in (0, 2), what
        if said is None or said.status == 2:
            assert after == before, what
        if said is not None and said.status == 2:
            assert not NOISE.search(said.err), what
            assert sum(line.startswith("yizhan: ") for line in said.err.splitlines()) == 1, what
            assert said.out == "", what


FAST: dict[str, Any] = {"deadline": None, "suppress_health_check": list(HealthCheck), "database": None}


@settings(max_examples=10, derandomize=True, **FAST)
@given(lines)
def test_any_words_are_answered(line: tuple[str, str, list[tuple[str, str]], str]) -> None:
    throw(*line)


@pytest.mark.slow
@settings(max_examples=400, **FAST)
@given(lines)
def test_many_words_are_answered(line: tuple[str, str, list[tuple[str, str]], str]) -> None:
    throw(*line)
