"""Commands as real processes: each in a session of its own, with a time that it may take, and ended whatever a test does."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[3]
PATIENCE = 240.0
"""Seconds for whatever is waited for: the first run of all may have to compile."""
PROGRESS = re.compile(r"[\d,]+ of [\d,]+ runs done|First run: compiling|[\w., ]+: not offered on any day of the run")


def until(happened: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
    """Wait until something has happened."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, f"waited {seconds:.0f} s in vain until {what}"
        time.sleep(0.05)


class Process:
    """A process that a test has started.

    Attributes:
        said: File of what it says on standard error.
    """

    def __init__(self, folder: Path, command: list[str]) -> None:
        self.said = folder / f"said-{time.monotonic_ns()}.txt"
        with self.said.open("wb") as said:
            self.process = subprocess.Popen(
                command, cwd=folder, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said,
                start_new_session=True,
            )  # fmt: skip

    @property
    def session(self) -> int:
        """Its number, and that of its session and group."""
        return self.process.pid

    def text(self) -> str:
        """Return what it has said."""
        return self.said.read_text(encoding="utf-8")

    def lines(self) -> list[str]:
        """Return what it has said, apart from progress."""
        return [line for line in self.text().splitlines() if not PROGRESS.match(line)]

    def members(self) -> list[psutil.Process]:
        """Return who lives in its session: the process, and what it has started."""
        found = []
        for process in psutil.process_iter():
            with suppress(OSError, psutil.Error):
                if os.getsid(process.pid) == self.session and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
        return found

    def workers(self) -> list[psutil.Process]:
        """Return the workers that it has started."""
        found = []
        for process in self.members():
            with suppress(psutil.Error):
                if process.pid != self.session and "spawn_main" in " ".join(process.cmdline()):
                    found.append(process)
        return found

    def await_said(self, sign: str) -> None:
        """Wait until it says something."""
        until(lambda: sign in self.text() or self.process.poll() is not None, f"it says {sign!r}")
        assert self.process.poll() is None, f"ended before it said {sign!r}: {self.text()}"

    def await_end(self) -> int:
        """Wait until it has ended, and all that it has started; return its status."""
        status = self.process.wait(PATIENCE)
        until(lambda: not self.members(), "no process is left behind", 30)
        return status

    def end(self) -> None:
        """End it and all that it has started."""
        for process in self.members():
            with suppress(psutil.Error):
                process.kill()
        self.process.wait(PATIENCE)


@contextmanager
def started(folder: Path, *words: str, before: tuple[str, ...] = ()) -> Iterator[Process]:
    """Start a module of Python, in a folder; whatever is left of it in the end is ended."""
    process = Process(folder, [*before, sys.executable, "-m", *words])
    try:
        yield process
    finally:
        process.end()


def finished(folder: Path, *words: str, before: tuple[str, ...] = ()) -> tuple[int, list[str]]:
    """Let a command of Yizhan come to its end; return its status and what it says, apart from progress."""
    with started(folder, "experiments", *words, before=before) as process:
        return process.await_end(), process.lines()


@contextmanager
def cluster(folder: Path, workers: int, *tls: str) -> Iterator[tuple[str, Process, list[Process]]]:
    """Start a scheduler and workers, as one does by hand.

    Args:
        folder: Folder to be in.
        workers: How many.
        tls: Options of both for TLS.

    Yields:
        The address, the scheduler, the workers.
    """
    file = folder / f"scheduler-{time.monotonic_ns()}.json"
    protocol = ("--protocol", "tls") if tls else ()
    listening = ("--host", "127.0.0.1", "--port", "0", "--dashboard-address", "127.0.0.1:0", "--no-show", "--scheduler-file", str(file))
    with started(folder, "dask", "scheduler", *listening, *protocol, *tls) as scheduler:
        until(lambda: _address_in(file) != "" or scheduler.process.poll() is not None, "the scheduler has written its file")
        address = _address_in(file)
        assert address, scheduler.text()
        hands: list[Process] = []
        try:
            for _ in range(workers):
                words = ("dask", "worker", address, "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1", "--local-directory", str(folder))
                hands.append(Process(folder, [sys.executable, "-m", *words, *tls]))
            for hand in hands:
                hand.await_said("Registered to")
            yield address, scheduler, hands
        finally:
            for hand in hands:
                hand.end()


def kill(process: int) -> None:
    """Kill a process as the system does when memory is short."""
    os.kill(process, signal.SIGKILL)


def _address_in(file: Path) -> str:
    try:
        return str(json.loads(file.read_text(encoding="utf-8"))["address"])
    except (FileNotFoundError, ValueError, KeyError):
        return ""
