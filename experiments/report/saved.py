"""A finished result as it lies in its folder: what it is of, its settings, its scenario, where it comes from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from experiments.shared.batches.store import COMPLETE, read_manifest
from experiments.shared.errors import MistakeError
from sim.bilingual import Sentence, message_of, sentence
from sim.errors import ConfigurationError
from sim.own_files import Own, using
from sim.scenario import Scenario

MARKS = {"comparison.json": "compare", "trial.json": "trial", "optimum.json": "optimise", "sweep.parquet": "sweep", "summary.json": "run"}
"""File that a verb writes → that verb; the first that is there counts."""
OTHERS = {"validation.json": "validate", "sensitivity.json": "sensitivity", "information.json": "sensitivity", "discovery.json": "sensitivity",
          "calibration.json": "calibrate", "check.json": "check", "bench.json": "bench"}
"""The same of verbs whose results have no report."""
NEEDED = ("config.yaml", "provenance.json")
UNREADABLE = (KeyError, TypeError, IndexError, AttributeError, OSError, ValueError, ConfigurationError, RecursionError)
"""What goes wrong where files are not what they were written as."""


@dataclass(frozen=True)
class Saved:
    """A finished result.

    Attributes:
        folder: Its folder.
        kind: The verb that made it.
        config: Its ``config.yaml``.
        provenance: Its ``provenance.json``.
        scenario: Its scenario.
    """

    folder: Path
    kind: str
    config: dict[str, Any]
    provenance: dict[str, Any]
    scenario: Scenario

    def json(self, name: str) -> dict[str, Any]:
        """Read one of its JSON files."""
        return read_json(self.folder / name)


def read_json(path: Path) -> dict[str, Any]:
    """Read a JSON file that holds keys.

    Raises:
        TypeError: It holds something else.
    """
    content = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(content, dict):
        raise TypeError(sentence("{file} holds no keys", "{file} 中没有键", file=path.name))
    return content


@contextmanager
def opened(named: str) -> Iterator[Saved]:
    """Read the folder of a result; what its settings name is found beside them within the block.

    Raises:
        MistakeError: It is none, is not finished, or cannot be read.
    """
    folder = Path(named).expanduser()
    kind = _kind_of(folder, named)
    file = folder / NEEDED[0]
    with reading(folder, kind), using(Own(result=file)):  # the copies of its sets of behaviours lie beside it
        config = yaml.safe_load(file.read_text(encoding="utf-8"))
        scenario = Scenario.model_validate({key: value for key, value in config.items() if key in Scenario.model_fields})
        yield Saved(folder, kind, config, read_json(folder / NEEDED[1]), scenario)


@contextmanager
def reading(folder: Path, kind: str) -> Iterator[None]:
    """Say of whatever cannot be read which folder it is, and why.

    Raises:
        MistakeError: Something is not as it was written.
    """
    try:
        yield
    except UNREADABLE as error:
        why = message_of(error) if isinstance(error, ConfigurationError) else Sentence(*[_shortly(error)] * 2)
        raise MistakeError(sentence(
            "{folder} cannot be read as a result of yizhan {kind} ({why}); make it again with this version, or use the one in its provenance.json",
            "无法将 {folder} 作为 yizhan {kind} 的结果读取（{why}）；请用本版本重新运行，或使用其 provenance.json 所记的版本",
            folder=folder, kind=kind, why=why,
        )) from None  # fmt: skip
    except yaml.YAMLError as error:
        raise MistakeError(sentence(
            "{folder}: config.yaml cannot be read ({why}); make the result again", "{folder}：无法读取 config.yaml（{why}）；请重新运行",
            folder=folder, why=_shortly(error),
        )) from None  # fmt: skip


def _shortly(error: BaseException) -> str:
    first = (str(error).splitlines() or [""])[0]
    return f"{type(error).__name__}: {first}".strip(": ")[:200]


def _kind_of(folder: Path, named: str) -> str:
    """Return what a folder is a result of.

    Raises:
        MistakeError: Of nothing that has a report, or it is not finished.
    """
    if not folder.is_dir():
        raise MistakeError(sentence(
            "{named}: there is no such folder; name the folder of a finished result, such as results/compare/DATE_TIME_NAME",
            "{named}：没有这个目录；请给出已完成的结果目录，如 results/compare/日期_时间_名称", named=named,
        ))  # fmt: skip
    other = next((verb for name, verb in OTHERS.items() if (folder / name).is_file()), "")
    if other:
        raise MistakeError(sentence(
            "{named} is a result of yizhan {verb}, of which there is no report; there is one of run, compare, trial, sweep and optimise",
            "{named} 是 yizhan {verb} 的结果，没有报告；run、compare、trial、sweep 与 optimise 的结果才有", named=named, verb=other,
        ))  # fmt: skip
    manifest = read_manifest(folder)
    if manifest is not None and manifest.get("state") != COMPLETE:
        raise MistakeError(sentence(
            "{named} is not finished; the command that made it goes on where it stopped: {command}",
            "{named} 尚未完成；再次执行原命令即从中断处继续：{command}", named=named, command=manifest["command"],
        ))  # fmt: skip
    kind = next((verb for name, verb in MARKS.items() if (folder / name).is_file()), "")
    missing = next((name for name in NEEDED if not (folder / name).is_file()), "")
    if not kind or missing:
        raise MistakeError(sentence(
            "{named} is no finished result of yizhan: it has no {missing}; name the folder of one, such as results/compare/DATE_TIME_NAME",
            "{named} 不是 yizhan 的完整结果：其中没有 {missing}；请给出结果目录，如 results/compare/日期_时间_名称",
            named=named, missing=missing or "summary.json",
        ))  # fmt: skip
    return kind
