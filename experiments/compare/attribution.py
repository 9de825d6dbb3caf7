"""``yizhan compare attribution=true``: what each lever of a bundle contributes; what may be asked, what is printed and kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.table import Table

from experiments.compare.words import COLUMNS as KINDS
from experiments.compare.words import WORDS
from experiments.shared.errors import MistakeError
from experiments.shared.json_numbers import estimate, ratio_of
from experiments.shared.tables import make_table, show_fitting, show_lines
from experiments.shared.words import Speaker, Words
from sim.attribution import MEASURES, Attribution, Values, levers_of
from sim.bilingual import Sentence, listed, sentence
from sim.levers import LEVER_LABELS
from sim.numbers import DASH, PLAIN, Form, mark_of_zero, money_form, write, write_estimate, write_exactly
from sim.scenario import Scenario
from sim.statistics import Kind
from sim.uncertainty import ratio_interval_over

COST = "cost"
COLUMNS = ("jobs", "spending", COST, "stays_6m", "stays_12m", "businesses")
OF_ATTRIBUTION: Words = {
    **WORDS, **KINDS,
    "jobs": Sentence("Net additional jobs", "净增就业"),
    "spending": Sentence("Spending, {unit}", "支出（{unit}）"),
    COST: Sentence("{unit} per additional job", "每净增就业成本（{unit}）"),
    "contributes": Sentence("What each lever contributes: {called}", "各政策工具的贡献：{called}"),
    "lever_mean": Sentence("Lever, mean [95 % interval]", "政策工具，均值[95%区间]"),
    "all_levers": Sentence("= all levers together", "= 合计"),
    "jobs_lost": Sentence("loses jobs", "减少就业"),
    "exact": Sentence(
        "Shapley value: what a lever adds, averaged over all orders of adding the levers. Exact, from {worlds} worlds a replicate.",
        "沙普利值：各政策工具的新增作用，按所有加入顺序平均。精确计算，每次模拟 {worlds} 个世界。",
    ),
    "sampled": Sentence(
        "Shapley value: what a lever adds, averaged over orders of adding the levers. Drawn in each replicate: {drawn}, with the reverse, as "
        "{worlds} worlds; the intervals contain the chance of the draw.",
        "沙普利值：各政策工具的新增作用，按加入顺序平均。每次模拟抽取 {drawn} 种顺序及其逆序，共 {worlds} 个世界；区间已含抽样误差。",
    ),
}  # fmt: skip
"""What the table of attributions says; columns are headed by their names."""


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


def print_attribution(attribution: Attribution, language: str, called: object) -> None:
    """Print a line a lever: jobs, spending, cost per additional job, stays and businesses; and what the lines sum to."""
    speaker = Speaker(language, OF_ATTRIBUTION)
    columns = [name for name in COLUMNS if name == COST or attribution.matters(name)]
    costs = [float(values["spending"].mean() / values["jobs"].mean()) for values in _shown_costs(attribution)]
    forms = {
        "spending": money_form(float(attribution.whole["spending"].mean()), language),
        COST: money_form(min(costs, default=0.0), language),
    }

    def table(shown: Sequence[str], between: str) -> Table:
        named = [*((speaker.of(LEVER_LABELS[lever]), lever) for lever in attribution.ranked), (speaker.text("all_levers"), None)]
        rows = [[label, *(_cell(attribution, lever, name, between, forms.get(name, PLAIN), speaker) for name in shown)] for label, lever in named]
        heads = [speaker.text(name, unit=forms.get(name, PLAIN).unit) for name in shown]
        return make_table(speaker.text("contributes", called=called), [speaker.text("lever_mean"), *heads], rows)

    show_fitting(columns, table, ((len(columns), " "), (3, " "), (3, "\n"), (2, "\n"), (1, "\n")))
    method, drawn = ("exact", "") if attribution.orders is None else ("sampled", write_exactly(attribution.orders))
    notes = [speaker.text(method, worlds=write(attribution.worlds / attribution.replicates), drawn=drawn)]
    show_lines([*notes, *([speaker.text("no_cost")] if attribution.replicates > 1 else [])], language)


def _shown_costs(attribution: Attribution) -> list[dict[str, Values]]:
    """Return those whose cost per job is told: levers, and all together, that add jobs for certain."""
    found = (*attribution.contributions.values(), attribution.whole)
    return [values for values in found if attribution.over(values["jobs"]).low > 0]


def _cell(attribution: Attribution, lever: str | None, name: str, between: str, form: Form, speaker: Speaker) -> str:
    """Write a number of a lever with its interval; of None, that of all levers together."""
    values = attribution.whole if lever is None else attribution.contributions[lever]
    if name == COST:
        ratio = ratio_interval_over(values["spending"], values["jobs"], attribution.lived)
        shown = write_estimate(ratio[:3], form, between) if ratio.defined else DASH
        return speaker.text("jobs_lost") if ratio.defined and values["jobs"].mean() < 0 else shown
    estimate = attribution.over(values[name], kind_of_whole(name) if lever is None else Kind.FREE)
    return f"{write_estimate(estimate, form, between)} {mark_of_zero(float(estimate.low), float(estimate.high))}".strip()


def kind_of_whole(measure: str) -> Kind:
    """Return the kind of the effect of all levers together: they spend an amount, beside a world that spends nothing."""
    return Kind.AMOUNT if measure == "spending" else Kind.FREE


def attribution_json(attribution: Attribution) -> dict[str, Any]:
    """Return ``attribution`` of ``comparison.json``."""
    return {
        "method": "exact" if attribution.orders is None else "sampled",
        "orders": attribution.orders,
        "worlds": attribution.worlds,
        "levers": {
            lever: {
                **{measure: estimate(values, lived=attribution.lived) for measure, values in contributions.items()},
                "cost_per_additional_job": ratio_of(attribution.cost_per(lever)),
                "cost_per_additional_stay": ratio_of(attribution.cost_per(lever, "stays_6m")),
                "cost_per_additional_business": ratio_of(attribution.cost_per(lever, "businesses")),
            }
            for lever, contributions in attribution.contributions.items()
        },
        "whole": {measure: estimate(attribution.whole[measure], kind_of_whole(measure), attribution.lived) for measure in MEASURES},
    }
