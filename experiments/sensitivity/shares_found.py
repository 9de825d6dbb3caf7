"""What a decomposition of variance found."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from sim.sensitivity.factors import Factor
from sim.sensitivity.ranking import mean
from sim.sensitivity.variance import Shares, shares_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Decomposition:
    """What a decomposition of variance found.

    Attributes:
        factors: What was varied.
        outcomes: What was looked at.
        places: The points, as shares of the ranges of factors, shape (base points, points, factors).
        luck: Number of the luck of each point, shape (base points, points).
        vectors: Number of the vector of the set of behaviours from which the rest of each point comes.
        values: What was measured, shape (base points, points, replicates, outcomes).
        has_rest: Whether that rest is a column of the design.
        seed: Seed of design, luck and resampling.
    """

    factors: tuple[Factor, ...]
    outcomes: tuple[str, ...]
    places: Numbers
    luck: NDArray[np.int64]
    vectors: NDArray[np.int64]
    values: Numbers
    has_rest: bool
    seed: int

    @property
    def points(self) -> int:
        """Points that were run."""
        return self.luck.size

    @property
    def of_luck(self) -> int:
        """Column of luck, after those of the factors."""
        return len(self.factors)

    @property
    def of_rest(self) -> int | None:
        """Column of the rest of the set of behaviours; None where there is none."""
        return len(self.factors) + 1 if self.has_rest else None

    @cached_property
    def shares(self) -> list[Shares | None]:
        """Shares of the variance of each outcome; None where it does not vary."""
        means = [mean(self.values[..., outcome : outcome + 1])[..., 0] for outcome in range(len(self.outcomes))]
        return [shares_of(each, self.seed, range(len(self.factors))) for each in means]

    def told(self, shares: Shares) -> NDArray[np.bool_]:
        """Tell which factors account for more than nothing alone, or surely for more than luck with others: luck reshuffled looks like a share."""
        count = len(self.factors)
        found: NDArray[np.bool_] = (shares.alone.low[:count] > 0.0) | (shares.total.low[:count] > shares.total.high[self.of_luck])
        return found
