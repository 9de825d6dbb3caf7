"""Refactorings without effect: the same number written another way, which no check may notice. Drawn from a seed, as faults are."""

import ast
import random
from collections.abc import Iterator

from tests.mutants.mutant import Mutant, is_place, modules, places_of, text_of
from tests.mutants.sites import is_compiled

MIRRORED = {ast.Lt: ">", ast.LtE: ">=", ast.Gt: "<", ast.GtE: "<=", ast.Eq: "==", ast.NotEq: "!="}
"""A comparison with its sides swapped."""
EITHER_WAY = {ast.Add: "+", ast.Mult: "*"}
"""What gives the same bits either way round."""


def refactorings_of(module: str, source: str) -> Iterator[Mutant]:
    """Go through every refactoring of the compiled functions of a module."""
    for function in ast.parse(source).body:
        if not is_compiled(function) or not isinstance(function, ast.FunctionDef):
            continue
        for statement in function.body:
            for node in ast.walk(statement):
                if not is_place(node):
                    continue
                for kind, replacement in _written_otherwise(node):
                    expression = text_of(node)
                    like = places_of(function, expression)
                    if node in like and replacement != expression:
                        yield Mutant(module, function.name, kind, expression, replacement, like.index(node) if len(like) > 1 else -1)


def draw_refactorings(number: int, seed: int) -> list[Mutant]:
    """Draw refactorings: each in a module of its own, of kinds in turn."""
    luck = random.Random(f"refactorings {seed}")  # noqa: S311
    names = sorted(modules())
    luck.shuffle(names)
    found: list[Mutant] = []
    for module in names:
        source = Mutant(module, "", "", "", "").path().read_text(encoding="utf-8")
        sites = sorted({site.name: site for site in refactorings_of(module, source)}.values(), key=lambda site: site.name)
        kinds = sorted({site.kind for site in sites}, key=lambda kind: (sum(one.kind == kind for one in found), kind))
        if kinds and len(found) < number:
            found.append(luck.choice([site for site in sites if site.kind == kinds[0]]))
    return found


def _written_otherwise(node: ast.AST) -> Iterator[tuple[str, str]]:
    """Return kind and text of each other way to write a node; nothing with a call in it, whose turn could matter, is moved."""
    if any(isinstance(one, ast.Call) for one in ast.walk(node)) and not isinstance(node, (ast.IfExp, ast.If)):
        return
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in MIRRORED:
        yield "sides of a comparison swapped", f"({text_of(node.comparators[0])}) {MIRRORED[type(node.ops[0])]} ({text_of(node.left)})"
    elif isinstance(node, ast.BinOp) and type(node.op) in EITHER_WAY:
        yield "order of a sum or product", f"({text_of(node.right)}) {EITHER_WAY[type(node.op)]} ({text_of(node.left)})"
    elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Attribute) and isinstance(node.op, (ast.Add, ast.Sub)):
        sign = "+" if isinstance(node.op, ast.Add) else "-"
        yield "an assignment written out", f"{text_of(node.target)} = {text_of(node.target)} {sign} ({text_of(node.value)})"
    elif isinstance(node, ast.IfExp):
        yield "branches swapped", f"({text_of(node.orelse)}) if not ({text_of(node.test)}) else ({text_of(node.body)})"
    elif isinstance(node, ast.BoolOp):
        turned = "or" if isinstance(node.op, ast.And) else "and"
        yield "a condition by its opposite", "not (" + f" {turned} ".join(f"(not ({text_of(value)}))" for value in node.values) + ")"
