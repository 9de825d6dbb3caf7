"""The world as rules see it: every table of one run, as one argument.

A rule takes the `world` first and names what it touches: ``world.people[identity].wage``. Python puts the tables together as `Tables`, a plain named
tuple; an `entry` makes of it, by `open_world`, one structure that compiled rules hand on for the price of a pointer. With ``NUMBA_DISABLE_JIT=1`` the
named tuple itself is the world.
"""

from __future__ import annotations

import hashlib
from typing import Any, NamedTuple

import numba
from numba.experimental import structref

from sim.compiled import Integers, Row, Rows


class Tables(NamedTuple):
    """What there is in one run."""

    rules: Row
    """Every numeric parameter of the scenario."""
    rows_in_use: Row
    """Rows in use of each table, and where scans of the longest begin."""
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
    cases: Rows
    duties: Rows
    members: Integers
    """People by campus, shape (people,)."""
    reach: Integers
    """Contacts a day by channel of outreach."""
    event_contacts: Integers
    """Contacts at events that are left today, shape (1,)."""
    scratch: Integers
    """Posts shown at the fair being held."""
    due: Integers
    """Two lists in one, shape (2 * people,): who has something planned today, from the front; who is travelling, from the middle."""
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


if numba.config.DISABLE_JIT:

    def open_world(tables: Tables) -> Tables:
        """Return the world that rules take."""
        return tables

else:

    @structref.register
    class _WorldType(numba.types.StructRef):  # type: ignore[misc]
        """Type of the structure. Its name is short: Numba writes it into the symbol of every rule, by default with every column of every table."""

        def __init__(self, fields: Any) -> None:  # noqa: ANN401
            super().__init__(fields)
            self.name = f"World{hashlib.sha256(str(fields).encode()).hexdigest()[:8]}"

        def preprocess_fields(self, fields: Any) -> Any:  # noqa: ANN401
            return tuple((name, numba.types.unliteral(kind)) for name, kind in fields)

    class _World(structref.StructRefProxy):  # type: ignore[misc]
        """Made within entries only: from Python its constructor would be compiled in every process."""

    structref.define_proxy(_World, _WorldType, list(Tables._fields))

    @numba.njit  # type: ignore[untyped-decorator]
    def open_world(tables: Tables) -> Tables:
        """Return the world that rules take."""
        return _World(*tables)  # type: ignore[return-value]
