"""How entries and the rules below them are compiled: each rule as far as an entry needs to take it in, and linked once.

Numba makes machine code of every function that it compiles, and links into each all that it calls, so that what lies deep is copied and optimised
again at every rule above it. Nobody calls a rule but other rules: here a rule keeps its own code alone, and an entry takes in all rules below it at
once and optimises them together. What an entry is made of is the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import CodeType
from typing import Any

from llvmlite.binding import parse_assembly
from llvmlite.binding.ffi import lib as llvm
from numba import config, types
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import AnalysisPass, register_pass
from numba.core.typed_passes import InlineOverloads, NopythonRewrites, NopythonTypeInference
from numba.core.untyped_passes import InlineClosureLikes

FOR_ARRAYS = (InlineOverloads, NopythonRewrites)
"""Passes that only make arithmetic of whole arrays faster: rules reckon with numbers."""


class _NobodyCalls:
    """Stands for the code generator where a function would be made ready to be called."""

    def set_env(self, _name: str, _environment: Any) -> None:  # noqa: ANN401
        """Do nothing: what an entry loaded from disk does without, an entry compiled now does without, too."""


class _LinkedLibrary(JITCodeLibrary):  # type: ignore[misc]
    """The code of a rule, to be linked into others."""

    @property
    def codegen(self) -> _NobodyCalls:
        """What a caller from outside would ask; inside it is `_codegen`."""
        return _NobodyCalls()

    def get_pointer_to_function(self, _name: str) -> int:
        """Return no address: there is no machine code."""
        self._ensure_finalized()
        return 0

    def _optimize_functions(self, module: Any) -> None:  # noqa: ANN401
        """Tidy up what a module defines; of what it only declares there is nothing to be tidied up, for which Numba makes ready each time."""
        module.data_layout = self._codegen._data_layout  # noqa: SLF001
        for function in module.functions:
            if not function.is_declaration:
                passes, builder = self._codegen._function_pass_manager()  # noqa: SLF001
                passes.run(function, builder)

    def finalize(self) -> None:
        """Be done: what it calls is linked in by the entry, once."""
        self._finalize_dynamic_globals()
        self._finalized = True

    def own_module(self) -> Any:  # noqa: ANN401
        """Return the code of this rule alone."""
        return super()._get_module_for_linking()

    def _get_module_for_linking(self) -> Any:  # noqa: ANN401
        """Return the code with that of all rules below it: for a function that is no entry."""
        module = self.own_module().clone()
        _link_in(module, self._linking_libraries)
        return module


class _EntryLibrary(JITCodeLibrary):  # type: ignore[misc]
    """The code of an entry, with that of all rules below it."""

    _linking_libraries: list[JITCodeLibrary]

    def finalize(self) -> None:
        """Link in every rule below, and optimise it all together."""
        _link_in(self._final_module, self._linking_libraries)
        self._linking_libraries = []
        super().finalize()

    def serialize_using_object_code(self) -> tuple[str, str, tuple[bytes, bytes]]:
        """Return the machine code and the names that it defines.

        Numba keeps the code before it, too, for whoever takes it in: nobody takes in an entry, and to read that took longer than all else.
        """
        self._ensure_finalized()
        final = self._final_module
        functions = [f'define void @"{each.name}"() {{ ret void }}' for each in final.functions if not each.is_declaration]
        variables = [f'@"{each.name}" = global i8 0' for each in final.global_variables if not each.is_declaration]
        names = parse_assembly("\n".join([*variables, *functions])).as_bitcode()
        return self.name, "object", (self._get_compiled_object(), names)


def _link_in(module: Any, libraries: list[JITCodeLibrary]) -> None:  # noqa: ANN401
    """Link into a module the code of some libraries and of all that they call, each once."""
    found = dict.fromkeys(libraries)
    waiting = list(found)
    while waiting:
        library = waiting.pop()
        is_rule = isinstance(library, _LinkedLibrary)
        module.link_in(library.own_module() if is_rule else library._get_module_for_linking(), preserve=True)  # noqa: SLF001
        for below in library._linking_libraries if is_rule else ():  # noqa: SLF001
            if below not in found:
                found[below] = None
                waiting.append(below)


@register_pass(mutates_CFG=False, analysis_only=True)
class _LinkOnly(AnalysisPass):  # type: ignore[misc]
    """Give the rule a library of its own kind before it is lowered."""

    _name = "link_only"

    def __init__(self) -> None:
        AnalysisPass.__init__(self)

    def run_pass(self, state: Any) -> bool:  # noqa: ANN401
        """Make the library."""
        state.library = _LinkedLibrary(state.targetctx.codegen(), state.func_id.func_qualname)
        return False


@register_pass(mutates_CFG=False, analysis_only=True)
class _LinkAll(AnalysisPass):  # type: ignore[misc]
    """Give an entry a library that takes in all rules below it."""

    _name = "link_all"

    def __init__(self) -> None:
        AnalysisPass.__init__(self)

    def run_pass(self, state: Any) -> bool:  # noqa: ANN401
        """Make the library."""
        state.library = _EntryLibrary(state.targetctx.codegen(), state.func_id.func_qualname)
        state.library.enable_object_caching()
        return False


class RuleCompiler(CompilerBase):  # type: ignore[misc]
    """Numba's own passes, but for those that no rule needs, and the kind of library."""

    def define_pipelines(self) -> list[Any]:
        """Return the one pipeline."""
        return [_pipeline(self.state, _LinkOnly)]


