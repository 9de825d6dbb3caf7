"""A mistake in a file is told with file, line and the fix; numbers are read as people read them."""

import time
from pathlib import Path
from typing import Any

import pytest

from sim.bilingual import in_language
from sim.errors import ConfigurationError
from sim.yaml_files import read_file

WIDE = "\uff1a"
BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12)
)
MISTAKES: list[tuple[str, bytes | str, int | None, str]] = [
    ("tab", "policy:\n\tlodging: 1\n", 2, "a tab stands at the beginning of the line"),
    ("tab deeper", "policy:\n  lodging:\n \tstations: 1\n", 3, "use spaces"),
    ("full-width colon", f"title: x\ndays{WIDE}5\n", 2, "the colon is full-width"),
    ("full-width colon inside", f"policy:\n  lodging:\n    stations{WIDE}4\n", 3, "stations: 4"),
    ("full-width colon alone", f"days{WIDE}5", 1, "days: 5"),
    ("GBK", "title_zh: 我的县\n".encode("gbk"), 1, "looks like GBK; save it as UTF-8"),
    ("UTF-16", "days: 5\n".encode("utf-16"), None, "UTF-16; save it as UTF-8"),
    ("UTF-16 without a mark", "days: 5\n".encode("utf-16-le"), None, "UTF-16"),
    ("no text", b"title: \xff\xff\xff\xff\n", 1, "is not UTF-8"),
    ("key twice", "days: 5\ntitle: x\ndays: 6\n", 3, "the key days is given twice (first in line 1)"),
    ("key twice inside", "policy:\n  lodging: {stations: 1, stations: 2}\n", 2, "the key stations is given twice"),
    ("two documents", "days: 5\n---\ndays: 6\n", 3, "a second document begins"),
    ("list", "- days: 5\n- days: 6\n", 1, "a list stands at the top"),
    ("text", "days 5\n", 1, "there is no key here"),
    ("NUL", "days: 5\ntitle: a\0b\n", 2, "a sign that no text has (NUL)"),
    ("empty", "", None, "is empty"),
    ("comments alone", "# nothing\n", None, "is empty"),
    ("bomb", BOMB, None, "aliases (*NAME) repeat too much"),
    ("itself", "a: &a [*a]\n", None, "nested too deeply"),
    ("deep", "a: " + "[" * 3000, None, ""),
    ("quote left open", 'days: 5\ntitle: "x\n', None, "look for quotes or brackets left open"),
    ("bracket left open", "days: 5\noutcomes: [a\n", None, "left open"),
    ("indent", "policy:\n    lodging: 1\n  loans: 2\n", None, "begin in the same column"),
    ("tag", "days: !!python/object:os.system 5\n", 1, "the tag"),
    ("merge", "a: &a {x: 1}\nb: {<<: *a}\n", 2, "merge keys (<<:) are not supported"),
    ("zero first", "days: 5\nstations: 010\n", 2, "a number does not begin with 0; write 10"),
    ("grouped", "budget: 1_000_000\n", 1, "digits are not grouped; write 1000000"),
    ("octal", "stations: 0o17\n", 1, "not a decimal number; write 15"),
    ("hexadecimal", "stations: 0x1F\n", 1, "write 31"),
    ("sixties", "stations: 1:30\n", 1, "1:30 can be read as a number or a time"),
    ("too long", f"stations: {'9' * 5000}\n", 1, "has too many digits"),
]


@pytest.mark.parametrize(("content", "line", "fragment"), [case[1:] for case in MISTAKES], ids=[case[0] for case in MISTAKES])
def test_a_mistake_is_told_with_file_and_line(tmp_path: Path, content: bytes | str, line: int | None, fragment: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    begun = time.process_time()
    with pytest.raises(ConfigurationError) as refused:
        read_file(path)
    assert time.process_time() - begun < 2
    message = str(refused.value)
    assert message.startswith(f"{path}:{line}: " if line else str(path))
    assert fragment in message
    assert len(message.splitlines()) == 1
    chinese = in_language(refused.value, "zh")
    assert chinese.startswith(str(path))
    assert any("\u4e00" <= letter <= "\u9fff" for letter in chinese)


@pytest.mark.parametrize(
    ("written", "read"),
    [("5", 5), ("-5", -5), ("0", 0), ("1e6", 1e6), ("0.5", 0.5), (".5", 0.5), ("no", "no"), ("on", "on"), ("true", True), ("~", None), ("", None),
     (".inf", float("inf")), ("-.Inf", float("-inf")), ("inf", "inf"),
     ('"010"', "010"), ("2021-01-01", "2021-01-01"), ("100万", "100万"), ("1,000,000", "1,000,000"), ("a: b", None)],
)  # fmt: skip
def test_values_are_read_as_people_read_them(tmp_path: Path, written: str, read: Any) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(f"key: {written}\n", encoding="utf-8")
    if ": " in written:
        with pytest.raises(ConfigurationError):
            read_file(path)
        return
    found = read_file(path).content["key"]
    assert found == read
    assert type(found) is type(read)


def test_a_mark_at_the_beginning_and_windows_lines_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_bytes(b"\xef\xbb\xbf# @package _global_\r\ndays: 5\r\npolicy:\r\n  lodging: {stations: 4}\r\n")
    found = read_file(path)
    assert found.content == {"days": 5, "policy": {"lodging": {"stations": 4}}}
    assert found.lines == {"days": 2, "policy": 3, "policy.lodging": 4, "policy.lodging.stations": 4}
    assert found.package == "_global_"
