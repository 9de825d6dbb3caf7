"""The market without a programme beside the calibration targets: ``python -m benchmarks.calibration [--replicates R]``.

Runs `none` for three years and prints one row a target of ``docs/evidence.md``. It measures; it fits nothing.
"""

from __future__ import annotations

import argparse

import numpy as np

from sim import Scenario
from sim.calendar import MONTH_DAYS, YEAR_DAYS, dates_of
from sim.outcomes import OUTCOMES
from sim.states import Activity, Count, Education, Place, Preparation, Stock
from sim.world import World, make_world

YEARS = 3
HALF_YEAR = 182
QUARTER = 91
FORTNIGHT = 14
FUNNEL = (
    "applications_per_vacancy", "never_interviewed_share", "applications_per_seeker", "interviews_per_application", "offers_per_interview",
    "offers_accepted_share", "vacancy_days_mean", "vacancies_lapsed_share",
)  # fmt: skip

MONTHS = {1: 14.6, 3: 15.3, 6: 13.2, 7: 17.1, 8: 18.8, 10: 17.1, 12: 15.7}
"""Unemployment of those aged 16-24 in 2024, per cent, by month (C1)."""
OLDER = (5.7, 7.7)
"""Range of unemployment of those aged 25-29, per cent (C1b): its lowest and highest month, half a point beside them."""
NEAR = 1.5
"""How far a month of C1 may be missed, percentage points: assumption, two thirds of what the same month differs between 2023 and 2025."""
TARGETS: dict[str, tuple[float, float]] = {
    **{f"C1 unemployment 16-24, {month:02d}/2022 %": (level - NEAR, level + NEAR) for month, level in MONTHS.items()},
    **{f"C1b unemployment 25-29, {month:02d}/2022 %": OLDER for month in MONTHS},
    "C2 vacancies per seeker, second and third year": (0.5, 1.1),
    "C3 applications per vacancy": (24.0, 40.0),
    "C4 graduated without an interview %": (4.0, 12.0),
    "C6 seekers of the class with an offer in the middle of April %": (45.0, 56.0),
    "C7 first class begun work by the year's end %": (76.5, 80.1),
    "C7 first jobs below expected pay %": (45.0, 55.0),
    "C8 left first employer in 6 months, bachelor and above %": (20.0, 26.0),
    "C8 the same, vocational %": (38.0, 46.0),
    "C10 founders in the first class, at the end of the run %": (3.0, 5.2),
    "C10 founded within 6 months of graduation, residents, bachelor and above %": (1.5, 3.0),
    "C10 the same, vocational %": (2.5, 4.0),
    "C10 firms still run by their founder after 3 years %": (41.0, 52.0),
    "C12 wage dispersion, mean over 1st percentile": (1.7, 1.9),
    "E9 applications per seeker, a month": (4.0, 17.0),
    "E11 interviews per application": (0.06, 0.17),
    "E12 offers per interview": (0.10, 0.30),
    "E13 offers accepted": (0.60, 0.90),
    "E14 days to fill a post": (25.0, 60.0),
    "E15 adverts that lapse": (0.10, 0.30),
    "E25 of the class, neither studying on nor searching at graduation %": (10.0, 22.0),
    "E53 start-ups closed a month %": (1.6, 2.6),
    "E96 bachelors preparing without work, half a year after graduation %": (2.0, 8.0),
    "E96 of all who do, those who had tried before %": (70.0, 90.0),
    "E67 bachelors who study on %": (10.0, 20.0),
    "E67 vocational graduates who study on %": (6.0, 22.0),
    "E68 employed half a year after graduation %": (70.0, 80.0),
    "E68 own business %": (2.0, 4.0),
    "E68 studying %": (10.0, 20.0),
    "E68 preparing to study %": (1.0, 6.5),
    "E68 still searching %": (3.0, 12.0),
    "E68 neither %": (1.0, 4.0),
}
"""Ranges of the targets, by the names of `measure`: those of ``docs/evidence.md``; where it has a value only, a range around it (assumption)."""


def in_month(world: World, name: str, year: int, month: int) -> float:
    """A share that the bureau counts once a month, as it stood at the end of one, in per cent."""
    dates = dates_of(world.scenario.start, world.scenario.days)
    last = np.flatnonzero(dates.astype("datetime64[M]") == np.datetime64(f"{year}-{month:02d}"))[-1]
    return 100 * float(daily(world, name)[last])


def daily(world: World, name: str) -> np.ndarray:
    """A daily outcome."""
    read = OUTCOMES[name].daily
    if read is None:
        message = f"{name} is known at the end only"
        raise ValueError(message)
    return read(world)


