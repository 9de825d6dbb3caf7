"""How often it can be told which parameter carries a difference, and how often the intervals hold: ``python -m benchmarks.carrying``.

Behaviour sets of 15 parameters with a known straight line from the parameters to the difference, two replicates a vector. Luck is as large as makes a
part of the variance of the vectors' means what is not known. `docs/what-carries.md` has the table.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass

import numpy as np

from sim.carrying import carrying

PARAMETERS = tuple(f"p{number}" for number in range(15))
KEPT = 128


@dataclass(frozen=True)
class Truth:
    """What carries the difference.

    Attributes:
        name: What it is called.
        shares: Shares of the first parameters; the others carry nothing.
        part: Part of the variance of the vectors' means that is not luck.
        together: Correlation of the first two parameters in the set.
    """

    name: str
    shares: tuple[float, ...]
    part: float
    together: float = 0.0


TRUTHS = (
    Truth("luck alone", (), 0.0),
    Truth("one carries all, little luck", (1.0,), 0.9),
    Truth("70, 10, 10, 10 %", (0.7, 0.1, 0.1, 0.1), 0.7),
    Truth("50 %, five of 10 %, much luck", (0.5, 0.1, 0.1, 0.1, 0.1, 0.1), 0.5),
    Truth("40, 30, 20, 10 %", (0.4, 0.3, 0.2, 0.1), 0.7),
    Truth("all the same", (1 / 15,) * 15, 0.7),
    Truth("70, 0, 15, 15 %; the first two go together", (0.7, 0.0, 0.15, 0.15), 0.7, 0.8),
)


def try_out(truth: Truth, vectors: int, times: int, seed: int = 1) -> tuple[float, float, float, float]:
    """Return how often something is told, a first is told, that one is the first in truth (of those), and all intervals hold."""
    luck = np.random.default_rng(seed)
    number = len(PARAMETERS)
    mixing = np.eye(number)
    mixing[1, :2] = truth.together, np.sqrt(1.0 - truth.together**2)
    weights = np.zeros(number)
    weights[: len(truth.shares)] = np.sqrt(truth.shares)
    line = mixing.T @ weights
    square = float(line @ line)
    shares = (mixing @ line) ** 2 / square if square else np.zeros(number)
    noise = np.sqrt(2.0 * (1.0 - truth.part) / truth.part * square) if square else 1.0
    told, leads, right, held = 0, 0, 0, 0
    for _ in range(times):
        table = luck.uniform(-np.sqrt(3.0), np.sqrt(3.0), (KEPT, number)) @ mixing.T
        rows = np.repeat(np.arange(vectors), 2)
        values = (table @ weights)[rows] + noise * luck.standard_normal(len(rows))
        found = carrying(values, rows, PARAMETERS, table)
        told += bool(found.told)
        if found.leads:
            leads += 1
            right += shares[PARAMETERS.index(found.carriers[0].key)] >= shares.max() - 1e-9
        held += all(one.low <= shares[PARAMETERS.index(one.key)] + 1e-9 and shares[PARAMETERS.index(one.key)] <= one.high for one in found.carriers)
    return told / times, leads / times, right / leads if leads else float("nan"), held / times


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="How often it can be told which parameter carries a difference.")
    parser.add_argument("--times", type=int, default=2_000, help="simulated studies")
    times = parser.parse_args().times
    print("| truth | vectors | something told | a first told | it is the first | all intervals hold |\n|---|---|---|---|---|---|")
    for truth in TRUTHS:
        for vectors in (10, 20, 40, 100):
            told, leads, right, held = (100.0 * part for part in try_out(truth, vectors, times))
            shown = f"{right:.0f}" if leads >= 1.0 else "–"
            print(f"| {truth.name} | {vectors} | {told:.0f} | {leads:.0f} | {shown} | {held:.0f} |", flush=True)


if __name__ == "__main__":
    main()
