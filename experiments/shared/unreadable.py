"""Why a file that yizhan writes cannot be read: changed by hand, cut off, of another version."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml

from sim.bilingual import Sentence, message_of, sentence
from sim.errors import ConfigurationError, why_of

UNREADABLE = (KeyError, TypeError, IndexError, AttributeError, ArithmeticError, OSError, ValueError, RecursionError, yaml.YAMLError)
"""What goes wrong where files are not what they were written as."""


@contextmanager
def told_by_name(path: Path) -> Iterator[None]:
    """Say of what cannot be read within the block which file it is, and why.

    Raises:
        ConfigurationError: Something is not as it was written.
    """
    try:
        yield
    except UNREADABLE as error:
        raise ConfigurationError(sentence("{file}: {why}", "{file}：{why}", file=path.name, why=why_unreadable(error))) from None


def why_unreadable(error: BaseException) -> Sentence:
    """Return why, in both languages and in no words of Python.

    Args:
        error: What went wrong where the file was opened, or where what stands in it was looked for.
    """
    if isinstance(error, ConfigurationError) or (error.args and isinstance(error.args[0], Sentence)):
        return message_of(error)
    if isinstance(error, OSError) and error.errno:
        return why_of(error)
    if isinstance(error, json.JSONDecodeError):
        return sentence("it is no JSON from line {line} on", "自第 {line} 行起不是 JSON", line=error.lineno)
    if isinstance(error, UnicodeDecodeError):
        return Sentence("it is not UTF-8", "编码不是 UTF-8")
    if isinstance(error, RecursionError):
        return Sentence("it is nested too deeply", "嵌套过深")
    if isinstance(error, KeyError) and error.args:
        return sentence("{key!r} is missing in it", "其中缺少“{key}”", key=error.args[0])
    if mark := getattr(error, "problem_mark", None):
        return sentence("it is no YAML from line {line} on", "自第 {line} 行起不是 YAML", line=mark.line + 1)
    if isinstance(error, (yaml.YAMLError, OSError)) or type(error).__module__.startswith("pyarrow"):
        return Sentence("it is damaged", "文件已损坏")
    return Sentence("a value in it is of another kind than is written there", "其中有值的类型与写入时不符")
