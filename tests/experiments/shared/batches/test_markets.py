"""Markets of a nation on workers of a cluster: what one process finds, and one clear sentence where a worker is lost."""

from __future__ import annotations

import logging
import os
import pickle
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Self

import pytest

from experiments.cli import main
from experiments.shared.again import NOT_COMPARED
from experiments.shared.batches.crew import Cluster, local_cluster
from experiments.shared.batches.markets import markets_on
from experiments.shared.batches.runs import maker
from experiments.shared.errors import FailedError, MistakeError
from sim.code_cache import LOGGER

WORKER = "tcp://127.0.0.1:1"
NATION = ["place=national", "region.nation.markets=[Henan,Guangdong,Shandong]", "population.graduates=3000", "days=45", "replicates=1", "workers=1",
          "figures=false"]  # fmt: skip


class Client:
    """A client of a scheduler with one worker, which answers as it is told to."""

    status = "running"

    def __init__(self, answer: Callable[[], Any], workers: int = 1, made_by: str | None = None) -> None:
        self.answer, self.workers, self.made_by = answer, workers, made_by or maker()

    def as_current(self) -> Client:
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def wait_for_workers(self, number: int, timeout: float) -> None:
        if self.workers < number:
            raise TimeoutError(timeout)

    def nthreads(self) -> dict[str, int]:
        return {WORKER: 1} if self.workers else {}

    def run(self, _function: Callable[[], str]) -> dict[str, str]:
        return {WORKER: self.made_by}

    def submit(self, *_: object, **__: object) -> Any:
        def carry_out(_letter: bytes) -> Any:
            return SimpleNamespace(result=lambda timeout: self.answer())  # noqa: ARG005

        return SimpleNamespace(result=lambda timeout: SimpleNamespace(carry_out=carry_out))  # noqa: ARG005


def test_a_worker_that_is_lost_is_told_and_one_that_is_slow_is_waited_for() -> None:
    def answer() -> bytes:
        waited.append(1)
        if len(waited) == 1:
            raise TimeoutError
        client.workers = 0
        message = "Unable to contact Actor's worker"
        raise OSError(message)

    waited: list[int] = []
    client = Client(answer)
    with markets_on(Cluster(client, "here")) as hosts, pytest.raises(FailedError, match=f"worker {WORKER} is gone, and its markets"):
        hosts.carry_out("live", [(0, 1)])
    assert len(waited) == 2


def test_a_worker_that_does_not_answer_is_lost_before_the_scheduler_has_noticed() -> None:
    def answer() -> bytes:
        message = "Unable to contact Actor's worker"
        raise OSError(message)

    with markets_on(Cluster(Client(answer), "here")) as hosts, pytest.raises(FailedError, match=f"worker {WORKER} is gone, and its markets"):
        hosts.carry_out("live", [(0, 1)])


def test_a_scheduler_that_is_gone_before_the_client_has_noticed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def answer() -> bytes:
        monkeypatch.setattr(Client, "nthreads", lambda _: answer())
        message = "Stream is closed"
        raise OSError(message)

    with markets_on(Cluster(Client(answer), "there")) as hosts, pytest.raises(FailedError, match="the scheduler at there is gone"):
        hosts.carry_out("live", [(0, 1)])


def test_a_worker_that_says_nothing_for_long_is_told_of_once(monkeypatch: pytest.MonkeyPatch) -> None:
    class Heard(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            told.append(str(record.msg))
            happened.set()

    def answer() -> bytes:
        happened.wait(5.0)
        return pickle.dumps({})

    told: list[str] = []
    happened = threading.Event()
    monkeypatch.setattr("experiments.shared.batches.markets.QUIET", 0.01)
    monkeypatch.setattr(logging.getLogger(LOGGER), "handlers", [Heard()])
    with markets_on(Cluster(Client(answer), "here")) as hosts:
        hosts.carry_out("live", [(0, 1)])
    assert {line.partition(":")[0] for line in told} == {"no answer from the worker tcp"}


def test_what_goes_wrong_in_a_market_is_what_it_says() -> None:
    def answer() -> bytes:
        raise MemoryError

    with markets_on(Cluster(Client(answer))) as hosts, pytest.raises(MemoryError):
        hosts.carry_out("live", [(0, 1)])


def test_a_scheduler_without_workers_and_workers_with_other_sources_are_told() -> None:
    with pytest.raises(MistakeError, match="it has no workers"), markets_on(Cluster(Client(bytes, workers=0), "there")):
        pass
    with pytest.raises(FailedError, match="other sources"), markets_on(Cluster(Client(bytes, made_by="others"))):
        pass


def test_a_cluster_is_for_a_nation(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for verb in ("run", "compare"):
        assert main([verb, "programme=zibo", "population.graduates=100", "scheduler=tcp://127.0.0.1:9", f"output={tmp_path / verb}"]) == 2
        assert "is one market; leave it out" in capsys.readouterr().err
        assert not (tmp_path / verb).exists()


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with local_cluster(2) as crew:
        yield crew


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file() and path.name not in (*NOT_COMPARED, "config.yaml")}


@pytest.mark.slow
@pytest.mark.parametrize("words", [
    ["run", "programme=none"],
    ["compare", "programme=zibo", "region.nation.policy_in=Shandong", "policy.subsidies.initial_awareness=0.5"],
])  # fmt: skip
def test_markets_on_workers_write_the_same_bytes(words: list[str], cluster: Cluster, tmp_path: Path) -> None:
    address = cluster.client.scheduler.address
    for name, more in (("here", []), ("there", [f"scheduler={address}"])):
        assert main([*words, *NATION, *more, f"output={tmp_path / name}"]) == 0
    here, there = files_in(tmp_path / "here"), files_in(tmp_path / "there")
    assert sorted(here) == sorted(there)
    assert len(here) > 3
    assert [name for name in here if here[name] != there[name]] == []


@pytest.mark.slow
def test_a_worker_that_is_killed_ends_the_run_and_nothing_is_kept(cluster: Cluster, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = next(iter(cluster.client.run(os.getpid).values()))

    def killing(*_: object) -> None:
        os.kill(one, signal.SIGKILL)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sim.nation.living.NationWorld._exchange", killing)
        status = main(["run", *NATION, f"scheduler={cluster.client.scheduler.address}", f"output={tmp_path / 'lost'}"])
    assert status == 1
    assert "is gone, and its markets with it" in capsys.readouterr().err
    assert not (tmp_path / "lost").exists()
