"""What was measured: plain figures, their medians, and what depends on them."""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Times:
    """Figures of one thing, measured several times."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """The median."""
        return statistics.median(self.values)

    def over(self, other: Times) -> Times:
        """Return the ratios to what was measured in turn with it, pair by pair."""
        return Times(tuple(one / another for one, another in zip(self.values, other.values, strict=True)))

    def plain(self) -> dict[str, Any]:
        """Return them for JSON."""
        return {"median": self.median, "lowest": min(self.values), "highest": max(self.values), "all": list(self.values)}


@dataclass(frozen=True)
class Row:
    """A row of a table: what it is of, and its figures.

    Attributes:
        name: What it is of: a size, a phase, a lever.
        figures: Name → figures.
        numbers: Name → what was set, such as days.
    """

    name: str
    figures: dict[str, Times]
    numbers: dict[str, float] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """Return the row for JSON."""
        return {"of": self.name, **self.numbers, **{name: times.plain() for name, times in self.figures.items()}}


Found = dict[str, list[Row]]
"""Part → its rows."""
