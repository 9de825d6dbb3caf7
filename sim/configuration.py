"""From configuration files and overrides to plain data, with one clear message for whatever cannot be read.

The only module of the model that knows Hydra; what the data mean is checked in `sim/scenario.py`. Defaults come from the parameter classes
(declared once); the files under ``configs/`` and in own folders say only what differs. Python composes without Hydra (`sim/composing.py`),
the commands with it: own files are told to it as plain data, already read and checked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sim.bilingual import Sentence, sentence
from sim.composing import Plain, choose_of, compose, known_names, resolved
from sim.errors import ConfigurationError
from sim.own_file import PACKAGES, OwnFile
from sim.own_files import Own, current_own
from sim.wording import did_you_mean, unknown
from sim.yaml_files import at_line

__all__ = ["GROUPS", "ConfigurationError", "available", "composed", "explain", "offered", "register_defaults", "take_chosen"]

GROUPS = ("programme", "place", "region", "population", "market", "behaviour")


def available(group: str) -> list[str]:
    """Return the names of the files of a group, such as the programmes: shipped and own ones."""
    return known_names(group, current_own())


def composed(name: str, overrides: dict[str, Any], known: Sequence[str], schemas: Mapping[str, Callable[[], Plain]], own: Own) -> Plain:
    """Compose a file of ``configs/`` with overrides, as plain data that is not checked yet.

    Args:
        name: Name of the file.
        overrides: Dotted key → value.
        known: Every key that may be set, for what is said about one that may not.
        schemas: Name in a list of defaults → maker of the keys and defaults that it stands for.
        own: The own configuration.

    Raises:
        ConfigurationError: An unknown key or file, or a mistake in a file.
    """
    plain = compose(name, schemas, overrides, known, own)
    if str(plain.get("language", "")).startswith("${"):
        del plain["language"]
    return resolved(plain)


def take_chosen(chosen: Mapping[str, Iterable[str]], own: Own) -> None:
    """Read the own files that take part, those that they choose too.

    Args:
        chosen: Group → names of files chosen on the command line.
        own: The own configuration.

    Raises:
        ConfigurationError: A mistake in a file, or a file that is not there.
    """
    to_read = [(group, name) for group, names in chosen.items() for name in names]
    while to_read:
        group, name = to_read.pop()
        if (group, name) not in own.taken and (file := own.take(group, name)):
            found = {other: choose_of(file, other, own) for other in file.choices if other not in chosen}
            own.taken[group, name] = replace(file, choices=file.choices | found)  # Hydra knows names only
            to_read += found.items()


@contextmanager
def offered(own: Own) -> Iterator[None]:
    """Let Hydra find the own files that take part, within the block."""
    from hydra.core.config_store import ConfigStore
    from omegaconf.errors import OmegaConfBaseException

    repository = ConfigStore.instance().repo
    for file in own.taken.values():
        try:
            _offer(file)
        except OmegaConfBaseException as error:
            said = Sentence(*[str(error).splitlines()[0]] * 2)
            raise ConfigurationError(at_line(file.file.path, None, said)) from None
    try:
        yield
    finally:
        for file in own.taken.values():
            repository.get(file.group, {}).pop(f"{file.name}.yaml", None)  # what was read within the block was never offered


def _offer(file: OwnFile) -> None:
    from hydra.core.config_store import ConfigStore

    choices = [{f"override /{group}": name} for group, name in file.choices.items()]
    node = ({"defaults": choices} if choices else {}) | file.content
    ConfigStore.instance().store(name=file.name, node=node, group=file.group, package=PACKAGES[file.group] or "_global_")


def register_defaults(name: str, content: dict[str, Any]) -> None:
    """Tell Hydra keys and their defaults, under the name by which a file's list of defaults asks for them."""
    from hydra.core.config_store import ConfigStore

    ConfigStore.instance().store(name=name, node=content)


