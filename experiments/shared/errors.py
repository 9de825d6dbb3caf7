"""What can go wrong, by who has to mend it."""

from __future__ import annotations

import errno

TRACEBACK = "YIZHAN_TRACEBACK"
"""Environment variable that lets an error of the program end in a traceback."""


class MistakeError(Exception):
    """A mistake of the user: exit status 2. The message says what, where, why and how to mend it."""


class FailedError(Exception):
    """The run failed for what it found, or the machine did: exit status 1."""


class OutputError(OSError):
    """What is said cannot be written: standard output is a full disk, say. What was found is as good as ever."""


NO_ROOM = ("failed to map segment", "cannot allocate memory", "can't start new thread", "out of memory", "not enough memory")
"""What a loader or a library says when memory runs out."""


def lacks_memory(error: BaseException) -> bool:
    """Tell whether too little memory is behind an error, whatever a library has made of it on the way."""
    seen: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in seen:
        seen.append(cause)
        if isinstance(cause, MemoryError) or (isinstance(cause, OSError) and cause.errno == errno.ENOMEM):
            return True
        if any(sign in str(cause).lower() for sign in NO_ROOM):
            return True
        cause = cause.__cause__ or cause.__context__
    return False
