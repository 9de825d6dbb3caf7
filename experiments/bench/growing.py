"""What a person's day costs in larger populations, and the memory: each size in processes of its own, so that its peak is its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence

from experiments.bench.found import Row, Times
from experiments.bench.settings import full_scenario
from experiments.bench.timing import SEED, compile_engine, peak_megabytes, processor_seconds
from sim.world import World, make_world

CODE = "import sys; from experiments.bench.growing import tell; tell(int(sys.argv[1]), int(sys.argv[2]))"
"""What a process runs."""


def measured_here(people: int, days: int) -> dict[str, float]:
    """Make and run one world in this process: the default region with everything in it, no programme.

    Returns:
        Nanoseconds per person and day, seconds to run and to make the world (processor time), and peak memory, MB: of the process, and of the world.
    """
    compile_engine()
    before = peak_megabytes()
    scenario = full_scenario(people, days)
    made: list[World] = []
    making = processor_seconds(lambda: made.append(make_world(scenario, SEED, 0)))
    running = processor_seconds(lambda: made[0].advance(0, days))
    peak = peak_megabytes()
    return {"nanoseconds": running / (people * days) * 1e9, "run": running, "make": making, "memory": peak, "world_memory": peak - before}


def tell(people: int, days: int) -> None:
    """Write what was measured, for the process that asked."""
    sys.stdout.write(json.dumps(measured_here(people, days)))


def grown(sizes: Sequence[int], days: int, repeat: int) -> list[Row]:
    """Measure all sizes, in turn.

    Args:
        sizes: People of the first morning of each.
        days: Days.
        repeat: Rounds, each with a process a size.
    """
    rounds = [[measured_apart(people, days) for people in sizes] for _ in range(repeat)]
    return [row_of(people, days, [one[place] for one in rounds]) for place, people in enumerate(sizes)]


def measured_apart(people: int, days: int) -> dict[str, float]:
    """Measure one world in a process of its own."""
    command = [sys.executable, "-c", CODE, str(people), str(days)]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)  # noqa: S603 (ours)
    return found


def row_of(people: int, days: int, found: list[dict[str, float]]) -> Row:
    """Return the row of a size, of what each process found."""
    return Row(f"{people}", {name: Times(tuple(one[name] for one in found)) for name in found[0]}, {"people": people, "days": days})
