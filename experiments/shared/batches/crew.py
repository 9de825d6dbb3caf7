"""Workers: threads of this process, processes of this machine, or a cluster that is there already (Dask).

Tasks are handed over some at a time, so that neither this process nor the scheduler holds more than it must, and come back in whatever order they
are done. A worker that dies is replaced, and its task begun again; a task that takes several workers with it is given up, and says so.
"""

from __future__ import annotations

import contextlib
import logging
import queue
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from itertools import islice
from typing import Any, Protocol, TypeVar

from experiments.shared.batches.reaching import address_of, ask_who_is_there, security_of
from experiments.shared.errors import FailedError, MistakeError
from experiments.shared.signals import postponed, undisturbed
from sim.bilingual import Sentence, message_of, sentence

Task = TypeVar("Task")
Found = TypeVar("Found")

AHEAD = 3
"""Tasks handed over for each worker: one in its hands, the others on the way."""
DEATHS = 2
"""Workers of this machine that die over a task before it is set aside; and again when it is tried alone."""
CALLING = "5s"
"""How long the scheduler calls a worker of this machine that does not answer any more."""
CALM = {
    "distributed.worker.profile.enabled": False, "distributed.admin.tick.interval": "500ms", "distributed.admin.system-monitor.interval": "5s",
    "distributed.admin.low-level-log-length": 100, "distributed.diagnostics.computations.max-history": 1,
}  # fmt: skip
"""How little Dask looks at itself and remembers. As it comes, it looks fifty times a second in every process, which takes time of the simulations,
and remembers the last 1,000 steps of tasks with all that these held."""
PATIENCE = 10.0
"""Seconds to wait for a scheduler that is said to be there."""
PROCESS = "Dask Worker"
"""Begins the name of the process of a worker of this machine."""
HERE = "127.0.0.1"
LOST = Sentence(
    "the worker died several times over it: too little memory, or somebody ended it", "处理该任务的进程多次中途退出：内存不足，或被人终止",
)  # fmt: skip


class LostTaskError(Exception):
    """A task was given up because workers died of it."""


class Crew(Protocol):
    """Whoever carries out tasks."""

    def carry_out(self, function: Callable[[Task], Found], tasks: Iterable[Task]) -> Iterator[tuple[Task, Found | Exception]]:
        """Carry out tasks; yield each with what was found, or with the error that it ended in, as they are done."""
        ...


class Threads:
    """Threads of this process, for little work: there is nothing to start.

    Args:
        workers: Tasks at a time.
    """

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def carry_out(self, function: Callable[[Task], Found], tasks: Iterable[Task]) -> Iterator[tuple[Task, Found | Exception]]:
        """Carry out tasks (see `Crew`). Whoever stops listening waits for the tasks at hand, no longer."""
        waiting = iter(tasks)
        done: queue.SimpleQueue[tuple[Task, Found | Exception]] = queue.SimpleQueue()
        at_hand = 0

        def work(task: Task) -> None:
            try:
                done.put((task, function(task)))
            except Exception as error:  # noqa: BLE001 (the error is the answer)
                done.put((task, error))

        with ThreadPoolExecutor(self.workers, thread_name_prefix="worker") as pool:
            while True:
                for task in islice(waiting, self.workers - at_hand):
                    pool.submit(work, task)
                    at_hand += 1
                if not at_hand:
                    return
                yield done.get()
                at_hand -= 1


class Cluster:
    """Workers of a Dask scheduler.

    Args:
        client: A client of it.
        address: Address of a scheduler that runs by itself; empty where it belongs to this process.
    """

    def __init__(self, client: Any, address: str = "") -> None:  # noqa: ANN401
        self.client = client
        self.address = address

    def carry_out(self, function: Callable[[Task], Found], tasks: Iterable[Task]) -> Iterator[tuple[Task, Found | Exception]]:
        """Carry out tasks (see `Crew`).

        Raises:
            FailedError: The scheduler is gone.
        """
        from concurrent.futures import CancelledError

        from distributed import KilledWorker
        from distributed.client import FutureCancelledError

        waiting = iter(tasks)
        done: queue.SimpleQueue[Any] = queue.SimpleQueue()
        at_hand: dict[Any, Task] = {}
        suspects: list[Task] = []
        alone: Task | None = None
        try:
            while True:
                for task in islice(waiting, max(0, AHEAD * self._threads() - len(at_hand))):
                    future = self.client.submit(function, task, pure=False)
                    at_hand[future] = task
                    future.add_done_callback(done.put)
                if not at_hand and suspects:
                    alone = suspects.pop(0)
                    waiting = iter([alone])
                    continue
                if not at_hand:
                    return
                self.refuse_lost()
                with contextlib.suppress(queue.Empty):
                    future = done.get(timeout=1.0)
                    try:
                        answer: Found | Exception = future.result()
                    except KilledWorker:
                        answer = LostTaskError(LOST)
                        if at_hand[future] is not alone:  # it may have stood beside the one that workers die of: once more, by itself
                            suspects.append(at_hand.pop(future))
                            continue
                    except (FutureCancelledError, CancelledError):
                        self.refuse_lost()
                        raise
                    except Exception as error:  # noqa: BLE001 (the error is the answer)
                        answer = error
                    yield at_hand.pop(future), answer
        finally:
            with contextlib.suppress(Exception):
                self.client.cancel(list(at_hand))

    def _threads(self) -> int:
        """Return how many tasks the workers that are there can carry out at a time."""
        with contextlib.suppress(Exception):
            return max(1, int(sum(self.client.nthreads().values())))
        return 1

    def refuse_lost(self) -> None:
        """Refuse to go on without the scheduler.

        Raises:
            FailedError: It is gone.
        """
        if self.client.status != "running":
            raise self.gone()

    def gone(self) -> FailedError:
        """Return what is said of a scheduler that is gone."""
        where = self.address or HERE
        return FailedError(sentence("the scheduler at {where} is gone", "位于 {where} 的调度器已断开", where=where))


