"""What scenario discovery found: with which behaviours something does not pay, and in which box most of these lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from experiments.sensitivity.choice_runs import JOBS, SPENDING, Choice
from sim.discovery.checking import Found, discover, misplaced
from sim.information.gains import Gains

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

NET_BENEFIT, FEW_JOBS, DEAR, LOW = "net_benefit", "jobs", "cost", "outcome"
"""Ways of not paying: net benefit below a threshold, too few additional jobs, too dear, an outcome of a sweep below a threshold."""


@dataclass(frozen=True, eq=False)
class Looked:
    """What is looked at: one variant, or one outcome of a sweep.

    Attributes:
        name: Name of the variant, or of the outcome.
        pays: One of the ways of not paying.
        threshold: Where paying begins.
        keys: What varies.
        points: Values of these, shape (points, keys).
        values: Mean over the replicates of a point of what has to reach `least`, shape (points,).
        runs: Runs at all points.
        misplaced: Share of the points that luck puts on the wrong side; NaN where no point has two replicates.
        least: What has to be reached.
        found: The box, and how far to believe it; None where nearly all points pay, or nearly none.
    """

    name: str
    pays: str
    threshold: float
    keys: tuple[str, ...]
    points: Numbers
    values: Numbers
    runs: int
    misplaced: float
    least: float
    found: Found | None

    @property
    def cases(self) -> NDArray[np.bool_]:
        """With which points it does not pay."""
        found: NDArray[np.bool_] = self.values < self.least
        return found


@dataclass(frozen=True, eq=False)
class Discovered:
    """What was found.

    Attributes:
        looked: Each variant, or the outcome of a sweep.
        value_per_job: Value of an additional job, in CNY.
        replicates: Runs in all.
    """

    looked: tuple[Looked, ...]
    value_per_job: float
    replicates: int


def look(name: str, pays: str, threshold: float, keys: Sequence[str], points: Numbers, gains: Gains, least: float, seed: int) -> Looked:
    """Look for a box.

    Args:
        name: Name of the variant, or of the outcome.
        pays: One of the ways of not paying.
        threshold: Where paying begins.
        keys: What varies.
        points: Values of these, in the order of `gains`, shape (points, keys).
        gains: What has to reach `least`, a single column.
        least: What has to be reached.
        seed: Seed of the checks.
    """
    varying = [place for place in range(points.shape[1]) if np.ptp(points[:, place]) > 0.0]
    values, table = gains.means[:, 0], points[:, varying]
    found = discover(table, values < least, seed)
    wrong = misplaced(values, gains.counts, float(gains.luck[0, 0]), least) if gains.counts.max() > 1.0 else float("nan")
    return Looked(name, pays, threshold, tuple(keys[place] for place in varying), table, values, int(gains.counts.sum()), wrong, least, found)


def of_choice(choice: Choice, pays: str, threshold: float | None, value_per_job: float, seed: int) -> Discovered:
    """Look at every variant of a choice.

    A cost per additional job is above a limit where the additional jobs at this value are worth less than is spent more: the same as net benefit.

    Args:
        choice: The runs.
        pays: One of the ways of not paying.
        threshold: Where paying begins; None: 0, of costs the value of a job.
        value_per_job: Value of an additional job, in CNY.
        seed: Seed of the checks.
    """
    limit = (value_per_job if pays == DEAR else 0.0) if threshold is None else threshold
    jobs, spent = choice.of(JOBS), choice.of(SPENDING)
    values = jobs if pays == FEW_JOBS else (limit if pays == DEAR else value_per_job) * jobs - spent
    least = 0.0 if pays == DEAR else limit
    looked = []
    for place, name in enumerate(choice.names):
        gains = Gains.of(values[:, [place]], choice.vector_of)
        looked.append(look(name, pays, limit, choice.keys, choice.table[gains.rows], gains, least, seed))
    return Discovered(tuple(looked), value_per_job, len(values))
