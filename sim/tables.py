"""The world as rules see it: every table of one run, as one argument.

A rule takes the `world` first and names what it touches: ``world.people[identity].wage``. To Python, and with ``NUMBA_DISABLE_JIT=1``, this is
a plain object. To a compiled rule it is one pointer to a list of where each table lies and how long it is: no rule carries thirty arrays,
nothing is counted as referred to, and the compiler knows that the list stays the same while an entry runs. Whoever calls an entry keeps the
object until it returns.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any

import numba
import numpy as np
from llvmlite import ir
from numba import types
from numba.core.imputils import lower_getattr_generic
from numba.core.typing.templates import AttributeTemplate
from numba.extending import NativeValue, infer_getattr, models, register_model, typeof_impl, unbox
from numba.np.arrayobj import make_array, populate_array

from sim.compiled import Integers, Row, Rows
from sim.marked import MarkedTableType, make_marked

_WORD = ir.IntType(64)


class Tables:
    """What there is in one run, for rules."""

    rules: Row
    """Every numeric parameter of the scenario."""
    rows_in_use: Row
    """Rows in use of each table, and where scans of the longest begin."""
    plan: Row
    """How many posts the employers of the region want: `PLAN` of `sim/agents/employer.py`."""
    calendar: Rows
    people: Rows
    employers: Rows
    posts: Rows
    applications: Rows
    slots: Rows
    fields: Rows
    loans: Rows
    stations: Rows
    mentors: Rows
    services: Rows
    events: Rows
    districts: Rows
    campuses: Rows
    lenders: Rows
    anchors: Rows
    cases: Rows
    duties: Rows
    members: Integers
    """People by campus, shape (people,)."""
    peers: Integers
    """Peers of each person, `behaviour.peers` a person (`sim/rules/scoring.py`), int32."""
    reach: Integers
    """Contacts a day by channel of outreach."""
    event_contacts: Integers
    """Contacts at events that are left today, shape (1,)."""
    scratch: Integers
    """Posts shown at the fair being held."""
    seen: Rows
    """What the person who looks through the boards right now has come across: `SEEN` of `sim/agents/employer.py`."""
    queue: Integers
    """Who stands in the queue (`sim/rules/queues.py`), else `EMPTY`."""
    due: Integers
    """Who has something planned today."""
    posts_open: Integers
    """Posts that were neither filled nor lapsed this morning, in the order of their rows (`take_up` of `sim/rules/posts.py`)."""
    posts_due: Integers
    """Posts for which the rest of the day has something to do (`list_posts_due` of `sim/rules/posts.py`)."""
    travellers: Integers
    """Who is travelling today, or considers a trip."""
    planned: Integers
    """Next day on which the evening looks at each person again, or the mark of who was changed today (`sim/marked.py`), int32."""
    workplaces: Integers
    """Employer of each person last evening, none, or that the person has aged out (`sim/rules/youth.py`), int32."""
    counted: Rows
    """Of each person, what is counted in `standing`: `COUNTED` of `sim/recorder.py`."""
    standing: Integers
    """Stocks of persons last evening, by `Stock`."""
    searched: Integers
    """Seekers last evening by the day of their last session of search, modulo `SEARCH_DAYS`."""
    counts: Integers
    """Running counts, shape (len(Count),)."""
    ledger: Integers
    """Money of households by account, shape (len(Money),), CNY."""
    cashbook: Integers
    """Money of start-ups by account, shape (len(Cash),), CNY."""
    flow_series: Integers
    """Running counts at the end of each day, shape (days, len(Count))."""
    stock_series: Integers
    """Stocks at the end of each day, shape (days, stocks)."""
    service_series: Integers
    """Of each service at the end of each day, shape (days, levers, entries)."""
    district_series: Integers
    """Beds open and used by district at the end of each day, shape (days, districts, 2)."""

    def __init__(self, **tables: Any) -> None:  # noqa: ANN401
        if tables.keys() != type(self).__annotations__.keys():
            message = f"a world has {sorted(type(self).__annotations__)}, not {sorted(tables)}"
            raise TypeError(message)
        self.__dict__.update(tables)
        plain = {name: np.asarray(table) for name, table in tables.items()}
        self.kind = _kind_of(tuple((name, table.dtype, table.ndim) for name, table in plain.items()))
        self._list = np.array([(table.ctypes.data, *table.shape, 1, 1, 1)[:WORDS] for table in plain.values()], np.int64)
        self.address = self._list.ctypes.data


MARKS = {"people": "planned"}
"""Table → where the marks of its rows are."""
WORDS = 4
"""Words of the list for one table: where it lies, its rows, and the other lengths of a series."""


class WorldType(types.Type):  # type: ignore[misc]
    """Numba's type of the world: which tables there are, and of what rows. Its name is short, as it is part of every rule's symbol."""

    def __init__(self, tables: tuple[tuple[str, Any], ...]) -> None:
        self.tables = dict(tables)
        written = " ".join(f"{name} {kind}" for name, kind in tables)
        super().__init__(name=f"World{hashlib.sha256(written.encode()).hexdigest()[:12]}")


@cache
def _kind_of(tables: tuple[tuple[str, Any, int], ...]) -> WorldType:
    """Return the type for tables of some names, dtypes and dimensions (none: one row)."""
    return WorldType(tuple((name, _type_of(name, numba.from_dtype(dtype), dimensions)) for name, dtype, dimensions in tables))


def _type_of(name: str, row: Any, dimensions: int) -> types.Type:  # noqa: ANN401
    if name in MARKS:
        return MarkedTableType(row)
    return types.Array(row, dimensions, "C") if dimensions else row


@typeof_impl.register(Tables)
def _typeof(tables: Tables, _context: Any) -> WorldType:  # noqa: ANN401
    return tables.kind


@register_model(WorldType)
class _WorldModel(models.PrimitiveModel):  # type: ignore[misc]
    def __init__(self, manager: Any, kind: WorldType) -> None:  # noqa: ANN401
        super().__init__(manager, kind, _WORD.as_pointer())


@unbox(WorldType)
def _unbox(_kind: WorldType, tables: Any, context: Any) -> NativeValue:  # noqa: ANN401
    address = context.pyapi.object_getattr_string(tables, "address")
    pointer = context.pyapi.long_as_voidptr(address)
    context.pyapi.decref(address)
    return NativeValue(context.builder.bitcast(pointer, _WORD.as_pointer()))


@infer_getattr
class _TablesOfWorld(AttributeTemplate):  # type: ignore[misc]
    key = WorldType

    def generic_resolve(self, kind: WorldType, name: str) -> Any:  # noqa: ANN401
        """Return the type of a table, None where the world has none of this name."""
        return kind.tables.get(name)


@lower_getattr_generic(WorldType)
def _take_table(context: Any, builder: Any, kind: WorldType, world: Any, name: str) -> Any:  # noqa: ANN401
    """Read where a table lies; what is read is the same throughout an entry, and the compiler is told so."""
    words = _read_words(builder, kind, world, name)
    table = kind.tables[name]
    if isinstance(table, types.Record):
        return builder.inttoptr(words[0], context.get_value_type(table))
    if isinstance(table, MarkedTableType):
        return make_marked(context, builder, table, words[0], words[1], _read_words(builder, kind, world, MARKS[name])[0])
    array = make_array(table)(context, builder)
    bytes_a_value = context.get_abi_sizeof(context.get_data_type(table.dtype))
    shape = words[1 : 1 + table.ndim]
    strides = [ir.Constant(_WORD, bytes_a_value)]
    for length in reversed(shape[1:]):
        strides.insert(0, builder.mul(strides[0], length))
    data = builder.inttoptr(words[0], array.data.type)
    populate_array(array, data, shape, strides, bytes_a_value, meminfo=None)
    return array._getvalue()  # noqa: SLF001


def _read_words(builder: Any, kind: WorldType, world: Any, name: str) -> list[Any]:  # noqa: ANN401
    """Read what the list says of one table."""
    first = list(kind.tables).index(name) * WORDS
    words = []
    for word in range(WORDS):
        read = builder.load(builder.gep(world, [ir.Constant(_WORD, first + word)]))
        read.set_metadata("invariant.load", builder.module.add_metadata([]))
        words.append(read)
    return words
