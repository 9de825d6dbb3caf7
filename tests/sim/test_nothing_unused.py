"""Decisions that nobody takes and columns that nobody reads are not kept."""

import ast
from collections.abc import Iterator
from pathlib import Path

from sim.agents.employer import APPLICATIONS, LOANS, POSTS, SLOTS
from sim.agents.station import CAMPUSES, CASES, DISTRICTS, DUTIES, EVENTS, LENDERS, MENTORS, SERVICES, STATIONS
from sim.calendar import DAYS
from sim.columns import Column
from sim.draws import Decision
from sim.schema import EMPLOYERS, GRADUATES
from sim.states import Trip
from sim.world import FIELD_SLOTS

SIM = Path(__file__).resolve().parents[2] / "sim"
TREES = {path.relative_to(SIM).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in sorted(SIM.rglob("*.py"))}

TABLES: dict[str, tuple[tuple[Column, ...], tuple[str, ...]]] = {
    "people": (GRADUATES, ("person", "peer", "founder")),
    "employers": (EMPLOYERS, ("employer", "firm")),
    "posts": (POSTS, ("post",)),
    "applications": (APPLICATIONS, ("application",)),
    "slots": (SLOTS, ("slot",)),
    "loans": (LOANS, ("loan",)),
    "stations": (STATIONS, ("station",)),
    "mentors": (MENTORS, ("mentor",)),
    "services": (SERVICES, ("service",)),
    "events": (EVENTS, ("event",)),
    "districts": (DISTRICTS, ("district",)),
    "campuses": (CAMPUSES, ("campus",)),
    "cases": (CASES, ("case",)),
    "lenders": (LENDERS, ("lender",)),
    "duties": (DUTIES, ("duty",)),
    "fields": (FIELD_SLOTS, ("field",)),
    "calendar": (DAYS, ("day",)),
}
"""Table → its columns, and what rules call one of its rows."""

ROWS = {name: table for table, (_, names) in TABLES.items() for name in names}
KEPT = "; kept for checks"
"""Ends the meaning of a column that only tests read."""


def table_of(node: ast.expr) -> str | None:
    """Return the table that a row is of: ``world.posts[number]``, or by its name; None where it cannot be told."""
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute) and node.value.attr in TABLES:
        return node.value.attr
    return ROWS.get(node.id) if isinstance(node, ast.Name) else None


def reads(trees: dict[str, ast.Module]) -> Iterator[tuple[str | None, str]]:
    """Yield the columns that are read: their table, None where any may be meant, and their name."""
    for tree in trees.values():
        declared = {id(node.args[0]) for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "Column" and node.args}
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
                yield table_of(node.value), node.attr
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in declared:
                yield None, node.value


def unread(columns: dict[str, tuple[Column, ...]], trees: dict[str, ast.Module]) -> set[str]:
    found = set(reads(trees))
    return {
        f"{table}.{column.name}"
        for table, row in columns.items()
        for column in row
        if not (column.took_part or column.counts or column.counts_partly or column.told or {(table, column.name), (None, column.name)} & found)
    }


def test_every_decision_is_taken() -> None:
    taken = {
        node.attr for tree in TREES.values() for node in ast.walk(tree) if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "Decision"
    }
    assert sorted(set(Decision.__members__) - taken) == [], "take it out, and put its number among the RESERVED"


def test_every_reason_to_travel_is_one() -> None:
    named = {ast.unparse(node) for tree in TREES.values() for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert [trip.name for trip in Trip if f"Trip.{trip.name}" not in named] == []


def test_every_column_is_read() -> None:
    columns = {table: row for table, (row, _) in TABLES.items()}
    kept = {f"{table}.{column.name}" for table, row in columns.items() for column in row if column.meaning.endswith(KEPT)}
    assert sorted(unread(columns, TREES) - kept) == [], "a column that nobody reads goes, or says in its meaning that it is kept for checks"


def test_the_walk_tells_reading_from_writing() -> None:
    rule = "def rule(world, station):\n    station.nights += 1\n    return station.beds, world.services[1].spent\n"
    columns = {"stations": tuple(Column(name, "i8", "-", "x") for name in ("nights", "beds", "spent"))}
    assert unread(columns, {"rules/rule.py": ast.parse(rule)}) == {"stations.nights", "stations.spent"}
    assert unread(columns, {"outcomes.py": ast.parse("rows['nights'], rows['spent']")}) == {"stations.beds"}
