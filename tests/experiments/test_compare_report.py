"""What ``yizhan compare`` says: the answer in a sentence first, within 60 lines, whatever the language and the width of the terminal."""

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from rich.cells import cell_len
from rich.console import Console

from experiments.compare import details, report
from experiments.compare.answer import answer
from experiments.compare.report import capital_line, print_comparison
from experiments.compare.words import Names, names_of
from experiments.shared import tables
from sim import Scenario, compare
from sim.account import ROWS
from sim.bilingual import Sentence, in_language
from sim.capital import CAPITAL
from sim.compared import Comparison, Variant
from sim.comparison import KINDS, without_programme

LABELS = {
    f"nights_{nights}": {"en": f"{nights or 'no'} free night{'s' * (nights != 1)}", "zh": f"{nights} 晚"} for nights in (0, 3, 6, 14)
} | {"programme": {"en": "the programme", "zh": "这套方案"}}
TITLE = Sentence("Zibo, six actions of 2021", "淄博“我为青年办实事”六大行动")
PLACES = np.array([-1.5, -0.5, 0.0, 0.5, 1.5])
"""How five replicates lie about their mean, in standard deviations or so."""


@pytest.fixture(scope="module")
def small() -> Comparison:
    scenario = Scenario.load("zibo", {"population.graduates": 100, "days": 10})
    return compare(without_programme(scenario), {"programme": scenario}, replicates=5, workers=1)


def made_up(small: Comparison, jobs: float, spread: float, money: float = 0.0, *, capital: bool = False) -> Variant:
    """Make a variant that adds some jobs in the mean, at some cost: numbers as large as those of a city."""
    found = small.variants["programme"]
    accounts = {kind: dict.fromkeys(ROWS, 9_000.0 + 100.0 * PLACES) for kind in KINDS}
    for kind in KINDS:
        accounts[kind]["net_additional_jobs"] = jobs + spread * PLACES
        accounts[kind]["residual"] = np.zeros(5)
    spending = small.baseline.outcomes["spending"] + money * (1.0 + 0.01 * PLACES)
    runs = tuple(replace(run, outcomes=run.outcomes | {"spending": float(value)}) for run, value in zip(found.results.runs, spending, strict=True))
    amounts = {"lent": 36.4e6, "invested": 51.5e6, "lost_on_loans": 4.2e5, "lost_on_equity": 0.0, "lost": 4.2e5}
    return Variant(
        replace(found.results, runs=runs), accounts, {part: amounts[part] * capital * (1.0 + 0.1 * PLACES) for part in CAPITAL},
    )  # fmt: skip


def made_comparison(small: Comparison, *names: str) -> Comparison:
    return Comparison(small.baseline, {name: made_up(small, 38.0 - 5 * place, 12.0, 2.6e6, capital=True) for place, name in enumerate(names)})


