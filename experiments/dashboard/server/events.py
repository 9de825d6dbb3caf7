"""Events of a run, as they come: how far it is, what is found so far, how it ended."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from experiments.dashboard.server.answers import as_json
from experiments.dashboard.server.runs import ENDED

if TYPE_CHECKING:
    from experiments.dashboard.server.runs import Run, Runs

LOOK, TELL, BEAT = 0.1, 0.4, 15.0
"""Seconds between two looks, between two words about progress, and after which a silent line says that it is there."""
LONGEST = 6 * 3600.0
"""Seconds after which a listener has to come again."""


async def events_of(runs: Runs, run: Run, seen: int, language: str | None) -> AsyncIterator[bytes]:
    """Yield the events of a run that somebody has not seen yet, until it ends.

    Args:
        runs: The runs.
        run: The run.
        seen: The number of the last event that was seen; 0: none.
        language: Language of the texts; None: both.
    """
    begun = said = time.monotonic()
    told = result_told = seen
    while True:
        version, now = run.version, time.monotonic()
        if run.of_result > result_told and run.result:
            result_told = run.of_result
            yield event("result", result_told, in_language_asked(run.result, language))
            said = now
        ended = run.state in ENDED
        if version > told and (ended or told == seen or now - said >= TELL):
            told = version
            yield event("progress", version, as_json(runs.progress(run), language))
            said = now
        if ended and result_told >= run.of_result:
            yield event(run.state, run.version, as_json(runs.progress(run), language))
            return
        if now - said > BEAT:
            yield b": here\n\n"
            said = now
        if now - begun > LONGEST:
            return
        await asyncio.sleep(LOOK)


def in_language_asked(result: bytes, language: str | None) -> bytes:
    """Return a result as JSON with its texts in one language, if one was asked for."""
    if language is None:
        return result
    import json

    return as_json(json.loads(result), language)


def event(name: str, number: int, data: bytes) -> bytes:
    """Write one event."""
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (number, name.encode(), data)
