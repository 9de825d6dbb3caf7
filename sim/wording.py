"""What is wrong in a configuration, in words: the key, what was given, what is allowed, and the nearest key."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from datetime import date
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sim.levers import LEVERS
from sim.parameters import inner_type, without_null

KINDS = {bool: "true or false (boolean)", int: "an integer", float: "a finite number", date: "a date such as 2020-11-01", str: "a text"}
MOST_LISTED = 20
LONGEST_SHOWN = 80


def unknown(kind: str, given: str, known: list[str]) -> str:
    """Say that a name is unknown, and which is nearest.

    Args:
        kind: What is unknown: ``"key"``, ``"programme"`` …
        given: The name given.
        known: The names there are.
    """
    parts = given.split(".")
    if kind == "key" and parts[0] == "policy" and len(parts) > 1 and parts[1] not in (levers := [lever.name for lever in LEVERS]):
        close = _nearest(parts[1], levers)
        hint = f" Did you mean {'.'.join(['policy', close, *parts[2:]])!r}?" if close else ""
        return f"unknown lever {parts[1]!r} in {given!r}.{hint} Levers: {', '.join(levers)}."
    parent, _, last = given.rpartition(".")
    siblings = [name.rpartition(".")[2] for name in known if parent and name.rpartition(".")[0] == parent]
    if siblings:
        close = _nearest(last, siblings)
        close = f"{parent}.{close}" if close else _same_last_part(last, known)
        listing = f" {parent} has: {', '.join(siblings)}." if len(siblings) <= MOST_LISTED and not close else ""
    else:
        close = next((name for name in known if name.rpartition(".")[2] == last), "") or _nearest(given, known) or _same_last_part(last, known)
        listing = f" Known: {', '.join(known)}." if known and len(known) <= MOST_LISTED else ""
    hint = f" Did you mean {close!r}?" if close else ""
    if kind == "key" and not hint and not listing:
        hint = " yizhan list parameters shows every key."
    return f"unknown {kind} {given!r}.{hint}{listing}"


def _nearest(given: str, known: list[str], cutoff: float = 0.6) -> str:
    """Return the name nearest to the one given, whatever its case; an empty text where none is near."""
    lower = {name.lower(): name for name in reversed(known)}
    found = difflib.get_close_matches(given.lower(), lower, n=1, cutoff=cutoff)
    return lower[found[0]] if found else ""


def _same_last_part(last: str, known: list[str]) -> str:
    """Return a key that ends in this name, or in one like it."""
    ends = {name.rpartition(".")[2]: name for name in reversed(known)}
    return ends.get(_nearest(last, list(ends), 0.75), "")


def explain_value(detail: Any, root: type[BaseModel], known: list[str]) -> str:  # noqa: ANN401
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
        message = detail["msg"].removeprefix("Value error, ")
        return f"{key}: {message}" if key else message
    if kind == "missing":
        return f"{key} is missing; {key.rpartition('.')[0]} needs it."
    field = _field_at(root, location)
    if field is None:
        return f"{key} is {_shown(given)}; allowed is {detail['msg'].removeprefix('Input should be ')}."
    why = f" ({detail['msg'].rpartition(', ')[2]})" if kind == "date_from_datetime_parsing" else ""
    allowed = _allowed(key, field, element=isinstance(location[-1], int))
    return f"{key} is {_shown(given)}; allowed is {allowed}{why}."


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


def _allowed(key: str, field: FieldInfo, *, element: bool) -> str:
    """Say what a parameter may be: kind, range, unit."""
    inner = inner_type(field.annotation)
    if get_origin(inner) is Literal:
        return " or ".join(str(value) for value in get_args(inner))
    if get_origin(without_null(field.annotation)) in (tuple, list) and not element:
        return f"a list, such as {key}=[a,b]"
    if isinstance(inner, type) and issubclass(inner, BaseModel):
        names = list(inner.model_fields)
        listing = ", ".join(names[:MOST_LISTED]) + (" …" if len(names) > MOST_LISTED else "")
        return f"a table of keys ({inner.__name__}): write {key}.KEY=VALUE, with KEY one of {listing}"
    bounds = {name: value for bound in field.metadata for name, value in _limits(bound).items()}
    low, high = bounds.get("ge"), bounds.get("le", bounds["lt"] - 1 if "lt" in bounds else None)
    span = " and ".join(f"{word} {bound:.15g}" for word, bound in (("at least", low), ("at most", high)) if bound is not None)
    extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    unit = f" ({extra['unit']})" if extra.get("unit", "-") not in ("-", "date") else ""
    text = KINDS.get(inner, str(inner)) + (" that is not empty" if "min_length" in bounds else f", {span}" if span else "")
    return text + unit + (", or null" if NoneType in get_args(field.annotation) else "")


def _limits(bound: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return the limits that one piece of a field's metadata sets."""
    limits = {name: getattr(bound, name, None) for name in ("ge", "le", "lt", "min_length")}
    return {name: limit for name, limit in limits.items() if limit is not None}


def _shown(value: Any) -> str:  # noqa: ANN401
    """Write a value as the user did."""
    text = "null" if value is None else str(value).lower() if isinstance(value, bool) else repr(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
