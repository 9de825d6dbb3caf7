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
