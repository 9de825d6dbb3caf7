"""``points=FILE``: the points of a sweep from a table; every mistake is told with file and line."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml

from experiments.shared.errors import MistakeError
from experiments.sweep.designs import Design, read_design
from experiments.sweep.options import SweepOptions
from sim.scenario import compose_scenario

NIGHTS, RATE, BUDGET = "policy.lodging.free_nights", "policy.loans.rate_per_year", "policy.loans.budget"


@pytest.fixture(scope="module")
def plain() -> dict[str, Any]:
    """Return Zibo's programme as it is, with the keys of the command."""
    return {**SweepOptions().model_dump(mode="json"), **compose_scenario("zibo", {})}


@pytest.fixture(autouse=True)
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def made(plain: dict[str, Any], text: str | bytes, *words: str, **options: Any) -> Design:
    """Read the design of a file of this text."""
    Path("points.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_design(words, {}, SweepOptions.model_validate({"points": "points.csv", **options}), plain)


def values(design: Design) -> list[tuple[Any, ...]]:
    return [tuple(point.values()) for point in design.points]


def test_a_row_is_a_point_and_an_empty_cell_the_value_as_it_is(plain: dict[str, Any]) -> None:
    nights = plain["policy"]["lodging"]["free_nights"]
    text = f"\ufeff{NIGHTS}, {RATE},{BUDGET},programme,start\r\n0,5%,null,淄博,2021-1-1\r\n,0.03,100万,,\r\n\r\n14,0,1000,zibo,2021年1月2日\r\n"
    design = made(plain, text)
    assert design.kind == "points"
    assert design.axes == (NIGHTS, RATE, BUDGET, "programme", "start")
    assert values(design) == [
        (0, 0.05, None, "zibo", "2021-01-01"),
        (nights, 0.03, 1_000_000, "none", plain["start"]),
        (14, 0.0, 1000, "zibo", "2021-01-02"),
    ]
    assert type(design.points[2][RATE]) is float
    assert design.reference == 0


def test_the_programme_as_it_is_is_the_reference_wherever_it_stands(plain: dict[str, Any]) -> None:
    assert made(plain, f"{NIGHTS},programme\n0,zibo\n,\n5,\n").reference == 1


def test_names_name_the_points_and_the_reference(plain: dict[str, Any]) -> None:
    text = f"name,{NIGHTS}\nnow,\n“more”,14\n3,5\n"
    design = made(plain, text, reference="“more”")
    assert (design.axes, design.names, design.reference) == ((NIGHTS,), ("now", "“more”", "3"), 1)
    with pytest.raises(MistakeError, match=r"unknown point 'mor'.*Known: now"):
        made(plain, text, reference="mor")


def test_a_parquet_file_has_values_of_their_own_types(plain: dict[str, Any]) -> None:
    table = {NIGHTS: [0.0, None, 7.0], RATE: [0.01, 0.02, float("nan")], "start": [date(2021, 1, 1), None, date(2021, 2, 1)],
             BUDGET: [Decimal("1000.0"), None, Decimal(5)], "policy.campus_recruitment.campuses": [["a"], [], None]}  # fmt: skip
    pq.write_table(pa.table(table), "points.parquet")
    design = read_design([], {}, SweepOptions(points="points.parquet"), plain)
    nights, rate = plain["policy"]["lodging"]["free_nights"], plain["policy"]["loans"]["rate_per_year"]
    assert [point[NIGHTS] for point in design.points] == [0, nights, 7]
    assert all(type(point[NIGHTS]) is int for point in design.points)
    assert [point[RATE] for point in design.points] == [0.01, 0.02, rate]
    assert [point[BUDGET] for point in design.points] == [1000, plain["policy"]["loans"]["budget"], 5]
    assert type(design.points[0][BUDGET]) is int
    assert [point["start"] for point in design.points] == ["2021-01-01", plain["start"], "2021-02-01"]
    assert design.points[0]["policy.campus_recruitment.campuses"] == ["a"]
    pq.write_table(pa.table({NIGHTS: [0, 1, 0]}), "points.parquet")
    with pytest.raises(MistakeError, match=r"points\.parquet, row 3: the same point as in row 1"):
        read_design([], {}, SweepOptions(points="points.parquet"), plain)


def test_the_points_are_made_again_without_the_file(plain: dict[str, Any]) -> None:
    text = f'name,{NIGHTS},{RATE},{BUDGET},policy.campus_recruitment.campuses,title\n"a, b",0,,null,"[x,y]",a b\nc,14,0.03,1e6,[],"“,"\n'
    design = made(plain, text)
    Path("points.csv").unlink()
    Path("config.yaml").write_text(yaml.safe_dump({"axes": design.recorded}, allow_unicode=True, sort_keys=False), encoding="utf-8")
    again = read_design([], {}, SweepOptions(points="config.yaml", reference=design.reference), plain)
    assert again == design
    assert again.names == ("a, b", "c")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "points.csv: is empty"),
        (f"{NIGHTS}\n", "points.csv: has no points"),
        ("name\na\n", "points.csv:1: names no key"),
        (f"{NIGHTS},,{RATE}\n1,2,3\n", "points.csv:1: column 2 has no key"),
        (f"{NIGHTS},{NIGHTS}\n1,2\n", f"points.csv:1: {NIGHTS} is there twice"),
        ("policy.loans.rate_per_yea\n1\n", "points.csv:1: unknown key 'policy.loans.rate_per_yea'. Did you mean 'policy.loans.rate_per_year'?"),
        ("replicates\n1\n", "points.csv:1: replicates cannot be swept"),
        (f"{NIGHTS};{RATE}\n1;2\n", "points.csv:1: columns are separated by commas, not by ';'"),
        (f"{NIGHTS},{RATE}\n1,0.1\n2\n", "points.csv:3: has 1 cells, the header has 2"),
        (f"{NIGHTS}\n1\n\nmany\n", "points.csv:4: policy.lodging.free_nights is 'many'; allowed is an integer"),
        (f"{NIGHTS}\n1\n-4\n", "points.csv:3: policy.lodging.free_nights is -4; allowed is"),
        (f"{NIGHTS}\ntrue\n", "points.csv:2: policy.lodging.free_nights is true; allowed is"),
        (f'{NIGHTS}\n"1,2"\n', "points.csv:2: policy.lodging.free_nights is 1,2; a cell holds one value"),
        (f'{NIGHTS}\n"range(3)"\n', "a cell holds one value"),
        (f'{BUDGET}\n"1,000,000"\n', "points.csv:2: "),
        ("programme\nzibo\nzib\n", "points.csv:3: unknown programme 'zib'. Did you mean 'zibo'?"),
        ("seed\n1\n-1\n", "points.csv:3: seed is -1; allowed is"),
        (f"{NIGHTS},{RATE}\n1,0.5\n2,0.5\n1.0,50%\n", "points.csv:4: the same point as in line 2"),
        (f"programme,{NIGHTS}\n,\n,1\nzibo,\n", f"points.csv:4: {NIGHTS} is empty, and with programme=zibo it"),
        (f"name,{NIGHTS}\na,1\na,2\n", "points.csv:3: name a is that of line 2, too"),
        (f"name,{NIGHTS}\na,1\n,2\n", "points.csv:3: the point has no name"),
        (f'{NIGHTS}\n1\n"2\n', "points.csv:3: is no CSV"),
        (f"{NIGHTS},title\n1,淄博\n".encode("gbk"), "points.csv:2: is not UTF-8, it looks like GBK"),
        (f"{NIGHTS}\n1\n".encode("utf-16"), "points.csv: is saved as UTF-16"),
    ],
)
def test_a_mistake_in_a_file_is_told_with_its_line(plain: dict[str, Any], text: str | bytes, message: str) -> None:
    with pytest.raises(MistakeError) as error:
        made(plain, text)
    assert message in str(error.value)
    assert error.value.args[0].zh != str(error.value)


