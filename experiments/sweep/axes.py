"""The keys that a sweep varies, as its words say them: lists, ranges, globs and intervals of Hydra's grammar, read into values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from experiments.shared.again import CONFIGURATION, Earlier, earlier_of, split_from
from experiments.shared.application import overrides_of
from experiments.shared.errors import MistakeError
from experiments.shared.given import quoted, tidied
from experiments.sweep.values import MOST_POINTS, fields_of_sweep, keys_of_sweep, mark_of, read_one, refuse_of_whole, too_many
from sim.bilingual import Sentence, listed, sentence
from sim.configuration import GROUPS, available, explain
from sim.own_file import SETS
from sim.own_files import own_in_use
from sim.parameters import inner_type
from sim.readings import annotation_at

OVER, LOG = "over", "log"
"""Tags of an interval: it was found by ``over=``; it is spread over the logarithm."""


@dataclass(frozen=True)
class Axis:
    """A key with its values.

    Attributes:
        key: The key.
        values: Its values as read; for a key that chooses files, names.
        texts: The values, each written in one way, as Hydra's grammar reads them.
    """

    key: str
    values: tuple[Any, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Interval:
    """A key with the range that a design spreads its points over.

    Attributes:
        key: The key.
        low: Lowest value.
        high: Highest value.
        is_whole: Whether the values are whole numbers.
        is_log: Whether equal ratios count as equally far apart.
        is_of_over: Whether ``over=`` found it.
    """

    key: str
    low: float
    high: float
    is_whole: bool = False
    is_log: bool = False
    is_of_over: bool = False

    @property
    def text(self) -> str:
        """The interval as Hydra's grammar reads it."""
        text = f"int(interval({int(self.low)},{int(self.high)}))" if self.is_whole else f"interval({float(self.low)!r},{float(self.high)!r})"
        tags = [tag for tag, is_set in ((LOG, self.is_log), (OVER, self.is_of_over)) if is_set]
        return f"tag({','.join(tags)},{text})" if tags else text


def key_of(word: str) -> str:
    """Return the key of an override."""
    return word.partition("=")[0].lstrip("+~")


def with_axes(words: Sequence[str]) -> list[str]:
    """Return the words with the axes of the sweep that ``from=`` names, but for those that are given anew.

    A sweep over files (programme, region …) is composed anew from the words that were recorded, since each of its points has other files. The points
    that a file gave are read from the result.
    """
    earlier = earlier_of(words, "sweep")
    others, _ = split_from(words)
    given = {key_of(word) for word in overrides_of(others)}
    if earlier is None:
        return list(words)
    axes, more = earlier.axes, []
    if axes and earlier.content.get("points") is not None:
        more += [] if "points" in given else [f"points={quoted(str(earlier.folder / CONFIGURATION))}"]
    else:
        kept = {key: texts for key, texts in axes.items() if not given & {key, "points"} and not (OVER in given and _is_of_over(texts))}
        kept |= {SETS: [_kept_set(earlier, text) for text in kept[SETS]]} if SETS in kept else {}
        more += [f"{key}={','.join(texts)}" if len(texts) > 1 or _is_interval(texts) else f"{key}=choice({texts[0]})" for key, texts in kept.items()]
    if "reference" not in given and given & {*axes, "design", "n", "over", "points"}:
        more.append("reference=null")  # a point of other points
    if any(key in GROUPS for key in axes):
        again = {*given, *axes, *map(key_of, more), "output", "from"}
        return [*(word for word in earlier.provenance.get("words") or () if key_of(word) not in again), *others, *more]
    return [*words, *more]


def _kept_set(earlier: Earlier, text: str) -> str:
    """Return the copy of a set of behaviours that a result has kept; its name where there is none."""
    copy = earlier.folder / SETS / f"{text}.yaml"
    return quoted(str(copy.resolve())) if copy.is_file() else text


def _is_interval(texts: Sequence[str]) -> bool:
    return len(texts) == 1 and "interval(" in texts[0]


def _is_of_over(texts: Sequence[str]) -> bool:
    return _is_interval(texts) and re.match(rf"tag\((\w+,)*{OVER},", texts[0]) is not None


def fixed_words(words: Sequence[str]) -> list[str]:
    """Return the words, options too, without those that vary a key.

    Raises:
        MistakeError: An override that Hydra cannot read.
    """
    overrides = [word for word in words if not word.startswith("-")]
    varying = {word for word, override in zip(overrides, _parsed(overrides), strict=True) if override.is_sweep_override()}
    return [word for word in words if word not in varying]


def needs_design(key: str) -> Sentence:
    """Say that an interval has no values by itself."""
    return sentence(
        "{key} has no list of values; write {key}=A,B,C, or {key}=range(FROM,TO,STEP) for numbers; an interval needs design=latin_hypercube or "
        "design=sobol, and n=64",
        "{key} 没有给出一列值；请写 {key}=A,B,C，数字也可写 {key}=range(a,b,step)；区间 interval 须配合 design=latin_hypercube 或 "
        "design=sobol，并给出 n=64",
        key=key,
    )  # fmt: skip


