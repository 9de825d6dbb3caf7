"""What a comparison says on the terminal with ``detail=true``: differences, accounts, costs, spending, groups, pairing."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rich.table import Table

from experiments.compare.words import COLUMNS, Names
from experiments.shared.tables import NARROW, make_console, make_table, show, show_fitting
from experiments.shared.words import say
from sim.account import ROW_KINDS, ROWS
from sim.bilingual import Sentence, in_language, sentence
from sim.comparison import KINDS, Comparison, Precision
from sim.levers import LEVER_LABELS
from sim.numbers import (
    DASH,
    ZERO_NOTE,
    form_of,
    form_of_sum,
    mark_of_zero,
    money_form,
    write,
    write_estimate,
    write_exactly,
    write_parts,
)
from sim.outcomes import OUTCOMES
from sim.results import GROUP_LABELS, GROUPS
from sim.statistics import mean_interval

ALL_ACCOUNTS = Sentence("From gross to net", "从总数到净增")
COST_LABELS = {
    "jobs": {"en": "additional job", "zh": "净增就业"},
    "stays_6m": {"en": "additional stay of 6 months", "zh": "净增半年留居"},
    "businesses": {"en": "additional firm", "zh": "净增企业"},
}
NOT_DISTINGUISHABLE = {"en": "not distinguishable from zero", "zh": "与零看不出差别"}


def print_details(comparison: Comparison, names: Names, outcomes: Sequence[str], language: str) -> None:
    """Print, for each variant: differences, every account, costs, spending by lever, who gains and loses, and what pairing bought."""
    for name in comparison.variants:
        label = in_language(names[name], language)
        _print_differences(comparison, name, outcomes, language, label)
        _print_accounts(comparison, name, names, language)
        _print_costs(comparison, name, language)
        _print_spending(comparison, name, language, label)
        _print_groups(comparison, name, language, label)
        _print_pairing(comparison, name, language)


def widest(comparison: Comparison, precision: Precision) -> float:
    """Return the widest half-interval of the outcome over the variants; NaN if any has none."""
    halves = [comparison.half_width(name, precision.outcome) for name in comparison.variants]
    return math.nan if any(math.isnan(half) for half in halves) else max(halves)


def _print_differences(comparison: Comparison, name: str, outcomes: Sequence[str], language: str, label: str) -> None:
    narrow = make_console().width < NARROW
    rows, noted = [], False
    for outcome in (OUTCOMES[chosen] for chosen in outcomes):
        given = float(mean_interval(comparison.variants[name].results.outcomes[outcome.name]).mean)
        without = float(mean_interval(comparison.baseline.outcomes[outcome.name]).mean)
        estimate = comparison.difference(name, outcome.name)
        form = form_of(outcome, language, max(abs(given), abs(without)), difference=True)
        between = {"en": ", ", "zh": "，"}[language]
        signed, bounds = write_parts(estimate, form, signed=True)
        nothing = mark_of_zero(float(estimate.low), float(estimate.high))
        noted = noted or bool(nothing)
        cells = [f"{signed} {nothing}".strip() + f"\n{bounds or DASH}"] if narrow else [signed, bounds or DASH, nothing]
        rows.append([f"{outcome.label[language]}{between}{form.unit}", write(without, form), write(given, form), *cells])
    heads = {"en": ["Outcome, unit", "Baseline", "Variant"], "zh": ["结果指标，单位", "对照", "方案"]}[language]
    if narrow:
        heads += {"en": ["Difference and\n95 % interval, paired"], "zh": ["差异及配对95%区间"]}[language]
    else:
        heads += {"en": ["Difference", "95 % interval, paired", ""], "zh": ["差异", "配对95%区间", ""]}[language]
    _print_table({"en": f"What changes: {label}", "zh": f"变化：{label}"}[language], heads, rows, ZERO_NOTE[language] if noted else "")


def _print_accounts(comparison: Comparison, name: str, names: Names, language: str) -> None:
    """Print the accounts side by side; where that is too wide, intervals under their means, and then fewer accounts beside one another."""
    accounts = comparison.variants[name].accounts
    kinds = [kind for kind in KINDS if any(accounts[kind][row].any() for row in ROWS)]
    if not kinds:
        return
    rows = [row for row in ROWS if row != "residual" or any(accounts[kind][row].any() for kind in kinds)]

    def table(shown: Sequence[str], between: str) -> Table:
        first = {"en": "Persons, mean [95 % interval]", "zh": "人数，均值[95%区间]"}[language]
        heads = [first, *(in_language(COLUMNS[kind], language) for kind in shown)]
        estimates = {(row, kind): mean_interval(accounts[kind][row], kind=ROW_KINDS[row]) for row in rows for kind in shown}
        labels = {row: in_language(names.row(row, of_jobs=False), language) for row in rows}
        forms = {kind: form_of_sum(estimates["net_additional_jobs", kind]) for kind in shown}
        cells = [[labels[row], *(write_estimate(estimates[row, kind], forms[kind], between) for kind in shown)] for row in rows]
        return make_table(in_language(names.title(ALL_ACCOUNTS, name), language), heads, cells)

    show_fitting(kinds, table, ((len(kinds), " "), (len(kinds), "\n"), (2, "\n"), (1, "\n")))


def _print_costs(comparison: Comparison, name: str, language: str) -> None:
    for kind, label in COST_LABELS.items():
        if comparison.variants[name].accounts[kind]["net_additional_jobs"].any():
            cost = Sentence(*(_cost(comparison, name, kind, to) for to in ("en", "zh")))
            say(sentence("Cost per {what}: {cost}", "每{what}成本：{cost}", what=Sentence(label["en"], label["zh"]), cost=cost), language)


def _cost(comparison: Comparison, name: str, kind: str, language: str) -> str:
    """Write the cost per net additional one with its interval, or why there is none."""
    ratio = comparison.cost_per(name, kind)
    if ratio.defined:
        form = money_form(ratio.value, language)
        return f"{write_estimate(ratio[:3], form)} {form.unit}"
    if comparison.baseline.replicates == 1:
        return {"en": "cannot be told from one pair", "zh": "仅一对世界，无法确定"}[language]
    return {
        "en": f"cannot be told: the additional number is {NOT_DISTINGUISHABLE['en']}",
        "zh": f"无法确定：净增数{NOT_DISTINGUISHABLE['zh']}",
    }[language]


def _print_groups(comparison: Comparison, name: str, language: str, label: str) -> None:
    """Print who gains and who loses: people of each group who work in the region at the end."""
    form = form_of(OUTCOMES["employed_in_region"], language)
    rows, noted = [], False
    for attribute, groups in GROUPS.items():
        for group in groups:
            estimate = comparison.group_difference(name, attribute, group)
            without = float(mean_interval([run.groups[attribute][group]["employed_in_region"] for run in comparison.baseline.runs]).mean)
            nothing = mark_of_zero(float(estimate.low), float(estimate.high))
            noted = noted or bool(nothing)
            called = f"{GROUP_LABELS[attribute][language]}{'：' if language == 'zh' else ': '}{GROUP_LABELS[group][language]}"
            difference, bounds = write_parts(estimate, form, signed=True)
            rows.append([called, write(without, form), difference, bounds or DASH, nothing])
    if all(row[2:4] == ["0", DASH] for row in rows):
        return
    heads = {"en": ["Group", "Baseline", "Difference", "95 % interval, paired", ""], "zh": ["群体", "对照", "差异", "配对95%区间", ""]}[language]
    title = {"en": f"Who gains, who loses, in persons who work here: {label}", "zh": f"谁受益、谁受损（本地在岗人数）：{label}"}[language]
    _print_table(title, heads, rows, ZERO_NOTE[language] if noted else "", sections=True)


def _print_pairing(comparison: Comparison, name: str, language: str) -> None:
    """Say how much pairing buys for jobs, and how sure the additional jobs are, in persons."""
    values = comparison.variants[name].results.outcomes["employed_in_region"] - comparison.baseline.outcomes["employed_in_region"]
    if len(values) < 2 or not values.any():
        return
    factor = comparison.variance_ratio(name, "employed_in_region")
    shown = write_exactly(round(factor)) if math.isfinite(factor) else "∞"
    text = f"Pairing: for the same certainty, worlds with unrelated luck would need {shown} times as many replicates"
    chinese = f"配对的好处：若不配对，达到同样精度需要 {shown} 倍的模拟次数"
    half = float(mean_interval(values).high) - float(values.mean())
    if half > 0:
        within = write(round(half) if half >= 1 else half)
        text += f"; these {len(values)} pairs tell the additional jobs to within ± {within}, four times as many to half of that"
        chinese += f"；现有 {len(values)} 对使净增就业精确到 ± {within} 人，四倍的模拟次数可使误差减半"
    say(Sentence(text + ".", chinese + "。"), language)


def _print_spending(comparison: Comparison, name: str, language: str, label: str) -> None:
    """Print what each lever spends more or less."""
    found = {lever: comparison.difference(name, f"spending.{lever}") for lever in LEVER_LABELS}
    found = {lever: difference for lever, difference in found.items() if any(part != 0.0 for part in difference)}
    if found:
        form = money_form(max(abs(float(one.difference)) for one in found.values()), language)
        parts = {lever: write_parts(difference, form, signed=True) for lever, difference in found.items()}
        rows = [[LEVER_LABELS[lever][language], value, bounds or DASH] for lever, (value, bounds) in parts.items()]
        heads = {"en": ["Lever", f"{form.unit} more", "95 % interval, paired"], "zh": ["政策工具", f"多支出（{form.unit}）", "配对95%区间"]}[language]
        _print_table({"en": f"Spending by lever: {label}", "zh": f"分工具支出：{label}"}[language], heads, rows)


def _print_table(title: str, heads: list[str], rows: list[list[str]], note: str = "", *, sections: bool = False) -> None:
    show(make_table(title, heads, rows, note, sections=sections))
