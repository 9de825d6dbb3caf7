"""Texts fold to a width in both languages; nothing is lost, and what hangs stays hung."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.shared.folding import fold, hang, width_of
from experiments.shared.tables import make_console
from experiments.shared.terminal import WIDTH, columns

TEXTS = ["one scenario over replicates: table, files, figures", "对政策参数的各种取值逐一模拟（一张数据表、结果图），见 docs/account.md。", "a" * 90]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("width", [4, 20, 60, 200])
def test_lines_fit_and_nothing_is_lost(text: str, width: int) -> None:
    lines = fold(text, width)
    assert max(map(width_of, lines)) <= width
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_chinese_punctuation_does_not_begin_a_line() -> None:
    for width in range(18, 60):
        assert not any(line[0] in "，。、；：）" for line in fold(TEXTS[1], width))


def test_the_second_column_stays_a_column_where_there_is_room() -> None:
    assert hang("  run     one scenario over replicates", 26) == "  run     one scenario\n          over replicates"
    assert hang("  Example: yizhan run programme=zibo    a scenario", 30) == "  Example: yizhan run\n      programme=zibo\n      a scenario"


def test_a_paragraph_is_not_indented() -> None:
    assert hang("one two three", 8) == "one two\nthree"


@given(st.text(alphabet="ab 中，（）\n", max_size=80), st.integers(8, 40))
def test_any_text_keeps_its_letters(text: str, width: int) -> None:
    assert "".join(hang(text, width).split()) == "".join(text.split())


def test_a_sign_and_its_number_stay_together() -> None:
    assert fold("看不出差别 ≈ 0，也就是 ± 12 人", 13) == ["看不出差别", "≈ 0，也就是", "± 12 人"]


def test_columns_count_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for told in ("60", "wide", ""):
        monkeypatch.setenv("COLUMNS", told)
        found.append((columns(io.StringIO()), make_console().width))
    assert found == [(60, 60), (WIDTH, WIDTH), (WIDTH, WIDTH)]
