"""The sources of the project as trees, each read once by a process, and not before a test asks."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("yizhan", "sim", "experiments")


@cache
def files_of(*packages: str) -> tuple[Path, ...]:
    """Return every Python file of some packages, in order."""
    return tuple(path for package in packages for path in sorted((ROOT / package).rglob("*.py")))


@cache
def tree_of(path: Path) -> ast.Module:
    """Return a file as a tree, which nobody may change."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """Return every node of a file."""
    return tuple(ast.walk(tree_of(path)))


def named(path: Path, below: Path = ROOT) -> str:
    """Return what messages call a file."""
    return path.relative_to(below).as_posix()


def nodes_in(*packages: str) -> Iterator[tuple[Path, ast.AST]]:
    """Yield every node of some packages with its file."""
    for path in files_of(*packages):
        for node in nodes_of(path):
            yield path, node
