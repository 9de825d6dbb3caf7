"""The tables in ``docs/tables`` are those of the declarations, and are written whole or not at all."""

import errno
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from experiments.list.catalogue import LISTS
from experiments.list.listing import Column, Listing, Row
from experiments.list.reference import COMMAND, MARK, pages
from sim import behaviour_set
from sim.bilingual import in_language
from tests.conftest import SHIPPED_BEHAVIOUR
from tests.every import some

Command = Callable[..., Any]
ROOT = Path(__file__).resolve().parents[2]
TABLES = ROOT / "docs" / "tables"
CELL = re.compile(r"(?<!\\)\|")


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    """Return the pages."""
    return pages()


@pytest.fixture(scope="module")
def shipped() -> dict[str, str]:
    """Return the pages as the command makes them, outside the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(behaviour_set, "DEFAULT_BEHAVIOUR", SHIPPED_BEHAVIOUR)
        return pages()


@pytest.mark.parametrize("name", [f"{topic}.md" for topic in LISTS])
def test_the_tables_are_not_stale(name: str, shipped: dict[str, str]) -> None:
    written = (TABLES / name).read_text(encoding="utf-8") if (TABLES / name).exists() else ""
    if written != shipped[name]:
        pytest.fail(f"docs/tables/{name} is stale; mend it in the folder of the project with: {COMMAND}", pytrace=False)


def test_there_are_no_other_tables(made: dict[str, str]) -> None:
    assert {path.name for path in TABLES.iterdir()} == set(made)


def test_the_documents_link_to_every_table(made: dict[str, str]) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in made if f"(docs/tables/{name})" not in readme] == []
    assert "(tables/)" in (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("topic", list(LISTS))
def test_a_page_has_every_row_in_both_languages(topic: str, made: dict[str, str]) -> None:
    text = made[f"{topic}.md"]
    listing = LISTS[topic]()
    lines = [line for line in text.splitlines() if line.startswith("| `")]
    assert [line.split("`")[1] for line in lines] == [row.cells[0] for row in listing.rows]
    for line, row in some(list(zip(lines, listing.rows, strict=True))):
        for column, cell in zip(listing.columns[1:], row.cells[1:], strict=True):
            for language in ("en", "zh") if column.in_documents != "english" else ("en",):
                assert in_language(cell, language) in line
    widths = {len(CELL.split(line)) for line in text.splitlines() if line.startswith("|")}
    assert len(widths) == 1, "every line has the same number of cells"


def test_what_means_something_in_markdown_is_written_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    listing = Listing("x", (Column("key", "key"), Column("what")), (Row(("k", "a|b <c> *d* \\e")),))
    monkeypatch.setitem(LISTS, "levers", lambda: listing)
    assert "| `k` | a\\|b &lt;c> \\*d\\* \\\\e |" in pages()["levers.md"]


def test_they_are_written_by_the_command(yizhan: Command, tmp_path: Path, made: dict[str, str]) -> None:
    (tmp_path / "docs").mkdir()
    said = yizhan("list", "write=docs", "language=zh")
    assert (said.status, said.out, said.err) == (0, "已写入：docs\n", "")
    assert {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "docs").iterdir()} == made
    (tmp_path / "docs" / "levers.md").write_text(f"{MARK}\nold\n", encoding="utf-8")
    assert yizhan("list", "write=docs").status == 0
    assert (tmp_path / "docs" / "levers.md").read_text(encoding="utf-8") == made["levers.md"]


@pytest.mark.parametrize(
    ("words", "fragments"),
    [
        (("write=docs/tables",), ["write=docs/tables: there is no such folder here", "go to the folder of the project, or make docs/tables first"]),
        ((f"write={'x' * 300}",), ["there is no such folder here"]),
        (("write=file",), ["write=file: there is no such folder"]),
        (("write=",), ["write= names no folder", "write=docs/tables"]),
        (("write=.",), ["levers.md was not made by this command", "name another folder"]),
        (("write=full",), ["cannot write write=full", "Is a directory", "name a folder that can be written"]),
        (("levers", "write=."), ["writes every list whole", "leave out"]),
        (("match=x", "write=."), ["leave out the names of lists and match"]),
    ],
)
def test_what_is_in_the_way_is_refused_and_left_alone(
    yizhan: Command, tmp_path: Path, files_in: Callable[[Path], set[str]], words: tuple[str, ...], fragments: list[str]
) -> None:
    (tmp_path / "file").write_text("a file", encoding="utf-8")
    (tmp_path / "levers.md").write_text("my notes on levers", encoding="utf-8")
    (tmp_path / "full" / "outcomes.md").mkdir(parents=True)
    before = files_in(tmp_path)
    said = yizhan("list", *words)
    assert said.status == 2
    assert said.out == ""
    assert [fragment for fragment in fragments if fragment not in said.err] == []
    assert "Traceback" not in said.err
    assert files_in(tmp_path) == before
    assert (tmp_path / "levers.md").read_text(encoding="utf-8") == "my notes on levers"


def test_a_full_disk_leaves_the_old_tables(yizhan: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in pages():
        (tmp_path / name).write_text(f"{MARK}\nold\n", encoding="utf-8")
    write, written = Path.write_bytes, []

    def fail_at_the_third(path: Path, content: bytes) -> int:
        written.append(path)
        if len(written) == 3:
            write(path, content[:10])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", fail_at_the_third)
    said = yizhan("list", "write=.")
    assert said.status == 1
    assert "No space left on device" in said.err
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == dict.fromkeys(pages(), f"{MARK}\nold\n")