class EntryCompiler(CompilerBase):  # type: ignore[misc]
    """The same for an entry."""

    def define_pipelines(self) -> list[Any]:
        """Return the one pipeline."""
        return [_pipeline(self.state, _LinkAll)]


def _pipeline(state: Any, library: type[AnalysisPass]) -> Any:  # noqa: ANN401
    """Return Numba's passes but for those that a function does not need, closures being rare, with its kind of library."""
    passes = DefaultPassBuilder.define_nopython_pipeline(state)
    within = any(isinstance(constant, CodeType) for constant in state.func_id.code.co_consts)
    needless = FOR_ARRAYS if within else (*FOR_ARRAYS, InlineClosureLikes)
    passes.passes = [each for each in passes.passes if each[0] not in needless]
    passes.add_pass_after(library, NopythonTypeInference)
    passes.finalize()
    return passes


@contextmanager
def short_ways() -> Iterator[None]:
    """Spare Numba, while an entry is compiled, what it does again and again with the same result, and what makes the rules slower.

    What an operator makes of plain numbers it works out for each use, trying one template after the other; a record it writes out in full before each
    pass over a rule; and each of some hundred thousand calls of LLVM is told to whoever listens, which is nobody.
    The loops of rules have few turns: code for eight at a time is in their way.
    """
    known: dict[Any, tuple[Any, Any]] = {}
    resolve, written, told = types.BaseFunction.get_call_type, types.Record.__repr__, llvm._lock._cblist  # noqa: SLF001
    by_lanes = config.LOOP_VECTORIZE

    def remember(operator: Any, context: Any, arguments: Any, keywords: Any) -> Any:  # noqa: ANN401
        if keywords or not all(isinstance(each, types.Number | types.Boolean) for each in arguments):
            return resolve(operator, context, arguments, keywords)
        key = id(operator), tuple(arguments)
        if key not in known:
            known[key] = resolve(operator, context, arguments, keywords), operator
        return known[key][0]

    types.BaseFunction.get_call_type = remember
    types.Record.__repr__ = types.Type.__repr__
    llvm._lock._cblist = []  # noqa: SLF001
    config.LOOP_VECTORIZE = 0
    try:
        yield
    finally:
        types.BaseFunction.get_call_type = resolve
        types.Record.__repr__ = written
        llvm._lock._cblist = told  # noqa: SLF001
        config.LOOP_VECTORIZE = by_lanes