def share(condition: np.ndarray, among: np.ndarray) -> float:
    """Share in per cent of those who meet a condition."""
    return 100 * float(condition[among].mean()) if among.any() else float("nan")


def founding(world: World) -> dict[str, float]:
    """Measure who founds within six months, among residents, and which firms last."""
    people, firms = world.tables["people"], world.tables["employers"]
    graduated = people.column("graduation_day")
    first = np.full(people.count, 10**9)
    founded = firms.column("founded_day")
    new = (firms.column("founder") >= 0) & (founded >= 0)
    np.minimum.at(first, firms.column("founder")[new], founded[new])
    here = (graduated > 0) & (graduated < world.scenario.days - HALF_YEAR)
    here &= (people.column("place") == Place.RESIDENT) | (people.column("activity") == Activity.AGED_OUT)
    soon, vocational = first - graduated <= HALF_YEAR, people.column("education") == 0
    return {
        "C10 founded within 6 months of graduation, residents, bachelor and above %": share(soon, here & ~vocational),
        "C10 the same, vocational %": share(soon, here & vocational),
        "C10 firms still run by their founder after 3 years %": survival(world, 36),
    }


def survival(world: World, months: int) -> float:
    """Share in per cent of firms founded in the run that are in business after some months, by the hazards of each month (Kaplan-Meier)."""
    firms = world.tables["employers"]
    founded, closed = firms.column("founded_day"), firms.column("closed_day")
    people = world.tables["people"]
    new = (firms.column("founder") >= 0) & (founded >= 0)
    founder = firms.column("founder")[new]
    aged = people.column("graduation_day")[founder] + YEAR_DAYS * world.scenario.population.youth_years - YEAR_DAYS // 2
    handed_on = firms.column("handed_on")[new] == 1
    end = np.where(handed_on, np.minimum(aged, world.scenario.days), np.where(closed[new] >= 0, closed[new], world.scenario.days))
    ages = np.maximum(1, -(-(end - founded[new]) // MONTH_DAYS))
    fails = ~handed_on & (closed[new] >= 0)
    left = 1.0
    for month in range(1, months + 1):
        left *= 1.0 - (fails & (ages == month)).sum() / max(1, (ages >= month).sum())
    return 100 * left


def live(world: World) -> dict[str, float]:
    """Live the years of a world and measure its targets; some of them on their day, in the second year."""
    found: dict[str, float] = {}
    reached = 0
    for month_day, look in (("04-15", in_april), ("07-01", after_graduation), ("12-31", half_a_year_later)):
        day = int((np.datetime64(f"2022-{month_day}") - np.datetime64(world.scenario.start)).astype(int))
        world.advance(reached, day)
        reached = day
        found |= look(world, day)
    world.advance(reached, world.scenario.days)
    return measure(world) | found


def in_april(world: World, day: int) -> dict[str, float]:
    """Offers to students who search, before the class graduates."""
    people = world.tables["people"]
    column = people.column
    searches = (column("graduation_day") > day) & (column("applications") > 0) & (column("preparing") == Preparation.NONE)
    offered = (column("offers") > 0) | (column("contract_day") >= 0)
    return {"C6 seekers of the class with an offer in the middle of April %": share(offered, searches)}


def after_graduation(world: World, day: int) -> dict[str, float]:
    """Who has not searched for a quarter of a year, of those who have graduated within a fortnight."""
    column = world.tables["people"].column
    graduates = (column("graduation_day") > day - FORTNIGHT) & (column("graduation_day") <= day)
    waits = (column("activity") == Activity.INACTIVE) & (column("preparing") != Preparation.ADMITTED)
    slow = waits & (column("last_session_day") < day - QUARTER)
    return {"E25 of the class, neither studying on nor searching at graduation %": share(slow, graduates)}


def half_a_year_later(world: World, day: int) -> dict[str, float]:
    """What a class does half a year after graduation."""
    column = world.tables["people"].column
    graduates = (column("graduation_day") > day - YEAR_DAYS * 2 // 3) & (column("graduation_day") <= day)
    activity, plans = column("activity"), column("preparing")
    bachelor, vocational = column("education") == Education.BACHELOR, column("education") == Education.VOCATIONAL
    prepares = (activity == Activity.INACTIVE) & (plans > Preparation.NONE) & (plans < Preparation.ADMITTED)
    studies = plans == Preparation.ADMITTED
    searches = np.isin(activity, (Activity.SEARCHING, Activity.TRAINING))
    here = graduates & ((column("place") == Place.RESIDENT) | studies)
    return {
        "E96 bachelors preparing without work, half a year after graduation %": share(
            prepares & (plans == Preparation.POSTGRADUATE), graduates & bachelor
        ),
        "E96 of all who do, those who had tried before %": share(column("exams") > 1, graduates & prepares),
        "E67 bachelors who study on %": share(studies, graduates & bachelor),
        "E67 vocational graduates who study on %": share(studies, graduates & vocational),
        "E68 employed half a year after graduation %": share(np.isin(activity, (Activity.EMPLOYED, Activity.INTERN)), graduates),
        "E68 own business %": share(activity == Activity.FOUNDER, graduates),
        "E68 studying %": share(studies, graduates),
        "E68 preparing to study %": share(prepares & (plans != Preparation.CIVIL_SERVICE), graduates),
        "E68 still searching %": share(searches, graduates),
        "E68 neither %": share((activity == Activity.INACTIVE) & ~studies & ~(prepares & (plans != Preparation.CIVIL_SERVICE)), graduates),
        "of the class that lives here and does not study on: still searching %": share(searches, here & ~studies),
    }


def measure(world: World) -> dict[str, float]:
    """Measure the targets that are read at the end in one finished world."""
    people = world.tables["people"]
    column = people.column
    first_class = (column("graduation_day") > 0) & (column("graduation_day") < 365)
    began, left = column("first_job_day"), column("first_left_day")
    graduated = column("graduation_day")
    vocational, studies = column("education") == Education.VOCATIONAL, column("preparing") == Preparation.ADMITTED
    lasted = (began >= 0) & (began <= world.scenario.days - HALF_YEAR) & (column("first_job_wage") > 0)
    quit_soon = (left >= 0) & (left - began <= HALF_YEAR)
    wages = column("wage")[(column("activity") == Activity.EMPLOYED) & (column("employer") >= 0)]
    founders = column("activity") == Activity.FOUNDER
    found = {f"C1 unemployment 16-24, {month:02d}/2022 %": in_month(world, "unemployment_16_24", 2022, month) for month in MONTHS}
    found |= {f"C1b unemployment 25-29, {month:02d}/2022 %": in_month(world, "unemployment_25_29", 2022, month) for month in MONTHS}
    year_end = int((np.datetime64("2021-12-31") - np.datetime64(world.scenario.start)).astype(int))
    at_end = {name: OUTCOMES[name].at_end(world) for name in FUNNEL}
    found |= {
        "C2 vacancies per seeker, second and third year": float(daily(world, "vacancies_per_seeker")[YEAR_DAYS:].mean()),
        "C3 applications per vacancy": at_end["applications_per_vacancy"],
        "C4 graduated without an interview %": 100 * at_end["never_interviewed_share"],
        "C5 days from graduation to first job": OUTCOMES["days_to_first_job"].at_end(world),
        "C6 seekers of the class with an offer in the middle of April %": (45.0, 56.0),
    "C7 first class begun work by the year's end %": share((began >= 0) & (began <= year_end), first_class & ~studies),
        "C7 first jobs below expected pay %": 100 * OUTCOMES["below_expected_pay_share"].at_end(world),
        "C8 left first employer in 6 months, bachelor and above %": share(quit_soon, lasted & ~vocational),
        "C8 the same, vocational %": share(quit_soon, lasted & vocational),
        "C10 founders in the first class, at the end of the run %": share(founders, first_class & (graduated < world.scenario.days - HALF_YEAR)),
        **founding(world),
        "C12 wage dispersion, mean over 1st percentile": float(wages.mean() / np.percentile(wages, 1)),
        "E9 applications per seeker, a month": at_end["applications_per_seeker"],
        "E11 interviews per application": at_end["interviews_per_application"],
        "E12 offers per interview": at_end["offers_per_interview"],
        "E13 offers accepted": at_end["offers_accepted_share"],
        "E14 days to fill a post": at_end["vacancy_days_mean"],
        "E15 adverts that lapse": at_end["vacancies_lapsed_share"],
        "E53 start-ups closed a month %": 100 * world.counts[Count.STARTUPS_CLOSED] / (world.stocks[:, Stock.STARTUPS_ALIVE].sum() / MONTH_DAYS),
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
        rows.append(live(world))
    print("| measure | wanted | mean | lowest … highest replicate |\n|---|---|---|---|")
    for name in rows[0]:
        values = [row[name] for row in rows]
        wanted = "{:g}-{:g}".format(*TARGETS[name]) if name in TARGETS else ""
        print(f"| {name} | {wanted} | {np.mean(values):.3g} | {min(values):.3g} … {max(values):.3g} |")


if __name__ == "__main__":
    main()
