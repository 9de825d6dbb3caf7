"""The engine beside the same market in plain Mesa and in NumPy: in turn, so that whatever else the machine does hits all of them.

All start from the same first morning (one scenario, one seed) and run the same days on one thread. Compared is the cost of one person's day in
processor time; making the world and compiling are not in it. Large populations get fewer days, because the references would take minutes.
"""

from __future__ import annotations

import gc
import statistics
from collections.abc import Callable
from typing import Any

from experiments.bench.found import Row, Times
from experiments.bench.settings import market_scenario
from experiments.bench.timing import SEED, processor_seconds
from sim.scenario import Scenario
from sim.world import make_world

PERSON_DAYS = 3_000_000
FEWEST_DAYS = 10
SHORTEST_MEASUREMENT = 200_000
"""Person-days that the engine simulates at least in one measurement; small worlds are run several times over."""
MOST_WORLDS = 20
"""Worlds that are made for one measurement at most."""
ENGINE, MESA, NUMPY = "engine", "plain_mesa", "numpy"


def days_for(people: int, days: int) -> int:
    """Return the days that a population of this size is run: fewer for large ones."""
    return min(days, max(FEWEST_DAYS, PERSON_DAYS // people))


def engine_nanoseconds(scenario: Scenario, days: int, replicate: int) -> float:
    """Return the engine's processor nanoseconds per person and day, from fresh worlds."""
    person_days = scenario.population.graduates * days
    worlds = [make_world(scenario, SEED, replicate) for _ in range(max(1, min(MOST_WORLDS, SHORTEST_MEASUREMENT // person_days)))]
    return statistics.median(processor_seconds(lambda world=world: world.advance(0, days)) for world in worlds) / person_days * 1e9  # type: ignore[misc]


def mesa_nanoseconds(scenario: Scenario, days: int, replicate: int) -> float:
    """Return those of the plain Mesa reference, from a fresh model."""
    import mesa

    from experiments.bench.plain.market import LabourMarket

    model = LabourMarket(make_world(scenario, SEED, replicate), SEED + replicate)
    found = _stepped(model, scenario, days)
    model.remove_all_agents()
    getattr(mesa.Agent, "_ids", {}).pop(model, None)  # Mesa 3.3 keeps every model alive otherwise
    return found


def numpy_nanoseconds(scenario: Scenario, days: int, replicate: int) -> float:
    """Return those of the vectorised NumPy reference, from a fresh one."""
    from experiments.bench.vectorised.market import VectorisedMarket

    return _stepped(VectorisedMarket(make_world(scenario, SEED, replicate), SEED + replicate), scenario, days)


def _stepped(model: Any, scenario: Scenario, days: int) -> float:  # noqa: ANN401
    """Step a reference through its days."""
    gc.collect()

    def run() -> None:
        for _ in range(days):
            model.step()

    return processor_seconds(run) / (scenario.population.graduates * days) * 1e9


SIDES: dict[str, Callable[[Scenario, int, int], float]] = {ENGINE: engine_nanoseconds, MESA: mesa_nanoseconds, NUMPY: numpy_nanoseconds}
"""What is measured in turn → how."""


def side_by_side(people: int, most_days: int, repeat: int) -> Row:
    """Measure the engine and its references in turn, each on the same worlds.

    Args:
        people: People of the first morning.
        most_days: Days, fewer where there are many people.
        repeat: Rounds; each has a world of its own.
    """
    days = days_for(people, most_days)
    scenario = market_scenario(people, days)
    rounds = [{name: measure(scenario, days, replicate) for name, measure in SIDES.items()} for replicate in range(repeat)]
    figures = {name: Times(tuple(one[name] for one in rounds)) for name in SIDES}
    ratios = {f"{name}_over_{ENGINE}": figures[name].over(figures[ENGINE]) for name in SIDES if name != ENGINE}
    return Row(f"{people}", {**ratios, **figures}, {"people": people, "days": days})
