"""Living a world without a programme and measuring targets on the days that their measures name."""

from __future__ import annotations

from collections.abc import Iterable

from sim.scenario import Scenario
from sim.targets.careers import CAREERS
from sim.targets.classes import CLASSES
from sim.targets.curves import CURVES, live_under_shocks
from sim.targets.market import MARKET
from sim.targets.measure import Advance, Measure, Seen
from sim.targets.moments import END_DAY, Moment, day_at
from sim.targets.target import Target
from sim.world import World, make_world

MEASURES: dict[str, Measure] = {measure.name: measure for measure in (*MARKET, *CLASSES, *CAREERS, *CURVES)}
"""Every measure by its name."""


def _advance(world: World, first: int, last: int) -> None:
    world.advance(first, last)


def measures_of(targets: Iterable[Target]) -> dict[str, Measure]:
    """Return the measures that targets name, each once."""
    return {target.measure: MEASURES[target.measure] for target in targets}


def moments_of(measures: Iterable[Measure]) -> list[Moment]:
    """Return the moments at which a world has to be looked at, in the order of time."""
    return sorted({moment for measure in measures for moment in (measure.moment, *(note.moment for note in measure.notes))})


def days_of(scenario: Scenario, targets: Iterable[Target]) -> int:
    """Return how many days have to be lived to measure targets, worlds under shocks included."""
    measures = measures_of(targets).values()
    usual = max((day_at(scenario.start, moment) for moment in moments_of(measures)), default=0)
    return usual + (END_DAY if any(measure.needs_shocks for measure in measures) else 0)


def measure_targets(
    scenario: Scenario, seed: int, replicate: int, targets: Iterable[Target], advance: Advance = _advance,
) -> dict[str, float]:  # fmt: skip
    """Live one world as long as targets need, whatever the days of the scenario, and measure them.

    Args:
        scenario: The scenario, usually one without a programme.
        seed: Seed of every draw.
        replicate: Number of the replicate.
        targets: The targets.
        advance: Lives the days of a world, for who wants to interrupt it.

    Returns:
        Name of a target → value, NaN where it is not defined.
    """
    targets = tuple(targets)
    values = measure(scenario, seed, replicate, measures_of(targets).values(), advance)
    return {target.name: values[target.measure] for target in targets}


def measure(scenario: Scenario, seed: int, replicate: int, measures: Iterable[Measure], advance: Advance = _advance) -> dict[str, float]:
    """Live one world as long as measures need and read them (see `measure_targets`).

    Returns:
        Name of a measure → value.
    """
    measures = tuple(measures)
    moments = moments_of(measures)
    if not moments:
        return {}
    scenario = scenario.with_({"days": day_at(scenario.start, max(moments))})
    world, reached = make_world(scenario, seed, replicate), 0
    seen = Seen(world, 0, shocked=_shocked(scenario, seed, replicate, advance) if any(measure.needs_shocks for measure in measures) else None)
    found: dict[str, float] = {}
    for moment in moments:
        seen.day = day_at(scenario.start, moment)
        advance(world, reached, seen.day)
        reached = seen.day
        found |= {measure.name: measure.read(seen) for measure in measures if measure.moment == moment}
        seen.noted |= {note.name: note.take(seen) for measure in measures for note in measure.notes if note.moment == moment}
    return found


def _shocked(scenario: Scenario, seed: int, replicate: int, advance: Advance) -> World:
    """Return the same world after three years of shocks to demand."""
    world = make_world(scenario.with_({"days": END_DAY}), seed, replicate)
    live_under_shocks(world, advance)
    return world
