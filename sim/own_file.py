"""One own file of a group: its keys, the other files that it chooses, and its lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sim.bilingual import Sentence, sentence
from sim.errors import ConfigurationError
from sim.yaml_files import YamlFile, at_line, read_file

TARGETS = "targets"
PACKAGES = {
    "place": "", "programme": "", "region": "region", "population": "population", "market": "market", "comparison": "comparison", "study": "",
    TARGETS: TARGETS,
}  # fmt: skip
"""Folder of configuration files → key that its files fill; empty: they have keys of every part. Targets are no part of a scenario."""
SETS, NO_SET = "behaviour", "evidence"
"""Folder of behaviour sets, whose files fill no key but are read by `sim.behaviour_set`; and the name that means none of them."""
FOLDERS = (*PACKAGES, SETS)
NAMED = ("programme", "place")
"""Groups whose files give themselves a name, such as ``programme_name``."""


@dataclass(frozen=True)
class OwnFile:
    """An own file of a group.

    Attributes:
        group: The group.
        name: What it is called there.
        file: What stands in it.
        content: Its keys, without those that choose other files.
        choices: Group → file that it chooses.
        choice_lines: Group → line in which it does.
    """

    group: str
    name: str
    file: YamlFile
    content: dict[str, Any]
    choices: dict[str, str]
    choice_lines: dict[str, int] = field(default_factory=dict)

    def line_of(self, key: str) -> int | None:
        """Return the line of a key of the whole configuration, or of the nearest key around it that stands in the file."""
        package = PACKAGES[self.group]
        if package and key != package and not key.startswith(f"{package}."):
            return None
        inside = key[len(package) + 1 :] if package else key
        while inside and inside not in self.file.lines:
            inside = inside.rpartition(".")[0]
        return self.file.lines.get(inside)

    def depth_of(self, key: str) -> int:
        """Return how much of a key stands in the file, in letters."""
        package = PACKAGES[self.group]
        inside = key[len(package) + 1 :] if package else key
        while inside and inside not in self.file.lines:
            inside = inside.rpartition(".")[0]
        return len(inside)


def refusal(path: Path, en: str, zh: str, **parts: object) -> ConfigurationError:
    """Return an error about a file."""
    return ConfigurationError(at_line(path, None, sentence(en, zh, **parts)))


def refuse_placeholders(file: YamlFile) -> None:
    """Refuse what stands for another value: a file says the values themselves.

    Raises:
        ConfigurationError: There is ``???`` or ``${…}``, with its line.
    """

    def look(value: Any, key: str) -> None:  # noqa: ANN401
        for name, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
            look(inner, f"{key}.{name}" if key else str(name))
        if isinstance(value, str) and (value.strip() == "???" or "${" in value):
            line, around = None, key
            while line is None and around:
                line, around = file.lines.get(around), around.rpartition(".")[0]
            en, zh = "{key} is {value}, which stands for another value; write the value itself", "{key} 为 {value}，只是占位符；请直接写出取值"
            raise ConfigurationError(at_line(file.path, line, sentence(en, zh, key=key, value=value)))

    look(file.content, "")


def read_own(group: str, name: str, path: Path) -> OwnFile:
    """Read an own file of a group.

    Raises:
        ConfigurationError: A mistake in it, with its line.
    """
    file = read_file(path)
    package = PACKAGES[group]
    wanted = package or "_global_"
    if file.package not in ("", wanted):
        en, zh = "# @package {given}: write # @package {wanted}, or leave the line out", "# @package {given}：请写 # @package {wanted}，或删去此行"
        raise refusal(path, en, zh, given=file.package, wanted=wanted)
    refuse_placeholders(file)
    content, choices = dict(file.content), {}
    lines: dict[str, int] = {}

    def refuse(key: str, message: Sentence) -> ConfigurationError:
        return ConfigurationError(at_line(path, file.lines.get(key), message))

    for place, entry in enumerate(_as_list(content.pop("defaults", []))):
        if entry == "_self_":
            continue
        chosen = re.fullmatch(r"(?:override )?/?(\w+)", next(iter(entry))) if isinstance(entry, dict) and len(entry) == 1 else None
        value = next(iter(entry.values())) if isinstance(entry, dict) and len(entry) == 1 else None
        if not chosen or chosen[1] not in PACKAGES or not isinstance(value, str):
            en = "defaults: write - override /GROUP: NAME, with GROUP one of {groups}"
            zh = "defaults：请写 - override /GROUP: NAME，GROUP 为 {groups} 之一"
            raise refuse(f"defaults.{place}" if f"defaults.{place}" in file.lines else "defaults", sentence(en, zh, groups=", ".join(PACKAGES)))
        choices[chosen[1]] = value
        lines[chosen[1]] = file.lines.get(f"defaults.{place}.{next(iter(entry))}", 0)
    if not package:
        others = [other for other in PACKAGES if other not in (group, "programme", TARGETS) or (other == "programme" and group == "study")]
        choices |= {other: content.pop(other) for other in others if isinstance(content.get(other), str)}
        lines |= {other: file.lines[other] for other in choices if other in file.lines}
    for key in ("hydra", "_target_"):
        if key in content:
            raise refuse(key, sentence("{key} is no key of a {group}; leave it out", "{group} 中没有键 {key}；请删去", key=key, group=group))
    if group in NAMED:
        content = _named(group, content, name, refuse)
    return OwnFile(group, name, file, content, choices, lines)


def _as_list(value: Any) -> list[Any]:  # noqa: ANN401
    return value if isinstance(value, list) else [value]


def _named(group: str, content: dict[str, Any], name: str, refuse: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return the keys of a file with its name: the one it gives itself, as a file or as a result says it, else the file's."""
    written = f"{group}_name"
    given = [key for key in (written, group) if content.get(key) is not None]
    if len(given) > 1 and content[written] != content[group]:
        en, zh = "{group} and {written} differ; keep {written}", "{group} 与 {written} 不同；请只保留 {written}"
        raise refuse(given[1], sentence(en, zh, group=group, written=written))
    own = content[given[0]] if given else name
    if isinstance(own, bool) or not isinstance(own, (str, int)):
        en = "{key} is {value}; allowed is a name of letters, digits, - and _, in quotes where it looks like something else"
        zh = "{key} 为 {value}；应为由文字、数字、- 和 _ 组成的名称，易被误读时请加引号"
        raise refuse(given[0], sentence(en, zh, key=given[0], value=str(own).lower()))
    return {written: str(own)} | {key: value for key, value in content.items() if key not in (written, group)}
