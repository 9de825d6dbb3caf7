"""Unfinished folders: each belongs to one living run, and what a killed run left is swept away.

A run holds a lock on its unfinished folder itself, which the system gives up when the process ends, however it ends. So a folder without a lock
is nobody's. Where folders cannot be locked (Windows, some network drives) an unfinished folder counts as somebody's, and is left alone.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

MARK = ".yizhan"
"""File in an unfinished folder, with the number of the process: it is ours, and may be swept when nobody holds it."""
ENDING = ".unfinished"


class BusyError(Exception):
    """A living run holds the folder.

    Args:
        process: Number of its process, as far as it is known.
    """

    def __init__(self, process: str) -> None:
        super().__init__(process)
        self.process = process


class Draft:
    """An unfinished folder that this process holds.

    Args:
        path: The folder; made, with those around it, where it is not there.

    Attributes:
        made: The folders that were made.

    Raises:
        BusyError: A living run holds it.
        OSError: It cannot be made.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.made: list[Path] = []
        self._lock: int | None = None
        while not self._take():
            pass

    def _take(self) -> bool:
        """Make the folder and lock it; False where somebody swept it in between."""
        missing = [folder for folder in (self.path, *self.path.parents) if not folder.exists()]
        try:
            self.path.mkdir(parents=True)
        except FileExistsError:
            if not _sweep(self.path):
                raise BusyError(process_of(self.path)) from None
            return False
        self.made = [*missing, *(folder for folder in self.made if folder not in missing)]
        try:
            self._lock = _lock(self.path)
            (self.path / MARK).write_text(f"{os.getpid()}\n", encoding="utf-8")
        except FileNotFoundError:
            self.release()
            return False
        return True

    def release(self) -> None:
        """Let go of the folder."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def rename(self, final: Path) -> None:
        """Give the folder its name, and let go of it.

        Raises:
            OSError: The name is taken; the folder is where it was, and will not be swept.
        """
        try:
            if final.exists():
                final.rmdir()
            self.path.rename(final)
            with contextlib.suppress(OSError):
                (final / MARK).unlink(missing_ok=True)
        finally:
            self.release()

    def remove(self) -> None:
        """Remove the folder, and those around it that were made for it, unless somebody else has put something there meanwhile."""
        shutil.rmtree(self.path, ignore_errors=True)
        self.release()
        for folder in self.made:
            with contextlib.suppress(OSError):  # not empty, or gone
                folder.rmdir()


def sweep_leftovers(parent: Path) -> None:
    """Remove what killed runs have left in a folder."""
    for path in parent.glob(f".*{ENDING}"):
        if (path / MARK).is_file():
            _sweep(path)


def _sweep(path: Path) -> bool:
    """Remove an unfinished folder that nobody holds. Returns whether the name is free."""
    if not path.is_dir() or path.is_symlink():
        return False
    lock = _lock(path)
    if lock is None:
        return not path.exists()
    try:
        shutil.rmtree(path, ignore_errors=True)
    finally:
        os.close(lock)
    return not path.exists()


def _lock(path: Path) -> int | None:
    """Lock a folder; None where somebody else holds it, it is gone, or it cannot be locked."""
    try:
        import fcntl
    except ImportError:  # Windows
        return None
    try:
        lock = os.open(path, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.fstat(lock).st_ino == path.stat().st_ino:
            return lock
    except OSError:
        pass
    os.close(lock)
    return None


def process_of(path: Path) -> str:
    """Return the number of the process that holds a folder, as far as it is known."""
    try:
        return (path / MARK).read_text(encoding="utf-8").strip() or "?"
    except OSError:
        return "?"