@pytest.mark.parametrize(
    ("words", "options", "message"),
    [
        (("days=5,6",), {}, "points=points.csv says every point; leave days out"),
        ((), {"design": "sobol", "n": 4}, "leave design, n out"),
        ((), {"over": ["behaviour"]}, "leave over out"),
        ((f"{NIGHTS}=5",), {}, f"points.csv:1: {NIGHTS} is a column of the file and given on the command line"),
    ],
)
def test_a_file_says_every_point(plain: dict[str, Any], words: tuple[str, ...], options: dict[str, Any], message: str) -> None:
    with pytest.raises(MistakeError) as error:
        made(plain, f"{NIGHTS}\n1\n", *words, **options)
    assert message in str(error.value)


def test_a_file_that_cannot_be_read_is_told(plain: dict[str, Any]) -> None:
    Path("points.xlsx").write_bytes(b"PK")
    Path("broken.parquet").write_bytes(b"PAR1")
    Path("folder.csv").mkdir()
    Path("config.yaml").write_text("axes: {days: ['5', '6'], seed: ['1']}\n", encoding="utf-8")
    for name, message in {"none.csv": "points=none.csv: there is no such file", "folder.csv": "it is a folder", "points.xlsx": "save it as CSV",
                          "broken.parquet": "broken.parquet: is no Parquet file", "config.yaml": "holds no points"}.items():  # fmt: skip
        with pytest.raises(MistakeError) as error:
            read_design([], {}, SweepOptions(points=name), plain)
        assert message in str(error.value)


def test_a_long_file_takes_a_moment(plain: dict[str, Any]) -> None:
    lines = "".join(f"{number % 15},{number / 200_000!r},{number}\n" for number in range(50_000))
    assert len(made(plain, f"{NIGHTS},{RATE},seed\n{lines}").points) == 50_000
