"""Decisions that nobody takes and columns that nobody reads are not kept."""

import ast
from collections.abc import Iterable, Iterator

from sim.agents.employer import APPLICATIONS, LOANS, POSTS, SLOTS
from sim.agents.station import CAMPUSES, CASES, DISTRICTS, DUTIES, EVENTS, LENDERS, MENTORS, SERVICES, STATIONS
from sim.calendar import DAYS
from sim.columns import Column
from sim.draws import Decision
from sim.schema import EMPLOYERS, GRADUATES
from sim.states import Trip
from sim.world import FIELD_SLOTS
from tests.trees import files_of, nodes_in, nodes_of

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


def reads(files: Iterable[tuple[ast.AST, ...]]) -> Iterator[tuple[str | None, str]]:
    """Yield the columns that are read: their table, None where any may be meant, and their name."""
    for nodes in files:
        calls = (node for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args)
        declared = {id(node.args[0]) for node in calls if node.func.id == "Column"}
        for node in nodes:
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
                yield table_of(node.value), node.attr
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in declared:
                yield None, node.value


def unread(columns: dict[str, tuple[Column, ...]], files: Iterable[tuple[ast.AST, ...]]) -> set[str]:
    found = set(reads(files))
    return {
        f"{table}.{column.name}"
        for table, row in columns.items()
        for column in row
        if not (column.took_part or column.counts or column.counts_partly or column.told or {(table, column.name), (None, column.name)} & found)
    }


def test_every_decision_is_taken() -> None:
    named = (node for _, node in nodes_in("sim") if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name))
    taken = {node.attr for node in named if node.value.id == "Decision"}
    assert sorted(set(Decision.__members__) - taken) == [], "take it out, and put its number among the RESERVED"


def test_every_reason_to_travel_is_one() -> None:
    named = (node for _, node in nodes_in("sim") if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name))
    reasons = {node.attr for node in named if node.value.id == "Trip"}
    assert [trip.name for trip in Trip if trip.name not in reasons] == []


def test_every_column_is_read() -> None:
    columns = {table: row for table, (row, _) in TABLES.items()}
    kept = {f"{table}.{column.name}" for table, row in columns.items() for column in row if column.meaning.endswith(KEPT)}
    found = unread(columns, [nodes_of(path) for path in files_of("sim")]) - kept
    assert sorted(found) == [], "a column that nobody reads goes, or says in its meaning that it is kept for checks"


def test_the_walk_tells_reading_from_writing() -> None:
    rule = "def rule(world, station):\n    station.nights += 1\n    return station.beds, world.services[1].spent\n"
    columns = {"stations": tuple(Column(name, "i8", "-", "x") for name in ("nights", "beds", "spent"))}
    assert unread(columns, [tuple(ast.walk(ast.parse(rule)))]) == {"stations.nights", "stations.spent"}
    assert unread(columns, [tuple(ast.walk(ast.parse("rows['nights'], rows['spent']")))]) == {"stations.beds"}
