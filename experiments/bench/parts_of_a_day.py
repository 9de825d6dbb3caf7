"""Where a day goes: the cost of each phase, and of each lever over the market alone. Processor time, one thread."""

from __future__ import annotations

from experiments.bench.found import Row, Times
from experiments.bench.settings import every_lever, full_scenario
from experiments.bench.timing import SEED, in_turn, living, processor_seconds
from sim.day import PHASES, advance
from sim.scenario import Scenario
from sim.world import World, make_world

ALONE, ALL = "market_alone", "all_levers"


def phases(people: int, days: int, repeat: int) -> list[Row]:
    """Measure each phase of every day, less what the call itself costs; the dearest first.

    Args:
        people: People of the first morning, with every lever on.
        days: Days.
        repeat: Worlds.
    """
    rounds = [_phases_of(with_levers(people, days, tuple(every_lever(people))), people, days, replicate) for replicate in range(repeat)]
    rows = [Row(name, {"nanoseconds": Times(tuple(one[place] for one in rounds))}) for place, name in enumerate(PHASES)]
    total = sum(row.figures["nanoseconds"].median for row in rows)
    shared = [Row(row.name, row.figures, {"share": row.figures["nanoseconds"].median / total if total else 0.0}) for row in rows]
    return sorted(shared, key=lambda row: -row.figures["nanoseconds"].median)


def _phases_of(scenario: Scenario, people: int, days: int, replicate: int) -> list[float]:
    """Return the nanoseconds per person and day of each phase of one world."""
    spent = lived_by_phases(make_world(scenario, SEED, replicate), days)
    return [max(0.0, one) / (people * max(1, days - 1)) * 1e9 for one in spent]


def lived_by_phases(world: World, days: int) -> list[float]:
    """Simulate days a phase at a time, the first day as a whole.

    Returns:
        Processor seconds of each phase, less those of a call just before it that does nothing: of many persons the call is a small part.
    """
    world.advance(0, 1)
    spent = [0.0] * len(PHASES)
    for day in range(1, days):
        for place in range(len(PHASES)):
            call = processor_seconds(lambda: advance(world.together, day, day, False, 0, 0))  # noqa: B023, FBT003 (used at once; of a compiled rule)
            spent[place] += processor_seconds(lambda: _live(world, day, place)) - call  # noqa: B023 (used at once)
    return spent


def _live(world: World, day: int, place: int) -> None:
    """Simulate one phase of a day."""
    while advance(world.together, day, day + 1, False, place, place + 1) == day:  # noqa: FBT003 (of a compiled rule)
        world._make_room()  # noqa: SLF001 (what `World.advance` does between two days)


def with_levers(people: int, days: int, keys: tuple[str, ...]) -> Scenario:
    """Return the default region with some settings of `every_lever`."""
    settings = every_lever(people)
    return Scenario.load("none", {"population.graduates": people, "days": days, **{key: settings[key] for key in keys}}, behaviour="evidence")


def levers(people: int, days: int, repeat: int) -> list[Row]:
    """Measure the market with each lever alone, and with all, each in turn with the market alone; the dearest first.

    Args:
        people: People of the first morning.
        days: Days.
        repeat: Rounds, each with a world of its own.
    """
    keys = every_lever(people)
    names = list(dict.fromkeys(key.split(".")[1] for key in keys))
    market = full_scenario(people, days)
    scenarios = {name: with_levers(people, days, tuple(key for key in keys if key.split(".")[1] == name)) for name in names}
    scenarios[ALL] = with_levers(people, days, tuple(keys))
    pairs = {name: [_beside_market(scenario, market, replicate) for replicate in range(repeat)] for name, scenario in scenarios.items()}
    figures = {name: (Times(tuple(one for one, _ in found)), Times(tuple(alone for _, alone in found))) for name, found in pairs.items()}
    every = Times(tuple(alone for _, beside in figures.values() for alone in beside.values))
    rows = [Row(name, {"over_alone": found.over(alone), "nanoseconds": found}) for name, (found, alone) in figures.items()]
    rows.append(Row(ALONE, {"over_alone": every.over(every), "nanoseconds": every}))
    return sorted(rows, key=lambda row: -row.figures["over_alone"].median)


def _beside_market(scenario: Scenario, market: Scenario, replicate: int) -> tuple[float, float]:
    """Let a world with a lever and one of the market alone live the same days in turn. Returns nanoseconds per person and day of both."""
    people, days = scenario.population.graduates, scenario.days
    spent = in_turn({ALL: living(make_world(scenario, SEED, replicate)), ALONE: living(make_world(market, SEED, replicate))}, people, days)
    return spent[ALL] / (people * days) * 1e9, spent[ALONE] / (people * days) * 1e9
