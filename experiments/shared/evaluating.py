"""Points of a design evaluated: cut, carried out, kept as they are done, so that whatever dies loses little and nothing is computed twice.

For commands that ask a model at many values of its parameters. What a run is depends on the point and on the number of its replicate alone, never on
when it was asked or by how many workers it is done.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import numpy as np
import numpy.typing as npt

from experiments.shared.batches.chunks import cut
from experiments.shared.batches.crew import Crew, Threads, local_cluster, running_cluster
from experiments.shared.batches.parts import Parts
from experiments.shared.batches.runs import OTHER_SOURCES, Chunk, Failure, Finding, Measure, Point, digest_of, failure_of, maker, name_of, run_chunk
from experiments.shared.batches.store import Store
from experiments.shared.batches.watching import Watch
from experiments.shared.errors import FailedError
from sim.bilingual import Sentence, message_of, sentence
from sim.scenario import Scenario
from sim.simulation import available_cores

LITTLE = 20.0
"""Estimated seconds of work that threads of this process do sooner than workers are started."""
POINT, REPLICATE = "point", "replicate"
KEPT = Sentence(
    "{runs:,} runs are kept in {folder}; the same command goes on from there (with output={folder})",
    "已在 {folder} 中保留 {runs:,} 次模拟；再次执行同一命令（output={folder}）即可继续",
)


def kept_runs(folder: Store) -> int:
    """Return how many runs are kept in a folder."""
    return sum(int(block[2]) for _, holds in folder.parts.contents() for block in holds["blocks"])


@contextmanager
def telling_what_is_kept(folder: Store) -> Iterator[None]:
    """Let whatever stops the block say what is kept and how to go on.

    Raises:
        KeyboardInterrupt: Interrupted.
        FailedError: Anything else, where something is kept.
    """
    try:
        yield
    except (KeyboardInterrupt, FailedError, OSError, MemoryError) as error:
        if not (runs := kept_runs(folder)):
            raise
        kept = sentence(KEPT, KEPT.zh, runs=runs, folder=folder.path)
        if isinstance(error, KeyboardInterrupt):
            raise KeyboardInterrupt(sentence("interrupted; {kept}", "已中断；{kept}", kept=kept)) from None
        why = message_of(error)
        raise FailedError(sentence("{why}; {kept}", "{why}；{kept}", why=why, kept=kept)) from error


@dataclass
class Evaluating:
    """What is measured at points, and where it is kept.

    Attributes:
        scenario: The scenario in which points change something.
        seed: Seed of every draw.
        names: Names of what is measured.
        measure: (scenario, seed, number of the replicate) → one value a name, NaN where that is not defined; picklable.
        parts: Where what was measured is kept.
        seconds: Estimated seconds of one run.
        workers: Runs at a time; None: one a core.
        scheduler: A Dask scheduler; None: this machine.
        measured: What `measure` depends on besides its arguments, as text: part of what a kept run is known by.
    """

    scenario: Scenario
    seed: int
    names: Sequence[str]
    measure: Measure
    parts: Parts
    seconds: float
    workers: int | None = None
    scheduler: str | None = None
    measured: str = ""

    @cached_property
    def _base(self) -> str:
        """What every run has in common, as a digest."""
        return hashlib.sha256(json.dumps([self.scenario.model_dump_json(), list(self.names), self.measured]).encode()).hexdigest()

    def at(self, changes: Sequence[Mapping[str, Any]], watch: Watch, replicates: int = 1,
           firsts: Sequence[int] | None = None) -> npt.NDArray[np.float64]:  # fmt: skip
        """Return what is measured at some points.

        Args:
            changes: Dotted key → value of each point.
            watch: Is told how far it is.
            replicates: Runs at each point.
            firsts: Number of the first replicate of each point; None: 0, so that points have the same luck and compare by pairs.

        Returns:
            What was measured, shape (points, replicates, names).

        Raises:
            FailedError: Runs that failed.
        """
        points = [Point(0, change, self.seed) for change in changes]
        digests = {number: digest_of(self._base, point) for number, point in enumerate(points)}
        begins = [0] * len(points) if firsts is None else list(firsts)
        done = {(digest, first, runs) for _, holds in self.parts.contents() for digest, first, runs in holds["blocks"]}
        distinct = {(digests[number], begins[number]): number for number in reversed(range(len(points)))}
        chunks = []
        for blocks in cut(((number, self.seconds) for number in sorted(distinct.values())), 0, replicates):
            own = [block._replace(first=begins[block.point] + block.first) for block in blocks]
            asked = tuple(block for block in own if (digests[block.point], block.first, block.runs) not in done)
            if asked:
                chunks.append(Chunk(name_of(asked, digests), asked, {block.point: points[block.point] for block in asked}, {0: self.scenario}))
        self._carry_out(chunks, digests, watch)
        kept = self._kept()
        rows = [[kept[digests[number], begin + run] for run in range(replicates)] for number, begin in enumerate(begins)]
        return np.array(rows, dtype=np.float64).reshape(len(points), replicates, len(self.names))

    def _carry_out(self, chunks: Sequence[Chunk], digests: Mapping[int, str], watch: Watch) -> None:
        failures: list[Failure] = []
        work = partial(run_chunk, measure=self.measure)
        with self._crew(chunks) as crew:
            for chunk, found in crew.carry_out(work, chunks):
                finding = found if isinstance(found, Finding) else Finding(maker(), failures=[failure_of(block, found) for block in chunk.blocks])
                if finding.maker != maker():
                    raise FailedError(OTHER_SOURCES)
                self._keep(chunk, finding, digests)
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
        elif workers == 1 or self.seconds * sum(block.runs for chunk in chunks for block in chunk.blocks) < LITTLE:
            yield Threads(workers)
        else:
            with local_cluster(workers) as cluster:
                yield cluster

    def _keep(self, chunk: Chunk, finding: Finding, digests: Mapping[int, str]) -> None:
        import pyarrow as pa

        if not finding.blocks:
            return
        runs = [(digests[block.point], number) for block in finding.blocks for number in range(block.first, block.first + block.runs)]
        found = np.array(finding.outcomes, dtype=np.float64).reshape(len(runs), len(self.names))
        columns = {POINT: pa.array([point for point, _ in runs]), REPLICATE: pa.array([number for _, number in runs], pa.int64())}
        columns |= {name: found[:, place] for place, name in enumerate(self.names)}
        holds = {"blocks": [[digests[block.point], block.first, block.runs] for block in finding.blocks], "made_by": finding.maker}
        self.parts.write(chunk.name, pa.table(columns), holds)

    def _kept(self) -> dict[tuple[str, int], npt.NDArray[np.float64]]:
        """Return (digest of a point, number of a replicate) → what was measured, of all runs of these names that are kept."""
        found: dict[tuple[str, int], npt.NDArray[np.float64]] = {}
        for table in self.parts.read():
            if not set(self.names) <= set(table.column_names):  # of other runs in the same folder
                continue
            rows = np.column_stack([table[name].to_numpy() for name in self.names])
            found |= dict(zip(zip(table[POINT].to_pylist(), table[REPLICATE].to_pylist(), strict=True), rows, strict=True))
        return found
