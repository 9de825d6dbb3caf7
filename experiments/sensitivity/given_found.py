"""What runs that are there said."""

from __future__ import annotations

from dataclasses import dataclass

from experiments.sensitivity.sample import Sample
from sim.sensitivity.given import Indices


@dataclass(frozen=True)
class Reading:
    """What a sample said.

    Attributes:
        sample: The sample.
        indices: Of each outcome; None where it does not vary, or is defined at too few points.
        seed: Seed of halves and dummies.
    """

    sample: Sample
    indices: list[Indices | None]
    seed: int
