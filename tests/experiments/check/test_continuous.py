"""What continuous integration reads can be read, whatever a file is called."""

import os
from pathlib import Path
from xml.etree import ElementTree as ET

from experiments.check.choosing import Choice
from experiments.check.continuous import annotations_of, junit, markdown
from experiments.check.words import WORDS
from experiments.shared.words import Speaker

NAMES = ["a<&\"'%|\n中", "a\x01b", os.fsdecode(b"a\xff"), "a\ufffe"]
CHOICE, SAY = Choice([], [], NAMES), Speaker("en", WORDS)


def test_any_name_of_a_file_stands_in_a_report() -> None:
    cases = ET.fromstring(junit([], CHOICE, Path("b"), SAY).encode()).findall(".//testcase")  # noqa: S314 (our own)
    assert [case.get("name") for case in cases] == [NAMES[0], "a\ufffdb", "a\ufffd", "a\ufffd"]


def test_any_name_of_a_file_is_one_row_and_one_annotation() -> None:
    rows = [row for row in markdown([], CHOICE, Path("b"), SAY).encode().decode().splitlines() if row.startswith("|")][2:]
    assert len(rows) == len(NAMES)
    assert all(row.endswith(" |") for row in rows)
    lines = list(annotations_of([], CHOICE, Path("b"), SAY))
    assert len(lines) == len(NAMES)
    assert all("\n" not in line for line in lines)
