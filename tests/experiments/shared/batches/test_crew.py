"""Workers carry out every task once, whatever becomes of them."""

import os
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from experiments.shared.batches.crew import Cluster, Crew, LostTaskError, Threads, local_cluster, running_cluster
from experiments.shared.errors import MistakeError


def double(number: int) -> int:
    if number < 0:
        raise ArithmeticError(number)
    return 2 * number


def deadly(number: int) -> int:
    if number == 3:
        os._exit(9)
    return double(number)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """Start workers, from a program that cannot be run once more, as that of ``python -``."""
    program = sys.modules["__main__"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(program, "__file__", "<stdin>", raising=False)
        patch.setattr(program, "__spec__", None)
        with local_cluster(2) as crew:
            yield crew


@pytest.fixture(params=["threads", "cluster"])
def crew(request: pytest.FixtureRequest) -> Crew:
    found: Crew = Threads(2) if request.param == "threads" else request.getfixturevalue("cluster")
    return found


def test_every_task_comes_back_once_with_what_was_found_or_its_error(crew: Crew) -> None:
    tasks = [*range(40), -1, *range(40, 60)]
    found = dict(crew.carry_out(double, iter(tasks)))
    assert sorted(found) == sorted(tasks)
    assert isinstance(found.pop(-1), ArithmeticError)
    assert found == {number: 2 * number for number in found}


def test_no_tasks_are_no_trouble(crew: Crew) -> None:
    assert list(crew.carry_out(double, [])) == []


def test_tasks_are_handed_over_some_at_a_time(crew: Crew) -> None:
    taken: list[int] = []

    def tasks() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    answers = crew.carry_out(double, tasks())
    for _ in range(3):
        next(answers)
    assert len(taken) < 30
    answers.close()  # type: ignore[attr-defined]


def test_whoever_stops_listening_waits_for_the_tasks_at_hand_alone() -> None:
    begun: list[int] = []

    def slow(number: int) -> int:
        begun.append(number)
        time.sleep(0.05)
        return number

    answers = Threads(2).carry_out(slow, range(100))
    next(answers)
    answers.close()  # type: ignore[attr-defined]
    assert len(begun) <= 4
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("worker")]


def test_a_task_that_workers_die_of_is_given_up_and_its_neighbours_are_not(cluster: Cluster) -> None:
    found = dict(cluster.carry_out(deadly, range(8)))
    assert isinstance(found.pop(3), LostTaskError)
    assert found == {number: 2 * number for number in (0, 1, 2, 4, 5, 6, 7)}


ABSENT = [
    ("tcp://127.0.0.1:9", "no scheduler answers"), ("nonsense", "missing port number"), ("nonsense://x:1", "unknown address scheme"),
    ("tls://127.0.0.1:9", "TLS needs the files"), ("nosuch.json", "no such file"),
]  # fmt: skip


@pytest.mark.parametrize(("address", "why"), ABSENT)
def test_a_scheduler_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch, address: str, why: str) -> None:
    monkeypatch.setattr("experiments.shared.batches.crew.PATIENCE", 0.5)
    with pytest.raises(MistakeError, match=why) as caught, running_cluster(address, {}):
        pass
    assert address in str(caught.value)


@pytest.mark.parametrize("said", [b"", b"HTTP/1.0 200 OK\r\n\r\n", b"<!DOCTYPE HTML>", bytes(64)])
def test_what_listens_there_and_is_no_scheduler_is_told(monkeypatch: pytest.MonkeyPatch, said: bytes) -> None:
    monkeypatch.setattr("experiments.shared.batches.crew.PATIENCE", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"tcp://127.0.0.1:{server.getsockname()[1]}"

        def answer() -> None:
            there, _ = server.accept()
            there.sendall(said)
            heard.append(there)  # and stays

        heard: list[socket.socket] = []
        answering = threading.Thread(target=answer)
        answering.start()
        with pytest.raises(MistakeError, match="does not answer as a scheduler does"), running_cluster(address, {}):
            pass
        answering.join()
        heard[0].close()


def test_a_file_that_no_scheduler_wrote_and_keys_without_tls_are_told(tmp_path: Path) -> None:
    file = tmp_path / "other.json"
    for content in ("{}", "[]", "no JSON", '{"address": 5}', '{"address": null}'):
        file.write_text(content, encoding="utf-8")
        with pytest.raises(MistakeError, match="no file of a scheduler"), running_cluster(str(file), {}):
            pass
    file.write_text('{"address": "tcp://127.0.0.1:9"}', encoding="utf-8")
    for address in ("tcp://127.0.0.1:9", str(file)):
        with pytest.raises(MistakeError, match="TLS needs an address that begins with tls://"), running_cluster(address, {"tls_ca_file": "ca.pem"}):
            pass
