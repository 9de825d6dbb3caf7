"""What a sweep costs over its runs: ``python -m benchmarks.sweep``.

The same points three times: the bare simulation in two processes, ``yizhan sweep`` with two workers as a whole process, and Hydra's own multirun in
one process for some of them. Bare runs come half before the sweep and half after it, so that what else the machine does weighs on both; processor
seconds, of every process, hardly know of it at all.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.sweep_sides import PHASES, Found, Points
from experiments.bench.timing import SEED, machine

ROOT = Path(__file__).resolve().parents[1]
PROGRAMME = "zibo"
WORKERS = 2
NIGHTS, RATE = "policy.lodging.free_nights", "policy.loans.rate_per_year"
SHARES = (0.1, 0.5, 1.0)
"""Where the memory of the process that watches the sweep is read."""
PROGRESS = re.compile(r"([\d,]+) of ([\d,]+) runs done")


def axes_of(points: int) -> dict[str, list[float]]:
    """Return key → values of a grid with so many points, or a few less."""
    nights = min(points, 10)
    rates = points // nights
    return {NIGHTS: list(range(nights)), RATE: [round(0.02 + 0.06 * place / rates, 6) for place in range(rates)]}


def points_of(axes: dict[str, list[float]]) -> Points:
    """Return the points of a grid of two axes."""
    return [{NIGHTS: nights, RATE: rate} for nights in axes[NIGHTS] for rate in axes[RATE]]


def words_of(axes: dict[str, list[float]], common: dict[str, Any]) -> list[str]:
    """Return a grid as words of ``yizhan sweep``, and of Hydra."""
    varied = [f"{key}={','.join(map(str, values))}" for key, values in axes.items()]
    return ["-m", f"programme={PROGRAMME}", *(f"{key}={value}" for key, value in common.items()), *varied, "replicates=1", f"seed={SEED}"]


@contextmanager
def started(folder: Path, *sides: tuple[str, list[Any]], **more: Any) -> Iterator[tuple[list[subprocess.Popen[str]], list[Found]]]:  # noqa: ANN401
    """Start sides, each as a process, and wait for them in the end: then the second list has what they found."""
    files = [folder / f"side-{number}.json" for number in range(len(sides))]
    commands = [[sys.executable, "-m", "benchmarks.sweep_sides", name, json.dumps(arguments)] for name, arguments in sides]
    processes = [
        subprocess.Popen([*command, str(file)], cwd=ROOT, text=True, stdout=subprocess.DEVNULL, **more)
        for command, file in zip(commands, files, strict=True)
    ]
    found: list[Found] = []
    yield processes, found
    for process, file in zip(processes, files, strict=True):
        if process.wait():
            message = f"a side of the benchmark ended with status {process.returncode}"
            raise RuntimeError(message)
        found.append(json.loads(file.read_text(encoding="utf-8")))


def run_bare(folder: Path, common: dict[str, Any], points: Points) -> Found:
    """Run points in as many processes as the sweep has workers."""
    with started(folder, *(("bare", [PROGRAMME, common, points[part::WORKERS], SEED]) for part in range(WORKERS))) as (_, found):
        pass
    total = {key: sum(one[key] for one in found) for key in ("processor", "changing", "jobs")}
    return total | {"seconds": max(one["seconds"] for one in found)}


def run_sweep(folder: Path, words: Sequence[str]) -> Found:
    """Run a sweep and read the memory of its process while it runs."""
    output = folder / "swept"
    memory: dict[float, float] = {}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    arguments = [[*words, f"workers={WORKERS}", "figures=false", "language=en", f"output={output}"], time.time()]
    with started(folder, ("whole", arguments), stderr=subprocess.PIPE) as ((process,), founds):
        for line in process.stderr or ():
            told = PROGRESS.match(line)
            if told is None:
                continue
            share = int(told[1].replace(",", "")) / int(told[2].replace(",", ""))
            for at in SHARES:
                if share >= at:
                    memory.setdefault(at, megabytes(process.pid))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    parts = len(list((output / "parts").glob("*.parquet")))
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return founds[0] | {"processor": processor, "memory": memory, "parts": parts, "output": str(output)}


def megabytes(process: int) -> float:
    """Return the memory that a process has now; 0 where the system does not tell."""
    status = Path(f"/proc/{process}/status")
    lines = status.read_text(encoding="utf-8").splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)


def run_stock(folder: Path, common: dict[str, Any], jobs: int) -> Found:
    """Run some jobs with Hydra's own multirun."""
    arguments = [*words_of(axes_of(jobs), common), f"hydra.sweep.dir={folder / 'multirun'}"]
    with started(folder, ("stock", [arguments]), stderr=subprocess.DEVNULL) as (_, found):
        pass
    return found[0]


