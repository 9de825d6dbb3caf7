"""How far a run is: a bar with the time left on a terminal, plain lines otherwise."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from experiments.shared.terminal import put
from sim.compiled import is_compiled_already
from sim.simulation import Progress

STEPS = 10


def announce_compilation(language: str) -> None:
    """Say that the first run takes longer, where it does."""
    if not is_compiled_already():
        message = {
            "en": "First run: compiling the model (less than a minute; later runs start at once) …",
            "zh": "首次运行：正在编译模型（不到一分钟，之后即时启动）……",
        }
        put(message[language] + "\n", sys.stderr)


@contextmanager
def showing_progress(total: int, language: str) -> Iterator[Progress]:
    """Show progress on standard error while the block runs.

    Args:
        total: Days to simulate over all replicates.
        language: Language of the words.

    Yields:
        A function to call with the days simulated since the last call.
    """
    if sys.stderr.isatty():
        with _bar(total, language) as advance:
            yield advance
    else:
        yield _lines(total, language)


@contextmanager
def _bar(total: int, language: str) -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    text = {"en": "simulating", "zh": "模拟中"}[language]
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(text, total=total)
        yield lambda days: bar.advance(task, days)


def _lines(total: int, language: str) -> Progress:
    done = 0
    said = 0
    text = {"en": "simulated {percent} %", "zh": "已模拟 {percent} %"}[language]

    def advance(days: int) -> None:
        nonlocal done, said
        done += days
        if done * STEPS // total > said:
            said = done * STEPS // total
            put(text.format(percent=100 * said // STEPS) + "\n", sys.stderr)

    return advance
