"""Tables of a sweep: differences first, numbers whole at any width, marks only where they are earned, and said what is missing."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from rich.cells import cell_len
from rich.console import Console

from experiments.shared import tables
from experiments.sweep.layout import Sheet, _axis_columns, show_sheet
from experiments.sweep.report import MOST_POINTS, print_sweep
from experiments.sweep.swept import MOST_AXES, Swept
from experiments.sweep.table import about_of, described
from tests.every import some
from tests.experiments.sweep.tables import BEDS, BUDGET, FAIRS, LABELS, NIGHTS, RATE, grid_of, make_table

NUMBER = r"[−+]?\d[\d,.]*"
BROKEN = re.compile(rf"\[{NUMBER} …$|^{NUMBER}\]|\[{NUMBER}$|…$|^…|,$|^,|^\.\d")
LEVELS: dict[str, list[Any]] = {NIGHTS: [3, 14], RATE: [0.03, 0.045], FAIRS: [12, 1_000_000], BUDGET: [None, 1_250_000]}


@pytest.fixture
def print_at(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Return what prints a sweep on a terminal of some width and returns what was printed."""

    def print_table(table: Any, outcomes: list[str], language: Any = "en", width: int = 120) -> str:
        monkeypatch.setattr(tables, "make_console", lambda: Console(width=width, color_system=None))
        print_sweep(table, outcomes, language)
        return capsys.readouterr().out

    return print_table


def plain(text: str) -> str:
    """Return a text without frames and folding."""
    return re.sub(r"[\s│┃]+", " ", text)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_numbers_are_whole_at_any_width(print_at: Any, count: int, width: int, language: str) -> None:
    axes = list(LEVELS)[:count]
    points = grid_of({axis: LEVELS[axis] for axis in axes})
    effects = [9.0 * place for place in range(len(points))]
    table = make_table(axes, points, {"employed_in_region": effects, "spending": [400 * effect for effect in effects]})
    text = print_at(table, ["employed_in_region", "spending"], language, width)
    assert max(cell_len(line) for line in some(text.splitlines())) <= width
    cells = [cell.strip() for line in text.splitlines() if line.startswith("│") for cell in line.strip("│").split("│")]
    assert [cell for cell in some(cells) if BROKEN.search(cell)] == []
    once = " ".join(cells)
    for axis in axes:
        assert axis.rsplit(".", 1)[-1] not in text, "names, not keys"
        assert LABELS[axis][language].replace(" ", "") in re.sub(r"[\s│┃]", "", text) or width >= 60
        words = set(re.split(r"[\s│┃;:]+", "\n".join(line for line in text.splitlines() if line[:1] in "│┃")))
        assert language == "zh" or set(LABELS[axis]["en"].split()) <= words, "words are whole, too"
    if count == 4:
        assert once.count("1,250,000") == once.count("1,000,000") >= 16
    found = Swept.of(table)
    compared = found.compared("employed_in_region")
    assert compared is not None
    assert compared.told[1:].sum() >= 1


def test_differences_stand_before_levels_and_the_reference_is_named(print_at: Any) -> None:
    points = grid_of({NIGHTS: [0, 3, 14], RATE: [0.03, 0.06]})
    text = print_at(make_table([NIGHTS, RATE], points, {"employed_in_region": [0, 0, 9, 9, 30, 30]}, reference=2), ["employed_in_region"])
    assert text.startswith("Compared with: nights free of charge 3; yearly rate of interest 3 % (the programme as it is).\n")
    assert text.index("Difference and") < text.index("Mean and")
    rows = [line for line in text.splitlines() if line.startswith("│")]
    assert [re.findall(r"\S+", row)[1] for row in rows] == ["0", "0", "3", "3", "14", "14"], "as the points are"
    assert "reference" in rows[2]
    assert "* " in rows[4]
    assert re.search(r"−(9|10|11) ", rows[0])
    other = print_at(make_table([NIGHTS, RATE], points, {"employed_in_region": [0] * 6}), ["employed_in_region"], "zh")
    assert other.startswith("对照点：免费住宿晚数 0；年利率 3%。\n"), "not the programme as it is"


