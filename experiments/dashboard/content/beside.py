"""Variants beside the first one: paired differences, so that a planner need not subtract numbers whose intervals cannot be subtracted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experiments.compare.answer import answer_beside, more_than
from experiments.dashboard.content.texts import Plain, mean_of, text
from sim.statistics import Kind

if TYPE_CHECKING:
    from experiments.compare.words import Names
    from sim.compared import Comparison

COUNTED = {"jobs": "jobs", "stays": "stays_6m", "firms": "businesses"}
"""What the page calls it → kind of the account."""


def beside_first(comparison: Comparison, names: Names) -> Plain:
    """Return variant → its differences to the first variant, in a sentence, too; nothing of the first.

    Args:
        comparison: The comparison.
        names: What the worlds are called.
    """
    first, *others = comparison.variants
    return {name: _beside(comparison, name, first, names) for name in others}


def _beside(comparison: Comparison, name: str, first: str, names: Names) -> Plain:
    said, told = answer_beside(comparison, name, first, names)
    lived = comparison.baseline.lived
    spending = comparison.differences(name, "spending") - comparison.differences(first, "spending")
    counts = {called: mean_of(more_than(comparison, name, first, kind), Kind.FREE, lived) for called, kind in COUNTED.items()}
    return {"sentence": text(said), "told": told, **counts, "spending": mean_of(spending, Kind.FREE, lived)}
