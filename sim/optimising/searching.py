"""The search for mixes: an optimiser proposes so many at a time, all are simulated, it is told in order, and proposes again.

What is proposed follows from the seed and from what was told, never from how many simulate or how often it stopped: whoever begins anew is asked the
same, and is told from what was kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from sim.optimising.returns import proposed
from sim.optimising.spending import filled

Values = npt.NDArray[np.float64]

SPARING = 2.0
"""Power of a proposal that is its weight: more of them give most of the money to few levers."""


class MissingLibraryError(Exception):
    """The optimiser's library is not installed."""


class Proposer(Protocol):
    """What proposes points of the unit cube, and learns from their values."""

    def ask(self, count: int) -> Values:
        """Return points to be tried, shape (count, dimensions)."""
        ...

    def tell(self, values: Values, excess: Values) -> None:
        """Take what the points last asked for are worth, in their order.

        Args:
            values: The more the better, shape (count, objectives).
            excess: What is spent beyond what may be, above zero where it is too much, shape (count,).
        """
        ...


class Sampler:
    """A sampler of Optuna, asked and told many at a time.

    Args:
        dimensions: Numbers of a point.
        objectives: How many numbers it is judged by.
        seed: Seed of the sampler.
        starts: Points proposed first.
        make: Seed → sampler of Optuna; None: the tree-structured Parzen estimator, for all numbers together.

    Raises:
        MissingLibraryError: Optuna is not installed.
    """

    def __init__(self, dimensions: int, objectives: int, seed: int, starts: Values, make: Callable[[int], Any] | None = None) -> None:
        try:
            import optuna
        except ImportError:
            raise MissingLibraryError from None
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        self._names = [f"x{number}" for number in range(dimensions)]
        self._ranges: dict[str, Any] = {name: optuna.distributions.FloatDistribution(0.0, 1.0) for name in self._names}
        sampler = (make or parzen)(seed)
        self._study = optuna.create_study(directions=["maximize"] * objectives, sampler=sampler)
        self._asked: list[Any] = []
        self.suggest(starts)

    def suggest(self, points: Values) -> None:
        """Have points asked for before the sampler's own."""
        for point in points:
            self._study.enqueue_trial(dict(zip(self._names, map(float, point), strict=True)))

    def ask(self, count: int) -> Values:
        """Return points to be tried (see `Proposer`)."""
        self._asked = [self._study.ask(self._ranges) for _ in range(count)]
        return np.array([[trial.params[name] for name in self._names] for trial in self._asked])

    def tell(self, values: Values, excess: Values) -> None:
        """Take what they are worth (see `Proposer`)."""
        for trial, row, over in zip(self._asked, values, excess, strict=True):
            trial.set_constraint("excess", float(over))
            self._study.tell(trial, [float(value) for value in row])


class Mixed:
    """Half of what is asked by a sampler of Optuna, the other half by decreasing returns learned from all that was told.

    The sampler is told of these, too. It finds what levers do together; decreasing returns need few mixes to find most of the rest.

    Args:
        sampler: The sampler.
        caps: Most that each lever can spend, CNY.
        budget: The budget, CNY.
        goals: How many objectives the money is to bring; the one after these is what is spent, below zero.
        seed: Seed of the draws.
        share: Part of each round by decreasing returns.
    """

    def __init__(self, sampler: Sampler, caps: Values, budget: float, goals: int, seed: int, share: float = 0.5) -> None:
        self._sampler, self._caps, self._budget, self._goals, self._share = sampler, caps, budget, goals, share
        self._luck = np.random.default_rng([seed, 3])
        self._points: list[Values] = []
        self._values: list[Values] = []

    def ask(self, count: int) -> Values:
        """Return points to be tried (see `Proposer`)."""
        if sum(map(len, self._points)) >= STARTUP:
            money = money_of(np.concatenate(self._points), self._caps, self._budget)
            values = np.concatenate(self._values)
            rows = proposed(money, values[:, : self._goals], self._caps, self._fitting(money, values), int(count * self._share), self._luck)
            self._sampler.suggest(np.array([point_of(row, self._budget) for row in rows]))
        self._points.append(self._sampler.ask(count))
        return self._points[-1]

    def _fitting(self, money: Values, values: Values) -> float:
        """Return the money to divide with which, as mixes have it so far, the budget is spent: less where they spend more than is meant."""
        meant, spent = money.sum(axis=1), -values[:, self._goals]
        large = meant > self._budget / 2.0
        return self._budget / max(1.0, float(np.median(spent[large] / meant[large]))) if large.any() else self._budget

    def tell(self, values: Values, excess: Values) -> None:
        """Take what they are worth (see `Proposer`)."""
        self._values.append(values)
        self._sampler.tell(values, excess)


