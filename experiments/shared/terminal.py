"""Writing to the terminal, where a reader may hang up early (``yizhan run | head``), and which may be closed: the rest goes on all the same."""

from __future__ import annotations

import errno
import os
import re
import shutil
import sys
from typing import TextIO

from experiments.shared.errors import OutputError
from sim.bilingual import STEERING

GONE = (errno.EPIPE, errno.EIO)
"""What writing to a reader who has hung up, or to a terminal that was closed, ends in."""


COLOUR_OR_STEERING = re.compile(rf"\x1b\[[0-9;]*m|{STEERING.pattern}")
"""What makes letters bold or coloured, as tables do, or else steers a terminal."""
WIDTH = 118
"""Columns of what is written into files and pipes."""


def columns(stream: TextIO | None = None) -> int:
    """Return the columns that a stream has, standard output unless told: those of the terminal, a fixed number in files and pipes."""
    target = stream or sys.stdout
    return shutil.get_terminal_size((WIDTH, 0)).columns if target.isatty() else WIDTH


def visible(text: str) -> str:
    """Write signs that steer a terminal, or turn the order of letters, as U+001B: nothing that is read, such as a title, may do that."""
    return COLOUR_OR_STEERING.sub(lambda sign: sign[0] if sign[0].endswith("m") else f"<U+{ord(sign[0]):04X}>", text)


def put(text: str, stream: TextIO | None = None) -> None:
    """Write some text; after the reader has hung up or the terminal was closed, write nothing more to that stream.

    Args:
        text: The text, with its line ends.
        stream: Standard output unless told.

    Raises:
        OutputError: The stream cannot be written.
    """
    target = stream or sys.stdout
    try:
        target.write(visible(text))
        target.flush()
    except OSError as error:
        if error.errno not in GONE:
            raise OutputError(*error.args) from error
        os.dup2(os.open(os.devnull, os.O_WRONLY), target.fileno())
