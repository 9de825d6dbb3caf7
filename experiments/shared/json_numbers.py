"""Numbers in JSON files: plain, None where there is none."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from sim.statistics import Kind, RatioInterval, mean_interval


def number(value: Any) -> float | None:  # noqa: ANN401
    """Return a plain number, None where it is not finite."""
    plain = float(value)
    return plain if math.isfinite(plain) else None


def interval(values: Iterable[Any]) -> dict[str, float | None]:
    """Return a value with its interval, such as a `MeanInterval`."""
    return dict(zip(("value", "low", "high"), map(number, values), strict=True))


def estimate(values: Any, kind: Kind = Kind.FREE) -> dict[str, Any]:  # noqa: ANN401
    """Return a mean with its interval and the values of the replicates."""
    return {**interval(mean_interval(values, kind=kind)), "values": [number(value) for value in values]}


def ratio_of(ratio: RatioInterval) -> dict[str, Any]:
    """Return a ratio with its interval, and whether that is defined."""
    return {**interval((ratio.value, ratio.low, ratio.high)), "defined": ratio.defined}
