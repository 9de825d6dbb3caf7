"""The space of free parameters: each uniform over its plausible range; seen as the unit cube, and as independent standard normals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri
from scipy.stats import qmc

from sim.priors import Problem, priors
from sim.scenario import Scenario

Values = NDArray[np.float64]
EDGE = 1e-9
"""Nearest that a place in the unit cube comes to its faces, where normals would be infinite."""


@dataclass(frozen=True)
class Space:
    """Free parameters and their plausible ranges.

    Attributes:
        problem: Names, ranges and which of them are whole numbers.
    """

    problem: Problem

    @classmethod
    def of(cls, scenario: Scenario, keys: Sequence[str]) -> Space:
        """Return the space of some keys or patterns of keys, by their declared ranges.

        Args:
            scenario: The scenario; only levers that are enabled in it count.
            keys: Keys, such as ``behaviour.idle_worth`` or ``market.*``.

        Raises:
            ConfigurationError: A key without a plausible range.
        """
        return cls(priors(*keys, scenario=scenario))

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys, in order."""
        return tuple(self.problem["names"])

    @property
    def bounds(self) -> Values:
        """Lowest and highest value of each parameter, shape (parameters, 2)."""
        return np.array(self.problem["bounds"], dtype=np.float64)

    def values(self, unit: Values) -> Values:
        """Return the values at places of the unit cube, whole numbers rounded."""
        low, high = self.bounds.T
        found: Values = low + unit * (high - low)
        whole = [place for place, key in enumerate(self.keys) if key in self.problem.whole]
        found[..., whole] = np.round(found[..., whole])
        return found

    def unit(self, values: Values) -> Values:
        """Return the places of values in the unit cube."""
        low, high = self.bounds.T
        found: Values = np.clip((values - low) / (high - low), 0.0, 1.0)
        return found

    def sample(self, count: int, seed: int) -> Values:
        """Return values spread evenly over the whole space: a scrambled Sobol sequence.

        Args:
            count: How many.
            seed: Seed of the scrambling.
        """
        sequence = qmc.Sobol(len(self.keys), rng=np.random.default_rng(seed))
        return self.values(sequence.random_base2(max(1, int(count - 1).bit_length()))[:count])


def to_normal(unit: Values) -> Values:
    """Return places of the unit cube as standard normals."""
    found: Values = ndtri(np.clip(unit, EDGE, 1.0 - EDGE))
    return found


def to_unit(normal: Values) -> Values:
    """Return standard normals as places of the unit cube."""
    found: Values = ndtr(normal)
    return found