def test_marks_are_earned_over_all_points_together(print_at: Any) -> None:
    """Of 39 points that differ by luck alone some leave out zero; none is told."""
    table = make_table([NIGHTS], [[night] for night in range(40)], {"employed_in_region": [0] * 40}, replicates=5, luck_number=6)
    text = print_at(table, ["employed_in_region"])
    rows = [line for line in text.splitlines() if line.startswith("│")][1:]
    neither = [row for row in rows if "≈ 0" not in row]
    assert len(neither) == 10
    assert not any("*" in row for row in rows)
    assert "also when the 39 other points are looked at together (Holm's method" in plain(text)
    one = print_at(make_table([NIGHTS], [[0], [3]], {"employed_in_region": [0, 50]}), ["employed_in_region"])
    assert "*: can be told from the reference at 95 %" in plain(one)
    assert "Holm" not in one


def test_of_many_points_the_most_different_are_shown(print_at: Any) -> None:
    effects = np.zeros(100)
    effects[[90, 95]] = 200.0, -300.0
    table = make_table([NIGHTS], [[night] for night in range(100)], {"employed_in_region": effects.tolist()}, reference=50)
    text = print_at(table, ["employed_in_region"])
    rows = [line for line in text.splitlines() if line.startswith("│")]
    shown = [int(re.findall(r"\d+", row)[0]) for row in rows]
    assert len(rows) == MOST_POINTS
    assert shown == sorted(shown)
    assert {50, 90, 95} <= set(shown)
    assert "Of 100 points, the 39 that differ most from the reference" in plain(text)


def test_what_failed_is_said(print_at: Any) -> None:
    points = [[night] for night in (0, 3, 6, 14)]
    table = make_table([NIGHTS], points, {"employed_in_region": [0, 9, 18, 27]}, missing=[2])
    text = print_at(table, ["employed_in_region"])
    assert "1 of the 4 points are missing" in text
    assert "│ 6 " not in text
    without = print_at(make_table([NIGHTS], points, {"employed_in_region": [0, 9, 18, 27]}, missing=[0]), ["employed_in_region"])
    assert "Point 0, with which the others are to be compared, is missing" in plain(without)
    assert "Difference" not in without
    assert "Mean and" in without


def test_points_with_other_seeds_are_no_pairs(print_at: Any) -> None:
    assert "no surer than the means" in plain(print_at(make_table(["seed"], [[1], [2]], {"employed_in_region": [0, 0]}), ["employed_in_region"]))
    assert "no surer than the means" not in plain(print_at(make_table([NIGHTS], [[1], [2]], {"employed_in_region": [0, 0]}), ["employed_in_region"]))


def test_shares_are_per_cent_and_their_differences_points(print_at: Any) -> None:
    table = make_table([RATE], [[0.03], [0.045]], {"employment_rate": [0, 20]})
    text = print_at(table, ["employment_rate"])
    assert "Employment rate, %" in text
    assert "│ 4.5 % " in text
    assert re.search(r"\+[12]\d\.\d \[", text) or re.search(r"\+2\.\d", text)


def test_without_outcomes_nothing_is_printed(print_at: Any) -> None:
    assert print_at(make_table([NIGHTS], [[0], [3]], {"employed_in_region": [0, 50]}), []) == ""


def test_one_replicate_and_undefined_outcomes(print_at: Any) -> None:
    table = make_table([NIGHTS], [[0], [3]], {"employed_in_region": [0, 50]}, replicates=1)
    text = print_at(table, ["employed_in_region"])
    assert "One replicate has no interval" in text
    assert "*" not in text
    undefined = make_table([NIGHTS], [[0], [3]], {"days_to_first_job": [np.nan, 5]})
    assert print_at(undefined, ["days_to_first_job"]).count("–") >= 2


