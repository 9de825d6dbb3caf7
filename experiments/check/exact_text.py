"""Daily values as exact text: short, the same for the same values, and readable in a difference between two files.

A series is one line of words, after a sign:

- ``+ 0*14 3 1 -2``: whole numbers as the change from the day before, the first from zero; ``0*14`` is fourteen times 0;
- ``= nan*3 2/3 0.1``: anything else as the value of the day; a fraction stands for its quotient in 64-bit floats;
- ``# Ab(0x*14)3f``: codes of the days, two letters each, where the values themselves would be too many; ``(0x*14)`` is fourteen times ``0x``.
"""

from __future__ import annotations

import math
import re
import string
from fractions import Fraction
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

MOST_DAYS = 100_000
EXACT_WHOLE = 2**53
LARGEST_DENOMINATOR = 10**6
LETTERS = string.ascii_uppercase + string.ascii_lowercase + string.digits + "-_"
CODES = len(LETTERS) ** 2
"""How many codes of a day there are: two days that differ have the same one once in 4,096 times."""
SHORTEST_RUN = 4
"""Equal codes from which on a run is written as such."""


def encode(values: Values) -> str:
    """Write a daily series, shape (days,), as words."""
    if all(is_whole(value) for value in values.tolist()):
        sign, words = "+", [str(step) for step in np.diff(values.astype(np.int64), prepend=0).tolist()]
    else:
        sign, words = "=", [_word(value) for value in values.tolist()]
    runs = [(word, len(list(same))) for word, same in groupby(words)]
    return " ".join([sign, *(word if times == 1 else f"{word}*{times}" for word, times in runs)])


def decode(text: str) -> Values:
    """Read a daily series, shape (days,).

    Raises:
        ValueError: Words that `encode` does not write.
        ZeroDivisionError: A fraction over zero.
    """
    sign, *words = text.split(" ")
    if sign == "#":
        return _decode_codes("".join(words))
    runs = [(value, int(times or 1)) for value, _, times in (word.partition("*") for word in words)]
    if sum(times for _, times in runs) > MOST_DAYS:
        message = f"more than {MOST_DAYS} days"
        raise ValueError(message)
    if sign == "+":
        steps = [int(value) for value, times in runs for _ in range(times)]
        return np.cumsum(np.array(steps, dtype=np.int64)).astype(np.float64)
    if sign == "=":
        return np.array([number for value, times in runs for number in [_number(value)] * times])
    message = f"a series begins with +, = or #, not {sign!r}"
    raise ValueError(message)


def encode_codes(codes: Values) -> str:
    """Write codes of days, shape (days,), whole numbers from 0 to `CODES` - 1, two letters each."""
    words = [LETTERS[code // len(LETTERS)] + LETTERS[code % len(LETTERS)] for code in codes.astype(np.int64).tolist()]
    runs = [(word, len(list(same))) for word, same in groupby(words)]
    return "# " + "".join(word * times if times < SHORTEST_RUN else f"({word}*{times})" for word, times in runs)


def _decode_codes(text: str) -> Values:
    """Read codes of days.

    Raises:
        ValueError: Words that `encode_codes` does not write.
    """
    if not re.fullmatch(r"([\w-]{2}|\([\w-]{2}\*\d{1,6}\))+", text, re.ASCII):
        message = "codes of days are two letters each"
        raise ValueError(message)
    runs = [(run or one, int(times or 1)) for run, times, one in re.findall(r"\(([\w-]{2})\*(\d+)\)|([\w-]{2})", text, re.ASCII)]
    if sum(times for _, times in runs) > MOST_DAYS:
        message = f"more than {MOST_DAYS} days"
        raise ValueError(message)
    return np.repeat([float(LETTERS.index(word[0]) * len(LETTERS) + LETTERS.index(word[1])) for word, _ in runs], [times for _, times in runs])


def plain_number(value: float) -> float | None:
    """Return a number for JSON: None for NaN, whole where it is whole."""
    if math.isnan(value):
        return None
    return int(value) if is_whole(value) else value


def is_whole(value: float) -> bool:
    """Tell whether an integer says all that this float does; minus zero does more."""
    return value.is_integer() and abs(value) < EXACT_WHOLE and (value != 0 or math.copysign(1, value) > 0)


def _word(value: float) -> str:
    """Write a number exactly: whole, as a fraction where that gives the same float, or with all its digits."""
    if is_whole(value):
        return str(int(value))
    if not math.isfinite(value):
        return str(value)
    fraction = Fraction(value).limit_denominator(LARGEST_DENOMINATOR)
    is_same = value != 0 and fraction.numerator / fraction.denominator == value
    return f"{fraction.numerator}/{fraction.denominator}" if is_same else repr(value)


def _number(word: str) -> float:
    top, _, bottom = word.partition("/")
    return int(top) / int(bottom) if bottom else float(word)
