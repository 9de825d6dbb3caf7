"""A command in a copy of this process, where all is imported: interrupted at a moment, or by a user who may write little."""

import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import NamedTuple

from experiments.cli import main
from tests.moments import calls_of, send

PATIENCE = 120
"""Seconds."""
NOBODY = 65534
"""Number of the user who owns nothing."""


class Ended(NamedTuple):
    """How a command ended: status, calls that it made, what stood on standard error."""

    status: int
    calls: int
    err: str


def contents(folder: Path) -> dict[str, bytes]:
    """Return path → content of every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def carry_out(
    folder: Path, words: tuple[str, ...], at: int = 0, within: str = "", sign: signal.Signals = signal.SIGINT, *, as_nobody: bool = False,
) -> Ended:  # fmt: skip
    """Carry out a command in a copy of this process.

    Args:
        folder: Folder to be in; what it says is written beside it.
        words: Its words.
        at: Number of the call at which it is interrupted; 0: never.
        within: Whose calls count (see `calls_of`).
        sign: What interrupts it.
        as_nobody: Whether the superuser becomes somebody who owns nothing.
    """
    reading, writing = os.pipe()
    said = folder.parent / "err.txt"
    child = os.fork()
    if child == 0:  # pragma: no cover (in the copy)
        status, calls = [99], 0
        try:
            os.close(reading)
            os.chdir(folder)
            for number, name in ((1, os.devnull), (2, said)):
                os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), number)
            sys.stdout, sys.stderr = open(1, "w", closefd=False), open(2, "w", closefd=False)  # noqa: SIM115
            if as_nobody and os.geteuid() == 0:
                os.setgroups([])
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            try:
                if as_nobody:
                    status.append(main(words))
                else:
                    calls, _ = calls_of(lambda: status.append(main(words)), send(sign), at, within)
            except KeyboardInterrupt:  # the command had not begun, or was over
                status.append(130)
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            os.write(writing, json.dumps([status[-1], calls]).encode())
            os._exit(0)
    os.close(writing)
    end = time.monotonic() + PATIENCE
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        if time.monotonic() > end:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            os.close(reading)
            return Ended(-1, 0, "did not end")
        time.sleep(0.005)
    status_told, calls_told = json.loads(os.read(reading, 1000) or b"[98, 0]")
    os.close(reading)
    return Ended(status_told, calls_told, said.read_text(encoding="utf-8", errors="replace"))
