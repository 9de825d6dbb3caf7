"""Designs that spread their points over ranges: Latin hypercube and Sobol, of which every coordinate becomes a value of its key.

The points of `scipy.stats.qmc` lie in the unit cube. One coordinate, a share from 0 to 1, chooses from a range or from a list so that equal parts
of it have equal chances; whole numbers are not rounded to the nearest, which would give the lowest and the highest half a chance.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from experiments.shared.errors import MistakeError
from experiments.sweep.axes import Axis, Interval
from sim.bilingual import sentence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DIGITS = 15
"""Significant digits of a value: those that every machine computes alike, also where a logarithm is taken."""


def draw(kind: str, n: int, axes: Sequence[Axis | Interval], seed: int) -> list[list[Any]]:
    """Return the values of a design: for each axis one list, a value a point.

    Args:
        kind: ``latin_hypercube`` or ``sobol``.
        n: Number of points.
        axes: What varies.
        seed: Seed of the design.

    Raises:
        MistakeError: A Sobol design whose number of points is no power of two.
    """
    shares = latin_hypercube(n, len(axes), seed) if kind == "latin_hypercube" else sobol(n, len(axes), seed)
    return [spread(axis, column) for axis, column in zip(axes, shares.T, strict=True)]


def latin_hypercube(n: int, dimensions: int, seed: int) -> NDArray[np.float64]:
    """Return a Latin hypercube: of n equal parts of each coordinate, each has one point."""
    import numpy as np
    from scipy.stats import qmc

    found: NDArray[np.float64] = qmc.LatinHypercube(dimensions, seed=np.random.default_rng(seed)).random(n)
    return found


def sobol(n: int, dimensions: int, seed: int) -> NDArray[np.float64]:
    """Return the first points of a scrambled Sobol sequence.

    Raises:
        MistakeError: Their number is no power of two, so that they would not be balanced.
    """
    import numpy as np
    from scipy.stats import qmc

    power = (n - 1).bit_length()
    if n != 2**power:
        message = sentence(
            "n is {n}; a Sobol design is balanced only for a power of two: write n={more} (or n={less}), or design=latin_hypercube, which takes any "
            "number",
            "n 为 {n}；Sobol 设计只有在点数为 2 的幂时才均衡：请写 n={more}（或 n={less}），或改用 design=latin_hypercube（点数不限）",
            n=n, more=2**power, less=2 ** (power - 1),
        )  # fmt: skip
        raise MistakeError(message)
    found: NDArray[np.float64] = qmc.Sobol(dimensions, scramble=True, seed=np.random.default_rng(seed)).random_base2(power)
    return found


def spread(axis: Axis | Interval, shares: NDArray[np.float64]) -> list[Any]:
    """Return the value of an axis for each share from 0 to 1: equal parts of it have equal chances."""
    if isinstance(axis, Axis):
        last = len(axis.values) - 1
        return [axis.values[min(int(share * len(axis.values)), last)] for share in shares.tolist()]
    low, high = axis.low, axis.high
    if axis.is_log:
        start, end = math.log(low), math.log(high + 1 if axis.is_whole else high)
        spread_out = [math.exp(start + share * (end - start)) for share in shares.tolist()]
    else:
        width = high - low + (1 if axis.is_whole else 0)
        spread_out = [low + share * width for share in shares.tolist()]
    if axis.is_whole:
        return [int(min(max(math.floor(float(f"{value:.{DIGITS}g}")), low), high)) for value in spread_out]
    return [min(max(float(f"{value:.{DIGITS}g}"), low), high) for value in spread_out]
