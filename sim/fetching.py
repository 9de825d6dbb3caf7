"""Asking the memory for a row before it is needed: a pass over persons far apart waits for several of them at a time."""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic
from numba.np.arrayobj import make_array

from sim.columns import CACHE_LINE
from sim.compiled import compiled
from sim.marked import INTERPRETED, MarkedTableType
from sim.tables import Tables

AHEAD = 12
"""Places of a list that are fetched ahead; a list that is walked so has as many to spare behind its end."""
BITS_OF_A_BYTE = 8
FAR_AHEAD = 32
"""Rows that a walk over everybody, which is at most of them for a moment only, fetches ahead."""
SOON = AHEAD // 2
"""Places ahead of somebody whose row has come by now, so that what it leads to can be fetched."""
LINES_OF_A_TALK = 2
"""Cache lines of a person's row that talk of services looks at;"""
LINES_OF_THE_SURVEY = 3
"""those that the bureau looks at;"""
LINES_OF_A_SESSION = 4
"""those that a session of search, an offer from elsewhere or a thought of moving looks at;"""
LINES_OF_A_PAY_DAY = 4
"""those that a pay day without services looks at;"""
LINES_OF_AN_INTERVIEW = 6
"""those that an interview, an offer, a contract or its start looks at."""
LINE_OF_SEARCH = 2
"""Cache line of a person's row, from 0, with the last session of search and the exam prepared for;"""
LINE_OF_SERVICES = 4
"""that with what services of a month look at;"""
LINE_OF_INTERVIEWS = 5
"""that with the interview for which the person has to be here, and with what practice and certificates show."""


def _fetch_compiled(_typing: Any, rows: Any, number: Any, line: Any) -> Any:  # noqa: ANN401
    """Make the code of `fetch`."""
    row_type = rows.row.row if isinstance(rows, MarkedTableType) else rows.dtype
    number_bytes = row_type.bitwidth // BITS_OF_A_BYTE if isinstance(row_type, types.Integer) else row_type.size

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ANN401
        table, row, which = arguments
        if isinstance(rows, MarkedTableType):
            start = cgutils.create_struct_proxy(rows)(context, builder, table).rows
        else:
            start = make_array(rows)(context, builder, table).data
        word = ir.IntType(64)
        row = context.cast(builder, row, signature.args[1], types.int64)
        which = context.cast(builder, which, signature.args[2], types.int64)
        offset = builder.add(builder.mul(row, ir.Constant(word, number_bytes)), builder.mul(which, ir.Constant(word, CACHE_LINE)))
        place = cgutils.pointer_add(builder, start, offset, ir.IntType(8).as_pointer())
        flag = ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [place.type, flag, flag, flag])
        prefetch = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0i8")
        builder.call(prefetch, [place, ir.Constant(flag, 0), ir.Constant(flag, 3), ir.Constant(flag, 1)])
        return context.get_dummy_value()

    return types.void(rows, number, line), generate


def _fetch_interpreted(_rows: Any, _number: int, _line: int) -> None:  # noqa: ANN401
    """Do nothing: only machine code waits for memory."""


fetch: Any = _fetch_interpreted if INTERPRETED else intrinsic(_fetch_compiled)
"""``fetch(table, row, line)`` asks for one cache line of a row. Nothing is read and nothing can go wrong, whatever the number of the row."""


@compiled
def fetch_person(world: Tables, identity: int, lines: int) -> None:
    """Ask for the first cache lines of a person's row: so many that whatever is about to happen to the person waits for the memory once."""
    for line in range(lines):
        fetch(world.people, identity, line)
