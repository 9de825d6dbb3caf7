"""What a comparison says on the terminal."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from rich.console import Console
from rich.measure import Measurement
from rich.table import Table

from experiments.shared.numbers import ZERO_NOTE, mark_of_zero, persons_shown
from experiments.shared.tables import NARROW, is_share, make_console, make_table, say, show, write
from sim.account import ROWS
from sim.comparison import KINDS, Comparison, Precision
from sim.measures import Outcome
from sim.outcomes import OUTCOMES
from sim.results import GROUP_LABELS, GROUPS
from sim.statistics import mean_interval

Labels = Mapping[str, Mapping[str, str]]
"""Name of a variant → language → what it is called."""

ROW_LABELS = {
    "gross_placements": {"en": "Placed at the end, of those served", "zh": "受服务者期末已落实(总数)"},
    "deadweight": {"en": "− placed anyway (deadweight)", "zh": "− 无项目也会落实(无谓损失)"},
    "net_on_participants": {"en": "= net effect on those served", "zh": "= 对受服务者的净效果"},
    "displacement": {"en": "− lost by others (displacement)", "zh": "− 他人因此失去(挤出)"},
    "jobs_made": {"en": "+ gained by others (made)", "zh": "+ 他人因此得到(新增)"},
    "net_additional_jobs": {"en": "= net additional", "zh": "= 净新增"},
    "residual": {"en": "check: residual", "zh": "核对:残差"},
    "reshuffled": {"en": "others who changed places, net zero", "zh": "他人之间互换(净零)"},
}
KIND_LABELS = {
    "jobs": {"en": "Work here", "zh": "本地就业创业"},
    "stays_6m": {"en": "Newcomers ≥ 6 months", "zh": "新来满半年"},
    "stays_12m": {"en": "Newcomers ≥ 12 months", "zh": "新来满一年"},
    "businesses": {"en": "Run a firm", "zh": "经营企业"},
}
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


def print_comparison(comparison: Comparison, title: str, outcomes: Sequence[str], language: str, labels: Labels) -> None:
    """Print, for each variant: differences, account, cost per additional job, who gains and loses, and what pairing bought."""
    replicates = comparison.baseline.replicates
    if replicates == 1:
        say({"en": f"\n{title}: one pair of worlds", "zh": f"\n{title}:一对平行世界"}, language)
    else:
        say({"en": f"\n{title}: {replicates} pairs of worlds", "zh": f"\n{title}:{replicates} 对平行世界"}, language)
    for name in comparison.variants:
        label = labels[name][language]
        _print_differences(comparison, name, outcomes, language, label)
        _print_account(comparison, name, language, label)
        _print_costs(comparison, name, language)
        _print_groups(comparison, name, language, label)
        _print_pairing(comparison, name, language)
    if len(comparison.variants) > 1:
        _print_overview(comparison, language, labels)
    if replicates == 1:
        say({"en": "One pair has no interval: use replicates=20.", "zh": "只有一对世界,无法给出区间;请用 replicates=20。"}, language)


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
    heads = {"en": ["Outcome, unit", "Baseline", "Variant"], "zh": ["结果指标,单位", "对照", "方案"]}[language]
    if narrow:
        heads += {"en": ["Difference and\n95 % interval, paired"], "zh": ["差异及配对95%区间"]}[language]
    else:
        heads += {"en": ["Difference", "95 % interval, paired", ""], "zh": ["差异", "配对95%区间", ""]}[language]
    _print_table({"en": f"What changes: {label}", "zh": f"变化:{label}"}[language], heads, rows, ZERO_NOTE[language] if noted else "")


def _print_account(comparison: Comparison, name: str, language: str, label: str) -> None:
    """Print the accounts side by side; where that is too wide, intervals under their means, and then fewer accounts beside one another."""
    accounts = comparison.variants[name].accounts
    kinds = [kind for kind in KINDS if any(accounts[kind][row].any() for row in ROWS)]
    title = {"en": f"From gross to net: {label}", "zh": f"从总数到净效果:{label}"}[language]
    if not kinds:
        say({"en": f"{title}: nobody is placed, or loses a place, who would not be without it.", "zh": f"{title}:各项均为零。"}, language)
        return
    rows = [row for row in ROWS if row != "residual" or any(accounts[kind][row].any() for kind in kinds)]

    def table(shown: Sequence[str], between: str) -> Table:
        heads = [{"en": "Persons, mean [95 % interval]", "zh": "人数,均值[95%区间]"}[language], *(KIND_LABELS[kind][language] for kind in shown)]
        lowest = {row: -math.inf if row in SIGNED else 0.0 for row in rows}
        cells = [[ROW_LABELS[row][language], *(persons_shown(accounts[kind][row], between, lowest[row]) for kind in shown)] for row in rows]
        return make_table(title, heads, cells)

    show_fitting(kinds, table, ((len(kinds), " "), (len(kinds), "\n"), (2, "\n"), (1, "\n")))


def _print_costs(comparison: Comparison, name: str, language: str) -> None:
    for kind, label in COST_LABELS.items():
        if comparison.variants[name].accounts[kind]["net_additional_jobs"].any():
            say({to: start + _cost(comparison, name, kind, to) for to, start in
                 (("en", f"Cost per {label['en']}: "), ("zh", f"每{label['zh']}成本:"))}, language)  # fmt: skip


def _cost(comparison: Comparison, name: str, kind: str, language: str) -> str:
    """Write the cost per net additional one with its interval, or why there is none."""
    ratio = comparison.cost_per(name, kind)
    if ratio.defined:
        return f"{ratio.value:,.0f} {'元' if language == 'zh' else 'CNY'} [{ratio.low:,.0f} … {ratio.high:,.0f}]"
    if comparison.baseline.replicates == 1:
        return {"en": "cannot be told from one pair", "zh": "仅一对世界,无法确定"}[language]
    return {
        "en": f"cannot be told: the additional number is {NOT_DISTINGUISHABLE['en']}",
        "zh": f"无法确定:净新增{NOT_DISTINGUISHABLE['zh']}",
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
    title = {"en": f"Who gains, who loses, in persons who work here: {label}", "zh": f"谁受益、谁受损(本地在岗人数):{label}"}[language]
    _print_table(title, heads, rows, ZERO_NOTE[language] if noted else "", sections=True)


def _print_pairing(comparison: Comparison, name: str, language: str) -> None:
    """Say how much pairing buys for jobs, and how many pairs a narrower interval needs."""
    values = comparison.variants[name].results.outcomes["employed_in_region"] - comparison.baseline.outcomes["employed_in_region"]
    if len(values) < 2 or not values.any():
        return
    factor = comparison.variance_ratio(name, "employed_in_region")
    shown = f"{factor:,.0f}" if math.isfinite(factor) else "∞"
    text = f"Pairing: for the same certainty, worlds with unrelated luck would need {shown} times as many replicates"
    chinese = f"配对的好处:若不配对,达到同样精度需要 {shown} 倍的模拟次数"
    mean, low, high = (float(part) for part in mean_interval(values))
    half = (high - low) / 2
    if half > 0 and mean != 0:
        needed = max(2, math.ceil(len(values) * (half / (WANTED_SHARE * abs(mean))) ** 2))
        text += f"; about {needed:,} pairs would tell the additional jobs to within ±10 %"
        chinese += f";约 {needed:,} 对可使净新增就业的误差在 ±10% 以内"
    say({"en": text + ".", "zh": chinese + "。"}, language)


def _print_overview(comparison: Comparison, language: str, labels: Labels) -> None:
    """Print the variants side by side: additional jobs, money, cost per additional job."""
    rows = []
    for name, variant in comparison.variants.items():
        jobs = variant.accounts["jobs"]["net_additional_jobs"]
        spending = variant.results.outcomes["spending"] - comparison.baseline.outcomes["spending"]
        _, low, high = (float(part) for part in mean_interval(jobs))
        ratio = comparison.cost_per(name)
        cost = f"{ratio.value:,.0f}\n[{ratio.low:,.0f} … {ratio.high:,.0f}]" if ratio.defined else "–"
        money = write(float(mean_interval(spending).mean), OUTCOMES["spending"])
        rows.append([labels[name][language], f"{persons_shown(jobs, chr(10))} {mark_of_zero(low, high)}".strip(), money, cost])
    heads = {
        "en": ["Variant", "Net additional jobs", "Spending more, CNY", "CNY per additional job"],
        "zh": ["方案", "净新增就业", "增加支出(元)", "每净新增就业成本(元)"],
    }[language]
    note = {"en": f"{ZERO_NOTE['en']}; there the cost per job cannot be told", "zh": f"{ZERO_NOTE['zh']},此时无法确定每人成本"}
    _print_table({"en": "Side by side", "zh": "各方案对比"}[language], heads, rows, note[language])


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
