"""Without the library of an extra, each verb that needs it says so in one sentence before anything is done."""

import re
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from experiments.shared.extras import how_to_install
from tests.trees import ROOT

Command = Callable[..., Any]
SWEEP = ("sweep", "-m", "programme=none", "market.tightness=0.4,0.8", "population.graduates=100", "days=10", "replicates=1")
NEEDS = (
    ("jinja2", "report", ("report", "here", "format=html")),
    ("docx", "report", ("report", "here", "format=docx")),
    ("typst", "report", ("report", "here", "format=pdf")),
    ("python_calamine", "ledger", ("import", "ledger.xlsx")),
    ("xlsxwriter", "ledger", ("import", "template=empty.xlsx")),
    ("xlsxwriter", "excel", (*SWEEP, "format=xlsx", "output=out")),
    ("optuna", "optimise", ("optimise", "programme=zibo", "budget=60000", "graduates=100", "days=10", "output=out")),
    ("fastapi", "web", ("dashboard", "folder=out")),
    ("uvicorn", "web", ("dashboard", "folder=out")),
    ("python_multipart", "web", ("dashboard", "folder=out")),
)
"""Module, the extra that brings it, a command that needs it."""
CALLED = {"docx": "python-docx", "python_calamine": "python-calamine", "python_multipart": "python-multipart", "optuna": "Optuna"}
"""Module → what it is called where it is installed, if otherwise."""


@pytest.mark.parametrize(("module", "extra", "words"), NEEDS, ids=lambda value: value[0] if isinstance(value, tuple) else value)
def test_one_sentence_says_what_to_install(
    module: str, extra: str, words: tuple[str, ...], yizhan: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
) -> None:  # fmt: skip
    (tmp_path / "ledger.xlsx").write_bytes(b"PK\x03\x04" + b"0" * 50)
    (tmp_path / "here").mkdir()
    monkeypatch.setitem(sys.modules, module, None)
    for language, needs in (("en", "is not installed"), ("zh", "安装")):
        said = yizhan(*words, f"language={language}")
        assert (said.status, said.out) == (2, ""), said
        assert said.err.startswith("yizhan: ")
        assert said.err.count("\n") == 1, "a sentence, no traceback"
        assert needs in said.err
        assert CALLED.get(module, module) in said.err
        assert f'pip install "yizhan[{extra}]"' in said.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["here", "ledger.xlsx"], "nothing is begun"


def test_what_can_be_written_without_it_is_said_and_a_result_that_is_not_there_comes_first(
    yizhan: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.setitem(sys.modules, "docx", None)
    assert "format=html" in yizhan("report", "here").err
    assert "docx" not in yizhan("report", "nowhere").err


def test_the_pip_that_is_named_is_that_of_the_environment_that_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Of an environment that is not switched on by its path; and every command says it in this way."""
    own = tmp_path / ".venv" / "bin"
    own.mkdir(parents=True)
    (own / "pip").write_text("")
    (own / "pip").chmod(0o755)
    monkeypatch.setattr(sysconfig, "get_path", lambda _name: str(own))
    monkeypatch.chdir(tmp_path)
    assert how_to_install("yizhan[web]") == '.venv/bin/pip install "yizhan[web]"'
    monkeypatch.setenv("PATH", str(own))
    assert how_to_install("hydra-joblib-launcher") == "pip install hydra-joblib-launcher"
    for path in (*(ROOT / "experiments").rglob("*.py"), *(ROOT / "sim").rglob("*.py"), *(ROOT / "experiments/dashboard/page").glob("*.js")):
        said = re.findall(r"pip install (.{10})", path.read_text(encoding="utf-8"))
        assert [words for words in said if not words.startswith(('\\"yizhan[', '"yizhan['))] == [], path
