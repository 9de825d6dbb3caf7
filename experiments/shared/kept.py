"""What a command has kept so far, for what it says where it is interrupted after that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from sim.bilingual import Sentence, listed, sentence

INTERRUPTED = Sentence("interrupted; nothing was kept.", "已中断，未保留任何结果。")

_KEPT: ContextVar[list[Sentence] | None] = ContextVar("kept", default=None)


@contextmanager
def noting(kept: list[Sentence]) -> Iterator[None]:
    """Note within the block what is to be said of an interruption.

    Args:
        kept: Where it is noted.
    """
    before = _KEPT.set(kept)
    try:
        yield
    finally:
        _KEPT.reset(before)


def note(said: Sentence) -> None:
    """Note what is to be said of an interruption from now on. Nothing may interrupt between the keeping and the note.

    Args:
        said: `whole_in` or `written`.
    """
    kept = _KEPT.get()
    if kept is not None:
        kept.append(said)


def interrupted(kept: Sequence[Sentence]) -> Sentence:
    """Say of an interruption what is there in spite of it.

    Args:
        kept: What was noted.
    """
    return kept[-1] if kept else INTERRUPTED


def whole_in(folder: Path) -> Sentence:
    """Say that a result has its name."""
    return sentence("interrupted; the numbers are complete in {folder}.", "已中断；数据已完整保存在 {folder}。", folder=folder)


def written(paths: Iterable[Path]) -> Sentence:
    """Say that some files are there."""
    return sentence("interrupted; written and whole: {files}.", "已中断；已完整写出：{files}。", files=listed(paths))
