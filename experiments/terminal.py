"""Writing to the terminal, where a reader may hang up early (``yizhan run | head``): the result is written all the same."""

from __future__ import annotations

import os
import sys
from typing import TextIO


def put(text: str, stream: TextIO | None = None) -> None:
    """Write some text; after the reader has hung up, write nothing more to that stream.

    Args:
        text: The text, with its line ends.
        stream: Standard output unless told.
    """
    target = stream or sys.stdout
    try:
        target.write(text)
        target.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), target.fileno())
