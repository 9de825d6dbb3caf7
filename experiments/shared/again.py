"""``from=RESULT``: a result once more, from its folder; further words change it.

The folder's ``config.yaml`` says everything that was decided, so that files which have changed since play no part. ``provenance.json`` says what made
it; what is otherwise now is told before the run. Where nothing was changed, the new files are compared with those of the folder, byte by byte.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ValidationError

from experiments.shared.errors import MistakeError
from experiments.shared.own_taken import refuse_in_result
from experiments.shared.provenance import circumstances
from experiments.shared.unreadable import why_unreadable
from experiments.shared.yaml_text import plain_in
from sim.bilingual import Sentence, message_of, sentence
from sim.configuration import ConfigurationError, register_defaults
from sim.own_file import NO_SET, refuse_placeholders
from sim.own_files import own_in_use
from sim.wording import shown
from sim.yaml_files import at_line, read_file

FROM = "from="
CONFIGURATION, PROVENANCE = "config.yaml", "provenance.json"
AXES = "axes"
"""Key of a sweep's ``config.yaml``: each varied key with its values as written."""
STORED = "from_result"
"""Name under which Hydra finds the configuration of a result."""
OF_FILES = {"programme": "programme_name", "place": "place_name"}
"""Key of ``config.yaml`` → the key of files that says the same: in a file the first chooses another file."""
CHOICES = ("programme", "place", "region", "population", "market", "behaviour", "comparison", "study")
"""Keys that choose a file, of which a result has its own."""
NO_MATTER = ("output", "workers", "scheduler", "figures", "language", "points")
"""Keys of a command that no number depends on; the points of a sweep stand under `AXES`, wherever they were read."""
NOT_COMPARED = (PROVENANCE, "manifest.json", "figures.unfinished.json")


@dataclass(frozen=True)
class Earlier:
    """A result that is to be made again.

    Attributes:
        folder: Its folder.
        verb: The verb that made it.
        content: Its ``config.yaml``.
        provenance: Its ``provenance.json``; empty where there is none.
        is_changed: Whether ``config.yaml`` is not as it was written; None where nobody can tell.
    """

    folder: Path
    verb: str
    content: dict[str, Any]
    provenance: dict[str, Any]
    is_changed: bool | None

    @property
    def axes(self) -> dict[str, list[str]]:
        """The keys that a sweep varied, each with its values as written."""
        found: dict[str, list[str]] = self.content.get(AXES) or {}
        return found


class _Provenance(BaseModel, strict=True):
    """What of a ``provenance.json`` is read here."""

    verb: Literal["run", "compare", "sweep", "trial", "calibrate", "sensitivity", "optimise", "validate"] | None = None
    words: list[str] = []
    config_sha256: str | None = None
    own_files: dict[str, str] = {}
    libraries: dict[str, str | None] = {}
    yizhan: str | None = None
    python: str | None = None
    sources_sha256: str | None = None


def split_from(words: Sequence[str]) -> tuple[list[str], str | None]:
    """Tell ``from=RESULT`` from the other words.

    Raises:
        MistakeError: Given twice, or empty.
    """
    named = [word.lstrip("+")[len(FROM) :].strip("'\"") for word in words if word.lstrip("+").startswith(FROM)]
    if len(named) > 1 or "" in named:
        raise MistakeError(Sentence(
            "from= names one folder of a result, such as from=results/run/DATE_TIME_NAME",
            "from= 应为一个结果目录，如 from=results/run/日期_时间_名称",
        ))  # fmt: skip
    return [word for word in words if not word.lstrip("+").startswith(FROM)], named[0] if named else None


def earlier_of(words: Sequence[str], verb: str) -> Earlier | None:
    """Read the result that the words name; None where they name none.

    Args:
        words: The words after the verb.
        verb: The verb; empty: any.

    Raises:
        MistakeError: No result, one of another verb, or words that choose other files.
    """
    others, named = split_from(words)
    if named is None:
        return None
    earlier = read_earlier(named)
    if verb and earlier.verb and earlier.verb != verb:
        raise MistakeError(sentence(
            "from={folder} was made by yizhan {of}; write yizhan {of} from={folder}",
            "from={folder} 由 yizhan {of} 生成；请写 yizhan {of} from={folder}",
            folder=named, of=earlier.verb,
        ))  # fmt: skip
    for word in others:
        key = word.lstrip("+~").partition("=")[0]
        if key in CHOICES and not (key == "behaviour" and "{" in word):
            raise MistakeError(sentence(
                "{word}: from= brings its own {key} with it; leave out {key}=, or change single keys such as policy.lodging.free_nights=3",
                "{word}：from= 已自带 {key}；请去掉 {key}=，或改动单个键，如 policy.lodging.free_nights=3", word=word, key=key,
            ))  # fmt: skip
    return earlier


