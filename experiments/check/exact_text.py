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
from functools import lru_cache
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
    values = np.ascontiguousarray(values, np.float64)
    if _are_whole(values):
        whole = values.astype(np.int64)
        steps = whole - np.concatenate([np.zeros(1, np.int64), whole[:-1]])
        starts = _starts(steps)
        sign, words = "+", map(str, steps[starts].tolist())
    else:
        values = np.where(np.isnan(values), np.nan, values)  # of whatever bits: all are written alike
        starts = _starts(values.view(np.int64))  # bit by bit: nan is like itself, minus zero is not zero
        sign, words = "=", map(_word, values[starts].tolist())
    times = np.diff(starts, append=values.size).tolist()
    return " ".join([sign, *(word if number == 1 else f"{word}*{number}" for word, number in zip(words, times, strict=True))])


def _starts(codes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where runs of equal numbers begin."""
    return np.flatnonzero(np.concatenate([np.ones(min(1, codes.size), np.bool_), codes[1:] != codes[:-1]]))


def _are_whole(values: Values) -> bool:
    """Tell whether every number is whole (`is_whole`)."""
    return bool(((values == np.floor(values)) & (np.abs(values) < EXACT_WHOLE) & ((values != 0) | ~np.signbit(values))).all())


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


@lru_cache(maxsize=1 << 16)
def _word_of(value: float) -> str:
    """Write a number that is not zero exactly: whole, as a fraction where that gives the same float, or with all its digits."""
    if is_whole(value):
        return str(int(value))
    if not math.isfinite(value):
        return str(value)
    top, bottom = _nearest_fraction(*value.as_integer_ratio())
    return f"{top}/{bottom}" if top / bottom == value else repr(value)


def _word(value: float) -> str:
    """Write any number exactly; the two zeros, which are equal, apart."""
    return _word_of(value) if value != 0 else "0" if is_whole(value) else repr(value)


def _nearest_fraction(top: int, bottom: int) -> tuple[int, int]:
    """Return the nearest fraction without too large a denominator, as `fractions.Fraction.limit_denominator` does in ten times as long."""
    if bottom <= LARGEST_DENOMINATOR:
        return top, bottom
    above, below, rest = (0, 1), (1, 0), (top, bottom)
    while True:
        whole, left = divmod(rest[0], rest[1])
        denominator = above[1] + whole * below[1]
        if denominator > LARGEST_DENOMINATOR:
            break
        above, below, rest = below, (above[0] + whole * below[0], denominator), (rest[1], left)
    times = (LARGEST_DENOMINATOR - above[1]) // below[1]
    other = above[0] + times * below[0], above[1] + times * below[1]
    return below if 2 * rest[1] * other[1] <= bottom else other


def _number(word: str) -> float:
    top, _, bottom = word.partition("/")
    return int(top) / int(bottom) if bottom else float(word)
