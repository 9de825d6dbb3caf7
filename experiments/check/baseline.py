"""What a baseline is: how it was made, what it holds exactly, and what it holds for judging whether a difference matters."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from experiments.check.exact_text import Values
from sim.bilingual import Sentence

Kind = Literal["run", "comparison", "study", "sweep"]
BETWEEN = "/"
"""Between the world and the outcome in the name of a value, where there are several worlds."""
EVERY = "every_outcome"
"""Name of the codes of all daily outcomes together."""


@dataclass(frozen=True)
class Settings:
    """How a baseline is made.

    Attributes:
        replicates: Number of replicates that are kept exactly.
        seed: Seed of every draw.
        overrides: Dotted key → value, of a programme that is loaded by its name.
        kind: What is made: a run of one programme, a comparison, a study, or the points of a sweep.
        words: The words of the command that would make it, but for those of replicates and seed; none: the programme by its name.
    """

    replicates: int
    seed: int
    overrides: dict[str, Any]
    kind: Kind = "run"
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Margin:
    """The largest difference of an outcome that does not matter.

    Attributes:
        value: In the outcome's unit.
        declared: How it was declared: ``5%`` of the mean, ``20`` in the outcome's unit, or ``spread`` by what replicates differ.
    """

    value: float
    declared: str


@dataclass(frozen=True)
class Sample:
    """More replicates, each value to seven digits: what tests of equivalence start from.

    Attributes:
        replicates: How many, from number 0.
        at_end: Name → value at the end of each, shape (replicates,), NaN where not defined.
        persons: Distribution → quantiles over persons in each, shape (replicates, quantiles), NaN where there is nobody.
        vectors: Number of the vector of behaviour of each, shape (replicates,); where there is no set, each has its own number.
    """

    replicates: int
    at_end: dict[str, Values]
    persons: dict[str, Values]
    vectors: Values


@dataclass(frozen=True)
class Baseline:
    """What something gave.

    Attributes:
        name: Its name: that of the file, and of a run of a shipped programme that of the programme.
        settings: How it was made.
        configuration: Dotted key → value of the resolved scenario.
        at_end: Name → value at the end of each replicate, shape (replicates,), NaN where not defined: outcomes, and measures of groups as
            ``group.ATTRIBUTE.GROUP.MEASURE``; with several worlds ``WORLD/NAME``.
        daily: Name → daily values, shape (replicates, days): outcomes, and ``station_beds_open.DISTRICT``, ``station_beds_used.DISTRICT``; with
            several worlds their codes, shape (1, days).
        programme: Name of the programme.
        margins: Name of a chosen value → the largest difference that does not matter.
        sample: More replicates; None where there are none.
        made_with: What made it: version of Yizhan, Python and libraries.
    """

    name: str
    settings: Settings
    configuration: dict[str, Any]
    at_end: dict[str, Values]
    daily: dict[str, Values]
    programme: str = ""
    margins: dict[str, Margin] = field(default_factory=dict)
    sample: Sample | None = None
    made_with: dict[str, str] = field(default_factory=dict)

    @property
    def is_coded(self) -> bool:
        """Whether daily values are codes."""
        return self.settings.kind != "run"


class UnusableError(Exception):
    """A baseline that is not there, or cannot be used.

    Args:
        reason: Why.
        is_foreign: Whether the file is somebody else's, which must not be overwritten.
    """

    def __init__(self, reason: Sentence, *, is_foreign: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_foreign = is_foreign


def world_of(name: str) -> tuple[str, str]:
    """Return the world, empty where there is only one, and the outcome of the name of a value."""
    world, _, outcome = name.rpartition(BETWEEN)
    return world, outcome
