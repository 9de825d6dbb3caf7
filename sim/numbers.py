"""How numbers are written: digits, signs, units and intervals, one way for tables, figures and sentences.

A number has the decimals that its interval earns, so a table and the figure beside it show the same text for the same numbers.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sim.bilingual import Sentence
from sim.statistics import Kind
from sim.writing import COARSE, DASH, PLAIN, Form, write, write_estimate, write_exactly, write_parts

if TYPE_CHECKING:
    from sim.measures import Outcome

__all__ = [
    "DASH", "PLAIN", "POINTS", "SHARE", "STEPS", "YUAN", "ZERO_NOTE", "Form", "form_in", "form_of", "form_of_sum", "form_within", "mark_of_zero",
    "money_form", "write", "write_estimate", "write_exactly", "write_parts",
]  # fmt: skip
ZERO_NOTE = Sentence("≈ 0: not distinguishable from zero, the 95 % interval holds it", "≈ 0：看不出与零的差别（95%区间包含零）")
POINTS = {"en": "points", "zh": "百分点"}
YUAN = {"en": "CNY", "zh": "元"}
FIGURES = 3
"""Figures that a figure from elsewhere is written with, where they are decimals."""
STEPS = {
    "en": ((1e7, 1e6, "million CNY"), (1e5, 1e3, "thousand CNY")),
    "zh": ((1e9, 1e8, "亿元"), (1e4, 1e4, "万元")),
}
"""Language → amount from which on yuan are written in a larger unit, yuan in that, its name."""

SHARE = Form("%", 100.0, 1)


def form_of(outcome: Outcome, language: str, most: float = 0.0, *, difference: bool = False) -> Form:
    """Return how the numbers of an outcome are written.

    Args:
        outcome: The outcome.
        language: Language of the unit.
        most: Largest amount that is written beside others; of money it decides on the unit.
        difference: Whether they are differences of the outcome: those of shares are points.
    """
    level = outcome.kind is not Kind.FREE and not difference
    if outcome.kind is Kind.SHARE:
        return SHARE._replace(unit=POINTS[language] if difference else SHARE.unit, level=level)
    if outcome.unit["en"] == YUAN["en"]:
        return money_form(most, language)._replace(level=level)
    return Form(outcome.unit[language], figures=2 if outcome.kind is Kind.AMOUNT else 1, level=level)


def form_in(unit: str) -> Form:
    """Return how numbers in a unit, given in English, are written as they are."""
    kind = Kind.of_unit(unit)
    return SHARE if kind is Kind.SHARE or unit == POINTS["en"] else Form(unit, figures=2 if kind is Kind.AMOUNT else 1)


def money_form(most: float, language: str) -> Form:
    """Return the unit in which amounts of money are short: 万元 and 亿元 in Chinese, thousand and million CNY in English.

    Args:
        most: The largest of the amounts, in yuan.
        language: Language of the unit.
    """
    for least, divisor, unit in STEPS[language]:
        if abs(most) >= least:
            return Form(unit, 1.0 / divisor, figures=2)
    return Form(YUAN[language], figures=2)


def form_within(value: float, tolerance: float | None, form: Form = PLAIN) -> Form:
    """Return how a figure from elsewhere is written, and all that is held against it: in the places that it and its tolerance have.

    Args:
        value: The figure.
        tolerance: How far from it is near, of which two figures at least are seen; None: a share of it, which has no places of its own.
        form: Its unit and scale.
    """
    decimals = _places(form.scale * value)
    if tolerance is not None:
        near = form.scale * tolerance
        decimals = max(decimals, _places(near), 1 - math.floor(math.log10(near)))
    return form._replace(decimals=decimals, fixed=True)


def _places(number: float) -> int:
    """Return the decimals that the first figures of a number have, without zeros at their end."""
    return len(f"{Decimal(f'{number:.{FIGURES}g}').normalize():f}".partition(".")[2])


def form_of_sum(result: Iterable[Any]) -> Form:
    """Return how the rows of a sum of persons are written: with the same decimals, so that they can be added up.

    Args:
        result: The last row with its interval.
    """
    _, low, high = (float(part) for part in result)
    return Form(decimals=int(high - low < 2.0 * COARSE and low < high), fixed=True)










def mark_of_zero(low: float, high: float) -> str:
    """Return the mark of what is not distinguishable from zero; none for what is zero in every pair."""
    return "≈ 0" if low <= 0 <= high and low < high else ""




