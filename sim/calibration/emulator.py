"""An emulator: what a run would measure, on average, at values where none was made; a quadratic surface for each statistic (ridge regression).

What it misses, lack of fit and the luck of a run together, is known from the runs themselves: each is foretold by all others (leave one out).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.calibration.space import Values

PENALTIES = 10.0 ** np.arange(-2.0, 5.0, 0.5)
"""Penalties that are tried for each statistic."""


@dataclass(frozen=True)
class Emulator:
    """Quadratic surfaces of statistics over the unit cube.

    Attributes:
        coefficients: Shape (terms, statistics).
        misses: What each run measured beyond what the others foretell for it, shape (runs, statistics).
        explained: Share of the variance of each statistic over the runs that is foretold.
    """

    coefficients: Values
    misses: Values
    explained: Values

    @property
    def covariance(self) -> Values:
        """Covariance of what the emulator misses."""
        return np.atleast_2d(np.cov(self.misses, rowvar=False))

    def at(self, unit: Values) -> Values:
        """Return what runs would measure at places of the unit cube, shape (places, statistics)."""
        found: Values = terms_of(unit) @ self.coefficients
        return found


def terms_of(unit: Values) -> Values:
    """Return 1, every parameter (from -1 to 1), and every product of two, shape (places, terms)."""
    centred = 2.0 * unit - 1.0
    first, second = np.triu_indices(unit.shape[1])
    return np.concatenate([np.ones((len(unit), 1)), centred, centred[:, first] * centred[:, second]], axis=1)


def fit_emulator(unit: Values, statistics: Values) -> Emulator:
    """Fit the surfaces.

    Args:
        unit: Places of the runs in the unit cube, shape (runs, parameters).
        statistics: What they measured, shape (runs, statistics), all finite.
    """
    terms = terms_of(unit)
    means, scale = terms.mean(axis=0), terms.std(axis=0)
    scale[0] = 1.0
    scale[scale == 0.0] = 1.0
    standard = (terms - means) / scale  # of the constant term nothing is left: it follows from the means
    level = statistics.mean(axis=0)
    wanted = statistics - level
    left, strengths, right = np.linalg.svd(standard, full_matrices=False)
    turned = left.T @ wanted
    runs = len(unit)
    best = np.full(wanted.shape[1], np.inf)
    chosen = np.zeros(wanted.shape[1])
    misses = np.zeros_like(wanted)
    for penalty in PENALTIES:
        kept = strengths**2 / (strengths**2 + penalty)
        weight = (left**2) @ kept + 1.0 / runs
        missed = (wanted - left @ (kept[:, None] * turned)) / np.maximum(1.0 - weight, 1e-3)[:, None]
        error = (missed**2).mean(axis=0)
        better = error < best
        best[better], chosen[better], misses[:, better] = error[better], penalty, missed[:, better]
    shrunk = strengths[:, None] / (strengths[:, None] ** 2 + chosen)
    slopes = (right.T @ (shrunk * turned)) / scale[:, None]
    slopes[0] = level - means[1:] @ slopes[1:]
    spread = wanted.var(axis=0)
    return Emulator(slopes, misses, 1.0 - best / np.where(spread > 0.0, spread, 1.0))
