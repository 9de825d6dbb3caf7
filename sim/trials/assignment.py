"""Who is treated: clusters first, then people within clusters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.trials.study import Study

Shares = NDArray[np.float64]
Integers = NDArray[np.int64]
CONTROL = 0
"""Number of the control group; the arms follow, in the order of the study."""


@dataclass(frozen=True)
class Assignment:
    """Who among the enrolled is treated.

    Attributes:
        arm: Arm of each enrolled person, `CONTROL` or 1 … arms, shape (enrolled,).
        if_treated: Arm that each would be in if treated, shape (enrolled,).
    """

    arm: Integers
    if_treated: Integers


def luck_of(seed: int, *place: int) -> np.random.Generator:
    """Return the study's own luck for one step of one trial: it touches no draw of the model.

    Args:
        seed: Seed of the run.
        place: Trial, and market within it if the step is one market's.
    """
    return np.random.Generator(np.random.Philox(np.random.SeedSequence((seed, *place))))


def draw_saturations(study: Study, clusters: int, luck: np.random.Generator) -> Shares:
    """Draw the share of the enrolled that is treated in each cluster.

    Args:
        study: The study.
        clusters: Number of clusters.
        luck: The study's own luck.

    Returns:
        Shape (clusters,); as balanced over the clusters as their number allows.
    """
    if study.design == "individual":
        return np.full(clusters, study.treated_share)
    if study.design == "clustered":
        treated = min(clusters - 2, max(2, round(study.treated_share * clusters)))
        shares = np.repeat((1.0, 0.0), (treated, clusters - treated))
    else:
        order = luck.permutation(np.array(study.saturations))  # if the clusters do not divide evenly, which share gets one more is drawn
        shares = np.resize(order, clusters)
    return luck.permutation(shares)


def assign(study: Study, cluster: Integers, saturations: Shares, luck: NDArray[np.float64]) -> Assignment:
    """Treat in each cluster the drawn share of its enrolled people, rounded to whole persons, and divide them over the arms in turn.

    Assignment is nested: whoever is treated at one saturation is treated, in the same arm, at every higher one.

    Args:
        study: The study.
        cluster: Cluster of each enrolled person, shape (enrolled,).
        saturations: Share treated in each cluster, shape (clusters,).
        luck: A number for each enrolled person, those with the lowest are treated, shape (enrolled,).

    Returns:
        The assignment.
    """
    arm, if_treated = np.zeros(cluster.size, np.int64), np.zeros(cluster.size, np.int64)
    weights = np.array([one.weight for one in study.arms.values()])
    for number, saturation in enumerate(saturations):
        members = np.flatnonzero(cluster == number)
        ordered = members[np.argsort(luck[members], kind="stable")]
        if_treated[ordered] = _in_turn(weights / weights.sum(), ordered.size)
        treated = ordered[: int(saturation * ordered.size + 0.5)]
        arm[treated] = if_treated[treated]
    return Assignment(arm, if_treated)


def _in_turn(shares: Shares, number: int) -> Integers:
    """Return arms 1 … in an order in which every first part holds each arm in nearly its share, shape (number,)."""
    given = np.zeros(shares.size)
    order = np.zeros(number, np.int64)
    for place in range(number):
        chosen = int(np.argmax(shares * (place + 1) - given))
        given[chosen] += 1
        order[place] = chosen + 1
    return order
