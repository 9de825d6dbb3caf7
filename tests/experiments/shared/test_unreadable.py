"""Why a file of a result cannot be read: which file, what is wrong with it, in both languages, in no words of Python."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import yaml

from experiments.shared.unreadable import told_by_name, why_unreadable
from sim.bilingual import in_language
from sim.errors import ConfigurationError

WRONG: list[tuple[bytes, Callable[[Path], Any], str, str]] = [
    (b'{\n"a": ', lambda path: json.loads(path.read_text(encoding="utf-8")), "it is no JSON from line 2 on", "自第 2 行起不是 JSON"),
    (b"\xff\xfe", lambda path: path.read_text(encoding="utf-8"), "it is not UTF-8", "编码不是 UTF-8"),
    (b"[" * 100_000, lambda path: json.loads(path.read_text(encoding="utf-8")), "it is nested too deeply", "嵌套过深"),
    (b"{}", lambda path: json.loads(path.read_text(encoding="utf-8"))["mean"], "'mean' is missing in it", "其中缺少“mean”"),
    (b"a: 1\nb: [", lambda path: yaml.safe_load(path.read_text(encoding="utf-8")), "it is no YAML from line 2 on", "自第 2 行起不是 YAML"),
    (b"a: \0", lambda path: yaml.safe_load(path.read_text(encoding="utf-8")), "it is damaged", "文件已损坏"),
    (b"PAR1", pq.read_table, "it is damaged", "文件已损坏"),
    (b"3", lambda path: json.loads(path.read_text(encoding="utf-8")).items(), "a value in it is of another kind", "其中有值的类型"),
    (b'"x"', lambda path: float(json.loads(path.read_text(encoding="utf-8"))), "a value in it is of another kind", "其中有值的类型"),
]


@pytest.mark.parametrize(("content", "read", "english", "chinese"), WRONG, ids=[english for _, _, english, _ in WRONG])
def test_what_is_wrong_with_a_file_is_told(tmp_path: Path, content: bytes, read: Callable[[Path], Any], english: str, chinese: str) -> None:
    (tmp_path / "of.result").write_bytes(content)
    with pytest.raises(ConfigurationError) as caught, told_by_name(tmp_path / "of.result"):
        read(tmp_path / "of.result")
    assert in_language(caught.value, "en").startswith(f"of.result: {english}")
    assert in_language(caught.value, "zh").startswith(f"of.result：{chinese}")


def test_the_system_and_the_configuration_speak_for_themselves(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="No such file"), told_by_name(tmp_path / "nothing"):
        (tmp_path / "nothing").read_bytes()
    assert str(why_unreadable(ConfigurationError("days is -1"))) == "days is -1"
