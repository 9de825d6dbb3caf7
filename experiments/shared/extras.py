"""How to install what is missing: one command for whoever runs a checkout and whoever runs a wheel."""

from __future__ import annotations

import shlex
import shutil
import sysconfig
from contextlib import suppress
from pathlib import Path


def how_to_install(wanted: str) -> str:
    """Return the command that installs something into the environment that runs.

    Of ``yizhan[EXTRA]`` pip takes the Yizhan that is installed there, as a checkout or from a wheel, and adds what the extra needs.

    Args:
        wanted: An extra of this package (``yizhan[web]``), or another package.
    """
    return f'{_pip()} install "{wanted}"' if "[" in wanted else f"{_pip()} install {wanted}"


def _pip() -> str:
    """Return the pip of this environment: its name where the shell would find it, else its path, from here where it lies below."""
    own, found = shutil.which("pip", path=sysconfig.get_path("scripts")), shutil.which("pip")
    if own is None or own == found:
        return "pip"
    with suppress(OSError, ValueError):
        own = str(Path(own).relative_to(Path.cwd()))
    return shlex.quote(own)
