"""Numbers and dates as people write them: 100万, 1.5亿, 5%, 2021/1/1, 2021年1月1日, full-width digits; by what the key may be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Literal, NamedTuple, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sim.bilingual import Sentence, message_of, sentence
from sim.errors import ConfigurationError
from sim.parameters import inner_type, without_null

Kind = Literal["number", "date", "flag", "text", "choice", "other"]
Fields = Mapping[str, FieldInfo]
Locate = Callable[[str, Sentence], Sentence]
_FACTORS: dict[str, int | Decimal] = {
    "": 1, "百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "万亿": 10**12,
    "%": Decimal("0.01"), "‰": Decimal("0.001"),
}  # fmt: skip
_NUMBER = re.compile(rf"([-+]?[0-9]{{1,30}}(?:\.[0-9]{{1,30}})?)\s*({'|'.join(sorted(_FACTORS, key=len, reverse=True))})\s*元?")
_GROUPED = re.compile(r"[-+]?[0-9]{1,3}(?:[,'\u00a0 ][0-9]{3})+(?:\.[0-9]+)?")
_DATE = re.compile(r"([0-9]{4})(?:[/.-]|年)([0-9]{1,2})(?:[/.-]|月)([0-9]{1,2})日?")


class Note(NamedTuple):
    """What was read otherwise than it was written."""

    key: str
    given: str
    read: Any

    @property
    def words(self) -> Sentence:
        """Say so."""
        return sentence("{key}: {given} is read as {read}", "{key}：{given} 读作 {read}", key=self.key, given=self.given, read=self.read)


def kind_of(annotation: Any) -> Kind:  # noqa: ANN401
    """Return what a parameter of this type may be; of a list, its entries."""
    inner = inner_type(annotation)
    if get_origin(inner) is Literal:
        return "choice"
    kinds: dict[Any, Kind] = {int: "number", float: "number", date: "date", bool: "flag", str: "text"}
    return kinds.get(inner, "other")


def annotation_at(fields: Fields, key: str) -> Any:  # noqa: ANN401
    """Return the type of a dotted key; None where there is none."""
    annotation: Any = None
    parts = key.split(".")
    while parts:
        field = fields.get(parts.pop(0))
        if field is None:
            return None
        annotation = field.annotation
        inner = inner_type(annotation)
        if get_origin(without_null(annotation)) in (tuple, list) and parts and parts[0].isdigit():
            parts.pop(0)
            annotation = inner
        elif get_origin(inner) is dict and parts:
            parts.pop(0)
            annotation = inner = get_args(inner)[1]
        fields = inner.model_fields if isinstance(inner, type) and issubclass(inner, BaseModel) else {}
    return annotation


def plain_signs(text: str) -> str:
    """Return a text with ordinary letters, digits and signs for full-width ones."""
    return unicodedata.normalize("NFKC", text).replace("\u2212", "-").strip()


def read_value(given: str, kind: Kind, key: str = "") -> Any:  # noqa: ANN401
    """Read a value that is a text; what is not understood comes back as it is.

    Args:
        given: The text.
        kind: What the key may be.
        key: The key, for the message.

    Raises:
        ConfigurationError: A number whose digits are grouped.
    """
    text = plain_signs(given)
    if kind == "number":
        number = _NUMBER.fullmatch(text)
        if number:
            return _number(Decimal(number[1]) * _FACTORS[number[2]])
        if _GROUPED.fullmatch(text):
            right = re.sub(r"[^\d.+-]", "", text)
            en = "{key} is {given}; digits are not grouped (a comma separates the values of a sweep): write {right}"
            zh = "{key} 为 {given}；数字不要分组（逗号用于分隔 sweep 的多个取值）：请写 {right}"
            raise ConfigurationError(sentence(en, zh, key=key, given=given, right=right))
    if kind == "date":
        day = _DATE.fullmatch(text)
        if day:
            return f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}"
    return text if kind in ("number", "date", "flag", "choice") and not given.isascii() else given


def understand(plain: dict[str, Any], fields: Fields, prefix: str = "", located: Locate = lambda _key, message: message) -> list[Note]:
    """Read what people wrote in composed plain data, in place.

    Args:
        plain: The data.
        fields: Name → declaration of what they are.
        prefix: Key of the data themselves, with a trailing dot.
        located: Puts file and line of a key before a message, where it stands in a file.

    Returns:
        What was read otherwise than it was written.

    Raises:
        ConfigurationError: A number whose digits are grouped.
    """
    notes: list[Note] = []
    for name, value in plain.items():
        field = fields.get(name)
        if field is not None:
            plain[name] = _understood(value, field.annotation, f"{prefix}{name}", notes, located)
    return notes


def _understood(value: Any, annotation: Any, key: str, notes: list[Note], located: Locate) -> Any:  # noqa: ANN401
    inner = inner_type(annotation)
    if isinstance(value, str):
        try:
            read = read_value(value, kind_of(annotation), key)
        except ConfigurationError as error:
            raise ConfigurationError(located(key, message_of(error))) from None
        if str(read) != value:
            notes.append(Note(key, value, read))
        return read
    if isinstance(value, list):
        return [_understood(entry, inner, f"{key}.{place}", notes, located) for place, entry in enumerate(value)]
    if isinstance(value, dict):
        if get_origin(inner) is dict:
            return {name: _understood(entry, get_args(inner)[1], f"{key}.{name}", notes, located) for name, entry in value.items()}
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            value = dict(value)
            notes += understand(value, inner.model_fields, f"{key}.", located)
    return value


def _number(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)
