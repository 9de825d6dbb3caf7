"""A ledger that is read on the page: rows are told, nothing that says who somebody is leaves the reader."""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path

import pytest

from experiments.dashboard.content.asking import ask
from experiments.dashboard.content.drafts import draft_of
from experiments.dashboard.content.ledger import find_in, read_upload, template_of
from experiments.dashboard.content.stories import story
from experiments.shared.errors import FailedError, MistakeError
from sim.scenario import Scenario
from tests.experiments.dashboard.served import served

NAME, IDENTITY, PHONE = "欧阳秘密", "370302200001011234", "13912345678"
PRIVATE = (NAME, IDENTITY, PHONE)
HEADS = "姓名,身份证号,联系电话,性别,学历,毕业时间,就业状态,生源地,现居住地,月薪"
ROWS = [
    f"{NAME}{number},{IDENTITY[:-4]}{number:04d},{int(PHONE) + number},{'男女'[number % 2]},本科,2023-06,{('已就业', '未就业')[number % 3 == 0]},"
    f"本地,本地,{4000 + number}" for number in range(40)
]  # fmt: skip
LEDGER = "\n".join(["台账 截至 2024-06-30", HEADS, *ROWS, f"{NAME}坏,,,,,猴年马月,,,,", ",,,,,,,,,"])


def holding(folder: Path) -> list[Path]:
    marks = [word.encode(code) for word in PRIVATE for code in ("utf-8", "gb18030", "utf-16-le")]
    return [path for path in folder.rglob("*") if path.is_file() and any(mark in path.read_bytes() for mark in marks)]


def test_a_ledger_becomes_a_population_and_nobody_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    with caplog.at_level(logging.DEBUG):
        found = read_upload(LEDGER.encode("gb18030"), f"{NAME}.csv", tmp_path / "kept")
    assert (found["read"], found["as_of"]) == (40, "2024-06-30")
    assert found["refused_rows"] + found["skipped_rows"] == len(found["refused"]) > 0
    assert all(one["why"]["zh"] and one["row"] > 2 for one in found["refused"])
    path = find_in(tmp_path / "kept", found["handle"])
    assert path is not None
    assert Scenario.load("none", {"population.people": path}).population.graduates == 40
    told = capfd.readouterr()
    everything = f"{found} {caplog.text} {told.out} {told.err} {[str(one) for one in tmp_path.rglob('*')]}"
    assert not [word for word in PRIVATE if word in everything]
    assert holding(tmp_path) == []
    assert list(temporary.iterdir()) == []


def test_small_cells_have_a_mark_and_no_number(tmp_path: Path) -> None:
    rows = LEDGER.replace("本科", "硕士", 2)
    found = read_upload(rows.encode(), "x.csv", tmp_path)
    masters = [one for one in found["counts"] if one["value"]["en"] == "master"]
    assert masters
    assert all(one["persons"] is None and one["mark"]["zh"] for one in masters)
    marks = {one["mark"]["en"] for one in found["counts"] if one["mark"]}
    assert len(marks) == 2, "few persons, and what stands beside them"
    assert all((one["persons"] is None) == (one["mark"] is not None) for one in found["counts"])


def test_a_ledger_lives_no_longer_than_the_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    with served(tmp_path / "kept") as client:
        assert client.post("/api/ledger", files={"file": ("x.csv", LEDGER.encode())}).status_code == 201
        assert list(temporary.rglob("population.parquet"))
    assert list(temporary.iterdir()) == []


def test_a_draft_runs_with_a_ledger_and_nobody_of_it_is_told_of(tmp_path: Path) -> None:
    found = read_upload(LEDGER.encode(), "x.csv", tmp_path)
    draft = draft_of({"programme": "dongbeitang", "changes": {"population.people": found["handle"], "days": 20}})
    asked = ask(draft, lambda handle: find_in(tmp_path, handle))
    assert asked.people == 40
    with pytest.raises(MistakeError, match="those of a ledger"):
        story(asked, "programme", 3)


@pytest.mark.parametrize("handle", ["ledger:../../etc/passwd", "ledger:abcdefghijklmnop", "/etc/passwd", "ledger:", ""])
def test_a_handle_is_no_path(handle: str, tmp_path: Path) -> None:
    (tmp_path / "population.parquet").write_bytes(b"x")
    assert find_in(tmp_path / "kept", handle) is None


BROKEN = {
    "empty": (b"", "a.csv"), "no headings": (f"{NAME},{PHONE}\n".encode(), "a.csv"), "an image": (b"\x89PNG" + NAME.encode(), "a.xlsx"),
    "another ending": (LEDGER.encode(), f"{NAME}.exe"), "an open quotation mark": (f'{HEADS}\n"{NAME},1'.encode(), "a.csv"),
    "a broken workbook": (b"PK\x03\x04" + NAME.encode(), "a.xlsx"), "neither encoding": (b"\xff\x81\xfe" + NAME.encode("utf-16"), "a.csv"),
    "nobody": (f"{HEADS}\n,,,,,,,,,\n".encode(), "a.csv"), "no ending": (LEDGER.encode(), NAME),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_ledger_is_told_without_what_stands_in_it(name: str, tmp_path: Path) -> None:
    content, called = BROKEN[name]
    with pytest.raises((MistakeError, FailedError)) as error:
        read_upload(content, called, tmp_path / "kept")
    said = f"{error.value} {getattr(error.value.args[0], 'zh', '')}"
    assert not [word for word in PRIVATE if word in said]
    assert not (tmp_path / "kept").exists()


def test_a_place_that_there_is_not_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(MistakeError, match="unknown place"):
        read_upload(LEDGER.encode(), "a.csv", tmp_path, "/etc/passwd.yaml")


def test_the_template_is_a_workbook_that_is_understood(tmp_path: Path) -> None:
    content = template_of("zh")
    assert content.startswith(b"PK")
    with pytest.raises(MistakeError, match="none of its"):
        read_upload(content, "template.xlsx", tmp_path / "kept")