def read_earlier(named: str) -> Earlier:
    """Read the folder of a result, or its ``config.yaml``.

    Raises:
        MistakeError: It is none.
    """
    path = Path(named).expanduser()
    file = path / CONFIGURATION if path.is_dir() else path
    if not file.is_file() or file.name != CONFIGURATION:
        what = Sentence("there is no such folder", "没有这个目录") if not path.exists() else Sentence(
            f"there is no {CONFIGURATION} in it", f"其中没有 {CONFIGURATION}",
        )  # fmt: skip
        raise MistakeError(sentence(
            "from={named}: {what}; name the folder of a result, such as results/run/DATE_TIME_NAME",
            "from={named}：{what}；请给出结果目录，如 results/run/日期_时间_名称", named=named, what=what,
        ))  # fmt: skip
    provenance = _provenance_beside(file)
    digest = provenance.get("config_sha256")
    try:
        written = file.read_bytes()
        is_changed = None if digest is None else hashlib.sha256(written).hexdigest() != digest
        content = plain_in(written.decode("utf-8")) if is_changed is False else _read_strictly(file)
    except ConfigurationError as error:
        raise MistakeError(sentence("from=: {why}", "from=：{why}", why=message_of(error))) from None
    except (OSError, ValueError, yaml.YAMLError, RecursionError) as error:
        raise MistakeError(_unreadable(file, why_unreadable(error))) from None
    return Earlier(file.parent, provenance.get("verb") or "", content, provenance, is_changed)


def _read_strictly(file: Path) -> dict[str, Any]:
    """Read a ``config.yaml`` that somebody may have changed, as own files are read.

    Raises:
        ConfigurationError: What no result has in it, with its line.
    """
    read = read_file(file)
    refuse_placeholders(read)
    for key in ("defaults", "hydra", "_target_"):
        if key in read.content:
            en, zh = "a result has no key {key}; leave it out", "结果中没有键 {key}；请删去"
            raise ConfigurationError(at_line(file, read.lines[key], sentence(en, zh, key=key)))
    axes = read.content.get(AXES) or {}
    if not isinstance(axes, dict) or not all(isinstance(of, list) and all(isinstance(value, str) for value in of) for of in axes.values()):
        en, zh = "{key} has each varied key with its values as texts: KEY: ['1', '2']", "{key} 列出各个变动的键及其取值（文本）：KEY: ['1', '2']"
        raise ConfigurationError(at_line(file, read.lines[AXES], sentence(en, zh, key=AXES)))
    return read.content


def _provenance_beside(file: Path) -> dict[str, Any]:
    """Read the ``provenance.json`` beside a ``config.yaml``; empty where there is none.

    Raises:
        MistakeError: It is none.
    """
    beside = file.with_name(PROVENANCE)
    if not beside.is_file():
        return {}
    try:
        content: dict[str, Any] = json.loads(beside.read_text(encoding="utf-8"))
        _Provenance.model_validate(content)
    except ValidationError as error:
        detail = error.errors()[0]
        key, given = ".".join(map(str, detail["loc"])), shown(detail["input"])
        why = sentence("{key} is {given}", "{key} 为 {given}", key=key, given=given) if key else Sentence("no table of keys", "不是一组键")
        raise MistakeError(_unreadable(beside, why)) from None
    except (OSError, ValueError, RecursionError) as error:
        raise MistakeError(_unreadable(beside, why_unreadable(error))) from None
    return content


def _unreadable(file: Path, why: Sentence | str) -> Sentence:
    return sentence(
        "from={folder}: {file} cannot be read ({why}); name the folder of a whole result",
        "from={folder}：无法读取 {file}（{why}）；请给出完整的结果目录",
        folder=file.parent, file=file.name, why=why,
    )  # fmt: skip


