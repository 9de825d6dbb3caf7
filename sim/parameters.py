"""A parameter is declared once and serves everywhere: validation, help, documentation, the prior of a sensitivity analysis.

A group of parameters is a frozen pydantic model; each parameter is a field made by `parameter`. `declarations` walks a tree of groups and
gives every parameter its dotted key, `leaves` keeps those that are one number, and `make_rules` turns these into the record that compiled
rules read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache, lru_cache
from importlib import import_module
from types import NoneType
from typing import Any, NamedTuple, Self, get_args, get_origin

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from sim.bilingual import STEERING, joined, sentence
from sim.compiled import Rows
from sim.errors import ConfigurationError

ENTRY = "[]"
"""Stands in a key for any entry of a list: ``region.districts[].share``."""
NAME = "NAME"
"""Stands in a key for the name of any entry of a table: ``study.arms.NAME.services``."""


class ParameterGroup(BaseModel):
    """Base of every group of parameters: frozen, an unknown key is an error, and true is no number."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True, allow_inf_nan=False)

    @field_validator("*", mode="before")
    @classmethod
    def _read_with_care(cls, value: Any, info: ValidationInfo) -> Any:  # noqa: ANN401
        """Refuse what pydantic would take for something else: in one validator, since pydantic looks into each anew for every parameter."""
        kind = inner_type(cls.model_fields[str(info.field_name)].annotation)
        if kind is date:
            value = _only_dates(value)
        _refuse_steering_signs(value)
        if kind in (int, float):
            _refuse_truth_as_number(value)
        return value

    def __setattr__(self, name: str, value: Any) -> None:  # noqa: ANN401
        """Refuse to set a parameter: what is checked once stays as it is.

        Raises:
            ConfigurationError: Always, but for what is no parameter.
        """
        if name.startswith("_"):
            super().__setattr__(name, value)
            return
        raise ConfigurationError(sentence(
            "{name} cannot be set: parameters stay as they are. Make another scenario: scenario.with_({{'KEY': VALUE}})",
            "{name} 不能直接赋值：参数创建后不再改变。请另建情景：scenario.with_({{'键': 值}})", name=name,
        ))  # fmt: skip

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy; with an update it is checked like any other group, unlike pydantic's.

        Args:
            update: Name of a parameter → new value.
            deep: Whether the values are copied, too.

        Raises:
            ConfigurationError: An unknown parameter, or a value that is not allowed.
        """
        copy = super().model_copy(deep=deep)
        if not update:
            return copy
        try:
            return type(self).model_validate({**dict(copy), **update})
        except ValidationError as error:
            wording = import_module("sim.wording")  # which knows every lever, and so this: asked for only once something is wrong
            known = list(type(self).model_fields)
            raise ConfigurationError(joined(wording.explain_value(detail, type(self), known) for detail in error.errors())) from None


def _refuse_truth_as_number(value: Any) -> None:  # noqa: ANN401
    """Refuse true and false for a number, which pydantic would take for 1 and 0; also within a list of numbers."""
    for place, member in enumerate(value) if isinstance(value, (list, tuple)) else [(None, value)]:
        if isinstance(member, (bool, np.bool_)):
            kind, message = "truth_as_number", "Input should be a number, not true or false"
            raise PydanticCustomError(kind, message, {"place": place, "given": bool(member)})  # type: ignore[misc]


def _refuse_steering_signs(value: Any) -> None:  # noqa: ANN401
    """Refuse signs in a text that are not seen and change what is, such as those that steer a terminal."""
    for text in value if isinstance(value, (list, tuple)) else [value]:
        if isinstance(text, str) and (found := STEERING.search(text)):
            raise ValueError(sentence(
                "the text holds a sign that is not seen ({sign}); delete it", "文本中含有不可见的控制字符（{sign}），请删除",
                sign=f"U+{ord(found[0]):04X}",
            ))  # fmt: skip


def _only_dates(value: Any) -> Any:  # noqa: ANN401
    """Refuse numbers and hours for a date, which pydantic would count from 1970; midnight is its day."""
    found = [day_of(member) for member in value] if isinstance(value, (list, tuple)) else [day_of(value)]
    if any(member is NO_DAY for member in found):
        kind, message = "no_date", "Input should be a date"
        raise PydanticCustomError(kind, message)  # type: ignore[misc]
    return found if isinstance(value, (list, tuple)) else found[0]


NO_DAY = object()
"""Stands for what is no date."""


def day_of(value: Any) -> Any:  # noqa: ANN401
    """Return the day that a time at midnight is; `NO_DAY` for any other time and for numbers; anything else as it is."""
    if isinstance(value, datetime):
        return value.date() if value.time() == time() and value.tzinfo is None else NO_DAY
    if isinstance(value, (int, float, Decimal)) or (isinstance(value, str) and re.fullmatch(r"\s*[-+]?[\d.]+\s*", value)):
        return NO_DAY
    return value


class Leaf(NamedTuple):
    """One parameter as tables and messages show it.

    Attributes:
        key: Dotted key.
        value: Value in the group that was walked; the default within lists.
        default: Declared default.
        unit: Unit, ``"-"`` where there is none; empty if it was not declared.
        low: Smallest value allowed.
        high: Largest value allowed.
        prior: Plausible range.
        source: Where the value comes from; empty if it was not declared.
        meaning: Language → meaning; empty where it was not declared.
        annotation: Type.
        required: Whether there is no default.
    """

    key: str
    value: Any
    default: Any
    unit: str
    low: float | None
    high: float | None
    prior: tuple[float, float] | None
    source: str
    meaning: dict[str, str]
    annotation: Any
    required: bool

    @property
    def is_list(self) -> bool:
        """Whether the parameter is a list."""
        return get_origin(without_null(self.annotation)) in (tuple, list)

    @property
    def is_optional(self) -> bool:
        """Whether the parameter may be null."""
        return NoneType in get_args(self.annotation)

    @property
    def is_implausible(self) -> bool:
        """Whether the value is outside the plausible range."""
        return self.prior is not None and self.value is not None and not self.prior[0] <= self.value <= self.prior[1]

    def is_within(self, keys: Iterable[str]) -> bool:
        """Tell whether the parameter is one of some keys, or within one of some groups."""
        return any(self.key == key or self.key.startswith(f"{key}.") for key in keys)

    @property
    def is_number(self) -> bool:
        """Whether the parameter is one number to compiled rules: a number, a flag or a date, or null."""
        return _is_number(self.annotation)


def _without_null(annotation: Any) -> Any:  # noqa: ANN401
    """Return ``X`` of ``X | None``."""
    inside = [inner for inner in get_args(annotation) if inner is not NoneType]
    return inside[0] if NoneType in get_args(annotation) and inside else annotation


def _inner_type(annotation: Any) -> Any:  # noqa: ANN401
    """Return ``X`` of ``X``, ``X | None``, ``tuple[X, ...]`` and ``list[X]``."""
    kind = without_null(annotation)
    return get_args(kind)[0] if get_origin(kind) in (tuple, list) else kind


def _one_number(annotation: Any) -> bool:  # noqa: ANN401
    return get_origin(without_null(annotation)) not in (tuple, list) and inner_type(annotation) in (bool, int, float, date)


without_null: Callable[[Any], Any] = cache(_without_null)
inner_type: Callable[[Any], Any] = cache(_inner_type)
_is_number: Callable[[Any], bool] = cache(_one_number)


def parameter(
    default: Any,  # noqa: ANN401
    *,
    unit: str,
    source: str,
    en: str,
    zh: str,
    low: float | None = None,
    high: float | None = None,
    prior: tuple[float, float] | None = None,
) -> Any:  # noqa: ANN401
    """Declare one parameter.

    Args:
        default: Default value; ``...`` where one must be given.
        unit: Unit, ``"-"`` where there is none.
        source: Where the value comes from (``evidence N`` is row N of ``docs/evidence.md``), or ``"assumption"``.
        en: Meaning in English.
        zh: Meaning in Chinese.
        low: Smallest value allowed.
        high: Largest value allowed.
        prior: Plausible range, for sensitivity analysis.

    Returns:
        A pydantic field.
    """
    extra: dict[str, Any] = {"unit": unit, "source": source, "zh": zh, "prior": prior}
    return Field(default=default, ge=low, le=high, description=en, json_schema_extra=extra)


def told(zh: str, unit: str = "-") -> dict[str, Any]:
    """Return what a field of pydantic's own is to say besides its description: its meaning in Chinese, and its unit.

    Args:
        zh: Meaning in Chinese.
        unit: Unit, ``"-"`` where there is none.
    """
    return {"unit": unit, "source": "choice", "zh": zh}


def declarations(group: ParameterGroup | type[ParameterGroup], prefix: str = "") -> Iterator[Leaf]:
    """Yield every parameter of a group, of the groups inside it and of the entries of its lists, in declared order.

    Args:
        group: The group, or its class, whose defaults are then the values.
        prefix: Dotted key of the group itself, with a trailing dot; empty for the root.
    """
    kind = group if isinstance(group, type) else type(group)
    for name, declared in _declared(kind).items():
        value = declared.default if isinstance(group, type) else getattr(group, name)
        if declared.group is not None and not declared.is_list:
            yield from declarations(value if isinstance(value, ParameterGroup) else declared.group, f"{prefix}{name}.")
            continue
        yield Leaf(prefix + name, value, *declared.told)
        if declared.group is not None:
            yield from declarations(declared.group, f"{prefix}{name}{ENTRY}.")
        if declared.of_entries is not None:
            yield from declarations(declared.of_entries, f"{prefix}{name}.{NAME}.")


def leaves(group: ParameterGroup, prefix: str = "") -> Iterator[Leaf]:
    """Yield every parameter of a group and of the groups inside it that is one number, a flag or a date, in declared order.

    Args:
        group: The group.
        prefix: Dotted key of the group itself, with a trailing dot; empty for the root.
    """
    return (leaf for leaf in declarations(group, prefix) if leaf.is_number and ENTRY not in leaf.key)


class _Declared(NamedTuple):
    """What is known of a field of a group, whatever its value: that of `Leaf` after key and value; the group that it is or holds."""

    told: tuple[Any, ...]
    default: Any
    is_list: bool
    group: type[ParameterGroup] | None
    of_entries: type[ParameterGroup] | None


@cache
def _declared(kind: type[ParameterGroup]) -> dict[str, _Declared]:
    """Return name of a field → what is known of it."""
    found = {}
    for name, field in kind.model_fields.items():
        extra: dict[str, Any] = dict(field.json_schema_extra) if isinstance(field.json_schema_extra, dict) else {}
        bounds = {type(bound).__name__: bound for bound in field.metadata}
        default = None if field.is_required() else field.default
        low, high = getattr(bounds.get("Ge"), "ge", None), getattr(bounds.get("Le"), "le", None)
        meaning = {"en": field.description or "", "zh": extra.get("zh", "")}
        told = (
            default, extra.get("unit", ""), low, high, extra.get("prior"), extra.get("source", ""), meaning, field.annotation, field.is_required(),
        )  # fmt: skip
        inner = inner_type(field.annotation)
        of_entries = get_args(inner)[1] if get_origin(inner) is dict else None
        found[name] = _Declared(told, default, Leaf("", default, *told).is_list, _group_of(inner), _group_of(of_entries))
    return found


def _group_of(kind: Any) -> type[ParameterGroup] | None:  # noqa: ANN401
    is_group = isinstance(kind, type) and not get_origin(kind) and issubclass(kind, ParameterGroup)
    return kind if is_group else None


Numbers = dict[str, Any]
"""Name of a parameter → its number, name of a group → its numbers."""


def make_rules(groups: dict[str, ParameterGroup], start: date, extra: Numbers) -> Rows:
    """Put the numeric parameters of several groups into one record.

    Args:
        groups: Name → group. The parameter `free_nights` of the group ``lodging`` becomes ``rules.lodging.free_nights``.
        start: Date of day 0; dates become days of the run.
        extra: Further fields, such as the seed; a table of them goes into the group of its name.

    Returns:
        A record array of one row: flags and whole numbers as int64, reals as float64, no budget as -1.

    Raises:
        ValueError: A further field has the name of a parameter or a group.
    """
    values: Numbers = {name: _numbers_of(group, start) for name, group in groups.items()}
    for name, value in extra.items():
        inside = values.setdefault(name, {}) if isinstance(value, dict) else values
        more = value if isinstance(value, dict) else {name: value}
        if taken := sorted(set(inside) & set(more)):
            message = f"{name}: there is already something called {taken[0]}"
            raise ValueError(message)
        inside.update(more)
    kinds, numbers = _laid_out(values)
    rules = np.zeros(1, _dtype_of(kinds))
    rules[0] = numbers
    return rules.view(np.recarray)


def _numbers_of(group: ParameterGroup, start: date) -> Numbers:
    numbers: Numbers = {}
    values = vars(group)
    for name, is_number in _fields_of(type(group)):
        value = values[name]
        if is_number:
            numbers[name] = value if type(value) in PLAIN else _as_number(value, start)
        elif isinstance(value, ParameterGroup):
            inside = _numbers_of(value, start)
            numbers |= {name: inside} if inside else {}
    return numbers


@cache
def _fields_of(kind: type[ParameterGroup]) -> tuple[tuple[str, bool], ...]:
    """Return name of a parameter of a group → whether it is one number."""
    return tuple((name, _is_number(field.annotation)) for name, field in kind.model_fields.items())


PLAIN = {float: "f8", int: "i8"}
"""Type of a number that goes into a record as it is → its kind there."""
Kinds = tuple[tuple[str, Any], ...]
"""Name of a number → its kind in NumPy, name of a group → its kinds."""


def _laid_out(values: Numbers) -> tuple[Kinds, tuple[Any, ...]]:
    """Return the kinds of some numbers, and the numbers as a row."""
    kinds, numbers = [], []
    for name, value in values.items():
        kind, number = _laid_out(value) if isinstance(value, dict) else (PLAIN.get(type(value)) or _kind_of(value), value)
        kinds.append((name, kind))
        numbers.append(number)
    return tuple(kinds), tuple(numbers)


@lru_cache(maxsize=256)
def _dtype_of(kinds: Kinds) -> np.dtype[Any]:
    """Return the dtype of a record of such numbers."""
    inside: Any = [(name, kind if isinstance(kind, str) else np.dtype((np.void, _dtype_of(kind)))) for name, kind in kinds]
    return np.dtype((np.record, np.dtype(inside, align=True)))


def _as_number(value: Any, start: date) -> float | int:  # noqa: ANN401
    if value is None:
        return -1
    if isinstance(value, date):
        return (value - start).days
    if isinstance(value, (bool, int)):
        return int(value)
    return float(value)


def _kind_of(value: float | np.uint64) -> str:
    if isinstance(value, np.uint64):
        return "u8"
    return "i8" if isinstance(value, int) else "f8"
