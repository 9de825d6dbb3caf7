"""How an outcome is declared: what is measured, in what unit and words, and how it is read out of a world.

Levers declare theirs beside their mechanism, `sim/outcomes.py` those of the market.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.bilingual import Sentence
from sim.columns import field_of
from sim.states import Count, ServiceEntry, Stock
from sim.statistics import Kind
from sim.units import Words, both, unit_words

World = Any
"""A `sim.world.World`: levers stand below it and cannot name it."""
Series = NDArray[np.float64]
Counts = NDArray[np.int64]

NO_COLUMN = Sentence("no column of the persons counts it", "没有记在个人名下")
OF_A_SHARE = Sentence("it is a mean or a share, not a count of persons", "这是均值或占比，不是人数")
OF_POSTS = Sentence("it counts posts, not persons", "它数的是岗位，不是人")
OF_WORK = Sentence("it counts what the organisation does, not persons", "它数的是组织的工作量，不是人")
OF_FIRMS = Sentence("it counts established firms, behind which no person stands", "它数的是既有企业，不对应个人")
"""Why no persons are found behind an outcome that nothing else explains."""


NOT_DEFINED = Sentence("not defined in this run", "本次运行中无定义")


@dataclass(frozen=True)
class Outcome:
    """One outcome.

    Attributes:
        name: Name, part of every result.
        label: Language → label.
        unit: Language → unit.
        meaning: Language → definition.
        daily: World → value at the end of each day, shape (days,); None for what is only known at the end.
        final: World → value at the end of the run; None: the last daily value.
        headline: Shown in the table at the end of every run.
        service: Belongs to a service; shown where it is not zero.
        lever: The lever that brings it; empty: none.
        persons: World at the end → how often each person counts, shape (people,), where no column of persons counts the outcome.
        partly: What `persons` finds are only those behind a part of it: the rest belongs to established firms.
        untraced: Why no persons can be found behind it.
        sample: World at the end → a value a person, whose mean the outcome is; None: it is no such mean.
        undefined: Why there is no value where there is none.
        kind: What values there can be, which says how its interval is made and how its numbers are written; its unit says it, unless told.
    """

    name: str
    label: Words
    unit: Words
    meaning: Words
    daily: Callable[[World], Series] | None = None
    final: Callable[[World], float] | None = None
    headline: bool = False
    service: bool = False
    lever: str = ""
    persons: Callable[[World], Counts] | None = None
    partly: bool = False
    untraced: str = ""
    sample: Callable[[World], Counts] | None = None
    undefined: Sentence = NOT_DEFINED
    kind: Kind = Kind.COUNT

    @property
    def limits(self) -> tuple[float, float]:
        """Smallest and largest value there can be."""
        return self.kind.limits

    def at_end(self, world: World) -> float:
        """Return the value at the end of the run; NaN where it is not defined."""
        if self.final is not None:
            return self.final(world)
        if self.sample is not None:
            return mean_over(self.sample(world))
        if self.daily is None:
            message = f"outcome {self.name} has neither a daily nor a final value"
            raise ValueError(message)
        return float(self.daily(world)[-1])


def mean_over(values: Counts) -> float:
    """Return the mean of whole numbers; NaN of none."""
    return int(values.sum()) / values.size if values.size else float("nan")


def outcome(name: str, unit: str, en: str, zh: str, meaning: tuple[str, str] = ("", ""), **further: Any) -> Outcome:  # noqa: ANN401
    """Declare an outcome.

    Args:
        name: Name.
        unit: Unit in English, of the words of `sim/units.py`.
        en: Label in English.
        zh: Label in Chinese.
        meaning: Definition in English and Chinese; empty: the label says it.
        further: Other attributes of `Outcome`.
    """
    further = {"kind": Kind.of_unit(unit), **further}
    return Outcome(name, both(en, zh), unit_words(unit), both(meaning[0] or en, meaning[1] or zh), **further)


def flow(name: str, unit: str, count: Count, en: str, zh: str, **further: Any) -> Outcome:  # noqa: ANN401
    """Declare the outcome of a running count."""
    meaning = (f"{en}, since the start", f"{zh}（累计）")
    return outcome(name, unit, en, zh, meaning, daily=lambda world: world.flows[:, count].astype(np.float64), **further)


def own_flow(name: str, unit: str, lever: str, count: str, en: str, zh: str, **further: Any) -> Outcome:  # noqa: ANN401
    """Declare the outcome of a running count of a lever's own (`Lever.counts`)."""
    meaning = (f"{en}, since the start", f"{zh}（累计）")

    def daily(world: World) -> Series:
        series: Series = world.flows[:, int(field_of(world.rules, lever)["counts"][count][0])].astype(np.float64)
        return series

    return outcome(name, unit, en, zh, meaning, daily=daily, **further)


def stock(name: str, unit: str, entry: Stock, en: str, zh: str, **further: Any) -> Outcome:  # noqa: ANN401
    """Declare the outcome of a stock counted every evening."""
    return outcome(name, unit, en, zh, daily=lambda world: world.stocks[:, entry].astype(np.float64), **further)


def row_of(world: World, lever: str) -> int:
    """Return the row of a lever in the table of services."""
    return int(field_of(world.rules, lever)["row"][0])


def of_service(name: str, unit: str, service: str, entry: ServiceEntry, en: str, zh: str, **further: Any) -> Outcome:  # noqa: ANN401
    """Declare the outcome of what is recorded of a service."""

    def daily(world: World) -> Series:
        series: Series = world.services[:, row_of(world, service), entry].astype(np.float64)
        return series

    return outcome(name, unit, en, zh, daily=daily, **further)


def aware_of(name: str, unit: str, lever: str, en: str, zh: str, **further: Any) -> Outcome:  # noqa: ANN401
    """Declare the outcome of who knows of a service."""
    return outcome(name, unit, en, zh, daily=lambda world: world.stocks[:, Stock.AWARE + row_of(world, lever)].astype(np.float64), **further)


def ratio(top: Series, bottom: Series) -> Series:
    """Divide, with NaN where the bottom is zero."""
    result = np.full(np.shape(top), np.nan)
    np.divide(top, bottom, out=result, where=bottom > 0)
    return result


def in_column(name: str, *, above: int = 0) -> Callable[[World], Counts]:
    """Return what finds the persons of whom a column is above a number."""
    return lambda world: np.asarray(world.tables["people"].column(name) > above, np.int64)


def founders_of(world: World, firms: NDArray[np.bool_]) -> Counts:
    """Count each person's firms among those chosen, shape (people,)."""
    founders = world.tables["employers"].column("founder")[firms]
    return np.bincount(founders, minlength=world.tables["people"].count).astype(np.int64)
