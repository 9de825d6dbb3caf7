"""Tables: declared columns, views of one memory, rows that are never moved."""

import errno
import mmap
import os
import subprocess
import sys

import numpy as np
import pytest

from sim.agents.employer import APPLICATIONS, EMPLOYERS, LOANS, POSTS, SLOTS
from sim.agents.station import CAMPUSES, DISTRICTS, EVENTS, MENTORS, SERVICES, STATIONS
from sim.calendar import DAYS
from sim.columns import CACHE_LINE, LONGEST_RUN, MOST_PAY, OF_LARGE_PAGES, OF_THE_SYSTEM, Column, SomeRows, Table, row_dtype
from sim.fetching import LINE_OF_INTERVIEWS, LINE_OF_SEARCH, LINES_OF_THE_SURVEY
from sim.levers import LeverId
from sim.parameters import leaves
from sim.results import read_world
from sim.rules.working import raise_pay
from sim.scenario import Scenario
from sim.schema import GRADUATES
from sim.states import ACTIVITIES, PLACES, Activity, Help, Stock
from sim.world import World, make_world

COLUMNS = (
    Column("age", "i8", "years", "age"),
    Column("wage", "f8", "CNY", "wage", 2.5),
    Column("home", "i4", "row", "home", -1),
    Column("flag", "i1", "0/1", "flag"),
)
DECLARED = {
    "graduates": GRADUATES,
    "employers": EMPLOYERS,
    "posts": POSTS,
    "applications": APPLICATIONS,
    "slots": SLOTS,
    "loans": LOANS,
    "stations": STATIONS,
    "mentors": MENTORS,
    "services": SERVICES,
    "events": EVENTS,
    "districts": DISTRICTS,
    "campuses": CAMPUSES,
    "days": DAYS,
}


@pytest.fixture
def table() -> Table:
    counts = np.zeros(1, [("things", "i8"), ("others", "i8")]).view(np.recarray)
    return Table("things", COLUMNS, 4, counts)


def test_new_rows_have_their_initial_values(table: Table) -> None:
    table.count = 3
    assert [table.column(column.name).tolist() for column in COLUMNS] == [[0] * 3, [2.5] * 3, [-1] * 3, [0] * 3]
    assert [table.column(column.name).dtype for column in COLUMNS] == [np.dtype(column.dtype) for column in COLUMNS]


def test_a_column_is_a_view_of_the_rows(table: Table) -> None:
    table.count = 2
    table.column("age")[1] = 30
    table.rows.wage[0] = 9.0
    assert table.rows[1].age == 30
    assert table.column("wage").tolist() == [9.0, 2.5]
    assert np.shares_memory(table.column("age"), table.rows)


def test_more_room_keeps_the_rows(table: Table) -> None:
    table.count = 4
    table.column("age")[:] = [1, 2, 3, 4]
    table.reserve(10)
    assert (table.capacity, table.count) == (10, 4)
    assert table.column("age").tolist() == [1, 2, 3, 4]
    assert table.rows.home[4:].tolist() == [-1] * 6
    before = table.rows
    table.reserve(5)
    assert table.rows is before


@pytest.mark.parametrize("count", [-1, 5])
def test_a_count_beyond_the_room_is_refused(table: Table, count: int) -> None:
    with pytest.raises(ValueError, match=rf"things cannot hold {count} rows: capacity is 4"):
        table.count = count
    assert table.count == 0


def test_the_count_is_the_one_that_rules_see(table: Table) -> None:
    table._counts["things"][0] = 2
    assert table.count == 2
    assert len(table.column("age")) == 2


def test_some_rows_are_read_by_columns_as_copies(table: Table) -> None:
    table.count = 3
    table.column("age")[:] = [1, 2, 3]
    some = SomeRows(table, np.array([True, False, True]))
    assert (some.count, some.column("age").tolist(), some.columns) == (2, [1, 3], table.columns)
    assert not np.shares_memory(some.column("age"), table.rows)
    table.column("age")[2] = 9
    assert some.column("age").tolist() == [1, 9]


