"""How rules are written: the world first, few arguments, a number or a row and not both."""

import ast
from functools import cache

from sim.tables import Tables
from tests.trees import ROOT, files_of, named, tree_of

SIM = ROOT / "sim"
MANY = 8
MOST_WITH_MANY = 6
"""Rules that may take as many arguments or more."""
ROWS = {"person": "identity", "employer": "employer_row", "firm": "firm_row", "post": "number"}
"""What a row is called, and what its number would be."""


@cache
def rules() -> dict[str, ast.FunctionDef]:
    found = {}
    for path in files_of("sim"):
        for node in tree_of(path).body:
            if isinstance(node, ast.FunctionDef) and {"compiled", "entry"} & {ast.unparse(decorator) for decorator in node.decorator_list}:
                found[f"{named(path, SIM)}:{node.name}"] = node
    return found


def names_of(rule: ast.FunctionDef) -> list[str]:
    return [argument.arg for argument in rule.args.args]


def test_the_walk_finds_the_rules() -> None:
    assert len(rules()) > 230
    assert "phases/travel.py:travel" in rules()


def test_the_world_comes_first_and_the_day_next() -> None:
    for name, rule in rules().items():
        names = names_of(rule)
        assert "world" not in names[1:], name
        if "day" in names and "world" in names and "decision" not in names:
            assert names.index("day") == 1, name


def test_no_rule_takes_a_table_beside_the_world() -> None:
    tables = set(Tables.__annotations__)
    taking_it = {name: set(names_of(rule)) for name, rule in rules().items() if "world" in names_of(rule)}
    assert {name: names & tables for name, names in taking_it.items() if names & tables} == {}


def test_hardly_a_rule_has_many_arguments() -> None:
    many = [name for name, rule in rules().items() if len(names_of(rule)) >= MANY]
    assert len(many) <= MOST_WITH_MANY, many


def test_who_gets_a_number_takes_the_row_inside() -> None:
    for name, rule in rules().items():
        names = set(names_of(rule))
        assert not [row for row, number in ROWS.items() if {row, number} <= names], name


def test_the_day_is_a_place_and_a_line_a_phase() -> None:
    advance = rules()["day.py:advance"]
    loop = next(node for node in advance.body if isinstance(node, ast.For))
    for place, statement in enumerate(loop.body[1:]):
        assert isinstance(statement, ast.If)
        assert ast.unparse(statement.test) == f"first_phase <= {place} < last_phase"
        (phase,) = statement.body
        assert ast.unparse(phase).endswith("(world, day)"), ast.unparse(statement)
    assert len(loop.body) > 15
