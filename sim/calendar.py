"""The calendar: real dates, weekends, public holidays, seasons of recruitment, and days on which something is planned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.columns import Column, Table
from sim.compiled import Rows

DAYS = (
    Column("weekday", "i1", "-", "0 Monday … 6 Sunday"),
    Column("working", "i1", "0/1", "an office day: public holidays and the working weekends that make up for them are known"),
    Column("month", "i1", "-", "1 … 12"),
    Column("surveyed", "i1", "0/1", "a day on which the bureau counts employment and unemployment"),
    Column("coming", "f8", "persons", "of the coming class, those for whom employers have planned by then"),
    Column("hiring", "f8", "ratio", "how readily employers plan posts at this time of year"),
    Column("vocational", "f8", "share", "of the posts for the coming class opened at this time of year, those open to vocational graduates"),
    Column("master", "f8", "share", "of these posts, those that ask for a master"),
    Column("graduation", "i4", "day", "the day in the middle of the weeks of graduation of the class of which some have yet to graduate"),
    Column("exams", "i1", "bits", "exams held on the day, one bit each of `Preparation`"),
    Column("exam_here", "i1", "0/1", "the exam for public posts of the region is held, in the region"),
    Column("results", "i1", "bits", "exams whose results are known from the day on"),
    Column("studies", "i4", "day", "the next later day on which those admitted go on to study"),
    Column("service", "i4", "day", "the next later day on which the civil service takes people on"),
    Column("before_festival", "i1", "0/1", "so near to the Spring Festival that the year's bonus is worth waiting for"),
    Column("next_working", "i4", "day", "the first office day on or after this one"),
)
"""Columns of the calendar table: one row a day of the run, and a margin beyond its end for what is scheduled."""

MARGIN_DAYS = 400
CALENDARS = 32
"""Calendars that a process keeps."""

MONTH_DAYS = 30
"""Days of a month of the model: pay days, monthly plans, and rates given a month."""
WEEK_DAYS = 7
"""Days of a week, for times given in weeks."""
YEAR_MONTHS = 12
"""Months of a year, for rates given a year and drawn once a month."""
YEAR_DAYS = 365
"""Days of a year, for rates and ages given in years."""
CALENDAR_MONTH_DAYS = 30.4
"""Mean length of a month of the calendar, for what is planned over months."""
SURVEY_DAY = 10
"""The day of the month on which the labour force survey begins to ask (10th to 16th: National Bureau of Statistics, announcement 1 of 2023)."""
SATURDAY = 5
"""The weekday, counted from Monday."""


@dataclass(frozen=True)
class Horizon:
    """When and where a lever plans its events.

    Attributes:
        start: Date of day 0.
        days: Length of the run in days.
        campuses: Rows of the campuses that the lever goes to, in turn; empty where it goes to none.
        opening: Date on which the lever opens; None: the start.
        closing: Last date on which it is offered; None: the end.
    """

    start: date
    days: int
    campuses: tuple[int, ...] = ()
    opening: date | None = None
    closing: date | None = None

    @property
    def first_day(self) -> int:
        """The first day of the run on which the lever is offered."""
        return 0 if self.opening is None else max(0, day_of(self.start, self.opening))

    @property
    def last_day(self) -> int:
        """The last day of the run on which it is; before the first where there is none."""
        return self.days - 1 if self.closing is None else min(self.days - 1, day_of(self.start, self.closing))

    @property
    def days_open(self) -> int:
        """Days of the run on which it is offered."""
        return max(0, self.last_day - self.first_day + 1)

    def window(self, first: date | None, last: date | None) -> tuple[int, int]:
        """Return the days between which something is held; all on which the lever is offered where no date is given."""
        first_day = self.first_day if first is None else max(self.first_day, day_of(self.start, first))
        last_day = self.last_day if last is None else min(self.last_day, day_of(self.start, last))
        return first_day, max(first_day, last_day)

    def yearly(self, month: int, day: int) -> list[int]:
        """Return the days with this month and day on which the lever is offered, in order."""
        found = []
        when = next_date(max(self.start, self.opening or self.start), month, day)
        while day_of(self.start, when) <= self.last_day:
            found.append(day_of(self.start, when))
            when = date(when.year + 1, month, day)
        return found


def make_calendar(start: date, days: int, bonus_days: int) -> Rows:
    """Make the calendar of a run.

    Args:
        start: Date of day 0.
        days: Length of the run in days.
        bonus_days: Days before the Spring Festival in which people wait for the year's bonus.

    Returns:
        A record array with `days` + MARGIN_DAYS rows. What depends on the rest of a scenario is left to `sim/seasons.py`.
    """
    rows = _empty_calendar(days)
    rows[:] = _known_calendar(start, days, bonus_days)
    return rows


def _empty_calendar(days: int) -> Rows:
    return Table("days", DAYS, days + MARGIN_DAYS, np.zeros(1, [("days", "i8")]).view(np.recarray)).rows


@lru_cache(CALENDARS)
def _known_calendar(start: date, days: int, bonus_days: int) -> Rows:
    """Make a calendar once for all runs of the same days."""
    rows = _empty_calendar(days)
    length = len(rows)
    dates = [start + timedelta(days=offset) for offset in range(length)]
    working, festivals = _working_days(dates), _spring_festivals(dates)
    rows["weekday"] = [day.weekday() for day in dates]
    rows["working"] = working
    rows["month"] = [day.month for day in dates]
    rows["surveyed"] = [day.day == SURVEY_DAY for day in dates]
    rows["before_festival"] = [any(0 < (festival - day).days <= bonus_days for festival in festivals) for day in dates]
    following = length - 1
    for day in range(length - 1, -1, -1):
        if working[day]:
            following = day
        rows["next_working"][day] = following
    return rows


def dates_of(start: date, days: int) -> NDArray[np.datetime64]:
    """Return the dates of days 0 … days - 1, shape (days,), dtype datetime64[D]."""
    return np.datetime64(start) + np.arange(days)


def day_of(start: date, when: date) -> int:
    """Return the day of the run on which a date falls; negative before the start."""
    return (when - start).days


def next_date(after: date, month: int, day: int) -> date:
    """Return the first date with this month and day that is not before `after`."""
    this_year = date(after.year, month, day)
    return this_year if this_year >= after else date(after.year + 1, month, day)


def planned_days(first: int, last: int, number: int) -> list[int]:
    """Spread a number of events evenly over the days first … last (both included), in order."""
    span = max(0, last - first)
    return [first + (2 * index + 1) * span // (2 * number) for index in range(number)]


def share_of(total: int, parts: int, index: int) -> int:
    """Divide a whole number into parts that sum to it; return one of them."""
    return (index + 1) * total // parts - index * total // parts


def years_without_holidays(start: date, days: int) -> list[int]:
    """Return the years of a run for which the calendar of holidays is not known: which weekends are worked to make up for a holiday.

    The government announces it a year at a time; `holidays` knows the years that were announced when it was published.
    """
    import holidays

    years = range(start.year, (start + timedelta(days - 1)).year + 1)
    announced: Any = holidays.country_holidays("CN", years=years)
    known = {day.year for day in announced.weekend_workdays}
    return [year for year in years if year not in known]


def _working_days(dates: list[date]) -> list[bool]:
    import holidays

    years = range(dates[0].year, dates[-1].year + 1)
    china: Any = holidays.country_holidays("CN", years=years)
    return [bool(china.is_working_day(day)) for day in dates]


def _spring_festivals(dates: list[date]) -> list[date]:
    """Return the first day of each Spring Festival from the year of the first of some days to that after the last."""
    import holidays

    found: dict[int, date] = {}
    for when, name in holidays.country_holidays("CN", years=range(dates[0].year, dates[-1].year + 2), language="en_US").items():
        if "Spring Festival" in name:
            found[when.year] = min(when, found.get(when.year, when))
    return list(found.values())
