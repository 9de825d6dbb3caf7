"""Rows that note when they are changed: a compiled rule that writes into the first cache line of a person's row marks the person.

Whoever writes a rule does nothing for it: ``world.people[identity]`` is a row with a mark at hand, and ``person.place = Place.VISITING`` writes both.
What the evening counts and plans stands in the first cache line (`sim/agents/graduate.py`), so it looks again at those who are marked, and at nobody
else. Python, and rules that are interpreted, leave no marks; `sim/rules/agenda.py` says what happens then.
"""

from __future__ import annotations

import operator
from typing import Any

import numba
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.core.imputils import lower_builtin, lower_getattr, lower_getattr_generic, lower_setattr_generic
from numba.core.typing.templates import AbstractTemplate, AttributeTemplate, infer_global, signature
from numba.extending import infer_getattr, models, register_model

from sim.columns import CACHE_LINE

CHANGED = -1
"""The mark: a planned day that is over already."""
INTERPRETED = bool(numba.config.DISABLE_JIT)
"""Rules are interpreted: nobody is marked, so everybody has to be looked at."""
_MARK = ir.IntType(32)


class MarkedRowType(types.Type):  # type: ignore[misc]
    """Numba's type of a row with its mark: two pointers."""

    def __init__(self, row: types.Record) -> None:
        self.row = row
        super().__init__(name=f"MarkedRow({row})")


class MarkedTableType(types.Type):  # type: ignore[misc]
    """Numba's type of a table whose rows have marks."""

    def __init__(self, row: types.Record) -> None:
        self.row = MarkedRowType(row)
        super().__init__(name=f"Marked({row})")


@register_model(MarkedRowType)
class _MarkedRowModel(models.StructModel):  # type: ignore[misc]
    def __init__(self, manager: Any, kind: MarkedRowType) -> None:  # noqa: ANN401
        super().__init__(manager, kind, [("row", kind.row), ("mark", types.CPointer(types.int32))])


@register_model(MarkedTableType)
class _MarkedTableModel(models.StructModel):  # type: ignore[misc]
    def __init__(self, manager: Any, kind: MarkedTableType) -> None:  # noqa: ANN401
        super().__init__(manager, kind, [("rows", kind.row.row), ("size", types.intp), ("marks", types.CPointer(types.int32))])


@infer_getattr
class _ColumnsOfRow(AttributeTemplate):  # type: ignore[misc]
    key = MarkedRowType

    def generic_resolve(self, kind: MarkedRowType, name: str) -> Any:  # noqa: ANN401
        """Return the type of a column, None where the row has none of this name."""
        return kind.row.typeof(name) if name in kind.row.fields else None


@infer_getattr
class _SizeOfTable(AttributeTemplate):  # type: ignore[misc]
    key = MarkedTableType

    def resolve_size(self, _kind: MarkedTableType) -> Any:  # noqa: ANN401
        """Return the type of the number of rows."""
        return types.intp


@infer_global(operator.getitem)
class _RowOfTable(AbstractTemplate):  # type: ignore[misc]
    def generic(self, arguments: Any, _keywords: Any) -> Any:  # noqa: ANN401
        """Return the signature of taking a row."""
        table, row = arguments
        if isinstance(table, MarkedTableType) and isinstance(row, types.Integer):
            return signature(table.row, table, types.intp)
        return None


@lower_builtin(operator.getitem, MarkedTableType, types.intp)  # type: ignore[untyped-decorator]
def _take_row(context: Any, builder: Any, taken: Any, arguments: Any) -> Any:  # noqa: ANN401
    """Find a row and its mark; a negative number counts from the end, as everywhere."""
    kind = taken.args[0]
    table = cgutils.create_struct_proxy(kind)(context, builder, arguments[0])
    number = arguments[1]
    number = builder.select(builder.icmp_signed("<", number, ir.Constant(number.type, 0)), builder.add(number, table.size), number)
    row = cgutils.create_struct_proxy(kind.row)(context, builder)
    start = builder.mul(number, ir.Constant(number.type, kind.row.row.size))
    row.row = cgutils.pointer_add(builder, table.rows, start, table.rows.type)
    row.mark = builder.gep(table.marks, [number])
    return row._getvalue()  # noqa: SLF001


@lower_getattr(MarkedTableType, "size")  # type: ignore[untyped-decorator]
def _count_rows(context: Any, builder: Any, kind: MarkedTableType, table: Any) -> Any:  # noqa: ANN401
    return cgutils.create_struct_proxy(kind)(context, builder, table).size


@lower_getattr_generic(MarkedRowType)  # type: ignore[untyped-decorator]
def _read(context: Any, builder: Any, kind: MarkedRowType, row: Any, name: str) -> Any:  # noqa: ANN401
    place = cgutils.create_struct_proxy(kind)(context, builder, row).row
    return context.get_getattr(kind.row, name)(context, builder, kind.row, place, name)


@lower_setattr_generic(MarkedRowType)  # type: ignore[untyped-decorator]
def _write(context: Any, builder: Any, written: Any, arguments: Any, name: str) -> None:  # noqa: ANN401
    """Write a column; one of the first cache line marks the row."""
    kind, value = written.args
    row = cgutils.create_struct_proxy(kind)(context, builder, arguments[0])
    context.get_setattr(name, signature(types.void, kind.row, value))(builder, (row.row, arguments[1]))
    if kind.row.offset(name) < CACHE_LINE:
        builder.store(ir.Constant(_MARK, CHANGED), row.mark)


def make_marked(context: Any, builder: Any, kind: MarkedTableType, rows: Any, size: Any, marks: Any) -> Any:  # noqa: ANN401
    """Put a table together, for the compiler, from where its rows and its marks lie."""
    table = cgutils.create_struct_proxy(kind)(context, builder)
    table.rows = builder.inttoptr(rows, context.get_value_type(kind.row.row))
    table.size = size
    table.marks = builder.inttoptr(marks, table.marks.type)
    return table._getvalue()  # noqa: SLF001
