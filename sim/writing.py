"""How a number is written: digits, sign and interval."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, NamedTuple

DASH = "–"
"""What is not defined."""
LARGE = 1000.0
"""Size from which on a decimal without an interval says nothing."""
MOST_DECIMALS = 4
MOST_FIGURES = 4
"""Figures beyond which decimals of a number with an interval say nothing to a reader, however narrow that is; unless its ends would look alike."""


class Form(NamedTuple):
    """How numbers of one kind are written.

    Attributes:
        unit: The unit that stands beside them, in the reader's language.
        scale: What values are multiplied by.
        decimals: Decimals that they have at least, beside an interval.
        figures: Figures of half the width of an interval that are kept: one of persons, two of money and time.
        level: Whether they are levels, whose intervals never reach zero, so that it says nothing that zero is left out.
        fixed: Whether they all have these decimals, as the rows of a sum that a reader adds up.
    """

    unit: str = ""
    scale: float = 1.0
    decimals: int = 0
    figures: int = 1
    level: bool = False
    fixed: bool = False


PLAIN = Form()
"""Numbers of persons, posts and other things that are counted."""
COARSE = 5.0
"""Half the width of the interval of a sum from which on its rows are whole."""


def write(value: float, form: Form = PLAIN, *, signed: bool = False) -> str:
    """Write a number that has no interval; a dash where it is not defined.

    Args:
        value: The number.
        form: How it is written.
        signed: Whether it is a difference, which has a sign.
    """
    return write_parts((value, math.nan, math.nan), form, signed=signed)[0]


def write_estimate(estimate: Iterable[Any], form: Form = PLAIN, between: str = " ", *, signed: bool = False) -> str:
    """Write a value with its interval, such as ``37.9 [25.1 … 50.6]``; the value alone where there is no interval.

    Args:
        estimate: The value and the ends of its interval, such as a `MeanInterval`.
        form: How they are written.
        between: What stands between the value and its interval.
        signed: Whether it is a difference, which has a sign.
    """
    value, bounds = write_parts(estimate, form, signed=signed)
    return f"{value}{between}{bounds}" if bounds else value


def write_parts(estimate: Iterable[Any], form: Form = PLAIN, *, signed: bool = False) -> tuple[str, str]:
    """Write a value and, apart from it, its interval; nothing where there is none, or none of any width."""
    value, low, high = (form.scale * float(part) for part in estimate)
    decimals = _decimals(value, (high - low) / 2.0, form)
    nearest = min(abs(low), abs(high)) if low * high > 0 and not form.level else 0.0  # an interval that leaves out zero has to look like it
    while 0.0 < nearest < 0.5 * 10.0**-decimals and decimals < MOST_DECIMALS and not form.fixed:
        decimals += 1
    decimals = _shortened(decimals, low, high, form)
    written = _digits(value, decimals, signed=signed, fixed=form.fixed)
    if not math.isfinite(low + high) or low == high:
        return written, ""
    return written, f"[{_digits(low, decimals, signed=signed, fixed=form.fixed)} … {_digits(high, decimals, signed=signed, fixed=form.fixed)}]"


def write_exactly(value: float) -> str:
    """Write a number as it is, such as a tick of an axis or the value of a parameter."""
    return f"{value:,.0f}".replace("-", "−") if float(value).is_integer() else f"{value:,g}".replace("-", "−")


def _decimals(value: float, margin: float, form: Form) -> int:
    """Return how many decimals an interval earns; without one, as many as keep a figure or two."""
    if form.fixed:
        return form.decimals
    if math.isfinite(margin) and margin > 0:
        return min(max(form.decimals, form.figures - 1 - math.floor(math.log10(margin))), MOST_DECIMALS)
    if not math.isfinite(value) or value == int(value) or abs(value) >= LARGE:
        return 0
    return 1 if abs(value) >= 1 or form.decimals else 1 - math.floor(math.log10(abs(value)))


def _shortened(decimals: int, low: float, high: float, form: Form) -> int:
    """Return how many decimals are left of those that an interval earns, so that no number has more than `MOST_FIGURES` figures for them."""
    largest = max(abs(low), abs(high))
    if form.fixed or not math.isfinite(largest) or largest == 0.0 or low == high:
        return decimals
    fewer = min(decimals, max(0, MOST_FIGURES - 1 - math.floor(math.log10(largest))))
    while fewer < decimals and (f"{low:.{fewer}f}" == f"{high:.{fewer}f}" or (low * high > 0.0 and 0.0 in (round(low, fewer), round(high, fewer)))):
        fewer += 1
    return fewer


def _digits(value: float, decimals: int, *, signed: bool, fixed: bool = False) -> str:
    if not math.isfinite(value):
        return DASH if math.isnan(value) else "∞" if value > 0 else "−∞"
    written = f"{abs(value):.1e}" if decimals > MOST_DECIMALS else f"{abs(value):,.{decimals if value or fixed else 0}f}"
    if not any(digit in written for digit in "123456789"):
        return written
    return f"{'−' if value < 0 else '+' if signed else ''}{written}"
