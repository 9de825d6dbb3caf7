"""The expected value of perfect information, in all and of parameters: what it is worth to know them before choosing between options.

Of parameters it is found by regression (Strong, Oakley and Brennan 2014): the gain of each option is regressed on the parameters over the vectors
of a set, and the fitted gains stand for what would be expected if they were known. All else, luck included, is residual and does not enter. What a
regression fits of the residual by chance would be taken for information, the more, the more terms it has; by the analysis of variance it is known
how much that is, and it is taken off (as luck in `sim.information.gains`). So a parameter without effect is worth nothing, within error.

The regression: cubic in the ranks of a parameter, of groups the sum of those of its parameters; with few vectors, or many parameters, straight lines.
What works through two parameters of a group together only is missed.

Intervals: vectors drawn again (bootstrap), in which chance counts twice, and is taken off twice. Whether a value can be told from 0 at all: vectors
dealt out anew to the gains (a permutation test of the largest of all, Westfall and Young 1993), so that the largest of many is not taken for more
than chance. The value of knowing everything is told from 0 where a choice by half of the replicates of each vector gains in the other half.

Sources:
    Raiffa and Schlaifer (1961), Applied Statistical Decision Theory: perfect information.
    Strong, Oakley and Brennan (2014), "Estimating multiparameter partial expected value of perfect information from a probabilistic sensitivity
    analysis sample: a nonparametric regression approach", Medical Decision Making 34(3).
    Westfall and Young (1993), Resampling-Based Multiple Testing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from sim.information.gains import Gains, by_chance, drawn_in, worth
from sim.statistics import LEVEL

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

RESAMPLES, DEALS = 500, 999
"""Times that vectors are drawn again, and that they are dealt out anew."""
TERMS = ((60, 3), (24, 2), (0, 1))
"""From so many vectors on: terms of each parameter."""
MOST_TERMS = 0.4
"""Terms of a regression beyond which it is not made, as a part of the vectors."""
_RIDGE = 1e-9
"""Keeps a regression on columns that repeat each other from breaking."""


@dataclass(frozen=True)
class Worth:
    """What knowing something perfectly is worth.

    Attributes:
        name: The parameter or group; empty: everything that is not known.
        keys: The parameters.
        value: Expected value of perfect information, in CNY.
        low: Lower end of its interval; 0 where it cannot be told from 0.
        high: Upper end.
        chance: How often the strongest of all would look as strong, if none had any effect; of everything NaN.
    """

    name: str
    keys: tuple[str, ...]
    value: float
    low: float
    high: float
    chance: float

    @property
    def is_told(self) -> bool:
        """Whether it can be told from 0."""
        return self.low > 0.0


def of_everything(gains: Gains, seed: int, resamples: int = RESAMPLES) -> Worth:
    """Return what it is worth to know all that is not known of behaviour.

    With one replicate a vector luck cannot be told apart, so that the value is an upper bound.

    Args:
        gains: Gains of the options.
        seed: Seed of what is drawn again.
        resamples: How often.
    """
    vectors = len(gains.means)
    value = float(worth(gains.without_luck()))
    weights = _drawn_again(vectors, resamples, seed)
    low, high = _ends(worth(gains.without_luck(weights), weights))
    return Worth("", (), value, min(low, value) if _pays_elsewhere(gains, weights) else 0.0, max(high, value), math.nan)


def _pays_elsewhere(gains: Gains, weights: Numbers) -> bool:
    """Tell whether a choice by half of the replicates gains in the other half, for certain; True where there is one replicate a vector."""
    own = gains.chosen_by_the_other()
    known = np.isfinite(own)
    if not known.any():
        return True
    own, means, weights = own[known], gains.means[known], weights[:, known]
    size = np.maximum(weights.sum(axis=1), 1.0)
    more = weights @ own / size - np.maximum((weights @ means / size[:, None]).max(axis=1), 0.0)
    return _ends(more)[0] > 0.0


def of_parameters(gains: Gains, parameters: Sequence[str], vectors: Numbers, groups: Mapping[str, Sequence[str]], seed: int,
                  resamples: int = RESAMPLES, deals: int = DEALS) -> tuple[list[Worth], list[str]]:  # fmt: skip
    """Return what each parameter, and each group of them, is worth, each sorted from the largest.

    Args:
        gains: Gains of the options.
        parameters: Full keys of the columns of `vectors`.
        vectors: The vectors that were lived with, in the order of `gains`, shape (vectors, parameters).
        groups: Name of a group → its keys.
        seed: Seed of what is drawn.
        resamples: How often vectors are drawn again.
        deals: How often they are dealt out anew.

    Returns:
        The parameters and groups that vary, and the names of groups that have too many parameters for so few vectors.
    """
    varying = {key: vectors[:, place] for place, key in enumerate(parameters) if np.ptp(vectors[:, place]) > 0}
    asked = {key: (key,) for key in varying} | {name: tuple(key for key in keys if key in varying) for name, keys in groups.items()}
    columns = {name: columns_of(np.column_stack([varying[key] for key in keys])) for name, keys in asked.items() if keys}
    fits = {name: found for name, found in columns.items() if found is not None}
    chances = _chances(gains.means, list(fits.values()), seed, deals)
    weights = _drawn_again(len(gains.means), resamples, seed)
    once = np.ones((1, len(gains.means)))
    found = []
    for (name, own), chance in zip(fits.items(), chances, strict=True):
        value = float(_explained(own, gains.means, once, 1.0)[0])
        low, high = _ends(_explained(own, gains.means, weights, 2.0))
        told = chance < 1.0 - LEVEL
        found.append(Worth(name, asked[name], value, min(low, value) if told else 0.0, max(high, value), chance))
    order = sorted(found, key=lambda one: (-one.value, one.chance, one.name))
    return order, [name for name in columns if name not in fits]


def reconciled(everything: Worth, parts: Sequence[Worth]) -> tuple[Worth, tuple[Worth, ...]]:
    """Return what everything and its parts are worth, no part more than the whole.

    Each is estimated by itself, with an error of its own. What is told of a part is true of the whole, which holds it; what cannot be told of a part
    is no more than the whole.

    Args:
        everything: What knowing everything is worth.
        parts: What parameters and groups are worth.
    """
    told = [part for part in parts if part.is_told]
    whole = replace(everything, **{end: max(getattr(one, end) for one in (everything, *told)) for end in ("value", "low", "high")})
    return whole, tuple(replace(part, value=min(part.value, whole.value), high=min(part.high, whole.high)) for part in parts)


def columns_of(values: Numbers) -> Numbers | None:
    """Return the terms of a regression on some parameters, around their means; None where they are too many.

    Args:
        values: Shape (vectors, parameters).
    """
    vectors, number = values.shape
    terms = next(terms for least, terms in TERMS if vectors >= least)
    terms = terms if terms * number <= vectors / 4 or number == 1 else 1
    if terms * number > MOST_TERMS * vectors:
        return None
    ranks = np.apply_along_axis(_ranks, 0, values)
    powers = [np.polynomial.legendre.legval(ranks, np.eye(terms + 1)[term]) for term in range(1, terms + 1)]
    columns = np.column_stack(powers)
    found: Numbers = columns - columns.mean(axis=0)
    return found


def _ranks(values: Numbers) -> Numbers:
    """Return ranks, evenly over -1 to 1; those of equal values are the same."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks = np.cumsum(counts) - (counts - 1.0) / 2.0
    found: Numbers = ((2.0 * ranks - 1.0) / len(values) - 1.0)[place]
    return found


