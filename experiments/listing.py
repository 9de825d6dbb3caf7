"""``yizhan list``: what there is, with unit, range, default, source."""

from __future__ import annotations

from collections.abc import Sequence

from experiments.application import split_words
from experiments.errors import MistakeError
from experiments.tables import print_rows, say
from experiments.terminal import put
from sim.configuration import available, load_scenario
from sim.outcomes import LEVER_LABELS, OUTCOMES
from sim.parameters import Leaf, leaves
from sim.scenario import Scenario
from sim.wording import unknown

TOPICS = ("programmes", "levers", "parameters", "outcomes")
USAGE = """yizhan list [programmes|levers|parameters|outcomes] [language=zh|en] [match=TEXT]

  Example: yizhan list parameters match=lodging"""


def main(words: Sequence[str]) -> None:
    """Print one of the lists, or all but the parameters."""
    if any(word in ("--help", "-h") for word in words):
        put(USAGE + "\n")
        return
    options = split_words(words)
    topics = [word for word in words if "=" not in word]
    for key in options:
        if key not in ("language", "match"):
            raise MistakeError(unknown("key", key, ["language", "match"]))
    language = options.get("language", "en")
    if language not in ("en", "zh"):
        message = f"language is {language!r}; allowed is en or zh."
        raise MistakeError(message)
    for topic in topics:
        if topic not in TOPICS:
            raise MistakeError(unknown("list", topic, list(TOPICS)))
    match = options.get("match", "").lower()
    shown = False
    for topic in topics or ("programmes", "levers", "outcomes"):
        title, headings, rows = table_of(topic, language)
        chosen = [row for row in rows if not match or any(match in cell.lower() for cell in row)]
        if chosen:
            print_rows(title, headings, chosen)
            shown = True
    if not shown:
        say({"en": f"Nothing matches {match!r}.", "zh": f"没有与“{match}”匹配的内容。"}, language)


def table_of(topic: str, language: str) -> tuple[str, list[str], list[list[str]]]:
    """Return title, headings and rows of a list."""
    chinese = language == "zh"
    if topic == "programmes":
        heads = ["项目", "名称", "起始", "天数", "启用的服务"] if chinese else ["programme", "title", "start", "days", "levers"]
        return ("项目" if chinese else "Programmes", heads, [_programme(name, language) for name in available("programme")])
    if topic == "levers":
        heads = ["服务", "名称", "参数"] if chinese else ["lever", "name", "parameters (policy.LEVER.KEY)"]
        levers = load_scenario("none", {}).policy.levers
        rows = [[name, LEVER_LABELS[name][language], ", ".join(type(lever).model_fields)] for name, lever in levers.items()]
        return ("服务与政策工具" if chinese else "Levers", heads, rows)
    if topic == "outcomes":
        heads = ["指标", "含义", "单位"] if chinese else ["outcome", "meaning", "unit"]
        rows = [[outcome.name, outcome.meaning[language], outcome.unit[language]] for outcome in OUTCOMES.values()]
        return ("结果指标" if chinese else "Outcomes", heads, rows)
    heads = ["key", "meaning", "default", "unit", "allowed", "plausible", "source"]
    if chinese:
        heads = ["键", "含义", "默认值", "单位", "允许范围", "合理区间", "来源"]
    rows = [_parameter(leaf, language) for leaf in parameters_of(load_scenario("none", {}))]
    return ("参数" if chinese else "Parameters", heads, rows)


def parameters_of(scenario: Scenario) -> list[Leaf]:
    """Return every parameter of a scenario with a unit and a source."""
    return [leaf for leaf in leaves(scenario) if "." in leaf.key]


def _programme(name: str, language: str) -> list[str]:
    scenario = load_scenario(name, {})
    on_offer = [lever for lever, parameters in scenario.policy.levers.items() if parameters.offers_something]
    return [name, scenario.title_zh if language == "zh" else scenario.title, str(scenario.start), str(scenario.days), ", ".join(on_offer) or "–"]


def _parameter(leaf: Leaf, language: str) -> list[str]:
    allowed = f"{_number(leaf.low)} … {_number(leaf.high)}" if leaf.low is not None and leaf.high is not None else "–"
    plausible = f"{_number(leaf.prior[0])} … {_number(leaf.prior[1])}" if leaf.prior else "–"
    default = "null" if leaf.default is None else str(leaf.default).lower() if isinstance(leaf.default, bool) else _number(leaf.default)
    return [leaf.key, leaf.meaning[language], default, leaf.unit, allowed, plausible, leaf.source]


def _number(value: object) -> str:
    return f"{value:,.10g}" if isinstance(value, (int, float)) else str(value)
