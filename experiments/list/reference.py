"""The lists as Markdown, in both languages, for the folder of documents."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from experiments.list.catalogue import LISTS
from experiments.list.listing import Column, Listing
from experiments.shared.errors import FailedError, MistakeError
from experiments.shared.whole_files import write_all
from sim.bilingual import in_language, sentence
from sim.errors import why_of

COMMAND = "yizhan list write=docs/tables"
MARK = f"<!-- Made by {COMMAND} -->"
"""First line of every page: only a page that begins like this is written over."""
NOTE = f"Made from the declarations by `{COMMAND}`: do not edit. 由声明自动生成，请勿手工修改。"


def pages() -> dict[str, str]:
    """Return file name → content of every page."""
    return {f"{name}.md": _page(make()) for name, make in LISTS.items()}


def write_pages(folder: Path) -> None:
    """Write every page: all of them or, if anything is in the way, none.

    Args:
        folder: Where to.

    Raises:
        MistakeError: There is no such folder, it cannot be written, or it holds other files of these names.
        FailedError: The disk is full.
    """
    try:
        is_there = folder.is_dir()
    except OSError:  # a name that is too long
        is_there = False
    if not is_there:
        message = sentence(
            "write={folder}: there is no such folder here; go to the folder of the project, or make {folder} first",
            "write={folder}：此处没有这个文件夹；请到项目所在文件夹，或先建立 {folder}", folder=folder,
        )  # fmt: skip
        raise MistakeError(message)
    contents = {folder / name: text for name, text in pages().items()}
    try:
        for path in contents:
            if path.exists() and not path.read_text(encoding="utf-8", errors="replace").startswith(MARK):
                message = sentence(
                    "write={folder}: {path} was not made by this command; move it away, or name another folder",
                    "write={folder}：{path} 不是本命令生成的，请移走，或换一个文件夹", folder=folder, path=path,
                )  # fmt: skip
                raise MistakeError(message)
        write_all(contents)
    except OSError as error:
        message = sentence(
            "cannot write write={folder}: {why}; name a folder that can be written", "无法写入 write={folder}：{why}；请指定可写的文件夹",
            folder=folder, why=why_of(error),
        )  # fmt: skip
        raise (FailedError if error.errno == errno.ENOSPC else MistakeError)(message) from None


def _page(listing: Listing) -> str:
    lines = [MARK, f"# {_both(listing.title)}", "", NOTE]
    columns = [part for place, column in enumerate(listing.columns) for part in _columns_of(listing, place, column)]
    for section, rows in groupby(listing.rows, lambda row: row.section):
        if section:
            about = listing.sections[section]
            choice = f" (`{about.choice}`)" if about.choice else ""
            lines += ["", f"## {section}", "", f"{_both(about.label)}{choice}"]
        lines += ["", _line([heading for heading, _, _ in columns]), _line(["---"] * len(columns))]
        lines += [_line([_cell(row.cells[place], language, listing.columns[place]) for _, place, language in columns]) for row in rows]
    return "\n".join(lines) + "\n"


def _columns_of(listing: Listing, place: int, column: Column) -> Iterator[tuple[str, int, str]]:
    """Yield heading, place and language of the columns that one column becomes; no language: both in one."""
    differ = any(row.cells[place] != in_language(row.cells[place], "zh") for row in listing.rows)
    if differ and column.in_documents == "split":
        yield from ((in_language(column.heading, language), place, language) for language in ("en", "zh"))
    else:
        yield _both(column.heading), place, "en" if column.in_documents == "english" else ""


def _cell(cell: str, language: str, column: Column) -> str:
    text = in_language(cell, language) if language else _both(cell)
    return f"`{text}`" if column.role == "key" else text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*")


def _both(text: str) -> str:
    """Write a text in both languages, once where they do not differ."""
    return " ".join(dict.fromkeys(in_language(text, language) for language in ("en", "zh")))


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
