"""A copy of the project in which every declared fault is written, each behind its number."""

import ast
import shutil
from pathlib import Path

from tests.mutants.mutant import ROOT, Mutant, place_of

COPIED = ("sim", "experiments", "configs", "tests", "docs", "pyproject.toml", "README.md")


class _Graft(ast.NodeTransformer):
    """Put each fault beside what it replaces."""

    def __init__(self, faults: dict[int, list[tuple[int, Mutant]]]) -> None:
        self.faults = faults

    def visit(self, node: ast.AST) -> ast.AST:
        grafted = self.generic_visit(node)
        for number, mutant in self.faults.get(id(node), []):
            grafted = _beside(grafted, number, mutant.replacement)
        return grafted


def _beside(node: ast.AST, number: int, replacement: str) -> ast.AST:
    """Return what is done with and without a fault."""
    asked = ast.parse(f"is_faulty({number})", mode="eval").body
    if isinstance(node, ast.stmt):
        return ast.If(asked, ast.parse(replacement).body, [node])
    assert isinstance(node, ast.expr)
    return ast.IfExp(asked, ast.parse(replacement, mode="eval").body, node)


def graft(source: str, mutants: list[tuple[int, Mutant]]) -> str:
    """Write faults into the text of a module."""
    tree = ast.parse(source)
    faults: dict[int, list[tuple[int, Mutant]]] = {}
    for number, mutant in mutants:
        faults.setdefault(id(place_of(mutant, tree)), []).append((number, mutant))
    first = next(place for place, node in enumerate(tree.body) if isinstance(node, ast.ImportFrom) and node.module != "__future__")
    grafted = _Graft(faults).visit(tree)
    grafted.body.insert(first, ast.parse("from sim.switch import is_faulty").body[0])  # type: ignore[attr-defined]
    return ast.unparse(ast.fix_missing_locations(grafted)) + "\n"


def with_fault(mutant: Mutant, source: str) -> str:
    """Return the text of a module with one fault in it, for good."""
    tree = ast.parse(source)
    place = place_of(mutant, tree)

    class Replace(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> ast.AST:
            if node is not place:
                return self.generic_visit(node)
            if isinstance(node, ast.stmt):
                return ast.parse(mutant.replacement).body[0]
            return ast.parse(mutant.replacement, mode="eval").body

    return ast.unparse(ast.fix_missing_locations(Replace().visit(tree))) + "\n"


def copy_with_faults(folder: Path, mutants: list[Mutant]) -> None:
    """Copy the project and write the faults, numbered as they are listed, into the copy."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__", ".results", "mutants"), dirs_exist_ok=True)
        else:
            shutil.copy(source, folder / name)
    shutil.copy(Path(__file__).with_name("switch.py"), folder / "sim" / "switch.py")
    of_module: dict[str, list[tuple[int, Mutant]]] = {}
    for number, mutant in enumerate(mutants):
        of_module.setdefault(mutant.module, []).append((number, mutant))
    for faults in of_module.values():
        path = faults[0][1].path(folder)
        path.write_text(graft(path.read_text(encoding="utf-8"), faults), encoding="utf-8")
