"""What there is (programmes, places, levers, outcomes …), in both languages, read from the declarations alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import Any, NamedTuple

from pydantic import ValidationError

from experiments.compare.options import ComparisonFile
from experiments.list.keys import list_keys
from experiments.list.listing import NOTHING, Column, Listing, make_listing
from experiments.list.parameters import lever_label, list_parameters, value_of, written
from experiments.list.targets import list_targets
from experiments.list.variables import list_phases, list_variables
from experiments.trial.words import arm_label
from sim.bilingual import Sentence, joined, sentence, sentence_of
from sim.composing import read_yaml
from sim.configuration import ConfigurationError, available
from sim.outcomes import OUTCOMES
from sim.own_files import own_in_use
from sim.parameters import declarations
from sim.scenario import Scenario, load_scenario
from sim.trials.study import DESIGNS, Study
from sim.units import unit_words
from sim.wording import explain_value

COMMA = Sentence(", ", "、")
"""Stands between the members of a cell."""
PEOPLE = Column(Sentence("people", "人数"))


def list_programmes() -> Listing:
    """List the programmes: period, people, levers on offer, how many figures were reported, and the document."""
    return make_listing(
        Sentence("Programmes", "项目"), Sentence("programme", "项目"), {name: load_scenario(name, {}) for name in available("programme")},
        (Column(Sentence("title", "名称"), "name", "split"), lambda found: Sentence(found.title, found.title_zh)),
        (Column(Sentence("period (days)", "起止（天数）")), _period),
        (PEOPLE, _people),
        (Column(Sentence("levers on offer", "启用的服务"), in_documents="split"), _on_offer),
        (Column(Sentence("reported figures", "上报数")), lambda found: str(len(found.reported))),
        (Column(Sentence("document", "依据文件")), lambda found: found.document or NOTHING),
    )  # fmt: skip


def list_places() -> Listing:
    """List the places: their region, districts and campuses, how many people, posts a seeker, and the period that their figures describe."""
    at_home = {load_scenario(name, {}).place: name for name in available("programme") if name != "none"}
    return make_listing(
        Sentence("Places, for place=NAME with any programme", "地方（place=名称，可与任一项目搭配）"), Sentence("place", "地方"),
        {name: load_scenario("none", {"place": name}) for name in available("place")},
        (Column(Sentence("region", "地区"), "name", "split"), lambda found: Sentence(_in_words(found.region.name), found.region.name_zh)),
        (PEOPLE, _people),
        (Column(Sentence("districts", "区县数")), lambda found: str(len(found.region.districts))),
        (Column(Sentence("campuses here + elsewhere", "本地 + 市外高校")), _campuses),
        (Column(Sentence("posts per seeker", "每名求职者岗位数")), lambda found: written(found.market.tightness)),
        (Column(Sentence("period of the figures (days)", "数据所指时期（天数）")), _period),
        (Column(Sentence("programme at home here", "在此实施的项目")), lambda found: at_home.get(found.place, NOTHING)),
    )  # fmt: skip


def _period(scenario: Scenario) -> str:
    return f"{scenario.start} … {scenario.start + timedelta(scenario.days - 1)} ({scenario.days})"


def _people(scenario: Scenario) -> str:
    return f"{scenario.population.graduates:,}"


def _on_offer(scenario: Scenario) -> str:
    return joined([lever_label(name) for name, lever in scenario.policy.levers.items() if lever.offers_something], COMMA) or NOTHING


def _campuses(scenario: Scenario) -> str:
    outside = sum(campus.outside for campus in scenario.region.campuses)
    return f"{len(scenario.region.campuses) - outside} + {outside}"


def list_comparisons() -> Listing:
    """List the comparisons: what is compared with what."""
    files = {name: _checked(ComparisonFile, "comparison", read_yaml("comparison", name, own_in_use()), name) for name in available("comparison")}
    return make_listing(
        Sentence("Comparisons, for yizhan compare programme=NAME comparison=NAME", "比较方案（yizhan compare programme=项目 comparison=名称）"),
        Sentence("comparison", "比较"), files,
        (Column(Sentence("title", "名称"), "name", "split"), lambda file: Sentence(file.title, file.title_zh)),
        (Column(Sentence("baseline", "对照"), in_documents="split"), lambda file: _labelled(file, file.baseline)),
        (Column(Sentence("variants", "方案"), in_documents="split"),
         lambda file: joined([_labelled(file, variant) for variant in file.variants if variant != file.baseline], COMMA)),
    )  # fmt: skip


def _labelled(file: ComparisonFile, variant: str) -> Sentence:
    if variant == file.baseline == "none":
        return Sentence("no programme", "没有方案")
    return sentence_of({"en": variant, "zh": variant} | file.labels.get(variant, {}))


class StudyFile(NamedTuple):
    """What the file of a study says."""

    study: Study
    markets: int


def list_studies() -> Listing:
    """List the studies: how each is randomised, what it gives to whom, and for how long it is followed up."""
    plain = {name: read_yaml("study", name, own_in_use()) for name in available("study")}
    files = {name: StudyFile(_checked(Study, "study", one.get("study", {}), name), one.get("markets", 1)) for name, one in plain.items()}
    return make_listing(
        Sentence("Studies, for yizhan trial study=NAME", "研究方案（yizhan trial study=名称）"), Sentence("study", "研究"), files,
        (Column(Sentence("title", "名称"), "name", "split"), lambda file: Sentence(file.study.title, file.study.title_zh)),
        (Column(Sentence("question", "研究问题"), "prose", "split"), lambda file: Sentence(file.study.question, file.study.question_zh)),
        (Column(Sentence("design", "设计")), lambda file: sentence_of(DESIGNS[file.study.design])),
        (Column(Sentence("arms", "处理组"), in_documents="split"), lambda file: _arms(file.study)),
        (Column(Sentence("markets", "市场数")), lambda file: str(file.markets)),
        (Column(Sentence("follow-ups, days", "随访日")), lambda file: ", ".join(map(str, file.study.followup_days))),
        (Column(Sentence("literature", "文献"), in_documents="english"), lambda file: file.study.literature or NOTHING),
    )  # fmt: skip


def _arms(study: Study) -> str:
    return joined([arm_label(study, number) for number in range(1, len(study.arms) + 1)], ", ")


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


@cache
def list_levers() -> Listing:
    """List the levers: what each changes, how many parameters it has, and its unit costs."""
    return make_listing(
        Sentence("Levers", "政策工具"), Sentence("lever", "政策工具"), load_scenario("none", {}).policy.levers,
        (Column(Sentence("name", "名称"), "name", "split"), lambda lever: lever_label(lever.name)),
        (Column(Sentence("what it changes", "作用"), "prose", "split"), lambda lever: sentence_of({"en": NOTHING, "zh": NOTHING} | lever.summary)),
        (Column(Sentence("parameters", "参数个数")), lambda lever: str(len(list(declarations(lever))))),
        (Column(Sentence("unit costs", "单位成本"), in_documents="english"), _unit_costs),
    )  # fmt: skip


def _unit_costs(lever: Any) -> str:  # noqa: ANN401
    costs = [(leaf, sentence_of(unit_words(leaf.unit))) for leaf in declarations(lever) if leaf.unit.startswith("CNY/")]
    told = [Sentence(f"{leaf.key} {value_of(leaf)} {unit}", f"{leaf.meaning['zh']} {value_of(leaf)} {unit.zh}") for leaf, unit in costs]
    return joined(told, COMMA) or NOTHING


@cache
def list_outcomes() -> Listing:
    """List the outcomes: label, unit, meaning, and whether there is a value each day."""
    return make_listing(
        Sentence("Outcomes", "结果指标"), Sentence("outcome", "指标"), OUTCOMES,
        (Column(Sentence("label", "名称"), "name", "split"), lambda outcome: sentence_of(outcome.label)),
        (Column(Sentence("unit", "单位")), lambda outcome: sentence_of(outcome.unit)),
        (Column(Sentence("known", "取值时点")),
         lambda outcome: Sentence("at the end", "期末") if outcome.daily is None else Sentence("every day", "每日")),
        (Column(Sentence("meaning", "含义"), "prose", "split"), lambda outcome: sentence_of(outcome.meaning)),
    )  # fmt: skip


def _in_words(name: str) -> str:
    """Return a name that is a key, such as ``campus_link``, as a title; any other as it is."""
    return name.replace("_", " ").capitalize() if re.fullmatch("[a-z][a-z0-9_]*", name) else name


LISTS: dict[str, Callable[[], Listing]] = {
    "programmes": list_programmes,
    "places": list_places,
    "comparisons": list_comparisons,
    "studies": list_studies,
    "targets": list_targets,
    "levers": list_levers,
    "parameters": list_parameters,
    "keys": list_keys,
    "outcomes": list_outcomes,
    "variables": list_variables,
    "phases": list_phases,
}
"""Name of a list → its maker."""
