"""How the engine's cost grows with the population: ``python -m benchmarks.scale``.

Each size runs in a process of its own, so that its peak memory is its own; the compiled code is loaded before the clock starts.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
from pathlib import Path

from benchmarks.common import SEED, compile_engine, describe, full_scenario, machine, processor_seconds
from sim.model import YouthEmploymentModel
from sim.world import World, make_world

DAYS = 365
DEFAULT_RUN = 10_000
DEFAULT_REPEAT = 5


def measure_here(size: int, days: int) -> dict[str, float]:
    """Make and run one world in this process.

    Returns:
        Processor seconds to make the world and to run it, nanoseconds per person and day, peak memory in MB, and that before the world.
    """
    compile_engine()
    before = peak_megabytes()
    scenario = full_scenario(size, days)
    made: list[World] = []
    making = processor_seconds(lambda: made.append(make_world(scenario, SEED, 0)))
    running = processor_seconds(lambda: made[0].advance(0, days))
    return {
        "make": making,
        "run": running,
        "nanoseconds": running / (size * days) * 1e9,
        "peak": peak_megabytes(),
        "before": before,
    }


def peak_megabytes() -> float:
    """Return the peak memory of this process, MB.

    Linux counts the parent's memory at the time of the fork into `ru_maxrss`, so its own high-water mark is read where there is one.
    """
    status = Path("/proc/self/status")
    if status.exists():
        marks = [line for line in status.read_text(encoding="utf-8").splitlines() if line.startswith("VmHWM")]
        if marks:
            return int(marks[0].split()[1]) / 1e3
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


def measure(size: int, days: int) -> dict[str, float]:
    """Measure one size in a process of its own (see `measure_here`)."""
    command = [sys.executable, "-m", "benchmarks.scale", "--one", str(size), "--days", str(days)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(answer.stdout)
    return found


def default_run(repeat: int) -> list[float]:
    """Return the processor seconds of full default runs through the Mesa model: made and run for a year, warm."""
    compile_engine()
    scenario = full_scenario(DEFAULT_RUN, DAYS)
    return [processor_seconds(lambda: YouthEmploymentModel(scenario, seed=SEED).run_model()) for _ in range(repeat)]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Cost of a person's day by size of the population, everything in the default region on.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000], help="people")
    parser.add_argument("--days", type=int, default=DAYS, help="days")
    parser.add_argument("--repeat", type=int, default=3, help="processes a size; the median is shown")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one is not None:
        print(json.dumps(measure_here(arguments.one, arguments.days)))
        return
    print(machine())
    print(f"compiling or loading the engine: {compile_engine():.1f} s (not in the figures below)")
    print(f"{arguments.days} days, default region; processor time, median (lowest-highest) of {arguments.repeat} processes; memory: their peak")
    print(f"{'people':>9} {'ns/person/day':>18} {'run, s':>22} {'make, s':>9} {'memory, MB':>11} {'of it world, MB':>16}")
    costs = {}
    for size in arguments.sizes:
        found = [measure(size, arguments.days) for _ in range(arguments.repeat)]
        costs[size] = statistics.median(one["nanoseconds"] for one in found)
        run = describe([one["run"] for one in found], 2)
        making, peak = (statistics.median(one[name] for one in found) for name in ("make", "peak"))
        world = statistics.median(one["peak"] - one["before"] for one in found)
        print(f"{size:>9} {describe([one['nanoseconds'] for one in found], 1):>18} {run:>22} {making:>9.2f} {peak:>11.0f} {world:>16.0f}", flush=True)
    largest, smallest = max(costs), min(costs)
    if largest > smallest:
        print(f"cost per person and day at {largest:,} over that at {smallest:,}: {costs[largest] / costs[smallest]:.2f}")
    runs = default_run(DEFAULT_REPEAT)
    print(f"one default run of {DEFAULT_RUN:,} people over {DAYS} days through the Mesa model, warm, seconds: {describe(runs, 3)}")


if __name__ == "__main__":
    main()
