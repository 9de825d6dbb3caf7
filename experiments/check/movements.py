"""What moved between a baseline and now: which outcomes, by how much, since which day; exactly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from experiments.check.baseline import Baseline, world_of
from experiments.check.equivalence import Judgement
from experiments.check.exact_text import Values, plain_number
from sim.bilingual import Sentence
from sim.levers import OF_OTHERS
from sim.outcomes import OUTCOMES

_KEYS_OF_OTHERS = tuple(f"policy.{lever.name}." for lever in OF_OTHERS)
_OUTCOMES_OF_OTHERS = {name for name, outcome in OUTCOMES.items() if outcome.lever in {lever.name for lever in OF_OTHERS}}
Since = Literal["day", "end", "new", "gone"]
ORDER: tuple[Since, ...] = ("day", "end", "new", "gone")
"""``day``: differs since a day of the run; ``end``: only known at the end; ``new``: not in the baseline; ``gone``: only in the baseline."""


@dataclass(frozen=True)
class Movement:
    """One outcome that moved.

    Attributes:
        name: Name of the outcome, of a series of the stations, or ``group.ATTRIBUTE.GROUP.MEASURE``; of several worlds ``WORLD/NAME``.
        since: Since when it differs.
        day: First day of the run on which any replicate differs, from 0; None where `since` is not ``day``.
        date: Date of that day.
        before: Value at the end of each replicate of the baseline, shape (replicates,); None where it is new.
        now: The same now; None where it is gone.
    """

    name: str
    since: Since
    day: int | None
    date: date | None
    before: Values | None
    now: Values | None

    @property
    def is_headline(self) -> bool:
        """Whether every run shows this outcome."""
        outcome = world_of(self.name)[1]
        return outcome in OUTCOMES and OUTCOMES[outcome].headline

    def plain(self) -> dict[str, Any]:
        """Return the movement as plain data for JSON."""
        return {
            "outcome": self.name,
            "since": self.since,
            "day": self.day,
            "date": None if self.date is None else self.date.isoformat(),
            "baseline": None if self.before is None else [plain_number(value) for value in self.before.tolist()],
            "now": None if self.now is None else [plain_number(value) for value in self.now.tolist()],
        }


@dataclass(frozen=True)
class Finding:
    """What a check found for one baseline.

    Attributes:
        name: Name of the baseline.
        before: Its baseline; None where there is none that can be used.
        now: What it gives now; None where it was not run.
        problem: Why `before` and `now` were not compared; None where they were.
        judgement: Whether what moved matters; None where that was not asked.
    """

    name: str
    before: Baseline | None
    now: Baseline | None = None
    problem: Sentence | None = None
    judgement: Judgement | None = None

    @cached_property
    def movements(self) -> list[Movement]:
        """What moved, the earliest first."""
        return [] if self.problem or self.before is None or self.now is None else compare(self.before, self.now)

    @cached_property
    def configuration(self) -> dict[str, tuple[Any, Any]]:
        """The keys of the configuration that differ."""
        return {} if self.problem or self.before is None or self.now is None else compare_configuration(self.before, self.now)

    def plain(self) -> dict[str, Any]:
        """Return the finding as plain data for JSON."""
        return {
            "compared": self.problem is None,
            "problem": None if self.problem is None else str(self.problem),
            "replicates": None if self.now is None else self.now.settings.replicates,
            "seed": None if self.now is None else self.now.settings.seed,
            "configuration": {key: list(pair) for key, pair in self.configuration.items()},
            "moved": [movement.plain() for movement in self.movements],
            **({"equivalence": self.judgement.plain()} if self.judgement is not None else {}),
        }


def compare(before: Baseline, now: Baseline) -> list[Movement]:
    """Return what moved, the earliest first; what a lever of another package brings and the baseline does not know has not moved.

    Args:
        before: The baseline.
        now: The same with the same settings now.
    """
    start = date.fromisoformat(now.configuration["start"])
    names = dict.fromkeys([*OUTCOMES, *now.daily, *now.at_end, *before.daily, *before.at_end])
    found = (movement for name in names if (movement := _movement(name, before, now, start)) is not None)
    moved = [movement for movement in found if not (movement.since == "new" and world_of(movement.name)[1] in _OUTCOMES_OF_OTHERS)]
    return sorted(moved, key=lambda movement: (ORDER.index(movement.since), movement.day or 0))


def compare_configuration(before: Baseline, now: Baseline) -> dict[str, tuple[Any, Any]]:
    """Return the keys of the resolved configuration that differ: dotted key → value then and now, None where there is none."""
    then, today = before.configuration, now.configuration
    nothing = object()
    return {
        key: (then.get(key), today.get(key))
        for key in sorted({*then, *today})
        if then.get(key, nothing) != today.get(key, nothing) and (key in then or not key.startswith(_KEYS_OF_OTHERS))
    }


def first_difference(before: Values, now: Values) -> int | None:
    """Return the first day on which any replicate differs, in any bit; None where there is none.

    Args:
        before: Daily values, shape (replicates, days).
        now: Daily values of as many replicates; where one of the two ends earlier, the first day beyond its end differs.
    """
    days = min(before.shape[1], now.shape[1])
    differing = np.flatnonzero((_bits(before[:, :days]) != _bits(now[:, :days])).any(axis=0))
    if differing.size:
        return int(differing[0])
    return None if before.shape == now.shape else days


def _movement(name: str, before: Baseline, now: Baseline, start: date) -> Movement | None:
    """Compare one name."""
    then, today = _end_of(before, name), _end_of(now, name)
    if then is None or today is None:
        since: Since = "new" if then is None else "gone"
        return None if then is today else Movement(name, since, None, None, then, today)
    if name in before.daily and name in now.daily:
        day = first_difference(before.daily[name], now.daily[name])
        if day is not None:
            return Movement(name, "day", day, start + timedelta(days=day), then, today)
    is_same = np.array_equal(_bits(then), _bits(today)) and (name in before.daily) == (name in now.daily)
    return None if is_same else Movement(name, "end", None, None, then, today)


def _end_of(baseline: Baseline, name: str) -> Values | None:
    if name in baseline.at_end:
        return baseline.at_end[name]
    if baseline.is_coded:  # codes are no values
        return np.full(baseline.settings.replicates, np.nan) if name in baseline.daily else None
    return baseline.daily[name][:, -1] if name in baseline.daily else None


def _bits(values: Values) -> NDArray[np.int64]:
    """Return the bits of numbers, the same for every NaN."""
    bits: NDArray[np.int64] = np.where(np.isnan(values), np.nan, values).view(np.int64)
    return bits
