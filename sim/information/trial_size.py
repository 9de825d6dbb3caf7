"""How many people a trial would need: by the usual power calculation, and by what its answer is worth before choosing.

A trial measures, of each option, how many more are at work of those it serves than of those it does not. Both questions rest on variances that the
model knows: who is at work is a share of people; what the trial is to tell is how far the effect may lie from where the choice turns.

The expected value of sample information: with a trial's answer, the gains are known as far as the answer is reliable, so the gains of the vectors are
drawn towards their mean until they vary as the means after a trial of that size would (moment matching; for normal gains and errors it is exact).

The trial is taken to measure the net effect, with what others lose, as a two-stage trial does; within one market it measures the effect on those
served. What it tells of money is not counted.

Sources:
    Cohen (1988), Statistical Power Analysis: two shares.
    Heath, Manolopoulou and Baio (2018), as in `sim.information.gains`.
    Jalal and Alarid-Escudero (2018), "A Gaussian approximation approach for value of information analysis", Medical Decision Making 38(2).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.information.gains import drawn_in, worth
from sim.statistics import LEVEL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

POWER = 0.8
"""How often a trial of the size that is said tells the effect."""
ENOUGH = 0.8
"""Part of the value of perfect information at which a trial is said to be large enough."""
MOST_PEOPLE = 10_000_000
"""People beyond which it is said that no trial tells it."""


@dataclass(frozen=True)
class Arm:
    """What a trial would see of one option.

    Attributes:
        served: People whom the option serves: a difference of shares counts so many times.
        share: Share at work of those served.
        without: Share at work without it.
        turning: Effect per person served at which the option gains nothing beyond the baseline.
    """

    served: float
    share: float
    without: float
    turning: float

    @property
    def effect(self) -> float:
        """Difference of the shares."""
        return self.share - self.without


def people_to_tell(arm: Arm, against: float = 0.0) -> float:
    """Return how many people, half of them served, tell an effect from another in `POWER` of all trials; infinite where they are the same.

    Args:
        arm: What the trial would see.
        against: The effect that it is to be told from.
    """
    from scipy.special import ndtri

    apart = abs(arm.effect - against)
    if not math.isfinite(apart) or apart == 0.0:
        return math.inf
    reach = float(ndtri(0.5 + LEVEL / 2.0) + ndtri(POWER))
    spread = _variance(arm.share) + _variance(arm.without)
    return 2.0 * math.ceil(reach**2 * spread / apart**2)


def worth_of_trial(gains: Numbers, arms: Sequence[Arm], value_per_job: float, people: float) -> float:
    """Return the expected value of the answer of a trial.

    Args:
        gains: Expected gain of each option with each vector, without luck, shape (vectors, options).
        arms: What the trial sees of each.
        value_per_job: Value of an additional job, in CNY.
        people: People in the trial, in equal groups, one of them served by nothing.
    """
    served = value_per_job * np.array([arm.served for arm in arms])
    each = people / (1.0 + len(arms))
    control = max(_variance(arm.without) for arm in arms) / each
    noise = np.outer(served, served) * control + np.diag(served**2 * np.array([_variance(arm.share) for arm in arms]) / each)
    apart = gains - gains.mean(axis=0)
    known = np.cov(apart, rowvar=False).reshape(len(arms), len(arms))
    return float(worth(gains.mean(axis=0) + apart @ drawn_in(known + noise, noise)))


def people_for(gains: Numbers, arms: Sequence[Arm], value_per_job: float, wanted: float) -> float:
    """Return how many people a trial needs so that its answer is worth so much; infinite where none suffices.

    Args:
        gains: As in `worth_of_trial`.
        arms: What the trial sees of each option.
        value_per_job: Value of an additional job, in CNY.
        wanted: What it is to be worth, in CNY.
    """
    least, most = 2.0, float(MOST_PEOPLE)
    if worth_of_trial(gains, arms, value_per_job, most) < wanted:
        return math.inf
    while most / least > 1.0 + 1e-3:
        middle = math.sqrt(least * most)
        least, most = (least, middle) if worth_of_trial(gains, arms, value_per_job, middle) >= wanted else (middle, most)
    return float(math.ceil(most))


def _variance(share: float) -> float:
    """Return the variance of who is at work."""
    return share * (1.0 - share)
