"""A sweep opens in other programs, with every number as it is and columns that say what they are."""

import csv
import importlib.util
import re
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from experiments.shared.errors import MistakeError
from experiments.shared.folding import width_of
from experiments.shared.results_folder import write_table
from experiments.sweep import formats
from experiments.sweep.formats import FORMATS, check_formats, stata_names, write_formats
from experiments.sweep.table import about_of
from sim.bilingual import in_language
from tests.every import some
from tests.experiments.sweep.tables import BUDGET, LABELS, NIGHTS, RATE, grid_of, make_table

AXES = [NIGHTS, RATE, BUDGET]
POINTS = grid_of({NIGHTS: [0, 3], RATE: [0.1 + 0.2, 1 / 3], BUDGET: [None, 1_250_000]})


@pytest.fixture(scope="module")
def table() -> pa.Table:
    """Return a table with a level that is none and an outcome that is not defined once."""
    effects = {"employed_in_region": list(range(8)), "spending": [1e6 / 7] * 8, "days_to_first_job": [np.nan, *range(7)]}
    return make_table(AXES, POINTS, effects, replicates=2)


@pytest.fixture(scope="module")
def folder(table: pa.Table, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the table in every format that can be written here."""
    here = tmp_path_factory.mktemp("formats")
    write_table(table, here / "sweep.parquet")
    write_formats(table, here, [name for name in FORMATS if name != "xlsx" or importlib.util.find_spec("xlsxwriter")])
    return here


def check_frame(found: "pd.DataFrame", table: pa.Table, names: list[str] | None = None) -> None:
    """Check that a frame has every number of a table, exactly."""
    assert list(found.columns) == (names or table.column_names)
    for name, column in zip(found.columns, table.columns, strict=True):
        expected = np.array([np.nan if value is None else value for value in column.to_pylist()], float)
        np.testing.assert_array_equal(found[name].to_numpy(dtype=float, na_value=np.nan), expected, err_msg=name)


def test_parquet_opens_in_pandas(folder: Path, table: pa.Table) -> None:
    check_frame(pd.read_parquet(folder / "sweep.parquet"), table)


def test_parquet_opens_in_polars(folder: Path, table: pa.Table) -> None:
    polars = pytest.importorskip("polars")
    found = polars.read_parquet(folder / "sweep.parquet")
    assert found.columns == table.column_names
    for name in some(table.column_names):
        assert found[name].null_count() == table[name].null_count
        np.testing.assert_array_equal(np.array(found[name].to_list(), float), np.array(table[name].to_pylist(), float), err_msg=name)


def test_parquet_opens_in_duckdb(folder: Path, table: pa.Table) -> None:
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect() as base:
        path = (folder / "sweep.parquet").as_posix()
        asked = f"""SELECT "{NIGHTS}", avg(employed_in_region) FROM '{path}' WHERE "{BUDGET}" IS NULL GROUP BY 1 ORDER BY 1"""  # noqa: S608
        found = base.execute(asked).fetchall()
    frame = table.to_pandas()
    expected = frame[frame[BUDGET].isna()].groupby(NIGHTS)["employed_in_region"].mean()
    assert [row[0] for row in found] == list(expected.index)
    np.testing.assert_allclose([row[1] for row in found], expected)


def test_parquet_says_what_its_columns_are(folder: Path, table: pa.Table) -> None:
    schema = pq.read_schema(folder / "sweep.parquet")
    assert about_of(schema) == about_of(table.schema)
    assert schema.field(RATE).metadata[b"title_zh"].decode() == LABELS[RATE]["zh"]
    assert schema.field("spending").metadata[b"unit"] == b"CNY"
    plain = (pa.types.is_integer, pa.types.is_floating, pa.types.is_string, pa.types.is_boolean)
    for field in some(schema):
        assert any(is_plain(field.type) for is_plain in plain), f"{field.name} is neither nested nor a dictionary"


def test_csv_reads_back_to_the_last_digit(folder: Path, table: pa.Table) -> None:
    content = (folder / "sweep.csv").read_bytes()
    assert content.isascii(), "no mark where none is needed: base R would take it for a part of the first name"
    with (folder / "sweep.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    check_frame(pd.DataFrame({name: [float(row[name] or "nan") for row in rows] for name in rows[0]}), table)
    assert [row[BUDGET] for row in rows] == ["" if value is None else str(value) for value in table[BUDGET].to_pylist()]
    assert rows[0]["days_to_first_job"] == "", "what is not defined is empty"


def test_csv_with_chinese_has_the_mark_that_excel_needs(tmp_path: Path) -> None:
    table = make_table(["programme"], [["青岛，一号"], ["=1+1"]], {"hires": [1, 2]})
    write_formats(table, tmp_path, ["csv"])
    content = (tmp_path / "sweep.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert set(pd.read_csv(tmp_path / "sweep.csv")["programme"]) == {"青岛，一号", "=1+1"}
    polars = pytest.importorskip("polars")
    assert polars.read_csv(tmp_path / "sweep.csv").columns[0] == "point"


def sheet_of(path: Path, number: int) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(f"xl/worksheets/sheet{number}.xml").decode()


def widths_of(sheet: str) -> list[float]:
    """Return the widths of the columns of a sheet."""
    found = re.findall(r'<col min="(\d+)" max="(\d+)" width="([\d.]+)"', sheet)
    return [float(width) for first, last, width in found for _ in range(int(first), int(last) + 1)]


def test_excel_has_every_number_and_no_column_too_narrow(folder: Path, table: pa.Table) -> None:
    pytest.importorskip("xlsxwriter")
    sheet = sheet_of(folder / "sweep.xlsx", 1)
    widths = widths_of(sheet)
    assert len(widths) == table.num_columns
    for width, name in zip(widths, some(table.column_names), strict=True):
        longest = max(len(str(value)) for value in [name, *table[name].to_pylist()] if value is not None)
        assert width >= min(longest + 1, formats.WIDEST), name
    numbers = {float(text) for text in re.findall(r"<c r=\"[A-Z]+\d+\"><v>([^<]*)</v>", sheet)}
    for name in table.column_names:
        expected = {float(value) for value in table[name].to_pylist() if value is not None and value == value}  # noqa: PLR0124
        assert all(any(abs(number - value) <= 1e-15 * abs(value) for number in numbers) for value in expected), name
    assert "nan" not in sheet.lower()


def test_excel_says_in_both_languages_what_its_columns_are(folder: Path) -> None:
    pytest.importorskip("xlsxwriter")
    with zipfile.ZipFile(folder / "sweep.xlsx") as archive:
        book, texts = archive.read("xl/workbook.xml").decode(), archive.read("xl/sharedStrings.xml").decode()
    assert re.findall(r'<sheet name="(\w+)"', book) == ["sweep", "columns"]
    for text in ("本地在岗人数", "Employed in the region", LABELS[RATE]["zh"], "CNY", "元", "名称"):
        assert text in texts
    assert widths_of(sheet_of(folder / "sweep.xlsx", 2))[3] >= width_of(LABELS[BUDGET]["zh"])


def test_excel_takes_texts_for_texts(tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter")
    write_formats(make_table(["programme"], [["=1+1"], ["https://x"]], {"hires": [1, 2]}), tmp_path, ["xlsx"])
    sheet = sheet_of(tmp_path / "sweep.xlsx", 1)
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet


def test_stata_has_every_number_and_labels(folder: Path, table: pa.Table) -> None:
    names = stata_names(table.column_names)
    assert names[1:4] == ["policy_lodging_free_nights", "policy_loans_rate_per_year", "policy_lodging_budget"]
    check_frame(pd.read_stata(folder / "sweep.dta"), table, names)
    with pd.io.stata.StataReader(folder / "sweep.dta") as reader:
        labels = reader.variable_labels()
        assert reader.data_label == "Zibo"
    assert labels["employed_in_region"] == "Employed in the region / 本地在岗人数"
    assert max(map(len, labels.values())) <= 80


def test_stata_has_texts_and_truth_values(tmp_path: Path) -> None:
    points: list[tuple[Any, ...]] = [("淄博", True), (None, False)]
    write_formats(make_table(["programme", "talks"], points, {"hires": [1, 2]}, replicates=1), tmp_path, ["dta"])
    found = pd.read_stata(tmp_path / "sweep.dta")
    assert found["programme"].tolist() == ["淄博", ""]
    assert found["talks"].tolist() == [1, 0]


def test_names_for_stata_are_short_and_each_there_once() -> None:
    long = "policy.campus_recruitment.invitations_of_employers"
    names = [long, f"x{long}", "int", "str12", "a.b", "a_b", "2x", "区", "x" * 40, "x" * 41]
    found = stata_names(names)
    assert len(set(found)) == len(names)
    for name in some(found):
        assert re.fullmatch(r"[A-Za-z_]\w{0,31}", name), name
    assert found[0].endswith("invitations_of_employers")
    assert {"int", "str12"}.isdisjoint(found)


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_table_gives_the_same_bytes(folder: Path, table: pa.Table, tmp_path: Path, name: str) -> None:
    if name == "xlsx":
        pytest.importorskip("xlsxwriter")
    write_formats(table, tmp_path, [name])
    assert (tmp_path / f"sweep.{name}").read_bytes() == (folder / f"sweep.{name}").read_bytes()


def test_what_cannot_be_written_is_refused_beforehand(monkeypatch: pytest.MonkeyPatch, table: pa.Table, tmp_path: Path) -> None:
    with pytest.raises(MistakeError, match="format=ods: a sweep can be written as csv, xlsx, dta"):
        check_formats(["csv", "ods"])
    monkeypatch.setattr(formats, "find_spec", lambda _name: None)
    with pytest.raises(MistakeError, match=r'needs the package xlsxwriter.*pip install "yizhan\[excel\]"') as error:
        write_formats(table, tmp_path, ["csv", "xlsx"])
    assert "需要安装 xlsxwriter" in in_language(error.value, "zh")
    assert list(tmp_path.iterdir()) == []
    monkeypatch.undo()
    monkeypatch.setattr(formats, "MOST_ROWS", 3)
    if importlib.util.find_spec("xlsxwriter"):
        with pytest.raises(MistakeError, match="a sheet has room for 3 rows, the sweep has 16"):
            write_formats(table, tmp_path, ["xlsx"])
