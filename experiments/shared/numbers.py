"""How numbers and their intervals are written."""

from __future__ import annotations

import math
from typing import Any

from sim.statistics import clip_interval, mean_interval

ZERO_NOTE = {"en": "≈ 0: not distinguishable from zero, the 95 % interval holds it", "zh": "≈ 0:与零无显著差别(95%区间包含零)"}


def mark_of_zero(low: float, high: float) -> str:
    """Return the mark of what is not distinguishable from zero; none for what is zero in every pair."""
    return "≈ 0" if low <= 0 <= high and low < high else ""


def persons_shown(values: Any, between: str, lowest: float = -math.inf) -> str:  # noqa: ANN401
    """Write a mean number of persons and its interval, with a decimal where numbers are small; of a count, not beyond zero."""
    interval = [float(part) for part in clip_interval(mean_interval(values), lowest, math.inf)]
    whole = abs(interval[0]) >= 1000 or all(value != value or value == int(value) for value in interval)  # noqa: PLR0124 (NaN)
    digits = 0 if whole else 1
    mean, low, high = (f"{round(value, digits) + 0.0:,.{digits}f}".replace("-", "−") for value in interval)
    return mean if math.isnan(interval[1]) or interval[1] == interval[2] else f"{mean}{between}[{low} … {high}]"
