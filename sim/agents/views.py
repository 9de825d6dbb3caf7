"""Mesa agents as views: an agent owns no state, its properties read and write one row of a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import mesa

from sim.agents.station import MENTORS, STATIONS
from sim.columns import Column, Table
from sim.schema import EMPLOYERS, GRADUATES

TYPES = 8
"""Room for types of agents in the numbering of `unique_id`, which Mesa wants unique over all types."""


class RowValue:
    """A property that reads and writes one column in the agent's own row of the agent's own model."""

    def __init__(self, column: Column) -> None:
        self.name = column.name
        self.__doc__ = f"{column.meaning} [{column.unit}]"

    def __get__(self, agent: RowAgent | None, owner: type | None = None) -> Any:  # noqa: ANN401
        if agent is None:
            return self
        return agent.table.rows[self.name][agent.row].item()

    def __set__(self, agent: RowAgent, value: float) -> None:
        agent.table.rows[self.name][agent.row] = value


class RowAgent(mesa.Agent):  # type: ignore[misc]
    """Base of the views: one row of one table.

    Args:
        model: The model that owns the table: a `sim.model.YouthEmploymentModel`.
        row: Row of the table, the agent's identity for life.
    """

    table_name: ClassVar[str] = ""
    columns: ClassVar[Sequence[Column]] = ()
    type_number: ClassVar[int] = 0

    def __init_subclass__(cls, **keywords: Any) -> None:  # noqa: ANN401
        super().__init_subclass__(**keywords)
        for column in cls.columns:
            setattr(cls, column.name, RowValue(column))

    def __init__(self, model: mesa.Model, row: int) -> None:
        super().__init__(model)
        self.row = row
        self.unique_id = row * TYPES + self.type_number + 1

    @property
    def table(self) -> Table:
        """The table that this agent is a row of."""
        table: Table = self.model.tables[self.table_name]
        return table

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.row}>"


class Graduate(RowAgent):
    """A young person: a view of one row of the table of graduates."""

    table_name: ClassVar[str] = "people"
    columns: ClassVar[tuple[Column, ...]] = GRADUATES
    type_number: ClassVar[int] = 0


class Employer(RowAgent):
    """An employer: a view of one row of the table of employers."""

    table_name: ClassVar[str] = "employers"
    columns: ClassVar[tuple[Column, ...]] = EMPLOYERS
    type_number: ClassVar[int] = 1


class Station(RowAgent):
    """A station: a view of one row of the table of stations."""

    table_name: ClassVar[str] = "stations"
    columns: ClassVar[tuple[Column, ...]] = STATIONS
    type_number: ClassVar[int] = 2


class Mentor(RowAgent):
    """A mentor: a view of one row of the table of mentors."""

    table_name: ClassVar[str] = "mentors"
    columns: ClassVar[tuple[Column, ...]] = MENTORS
    type_number: ClassVar[int] = 3
