"""``yizhan report RESULT``: a finished result as a document, without simulating anything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.report.assembling import report_of
from experiments.report.options import options_of
from experiments.report.saved import opened
from experiments.report.words import WORDS
from experiments.shared.errors import MistakeError
from experiments.shared.extras import how_to_install
from experiments.shared.whole_files import write_all
from experiments.shared.words import Speaker, language_of
from sim.bilingual import listed, sentence
from sim.errors import why_of

if TYPE_CHECKING:
    from experiments.report.document import Report

NAME = "report"
NEEDED = {"html": ("jinja2", "jinja2"), "docx": ("docx", "python-docx"), "pdf": ("typst", "typst")}
"""Format → library that writes it, as it is imported and as it is installed."""


def main(words: Sequence[str]) -> None:
    """Run the command with the words after the verb.

    Raises:
        MistakeError: Words that say nothing to do, no finished result, a library that is missing, or a folder that cannot be written.
    """
    options = options_of(words, language_of(words))
    if Path(options.result).exists():  # else that is what is wrong
        refuse_missing(options.format)
    with opened(options.result) as saved:
        report = report_of(saved, options.language)
        files: dict[Path, str | bytes] = {saved.folder / f"{NAME}.{name}": writer_of(name)(report) for name in options.format}
    try:
        write_all(files)
    except OSError as error:
        raise MistakeError(sentence(
            "{folder}: the report cannot be written there ({why}); copy the folder to where it can be written",
            "{folder}：无法在其中写入报告（{why}）；请把该目录复制到可写的地方", folder=options.result, why=why_of(error),
        )) from None  # fmt: skip
    Speaker(options.language, WORDS)("written", files=", ".join(map(str, files)))


def writer_of(name: str) -> Callable[[Report], str | bytes]:
    """Return what writes a report in a format."""
    if name == "html":
        from experiments.report.webpage import as_html

        return as_html
    if name == "docx":
        from experiments.report.word import as_docx

        return as_docx
    from experiments.report.pages import as_pdf

    return as_pdf


def refuse_missing(formats: Sequence[str]) -> None:
    """Refuse formats whose library is not there.

    Args:
        formats: Some of `experiments.report.options.FORMATS`.

    Raises:
        MistakeError: It is not.
    """
    missing = [name for name, (module, _) in NEEDED.items() if find_spec(module) is None]
    wanted = next((name for name in formats if name in missing), None)
    if wanted is not None:
        left = [f"format={name}" for name in NEEDED if name not in missing]
        instead = sentence("; {left} can be written without it", "；{left} 不需要它", left=listed(left)) if left else ""
        raise MistakeError(sentence(
            "format={name} needs the library {library}, which is not installed: {how}{instead}",
            "format={name} 需要程序库 {library}，尚未安装：{how}{instead}",
            name=wanted, library=NEEDED[wanted][1], how=how_to_install("yizhan[report]"), instead=instead,
        ))  # fmt: skip
