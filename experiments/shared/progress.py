"""How far a run is: a bar with the time left on a terminal, plain lines otherwise."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from experiments.shared.terminal import put
from sim.bilingual import Sentence, in_language, sentence
from sim.cache_folder import cache_folder
from sim.code_cache import LOGGER, Kept
from sim.simulation import Progress, is_loaded, kept_code

STEPS = 10
COMPILING = Sentence("about a minute", "约一分钟")
"""How long compiling takes (yizhan bench parts=[start]), as every page says it."""


def announce_compilation(language: str) -> None:
    """Say that the run takes longer where it compiles first, and let the model say in this language what else there is about its compiled code."""
    logger = logging.getLogger(LOGGER)
    logger.handlers[:] = [_Teller(language)]
    logger.propagate = False
    state = Kept.READY if is_loaded() else kept_code()
    if state is Kept.READY:
        return
    if state is Kept.DAMAGED:
        text = sentence(
            "Compiling the model again: what was kept in {folder} is damaged ({time}) …",
            "{folder} 中的编译结果已损坏，正在重新编译模型（{time}）……", time=COMPILING, folder=cache_folder(),
        )  # fmt: skip
    else:
        text = sentence(
            "First run: compiling the model into {folder} ({time}; later runs start at once) …",
            "首次运行：正在编译模型并存入 {folder}（{time}，之后即时启动）……", time=COMPILING, folder=cache_folder(),
        )  # fmt: skip
    put(in_language(text, language) + "\n", sys.stderr)


class _Teller(logging.Handler):
    """Tells what the model says about its compiled code."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language

    def emit(self, record: logging.LogRecord) -> None:
        """Print it."""
        put(f"yizhan: {in_language(record.msg, self.language)}\n", sys.stderr)


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

    text = in_language(Sentence("simulating", "模拟中"), language)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(text, total=total)
        yield lambda days: bar.advance(task, days)


def _lines(total: int, language: str) -> Progress:
    done = 0
    said = 0
    text = in_language(Sentence("simulated {percent} %", "已模拟 {percent} %"), language)

    def advance(days: int) -> None:
        nonlocal done, said
        done += days
        if done * STEPS // total > said:
            said = done * STEPS // total
            put(text.format(percent=100 * said // STEPS) + "\n", sys.stderr)

    return advance
