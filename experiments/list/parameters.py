"""The list of parameters: every key that a user may set, with meaning, default, unit, range and source, read from the declarations alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Literal, get_args, get_origin

from experiments.calibrate.options import CalibrateOptions
from experiments.compare.options import CompareOptions
from experiments.list.listing import NOTHING, Column, Listing, Row, Section
from experiments.list.sources import source_words
from experiments.optimise.options import OptimiseOptions
from experiments.sensitivity.options import SensitivityOptions
from experiments.shared.options import RunOptions
from experiments.sweep.options import SweepOptions
from experiments.trial.command import TrialOptions
from experiments.validate.options import ValidateOptions
from sim import behaviour_set
from sim.bilingual import Sentence, sentence_of
from sim.configuration import GROUPS, available
from sim.levers import LEVER_LABELS
from sim.own_file import NO_SET
from sim.own_files import SHIPPED
from sim.parameters import Leaf, ParameterGroup, declarations, inner_type
from sim.scenario import NAMES, Policy, load_scenario
from sim.units import unit_words
from sim.yaml_files import read_file

CHOSEN = (*GROUPS, "comparison", "study")
"""Sections for the whole of which another file is chosen."""
SECTIONS = {
    "run": Sentence("keys of yizhan run, yizhan sweep, yizhan compare and yizhan trial", "yizhan run、sweep、compare 与 trial 的键"),
    "sweep": Sentence("keys of yizhan sweep; yizhan compare has outcomes, too", "yizhan sweep 的键；outcomes 亦用于 yizhan compare"),
    "compare": Sentence("keys of yizhan compare; yizhan run has scheduler, too", "yizhan compare 的键；scheduler 亦用于 yizhan run"),
    "comparison": Sentence("what yizhan compare compares", "yizhan compare 所比较的方案"),
    "trial": Sentence("keys of yizhan trial alone", "仅 yizhan trial 的键"),
    "calibrate": Sentence("keys of yizhan calibrate; it has target and scheduler, too", "yizhan calibrate 的键；target 与 scheduler 亦用于此命令"),
    "optimise": Sentence("keys of yizhan optimise; it has graduates and scheduler, too", "yizhan optimise 的键；graduates 与 scheduler 亦用于此命令"),
    "study": Sentence("the study that yizhan trial carries out", "yizhan trial 的研究方案"),
    "validate": Sentence("keys of yizhan validate alone", "仅 yizhan validate 的键"),
    "sensitivity": Sentence("keys of yizhan sensitivity; it has over, n, graduates, scheduler, comparison and against, too",
                            "yizhan sensitivity 的键；over、n、graduates、scheduler、comparison、against 亦用于此命令"),
    "scenario": Sentence("what is simulated", "情景"),
    "region": Sentence("districts, campuses, pay, prices", "区县、高校、工资与物价"),
    "population": Sentence("who is simulated", "模拟人口"),
    "opening": Sentence("what people and firms bring with them, and the first morning", "个人与企业的初始状况"),
    "exams": Sentence("exams, going on to study, and the civil service", "升学与公务员考试"),
    "market": Sentence("demand for labour", "劳动力需求"),
    "behaviour": Sentence("what people and employers do", "个人与用人单位的行为"),
    "behaviour_set": Sentence("the set of behaviours, one vector for two replicates", "行为参数集：每两次模拟用一组参数"),
    "reported": Sentence("figures of the programme's operator", "主办方公布的数据"),
}
"""Part of the keys → what it is. Levers have their labels."""


def list_parameters() -> Listing:
    """List every parameter that a user may set: those of the scenario and of its levers, and the keys of the commands."""
    rows = [Row(_cells_of(leaf), section) for section, leaf in parameters()]
    columns = (
        Column(Sentence("key", "键"), "key"),
        Column(Sentence("meaning", "含义"), "prose", "split"),
        Column(Sentence("default", "默认值")),
        Column(Sentence("unit", "单位")),
        Column(Sentence("allowed", "允许范围")),
        Column(Sentence("plausible", "合理区间")),
        Column(Sentence("source", "来源")),
    )
    sections = {name: Section(label, f"{name}={'|'.join(available(name))}" if name in CHOSEN else "") for name, label in SECTIONS.items()}
    sections |= {f"policy.{name}": Section(lever_label(name)) for name in Policy.model_fields}
    return Listing(Sentence("Parameters", "参数"), columns, tuple(rows), sections)


def lever_label(name: str) -> str:
    """Return what a lever is called; its name where it has no label."""
    return sentence_of(LEVER_LABELS[name]) if name in LEVER_LABELS else name


def parameters() -> Iterator[tuple[str, Leaf]]:
    """Yield the section and the declaration of every parameter."""
    yield from (("run", leaf) for leaf in declarations(RunOptions))
    yield from (("sweep", leaf) for leaf in declarations(_sweep_defaults()) if leaf.key not in RunOptions.model_fields)
    for leaf in sorted(declarations(CompareOptions), key=lambda leaf: not leaf.key.startswith("comparison.")):
        if leaf.key not in SweepOptions.model_fields:
            yield "comparison" if leaf.key.startswith("comparison.") else "compare", leaf
    for leaf in declarations(TrialOptions):
        if leaf.key not in RunOptions.model_fields:
            yield "study" if leaf.key.startswith("study.") else "trial", leaf
    for leaf in declarations(ValidateOptions):
        if leaf.key not in RunOptions.model_fields:
            yield "validate", leaf
    for leaf in declarations(CalibrateOptions):
        if leaf.key not in {**ValidateOptions.model_fields, **CompareOptions.model_fields}:
            yield "calibrate", leaf
    for leaf in declarations(SensitivityOptions):
        if leaf.key.partition(".")[0] not in {**CalibrateOptions.model_fields, **SweepOptions.model_fields, **CompareOptions.model_fields}:
            yield "sensitivity", leaf
    for leaf in declarations(OptimiseOptions):
        if leaf.key not in {**SensitivityOptions.model_fields, **CalibrateOptions.model_fields}:
            yield "optimise", leaf
    for declared in declarations(load_scenario("none", {}, behaviour=NO_SET)):
        leaf = declared._replace(value=behaviour_set.DEFAULT_BEHAVIOUR) if declared.key == "behaviour_set.name" else declared
        parts = re.split(r"\W+", leaf.key)
        yield ".".join(parts[:2]) if parts[0] == "policy" else parts[0] if parts[0] in SECTIONS else "scenario", leaf


def _sweep_defaults() -> SweepOptions:
    """Return the keys of a sweep with the values of its file."""
    plain = read_file(SHIPPED / "sweep.yaml").content
    return SweepOptions.model_validate({key: value for key, value in plain.items() if key in SweepOptions.model_fields})


def _cells_of(leaf: Leaf) -> tuple[str, ...]:
    may_be = ", ".join(available(leaf.key)) if leaf.key in NAMES else allowed(leaf)
    plausible = f"{written(leaf.prior[0])} … {written(leaf.prior[1])}" if leaf.prior else NOTHING
    default = Sentence(f"{NOTHING} required", f"{NOTHING} 必填") if leaf.required else value_of(leaf)
    return leaf.key, sentence_of(leaf.meaning), default, sentence_of(unit_words(leaf.unit)), may_be, plausible, source_words(leaf.source)


def allowed(leaf: Leaf) -> str:
    """Say what a parameter may be, in signs that need no translation."""
    kind = inner_type(leaf.annotation)
    low, high = (None if bound is None else written(bound) for bound in (leaf.low, leaf.high))
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
        text = f"{low}, {written(leaf.low + 1)} …{f' {high}' if high else ''}"
    elif kind in (int, float):
        text = f"{low} … {high}" if low and high else f"≥ {low}" if low else f"≤ {high}" if high else NOTHING
    else:
        text = "TEXT"
    if leaf.is_list:
        text = f"[{'NUMBER' if kind in (int, float) else text}, …]"
    return f"null, {text}" if leaf.is_optional else text


def value_of(leaf: Leaf) -> str:
    """Write a value as people read it; of tables in a list, their names."""
    value = leaf.value
    if leaf.is_list and value is not None:
        return "[" + ", ".join(str(getattr(member, "name", None) or written(member)) for member in value) + "]"
    if isinstance(value, dict):
        return str(value).replace("'", "")
    return written(value)


def written(value: Any) -> str:  # noqa: ANN401
    """Write a number with its groups, and anything else as configuration files do."""
    if value is None or isinstance(value, bool):
        return "null" if value is None else str(value).lower()
    if isinstance(value, (int, float)):
        return f"{int(value):,}" if value == int(value) else f"{value:,.10g}"
    return str(value) or '""'
