"""Whatever can go wrong is told in both languages: every error that a person can meet is raised with a `Sentence`."""

import ast
from collections.abc import Iterator
from functools import cache

import pytest

from tests.trees import PACKAGES, files_of, named, nodes_in, tree_of

TOLD = ("MistakeError", "FailedError", "ConfigurationError", "StudyError", "NotComparableError", "LeverError", "UntraceableError", "UnusableError",
"ValueError")
"""Errors that a person reads; validators raise a ValueError, which pydantic hands on."""
OF_PROGRAMMERS = {
    "experiments/bench/plain": "the reference beside which the engine is timed, fed by its own scenario",
    "experiments/check/baselines.py": "what stands in a file, told as a broken baseline",
    "experiments/check/exact_text.py": "what stands in a file, told as a broken baseline",
    "experiments/shared/fonts/make_subset.py": "a script for whoever makes the font",
    "experiments/sweep/figures": "figures called with columns that are not there",
    "sim/columns.py": "declarations of columns",
    "sim/measures.py": "declarations of outcomes",
    "sim/parameters.py": "declarations of parameters",
    "sim/statistics.py": "arguments of statistics",
    "sim/tables.py": "more rows than a table has",
}
"""File or folder → why its ValueErrors are met by programmers alone."""
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def functions() -> dict[str, list[Function]]:
    """Return every function by name."""
    found: dict[str, list[Function]] = {}
    for _, node in nodes_in(*PACKAGES):
        if isinstance(node, Function):
            found.setdefault(node.name, []).append(node)
    return found


@cache
def is_declared(function: Function) -> bool:
    """Tell whether a function says that it returns a sentence."""
    return function.returns is not None and "Sentence" in ast.unparse(function.returns)


def is_either(function: Function) -> bool:
    """Tell whether a function may return a plain text, too, which then has to be empty; of all others the types take care."""
    return is_declared(function) and "str" in ast.unparse(function.returns or ast.Constant(""))


def is_told(node: ast.expr, inside: list[ast.AST]) -> bool:
    """Tell whether an expression is in both languages: a sentence, what a function that says so returns, or a name of one."""
    match node:
        case ast.Constant(value="") | ast.Starred():  # what another error said
            return True
        case ast.Call(func=ast.Name(id="Sentence" | "sentence")):
            return True
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return any(is_declared(function) for function in functions().get(name, []))
        case ast.BoolOp(values=values):
            return all(is_told(value, inside) for value in values)
        case ast.IfExp(body=body, orelse=other):
            return is_told(body, inside) and is_told(other, inside)
        case ast.Attribute(attr="reason" | "untraced"):
            return True
        case ast.Name(id=name):
            given = [value for place in inside for value in values_of(name, place)]
            given = given or [value for path in files_of(*PACKAGES) if name.isupper() for value in values_of(name, tree_of(path))]
            return bool(given) and all(is_told(value, inside) for value in given)
    return False


def values_of(name: str, place: ast.AST) -> Iterator[ast.expr]:
    """Yield what a name is set to anywhere in a function or at the top of a module."""
    body = ast.walk(place) if isinstance(place, Function) else ast.iter_child_nodes(place)
    for node in body:
        match node:
            case ast.Assign(targets=[ast.Name(id=set_here)], value=value) | ast.NamedExpr(target=ast.Name(id=set_here),
            value=value) if set_here == name:
                yield value
            case ast.arg(arg=parameter, annotation=ast.expr() as kind) if parameter == name and "Sentence" in ast.unparse(kind):
                yield ast.Constant("")


def untold(tree: ast.Module, errors: tuple[str, ...] = TOLD) -> list[int]:
    """Return the lines that raise such an error with words of one language."""
    found = []
    for function in (node for node in ast.walk(tree) if isinstance(node, Function)):
        for node in ast.walk(function):
            match node:
                case ast.Raise(exc=ast.Call(func=func, args=args)) if any(part in errors for part in names_in(func)):
                    if not args or not is_told(args[0], [function, tree]):
                        found.append(node.lineno)
                case ast.Return(value=ast.expr() as value) if is_either(function) and not is_told(value, [function, tree]):
                    found.append(node.lineno)
    return sorted(set(found))


def names_in(node: ast.expr) -> list[str]:
    """Return the names that an expression mentions."""
    return [part.id for part in ast.walk(node) if isinstance(part, ast.Name)]


def test_what_goes_wrong_is_told_in_both_languages() -> None:
    found = []
    for path in files_of(*PACKAGES):
        errors = TOLD[:-1] if named(path).startswith(tuple(OF_PROGRAMMERS)) else TOLD
        found += [f"{named(path)}:{line}" for line in untold(tree_of(path), errors)]
    assert found == []


WRONG = [
    'def f():\n    raise MistakeError("no")',
    'def f(x):\n    raise MistakeError(f"no {x}")',
    'def f(x):\n    message = "no"\n    raise FailedError(message) from None',
    'def f(x):\n    raise (FailedError if x else MistakeError)("no")',
    'def f(x):\n    raise ValueError(str(sentence("a", "b")))',
    'def f() -> Sentence | str:\n    return "no"',
]
RIGHT = [
    'def f():\n    raise MistakeError(sentence("a", "b"))',
    'def f(x):\n    message = Sentence("a", "b")\n    raise ValueError(message)',
    'WHY = Sentence("a", "b")\ndef f(x):\n    raise ValueError(WHY)',
    'def f(x):\n    raise ConfigurationError(unknown("key", x, []))',
]


@pytest.mark.parametrize("code", WRONG)
def test_words_of_one_language_are_found(code: str) -> None:
    assert untold(ast.parse(code))


@pytest.mark.parametrize("code", RIGHT)
def test_sentences_are_not(code: str) -> None:
    assert untold(ast.parse(code)) == []
