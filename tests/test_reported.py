"""Reported figures: each stands beside the outcome that counts the same thing, and what shows nothing by being near is marked."""

import re
from pathlib import Path

import pytest

from experiments.run.report import print_outcomes
from experiments.validate.runs import value_at
from sim.outcomes import OUTCOMES
from sim.own_files import SHIPPED
from sim.reported import ReportedFigure
from sim.results import Results
from sim.scenario import Scenario
from sim.simulation import simulate
from sim.yaml_files import read_file
from tests.every import some

PROGRAMMES = ("dongbeitang", "youth_venture", "zibo", "chengyang", "campus_link")
PAGE = Path(__file__).parents[1] / "docs" / "programmes.md"
HEAD = "| figure | value | counts | stands beside | is | remark |"


def rows_of(name: str) -> list[list[str]]:
    """Return the cells of the table of reported figures of a programme."""
    section = re.split(rf"^## \d\. `{name}`", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1].split("\n## ")[0]
    lines = section.split(HEAD)[1].split("\n\n")[0].strip().splitlines()[1:]
    return some([[cell.strip() for cell in line.strip("|").split("|")] for line in lines])


@pytest.mark.parametrize("name", PROGRAMMES)
def test_each_reported_figure_stands_beside_what_counts_the_same_thing_or_says_why_nothing_does(name: str) -> None:
    told = {}
    for figure, value, counts, beside, standing, remark in rows_of(name):
        if beside == "–":
            assert remark, figure
            continue
        outcome = beside.strip("`")
        assert OUTCOMES[outcome].unit["en"] == counts, figure
        told[outcome] = (float(value), {"count": (), "chosen": ("chosen",), "plan": ("plan",), "plan, chosen": ("plan", "chosen")}[standing])
    assert told == {figure.outcome: (figure.value, figure.apart) for figure in Scenario.load(name).reported}


@pytest.mark.parametrize("name", PROGRAMMES)
def test_an_input_chosen_with_a_figure_in_view_is_said_of_the_figure(name: str) -> None:
    text = (Path(__file__).parents[1] / "configs" / "programme" / f"{name}.yaml").read_text(encoding="utf-8")
    chosen = any(figure.chosen for figure in Scenario.load(name).reported)
    assert chosen or "chosen with the reported figure in view" not in text


@pytest.mark.parametrize("name", PROGRAMMES)
def test_a_figure_that_inputs_were_chosen_by_names_them(name: str) -> None:
    """Every input whose line says that it was chosen with a reported figure in view is named by a figure, and every key named is there."""
    scenario = Scenario.load(name)
    named = {key for figure in scenario.reported for key in figure.knobs}
    assert all(bool(figure.knobs) == figure.chosen for figure in scenario.reported)
    for key in named:
        assert value_at(scenario, key) is not None
    file = read_file(SHIPPED / "programme" / f"{name}.yaml")
    lines = file.path.read_text(encoding="utf-8").splitlines()
    in_view = {key for key, line in file.lines.items() if "chosen with the reported figure in view" in lines[line - 1]}
    assert in_view <= named


@pytest.fixture(scope="module")
def results() -> Results:
    """Return a day with one figure of each kind."""
    figures = [
        {"outcome": "hires", "value": 3, "source": "x"},
        {"outcome": "separations", "value": 4, "source": "x", "chosen": True},
        {"outcome": "founders", "value": 5, "source": "x", "plan": True, "chosen": True},
    ]
    return simulate(Scenario.load("none", {"population.graduates": 30, "days": 1, "reported": figures}), 2, workers=1)


@pytest.mark.parametrize(("language", "cells", "said"), [
    ("en", ("3", "(4)", "(plan 5)"), ("“plan”: planned, not done.", "In brackets")),
    ("zh", ("3", "（4）", "（计划 5）"), ("“计划”为计划数", "括号内")),
])
def test_what_shows_nothing_by_being_near_stands_in_brackets_and_the_table_says_why(
    results: Results, language: str, cells: tuple[str, ...], said: tuple[str, ...],
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("COLUMNS", "200")
    print_outcomes(results, language)
    shown = capsys.readouterr().out
    for outcome, cell in zip(("hires", "separations", "founders"), cells, strict=True):
        line = next(line for line in shown.splitlines() if f" {OUTCOMES[outcome].label[language]} " in line)
        assert line.rstrip("│ ").endswith(cell)
    assert all(words in "".join(shown.split()) for words in ("".join(words.split()) for words in said))


def test_summary_and_notebook_say_what_stands_apart(results: Results) -> None:
    found = results.summary()["outcomes"]
    kept = {name: {key: value for key, value in found[name].items() if key.startswith("reported")} for name in ("hires", "separations", "founders")}
    assert kept == {
        "hires": {"reported": 3}, "separations": {"reported": 4, "reported_chosen": True},
        "founders": {"reported": 5, "reported_plan": True, "reported_chosen": True},
    }  # fmt: skip
    page = results._repr_html_()
    assert ">3<" in page
    assert ">(4)<" in page
    assert ">(plan 5)<" in page
    assert "planned, not done" in page


def test_two_figures_beside_one_outcome_are_refused() -> None:
    figures = [ReportedFigure(outcome="hires", value=value, source="x").model_dump() for value in (3.0, 4.0)]
    with pytest.raises(ValueError, match="names 'hires' twice"):
        Scenario.load("none", {"reported": figures})