@contextlib.contextmanager
def local_cluster(workers: int) -> Iterator[Cluster]:
    """Start workers on this machine, each a process that is replaced when it dies; they and their scheduler listen on 127.0.0.1 alone."""
    with quiet(), without_main():
        import dask
        from distributed import Client, LocalCluster

        settings = {"distributed.scheduler.allowed-failures": DEATHS - 1, "distributed.comm.timeouts.connect": CALLING}
        with _closed_undisturbed() as opened:
            with postponed():  # what is half started cannot be closed
                opened.enter_context(dask.config.set(settings | CALM))
                cluster = opened.enter_context(LocalCluster(
                    n_workers=workers, threads_per_worker=1, processes=True, host=HERE, dashboard_address=f"{HERE}:0", memory_limit=0,
                    silence_logs=logging.CRITICAL, preload=["experiments.shared.batches.unreachable"],
                ))  # fmt: skip
                client = opened.enter_context(Client(cluster, set_as_default=False))
            yield Cluster(client)


@contextlib.contextmanager
def without_main() -> Iterator[None]:
    """Let workers start without the program that asks for them, for they need nothing of it.

    Python would have each of them run it once more: a script without ``if __name__ == "__main__"`` would begin its other commands again, and of a
    program that is read from standard input there is no file to run.
    """
    from multiprocessing import spawn

    prepared = spawn.get_preparation_data

    def of_process(name: str) -> dict[str, Any]:
        return {key: value for key, value in prepared(name).items() if not (name.startswith(PROCESS) and key.startswith("init_main"))}

    spawn.get_preparation_data = of_process
    try:
        yield
    finally:
        spawn.get_preparation_data = prepared


@contextlib.contextmanager
def _closed_undisturbed() -> Iterator[contextlib.ExitStack]:
    """Close what was opened, whoever presses Ctrl-C again."""
    opened = contextlib.ExitStack()
    try:
        yield opened
    finally:
        with undisturbed():
            opened.close()


@contextlib.contextmanager
def running_cluster(address: str, security: Mapping[str, str]) -> Iterator[Cluster]:
    """Take the workers of a scheduler that runs by itself.

    Args:
        address: Its address, such as ``tcp://10.0.0.1:8786``, or the path of its file.
        security: Keys of `reaching.TLS_FILES` → paths; none for a scheduler without TLS, or with the keys of Dask's own configuration.

    Raises:
        MistakeError: There is none, or it asks for other keys.
    """
    with quiet():
        from distributed import Client
        from distributed.comm.addressing import resolve_address

        at = address_of(address)
        try:
            keys = security_of(at, security)
            resolve_address(at)  # a client that cannot read its address waits for half a minute
            ask_who_is_there(at, keys, PATIENCE)
            with postponed():
                client = Client(at, security=keys, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError, TypeError, RuntimeError, ImportError) as error:
            said = message_of(error)
            why = Sentence(*((text.strip().splitlines() or [type(error).__name__])[0] for text in (said, said.zh)))
            raise MistakeError(sentence(
                "scheduler={address}: no scheduler answers there ({why}). Start one (dask scheduler) and workers "
                "(dask worker {address}), or leave the key out to use this machine",
                "scheduler={address}：没有调度器响应（{why}）。请先启动调度器（dask scheduler）与工作进程"
                "（dask worker {address}），或去掉此键改用本机",
                address=address, why=why,
            )) from None  # fmt: skip
        with client:
            yield Cluster(client, at)


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Let Dask say nothing of its own: what matters comes back as an error."""
    import_module("distributed")  # which sets up its loggers
    loggers = [logging.getLogger(name) for name in ("distributed", "distributed.client", "distributed.nanny", "distributed.scheduler", "tornado")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
