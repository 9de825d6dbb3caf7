"""What each free parameter moves, and what can be reached: ``python -m benchmarks.reach [--points N]``.

Runs `none` with each parameter at the lowest and at the highest value of its plausible range, all else at its default, on the same people with the
same luck (paired runs), and prints for each target of ``docs/evidence.md`` where the defaults stand and which parameters move it. Then it draws
points over all ranges at once (Latin hypercube) and says how often each target, and how many at once, are met. It measures; it fits nothing.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats
from scipy.stats import qmc

from sim import Scenario
from sim.priors import Problem, priors
from sim.targets.loading import load_targets
from sim.targets.measuring import measure_targets

Values = NDArray[np.float64]
FREE = ("behaviour.*", "market.*")
FEWEST_OF_RANGE = 0.15
"""A parameter is named as one that moves a target where its range moves it by that part of the target's own range, or more."""
MOST_NAMED = 8
LEVEL = 0.999
"""Level of the intervals by which a move is told: some four thousand are looked at."""


class Runs:
    """Runs of `none` under changes, each change with the same seed and the same replicates."""

    def __init__(self, graduates: int, replicates: int, seed: int) -> None:
        self.base = Scenario.load("none", {"population.graduates": graduates}, behaviour="evidence")
        self.targets = load_targets().of_calibration
        self.replicates = replicates
        self.seed = seed

    def of(self, changes: Iterable[Mapping[str, Any]]) -> Values:
        """Return the targets, shape (changes, replicates, targets)."""
        scenarios = [self.base.with_(change) for change in changes]
        with ThreadPoolExecutor() as pool:
            found = list(pool.map(self._run, [(scenario, replicate) for scenario in scenarios for replicate in range(self.replicates)]))
        return np.array(found).reshape(len(scenarios), self.replicates, len(self.targets))

    def _run(self, what: tuple[Scenario, int]) -> list[float]:
        scenario, replicate = what
        return list(measure_targets(scenario, self.seed, replicate, self.targets).values())


def interval(values: Values) -> tuple[float, float, float]:
    """Return the mean and its 95 % interval."""
    mean = float(values.mean())
    reach = float(stats.t.ppf(0.975, len(values) - 1) * stats.sem(values))
    return mean, mean - reach, mean + reach


def moves(usual: Values, low: Values, high: Values) -> tuple[Values, NDArray[np.bool_]]:
    """Return by how much each target moves from the lowest to the highest value, shape (targets,), and whether that can be told."""
    paired = high - low
    mean = paired.mean(axis=0)
    error = paired.std(axis=0, ddof=1) / np.sqrt(len(paired))
    told = np.abs(mean) > stats.t.ppf((1 + LEVEL) / 2, len(paired) - 1) * error
    return mean, told & np.isfinite(usual.mean(axis=0))


def show_moves(runs: Runs, problem: Problem, usual: Values, low: Values, high: Values) -> None:
    """Print a row a target: where it stands, what moves it, and between which values single parameters bring it."""
    found = [moves(usual, low[index], high[index]) for index in range(len(problem["names"]))]
    print("| target | wanted | defaults, 95 % interval | single parameters reach | moved by (lowest to highest plausible value) |")
    print("|---|---|---|---|---|")
    for place, target in enumerate(runs.targets):
        least, most = target.range
        mean, lower, upper = interval(usual[:, place])
        ends = np.concatenate([low[:, :, place].mean(axis=1), high[:, :, place].mean(axis=1)])
        wide = most - least
        movers = [(change[place], key) for (change, told), key in zip(found, problem["names"], strict=True)
                  if told[place] and abs(change[place]) >= FEWEST_OF_RANGE * wide]  # fmt: skip
        movers.sort(key=lambda mover: -abs(mover[0]))
        named = ", ".join(f"{key.split('.', 1)[1]} {change:+.2g}" for change, key in movers[:MOST_NAMED])
        more = f" and {len(movers) - MOST_NAMED} more" if len(movers) > MOST_NAMED else ""
        reached = f"{np.nanmin(ends):.3g}-{np.nanmax(ends):.3g}"
        print(f"| {target.name} | {least:g}-{most:g} | {mean:.3g} [{lower:.3g}, {upper:.3g}] | {reached} | {named}{more} |")
    inert = [key for (_, told), key in zip(found, problem["names"], strict=True) if not told.any()]
    print(f"\nNo move of any target can be told for: {', '.join(inert)}.")


def show_points(runs: Runs, problem: Problem, points: int) -> None:
    """Print how often each target is met over points drawn from all ranges at once, and how many are met at once."""
    drawn = qmc.scale(qmc.LatinHypercube(problem["num_vars"], rng=runs.seed).random(points), *np.array(problem["bounds"]).T)
    found = np.concatenate([runs.of([problem.changes(point)]) for point in drawn])[:, 0]
    ranges = np.array([target.range for target in runs.targets])
    met = (found >= ranges[:, 0]) & (found <= ranges[:, 1])
    print(f"\n{points} points over all ranges at once:\n\n| target | met by | 5 to 95 % of points |\n|---|---|---|")
    for place, target in enumerate(runs.targets):
        low, high = np.nanpercentile(found[:, place], (5, 95))
        print(f"| {target.name} | {met[:, place].mean():.0%} | {low:.3g}-{high:.3g} |")
    print(f"\nMost targets met by one point: {met.sum(axis=1).max()} of {len(ranges)}; by the median point {np.median(met.sum(axis=1)):.0f}.")


def _alone(problem: Problem, end: int) -> list[dict[str, float | int]]:
    """Return a change a parameter: that one at the lowest (0) or highest (1) value of its range."""
    return [{key: round(bound[end]) if key in problem.whole else bound[end]} for key, bound in zip(problem["names"], problem["bounds"], strict=True)]


def main(given: Sequence[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replicates", type=int, default=5)
    parser.add_argument("--graduates", type=int, default=4_000)
    parser.add_argument("--points", type=int, default=200, help="points over all ranges at once; 0: none")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("patterns", nargs="*", help="patterns of keys; none: behaviour and market")
    words = parser.parse_args(given)
    runs = Runs(words.graduates, words.replicates, words.seed)
    problem = priors(*(words.patterns or FREE), scenario=runs.base)
    usual = runs.of([{}])[0]
    low, high = (runs.of(_alone(problem, end)) for end in (0, 1))
    show_moves(runs, problem, usual, low, high)
    if words.points:
        show_points(Runs(words.graduates, 1, words.seed), problem, words.points)


if __name__ == "__main__":
    main()
