"""How a measure is declared: what is measured in a world without a programme, in what unit, and at which moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.bilingual import Sentence
from sim.outcomes import OUTCOMES
from sim.targets.moments import Moment, second_year
from sim.world import World

Values = NDArray[np.float64]
Flags = NDArray[np.bool_]
Advance = Callable[[World, int, int], None]
"""Lives the days of a world from one up to another."""


@dataclass
class Seen:
    """What has been seen of a world by a moment.

    Attributes:
        world: The world, lived up to that day.
        day: The day.
        noted: What was noted at an earlier moment, by name.
        shocked: The same world under shocks to demand, where a measure needs it.
    """

    world: World
    day: int
    noted: dict[str, Any] = field(default_factory=dict)
    shocked: World | None = None

    @property
    def year(self) -> int:
        """The second year."""
        return second_year(self.world.scenario.start)

    def column(self, name: str) -> NDArray[Any]:
        """Return a column of the persons."""
        return np.asarray(self.world.tables["people"].column(name))

    def at(self, year: int, month: int, day: int) -> int:
        """Return the day of the run on which a date falls, years counted from the second."""
        return (date(self.year + year, month, day) - self.world.scenario.start).days

    def first_class(self) -> Flags:
        """Tell who graduated in the year before the second."""
        graduated = self.column("graduation_day")
        return np.asarray((graduated >= max(1, self.at(-1, 1, 1))) & (graduated < self.at(0, 1, 1)))

    def daily(self, outcome: str) -> Values:
        """Return an outcome at the end of each day so far."""
        read = OUTCOMES[outcome].daily
        if read is None:
            message = f"{outcome} is known at the end only"
            raise TypeError(message)
        return read(self.world)[: self.day]


@dataclass(frozen=True)
class Note:
    """What is noted of a world for a measure that is read later, after everything else that is read at that moment.

    Attributes:
        moment: When.
        name: Name under which it is kept.
        take: What has been seen → what is kept.
    """

    moment: Moment
    name: str
    take: Callable[[Seen], Any]


@dataclass(frozen=True)
class Measure:
    """One measure.

    Attributes:
        name: Name, which files of targets use.
        unit: Unit in English, of the words of `sim/units.py`.
        moment: When it is read.
        words: What it is.
        read: What has been seen → its value; NaN where it is not defined.
        notes: What is noted of the world earlier.
        needs_shocks: Whether the same world under shocks to demand has to be lived beside it.
    """

    name: str
    unit: str
    moment: Moment
    words: Sentence
    read: Callable[[Seen], float]
    notes: tuple[Note, ...] = ()
    needs_shocks: bool = False


def share(condition: NDArray[Any], among: NDArray[Any]) -> float:
    """Return the share in per cent of those who meet a condition; NaN among nobody."""
    return 100 * float(condition[among].mean()) if among.any() else float("nan")


def of_outcome(name: str, outcome: str, unit: str, en: str, zh: str, scale: float = 1.0) -> Measure:
    """Declare a measure that is an outcome, three years after the start."""
    return Measure(name, unit, Moment.END, Sentence(en, zh), lambda seen: scale * float(seen.daily(outcome)[-1]))
