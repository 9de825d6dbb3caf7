"""How often intervals hold the truth: ``python -m benchmarks.intervals`` writes the table of docs/intervals.md."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from sim.statistics import Kind, mean_interval

Sizes = tuple[int, int]
TRIALS = 20_000
REPLICATES = (2, 5, 10, 20)


class Case(NamedTuple):
    """A law of which the mean is known.

    Attributes:
        name: What it is.
        kind: What values there can be.
        mean: Its mean.
        draw: (luck, shape) → values.
        least: Coverage in per cent that it has at least from 5 replicates on, less the error of the simulation.
    """

    name: str
    kind: Kind
    mean: float
    draw: Callable[[Generator, Sizes], NDArray[Any]]
    least: float = 93.5


def _negative_binomial(mean: float, size: float) -> Callable[[Generator, Sizes], NDArray[Any]]:
    return lambda luck, shape: luck.negative_binomial(size, size / (size + mean), shape)


def _share(persons: int, share: float) -> Callable[[Generator, Sizes], NDArray[Any]]:
    return lambda luck, shape: luck.binomial(persons, share, shape) / persons


CASES = (
    *(Case(f"count, Poisson, mean {mean:g}", Kind.COUNT, mean, lambda luck, shape, mean=mean: luck.poisson(mean, shape))  # type: ignore[misc]
      for mean in (0.05, 0.3, 1.0, 3.0, 30.0, 1000.0)),
    Case("count, negative binomial, mean 0.5, variance 1", Kind.COUNT, 0.5, _negative_binomial(0.5, 0.5)),
    Case("count, negative binomial, mean 20, variance 220", Kind.COUNT, 20.0, _negative_binomial(20.0, 2.0)),
    Case("count, negative binomial, mean 200, variance 8,200", Kind.COUNT, 200.0, _negative_binomial(200.0, 5.0)),
    Case("share of 2 persons, 30 %", Kind.SHARE, 0.3, _share(2, 0.3)),
    Case("share of 10 persons, 2 %", Kind.SHARE, 0.02, _share(10, 0.02)),
    Case("share of 10 persons, 98 %", Kind.SHARE, 0.98, _share(10, 0.98)),
    Case("share of 300 persons, 1 %", Kind.SHARE, 0.01, _share(300, 0.01)),
    Case("share of 300 persons, 50 %", Kind.SHARE, 0.5, _share(300, 0.5)),
    Case("share, beta, 5 % and skewed", Kind.SHARE, 0.05, lambda luck, shape: luck.beta(1.0, 19.0, shape), 92.0),
    Case("money, log-normal, log sd 0.3", Kind.AMOUNT, float(np.exp(0.045)), lambda luck, shape: luck.lognormal(0.0, 0.3, shape)),
    Case("money, log-normal, log sd 0.7", Kind.AMOUNT, float(np.exp(0.245)), lambda luck, shape: luck.lognormal(0.0, 0.7, shape), 91.0),
    Case("money, log-normal, log sd 1", Kind.AMOUNT, float(np.exp(0.5)), lambda luck, shape: luck.lognormal(0.0, 1.0, shape), 87.0),
    Case("difference, normal", Kind.FREE, 0.0, lambda luck, shape: luck.normal(size=shape)),
)  # fmt: skip


def coverage(case: Case, replicates: int, kind: Kind | None = None, trials: int = TRIALS, seed: int = 1) -> float:
    """Return in per cent how often the interval of a case holds its mean.

    Args:
        case: The case.
        replicates: Replicates behind each interval.
        kind: What the interval takes for granted; None: what is so.
        trials: Intervals.
        seed: Seed of the luck.
    """
    values = case.draw(np.random.default_rng(seed), (replicates, trials))
    _, low, high = mean_interval(values, kind=case.kind if kind is None else kind)
    rounding = 1e-9 * max(1.0, case.mean)
    return 100.0 * float(np.mean((low <= case.mean + rounding) & (high >= case.mean - rounding)))


def table() -> str:
    """Return the table of docs/intervals.md."""
    head = [f"| what | {' | '.join(f'{n} replicates' for n in REPLICATES)} |", f"|---|{'---|' * len(REPLICATES)}"]
    rows = [
        f"| {case.name} | {' | '.join(f'{coverage(case, n):.1f} ({coverage(case, n, Kind.FREE):.1f})' for n in REPLICATES)} |"
        for case in CASES
    ]  # fmt: skip
    return "\n".join([*head, *rows])


if __name__ == "__main__":
    print(table())
