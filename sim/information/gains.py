"""What options would bring with each vector of what is not known, the luck of the simulation told apart.

An option's gain is its net benefit beyond that of the baseline, so the baseline gains nothing. Whoever chooses can learn what is not known of
behaviour and never the luck to come, so all that counts is the expected gain with each vector. Simulated means still hold luck; the largest of
several noisy means is too large, and with it every value of information. Luck is therefore taken off: means are drawn towards the mean of all until
they vary as the expected gains do by the analysis of variance (moment matching).

Sources:
    Searle, Casella and McCulloch (1992), Variance Components.
    Heath, Manolopoulou and Baio (2018), "Efficient Monte Carlo estimation of the expected value of sample information using moment matching",
    Medical Decision Making 38(2).
    Horn (1965), "A rationale and test for the number of factors in factor analysis", Psychometrika 30(2).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Numbers = NDArray[np.float64]

FEWEST_VECTORS = 8
"""Vectors below which nothing is said of the value of information."""
_NOTHING = 1e-9
"""Part of a variance that stands for none, so that a matrix can be divided by."""
_DRAWS = 200
"""Draws from which it is known what noise alone does."""


@dataclass(frozen=True, eq=False)
class Gains:
    """The gain of each option with each vector.

    Attributes:
        means: Mean over the replicates of a vector, shape (vectors, options), in CNY.
        counts: Replicates of each vector, shape (vectors,).
        squares: Sums of squares and products of the replicates around these means, shape (vectors, options, options).
        halves: Means over every other replicate of each vector, shape (2, vectors, options).
        rows: Which row of the set, or which point, each vector is, shape (vectors,).
    """

    means: Numbers
    counts: Numbers
    squares: Numbers
    halves: Numbers
    rows: NDArray[np.int64]

    @classmethod
    def of(cls, values: ArrayLike, vector_of: ArrayLike) -> Gains:
        """Gather the replicates of each vector.

        Args:
            values: Gain of each option in each replicate, shape (replicates, options).
            vector_of: Vector with which each replicate lived, shape (replicates,).
        """
        numbers = np.asarray(values, np.float64)
        rows, place, counts = np.unique(np.asarray(vector_of, np.int64), return_inverse=True, return_counts=True)
        means = np.zeros((len(rows), numbers.shape[1]))
        np.add.at(means, place, numbers)
        means /= counts[:, None]
        apart = numbers - means[place]
        squares = np.zeros((len(rows), numbers.shape[1], numbers.shape[1]))
        np.add.at(squares, place, apart[:, :, None] * apart[:, None, :])
        order = np.argsort(place, kind="stable")
        parity = np.empty(len(place), np.int64)
        parity[order] = (np.arange(len(place)) - np.repeat(np.cumsum(counts) - counts, counts)) % 2
        halves = np.zeros((2, *means.shape))
        np.add.at(halves, (parity, place), numbers)
        halves /= np.maximum(np.stack([(counts + 1) // 2, counts // 2]), 1)[:, :, None]
        return cls(means, counts.astype(np.float64), squares, halves, rows)

    @property
    def spare(self) -> float:
        """Degrees of freedom by which luck is known; 0: it cannot be told apart."""
        return float((self.counts - 1.0).sum())

    @property
    def luck(self) -> Numbers:
        """Variance and covariance of one replicate within a vector, shape (options, options)."""
        found: Numbers = self.squares.sum(axis=0) / max(self.spare, 1.0)
        return found

    @property
    def expected(self) -> Numbers:
        """The mean gain of each option, shape (options,)."""
        found: Numbers = self.means.mean(axis=0)
        return found

    def without_luck(self, weights: Numbers | None = None) -> Numbers:
        """Return gains that vary between vectors as the expected gains do.

        Args:
            weights: How often each vector counts, shape (..., vectors); None: once.

        Returns:
            Shape (..., vectors, options).
        """
        given = np.ones(len(self.means)) if weights is None else weights
        size = given.sum(axis=-1)
        mean = given @ self.means / size[..., None]
        apart = self.means - mean[..., None, :]
        raw = np.einsum("...v,...vi,...vj->...ij", given, apart, apart) / (size - 1.0)[..., None, None]
        spare = given @ (self.counts - 1.0)
        luck = np.einsum("...v,vij->...ij", given, self.squares) / np.maximum(spare, 1.0)[..., None, None]
        noise = luck * (given @ (1.0 / self.counts) / size)[..., None, None]
        floors = by_chance(raw.shape[-1], len(self.means) - 1, int(self.spare))
        found: Numbers = mean[..., None, :] + apart @ drawn_in(raw, noise, floors)
        return found

    def chosen_by_the_other(self) -> Numbers:
        """Return the gain, in half of the replicates of each vector, of the option that looks best in the other half, shape (vectors,).

        What looks best by luck gains nothing by it in other replicates, so the mean of these is never too large, however many options there are.
        Vectors of one replicate have none (NaN).
        """
        apart = self.means - self.expected
        raw = apart.T @ apart / (len(self.means) - 1.0)
        noise = self.luck * float((1.0 / self.counts).mean())
        learned = self.expected + (self.halves - self.expected) @ drawn_in(raw + noise, 2.0 * noise)
        looks = np.concatenate([np.zeros((2, len(self.means), 1)), learned], axis=2).argmax(axis=2)
        there = np.concatenate([np.zeros((2, len(self.means), 1)), self.halves[::-1]], axis=2)
        found: Numbers = np.take_along_axis(there, looks[:, :, None], axis=2)[:, :, 0].mean(axis=0)
        return np.where(self.counts > 1.0, found, np.nan)


def worth(gains: Numbers, weights: Numbers | None = None) -> Numbers:
    """Return the mean of the best gain with each vector, less the best mean gain: the opportunity loss of choosing now.

    Args:
        gains: Expected gain of each option with each vector, shape (..., vectors, options); that of the baseline, 0, is added.
        weights: How often each vector counts, shape (..., vectors); None: once.
    """
    given = np.ones(gains.shape[:-1]) if weights is None else weights
    size = given.sum(axis=-1)
    best = (given * np.maximum(gains.max(axis=-1), 0.0)).sum(axis=-1) / size
    means = (given[..., None] * gains).sum(axis=-2) / size[..., None]
    found: Numbers = np.maximum(best - np.maximum(means.max(axis=-1), 0.0), 0.0)
    return found


def drawn_in(raw: Numbers, noise: Numbers, floors: Numbers | float = 1.0) -> Numbers:
    """Return what draws rows of numbers in until they vary by what is not noise.

    In the directions in which both vary independently (those of the generalised eigenvectors) a share noise / raw of the variance goes, all of it
    where there is more noise than variance. So options that hardly differ are not told apart by luck.

    Args:
        raw: Their covariance, shape (..., options, options).
        noise: The part of it that is noise, of the same shape.
        floors: How many times the noise what is noise alone varies in these directions, from the least: 1, or as `by_chance` says.

    Returns:
        A matrix A, so that numbers (rows, around their mean) times A have the covariance raw - noise, as far as that can be.
    """
    tiny = np.finfo(np.float64).tiny ** 0.5
    unit = np.sqrt(np.diagonal(raw + noise, axis1=-2, axis2=-1))
    unit = np.where(unit > tiny, unit, 1.0)
    scale = unit[..., :, None] * unit[..., None, :]
    lower: Numbers = np.linalg.cholesky(noise / scale + _NOTHING * np.eye(raw.shape[-1]))
    inverse = np.linalg.inv(lower)
    spread, turn = np.linalg.eigh(inverse @ (raw / scale) @ np.swapaxes(inverse, -1, -2))
    kept = np.sqrt(np.maximum(spread - floors, 0.0) / np.maximum(spread, tiny))
    there = np.swapaxes(inverse, -1, -2) @ turn
    found: Numbers = (there * kept[..., None, :]) @ np.swapaxes(turn, -1, -2) @ np.swapaxes(lower, -1, -2)
    return found * unit[..., None, :] / unit[..., :, None]


@cache
def by_chance(options: int, freedom: int, spare: int) -> Numbers:
    """Return how many times its own estimate noise alone varies in each direction, from the least, where directions are sorted by how much.

    Of several directions the largest is larger than 1 by the sorting alone, so each is held against the largest that there would be among it and all
    smaller ones (parallel analysis, Horn 1965).

    Args:
        options: Directions.
        freedom: Degrees of freedom of what varies.
        spare: Those of the estimate of the noise; 0: it is none.
    """
    found, rng = np.ones(options), np.random.default_rng(options)
    for size in range(2, options + 1 if spare > 0 else 0):
        below = max(spare, size + 1)
        there, beside = (rng.standard_normal((_DRAWS, count, size)) for count in (freedom, below))
        inverse = np.linalg.inv(np.linalg.cholesky(np.swapaxes(beside, 1, 2) @ beside / below))
        among = inverse @ (np.swapaxes(there, 1, 2) @ there / freedom) @ np.swapaxes(inverse, 1, 2)
        found[size - 1] = np.linalg.eigvalsh(among)[:, -1].mean()
    return found


def chance_best(gains: Numbers) -> Numbers:
    """Return the share of vectors with which each option is the best, the baseline first, shape (1 + options,)."""
    with_baseline = np.column_stack([np.zeros(len(gains)), gains])
    return np.bincount(with_baseline.argmax(axis=1), minlength=with_baseline.shape[1]).astype(np.float64) / len(gains)
