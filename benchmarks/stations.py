"""Why the stations of Zibo and Chengyang convert so differently, and do not: ``python -m benchmarks.stations``.

Each line changes one thing of one programme; guests are counted by stay and by person.
"""

from __future__ import annotations

import argparse
from typing import Any

from benchmarks.common import SEED, compile_engine, machine
from sim.scenario import Scenario
from sim.simulation import simulate


def cases() -> tuple[tuple[str, str, dict[str, Any]], ...]:
    """Return name, programme, and what is changed of each line."""
    no_desks = {"policy.lodging.desk_staff_per_station": 0}
    tightness = {name: Scenario.load(name).market.tightness for name in ("zibo", "chengyang")}
    days = {name: Scenario.load(name).days for name in ("zibo", "chengyang")}
    return (
        ("Zibo", "zibo", {}),
        ("Zibo, market as tight as Chengyang's", "zibo", {"market.tightness": tightness["chengyang"]}),
        ("Zibo, without desks", "zibo", no_desks),
        ("Zibo, as long as Chengyang", "zibo", {"days": days["chengyang"]}),
        ("Chengyang", "chengyang", {}),
        ("Chengyang, market as tight as Zibo's", "chengyang", {"market.tightness": tightness["zibo"]}),
        ("Chengyang, without desks", "chengyang", no_desks),
        ("Chengyang, as short as Zibo", "chengyang", {"days": days["zibo"]}),
    )


def shares(programme: str, changed: dict[str, Any], replicates: int) -> tuple[float, float, float]:
    """Return guests who signed over stays, who signed over persons, and who began a job over persons, means over replicates."""
    outcomes = simulate(Scenario.load(programme, changed), replicates, SEED).outcomes
    stays, persons, signed, placed = (
        float(outcomes[f"station_{name}"].mean()) for name in ("guests", "persons", "guests_signed", "guests_placed")
    )
    return signed / stays, signed / persons, placed / persons


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Conversion of station guests in Zibo and Chengyang.")
    parser.add_argument("--replicates", type=int, default=4, help="replicates a line")
    arguments = parser.parse_args()
    print(machine())
    compile_engine()
    print(f"{'':<40} {'signed, a stay':>15} {'signed, a person':>17} {'placed, a person':>17}")
    for name, programme, changed in cases():
        signed, person, placed = shares(programme, changed, arguments.replicates)
        print(f"{name:<40} {signed:>15.0%} {person:>17.0%} {placed:>17.0%}", flush=True)


if __name__ == "__main__":
    main()
