"""Which parameters move the targets: ``python -m benchmarks.screening [--points N] [--graduates N]``.

Runs without a programme at points over all plausible ranges at once (Latin hypercube), and, for each parameter, the share of the variance of each
target that goes with it (squared correlations, less what chance alone gives). It measures; what is free is chosen by hand
(``sim/calibration/free.py``).
"""

from __future__ import annotations

import argparse
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from scipy.stats import qmc

from sim import Scenario
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
    words = parser.parse_args()
    scenario = Scenario.load("none", {"population.graduates": words.graduates}, behaviour="evidence")
    problem, targets = priors(scenario=scenario), load_targets().of_calibration
    low, high = np.array(problem["bounds"]).T
    points = qmc.scale(qmc.LatinHypercube(len(low), rng=words.seed).random(words.points), low, high)
    warm_up(scenario)

    def run(place: int) -> list[float]:
        found = measure_targets(scenario.with_(problem.changes(points[place])), words.seed, place, targets)
        return [found[target.name] for target in targets]

    with ThreadPoolExecutor() as pool:
        found = np.array(list(pool.map(run, range(words.points))))
    whole = np.isfinite(found).all(axis=1)
    count = int(whole.sum())
    related = np.corrcoef(points[whole].T, found[whole].T)[: len(low), len(low) :]
    told = np.where(related**2 > CHANCE / count, related**2 - 1.0 / count, 0.0)
    print(f"{len(low)} parameters, {count} runs of {words.graduates} people\n")
    print("| parameter | variance of the targets, summed | most of all |\n|---|---|---|")
    for place in np.argsort(-told.sum(axis=1))[: int((told > 0.0).any(axis=1).sum())]:
        most = ", ".join(f"{targets[one].name} {related[place, one]:+.2f}" for one in np.argsort(-told[place])[:MOST_NAMED] if told[place, one] > 0.0)
        print(f"| `{problem['names'][place]}` | {told[place].sum():.2f} | {most} |")


if __name__ == "__main__":
    main()
