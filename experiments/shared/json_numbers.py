"""Numbers in JSON files: plain, None where there is none."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from sim.how_sure import told_over
from sim.statistics import Kind, RatioInterval
from sim.uncertainty import Lived, RatioEstimate


def number(value: Any) -> float | None:  # noqa: ANN401
    """Return a plain number, None where it is not finite."""
    plain = float(value)
    return plain if math.isfinite(plain) else None


def interval(values: Iterable[Any]) -> dict[str, float | None]:
    """Return a value with its interval, such as a `MeanInterval`."""
    return dict(zip(("value", "low", "high"), map(number, values), strict=True))


def estimate(values: Any, kind: Kind = Kind.FREE, lived: Lived | None = None) -> dict[str, Any]:  # noqa: ANN401
    """Return a mean with its interval and the values of the replicates; of a set of behaviours also with all three intervals."""
    found, more = told_over(values, lived, kind)
    return {**interval(found), "values": [number(value) for value in values], **more}


def ratio_of(ratio: RatioInterval, sure: RatioEstimate | None = None) -> dict[str, Any]:
    """Return a ratio with its interval, and whether that is defined.

    Args:
        ratio: The ratio.
        sure: All three of its intervals, where there is a set of behaviours.
    """
    found = {**interval((ratio.value, ratio.low, ratio.high)), "defined": ratio.defined}
    if sure is None:
        return found
    bounds = {name: [number(one.low), number(one.high)] for name, one in (("ignorance", sure.ignorance), ("prediction", sure.prediction))}
    return found | {"intervals": {**bounds, "simulation_error": number(sure.error)}}
