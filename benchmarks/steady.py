"""Whether ten years without a programme hold still with a set of behaviours: ``python -m benchmarks.steady``.

Printed is by how much unemployment and vacancies per seeker change from years 3-4, and from years 6-7, to years 9-10, relative to their level over
all replicates, with the three intervals over the vectors of the set (`sim/uncertainty.py`); with ``--behaviour evidence`` the interval of the mean.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

import numpy as np

from experiments.bench.timing import SEED, compile_engine
from sim.calendar import YEAR_DAYS
from sim.funnel import vacancies_per_seeker
from sim.outcomes import unemployment_rate
from sim.scenario import Scenario
from sim.statistics import mean_interval
from sim.uncertainty import Lived, estimate_over
from sim.world import World, make_world

YEARS, LEVEL, LATE = 10, slice(2, 4), slice(8, 10)
EARLIER = {"3-4": LEVEL, "6-7": slice(5, 7)}
"""What the last two years are compared with: years 6-7 tell what goes on from what has come to rest."""
MEASURES: dict[str, Callable[[World], np.ndarray]] = {"unemployment": unemployment_rate, "vacancies per seeker": vacancies_per_seeker}


def by_year(scenario: Scenario, replicate: int) -> list[list[float]]:
    """Return the mean of each year, a line a measure."""
    world = make_world(scenario, SEED, replicate)
    world.advance(0, YEARS * YEAR_DAYS)
    return [measure(world).reshape(YEARS, YEAR_DAYS).mean(axis=1).tolist() for measure in MEASURES.values()]


def said(change: np.ndarray, lived: Lived | None) -> str:
    """Return a mean change with its intervals."""
    if lived is None:
        return "{:+.1f} [{:+.1f}, {:+.1f}] of the mean".format(*mean_interval(change))
    mean, low, high, least, most, error = estimate_over(change, lived)
    return (
        f"{mean:+.1f} ± {error:.1f} of the simulation, [{low:+.1f}, {high:+.1f}] given what is not known ({lived.different} of {lived.of} vectors), "
        f"[{least:+.1f}, {most:+.1f}] in one place"
    )


def main() -> None:
    """Print the changes and the years."""
    parser = argparse.ArgumentParser(description="Change of the market without a programme over ten years.")
    parser.add_argument("--people", type=int, default=5_000, help="people at the start")
    parser.add_argument("--replicates", type=int, default=40, help="replicates, two a vector")
    parser.add_argument("--behaviour", default="calibrated", help="set of behaviours; evidence: none")
    words = parser.parse_args()
    compile_engine()
    scenario = Scenario.load("none", {"population.graduates": words.people, "days": YEARS * YEAR_DAYS}, behaviour=words.behaviour)
    lived = scenario.behaviour_set.lived(words.replicates)
    found = np.array([by_year(scenario, replicate) for replicate in range(words.replicates)])
    for name, years in zip(MEASURES, found.swapaxes(0, 1), strict=True):
        level = years[:, LEVEL].mean()
        print(f"{name}: {level:.4f} in years 3-4; changes to years 9-10 in per cent of that (95 %):")
        for since, earlier in EARLIER.items():
            change = 100.0 * (years[:, LATE].mean(axis=1) - years[:, earlier].mean(axis=1)) / level
            print(f"  since years {since}: {said(change, lived)}")
        print("  by year: " + " ".join(f"{value:.4f}" for value in years.mean(axis=0)))


if __name__ == "__main__":
    main()
