"""Runs cut into chunks, each some work of a worker and one part on the disk.

A chunk is big enough that handing it over costs nothing to speak of, and small enough that losing it does not hurt. It follows from the runs alone,
never from how many workers there are, so that whoever goes on later cuts in the same places.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

LEAST_SECONDS, MOST_SECONDS = 2.0, 8.0
"""Estimated work of a chunk: enough to make handing over cheap; of a point's replicates that are kept together."""
MOST_RUNS = 400
"""Runs of a chunk, however small they are: of the smallest worlds these take some seconds, and their part some 600 kB."""


class Block(NamedTuple):
    """Some replicates of one point.

    Attributes:
        point: Number of the point.
        first: Number of the first replicate.
        runs: How many there are.
    """

    point: int
    first: int
    runs: int


def cut(points: Iterable[tuple[int, float]], first: int, replicates: int) -> Iterator[list[Block]]:
    """Cut the runs of some points into chunks.

    The replicates of a point stay together unless they are much work.

    Args:
        points: Number of a point, and the estimated seconds of one of its runs.
        first: Number of the first replicate.
        replicates: Number of replicates a point.

    Yields:
        Chunks, in the order of the points.
    """
    chunk: list[Block] = []
    seconds, runs = 0.0, 0
    for point, of_run in points:
        together = max(1, min(replicates, int(MOST_SECONDS / of_run) if of_run > 0 else replicates, MOST_RUNS))
        for start in range(0, replicates, together):
            count = min(together, replicates - start)
            if chunk and runs + count > MOST_RUNS:
                yield chunk
                chunk, seconds, runs = [], 0.0, 0
            chunk.append(Block(point, first + start, count))
            seconds, runs = seconds + count * of_run, runs + count
            if seconds >= LEAST_SECONDS:
                yield chunk
                chunk, seconds, runs = [], 0.0, 0
    if chunk:
        yield chunk
