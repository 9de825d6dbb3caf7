"""Imported by workers as they start: a terminal sends Ctrl-C to every process, but it is for the command alone, which then ends its workers."""

from __future__ import annotations

import signal
import threading

if threading.current_thread() is threading.main_thread():
    signal.signal(signal.SIGINT, signal.SIG_IGN)
