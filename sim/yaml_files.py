"""One configuration file, read strictly: YAML 1.2 numbers, each key once, and every mistake told with file, line and how to mend it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from sim.bilingual import Sentence, sentence
from sim.errors import ConfigurationError, why_of

ENDINGS = (".yaml", ".yml")
LARGEST = 1_000_000
"""Bytes of a file."""
MOST_NODES = 50_000
"""Values of a file, with what its aliases repeat."""
LONGEST_NUMBER = 25
"""Digits of a whole number."""
_TAGS = ("str", "int", "float", "bool", "null", "timestamp", "seq", "map", "value", "merge")
_NULL = ("", "~", "null", "Null", "NULL")
_TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = re.compile(r"[-+]?[0-9]+")
_REAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_GROUPED = re.compile(r"[-+]?[0-9][0-9_]*_[0-9_]*(\.[0-9]*)?")
_SIXTIES = re.compile(r"[-+]?[0-9]+(:[0-9]{1,2})+(\.[0-9]*)?")
_BASED = re.compile(r"[-+]?0(x[0-9a-fA-F]+|o[0-7]+|b[01]+)")
_INFINITE = {".inf": "inf", "+.inf": "inf", "-.inf": "-inf", ".nan": "nan"}
_WIDE_COLON = re.compile(r"\s*(?:- )?[A-Za-z_][\w.-]*\s*\uff1a")
_WIDE_INDENT = "a full-width space stands at the beginning of the line; use ordinary spaces", "行首使用了全角空格；请改用半角空格"
_PACKAGE = re.compile(r"\A(?:\s*(?:#.*)?\n)*?#\s*@package\s+(\S+)")


@dataclass(frozen=True)
class YamlFile:
    """What stands in a file.

    Attributes:
        path: The file.
        content: Its table of keys.
        lines: Dotted key → line, from 1.
        package: What it says after ``# @package``; empty: nothing.
        digest: SHA-256 of its bytes.
    """

    path: Path
    content: dict[str, Any]
    lines: dict[str, int] = field(default_factory=dict)
    package: str = ""
    digest: str = ""


def at_line(path: Path, line: int | None, message: Sentence) -> Sentence:
    """Put file and line before a message."""
    where = f"{path}:{line}" if line else str(path)
    return sentence("{where}: {message}", "{where}：{message}", where=where, message=message)


def read_file(path: Path) -> YamlFile:
    """Read a file whose top is a table of keys.

    Args:
        path: The file.

    Raises:
        ConfigurationError: The file cannot be read, with the line and how to mend it.
    """
    try:
        if path.stat().st_size > LARGEST:
            en, zh = "is larger than 1 MB; a configuration file says only what differs", "文件超过 1 MB；配置文件只需写与默认不同的内容"
            raise _error(path, None, en, zh)
        content = path.read_bytes()
    except OSError as error:
        raise _error(path, None, "cannot be read ({why})", "无法读取（{why}）", why=why_of(error)) from None
    text = decode(path, content)
    package = _PACKAGE.match(text)
    walk = _Walk(path, text)
    return YamlFile(path, walk.top(), walk.lines, package[1] if package else "", hashlib.sha256(content).hexdigest())


def _error(path: Path, line: int | None, en: str, zh: str, **parts: object) -> ConfigurationError:
    return ConfigurationError(at_line(path, line, sentence(en, zh, **parts)))


def decode(path: Path, content: bytes) -> str:
    """Return the text of a file.

    Raises:
        ConfigurationError: It is not UTF-8, or holds what no text holds.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or (len(content) > 3 and content[1::2].count(0) > len(content) // 4):
        raise _error(path, None, "is saved as UTF-16; save it as UTF-8", "文件编码是 UTF-16；请另存为 UTF-8")
    try:
        text = content.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        try:
            content.decode("gb18030")
        except UnicodeDecodeError:
            raise _error(path, line, "is not UTF-8; save it as UTF-8", "文件编码不是 UTF-8；请另存为 UTF-8") from None
        raise _error(path, line, "is not UTF-8, it looks like GBK; save it as UTF-8", "文件编码不是 UTF-8，似乎是 GBK；请另存为 UTF-8") from None
    strange = re.search("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text)
    if strange:
        line = text[: strange.start()].count("\n") + 1
        en = "holds a sign that no text has ({sign}); delete it"
        raise _error(path, line, en, "含有文本中不应出现的字符（{sign}）；请删除", sign="NUL" if strange[0] == "\0" else f"U+{ord(strange[0]):04X}")
    return text.replace("\r\n", "\n")


class _Walk:
    """The way through one file, from its nodes to plain data."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.text = text
        self.lines: dict[str, int] = {}
        self.nodes = 0

    def top(self) -> dict[str, Any]:
        """Return the table of keys that the file is.

        Raises:
            ConfigurationError: It is not one.
        """
        loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            documents = list(yaml.compose_all(self.text, loader))
        except yaml.YAMLError as error:
            raise self._explained(error) from None
        except RecursionError:
            raise _error(self.path, None, "is nested too deeply", "嵌套层数过多") from None
        if len(documents) > 1:
            line = documents[1].start_mark.line + 1
            en, zh = "a second document begins (---); one file holds one table of keys", "出现了第二个文档（---）；一个文件只能有一份内容"
            raise self.error(line, en, zh)
        root = documents[0] if documents else None
        if root is None or (isinstance(root, yaml.ScalarNode) and root.value in _NULL):
            raise self.error(None, "is empty; write KEY: VALUE, a line for each key", "文件是空的；请逐行写“KEY: VALUE”")
        if not isinstance(root, yaml.MappingNode):
            self.refuse_wide_colon()
            line = root.start_mark.line + 1
            if isinstance(root, yaml.SequenceNode):
                en, zh = "a list stands at the top; write KEY: VALUE, without a leading '-'", "最外层是列表；请写“KEY: VALUE”，行首不要加“-”"
                raise self.error(line, en, zh)
            raise self.error(line, "there is no key here; write KEY: VALUE", "此处没有键；请写“KEY: VALUE”")
        try:
            found = self.value(root, "")
        except RecursionError:
            raise self.error(None, "is nested too deeply", "嵌套层数过多") from None
        return dict(found)

    def error(self, line: int | None, en: str, zh: str, **parts: object) -> ConfigurationError:
        """Return an error at a line."""
        return _error(self.path, line, en, zh, **parts)

    def value(self, node: Any, key: str) -> Any:  # noqa: ANN401
        """Return a node as plain data.

        Raises:
            ConfigurationError: A key given twice, a number that can be misread, a tag, or too many values.
        """
        self.nodes += 1
        line = node.start_mark.line + 1
        if self.nodes > MOST_NODES:
            raise self.error(line, "aliases (*NAME) repeat too much; write the values out", "别名（*名称）重复过多；请直接写出内容")
        if node.tag and node.tag.removeprefix("tag:yaml.org,2002:") not in _TAGS:
            raise self.error(line, "the tag {tag} is not understood; leave it out", "无法识别标签 {tag}；请去掉", tag=node.tag)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(inner, f"{key}.{place}") for place, inner in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return self.table(node, key)
        return self.scalar(node, line)

    def table(self, node: Any, key: str) -> dict[str, Any]:  # noqa: ANN401
        """Return a table of keys."""
        found: dict[str, Any] = {}
        first: dict[str, int] = {}
        for name_node, inner in node.value:
            line = name_node.start_mark.line + 1
            if isinstance(name_node, yaml.ScalarNode) and name_node.value == "<<" and not name_node.style:
                en = "merge keys (<<:) are not supported; write the keys out here"
                raise self.error(line, en, "不支持合并键（<<:）；请在此处直接写出各键")
            if not isinstance(name_node, yaml.ScalarNode):
                raise self.error(line, "a key is one word here; write KEY: VALUE", "键必须是一个词；请写“KEY: VALUE”")
            name = str(name_node.value)
            if name.startswith("\u3000"):
                raise self.error(line, *_WIDE_INDENT)
            if name in first:
                en = "the key {name} is given twice (first in line {first}); keep one of them"
                raise self.error(line, en, "键 {name} 重复（首次出现在第 {first} 行）；请只保留一个", name=name, first=first[name])
            first[name] = line
            whole = f"{key}.{name}" if key else name
            self.lines.setdefault(whole, line)
            found[name] = self.value(inner, whole)
        return found

    def scalar(self, node: Any, line: int) -> Any:  # noqa: ANN401
        """Return a number, a truth value, nothing, or a text: as in YAML 1.2, and refused where people and YAML read differently."""
        text = str(node.value)
        if node.style:  # within quotes, or a block of text
            return text
        if text in _NULL:
            return None
        if text in _TRUTH:
            return _TRUTH[text]
        if _INTEGER.fullmatch(text):
            digits = text.lstrip("+-")
            if len(digits) > LONGEST_NUMBER:
                raise self.error(line, "{text} has too many digits", "{text} 位数过多", text=text)
            if len(digits) > 1 and digits.startswith("0"):
                en = '{text}: a number does not begin with 0; write {number}, or "{text}" for a text'
                raise self.error(line, en, '{text}：数字不能以 0 开头；请写 {number}，若是文本请写 "{text}"', text=text, number=int(text))
            return int(text)
        if _REAL.fullmatch(text):
            return float(text)
        if text.lower() in _INFINITE:
            return float(_INFINITE[text.lower()])
        if _GROUPED.fullmatch(text):
            en = "{text}: digits are not grouped; write {number}"
            raise self.error(line, en, "{text}：数字不要分组；请写 {number}", text=text, number=text.replace("_", ""))
        if _BASED.fullmatch(text):
            en = '{text} is not a decimal number; write {number}, or "{text}" for a text'
            raise self.error(line, en, '{text} 不是十进制数；请写 {number}，若是文本请写 "{text}"', text=text, number=int(text, 0))
        if _SIXTIES.fullmatch(text):
            en = '{text} can be read as a number or a time; write the number, or "{text}" for a text'
            raise self.error(line, en, '{text} 可能被读作数字或时间；请写数字，若是文本请写 "{text}"', text=text)
        if _WIDE_COLON.match(text):
            self.refuse_wide_colon(line)
        return text

    def refuse_wide_colon(self, line: int = 0) -> None:
        """Refuse a full-width colon where a colon belongs.

        Args:
            line: The line; 0: the first that has one.

        Raises:
            ConfigurationError: There is one.
        """
        rows = self.text.split("\n")
        for number in [line] if line else range(1, len(rows) + 1):
            row = rows[number - 1]
            if _WIDE_COLON.match(row):
                en = "the colon is full-width (\uff1a); write a colon and a space: {row}"
                mended = row.strip().replace("\uff1a", ": ", 1).replace(":  ", ": ")
                raise self.error(number, en, "冒号是全角的（\uff1a）；请用半角冒号加空格：{row}", row=mended)

    def _explained(self, error: yaml.YAMLError) -> ConfigurationError:
        """Say what is wrong where YAML gives up."""
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line = min(mark.line + 1, self.text.count("\n") + 1) if mark else None
        rows = self.text.split("\n")
        tabs = next((number for number, row in enumerate(rows, 1) if re.match(r" *\t+\s*[^\s#]", row)), None)
        if tabs and (line is None or tabs <= line + 1):
            return self.error(tabs, "a tab stands at the beginning of the line; use spaces", "行首使用了制表符（Tab）；请改用空格")
        wide = next((number for number, row in enumerate(rows, 1) if re.match(r" *\u3000\s*[^\s#]", row)), None)
        if wide:
            return self.error(wide, *_WIDE_INDENT)
        if line and re.search(r"[{\[][^#\"']*\uff0c", rows[line - 1]):
            mended = rows[line - 1].strip().replace("\uff0c", ", ").replace(",  ", ", ")
            en, zh = "the comma is full-width (\uff0c); write a comma and a space: {row}", "逗号是全角的（\uff0c）；请用半角逗号加空格：{row}"
            return self.error(line, en, zh, row=mended)
        try:
            self.refuse_wide_colon()
        except ConfigurationError as found:
            return found
        why = getattr(error, "problem", None) or str(error).splitlines()[0]
        en = "cannot be read as YAML ({why}); look for quotes or brackets left open, or lines that do not begin in the same column as those above"
        return self.error(line, en, "不符合 YAML 格式（{why}）；请检查引号、括号是否成对，以及各行缩进是否对齐", why=why)