def read_axes(words: Sequence[str], params: Mapping[str, Any] | None = None) -> list[Axis | Interval]:
    """Return what varies, in order: first the keys of Hydra's ``hydra.sweeper.params``, then those of the words, which win.

    Args:
        words: Overrides.
        params: Key → values as text.

    Raises:
        MistakeError: An override that Hydra cannot read, a key or a value given twice, or a key or values that cannot be swept.
    """
    overrides = _parsed(words)
    keys = [override.get_key_element().lstrip("+~") for override in overrides]
    below = [f"{key}={text}" for key, text in _flat(params or {}) if key not in keys]
    below = tidied(below, fields_of_sweep(), keys_of_sweep(), own_in_use(), sweep=True)
    found = [_axis_of(key_of(word), override) for word, override in zip(below, _parsed(below), strict=True)]
    for key, override in zip(keys, overrides, strict=True):
        if not override.is_sweep_override():
            continue
        if keys.count(key) > 1:
            message = sentence(
                "{key} is given {n} times; give it once, with all its values: {key}=A,B,C", "{key} 给了 {n} 次；请只给一次，写出所有值：{key}=A,B,C",
                key=key, n=keys.count(key),
            )  # fmt: skip
            raise MistakeError(message)
        found.append(_axis_of(key, override))
    return found


def _flat(params: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Yield dotted key and value: ``+hydra.sweeper.params.policy.loans.budget=…`` gives tables in tables."""
    for key, value in params.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value


def _parsed(words: Sequence[str]) -> list[Any]:
    from hydra.core.override_parser.overrides_parser import OverridesParser
    from hydra.errors import HydraException

    try:
        return list(OverridesParser.create().parse_overrides(list(words)))
    except HydraException as error:
        raise MistakeError(explain(error, list(words), keys_of_sweep())) from None


def _axis_of(key: str, override: Any) -> Axis | Interval:  # noqa: ANN401
    """Return the axis that an override is; one value is an axis of one.

    Raises:
        MistakeError: A key or values that cannot be swept.
    """
    from hydra.core.override_parser.types import Glob, IntervalSweep

    refuse_of_whole(key)
    sweep = override.value()
    if isinstance(sweep, IntervalSweep):
        whole = inner_type(annotation_at(fields_of_sweep(), key)) is int or (isinstance(sweep.start, int) and isinstance(sweep.end, int))
        return Interval(key, sweep.start, sweep.end, whole, LOG in sweep.tags, OVER in sweep.tags)
    if getattr(sweep, "shuffle", False):
        message = sentence(
            "{key}: shuffle(...) would give another order every time, and results have to be the same; leave it out, or let a design choose the "
            "points: design=latin_hypercube n=64",
            "{key}：shuffle(...) 每次顺序不同，而结果必须可重现；请去掉，或改由设计取点：design=latin_hypercube n=64", key=key,
        )  # fmt: skip
        raise MistakeError(message)
    if isinstance(sweep, Glob):
        names = _matching(key, sweep)
        return Axis(key, names, tuple(map(quoted, names)))
    found = _values_of(key, override)
    if not found:
        en, zh = "{key} has no value: the range is empty; write range(FROM,TO,STEP)", "{key} 没有值：范围为空；请写 range(a,b,step)"
        raise MistakeError(sentence(en, zh, key=key))
    return Axis(key, tuple(value for value, _ in found), tuple(text for _, text in found))


def _matching(key: str, glob: Any) -> tuple[str, ...]:  # noqa: ANN401
    """Return the files whose names fit patterns.

    Raises:
        MistakeError: The key chooses no file, or none fits.
    """
    if key not in GROUPS:
        message = sentence(
            "{key} has no list of values: glob(...) is for names of files ({groups}); write {key}=A,B,C",
            "{key} 没有给出一列值：glob(...) 只用于按名称选文件的键（{groups}）；请写 {key}=A,B,C", key=key, groups=listed(GROUPS),
        )  # fmt: skip
        raise MistakeError(message)
    there = available(key)
    fits = [name for name in there if any(fnmatchcase(name, one) for one in glob.include) and not any(fnmatchcase(name, one) for one in glob.exclude)]
    if not fits:
        en, zh = "{key}: no name fits; there is: {names}", "{key}：没有符合的名称；现有：{names}"
        raise MistakeError(sentence(en, zh, key=key, names=listed(there)))
    return tuple(sorted(fits))


def _values_of(key: str, override: Any) -> list[tuple[Any, str]]:  # noqa: ANN401
    """Return the values of a key, each with the one way in which it is written.

    Raises:
        MistakeError: A value given twice, in whatever spelling, or too many.
    """
    annotation = annotation_at(fields_of_sweep(), key)
    found: dict[tuple[bool, Any], tuple[Any, str, str]] = {}
    sweep = override.value()
    stop = getattr(sweep, "stop", None)
    if stop is not None and sweep.step and (stop - sweep.start) / sweep.step > MOST_POINTS:
        raise MistakeError(too_many(key))
    for element, text in _elements(override):
        value, shown = read_one(key, element, text, annotation)
        if isinstance(value, float) and value == stop:  # reached by rounding: a range ends before it
            continue
        mark = mark_of(value)
        if mark in found:
            _, first, spelling = found[mark]
            en, zh = "{key} is given the value {first} twice{how}; give each value once", "{key} 的取值 {first} 重复{how}；每个值只写一次"
            raise MistakeError(sentence(en, zh, key=key, first=first, how="" if spelling == text else f" ({spelling}, {text})"))
        found[mark] = value, shown, text
    return [(value, shown) for value, shown, _ in found.values()]


def _elements(override: Any) -> Iterator[tuple[Any, str]]:  # noqa: ANN401
    """Yield each value of a list or range, with its text."""
    from hydra.errors import HydraException

    if not override.is_sweep_override():
        yield override.value(), override.get_value_element_as_str()
        return
    try:
        for element, text in zip(override.sweep_iterator(), override.sweep_string_iterator(), strict=True):
            yield element, str(text)
    except (HydraException, ValueError) as error:
        raise MistakeError(explain(error, [override.input_line], keys_of_sweep())) from None