@pytest.mark.parametrize("are_there", [True, False])
def test_large_tables_ask_for_large_pages_and_do_without(are_there: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    class Memory(mmap.mmap):
        def madvise(self, option: int, *_: int) -> None:
            asked.append(option)
            if not are_there:
                raise OSError(errno.EINVAL, "no such pages")

    monkeypatch.setattr("sim.columns.mmap.mmap", Memory)
    monkeypatch.setattr("sim.columns.mmap.MADV_HUGEPAGE", 14, raising=False)
    number = (Column("number", "i8", "-", "a number", 5),)
    for rows in (OF_THE_SYSTEM // 8, OF_LARGE_PAGES // 8):
        assert Table("many", number, rows, np.zeros(1, [("many", "i8")])).rows["number"].sum() == 5 * rows
    assert asked == [14]


def test_an_unknown_column_is_an_error(table: Table) -> None:
    with pytest.raises((KeyError, ValueError), match=r"no field of name|salary"):
        table.column("salary")


@pytest.mark.parametrize("name", sorted(DECLARED))
def test_every_column_is_declared_once_with_unit_and_meaning(name: str) -> None:
    columns = DECLARED[name]
    names = [column.name for column in columns]
    assert len(set(names)) == len(names)
    assert [column.name for column in columns if not column.unit or not column.meaning] == []
    assert {column.dtype for column in columns} <= {"i1", "i2", "i4", "i8", "u1", "u4", "f8"}
    assert [column.name for column in columns if column.unit == "CNY" and column.dtype != "i8"] == [], "money is whole yuan"


def test_stocks_follow_the_table_of_persons_and_end_with_knowledge() -> None:
    assert min(Stock) == ACTIVITIES * PLACES == 27
    assert max(Stock) == Stock.AWARE
    assert len(set(Stock)) == max(Stock) - min(Stock) + 1


def test_flags_of_enums_fit_their_columns() -> None:
    assert max(Activity) < 128
    assert max(LeverId) < 32, "one bit a lever in an unsigned column of 32"
    assert max(Help) < 8, "one bit a kind in an unsigned column of 8"


def test_a_long_row_fills_whole_cache_lines_and_begins_on_one() -> None:
    counts = np.zeros(1, [("people", "i8")]).view(np.recarray)
    rows = Table("people", GRADUATES, 3, counts).rows
    assert rows.itemsize % CACHE_LINE == 0
    assert rows.ctypes.data % CACHE_LINE == 0
    assert row_dtype(SLOTS).itemsize == CACHE_LINE // 2, "a short row fills no line, and lies within one"


@pytest.mark.parametrize("columns", [GRADUATES, EMPLOYERS])
def test_what_is_read_together_lies_in_one_cache_line(columns: tuple[Column, ...]) -> None:
    fields = row_dtype(columns).fields
    assert fields is not None
    assert {column.line for column in columns} >= {0, 1}
    for column in columns:
        first = fields[column.name][1]
        line = first // CACHE_LINE + 1
        assert line == column.line if column.line else line > 1, column.name
        assert (first + column.kept.itemsize - 1) // CACHE_LINE + 1 == line, f"{column.name} lies in two lines"


def test_a_person_takes_ten_cache_lines() -> None:
    assert row_dtype(GRADUATES).itemsize <= 10 * CACHE_LINE, "declare the most that a count or a day can reach (Column.most), or free a column"


def test_a_row_keeps_what_a_column_can_reach_and_no_more() -> None:
    assert next(leaf.high for leaf in leaves(Scenario.load("none")) if leaf.key == "days") == LONGEST_RUN
    for column in GRADUATES:
        held = np.iinfo(column.kept).max if column.kept.kind == "i" else np.inf
        assert held >= column.most, column.name
        assert column.kept.itemsize <= np.dtype(column.dtype).itemsize, column.name
    assert Column("some", "i4", "-", "a number", most=2**15).kept == np.int32
    assert Column("few", "i4", "-", "a number", most=2**15 - 1).kept == np.int16


@pytest.fixture(scope="module")
def first_morning() -> World:
    return make_world(Scenario.load("none", {"population.graduates": 300, "days": 1}), 1, 0)


def test_pay_above_the_most_that_a_row_keeps_is_paid_as_that(first_morning: World) -> None:
    people = first_morning.tables["people"]
    number = int(np.flatnonzero(people.column("activity") == Activity.EMPLOYED)[0])
    everything = first_morning.together
    people.rows["wage"][number] = MOST_PAY - 1
    getattr(raise_pay, "py_func", raise_pay)(everything, int(people.rows["job_start_day"][number]) + 12 * 30, everything.people[number])
    assert people.rows["wage"][number] == MOST_PAY


def test_files_say_the_declared_type_whatever_a_row_keeps(first_morning: World) -> None:
    saved = read_world(first_morning, save_people=True).people
    assert {column.name: saved[column.name].dtype for column in GRADUATES} == {column.name: np.dtype(column.dtype) for column in GRADUATES}


def test_lines_that_are_fetched_hold_what_is_read() -> None:
    lines = {column.name: column.line for column in GRADUATES}
    assert {lines["last_session_day"], lines["preparing"]} == {LINE_OF_SEARCH + 1}
    assert lines["interview_day"] == LINE_OF_INTERVIEWS + 1
    assert max(lines[name] for name in ("education", "graduation_day", "last_session_day")) == LINES_OF_THE_SURVEY


def test_a_line_that_is_full_is_refused() -> None:
    full = tuple(Column(f"number_{index}", "f8", "-", "a number", line=2) for index in range(9))
    with pytest.raises(ValueError, match="cache line 2 take more than its 64 bytes: give number_8 another line"):
        row_dtype(full)


FORKED = """
import os
import numpy as np
from sim.columns import OF_THE_SYSTEM, Column, Table
table = Table("many", (Column("number", "i8", "-", "a number"),), OF_THE_SYSTEM, np.zeros(1, [("many", "i8")]))
child = os.fork()
if child == 0:
    table.rows["number"] = 7
    os._exit(0)
os.waitpid(child, 0)
print(int(table.rows["number"].max()))
"""
"""A large table, and a fork that writes into it."""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes do not fork here")
def test_a_fork_has_large_tables_of_its_own() -> None:
    done = subprocess.run([sys.executable, "-c", FORKED], capture_output=True, text=True, check=True)
    assert done.stdout == "0\n"
