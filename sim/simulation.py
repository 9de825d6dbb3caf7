"""Running a scenario over replicates, in parallel, with the same result for any number of workers."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Any, Protocol, TypeVar

import numpy as np

from sim import compiled
from sim.bilingual import sentence
from sim.cache_folder import cache_folder, note_use
from sim.code_cache import Kept
from sim.day import advance
from sim.earlier_classes import assign_jobs
from sim.established import make_employers, open_market
from sim.population import make_people
from sim.results import Replicate, Results, read_world
from sim.scenario import Scenario, check_scenario_given
from sim.world import World, make_world

Outcome = TypeVar("Outcome")


class Living(Protocol):
    """A `World`, or what lives the days of one."""

    @property
    def scenario(self) -> Scenario:
        """The scenario."""
        ...

    def advance(self, first_day: int, last_day: int) -> None:
        """Simulate the days first_day … last_day - 1."""
        ...


class Live(Protocol):
    """Simulates the days of a world from `first` up to `last` (None: all of them), and can be interrupted."""

    def __call__(self, world: Living, first: int = 0, last: int | None = None) -> None:
        """Simulate."""
        ...


MakesModel = Callable[..., Any]
"""A subclass of `sim.model.YouthEmploymentModel`, or what makes one: (scenario, seed=, replicate=) → model."""

Progress = Callable[[int], None]
"""Called with the number of days simulated since the last call, over all replicates, from the caller's thread."""


MOST_DAYS_AT_ONCE = 30
PERSON_DAYS_AT_ONCE = 2_000_000
"""Days between two looks at whether the run is interrupted: a fraction of a second."""


class _StoppedError(Exception):
    """The run was interrupted; the replicate is given up."""


def simulate(
    scenario: Scenario, replicates: int = 20, seed: int = 1, workers: int | None = None, progress: Progress | None = None, *,
    save_people: bool = False, model: MakesModel | None = None,
) -> Results:  # fmt: skip
    """Run a scenario over replicates.

    Replicates run on threads: the compiled day releases the interpreter lock, so threads are as fast as processes and share the compiled code.

    Args:
        scenario: The scenario.
        replicates: Number of replicates, at least 1. Replicate r of a seed is the same world for every scenario.
        seed: Seed of every draw, from 0 to 2**32 - 1.
        workers: Replicates that run at a time; None: one a core.
        progress: Called now and then with the days simulated since the last call.
        save_people: Whether to keep every person of every replicate.
        model: A subclass of `sim.model.YouthEmploymentModel` with rules of its own, whose days are lived instead; or what makes such a model of a
            scenario. Python takes much longer than compiled rules, and its threads wait for one another.

    Returns:
        The results, the same to the last bit for any number of workers.

    Raises:
        TypeError: What is no scenario, or no whole number of replicates.
        ValueError: No replicates, no workers, or a seed out of range.
        KeyboardInterrupt: Interrupted; nothing is kept.
    """
    check_scenario_given(scenario)
    check_count("replicates", replicates)
    check_numbers(seed=seed, workers=1 if workers is None else workers)
    warm_up(scenario)

    def run(number: int, live: Live) -> Replicate:
        return read_world(live_through(scenario, seed, number, live, model), save_people=save_people)

    return Results(scenario, seed, replicates, tuple(run_in_parallel(run, replicates, workers, progress)))


def check_count(name: str, number: object) -> None:
    """Refuse what is no whole number from 1.

    Raises:
        TypeError: No whole number.
        ValueError: Below 1.
    """
    check_numbers(**{name: number})
    if number < 1:  # type: ignore[operator]
        message = sentence("{name} must be at least 1, not {n}", "{name} 至少为 1，而不是 {n}", name=name, n=number)
        raise ValueError(message)


def check_numbers(**numbers: object) -> None:
    """Refuse what is no whole number, such as true, 1.0 and a text.

    Args:
        numbers: Name of an argument → what was given.

    Raises:
        TypeError: One that is none.
    """
    for name, number in numbers.items():
        if isinstance(number, (bool, np.bool_)) or not isinstance(number, (int, np.integer)):
            message = sentence("{name} must be a whole number, not {n!r}", "{name} 须为整数，而不是 {n!r}", name=name, n=number)
            raise TypeError(message)


