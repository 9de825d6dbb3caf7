"""Engine and plain Mesa side by side on the same market: ``python -m benchmarks.market``.

Both start from the same first morning (one scenario, one seed) and run the same days; engine and reference alternate, so that whatever else
the machine does hits both. Compared is the cost of one person's day in processor time (both use one thread); making the world and compiling
are not in it. Large populations get fewer days, because the reference would take minutes.
"""

from __future__ import annotations

import argparse
import gc
import statistics
from dataclasses import dataclass

import mesa

from benchmarks.common import SEED, compile_engine, describe, machine, market_scenario, processor_seconds
from benchmarks.plain_mesa import LabourMarket
from sim.scenario import Scenario
from sim.world import make_world

PERSON_DAYS = 3_000_000
FEWEST_DAYS = 10
SHORTEST_MEASUREMENT = 200_000
"""Person-days that the engine simulates at least in one measurement; small worlds are run several times over."""


@dataclass(frozen=True)
class Pair:
    """One measurement of both, nanoseconds per person and day."""

    engine: float
    reference: float

    @property
    def ratio(self) -> float:
        """How many times faster the engine is."""
        return self.reference / self.engine


def days_for(size: int, days: int) -> int:
    """Return the days that a population of this size is run: fewer for large ones."""
    return min(days, max(FEWEST_DAYS, PERSON_DAYS // size))


def measure_engine(scenario: Scenario, days: int, replicate: int) -> float:
    """Return the engine's nanoseconds per person and day, from fresh worlds."""
    person_days = scenario.population.graduates * days
    worlds = [make_world(scenario, SEED, replicate) for _ in range(max(1, SHORTEST_MEASUREMENT // person_days))]
    return statistics.median(processor_seconds(lambda world=world: world.advance(0, days)) for world in worlds) / person_days * 1e9  # type: ignore[misc]


def measure_reference(scenario: Scenario, days: int, replicate: int, *, shuffle: bool) -> float:
    """Return the reference's nanoseconds per person and day, from a fresh model."""
    model = LabourMarket(make_world(scenario, SEED, replicate), SEED + replicate, shuffle=shuffle)
    gc.collect()
    took = processor_seconds(lambda: run(model, days))
    model.remove_all_agents()
    getattr(mesa.Agent, "_ids", {}).pop(model, None)  # Mesa 3.3 keeps every model alive otherwise
    return took / (scenario.population.graduates * days) * 1e9


def run(model: LabourMarket, days: int) -> None:
    """Run the reference for some days."""
    for _ in range(days):
        model.step()


def measure(size: int, days: int, repeat: int, *, shuffle: bool) -> list[Pair]:
    """Measure engine and reference in turn.

    Args:
        size: People.
        days: Days.
        repeat: Pairs of measurements.
        shuffle: Whether the reference activates people in random order.

    Returns:
        One pair a repetition.
    """
    scenario = market_scenario(size, days)
    return [
        Pair(measure_engine(scenario, days, replicate), measure_reference(scenario, days, replicate, shuffle=shuffle)) for replicate in range(repeat)
    ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Cost of a person's day: the engine beside plain Mesa.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000], help="people")
    parser.add_argument("--days", type=int, default=120, help="days at most; large sizes run fewer")
    parser.add_argument("--repeat", type=int, default=5, help="pairs of measurements a size")
    parser.add_argument("--shuffle", action="store_true", help="the reference activates people in random order (shuffle_do)")
    arguments = parser.parse_args()
    print(machine())
    print(f"compiling or loading the engine: {compile_engine():.1f} s (not in the figures below)")
    print("processor nanoseconds per person and day: median (lowest-highest); both run the same days, fewer for large sizes; ratio: median of pairs")
    print(f"{'people':>9} {'days':>5} {'engine':>20} {'plain Mesa':>22} {'ratio':>20}")
    for size in arguments.sizes:
        days = days_for(size, arguments.days)
        pairs = measure(size, days, arguments.repeat, shuffle=arguments.shuffle)
        engine = describe([pair.engine for pair in pairs])
        reference = describe([pair.reference for pair in pairs])
        ratio = describe([pair.ratio for pair in pairs], 1)
        print(f"{size:>9} {days:>5} {engine:>20} {reference:>22} {ratio:>20}", flush=True)


if __name__ == "__main__":
    main()
