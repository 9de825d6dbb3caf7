"""``yizhan list variables`` has every column of every table, count and account, and ``yizhan list phases`` every phase, in both languages."""

import importlib
import re
from collections.abc import Iterator
from enum import IntEnum
from pathlib import Path

from experiments.list.variables import MEANINGS, STATES, TABLES, TOTALS, list_phases, list_variables
from experiments.list.words.counts import ACCOUNTS, COUNTS, STOCKS
from sim.bilingual import in_language
from sim.columns import Column
from sim.compiled import NEVER
from sim.day import PHASES
from sim.levers import LEVERS
from sim.states import Count, Stock
from sim.tables import Tables

ROOT = Path(__file__).resolve().parents[2]
ROWS = {row.cells[0]: row for row in list_variables().rows}


def declared() -> Iterator[Column]:
    """Yield every column that any module declares, wherever it stands."""
    for path in sorted((ROOT / "sim").rglob("*.py")):
        if re.search(r"\bColumn\(", path.read_text(encoding="utf-8")):
            module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
            for value in vars(module).values():
                yield from (column for column in value if isinstance(column, Column)) if isinstance(value, tuple) else ()
    for lever in LEVERS:
        yield from (*lever.person, *lever.firm)


def test_every_column_that_is_declared_is_listed() -> None:
    columns = list(declared())
    assert len(columns) > 300
    listed = [column for entity in TABLES.values() for column in entity.columns]
    assert [column.name for column in columns if column not in listed] == []
    assert len(ROWS) == len(listed) + sum(len(entries) for _, entries in TOTALS.values()) + sum(len(lever.counts) for lever in LEVERS)


def test_tables_have_the_names_that_rules_use() -> None:
    assert set(TABLES) | set(TOTALS) <= set(Tables.__annotations__)


def test_every_column_is_told_in_chinese() -> None:
    left = sorted({column.meaning for column in declared() if column.meaning not in MEANINGS})
    assert left == [], "write their Chinese in experiments/list/words/people.py or market.py"
    gone = sorted(set(MEANINGS) - {column.meaning for column in declared()})
    assert gone == [], "no column means that any more: take it out of experiments/list/words"


def test_every_count_stock_and_account_is_told_in_chinese() -> None:
    where = "write unit and Chinese in experiments/list/words/counts.py, and take out what is gone"
    assert set(COUNTS) == {count.name for count in Count} | {name for lever in LEVERS for name in lever.counts}, where
    assert set(STOCKS) == {stock.name for stock in Stock}, where
    accounts = {entry.name for table in ("ledger", "cashbook") for entry in TOTALS[table][1]}
    assert set(ACCOUNTS) == accounts, where


def test_a_row_says_what_the_declaration_says() -> None:
    for name, entity in TABLES.items():
        for column in entity.columns:
            _, meaning, _, unit, initial, _ = ROWS[f"{name}.{column.name}"].cells
            assert (meaning, unit) == (column.meaning, column.unit)
            assert ("none" in initial) == (column.initial == NEVER and not unit.startswith("CNY"))
    cells = ROWS["people.activity"].cells
    assert cells[2:] == ("int8: ABSENT, STUDYING, SEARCHING, TRAINING, INTERN, EMPLOYED, FOUNDER, INACTIVE, AGED_OUT", "-", "ABSENT (0)", "–")
    assert ROWS["people.savings"].cells[2] == "int64"
    assert in_language(ROWS["people.certificate"].cells[4], "zh") == "无（-1）"
    assert ROWS["services.budget"].cells[4] == "-1"
    assert in_language(ROWS["people.card"].cells[5], "zh") == "补贴与优惠卡"
    assert ROWS["ledger.WAGES"].cells[1:4] == ("wages", "int64", "CNY")
    assert in_language(ROWS["counts.labour_export.placed"].cells[1], "zh") == "经介绍签约外地"


def test_a_named_state_tells_the_states_by_their_numbers() -> None:
    assert set(STATES) <= set(ROWS)
    assert all([int(state) for state in states] == list(range(len(states))) for states in STATES.values())
    initial = {f"{name}.{column.name}": column.initial for name, entity in TABLES.items() for column in entity.columns}
    assert [key for key, value in initial.items() if isinstance(value, IntEnum) and key not in STATES] == []


def test_phases_stand_in_their_order_each_with_its_words_and_its_file() -> None:
    rows = list_phases().rows
    assert [row.cells[0] for row in rows] == list(PHASES)
    for name, told, file in (row.cells for row in rows):
        assert in_language(told, "zh") != name, f"write what {name} does into experiments/list/words/phases.py"
        assert re.search(rf"^def {name}\(", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)
