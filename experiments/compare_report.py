"""What a comparison says: tables on the terminal, and ``comparison.json``."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from experiments.tables import is_share, print_rows, say, write
from sim.account import ROWS
from sim.comparison import KINDS, Comparison
from sim.outcomes import OUTCOMES, Outcome
from sim.statistics import RatioInterval, mean_interval

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
    "stays_6m": {"en": "Newcomers here ≥ 6 months", "zh": "新来满半年"},
    "stays_12m": {"en": "Newcomers here ≥ 12 months", "zh": "新来满一年"},
    "businesses": {"en": "Run a firm", "zh": "经营企业"},
}
NOT_DISTINGUISHABLE = {"en": "not distinguishable from zero", "zh": "与零无显著差别"}
WANTED_SHARE = 0.1
"""Half-width of an interval, relative to the difference, for which the needed replicates are told."""


def print_comparison(comparison: Comparison, title: str, outcomes: Sequence[str], language: str) -> None:
    """Print, for each variant: differences, account, cost per additional job, and what pairing bought."""
    replicates = comparison.baseline.replicates
    say({"en": f"\n{title}: {replicates} pairs of worlds", "zh": f"\n{title}:{replicates} 对平行世界"}, language)
    for name in comparison.variants:
        _print_differences(comparison, name, outcomes, language)
        _print_account(comparison, name, language)
        _print_costs(comparison, name, language)
        _print_pairing(comparison, name, language)
    if replicates == 1:
        say({"en": "One pair has no interval: use replicates=20.", "zh": "只有一对世界,无法给出区间;请用 replicates=20。"}, language)


def _print_differences(comparison: Comparison, name: str, outcomes: Sequence[str], language: str) -> None:
    rows = []
    for outcome in (OUTCOMES[chosen] for chosen in outcomes):
        given = mean_interval(comparison.variants[name].results.outcomes[outcome.name]).mean
        without = mean_interval(comparison.baseline.outcomes[outcome.name]).mean
        difference, low, high = (float(part) for part in comparison.difference(name, outcome.name))
        unit = {"en": "points", "zh": "百分点"}[language] if is_share(outcome) else outcome.unit[language]
        levels = [write(float(value), outcome) for value in (without, given)]
        rows.append([outcome.label[language], *levels, _signed(difference, outcome), _bounds(low, high, outcome, language), unit])
    heads = {
        "en": ["Outcome", "Baseline", name, "Difference", "95 % interval, paired", "Unit"],
        "zh": ["结果指标", "对照", name, "差异", "配对95%区间", "单位"],
    }
    print_rows({"en": f"What changes: {name}", "zh": f"变化:{name}"}[language], heads[language], rows)


def _print_account(comparison: Comparison, name: str, language: str) -> None:
    accounts = comparison.variants[name].accounts
    kinds = [kind for kind in KINDS if any(accounts[kind][row].any() for row in ROWS)]
    rows = []
    for row in ROWS:
        if row == "residual" and not any(accounts[kind][row].any() for kind in kinds):
            continue
        rows.append([ROW_LABELS[row][language], *(_persons(*mean_interval(accounts[kind][row])) for kind in kinds)])
    heads = [{"en": "Persons, mean [95 % interval]", "zh": "人数,均值[95%区间]"}[language], *(KIND_LABELS[kind][language] for kind in kinds)]
    print_rows({"en": f"From gross to net: {name}", "zh": f"从总数到净效果:{name}"}[language], heads, rows)


def _print_costs(comparison: Comparison, name: str, language: str) -> None:
    labels = {
        "jobs": {"en": "additional job", "zh": "净新增就业"},
        "stays_6m": {"en": "additional stay of 6 months", "zh": "净新增半年留居"},
        "businesses": {"en": "additional firm", "zh": "净新增企业"},
    }
    for kind, label in labels.items():
        net = comparison.variants[name].accounts[kind]["net_additional_jobs"]
        if not net.any():
            continue
        ratio = comparison.cost_per(name, kind)
        if ratio.defined:
            words = f"{ratio.value:,.0f} CNY [{ratio.low:,.0f} … {ratio.high:,.0f}]"
            chinese = f"{ratio.value:,.0f} 元 [{ratio.low:,.0f} … {ratio.high:,.0f}]"
        else:
            words = f"cannot be told: additional numbers are {NOT_DISTINGUISHABLE['en']}"
            chinese = f"无法确定:净新增{NOT_DISTINGUISHABLE['zh']}"
        say({"en": f"Cost per {label['en']}: {words}", "zh": f"每{label['zh']}成本:{chinese}"}, language)


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


def comparison_json(comparison: Comparison, baseline: str) -> dict[str, Any]:
    """Return the content of ``comparison.json``."""
    variants = {}
    for name, variant in comparison.variants.items():
        outcomes = {}
        for outcome, given in variant.results.outcomes.items():
            difference, low, high = comparison.difference(name, outcome)
            outcomes[outcome] = {
                "unit": OUTCOMES[outcome].unit["en"], "difference": _number(difference), "low": _number(low), "high": _number(high),
                "values": [_number(value) for value in given - comparison.baseline.outcomes[outcome]],
            }  # fmt: skip
        accounts = {kind: {row: _estimate(values) for row, values in rows.items()} for kind, rows in variant.accounts.items()}
        variants[name] = {
            "outcomes": outcomes,
            "account": accounts["jobs"],
            "accounts": accounts,
            "spending": _estimate(variant.results.outcomes["spending"] - comparison.baseline.outcomes["spending"]),
            "cost_per_additional_job": _ratio(comparison.cost_per(name)),
            "cost_per_additional_stay": _ratio(comparison.cost_per(name, "stays_6m")),
            "variance_ratio": _number(comparison.variance_ratio(name, "employed_in_region")) if comparison.baseline.replicates > 1 else None,
        }
    return {
        "baseline": baseline,
        "programme": next(iter(comparison.variants.values())).results.name,
        "seed": comparison.baseline.seed,
        "replicates": comparison.baseline.replicates,
        "days": comparison.baseline.days,
        "variants": variants,
    }


def _estimate(values: Any) -> dict[str, Any]:  # noqa: ANN401
    mean, low, high = (_number(part) for part in mean_interval(values))
    return {"value": mean, "low": low, "high": high, "values": [_number(value) for value in values]}


def _ratio(ratio: RatioInterval) -> dict[str, Any]:
    return {"value": _number(ratio.value), "low": _number(ratio.low), "high": _number(ratio.high), "defined": ratio.defined}


def _number(value: Any) -> float | None:  # noqa: ANN401
    number = float(value)
    return number if math.isfinite(number) else None


def _signed(value: float, outcome: Outcome) -> str:
    written = write(abs(value), outcome)
    return written if written in ("–", "0") else ("+" if value > 0 else "−") + written


def _bounds(low: float, high: float, outcome: Outcome, language: str) -> str:
    if np.isnan(low):
        return "–"
    if low == high == 0:
        return "0"
    words = f"{_signed(low, outcome)} … {_signed(high, outcome)}"
    return f"{words}, {NOT_DISTINGUISHABLE[language]}" if low <= 0 <= high else words


def _persons(mean: Any, low: Any, high: Any) -> str:  # noqa: ANN401
    if np.isnan(low):
        return f"{float(mean):,.0f}"
    return f"{float(mean):,.1f} [{float(low):,.1f} … {float(high):,.1f}]"
