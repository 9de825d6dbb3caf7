"""The lists of state variables and of phases: what the model is made of and what a day does with it, read from the declarations alone."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from functools import cache
from typing import NamedTuple

import numpy as np

from experiments.list.listing import NOTHING, Column, Listing, Row, Section, make_listing
from experiments.list.parameters import lever_label, written
from experiments.list.words import counts, market, people
from experiments.list.words.phases import PHASES
from sim import columns, day
from sim.agents.employer import ANCHORS, APPLICATIONS, LOANS, PLAN, POSTS, SEEN, SLOTS
from sim.agents.station import CAMPUSES, CASES, DISTRICTS, DUTIES, EVENTS, LENDERS, MENTORS, SERVICES, STATIONS
from sim.bilingual import Sentence, sentence_of
from sim.calendar import DAYS
from sim.compiled import LONG_AGO, NEVER
from sim.levers import LEVERS
from sim.recorder import COUNTED
from sim.schema import EMPLOYERS, GRADUATES
from sim.states import (
    Activity,
    Cash,
    Channel,
    Count,
    Course,
    Education,
    EventKind,
    FieldOfStudy,
    Money,
    Origin,
    Place,
    Placement,
    PostState,
    Preparation,
    Stage,
    Stock,
)
from sim.units import unit_words
from sim.world import FIELD_SLOTS

MEANINGS: dict[str, str] = {
    **people.PEOPLE, **people.LEVERS, **market.EMPLOYERS, **market.PLAN, **market.POSTS, **market.SERVICES, **market.REGION,
}  # fmt: skip
"""What a column means → the same in Chinese."""


class Entity(NamedTuple):
    """A table of the world: what its rows stand for, and its columns."""

    label: Sentence
    columns: tuple[columns.Column, ...]


TABLES: dict[str, Entity] = {
    "people": Entity(Sentence("persons", "个人"), GRADUATES),
    "employers": Entity(Sentence("employers; a start-up has a founder", "用人单位；初创企业有创始人"), EMPLOYERS),
    "anchors": Entity(Sentence("anchor employers of the region", "本地骨干用人单位"), ANCHORS),
    "posts": Entity(Sentence("posts", "岗位"), POSTS),
    "applications": Entity(Sentence("applications on the pile of a post", "岗位保留的简历"), APPLICATIONS),
    "slots": Entity(Sentence("advertising slots", "广告位"), SLOTS),
    "fields": Entity(Sentence("boards, one an industry", "各行业的招聘板"), FIELD_SLOTS),
    "loans": Entity(Sentence("loans", "贷款"), LOANS),
    "stations": Entity(Sentence("stations", "驿站"), STATIONS),
    "mentors": Entity(Sentence("mentors", "导师"), MENTORS),
    "services": Entity(Sentence("services, one a lever", "服务，每项政策工具一项"), SERVICES),
    "events": Entity(Sentence("planned days of services", "服务安排的活动"), EVENTS),
    "cases": Entity(Sentence("case files", "帮扶档案"), CASES),
    "lenders": Entity(Sentence("lenders", "贷款机构"), LENDERS),
    "duties": Entity(Sentence("the organisation's hours of the day: one row", "组织当日的工时：一行"), DUTIES),
    "districts": Entity(Sentence("districts", "区县"), DISTRICTS),
    "campuses": Entity(Sentence("campuses", "高校"), CAMPUSES),
    "calendar": Entity(Sentence("the calendar, one row a day", "日历，每日一行"), DAYS),
    "plan": Entity(Sentence("how many posts the region is to have: one row", "地区岗位总量规划：一行"), PLAN),
    "seen": Entity(Sentence("working memory: posts come across in the session that is going on", "临时数据：当前求职时段看到的岗位"), SEEN),
    "counted": Entity(Sentence("working memory: what the evening counted of each person", "临时数据：每晚对个人的计数"), COUNTED),
}
"""Name of a table, as rules write it → what it is."""
STATES: dict[str, type[IntEnum]] = {
    "people.activity": Activity, "people.last_activity": Activity, "people.place": Place, "people.last_place": Place,
    "people.field": FieldOfStudy, "people.education": Education,
    "people.certificate": FieldOfStudy, "people.course": Course, "people.course_industry": FieldOfStudy, "people.placement": Placement,
    "people.preparing": Preparation,
    "employers.industry": FieldOfStudy, "posts.state": PostState, "posts.field": FieldOfStudy, "posts.education": Education,
    "posts.channel": Channel, "applications.channel": Channel, "applications.stage": Stage, "mentors.field": FieldOfStudy,
    "anchors.industry": FieldOfStudy, "events.kind": EventKind, "seen.channel": Channel, "counted.origin": Origin,
}  # fmt: skip
"""State variable that holds a named state → the states, numbered from 0."""
TOTALS: dict[str, tuple[Sentence, type[IntEnum]]] = {
    "counts": (Sentence("running counts since the start of the run", "自期初累计的计数"), Count),
    "standing": (Sentence("stocks last evening, behind persons by activity and place", "前一晚的存量（排在分类人数之后）"), Stock),
    "ledger": (Sentence("money of households by account", "个人资金账目"), Money),
    "cashbook": (Sentence("money of start-ups by account", "初创企业资金账目"), Cash),
}
"""Name of an array → what it is, and its entries."""


@cache
def list_variables() -> Listing:
    """List the state variables of every entity, and what all share: meaning, type, unit, value of a new row, and the lever that brings it."""
    headings = (
        Column(Sentence("state variable", "状态变量"), "key"),
        Column(Sentence("meaning", "含义"), "prose", "split"),
        Column(Sentence("type", "类型")),
        Column(Sentence("unit", "单位")),
        Column(Sentence("initial", "初值")),
        Column(Sentence("of the lever", "所属政策工具"), in_documents="split"),
    )
    sections = {name: Section(entity.label) for name, entity in TABLES.items()} | {name: Section(label) for name, (label, _) in TOTALS.items()}
    return Listing(Sentence("State variables", "状态变量"), headings, (*_of_tables(), *_of_totals()), sections)


def _of_tables() -> Iterator[Row]:
    levers = {(table, column.name): lever for lever in LEVERS for table in ("people", "employers") for column in _brought(lever, table)}
    for name, entity in TABLES.items():
        for column in entity.columns:
            meaning = Sentence(column.meaning, MEANINGS.get(column.meaning, column.meaning))
            kind = _type(f"{name}.{column.name}", column)
            lever = levers.get((name, column.name))
            label = lever_label(lever.name) if lever else NOTHING
            yield Row((f"{name}.{column.name}", meaning, kind, sentence_of(unit_words(column.unit)), _initial(column), label), name)


def _brought(lever: type, table: str) -> tuple[columns.Column, ...]:
    """Return the columns that a lever brings into a table."""
    found: tuple[columns.Column, ...] = lever.person if table == "people" else lever.firm  # type: ignore[attr-defined]
    return found


def _type(key: str, column: columns.Column) -> str:
    """Say what a column holds: its type and, of a named state, the states in their order."""
    kind = np.dtype(column.dtype).name
    return f"{kind}: {', '.join(state.name for state in STATES[key])}" if key in STATES else str(kind)


def _initial(column: columns.Column) -> str:
    """Say what a new row holds, before anything is drawn for it."""
    value = column.initial
    if isinstance(value, IntEnum):
        return f"{value.name} ({int(value)})"
    if value == LONG_AGO:
        return Sentence("long ago", "很久以前")
    if value == NEVER and not column.unit.startswith("CNY"):
        return Sentence("none (-1)", "无（-1）")
    return written(value)


def _of_totals() -> Iterator[Row]:
    own = [(name, lever) for lever in LEVERS for name in lever.counts]
    for table, (_, entries) in TOTALS.items():
        for entry in entries:
            yield _total(f"{table}.{entry.name}", entry.name, table)
        if table == "counts":
            yield from (_total(f"counts.{lever.name}.{name}", name, table, lever_label(lever.name)) for name, lever in own)


def _total(key: str, name: str, table: str, lever: str = NOTHING) -> Row:
    """Return the row of a count, a stock or an account, whose name says what it is."""
    words = {"counts": counts.COUNTS, "standing": counts.STOCKS}.get(table, {})
    english = name.lower().replace("_", " ")
    unit, chinese = words.get(name, ("CNY" if not words else "count", counts.ACCOUNTS.get(name, english)))
    return Row((key, Sentence(english, chinese), "int64", sentence_of(unit_words(unit)), "0", lever), table)


@cache
def list_phases() -> Listing:
    """List the phases of a day in their order: what happens in each, and where its code is."""
    return make_listing(
        Sentence("Phases of a day, in their order", "一天的各个阶段（按顺序）"), Sentence("phase", "阶段"), {name: name for name in day.PHASES},
        (Column(Sentence("what happens", "内容"), "prose", "split"), lambda name: PHASES.get(name, Sentence(name, name))),
        (Column(Sentence("code", "代码")), lambda name: f"{getattr(day, name).__module__.replace('.', '/')}.py"),
    )  # fmt: skip
