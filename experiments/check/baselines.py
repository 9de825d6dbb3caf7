"""Baselines: what a small run of a programme gave when its output was last accepted, in one text file a programme.

The file holds how the run was made (replicates, seed, overrides), the resolved configuration, every value at the end of each replicate,
and every daily value, all of them exactly. Its bytes depend on this content alone, not on versions or the time, so writing an unchanged
baseline again changes nothing, and a difference between two files can be read.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from experiments.check.exact_text import Values, decode, encode, plain_number
from experiments.shared.whole_files import write_all
from sim.bilingual import Sentence, sentence
from sim.results import Results
from sim.scenario import Scenario

FORMAT = 1
SIGNATURE = "yizhan_baseline"
"""Key of the format's number, at the head of every baseline."""
HEAD = 200
"""Bytes within which the signature stands, even where a merge has left its marks."""
NOT_COMPARED = ("programme", "place", "title", "title_zh", "reported")
"""Parts of a scenario that no simulated value depends on."""
MISSING = Sentence("is not there", "不存在")
FOREIGN = Sentence("is not a baseline of yizhan", "不是 yizhan 的基线文件")
BROKEN = Sentence("is broken: half a file, or one with the marks of a merge", "文件已损坏（不完整或含有合并冲突标记）")
OF_ANOTHER = Sentence("is the baseline of another programme", "是另一个项目的基线")
OTHER_FORMAT = sentence("is not in format {n}, which this version reads", "不是当前版本所读的格式 {n}", n=FORMAT)
CHANGED = Sentence("does not agree with its own checksum: changed by hand, or by a merge", "与自身校验和不符（被手工修改或合并过）")
INCOMPLETE = Sentence("lacks what a baseline holds", "缺少基线应有的内容")
IMPOSSIBLE = Sentence("holds what no baseline can hold: {key} is {value}", "含有基线不可能有的内容：{key} 为 {value}")
SHORT = 60
"""Letters of a wrong value that are told."""
MOST_REPLICATES, LARGEST_SEED = 1000, 2**32 - 1


@dataclass(frozen=True)
class Settings:
    """How a baseline is made from its programme.

    Attributes:
        replicates: Number of replicates.
        seed: Seed of every draw.
        overrides: Dotted key → value.
    """

    replicates: int
    seed: int
    overrides: dict[str, Any]


@dataclass(frozen=True)
class Baseline:
    """What a programme gave.

    Attributes:
        programme: Name of the programme.
        settings: How it was made.
        configuration: Dotted key → value of the resolved scenario.
        at_end: Name → value at the end of each replicate, shape (replicates,), NaN where not defined: outcomes, and measures of groups as
            ``group.ATTRIBUTE.GROUP.MEASURE``.
        daily: Name → daily values, shape (replicates, days): outcomes, and ``station_beds_open.DISTRICT``, ``station_beds_used.DISTRICT``.
    """

    programme: str
    settings: Settings
    configuration: dict[str, Any]
    at_end: dict[str, Values]
    daily: dict[str, Values]


