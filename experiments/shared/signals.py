"""Signals that interrupt a command, and quiet while it tidies up."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module


def interrupting_signals() -> tuple[signal.Signals, ...]:
    """Return the signals that end a command and let it tidy up: from the keyboard, from whoever ends processes, from a terminal that is closed.

    None outside the main thread, where Python handles no signals. A closing terminal is ignored where it was before (``nohup``).
    """
    if threading.current_thread() is not threading.main_thread():
        return ()
    hang_up = getattr(signal, "SIGHUP", None)  # Windows has none
    closing = () if hang_up is None or signal.getsignal(hang_up) == signal.SIG_IGN else (hang_up,)
    return signal.SIGINT, signal.SIGTERM, *closing


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let nothing interrupt the block: a closing terminal sends its signal twice, and people press Ctrl-C again."""
    previous = {number: signal.signal(number, signal.SIG_IGN) for number in interrupting_signals()}
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


@contextmanager
def unbroken() -> Iterator[None]:
    """Let what interrupts wait until the block is over, and then interrupt."""
    came: list[int] = []
    previous = {number: signal.signal(number, lambda number, _frame: came.append(number)) for number in interrupting_signals()}
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
        if came:
            signal.raise_signal(came[0])


@contextmanager
def postponed() -> Iterator[None]:
    """Let what interrupts wait until the block is over.

    Threads that the block starts, and the processes that these start at whatever time, never hear of Ctrl-C or of a closed terminal.
    """
    with unbroken():
        kept = {number for number in interrupting_signals() if number != signal.SIGTERM}  # by which processes are ended
        mask = None
        if kept and hasattr(signal, "pthread_sigmask"):
            mask = signal.pthread_sigmask(signal.SIG_BLOCK, kept)
            import_module("multiprocessing.resource_tracker").ensure_running()  # else with the first process; it lets Ctrl-C through afterwards
            signal.pthread_sigmask(signal.SIG_BLOCK, kept)
        try:
            yield
        finally:
            if mask is not None:
                signal.pthread_sigmask(signal.SIG_SETMASK, mask)