def parzen(seed: int) -> Any:  # noqa: ANN401
    """Make the sampler that is used (docs/optimising.md has the trial in which it was chosen)."""
    import optuna

    return optuna.samplers.TPESampler(seed=seed, multivariate=True, constant_liar=True, n_startup_trials=STARTUP)


STARTUP = 32
"""Points spread at random, the first ones among them, before the sampler learns."""


@dataclass(frozen=True)
class Searched:
    """What a search tried.

    Attributes:
        money: Money of each lever in each mix, CNY, shape (mixes, levers).
        found: What was measured of each mix, as the measure returns it, shape (mixes, …).
    """

    money: Values
    found: Values


def money_of(points: Values, caps: Values, budget: float) -> Values:
    """Return what points of the unit cube mean.

    The first number is the part of the budget that is to be spent, the others are weights of the levers.

    Args:
        points: Shape (points, 1 + levers).
        caps: Most that each lever can spend, CNY.
        budget: The budget, CNY.

    Returns:
        Money of each lever, CNY, shape (points, levers).
    """
    return np.array([filled(point[1:] ** SPARING, caps, budget * float(point[0])) for point in points]).reshape(len(points), len(caps))


def point_of(money: Values, budget: float) -> Values:
    """Return the point that means so much money for each lever, no more than the budget in all."""
    total = float(money.sum())
    weights = (money / money.max()) ** (1.0 / SPARING) if total > 0 else np.zeros(len(money))
    return np.concatenate([[min(1.0, total / budget)], weights])


def equal_split(caps: Values, budget: float) -> Values:
    """Divide a budget equally, nothing beyond its cap."""
    return filled(np.ones(len(caps)), caps, budget)


def first_points(caps: Values, budget: float, today: Values) -> Values:
    """Return what is tried first: an equal split, today's programme made to fit, and all that each lever can take.

    Args:
        caps: Most that each lever can spend, CNY.
        budget: The budget, CNY.
        today: What each lever spends today, CNY.
    """
    alone = [np.where(np.arange(len(caps)) == number, np.minimum(caps, budget), 0.0) for number in range(len(caps))]
    fitted = filled(today, caps, budget) if today.sum() > budget else np.minimum(today, caps)
    return np.array([point_of(money, budget) for money in (equal_split(caps, budget), fitted, *alone)])


def fitted(division: Callable[[float], Values], budget: float, spent: Callable[[Values], float], limit: float) -> Values:
    """Return a division that spends, simulated, no more than it may: of less money, where levers together spend more than each alone.

    Args:
        division: Money to divide → money of each lever.
        budget: Money to divide, CNY.
        spent: Money of each lever → what is spent in fact, CNY.
        limit: What may be spent, CNY.
    """
    money, meant = division(budget), budget
    for _ in range(ATTEMPTS):
        if (found := spent(money)) <= limit:
            break
        meant *= limit / found
        money = division(meant)
    return money


ATTEMPTS = 4
"""How often a division that spends too much is made smaller."""


def search(
    proposer: Proposer, measure: Callable[[Values], Values], judge: Callable[[Values], tuple[Values, Values]], caps: Values, budget: float,
    rounds: Sequence[int],
) -> Searched:  # fmt: skip
    """Let mixes be proposed and simulated, round by round.

    Args:
        proposer: What proposes.
        measure: Money of each lever in some mixes, shape (mixes, levers) → what is measured of each.
        judge: What was measured → what it is worth, the more the better, shape (mixes, objectives); and what is spent too much, shape (mixes,).
        caps: Most that each lever can spend, CNY.
        budget: The budget, CNY.
        rounds: Mixes of each round.
    """
    money, found = [], []
    for count in rounds:
        tried = money_of(proposer.ask(count), caps, budget)
        measured = measure(tried)
        proposer.tell(*judge(measured))
        money.append(tried)
        found.append(measured)
    return Searched(np.concatenate(money), np.concatenate(found))
