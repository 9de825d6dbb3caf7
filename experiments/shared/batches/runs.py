"""What a worker does: runs of scenarios, from one composed configuration and what is changed in it at each point."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from experiments.shared.batches.chunks import Block
from experiments.shared.provenance import circumstances
from sim.bilingual import Sentence, in_language, message_of
from sim.outcomes import OUTCOMES
from sim.scenario import Scenario
from sim.simulation import outcomes_of

Measure = Callable[[Scenario, int, int], list[float]]
"""Takes a scenario, a seed and the number of a replicate, runs it, and returns what is kept of it."""
OTHER_SOURCES = Sentence(
    "a worker has other sources of Yizhan, or other libraries, than this machine: its numbers are not taken. Install the same there",
    "有工作进程的 Yizhan 源代码或程序库与本机不同，其结果不予采用。请安装相同的版本",
)  # fmt: skip
OF_NUMBERS = ("mesa", "numpy", "numba", "llvmlite", "scipy", "pydantic")
"""Libraries on which numbers may depend."""


class Point(NamedTuple):
    """One point: a scenario, and the seed of its luck.

    Attributes:
        base: Which composed scenario it comes from.
        changes: Dotted key → value that is changed in that.
        seed: Seed of every draw.
    """

    base: int
    changes: Mapping[str, Any]
    seed: int


@dataclass(frozen=True)
class Chunk:
    """Some work of a worker: blocks of runs, with all that they need.

    Attributes:
        name: Digest of what is asked.
        blocks: The runs.
        points: Number of a point → the point.
        bases: Number → composed scenario.
    """

    name: str
    blocks: tuple[Block, ...]
    points: Mapping[int, Point]
    bases: Mapping[int, Scenario]


class Failure(NamedTuple):
    """Why the runs of a block failed."""

    block: Block
    kind: str
    message: Sentence


@dataclass
class Finding:
    """What came of a chunk.

    Attributes:
        blocks: The blocks that are done.
        outcomes: For each run of them, in order, what was measured: the value of each outcome in the order of `sim.outcomes.OUTCOMES`, for example.
        failures: The blocks that failed.
        maker: Digest of what numbers may depend on besides the configuration, where it was computed.
    """

    maker: str
    blocks: list[Block] = field(default_factory=list)
    outcomes: list[list[float]] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)


def every_outcome(scenario: Scenario, seed: int, number: int) -> list[float]:
    """Run one replicate and return the value of each outcome."""
    found = outcomes_of(scenario, seed, number)
    return [found[name] for name in OUTCOMES]


def run_chunk(chunk: Chunk, measure: Measure = every_outcome) -> Finding:
    """Run a chunk in this thread; what fails is told, and the rest goes on.

    Args:
        chunk: The chunk.
        measure: (scenario, seed, number of the replicate) → what is kept of a run.
    """
    finding = Finding(maker())
    for block in chunk.blocks:
        point = chunk.points[block.point]
        try:
            base = chunk.bases[point.base]
            scenario = base.with_(point.changes) if point.changes else base
            found = [measure(scenario, point.seed, number) for number in range(block.first, block.first + block.runs)]
        except Exception as error:  # noqa: BLE001 (told, and the rest goes on)
            finding.failures.append(failure_of(block, error))
        else:
            finding.blocks.append(block)
            finding.outcomes += found
    return finding


def failure_of(block: Block, error: BaseException) -> Failure:
    """Say why a block failed."""
    text = Sentence("not enough memory", "内存不足") if isinstance(error, MemoryError) else message_of(error)
    english, chinese = (in_language(text, language) for language in ("en", "zh"))
    return Failure(block, type(error).__name__, Sentence(english or type(error).__name__, chinese or type(error).__name__))


def name_of(blocks: Sequence[Block], digests: Mapping[int, str]) -> str:
    """Return the digest of what a chunk is asked.

    Args:
        blocks: Its blocks.
        digests: Number of a point → digest of its configuration.
    """
    asked = [(digests[block.point], block.first, block.runs) for block in blocks]
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:24]


def digest_of(base: str, point: Point) -> str:
    """Return the digest of the configuration of a point.

    Args:
        base: Digest of the composed scenario that it comes from.
        point: The point.
    """
    text = json.dumps([base, dict(point.changes), point.seed], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def maker() -> str:
    """Return the digest of what numbers may depend on besides the configuration: sources and libraries."""
    now = circumstances()
    parts = [now["sources_sha256"], *(now["libraries"].get(name) for name in OF_NUMBERS)]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
