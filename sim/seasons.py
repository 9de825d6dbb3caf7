"""The year of a run: what its calendar knows of classes, exams, recruitment for the coming class and the days before the Spring Festival."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sim.calendar import CALENDARS, YEAR_DAYS, YEAR_MONTHS, dates_of, day_of, next_date
from sim.compiled import Rows
from sim.exams import Exams
from sim.scenario import Scenario
from sim.states import Preparation

MonthsAndDates = tuple[NDArray[np.int64], NDArray[np.int64]]
GOLDEN_SECTION = 0.6180339887498949
"""Its multiples, without their whole part, lie most evenly."""
LEAST_SEASON = 1e-9
"""Openings of a season below which there are none."""


def first_graduation(scenario: Scenario) -> int:
    """Return the day on which, in the middle of some weeks, the class of the first morning graduates."""
    month, day = scenario.population.graduation_month, scenario.population.graduation_day
    return day_of(scenario.start, next_date(scenario.start, month, day))


def cohort_size(scenario: Scenario) -> int:
    """Return the persons of a class that enters during the run."""
    share = round(scenario.population.graduates * scenario.population.final_year_share)
    return scenario.population.cohort or max(1, share)


def later_classes(scenario: Scenario) -> NDArray[np.int64]:
    """Return entry and graduation days of the classes that enter during the run, shape (classes, 2), int64."""
    graduation = scenario.start + timedelta(days=first_graduation(scenario))
    found: list[tuple[int, int]] = []
    while True:
        entry = next_date(graduation, scenario.population.entry_month, scenario.population.entry_day)
        graduation = next_date(entry, scenario.population.graduation_month, scenario.population.graduation_day)
        if day_of(scenario.start, entry) >= scenario.days:
            return np.array(found, np.int64).reshape(-1, 2)
        found.append((day_of(scenario.start, entry), day_of(scenario.start, graduation)))


def graduation_shifts(scenario: Scenario) -> NDArray[np.int64]:
    """Return by how many days each campus graduates after the middle of the weeks of graduation, shape (campuses,): laid out evenly over them."""
    places = GOLDEN_SECTION * (1 + np.arange(len(scenario.region.campuses))) % 1.0
    return np.round((places - 0.5) * scenario.population.graduation_spread_days).astype(np.int64)


def joining_share(scenario: Scenario) -> float:
    """Return the share of a class expected to look for work, and not to study on, by the tiers of the campuses."""
    campuses = scenario.region.campuses
    vocational, bachelor, master = scenario.exams.studying_on()
    on = 0.0
    for campus in campuses:
        bachelors = 1.0 - campus.vocational - campus.master
        on += campus.share * (campus.vocational * vocational + bachelors * bachelor + campus.master * master)
    return 1.0 - on / sum(campus.share for campus in campuses)


def note_year(calendar: Rows, scenario: Scenario) -> None:
    """Write into the calendar of a run when classes graduate, exams are held and told, study and service begin, and whom posts for the class want."""
    start, exams, market = scenario.start, scenario.exams, scenario.market
    days = np.arange(len(calendar))
    months, dates = _months_and_dates(start, len(calendar))
    population = scenario.population
    last = int(graduation_shifts(scenario).max())  # of a class of which some have yet to graduate
    calendar["graduation"] = _following(start, days - last, (population.graduation_month, population.graduation_day))
    calendar["studies"] = _following(start, days + 1, exams.studies_begin)
    calendar["service"] = _following(start, days + 1, exams.service_begins)
    for column, kinds in _days_of(exams).items():
        calendar[column] = sum((1 << kind) * ((months == when[0]) & (dates == when[1])) for kind, when in kinds.items())
    calendar["exam_here"] = (months == exams.regional_exam[0]) & (dates == exams.regional_exam[1])
    months = months - 1
    vocational = market.vocational_posts * np.array(market.season_vocational)[months]
    higher = (1.0 - market.vocational_posts) * np.array(market.season_bachelor)[months]
    planned = vocational + higher
    calendar["hiring"] = np.array(market.season_other)[months]
    part = np.where(planned > LEAST_SEASON, vocational / np.maximum(LEAST_SEASON, planned), market.vocational_posts)
    calendar["vocational"] = part
    calendar["master"] = (1.0 - part) * market.master_posts / max(LEAST_SEASON, 1.0 - market.vocational_posts)


def coming_class(scenario: Scenario, days: int, first_class: float, later_class: float) -> NDArray[np.float64]:
    """Return for how many of the coming class employers have planned by each day: by season and tier, from one graduation of a campus to the next."""
    market, shares = scenario.market, np.array([campus.share for campus in scenario.region.campuses])
    middle = first_graduation(scenario)
    before = day_of(scenario.start, _of_year(scenario, -2))
    dates = _months_and_dates(scenario.start + timedelta(days=before), days + 2 * YEAR_DAYS - before)
    gone = market.vocational_posts * _gone(scenario, dates, market.season_vocational)
    gone += (1.0 - market.vocational_posts) * _gone(scenario, dates, market.season_bachelor)
    coming = np.zeros(days)
    for share, shift in zip(shares / shares.sum(), graduation_shifts(scenario), strict=True):
        day = np.arange(days)
        coming += share * np.where(day < middle + shift, first_class, later_class) * gone[day - shift - before]
    return coming


def _of_year(scenario: Scenario, years: int) -> date:
    """Return the day of graduation some years from the first of the run."""
    first = scenario.start + timedelta(days=first_graduation(scenario))
    return first.replace(year=first.year + years)


def _gone(scenario: Scenario, calendar: MonthsAndDates, season: Sequence[float]) -> NDArray[np.float64]:
    """Return which part of the posts for a class is planned by each of some days, of which the first is one of graduation."""
    months, dates = calendar
    weights = np.array(season)[months - 1]
    begins = np.flatnonzero((months == scenario.population.graduation_month) & (dates == scenario.population.graduation_day)).tolist()
    gone = np.zeros(len(months))
    for year, start in enumerate(begins):
        end = begins[year + 1] if year + 1 < len(begins) else min(len(months), start + YEAR_DAYS)
        gone[start:end] = np.cumsum(weights[start:end]) / max(LEAST_SEASON, weights[start:end].sum())
    return gone


@lru_cache(CALENDARS)
def _months_and_dates(start: date, days: int) -> MonthsAndDates:
    """Return month (from 1) and day of the month of so many days from a date on, each of shape (days,)."""
    dates = dates_of(start, days)
    months = dates.astype("datetime64[M]")
    return months.astype(np.int64) % YEAR_MONTHS + 1, (dates - months).astype(np.int64) + 1


def _following(start: date, days: NDArray[np.int64], when: Sequence[int]) -> NDArray[np.int64]:
    """Return for each day of a run, in order, the next one with a month and day, that day itself included."""
    years = range(start.year + int(days[0]) // YEAR_DAYS - 1, start.year + int(days[-1]) // YEAR_DAYS + 3)
    found = np.array([day_of(start, date(year, *when)) for year in years])
    following: NDArray[np.int64] = found[np.searchsorted(found, days)]
    return following


def _days_of(exams: Exams) -> dict[str, dict[Preparation, tuple[int, ...]]]:
    return {
        "exams": {
            Preparation.POSTGRADUATE: exams.postgraduate_exam, Preparation.UPGRADE: exams.upgrade_exam,
            Preparation.CIVIL_SERVICE: exams.civil_service_exam,
        },
        "results": {
            Preparation.POSTGRADUATE: exams.postgraduate_results, Preparation.UPGRADE: exams.upgrade_results,
            Preparation.CIVIL_SERVICE: exams.civil_service_results,
        },
    }  # fmt: skip
