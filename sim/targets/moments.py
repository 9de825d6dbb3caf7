"""On which days a world without a programme is looked at, whatever day it begins."""

from __future__ import annotations

from datetime import date
from enum import IntEnum

from sim.bilingual import Sentence
from sim.calendar import YEAR_DAYS, day_of


class Moment(IntEnum):
    """A day on which something is measured, in the order of time."""

    HALF_YEAR_AFTER = 1
    """31 December of the year in which the first class graduates."""
    APRIL = 2
    """15 April of the second year, which begins a year after the start at the earliest."""
    SUMMER = 3
    """1 July of the second year."""
    WINTER = 4
    """31 December of the second year."""
    END = 5
    """Three years after the start."""
    THIRD_YEAR = 6
    """15 July three years after the first class has graduated."""
    AUDIT_WAITED = 7
    """Three weeks later: what was applied for before the audit is mostly over."""
    AUDITED = 8
    """Two months after the audit began: what is measured last, as it changes the world."""


END_DAY = 3 * YEAR_DAYS
AFTER_THE_THIRD_YEAR = {Moment.AUDIT_WAITED: 21, Moment.AUDITED: 60}
"""Moment → days after `Moment.THIRD_YEAR`."""
DATES = {
    Moment.HALF_YEAR_AFTER: (-1, 12, 31), Moment.APRIL: (0, 4, 15), Moment.SUMMER: (0, 7, 1), Moment.WINTER: (0, 12, 31),
    Moment.THIRD_YEAR: (2, 7, 15),
}  # fmt: skip
"""Moment → years from the second year, month and day."""
WORDS = {
    Moment.HALF_YEAR_AFTER: Sentence("half a year after the first class graduates", "首届毕业半年后"),
    Moment.APRIL: Sentence("15 April of the second year", "第二年4月15日"),
    Moment.SUMMER: Sentence("1 July of the second year", "第二年7月1日"),
    Moment.WINTER: Sentence("31 December of the second year", "第二年12月31日"),
    Moment.END: Sentence("three years after the start", "开始三年后"),
    Moment.THIRD_YEAR: Sentence("three years after the first class has graduated", "首届毕业三年后"),
    Moment.AUDIT_WAITED: Sentence("three weeks later, in an audit", "再过三周（简历实验）"),
    Moment.AUDITED: Sentence("two months later, in an audit", "再过两个月（简历实验）"),
}


def second_year(start: date) -> int:
    """Return the calendar year that is looked at month by month: the first that begins a year after the start, or later."""
    return start.year + (1 if (start.month, start.day) == (1, 1) else 2)


def day_at(start: date, moment: Moment) -> int:
    """Return the day of a run on whose morning a moment is."""
    if moment == Moment.END:
        return END_DAY
    if moment in AFTER_THE_THIRD_YEAR:
        return day_at(start, Moment.THIRD_YEAR) + AFTER_THE_THIRD_YEAR[moment]
    years, month, day = DATES[moment]
    return day_of(start, date(second_year(start) + years, month, day))
