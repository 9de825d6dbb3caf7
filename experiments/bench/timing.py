"""The clock, the memory, and the words for the machine."""

from __future__ import annotations

import gc
import os
import platform
import resource
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from experiments.bench.settings import market_scenario
from sim.world import World, make_world

SEED = 1
"""Seed of everything that is measured."""
TURN = 1_000_000
"""Person-days that one lives before it is another's turn: so few that a moment at which the machine is slow hits all of them, so many that it does
not matter what each finds in the cache again."""
Live = Callable[[int, int], object]
"""Lives the days from one, up to another, which is left out."""


def compile_engine() -> float:
    """Run a tiny world, so that compiling (or loading compiled code) is not counted later. Returns the seconds it took."""
    return seconds(lambda: make_world(market_scenario(50, 2), SEED, 0).advance(0, 2))


def seconds(action: Callable[[], object]) -> float:
    """Return the wall-clock seconds that an action takes."""
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def processor_seconds(action: Callable[[], object]) -> float:
    """Return the processor seconds that an action takes: what other processes take away is not counted."""
    began = time.process_time()
    action()
    return time.process_time() - began


def in_turn(lives: Mapping[str, Live], people: int, days: int) -> dict[str, float]:
    """Let some live the same days, a turn at a time.

    A shared machine may be twice as slow ten seconds later, so that whole runs in turn would not be alike. What stands in memory already is kept
    out of the collector of garbage, so that nobody pays for the objects of another.

    Args:
        lives: Name → what lives.
        people: People of each, on whom the days of a turn depend.
        days: Days.

    Returns:
        Processor seconds that each took.
    """
    spent = dict.fromkeys(lives, 0.0)
    gc.collect()
    gc.freeze()
    try:
        turn = max(1, TURN // people)
        for first in range(0, days, turn):
            last = min(days, first + turn)
            for name, live in lives.items():
                spent[name] += processor_seconds(lambda: live(first, last))  # noqa: B023 (used at once)
    finally:
        gc.unfreeze()
    return spent


def living(world: World) -> Live:
    """Return what lives the days of a world."""
    return lambda first, last: world.advance(first, last, afresh=first == 0)


def describe(values: Sequence[float], digits: int = 0) -> str:
    """Return median, lowest and highest of some figures as text."""
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f}-{max(values):.{digits}f})"


def machine() -> str:
    """Return one line on the machine, for whoever reads the figures."""
    model = ""
    information = Path("/proc/cpuinfo")
    if information.exists():
        names = [line.split(":", 1)[1].strip() for line in information.read_text(encoding="utf-8").splitlines() if line.startswith("model name")]
        model = names[0] if names else ""
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{model or platform.processor() or 'unknown processor'}, {os.cpu_count()} cores{load}; Python {platform.python_version()}"


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
