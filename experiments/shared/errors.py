"""What can go wrong, by who has to mend it."""

from __future__ import annotations

TRACEBACK = "YIZHAN_TRACEBACK"
"""Environment variable that lets an error of the program end in a traceback."""


class MistakeError(Exception):
    """A mistake of the user: exit status 2. The message says what, where, why and how to mend it."""


class FailedError(Exception):
    """The run failed for what it found, or the machine did: exit status 1."""
