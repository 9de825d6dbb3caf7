"""Runs at many values of the free parameters: cut, carried out, kept, so that whatever dies loses little."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

import numpy as np

from experiments.shared.batches.chunks import Block, cut
from experiments.shared.batches.crew import Crew, Threads, local_cluster, running_cluster
from experiments.shared.batches.parts import Parts
from experiments.shared.batches.runs import Chunk, Failure, Finding, Point, digest_of, failure_of, maker, name_of, run_chunk
from experiments.shared.batches.watching import Watch
from experiments.shared.beforehand import seconds_of_a_day
from experiments.shared.errors import FailedError
from sim.bilingual import sentence
from sim.calibration.posterior import Runs
from sim.calibration.space import Space, Values
from sim.scenario import Scenario
from sim.simulation import available_cores
from sim.targets.measuring import days_of, measure_targets
from sim.targets.target import Target

LITTLE = 20.0
"""Estimated seconds of work that threads of this process do sooner than workers are started."""
POINT = "point"


def measure(scenario: Scenario, seed: int, number: int, targets: Sequence[Target]) -> list[float]:
    """Run one replicate and return what it has for each target; NaN where that is not defined."""
    found = measure_targets(scenario, seed, number, targets)
    return [float(found[target.name]) for target in targets]


@dataclass
class Measuring:
    """What is measured, and where it is kept.

    Attributes:
        scenario: The scenario without the free parameters.
        space: The free parameters.
        targets: The targets.
        seed: Seed of every draw.
        parts: Where what was measured is kept.
        workers: Runs at a time; None: one a core.
        scheduler: A Dask scheduler; None: this machine.
    """

    scenario: Scenario
    space: Space
    targets: Sequence[Target]
    seed: int
    parts: Parts
    workers: int | None = None
    scheduler: str | None = None

    def seconds(self) -> float:
        """Return the estimated seconds of one run."""
        return seconds_of_a_day(self.scenario) * days_of(self.scenario, self.targets)

    def at(self, values: Values, first: int, watch: Watch, replicates: int = 1) -> Runs:
        """Return what is measured at some values, each with luck of its own.

        Args:
            values: The values, shape (points, parameters).
            first: Number of the first run: those of other values have other numbers, and other luck.
            watch: Is told how far it is.
            replicates: Runs at each point.

        Raises:
            FailedError: Runs that failed.
        """
        points = {first + place * replicates: Point(0, self.space.problem.changes(row), self.seed) for place, row in enumerate(values)}
        base = hashlib.sha256(f"{self.scenario.model_dump_json()}{[target.name for target in self.targets]}".encode()).hexdigest()
        digests = {number: digest_of(base, point) for number, point in points.items()}
        done = {Block(*block) for _, holds in self.parts.contents() for block in holds["blocks"]}
        chunks = []
        for blocks in cut(((number, self.seconds()) for number in points), 0, replicates):
            own = [block._replace(first=block.point + block.first) for block in blocks]
            asked = tuple(block for block in own if block not in done)
            if asked:
                named = {block.point for block in asked}
                chunks.append(Chunk(name_of(asked, digests), asked, {number: points[number] for number in named}, {0: self.scenario}))
        self._carry_out(chunks, watch)
        table = self._kept()
        numbers = range(first, first + len(values) * replicates)
        names = tuple(target.name for target in self.targets)
        return Runs(np.repeat(values, replicates, axis=0), names, np.array([table[number] for number in numbers]))

    def _carry_out(self, chunks: Sequence[Chunk], watch: Watch) -> None:
        failures: list[Failure] = []
        work = partial(run_chunk, measure=partial(measure, targets=tuple(self.targets)))
        with self._crew(chunks) as crew:
            for chunk, found in crew.carry_out(work, chunks):
                finding = found if isinstance(found, Finding) else Finding(maker(), failures=[failure_of(block, found) for block in chunk.blocks])
                if finding.maker != maker():
                    raise FailedError(sentence(
                        "a worker has other sources of Yizhan, or other libraries, than this machine: its numbers are not taken",
                        "有工作进程的 Yizhan 源代码或程序库与本机不同，其结果不予采用",
                    ))  # fmt: skip
                self._keep(chunk, finding)
                failures += finding.failures
                watch(sum(block.runs for block in finding.blocks), sum(failure.block.runs for failure in finding.failures))
        if failures:
            raise FailedError(sentence(
                "{n} runs failed; the first: {why}", "{n} 次模拟失败；首个原因：{why}", n=len(failures), why=failures[0].message,
            ))  # fmt: skip

    @contextmanager
    def _crew(self, chunks: Sequence[Chunk]) -> Iterator[Crew]:
        workers = max(1, min(self.workers or available_cores(), len(chunks)))
        if self.scheduler:
            with running_cluster(self.scheduler, {}) as cluster:
                yield cluster
        elif workers == 1 or self.seconds() * sum(len(chunk.blocks) for chunk in chunks) < LITTLE:
            yield Threads(workers)
        else:
            with local_cluster(workers) as cluster:
                yield cluster

    def _keep(self, chunk: Chunk, finding: Finding) -> None:
        import pyarrow as pa

        if not finding.blocks:
            return
        numbers = [number for block in finding.blocks for number in range(block.first, block.first + block.runs)]
        found = np.array(finding.outcomes, dtype=np.float64)
        columns = {POINT: pa.array(numbers, pa.int64())} | {target.name: found[:, place] for place, target in enumerate(self.targets)}
        self.parts.write(chunk.name, pa.table(columns), {"blocks": [list(block) for block in finding.blocks], "made_by": finding.maker})

    def _kept(self) -> dict[int, Values]:
        """Return the number of each run that is kept, with what it measured."""
        found: dict[int, Values] = {}
        for table in self.parts.read():
            if not {target.name for target in self.targets} <= set(table.column_names):  # of runs that were asked for less
                continue
            rows = np.column_stack([table[target.name].to_numpy() for target in self.targets])
            found |= dict(zip(table[POINT].to_pylist(), rows, strict=True))
        return found
