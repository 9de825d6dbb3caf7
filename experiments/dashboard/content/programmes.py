"""The programmes: what each is, explained, with facts and where they come from, and what its operator reported."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from experiments.dashboard.content.checking import values_of
from experiments.dashboard.content.drafts import DraftError
from experiments.dashboard.content.sources import DOCUMENT, comments_of, in_words
from experiments.dashboard.content.texts import Plain, spoken, text
from experiments.dashboard.content.words import brief, document_words, reported_source, value_words
from experiments.list.sources import source_words
from sim.bilingual import Sentence, joined, sentence, sentence_of
from sim.configuration import available
from sim.outcomes import OUTCOMES
from sim.own_file import NO_SET
from sim.own_files import own_in_use, shipped
from sim.parameters import declarations
from sim.reported import legend_of
from sim.scenario import Scenario, load_scenario
from sim.wording import unknown

COMMA = Sentence(", ", "、")
MOST_FACTS = 60
"""Facts of a programme that are told."""


def programmes() -> list[Plain]:
    """Return the programmes, those without levers last."""
    found = [head_of(name, load_scenario(name, {}, behaviour=NO_SET)) for name in available("programme")]
    return sorted(found, key=lambda one: not one["levers_on"])


def head_of(name: str, scenario: Scenario) -> Plain:
    """Return what a programme is, in short."""
    region = scenario.region
    on = [lever for lever, one in scenario.policy.levers.items() if one.offers_something]
    return {
        "name": name, "title": text(Sentence(scenario.title, scenario.title_zh)), "place": text(Sentence(spoken(region.name), region.name_zh)),
        "period": {"start": scenario.start.isoformat(), "end": (scenario.start + timedelta(scenario.days - 1)).isoformat(), "days": scenario.days},
        "document": text(document_words(scenario.document)), "sources": len(scenario.reported), "levers_on": on,
        "size": {"people": scenario.population.graduates, "districts": len(region.districts), "campuses": len(region.campuses)},
    }  # fmt: skip


def programme(name: str) -> Plain:
    """Return one programme: explained, with facts, reported figures and the values in force.

    Raises:
        DraftError: There is none of this name.
    """
    if name not in (known := available("programme")):
        raise DraftError(unknown("programme", name, known), "programme")
    scenario = load_scenario(name, {}, behaviour=NO_SET)
    return {
        **head_of(name, scenario), "explained": [text(one) for one in explained(scenario)], "facts": list(_facts(name, scenario))[:MOST_FACTS],
        "reported": [_reported(figure) for figure in scenario.reported], "legend": [text(one) for one in legend_of(scenario.reported)],
        "values": values_of(scenario),
    }  # fmt: skip


def explained(scenario: Scenario) -> Iterator[Sentence]:
    """Say in a few sentences where and when a programme runs, for whom, and what it offers."""
    region, people = scenario.region, f"{scenario.population.graduates:,}"
    outside = sum(campus.outside for campus in region.campuses)
    yield sentence(
        "{place}: {districts} districts, {here} campuses here and {outside} elsewhere; {people} young people who may look for work there.",
        "{place}：{districts} 个片区，本地高校 {here} 所、市外 {outside} 所；可能在此求职的青年 {people} 人。",
        place=Sentence(spoken(region.name), region.name_zh), districts=len(region.districts), here=len(region.campuses) - outside, outside=outside,
        people=people,
    )  # fmt: skip
    yield sentence(
        "It is simulated from {start} for {days} days.", "自 {start} 起模拟 {days} 天。", start=scenario.start, days=scenario.days,
    )  # fmt: skip
    on = [lever for lever in scenario.policy.levers.values() if lever.offers_something]
    if not on:
        yield Sentence("Nothing is offered: the labour market by itself.", "不提供任何服务：只有劳动力市场本身。")
        return
    yield sentence(
        "It offers {count} services: {levers}.", "提供 {count} 项服务：{levers}。", count=len(on),
        levers=joined([sentence_of(lever.label) for lever in on], COMMA),
    )  # fmt: skip
    for lever in on:
        yield sentence("{label}: {says}", "{label}：{says}", label=sentence_of(lever.label), says=sentence_of(lever.summary))


def _facts(name: str, scenario: Scenario) -> Iterator[Plain]:
    """Yield what the programme's file says of its levers, each number with what stands beside it; documents before assumptions."""
    path = own_in_use().files.get("programme", {}).get(name) or shipped("programme").get(name)
    comments = comments_of(path) if path is not None else {}
    leaves = {leaf.key: leaf for leaf in declarations(scenario)}
    named = {campus.name: campus.name_zh for campus in scenario.region.campuses}
    told = [key for key in comments if key in leaves and key.startswith("policy.") and not key.endswith(".enabled")]
    for key in sorted(told, key=lambda one: (not comments[one].startswith(DOCUMENT), leaves[one].unit == "date")):
        leaf, lever = leaves[key], scenario.policy.levers[key.split(".")[1]]
        said = sentence(
            "{lever}, {meaning}: {value}", "{lever}，{meaning}：{value}",
            lever=sentence_of(lever.label), meaning=brief(leaf.meaning), value=value_words(leaf, named),
        )  # fmt: skip
        yield {"key": key, "text": text(said), "source": text(in_words(comments[key])), "document": comments[key].startswith(DOCUMENT)}


def _reported(figure: Any) -> Plain:  # noqa: ANN401
    outcome = OUTCOMES[figure.outcome]
    return {
        "outcome": figure.outcome, "title": text(outcome.label), "value": figure.value, "unit": dict(outcome.unit),
        "what": text(reported_source(figure.source) or source_words(figure.source)), "note": figure.note, "plan": figure.plan,
        "chosen": figure.chosen,
    }  # fmt: skip
