"""The keys that a sweep varies, each with its values as written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from experiments.shared.again import earlier_of, split_from
from experiments.shared.application import overrides_of
from experiments.shared.errors import MistakeError
from experiments.shared.given import quoted
from experiments.sweep.options import SweepOptions
from sim.bilingual import sentence
from sim.configuration import GROUPS, explain
from sim.readings import Kind, annotation_at, kind_of, read_value
from sim.scenario import Scenario, known_keys

NOT_SWEPT = ("output", "language", "figures", "save_people", "outcomes", "replicates", "workers")
"""Keys that belong to the whole sweep."""


def with_axes(words: Sequence[str]) -> list[str]:
    """Return the words with the axes of the sweep that ``from=`` names, but for those that are given anew.

    A sweep over files (programme, region …) is composed anew from the words that were recorded, since each of its points has other files.
    """
    earlier = earlier_of(words, "sweep")
    others, _ = split_from(words)
    given = {key_of(word) for word in overrides_of(others)}
    if earlier is None:
        return list(words)
    if any(key in GROUPS for key in earlier.axes):
        recorded = [word for word in earlier.provenance.get("words") or () if key_of(word) not in {*given, "output", "from"}]
        return [*recorded, *others]
    return [*words, *(f"{key}={','.join(values)}" for key, values in earlier.axes.items() if key not in given)]


def swept_keys(words: Sequence[str]) -> dict[str, list[str]]:
    """Return the keys with several values, each with its values as written.

    Raises:
        MistakeError: An override that Hydra cannot read, a key or a value given twice, or a key that cannot be swept.
    """
    from hydra.core.override_parser.overrides_parser import OverridesParser
    from hydra.core.override_parser.types import ValueType
    from hydra.errors import HydraException

    try:
        overrides = OverridesParser.create().parse_overrides(list(words))
    except HydraException as error:
        raise MistakeError(explain(error, list(words), known_keys(SweepOptions.model_fields))) from None
    found: dict[str, list[str]] = {}
    keys = [override.get_key_element().lstrip("+~") for override in overrides]
    for key, override in zip(keys, overrides, strict=True):
        if not override.is_sweep_override():
            continue
        if key in NOT_SWEPT or key.startswith("hydra"):
            message = sentence(
                "{key} cannot be swept; sweep a key of policy, population, market, behaviour or region, or programme, seed, days",
                "{key} 不能取多个值；可扫描 policy、population、market、behaviour、region 下的键，以及 programme、seed、days", key=key,
            )  # fmt: skip
            raise MistakeError(message)
        if override.value_type is ValueType.GLOB_CHOICE_SWEEP or not override.is_discrete_sweep():
            message = sentence(
                "{key} has no list of values; write {key}=A,B,C, or {key}=range(FROM,TO,STEP) for numbers",
                "{key} 没有给出一列值；请写 {key}=A,B,C，数字也可写 {key}=range(a,b,step)", key=key,
            )  # fmt: skip
            raise MistakeError(message)
        if keys.count(key) > 1:
            message = sentence(
                "{key} is given {n} times; give it once, with all its values: {key}=A,B,C", "{key} 给了 {n} 次；请只给一次，写出所有值：{key}=A,B,C",
                key=key, n=keys.count(key),
            )  # fmt: skip
            raise MistakeError(message)
        found[key] = _values_of(key, override)
    return found


def _values_of(key: str, override: Any) -> list[str]:  # noqa: ANN401
    """Return the values of a key as Hydra reads them, each written in one way.

    Raises:
        MistakeError: A value given twice, in whatever spelling.
    """
    fields = {**Scenario.model_fields, **SweepOptions.model_fields}
    kind = kind_of(annotation_at(fields, key))
    found: dict[tuple[bool, Any], tuple[str, str]] = {}
    for element, text in zip(override.sweep_iterator(), override.sweep_string_iterator(), strict=True):
        value, shown = _one_value(key, getattr(element, "text", element), str(text), kind)
        if isinstance(value, float) and value == getattr(override.value(), "stop", None):  # reached by rounding: a range ends before it
            continue
        mark = (isinstance(value, bool), repr(value) if isinstance(value, (list, dict)) else value)
        if mark in found:
            first, written = found[mark]
            en, zh = "{key} is given the value {first} twice{how}; give each value once", "{key} 的取值 {first} 重复{how}；每个值只写一次"
            raise MistakeError(sentence(en, zh, key=key, first=first, how="" if written == str(text) else f" ({written}, {text})"))
        found[mark] = shown, str(text)
    return [shown for shown, _ in found.values()]


def _one_value(key: str, value: Any, text: str, kind: Kind) -> tuple[Any, str]:  # noqa: ANN401
    """Return a value of a sweep, and the one way in which it is written."""
    if isinstance(value, float) and "." in text:  # such as a step of a range: 0.7000000000000001
        step = float(f"{value:.12g}")
        return step, repr(step)
    if not isinstance(value, str):
        return value, text
    read = read_value(value, kind, key)
    if isinstance(read, str):
        return read, text if read == value else quoted(read)
    return read, str(read)


def key_of(word: str) -> str:
    """Return the key of an override."""
    return word.partition("=")[0].lstrip("+~")
