"""How sure several numbers are together: half the widths of their three intervals, from the surest to the least sure, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.bilingual import Sentence, sentence
from sim.numbers import Form, write

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.uncertainty import Estimate

    Values = NDArray[np.float64]

ONE, TEN = 1.0, 10.0
"""Half a width from which on decimals are left out: of what is counted, of anything else."""


def halves_of(estimate: Estimate, which: NDArray[np.bool_] | None = None) -> list[Values] | None:
    """Return half the widths of simulation error, ignorance and prediction of those numbers that have them; None: there are none.

    Args:
        estimate: The numbers.
        which: Which of them are meant; None: all.
    """
    halves = np.atleast_2d(np.array([estimate.error, (estimate.high - estimate.low) / 2.0, (estimate.most - estimate.least) / 2.0]).T)
    known = np.isfinite(halves).all(axis=1)
    known &= True if which is None else which
    return list(halves[known].T) if known.any() else None


def spans_of(halves: Sequence[Values], forms: Sequence[Form]) -> list[Sentence]:
    """Write the smallest and the largest of each kind of widths; one number where they look the same.

    Args:
        halves: Half the widths, an array a kind.
        forms: How numbers are written in English and in Chinese.
    """
    return [_span(*([_half(form.scale * float(half), form) for half in (kind.min(), kind.max())] for form in forms)) for kind in halves]


def _span(english: Sequence[str], chinese: Sequence[str]) -> Sentence:
    found = sentence("{low} to {high}", "{low} 至 {high}", low=Sentence(english[0], chinese[0]), high=Sentence(english[1], chinese[1]))
    return Sentence(english[0] if english[0] == english[1] else found, chinese[0] if chinese[0] == chinese[1] else found.zh)


def _half(half: float, form: Form) -> str:
    """Write half a width: of what is counted, and of what is large, without decimals."""
    return write(round(half) if half >= (ONE if form.figures == 1 and not form.decimals else TEN) else half)
