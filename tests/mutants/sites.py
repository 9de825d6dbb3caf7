"""Where a fault can be, and which: every place in the compiled functions of a module."""

import ast
from collections.abc import Iterator

from tests.mutants.mutant import Mutant, is_place, places_of, text_of

LUCK = ("uniform", "normal", "four_uniforms", "days_until", "poisson", "exponential", "pick")
"""Draws: another key is other luck of the same kind, and a draw equals nothing, so these faults would be none."""
OPPOSITE = {ast.Lt: ">=", ast.LtE: ">", ast.Gt: "<=", ast.GtE: "<", ast.Eq: "!=", ast.NotEq: "=="}
COMPARED = {ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "=="}
RECKONED = {ast.Add: "-", ast.Sub: "+", ast.Mult: "+", ast.FloorDiv: "*", ast.Div: "*"}
NUMBERS = {"day", "identity", "row", "number", "employer_row", "firm_row", "index", "slot", "place", "key", "lever", "industry", "wage", "tenure"}
"""Names of whole numbers: what can be swapped in a call."""


def is_compiled(node: ast.stmt) -> bool:
    """Tell whether a function is a rule."""
    return isinstance(node, ast.FunctionDef) and any(text_of(one) in ("compiled", "entry") for one in node.decorator_list)


def sites_of(module: str, source: str, columns: dict[str, dict[str, str]]) -> Iterator[Mutant]:
    """Go through every fault that a module could have.

    Args:
        module: The module.
        source: Its text.
        columns: Columns of a row by the name that rules give it, each with its kind of number.
    """
    for function in ast.parse(source).body:
        if not is_compiled(function) or not isinstance(function, ast.FunctionDef):
            continue
        used = _columns_used(function)
        for statement in function.body:
            whole = {id(node.value) for node in ast.walk(statement) if isinstance(node, ast.Expr)}
            for node in ast.walk(statement):
                if not is_place(node) or id(node) in whole:
                    continue
                for kind, replacement in _faults(node, columns, used):
                    expression = text_of(node)
                    like = places_of(function, expression)
                    index = like.index(node) if len(like) > 1 else -1
                    yield Mutant(module, function.name, kind, expression, replacement, index)


def _is_continuous(node: ast.Compare) -> bool:
    """Tell whether the two sides are never the same: one is drawn, or is no whole number."""
    inside = list(ast.walk(node))
    drawn = any(isinstance(one, ast.Call) and text_of(one.func) in LUCK for one in inside)
    return drawn or any(isinstance(one, ast.Constant) and isinstance(one.value, float) for one in inside)


def _columns_used(function: ast.FunctionDef) -> set[tuple[str, str]]:
    return {(node.value.id, node.attr) for node in ast.walk(function) if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)}


def _faults(node: ast.AST, columns: dict[str, dict[str, str]], used: set[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Return kind and replacement of each fault at a place."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in COMPARED:
        turned = (OPPOSITE if _is_continuous(node) else COMPARED)[type(node.ops[0])]
        yield "a comparison turned", f"{text_of(node.left)} {turned} {text_of(node.comparators[0])}"
    elif isinstance(node, ast.BoolOp):
        for left_out in range(len(node.values)):
            kept = [value for number, value in enumerate(node.values) if number != left_out]
            rest = ast.BoolOp(node.op, kept) if len(kept) > 1 else kept[0]
            yield "a condition forgotten", text_of(rest)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "a condition turned", text_of(node.operand)
    elif isinstance(node, ast.BinOp) and type(node.op) in RECKONED:
        yield "another operation", f"({text_of(node.left)}) {RECKONED[type(node.op)]} ({text_of(node.right)})"
        if isinstance(node.right, ast.Constant) and node.right.value == 1 and isinstance(node.op, (ast.Add, ast.Sub)):
            yield "off by one", text_of(node.left)
    elif isinstance(node, ast.AugAssign):
        if isinstance(node.op, (ast.Add, ast.Sub)):
            yield "a sign", f"{text_of(node.target)} {'-' if isinstance(node.op, ast.Add) else '+'}= {text_of(node.value)}"
        if not isinstance(node.target, ast.Name):
            yield "forgotten", "pass"
    elif isinstance(node, ast.Assign) and all(not isinstance(target, (ast.Name, ast.Tuple)) for target in node.targets):
        yield "forgotten", "pass"
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield "forgotten", "pass"
        yield from _swaps(node.value)
    elif isinstance(node, ast.Call):
        yield from _swaps(node)
    elif isinstance(node, ast.Attribute):
        yield from _columns(node, columns, used)


def _swaps(call: ast.Call) -> Iterator[tuple[str, str]]:
    """Swap two neighbouring numbers of a call."""
    if text_of(call.func) in LUCK:
        return
    for first, second in zip(range(len(call.args)), range(1, len(call.args)), strict=False):
        names = [call.args[place].id for place in (first, second) if isinstance(call.args[place], ast.Name)]  # type: ignore[attr-defined]
        if len(names) == 2 and set(names) <= NUMBERS:
            swapped = list(call.args)
            swapped[first], swapped[second] = swapped[second], swapped[first]
            yield "a pair swapped", text_of(ast.Call(call.func, swapped, call.keywords))


def _columns(node: ast.Attribute, columns: dict[str, dict[str, str]], used: set[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Read another column of the same row that the function reads too, or a parameter as if it were for a month, or twice."""
    if text_of(node).startswith("world.rules.") and text_of(node).count(".") == 3:
        yield "a month for a year", f"12 * {text_of(node)}"
    elif isinstance(node.value, ast.Name) and node.value.id in columns:
        row = node.value.id
        kinds = columns[row]
        for other in sorted(name for base, name in used if base == row):
            if other != node.attr and other in kinds and kinds.get(node.attr) == kinds[other]:
                yield "another column", f"{row}.{other}"
