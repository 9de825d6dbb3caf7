"""The chosen mix as a programme file that every command accepts."""

from __future__ import annotations

from typing import Any

from experiments.optimise.found import Optimised
from experiments.optimise.words import WORDS, money_line
from experiments.shared.yaml_text import yaml_of
from sim.bilingual import Sentence, in_language, joined, sentence, sentence_of
from sim.levers import LEVER_LABELS
from sim.scenario import Policy, Scenario, check_scenario, compose_scenario
from sim.titles import titles_of

OF_PLACE = ("region", "population", "opening", "exams", "market", "behaviour")
"""Parts of a scenario that a place has, and of which the file says what is otherwise."""


def programme_text(found: Optimised) -> str:
    """Return the text of the file, with what was promised at its head."""
    from experiments.optimise.report import answer

    mixes, chosen = found.mixes, found.candidates[found.chosen]
    levers = joined([sentence_of(LEVER_LABELS[offer.lever]) for offer in mixes.bought], Sentence(", ", "、"))
    pattern = WORDS["programme_head"]
    head = sentence(pattern, pattern.zh, levers=levers, said=answer(found))
    lines = [line for language in ("en", "zh") for line in in_language(head, language).splitlines()]
    content = programme_of(mixes.scenario.with_(dict(chosen.changes)), mixes.scenario, mixes.budget)
    body = yaml_of(content)
    return "".join(f"# {line}\n" for line in lines) + body


def programme_of(chosen: Scenario, programme: Scenario, budget: float) -> dict[str, Any]:
    """Return the content of the file: what the chosen scenario has otherwise than its place.

    Args:
        chosen: The scenario to be written.
        programme: The programme that it was made from.
        budget: The budget, CNY.
    """
    titles, pattern = titles_of(programme), WORDS["programme_title"]
    title = sentence(pattern, pattern.zh, title=Sentence(titles["en"], titles["zh"]), budget=money_line(budget))
    return content_of(chosen, f"{programme.programme}_{budget:.0f}", title)


def content_of(chosen: Scenario, name: str, title: Sentence) -> dict[str, Any]:
    """Return a scenario as the content of a programme file: what it has otherwise than its place.

    Args:
        chosen: The scenario.
        name: Name of the programme.
        title: What it is called.
    """
    place = check_scenario(compose_scenario("none", {"place": chosen.place}))
    whole = chosen.model_dump(mode="json")
    content: dict[str, Any] = {
        "place": chosen.place, "programme_name": name, "title": in_language(title, "en"), "title_zh": in_language(title, "zh"),
        "start": chosen.start, "days": chosen.days,
    }  # fmt: skip
    base = place.model_dump(mode="json")
    content |= {part: differing for part in OF_PLACE if (differing := _otherwise(whole[part], base[part]))}
    usual = Policy().model_dump(mode="json")
    offered = [name for name, lever in chosen.policy.levers.items() if lever.offers_something]
    content["policy"] = {name: _otherwise(whole["policy"][name], usual[name]) for name in offered}
    for key in chosen.behaviour_set.fixed:  # also where it is the usual value: no vector of a set may change it
        _keep(content, whole, key)
    return content


def _keep(content: dict[str, Any], whole: dict[str, Any], key: str) -> None:
    """Put one key of the whole into the content, unless it is of a lever that is left out."""
    *groups, name = key.split(".")
    if groups[0] == "policy" and groups[1] not in content["policy"]:
        return
    for group in groups:
        content, whole = content.setdefault(group, {}), whole[group]
    content[name] = whole[name]


def _otherwise(given: dict[str, Any], usual: dict[str, Any]) -> dict[str, Any]:
    """Return what differs, group within group."""
    found: dict[str, Any] = {}
    for key, value in given.items():
        if isinstance(value, dict) and isinstance(usual.get(key), dict):
            if inside := _otherwise(value, usual[key]):
                found[key] = inside
        elif value != usual.get(key):
            found[key] = value
    return found

