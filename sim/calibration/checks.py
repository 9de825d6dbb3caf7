"""Is a posterior honest? Runs whose values are known stand for reality: how often do the stated ranges hold them?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from sim.calibration.emulator import fit_emulator
from sim.calibration.posterior import Runs, Wanted, condition
from sim.calibration.space import Space, Values

LEVEL = 0.9
NEAR = 1e-6
"""Relative difference up to which two values are the same: kept runs have 32 bits."""
LEARNED = 0.1
"""Shrinkage from which on a parameter counts as identifiable."""


@dataclass(frozen=True)
class Recovery:
    """How known values were recovered.

    Attributes:
        keys: The parameters.
        ranks: Share of the draws below the true value, shape (truths, parameters); of draws that equal it a random part counts as below.
        shrinkage: What was learned, shape (truths, parameters).
    """

    keys: tuple[str, ...]
    ranks: Values
    shrinkage: Values

    @property
    def identifiable(self) -> NDArray[np.bool_]:
        """Which parameters something was learned of."""
        found: NDArray[np.bool_] = self.shrinkage.mean(axis=0) >= LEARNED
        return found

    @property
    def coverage(self) -> Values:
        """How often the 90 % range held the true value, by parameter."""
        edge = (1.0 - LEVEL) / 2.0
        found: Values = ((self.ranks >= edge) & (self.ranks <= 1.0 - edge)).mean(axis=0)
        return found

    @property
    def overall(self) -> float:
        """How often it did, over the parameters that something was learned of."""
        return float(self.coverage[self.identifiable].mean()) if self.identifiable.any() else float("nan")

    @property
    def evenness(self) -> Values:
        """Probability that ranks which are even look as uneven as these (Kolmogorov and Smirnov), by parameter."""
        return np.array([stats.kstest(column, "uniform").pvalue for column in self.ranks.T])


def ranks_of(draws: Values, truth: Values, rng: np.random.Generator) -> Values:
    """Return the share of draws below each true value, and of those that equal it a random part: even where a posterior is honest, ties or none.

    Args:
        draws: Shape (draws, parameters).
        truth: The true values, a parameter each.
        rng: Draws the parts.
    """
    near = NEAR * np.maximum(np.abs(truth), NEAR)
    same = np.abs(draws - truth) <= near
    found: Values = (draws < truth - near).mean(axis=0) + rng.random(len(truth)) * same.mean(axis=0)
    return found


def recover(
    space: Space, runs: Runs, wanted: Mapping[str, Wanted], truths: int, seed: int, among: int | None = None, particles: int = 500,
) -> Recovery:  # fmt: skip
    """Keep some runs back, take what they measured, with errors as the targets have, for reality, and ask for their values.

    Args:
        space: The parameters.
        runs: Runs.
        wanted: Targets, of which the errors count.
        truths: How many runs stand for reality, one after another.
        seed: Seed of which these are, and of the errors.
        among: How many runs, from the first, are drawn from the prior, so that truths may be taken from them; None: all.
        particles: Draws of each posterior.
    """
    used = runs.of(runs.defined(list(wanted)))
    rng = np.random.default_rng(seed)
    drawn = len(runs.values) if among is None else among
    prior = np.flatnonzero(np.flatnonzero(runs.have(used.names)) < drawn)
    kept = np.sort(rng.choice(prior, truths, replace=False))
    others = np.setdiff1d(np.arange(len(used.values)), kept)
    emulator = fit_emulator(space.unit(used.values[others]), used.statistics[others])
    errors = np.array([wanted[name].error for name in used.names])
    ranks, shrinkage = [], []
    for place in kept:
        seen = used.statistics[place] + errors * rng.standard_normal(len(errors))
        aims = {name: Wanted(float(value), float(error)) for name, value, error in zip(used.names, seen, errors, strict=True)}
        posterior = condition(space, used.names, emulator, aims, seed, particles)
        ranks.append(ranks_of(posterior.values, used.values[place], rng))
        shrinkage.append(posterior.shrinkage)
    return Recovery(space.keys, np.array(ranks), np.array(shrinkage))
