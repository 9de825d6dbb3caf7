"""What is wrong in a configuration, in words: the key, what was given, what is allowed, and the nearest key."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from datetime import date
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sim.bilingual import Sentence, joined, listed, message_of, sentence
from sim.gone import GONE
from sim.levers import LEVERS
from sim.parameters import inner_type, without_null
from sim.units import unit_words

KINDS = {
    bool: Sentence("true or false (boolean)", " true 或 false"), int: Sentence("an integer", "整数"), float: Sentence("a finite number", "有限的数"),
    date: Sentence("a date such as 2020-11-01", "日期，如 2020-11-01"), str: Sentence("a text", "文字"),
}  # fmt: skip
KIND_WORDS = {
    "key": "键", "option": "选项", "programme": "项目", "place": "地方", "region": "地区", "population": "人口", "market": "市场",
    "comparison": "比较",
    "study": "研究", "service": "服务", "lever": "政策工具", "outcome": "结果指标", "list": "列表", "baseline": "对照方案", "variant": "变体",
    "behaviour": "行为参数集", "targets": "目标", "measure": "测量项",
}  # fmt: skip
"""What may be unknown → the same in Chinese."""
REASONS = {
    "input is too short": "太短", "day value is outside expected range": "没有这一天",
    "month value is outside expected range of 1-12": "月份须在 1-12 之间",
    "unexpected extra characters at the end of the input": "末尾有多余的字符", "invalid date separator, expected `-`": "年月日之间用 -",
    "invalid character in year": "年份不是数字", "invalid character in month": "月份不是数字", "invalid character in day": "日不是数字",
}  # fmt: skip
"""Why pydantic cannot read a date → the same in Chinese."""
ALLOWED = {
    "dict_type": Sentence("a table of keys, such as {KEY: VALUE}", "由键和值组成的表，如 {KEY: VALUE}"), "string_type": Sentence("a text", "文字"),
    "list_type": Sentence("a list, such as [a,b]", "列表，如 [a,b]"), "tuple_type": Sentence("a list, such as [a,b]", "列表，如 [a,b]"),
    "model_type": Sentence("a table of keys, such as {KEY: VALUE}", "由键和值组成的表，如 {KEY: VALUE}"),
}  # fmt: skip
"""Error of pydantic → what is allowed, where no declared parameter says so."""
MOST_LISTED = 30
LONGEST_SHOWN = 80


def unknown(kind: str, given: str, known: list[str], *, lists: bool = True) -> Sentence:
    """Say that a name is unknown, and which is nearest.

    Args:
        kind: What is unknown: ``"key"``, ``"programme"`` …
        given: The name given.
        known: The names there are.
        lists: Whether to list them, where they are few.
    """
    if kind == "key" and given in GONE:
        return GONE[given]
    known, parts = [name for name in known if name != given], given.split(".")
    if kind == "key" and parts[0] == "policy" and len(parts) > 1 and parts[1] not in (levers := [lever.name for lever in LEVERS]):
        close = _nearest(parts[1], levers)
        return sentence(
            "unknown lever {lever!r} in {given!r}.{hint} Levers: {levers}.", "“{given}”中的政策工具“{lever}”不存在。{hint}政策工具有：{levers}。",
            lever=parts[1], given=given, hint=did_you_mean(".".join(["policy", close, *parts[2:]]) if close else ""), levers=listed(levers),
        )  # fmt: skip
    parent, _, last = given.rpartition(".")
    siblings = [name.rpartition(".")[2] for name in known if parent and name.rpartition(".")[0] == parent]
    listing: Sentence | str = ""
    if siblings:
        close = _nearest(last, siblings)
        close = f"{parent}.{close}" if close else _same_last_part(last, known)
        if len(siblings) <= MOST_LISTED and not close:
            listing = sentence(" {parent} has: {names}.", "{parent} 之下有：{names}。", parent=parent, names=listed(siblings))
    else:
        close = next((name for name in known if name.rpartition(".")[2] == last), "") or _nearest(given, known) or _same_last_part(last, known)
        if lists and known and len(known) <= MOST_LISTED:
            listing = sentence(" Known: {names}.", "已有：{names}。", names=listed(known))
    hint = did_you_mean(close)
    if kind == "key" and not hint and not listing:
        hint = Sentence(" yizhan list parameters and yizhan list keys show every key.", "yizhan list parameters 与 yizhan list keys 可列出所有键。")
    called = Sentence(kind, KIND_WORDS.get(kind, kind))
    return sentence(
        "unknown {kind} {given!r}.{hint}{listing}", "{kind}“{given}”不存在。{hint}{listing}", kind=called, given=given, hint=hint, listing=listing,
    )  # fmt: skip


def check_known(kind: str, name: str, known: Iterable[str]) -> None:
    """Refuse a name that there is not.

    Args:
        kind: What is unknown (see `unknown`).
        name: The name given.
        known: The names there are.

    Raises:
        KeyError: It is none of them.
    """
    if name not in (names := list(known)):
        raise KeyError(unknown(kind, str(name), names))


def did_you_mean(close: str) -> Sentence | str:
    """Ask whether another word was meant; an empty text where there is none."""
    return sentence(" Did you mean {close!r}?", "是否想写“{close}”？", close=close) if close else ""


def _nearest(given: str, known: list[str], cutoff: float = 0.6) -> str:
    """Return the name nearest to the one given, whatever its case, or the one that begins with it; an empty text where none is near."""
    lower = {name.lower(): name for name in reversed(known)}
    wanted = given.lower()
    found = difflib.get_close_matches(wanted, lower, n=1, cutoff=cutoff) or [name for name in lower if wanted and name.startswith(wanted)]
    return lower[found[0]] if len(found) == 1 else ""


def _same_last_part(last: str, known: list[str]) -> str:
    """Return a key that ends in this name, or in one like it."""
    ends = {name.rpartition(".")[2]: name for name in reversed(known)}
    return ends.get(_nearest(last, list(ends), 0.75), "")


def explain_value(detail: Any, root: type[BaseModel], known: list[str]) -> Sentence:  # noqa: ANN401
    """Explain one error of pydantic: the key, what was given, and what is allowed or which key is nearest.

    Args:
        detail: The error.
        root: The class that was to be made.
        known: The keys there are.
    """
    location, given = detail["loc"], detail.get("input")
    kind = detail["type"]
    if kind == "truth_as_number":
        place, given = detail["ctx"]["place"], detail["ctx"]["given"]
        location = location if place is None else (*location, place)
    key = ".".join(str(part) for part in location)
    if kind == "extra_forbidden":
        siblings = [f"{key.rpartition('.')[0]}.{name}" for name in _class_at(root, location[:-1]).model_fields]
        return unknown("key", key, list(dict.fromkeys([*known, *siblings])))
    if kind == "value_error":
        message = message_of(detail["ctx"]["error"])
        return sentence("{key}: {message}", "{key}：{message}", key=key, message=message) if key else message
    if kind == "missing":
        return sentence("{key} is missing; {group} needs it.", "缺少 {key}，{group} 需要它。", key=key, group=key.rpartition(".")[0])
    field = _field_at(root, location)
    why: Sentence | str = ""
    if field is None:
        allowed = ALLOWED.get(kind, detail["msg"].removeprefix("Input should be "))
    else:
        allowed = _allowed(key, field, element=isinstance(location[-1], int))
        if kind == "date_from_datetime_parsing":
            reason = next((one for one in REASONS if detail["msg"].endswith(one)), detail["msg"].rpartition(", ")[2])
            why = sentence(" ({reason})", "（{reason}）", reason=Sentence(reason, REASONS.get(reason, reason)))
    return sentence(
        "{key} is {given}; allowed is {allowed}{why}.", "{key} 为 {given}，应为{allowed}{why}。", key=key, given=shown(given), allowed=allowed,
        why=why,
    )  # fmt: skip


def _field_at(root: type[BaseModel], location: Sequence[str | int]) -> FieldInfo | None:
    """Return the declaration of the parameter at a place."""
    names = [part for part in location if isinstance(part, str)]
    holder = _class_at(root, names[:-1])
    return holder.model_fields.get(names[-1]) if names else None


def _class_at(root: type[BaseModel], location: Sequence[str | int]) -> type[BaseModel]:
    """Return the class of the group at a place; the last group on the way where there is none."""
    here = root
    named: type[BaseModel] | None = None
    for part in location:
        if named is not None:  # the name of an entry of a table
            here, named = named, None
            continue
        field = here.model_fields.get(part) if isinstance(part, str) else None
        inner = inner_type(field.annotation) if field else None
        if get_origin(inner) is dict:
            inner = get_args(inner)[1]
            named = inner if isinstance(inner, type) and issubclass(inner, BaseModel) else None
        elif isinstance(inner, type) and issubclass(inner, BaseModel):
            here = inner
    return here


def _allowed(key: str, field: FieldInfo, *, element: bool) -> Sentence:
    """Say what a parameter may be: kind, range, unit."""
    inner = inner_type(field.annotation)
    if get_origin(inner) is Literal:
        choices = [str(value) for value in get_args(inner)]
        return Sentence(" or ".join(choices), " " + " 或 ".join(choices))
    if get_origin(without_null(field.annotation)) in (tuple, list) and not element:
        return sentence("a list, such as {key}=[a,b]", "列表，如 {key}=[a,b]", key=key)
    if isinstance(inner, type) and issubclass(inner, BaseModel):
        names = listed([*list(inner.model_fields)[:MOST_LISTED], *(["…"] if len(inner.model_fields) > MOST_LISTED else [])])
        return sentence(
            "a table of keys ({group}): write {key}.KEY=VALUE, with KEY one of {names}",
            "一组键（{group}）：请写 {key}.KEY=VALUE，KEY 为以下之一：{names}",
            group=inner.__name__, key=key, names=names,
        )  # fmt: skip
    bounds = {name: value for bound in field.metadata for name, value in _limits(bound).items()}
    low, high = bounds.get("ge"), bounds.get("le", bounds["lt"] - 1 if "lt" in bounds else None)
    limits = [(words, bound) for words, bound in ((("at least", "不小于"), low), (("at most", "不大于"), high)) if bound is not None]
    span = Sentence(*(between.join(f"{words[place]} {bound:.15g}" for words, bound in limits) for place, between in ((0, " and "), (1, "、"))))
    extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    unit = unit_words(str(extra["unit"])) if extra.get("unit", "-") not in ("-", "date") else None
    return joined([
        KINDS.get(inner, str(inner)),
        Sentence(" that is not empty", "，不能为空") if "min_length" in bounds else sentence(", {span}", "，{span}", span=span) if span else "",
        Sentence(f" ({unit['en']})", f"（{unit['zh']}）") if unit else "",
        Sentence(", or null", "，或 null") if NoneType in get_args(field.annotation) else "",
    ], "")  # fmt: skip


def _limits(bound: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return the limits that one piece of a field's metadata sets."""
    limits = {name: getattr(bound, name, None) for name in ("ge", "le", "lt", "min_length")}
    return {name: limit for name, limit in limits.items() if limit is not None}


def shown(value: Any) -> str:  # noqa: ANN401
    """Write a value as the user did."""
    text = "null" if value is None else str(value).lower() if isinstance(value, bool) else repr(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
