"""Tables fit any terminal: numbers are whole, names stay; few replicates and missing values are told."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from rich.cells import cell_len
from rich.console import Console

from experiments.check import report as check_report
from experiments.check.movements import Finding, Movement
from experiments.check.words import WORDS
from experiments.run import report as run_report
from experiments.run.report import note_of, print_groups, print_outcomes
from experiments.shared import tables
from experiments.shared.tables import few
from experiments.shared.words import Speaker
from experiments.trial import report as trial_report
from experiments.trial.report import print_trials
from sim.outcomes import OUTCOMES
from sim.results import Results
from sim.simulation import simulate
from sim.trials.loading import load_study
from sim.trials.trial import Trials, run_trials
from tests.conftest import EVERY_LEVER
from tests.every import some

WIDTHS = [60, 80, 120]
NUMBER = r"[−+]?[\d,.]+"
BROKEN = re.compile(rf"\[{NUMBER} …$|^{NUMBER}\]|\[{NUMBER}$|…$|^…")


@pytest.fixture(scope="module")
def results(scenario_of: Callable[..., Any]) -> Results:
    """Return a run with every lever, of two replicates, with numbers as large as those of a city."""
    scenario = scenario_of(graduates=300, days=50, policy=EVERY_LEVER, title="A city with a long name", title_zh="一座名字很长的城市")
    run = simulate(scenario, 2, workers=1)
    large = tuple(replace(one, outcomes=one.outcomes | {"applications_sent": 1_220_808.0 + 9e5 * place}) for place, one in enumerate(run.runs))
    return replace(run, runs=large)


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Return what sets the width of the terminal."""

    def set_width(width: int) -> None:
        for module in (tables, run_report, trial_report, check_report):
            monkeypatch.setattr(module, "make_console", lambda: Console(width=width, color_system=None))

    return set_width


def check_lines(text: str, width: int) -> list[list[str]]:
    """Check the lines of tables and return their cells."""
    lines = [line for line in text.splitlines() if line.startswith("│")]
    assert max(cell_len(line) for line in some(text.splitlines())) <= width
    cells = [[cell.strip() for cell in line.strip("│").split("│")] for line in some(lines)]
    for line in cells:
        for cell in line[1:]:
            assert not BROKEN.search(cell), cell
    return cells


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", WIDTHS)
def test_a_run(results: Results, narrow: Any, capsys: pytest.CaptureFixture[str], width: int, language: str) -> None:
    narrow(width)
    print_outcomes(results, language)
    text = capsys.readouterr().out
    cells = check_lines(text, width)
    names = "".join(line[0] for line in cells).replace(" ", "")
    for outcome in some([outcome for outcome in OUTCOMES.values() if outcome.headline]):
        assert outcome.label[language].replace(" ", "") in names, "names stay"
    assert "1,670,808" in text
    assert few(2)[:20] in text or "只有 2 次模拟，区间不可靠" in text  # type: ignore[index]
    print_groups(results, language)
    check_lines(capsys.readouterr().out, width)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", [30, 36, 40])
def test_a_run_on_a_very_narrow_terminal(results: Results, narrow: Any, capsys: pytest.CaptureFixture[str], width: int, language: str) -> None:
    narrow(width)
    print_outcomes(results, language)
    print_groups(results, language)
    text = capsys.readouterr().out
    lines = text.splitlines()
    assert max(map(cell_len, lines)) <= width
    words = {word for line in lines for word in re.split(r"[\s│┃,，]+", line)}
    for outcome in some([outcome for outcome in OUTCOMES.values() if outcome.headline]):
        for word in outcome.label["en"].split() if language == "en" else ():
            assert word.strip(",") in words, word
    assert "1,670,808" in text
    assert not [cell for line in lines for cell in line.strip("│").split("│") if BROKEN.search(cell.strip())]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", WIDTHS)
def test_a_check(narrow: Any, capsys: pytest.CaptureFixture[str], width: int, language: str) -> None:
    narrow(width)
    pairs = {"employment_rate": (0.812, 0.807), "applications_sent": (1_220_808.0, 1_220_809.0), "hires": (0.0, 2.0), "spending": (2.6e6, 2.7e6)}
    moved = [Movement(name, "day", 12, date(2021, 1, 13), np.array([then, then]), np.array([now, now + 1e-3])) for name, (then, now) in pairs.items()]
    found = Finding("zibo", SimpleNamespace(), SimpleNamespace())  # type: ignore[arg-type]
    found.__dict__.update(movements=moved, configuration={})
    check_report.print_findings([found], None, Speaker(language, WORDS))
    text = capsys.readouterr().out
    check_lines(text, width)
    assert "[" not in text, "two replicates have no interval here"
    assert "+3.8 %" in text
    assert "−0.4" in text


@pytest.fixture(scope="module")
def trials() -> Trials:
    """Return a small study over shares of people treated."""
    changed = {"study.followup_days": [30, 60], "population.graduates": 200, "days": 90}
    study, scenario, _ = load_study("casework_saturation", changed)
    return run_trials(study, scenario, markets=10, replicates=2, workers=1)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", WIDTHS)
def test_a_trial(trials: Trials, narrow: Any, capsys: pytest.CaptureFixture[str], width: int, language: str) -> None:
    narrow(width)
    print_trials(trials, language)
    check_lines(capsys.readouterr().out, width)


def test_one_replicate_is_one(results: Results, capsys: pytest.CaptureFixture[str]) -> None:
    print_outcomes(replace(results, replicates=1, runs=results.runs[:1]), "en")
    assert "Simulated once, over 50 days" in capsys.readouterr().out


def test_few_replicates_are_told_in_both_languages() -> None:
    assert [few(number) is None for number in (1, 2, 4, 5, 20)] == [False, False, False, True, True]
    said = few(3)
    assert said is not None
    assert "3 replicates are too few" in said
    assert "只有 3 次模拟" in said.zh


def test_why_there_is_no_value_and_over_how_few(results: Results) -> None:
    absent = note_of(results, OUTCOMES["stayed_6m_share"])
    assert absent == "– Stayed for 6 months: nobody from elsewhere settled at least 6 months before the end."
    assert absent is not None
    assert absent.zh == "– 留居满半年占比：没有在期末前半年以上迁入的外来青年。"
    first, second = results.runs
    some_defined = replace(results, runs=(first, replace(second, outcomes=second.outcomes | {"wage_mean": float("nan")})))
    assert note_of(some_defined, OUTCOMES["wage_mean"]) == "Mean wage: over 1 of 2 replicates; in the others nobody is employed here at the end."
    stayed = {"stayed_6m_share": 0.5}
    runs = [replace(run, outcomes=run.outcomes | stayed, persons={"stayed_6m_share": 2}) for run in results.runs]
    two = replace(results, runs=tuple(runs))
    assert note_of(two, OUTCOMES["stayed_6m_share"]) == "Stayed for 6 months: over only 2 persons a replicate."
    assert note_of(results, OUTCOMES["hires"]) is None


def test_every_share_and_mean_says_why_it_may_have_no_value() -> None:
    for outcome in OUTCOMES.values():
        if outcome.sample is not None:
            assert outcome.undefined != "not defined in this run", outcome.name
        assert outcome.undefined.zh
