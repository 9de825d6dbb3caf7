"""Which mix is chosen, where the vectors of a set of behaviours do not agree on the best, and what that costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from sim.uncertainty import Lived

Values = npt.NDArray[np.float64]
Rule = Literal["mean", "regret", "share"]
"""Most in the mean over the vectors; smallest largest regret over the vectors; best with the largest share of the vectors."""

SAME = 9
"""Digits after the point to which two mixes that bring the same agree, whatever the order in which replicates were added up."""


@dataclass(frozen=True)
class OverSet:
    """How mixes fare over the vectors of a set.

    Attributes:
        mean: Mean over the vectors, shape (mixes,).
        regret: Mean over the vectors of what is missed of the best mix, shape (mixes,).
        largest: Largest such regret over the vectors.
        share: Share of the vectors with which a mix is the best.
        vectors: How many vectors.
    """

    mean: Values
    regret: Values
    largest: Values
    share: Values
    vectors: int

    def best(self, rule: Rule, spending: Values) -> int:
        """Return the number of the mix that a rule chooses; among equals the one with the larger mean, then the cheapest, then the first.

        Args:
            rule: The rule.
            spending: What each mix spends in the mean, CNY, shape (mixes,).
        """
        score = np.round({"mean": self.mean, "regret": -self.largest, "share": self.share}[rule], SAME)
        mean = np.round(self.mean, SAME)
        return max(range(len(score)), key=lambda mix: (score[mix], mean[mix], -spending[mix], -mix))


def over_set(values: Values, lived: Lived | None) -> OverSet:
    """Tell how mixes fare over the vectors that replicates lived with; without a set every replicate counts for itself.

    Args:
        values: What is to be had most of, shape (mixes, replicates).
        lived: With which vectors the replicates lived.
    """
    if lived is None:
        means = values
    else:
        _, place = np.unique(lived.vectors, return_inverse=True)
        counts = np.bincount(place)
        means = np.stack([np.bincount(place, weights=row) / counts for row in values])
    missed = means.max(axis=0) - means
    best = missed == 0
    return OverSet(means.mean(axis=1), missed.mean(axis=1), missed.max(axis=1), (best / best.sum(axis=0)).mean(axis=1), means.shape[1])
