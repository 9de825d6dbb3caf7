"""A ledger with known faults: each is told, nothing is dropped in silence, and no name or number of a person is found anywhere."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from experiments.ledger import command
from experiments.ledger.files import safe
from sim.ledger.people_file import known_people
from tests.experiments.ledger.made import FAULTS, HEADINGS, ROWS, ledger, name_of, write_csv, write_xlsx

Command = Callable[..., Any]
REASONS = {
    "same_person": "the same person as in another row", "too_long_ago": "too long ago", "later_class": "more than a year from now",
    "left": "has left the labour market", "nothing_known": "none of graduation",
}  # fmt: skip
CSV_OFFSET, XLSX_OFFSET = 3, 4
"""Row of the file in which the first person stands."""
MADE = ledger()


def secrets_of(rows: list[dict[str, Any]]) -> list[str]:
    """Return what must be found nowhere: names, identity and telephone numbers, and what stood in the wrong column."""
    private = ("姓名", "身份证号", "联系电话", "帮扶人")
    return [*(str(row[heading]) for row in rows for heading in private), name_of(7000), name_of(7001), "13960001234"]


def any_of(words: set[str]) -> str:
    """Return a pattern of any of some words, branching letter by letter: each is tried only where its first letter is."""
    branches: dict[str, set[str]] = {}
    for word in words - {""}:
        branches.setdefault(word[0], set()).add(word[1:])
    pattern = "|".join(re.escape(letter) + any_of(rest) for letter, rest in sorted(branches.items()))
    return "" if "" in words else f"(?:{pattern})"


SECRETS = re.compile(any_of(set(secrets_of(MADE[0]))))


def leaks(folder: Path, *apart: Path) -> list[str]:
    """Return the files below a folder, but for some, in which something is found that must not be; compressed ones are unpacked."""
    import pyarrow.parquet as pq

    found = []
    for path in (one for one in folder.rglob("*") if one.is_file() and one not in apart):
        if path.suffix == ".parquet":
            table = pq.read_table(path)
            text = str([(name, table[name].unique().to_pylist()) for name in table.column_names])
        else:
            text = path.read_bytes().decode("utf-8", "replace")
        if SECRETS.search(text) or SECRETS.search(path.name):
            found.append(path.name)
    return found


@pytest.fixture(autouse=True)
def own_settings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.getbasetemp() / "settings"))


@pytest.fixture(scope="module")
def imported(call: Command, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """The ledger as a GBK file and as a workbook, both imported."""
    here = tmp_path_factory.mktemp("ledger")
    write_csv(here / "l.csv", MADE[0])
    write_xlsx(here / "l.xlsx", MADE[0])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.getbasetemp() / "settings"))
        said = {
            "csv": call(here, "import", "l.csv", "place=zibo", "output=csv"),
            "xlsx": call(here, "import", "l.xlsx", "place=zibo", "output=xlsx", "format=csv", "total=4000", "language=zh"),
        }
    return here, said


def report_of(folder: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((folder / "report.csv").read_text(encoding="utf-8-sig"))))


def test_every_fault_is_told_and_every_row_is_in_the_report(imported: tuple[Path, dict[str, Any]]) -> None:
    here, said = imported
    assert [(one.status, one.err) for one in said.values()] == [(0, ""), (0, "")]
    entries = report_of(here / "csv")
    by_row = {int(entry["row"]): entry for entry in entries}
    assert [int(entry["row"]) for entry in entries] == list(range(CSV_OFFSET, CSV_OFFSET + ROWS + 1))
    assert by_row[CSV_OFFSET + ROWS]["why"] == "a sum or a note"
    refused = [row for row, entry in by_row.items() if entry["outcome"] == "refused"]
    assert sorted(refused) == sorted(place + CSV_OFFSET for kind in REASONS for place in MADE[1][kind])
    for kind, reason in REASONS.items():
        assert all(reason in by_row[place + CSV_OFFSET]["why"] for place in MADE[1][kind]), kind
    assert all("row 3" in by_row[place + CSV_OFFSET]["why"] for place in MADE[1]["same_person"])
    told = [by_row[place + CSV_OFFSET]["not understood or not believed"] for place in MADE[1]["not_understood"]]
    assert all("education: not understood" in one and "graduation: not understood" in one for one in told)
    assert all("education: not understood" in by_row[place + CSV_OFFSET]["not understood or not believed"] for place in MADE[1]["swapped"])
    assert f"801 rows: {ROWS - len(refused)} persons" in said["csv"].out
    assert sum(map(len, MADE[1].values())) == FAULTS


def test_workbook_and_csv_say_the_same(imported: tuple[Path, dict[str, Any]]) -> None:
    here, _ = imported
    text, book = (known_people(str(here / name)) for name in ("csv/population.parquet", "xlsx/population.csv"))
    assert len(text) == len(text.ids) == len(book.ids) == ROWS - sum(len(MADE[1][kind]) for kind in REASONS)
    assert len(book) == 4000  # weights to a total
    assert text.ids == book.ids
    assert [int(row["行"]) for row in report_of(here / "xlsx")] == list(range(XLSX_OFFSET, XLSX_OFFSET + ROWS + 1))
    first = dict(zip(book.rows.tolist(), range(len(book)), strict=True))
    for name, values in text.words.items():
        assert values.tolist() == [book.words[name][first[row]] for row in range(len(text))], name
    campus = [book.names["campus"][first[row]] for row in range(len(text))]
    assert sum(one != other for one, other in zip(text.names["campus"], campus, strict=True)) <= 1  # the school that was merged over two rows


def test_no_name_and_no_number_leaves_the_reader(imported: tuple[Path, dict[str, Any]]) -> None:
    here, said = imported
    assert leaks(here, here / "l.csv", here / "l.xlsx") == []
    assert all(not SECRETS.search(one.out + one.err) for one in said.values())
    assert SECRETS.search((here / "l.csv").read_bytes().decode("gbk"))  # and it would be found


def test_few_persons_are_marked_and_not_counted(imported: tuple[Path, dict[str, Any]]) -> None:
    here, said = imported
    rows = list(csv.DictReader(io.StringIO((here / "csv" / "counts.csv").read_text(encoding="utf-8-sig"))))
    assert all((row["mark"] in ("<5", "hidden")) == (row["persons"] == "") for row in rows)
    assert all(int(row["persons"]) >= 5 for row in rows if row["persons"])
    assert any(row["mark"] for row in rows)
    assert "fewer than 5" in said["csv"].out
    assert "不足 5" in said["xlsx"].out


def test_no_cell_is_a_formula(imported: tuple[Path, dict[str, Any]]) -> None:
    here, _ = imported
    cells = [cell for path in here.rglob("*.csv") if path.name != "l.csv" for row in csv.reader(path.open(encoding="utf-8-sig")) for cell in row]
    assert [cell for cell in cells if cell[:1] in "=+@\t|%" and cell] == []
    assert (safe("=1+1"), safe("@a"), safe("-x"), safe("-3.5"), safe("教育")) == ("'=1+1", "'@a", "'-x", "-3.5", "教育")


def test_it_runs_and_compares(imported: tuple[Path, dict[str, Any]], call: Command) -> None:
    here, _ = imported
    small = ("population.people=csv/population.parquet", "replicates=1", "days=8", "workers=1", "figures=false", "behaviour=evidence")
    run = call(here, "run", "programme=zibo", *small, "save_people=true", "output=run")
    assert run.status == 0
    assert "population.people: the 775 persons of csv/population.parquet." in run.err
    compared = call(here, "compare", "programme=zibo", *small[:1], "replicates=2", *small[2:], "save_people=true", "output=compared")
    assert compared.status == 0, compared.err
    gains = call(here, "import", "gains=compared", "output=gains")
    assert gains.status == 0, gains.err
    again = call(here, "run", "from=run", "output=again", "figures=false")
    assert again.status == 0, again.err
    path = here / "csv" / "population.parquet"
    kept = path.read_bytes()
    path.write_bytes((here / "xlsx" / "population.csv").read_bytes())
    refused = call(here, "run", "from=run", "output=other", "figures=false")
    path.write_bytes(kept)
    assert (refused.status, refused.out) == (2, "")
    assert leaks(here, here / "l.csv", here / "l.xlsx") == []


def test_who_gains_is_told_by_group_and_by_person_only_to_who_holds_ledger_and_key(imported: tuple[Path, dict[str, Any]], call: Command) -> None:
    here, _ = imported
    if not (here / "compared").exists():
        test_it_runs_and_compares(imported, call)
    lines = list(csv.DictReader(io.StringIO((here / "gains" / "gains.csv").read_text(encoding="utf-8-sig"))))
    everybody = [line for line in lines if line["what"] == "all"]
    assert [line["persons"] for line in everybody] == ["775"]
    comparison = json.loads((here / "compared" / "comparison.json").read_text(encoding="utf-8"))
    (variant,) = comparison["variants"].values()
    jobs = variant["outcomes"]["employed_in_region"]["difference"]
    assert float(everybody[0]["more at work here, for 100 of them"]) == pytest.approx(100 * jobs / 775, abs=0.2)  # later classes are not in the file
    assert all(not line["low"] for line in lines if line["persons"] == "<5")
    refused = call(here, "import", "gains=compared", "persons=true", "output=mine")
    assert (refused.status, "needs gains=RESULT and the ledger itself" in refused.err) == (2, True)
    other = call(here, "import", "l.csv", "gains=compared", "persons=true", "place=zibo", "key=../other.key", "output=mine")
    assert (other.status, "is for who holds the ledger" in other.err) == (2, True)
    assert not (here / "mine").exists()
    held = call(here, "import", "l.csv", "gains=compared", "persons=true", "place=zibo", "output=mine", "language=zh")
    assert held.status == 0, held.err
    text = (here / "mine" / "gains_by_person.csv").read_text(encoding="utf-8-sig")
    assert "不得用于" in text.splitlines()[0]
    assert "不得用于" in held.out
    assert len(text.splitlines()) == 2 + 775
    assert leaks(here, here / "l.csv", here / "l.xlsx") == []
    assert call(here, "import", "gains=run", "output=none").status == 2


def broken(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield a hundred ledgers that cannot be taken: name of the file, its bytes."""
    book = write_xlsx(folder / "whole.xlsx", MADE[0][:30]).read_bytes()
    text = write_csv(folder / "whole.csv", MADE[0][:30]).read_bytes()
    names = " ".join(row["姓名"] for row in MADE[0][:5])
    for part in range(1, 31):
        yield f"cut{part}.xlsx", book[: len(book) * part // 31]
    for place in range(20):
        hurt = bytearray(book)
        hurt[30 + place * 97 : 80 + place * 97] = b"\x00" * 50
        hurt[-200 + place * 5 :] = b"#" * (200 - place * 5)
        yield f"hurt{place}.xlsx", bytes(hurt)
    for ending in ("xlsx", "xls", "ods"):
        yield f"empty.{ending}", b""
        yield f"text.{ending}", text
        yield f"page.{ending}", f"<html><table><tr><td>{names}".encode()
        yield f"noise.{ending}", bytes(range(256)) * 9
        yield f"ole.{ending}", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + names.encode() * 50
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as inside:
            inside.writestr("xl/workbook.xml", names)
        yield f"packed.{ending}", packed.getvalue()
    head = ",".join(HEADINGS)
    for number, content in enumerate((
        b"", b"\xef\xbb\xbf", b"\n\n\n", b"\x00" * 40, names.encode(), f"{names}\n{names}".encode(), head.encode("gbk"), b"a,b,c\n1,2,3\n",
        f"姓名,电话\n{names},13960000001".encode(), b"\xff\xfe" + b"\x00" * 9, b"\x81", text[:-1] + b"\x81\xff", book,
        "\n".join(["毕业时间,学历,就业状态", *["2005年6月,本科,已就业"] * 9]).encode(), "毕业时间,学历,就业状态\n,,升学".encode(),
        "毕业时间,学历,就业状态\n2029年6月,本科,".encode(), "毕业时间,学历,姓名\n合计,,".encode(), f"{head}\n{'合计'},30".encode(),
        f"学历,毕业时间,姓名\n{names},{names},{names}".encode(), "姓名,身份证号\n甲,1\n乙,2".encode(), b'"unclosed\n' + text[:900],
        "\t".join(HEADINGS).encode(), ";".join(HEADINGS).encode(), "就业状态\n已就业\n".encode(), b"0,1,2,3\n" * 50,
    )):  # fmt: skip
        yield f"list{number}.csv", content
    for number, name in enumerate(("ledger.pdf", "ledger.docx", "ledger", "ledger.json", "ledger.parquet", "ledger.zip", "l.xlsb"), 1):
        yield f"{number}{name}", text


def test_a_hundred_broken_ledgers_have_one_clear_message_each(tmp_path: Path, call: Command, monkeypatch: pytest.MonkeyPatch, files_in: Any) -> None:
    scenario = command.scenario_at("zibo")
    monkeypatch.setattr(command, "scenario_at", lambda _place: scenario)
    cases = list(broken(tmp_path))
    assert len(cases) >= 100
    (tmp_path / "in").mkdir()
    for number, (name, content) in enumerate(cases):
        (tmp_path / "in" / name).write_bytes(content)
        before, language = files_in(tmp_path), ("en", "zh")[number % 2]
        said = call(tmp_path, "import", f"in/{name}", "place=zibo", "date=2020-11-15", "output=out", f"language={language}")
        assert said.status == 2, (name, said)
        assert said.out == ""
        assert re.fullmatch(rf"yizhan: in/{re.escape(name)}[:：] ?.+\n", said.err), (name, said.err)
        assert files_in(tmp_path) == before, name
        assert not SECRETS.search(said.err), name


def test_a_fault_of_the_program_repeats_nothing(tmp_path: Path, call: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    write_csv(tmp_path / "l.csv", MADE[0][:30])

    def fail(*_: object) -> None:
        raise ValueError(MADE[0][0]["姓名"])

    monkeypatch.setattr(command, "write_rows", fail)
    monkeypatch.setenv("YIZHAN_TRACEBACK", "1")
    said = call(tmp_path, "import", "l.csv", "output=out")
    assert said.status == 1
    assert "a fault of the program (ValueError in" in said.err
    assert not SECRETS.search(said.err + said.out)
    assert [path.name for path in tmp_path.iterdir()] == ["l.csv"]
