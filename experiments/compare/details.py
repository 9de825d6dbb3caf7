"""What a comparison says on the terminal with ``detail=true``: differences, accounts, costs, spending, groups, pairing."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from rich.console import Console
from rich.measure import Measurement
from rich.table import Table

from experiments.compare.words import COLUMNS, Names
from experiments.shared.numbers import ZERO_NOTE, mark_of_zero, persons_shown
from experiments.shared.tables import NARROW, is_share, make_console, make_table, say, show, write
from sim.account import ROWS
from sim.bilingual import Sentence, in_language
from sim.comparison import KINDS, Comparison, Precision
from sim.levers import LEVER_LABELS
from sim.measures import Outcome
from sim.outcomes import OUTCOMES
from sim.results import GROUP_LABELS, GROUPS
from sim.statistics import mean_interval

ALL_ACCOUNTS = Sentence("From gross to net", "从总数到净增")
COST_LABELS = {
    "jobs": {"en": "additional job", "zh": "净新增就业"},
    "stays_6m": {"en": "additional stay of 6 months", "zh": "净新增半年留居"},
    "businesses": {"en": "additional firm", "zh": "净新增企业"},
}
NOT_DISTINGUISHABLE = {"en": "not distinguishable from zero", "zh": "与零无显著差别"}
SIGNED = ("net_on_participants", "net_additional_jobs", "residual")
"""Rows that may be below zero; the others are counts."""
WANTED_SHARE = 0.1
"""Half-width of an interval, relative to the difference, for which the needed replicates are told."""


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
        given = mean_interval(comparison.variants[name].results.outcomes[outcome.name]).mean
        without = mean_interval(comparison.baseline.outcomes[outcome.name]).mean
        difference, low, high = (float(part) for part in comparison.difference(name, outcome.name))
        unit = {"en": "points", "zh": "百分点"}[language] if is_share(outcome) else outcome.unit[language]
        between = {"en": ", ", "zh": ","}[language]
        levels = [write(float(value), outcome) for value in (without, given)]
        bounds = "–" if math.isnan(low) else f"{_signed(low, outcome)} … {_signed(high, outcome)}"
        nothing = mark_of_zero(low, high)
        noted = noted or bool(nothing)
        signed = _signed(difference, outcome)
        cells = [f"{signed} {nothing}".strip() + f"\n{bounds}"] if narrow else [signed, bounds, nothing]
        rows.append([f"{outcome.label[language]}{between}{unit}", *levels, *cells])
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
        lowest = {row: -math.inf if row in SIGNED else 0.0 for row in rows}
        cells = [
            [in_language(names.row(row, of_jobs=False), language), *(persons_shown(accounts[kind][row], between, lowest[row]) for kind in shown)]
            for row in rows
        ]
        return make_table(in_language(names.title(ALL_ACCOUNTS, name), language), heads, cells)

    show_fitting(kinds, table, ((len(kinds), " "), (len(kinds), "\n"), (2, "\n"), (1, "\n")))


def _print_costs(comparison: Comparison, name: str, language: str) -> None:
    for kind, label in COST_LABELS.items():
        if comparison.variants[name].accounts[kind]["net_additional_jobs"].any():
            say({to: start + _cost(comparison, name, kind, to) for to, start in
                 (("en", f"Cost per {label['en']}: "), ("zh", f"每{label['zh']}成本："))}, language)  # fmt: skip


def _cost(comparison: Comparison, name: str, kind: str, language: str) -> str:
    """Write the cost per net additional one with its interval, or why there is none."""
    ratio = comparison.cost_per(name, kind)
    if ratio.defined:
        return f"{ratio.value:,.0f} {'元' if language == 'zh' else 'CNY'} [{ratio.low:,.0f} … {ratio.high:,.0f}]"
    if comparison.baseline.replicates == 1:
        return {"en": "cannot be told from one pair", "zh": "仅一对世界，无法确定"}[language]
    return {
        "en": f"cannot be told: the additional number is {NOT_DISTINGUISHABLE['en']}",
        "zh": f"无法确定：净新增{NOT_DISTINGUISHABLE['zh']}",
    }[language]


def _print_groups(comparison: Comparison, name: str, language: str, label: str) -> None:
    """Print who gains and who loses: people of each group who work in the region at the end."""
    outcome = OUTCOMES["employed_in_region"]
    rows, noted = [], False
    for attribute, groups in GROUPS.items():
        for group in groups:
            difference, low, high = (float(part) for part in comparison.group_difference(name, attribute, group))
            without = mean_interval([run.groups[attribute][group]["employed_in_region"] for run in comparison.baseline.runs]).mean
            nothing = mark_of_zero(low, high)
            noted = noted or bool(nothing)
            bounds = "–" if math.isnan(low) else f"{_signed(low, outcome)} … {_signed(high, outcome)}"
            called = f"{GROUP_LABELS[attribute][language]}: {GROUP_LABELS[group][language]}"
            rows.append([called, write(float(without), outcome), _signed(difference, outcome), bounds, nothing])
    if all(row[2] == "0" and row[3] in ("–", "0 … 0") for row in rows):
        return
    heads = {"en": ["Group", "Baseline", "Difference", "95 % interval, paired", ""], "zh": ["群体", "对照", "差异", "配对95%区间", ""]}[language]
    title = {"en": f"Who gains, who loses, in persons who work here: {label}", "zh": f"谁受益、谁受损（本地在岗人数）：{label}"}[language]
    _print_table(title, heads, rows, ZERO_NOTE[language] if noted else "", sections=True)


def _print_pairing(comparison: Comparison, name: str, language: str) -> None:
    """Say how much pairing buys for jobs, and how many pairs a narrower interval needs."""
    values = comparison.variants[name].results.outcomes["employed_in_region"] - comparison.baseline.outcomes["employed_in_region"]
    if len(values) < 2 or not values.any():
        return
    factor = comparison.variance_ratio(name, "employed_in_region")
    shown = f"{factor:,.0f}" if math.isfinite(factor) else "∞"
    text = f"Pairing: for the same certainty, worlds with unrelated luck would need {shown} times as many replicates"
    chinese = f"配对的好处：若不配对，达到同样精度需要 {shown} 倍的模拟次数"
    mean, low, high = (float(part) for part in mean_interval(values))
    half = (high - low) / 2
    if half > 0 and mean != 0:
        needed = max(2, math.ceil(len(values) * (half / (WANTED_SHARE * abs(mean))) ** 2))
        text += f"; about {needed:,} pairs would tell the additional jobs to within ±10 %"
        chinese += f"；约 {needed:,} 对可使净新增就业的误差在 ±10% 以内"
    say({"en": text + ".", "zh": chinese + "。"}, language)


def _print_spending(comparison: Comparison, name: str, language: str, label: str) -> None:
    """Print what each lever spends more or less."""
    rows = []
    for lever, called in LEVER_LABELS.items():
        difference = comparison.difference(name, f"spending.{lever}")
        if any(part != 0.0 for part in difference):
            low, high = (_signed(float(part), OUTCOMES["spending"]) for part in difference[1:])
            between = "–" if math.isnan(difference[1]) else f"{low} … {high}"
            rows.append([called[language], _signed(float(difference[0]), OUTCOMES["spending"]), between])
    if rows:
        heads = {"en": ["Lever", "CNY more", "95 % interval, paired"], "zh": ["政策工具", "多支出（元）", "配对95%区间"]}[language]
        _print_table({"en": f"Spending by lever: {label}", "zh": f"分工具支出：{label}"}[language], heads, rows)


def _print_table(title: str, heads: list[str], rows: list[list[str]], note: str = "", *, sections: bool = False) -> None:
    show(make_table(title, heads, rows, note, sections=sections))


def show_fitting(columns: Sequence[str], table: Callable[[Sequence[str], str], Table], ways: Sequence[tuple[int, str]]) -> None:
    """Print a table in the first way that folds nothing, or in the last one.

    Args:
        columns: Its columns, but for the first.
        table: (columns, what stands between a mean and its interval) → a table of these columns.
        ways: How many columns there are in a table, further ones going into a further table, and what stands between.
    """
    console = make_console()
    for size, between in ways:
        tables = [table(columns[start : start + size], between) for start in range(0, len(columns), size)]
        if all(_natural_width(console, one) <= console.width for one in tables):
            break
    show(*tables)


def _natural_width(console: Console, table: Table) -> int:
    """Return the width of a table that folds nothing."""
    return Measurement.get(console, console.options.update(width=10_000), table).maximum


def _signed(value: float, outcome: Outcome) -> str:
    written = write(abs(value), outcome)
    return written if written in ("–", "0", "0.0") else ("+" if value > 0 else "−") + written
