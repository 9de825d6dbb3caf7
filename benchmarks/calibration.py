"""The market without a programme beside its targets: ``python -m benchmarks.calibration [--replicates R] [--targets NAME]``.

It measures each target in some worlds of `none` (`sim/targets/`) and prints one row a target; it fits nothing, and knows neither sets nor programmes.
"""

from __future__ import annotations

import argparse
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from sim import Scenario
from sim.simulation import available_cores, warm_up
from sim.targets.loading import USUAL, load_targets
from sim.targets.measuring import measure_targets


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replicates", type=int, default=5)
    parser.add_argument("--graduates", type=int, default=10_000)
    parser.add_argument("--targets", default=USUAL)
    parser.add_argument("--behaviour", help="a set of behaviours, or evidence; else the default")
    words = parser.parse_args()
    scenario = Scenario.load("none", {"population.graduates": words.graduates}, behaviour=words.behaviour)
    targets = load_targets(words.targets)
    warm_up(scenario)
    with ThreadPoolExecutor(available_cores()) as pool:
        rows = list(pool.map(lambda replicate: measure_targets(scenario, 1, replicate, targets), range(words.replicates)))
    print("| target | use | wanted | mean | lowest … highest replicate |\n|---|---|---|---|---|")
    for target in targets:
        values = [row[target.name] for row in rows]
        wanted = "{:g}-{:g}".format(*target.range)
        told = f"| {target.label} {target.words}, {target.unit} | {target.use} | {wanted} | {np.mean(values):.3g} "
        print(f"{told}| {min(values):.3g} … {max(values):.3g} |")


if __name__ == "__main__":
    main()
