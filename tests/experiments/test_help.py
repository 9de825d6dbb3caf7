"""``--help`` explains every verb in the reader's language, at every width."""

import importlib

import pytest

from experiments import help as told
from experiments.cli import VERBS, main
from experiments.shared.folding import width_of

from .conftest import Command

OPTIONS = {
    "run": "OneRunOptions", "sweep": "SweepOptions", "compare": "CompareOptions", "trial": "TrialOptions", "calibrate": "CalibrateOptions",
    "sensitivity": "SensitivityOptions", "optimise": "OptimiseOptions", "validate": "ValidateOptions",
    "check": "CheckOptions", "bench": "BenchOptions",
}  # fmt: skip


def test_every_verb_has_its_help() -> None:
    assert set(told.HELP) == set(VERBS)


def test_every_verb_of_the_overview_stands_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(told, "columns", lambda: 200)
    lines = told.overview("en").splitlines()
    assert [verb for verb in VERBS if not any(line.startswith(f"  {verb}  ") for line in lines)] == []


@pytest.mark.parametrize("verb", OPTIONS)
def test_every_key_of_a_verb_is_in_its_help(verb: str) -> None:
    options = getattr(importlib.import_module(f"experiments.{verb}.command"), OPTIONS[verb])
    named = told.HELP[verb].keys.replace(",", " ").split()
    assert [key for key in options.model_fields if key not in named] == []


@pytest.mark.parametrize("verb", ["", *VERBS])
def test_help_is_in_the_language_asked_for(yizhan: Command, monkeypatch: pytest.MonkeyPatch, verb: str) -> None:
    words = [verb] if verb else []
    english, chinese = yizhan(*words, "--help").out, yizhan(*words, "--help", "language=zh").out
    assert "例：" in chinese
    assert "例：" not in english
    assert "xample" in english or "e.g." in english
    assert yizhan("language=zh_CN", *words, "--help").out == chinese
    monkeypatch.setenv("YIZHAN_LANGUAGE", "zh_CN.UTF-8")
    assert yizhan(*words, "--help").out == chinese
    assert yizhan(*words, "--help", "language=en").out == english


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_help_fits_the_width(monkeypatch: pytest.MonkeyPatch, width: int, language: str) -> None:
    monkeypatch.setattr(told, "columns", lambda: width)
    for text in (told.overview(language), *(told.help_of(verb, language) for verb in VERBS)):
        assert max(map(width_of, text.splitlines())) <= width


def test_no_locale_decides_the_language(yizhan: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE"):
        monkeypatch.setenv(name, "zh_CN.UTF-8")
    assert "Usage" in yizhan("--help").out


def test_a_language_that_there_is_not_is_refused(yizhan: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIZHAN_LANGUAGE", "fr")
    said = yizhan("list")
    assert said.status == 2
    assert "YIZHAN_LANGUAGE is 'fr'; allowed is en or zh." in said.err
    monkeypatch.setenv("YIZHAN_LANGUAGE", "")
    assert yizhan("--version").status == 0


def test_errors_are_in_the_language_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["language=zh", "rum"]) == 2
    assert capsys.readouterr().err == "yizhan: 命令“rum”不存在。是否想写“run”？命令有：" + "、".join(VERBS) + "。\n"
