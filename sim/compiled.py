"""How the rules are compiled.

Every rule of the model is an ordinary Python function over table rows, decorated with `compiled`. Numba turns it into machine
code that releases the interpreter lock; with ``NUMBA_DISABLE_JIT=1`` it stays Python and gives the same numbers, slowly.

Compiled code is kept on disk under a folder named after a digest of the sources: Numba itself only watches the file of the outermost
function and would keep a stale day after an edit to one of its phases.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from functools import cache
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

import numba

from sim.linking import RuleCompiler

Function = TypeVar("Function", bound=Callable[..., Any])

# What a compiled rule receives. Numba knows the columns; mypy does not, so the names carry the meaning.
Row = Any
"""One row of a table (a NumPy record); assignments write into the table."""
Rows = Any
"""A whole table: a one-dimensional record array."""
Integers = Any
"""A one-dimensional array of int64 or int32."""

GROUP = "yizhan.levers"
"""Group of the entry points by which other packages bring levers."""

WITHOUT_RULES = ("observers", "trials")
"""Packages that watch a run or set it up: no rule imports from them, so that a change of theirs leaves the compiled code as it is."""

# Before each of its passes over a rule Numba writes out the arguments; records with every field lengthen a cold start. The name is enough.
numba.types.Record.__repr__ = numba.types.Type.__repr__  # type: ignore[method-assign]

NEVER = -1
"""A day that does not come, or a reference to no row."""


@cache
def cache_folder() -> Path:
    """Return the folder that holds the compiled code of these sources.

    Returns:
        A folder under ``YIZHAN_CACHE``, else ``NUMBA_CACHE_DIR``, else ``XDG_CACHE_HOME``/yizhan, else ``~/.cache/yizhan``, whose last
        part is a digest of every source file in this package that rules may use, of those of packages that bring levers, and of Numba's
        version. The system's temporary folder serves where none of them can be written.
    """
    root = os.environ.get("YIZHAN_CACHE") or os.environ.get("NUMBA_CACHE_DIR")
    base = Path(root) if root else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "yizhan"
    digest = hashlib.sha256(numba.__version__.encode())
    here = Path(__file__).parent
    own = [source for source in sorted(here.rglob("*.py")) if source.parent.name not in WITHOUT_RULES]
    for source in (*own, *_sources_of_others()):
        digest.update(source.name.encode())
        digest.update(source.read_bytes())
    folder = base / f"compiled-{digest.hexdigest()[:16]}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        folder = Path(tempfile.gettempdir()) / f"yizhan-{os.getuid() if hasattr(os, 'getuid') else 0}" / folder.name
        folder.mkdir(parents=True, exist_ok=True)
    return folder


def _sources_of_others() -> list[Path]:
    """Return the source files of the packages that bring levers: their rules are compiled with the day."""
    found: set[Path] = set()
    for entry in entry_points(group=GROUP):
        spec = find_spec(entry.module.partition(".")[0])
        for folder in (spec.submodule_search_locations or []) if spec else []:
            found.update(Path(folder).rglob("*.py"))
        if spec and spec.origin:
            found.add(Path(spec.origin))
        files = (entry.dist.files or []) if entry.dist else []
        found.update(Path(str(file.locate())) for file in files if file.suffix == ".py" or file.name == "METADATA")
    return sorted(source for source in found if source.is_file())


def is_compiled_already() -> bool:
    """Tell whether a run will find its machine code on disk (a cold start compiles for some seconds)."""
    return bool(numba.config.DISABLE_JIT) or any(cache_folder().rglob("*advance*.nbc"))


def compiled(function: Function) -> Function:
    """Compile a rule that other rules call (releasing the interpreter lock).

    Rules have no entry from Python of their own: making one for each doubles the time of a cold start.

    Args:
        function: A function over rows, arrays and numbers, in the part of Python that Numba compiles.

    Returns:
        The compiled rule, or the function itself under ``NUMBA_DISABLE_JIT=1``.
    """
    rule = numba.njit(nogil=True, no_cpython_wrapper=True, no_cfunc_wrapper=True, pipeline_class=RuleCompiler)(function)
    return rule if numba.config.DISABLE_JIT else _for_one_integer(rule)  # type: ignore[no-any-return]


def _for_one_integer(rule: Any) -> Any:  # noqa: ANN401
    """Let a rule be compiled once for whole numbers: Numba would for each width of a column, and again for each number written in a call."""
    choose = rule.get_call_template

    def choose_for_one_integer(arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:  # noqa: ANN401
        return choose(tuple(_widest(kind) for kind in arguments), {name: _widest(kind) for name, kind in keywords.items()})

    rule.get_call_template = choose_for_one_integer
    return rule


def _widest(kind: Any) -> Any:  # noqa: ANN401
    """Return the type of a parameter for an argument of some type."""
    kind = numba.types.unliteral(kind)
    whole = isinstance(kind, numba.types.IntEnumMember) or (isinstance(kind, numba.types.Integer) and kind.signed)
    return numba.types.int64 if whole else kind


def entry(function: Function) -> Function:
    """Compile a function that Python calls, with all the rules it calls, and keep the machine code on disk.

    Args:
        function: A function over arrays and numbers.

    Returns:
        The compiled function, or the function itself under ``NUMBA_DISABLE_JIT=1``.
    """
    numba.config.CACHE_DIR = str(cache_folder())  # type: ignore[attr-defined]
    return numba.njit(cache=True, nogil=True)(function)  # type: ignore[no-any-return]
