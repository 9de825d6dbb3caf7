"""What only a simulation knows: the same people in the world in which nobody is treated."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.trials.analysis import Estimand, Flags, Groups, groups_of
from sim.trials.assignment import CONTROL
from sim.trials.measures import Values
from sim.trials.sample import Sample
from sim.trials.study import Study
from sim.trials.worlds import Market


def true_effect(study: Study, sample: Sample, estimand: Estimand) -> dict[tuple[str, int], float]:
    """Return the true effect that an estimand is about, in the people of this very trial.

    A person's effect is the measure in the world as assigned less that in the world with nobody treated. The truth is its mean over those
    treated (or, for spillovers, over the untreated among them); a contrast is the difference of two such means. Where an estimator compares within
    clusters, the mean gives each cluster the weight that the regression gives it.

    Args:
        study: The study.
        sample: The people of the trial.
        estimand: What is estimated.

    Returns:
        (outcome, follow-up in days) → effect; NaN where nobody is concerned.
    """
    groups = groups_of(study, sample, estimand)
    effect = sample.values["assigned"] - sample.values["nobody"]
    mean = _mean_over(effect, sample, groups, groups.treated)
    if estimand.kind == "contrast":
        mean = mean - _mean_over(effect, sample, groups, groups.control)
    if estimand.kind == "tot":
        took_up = _mean_over(sample.used.astype(np.float64)[:, None, :], sample, groups, groups.treated)
        mean = mean / np.where(took_up > 0, took_up, math.nan)
    return {
        (outcome, day): float(mean[number, place])
        for number, outcome in enumerate(study.outcomes)
        for place, day in enumerate(study.followup_days)
    }  # fmt: skip


def _mean_over(values: Values, sample: Sample, groups: Groups, members: Flags) -> Values:
    """Return a mean over some people, shape (outcomes, follow-ups)."""
    if not members.any():
        return np.full(values.shape[1:], math.nan)
    if not groups.within:
        return np.asarray(values[members].mean(axis=0))
    size = int(sample.cluster.max()) + 1
    treated, control = (np.bincount(sample.cluster[group], minlength=size) for group in (groups.treated, groups.control))
    weight = treated * control / np.maximum(1, treated + control)
    own = np.bincount(sample.cluster[members], minlength=size)
    each = (weight / np.maximum(1, own))[sample.cluster[members]]
    if each.sum() == 0:
        return np.full(values.shape[1:], math.nan)
    return np.asarray(np.einsum("i,iof->of", each, values[members]) / each.sum())


@dataclass(frozen=True)
class Reach:
    """What treatment does to everybody in the markets of one trial, summed over people.

    Attributes:
        admitted: Number of people admitted.
        on_admitted: Sum of effects on them, shape (outcomes, follow-ups).
        on_enrolled: On the enrolled who were not admitted.
        on_others: On everybody else in the same markets.
        spending: Money spent on the services of the study, CNY.
    """

    admitted: int
    on_admitted: Values
    on_enrolled: Values
    on_others: Values
    spending: int

    @property
    def net(self) -> Values:
        """Sum over everybody."""
        return self.on_admitted + self.on_enrolled + self.on_others


def reach_of(markets: Sequence[Market], world: str) -> Reach:
    """Add up what a world has more than the world with nobody treated.

    Args:
        markets: The markets of one trial.
        world: ``assigned`` or ``everybody``.
    """
    parts = []
    for market in markets:
        effect = market.values[world] - market.values["nobody"]
        admitted = np.ones(market.arm.size, np.bool_) if world == "everybody" else market.arm != CONTROL
        on_admitted, on_enrolled = effect[admitted].sum(axis=0), effect[~admitted].sum(axis=0)
        on_others = market.totals[world] - market.totals["nobody"] - on_admitted - on_enrolled
        spending = market.spending[world] - market.spending["nobody"]
        parts.append(Reach(int(admitted.sum()), on_admitted, on_enrolled, on_others, spending))
    return Reach(
        sum(part.admitted for part in parts),
        np.sum([part.on_admitted for part in parts], axis=0),
        np.sum([part.on_enrolled for part in parts], axis=0),
        np.sum([part.on_others for part in parts], axis=0),
        sum(part.spending for part in parts),
    )
