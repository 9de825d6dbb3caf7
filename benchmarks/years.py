"""What a living person costs in a late year of a long run: ``python -m benchmarks.years``.

People age out and start-ups close, and their rows stay. Printed is the processor time of the days of each year, a person in the youth
population and a day, beside that of the first year: the lowest over some replicates of the market without a programme.
"""

from __future__ import annotations

import argparse
import functools

import numpy as np

from experiments.bench.settings import full_scenario
from experiments.bench.timing import SEED, compile_engine, machine, processor_seconds
from sim.calendar import YEAR_DAYS
from sim.states import ACTIVITIES, PLACES, Activity
from sim.world import World, make_world


def living(world: World, year: int) -> float:
    """Return the mean number of people in the youth population during a year."""
    days = world.stocks[YEAR_DAYS * year : YEAR_DAYS * (year + 1), : ACTIVITIES * PLACES]
    people = days.reshape(-1, ACTIVITIES, PLACES).sum(axis=2).mean(axis=0)
    return float(np.delete(people, [Activity.ABSENT, Activity.AGED_OUT]).sum())


def measure(size: int, years: int, replicate: int) -> list[float]:
    """Return nanoseconds a living person and day, of each year of one run."""
    world = make_world(full_scenario(size, YEAR_DAYS * years), SEED, replicate)
    took = [processor_seconds(functools.partial(world.advance, YEAR_DAYS * year, YEAR_DAYS * (year + 1))) for year in range(years)]
    return [1e9 * seconds / YEAR_DAYS / living(world, year) for year, seconds in enumerate(took)]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Cost of a living person's day, year by year of a long run.")
    parser.add_argument("--people", type=int, default=10_000, help="people at the start")
    parser.add_argument("--years", type=int, default=8, help="years")
    parser.add_argument("--repeat", type=int, default=4, help="replicates, of which the lowest counts")
    arguments = parser.parse_args()
    compile_engine()
    print(machine())
    lowest = np.min([measure(arguments.people, arguments.years, replicate) for replicate in range(arguments.repeat)], axis=0)
    print("year   ns/living person/day   of the first year")
    for year, cost in enumerate(lowest):
        print(f"{year + 1:>4} {cost:>22.1f} {cost / lowest[0]:>19.2f}")


if __name__ == "__main__":
    main()
