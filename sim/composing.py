"""Putting files and overrides together without Hydra, for Python: quick, in any thread, and the same as Hydra does for the commands."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from sim.bilingual import message_of, sentence
from sim.errors import ConfigurationError
from sim.own_file import NO_SET, PACKAGES, SETS, OwnFile
from sim.own_files import SHIPPED, Own, shipped
from sim.readings import Note, plain_signs
from sim.wording import unknown
from sim.yaml_files import ENDINGS, YamlFile, at_line, read_file

Plain = dict[str, Any]
FIRST = ("study", "programme", "place")
"""Groups whose files choose other files: the first that chooses decides."""
OPEN = ("comparison.variants", "comparison.labels", "study.arms")
"""Tables whose entries the user names."""


def known_names(group: str, own: Own) -> list[str]:
    """Return the names of the files of a group, shipped and own."""
    return sorted({*shipped(group), *own.names(group), *((NO_SET,) if group == SETS else ())})


def choose(group: str, value: object, own: Own) -> str:
    """Return the name of the file of a group that a value means: a name, a title in Chinese or a part of it, or the path of a file.

    What was read otherwise than written is noted in the own configuration.

    Raises:
        ConfigurationError: There is none, or several have the title.
    """
    text, names = str(value).strip(), known_names(group, own)
    if text in names:
        return text
    is_path = text.endswith(ENDINGS)
    meant = "" if text.isascii() or is_path else _by_width(text, names) or ("" if group == SETS else _by_title(group, text, names, own))
    if meant:
        own.notes.append(Note(group, text, meant))
        return meant
    if is_path or "/" in text or "\\" in text:
        path = Path(text).expanduser()
        try:
            is_file = path.is_file()
        except (OSError, ValueError):
            is_file = False
        if not is_file:
            en = "{group}={text}: there is no such file; name a file that ends in .yaml"
            zh = "{group}={text}：没有这个文件；请指定以 .yaml 结尾的文件"
            raise ConfigurationError(sentence(en, zh, group=group, text=text))
        return own.add(group, path.resolve(), is_named=True)
    raise ConfigurationError(unknown(group, text, names))


def _by_width(text: str, names: Sequence[str]) -> str:
    """Return the name that a text with full-width letters is; an empty text where it is none."""
    plain = plain_signs(text)
    return plain if plain in names else ""


def _by_title(group: str, text: str, names: Sequence[str], own: Own) -> str:
    """Return the name of the file whose Chinese title is, or alone holds, a text; an empty text where there is none.

    Raises:
        ConfigurationError: Several have it.
    """
    titles: dict[str, list[str]] = {}
    for name in names:
        try:
            titles[name] = _titles(group, name, own)
        except ConfigurationError:  # another own file with a mistake is not asked for
            continue
    exact = [name for name, own_titles in titles.items() if text in own_titles]
    found = exact or [name for name, own_titles in titles.items() if any(text in title for title in own_titles)]
    if len(found) > 1:
        en, zh = "{group}={text} may be {names}; write one of them", "{group}={text} 可能是 {names}；请写其中之一"
        raise ConfigurationError(sentence(en, zh, group=group, text=text, names=", ".join(found)))
    return found[0] if found else ""


def _titles(group: str, name: str, own: Own) -> list[str]:
    """Return what the file of a group is called in Chinese, with the region of the same name."""
    taken = (group, name) in own.taken
    content = read_yaml(group, name, own)
    if not taken:
        own.taken.pop((group, name), None)
    inner = content.get(group)
    found = [content.get("title_zh"), content.get("name_zh"), inner.get("title_zh") if isinstance(inner, dict) else None]
    titles = [str(title) for title in found if title]
    if group in ("programme", "population", "place") and name in known_names("region", own):
        titles += _titles("region", name, own)
    return titles


def choose_of(file: OwnFile, group: str, own: Own) -> str:
    """Return the name of the file of a group that an own file chooses.

    Raises:
        ConfigurationError: There is none, with file and line.
    """
    try:
        return choose(group, file.choices[group], own)
    except ConfigurationError as error:
        raise ConfigurationError(at_line(file.file.path, file.choice_lines.get(group), message_of(error))) from None


def compose(name: str, schemas: Mapping[str, Callable[[], Plain]], overrides: Mapping[str, Any], known: Sequence[str], own: Own) -> Plain:
    """Compose a file of ``configs/`` with overrides, as plain data that is not checked yet.

    Args:
        name: Name of the file.
        schemas: Name in a list of defaults → maker of the keys and defaults that it stands for.
        overrides: Dotted key → value; the name of a group → name or path of a file.
        known: Every key that may be set, for what is said about one that may not.
        own: The own configuration.

    Raises:
        ConfigurationError: An unknown key or file, or a mistake in a file.
    """
    given = {key.lstrip("+"): value for key, value in overrides.items()}
    own.given |= set(given) - set(PACKAGES)
    parts = _parts(name)
    groups = [part for part, _ in parts if part in PACKAGES]
    chosen = {group: choose(group, given.pop(group), own) for group in [key for key in given if key in groups]}
    _, contents = _read_chosen({group: file for group, file in parts if group in PACKAGES}, chosen, own)
    plain: Plain = {}
    for part, file in parts:
        if part in contents:
            package = PACKAGES[part]
            plain = laid_over(plain, {package: contents[part]} if package else contents[part])
        elif file in schemas:
            plain = laid_over(plain, schemas[file]())
        else:
            plain = laid_over(plain, copy.deepcopy(_keys_of(_read(SHIPPED / f"{file}.yaml"))))
    plain.pop("hydra", None)
    for key, value in given.items():
        put_value(plain, key, copy.deepcopy(value), known=known)
    return plain


def _parts(name: str) -> list[tuple[str, str]]:
    """Return what a file is composed of, in order: (group or nothing, file)."""
    found: list[tuple[str, str]] = []
    entries = _read(SHIPPED / f"{name}.yaml").content.get("defaults", [])
    for entry in entries if "_self_" in entries else [*entries, "_self_"]:
        if entry == "_self_":
            found.append(("", name))
        elif isinstance(entry, str):
            found += _parts(entry) if (SHIPPED / f"{entry}.yaml").is_file() else [("", entry)]
        else:
            ((group, file),) = entry.items()
            if not group.startswith("override "):
                found.append((group, file))
    return found


def chosen_files(name: str, given: Mapping[str, object], own: Own) -> dict[str, str]:
    """Return group → name of the file of which a configuration is composed, without letting own files take part by that.

    Args:
        name: Name of the file of ``configs/``.
        given: Group → name or path of a file, as far as it was given.
        own: The own configuration.

    Raises:
        ConfigurationError: An unknown file, or a mistake in one.
    """
    taken, usual = dict(own.taken), {group: file for group, file in _parts(name) if group in PACKAGES}
    chosen, _ = _read_chosen(usual, {group: choose(group, value, own) for group, value in given.items()}, own)
    own.taken.clear()
    own.taken.update(taken)
    return chosen


def _read_chosen(usual: dict[str, str], given: dict[str, str], own: Own) -> tuple[dict[str, str], dict[str, Plain]]:
    """Read the file of each group: the one given, else the one that another file chooses, else the usual one.

    Returns:
        Group → name of its file, and group → keys of its file.
    """
    by_files: dict[str, str] = {}
    before = set(own.taken)
    while True:
        chosen = usual | by_files | given
        contents: dict[str, Plain] = {}
        found: dict[str, str] = {}
        for group, name in sorted(chosen.items(), key=lambda choice: FIRST.index(choice[0]) if choice[0] in FIRST else len(FIRST)):
            contents[group], choices = _content_of(group, name, own)
            mine = own.taken.get((group, name))
            for other, value in choices.items():
                found.setdefault(other, value if other in given else choose_of(mine, other, own) if mine else value)
        found = {group: name for group, name in found.items() if group in usual}
        if found == by_files:
            for key in set(own.taken) - before - set(chosen.items()):
                del own.taken[key]
            return chosen, contents
        by_files = found


def _content_of(group: str, name: str, own: Own) -> tuple[Plain, dict[str, str]]:
    """Return the keys of a file of a group, and the files of other groups that it chooses."""
    mine = own.take(group, name)
    if mine is not None:
        return copy.deepcopy(mine.content), mine.choices
    file = _read(shipped(group)[name])
    choices = {}
    for entry in file.content.get("defaults", []):
        if isinstance(entry, dict):
            ((key, value),) = entry.items()
            choices[key.removeprefix("override ").lstrip("/")] = value
    return copy.deepcopy(_keys_of(file)), choices


def _keys_of(file: YamlFile) -> Plain:
    return {key: value for key, value in file.content.items() if key != "defaults"}


@cache
def _read(path: Path) -> YamlFile:
    """Read a shipped file, once."""
    return read_file(path)


def read_yaml(group: str, name: str, own: Own | None = None) -> Plain:
    """Read one configuration file as it stands, without those that it chooses."""
    mine = own.take(group, name) if own else None
    return copy.deepcopy(mine.content if mine is not None else _read(shipped(group)[name]).content)


def put_value(plain: Plain, key: str, value: Any, where: str = "", known: Sequence[str] = ()) -> None:  # noqa: ANN401
    """Set the value of a dotted key in a composed configuration; a table of keys is laid over what is there.

    Args:
        plain: The configuration.
        key: The key, such as ``policy.lodging.free_nights``.
        value: The value.
        where: What sets it, for the message.
        known: Every key that may be set.

    Raises:
        ConfigurationError: No such key.
    """
    *path, last = key.split(".")
    place: Any = plain
    try:
        for part in path:
            place = place[int(part)] if isinstance(place, list) else place[part]
        last_key: Any = int(last) if isinstance(place, list) else last
        before = place.get(last_key) if isinstance(place, dict) and key.rpartition(".")[0] in OPEN else place[last_key]
    except (KeyError, IndexError, TypeError, ValueError):
        message = unknown("key", key, list(known))
        raise ConfigurationError(sentence("{where}: {message}", "{where}：{message}", where=where, message=message) if where else message) from None
    if not isinstance(place, (dict, list)):
        raise ConfigurationError(unknown("key", key, list(known)))
    place[last_key] = laid_over(before, value)


def laid_over(before: Any, value: Any) -> Any:  # noqa: ANN401
    """Return a value laid over another: a table of keys over a table, key by key and at any depth; anything else replaces what was there."""
    if not (isinstance(before, dict) and isinstance(value, dict)):
        return value
    return {**before, **{key: laid_over(before.get(key), inner) for key, inner in value.items()}}


def resolved(plain: Plain) -> Plain:
    """Return a composed configuration with what ``${…}`` stands for.

    Raises:
        ConfigurationError: What it names is not there.
    """
    if not _has_interpolation(plain):
        return plain
    from omegaconf import OmegaConf
    from omegaconf.errors import OmegaConfBaseException

    try:
        found: Any = OmegaConf.to_container(OmegaConf.create(plain), resolve=True)
    except OmegaConfBaseException as error:
        first = str(error).splitlines()[0]
        raise ConfigurationError(sentence("cannot be resolved: {why}", "无法解析：{why}", why=first)) from None
    return {str(key): value for key, value in found.items()}


def _has_interpolation(value: Any) -> bool:  # noqa: ANN401
    if isinstance(value, dict):
        return any(_has_interpolation(inner) for inner in value.values())
    if isinstance(value, (list, tuple)):
        return any(_has_interpolation(inner) for inner in value)
    return isinstance(value, str) and "${" in value
