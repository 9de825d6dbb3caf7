"""Which parameters move the targets: ``python -m benchmarks.screening [--points N] [--graduates N] [--runs FILE]``.

Runs without a programme at points over all plausible ranges at once (Latin hypercube), and, for each parameter, the share of the variance of each
target that goes with it (squared correlations, less what chance alone gives). It measures; what is free is chosen by hand
(``sim/calibration/free.py``).
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from scipy.stats import qmc

from experiments.shared.calibrated_runs import read_runs
from sim import Scenario
from sim.calibration.space import Values
from sim.priors import priors
from sim.simulation import warm_up
from sim.targets.loading import load_targets
from sim.targets.measuring import measure_targets

CHANCE = 12.0
"""A squared correlation counts where it is so many times what chance gives on average."""
MOST_NAMED = 4


def main() -> None:
    """Print a row a parameter."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=1000)
    parser.add_argument("--graduates", type=int, default=2500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", help="kept runs of a calibration (.parquet) instead of new ones: the first three quarters, all over the ranges")
    words = parser.parse_args()
    show(*(kept_runs(words.runs) if words.runs else new_runs(words.points, words.graduates, words.seed)))


def new_runs(points: int, graduates: int, seed: int) -> tuple[Sequence[str], Values, Sequence[str], Values]:
    """Return keys, values, names of targets, and what was measured, over all plausible ranges."""
    scenario = Scenario.load("none", {"population.graduates": graduates}, behaviour="evidence")
    problem, targets = priors(scenario=scenario), load_targets().of_calibration
    low, high = np.array(problem["bounds"]).T
    values = qmc.scale(qmc.LatinHypercube(len(low), rng=seed).random(points), low, high)
    warm_up(scenario)

    def run(place: int) -> list[float]:
        found = measure_targets(scenario.with_(problem.changes(values[place])), seed, place, targets)
        return [found[target.name] for target in targets]

    with ThreadPoolExecutor() as pool:
        return problem["names"], values, [target.name for target in targets], np.array(list(pool.map(run, range(points))))


def kept_runs(path: str) -> tuple[Sequence[str], Values, Sequence[str], Values]:
    """Return the same of runs that are kept."""
    space, runs = read_runs(path)
    wide = len(runs.values) * 3 // 4
    return space.keys, runs.values[:wide], runs.names, runs.statistics[:wide]


def show(keys: Sequence[str], values: Values, names: Sequence[str], statistics: Values) -> None:
    """Print the table."""
    whole = np.isfinite(statistics).all(axis=1)
    count = int(whole.sum())
    related = np.corrcoef(values[whole].T, statistics[whole].T)[: len(keys), len(keys) :]
    told = np.where(related**2 > CHANCE / count, related**2 - 1.0 / count, 0.0)
    print(f"{len(keys)} parameters, {count} runs\n")
    print(f"| parameter | variance of {len(names)} targets, summed | most of all (correlation) |\n|---|---|---|")
    for place in np.argsort(-told.sum(axis=1))[: int((told > 0.0).any(axis=1).sum())]:
        most = ", ".join(f"{names[one]} {related[place, one]:+.2f}" for one in np.argsort(-told[place])[:MOST_NAMED] if told[place, one] > 0.0)
        print(f"| `{keys[place]}` | {told[place].sum():.2f} | {most} |")


if __name__ == "__main__":
    main()