def register_earlier(earlier: Earlier, verb: str) -> str:
    """Tell Hydra the configuration of a result, and whoever finds a mistake where it is. Returns the name by which Hydra finds it.

    Raises:
        ConfigurationError: What Hydra would read otherwise than it is written, with its line.
    """
    file = own_in_use().result = earlier.folder / CONFIGURATION
    refuse_in_result(file, earlier.content)
    content = {OF_FILES.get(key, key): value for key, value in earlier.content.items() if key not in ("output", AXES)}
    content.setdefault("behaviour_set", {"name": NO_SET})  # of before there were sets
    dropped = [{f"override {group}": None} for group in ("comparison", "study") if group in content]
    register_defaults(STORED, {"defaults": [verb, *dropped, "_self_"], **content})
    return STORED


def stored_earlier() -> dict[str, Any]:
    """Return the configuration of the result that Hydra was told of: the home, and the time, from which further words take it."""
    from hydra.core.config_store import ConfigStore
    from omegaconf import OmegaConf

    content: dict[str, Any] = OmegaConf.to_container(ConfigStore.instance().load(f"{STORED}.yaml").node)  # type: ignore[assignment]
    return content


def otherwise_now(earlier: Earlier) -> Iterator[Sentence]:
    """Say what is not as it was when the result was made."""
    if earlier.is_changed:
        yield sentence(
            "{file} was changed after the result was written: what runs is the changed file.", "{file} 在结果写成后被改动过：现按改动后的文件运行。",
            file=earlier.folder / CONFIGURATION,
        )  # fmt: skip
    if earlier.is_changed is None:
        yield sentence(
            "{folder} has no digest of its config.yaml: nobody can tell whether it was changed.",
            "{folder} 没有 config.yaml 的摘要：无法判断其是否被改动。",
            folder=earlier.folder,
        )  # fmt: skip
    if not earlier.provenance:
        return
    for name, digest in (earlier.provenance.get("own_files") or {}).items():
        now_there = _bytes_of(Path(name))
        if now_there is not None and hashlib.sha256(now_there).hexdigest() != digest:
            yield sentence(
                "{file} was changed since {folder} was made from it; what runs is what {folder} has kept of it.",
                "{file} 在生成 {folder} 之后被改动过；现按 {folder} 中保存的内容运行。", file=name, folder=earlier.folder,
            )  # fmt: skip
    now = circumstances()
    libraries = earlier.provenance.get("libraries") or {}
    then = {**{key: earlier.provenance.get(key) for key in now if key != "libraries"}, **{f"libraries.{name}": of for name, of in libraries.items()}}
    today = {**{key: value for key, value in now.items() if key != "libraries"}, **{f"libraries.{name}": of for name, of in now["libraries"].items()}}
    moved = [(key, then.get(key), value) for key, value in today.items() if then.get(key) != value]
    if moved:
        shown = "; ".join(f"{key.removeprefix('libraries.')} {_short(old)} → {_short(new)}" for key, old, new in moved)
        yield sentence(
            "Not as it was when {folder} was made: {shown}. The numbers may differ.", "与生成 {folder} 时不同：{shown}。数字可能有差别。",
            folder=earlier.folder, shown=Sentence(shown, shown.replace("; ", "；")),
        )  # fmt: skip


def is_the_same(earlier: Earlier, folder: Path) -> bool:
    """Tell whether a new result was asked for with the same settings, so that it has to be the same."""
    both = earlier.content, read_earlier(str(folder)).content
    old, new = ({key: value for key, value in content.items() if key not in NO_MATTER} for content in both)
    return not earlier.is_changed and old == new


def differing_files(earlier: Earlier, folder: Path) -> tuple[list[str], list[str], list[str]]:
    """Compare the numbers of two results of the same settings, byte by byte.

    Args:
        earlier: The one.
        folder: Folder of the other.

    Returns:
        Names of the files that are the same; of those that differ; of those that only one of the folders has as a file that can be read.
    """
    old, new = ({path.name: _bytes_of(path) for path in where.iterdir() if _holds_numbers(path)} for where in (earlier.folder, folder))
    both = [name for name in sorted(old) if old[name] is not None and new.get(name) is not None]
    same = [name for name in both if old[name] == new[name]]
    return same, [name for name in both if name not in same], sorted({*old, *new} - set(both))


def _bytes_of(path: Path) -> bytes | None:
    """Return what is in a file; None where it cannot be read, or is a folder."""
    try:
        return path.read_bytes()
    except (OSError, ValueError):
        return None


def _holds_numbers(path: Path) -> bool:
    return path.suffix in (".json", ".parquet", ".csv") and path.name not in NOT_COMPARED and not path.name.startswith("story")


def _short(value: object) -> str:
    text = "–" if value is None else str(value)
    return text[:12] if len(text) == 64 else text
