"""The year of a run: what its calendar knows of classes, exams, recruitment for the coming class and the days before the Spring Festival."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from sim.calendar import YEAR_DAYS, day_of, next_date
from sim.compiled import Rows
from sim.exams import Exams
from sim.scenario import Scenario
from sim.states import Preparation

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
    dates = [start + timedelta(days=day) for day in range(len(calendar))]
    population = scenario.population
    last = int(graduation_shifts(scenario).max())  # of a class of which some have yet to graduate
    shifted = [day - timedelta(days=last) for day in dates]
    calendar["graduation"] = _following(start, shifted, (population.graduation_month, population.graduation_day), later=0)
    calendar["studies"] = _following(start, dates, exams.studies_begin, later=1)
    calendar["service"] = _following(start, dates, exams.service_begins, later=1)
    for column, kinds in _days_of(exams).items():
        calendar[column] = [sum(1 << kind for kind, when in kinds.items() if (day.month, day.day) == tuple(when)) for day in dates]
    calendar["exam_here"] = [(day.month, day.day) == tuple(exams.regional_exam) for day in dates]
    months = calendar["month"] - 1
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
    dates = [scenario.start + timedelta(days=day) for day in range(before, days + 2 * YEAR_DAYS)]
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


def _gone(scenario: Scenario, dates: Sequence[date], season: Sequence[float]) -> NDArray[np.float64]:
    """Return which part of the posts for a class is planned by each of some days, of which the first is one of graduation."""
    weights = np.array([season[when.month - 1] for when in dates])
    at = (scenario.population.graduation_month, scenario.population.graduation_day)
    begins = [day for day, when in enumerate(dates) if (when.month, when.day) == at]
    gone = np.zeros(len(dates))
    for year, start in enumerate(begins):
        end = begins[year + 1] if year + 1 < len(begins) else min(len(dates), start + YEAR_DAYS)
        gone[start:end] = np.cumsum(weights[start:end]) / max(LEAST_SEASON, weights[start:end].sum())
    return gone


def _following(start: date, dates: Sequence[date], when: Sequence[int], later: int) -> list[int]:
    """Return for each day the next one with a month and day, that day itself included unless it has to be later."""
    return [day_of(start, next_date(day + timedelta(days=later), when[0], when[1])) for day in dates]


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