def run_in_parallel(
    task: Callable[[int, Live], Outcome], replicates: int, workers: int | None = None, progress: Progress | None = None,
) -> list[Outcome]:  # fmt: skip
    """Carry out a task for each replicate, on threads.

    Args:
        task: (number of the replicate, live) → what is kept of it; `live` is a `Live`.
        replicates: Number of replicates, at least 1.
        workers: Replicates that run at a time; None: one a core.
        progress: Called now and then with the days simulated since the last call.

    Returns:
        What is kept of each replicate, in order.

    Raises:
        ValueError: No replicates, or no workers.
        KeyboardInterrupt: Interrupted; nothing is kept.
    """
    check_count("replicates", replicates)
    if workers is not None:
        check_count("workers", workers)
    stop = threading.Event()
    done = [0] * replicates

    def carry_out(number: int) -> Outcome:
        def live(world: Living, first: int = 0, last: int | None = None) -> None:
            until = world.scenario.days if last is None else last
            stride = max(1, min(MOST_DAYS_AT_ONCE, PERSON_DAYS_AT_ONCE // world.scenario.population.graduates)) if isinstance(world, World) else 1
            for day in range(first, until, stride):
                if stop.is_set():
                    raise _StoppedError
                if isinstance(world, World):
                    world.advance(day, min(day + stride, until), afresh=day == first)  # nobody is changed between two of these calls
                else:
                    world.advance(day, min(day + stride, until))
                done[number] += min(stride, until - day)

        return task(number, live)

    with ThreadPoolExecutor(min(replicates, workers or available_cores()), thread_name_prefix="replicate") as pool:
        futures = [pool.submit(carry_out, number) for number in range(replicates)]
        try:
            _watch(futures, done, progress)
        except BaseException:
            stop.set()
            for future in futures:
                future.cancel()
            raise
    return [future.result() for future in futures]


def outcomes_of(scenario: Scenario, seed: int, number: int) -> dict[str, float]:
    """Run one replicate in this thread.

    Args:
        scenario: The scenario.
        seed: Seed of every draw.
        number: Number of the replicate, from 0.

    Returns:
        Outcome → value at the end of the run, NaN where not defined: those of replicate `number` of `simulate`.
    """
    world = make_world(scenario, seed, number)
    world.advance(0, scenario.days)
    return read_world(world, save_people=False).outcomes


class _Stepping:
    """Lives a model of one's own as a world is lived.

    Args:
        model: The model.
    """

    def __init__(self, model: Any) -> None:  # noqa: ANN401
        self.model = model
        self.scenario: Scenario = model.configuration

    def advance(self, _first_day: int, last_day: int) -> None:
        """Take the steps up to a day."""
        while self.model.day < last_day:
            before = self.model.day
            self.model.step()
            if self.model.day != before + 1:
                message = sentence(
                    "a step of {name} went from day {before} to day {after}; its step() has to call super().step() once",
                    "{name} 的一步从第 {before} 天走到第 {after} 天；其 step() 须调用一次 super().step()",
                    name=type(self.model).__name__, before=before, after=self.model.day,
                )  # fmt: skip
                raise ValueError(message)


def live_through(scenario: Scenario, seed: int, number: int, live: Live, model: MakesModel | None = None) -> World:
    """Return the world of a replicate at its end.

    Args:
        scenario: The scenario.
        seed: Seed of every draw.
        number: Number of the replicate.
        live: Simulates its days.
        model: What makes a model with rules of its own; None: the engine alone.
    """
    if model is None:
        world = make_world(scenario, seed, number)
        live(world)
        return world
    own = model(scenario, seed=seed, replicate=number)
    if not isinstance(getattr(own, "world", None), World):
        message = sentence(
            "model={model!r} makes no YouthEmploymentModel; give a subclass of it",
            "model={model!r} 不产生 YouthEmploymentModel；请给出它的子类", model=model,
        )  # fmt: skip
        raise TypeError(message)
    live(_Stepping(own))
    lived: World = own.world
    del own
    gc.collect()  # a model and its agents hold one another
    return lived


def available_cores() -> int:
    """Return the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _watch(futures: list[Future[Outcome]], done: list[int], progress: Progress | None) -> None:
    """Wait for the replicates and pass on how far they are; the first error is raised at once."""
    reported = 0
    pending = set(futures)
    while pending:
        finished, pending = wait(pending, timeout=0.1, return_when=FIRST_COMPLETED)
        for future in finished:
            future.result()
        if progress is not None and sum(done) > reported:
            now = sum(done)
            progress(now - reported)
            reported = now


ENTRIES = (advance, make_people, make_employers, assign_jobs, open_market)
"""What Python calls of the compiled model."""


def kept_code() -> Kept:
    """Tell what is on disk of the compiled model: all of it, or something is missing or damaged."""
    states = [compiled.kept_code(entry) for entry in ENTRIES]
    return next((state for state in (Kept.DAMAGED, Kept.ABSENT) if state in states), Kept.READY)


def is_loaded() -> bool:
    """Tell whether this process has the compiled model, so that nothing is read or compiled any more; so it is where rules are interpreted."""
    return all(getattr(entry, "overloads", True) for entry in ENTRIES)


def warm_up(scenario: Scenario) -> None:
    """Compile the rules, or load them, with one day of a few people: so that threads do not wait for one another's compiler."""
    note_use(cache_folder())
    if is_loaded():
        return
    few = scenario.population.model_copy(update={"graduates": 10, "inhabitants": None, "cohort": 0, "people": "", "people_sha256": ""})
    market = scenario.market.model_copy(update={"posts": "", "posts_sha256": ""})
    make_world(scenario.model_copy(update={"population": few, "market": market, "days": 1}), seed=1, replicate=0).advance(0, 1)
