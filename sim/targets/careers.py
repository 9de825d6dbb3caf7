"""Measures of careers: first jobs and how long they last, who leaves the place, who founds and how long firms live."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim.bilingual import Sentence
from sim.calendar import MONTH_DAYS, YEAR_DAYS, YEAR_MONTHS
from sim.outcomes import OUTCOMES
from sim.states import Activity, Count, Education, Place, Preparation, Stock
from sim.targets.measure import Flags, Measure, Note, Seen, share
from sim.targets.moments import Moment

HALF_YEAR = 182
NOBODY_YET = 10**9
FIRM_YEARS = 3


def is_vocational(seen: Seen) -> Flags:
    """Tell who is a vocational graduate."""
    return np.asarray(seen.column("education") == Education.VOCATIONAL)


def placed_by_winter(seen: Seen) -> float:
    """Return the share of the first class, without those who study on, that has begun work by the year's end."""
    began = seen.column("first_job_day")
    return share((began >= 0) & (began <= seen.at(-1, 12, 31)), seen.first_class() & (seen.column("preparing") != Preparation.ADMITTED))


def left_early(*, vocational: bool) -> Callable[[Seen], float]:
    """Return what finds the share that left the first employer within half a year."""

    def read(seen: Seen) -> float:
        began, left = seen.column("first_job_day"), seen.column("first_left_day")
        lasted = (began >= 0) & (began <= seen.day - HALF_YEAR) & (seen.column("first_job_wage") > 0)
        return share((left >= 0) & (left - began <= HALF_YEAR), lasted & (is_vocational(seen) == vocational))

    return read


def one_employer(*, vocational: bool) -> Callable[[Seen], float]:
    """Return what finds the share of the first class that is still with its first employer three years after, of those who have worked for one."""

    def read(seen: Seen) -> float:
        worked = seen.first_class() & (seen.column("first_job_day") >= 0) & (seen.column("first_job_wage") > 0)
        return share(seen.column("first_left_day") < 0, worked & (is_vocational(seen) == vocational))

    return read


def residents_of_the_first_class(seen: Seen) -> Flags:
    """Tell which bachelors of the first class live here."""
    return np.asarray(seen.first_class() & (seen.column("place") == Place.RESIDENT) & (seen.column("education") == Education.BACHELOR))


def gone_since(seen: Seen) -> float:
    """Return the share of those noted half a year after graduation that lives elsewhere now."""
    noted: Flags = seen.noted["residents"]
    lived_here = np.zeros(seen.column("place").size, bool)
    lived_here[: noted.size] = noted
    is_young = seen.column("activity") != Activity.AGED_OUT
    return share(seen.column("place") == Place.ELSEWHERE, lived_here & is_young)


def still_founders(seen: Seen) -> float:
    """Return the share of the first class that runs a firm."""
    graduated = seen.column("graduation_day")
    return share(seen.column("activity") == Activity.FOUNDER, seen.first_class() & (graduated < seen.day - HALF_YEAR))


def founded_soon(*, vocational: bool) -> Callable[[Seen], float]:
    """Return what finds the share of residents who founded a firm within half a year of graduation."""

    def read(seen: Seen) -> float:
        firms, graduated = seen.world.tables["employers"], seen.column("graduation_day")
        first = np.full(graduated.size, NOBODY_YET)
        founded, founder = firms.column("founded_day"), firms.column("founder")
        new = (founder >= 0) & (founded >= 0)
        np.minimum.at(first, founder[new], founded[new])
        here = (seen.column("place") == Place.RESIDENT) | (seen.column("activity") == Activity.AGED_OUT)
        here &= (graduated > 0) & (graduated < seen.day - HALF_YEAR)
        return share(first - graduated <= HALF_YEAR, here & (is_vocational(seen) == vocational))

    return read


