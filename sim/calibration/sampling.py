"""Drawing from a posterior: from the prior to the posterior in steps, with many particles (sequential Monte Carlo)."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve_triangular

from sim.calibration.space import Values

LogLikelihood = Callable[[Values], Values]
"""Takes particles, shape (particles, parameters), and returns the log likelihood of each."""
KEPT = 0.5
"""Effective share of the particles that a step leaves."""
MOVES = 8
"""Moves of each particle after every step but the last."""
LAST_MOVES = 60
"""Moves after the last one."""
FAITH = 0.3
"""Share of moves that is aimed at."""
SHORTEST, LONGEST = 0.05, 0.95
"""Strides of a move, in which 1 would forget where the particle was."""


def draw(log_likelihood: LogLikelihood, dimensions: int, particles: int, rng: np.random.Generator) -> Values:
    """Draw from the posterior of parameters that are independent standard normals beforehand.

    Args:
        log_likelihood: The log likelihood.
        dimensions: Number of parameters.
        particles: Number of draws.
        rng: Source of luck.

    Returns:
        Draws of equal weight, shape (particles, dimensions).
    """
    at = rng.standard_normal((particles, dimensions))
    known = log_likelihood(at)
    reached, stride = 0.0, 0.5
    while reached < 1.0:
        step = _step(known, 1.0 - reached)
        reached = min(1.0, reached + step)
        weight = np.exp(step * (known - known.max()))
        chosen = _resample(weight / weight.sum(), rng)
        at, known = at[chosen], known[chosen]
        cloud = _Cloud.of(at)
        for _ in range(MOVES if reached < 1.0 else LAST_MOVES):
            taken = _move(log_likelihood, at, known, reached, cloud, stride, rng)
            stride = float(np.clip(stride * np.exp(0.5 * (taken - FAITH)), SHORTEST, LONGEST))
    return at


class _Cloud(NamedTuple):
    """The normal distribution that the particles look like: moves leave it as it is, so that they may be long."""

    middle: Values
    root: Values

    @classmethod
    def of(cls, at: Values) -> _Cloud:
        covariance = np.cov(at, rowvar=False).reshape(at.shape[1], at.shape[1])
        root = np.linalg.cholesky(covariance + 1e-10 * np.eye(at.shape[1]))
        return cls(at.mean(axis=0), np.asarray(root, dtype=np.float64))

    def log_density(self, at: Values) -> Values:
        found: Values = -0.5 * (solve_triangular(self.root, (at - self.middle).T, lower=True) ** 2).sum(axis=0)
        return found


def _step(known: Values, most: float) -> float:
    """Return how far the likelihood can be raised so that enough particles still count."""

    def effective(step: float) -> float:
        weight = np.exp(step * (known - known.max()))
        return float(weight.sum() ** 2 / (weight**2).sum()) / len(known)

    if effective(most) >= KEPT:
        return most
    low, high = 0.0, most
    for _ in range(60):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if effective(middle) >= KEPT else (low, middle)
    return max(low, 1e-9)


def _resample(weight: Values, rng: np.random.Generator) -> NDArray[np.intp]:
    """Return which particles go on, each about as often as its weight says (systematic)."""
    places = (rng.random() + np.arange(len(weight))) / len(weight)
    return np.minimum(np.searchsorted(np.cumsum(weight), places), len(weight) - 1)


def _move(
    log_likelihood: LogLikelihood, at: Values, known: Values, power: float, cloud: _Cloud, stride: float, rng: np.random.Generator,
) -> float:  # fmt: skip
    """Let every particle take or refuse one move (Metropolis and Hastings; Crank and Nicolson about the cloud); return the share that took it."""
    there = cloud.middle + np.sqrt(1.0 - stride**2) * (at - cloud.middle) + stride * rng.standard_normal(at.shape) @ cloud.root.T
    then = log_likelihood(there)
    gain = power * (then - known) + 0.5 * ((at**2).sum(axis=1) - (there**2).sum(axis=1)) + cloud.log_density(at) - cloud.log_density(there)
    takes = np.log(rng.random(len(at))) < gain
    at[takes], known[takes] = there[takes], then[takes]
    return float(takes.mean())
