"""The file of a set of behaviours, read strictly: every mistake with file, line and how to mend it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.behaviour import Behaviour
from sim.bilingual import sentence
from sim.errors import ConfigurationError
from sim.exams import Exams
from sim.opening import Opening
from sim.parameters import Leaf, ParameterGroup, inner_type, leaves
from sim.region import Market
from sim.wording import shown, unknown
from sim.yaml_files import YamlFile, at_line, read_file

Vectors = NDArray[np.float64]
GROUPS: dict[str, type[ParameterGroup]] = {"behaviour": Behaviour, "opening": Opening, "exams": Exams, "market": Market}
"""Groups of keys that a set may hold."""
NEEDED, MORE = ("title", "title_zh", "parameters", "vectors"), ("provenance",)
"""Keys that a file has, and that it may have."""
FEWEST_VECTORS = 2
MISSING = "{name} is missing; a behaviour set has the keys {needed}", "缺少 {name}；行为参数集须有键 {needed}"
FOREIGN = "{name} is no key of a behaviour set; it has the keys {needed}", "行为参数集没有键 {name}；其键为 {needed}"
NO_TABLE = "provenance is no table of keys; write its keys below it", "provenance 应为一组键；请在其下逐行书写"
NO_KEYS = "parameters is a list of keys, such as [behaviour.posts_seen]", "parameters 应为键的列表，如 [behaviour.posts_seen]"
NO_RANGE = "{message} A set holds numbers that are declared with a plausible range.", "{message}参数集只能包含声明了合理区间的数值参数。"
TWICE = "{name} is there twice; keep one of them", "{name} 重复；请只保留一个"
TOO_FEW = "vectors is a list of at least {least} lists of numbers", "vectors 应为至少 {least} 组数的列表"
RAGGED = "vector {number} has {length} values; there are {of} parameters", "第 {number} 组有 {length} 个值，而参数有 {of} 个"
WRONG = "vector {number}: {name} is {value}; allowed is a number from {low} to {high}", "第 {number} 组：{name} 为 {value}，应为 {low} 至 {high} 的数"


@dataclass(frozen=True)
class SetContent:
    """What stands in the file of a set.

    Attributes:
        title: Title in English.
        title_zh: Title in Chinese.
        parameters: Dotted keys.
        vectors: A line a vector, a column a parameter.
        provenance: Where it comes from.
    """

    title: str
    title_zh: str
    parameters: tuple[str, ...]
    vectors: Vectors
    provenance: dict[str, Any] = field(default_factory=dict)


@cache
def keys_of_sets() -> dict[str, Leaf]:
    """Return the parameters that a set may hold, those with a plausible range: dotted key → declaration."""
    found = (leaf for name, group in GROUPS.items() for leaf in leaves(group(), f"{name}."))
    return {leaf.key: leaf for leaf in found if leaf.prior is not None and inner_type(leaf.annotation) in (int, float)}


def as_declared(key: str, value: float) -> float:
    """Return a value of a parameter as it is declared: rounded where it is a whole number."""
    return round(value) if inner_type(keys_of_sets()[key].annotation) is int else value


def read_set(path: Path) -> SetContent:
    """Read the file of a set; once, as long as it stays as it is.

    Raises:
        ConfigurationError: A mistake in it, with its line.
    """
    about = path.stat() if path.is_file() else None
    return _read(path, *((about.st_mtime_ns, about.st_size) if about else (0, 0)))


@cache
def _read(path: Path, _changed: int, _size: int) -> SetContent:
    file = read_file(path)
    content = file.content
    for key in NEEDED:
        if key not in content:
            raise _refusal(file, "", MISSING, name=key, needed=", ".join(NEEDED))
    if foreign := next((key for key in content if key not in (*NEEDED, *MORE)), ""):
        raise _refusal(file, foreign, FOREIGN, name=foreign, needed=", ".join((*NEEDED, *MORE)))
    provenance = content.get("provenance") or {}
    if not isinstance(provenance, dict):
        raise _refusal(file, "provenance", NO_TABLE)
    parameters = _parameters(file)
    return SetContent(str(content["title"]), str(content["title_zh"]), parameters, _vectors(file, parameters), provenance)


def _refusal(file: YamlFile, key: str, told: tuple[str, str], **parts: object) -> ConfigurationError:
    en, zh = told
    return ConfigurationError(at_line(file.path, file.lines.get(key), sentence(en, zh, **parts)))


def _parameters(file: YamlFile) -> tuple[str, ...]:
    """Check the keys of a set.

    Raises:
        ConfigurationError: No list of keys, one that is unknown or has no plausible range, or one that is there twice.
    """
    given: Any = file.content["parameters"]
    if not isinstance(given, list) or not given or not all(isinstance(key, str) for key in given):
        raise _refusal(file, "parameters", NO_KEYS)
    known = keys_of_sets()
    for place, key in enumerate(given):
        if key not in known:
            raise _refusal(file, "parameters", NO_RANGE, message=unknown("key", key, list(known)))
        if key in given[:place]:
            raise _refusal(file, "parameters", TWICE, name=key)
    return tuple(given)


def _vectors(file: YamlFile, parameters: Sequence[str]) -> Vectors:
    """Check the vectors of a set.

    Raises:
        ConfigurationError: Too few, of another length than there are parameters, or a value that is none or is not allowed.
    """
    given: Any = file.content["vectors"]
    if not isinstance(given, list) or len(given) < FEWEST_VECTORS:
        raise _refusal(file, "vectors", TOO_FEW, least=FEWEST_VECTORS)
    for number, vector in enumerate(given, 1):
        length = len(vector) if isinstance(vector, list) else 0
        if length != len(parameters):
            raise _refusal(file, "vectors", RAGGED, number=number, length=length, of=len(parameters))
        for key, value in zip(parameters, vector, strict=True):
            low, high = _limits(key)
            is_number = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
            if not is_number or not low <= as_declared(key, value) <= high:
                raise _refusal(file, "vectors", WRONG, number=number, name=key, value=shown(value), low=f"{low:g}", high=f"{high:g}")
    return np.array(given, np.float64)


def _limits(key: str) -> tuple[float, float]:
    leaf = keys_of_sets()[key]
    return -math.inf if leaf.low is None else leaf.low, math.inf if leaf.high is None else leaf.high
