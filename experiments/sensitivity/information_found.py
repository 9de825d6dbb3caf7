"""What was found of the value of finding out, before a choice between variants."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from experiments.sensitivity.choice_runs import ANYWAY, HELPED, JOBS, SPENDING, Choice
from sim.calibration.free import SERVICES
from sim.information.gains import FEWEST_VECTORS, Gains, chance_best
from sim.information.trial_size import ENOUGH, Arm, people_for, people_to_tell, worth_of_trial
from sim.information.value import Worth, of_everything, of_parameters, reconciled
from sim.statistics import RatioInterval
from sim.uncertainty import Estimate, Lived, estimate_over, ratio_over

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

CURVE_STEPS, CURVE_SPAN, CURVE_BEYOND, CURVE_RESAMPLES = 31, 3.0, 1.5, 200
"""Values of a job on the curve, up to how many times the one that was asked for, or, if that is more, the dearest at which the choice changes; draws
for the interval of each."""
MOST_SPAN = 20.0
"""Times the value of a job beyond which the curve does not reach."""
TRIAL_SIZES = (100.0, 300.0, 1000.0, 3000.0, 10_000.0, 30_000.0, 100_000.0, 300_000.0)
"""People of the trials whose worth is shown."""
LEAST_HELPED = 1.0
"""Persons helped below which a variant serves nobody whom a trial could look at."""


@dataclass(frozen=True)
class Switch:
    """A value of a job at which another variant becomes the best.

    Attributes:
        value: That value, with its interval, as a cost per additional job.
        before: Place of the variant that is best below it, 0 for the baseline.
        after: That which is best above it.
    """

    value: RatioInterval
    before: int
    after: int


@dataclass(frozen=True)
class Point:
    """The value of knowing everything at one value of a job."""

    value_per_job: float
    everything: Worth
    best: int


@dataclass(frozen=True, eq=False)
class Trial:
    """How many people a trial of the variant that looks best would need.

    Attributes:
        variant: Place of the variant.
        arm: What it would see.
        tells: People who tell the effect from none.
        decides: People who tell it from the effect at which the variant only just pays.
        enough: People whose answer is worth `ENOUGH` of knowing everything; infinite where none suffice.
        worth: Worth of the answer for each of `TRIAL_SIZES`.
    """

    variant: int
    arm: Arm
    tells: float
    decides: float
    enough: float
    worth: tuple[float, ...]


@dataclass(frozen=True, eq=False)
class Information:
    """What was found.

    Attributes:
        choice: The runs.
        value_per_job: Value of an additional job, in CNY.
        gains: Net benefit of each variant with each vector.
        expected: Net benefit of each variant, and how sure it is.
        best: Place of what is best now, 0 for the baseline.
        chances: Share of vectors with which each is the best, the baseline first.
        everything: Worth of knowing all.
        worths: Worth of each parameter and group, the largest first.
        left_out: Groups with too many parameters for so few vectors.
        curve: Worth of knowing all for other values of a job.
        switches: Values of a job at which the choice changes.
        trial: How many people a trial would need; None where nobody is served.
    """

    choice: Choice
    value_per_job: float
    gains: Gains
    expected: tuple[Estimate, ...]
    best: int
    chances: Numbers
    everything: Worth
    worths: tuple[Worth, ...]
    left_out: tuple[str, ...]
    curve: tuple[Point, ...]
    switches: tuple[Switch, ...]
    trial: Trial | None

    @property
    def parameters(self) -> tuple[Worth, ...]:
        """Worth of each parameter by itself."""
        return tuple(one for one in self.worths if one.keys == (one.name,))

    @property
    def groups(self) -> tuple[Worth, ...]:
        """Worth of each group."""
        return tuple(one for one in self.worths if one.keys != (one.name,))


def inform(choice: Choice, value_per_job: float, together: Mapping[str, Sequence[str]], seed: int) -> Information:
    """Say what is worth finding out before a choice.

    Args:
        choice: The runs.
        value_per_job: Value of an additional job, in CNY.
        together: Name of a group → its keys.
        seed: Seed of what is drawn.
    """
    gains = choice.gains(value_per_job)
    lived = _lived(choice)
    net = value_per_job * choice.of(JOBS) - choice.of(SPENDING)
    expected = tuple(estimate_over(net[:, place], lived) for place in range(len(choice.names)))
    settled = gains.without_luck()
    worths, left = of_parameters(gains, choice.keys, choice.table[gains.rows], together, seed)
    everything, parts = reconciled(of_everything(gains, seed), worths)
    changes = _switches(choice, lived)
    return Information(
        choice, value_per_job, gains, expected, _best(gains), chance_best(settled), everything, parts, tuple(left),
        tuple(_curve(choice, value_per_job, changes, seed)), tuple(changes), _trial(choice, value_per_job, gains),
    )  # fmt: skip


def usual_groups(keys: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the parameters in groups: what services do, what people and employers do, exams, the market; those of two and more."""
    found: dict[str, list[str]] = {}
    for key in keys:
        head = key.partition(".")[0]
        found.setdefault("services" if key in SERVICES else "people_and_employers" if head == "behaviour" else head, []).append(key)
    return {name: tuple(members) for name, members in found.items() if 1 < len(members) < len(keys)}


