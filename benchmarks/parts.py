"""Parts of a programme's figures that no outcome tells apart: ``python -m benchmarks.parts``.

Loans to young founders and to firms, what becomes of internship places, and what the figure of integration is made of. Means over replicates.
"""

from __future__ import annotations

import argparse

import numpy as np

from experiments.bench.timing import SEED, compile_engine, machine
from sim.outcomes import OUTCOMES
from sim.scenario import Scenario
from sim.simulation import Live, run_in_parallel
from sim.states import Activity, Count, EventKind, Placement
from sim.world import World, make_world

PROGRAMMES = ("zibo", "youth_venture", "chengyang")


def parts_of(world: World) -> dict[str, float]:
    """Return what is counted at the end of a run."""
    people, counts = world.tables["people"], world.counts
    to_founders, lent_to_founders = (int(people.column(name).sum()) for name in ("loans_granted", "loan_amount"))
    in_place = (people.column("activity") == Activity.INTERN) & (people.column("placement") != Placement.OWN)
    started, ended, there = int(counts[Count.PLACEMENTS_STARTED]), int(counts[Count.PLACEMENTS_ENDED]), int(in_place.sum())
    events = world.tables["events"]
    seats = int(events.column("taken")[np.isin(events.column("kind"), (EventKind.SOCIAL_EVENT, EventKind.MATCHMAKING))].sum())
    members = int(people.column("community").sum())
    return {
        "loans to founders": to_founders,
        "loans to firms": int(counts[Count.LOANS_GRANTED]) - to_founders,
        "lent to firms, CNY": int(counts[Count.LOAN_AMOUNT_GRANTED]) - lent_to_founders,
        "places begun": started,
        "places served to the end": ended,
        "places begun, people still there": there,
        "places left early": started - ended - there,
        "kept by the host": int(counts[Count.PLACEMENTS_KEPT]),
        "members of communities at the end": members,
        "seats at events": seats,
        "evenings in parlours, and members who left": OUTCOMES["served.integration"].at_end(world) - members - seats,
    }


def main() -> None:
    """Print the parts of each programme."""
    parser = argparse.ArgumentParser(description="Parts of figures that no outcome tells apart.")
    parser.add_argument("--replicates", type=int, default=20, help="replicates of each programme")
    arguments = parser.parse_args()
    print(machine())
    compile_engine()
    for programme in PROGRAMMES:
        scenario = Scenario.load(programme)

        def task(number: int, live: Live, scenario: Scenario = scenario) -> dict[str, float]:
            world = make_world(scenario, SEED, number)
            live(world)
            return parts_of(world)

        found = run_in_parallel(task, arguments.replicates)
        print(programme)
        for name in found[0]:
            mean = float(np.mean([parts[name] for parts in found]))
            if mean:
                print(f"  {name:<44} {mean:>14,.1f}", flush=True)


if __name__ == "__main__":
    main()
