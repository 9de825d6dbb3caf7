"""No word at an employer's desk: nobody has points for having come through a programme, which an employer learns nothing from."""

import ast
from collections.abc import Iterator

from tests.trees import ROOT, named, nodes_in

SIM = ROOT / "sim"
SCORES = {"cv_score", "interview_score", "score_of_two", "cost_at_desk"}
"""What may stand on a pile: the skill expected by Bayes' rule, less what hiring the person costs beside pay."""


def functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path, node in nodes_in("sim"):
        if isinstance(node, ast.FunctionDef):
            yield named(path, SIM), node


def name_of(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def assigned(function: ast.FunctionDef) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Yield what is assigned in a function, and its value, entry by entry."""
    for node in ast.walk(function):
        if isinstance(node, ast.AugAssign):
            yield node.target, node.value
        for target in node.targets if isinstance(node, ast.Assign) else ():
            value = node.value if isinstance(node, ast.Assign) else target
            both = isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple)
            if both and not any(isinstance(one, ast.Starred) for one in target.elts + value.elts):
                yield from zip(target.elts, value.elts, strict=True)
            else:
                yield target, value


def sources(node: ast.expr, function: ast.FunctionDef) -> set[str]:
    """Name all that a sum comes from: functions called, numbers but zero, parameters."""
    if isinstance(node, ast.BinOp):
        return sources(node.left, function) | sources(node.right, function)
    if isinstance(node, ast.Name):
        values = [value for target, value in assigned(function) if name_of(target) == node.id]
        return set().union(*(sources(value, function) for value in values)) if values else {f"argument {node.id}"}
    if isinstance(node, ast.Call):
        return {name_of(node.func)}
    return set() if isinstance(node, ast.Constant) and node.value == 0 else {ast.unparse(node)}


def test_what_stands_on_a_pile_is_expected_skill_less_the_wait() -> None:
    seen = 0
    for file, function in functions():
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and name_of(node.func) == "keep_application":
                seen += 1
                assert sources(node.args[3], function) <= SCORES, f"sim/{file} {function.name}: {ast.unparse(node.args[3])}"
        for target, value in assigned(function):
            if ast.unparse(target) == "application.score" and function.name not in {"keep_application", "leave_to_think"}:  # worth to the person
                seen += 1
                assert sources(value, function) <= SCORES, f"sim/{file} {function.name}: {ast.unparse(value)}"
    assert seen >= 7


def test_how_an_application_came_tells_what_was_seen_and_nothing_else() -> None:
    """Where scores are made, the channel is asked for by what was seen before, and for what a host saves with its own intern."""
    asking = {function.name for file, function in functions() if file == "rules/scoring.py" for node in ast.walk(function)
              if isinstance(node, ast.Attribute) and name_of(node.value) == "Channel"}  # fmt: skip
    assert asking == {"seen_before", "expected_output"}


def test_nothing_that_happens_to_a_person_adds_to_how_the_skill_is_shown() -> None:
    """It is drawn once; help with a search adds to it for a while (`sim/rules/help.py`)."""
    writing = [f"sim/{file}" for file, function in functions() for target, _ in assigned(function) if name_of(target) == "interview_skill"]
    assert writing == ["sim/nation/arriving.py", "sim/population.py"], "who moves to another market keeps what it has"
