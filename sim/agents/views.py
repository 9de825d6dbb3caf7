"""Mesa agents as views: an agent owns no state, its properties read and write one row of a table."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import Any, ClassVar, NoReturn

import mesa
from numpy.typing import ArrayLike

from sim.agents.station import MENTORS, STATIONS
from sim.bilingual import Sentence, sentence
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

    _known: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls, **keywords: Any) -> None:  # noqa: ANN401
        super().__init_subclass__(**keywords)
        for column in vars(cls).get("columns", ()):
            setattr(cls, column.name, RowValue(column))
        declared = {name for kind in cls.__mro__ for name in vars(kind).get("__annotations__", ())}
        cls._known = frozenset({*dir(cls), *declared, "model", "row", "unique_id", "pos"})

    def __init__(self, model: mesa.Model, row: int) -> None:
        super().__init__(model)
        self.row = row
        self.unique_id = row * TYPES + self.type_number + 1

    def __setattr__(self, name: str, value: Any) -> None:  # noqa: ANN401
        """Set a column, or what the class declares; a misspelt name would change nobody."""
        if name not in self._known and not name.startswith("_"):
            raise AttributeError(self._unknown(name))
        super().__setattr__(name, value)

    def __getattr__(self, name: str) -> NoReturn:
        raise AttributeError(self._unknown(name))

    def _unknown(self, name: str) -> Sentence:
        """Say that there is no such column, and which is nearest."""
        close = difflib.get_close_matches(name, [column.name for column in self.columns], n=1)
        kind = type(self).__name__
        if close:
            return sentence(
                "{kind} has no column {name!r}. Did you mean {close!r}?", "{kind} 没有“{name}”这一列。是否指“{close}”？",
                kind=kind, name=name, close=close[0],
            )  # fmt: skip
        return sentence(
            "{kind} has no column {name!r}; {kind}.columns lists them. An attribute of your own needs a declaration in your class: {name}: int = 0",
            "{kind} 没有“{name}”这一列；所有列见 {kind}.columns。自己的属性须在自己的类中声明：{name}: int = 0", kind=kind, name=name,
        )  # fmt: skip

    def remove(self) -> NoReturn:
        """Refuse: the row stays, whatever happens to its view.

        Raises:
            RuntimeError: Always.
        """
        message = sentence(
            "an agent is a view of a row and cannot be removed: the person, firm or station would live on. Change its columns instead (who gives up "
            "searching: activity = Activity.INACTIVE), or leave it out of your own AgentSet with select().",
            "智能体只是表中一行的视图，不能移除：移除后这个人、企业或驿站仍在。"
            "请改其列（如不再求职：activity = Activity.INACTIVE），或用 select() 从自己的集合中排除。",
        )
        raise RuntimeError(message)

    @classmethod
    def who(cls, model: Any) -> ArrayLike:  # noqa: ANN401
        """Return the rows of the agents whose rules (`sim.own_rules`) act today: everybody, unless a class of one's own narrows it.

        Args:
            model: The model.
        """
        return range(model.tables[cls.table_name].count)

    def forget(self) -> None:
        """Let the model forget this view; it makes another one when somebody asks."""
        super().remove()

    def draw(self, name: str, partner: ArrayLike = 0) -> Any:  # noqa: ANN401
        """Draw a uniform number in (0, 1) for a decision of this agent today: the same in every world (see `YouthEmploymentModel.draw`).

        Args:
            name: Name of the decision.
            partner: Row of the other one, or the number of the attempt; one, or an array of them.
        """
        return self.model.draw(f"{self.table_name}.{name}", self.row, partner)

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
