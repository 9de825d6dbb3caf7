"""The sides of `benchmarks.sweep`, each in processes of its own: the bare simulation, ``yizhan sweep``, Hydra's own multirun."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any
from unittest.mock import patch

Found = dict[str, Any]
Points = list[dict[str, float]]
PHASES = ("checking", "running", "gathering", "writing", "printing")


def bare(programme: str, common: dict[str, Any], points: Points, seed: int) -> Found:
    """Change a scenario and run it, point by point, and nothing else; what is loaded before is not counted.

    Args:
        programme: The programme.
        common: Key → value at every point.
        points: Key → value of each point.
        seed: Seed of every draw.

    Returns:
        Seconds, processor seconds, those of changing the scenario, and the outcomes of each point.
    """
    from sim.scenario import Scenario
    from sim.simulation import outcomes_of, warm_up

    scenario = Scenario.load(programme, common)
    warm_up(scenario)
    began, processor, changing, outcomes = time.perf_counter(), time.process_time(), 0.0, []
    for point in points:
        start = time.process_time()
        changed = scenario.with_(point)
        changing += time.process_time() - start
        outcomes.append(outcomes_of(changed, seed, 0))
    return {
        "seconds": time.perf_counter() - began, "processor": time.process_time() - processor, "changing": changing,
        "jobs": len(points), "outcomes": outcomes,
    }  # fmt: skip


def whole(words: Sequence[str], began: float) -> Found:
    """Run ``yizhan sweep`` and note the seconds of its phases.

    Args:
        words: The words after the verb.
        began: When the process was started, in seconds since the epoch.
    """
    from experiments.cli import main
    from experiments.sweep import command

    found: Found = {"start": 0.0}

    def timed(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def run(*arguments: Any, **more: Any) -> Any:  # noqa: ANN401
            start = time.time()
            found["start"] = found["start"] or start - began
            try:
                return function(*arguments, **more)
            finally:
                found[name] = time.time() - start

        return run

    known = vars(command)
    methods = {"running": "_carry_out", "writing": "write", "printing": "show"}
    timed_sweep = type("OneSweep", (known["OneSweep"],), {here: timed(name, getattr(known["OneSweep"], here)) for name, here in methods.items()})
    plan, gather = timed("checking", known["plan_of"]), timed("gathering", known["gather"])
    with patch.multiple(command, OneSweep=timed_sweep, plan_of=plan, gather=gather):
        found["status"] = main(["sweep", *words])
    return found | {"seconds": time.time() - began}


def stock(words: Sequence[str]) -> Found:
    """Run a plain task function, which reads the composed scenario and runs it, with Hydra's own sweeper and launcher.

    Args:
        words: The words, ``-m`` included.

    Returns:
        Seconds and processor seconds from the first job to the last, and those that the simulation took.
    """
    import hydra
    from omegaconf import DictConfig, OmegaConf

    from experiments.shared.reading import plain_of, read_scenario
    from experiments.sweep.options import SweepOptions
    from sim.own_files import SHIPPED
    from sim.scenario import Scenario, register_schema
    from sim.simulation import outcomes_of, warm_up

    simulating: list[float] = []

    def task(composed: DictConfig) -> None:
        scenario = read_scenario(plain_of(OmegaConf.to_container(composed, resolve=True)), SweepOptions)
        start = time.process_time()
        outcomes_of(scenario, int(composed.seed), 0)
        simulating.append(time.process_time() - start)

    register_schema()
    warm_up(Scenario.load("none"))
    previous, sys.argv = sys.argv, ["multirun", *words, "hydra/launcher=basic", "hydra/sweeper=basic"]
    began, processor = time.perf_counter(), time.process_time()
    try:
        hydra.main(version_base="1.3", config_path=str(SHIPPED), config_name="sweep")(task)()
    finally:
        sys.argv = previous
    return {
        "seconds": time.perf_counter() - began, "processor": time.process_time() - processor, "simulating": sum(simulating), "jobs": len(simulating),
    }  # fmt: skip


SIDES: dict[str, Callable[..., Found]] = {"bare": bare, "whole": whole, "stock": stock}


def main() -> None:
    """Run a side with its arguments, and write what it found into a file."""
    name, arguments, path = sys.argv[1:]
    Path(path).write_text(json.dumps(SIDES[name](*json.loads(arguments)) | {"process": os.getpid()}), encoding="utf-8")


if __name__ == "__main__":
    main()
