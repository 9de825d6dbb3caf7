"""Something stops an action at a moment: each call that it makes is one, so that the same number is the same moment in every run."""

import os
import signal
import sys
from collections.abc import Callable
from types import FrameType


def calls_of(action: Callable[[], object], stop: Callable[[], None] | None = None, at: int = 0, within: str = "") -> tuple[int, str]:
    """Carry out an action in the main thread, and do something at one of its calls.

    Args:
        action: The action.
        stop: What is done; None: nothing, to count.
        at: Number of the call, from 1.
        within: What the path of a file has in it whose calls count; empty: all.

    Returns:
        How many calls it made; where it was stopped.
    """
    seen, where = 0, ""

    def profile(frame: FrameType, event: str, _argument: object) -> None:
        nonlocal seen, where
        if event in ("call", "c_call") and within in frame.f_code.co_filename:
            seen += 1
            if seen == at and stop is not None:
                where = f"{frame.f_code.co_filename}:{frame.f_lineno} {frame.f_code.co_name}"
                stop()

    sys.setprofile(profile)
    try:
        action()
    finally:
        sys.setprofile(None)
    return seen, where


def send(number: signal.Signals) -> Callable[[], None]:
    """Return what sends a signal to this process."""
    return lambda: os.kill(os.getpid(), number)