class UnusableError(Exception):
    """A baseline that is not there, or cannot be used.

    Args:
        reason: Why.
        is_foreign: Whether the file is somebody else's, which must not be overwritten.
    """

    def __init__(self, reason: Sentence, *, is_foreign: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_foreign = is_foreign


def baseline_of(results: Results, settings: Settings) -> Baseline:
    """Return what is kept of some results."""
    at_end = dict(results.outcomes)
    for attribute, groups in results.runs[0].groups.items():
        for group, measures in groups.items():
            for measure in measures:
                values = [run.groups[attribute][group][measure] for run in results.runs]
                at_end[f"group.{attribute}.{group}.{measure}"] = np.array(values, dtype=np.float64)
    return Baseline(results.name, settings, configuration_of(results.scenario), at_end, results.series)


def configuration_of(scenario: Scenario) -> dict[str, Any]:
    """Return every value that the simulation depends on, by dotted key."""
    plain = {key: value for key, value in scenario.model_dump(mode="json").items() if key not in NOT_COMPARED}
    if scenario.behaviour_set.found is None:  # as if there were no sets
        del plain["behaviour_set"]
    return dict(_leaves("", plain))


def path_of(folder: Path, programme: str) -> Path:
    """Return the file of a programme's baseline."""
    return folder / f"{programme}.json"


def names_in(folder: Path) -> list[str]:
    """Return the names of the programmes that have a baseline in a folder, whether or not it can be used."""
    if not folder.is_dir():
        return []
    return sorted(path.stem for path in folder.glob("[!.]*.json") if path.is_file() and _is_signed(path.read_bytes()))


def render(baseline: Baseline) -> str:
    """Write a baseline as text: the same text for the same content."""
    content: dict[str, Any] = {
        SIGNATURE: FORMAT,
        "programme": baseline.programme,
        "replicates": baseline.settings.replicates,
        "seed": baseline.settings.seed,
        "overrides": _ordered(baseline.settings.overrides),
        "configuration": _ordered(baseline.configuration),
        "at_end": {name: [plain_number(value) for value in values.tolist()] for name, values in _ordered(baseline.at_end).items()},
        "daily": {name: [encode(replicate) for replicate in values] for name, values in _ordered(baseline.daily).items()},
    }
    content["sha256"] = _digest(content)
    return "{\n" + ",\n".join(f' "{name}": {_table(value) if isinstance(value, dict) else _json(value)}' for name, value in content.items()) + "\n}\n"


def read_baseline(folder: Path, programme: str) -> Baseline:
    """Read a programme's baseline.

    Args:
        folder: Folder of the baselines.
        programme: Name of the programme.

    Raises:
        UnusableError: It is not there, cannot be read, is broken, or is something else.
    """
    try:
        written = path_of(folder, programme).read_bytes()
    except FileNotFoundError:
        raise UnusableError(MISSING) from None
    except OSError as error:
        raise UnusableError(sentence("cannot be read ({why})", "无法读取（{why}）", why=error.strerror), is_foreign=True) from None
    if written.strip() and not _is_signed(written):
        raise UnusableError(FOREIGN, is_foreign=True)
    return parse(written, programme)


def parse(written: bytes, programme: str) -> Baseline:
    """Read the text of a baseline.

    Args:
        written: The bytes of the file.
        programme: The programme that it should belong to.

    Raises:
        UnusableError: It is broken, of another format, or of another programme.
    """
    try:
        content = json.loads(written.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise UnusableError(BROKEN) from None
    if not isinstance(content, dict):
        raise UnusableError(BROKEN)
    digest = content.pop("sha256", None)
    if content.get(SIGNATURE) != FORMAT:
        raise UnusableError(OTHER_FORMAT)
    if content.get("programme") != programme:
        raise UnusableError(OF_ANOTHER)
    if digest != _digest(content):
        raise UnusableError(CHANGED)
    try:
        settings = Settings(content["replicates"], content["seed"], content["overrides"])
        refuse_impossible(content)
        at_end = {key: np.array([math.nan if value is None else float(value) for value in values]) for key, values in content["at_end"].items()}
        daily = {key: np.stack([decode(line) for line in lines]) for key, lines in content["daily"].items()}
        return Baseline(programme, settings, content["configuration"], at_end, daily)
    except (KeyError, ValueError, TypeError, AttributeError, ArithmeticError):
        raise UnusableError(INCOMPLETE) from None


def refuse_impossible(content: dict[str, Any]) -> None:
    """Refuse what no check has ever written, whatever its checksum says: by hand, or by another program.

    Raises:
        UnusableError: Settings or tables of another kind, or other numbers of replicates than the settings say.
    """
    replicates, seed = content["replicates"], content["seed"]
    is_right = {
        "replicates": _is_whole(replicates) and 1 <= replicates <= MOST_REPLICATES,
        "seed": _is_whole(seed) and 0 <= seed <= LARGEST_SEED,
        **{name: isinstance(content[name], dict) for name in ("overrides", "configuration", "at_end", "daily")},
    }
    for name, right in is_right.items():
        if not right:
            raise UnusableError(_impossible(name, content[name]))
    for name in ("at_end", "daily"):
        for key, values in content[name].items():
            if not isinstance(values, list) or len(values) != replicates:
                raise UnusableError(_impossible(f"{name}.{key}", values))


def _impossible(key: str, value: object) -> Sentence:
    written = _json(value)
    short = written if len(written) <= SHORT else f"{written[:SHORT]}…"
    return sentence(IMPOSSIBLE, IMPOSSIBLE.zh, key=key, value=short)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def write_baselines(folder: Path, texts: dict[str, str]) -> None:
    """Write the baselines of some programmes: all of them, or, if anything goes wrong, none.

    Args:
        folder: Folder of the baselines; made if need be.
        texts: Programme → text of its baseline.

    Raises:
        OSError: One of them cannot be written; every baseline is as it was.
    """
    folder.mkdir(parents=True, exist_ok=True)
    write_all({path_of(folder, name): text for name, text in texts.items()})


def _leaves(key: str, plain: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    """Yield the dotted key and value of everything in some plain data that holds nothing else."""
    if isinstance(plain, (dict, list)) and plain:
        members = plain.items() if isinstance(plain, dict) else enumerate(plain)
        for name, value in members:
            yield from _leaves(f"{key}.{name}" if key else str(name), value)
    else:
        yield key, plain


def _ordered(entries: dict[str, Any]) -> dict[str, Any]:
    return {name: entries[name] for name in sorted(entries)}


def _json(value: Any) -> str:  # noqa: ANN401
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _table(entries: dict[str, Any]) -> str:
    """Write a table with a line for each entry, and for each text in a list."""
    lines = []
    for name, value in entries.items():
        texts = isinstance(value, list) and value and isinstance(value[0], str)
        written = "[\n   " + ",\n   ".join(_json(text) for text in value) + "]" if texts else _json(value)
        lines.append(f"  {_json(name)}: {written}")
    return "{\n" + ",\n".join(lines) + "\n }" if lines else "{}"


def _digest(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _is_signed(written: bytes) -> bool:
    return f'"{SIGNATURE}"'.encode() in written[:HEAD]


def _refuse(constant: str) -> float:
    message = f"{constant} is not JSON"
    raise ValueError(message)
