"""A digest of the sources: which code and which configuration gave a result, wherever they are installed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from sim.cache_folder import sources_of_others

PACKAGES = ("sim", "experiments", "configs")
ENDINGS = (".py", ".yaml")


@cache
def sources_digest() -> str:
    """Return the SHA-256 of every source and configuration file of this package, and of every source of packages that bring levers.

    Names and content count, not where they lie or when they were changed.
    """
    root = Path(__file__).resolve().parents[1]
    return digest_of(root, [root / package for package in PACKAGES], sources_of_others())


def digest_of(root: Path, folders: list[Path], others: Iterable[tuple[str, Path]] = ()) -> str:
    """Return the SHA-256 of the sources in some folders.

    Args:
        root: The folder that names are told from.
        folders: Folders below it.
        others: Further sources, each with its name.
    """
    found = sorted((path.relative_to(root).as_posix(), path) for folder in folders for path in folder.rglob("*") if path.suffix in ENDINGS)
    digest = hashlib.sha256()
    for name, path in (*found, *others):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()
