"""What is plausible of free parameters, given what was measured elsewhere: targets with their errors, and runs at many values.

The likelihood is normal: what a run measures is what the emulator foretells and what it misses; what was measured elsewhere has its own error. A
target that the model cannot meet loses weight as much as it is missed, so that it does not drag what others tell (and is named).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve

from sim.calibration.emulator import Emulator, fit_emulator
from sim.calibration.sampling import LogLikelihood, draw
from sim.calibration.space import Space, Values, to_unit

PARTICLES = 2000
"""Draws from a posterior."""
BEYOND = 3.0
"""Errors from which on a target counts as one that the model cannot meet."""
ROUNDS = 12
"""How often at most the weight of such targets is looked at again, that of the farthest first."""
NEARLY = 1.1
"""A target has lost the weight that it loses where it is missed by less than so many of the errors that it counts with."""
SPARE = 0.02
"""Share of runs in which a statistic may be undefined, and these runs be left out; one that is more often so tells nothing."""


@dataclass(frozen=True)
class Wanted:
    """What was measured elsewhere.

    Attributes:
        value: The value.
        error: Its standard deviation.
    """

    value: float
    error: float


@dataclass(frozen=True)
class Runs:
    """Runs at many values of the free parameters.

    Attributes:
        values: The values, shape (runs, parameters).
        names: Names of the statistics.
        statistics: What was measured, shape (runs, statistics); NaN where not defined.
    """

    values: Values
    names: tuple[str, ...]
    statistics: Values

    def of(self, names: Sequence[str]) -> Runs:
        """Return some statistics alone, and only the runs that have them all."""
        found = self.statistics[:, [self.names.index(name) for name in names]]
        whole = self.have(names)
        return Runs(self.values[whole], tuple(names), found[whole])

    def have(self, names: Sequence[str]) -> NDArray[np.bool_]:
        """Tell which runs have all of some statistics."""
        return np.asarray(np.isfinite(self.statistics[:, [self.names.index(name) for name in names]]).all(axis=1))

    def defined(self, names: Sequence[str]) -> list[str]:
        """Return the names of statistics that (nearly) every run has, and that are not always the same."""
        columns = {name: self.statistics[:, self.names.index(name)] for name in names if name in self.names}
        return [name for name, column in columns.items() if np.isfinite(column).mean() >= 1.0 - SPARE and np.nanstd(column) > 0.0]


@dataclass(frozen=True)
class Posterior:
    """What is plausible.

    Attributes:
        space: The parameters.
        names: The targets that were used.
        emulator: Foretells them.
        normal: Draws of equal weight, as standard normals before anything is known, shape (draws, parameters).
        beyond: Target that the model cannot meet → how many of its errors it is missed by.
    """

    space: Space
    names: tuple[str, ...]
    emulator: Emulator
    normal: Values
    beyond: Mapping[str, float]

    @property
    def unit(self) -> Values:
        """The draws in the unit cube."""
        return to_unit(self.normal)

    @property
    def values(self) -> Values:
        """The draws as values, whole numbers rounded."""
        return self.space.values(self.unit)

    @property
    def shrinkage(self) -> Values:
        """By how much the spread of each parameter has shrunk: 0 nothing was learned, 1 it is known."""
        found: Values = 1.0 - self.unit.std(axis=0) * np.sqrt(12.0)
        return found

    @property
    def foretold(self) -> Values:
        """What the draws would measure, on average, shape (draws, targets)."""
        return self.emulator.at(self.unit)


def fit(space: Space, runs: Runs, wanted: Mapping[str, Wanted], seed: int, particles: int = PARTICLES) -> Posterior:
    """Return what is plausible of the parameters.

    Args:
        space: The parameters.
        runs: Runs all over the space.
        wanted: Name of a statistic → what was measured elsewhere.
        seed: Seed of the draws.
        particles: Number of draws.
    """
    used = runs.of(runs.defined(list(wanted)))
    emulator = fit_emulator(space.unit(used.values), used.statistics)
    return condition(space, used.names, emulator, {name: wanted[name] for name in used.names}, seed, particles)


def condition(
    space: Space, names: Sequence[str], emulator: Emulator, wanted: Mapping[str, Wanted], seed: int, particles: int = PARTICLES,
) -> Posterior:  # fmt: skip
    """Return what is plausible, given an emulator that is there.

    Args:
        space: The parameters.
        names: Names of the emulator's statistics.
        emulator: The emulator.
        wanted: Some of these names → what was measured elsewhere.
        seed: Seed of the draws.
        particles: Number of draws.
    """
    places = [place for place, name in enumerate(names) if name in wanted]
    narrow = replace(emulator, coefficients=emulator.coefficients[:, places], misses=emulator.misses[:, places], explained=emulator.explained[places])
    told = tuple(names[place] for place in places)
    aim = np.array([wanted[name].value for name in told])
    error = np.array([wanted[name].error for name in told])
    wide = error.copy()
    found: Posterior
    for _ in range(ROUNDS):
        normal = draw(_log_likelihood(narrow, aim, wide), len(space.keys), particles, np.random.default_rng(seed))
        missed = np.abs(narrow.at(to_unit(normal)).mean(axis=0) - aim)
        own = np.sqrt(error**2 + narrow.covariance.diagonal())
        lost = missed > BEYOND * own
        found = Posterior(space, told, narrow, normal, {name: float(missed[place] / own[place]) for place, name in enumerate(told) if lost[place]})
        heavy = lost & (missed > NEARLY * wide)
        if not heavy.any():
            break
        farthest = int(np.argmax(np.where(heavy, missed / own, 0.0)))
        wide[farthest] = missed[farthest]
    return found


def _log_likelihood(emulator: Emulator, aim: Values, error: Values) -> LogLikelihood:
    covariance = emulator.covariance + np.diag(error**2)
    factor = cho_factor(covariance, lower=True)

    def log_likelihood(normal: Values) -> Values:
        apart = emulator.at(to_unit(normal)) - aim
        found: Values = -0.5 * (apart * cho_solve(factor, apart.T).T).sum(axis=1)
        return found

    return log_likelihood


def correlations(posterior: Posterior, least: float = 0.4) -> list[tuple[str, str, float]]:
    """Return pairs of parameters that cannot be told apart well, and their correlation, the strongest first."""
    matrix: Values = np.atleast_2d(np.corrcoef(posterior.normal, rowvar=False))
    keys = posterior.space.keys
    pairs = [(keys[i], keys[j], float(matrix[i, j])) for i in range(len(keys)) for j in range(i) if abs(matrix[i, j]) >= least]
    return sorted(pairs, key=lambda pair: -abs(pair[2]))

