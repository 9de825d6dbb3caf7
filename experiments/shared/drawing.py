"""Figures of a finished result: drawn when every number is safe, each by itself, whole or not at all.

While figures are missing the folder holds ``figures.unfinished.json``, which says so; once all are there it is gone.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.shared.errors import TRACEBACK, FailedError
from experiments.shared.signals import undisturbed
from experiments.shared.words import Speaker
from sim.bilingual import Sentence, sentence
from sim.errors import why_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Drawings = Mapping[str, "Callable[[], Figure | None]"]
"""Name of a file → what draws the figure, or returns None where there is nothing to see."""

Undrawn = dict[str, Sentence]
"""Name of a figure that could not be drawn → why."""

FIGURES = "figures"
DRAFT = ".figures.unfinished"
NOTE = "figures.unfinished.json"
ALL = "figures"
"""Stands for every figure, where not even their list could be made."""
LONGEST_REASON = 300


def await_figures(folder: Path, failed: Undrawn | None = None) -> None:
    """Note in a folder that its figures are not complete.

    Args:
        folder: The folder of the result.
        failed: Name of a figure → why it could not be drawn; None: they have yet to be drawn.
    """
    draft = folder / f".{NOTE}"
    draft.write_text(json.dumps({"complete": False, "failed": failed}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    draft.replace(folder / NOTE)


def draw_into(folder: Path, drawings: Callable[[], Drawings], language: str) -> Undrawn:
    """Draw the figures of a finished result; they take the place of those of an earlier drawing.

    Args:
        folder: Folder of the result, to which ``figures/`` is added.
        drawings: Returns what is to be drawn.
        language: Language of the words.

    Returns:
        Name of a figure that could not be drawn → why. Nothing of it is left; after an interruption the figures drawn so far are.
    """
    Speaker(language)("drawing")
    draft = folder / DRAFT
    failed: Undrawn = {}
    shutil.rmtree(draft, ignore_errors=True)  # of a drawing that was killed
    try:
        try:
            chosen = drawings()
        except Exception as error:  # noqa: BLE001 (whatever it is, the numbers stay)
            chosen, failed[ALL] = {}, _reason(error)
        for name, draw in chosen.items():
            try:
                _draw(draw, draft, name)
            except Exception as error:  # noqa: BLE001 (one figure costs itself alone)
                failed[name] = _reason(error)
    finally:
        with undisturbed(), contextlib.suppress(OSError):
            if draft.exists():
                shutil.rmtree(folder / FIGURES, ignore_errors=True)
                draft.rename(folder / FIGURES)
    with contextlib.suppress(OSError):  # the note of before stays
        if failed:
            await_figures(folder, failed)
        else:
            (folder / NOTE).unlink(missing_ok=True)
    return failed


def refuse_undrawn(failed: Undrawn, folder: Path) -> None:
    """Say which figures could not be drawn, and why.

    Raises:
        FailedError: There are some.
    """
    if not failed:
        return
    reasons = dict.fromkeys(failed.values())
    why = Sentence("; ".join(reasons), "；".join(reason.zh for reason in reasons))
    if ALL in failed:
        message = sentence(
            "the numbers are complete in {folder}, but the figures could not be drawn ({why}). figures=false leaves figures out.",
            "数据已完整保存在 {folder}，但图未能绘出（{why}）。figures=false 可不绘图。", folder=folder, why=why,
        )  # fmt: skip
    else:
        message = sentence(
            "the numbers are complete in {folder}, but these figures could not be drawn: {names} ({why}). figures=false leaves figures out.",
            "数据已完整保存在 {folder}，但以下图未能绘出：{names}（{why}）。figures=false 可不绘图。",
            folder=folder, names=", ".join(failed), why=why,
        )  # fmt: skip
    raise FailedError(message)


def _draw(draw: Callable[[], Figure | None], folder: Path, name: str) -> None:
    """Draw and save one figure; leave nothing of it where that fails."""
    from experiments.shared.figures import saving

    is_whole = False
    try:
        figure = draw()
        if figure is not None:
            saving.save_figure(figure, folder, name)
        is_whole = True
    finally:
        if not is_whole:
            with undisturbed():
                for path in (*folder.glob(f"{name}.png"), *folder.glob(f"{name}.svg")):
                    path.unlink(missing_ok=True)
                with contextlib.suppress(OSError):
                    folder.rmdir()


def _reason(error: Exception) -> Sentence:
    """Say in a line why something could not be drawn."""
    if os.environ.get(TRACEBACK):
        raise error
    if isinstance(error, OSError):
        where = sentence(": {file}", "：{file}", file=error.filename) if error.filename else ""
        return sentence("{why}{where}", "{why}{where}", why=why_of(error), where=where)
    text = " ".join(f"{type(error).__name__}: {error}".split()).strip(": ")[:LONGEST_REASON]
    return Sentence(text, text)
