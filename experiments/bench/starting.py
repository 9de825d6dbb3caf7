"""How long until something runs: a cold start compiles every rule, a warm one loads the compiled code. Whole processes, from command to end."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time

from experiments.bench.found import Row, Times

COMMAND = ("-m", "experiments", "run", "programme=zibo", "population.graduates=500", "days=2", "replicates=1", "figures=false")
"""What is started: a run of so few people and days that the rest is the start."""


def started(cache: str) -> tuple[float, float]:
    """Run the command with its compiled code in a folder; return processor seconds and seconds by the clock."""
    environment = {**os.environ, "YIZHAN_CACHE": cache}
    with tempfile.TemporaryDirectory(prefix="yizhan-bench-") as folder:
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run([sys.executable, *COMMAND, f"output={folder}"], check=True, env=environment, capture_output=True)  # noqa: S603 (ours)
        after, ended = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, ended - began


def starts(repeat: int) -> list[Row]:
    """Measure one cold start, and warm ones after it."""
    with tempfile.TemporaryDirectory(prefix="yizhan-bench-") as cache:
        cold, warm = [started(cache)], [started(cache) for _ in range(repeat)]
    return [
        Row(name, {"processor": Times(tuple(one[0] for one in found)), "clock": Times(tuple(one[1] for one in found))})
        for name, found in (("cold", cold), ("warm", warm))
    ]