def is_enough(choice: Choice) -> bool:
    """Tell whether there are vectors enough to say anything."""
    return len(np.unique(choice.vector_of)) >= FEWEST_VECTORS


def _lived(choice: Choice) -> Lived:
    return Lived(choice.vector_of, len(choice.table))


def _best(gains: Gains) -> int:
    return int(np.argmax([0.0, *gains.expected]))


def _curve(choice: Choice, value_per_job: float, changes: Sequence[Switch], seed: int) -> list[Point]:
    found, dearest = [], max((one.value.value for one in changes), default=0.0)
    most = max(CURVE_SPAN * value_per_job, min(CURVE_BEYOND * dearest, MOST_SPAN * value_per_job))
    for step in range(CURVE_STEPS):
        value = most * step / (CURVE_STEPS - 1)
        gains = choice.gains(value)
        found.append(Point(value, of_everything(gains, seed, CURVE_RESAMPLES), _best(gains)))
    return found


def _switches(choice: Choice, lived: Lived) -> list[Switch]:
    """Return where the best of straight lines in the value of a job changes, from 0 upwards."""
    jobs = np.column_stack([np.zeros(len(choice.vector_of)), choice.of(JOBS)])
    spent = np.column_stack([np.zeros(len(choice.vector_of)), choice.of(SPENDING)])
    rise, fall = jobs.mean(axis=0), spent.mean(axis=0)
    now = min(range(len(rise)), key=lambda place: (fall[place], -rise[place], place))
    found: list[Switch] = []
    while True:
        later = [place for place in range(len(rise)) if rise[place] > rise[now]]
        if not later:
            return found
        following = min(later, key=lambda place: ((fall[place] - fall[now]) / (rise[place] - rise[now]), -rise[place]))
        ratio = ratio_over(spent[:, following] - spent[:, now], jobs[:, following] - jobs[:, now], lived).ignorance
        found.append(Switch(ratio, now, following))
        now = following


def _trial(choice: Choice, value_per_job: float, gains: Gains) -> Trial | None:
    """Return what a trial of the variant with the largest net benefit would need."""
    helped = choice.of(HELPED).mean(axis=0)
    able = [place for place in range(len(choice.names)) if helped[place] >= LEAST_HELPED]
    if not able:
        return None
    place = max(able, key=lambda one: gains.expected[one])
    served = float(helped[place])
    without = float(np.clip(choice.of(ANYWAY)[:, place].mean() / served, 0.0, 1.0))
    share = float(np.clip(without + choice.of(JOBS)[:, place].mean() / served, 0.0, 1.0))
    turning = float(choice.of(SPENDING)[:, place].mean()) / (value_per_job * served) if value_per_job > 0.0 else math.inf
    arm, alone = Arm(served, share, without, turning), gains.without_luck()[:, [place]]
    whole = worth_of_trial(alone, [arm], value_per_job, 1e12)
    enough = people_for(alone, [arm], value_per_job, ENOUGH * whole) if whole > 0.0 else math.inf
    worth = tuple(worth_of_trial(alone, [arm], value_per_job, size) for size in TRIAL_SIZES)
    return Trial(place, arm, people_to_tell(arm), people_to_tell(arm, turning), enough, worth)
