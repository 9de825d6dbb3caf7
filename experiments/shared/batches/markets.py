"""Markets of a nation on the workers of a cluster (Dask): an actor keeps those of a worker, and this process asks them step by step."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from experiments.shared.batches.crew import PATIENCE, Cluster
from experiments.shared.batches.runs import OTHER_SOURCES, maker
from experiments.shared.errors import FailedError, MistakeError
from sim.bilingual import sentence
from sim.code_cache import LOGGER
from sim.nation.hosting import Afar, Keeper

Answer = TypeVar("Answer")
LOOKING = 5.0
"""Seconds between two looks at whether the workers are still there."""
QUIET = 60.0
"""Seconds without an answer after which this is told: a scheduler takes minutes to give up a worker that stands still, and may stand still itself."""


@contextmanager
def markets_on(cluster: Cluster) -> Iterator[Afar]:
    """Let workers of a cluster keep the markets of a nation, each as many at a time as it has threads.

    Raises:
        MistakeError: The scheduler has no workers.
        FailedError: A worker has other sources or libraries than this machine, or is lost.
    """
    client = cluster.client
    with client.as_current():  # actors find their client so
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            raise MistakeError(sentence(
                "scheduler={address}: it has no workers. Start some (dask worker {address}), or leave the key out to use this machine",
                "scheduler={address}：没有工作进程。请先启动（dask worker {address}），或去掉此键改用本机", address=cluster.address,
            )) from None  # fmt: skip
        threads = dict(sorted(client.nthreads().items()))
        try:
            made_by = set(client.run(maker).values())
        except Exception as error:  # Yizhan is not there at all, say
            raise FailedError(OTHER_SOURCES) from error
        if made_by != {maker()}:
            raise FailedError(OTHER_SOURCES)
        asked = [
            client.submit(Keeper, number, actor=True, workers=[address], allow_other_workers=False, pure=False)
            for address, number in threads.items()
        ]  # fmt: skip
        keepers = list(zip(threads, _answers(cluster, list(threads), [future.result for future in asked]), strict=True))

        def send(letters: Sequence[bytes]) -> list[bytes]:
            return _answers(cluster, list(threads), [keeper.carry_out(letter).result for (_, keeper), letter in zip(keepers, letters, strict=True)])

        yield Afar(tuple(threads.values()), send)


def _answers(cluster: Cluster, workers: Sequence[str], asked: Sequence[Callable[..., Answer]]) -> list[Answer]:
    """Wait for what each worker answers.

    Raises:
        FailedError: One is lost, with its markets.
    """
    found: list[Answer] = []
    with _telling_of_quiet(lambda: workers[min(len(found), len(workers) - 1)]):
        for worker, result in zip(workers, asked, strict=True):
            while True:
                try:
                    found.append(result(timeout=LOOKING))
                    break
                except Exception as error:
                    cluster.refuse_lost()
                    try:
                        there = cluster.client.nthreads()
                    except OSError:  # before the client has noticed
                        raise cluster.gone() from error
                    lost = [one for one in workers if one not in there]
                    if not lost and isinstance(error, OSError) and error.errno is None and not isinstance(error, TimeoutError):
                        lost = [worker]  # it does not answer, and the scheduler has not noticed yet
                    if lost:
                        raise FailedError(sentence(
                            "the worker {worker} is gone, and its markets with it (too little memory, or somebody ended it); "
                            "nothing is kept of this run",
                            "工作进程 {worker} 已断开，其各市场随之丢失（内存不足，或被人终止）；本次运行未保留任何结果", worker=lost[0],
                        )) from error  # fmt: skip
                    if not isinstance(error, TimeoutError):
                        raise
    return found


@contextmanager
def _telling_of_quiet(slow: Callable[[], str]) -> Iterator[None]:
    """Tell if the block takes long, once.

    Args:
        slow: Names the worker that is waited for.
    """

    def tell() -> None:
        logging.getLogger(LOGGER).warning(sentence(
            "no answer from the worker {worker} for {seconds:.0f} s: it is at work, or it or the scheduler stands still. Waiting; "
            "Ctrl-C ends the command",
            "工作进程 {worker} 已 {seconds:.0f} 秒没有回应：可能仍在运算，也可能它或调度器已停滞。继续等待，可按 Ctrl-C 结束",
            worker=slow(), seconds=QUIET,
        ))  # fmt: skip

    timer = threading.Timer(QUIET, tell)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
