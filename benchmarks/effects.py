"""What single services do to those served, beside the evidence: ``python -m benchmarks.effects``.

Behaviour parameters of services say "so that … is as in evidence N"; here it is measured, and beside it stands whether the figure was used to set a
parameter (`benchmarks.in_view`): where it was, nearness is no test. Two worlds with the same people and luck, one with a small
programme of one service: those who were served in the first weeks are followed in both. Few are served, so that what others lose hardly matters; what
a large programme takes from others is a question for `yizhan compare`, not for this table.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.in_view import uses, verdict
from experiments.bench.timing import SEED, compile_engine, machine
from sim.scenario import Scenario
from sim.states import Activity
from sim.statistics import mean_interval
from sim.world import make_world

People = dict[str, NDArray[Any]]
START = "2021-09-15"
COLUMNS = ("activity", "contract_day", "interviews", "applications", "offers", "contracts_signed", "wage", "separations", "hires")


@dataclass(frozen=True)
class Trial:
    """One small programme.

    Attributes:
        name: What is tried.
        lever: The lever.
        settings: Its settings.
        served: Column that tells who was served.
        row: Row of ``docs/evidence.md``.
        evidence: What that says, in words.
        measure: (people then, people later) → value of each person, shape (people,).
        ratio: Whether the effect is shown as a ratio of hazards or means, not as a difference.
        days: Days from the service to the measurement.
    """

    name: str
    lever: str
    settings: dict[str, Any]
    served: str
    row: int
    evidence: str
    measure: Callable[[People, People], NDArray[np.float64]]
    ratio: str = "difference"
    days: int = 90


def found_work(_then: People, later: People) -> NDArray[np.float64]:
    """Whether a seeker has left the search: a job, a firm or a contract."""
    works = np.isin(later["activity"], (Activity.EMPLOYED, Activity.FOUNDER))
    return (works | (later["contract_day"] >= 0)).astype(np.float64)


def interviews_per_application(then: People, later: People) -> NDArray[np.float64]:
    """Interviews over applications since the service, NaN without any."""
    sent = (later["applications"] - then["applications"]).astype(np.float64)
    held = (later["interviews"] - then["interviews"]).astype(np.float64)
    return np.where(sent > 0, held / np.maximum(sent, 1.0), np.nan)


def works_later(_then: People, later: People) -> NDArray[np.float64]:
    """Whether the person works at the end."""
    return np.isin(later["activity"], (Activity.EMPLOYED, Activity.FOUNDER)).astype(np.float64)


TRIALS = (
    Trial("casework", "casework", {"caseworkers": 4, "demand": 0.5}, "case_files", 40, "exits x 1.25 (1.15-1.35)", found_work, "hazard"),
    Trial("lecture", "guidance", {"lectures": 30, "seats_per_lecture": 60, "demand": 0.3},
          "lectures", 38, "exits x 1.00 (long unemployed 1.04)", found_work, "hazard"),
    Trial("one-to-one advice", "guidance", {"advisers": 15, "advice_demand": 0.5},
          "advised", 39, "interviews x 1.25 (1.10-1.44)", interviews_per_application, "mean"),
    Trial("career mentor", "mentoring", {"career_mentors": 60, "career_demand": 0.5}, "mentored", 43, "fewer rejected offers", found_work, "hazard"),
    Trial("menu course", "skills_training", {"menu_courses": 24, "seats_per_menu_course": 40, "demand": 0.3},
          "course", 48, "+2.3 points after a year (0-7)", works_later, days=365),
    Trial("class to order", "skills_training", {"contracted_classes": 24, "seats_per_contracted_class": 20, "partner_firms": 24, "demand": 0.3},
          "course", 47, "+5 points after a year (2-9)", works_later, days=365),
)  # fmt: skip


def try_out(trial: Trial, people: int, window: int, replicates: int) -> tuple[int, float, float, float]:
    """Run a trial.

    Returns:
        Persons followed; effect; and the bounds of its 95 % interval over replicates.
    """
    end = window + trial.days
    base = {"population.graduates": people, "days": end, "start": START}
    keys = {"enabled": True, "initial_awareness": 1.0, **trial.settings}
    lever = {f"policy.{trial.lever}.{key}": value for key, value in keys.items()}
    scenarios = [Scenario.load("none", settings, behaviour="evidence") for settings in (base, base | lever)]
    followed, effects = 0, []
    for replicate in range(replicates):
        worlds = [make_world(scenario, SEED, replicate) for scenario in scenarios]
        for world in worlds:
            world.advance(0, window)
        tables = [world.tables["people"].rows[:people] for world in worlds]
        chosen = (tables[1][trial.served] > 0) & (tables[0]["activity"] == Activity.SEARCHING) & (tables[0]["contract_day"] < 0)
        chosen &= np.isin(tables[1]["activity"], (Activity.SEARCHING, Activity.TRAINING)) & (tables[1]["contract_day"] < 0)
        then: list[People] = [{name: table[name][chosen].copy() for name in COLUMNS} for table in tables]
        for world in worlds:
            world.advance(window, end)
        means = [
            float(np.nanmean(trial.measure(before, {name: table[name][chosen] for name in COLUMNS})))
            for before, table in zip(then, tables, strict=True)
        ]
        followed += int(chosen.sum())
        effects.append(_effect(trial.ratio, means))
    mean, low, high = mean_interval(np.array(effects))
    return followed, float(mean), float(low), float(high)


def _effect(ratio: str, means: list[float]) -> float:
    without, given = means
    if ratio == "hazard":
        return math.log(1.0 - given) / math.log(1.0 - without)
    return given / without if ratio == "mean" else given - without


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Effects of single services on those served, in small programmes.")
    parser.add_argument("--people", type=int, default=20_000, help="people")
    parser.add_argument("--window", type=int, default=45, help="days in which people are served")
    parser.add_argument("--replicates", type=int, default=8, help="pairs of worlds")
    arguments = parser.parse_args()
    print(machine())
    compile_engine()
    print(f"{'service':<18} {'persons':>8} {'effect':>8} {'95 % interval':>16}  evidence; used?")
    for trial in TRIALS:
        followed, mean, low, high = try_out(trial, arguments.people, arguments.window, arguments.replicates)
        used, _ = verdict(uses(trial.row).values())
        print(f"{trial.name:<18} {followed:>8} {mean:>8.3f} {f'{low:.3f} … {high:.3f}':>16}  {trial.row}: {trial.evidence}; {used}", flush=True)


if __name__ == "__main__":
    main()
