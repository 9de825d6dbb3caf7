"""Dates as people write them into a ledger."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import NamedTuple

from experiments.ledger.sheets import Cell, text_of

FIRST_YEAR, LAST_YEAR = 1950, 2100
EPOCH = date(1899, 12, 30)
"""Day 0 of a workbook's serial numbers, as they count from March 1900 on."""
LEAST_SERIAL, MOST_SERIAL = 18_264, 73_415
"""Serial numbers of days from 1950 to 2100; above all years, which are below."""
CENTURY, TURN = 100, 60
"""Years of two digits below the second are of this century."""
_DIGITS = dict(zip("〇○零一二三四五六七八九", "000123456789", strict=True))
_NUMERALS = re.compile(r"[〇○零一二三四五六七八九十]+")
_AROUND = re.compile(r"(?:底|初|末|[上中下]旬|左右|前后|毕业|入学前|\s|[.。])+$")
_ENGLISH = {name: number for number, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)}
_YEAR_FIRST = re.compile(r"(\d{4}|\d{2}(?=年))\s*(?:[年./\-—_、]|届)\s*(?:(\d{1,2})\s*(?:[月./\-—_、]|$)\s*(?:(\d{1,2})\s*(?:日|号|$))?)?份?")
_YEAR = re.compile(r"(?:class of )?(\d{4})\s*届?(?:毕业生)?")
_TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})?")
_YEAR_LAST = re.compile(r"(\d{1,2})[./\-](\d{1,2})[./\-](\d{4})")
_MONTH_LAST_YEAR = re.compile(r"(\d{1,2})[./\-](\d{4})")
_WORDED = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?[\s\-.,/]+)?([a-z]{3,9})\.?[\s\-.,/]*(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?('?\d{2}|\d{4})")
_TIME = re.compile(r"[\sT]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$|\s*上午.*$|\s*下午.*$")


class Day(NamedTuple):
    """A date, as far as it is told.

    Attributes:
        year: Year.
        month: Month, 0 where only the year is told.
        day: Day, 0 where only the month is told.
        is_guess: Whether it could be read otherwise, too.
    """

    year: int
    month: int = 0
    day: int = 0
    is_guess: bool = False

    @property
    def text(self) -> str:
        """The date as a file of persons has it."""
        return f"{self.year:04}" + (f"-{self.month:02}" if self.month else "") + (f"-{self.day:02}" if self.day else "")

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month or 1, self.day or 1)


def read_day(cell: Cell) -> Day | None:
    """Read a date: a workbook's own, a serial number, 2024年6月30日, 2024.6, 20240630, 2024届, June 2024 …; None where it is none."""
    if isinstance(cell, (datetime, date)):
        return _checked(cell.year, cell.month, cell.day)
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _of_number(cell)
    return _of_text(_AROUND.sub("", _TIME.sub("", text_of(cell).lower())))


def _of_number(number: float) -> Day | None:
    """Read a number: a serial number, digits in a row, a year, or 2024.6, of which 2024.1 may be October, too."""
    if not 0 < number < 10**8:
        return None
    if LEAST_SERIAL <= number <= MOST_SERIAL:
        when = EPOCH + timedelta(days=int(number))
        return _checked(when.year, when.month, when.day)
    if float(number).is_integer():
        return _of_text(str(int(number)))
    year, month = int(number), round((number - int(number)) * 100)
    if abs((number - int(number)) * 100 - month) > 1e-6:
        return None
    if month % 10 == 0:  # 2024.6, or 2024.1, which was 2024.10 or 2024.1
        return _checked(year, 0, 0, is_guess=True) if month == 10 else _checked(year, month // 10, 0)
    return _checked(year, month, 0)


def _of_text(text: str) -> Day | None:
    text = _NUMERALS.sub(lambda found: _in_digits(found[0]), text)
    if text.isdecimal() and len(text) == 5 and LEAST_SERIAL <= int(text) <= MOST_SERIAL:
        return _of_number(int(text))
    if found := _TOGETHER.fullmatch(text):
        return _checked(*(int(part or 0) for part in found.groups()))
    if found := _YEAR.fullmatch(text):
        return _checked(int(found[1]), 0, 0)
    if found := _YEAR_FIRST.fullmatch(text):
        year = int(found[1])
        return _checked(_four_digits(year), int(found[2] or 0), int(found[3] or 0))
    if found := _YEAR_LAST.fullmatch(text):
        return _of_either(int(found[1]), int(found[2]), int(found[3]))
    if found := _MONTH_LAST_YEAR.fullmatch(text):
        return _checked(int(found[2]), int(found[1]), 0)
    if (found := _WORDED.fullmatch(text)) and found[2][:3] in _ENGLISH:
        return _checked(_four_digits(int(found[4].strip("'"))), _ENGLISH[found[2][:3]], int(found[1] or found[3] or 0))
    return None


def _in_digits(numerals: str) -> str:
    """Return 二〇二四 as 2024, 十二 as 12, 三十 as 30."""
    if "十" not in numerals:
        return "".join(_DIGITS[sign] for sign in numerals)
    tens, _, ones = numerals.partition("十")
    return f"{_DIGITS.get(tens[-1:], '1')}{_DIGITS.get(ones[:1], '0')}"


def _of_either(first: int, second: int, year: int) -> Day | None:
    """Read 30/6/2024 and 6/30/2024; where both may be the month, only the year is sure, unless they are the same."""
    if first == second or second > 12:
        return _checked(year, first, second)
    if first > 12:
        return _checked(year, second, first)
    return _checked(year, 0, 0, is_guess=True)


def _four_digits(year: int) -> int:
    return year if year >= CENTURY else year + (2000 if year < TURN else 1900)


def _checked(year: int, month: int, day: int, *, is_guess: bool = False) -> Day | None:
    """Return a date if there is such a day."""
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    return Day(year, month, day, is_guess) if FIRST_YEAR <= year <= LAST_YEAR else None
