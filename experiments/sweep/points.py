"""The points of a sweep, composed and checked before anything runs, and cut into chunks."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from experiments.shared.application import Plain, check_outcomes, launch, read_options, read_scenario
from experiments.shared.batches.chunks import Block, cut
from experiments.shared.batches.runs import Chunk, Point, digest_of, name_of
from experiments.shared.beforehand import bytes_of, seconds_of_a_day
from experiments.shared.errors import MistakeError
from experiments.shared.given import quoted
from experiments.shared.own_taken import blamed
from experiments.sweep.designs import Design
from experiments.sweep.formats import check_formats
from experiments.sweep.options import SweepOptions
from sim.bilingual import sentence
from sim.configuration import GROUPS, ConfigurationError
from sim.own_files import own_in_use
from sim.scenario import Scenario

COMPOSED = (*GROUPS, "start", "population.people", "market.posts")
"""Keys that decide what else a configuration holds: files are composed anew for each combination of their values."""
SEED = "seed"


@dataclass
class Plan:
    """All runs of a sweep.

    Attributes:
        design: The design.
        bases: The composed scenarios.
        points: The points, in order.
        digests: Digest of the configuration of each point.
        seconds: Estimated seconds of one run of each point.
        memory: Estimated bytes of the largest run.
    """

    design: Design
    bases: list[Scenario] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    memory: float = 0.0

    @cached_property
    def digest(self) -> str:
        """Digest of the design and of the configuration of every point."""
        content = [self.design.kind, list(self.design.axes), self.design.reference, list(self.design.names), self.digests]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()

    def chunks(self, options: SweepOptions, done: Iterable[Block] = ()) -> Iterator[Chunk]:
        """Cut what is to be done into chunks.

        Args:
            options: Which replicates, and which share of the points.
            done: Blocks that are done.
        """
        known = set(done)
        points = ((number, self.seconds[number]) for number in self.numbers(options))
        for blocks in cut(points, options.first_replicate, options.replicates):
            asked = [block for block in blocks if block not in known]
            if asked:
                numbers = {block.point for block in asked}
                bases = {self.points[number].base for number in numbers}
                yield Chunk(
                    name_of(asked, {number: self.digests[number] for number in numbers}), tuple(asked),
                    {number: self.points[number] for number in numbers}, {base: self.bases[base] for base in bases},
                )  # fmt: skip

    def numbers(self, options: SweepOptions) -> range:
        """Return the numbers of the points that this command computes: all, or those of its shard, every N-th."""
        number, of = options.share or (1, 1)
        return range(number - 1, len(self.points), of)


def plan_of(words: Sequence[str], design: Design, options: SweepOptions, present: Scenario) -> Plan:
    """Compose and check every point before anything runs.

    Args:
        words: The words that do not vary, as Hydra reads them.
        design: The design.
        options: The keys of the command.
        present: What the words that do not vary make by themselves.

    Raises:
        MistakeError: A point that is not allowed.
    """
    with blamed("outcomes"):
        check_outcomes(options.outcomes)
    check_formats(options.format)
    if options.share and options.share[0] > len(design.points):
        raise MistakeError(sentence(
            "shard={shard}: the sweep has {points:,} points, so that none is left for this shard; write shard=i/N with i up to {points}",
            "shard={shard}：扫描共 {points:,} 个点，这一份没有点；请写 shard=i/N，i 不超过 {points}", shard=options.shard, points=len(design.points),
        ))  # fmt: skip
    plan = Plan(design)
    composed: dict[tuple[str, ...], int] = {}
    digests: list[str] = []
    chosen = [key for key in design.axes if key in COMPOSED]
    for number, values in enumerate(design.points):
        choice = tuple(f"{key}={_written(values[key])}" for key in chosen)
        if choice not in composed:
            composed[choice] = len(plan.bases)
            plan.bases.append(compose([*words, *choice]) if choice else present)
            digests.append(hashlib.sha256(plan.bases[-1].model_dump_json().encode()).hexdigest())
        base = composed[choice]
        changes = {key: value for key, value in values.items() if key not in COMPOSED and key != SEED}
        seed = options.seed if SEED not in values else read_options(SweepOptions, {SEED: values[SEED]}).seed
        point = Point(base, changes, seed)
        scenario = _changed(plan.bases[base], changes, number)
        plan.points.append(point)
        plan.digests.append(digest_of(digests[base], point))
        plan.seconds.append(seconds_of_a_day(scenario) * scenario.days)
        plan.memory = max(plan.memory, bytes_of(scenario))
    return plan


def compose(words: Sequence[str]) -> Scenario:
    """Compose one scenario."""
    found: list[Scenario] = []

    def take(plain: Plain) -> None:
        found.append(read_scenario(plain, SweepOptions))

    launch("sweep", take, [*words, "hydra.mode=RUN"], SweepOptions.model_fields)
    return found[0]


def _changed(base: Scenario, changes: Mapping[str, Any], number: int) -> Scenario:
    """Return the scenario of a point.

    Raises:
        MistakeError: It is not allowed.
    """
    try:
        return base.with_(changes) if changes else base
    except ConfigurationError as error:
        own = own_in_use()
        key = next((key for key in changes if key in str(error)), "")
        told = own.located(key, error.args[0]) if key else error.args[0]
        at = ", ".join(f"{key}={value}" for key, value in changes.items())
        raise MistakeError(sentence("point {number} ({at}): {why}", "第 {number} 点（{at}）：{why}", number=number, at=at, why=told)) from None


def _written(value: object) -> str:
    """Write the value of a key that chooses a file, or of the start, for Hydra."""
    return quoted(str(value)) if isinstance(value, str) else str(value)


def levels_of(design: Design, key: str) -> list[float]:
    """Return the numbers among the values of a varied key, each once."""
    found = dict.fromkeys(values[key] for values in design.points)
    return [float(value) for value in found if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)]
