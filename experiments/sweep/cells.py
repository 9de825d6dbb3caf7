"""The cells of a column of points, each read as the value of an override is, and checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from experiments.shared.errors import MistakeError
from experiments.shared.given import tidied
from experiments.sweep.options import SweepOptions
from experiments.sweep.points_table import Table
from experiments.sweep.values import fields_of_sweep, keys_of_sweep, read_one
from sim.bilingual import message_of, sentence
from sim.configuration import GROUPS, ConfigurationError, explain
from sim.own_files import own_in_use
from sim.parameters import day_of, inner_type
from sim.readings import Fields, annotation_at
from sim.scenario import Scenario
from sim.wording import explain_value

AS_IT_IS = object()
"""Stands for an empty cell."""
_WHOLE = re.compile(r"[+-]?(0|[1-9][0-9]{0,17})")
_REAL = re.compile(r"[+-]?(0|[1-9][0-9]*)\.[0-9]+([eE][+-]?[0-9]+)?")


@dataclass
class Column:
    """A column of a file, read cell by cell; the same cell is read once."""

    table: Table
    key: str
    read: dict[Any, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.fields = fields_of_sweep()
        self.annotation = annotation_at(self.fields, self.key)
        self.check = _checker(self.fields, self.key)

    def values(self, cells: Sequence[Any]) -> list[Any]:
        """Return the value of each cell; `AS_IT_IS` where it is empty.

        Raises:
            MistakeError: A cell that is no value of the key, with its line.
        """
        return [self._value(cell, line) for cell, line in zip(cells, self.table.lines, strict=True)]

    def _value(self, cell: Any, line: int) -> Any:  # noqa: ANN401
        mark = (type(cell), repr(cell) if isinstance(cell, (list, dict)) else cell)
        if mark not in self.read:
            try:
                self.read[mark] = self._read(cell)
            except (MistakeError, ConfigurationError) as error:
                raise self.table.mistake(line, "{why}", "{why}", why=message_of(error)) from None
        return self.read[mark]

    def _read(self, cell: Any) -> Any:  # noqa: ANN401
        if cell is None or (isinstance(cell, str) and not cell.strip()) or (isinstance(cell, float) and cell != cell):  # noqa: PLR0124 (NaN)
            return AS_IT_IS
        if isinstance(cell, (date, datetime)):
            day = day_of(cell)
            cell = day.isoformat() if isinstance(day, date) else str(cell)
        if isinstance(cell, Decimal):
            cell = int(cell) if cell == cell.to_integral_value() else float(cell)
        value = _read_text(self.key, cell.strip(), self.fields) if isinstance(cell, str) else cell
        value, _ = read_one(self.key, value, str(cell), self.annotation)
        self.check(value)
        return value


def _read_text(key: str, text: str, fields: Fields) -> Any:  # noqa: ANN401
    """Read a cell as the value of an override is read.

    Raises:
        MistakeError: It is no value, or several.
    """
    from hydra.core.override_parser.overrides_parser import OverridesParser
    from hydra.errors import HydraException

    if key in GROUPS:
        return text
    if _WHOLE.fullmatch(text):
        return int(text)
    if _REAL.fullmatch(text):
        return float(text)
    (word,) = tidied([f"{key}={text}"], fields, keys_of_sweep(), own_in_use())
    try:
        override = OverridesParser.create().parse_override(word)
    except HydraException as error:
        raise MistakeError(explain(error, [word], keys_of_sweep())) from None
    if override.is_sweep_override():
        en, zh = "{key} is {text}; a cell holds one value: write a line for each", "{key} 为 {text}；一格只能有一个值：请每个值写一行"
        raise MistakeError(sentence(en, zh, key=key, text=text))
    return override.value()


def _checker(fields: Fields, key: str) -> Callable[[Any], None]:
    """Return what refuses a value that a key may not have; of a key within a list or an open table nothing is known before it is composed."""
    from pydantic import TypeAdapter, ValidationError

    parts, inside = key.split("."), fields
    for part in parts[:-1]:
        inner = inner_type(inside[part].annotation) if part in inside else None
        inside = getattr(inner, "model_fields", {})
    declared = inside.get(parts[-1])
    if declared is None or key in GROUPS:
        return lambda _value: None
    adapter: TypeAdapter[Any] = TypeAdapter(Annotated[(declared.annotation, *declared.metadata, "")])  # type: ignore[arg-type]
    is_number = inner_type(declared.annotation) in (int, float)
    root = SweepOptions if parts[0] in SweepOptions.model_fields else Scenario

    def check(value: Any) -> None:  # noqa: ANN401
        try:
            adapter.validate_python(str(value).lower() if is_number and isinstance(value, bool) else value)
        except ValidationError as error:
            detail = {**error.errors()[0], "input": value}
            raise MistakeError(explain_value({**detail, "loc": (*parts, *detail["loc"])}, root, keys_of_sweep())) from None

    return check
