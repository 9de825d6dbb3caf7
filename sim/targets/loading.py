"""Reading a file of targets strictly: every mistake with file, line and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from sim.bilingual import Sentence, joined, sentence
from sim.composing import choose, known_names
from sim.errors import ConfigurationError
from sim.own_file import TARGETS
from sim.own_files import current_own, shipped, using
from sim.readings import plain_signs, understand
from sim.targets.measuring import MEASURES
from sim.targets.target import CALIBRATION, HELD_OUT, Target, TargetFile
from sim.wording import explain_value, unknown
from sim.yaml_files import YamlFile, at_line, read_file

NAME = re.compile("[a-z][a-z0-9_]*")
USUAL = "labour_market"
"""The targets that are meant where none are named."""


@dataclass(frozen=True)
class Targets:
    """The targets of one file.

    Attributes:
        name: Name of the file.
        path: The file.
        digest: SHA-256 of its bytes.
        title: What they are called.
        note: What to know of them together.
        by_name: Name → target, in the order of the file.
    """

    name: str
    path: Path
    digest: str
    title: Sentence
    note: Sentence
    by_name: Mapping[str, Target]

    def __iter__(self) -> Iterator[Target]:
        """Go through the targets, in the order of the file."""
        return iter(self.by_name.values())

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.by_name)

    @property
    def of_calibration(self) -> tuple[Target, ...]:
        """Those that calibration may look at."""
        return tuple(target for target in self if target.use == CALIBRATION)

    @property
    def held_out(self) -> tuple[Target, ...]:
        """The others."""
        return tuple(target for target in self if target.use == HELD_OUT)


def target_files() -> list[str]:
    """Return the names of the files of targets, shipped and own."""
    return known_names(TARGETS, current_own())


def load_targets(name: str | Path = USUAL, folders: Sequence[str | Path] | None = None) -> Targets:
    """Read a file of targets.

    Args:
        name: Name of a file, shipped or of an own folder, its Chinese title or a part of it, or path of the file.
        folders: Own folders of configuration (see `Scenario.load`).

    Raises:
        ConfigurationError: No such file, or a mistake in it.
    """
    with using(current_own(folders)) as own:
        chosen = choose(TARGETS, name, own)
        mine = own.take(TARGETS, chosen)
        return _checked(chosen, mine.file if mine else read_file(shipped(TARGETS)[chosen]))


def _checked(name: str, file: YamlFile) -> Targets:
    """Return what a file says, checked."""
    understood = _understood(file)
    try:
        found = TargetFile.model_validate(understood)
    except ValidationError as error:
        keyed = [(".".join(map(str, detail["loc"])), explain_value(detail, TargetFile, [])) for detail in error.errors()]
        raise ConfigurationError(joined(_located(file, key or "targets", message) for key, message in keyed)) from None
    labels = {target.label for target in found.targets.values()}
    by_name = {key: _measured(file, key, target, labels) for key, target in found.targets.items()}
    return Targets(name, file.path, file.digest, Sentence(found.title, found.title_zh), Sentence(found.note, found.note_zh), by_name)


def _understood(file: YamlFile) -> dict[str, Any]:
    """Return the keys of a file with its numbers read as people write them."""
    content = {**file.content}
    entries = content.get("targets")
    if not isinstance(entries, dict):
        return content
    content["targets"] = {}
    for key, entry in entries.items():
        content["targets"][key] = entry
        if isinstance(entry, dict):
            content["targets"][key] = dict(entry)
            where = f"targets.{key}."
            if str(entry.get("unit", "")).startswith("%"):
                content["targets"][key] |= {name: _without_per_cent(entry[name]) for name in ("value", "tolerance") if name in entry}
            understand(content["targets"][key], Target.model_fields, where, lambda at, message: _located(file, at, message))
            if "name" in entry:
                en, zh = "{key}: leave it out; the target is called as the key that it stands under", "{key}：请删去；目标以所在的键为名称"
                raise ConfigurationError(_located(file, f"{where}name", sentence(en, zh, key=f"{where}name")))
    return content


def _without_per_cent(given: object) -> object:
    """Return a number without the sign that its unit says already."""
    return plain_signs(given).removesuffix("%").rstrip() if isinstance(given, str) and plain_signs(given).endswith("%") else given


def _measured(file: YamlFile, key: str, target: Target, labels: Collection[str]) -> Target:
    """Return a target with its name and the words of its measure, which has to be declared and to have its unit."""
    measure = MEASURES.get(target.measure)
    where = f"targets.{key}"
    if not NAME.fullmatch(key):
        en = "{name!r} is no name of a target; begin with a letter, and use small letters, digits and _ only"
        raise ConfigurationError(_located(file, where, sentence(en, "“{name}”不能作目标名称；请以小写字母开头，只用小写字母、数字与 _", name=key)))
    missing = [label for label in target.contradicts if label not in labels]
    if missing:
        en = "{key} names {label}, which is no label here; write the label of a target of this file"
        zh = "{key} 写了 {label}，本文件中没有这一编号；请写本文件中某一目标的编号"
        raise ConfigurationError(_located(file, f"{where}.contradicts", sentence(en, zh, key=f"{where}.contradicts", label=missing[0])))
    if measure is None:
        raise ConfigurationError(_located(file, f"{where}.measure", unknown("measure", target.measure, list(MEASURES), lists=False)))
    if target.unit != measure.unit:
        en, zh = "{key} is {given}; {measure} is measured in {unit}", "{key} 为 {given}；{measure} 的单位是 {unit}"
        message = sentence(en, zh, key=f"{where}.unit", given=target.unit, measure=target.measure, unit=measure.unit)
        raise ConfigurationError(_located(file, f"{where}.unit", message))
    words = {"title": target.title or str(measure.words), "title_zh": target.title_zh or target.title or measure.words.zh}
    return target.model_copy(update={"name": key, **words})


def _located(file: YamlFile, key: str, message: Sentence) -> Sentence:
    """Put file and line before a message about a key."""
    inside = key
    while inside and inside not in file.lines:
        inside = inside.rpartition(".")[0]
    return at_line(file.path, file.lines.get(inside), message)
