"""The people of one trial, over all its markets: what an analyst sees, and what only a simulation knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.trials.assignment import Integers, Shares
from sim.trials.measures import Values
from sim.trials.worlds import WORLDS, Market


@dataclass(frozen=True)
class Sample:
    """The enrolled people of one trial.

    Attributes:
        market: Market of each, shape (enrolled,).
        person: Row in that market.
        cluster: Cluster, numbered over all markets.
        saturation: Share treated in the cluster.
        arm: Arm, 0 for controls.
        used: Whether a service of the own arm was used by each follow-up, shape (enrolled, follow-ups).
        covariates: Name → value at enrolment.
        values: World → measures, shape (enrolled, outcomes, follow-ups). Only ``assigned`` is observed.
    """

    market: Integers
    person: Integers
    cluster: Integers
    saturation: Shares
    arm: Integers
    used: NDArray[np.bool_]
    covariates: dict[str, Values]
    values: dict[str, Values]


def pool(markets: Sequence[Market], clusters: int) -> Sample:
    """Put the people of all markets into one sample.

    Args:
        markets: The markets of one trial.
        clusters: Clusters of a market.
    """
    return Sample(
        market=np.concatenate([np.full(market.person.size, number) for number, market in enumerate(markets)]),
        person=np.concatenate([market.person for market in markets]),
        cluster=np.concatenate([number * clusters + market.cluster for number, market in enumerate(markets)]),
        saturation=np.concatenate([market.saturation for market in markets]),
        arm=np.concatenate([market.arm for market in markets]),
        used=np.concatenate([market.used for market in markets]),
        covariates={name: np.concatenate([market.covariates[name] for market in markets]) for name in markets[0].covariates},
        values={world: np.concatenate([market.values[world] for market in markets]) for world in WORLDS},
    )
