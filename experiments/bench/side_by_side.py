"""The engine beside the same market in plain Mesa and in NumPy: a few days in turn, so that whatever else the machine does hits all of them.

All start from the same first morning (one scenario, one seed) and run the same days on one thread. Compared is the cost of one person's day in
processor time; making the world and compiling are not in it. Large populations get fewer days, because the references would take minutes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from experiments.bench.found import Row, Times
from experiments.bench.settings import market_scenario
from experiments.bench.timing import SEED, Live, in_turn, living
from sim.scenario import Scenario
from sim.world import World, make_world

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


def engine_worlds(scenario: Scenario, days: int, replicate: int) -> list[World]:
    """Make the worlds that the engine lives in one measurement."""
    count = max(1, min(MOST_WORLDS, SHORTEST_MEASUREMENT // (scenario.population.graduates * days)))
    return [make_world(scenario, SEED, replicate) for _ in range(count)]


@contextmanager
def plain_mesa(scenario: Scenario, replicate: int) -> Iterator[Live]:
    """Give a fresh model of plain Mesa, which Mesa forgets at the end."""
    import mesa

    from experiments.bench.plain.market import LabourMarket

    model = LabourMarket(make_world(scenario, SEED, replicate), SEED + replicate)
    try:
        yield lambda first, last: _step(model, last - first)
    finally:
        model.remove_all_agents()
        getattr(mesa.Agent, "_ids", {}).pop(model, None)  # Mesa 3.3 keeps every model alive otherwise


def vectorised(scenario: Scenario, replicate: int) -> Live:
    """Return a fresh reference in NumPy."""
    from experiments.bench.vectorised.market import VectorisedMarket

    model = VectorisedMarket(make_world(scenario, SEED, replicate), SEED + replicate)
    return lambda first, last: _step(model, last - first)


def _step(model: Any, days: int) -> None:  # noqa: ANN401
    """Step a reference through some days."""
    for _ in range(days):
        model.step()


def _round(scenario: Scenario, days: int, replicate: int) -> dict[str, float]:
    """Let all sides live the same days in turn. Returns processor nanoseconds per person and day."""
    worlds = engine_worlds(scenario, days, replicate)
    with plain_mesa(scenario, replicate) as mesa:
        lives = {ENGINE: lambda first, last: [living(world)(first, last) for world in worlds], MESA: mesa, NUMPY: vectorised(scenario, replicate)}
        spent = in_turn(lives, scenario.population.graduates, days)
    return {name: seconds / (len(worlds) if name == ENGINE else 1) / (scenario.population.graduates * days) * 1e9 for name, seconds in spent.items()}


def side_by_side(people: int, most_days: int, repeat: int) -> Row:
    """Measure the engine and its references in turn, each on the same worlds.

    Args:
        people: People of the first morning.
        most_days: Days, fewer where there are many people.
        repeat: Rounds; each has a world of its own.
    """
    days = days_for(people, most_days)
    scenario = market_scenario(people, days)
    rounds = [_round(scenario, days, replicate) for replicate in range(repeat)]
    figures = {name: Times(tuple(one[name] for one in rounds)) for name in rounds[0]}
    ratios = {f"{name}_over_{ENGINE}": figures[name].over(figures[ENGINE]) for name in figures if name != ENGINE}
    return Row(f"{people}", {**ratios, **figures}, {"people": people, "days": days})
