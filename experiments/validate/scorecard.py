"""The scorecard: a row a figure, the model's median beside it, how far apart in tolerances, and whether the model could know it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from experiments.validate.words import CHOSEN_INPUTS, OF_CALIBRATION, REPORTED_REASON
from sim.bilingual import Sentence, sentence, sentence_of
from sim.outcomes import OUTCOMES
from sim.reported import ReportedFigure
from sim.results import Results
from sim.statistics import Kind
from sim.targets.target import Target
from sim.uncertainty import Lived, estimate_over
from sim.units import unit_words

Values = NDArray[np.float64]
MARKET = "labour_market"
OF_THESE = ("of ", "Of these", "Amount of ")
"""Begins a label that stands below another one in a table."""
KINDS = {"%": Kind.SHARE, "%/month": Kind.SHARE, "days": Kind.AMOUNT, "CNY/person": Kind.AMOUNT, "applications/month": Kind.AMOUNT}
"""Unit of a target → what values it can have; a ratio may have any."""
PER_CENT = 100.0
REPORTED_TOLERANCE = 0.2
"""How far from a reported figure is near, as a share of it: they are rounded, and count persons or person-times as it suits. Assumption."""


NOTHING = Sentence("", "")


@dataclass(frozen=True)
class Row:
    """One row.

    Attributes:
        name: Name: of a target, or programme and outcome.
        group: Programme, or `MARKET`.
        label: Short label.
        words: What the figure is.
        value: The figure.
        tolerance: How far from it is near.
        unit: Unit, language → words.
        reason: Why so far.
        source: Where it comes from.
        values: What the model gives, a replicate each.
        in_sample: Whether something was chosen with it in view.
        knobs: What that was.
        plan: Whether it was planned and not done.
        note: What to know of it.
        kind: What values it can have.
        scale: In what its values are counted: 100 where shares are in per cent.
        lived: With which vectors of a set of behaviours the replicates lived; None: there is no set.
    """

    name: str
    group: str
    label: str
    words: Sentence
    value: float
    tolerance: float
    unit: Sentence
    reason: Sentence
    source: str
    values: Values = field(repr=False)
    in_sample: bool = False
    knobs: tuple[str, ...] = ()
    plan: bool = False
    note: Sentence = NOTHING
    kind: Kind = Kind.FREE
    scale: float = 1.0
    lived: Lived | None = None

    @cached_property
    def known(self) -> Values:
        """Values that are defined."""
        return self.values[np.isfinite(self.values)]

    @cached_property
    def median(self) -> float:
        """Median over replicates; NaN where it is not defined in any."""
        return float(np.median(self.known)) if self.known.size else math.nan

    @cached_property
    def bounds(self) -> tuple[float, float]:
        """Interval that holds what one more simulated place would show, 19 times in 20; without a set every replicate is a draw. NaN of one draw."""
        lived = self.lived or Lived(np.arange(self.values.size), self.values.size)
        estimate = estimate_over(self.values / self.scale, lived, self.kind)
        return self.scale * float(estimate.least), self.scale * float(estimate.most)

    @property
    def distance(self) -> float:
        """How far the median is from the figure, in tolerances."""
        return (self.median - self.value) / self.tolerance

    @property
    def passed(self) -> bool:
        """Whether the median is within the tolerance."""
        return abs(self.distance) <= 1.0


def row_of_target(target: Target, values: Sequence[float], lived: Lived | None = None) -> Row:
    """Return the row of a target."""
    note, kind = Sentence(target.use_reason, target.use_reason_zh), KINDS.get(target.unit, Kind.FREE)
    return Row(
        target.name, MARKET, target.label, target.words, target.value, target.tolerance, sentence_of(unit_words(target.unit)),
        Sentence(target.reason, target.reason_zh), target.source, np.asarray(values, float), in_sample=not target.is_held_out,
        knobs=() if target.is_held_out else (OF_CALIBRATION,), note=note, kind=kind,
        scale=PER_CENT if kind is Kind.SHARE else 1.0, lived=lived,
    )  # fmt: skip


def rows_of_programme(results: Results) -> list[Row]:
    """Return a row a figure that the programme reported, beside the outcome that is comparable with it."""
    return [_row_of_figure(results, figure) for figure in results.scenario.reported]


def _row_of_figure(results: Results, figure: ReportedFigure) -> Row:
    outcome, programme = OUTCOMES[figure.outcome], results.scenario.programme
    values = np.array([run.outcomes[figure.outcome] for run in results.runs], float)
    label = sentence_of(outcome.label)
    words = sentence("{label} ({name})", "{label}（{name}）", label=label, name=outcome.name) if label.startswith(OF_THESE) else label
    return Row(
        f"{programme}.{figure.outcome}", programme, "", words, figure.value,
        REPORTED_TOLERANCE * abs(figure.value), Sentence(outcome.unit["en"], outcome.unit["zh"]), REPORTED_REASON, figure.source, values,
        in_sample=figure.chosen, knobs=(figure.knobs or (CHOSEN_INPUTS,)) if figure.chosen else (), plan=figure.plan,
        note=Sentence(figure.note, figure.note), kind=outcome.kind, lived=results.lived,
    )  # fmt: skip


@dataclass(frozen=True)
class Tally:
    """How many of some rows passed."""

    passed: int
    of: int

    @property
    def share(self) -> float:
        """The share; NaN of none."""
        return self.passed / self.of if self.of else math.nan


def tally(rows: Iterable[Row]) -> Tally:
    """Count the rows that passed."""
    rows = list(rows)
    return Tally(sum(row.passed for row in rows), len(rows))


def misses_first(rows: Iterable[Row]) -> list[Row]:
    """Return rows with the misses first, the farthest before the others; what is not defined is a miss."""
    return sorted(rows, key=lambda row: (row.passed, -abs(row.distance) if math.isfinite(row.distance) else -math.inf))