def explain(error: Exception, words: list[str], known: Sequence[str]) -> Sentence:
    """Turn an error of Hydra into one clear message.

    Args:
        error: The error.
        words: The overrides as given.
        known: Every key that may be set.
    """
    for word in words:
        if not word.startswith("-") and not _is_readable(word):
            return _explain_word(word)
    text = str(error)
    match = re.search(r"Ambiguous value for argument '([^']+)'", text)
    if match:
        return sentence(
            "{word!r} gives several values. To run each of them: yizhan sweep -m {word}. A list is written in brackets: KEY=[a,b].",
            "“{word}”给了多个值。要逐一模拟：yizhan sweep -m {word}。列表要写方括号：KEY=[a,b]。", word=match[1],
        )  # fmt: skip
    match = re.search(r"Could not override '([^']+)'", text) or re.search(r"Key '([^']+)' is not in struct", text)
    if match and not match[1].startswith("hydra"):
        given = match[1]
        if not any(word.lstrip("+~").split("=")[0] == given for word in words):
            given = next((word.split("=")[0] for word in words if word.split("=")[0].endswith(given)), given)
        return unknown("key", given.lstrip("+~"), list(known))
    match = re.search(r"Could not find '([^']+)/([^/']*)'", text)
    if match:
        options = re.search(r"Available options in [^\n]+\n((?:\t[^\n]+\n?)*)", text)
        return unknown(match[1], match[2], options[1].split() if options else available(match[1]) if match[1] in GROUPS else [])
    match = re.search(r"Multiple values for ([^\s]+)\.", text)
    if match:
        return sentence("{key} has a value already; leave out the '+': {key}=NAME.", "{key} 已有值，请去掉 +：{key}=名称。", key=match[1])
    match = re.search(r"full_key: (\S+)", text)
    first = (text.strip().splitlines() or [type(error).__name__])[0].rstrip(".")
    why = f"{match[1]}: {first}" if match else first
    return sentence(
        "cannot read {words!r}: {why}. Write key=value, for example days=180.", "无法读懂“{words}”（{why}）。请写 键=值，例如 days=180。",
        words=" ".join(words), why=why,
    )  # fmt: skip


def _is_readable(word: str) -> bool:
    """Tell whether a word is an override that Hydra's grammar knows."""
    from hydra.core.override_parser.overrides_parser import OverridesParser
    from hydra.errors import HydraException

    try:
        override = OverridesParser.create().parse_override(word)
    except HydraException:
        return False
    return bool(override.key_or_group)


def _explain_word(word: str) -> Sentence:
    """Say why a word is not an override."""
    key, equals, value = word.lstrip("+~").partition("=")
    if not equals:
        groups = [group for group in GROUPS if word in available(group)]
        meant = f"{groups[0]}={word}" if groups else word.replace(":", "=", 1) if ":" in word else ""
        return sentence(
            "cannot read {word!r}: write KEY=VALUE, for example programme=zibo.{hint}", "无法读懂“{word}”：请写 键=值，例如 programme=zibo。{hint}",
            word=word, hint=did_you_mean(meant),
        )  # fmt: skip
    if not key:
        return sentence(
            "cannot read {word!r}: there is no key before the '='. Write KEY=VALUE, without spaces.",
            "无法读懂“{word}”：等号前没有键。请写 键=值，中间不留空格。",
            word=word,
        )  # fmt: skip
    if not re.search(r"\s[+~]?[\w.]+=", value):
        text = value.strip("\"'")
        return sentence(
            "cannot read {word!r}: a value with spaces, commas, brackets, quotes or letters other than English needs quotes of its own, "
            "which the shell must leave alone: {example}. A list is written [a,b].",
            "无法读懂“{word}”：值中有空格、逗号、括号、引号或非英文字符时须另加引号，外面再加一层引号：{example}。列表写 [a,b]。",
            word=word, example=f"'{key}=\"{text}\"'",
        )  # fmt: skip
    return sentence(
        "cannot read {word!r}: it holds more than one KEY=VALUE. Leave the quotes out.", "无法读懂“{word}”：其中不止一个 键=值，请去掉引号。",
        word=word,
    )  # fmt: skip
