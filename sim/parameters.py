"""A parameter is declared once and serves everywhere: validation, help, documentation, the prior of a sensitivity analysis.

A group of parameters is a frozen pydantic model; each parameter is a field made by `parameter`. `flatten` walks a tree of groups and
gives every numeric leaf its dotted key, and `make_rules` turns the leaves into the record that compiled rules read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from sim.calendar import Horizon
from sim.compiled import Rows

ASSUMPTION = "assumption"


class ParameterGroup(BaseModel):
    """Base of every group of parameters: frozen, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True, allow_inf_nan=False, use_attribute_docstrings=True)


class Lever(ParameterGroup):
    """Base of the parameters of one lever (a service that a planner may offer)."""

    enabled: bool = Field(
        default=False,
        description="whether the service exists",
        json_schema_extra={"unit": "-", "source": "choice of the planner", "zh": "是否启用"},
    )
    budget: int | None = Field(
        default=None,
        ge=0,
        description="money that may be spent over the run; null: no limit",
        json_schema_extra={"unit": "CNY", "source": "choice of the planner", "zh": "预算上限(元),null 为不限"},
    )

    @property
    def offers_something(self) -> bool:
        """Whether anybody can get anything from this service. Each lever narrows it."""
        return self.enabled and self.budget != 0

    @property
    def unit_cost(self) -> int:
        """Price of a unit of service, CNY. What a unit is, each lever says."""
        return 0

    def events(self, horizon: Horizon) -> list[dict[str, int]]:
        """Return the planned days of the service, each as column of the table of events → value. Most levers have none."""
        del horizon
        return []


@dataclass(frozen=True)
class Leaf:
    """One parameter as tables and messages show it."""

    key: str
    value: Any
    default: Any
    unit: str
    low: float | None
    high: float | None
    prior: tuple[float, float] | None
    source: str
    meaning: dict[str, str]


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
        default: Default value.
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


def leaves(group: ParameterGroup, prefix: str = "") -> Iterator[Leaf]:
    """Yield every scalar parameter of a group and of the groups inside it, in declared order.

    Args:
        group: The group.
        prefix: Dotted key of the group itself, with a trailing dot; empty for the root.
    """
    for name, field in type(group).model_fields.items():
        value = getattr(group, name)
        if isinstance(value, ParameterGroup):
            yield from leaves(value, f"{prefix}{name}.")
            continue
        if isinstance(value, (list, tuple, dict, str)) or field.json_schema_extra is None:
            continue
        extra: dict[str, Any] = dict(field.json_schema_extra) if isinstance(field.json_schema_extra, dict) else {}
        bounds = {type(bound).__name__: bound for bound in field.metadata}
        yield Leaf(
            key=prefix + name,
            value=value,
            default=field.default,
            unit=extra.get("unit", "-"),
            low=getattr(bounds.get("Ge"), "ge", None),
            high=getattr(bounds.get("Le"), "le", None),
            prior=extra.get("prior"),
            source=extra.get("source", ASSUMPTION),
            meaning={"en": field.description or name, "zh": extra.get("zh", name)},
        )


def make_rules(groups: dict[str, ParameterGroup], start: date, extra: dict[str, float | int | np.uint64]) -> Rows:
    """Put the numeric parameters of several groups into one record.

    Args:
        groups: Prefix → group. A parameter `rate` of the group with prefix ``loans_`` becomes ``loans_rate``; the prefix may be empty.
        start: Date of day 0; dates become days of the run.
        extra: Further fields, such as the seed.

    Returns:
        A record array of one row: flags and whole numbers as int64, reals as float64, no budget as -1.
    """
    values: dict[str, float | int | np.uint64] = dict(extra)
    for prefix, group in groups.items():
        for leaf in leaves(group):
            name = prefix + leaf.key.replace(".", "_")
            if name in values:
                message = f"two parameters are called {name}"
                raise ValueError(message)
            values[name] = _as_number(leaf.value, start)
    dtype = np.dtype([(name, _dtype_of(value)) for name, value in values.items()], align=True)
    rules = np.zeros(1, dtype).view(np.recarray)
    for name, value in values.items():
        rules[name][0] = value
    return rules


def _as_number(value: Any, start: date) -> float | int:  # noqa: ANN401
    if value is None:
        return -1
    if isinstance(value, date):
        return (value - start).days
    if isinstance(value, (bool, int)):
        return int(value)
    return float(value)


def _dtype_of(value: float | np.uint64) -> str:
    if isinstance(value, np.uint64):
        return "u8"
    return "i8" if isinstance(value, int) else "f8"
