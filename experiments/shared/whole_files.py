"""Files that are written whole, and several of them all or none."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from experiments.shared.errors import MistakeError
from experiments.shared.kept import note, written
from experiments.shared.signals import undisturbed
from sim.bilingual import Sentence, sentence
from sim.errors import why_of


def write_all(texts: Mapping[Path, str | bytes]) -> None:
    """Write some files: all of them, or, if anything goes wrong, none. Each is written under another name first, so a full disk spoils nothing.

    Args:
        texts: File → its text, or its bytes.

    Raises:
        OSError: One of them cannot be written; every file is as it was.
    """
    drafts = {path: path.with_name(f".{path.name}.unfinished") for path in texts}
    for final in texts:
        if final.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(final))
    try:
        for draft, text in zip(drafts.values(), texts.values(), strict=True):
            draft.write_bytes(text.encode() if isinstance(text, str) else text)
        with undisturbed():
            _rename_all(drafts)
            note(written(drafts))
    except BaseException:
        with undisturbed():
            for draft in drafts.values():
                draft.unlink(missing_ok=True)
        raise


def try_folder(folder: Path) -> None:
    """Find out, before anything runs, whether files can be written into a folder, or it can be made.

    Args:
        folder: The folder, which need not be there.

    Raises:
        OSError: They cannot.
    """
    nearest = next(place for place in (folder.absolute(), *folder.absolute().parents) if place.exists())
    with tempfile.TemporaryFile(dir=nearest):
        pass


def refuse_unwritable(key: str, path: Path) -> None:
    """Refuse a file that cannot be written, before anything runs.

    Args:
        key: The key that named it.
        path: The file.

    Raises:
        MistakeError: With the reason.
    """
    try:
        try_folder(path.parent)
    except OSError as error:
        raise MistakeError(cannot_write(key, path, error)) from None


def cannot_write(key: str, path: Path, error: OSError) -> Sentence:
    """Say why a file cannot be written, and what to name instead."""
    return sentence(
        "cannot write {key}={path}: {why}; name a file in a folder that can be written.", "无法写入 {key}={path}：{why}；请指定可写文件夹中的文件。",
        key=key, path=path, why=why_of(error),
    )  # fmt: skip


def _rename_all(drafts: Mapping[Path, Path]) -> None:
    """Put every draft in its place; after an error put back what was there."""
    previous = {final: final.read_bytes() if final.exists() else None for final in drafts}
    changed: list[Path] = []
    try:
        for final, draft in drafts.items():
            draft.replace(final)
            changed.append(final)
    except OSError:
        for final in changed:
            content = previous[final]
            if content is None:
                final.unlink()
            else:
                drafts[final].write_bytes(content)
                drafts[final].replace(final)
        raise
