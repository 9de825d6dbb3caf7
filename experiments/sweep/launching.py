"""Chunks handed to workers: threads of this process for little work, else processes, or those of a cluster."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.shared.batches.crew import Crew, Threads, local_cluster, running_cluster
from experiments.shared.batches.runs import Chunk, Finding, failure_of, maker, run_chunk
from experiments.shared.errors import MistakeError
from experiments.sweep.batch import Batch
from sim.bilingual import sentence
from sim.simulation import available_cores

SWEEPER = "hydra.sweeper._target_=hydra_plugins.yizhan.ChunkSweeper"
"""Word that makes Hydra hand out chunks."""
OURS = "hydra_plugins.yizhan.DaskLauncher"
"""Which launcher is ours."""
LITTLE = 3.0
"""Estimated seconds of work that threads of this process do sooner than workers are started (1 to 2 s, and 2 s for each to load the model)."""


@dataclass(frozen=True)
class WatchedBatch(Batch):
    """Chunks that this process watches.

    Attributes:
        workers: Chunks at a time; None: one a core.
        seconds: Estimated seconds of work in all.
        progress: Called with the runs that are done and those that failed since the last call.
    """

    workers: int | None = None
    seconds: float = 0.0
    progress: Callable[[int, int], None] = lambda _done, _failed: None

    def take(self, chunk: Chunk, found: Finding | Exception) -> None:
        """Keep what came of a chunk."""
        if isinstance(found, Exception):
            found = Finding(maker(), failures=[failure_of(block, found) for block in chunk.blocks])
        self.keeper.keep(chunk, found, self.values)
        self.progress(sum(block.runs for block in found.blocks), sum(failure.block.runs for failure in found.failures))

    def __reduce__(self) -> Any:  # noqa: ANN401
        """Leave the progress behind on the way to another process."""
        return Batch, (self.chunks, self.values, self.keeper)


def hand_over(batch: WatchedBatch, keys: Any) -> None:  # noqa: ANN401
    """Let our launcher carry out all chunks, without Hydra's multirun, which composes the configuration twice more.

    Args:
        batch: The chunks.
        keys: The keys of ``hydra.launcher``.
    """
    from hydra.utils import instantiate

    launcher = instantiate(keys)
    launcher.setup(hydra_context=None, task_function=batch, config=None)
    launcher.launch([[]] * len(batch.chunks), initial_job_idx=0)


def carry_out(batch: WatchedBatch, numbers: range, scheduler: str | None, tls: Mapping[str, str]) -> None:
    """Carry out some chunks.

    Args:
        batch: The chunks.
        numbers: Which of them.
        scheduler: Address of a running scheduler, or path of its file; None: workers of this machine.
        tls: Keys of `hydra_plugins.yizhan.DaskLauncherKeys` → files.

    Raises:
        MistakeError: No scheduler is there, or a file is not.
        FailedError: The scheduler is gone.
        OSError: What is found cannot be written.
    """
    with _crew(batch, len(numbers), scheduler, tls) as crew:
        for chunk, found in crew.carry_out(run_chunk, batch.chunks[numbers.start : numbers.stop]):
            batch.take(chunk, found)


def _crew(batch: WatchedBatch, chunks: int, scheduler: str | None, tls: Mapping[str, str]) -> AbstractContextManager[Crew]:
    workers = max(1, min(batch.workers or available_cores(), chunks))
    if not scheduler:
        return nullcontext(Threads(workers)) if batch.seconds < LITTLE else local_cluster(workers)
    for key, path in tls.items():
        if not Path(path).is_file():
            raise MistakeError(sentence(
                "hydra.launcher.{key}={path}: there is no such file; name one that is there",
                "hydra.launcher.{key}={path}：没有这个文件；请指定存在的文件", key=key, path=path,
            ))  # fmt: skip
    return running_cluster(scheduler, tls)
