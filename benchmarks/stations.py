"""Who uses the stations of Zibo and Chengyang and what becomes of them: ``python -m benchmarks.stations``.

Each line changes one thing of one programme. Lodged: persons who slept in a station; users: with those who asked at a desk. Intervals are of 95 %.
"""

from __future__ import annotations

import argparse
from typing import Any

import numpy as np

from benchmarks.common import SEED, compile_engine, machine
from sim.scenario import Scenario
from sim.simulation import simulate
from sim.statistics import mean_interval

PICKY = {"behaviour.interviews_per_post": 8, "behaviour.skill_bar_mean": -0.2, "behaviour.review_days": 16}
"""A market in which fewer interviews bring an offer, within the plausible ranges: nearer to the middle of evidence 12."""


def cases() -> tuple[tuple[str, str, dict[str, Any]], ...]:
    """Return name, programme, and what is changed of each line."""
    no_desks = {"policy.lodging.desk_staff_per_station": 0}
    each_stay = {"policy.lodging.stays_per_person": None}
    tightness = {name: Scenario.load(name).market.tightness for name in ("zibo", "chengyang")}
    days = {name: Scenario.load(name).days for name in ("zibo", "chengyang")}
    return (
        ("Zibo", "zibo", {}),
        ("Zibo, 6 nights each stay", "zibo", each_stay | {"policy.lodging.free_nights": 6}),
        ("Zibo, nobody comes because of a bed", "zibo", {"policy.lodging.thoughts_per_month": 0.0}),
        ("Zibo, such thoughts as often as is plausible", "zibo", {"policy.lodging.thoughts_per_month": 0.08}),
        ("Zibo, fewer interviews bring an offer", "zibo", PICKY),
        ("Zibo, contracts known within 7 days", "zibo", {"policy.lodging.stay_counts_days": 7}),
        ("Zibo, the last three together", "zibo", PICKY | {"policy.lodging.thoughts_per_month": 0.08, "policy.lodging.stay_counts_days": 7}),
        ("Zibo, market as tight as Chengyang's", "zibo", {"market.tightness": tightness["chengyang"]}),
        ("Zibo, without desks", "zibo", no_desks),
        ("Zibo, as long as Chengyang", "zibo", {"days": days["chengyang"]}),
        ("Chengyang", "chengyang", {}),
        ("Chengyang, without walk-ins", "chengyang", {"policy.lodging.walk_ins": False}),
        ("Chengyang, without desks", "chengyang", no_desks),
        ("Chengyang, as short as Zibo", "chengyang", {"days": days["zibo"]}),
    )


def figures(programme: str, changed: dict[str, Any], replicates: int) -> list[tuple[float, float, float]]:
    """Return mean and interval of lodged, signed of them, placed of them, users, placed of them."""
    outcomes = simulate(Scenario.load(programme, changed), replicates, SEED).outcomes
    lodged, users, signed, placed, users_placed = (
        np.asarray(outcomes[f"station_{name}"], float) for name in ("persons", "users", "guests_signed", "guests_placed", "users_placed")
    )
    found = (mean_interval(values) for values in (lodged, signed / lodged, placed / lodged, users, users_placed / users))
    return [(interval.mean, interval.low, interval.high) for interval in found]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Conversion of those who use stations in Zibo and Chengyang.")
    parser.add_argument("--replicates", type=int, default=6, help="replicates a line")
    parser.add_argument("--graduates", type=int, default=0, help="people, instead of the programme's own number")
    arguments = parser.parse_args()
    print(machine())
    compile_engine()
    print(f"{'':<46} {'lodged':>16} {'signed of them':>20} {'placed of them':>20} {'users':>16} {'placed of them':>20}")
    for name, programme, changed in cases():
        size = {"population.graduates": arguments.graduates} if arguments.graduates else {}
        lodged, signed, placed, users, users_placed = figures(programme, changed | size, arguments.replicates)
        counts = [f"{mean:.0f} [{low:.0f}, {high:.0f}]" for mean, low, high in (lodged, users)]
        shares = [f"{mean:.0%} [{low:.0%}, {high:.0%}]" for mean, low, high in (signed, placed, users_placed)]
        print(f"{name:<46} {counts[0]:>16} {shares[0]:>20} {shares[1]:>20} {counts[1]:>16} {shares[2]:>20}", flush=True)


if __name__ == "__main__":
    main()
