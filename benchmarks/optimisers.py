"""Which optimiser divides a budget best: ``python -m benchmarks.optimisers``.

Many small cities, each with levers of decreasing returns: jobs = Σ a (1 − exp(−money / b)), so that the true front of money and jobs is known. What
is seen has noise. Every optimiser asks for the same number of mixes in the same batches, after the same first points. Two things are told: how much
of the area below the true front lies below the true values of what it took for its front; and how many of the jobs of the best mix its best has.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from sim.optimising.fronts import unbeaten
from sim.optimising.searching import Mixed, Sampler, Values, first_points, parzen, search

BATCH = 16
FINE = 60
"""Sums of money of the first lever that are tried for the true best."""


@dataclass(frozen=True)
class City:
    """Levers of decreasing returns.

    Attributes:
        most: Jobs of each lever with all the money of the world.
        scale: Money at which a lever has given 63 % of them, in parts of the budget.
        helps: Part of what the other levers bring that needs the first lever, as outreach is needed.
        noise: Standard deviation of what is seen, in parts of the most jobs that the budget can bring.
        seed: Seed of the noise.
    """

    most: Values
    scale: Values
    helps: float
    noise: float
    seed: int

    def jobs(self, money: Values) -> Values:
        """Return the true jobs of some mixes."""
        used = 1.0 - np.exp(-money / self.scale)
        told = 1.0 - self.helps * (1.0 - used[..., 0])
        return np.asarray(self.most[0] * used[..., 0] + told * (self.most[1:] * used[..., 1:]).sum(axis=-1))

    def best(self, budget: float) -> float:
        """Return the most jobs that a budget can bring: the first lever is tried at all sums, and the others are given what is left.

        Each of these is given money until another yuan brings as much everywhere.
        """
        most, scale = self.most[1:], self.scale[1:]
        found = 0.0
        for first in np.linspace(0.0, budget, FINE):
            low, high = 0.0, float((most / scale).max())
            for _ in range(40):
                price = (low + high) / 2.0
                money = scale * np.log(np.maximum(most / scale / price, 1.0))
                low, high = (price, high) if money.sum() > budget - first else (low, price)
            found = max(found, float(self.jobs(np.concatenate([[first], scale * np.log(np.maximum(most / scale / high, 1.0))]))))
        return found


def city_of(levers: int, helps: float, noise: float, seed: int) -> City:
    """Draw a city."""
    luck = np.random.default_rng([seed, levers])
    return City(luck.lognormal(0.0, 1.0, levers), luck.lognormal(-1.0, 0.7, levers), helps, noise, seed)


class Random:
    """Points spread at random: what an optimiser has to beat."""

    def __init__(self, dimensions: int, seed: int, starts: Values) -> None:
        self._luck, self._dimensions, self._starts = np.random.default_rng(seed), dimensions, list(starts)

    def ask(self, count: int) -> Values:
        """Return the first points, then others."""
        return np.array([self._starts.pop(0) if self._starts else self._luck.random(self._dimensions) for _ in range(count)])

    def tell(self, values: Values, excess: Values) -> None:
        """Learn nothing."""


class Pymoo:
    """NSGA-II of pymoo."""

    def __init__(self, dimensions: int, objectives: int, seed: int, starts: Values) -> None:
        from pymoo.algorithms.moo.nsga2 import NSGA2
        from pymoo.core.problem import Problem

        luck = np.random.default_rng(seed)
        first = np.concatenate([starts, luck.random((BATCH * 2, dimensions))])[: BATCH * 2]
        self._problem = Problem(n_var=dimensions, n_obj=objectives, n_constr=1, xl=0.0, xu=1.0)
        self._made = NSGA2(pop_size=BATCH * 2, n_offsprings=BATCH, sampling=first)
        self._made.setup(self._problem, termination=("n_gen", 10_000), seed=seed)
        self._waiting: list[Any] = []
        self._told: list[tuple[Values, Values]] = []

    def ask(self, count: int) -> Values:
        """Return the next points; the first population takes two rounds."""
        if not self._waiting:
            self._population = self._made.ask()
            self._waiting, self._told = list(self._population.get("X")), []
        given, self._waiting = self._waiting[:count], self._waiting[count:]
        return np.array(given)

    def tell(self, values: Values, excess: Values) -> None:
        """Keep what is told until the population is whole."""
        from pymoo.core.evaluator import Evaluator  # type: ignore[import-not-found]
        from pymoo.problems.static import StaticProblem

        self._told.append((values, excess))
        if not self._waiting:
            whole = StaticProblem(self._problem, F=-np.concatenate([value for value, _ in self._told]),
                                  G=np.concatenate([over for _, over in self._told])[:, None])  # fmt: skip
            Evaluator().eval(whole, self._population)
            self._made.tell(infills=self._population)


def optimisers(dimensions: int, objectives: int, seed: int, starts: Values) -> dict[str, Callable[[], Any]]:
    """Return those that are compared."""

    def of_optuna(make: Callable[[int], Any]) -> Callable[[], Sampler]:
        return lambda: Sampler(dimensions, objectives, seed, starts, make)

    def mixed(make: Callable[[int], Any], share: float) -> Callable[[], Mixed]:
        caps = np.full(dimensions - 1, 1.0)
        return lambda: Mixed(Sampler(dimensions, objectives, seed, starts, make), caps, 1.0, 1, seed, share)

    def genetic(seed: int) -> Any:  # noqa: ANN401
        import optuna

        return optuna.samplers.NSGAIISampler(population_size=2 * BATCH, seed=seed)

    def gaussian(seed: int) -> Any:  # noqa: ANN401
        import optuna

        return optuna.samplers.GPSampler(seed=seed)

    return {
        "at random": lambda: Random(dimensions, seed, starts), "Optuna TPE": of_optuna(parzen), "Optuna NSGA-II": of_optuna(genetic),
        "TPE and returns": mixed(parzen, 0.5), "NSGA-II and returns": mixed(genetic, 0.5), "returns alone": mixed(parzen, 1.0),
        "Optuna GP": of_optuna(gaussian), "pymoo NSGA-II": lambda: Pymoo(dimensions, objectives, seed, starts),
    }  # fmt: skip


def area_below(spent: Values, jobs: Values) -> float:
    """Return the area below a front, of spending from 0 to 1."""
    order = np.argsort(spent)
    spent, jobs = spent[order], np.maximum.accumulate(jobs[order])
    edges = np.concatenate([spent, [1.0]])
    return float((np.diff(edges) * jobs).sum())


def trial(city: City, proposer: Any, evaluations: int) -> tuple[float, float]:  # noqa: ANN401
    """Let an optimiser search; return its part of the area below the true front, and of the most jobs."""
    levers = len(city.most)
    luck, most = np.random.default_rng([city.seed, 7]), city.best(1.0)

    def measure(money: Values) -> Values:
        return np.stack([money.sum(axis=1), city.jobs(money) + luck.normal(0.0, city.noise * most, len(money))], axis=1)

    found = search(proposer, measure, lambda seen: (np.stack([seen[:, 1], -seen[:, 0]], axis=1), seen[:, 0] - 1.0), np.full(levers, 1.0), 1.0,
                   [BATCH] * (evaluations // BATCH))  # fmt: skip
    seen = found.found
    front = unbeaten(np.stack([seen[:, 1], -seen[:, 0]], axis=1))
    true = city.jobs(found.money)
    budgets = np.linspace(0.0, 1.0, 21)[1:]
    whole = float(np.mean([city.best(budget) for budget in budgets]))
    return area_below(seen[front, 0], true[front]) / whole, float(true[np.argmax(seen[:, 1])]) / most


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Optimisers on cities whose best mixes are known.")
    parser.add_argument("--cities", type=int, default=20, help="cities")
    parser.add_argument("--levers", type=int, nargs="*", default=[5, 12], help="levers of a city")
    parser.add_argument("--evaluations", type=int, default=160, help="mixes that are tried")
    parser.add_argument("--noise", type=float, nargs="*", default=[0.0, 0.1], help="noise, in parts of the most jobs")
    parser.add_argument("--helps", type=float, nargs="*", default=[0.0, 0.8], help="part of what the others bring that needs the first lever")
    arguments = parser.parse_args()
    for levers in arguments.levers:
        for helps, noise in product(arguments.helps, arguments.noise):
            print(f"{levers} levers, {helps:g} needs the first, noise {noise:g}, {arguments.evaluations} mixes, {arguments.cities} cities")
            starts = first_points(np.full(levers, 1.0), 1.0, np.zeros(levers))
            for name in optimisers(1 + levers, 2, 0, starts):
                _print_line(name, levers, helps, noise, arguments)


def _print_line(name: str, levers: int, helps: float, noise: float, arguments: Any) -> None:  # noqa: ANN401
    begun = time.process_time()
    starts = first_points(np.full(levers, 1.0), 1.0, np.zeros(levers))
    try:
        found = [trial(city_of(levers, helps, noise, seed), optimisers(1 + levers, 2, seed, starts)[name](), arguments.evaluations)
                 for seed in range(arguments.cities)]  # fmt: skip
    except ImportError as error:
        print(f"  {name:20} not installed: {error}")
        return
    area, best = np.array(found).T
    seconds = (time.process_time() - begun) / arguments.cities
    error = 1.96 / np.sqrt(arguments.cities)
    print(f"  {name:20} area {100 * area.mean():5.1f} % ± {100 * error * area.std():3.1f}   best {100 * best.mean():5.1f} % "
          f"± {100 * error * best.std():3.1f}   {seconds:5.1f} s of processor")  # fmt: skip


if __name__ == "__main__":
    main()
