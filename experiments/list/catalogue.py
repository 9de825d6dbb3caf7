"""What there is (programmes, places, comparisons, studies, levers, parameters, outcomes), in both languages, read from the declarations alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, Literal, get_args, get_origin

from pydantic import ValidationError

from experiments.compare.options import CompareOptions, ComparisonFile
from experiments.list.sources import source_words
from experiments.shared.options import RunOptions
from experiments.sweep.options import SweepOptions
from experiments.trial.command import TrialOptions
from experiments.trial.words import arm_label
from sim.bilingual import sentence
from sim.composing import read_yaml
from sim.configuration import GROUPS, ConfigurationError, available
from sim.levers import LEVER_LABELS
from sim.outcomes import OUTCOMES
from sim.own_files import SHIPPED, own_in_use
from sim.parameters import Leaf, ParameterGroup, declarations, inner_type
from sim.scenario import NAMES, Policy, load_scenario
from sim.trials.study import DESIGNS, Study
from sim.units import unit_words
from sim.wording import explain_value
from sim.yaml_files import read_file

Words = dict[str, str]
"""Language → words."""
NOTHING = "–"
CHOSEN = (*GROUPS, "comparison", "study")
"""Sections for the whole of which another file is chosen."""
SECTIONS = {
    "run": {"en": "keys of yizhan run, yizhan sweep, yizhan compare and yizhan trial", "zh": "yizhan run、sweep、compare 与 trial 的键"},
    "sweep": {"en": "keys of yizhan sweep; yizhan compare has outcomes, too", "zh": "yizhan sweep 的键；outcomes 亦用于 yizhan compare"},
    "compare": {"en": "keys of yizhan compare alone", "zh": "仅 yizhan compare 的键"},
    "comparison": {"en": "what yizhan compare compares", "zh": "yizhan compare 所比较的方案"},
    "trial": {"en": "keys of yizhan trial alone", "zh": "仅 yizhan trial 的键"},
    "study": {"en": "the study that yizhan trial carries out", "zh": "yizhan trial 的研究方案"},
    "scenario": {"en": "what is simulated", "zh": "情景"},
    "region": {"en": "districts, campuses, pay, prices", "zh": "区县、高校、工资与物价"},
    "population": {"en": "who is simulated", "zh": "模拟人口"},
    "opening": {"en": "what people and firms bring with them, and the first morning", "zh": "个人与企业的初始状况"},
    "market": {"en": "demand for labour", "zh": "劳动力需求"},
    "behaviour": {"en": "what people and employers do", "zh": "个人与用人单位的行为"},
    "reported": {"en": "figures of the programme's operator", "zh": "主办方公布的数据"},
}
"""Part of the keys → what it is. Levers have their labels."""


@dataclass(frozen=True)
class Column:
    """A column of a listing.

    Attributes:
        heading: Language → heading.
        role: ``key``: what a row is called in commands; ``name``: its label; ``prose``: a sentence; ``fact``: all else.
        in_documents: Where the languages differ: ``split`` into two columns, ``join`` in one cell, or keep the ``english``.
    """

    heading: Words
    role: Literal["key", "name", "prose", "fact"] = "fact"
    in_documents: Literal["split", "join", "english"] = "join"


@dataclass(frozen=True)
class Row:
    """A row of a listing: a cell a column, and the section that it stands in, if there are sections."""

    cells: tuple[Words, ...]
    section: str = ""

    def matches(self, text: str) -> bool:
        """Tell whether any cell has this text, in whatever case and language."""
        return any(text.lower() in words.lower() for cell in self.cells for words in cell.values())


@dataclass(frozen=True)
class Section:
    """A part of a listing: what it is, and how another file is chosen for the whole of it, if there are several."""

    label: Words
    choice: str = ""


@dataclass(frozen=True)
class Listing:
    """A list of what there is."""

    title: Words
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    sections: dict[str, Section]

    def keep(self, wanted: Callable[[Row], bool]) -> Listing:
        """Return the listing with some of its rows."""
        return Listing(self.title, self.columns, tuple(row for row in self.rows if wanted(row)), self.sections)


def list_programmes() -> Listing:
    """List the programmes: period, people, levers on offer, how many figures were reported, and the document."""
    rows = []
    for name in available("programme"):
        scenario = load_scenario(name, {})
        last = scenario.start + timedelta(scenario.days - 1)
        labels = [LEVER_LABELS.get(key, same(key)) for key, lever in scenario.policy.levers.items() if lever.offers_something]
        on_offer = {"en": ", ".join(label["en"] for label in labels) or NOTHING, "zh": "、".join(label["zh"] for label in labels) or NOTHING}
        cells = (
            same(name), {"en": scenario.title, "zh": scenario.title_zh}, same(f"{scenario.start} … {last} ({scenario.days})"),
            same(f"{scenario.population.graduates:,}"), on_offer, same(str(len(scenario.reported))), same(scenario.document or NOTHING),
        )  # fmt: skip
        rows.append(Row(cells))
    columns = (
        Column(both("programme", "项目"), "key"),
        Column(both("title", "名称"), "name", "split"),
        Column(both("period (days)", "起止（天数）")),
        Column(both("people", "人数")),
        Column(both("levers on offer", "启用的服务"), in_documents="split"),
        Column(both("reported figures", "上报数")),
        Column(both("document", "依据文件")),
    )
    return Listing(both("Programmes", "项目"), columns, tuple(rows), {})


def list_places() -> Listing:
    """List the places: their region, districts and campuses, how many people, posts a seeker, and the period that their figures describe."""
    at_home = {load_scenario(name, {}).place: name for name in available("programme") if name != "none"}
    rows = []
    for name in available("place"):
        scenario = load_scenario("none", {"place": name})
        region, last = scenario.region, scenario.start + timedelta(scenario.days - 1)
        outside = sum(campus.outside for campus in region.campuses)
        cells = (
            same(name), {"en": _in_words(region.name), "zh": region.name_zh},
            same(f"{scenario.population.graduates:,}"), same(str(len(region.districts))),
            same(f"{len(region.campuses) - outside} + {outside}"), same(_written(scenario.market.tightness)),
            same(f"{scenario.start} … {last} ({scenario.days})"), same(at_home.get(name, NOTHING)),
        )  # fmt: skip
        rows.append(Row(cells))
    columns = (
        Column(both("place", "地方"), "key"),
        Column(both("region", "地区"), "name", "split"),
        Column(both("people", "人数")),
        Column(both("districts", "区县数")),
        Column(both("campuses here + elsewhere", "本地 + 市外高校")),
        Column(both("posts per seeker", "每名求职者岗位数")),
        Column(both("period of the figures (days)", "数据所指时期（天数）")),
        Column(both("programme at home here", "在此实施的项目")),
    )
    return Listing(both("Places, for place=NAME with any programme", "地方（place=名称，可与任一项目搭配）"), columns, tuple(rows), {})


def list_comparisons() -> Listing:
    """List the comparisons: what is compared with what."""
    rows = []
    for name in available("comparison"):
        file = _checked(ComparisonFile, "comparison", read_yaml("comparison", name, own_in_use()), name)
        baseline = both("no programme", "没有方案") if file.baseline == "none" else _labelled(file, file.baseline)
        variants = [_labelled(file, variant) for variant in file.variants if variant != file.baseline]
        words = {"en": ", ".join(label["en"] for label in variants), "zh": "、".join(label["zh"] for label in variants)}
        rows.append(Row((same(name), {"en": file.title, "zh": file.title_zh}, baseline, words)))
    columns = (
        Column(both("comparison", "比较"), "key"),
        Column(both("title", "名称"), "name", "split"),
        Column(both("baseline", "对照"), in_documents="split"),
        Column(both("variants", "方案"), in_documents="split"),
    )
    return Listing(both("Comparisons, for yizhan compare programme=NAME comparison=NAME",
                        "比较方案（yizhan compare programme=项目 comparison=名称）"),
                   columns, tuple(rows), {})  # fmt: skip


def list_studies() -> Listing:
    """List the studies: how each is randomised, what it gives to whom, and for how long it is followed up."""
    rows = []
    for name in available("study"):
        plain = read_yaml("study", name, own_in_use())
        study = _checked(Study, "study", plain.get("study", {}), name)
        arms = {language: ", ".join(arm_label(study, number, language) for number in range(1, len(study.arms) + 1)) for language in ("en", "zh")}
        cells = (
            same(name), {"en": study.title, "zh": study.title_zh}, {"en": study.question, "zh": study.question_zh}, DESIGNS[study.design], arms,
            same(str(plain.get("markets", 1))), same(", ".join(map(str, study.followup_days))), same(study.literature or NOTHING),
        )  # fmt: skip
        rows.append(Row(cells))
    columns = (
        Column(both("study", "研究"), "key"),
        Column(both("title", "名称"), "name", "split"),
        Column(both("question", "研究问题"), "prose", "split"),
        Column(both("design", "设计")),
        Column(both("arms", "处理组"), in_documents="split"),
        Column(both("markets", "市场数")),
        Column(both("follow-ups, days", "随访日")),
        Column(both("literature", "文献"), in_documents="english"),
    )
    return Listing(both("Studies, for yizhan trial study=NAME", "研究方案（yizhan trial study=名称）"), columns, tuple(rows), {})


def _checked(kind: Any, group: str, plain: Any, name: str) -> Any:  # noqa: ANN401
    """Return what a file of a group says, checked.

    Raises:
        ConfigurationError: A value that is not allowed, with file and line where the file is an own one.
    """
    own = own_in_use()
    try:
        return kind.model_validate(plain)
    except ValidationError as error:
        detail = error.errors()[0]
        key = ".".join(map(str, (group, *detail["loc"])))
        said = sentence("{group} {name}: {what}", "{group} {name}：{what}", group=group, name=name, what=explain_value(detail, kind, []))
        raise ConfigurationError(own.located(key, said)) from None


def _labelled(file: ComparisonFile, variant: str) -> Words:
    return same(variant) | file.labels.get(variant, {})


@cache
def list_levers() -> Listing:
    """List the levers: what each changes, how many parameters it has, and its unit costs."""
    rows = []
    for name, lever in load_scenario("none", {}).policy.levers.items():
        declared = list(declarations(lever))
        costs = [leaf for leaf in declared if leaf.unit.startswith("CNY/")]
        words = {
            "en": ", ".join(f"{leaf.key} {_value(leaf)} {unit_words(leaf.unit)['en']}" for leaf in costs),
            "zh": "、".join(f"{leaf.meaning['zh']} {_value(leaf)} {unit_words(leaf.unit)['zh']}" for leaf in costs),
        }
        summary = {language: lever.summary.get(language, NOTHING) for language in ("en", "zh")}
        cells = (same(name), LEVER_LABELS.get(name, same(name)), summary, same(str(len(declared))), words if costs else same(NOTHING))
        rows.append(Row(cells))
    columns = (
        Column(both("lever", "政策工具"), "key"),
        Column(both("name", "名称"), "name", "split"),
        Column(both("what it changes", "作用"), "prose", "split"),
        Column(both("parameters", "参数个数")),
        Column(both("unit costs", "单位成本"), in_documents="english"),
    )
    return Listing(both("Levers", "政策工具"), columns, tuple(rows), {})


@cache
def list_outcomes() -> Listing:
    """List the outcomes: label, unit, meaning, and whether there is a value each day."""
    rows = []
    for outcome in OUTCOMES.values():
        known = both("every day", "每日") if outcome.daily is not None else both("at the end", "期末")
        rows.append(Row((same(outcome.name), outcome.label, outcome.unit, known, outcome.meaning)))
    columns = (
        Column(both("outcome", "指标"), "key"),
        Column(both("label", "名称"), "name", "split"),
        Column(both("unit", "单位")),
        Column(both("known", "取值时点")),
        Column(both("meaning", "含义"), "prose", "split"),
    )
    return Listing(both("Outcomes", "结果指标"), columns, tuple(rows), {})


def list_parameters() -> Listing:
    """List every parameter that a user may set: those of the scenario and of its levers, and the keys of the commands."""
    rows = [Row(_cells_of(leaf), section) for section, leaf in parameters()]
    columns = (
        Column(both("key", "键"), "key"),
        Column(both("meaning", "含义"), "prose", "split"),
        Column(both("default", "默认值")),
        Column(both("unit", "单位")),
        Column(both("allowed", "允许范围")),
        Column(both("plausible", "合理区间")),
        Column(both("source", "来源")),
    )
    sections = {name: Section(label, f"{name}={'|'.join(available(name))}" if name in CHOSEN else "") for name, label in SECTIONS.items()}
    sections |= {f"policy.{name}": Section(LEVER_LABELS.get(name, same(name))) for name in Policy.model_fields}
    return Listing(both("Parameters", "参数"), columns, tuple(rows), sections)


def parameters() -> Iterator[tuple[str, Leaf]]:
    """Yield the section and the declaration of every parameter."""
    yield from (("run", leaf) for leaf in declarations(RunOptions))
    yield from (("sweep", leaf) for leaf in declarations(_sweep_defaults()) if leaf.key not in RunOptions.model_fields)
    for leaf in declarations(CompareOptions):
        if leaf.key not in SweepOptions.model_fields:
            yield "comparison" if leaf.key.startswith("comparison.") else "compare", leaf
    for leaf in declarations(TrialOptions):
        if leaf.key not in RunOptions.model_fields:
            yield "study" if leaf.key.startswith("study.") else "trial", leaf
    for leaf in declarations(load_scenario("none", {})):
        parts = re.split(r"\W+", leaf.key)
        yield ".".join(parts[:2]) if parts[0] == "policy" else parts[0] if parts[0] in SECTIONS else "scenario", leaf


def _sweep_defaults() -> SweepOptions:
    """Return the keys of a sweep with the values of its file."""
    plain = read_file(SHIPPED / "sweep.yaml").content
    return SweepOptions.model_validate({key: value for key, value in plain.items() if key in SweepOptions.model_fields})


def _cells_of(leaf: Leaf) -> tuple[Words, ...]:
    allowed = ", ".join(available(leaf.key)) if leaf.key in NAMES else _allowed(leaf)
    plausible = f"{_written(leaf.prior[0])} … {_written(leaf.prior[1])}" if leaf.prior else NOTHING
    default = both(f"{NOTHING} required", f"{NOTHING} 必填") if leaf.required else same(_value(leaf))
    source = both(leaf.source, source_words(leaf.source).zh)
    return same(leaf.key), leaf.meaning, default, unit_words(leaf.unit), same(allowed), same(plausible), source


def _allowed(leaf: Leaf) -> str:
    """Say what a parameter may be, in signs that need no translation."""
    kind = inner_type(leaf.annotation)
    low, high = (None if bound is None else _written(bound) for bound in (leaf.low, leaf.high))
    if get_origin(kind) is Literal:
        text = ", ".join(map(str, get_args(kind)))
    elif isinstance(kind, type) and issubclass(kind, ParameterGroup):
        text = "{KEY: VALUE, …}"
    elif get_origin(kind) is dict:
        text = "{NAME: {KEY: VALUE, …}, …}"
    elif kind is bool:
        text = "true, false"
    elif kind is date:
        text = "YYYY-MM-DD"
    elif kind is int and leaf.low is not None:
        text = f"{low}, {_written(leaf.low + 1)} …{f' {high}' if high else ''}"
    elif kind in (int, float):
        text = f"{low} … {high}" if low and high else f"≥ {low}" if low else f"≤ {high}" if high else NOTHING
    else:
        text = "TEXT"
    if leaf.is_list:
        text = f"[{'NUMBER' if kind in (int, float) else text}, …]"
    return f"null, {text}" if leaf.is_optional else text


def _value(leaf: Leaf) -> str:
    """Write a value as people read it; of tables in a list, their names."""
    value = leaf.value
    if leaf.is_list and value is not None:
        return "[" + ", ".join(str(getattr(member, "name", None) or _written(member)) for member in value) + "]"
    if isinstance(value, dict):
        return str(value).replace("'", "")
    return _written(value)


def _written(value: Any) -> str:  # noqa: ANN401
    if value is None or isinstance(value, bool):
        return "null" if value is None else str(value).lower()
    if isinstance(value, (int, float)):
        return f"{int(value):,}" if value == int(value) else f"{value:,.10g}"
    return str(value) or '""'


def _in_words(name: str) -> str:
    """Return a name that is a key, such as ``campus_link``, as a title; any other as it is."""
    return name.replace("_", " ").capitalize() if re.fullmatch("[a-z][a-z0-9_]*", name) else name


def same(text: str) -> Words:
    """Return a text that is the same in every language."""
    return both(text, text)


def both(en: str, zh: str) -> Words:
    """Return a text in both languages."""
    return {"en": en, "zh": zh}


LISTS: dict[str, Callable[[], Listing]] = {
    "programmes": list_programmes,
    "places": list_places,
    "comparisons": list_comparisons,
    "studies": list_studies,
    "levers": list_levers,
    "parameters": list_parameters,
    "outcomes": list_outcomes,
}
"""Name of a list → its maker."""