def said(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: int, *arguments: Any, **further: Any) -> str:
    for module in (tables, details):
        monkeypatch.setattr(module, "make_console", lambda: Console(width=width, color_system=None))
    print_comparison(*arguments, **further)
    return capsys.readouterr().out


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("names", [("programme",), ("nights_0", "nights_3", "nights_6", "nights_14")], ids=["one", "four"])
def test_it_fits(
    small: Comparison, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, names: tuple[str, ...], language: str, width: int,
) -> None:  # fmt: skip
    called = names_of(LABELS, "none", against_none=True)
    out = said(capsys, monkeypatch, width, made_comparison(small, *names), TITLE, called, ["hires"], language)
    lines = out.splitlines()
    assert len(lines) < 60 - 3, "the progress, the figures and the folder need lines, too"
    assert max(map(cell_len, lines)) <= width
    for line in lines:
        assert not line.startswith("│") or line.count("[") == line.count("]"), f"an interval is broken: {line}"
    assert out.startswith({"one": {"en": "The programme: expected to add 38 people at work (", "zh": "这套方案：预计多增加 38 人就业（"},
                           "four": {"en": "No free nights: ", "zh": "0 晚："}}["one" if len(names) == 1 else "four"][language])  # fmt: skip
    for name in names:
        assert in_language(called[name], language).lower() in out.lower()
    assert {"en": "not in the cost", "zh": "未计入成本"}[language] in out.replace("\n", {"en": " ", "zh": ""}[language])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_details_on_request_at_any_width(
    small: Comparison, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    called = names_of(LABELS, "none", against_none=True)
    comparison = made_comparison(small, "programme")
    for width in (80, 120):
        out = said(capsys, monkeypatch, width, comparison, TITLE, called, ["hires", "employment_rate"], language, detail=True)
        assert max(map(cell_len, out.splitlines())) <= width
        for words in {"en": ("What changes", "From gross to net: ", "Newcomers ≥ 6 months"), "zh": ("变化", "从总数到净增", "新来满半年")}[language]:
            assert words in out, words
        for line in out.splitlines():
            for cell in line.split("│") if line.startswith("│") else ():
                if "…" in cell:
                    assert re.fullmatch(r"\s*(\S+ )?\[?[−+]?[\d,.]+ … [−+]?[\d,.]+\]?( ≈ 0| ((thousand|million) )?CNY| 万?元)?\s*", cell), cell


AGAINST_NONE = names_of(LABELS, "none", against_none=True)
AS_IT_IS = names_of(LABELS, "programme", against_none=False)
AGAINST = ", against the programme as it is"
SENTENCES = [
    ((38.0, 12.0, 2.65e6), "programme", AGAINST_NONE,
     "The programme: expected to add 38 people at work (roughly 21 to 55), about 70,000 CNY each.",
     "这套方案：预计多增加 38 人就业（大致在 21 到 55 之间），每多一人约 7 万元。"),
    ((-0.5, 3.6, 8_040.0), "nights_14", AS_IT_IS,
     f"14 free nights{AGAINST}: no difference in jobs that can be told (between 5 fewer and 4 more), about 8,000 CNY more spent.",
     "14 晚（对照：现行方案）：看不出就业有变化（可能少 5 人，也可能多 4 人），多花约 8,000 元。"),
    ((-12.0, 4.0, -190_000.0), "nights_0", AS_IT_IS,
     f"No free nights{AGAINST}: very likely to take away the jobs of 12 people (roughly 6 to 18), about 190,000 CNY less spent.",
     "0 晚（对照：现行方案）：很可能减少 12 人就业（大致在 6 到 18 之间），少花约 19 万元。"),
    ((0.6, 0.3, 1e6), "programme", AGAINST_NONE,
     "The programme: expected to add 1 person at work (roughly less than 1 to 1), about 1.7 million CNY each.",
     "这套方案：预计多增加 1 人就业（大致在不到 1 到 1 之间），每多一人约 170 万元。"),
    ((0.1, 0.3, 0.0), "programme", AGAINST_NONE,
     "The programme: no difference in jobs that can be told (between none and 1 more), at the same cost.",
     "这套方案：看不出就业有变化（可能不变，也可能多 1 人），支出不变。"),
    ((0.0, 0.1, 0.0), "programme", AGAINST_NONE,
     "The programme: no difference in jobs that can be told (less than one person either way), at the same cost.",
     "这套方案：看不出就业有变化（上下不到 1 人），支出不变。"),
    ((0.0, 0.0, 0.0), "programme", AGAINST_NONE, "The programme: the same people work; at the same cost.", "这套方案：就业一人不变；支出不变。"),
    ((8.0, 1.0, -50_000.0), "programme", AGAINST_NONE,
     "The programme: expected to add 8 people at work (roughly 7 to 9), about 50,000 CNY less spent.",
     "这套方案：预计多增加 8 人就业（大致在 7 到 9 之间），少花约 5 万元。"),
]  # fmt: skip


@pytest.mark.parametrize(("numbers", "name", "names", "en", "zh"), SENTENCES, ids=[case[-2][:40] for case in SENTENCES])
def test_the_sentence(small: Comparison, numbers: tuple[float, float, float], name: str, names: Names, en: str, zh: str) -> None:
    told = answer(Comparison(small.baseline, {name: made_up(small, *numbers)}), name, names)
    assert (str(told), told.zh) == (en, zh)
    assert not re.search(r"significan|显著|p-value|95", told + told.zh)


def test_capital_of_a_baseline_that_lends_more(small: Comparison, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    variant = made_up(small, 5.0, 1.0, 1e5, capital=True)
    less = replace(variant, capital={part: -values for part, values in variant.capital.items()})
    out = said(capsys, monkeypatch, 120, Comparison(small.baseline, {"nights_3": less}), TITLE, AS_IT_IS, [], "en")
    assert "88 [77 … 101] million CNY less of loans and equity than under the programme as it is, not in the cost." in " ".join(out.split())
    assert "− placed anyway under the baseline" in out
    assert "deadweight" not in out


def test_what_is_lost_of_capital_has_its_interval(small: Comparison) -> None:
    line = capital_line(made_comparison(small, "programme"), "programme", AGAINST_NONE)
    assert line is not None
    assert str(line).endswith("not in the cost; 420 [366 … 482] thousand CNY of it are lost by the end.")
    assert line.zh == "另有贷款与股权 8,790 [7,652 … 10,098] 万元，未计入成本；期末损失 42.0 [36.6 … 48.2] 万元。"


@pytest.mark.parametrize("names", [("nights_0",), ("nights_0", "nights_3")])
def test_jobs_that_are_lost_have_no_price(
    small: Comparison, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, names: tuple[str, ...]
) -> None:
    lost = Comparison(small.baseline, {name: made_up(small, -9.0, 1.0, 1e5) for name in names})
    out = said(capsys, monkeypatch, 120, lost, TITLE, AS_IT_IS, [], "en")
    assert out.count("jobs are lost") == len(names)
    assert "very likely to take away" in out


def test_what_carries_the_answer_is_said_of_each_of_several_variants(
    small: Comparison, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(report, "carried_line", lambda _comparison, name: Sentence(f"one: {name}", ""))
    monkeypatch.setattr(report, "carried_lines", lambda comparison, _names: [Sentence(f"several: {'/'.join(comparison.variants)}", "")])
    names = names_of(LABELS, "none", against_none=True)
    assert "several: nights_3/nights_6" in said(capsys, monkeypatch, 100, made_comparison(small, "nights_3", "nights_6"), TITLE, names, (), "en")
    assert "one: nights_3\n" in said(capsys, monkeypatch, 100, made_comparison(small, "nights_3"), TITLE, names, (), "en")
