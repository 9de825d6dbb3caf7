"""The market without a programme beside the calibration targets: ``python -m benchmarks.calibration [--replicates R]``.

Runs `none` for three years and prints one row a target of ``docs/evidence.md``. It measures; it fits nothing.
"""

from __future__ import annotations

import argparse

import numpy as np

from sim import Scenario
from sim.calendar import dates_of
from sim.outcomes import OUTCOMES
from sim.states import Activity, Count, Place, PostState
from sim.world import World, make_world

YEARS = 3
HALF_YEAR = 182


def month_mean(world: World, name: str, year: int, month: int) -> float:
    """Mean of a daily outcome over one calendar month, in per cent."""
    daily = OUTCOMES[name].daily
    if daily is None:
        return float("nan")
    dates = dates_of(world.scenario.start, world.scenario.days)
    chosen = dates.astype("datetime64[M]") == np.datetime64(f"{year}-{month:02d}")
    return 100 * float(daily(world)[chosen].mean())


def share(condition: np.ndarray, among: np.ndarray) -> float:
    """Share in per cent of those who meet a condition."""
    return 100 * float(condition[among].mean()) if among.any() else float("nan")


def measure(world: World) -> dict[str, float]:
    """Measure the targets in one finished world."""
    people = world.tables["people"]
    column = people.column
    first_class = (column("graduation_day") > 0) & (column("graduation_day") < 365)
    began, left = column("first_job_day"), column("first_left_day")
    graduated = column("graduation_day")
    vocational = column("education") == 0
    lasted = (began >= 0) & (began <= world.scenario.days - HALF_YEAR) & (column("first_job_wage") > 0)
    quit_soon = (left >= 0) & (left - began <= HALF_YEAR)
    posts = world.tables["posts"]
    closed = posts.column("state") >= PostState.FILLED
    wages = column("wage")[(column("activity") == Activity.EMPLOYED) & (column("employer") >= 0)]
    seekers = world.stocks[:, : 8 * 3].reshape(-1, 8, 3)[:, Activity.SEARCHING, Place.RESIDENT]
    founders = column("activity") == Activity.FOUNDER
    found = {f"C1 unemployment {month:02d}/{year} %": month_mean(world, "unemployment_rate", year, month)
             for year, month in ((2022, 1), (2022, 3), (2022, 6), (2022, 7), (2022, 8), (2022, 10), (2022, 12))}  # fmt: skip
    year_end = int((np.datetime64("2021-12-31") - np.datetime64(world.scenario.start)).astype(int))
    found |= {
        "C2 vacancies per unemployed resident, first year": float((world.stocks[:365, 26] / seekers[:365]).mean()),
        "C3 applications per closed post": float(posts.column("applications")[closed].mean()),
        "C4 interviews: share of first class with none %": share(column("interviews") == 0, first_class & (column("from_elsewhere") == 0)),
        "C5 days from graduation to first job": OUTCOMES["days_to_first_job"].at_end(world),
        "C7 first class begun work by the year's end %": share((began >= 0) & (began <= year_end), first_class),
        "C7 first jobs below expected pay %": 100 * OUTCOMES["below_expected_pay_share"].at_end(world),
        "C8 left first employer in 6 months, bachelor and above %": share(quit_soon, lasted & ~vocational),
        "C8 the same, vocational %": share(quit_soon, lasted & vocational),
        "C10 founders in the first class, at the end of the run %": share(founders, first_class & (graduated < world.scenario.days - HALF_YEAR)),
        "C12 wage dispersion, mean over 1st percentile": float(wages.mean() / np.percentile(wages, 1)),
        "E11 interviews per application": world.counts[Count.INTERVIEWS_HELD] / world.counts[Count.APPLICATIONS_SENT],
        "E12 offers per interview": world.counts[Count.OFFERS_MADE] / world.counts[Count.INTERVIEWS_HELD],
        "E13 offers accepted": world.counts[Count.CONTRACTS_SIGNED] / world.counts[Count.OFFERS_MADE],
        "E14 days to fill a post": OUTCOMES["vacancy_days_mean"].at_end(world),
        "E15 posts that lapse": world.counts[Count.POSTS_LAPSED] / (world.counts[Count.POSTS_LAPSED] + world.counts[Count.POSTS_FILLED]),
        "E53 start-ups closed a month %": 100 * world.counts[Count.STARTUPS_CLOSED] / (world.stocks[:, 27].sum() / 30),
    }
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replicates", type=int, default=5)
    parser.add_argument("--graduates", type=int, default=10_000)
    words = parser.parse_args()
    scenario = Scenario.load("none", {"population.graduates": words.graduates, "days": 365 * YEARS})
    rows = []
    for replicate in range(words.replicates):
        world = make_world(scenario, 1, replicate)
        world.advance(0, scenario.days)
        rows.append(measure(world))
    print("| measure | mean | lowest … highest replicate |\n|---|---|---|")
    for name in rows[0]:
        values = [row[name] for row in rows]
        print(f"| {name} | {np.mean(values):.3g} | {min(values):.3g} … {max(values):.3g} |")


if __name__ == "__main__":
    main()
