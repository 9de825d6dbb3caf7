"""What is drawn of findings: which outcomes, what they are called, and their numbers."""

from __future__ import annotations

import math

import numpy as np

from experiments.check.equivalence import Verdict
from experiments.check.figures import Days, Tests, drawings_of
from experiments.check.labels import outcome_of
from experiments.check.movements import Finding
from experiments.check.verdicts import told
from experiments.shared.drawing import Drawings
from experiments.shared.words import Language, Speaker
from sim.numbers import form_of

MOST_ROWS = 20
"""Tests of a baseline that are drawn."""


def drawings_of_findings(findings: list[Finding], language: Language) -> Drawings:
    """Return the figures of every baseline that moved."""
    days = {found.name: _days(found, language) for found in findings if found.movements and found.before and not found.before.is_coded}
    tests = {found.name: _tests(found, language) for found in findings if found.judgement is not None}
    return drawings_of(days, tests, language)


def _label(name: str, found: Finding, language: Language) -> str:
    outcome, say = outcome_of(name, found.now, found.before), Speaker(language)
    unit = form_of(outcome, language).unit
    return say.of(outcome.label) if unit in ("-", "") else say.text("in_unit", label=outcome.label, unit=unit)


def _days(found: Finding, language: Language) -> Days:
    before, now = found.before, found.now
    if before is None or now is None:
        return []
    rows = sorted((one for one in found.movements if one.since == "day"), key=lambda one: (not one.is_headline, one.day or 0))
    shown = []
    for one in rows:
        scale = form_of(outcome_of(one.name, now, before), language).scale
        means = (scale * np.mean(baseline.daily[one.name], axis=0) for baseline in (before, now))
        shown.append((_label(one.name, found, language), *means, one.day or 0))
    return shown


def _tests(found: Finding, language: Language) -> Tests:
    rows = [one for one in told(found.judgement) if one.margin and math.isfinite(one.high - one.low)] if found.judgement else []
    shown = []
    for one in rows[:MOST_ROWS]:
        difference, low, high = (value / one.margin for value in (one.difference, one.low, one.high))
        shown.append((_label(one.name, found, language), difference, low, high, one.verdict is Verdict.EQUIVALENT))
    return shown
