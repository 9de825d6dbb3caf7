"""A mutant: one small fault, declared by function and expression, never by line; and the table of those that are declared."""

import ast
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TABLE = Path(__file__).with_name("mutants.toml")
LEVERS = "levers"
"""The folder of the levers, in sim/ and in tests/sim/."""
PACKAGES = {"rules": "sim/rules", "phases": "sim/phases", "levers": f"sim/{LEVERS}", "model": "sim"}


@dataclass(frozen=True)
class Mutant:
    """One fault."""

    module: str
    """Package and module, such as ``levers/incubator``; ``model/recorder`` is sim/recorder.py."""
    function: str
    kind: str
    expression: str
    """Text of an expression or a statement of the function, as Python writes it."""
    replacement: str
    index: int = -1
    """Which of several like it in the function, from 0; -1: there is only one."""
    equivalent: str = ""
    """Why no test can tell it from the model, where that is so."""

    @property
    def name(self) -> str:
        """What it is called in results: where it is and what it does."""
        which = f" #{self.index}" if self.index >= 0 else ""
        return f"{self.module} {self.function}: {self.expression} -> {self.replacement}{which}".replace("\n", "; ")

    def path(self, root: Path = ROOT) -> Path:
        """Return the source of its module."""
        package, _, module = self.module.partition("/")
        return root / PACKAGES[package] / f"{module}.py"


class DoesNotApplyError(Exception):
    """A declared fault has no place, or several, in the present sources."""


def modules(root: Path = ROOT) -> Iterator[str]:
    """Name every module in which faults are drawn: those that hold rules."""
    for package in ("rules", "phases", "levers"):
        paths = sorted((root / PACKAGES[package]).glob("*.py"))
        yield from (f"{package}/{path.stem}" for path in paths if "\n@compiled\n" in path.read_text(encoding="utf-8"))
    yield from ("model/population", "model/earlier_classes", "model/established", "model/recorder")


def function_of(tree: ast.Module, name: str) -> ast.FunctionDef:
    """Find a function of a module."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            return node
    message = f"there is no function {name}"
    raise DoesNotApplyError(message)


def text_of(node: ast.AST) -> str:
    """Return an expression or a statement as Python writes it."""
    return ast.unparse(node)


def is_place(node: ast.AST) -> bool:
    """Tell whether a node can be replaced: a statement, or an expression that is read."""
    return isinstance(node, ast.stmt) or (isinstance(node, ast.expr) and isinstance(getattr(node, "ctx", ast.Load()), ast.Load))


def places_of(function: ast.FunctionDef, expression: str) -> list[ast.AST]:
    """Return the nodes of a function that read as the expression, from top to bottom."""
    found = [node for statement in function.body for node in ast.walk(statement) if is_place(node) and text_of(node) == expression]
    of_statements = [node.value for node in found if isinstance(node, ast.Expr)]
    alone = [node for node in found if node not in of_statements]
    return sorted(alone, key=lambda node: (node.lineno, node.col_offset))  # type: ignore[attr-defined]


def place_of(mutant: Mutant, tree: ast.Module) -> ast.AST:
    """Find the one node that a mutant replaces."""
    found = places_of(function_of(tree, mutant.function), mutant.expression)
    if mutant.index >= len(found) or (mutant.index < 0 and len(found) != 1):
        message = f"{mutant.name}: {len(found)} places in {mutant.path()}; declare it anew, or draw another"
        raise DoesNotApplyError(message)
    return found[max(0, mutant.index)]


def read_table(path: Path = TABLE) -> list[Mutant]:
    """Read the declared mutants."""
    return [Mutant(**entry) for entry in tomllib.loads(path.read_text(encoding="utf-8"))["mutant"]]


def write_table(mutants: Iterable[Mutant], seed: int, claims: dict[str, list[str]], path: Path = TABLE) -> None:
    """Write the table, with the test files that claim each module."""
    lines = [
        "# Faults that the tests have to find. Their places are drawn: python -m tests.mutants.draw",
        f"seed = {seed}",
        "",
        "[claims] # test files of each module, the likeliest first",
        *(f'"{module}" = [{", ".join(quote(file) for file in files)}]' for module, files in claims.items()),
    ]
    for mutant in mutants:
        lines += ["", "[[mutant]]"]
        lines += [f"{key} = {quote(str(getattr(mutant, key)))}" for key in ("module", "function", "kind", "expression", "replacement")]
        if mutant.index >= 0:
            lines.append(f"index = {mutant.index}")
        if mutant.equivalent:
            lines.append(f"equivalent = {quote(mutant.equivalent)}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def quote(text: str) -> str:
    """Write a text for the table."""
    return f"'{text}'" if "'" not in text and "\n" not in text else '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
