"""``reference=``: the point of a sweep that the others are compared with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from experiments.shared.errors import MistakeError
from experiments.sweep.values import fields_of_sweep, mark_of
from sim.bilingual import listed, message_of, sentence
from sim.composing import choose
from sim.configuration import GROUPS, ConfigurationError
from sim.own_files import own_in_use
from sim.readings import annotation_at, kind_of, read_value
from sim.wording import shown, unknown

Point = Mapping[str, Any]
MOST_SHOWN = 12
"""Values of a key that are listed."""


def find_reference(asked: Any, points: Sequence[Point], names: Sequence[str], default: int) -> int:  # noqa: ANN401
    """Return the number of the point that others are compared with.

    Args:
        asked: Its number, its name, or some of its values: ``{KEY: VALUE}``; None: `default`.
        points: The points.
        names: What they are called; empty: they have no names.
        default: Which it is where nobody asks for one.

    Raises:
        MistakeError: It is none of them, or may be several.
    """
    if asked is None:
        return default
    if isinstance(asked, int) and not isinstance(asked, bool):
        if 0 <= asked < len(points):
            return asked
        en, zh = "reference is {number}; the points have the numbers 0 to {last}", "reference 为 {number}；点的编号为 0 至 {last}"
        raise MistakeError(sentence(en, zh, number=asked, last=len(points) - 1))
    if isinstance(asked, str):
        return _by_name(asked, names)
    if isinstance(asked, Mapping) and asked:
        return _by_values(asked, points)
    message = sentence(
        "reference is {given}; allowed is the number of a point, its name, or values that one point alone has: reference={{KEY:VALUE}}",
        "reference 为 {given}；应为点的编号、名称，或唯一确定一个点的取值：reference={{键:值}}", given=shown(asked),
    )  # fmt: skip
    raise MistakeError(message)


def _by_name(asked: str, names: Sequence[str]) -> int:
    if asked in names:
        return names.index(asked)
    if names:
        raise MistakeError(sentence("reference: {why}", "reference：{why}", why=unknown("point", asked, list(names))))
    message = sentence(
        "reference is {name}, but the points have no names (a column called name in the file of points=); write the number of a point, or "
        "reference={{KEY:VALUE}}",
        "reference 为 {name}，但各点没有名称（points= 文件中的 name 列）；请写编号，或 reference={{键:值}}", name=asked,
    )  # fmt: skip
    raise MistakeError(message)


def _by_values(asked: Mapping[str, Any], points: Sequence[Point]) -> int:
    axes = list(points[0])
    wanted = {str(key): mark_of(_read(str(key), value, axes)) for key, value in asked.items()}
    found = [number for number, point in enumerate(points) if all(mark_of(point[key]) == mark for key, mark in wanted.items())]
    if len(found) == 1:
        return found[0]
    if not found:
        there = {key: list(dict.fromkeys(shown(point[key]) for point in points)) for key in wanted}
        values = "; ".join(f"{key}: {', '.join(some[:MOST_SHOWN])}{', …' if len(some) > MOST_SHOWN else ''}" for key, some in there.items())
        en, zh = "reference: no point has these values together; there is {values}", "reference：没有同时具有这些取值的点；现有 {values}"
        raise MistakeError(sentence(en, zh, values=values))
    first = points[found[0]]
    missing = [key for key in axes if key not in wanted and any(mark_of(points[number][key]) != mark_of(first[key]) for number in found)]
    if not missing:  # a design that has drawn the same point twice
        return found[0]
    message = sentence(
        "reference: {n} points have these values; name a value of {keys}, too", "reference：有 {n} 个点具有这些取值；请再给出 {keys} 的取值",
        n=len(found), keys=listed(missing),
    )  # fmt: skip
    raise MistakeError(message)


def _read(key: str, value: Any, axes: Sequence[str]) -> Any:  # noqa: ANN401
    """Return a value as the points have it.

    Raises:
        MistakeError: The key does not vary, or the value cannot be read.
    """
    if key not in axes:
        en, zh = "reference: {key} does not vary; the points differ in {axes}", "reference：{key} 没有变动；各点的差别在于 {axes}"
        raise MistakeError(sentence(en, zh, key=key, axes=listed(axes)))
    try:
        if key in GROUPS:
            return choose(key, value, own_in_use())
        return read_value(value, kind_of(annotation_at(fields_of_sweep(), key)), key) if isinstance(value, str) else value
    except ConfigurationError as error:
        raise MistakeError(sentence("reference: {why}", "reference：{why}", why=message_of(error))) from None
