"""How the rules are compiled.

Every rule of the model is an ordinary Python function over table rows, decorated with `compiled`. Numba turns it into machine
code that releases the interpreter lock; with ``NUMBA_DISABLE_JIT=1`` it stays Python and gives the same numbers, slowly.

Compiled code is kept on disk in a folder named after the content of all sources (`sim/cache_folder.py`): Numba itself only watches the file of the
outermost function and would keep a stale day after an edit to one of its phases.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numba
from numba.core.compiler_lock import global_compiler_lock

from sim.cache_folder import cache_folder
from sim.code_cache import CodeCache, Kept
from sim.linking import EntryCompiler, RuleCompiler, short_ways

Function = TypeVar("Function", bound=Callable[..., Any])

# What a compiled rule receives. Numba knows the columns; mypy does not, so the names carry the meaning.
Row = Any
"""One row of a table (a NumPy record); assignments write into the table."""
Rows = Any
"""A whole table: a one-dimensional record array."""
Integers = Any
"""A one-dimensional array of int64 or int32."""

NEVER = -1
"""A day that does not come, or a reference to no row."""
LONG_AGO = -1_000_000
"""The day of what has not happened yet, where days before the run are known."""


def compiled(function: Function) -> Function:
    """Compile a rule that other rules call (releasing the interpreter lock).

    Rules have no entry from Python of their own: making one for each doubles the time of a cold start.

    Args:
        function: A function over rows, arrays and numbers, in the part of Python that Numba compiles.

    Returns:
        The compiled rule, or the function itself under ``NUMBA_DISABLE_JIT=1``.
    """
    return _rule(function)


def part_of_its_callers(function: Function) -> Function:
    """Compile a rule that is small and called often as a part of each rule that calls it: no call, and what a caller does not use is left out.

    Args:
        function: As of `compiled`.
    """
    return _rule(function, forceinline=True)


def _rule(function: Function, **more: bool) -> Function:
    rule = numba.njit(nogil=True, no_cpython_wrapper=True, no_cfunc_wrapper=True, pipeline_class=RuleCompiler, **more)(function)
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
    dispatcher = numba.njit(nogil=True, pipeline_class=EntryCompiler)(function)
    if numba.config.DISABLE_JIT:
        return dispatcher  # type: ignore[no-any-return]
    dispatcher._cache = CodeCache(function, cache_folder)  # noqa: SLF001 (Numba has no other way to keep code elsewhere)
    compile_it = dispatcher.compile

    def compile_by_short_ways(signature: Any) -> Any:  # noqa: ANN401
        with global_compiler_lock, short_ways():
            return compile_it(signature)

    dispatcher.compile = compile_by_short_ways
    return dispatcher  # type: ignore[no-any-return]


def kept_code(function: Callable[..., Any]) -> Kept:
    """Tell what is on disk of an entry's machine code for this machine; what is damaged is removed.

    Args:
        function: An entry.
    """
    if numba.config.DISABLE_JIT:
        return Kept.READY
    cache: CodeCache = function._cache  # type: ignore[attr-defined]  # noqa: SLF001
    state = cache.state(function.targetctx)  # type: ignore[attr-defined]
    if state is Kept.DAMAGED:
        cache.remove()
    return state
