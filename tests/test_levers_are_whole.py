"""A lever is one file: what others have to know of it they read from there, and few call it by its name."""

import ast
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from sim.levers import LEVERS, OWN, LeverId
from sim.parameters import inner_type
from sim.schema import EMPLOYERS, GRADUATES
from sim.states import Admission
from tests.trees import ROOT, files_of, named, nodes_of

MOST_OTHERS = 4
NAMELESS = (
    "sim/outcomes.py", "sim/world.py", "sim/furnishing.py", "sim/scenario.py", "sim/admission.py", "sim/rules/services.py", "sim/states.py",
    "sim/schema.py",
)  # fmt: skip
"""Files that would have to be touched by every new lever if they named any."""
INVENTORIES = ("experiments/bench/settings.py", "experiments/dashboard/content/levers.py")
"""Lists of the shipped levers that a new one may stay out of: it is then measured at its own settings, and its card stands among the last."""


OTHER_THINGS = {"loans", "internships", "subsidies"}
"""Words in strings that are also a table, a column and an account; attributes and imports of these levers are still found."""


def words_of(nodes: Iterable[ast.AST]) -> set[str]:
    """Return the names in a module's code: imports, attributes, and strings that are one; keys in examples of messages are for the reader."""
    docstrings = {id(node.value) for node in nodes if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)}
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("sim.levers."):
            found.add(node.module.rpartition(".")[2])
        elif isinstance(node, ast.Attribute) and isinstance(node.value, (ast.Attribute, ast.Name)):
            holder = node.value.attr if isinstance(node.value, ast.Attribute) else node.value.id
            if holder in ("rules", "policy", "LeverId"):
                found.add(node.attr.lower())
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            found.update({node.value} - OTHER_THINGS)
    return found


@cache
def named_in() -> dict[str, list[str]]:
    """Return for each lever the files of the model and the commands, other than its own, whose code names it."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in files_of("sim", "experiments"):
        words = words_of(nodes_of(path))
        for lever in OWN:
            if lever.name in words and path.stem != lever.name and named(path) not in INVENTORIES:
                found[lever.name].append(named(path))
    return found


@pytest.mark.parametrize("lever", [lever.name for lever in OWN])
def test_few_files_name_a_lever(lever: str) -> None:
    places = named_in()[lever]
    assert "sim/levers/__init__.py" in places, "the walk finds what it should"
    assert len(places) <= MOST_OTHERS, places


def test_no_file_that_serves_all_levers_names_one() -> None:
    for path in NAMELESS:
        words = words_of(nodes_of(ROOT / path))
        assert sorted(words & {lever.name for lever in OWN}) == [], path


@pytest.mark.parametrize("lever", OWN, ids=lambda lever: lever.name)
def test_a_lever_says_who_it_is(lever: type) -> None:
    assert Path(str(__import__(lever.__module__, fromlist=["_"]).__file__)) == ROOT / "sim" / "levers" / f"{lever.name}.py"
    for words in (lever.label, lever.summary):
        assert set(words) == {"en", "zh"}
        assert all(words.values())
    for column in (*lever.person, *lever.firm):
        assert column.unit
        assert column.meaning


@pytest.mark.parametrize("lever", OWN, ids=lambda lever: lever.name)
def test_a_lever_says_what_a_budget_buys(lever: type) -> None:
    assert any(lever.bought.values())
    for name, least in lever.bought.items():
        assert inner_type(lever.model_fields[name].annotation) in (int, float), name
        assert least >= 0, name


def test_every_lever_and_service_has_a_bit_of_its_own() -> None:
    assert [LeverId[lever.name.upper()] for lever in LEVERS] == list(range(len(LEVERS)))
    assert len(LEVERS) <= min(Admission), "rows of levers and bits of their services meet"
    services = [service for lever in LEVERS for service in lever.services.values()]
    assert sorted(services) == sorted(set(Admission)), "each service belongs to one lever"


@pytest.mark.parametrize("columns", [GRADUATES, EMPLOYERS], ids=["people", "employers"])
def test_a_column_has_one_home(columns: tuple) -> None:
    names = [column.name for column in columns]
    assert sorted(names) == sorted(set(names))
