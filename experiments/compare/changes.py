"""``change.KEY=VALUE``: variants of the programme given on the command line.

``change.policy.lodging.free_nights=14`` changes the programme; several such words change it in several places at once. With several values, one
key makes a variant of each. ``change.NAME.KEY=VALUE`` gives the variant a name, so that there may be several, each with its own changes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from experiments.compare.options import NOT_NONE, is_name
from experiments.compare.words import NONE
from experiments.shared.errors import MistakeError
from experiments.shared.given import tidied
from sim.bilingual import Sentence, sentence
from sim.configuration import explain
from sim.own_files import own_in_use
from sim.scenario import Scenario, known_keys
from sim.wording import shown, unknown

CHANGE = "change."
CHANGED = "changed"
"""Name of the variant of the changes that name none."""

Overrides = dict[str, dict[str, Any]]
"""Name of a variant → dotted key → value, not checked yet."""


@dataclass(frozen=True)
class Changes:
    """The changes of a command line.

    Attributes:
        variants: The variants that they make.
        own_names: Names of variants that were given, not made up.
        varied: The key whose several values made a variant of each; empty if none did.
    """

    variants: Overrides
    own_names: frozenset[str] = frozenset()
    varied: str = ""


def split_changes(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Tell the words of changes from all others.

    Args:
        words: The words after the verb.

    Returns:
        The other words; the changes, without ``change.``.
    """
    changes = [word.lstrip("+")[len(CHANGE) :] for word in words if word.lstrip("+").startswith(CHANGE)]
    changes = [re.sub("^([^=\uff1d]*)\uff1d", r"\1=", word) for word in changes]  # a full-width sign is one, too
    return [word for word in words if not word.lstrip("+").startswith(CHANGE)], changes


def read_changes(changes: Sequence[str]) -> Changes:
    """Read the changes.

    Args:
        changes: Such as ``policy.lodging.free_nights=14`` or ``more.policy.lodging.free_nights=14``.

    Returns:
        The variants.

    Raises:
        MistakeError: A key that there is not, one that is given twice, several values for several keys, or what cannot be read.
    """
    found: Overrides = {}
    several: dict[str, list[Any]] = {}
    own_names: set[str] = set()
    for word in changes:
        name, key, values = _read(word)
        own_names |= {name} - {CHANGED}
        if key in found.get(name, {}) or key in several:
            raise MistakeError(sentence(
                "change.{key} is given twice; give it once, or give each variant a name: change.NAME.{key}=VALUE",
                "change.{key} 给了两次；请只给一次，或为各方案命名：change.名称.{key}=值", key=key,
            ))  # fmt: skip
        twice = [value for place, value in enumerate(values) if _mark(value) in map(_mark, values[:place])]
        if twice:
            raise MistakeError(sentence(
                "change.{key} is given the value {value} twice; give each value once",
                "change.{key} 的取值 {value} 重复；每个值只写一次", key=key, value=shown(twice[0]),
            ))  # fmt: skip
        if len(values) == 1:
            found.setdefault(name, {})[key] = values[0]
        else:
            several[key] = values
            if name != CHANGED or len(several) > 1:
                raise MistakeError(sentence(
                    "change.{word}: several values make a variant of each, for one key and without names; name the variants instead: "
                    "change.NAME.KEY=VALUE",
                    "change.{word}：多个取值表示每值一个方案，只能用于一个键，且不能命名；请改为逐个命名：change.名称.KEY=值", word=word,
                ))  # fmt: skip
    if several:
        (key, values), common = next(iter(several.items())), found.pop(CHANGED, {})
        found = {f"{key.rpartition('.')[2]}_{_as_name(value)}": {**common, key: value} for value in values} | found
    return Changes(found, frozenset(own_names), next(iter(several), ""))


def _read(word: str) -> tuple[str, str, list[Any]]:
    """Return the variant that a change belongs to, its key and its values."""
    from hydra.core.override_parser.overrides_parser import OverridesParser
    from hydra.errors import HydraException

    known = known_keys()
    roots = {key.partition(".")[0] for key in known}
    given = word.partition("=")[0]
    name, _, rest = given.partition(".")
    if name in roots or not rest:
        name, key = CHANGED, given
    elif rest.partition(".")[0] in roots and is_name(name):
        key = rest
    else:
        raise MistakeError(_in_changes(unknown("key", given, known)))
    try:
        (tidy,) = tidied([word[len(given) - len(key) :]], Scenario.model_fields, known, own_in_use(), sweep=True)
        override = OverridesParser.create().parse_override(tidy)
    except HydraException as error:
        raise MistakeError(_in_changes(explain(error, [word], known))) from None
    if name == NONE:
        raise MistakeError(sentence("change.{name}: {why}", "change.{name}：{why}", name=name, why=NOT_NONE))
    if override.is_sweep_override():
        return name, key, [_value_of(f"{key}={text}") for text in override.sweep_string_iterator()]
    return name, key, [override.value()]


def _mark(value: Any) -> str:  # noqa: ANN401
    """Return what is the same for the same value, however it is written: 3 and 3.0, but not 1 and true."""
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return repr(float(value)) if is_number else repr(value)


def _value_of(word: str) -> Any:  # noqa: ANN401
    from hydra.core.override_parser.overrides_parser import OverridesParser

    return OverridesParser.create().parse_override(word).value()


def _in_changes(message: str) -> Sentence:
    return sentence("change: {message}", "change：{message}", message=message)


def _as_name(value: Any) -> str:  # noqa: ANN401
    text = "".join(letter if letter.isalnum() or letter in "_.-" else "_" for letter in str(value))
    return text.lower() if isinstance(value, bool) or value is None else text
