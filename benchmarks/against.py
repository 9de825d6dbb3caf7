"""This tree beside a commit of the past: ``python -m benchmarks.against COMMIT``.

The commit is checked out into a temporary folder. Both trees run the same scenario with the same seed, in turn and each in a process of its own;
what counts is the ratio of the two, pair by pair. Only what both trees have had for long is called: `Scenario.load`, `make_world`, `advance`.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from experiments.bench.timing import machine

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = """
import hashlib, json, sys, time
from pathlib import Path

root, programme, people, days, changed = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), json.loads(sys.argv[5])
sys.path.insert(0, root)
if Path(root, "sim", "behaviour_set.py").exists():
    changed["behaviour"] = "evidence"  # trees from before there were sets know no other
began = time.process_time()
from sim.scenario import Scenario
from sim.world import make_world


def run(people, days):
    world = make_world(Scenario.load(programme, {**changed, "population.graduates": people, "days": days}), 1, 0)
    made = time.process_time()
    world.advance(0, days)
    return world, made, time.process_time()


def memory(mark):
    lines = Path("/proc/self/status").read_text().splitlines() if Path("/proc/self/status").exists() else []
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(mark)), 0)


started = run(500, 2)[2] - began
before, start = memory("VmRSS"), time.process_time()
found = {"start": started}
if people:
    world, made, ended = run(people, days)
    persons = world.tables["people"].capacity
    same = [[hashlib.sha256(column.tobytes()).hexdigest() for column in series.T] for series in (world.flows, world.stocks)]
    found |= {"make": made - start, "advance": ended - made, "bytes": (memory("VmHWM") - before) / persons, "persons": persons, "same": same}
print(json.dumps(found))
"""
"""What a process measures: processor seconds, peak memory above that of a loaded program, and digests of what was recorded."""

Found = dict[str, Any]


@contextmanager
def checked_out(commit: str) -> Iterator[Path]:
    """Give the tree of a commit in a temporary folder."""
    git = shutil.which("git") or "git"
    with tempfile.TemporaryDirectory(prefix="yizhan-against-") as folder:
        tree = Path(folder) / "tree"
        subprocess.run([git, "worktree", "add", "--detach", str(tree), commit], cwd=ROOT, check=True, capture_output=True)
        try:
            yield tree
        finally:
            subprocess.run([git, "worktree", "remove", "--force", str(tree)], cwd=ROOT, check=True, capture_output=True)


def measure(tree: Path, cache: str, programme: str, people: int, days: int, changed: dict[str, float]) -> Found:
    """Run a tree in a process of its own, with its compiled code in a folder of its own; no people: only the start."""
    command = [sys.executable, "-c", PROGRAM, str(tree), programme, str(people), str(days), json.dumps(changed)]
    environment = {**os.environ, "YIZHAN_CACHE": cache}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment, cwd=tree)
    found: Found = json.loads(done.stdout)
    return found


def in_turn(
    trees: tuple[Path, Path], caches: tuple[str, str], repeat: int, programme: str, people: int, days: int, changed: dict[str, float]
) -> tuple[list[Found], list[Found]]:
    """Measure both trees, the second first in every other pair."""
    found: tuple[list[Found], list[Found]] = ([], [])
    for pair in range(repeat):
        for side in (0, 1) if pair % 2 == 0 else (1, 0):
            found[side].append(measure(trees[side], caches[side], programme, people, days, changed))
    return found


def ratio(first: list[Found], second: list[Found], name: str) -> str:
    """Return the median ratio of pairs, lowest and highest."""
    ratios = [float(one[name]) / float(other[name]) for one, other in zip(first, second, strict=True)]
    return f"{statistics.median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f})"


def least(found: list[Found], name: str) -> float:
    """Return the lowest of some figures: what the machine does when others leave it alone."""
    return min(float(one[name]) for one in found)


def is_same(first: Found, second: Found) -> bool:
    """Tell whether two trees have recorded the same, in what both record: a later tree may have more counts, and stocks of more levers."""
    shared = (zip(one, other, strict=False) for one, other in zip(first["same"], second["same"], strict=True))
    return all(one == other for series in shared for one, other in series)


def main() -> None:
    """Print cold starts and the table."""
    parser = argparse.ArgumentParser(description="This tree beside a commit: processor time of a person's day, cold start, memory.")
    parser.add_argument("commit", help="commit to compare with")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000], help="people of the first morning")
    parser.add_argument("--days", type=int, nargs="+", default=[120, 120, 60], help="days, one for each size")
    parser.add_argument("--programme", default="none", help="programme")
    parser.add_argument("--repeat", type=int, default=3, help="pairs a size")
    parser.add_argument("--cold", type=int, default=2, help="pairs of cold starts, at least one")
    parser.add_argument("--set", nargs="*", default=[], metavar="KEY=NUMBER", help="keys set in both, such as those whose meaning has changed since")
    arguments = parser.parse_args()
    changed = {key: float(value) for key, _, value in (word.partition("=") for word in arguments.set)}
    print(machine())
    print(f"{arguments.commit} / this tree, in turn, programme {arguments.programme}; processor time, lowest of {arguments.repeat}; median of pairs")
    with checked_out(arguments.commit) as tree, tempfile.TemporaryDirectory(prefix="yizhan-caches-") as folder:
        trees = (tree, ROOT)
        cold: tuple[list[Found], list[Found]] = ([], [])
        for pair in range(max(1, arguments.cold)):
            caches = (f"{folder}/before-{pair}", f"{folder}/now-{pair}")
            for side, found in enumerate(in_turn(trees, caches, 1, arguments.programme, 0, 0, changed)):
                cold[side].extend(found)
        print(f"cold start, s: {least(cold[0], 'start'):.1f} / {least(cold[1], 'start'):.1f}, ratio {ratio(cold[0], cold[1], 'start')}", flush=True)
        print(f"{'people':>9} {'days':>5} {'ns/person/day':>15} {'ratio':>18} {'make, s':>13} {'bytes a person':>16} {'same record':>12}")
        for people, days in zip(arguments.sizes, arguments.days, strict=True):
            before, now = in_turn(trees, caches, arguments.repeat, arguments.programme, people, days, changed)
            costs = [least(found, "advance") / (people * days) * 1e9 for found in (before, now)]
            row = [
                f"{people:>9} {days:>5}",
                f"{costs[0]:>7.1f} /{costs[1]:>6.1f}",
                f"{ratio(before, now, 'advance'):>18}",
                f"{least(before, 'make'):>6.2f} /{least(now, 'make'):>5.2f}",
                f"{least(before, 'bytes'):>8.0f} /{least(now, 'bytes'):>6.0f}",
                f"{'yes' if is_same(before[0], now[0]) else 'no':>12}",
            ]
            print(" ".join(row), flush=True)


if __name__ == "__main__":
    main()
