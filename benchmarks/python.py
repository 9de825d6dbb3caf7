"""What Python costs: another scenario, and rules of one's own: ``python -m benchmarks.python``.

Processor time: milliseconds to load a scenario and to change one, and how many times as long a run of the model takes with a rule in plain Python
(`docs/own-rules.md`) as the engine alone. One worker: Python does not run on two at once.
"""

from __future__ import annotations

import argparse
import statistics
from typing import Any

import numpy as np

from experiments.bench.timing import SEED, compile_engine, machine, processor_seconds
from sim.agents.views import Graduate
from sim.model import YouthEmploymentModel
from sim.own_rules import after
from sim.scenario import Scenario
from sim.simulation import simulate

CHANGES = 200


class Idle(YouthEmploymentModel):
    """Called between two phases, and does nothing."""

    @after("travel")
    def wait(self) -> None:
        """Do nothing."""


class Guest(Graduate):
    """The room-mates of the page: a step of a few."""

    @classmethod
    def who(cls, model: Any) -> Any:  # noqa: ANN401
        """Return the guests of the stations."""
        return np.flatnonzero(model.tables["people"].column("station") >= 0)

    @after("travel")
    def step(self) -> None:
        """Tell a room-mate."""
        others = np.flatnonzero(self.table.column("station") == self.station)
        others = others[others != self.row]
        if others.size and self.draw("tells") < 0.3:
            self.model.graduate(int(others[int(self.draw("whom") * others.size)])).aware |= self.aware


class Everybody(Graduate):
    """A step of everybody that looks at one column."""

    @after("travel")
    def step(self) -> None:
        """Look at one column."""
        _ = self.station


class RoomMates(YouthEmploymentModel):
    """Guests step."""

    agent_classes = (Guest,)


class Crowd(YouthEmploymentModel):
    """Everybody steps."""

    agent_classes = (Everybody,)


MODELS: dict[str, type[YouthEmploymentModel]] = {
    "called between two phases": Idle, "room-mates who tell": RoomMates, "a step of everybody": Crowd,
}  # fmt: skip


def main() -> None:
    """Print what each takes."""
    parser = argparse.ArgumentParser(description="What Python costs.")
    parser.add_argument("--graduates", type=int, default=10_000, help="people of the first morning")
    parser.add_argument("--days", type=int, default=120, help="days")
    parser.add_argument("--repeat", type=int, default=3, help="runs of each")
    arguments = parser.parse_args()
    compile_engine()
    print(machine())
    loading = [processor_seconds(lambda: Scenario.load("zibo")) for _ in range(5)]
    scenario = Scenario.load("zibo", {"population.graduates": arguments.graduates, "days": arguments.days})
    changing = processor_seconds(lambda: [scenario.with_({"policy.lodging.free_nights": nights % 20}) for nights in range(CHANGES)])
    print(f"Scenario.load: {1e3 * statistics.median(loading):.1f} ms; scenario.with_: {1e3 * changing / CHANGES:.2f} ms")

    def lowest(model: type[YouthEmploymentModel] | None) -> float:
        return min(processor_seconds(lambda: simulate(scenario, 1, SEED, workers=1, model=model)) for _ in range(arguments.repeat))

    engine = lowest(None)
    print(f"zibo, {arguments.graduates:,} people, {arguments.days} days: engine {engine:.2f} s")
    for name, model in MODELS.items():
        print(f"  {name}: {lowest(model) / engine:.1f} times")


if __name__ == "__main__":
    main()
