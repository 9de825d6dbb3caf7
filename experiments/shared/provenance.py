"""Where a result comes from: version, commit, digest of the sources, libraries, platform."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import platform
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import sim
from sim.sources import sources_digest

LIBRARIES = ("mesa", "numpy", "numba", "llvmlite", "scipy", "matplotlib", "hydra-core", "pydantic", "pyarrow", "holidays")


def provenance(command: str, started: dt.datetime, seed: int, digest: str) -> dict[str, Any]:
    """Return where a result comes from.

    Args:
        command: The command.
        started: When it was started.
        seed: The seed.
        digest: Digest of the configuration.
    """
    commit = _git("rev-parse", "HEAD")
    return {
        "yizhan": sim.__version__,
        "commit": commit,
        "dirty": bool(_git("status", "--porcelain")) if commit else None,
        **{name: value for name, value in circumstances().items() if name != "yizhan"},
        "platform": platform.platform(),
        "seed": seed,
        "command": command,
        "started": started.isoformat(timespec="seconds"),
        "configuration_sha256": digest,
    }


def circumstances() -> dict[str, Any]:
    """Return what numbers may depend on besides the configuration: version, digest of the sources, Python, libraries."""
    return {
        "yizhan": sim.__version__,
        "sources_sha256": sources_digest(),
        "python": platform.python_version(),
        "libraries": {name: _version(name) for name in LIBRARIES},
    }


def _git(*words: str) -> str | None:
    """Ask git about the checkout that this package lies in; None where it lies in none of its own."""
    git = shutil.which("git")
    root = Path(sim.__file__).resolve().parents[1]
    if git is None or not (root / "pyproject.toml").is_file():
        return None
    done = subprocess.run([git, "-C", str(root), *words], capture_output=True, text=True, check=False)  # noqa: S603 (fixed words)
    return done.stdout.strip() if done.returncode == 0 else None


@cache
def _version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None
