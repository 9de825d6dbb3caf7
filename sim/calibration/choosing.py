"""The vectors of a set of behaviours: draws of the calibrated parameters, each with values of those that no target speaks of."""

from __future__ import annotations

import numpy as np
from scipy.stats import qmc

from sim.calibration.posterior import Posterior
from sim.calibration.space import Space, Values


def choose(posterior: Posterior, base: Values, untouched: Space | None, count: int, seed: int) -> Values:
    """Return vectors of equal weight, in an order that says nothing.

    Args:
        posterior: What is plausible of the calibrated parameters.
        base: Vectors of other parameters, with which the runs were made, shape (count, parameters).
        untouched: Parameters that no target speaks of: each lies evenly over its range (Latin hypercube); None: none.
        count: Number of vectors.
        seed: Seed of the choice.

    Returns:
        Shape (count, parameters): the calibrated ones, those of `base`, those that no target speaks of.
    """
    rng = np.random.default_rng([seed, count])
    told = posterior.values[rng.permutation(len(posterior.normal))[:count]]
    others = untouched.values(qmc.LatinHypercube(len(untouched.keys), rng=rng).random(count)) if untouched is not None else np.empty((count, 0))
    return np.concatenate([told, base, others], axis=1)
