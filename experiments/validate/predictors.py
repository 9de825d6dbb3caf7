"""One programme left out: what the model says of its figures, beside what two simple rules would have said."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from experiments.validate.scorecard import MARKET, Row


@dataclass(frozen=True)
class Prediction:
    """What is said of a figure that nothing was chosen by.

    Attributes:
        row: The row.
        model: What the model says.
        scaled: The same, corrected by how far it is off in the other programmes; NaN where they have nothing to compare.
        planned: What was planned; NaN where the document plans nothing for it.
    """

    row: Row
    model: float
    scaled: float
    planned: float

    def error(self, said: float) -> float:
        """Return how far off something said is, as the absolute logarithm of its ratio to the figure; NaN where nothing is said."""
        if not (math.isfinite(said) and said > 0 and self.row.value > 0):
            return math.nan
        return abs(math.log(said / self.row.value))


def predictions(rows: Sequence[Row], planned: dict[str, float]) -> list[Prediction]:
    """Leave each programme out in turn and say what it would report.

    No parameter was fitted to any of these figures, so the model needs no second fit; the simple rule corrects it by the mean (in logarithms) of
    simulated over reported in the other programmes.

    Args:
        rows: The scorecard.
        planned: Name of a row → what was planned for it.
    """
    free = [row for row in rows if row.group != MARKET and not row.in_sample and not row.plan]
    return [Prediction(row, row.median, _scaled(row, free), planned.get(row.name, math.nan)) for row in free]


def _scaled(row: Row, free: Sequence[Row]) -> float:
    others = [math.log(other.median / other.value) for other in free if other.group != row.group and other.median > 0 and other.value > 0]
    return row.median / math.exp(float(np.mean(others))) if others else math.nan


def mean_errors(found: Sequence[Prediction]) -> dict[str, tuple[float, int]]:
    """Return the mean error of each way to predict, and over how many figures it says something."""
    errors = {
        "model": [one.error(one.model) for one in found],
        "scaled": [one.error(one.scaled) for one in found],
        "planned": [one.error(one.planned) for one in found],
        "model_where_planned": [one.error(one.model) for one in found if math.isfinite(one.error(one.planned))],
    }
    known = {name: [error for error in values if math.isfinite(error)] for name, values in errors.items()}
    return {name: (float(np.mean(values)) if values else math.nan, len(values)) for name, values in known.items()}
