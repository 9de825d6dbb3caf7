"""Where configuration is found: the shipped files beside the package, and the own folders of whoever uses it.

Own folders are those of ``--config-dir``, else those of the environment variable ``YIZHAN_CONFIGS``, else those that the nearest ``yizhan.toml``
names, in the working folder or above. Only the first of these that is there is used. They have the same folders in them as ``configs/``.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path

from sim.bilingual import Sentence, sentence
from sim.errors import ConfigurationError, why_of
from sim.own_file import FOLDERS, NAMED, NO_SET, SETS, OwnFile, read_own, refusal
from sim.readings import Note
from sim.yaml_files import ENDINGS, at_line, read_file

SHIPPED = Path(__file__).resolve().parents[1] / "configs"
"""The configuration that comes with the package: found by where this file is, never by a name on the path."""
VARIABLE, TOML, FLAG = "YIZHAN_CONFIGS", "yizhan.toml", "--config-dir"
_NAME = re.compile(r"\w[\w.-]*")


def shipped(group: str) -> dict[str, Path]:
    """Return the shipped files of a group by their names."""
    folder = SHIPPED / group
    return {path.stem: path for path in sorted(folder.iterdir()) if path.suffix == ".yaml"} if folder.is_dir() else {}


@dataclass(eq=False)
class Own:
    """The own configuration of one command.

    Attributes:
        folders: Its folders.
        found_by: What named them: an option, a variable, or the path of a ``yizhan.toml``.
        files: Group → name → file.
        taken: The files that took part, by group and name.
        told: What has been said about it already.
        given: Keys of the command line, which no file is to blame for.
        notes: What was read otherwise than it was written.
        result: The ``config.yaml`` of a result that is made again, if one is: it has every key.
        is_of_command: Whether a command has found it for all of its parts.
    """

    folders: tuple[Path, ...] = ()
    found_by: str = ""
    files: dict[str, dict[str, Path]] = field(default_factory=dict)
    taken: dict[tuple[str, str], OwnFile] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)
    given: set[str] = field(default_factory=set)
    notes: list[Note] = field(default_factory=list)
    result: Path | None = None
    is_of_command: bool = False

    def names(self, group: str) -> list[str]:
        """Return the names of the own files of a group."""
        return list(self.files.get(group, ()))

    def take(self, group: str, name: str) -> OwnFile | None:
        """Read an own file that takes part; None where there is none of this name.

        Raises:
            ConfigurationError: A mistake in the file.
        """
        path = self.files.get(group, {}).get(name)
        if path is None:
            return None
        if (group, name) not in self.taken:
            self.taken[group, name] = _refuse_shipped_name(read_own(group, name, path))
        return self.taken[group, name]

    def add(self, group: str, path: Path, *, is_named: bool = False) -> str:
        """Add one file and return its name.

        Args:
            group: The group.
            path: The file.
            is_named: Whether the file itself was named, so that it comes before another own file of its name.

        Raises:
            ConfigurationError: The name is none, or is taken.
        """
        name, others = path.stem, self.files.setdefault(group, {})
        if not _NAME.fullmatch(name):
            raise refusal(path, "a name has letters, digits, - and _ only; rename the file", "文件名只能包含文字、数字、- 和 _；请改名")
        if (group, name) == (SETS, NO_SET):
            en, zh = "{name} means that there is no set of behaviours; rename the file", "{name} 专指不用行为参数集；请改名"
            raise refusal(path, en, zh, name=name)
        if others.get(name, path) != path and is_named:
            self.taken.pop((group, name), None)
        elif others.get(name, path) != path:
            en = "there is another {group} called {name}: {other}. Rename one of the two"
            raise refusal(path, en, "另有同名的 {group} {name}：{other}。请将其中一个改名", group=group, name=name, other=others[name])
        known = shipped(group)
        if name in known and not (is_named and group == SETS):  # a set that is named by its path is that very file
            if path == known[name]:
                return name
            en = "{name} is the name of a shipped {group} ({other}), which an own file does not replace. Rename yours, for example my_{name}.yaml"
            zh = "{name} 与自带的 {group}（{other}）同名，自有文件不会取代它。请改名，例如 my_{name}.yaml"
            raise refusal(path, en, zh, name=name, group=group, other=known[name])
        others[name] = path
        return name

    def where(self, key: str) -> tuple[Path, int] | None:
        """Return file and line of a key, as far as it stands in an own file that took part, or in a result that is made again."""
        found = [(own.depth_of(key), own, line) for own in self.taken.values() if (line := own.line_of(key)) is not None]
        if not found:
            return self._where_in_result(key)
        _, own, line = max(found, key=lambda entry: entry[0])
        return own.file.path, line

    def _where_in_result(self, key: str) -> tuple[Path, int] | None:
        if self.result is None:
            return None
        try:
            lines = read_file(self.result).lines
        except ConfigurationError:  # it was read before; if it has changed since, there is no line to tell
            return None
        group = key.removesuffix("_name")
        inside = group if group in NAMED else key
        while inside and inside not in lines:
            inside = inside.rpartition(".")[0]
        return (self.result, lines[inside]) if inside else None

    def is_given(self, key: str) -> bool:
        """Tell whether a key, or a table around it, was given on the command line."""
        return any(key == given or key.startswith(f"{given}.") for given in self.given)

    def located(self, key: str, message: Sentence) -> Sentence:
        """Put file and line before a message about a key that an own file sets."""
        found = None if self.is_given(key) else self.where(key)
        return at_line(*found, message) if found else message

    def digests(self) -> dict[str, str]:
        """Return path → SHA-256 of every own file that took part, ``yizhan.toml`` too."""
        found = {str(own.file.path): own.file.digest for own in self.taken.values()}
        toml = Path(self.found_by)
        if found and toml.name == TOML and toml.is_file():
            import hashlib

            found[str(toml)] = hashlib.sha256(toml.read_bytes()).hexdigest()
        return dict(sorted(found.items()))


def _refuse_shipped_name(file: OwnFile) -> OwnFile:
    """Return an own file that does not call itself like a shipped one.

    Raises:
        ConfigurationError: It does.
    """
    for key in (f"{file.group}_name", file.group) if file.group in NAMED else ():
        name = file.file.content.get(key)
        if isinstance(name, str) and name in shipped(file.group):
            own = {"key": key, "name": name, "group": file.group, "again": once_more(file.file.path)}
            en = "{key} is {name}, the name of a shipped {group}, which this file is not; leave the line out or choose another name{again}"
            zh = "{key} 为 {name}，与自带的 {group} 同名，而此文件并非该 {group}；请删去此行或另取名称{again}"
            raise ConfigurationError(at_line(file.file.path, file.file.lines.get(key), sentence(en, zh, **own)))
    return file


def once_more(path: Path) -> Sentence | str:
    """Say how a result is run again, where a file is the configuration of one."""
    if path.name != "config.yaml":
        return ""
    en, zh = "; a result is run again with yizhan run from={folder}", "；要重新运行一个结果，请用 yizhan run from={folder}"
    return sentence(en, zh, folder=path.parent)


_CURRENT: ContextVar[Own | None] = ContextVar("own", default=None)


@contextmanager
def using(own: Own) -> Iterator[Own]:
    """Let an own configuration be the one that is meant, within the block and in this thread."""
    token = _CURRENT.set(own)
    try:
        yield own
    finally:
        _CURRENT.reset(token)


def current_own(folders: Sequence[str | Path] | None = None) -> Own:
    """Return the own configuration that is meant: that of the folders given, that of the command, or what `find_own` finds."""
    return find_own(folders) if folders is not None else _CURRENT.get() or find_own()


def own_in_use() -> Own:
    """Return the own configuration of the command or call that runs; one without files where there is none."""
    return _CURRENT.get() or Own()


def find_own(folders: Sequence[str | Path] | None = None, said_by: str = "folders") -> Own:
    """Find the own configuration by the one rule: folders given, else ``YIZHAN_CONFIGS``, else the nearest ``yizhan.toml``.

    Args:
        folders: Folders that were named; None: none was.
        said_by: What named them.

    Raises:
        ConfigurationError: A folder that is not there or is none of configuration, or a name that is taken.
    """
    variable = [part for part in os.environ.get(VARIABLE, "").split(os.pathsep) if part.strip()]
    if folders is not None:
        return _gathered([Path(folder) for folder in folders], said_by)
    if variable:
        return _gathered([Path(folder) for folder in variable], VARIABLE)
    here = Path.cwd()
    for above in (here, *here.parents):
        toml = above / TOML
        if toml.is_file():
            return _gathered([above / folder for folder in _named_in(toml)], str(toml))
    return Own()


def _named_in(toml: Path) -> list[str]:
    """Return the folders that a ``yizhan.toml`` names."""
    en = 'write the folders, relative to this file: configs = ["FOLDER"]'
    zh = '请写明目录（相对于此文件）：configs = ["FOLDER"]'
    try:
        content = tomllib.loads(toml.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        raise ConfigurationError(at_line(toml, int(line[1]) if line else None, sentence("{why}; " + en, "{why}；" + zh, why=error))) from None
    except UnicodeDecodeError:
        raise refusal(toml, "is not UTF-8; save it as UTF-8", "文件编码不是 UTF-8；请另存为 UTF-8") from None
    except (OSError, RecursionError) as error:
        raise refusal(toml, "cannot be read ({why})", "无法读取（{why}）", why=why_of(error)) from None
    others = sorted(set(content) - {"configs"})
    if others:
        raise refusal(toml, "unknown key {key!r}; " + en, "未知的键 {key!r}；" + zh, key=others[0])
    named = content.get("configs")
    named = [named] if isinstance(named, str) else named
    if not isinstance(named, list) or not named or not all(isinstance(folder, str) and folder.strip() for folder in named):
        raise refusal(toml, en, zh)
    return named


def _gathered(folders: Sequence[Path], found_by: str) -> Own:
    """Return the own configuration in some folders."""
    own = Own(tuple(dict.fromkeys(_checked(folder, found_by) for folder in folders)), found_by)
    for folder in own.folders:
        for group in FOLDERS:
            for path in sorted((folder / group).iterdir()) if (folder / group).is_dir() else ():
                if path.suffix not in ENDINGS or path.name.startswith("."):
                    continue
                if path.is_symlink() and not path.exists():
                    en = "is a link to {target}, which is not there; mend the link or delete it"
                    zh = "是指向 {target} 的链接，而目标不存在；请修正或删除该链接"
                    raise refusal(path, en, zh, target=path.readlink())
                if path.is_file():
                    own.add(group, path)
    return own


def _checked(folder: Path, found_by: str) -> Path:
    """Return the whole path of a folder of configuration."""
    said = sentence("{by} names {folder}", "{by} 指定的 {folder}", by=found_by, folder=folder)
    try:
        whole = folder.expanduser().resolve()
        is_folder = whole.is_dir()
        inside = sorted(path.name for path in whole.iterdir()) if is_folder else []
    except (OSError, RuntimeError, ValueError) as error:
        en, zh = "{said}, which cannot be read ({why})", "{said} 无法读取（{why}）"
        raise ConfigurationError(sentence(en, zh, said=said, why=why_of(error))) from None
    if not is_folder:
        en = "{said}, which is no folder; name a folder with the folders {groups} in it"
        raise ConfigurationError(sentence(en, "{said} 不是目录；请指定含有 {groups} 子目录的目录", said=said, groups=_listed())) from None
    if not any((whole / group).is_dir() for group in FOLDERS):
        loose = next((name for name in inside if name.endswith(ENDINGS)), "")
        en, zh = "{said}, which has none of the folders {groups}", "{said} 中没有 {groups} 子目录"
        if loose:
            en += "; put {loose} into {folder}/programme, or say programme={folder}/{loose}"
            zh += "；请将 {loose} 放入 {folder}/programme，或写 programme={folder}/{loose}"
        raise ConfigurationError(sentence(en, zh, said=said, groups=_listed(), loose=loose, folder=folder))
    return whole


def _listed() -> str:
    return ", ".join(FOLDERS)
