"""A finished result as it lies in its folder: what it is of, its settings, its scenario, where it comes from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from experiments.shared.batches.store import COMPLETE, read_manifest
from experiments.shared.errors import MistakeError
from experiments.shared.unreadable import UNREADABLE, told_by_name, why_unreadable
from experiments.shared.yaml_text import plain_in
from sim.bilingual import listed, sentence
from sim.errors import ConfigurationError
from sim.own_files import Own, using
from sim.scenario import Scenario, known_keys
from sim.wording import explain_value

if TYPE_CHECKING:
    from numpy.typing import NDArray

MARKS = {"comparison.json": "compare", "trial.json": "trial", "optimum.json": "optimise", "sweep.parquet": "sweep",
         "validation.json": "validate", "calibration.json": "calibrate", "sensitivity.json": "sensitivity", "information.json": "sensitivity",
         "discovery.json": "sensitivity", "summary.json": "run"}  # fmt: skip
"""File that a verb writes → that verb; the first that is there counts."""
OTHERS = {"check.json": "check", "bench.json": "bench"}
"""The same of verbs whose results have no report."""
NEEDED = ("config.yaml", "provenance.json")


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

    def entries(self, name: str) -> list[dict[str, Any]]:
        """Read one of its JSON files that holds a list.

        Raises:
            TypeError: It holds something else.
        """
        content = json.loads((self.folder / name).read_text(encoding="utf-8"))
        if not isinstance(content, list):
            raise TypeError(sentence("{file} holds no list", "{file} 中不是列表", file=name))
        return content

    def columns(self, name: str) -> dict[str, NDArray[Any]]:
        """Read the columns of one of its tables."""
        import pyarrow.parquet as pq

        table = pq.read_table(self.folder / name)
        return {column: table[column].to_numpy(zero_copy_only=False) for column in table.column_names}


def read_json(path: Path) -> dict[str, Any]:
    """Read a JSON file that holds keys.

    Raises:
        ConfigurationError: It cannot be read, or holds something else.
    """
    with told_by_name(path):
        return _keys_of(json.loads(path.read_text(encoding="utf-8")))


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
        with told_by_name(file):
            config = _keys_of(plain_in(file.read_text(encoding="utf-8")))
            scenario = _scenario_of(config)
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
        raise MistakeError(sentence(
            "{folder} cannot be read as a result of yizhan {kind} ({why}); make it again with this version, or use the one in its provenance.json",
            "无法将 {folder} 作为 yizhan {kind} 的结果读取（{why}）；请用本版本重新运行，或使用其 provenance.json 所记的版本",
            folder=folder, kind=kind, why=why_unreadable(error),
        )) from None  # fmt: skip


def _keys_of(content: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return content that is a table of keys.

    Raises:
        ConfigurationError: It is something else.
    """
    if not isinstance(content, dict):
        raise ConfigurationError(sentence("it is no table of keys", "其内容不是一组键"))
    return content


def _scenario_of(config: Mapping[str, Any]) -> Scenario:
    """Make the scenario of a ``config.yaml``, in which the keys of the command stand, too.

    Raises:
        ConfigurationError: A value that is not allowed, or none where one has to be.
    """
    try:
        return Scenario.model_validate({key: value for key, value in config.items() if key in Scenario.model_fields})
    except ValidationError as error:
        raise ConfigurationError(explain_value(error.errors()[0], Scenario, known_keys())) from None


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
            "{named} is a result of yizhan {verb}, of which there is no report; there is one of {verbs}",
            "{named} 是 yizhan {verb} 的结果，没有报告；{verbs} 的结果才有", named=named, verb=other, verbs=listed(dict.fromkeys(MARKS.values())),
        ))  # fmt: skip
    manifest = read_manifest(folder)
    if manifest is not None and manifest.get("state") != COMPLETE:
        raise MistakeError(sentence(
            "{named} is not finished; the command that made it goes on where it stopped: {command}",
            "{named} 尚未完成；再次执行原命令即从中断处继续：{command}", named=named, command=manifest["command"],
        ))  # fmt: skip
    kind = next((verb for name, verb in MARKS.items() if (folder / name).is_file()), "")
    of_verb = [name for name, verb in MARKS.items() if manifest is not None and verb == manifest.get("verb")]  # of several, one is there
    needed = (*NEEDED, *(of_verb[:1] if not any((folder / name).is_file() for name in of_verb) else ()))
    missing = next((name for name in needed if not (folder / name).is_file()), "")
    if not kind or missing:
        raise MistakeError(sentence(
            "{named} is no finished result of yizhan: it has no {missing}; name the folder of one, such as results/compare/DATE_TIME_NAME",
            "{named} 不是 yizhan 的完整结果：其中没有 {missing}；请给出结果目录，如 results/compare/日期_时间_名称",
            named=named, missing=missing or "summary.json",
        ))  # fmt: skip
    return kind