def _explained(columns: Numbers, means: Numbers, weights: Numbers, times: float) -> Numbers:
    """Return the worth of the part of the gains that a regression explains, for each row of weights.

    Args:
        columns: Its terms, shape (vectors, terms).
        means: Gains, shape (vectors, options).
        weights: How often each vector counts, shape (rows, vectors).
        times: How often the residual is in the gains: twice in those that were drawn again.
    """
    size, (terms, options) = len(columns), (columns.shape[1], means.shape[1])
    center, middle = weights @ columns / size, weights @ means / size
    products = (columns[:, :, None] * columns[:, None, :]).reshape(size, -1)
    mixed = (columns[:, :, None] * means[:, None, :]).reshape(size, -1)
    squares = (means[:, :, None] * means[:, None, :]).reshape(size, -1)
    among = (weights @ products).reshape(-1, terms, terms) - size * center[:, :, None] * center[:, None, :]
    across = (weights @ mixed).reshape(-1, terms, options) - size * center[:, :, None] * middle[:, None, :]
    total = (weights @ squares).reshape(-1, options, options) - size * middle[:, :, None] * middle[:, None, :]
    slopes = np.linalg.solve(among + _RIDGE * size * np.eye(terms), across)
    explained = np.swapaxes(slopes, 1, 2) @ across
    residual = (total - explained) / max(size - 1.0 - times * terms, 1.0)
    noise = residual * times * terms / (size - 1.0)
    fitted = (columns - center[:, None, :]) @ slopes
    floors = by_chance(options, terms, size - 1 - terms)
    return worth(middle[:, None, :] + fitted @ drawn_in(_even(explained) / (size - 1.0), _even(noise), floors), weights)


def _even(matrix: Numbers) -> Numbers:
    """Return a covariance that is one to the last bit: symmetric, and not below zero where it is zero but for rounding."""
    found: Numbers = (matrix + np.swapaxes(matrix, -1, -2)) / 2.0
    spread, turn = np.linalg.eigh(found)
    there: Numbers = (turn * np.maximum(spread, 0.0)[..., None, :]) @ np.swapaxes(turn, -1, -2)
    return there


def _chances(means: Numbers, regressions: Sequence[Numbers], seed: int, deals: int) -> list[float]:
    """Return for each regression how often the strongest of all would look as strong by chance alone."""
    if not regressions:
        return []
    size = len(means)
    apart = means - means.mean(axis=0)
    left, strength, _ = np.linalg.svd(apart, full_matrices=False)
    level = left[:, strength > strength.max(initial=0.0) * math.sqrt(_RIDGE)]  # the gains, in directions of equal spread
    parts = [np.linalg.qr(columns)[0] for columns in regressions]
    begins = np.cumsum([0, *(part.shape[1] for part in parts[:-1])])
    together = np.column_stack(parts)
    rng = np.random.default_rng([seed, 1])
    dealt = [level, *(level[rng.permutation(size)] for _ in range(deals))]
    strong = np.array([np.add.reduceat(((together.T @ one) ** 2).sum(axis=1), begins) for one in dealt])
    spread = np.maximum(strong[1:].std(axis=0), np.finfo(np.float64).tiny)
    score = (strong - strong[1:].mean(axis=0)) / spread
    largest = score.max(axis=1)
    return [float((largest >= own - _RIDGE).mean()) for own in score[0]]


def _drawn_again(vectors: int, resamples: int, seed: int) -> Numbers:
    """Return how often each vector is drawn, shape (resamples, vectors)."""
    rng = np.random.default_rng([seed, 2])
    return rng.multinomial(vectors, np.full(vectors, 1.0 / vectors), size=resamples).astype(np.float64)


def _ends(values: Numbers) -> tuple[float, float]:
    low, high = np.quantile(values, (0.5 - LEVEL / 2.0, 0.5 + LEVEL / 2.0))
    return float(low), float(high)
