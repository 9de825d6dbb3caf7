"""How far many runs are: done, failed, how many a second, and how long it will still take."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from experiments.shared.beforehand import time_in_words
from experiments.shared.terminal import put
from sim.bilingual import Sentence, in_language, sentence

STEPS = 10
Watch = Callable[[int, int], None]
"""Called with the runs that are done, and those that failed, since the last call."""


class Tally:
    """Counts runs.

    Args:
        total: Runs in all.
        before: Those that were done before.
    """

    def __init__(self, total: int, before: int) -> None:
        self.total, self.before = total, before
        self.done = self.failed = 0
        self.started = time.monotonic()

    def add(self, done: int, failed: int) -> None:
        """Count."""
        self.done += done
        self.failed += failed

    @property
    def ended(self) -> int:
        """Runs that need no more work."""
        return self.before + self.done + self.failed

    def in_words(self) -> Sentence:
        """Say how far it is."""
        rate = (self.done + self.failed) / max(time.monotonic() - self.started, 1e-6)
        missing = self.total - self.ended
        left = sentence(", about {time} left", "，剩余约 {time}", time=time_in_words(missing / rate)) if missing and rate else Sentence("", "")
        failed = sentence(", {n:,} failed", "，失败 {n:,}", n=self.failed) if self.failed else Sentence("", "")
        return sentence(
            "{done:,} of {total:,} runs done{failed}; {rate:,.3g} a second{left}",
            "已完成 {done:,} / {total:,} 次模拟{failed}；每秒 {rate:,.3g} 次{left}",
            done=self.before + self.done, total=max(self.total, self.ended), failed=failed, rate=rate, left=left,
        )  # fmt: skip


@contextmanager
def watching(total: int, before: int, language: str) -> Iterator[Watch]:
    """Show on standard error how far many runs are, while the block runs: a bar on a terminal, some lines otherwise.

    Args:
        total: Runs in all.
        before: Those that were done before.
        language: Language of the words.
    """
    tally = Tally(total, before)
    if not sys.stderr.isatty():
        yield _lines(tally, language)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    with Progress(BarColumn(20), TextColumn("{task.description}"), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total, completed=before)

        def show(done: int, failed: int) -> None:
            tally.add(done, failed)
            bar.update(task, completed=tally.ended, description=in_language(tally.in_words(), language))

        yield show


def _lines(tally: Tally, language: str) -> Watch:
    said = tally.before * STEPS // max(tally.total, 1)

    def show(done: int, failed: int) -> None:
        nonlocal said
        tally.add(done, failed)
        step = tally.ended * STEPS // max(tally.total, 1)
        if step > said:
            said = step
            put(in_language(tally.in_words(), language) + "\n", sys.stderr)

    return show
