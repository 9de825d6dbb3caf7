"""Which fault is on, for compiled rules and for Python alike. This file is copied to sim/ of the copy in which the faults are.

Compiling the rules costs half a minute, running the tests of a module some seconds. So all faults are compiled at once, each behind
`is_faulty(its number)`, and which one is on is read from the environment by the process that runs the tests: from a word of memory under a
name of its own, so that compiled code kept on disk serves every fault.
"""

from __future__ import annotations

import ctypes
import os
from typing import Any

import llvmlite.binding
from llvmlite import ir
from numba import types
from numba.extending import intrinsic, overload

NAME = "yizhan_fault"
_chosen = ctypes.c_int64(int(os.environ.get("YIZHAN_FAULT", "-1")))
llvmlite.binding.add_symbol(NAME, ctypes.addressof(_chosen))


def is_faulty(number: int) -> bool:
    """Tell whether a fault is on."""
    return _chosen.value == number


@intrinsic  # type: ignore[misc]
def _read(_typing: Any) -> Any:
    def generate(_context: Any, builder: Any, _signature: Any, _arguments: Any) -> Any:
        module = builder.module
        word = module.globals[NAME] if NAME in module.globals else ir.GlobalVariable(module, ir.IntType(64), NAME)
        return builder.load(word)

    return types.int64(), generate


@overload(is_faulty)
def _is_faulty(number):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, ARG001 (Numba compares the two signatures)
    return lambda number: _read() == number
