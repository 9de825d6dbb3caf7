"""Where compiled code is kept: in a folder named after the content of what it was made of, wherever that is installed."""

from __future__ import annotations

import contextlib
import hashlib
import os
import platform
import shutil
import sys
import tempfile
import time
from functools import cache
from importlib.metadata import PackageNotFoundError, entry_points, version
from importlib.util import find_spec
from pathlib import Path

GROUP = "yizhan.levers"
"""Group of the entry points by which other packages bring levers."""
WITHOUT_RULES = ("observers", "trials", "targets", "calibration", "sensitivity", "optimising", "information", "discovery", "ledger")
"""Packages that watch a run or set it up: no rule imports from them, so that a change of theirs leaves the compiled code as it is."""
COMPILERS = ("numba", "llvmlite", "numpy")
PREFIX = "compiled-"
KEPT = 8
"""Folders of other sources that are kept, however old: those used last."""
FRESH = 3600.0
"""Seconds since its last use within which a folder is kept in any case."""


def cache_base() -> Path:
    """Return the folder of compiled code of any sources: ``YIZHAN_CACHE``, else ``NUMBA_CACHE_DIR``, else the system's place for such things."""
    root = os.environ.get("YIZHAN_CACHE") or os.environ.get("NUMBA_CACHE_DIR")
    if root:
        with contextlib.suppress(RuntimeError):  # ~NAME of nobody is a folder of that name, as to a shell
            return Path(root).expanduser()
        return Path(root)
    import platformdirs

    return Path(platformdirs.user_cache_dir("yizhan", appauthor=False))


@cache
def cache_folder() -> Path:
    """Return the folder that holds the compiled code of these sources, and make it.

    Returns:
        A folder below `cache_base`, whose name is a digest of every source file in this package that rules may use, of those of packages that
        bring levers, and of the versions of Python and of what compiles. The system's temporary folder serves where it cannot be written.
    """
    digest = hashlib.sha256(repr([platform.python_implementation(), sys.version_info[:2], *map(_version, COMPILERS)]).encode())
    for name, source in (*_own_sources(), *sources_of_others()):
        content = source.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    folder = cache_base() / f"{PREFIX}{digest.hexdigest()[:16]}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        folder = spare_base() / folder.name
        folder.mkdir(parents=True, exist_ok=True)
    return folder


def spare_base() -> Path:
    """Return the folder that serves where `cache_base` cannot be made."""
    return Path(tempfile.gettempdir()) / f"yizhan-{os.getuid() if hasattr(os, 'getuid') else 0}"


def can_be_made(folder: Path) -> bool:
    """Tell whether a folder is there and can be written, or can be made; nothing is made."""
    try:
        nearest = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
        return nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)
    except (OSError, ValueError, StopIteration):
        return False


def note_use(folder: Path) -> None:
    """Note that a folder is used, and remove those beside it that have not been for long, but for the last few."""
    with contextlib.suppress(OSError):
        os.utime(folder)
    others = []
    for other in folder.parent.glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            if other != folder and other.is_dir() and not other.is_symlink():
                others.append((other.stat().st_mtime, other))
    for used, other in sorted(others, reverse=True)[KEPT:]:
        if time.time() - used > FRESH:
            shutil.rmtree(other, ignore_errors=True)


def _own_sources() -> list[tuple[str, Path]]:
    """Return the source files of this package that rules may use, each with its name from here."""
    here = Path(__file__).parent
    own = ((source.relative_to(here).as_posix(), source) for source in here.rglob("*.py") if source.parent.name not in WITHOUT_RULES)
    return sorted(own)


def sources_of_others() -> list[tuple[str, Path]]:
    """Return the source files of the packages that bring levers, whose rules are compiled with the day, each with its name from there."""
    found: dict[Path, str] = {}
    for entry in entry_points(group=GROUP):
        spec = find_spec(entry.module.partition(".")[0])
        for folder in (spec.submodule_search_locations or []) if spec else []:
            found |= {source: f"{Path(folder).name}/{source.relative_to(folder).as_posix()}" for source in Path(folder).rglob("*.py")}
        if spec and spec.origin:
            found.setdefault(Path(spec.origin), Path(spec.origin).name)
        for file in (entry.dist.files or []) if entry.dist else []:
            if file.suffix == ".py" or file.name == "METADATA":
                found.setdefault(Path(str(file.locate())), file.as_posix())
    return sorted((name, source) for source, name in found.items() if source.is_file())


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:  # somebody's own build
        return ""