def round_of(points: int, common: dict[str, Any], jobs: int) -> tuple[Found, Found, Found]:
    """Measure each side once: the bare simulation, the sweep, Hydra's own multirun."""
    axes = axes_of(points)
    grid = points_of(axes)
    with tempfile.TemporaryDirectory(prefix="yizhan-sweep-") as name:
        folder = Path(name)
        halves = [run_bare(folder, common, grid[::2])]
        swept = run_sweep(folder, words_of(axes, common))
        halves.append(run_bare(folder, common, grid[1::2]))
        stock = run_stock(folder, common, jobs)
    return {key: sum(half[key] for half in halves) for key in halves[0]}, swept, stock


def tell(bare: Found, swept: Found, stock: Found) -> None:
    """Print a round."""
    runs = bare["jobs"]
    print(f"{'':<30} {'runs':>6} {'seconds':>8} {'processor s':>12} {'ms a run':>9} {'over bare':>10} {'by the clock':>13}")
    sides = {"bare simulation, 2 processes": bare, "yizhan sweep workers=2": swept | {"jobs": runs}, "stock multirun, 1 process": stock}
    for name, side in sides.items():
        of_run, jobs = side["processor"] / side["jobs"], side["jobs"]
        by_clock = f"{side['seconds'] / bare['seconds']:>13.2f}" if jobs == runs else ""
        ratio = of_run * runs / bare["processor"]
        print(f"{name:<30} {jobs:>6} {side['seconds']:>8.1f} {side['processor']:>12.1f} {1000 * of_run:>9.1f} {ratio:>10.2f} {by_clock}")
    phases = ", ".join(f"{name} {swept[name]:.1f}" for name in ("start", *PHASES))
    memory = ", ".join(f"{value:.0f} MB at {share:.0%}" for share, value in swept["memory"].items())
    aside = 1000 * (stock["processor"] - stock["simulating"]) / stock["jobs"]
    print(f"sweep, seconds: {phases}; {swept['parts']} parts")
    print(f"memory of its process while running: {memory}")
    print(f"stock multirun beside the simulation: {aside:.0f} ms a job")
    print(f"changing a scenario (with_): {1000 * bare['changing'] / runs:.2f} ms", flush=True)


def main() -> None:
    """Print rounds, and the median of their ratios."""
    parser = argparse.ArgumentParser(description="A sweep beside its bare runs and beside Hydra's own multirun.")
    parser.add_argument("--points", type=int, default=1000, help="points of the sweep, of one replicate each")
    parser.add_argument("--people", type=int, default=10_000, help="graduates at the start")
    parser.add_argument("--days", type=int, default=365, help="days of a run")
    parser.add_argument("--jobs", type=int, default=20, help="jobs of Hydra's own multirun")
    parser.add_argument("--rounds", type=int, default=1, help="times that all is measured")
    arguments = parser.parse_args()
    common = {"population.graduates": arguments.people, "days": arguments.days}
    print(f"{machine()}; {WORKERS} workers, programme {PROGRAMME}, {arguments.people} people, {arguments.days} days", flush=True)
    ratios: list[float] = []
    for _ in range(arguments.rounds):
        bare, swept, stock = round_of(arguments.points, common, arguments.jobs)
        tell(bare, swept, stock)
        ratios.append(swept["processor"] / bare["processor"])
    load = f", load {os.getloadavg()[0]:.1f} now" if hasattr(os, "getloadavg") else ""
    print(f"overhead over the bare simulation, processor seconds: {100 * (statistics.median(ratios) - 1):.1f} %{load}")


if __name__ == "__main__":
    main()
