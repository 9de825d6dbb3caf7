"""What stands above and below tables is as wide as they are, or as the terminal; Chinese breaks between characters."""

from collections.abc import Callable
from typing import Any

import pytest

from experiments.compare.attribution import OF_ATTRIBUTION, print_attribution
from experiments.run.report import print_outcomes
from experiments.shared.folding import fold, width_of
from experiments.shared.tables import make_table, show
from experiments.shared.words import OF_TABLES, Speaker
from sim.bilingual import Sentence, in_language
from sim.results import Results
from sim.simulation import simulate
from tests.every import some
from tests.experiments.compare.compared import make_attribution

LONG = Sentence(
    "What stands here, of 12 months [and more], is longer than the table is wide, and so it has to go on in the next line.",
    "这里的文字，共 12 个月 [及以上]，比表格更宽，因此必须换行继续：自 2020-11-01 起，每次模拟 300 名青年，上报数是主办方的总数，不是效果。",
)


@pytest.fixture(scope="module")
def results(scenario_of: Callable[..., Any]) -> Results:
    """Return a run of a day, with a reported figure."""
    reported = ({"outcome": "hires", "value": 3, "source": "x"},)
    return simulate(scenario_of(graduates=30, days=1, title="A city", title_zh="一座城市", reported=reported), 2, workers=1)


@pytest.fixture(params=[60, 80])
def width(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """Set the width of the terminal."""
    monkeypatch.setenv("COLUMNS", str(request.param))
    return int(request.param)


def lines_of(capsys: pytest.CaptureFixture[str], width: int) -> list[str]:
    lines = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    assert max(map(width_of, some(lines))) <= width
    return lines


def place_of(lines: list[str], frame: str) -> int:
    return next(place for place, line in enumerate(lines) if line.startswith(frame))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_titles_and_notes_are_folded_to_the_table(language: str, width: int, capsys: pytest.CaptureFixture[str]) -> None:
    text = in_language(LONG, language)
    show(make_table(text, ["name", "value"], [["x" * 30, "1,234"]], text))
    lines = lines_of(capsys, width)
    above, below = place_of(lines, "┏"), place_of(lines, "└")
    folded = fold(text, len(lines[above]))
    assert len(folded) > 2
    assert lines[:above] == lines[below + 1 :] == folded


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_caption_of_a_run(results: Results, language: str, width: int, capsys: pytest.CaptureFixture[str]) -> None:
    print_outcomes(results, language)
    lines = lines_of(capsys, width)
    below = place_of(lines, "└")
    text = Speaker(language, OF_TABLES).text
    caption = text("caption", n=2, days=1, start=results.scenario.start, people=30) + text("not_effects")
    few = fold(text("few", n=2), width)
    assert lines[below + 1 :][: len(fold(caption, len(lines[below])))] == fold(caption, len(lines[below]))
    assert "\n".join(few) in "\n".join(lines)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_how_contributions_came_about(language: str, width: int, capsys: pytest.CaptureFixture[str]) -> None:
    print_attribution(make_attribution(3), language, "x")
    lines = lines_of(capsys, width)
    text = Speaker(language, OF_ATTRIBUTION).text
    expected = [*fold(text("sampled", worlds="30", drawn="1"), width), *fold(text("no_cost"), width)]
    assert len(expected) > 2
    assert lines[-len(expected) :] == expected
