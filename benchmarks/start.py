"""What it takes to start: ``python -m benchmarks.start``.

A cold start compiles every rule (a new machine, or new sources); a warm start loads the compiled code from disk. Both are whole processes,
from the command to its end.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile

from benchmarks.common import describe, machine, seconds

COMMAND = [sys.executable, "-m", "experiments", "run", "programme=zibo", "days=2", "replicates=1", "figures=false"]
"""What is started: ``yizhan run`` of a programme, for so few days that the rest is the start."""


def start(cache: str) -> float:
    """Run the command with its compiled code in a folder. Returns the seconds of the whole process."""
    environment = {**os.environ, "YIZHAN_CACHE": cache}
    with tempfile.TemporaryDirectory(prefix="yizhan-result-") as folder:
        words = [*COMMAND, f"output={folder}"]
        return seconds(lambda: subprocess.run(words, check=True, env=environment, capture_output=True))


def main() -> None:
    """Print cold and warm starts and their ratio."""
    parser = argparse.ArgumentParser(description="Seconds of a cold and of a warm start.")
    parser.add_argument("--cold", type=int, default=1, help="cold starts")
    parser.add_argument("--warm", type=int, default=5, help="warm starts after each")
    arguments = parser.parse_args()
    print(machine())
    cold: list[float] = []
    warm: list[float] = []
    for _ in range(arguments.cold):
        with tempfile.TemporaryDirectory(prefix="yizhan-start-") as cache:
            cold.append(start(cache))
            warm.extend(start(cache) for _ in range(arguments.warm))
    ratio = statistics.median(cold) / statistics.median(warm)
    print(f"cold start, s: {describe(cold, 2)}")
    print(f"warm start, s: {describe(warm, 2)}")
    print(f"cold over warm: {ratio:.1f}")


if __name__ == "__main__":
    main()
