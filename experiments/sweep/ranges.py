"""Ranges that a design spreads its points over: intervals that were given, and plausible ranges that were declared (``over=``)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from experiments.shared.errors import MistakeError
from experiments.sweep.axes import Interval
from experiments.sweep.options import SweepOptions
from experiments.sweep.values import fields_of_sweep, keys_of_sweep, refuse_of_whole
from sim.bilingual import sentence
from sim.configuration import ConfigurationError
from sim.parameters import ENTRY, Leaf, declarations, inner_type
from sim.priors import priors
from sim.readings import annotation_at
from sim.scenario import Scenario
from sim.wording import unknown


def checked(interval: Interval) -> Interval:
    """Return an interval whose bounds are values of its key.

    Raises:
        MistakeError: The key is no number, or the range is empty or beyond what is allowed.
    """
    key = interval.key
    annotation = annotation_at(fields_of_sweep(), key)
    if annotation is not None and inner_type(annotation) not in (int, float):
        en, zh = "{key} is no number, so it has no interval; write {key}=A,B,C", "{key} 不是数字，没有区间；请写 {key}=A,B,C"
        raise MistakeError(sentence(en, zh, key=key))
    leaf = _declared().get(re.sub(r"\.\d+(?=\.|$)", ENTRY, key))
    lowest = -math.inf if leaf is None or leaf.low is None else leaf.low
    highest = math.inf if leaf is None or leaf.high is None else leaf.high
    low, high = (math.ceil(interval.low), math.floor(interval.high)) if interval.is_whole and _is_finite(interval) else (interval.low, interval.high)
    if not (lowest <= low < high <= highest and _is_finite(interval)):
        message = sentence(
            "the range of {key} is {low} to {high}; allowed is a lower and a higher number between {lowest:g} and {highest:g}",
            "{key} 的范围为 {low} 至 {high}；应为 {lowest:g} 与 {highest:g} 之间由小到大的两个数",
            key=key, low=interval.low, high=interval.high, lowest=lowest, highest=highest,
        )  # fmt: skip
        raise MistakeError(message)
    if interval.is_log and low <= 0:
        en = "the range of {key} begins at {low}; a logarithm needs a range above 0: leave tag(log, …) out, or begin higher"
        zh = "{key} 的范围从 {low} 开始；取对数须大于 0：请去掉 tag(log, …)，或提高下限"
        raise MistakeError(sentence(en, zh, key=key, low=low))
    return replace(interval, low=low, high=high)


def declared_ranges(over: Sequence[str], plain: Mapping[str, Any]) -> list[Interval]:
    """Return the plausible ranges of keys, and of the keys of groups; of levers that are not enabled only where the key itself is named.

    Args:
        over: Keys and groups, such as ``behaviour`` or ``policy.lodging.initial_awareness``.
        plain: The composed configuration, which says what is enabled.

    Raises:
        MistakeError: There is no such key, or it has no plausible range.
    """
    found: dict[str, Interval] = {}
    for name in over:
        refuse_of_whole(name)
        inside = [Interval(key, low, high, is_whole, is_of_over=True) for key, low, high, is_whole in _priors(name)]
        if not inside:
            if name not in keys_of_sweep():
                raise MistakeError(unknown("key", name, keys_of_sweep()))
            en = "over={name}: no plausible range is declared there; give one: {key}=interval(LOWEST,HIGHEST)"
            zh = "over={name}：其中没有已声明的合理取值范围；请给出范围：{key}=interval(LOWEST,HIGHEST)"
            raise MistakeError(sentence(en, zh, name=name, key=name if name in _declared() else f"{name}.KEY"))
        counting = [interval for interval in inside if interval.key == name or _counts(interval.key, plain)]
        if not counting:
            en = "over={name}: every key with a plausible range there is of a lever that is not enabled; enable it, or name the key itself"
            zh = "over={name}：其中有合理取值范围的键都属于未启用的政策工具；请先启用，或直接写出键名"
            raise MistakeError(sentence(en, zh, name=name))
        found |= {interval.key: interval for interval in counting if interval.key not in found}
    return list(found.values())


def _priors(name: str) -> Iterator[tuple[str, float, float, bool]]:
    for pattern in (name, f"{name}.*"):
        try:
            problem = priors(pattern)
        except ConfigurationError:  # none fits
            continue
        yield from ((key, *bounds, key in problem.whole) for key, bounds in zip(problem["names"], problem["bounds"], strict=True))


def _counts(key: str, plain: Mapping[str, Any]) -> bool:
    """Tell whether a key can matter: those of levers that are not enabled cannot."""
    group, _, rest = key.partition(".")
    lever = plain.get(group, {}).get(rest.partition(".")[0]) if group == "policy" else None
    return not isinstance(lever, dict) or bool(lever.get("enabled"))


def _is_finite(interval: Interval) -> bool:
    return math.isfinite(interval.low) and math.isfinite(interval.high)


@cache
def _declared() -> dict[str, Leaf]:
    return {leaf.key: leaf for kind in (Scenario, SweepOptions) for leaf in declarations(kind)}
