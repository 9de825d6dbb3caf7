"""What is said of a calibration: made of what it found, or of what it left in ``calibration.json``, which is the same."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.bilingual import Sentence, sentence_of
from sim.calibration.posterior import correlations
from sim.units import unit_words

if TYPE_CHECKING:
    from experiments.calibrate.found import Calibrated
    from sim.targets.target import Target

SAYS_NOTHING, NO_UNIT = "ratio", Sentence("", "")
RANGE = (0.025, 0.5, 0.975)
"""Quantiles that are told."""
USED, HELD_OUT, BEYOND = "used", "held_out", "beyond"
"""What a target was used for: calibration, a check, or nothing, since it cannot be met."""


class Met(NamedTuple):
    """A target beside what the set measures.

    Attributes:
        title: What it is called, with its label.
        unit: Unit of its figures; empty: one that says nothing, or is not known.
        value: The figure.
        tolerance: How far from it is near.
        measured: Median of the set, and the range that holds 95 in 100 of its vectors; NaN where nothing is measured.
        use: One of `USED`, `HELD_OUT`, `BEYOND`.
        is_held_out: Whether calibration was not to look at it.
    """

    title: Sentence
    unit: Sentence
    value: float
    tolerance: float
    measured: tuple[float, float, float]
    use: str
    is_held_out: bool

    @property
    def distance(self) -> float:
        """How far the median is from the figure, in tolerances."""
        return (self.measured[0] - self.value) / self.tolerance

    @property
    def is_met(self) -> bool:
        """Whether it is within the tolerance."""
        return abs(self.distance) <= 1.0


class Parameter(NamedTuple):
    """What was learned of a parameter.

    Attributes:
        key: Its key.
        plausible: Its range before anything was known.
        posterior: Lower end, median and upper end of what agrees with the targets.
        shrinkage: By how much its spread has shrunk.
    """

    key: str
    plausible: tuple[float, float]
    posterior: tuple[float, float, float]
    shrinkage: float


class Checked(NamedTuple):
    """How known values were recovered: runs, parameters something was learned of, and how often the 90 % range of these held the true value."""

    truths: int
    identifiable: int
    overall: float


@dataclass(frozen=True)
class Learned:
    """What is said of a calibration.

    Attributes:
        title: What the targets are called together.
        vectors: Vectors of the set.
        runs: Runs that were learned from.
        wide: How many of them, from the first, are spread over the plausible ranges.
        people: Young people of each run.
        used: Targets that were used.
        targets: Every target.
        parameters: What was learned of each free parameter.
        together: Pairs of parameters that are told together only, each with the correlation.
        untouched: Further parameters of the set, of which no target speaks.
        recovery: The check on known values; None: there was none.
    """

    title: Sentence
    vectors: int
    runs: int
    wide: int
    people: int
    used: int
    targets: tuple[Met, ...]
    parameters: tuple[Parameter, ...]
    together: tuple[tuple[str, str, float], ...]
    untouched: int
    recovery: Checked | None

    @property
    def ranked(self) -> list[Parameter]:
        """The parameters, those first of which most was learned."""
        return sorted(self.parameters, key=lambda one: -one.shrinkage)


def learned(found: Calibrated) -> Learned:
    """Return what is said of what a calibration found."""
    posterior, checks = found.posterior, found.recovery
    parameters = zip(found.space.keys, found.space.bounds, posterior.values.T, posterior.shrinkage, strict=True)
    return Learned(
        found.targets.title, len(found.vectors), len(found.runs.values), found.wide, found.people, len(posterior.names),
        tuple(
            Met(title_of(one), unit_of(one), one.value, one.tolerance, found.middle(one), _use(found, one), one.is_held_out) for one in found.targets
        ),
        tuple(Parameter(key, (float(low), float(high)), _three(np.quantile(column, RANGE)), float(shrunk))
              for key, (low, high), column, shrunk in parameters),
        tuple(correlations(posterior)), len(found.untouched),
        None if checks is None else Checked(len(checks.ranks), int(checks.identifiable.sum()), checks.overall),
    )  # fmt: skip


def learned_of(content: Mapping[str, Any]) -> Learned:
    """Return what is said of a calibration, from its ``calibration.json``."""
    counts, recovery = content["counts"], content["recovery"]
    return Learned(
        Sentence(content["title"]["en"], content["title"]["zh"]), counts["vectors"], counts["runs"], counts["wide"], counts["people"],
        sum(one["used"] for one in content["targets"]), tuple(map(_met_of, content["targets"])),
        tuple(Parameter(one["key"], (one["prior"][0], one["prior"][1]), _three(one["posterior"]), one["shrinkage"]) for one in content["parameters"]),
        tuple((one["first"], one["second"], one["correlation"]) for one in content["correlations"]), len(content["untouched"]),
        None if recovery is None else Checked(recovery["truths"], len(recovery["identifiable"]), _plain(recovery["coverage_of_identifiable"])),
    )  # fmt: skip


def title_of(target: Target) -> Sentence:
    """Return what a target is called, with its label."""
    return Sentence(f"{target.label} {target.words}", f"{target.label} {target.words.zh}")


def unit_of(target: Target) -> Sentence:
    """Return the unit of a target; empty where it says nothing."""
    return NO_UNIT if target.unit == SAYS_NOTHING else sentence_of(unit_words(target.unit))


def _use(found: Calibrated, target: Target) -> str:
    if target.name in found.posterior.beyond:
        return BEYOND
    return USED if target.name in found.posterior.names else HELD_OUT


def _met_of(one: Mapping[str, Any]) -> Met:
    use = BEYOND if one["cannot_be_met"] else USED if one["used"] else HELD_OUT
    middle = (_plain(one["median"]), _plain(one["low"]), _plain(one["high"]))
    title, unit = (Sentence(text["en"], text["zh"]) for text in (one["title"], one.get("unit", {"en": "", "zh": ""})))  # earlier results have none
    return Met(title, unit, one["value"], one["tolerance"], middle, use, one["held_out"])


def _three(values: Sequence[float] | np.ndarray) -> tuple[float, float, float]:
    low, middle, high = map(float, values)
    return low, middle, high


def _plain(value: float | None) -> float:
    return math.nan if value is None else float(value)
