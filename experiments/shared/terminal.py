"""Writing to the terminal, where a reader may hang up early (``yizhan run | head``), and which may be closed: the rest goes on all the same."""

from __future__ import annotations

import errno
import io
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from experiments.shared.errors import OutputError
from sim.bilingual import STEERING

GONE = (errno.EPIPE, errno.EIO)
"""What writing to a reader who has hung up, or to a terminal that was closed, ends in."""


COLOUR_OR_STEERING = re.compile(rf"\x1b\[[0-9;]*m|{STEERING.pattern}")
"""What makes letters bold or coloured, as tables do, or else steers a terminal."""
WIDTH = 118
LEAST = 40
"""Columns of what is written into files and pipes, unless COLUMNS is set; and fewer than so many are not heeded there."""


def columns(stream: TextIO | None = None) -> int:
    """Return the columns that a stream has, standard output unless told: the terminal's; in files and pipes those of COLUMNS, else a fixed number."""
    target = stream or sys.stdout
    if target.isatty():
        return shutil.get_terminal_size((WIDTH, 0)).columns
    told = os.environ.get("COLUMNS", "")
    return max(LEAST, int(told)) if told.isascii() and told.isdigit() and int(told) else WIDTH


def visible(text: str) -> str:
    """Write signs that steer a terminal, or turn the order of letters, as U+001B: nothing that is read, such as a title, may do that."""
    return COLOUR_OR_STEERING.sub(lambda sign: sign[0] if sign[0].endswith("m") else f"<U+{ord(sign[0]):04X}>", text)


def put(text: str, stream: TextIO | None = None) -> None:
    """Write some text; what cannot be written is dealt with as `writing_to` says.

    Args:
        text: The text, with its line ends.
        stream: Standard output unless told.

    Raises:
        OutputError: The stream cannot be written.
    """
    target = stream or sys.stdout
    with writing_to(target):
        target.write(visible(text))
        target.flush()


class Output(io.TextIOWrapper):
    """Standard output whose failures are told from those of files, whoever writes to it."""

    @classmethod
    def in_place_of(cls, stream: io.TextIOWrapper) -> Output:
        """Return an output that takes the place of a stream; what the encoding does not know is replaced."""
        encoding, by_lines, at_once = stream.encoding, stream.line_buffering, stream.write_through
        return cls(stream.detach(), encoding, "replace", line_buffering=by_lines, write_through=at_once)

    def write(self, text: str, /) -> int:
        """Write some text."""
        with _told():
            return super().write(text)

    def flush(self) -> None:
        """Write what is still on its way."""
        with _told():
            super().flush()


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in GONE or isinstance(error, OutputError):
            raise
        raise OutputError(*error.args) from error


@contextmanager
def writing_to(stream: TextIO) -> Iterator[None]:
    """Write nothing more to a stream once it has failed in the block: its reader has hung up, its terminal was closed, its disk is full.

    What is said on standard error, such as progress, is worth less than the result: there the command goes on, and its exit status tells.

    Raises:
        OutputError: The stream cannot be written, and somebody waits for it.
    """
    try:
        yield
    except OSError as error:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
        if error.errno not in GONE and stream is not sys.stderr:
            raise OutputError(*error.args) from error
