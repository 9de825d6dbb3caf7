"""Shares of variance: how much of what an outcome varies each factor accounts for, alone and with others.

Sources:
    Sobol' (2001), "Global sensitivity indices for nonlinear mathematical models and their Monte Carlo estimates", Mathematics and Computers in
    Simulation 55.
    Saltelli, Annoni, Azzini, Campolongo, Ratto and Tarantola (2010), "Variance based sensitivity analysis of model output. Design and estimator for
    the total sensitivity index", Computer Physics Communications 181: the design, and both estimators.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.sensitivity.ranking import RESAMPLES, Measured, Ranking, rank

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

FEWEST = 8
"""Base points with which indices are made at all."""
FEW = 32
"""Base points below which they say little."""


@dataclass(frozen=True)
class Design:
    """Points of a design: for each base point one of a first sample, the same with each column from a second sample, and that of the second.

    Attributes:
        shares: The points, shape (base points, columns + 2, columns), each as a share of its range.
    """

    shares: Numbers

    @property
    def base(self) -> int:
        """Number of base points."""
        return len(self.shares)

    def is_second(self, column: int) -> NDArray[np.bool_]:
        """Tell which points of a base point have a column from the second sample."""
        columns = self.shares.shape[2]
        found = np.zeros(columns + 2, dtype=bool)
        found[[column + 1, columns + 1]] = True
        return found


@dataclass(frozen=True)
class Shares:
    """Shares of the variance of an outcome, a column each.

    Attributes:
        alone: First-order index: what would go, in the mean, were this column known.
        total: Total index: what would stay, in the mean, were all others known; with all in which it takes part.
        ranking: By `total`.
        base: Base points at which the outcome is defined.
        together: Sum of `alone` over the columns that are ranked, shape (1,).
    """

    alone: Measured
    total: Measured
    ranking: Ranking
    base: int
    together: Measured

    @property
    def too_few(self) -> bool:
        """Whether there are too few base points to tell shares: fewer than `FEW`, or shares beyond the whole or of wide intervals."""
        return self.base < FEW or any(measured.tells_no_share for measured in (self.alone, self.total, self.together))


def design_of(columns: int, base: int, seed: Sequence[int]) -> Design:
    """Draw a design of Saltelli from a scrambled Sobol sequence.

    Args:
        columns: Number of columns.
        base: Base points, a power of two.
        seed: Seed of the scrambling.
    """
    from SALib.sample import sobol

    drawn = sobol.sample(_problem(columns), base, calc_second_order=False, seed=np.random.default_rng(seed))
    return Design(np.asarray(drawn, dtype=np.float64).reshape(base, columns + 2, columns))


def shares_of(values: Numbers, seed: int, ranked: Sequence[int] | None = None) -> Shares | None:
    """Return the shares of the variance of an outcome; None where it does not vary, or is defined at too few base points.

    Args:
        values: The outcome at each point of a design, shape (base points, columns + 2).
        seed: Seed of the resampling of base points.
        ranked: Columns that are ranked among themselves; None: all.
    """
    from SALib.analyze import sobol

    values = values[np.isfinite(values).all(axis=1)]
    if len(values) < FEWEST or np.ptp(values) <= 0.0:
        return None
    columns = values.shape[1] - 2
    found = sobol.analyze(
        _problem(columns), values.reshape(-1), calc_second_order=False, num_resamples=RESAMPLES, keep_resamples=True, seed=seed + 1,
    )  # fmt: skip
    chosen = list(range(columns)) if ranked is None else list(ranked)
    alone, total = (Measured.of(np.asarray(found[name]), np.asarray(found[f"{name}_conf_all"])) for name in ("S1", "ST"))
    ranking = rank(np.asarray(found["ST"])[chosen], np.asarray(found["ST_conf_all"])[:, chosen])
    firsts, drawn = np.asarray(found["S1"])[chosen], np.asarray(found["S1_conf_all"])[:, chosen]
    together = Measured.of(firsts.sum(keepdims=True), drawn.sum(axis=1, keepdims=True))
    return Shares(alone, total, ranking, len(values), together)


def _problem(columns: int) -> dict[str, Any]:
    """Return the unit cube as a problem of SALib."""
    return {"num_vars": columns, "names": [str(column) for column in range(columns)], "bounds": [[0.0, 1.0]] * columns}
