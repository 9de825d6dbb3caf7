"""A nation on the terminal and in files: market by market, and who went from where to where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.shared.errors import MistakeError
from experiments.shared.json_numbers import estimate
from experiments.shared.tables import make_table, show, show_lines
from sim.bilingual import Sentence, in_language, sentence
from sim.nation.account import ROWS
from sim.nation.hosting import Here
from sim.numbers import form_of, form_of_sum, write, write_estimate
from sim.outcomes import OUTCOMES
from sim.statistics import Kind

if TYPE_CHECKING:
    from experiments.shared.options import ClusterOptions
    from experiments.shared.results_folder import ResultFolder
    from sim.nation.comparing import NationComparison
    from sim.nation.hosting import Hosts
    from sim.nation.results import NationResults
    from sim.scenario import Scenario

SHOWN = ("employed_in_region", "unemployment_rate", "wage_mean")
"""Outcomes of each market in the table."""
PLACE_ROWS = {
    "drawn": Sentence("Work here, would work in another province (drawn)", "在本省在岗，否则会在外省在岗（由外省吸引）"),
    "newly_at_work": Sentence("+ work here, would not work at all", "+ 在本省在岗，否则不在岗"),
    "gone": Sentence("− work in another province, would work here", "− 在外省在岗，否则会在本省在岗"),
    "out_of_work": Sentence("− do not work, would work here", "− 不在岗，否则会在本省在岗"),
    "net_province": Sentence("= net for the province", "= 本省净增"),
    "net_elsewhere": Sentence("+ net for the other provinces", "+ 其他省份净增"),
    "net_country": Sentence("= net for the country", "= 全国净增"),
    "residual": Sentence("check: residual", "核对：残差"),
}
"""Rows of the account of places."""
PLACE_KINDS = {row: Kind.COUNT if row in ("drawn", "newly_at_work", "gone", "out_of_work") else Kind.FREE for row in ROWS}
"""Row → what values it can have: a balance may be below zero."""
TABLES = ("looked", "settled", "works", "lives")
"""Tables of who went where."""
HEADS = (
    Sentence("Market", "市场"), Sentence("People", "人数"), Sentence("At work", "在岗"), Sentence("Unem-\nployed, %", "失业率\n（%）"),
    Sentence("Pay, CNY/\nmonth", "工资\n（元/月）"), Sentence("Came,\n%", "流入\n（%）"), Sentence("Went,\n%", "流出\n（%）"),
)  # fmt: skip
CAPTION = Sentence(
    "Came: of those at work there, who studied in another province. Went: of those of its campuses who are at work, who are in another.",
    "流入：在岗者中在外省高校就读者占比。流出：本省高校毕业的在岗者中在外省者占比。",
)  # fmt: skip


def refuse_of_nation(scenario: Scenario, **asked: bool) -> None:
    """Refuse what needs single persons, or many worlds at a time, of which a nation has too many.

    Args:
        scenario: The scenario.
        asked: Key of the command → whether it asks for that.

    Raises:
        MistakeError: It is asked for, of a nation.
    """
    found = [key for key, is_asked in asked.items() if is_asked]
    if scenario.region.nation.provinces and found:
        raise MistakeError(sentence(
            "{keys}: not of a nation, of which one world is lived at a time and no single persons are kept; leave it out, or simulate one market",
            "{keys}：全国模拟每次只运行一个世界，且不保留个体数据，不支持该项；请去掉，或只模拟一个市场",
            keys=", ".join(found),
        ))  # fmt: skip


def refuse_of_market(scenario: Scenario, scheduler: str | None) -> None:
    """Refuse a cluster for one market.

    Raises:
        MistakeError: A scheduler, and one market.
    """
    if scheduler is not None and not scenario.region.nation.provinces:
        raise MistakeError(sentence(
            "scheduler={scheduler}: workers of a cluster keep the markets of a nation here (place=national), and {name} is one market; leave it out",
            "scheduler={scheduler}：此处集群的工作进程用于保存全国的各个市场（place=national），而 {name} 只是一个市场；请去掉",
            scheduler=scheduler, name=scenario.region.name,
        ))  # fmt: skip


@contextmanager
def hosts_of(options: ClusterOptions) -> Iterator[Hosts]:
    """Give the processes that keep the markets of a nation: this one, or the workers of a scheduler.

    Args:
        options: The command's keys.
    """
    if options.scheduler is None:
        yield Here(options.workers)
        return
    from experiments.shared.batches.crew import running_cluster
    from experiments.shared.batches.markets import markets_on

    with running_cluster(options.scheduler, {}) as cluster, markets_on(cluster) as hosts:
        yield hosts


def write_nation(nation: NationResults, folder: ResultFolder) -> None:
    """Write what was found of each market, and who went where."""
    provinces = nation.total.scenario.region.nation.provinces
    called = {province.name: province.name_zh for province in provinces}
    folder.write_json("markets.json", {
        name: {
            "name_zh": called[name], "people": results.scenario.population.graduates, "seed": results.seed, "outcomes": results.summary()["outcomes"],
        } for name, results in nation.markets.items()
    })  # fmt: skip
    folder.write_json("flows.json", {
        "provinces": list(called),
        "replicates": [
            {**{name: getattr(flows, name).tolist() for name in TABLES}, "refused": flows.refused} for flows in nation.flows
        ],
    })  # fmt: skip


def print_markets(nation: NationResults, language: str) -> None:
    """Print each market by its most telling outcomes, and what part of those at work came from, or went to, other provinces."""
    provinces = {province.name: (number, province) for number, province in enumerate(nation.total.scenario.region.nation.provinces)}
    works = np.mean([flows.works for flows in nation.flows], axis=0)
    forms = [form_of(OUTCOMES[name], language) for name in SHOWN]
    rows = []
    for name, results in nation.markets.items():
        number, province = provinces[name]
        cells = [write_estimate(results.interval(outcome), form) for outcome, form in zip(SHOWN, forms, strict=True)]
        away = [_others(works[:, number], number), _others(works[number], number)]
        rows.append([in_language(Sentence(name, province.name_zh), language), f"{results.scenario.population.graduates:,}", *cells, *away])
    heads = [in_language(head, language) for head in HEADS]
    show(make_table(in_language(Sentence("The markets", "各市场"), language), heads, rows, in_language(CAPTION, language)))
    show_lines([_moved(nation)], language)


def _others(works: Any, number: int) -> str:  # noqa: ANN401
    """Write which part of some people at work is not of one province."""
    total = float(works.sum())
    return write(100.0 * (1.0 - float(works[number]) / total)) if total else "–"


def _moved(nation: NationResults) -> Sentence:
    """Say how many people went, and whether some found no room."""
    looked, settled, refused = (float(np.mean([np.sum(getattr(flows, name)) for flows in nation.flows])) for name in ("looked", "settled", "refused"))
    if not nation.total.scenario.region.nation.migration:
        return Sentence("Each market lived by itself (region.nation.migration=false).", "各市场独立运行（region.nation.migration=false）。")
    told = sentence(
        "{looked:,.0f} times somebody went to look for work in another market, {settled:,.0f} times to live there.",
        "到其他市场求职 {looked:,.0f} 人次，迁居 {settled:,.0f} 人次。", looked=looked, settled=settled,
    )  # fmt: skip
    if not refused:
        return told
    return sentence(
        "{told} {refused:,.0f} times there was no room for a row: give more (region.nation.room).",
        "{told} 另有 {refused:,.0f} 人次因行数不足未能成行，请增大 region.nation.room。", told=told, refused=refused,
    )  # fmt: skip


def places_json(found: NationComparison, name: str) -> dict[str, Any]:
    """Return what a comparison of a nation adds to ``comparison.json`` of a variant: the account of places, and the net of each province."""
    lived = found.total.baseline.lived
    provinces = found.total.baseline.scenario.region.nation.provinces
    return {
        "places": {row: estimate(values, PLACE_KINDS[row], lived) for row, values in found.places.get(name, {}).items()},
        "provinces": {
            province.name: estimate(found.provinces[name][:, number], Kind.FREE, lived) for number, province in enumerate(provinces)
        },
    }  # fmt: skip


def print_places(found: NationComparison, called: Mapping[str, Sentence], language: str) -> None:
    """Print, of each variant, what the programme adds in its province, what it draws from others, and what it adds in the country."""
    nation, comparison = found.total.baseline.scenario.region.nation, found.total
    called_zh = {province.name: province.name_zh for province in nation.provinces}
    where = Sentence(nation.policy_in, called_zh.get(nation.policy_in, nation.policy_in))
    for name, account in found.places.items():
        form = form_of_sum(comparison.over(account["net_province"]))
        rows = [
            [in_language(label, language), write_estimate(comparison.over(account[row], PLACE_KINDS[row]), form)]
            for row, label in PLACE_ROWS.items() if row != "residual" or account[row].any()
        ]  # fmt: skip
        title = sentence("Between places: {who}, carried out in {where}", "地区之间：{who}，在{where}实施", who=called[name], where=where)
        heads = [Sentence("Persons, mean [95 % interval]", "人数，均值[95%区间]"), Sentence("Work at the end", "期末在岗")]
        show(make_table(in_language(title, language), [in_language(head, language) for head in heads], rows))
    if not found.places:
        show_lines([Sentence(
            "Every province has the programme (region.nation.policy_in=all): comparison.json has the net of each.",
            "各省都实施该项目（region.nation.policy_in=all）；各省净增见 comparison.json。",
        )], language)  # fmt: skip