def firms_alive(seen: Seen) -> float:
    """Return the share of firms founded in the run that their founder still runs after three years, by the hazard of each month (Kaplan-Meier)."""
    firms = seen.world.tables["employers"]
    founded, closed = firms.column("founded_day"), firms.column("closed_day")
    new = (firms.column("founder") >= 0) & (founded >= 0)
    if not new.any():
        return float("nan")
    graduated = seen.column("graduation_day")[firms.column("founder")[new]]
    aged = graduated + YEAR_DAYS * seen.world.scenario.population.youth_years - YEAR_DAYS // 2
    handed_on, ended = firms.column("handed_on")[new] == 1, closed[new] >= 0
    last = np.where(handed_on, np.minimum(aged, seen.day), np.where(ended, closed[new], seen.day))
    ages = np.maximum(1, -(-(last - founded[new]) // MONTH_DAYS))
    fails, left = ~handed_on & ended, 1.0
    for month in range(1, FIRM_YEARS * YEAR_MONTHS + 1):
        left *= 1.0 - float((fails & (ages == month)).sum()) / max(1, int((ages >= month).sum()))
    return 100 * left


def closed_a_month(seen: Seen) -> float:
    """Return start-ups closed in a month, per cent of those in business."""
    months = seen.world.stocks[: seen.day, Stock.STARTUPS_ALIVE].sum() / MONTH_DAYS
    return 100 * float(seen.world.counts[Count.STARTUPS_CLOSED] / months) if months else float("nan")


CAREERS = (
    Measure(
        "placed_by_winter", "%", Moment.END,
        Sentence("first class begun work by the year's end", "首届毕业生年底前已就业占比"),
        placed_by_winter,
    ),
    Measure(
        "below_expected_pay", "%", Moment.END, Sentence("first jobs below expected pay", "首份工作低于期望薪资占比"),
        lambda seen: 100 * OUTCOMES["below_expected_pay_share"].at_end(seen.world),
    ),
    Measure(
        "left_early_bachelors", "%", Moment.END,
        Sentence("left the first employer within half a year, bachelors and above", "半年内离开首个单位占比，本科及以上"),
        left_early(vocational=False),
    ),
    Measure(
        "left_early_vocational", "%", Moment.END,
        Sentence("left the first employer within half a year, vocational graduates", "半年内离开首个单位占比，高职"),
        left_early(vocational=True),
    ),
    Measure(
        "one_employer_bachelors", "%", Moment.THIRD_YEAR,
        Sentence("with one employer for three years, bachelors and above", "三年内只有一个雇主占比，本科及以上"), one_employer(vocational=False),
    ),
    Measure(
        "one_employer_vocational", "%", Moment.THIRD_YEAR,
        Sentence("with one employer for three years, vocational graduates", "三年内只有一个雇主占比，高职"),
        one_employer(vocational=True),
    ),
    Measure(
        "bachelors_gone", "%", Moment.THIRD_YEAR,
        Sentence(
            "bachelors who left within three years, of those who lived here half a year after graduation",
            "毕业半年后在本地的本科生三年内离开占比",
        ),
        gone_since,
        notes=(Note(Moment.HALF_YEAR_AFTER, "residents", residents_of_the_first_class),),
    ),
    Measure(
        "founders", "%", Moment.END,
        Sentence("founders in the first class after two to three years", "首届毕业生毕业两三年后创业占比"),
        still_founders,
    ),
    Measure(
        "founded_soon_bachelors", "%", Moment.END,
        Sentence("founded a firm within half a year, residents, bachelors and above", "毕业半年内创业占比，本地本科及以上"),
        founded_soon(vocational=False),
    ),
    Measure(
        "founded_soon_vocational", "%", Moment.END,
        Sentence("founded a firm within half a year, residents, vocational graduates", "毕业半年内创业占比，本地高职"),
        founded_soon(vocational=True),
    ),
    Measure(
        "firms_alive", "%", Moment.END,
        Sentence("firms still run by their founder after three years", "三年后仍由创业者经营的企业占比"),
        firms_alive,
    ),
    Measure("firms_closed", "%/month", Moment.END, Sentence("start-ups closed a month", "初创企业月关闭率"), closed_a_month),
)  # fmt: skip
"""Measures of careers."""
