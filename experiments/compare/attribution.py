"""``yizhan compare attribution=true``: what each lever of a bundle contributes; what may be asked, what is printed and kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.table import Table

from experiments.compare.details import show_fitting
from experiments.compare.words import COLUMNS as KINDS
from experiments.shared.errors import MistakeError
from experiments.shared.json_numbers import estimate, ratio_of
from experiments.shared.numbers import ZERO_NOTE, mark_of_zero, persons_shown
from experiments.shared.tables import make_table, show
from sim.attribution import MEASURES, Attribution, levers_of
from sim.bilingual import Sentence, listed, sentence
from sim.levers import LEVER_LABELS
from sim.scenario import Scenario
from sim.statistics import mean_interval, ratio_interval

COST = "cost"
COLUMN_LABELS = {
    **{kind: {"en": str(label), "zh": label.zh} for kind, label in KINDS.items()},
    "jobs": {"en": "Net additional jobs", "zh": "净增就业"},
    "spending": {"en": "Spending, 1,000 CNY", "zh": "支出(万元)"},
    COST: {"en": "CNY per additional job", "zh": "每净增就业成本(元)"},
}
COLUMNS = ("jobs", "spending", COST, "stays_6m", "stays_12m", "businesses")
MONEY = {"en": 1e3, "zh": 1e4}
"""Yuan in the unit of the column of spending."""
JOBS_LOST = {"en": "loses jobs", "zh": "减少就业"}
ALL_LEVERS = {"en": "= all levers together", "zh": "= 合计"}


def check_attribution(baseline: str, none: str, variants: Mapping[str, Scenario]) -> Scenario:
    """Return the scenario whose effect can be divided among its levers.

    Args:
        baseline: Name of the baseline.
        none: Name of the baseline that has no lever.
        variants: Name → variant.

    Raises:
        MistakeError: Another baseline, several variants, or no lever that offers anything.
    """
    wanted = Sentence(
        "attribution=true divides the effect of one bundle of levers, compared with none, among the levers",
        "attribution=true 把一组政策工具（与没有方案相比）的效果分解到各工具",
    )  # fmt: skip
    if baseline != none:
        message = sentence(
            "{wanted}; the baseline of this comparison is {baseline}. Leave out comparison=NAME, or set comparison.baseline={none}",
            "{wanted}；而本次比较的对照方案是 {baseline}。请去掉 comparison=名称，或设 comparison.baseline={none}", wanted=wanted, baseline=baseline,
            none=none,
        )  # fmt: skip
        raise MistakeError(message)
    if len(variants) > 1:
        message = sentence(
            "{wanted}; this comparison has {n} variants: {names}. Leave out comparison=NAME, or keep one variant",
            "{wanted}；而本次比较有 {n} 个方案：{names}。请去掉 comparison=名称，或只保留一个方案", wanted=wanted, n=len(variants),
            names=listed(variants),
        )  # fmt: skip
        raise MistakeError(message)
    scenario = next(iter(variants.values()))
    if not levers_of(scenario):
        message = sentence(
            "{wanted}; here no lever offers anything. Choose a programme (yizhan list programmes), or switch levers on (yizhan list levers)",
            "{wanted}；而此处没有启用任何政策工具。请选择项目（yizhan list programmes），或启用政策工具（yizhan list levers）", wanted=wanted,
        )  # fmt: skip
        raise MistakeError(message)
    return scenario


def print_attribution(attribution: Attribution, language: str, called: str) -> None:
    """Print a line a lever: jobs, spending, cost per additional job, stays and businesses; and what the lines sum to."""
    columns = [name for name in COLUMNS if name == COST or attribution.matters(name)]

    def table(shown: Sequence[str], between: str) -> Table:
        named = [*((LEVER_LABELS[lever][language], lever) for lever in attribution.ranked), (ALL_LEVERS[language], None)]
        rows = [[label, *(_cell(attribution, lever, name, between, language) for name in shown)] for label, lever in named]
        title = {"en": f"What each lever contributes: {called}", "zh": f"各政策工具的贡献:{called}"}[language]
        heads = [{"en": "Lever, mean [95 % interval]", "zh": "政策工具,均值[95%区间]"}[language], *(COLUMN_LABELS[name][language] for name in shown)]
        return make_table(title, heads, rows)

    show_fitting(columns, table, ((len(columns), " "), (3, " "), (3, "\n"), (2, "\n"), (1, "\n")))
    show(_method(attribution)[language])
    if attribution.replicates > 1:
        show(ZERO_NOTE[language] + {"en": "; there the cost per job cannot be told", "zh": ",此时无法确定每人成本"}[language])


def _cell(attribution: Attribution, lever: str | None, name: str, between: str, language: str) -> str:
    """Write a number of a lever with its interval; of None, that of all levers together."""
    values = attribution.whole if lever is None else attribution.contributions[lever]
    if name == COST:
        ratio = ratio_interval(values["spending"], values["jobs"])
        shown = f"{ratio.value:,.0f}{between}[{ratio.low:,.0f} … {ratio.high:,.0f}]" if ratio.defined else "–"
        return JOBS_LOST[language] if ratio.defined and values["jobs"].mean() < 0 else shown
    _, low, high = (float(part) for part in mean_interval(values[name]))
    shown = persons_shown(values[name] / (MONEY[language] if name == "spending" else 1.0), between)
    return f"{shown} {mark_of_zero(low, high)}".strip()


def _method(attribution: Attribution) -> dict[str, str]:
    """Say how the numbers came about."""
    worlds = f"{attribution.worlds / attribution.replicates:,.4g}"
    if attribution.orders is None:
        return {
            "en": f"Shapley value: what a lever adds, averaged over all orders of adding the levers. Exact, from {worlds} worlds a replicate.",
            "zh": f"沙普利值:各政策工具的新增作用,按所有加入顺序平均。精确计算,每次模拟 {worlds} 个世界。",
        }
    drawn = f"{attribution.orders:,}"
    return {
        "en": f"Shapley value: what a lever adds, averaged over orders of adding the levers. Drawn in each replicate: {drawn}, with the reverse, "
        f"as {worlds} worlds; the intervals contain the chance of the draw.",
        "zh": f"沙普利值:各政策工具的新增作用,按加入顺序平均。每次模拟抽取 {drawn} 种顺序及其逆序,共 {worlds} 个世界;区间已含抽样误差。",
    }


def attribution_json(attribution: Attribution) -> dict[str, Any]:
    """Return ``attribution`` of ``comparison.json``."""
    return {
        "method": "exact" if attribution.orders is None else "sampled",
        "orders": attribution.orders,
        "worlds": attribution.worlds,
        "levers": {
            lever: {
                **{measure: estimate(values) for measure, values in contributions.items()},
                "cost_per_additional_job": ratio_of(attribution.cost_per(lever)),
                "cost_per_additional_stay": ratio_of(attribution.cost_per(lever, "stays_6m")),
                "cost_per_additional_business": ratio_of(attribution.cost_per(lever, "businesses")),
            }
            for lever, contributions in attribution.contributions.items()
        },
        "whole": {measure: estimate(attribution.whole[measure]) for measure in MEASURES},
    }