def test_keys_of_the_same_name_are_told_by_their_lever() -> None:
    axes = ["policy.loans.budget", BUDGET]
    labels = {axis: {"en": "money; null: none", "zh": "预算（元），null 为不限"} for axis in axes}
    table = make_table(axes, grid_of({axes[0]: [1, 2], axes[1]: [None, 2]}), {"hires": [0] * 4}, labels=labels)
    swept = Swept.of(table)
    assert swept.called(axes[0], "en").endswith(": money")
    assert swept.called(axes[0], "en") != swept.called(axes[1], "en")
    assert swept.called(axes[1], "zh").endswith("：预算（元）")
    assert Swept.of(make_table([BEDS], [[1], [2]], {"hires": [0, 0]})).called(BEDS, "en") == "beds"
    assert swept.names("zh")[0].endswith("：预算（元） 无")


def test_a_terminal_too_narrow_for_anything_breaks_no_number(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(tables, "make_console", lambda: Console(width=36, color_system=None))

    def cells(between: str) -> list[list[str]]:
        return [["reference", f"600{between}[500 … 700]"], [f"+1,234,567{between}[+1,000,000 … +1,500,000] *", f"1,200{between}[1,000 … 1,300]"]]

    show_sheet(Sheet("Title", ["a"], [["1"], ["1,234,567"]], ["a 1", "a 1,234,567"], ["Difference", "Mean"], ["difference", "mean"], "Point", cells))
    text = capsys.readouterr().out
    assert max(map(cell_len, text.splitlines())) <= 36
    for number in ("+1,234,567", "+1,500,000]", "[+1,000,000", "1,234,567", "[1,000"):
        assert number in text


@pytest.mark.parametrize("width", range(48, 124, 4))
def test_words_of_names_are_whole_at_any_width(print_at: Any, width: int) -> None:
    axes = [NIGHTS, RATE]
    text = print_at(make_table(axes, [(0, 0.03), (14, 0.045)], {"employed_in_region": [0, 1]}, replicates=3), ["employed_in_region"], "en", width)
    words = re.split(r"[\s│┃;:]+", "\n".join(line for line in text.splitlines() if line[:1] in ("│", "┃")))
    assert {word for axis in axes for word in LABELS[axis]["en"].split()} <= set(words)


def test_a_short_value_is_not_parted_from_its_sign() -> None:
    sheet = Sheet("Title", ["rate"], [["4.5 %"]], ["rate 4.5 %"], ["Mean"], ["mean"], "Point", lambda _: [["1"]])
    assert _axis_columns(sheet, 7) is None
    assert _axis_columns(sheet, 8) == [("rate", ["4.5 %"])]


def test_points_are_called_by_their_names(print_at: Any) -> None:
    table = make_table([NIGHTS, RATE], [(3, 0.03), (14, 0.03), (14, 0.05)], {"hires": [0, 50, 0]})
    names = [["today", "longer", "longer and dearer"][number] for number in table["point"].to_pylist()]
    table = described(table.add_column(1, "name", pa.array(names)), about_of(table.schema))
    said = print_at(table, ["hires"])
    assert "Compared with: today (the programme as it is)." in said
    assert "│ longer and dearer │" in said
    assert "14" not in said, "the values are in the file"
    assert table.schema.field("name").metadata[b"role"] == b"name"


def test_where_very_many_keys_vary_points_have_numbers(print_at: Any) -> None:
    axes = [f"market.key_{number}" for number in range(MOST_AXES + 1)]
    said = print_at(make_table(axes, [[0.5] * len(axes), [0.25] * len(axes)], {"hires": [0, 50]}), ["hires"])
    assert "│ point 1 │" in said
    assert "6 keys vary: a point has its number here" in " ".join(said.split())
    said = print_at(make_table(axes, [[0.5] * len(axes), [0.25] * len(axes)], {"hires": [0, 50]}), ["hires"], "zh")
    assert "第 1 点" in said
