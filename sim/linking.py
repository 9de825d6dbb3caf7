"""How a rule that only other rules call is compiled: as far as they need to take it in, and no further.

Numba makes machine code of every function that it compiles. Of a rule that is only ever linked into an entry nobody calls that code; leaving it out
saves a fifth of a cold start. What an entry is made of is the same.
"""

from __future__ import annotations

from typing import Any

from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import AnalysisPass, register_pass
from numba.core.typed_passes import NopythonTypeInference


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

    def _optimize_final_module(self) -> None:
        """Take in what it calls, and leave the rest to the entry."""
        codegen = self._codegen
        passes, builder = codegen._module_pass_manager(loop_vectorize=False, slp_vectorize=False, opt=codegen._opt_level, cost="cheap")  # noqa: SLF001
        passes.run(self._final_module, builder)

    def _finalize_final_module(self) -> None:
        self._finalize_dynamic_globals()
        self._finalized = True


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


class RuleCompiler(CompilerBase):  # type: ignore[misc]
    """Numba's own passes, but for the kind of library."""

    def define_pipelines(self) -> list[Any]:
        """Return the one pipeline."""
        passes = DefaultPassBuilder.define_nopython_pipeline(self.state)
        passes.add_pass_after(_LinkOnly, NopythonTypeInference)
        passes.finalize()
        return [passes]
