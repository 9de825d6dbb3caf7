"""What a study says on the terminal."""

from __future__ import annotations

import math

from rich.markup import escape
from rich.table import Table

from experiments.tables import say, show
from experiments.trial_files import cost_per_additional, per_admitted
from experiments.trial_words import BETWEEN, arm_label, design_lines, estimand_label, outcome_label, title_of
from sim.statistics import DifferenceInterval, MeanInterval, mean_interval
from sim.trials.analysis import FEWEST_CLUSTERS
from sim.trials.measures import MEASURES
from sim.trials.trial import Trials

PARTS = {
    "on_admitted": {"en": "those admitted", "zh": "可享受者"},
    "on_enrolled": {"en": "+ enrolled, not admitted", "zh": "+ 已入组但未享受者"},
    "on_others": {"en": "+ everybody else there", "zh": "+ 区内其他所有人"},
    "net": {"en": "= net, on everybody", "zh": "= 对所有人的净效果"},
}
WORLD_LABELS = {
    "assigned": {"en": "As randomised", "zh": "按试验分组"},
    "everybody": {"en": "Every enrolled person admitted", "zh": "所有入组者均可享受"},
}
TRUTH_NOTE = {
    "en": "Truth: the same people with the same luck in the world with nobody admitted. A field trial cannot see it.",
    "zh": "真值:同一批人、同样的随机数,与无人享受的世界相比。现实试验无法观察到。",
}
NAIVE_NOTE = {
    "en": "Naive: people are compared with those next to them, as if one person's job were not another's refusal.",
    "zh": "朴素比较:与同区未享受者相比,忽略岗位有限、此得彼失。",
}


def print_trials(trials: Trials, language: str) -> None:
    """Print the design, the primary outcome, every other outcome, and what treatment does to everybody."""
    study = trials.study
    say({"en": f"\n{title_of(trials, 'en')}", "zh": f"\n{title_of(trials, 'zh')}"}, language)
    question = study.question_zh if language == "zh" else study.question
    for line in [*([question] if question else []), *design_lines(trials, language)]:
        say({language: line}, language)
    _print_primary(trials, language)
    _print_outcomes(trials, language)
    _print_everybody(trials, language)
    _print_warnings(trials, language)


def _print_primary(trials: Trials, language: str) -> None:
    """Print every estimand of the primary outcome: what the trials find, the truth, and how good a single trial is."""
    outcome, day = trials.study.primary
    scale = MEASURES[outcome].scale
    heads = {
        "en": [
            "Who is compared", "A trial finds\nmean [95 %]", "The truth\nmean [95 %]", "Bias\n[95 %]", "One trial\nis known to", "Holds\nthe truth",
            "Finds\nan effect",
        ],
        "zh": ["比较对象", "试验估计\n均值[95%]", "真值\n均值[95%]", "偏差\n[95%]", "单次试验\n误差", "区间\n含真值", "检出\n效果"],
    }[language]
    rows, kinds = [], set()
    for estimand in trials.estimands:
        finding = trials.finding(estimand)
        kinds.add(estimand.kind)
        half = mean_interval((finding.high - finding.low) / 2.0).mean
        rows.append([
            estimand_label(trials.study, estimand, language), _interval(finding.mean, scale, "\n"), _interval(finding.mean_truth, scale, "\n"),
            _interval(finding.bias, scale, "\n", signed=True), f"± {_number(float(half) * scale, scale)}" if half == half else "–",  # noqa: PLR0124 (NaN)
            f"{100 * finding.coverage.mean:.0f} %", f"{100 * finding.power(trials.study.significance).mean:.0f} %",
        ])  # fmt: skip
    label = outcome_label(outcome, day, language)
    title = {"en": f"Primary outcome: {label}", "zh": f"主要指标:{label}"}[language]
    notes = [TRUTH_NOTE, *([NAIVE_NOTE] if "naive" in kinds else [])]
    _print_table(title, heads, rows, "\n".join(note[language] for note in notes))


def _print_outcomes(trials: Trials, language: str) -> None:
    """Print the intention to treat on every outcome and follow-up."""
    study = trials.study
    heads = {
        "en": ["Outcome", "Days", "A trial finds\nmean [95 %]", "The truth\nmean [95 %]", "Finds\nan effect"],
        "zh": ["结果指标", "天数", "试验估计\n均值[95%]", "真值\n均值[95%]", "检出\n效果"],
    }[language]
    for estimand in (one for one in trials.estimands if one.kind == "itt"):
        rows = []
        for outcome in study.outcomes:
            measure = MEASURES[outcome]
            for day in study.followup_days:
                finding = trials.finding(estimand, outcome, day)
                rows.append([
                    BETWEEN[language].join((measure.label[language], measure.unit[language])), str(day), _interval(finding.mean, measure.scale),
                    _interval(finding.mean_truth, measure.scale), f"{100 * finding.power(study.significance).mean:.0f} %",
                ])  # fmt: skip
        label = estimand_label(study, estimand, language)
        _print_table({"en": f"Every outcome: {label}", "zh": f"全部指标:{label}"}[language], heads, rows)


def _print_everybody(trials: Trials, language: str) -> None:
    """Print whom treatment helps and whom it costs, over everybody in the markets."""
    outcome, day = trials.study.primary
    label = outcome_label(outcome, day, language).rpartition(BETWEEN[language])[0]
    heads = [{"en": "Effect on", "zh": "受影响者"}[language], *(WORLD_LABELS[world][language] for world in trials.reach)]
    rows = []
    for part, name in PARTS.items():
        cells = [_interval(mean_interval(per_admitted(trials, world, part, outcome, day)), MEASURES[outcome].scale) for world in trials.reach]
        rows.append([name[language], *cells])
    costs = []
    for world in trials.reach:
        ratio = cost_per_additional(trials, world, outcome, day)
        costs.append(f"{ratio.value:,.0f} [{ratio.low:,.0f} … {ratio.high:,.0f}]" if ratio.defined else "–")
    if MEASURES[outcome].scale > 1 and any(cost != "–" for cost in costs):
        rows.append([{"en": "Cost per net additional one, CNY", "zh": "每净新增一人成本(元)"}[language], *costs])
    title = {"en": f"The truth for everybody, per 100 admitted: {label}", "zh": f"对所有人的真实效果(每百名可享受者):{label}"}[language]
    _print_table(title, heads, rows)


def _print_warnings(trials: Trials, language: str) -> None:
    if trials.study.design != "individual" and trials.clusters < FEWEST_CLUSTERS:
        say({
            "en": f"{trials.clusters} clusters are few: below {FEWEST_CLUSTERS}, clustered intervals are too narrow. Set a higher markets=.",
            "zh": f"仅 {trials.clusters} 个群组:少于 {FEWEST_CLUSTERS} 个时聚类区间偏窄,请增大 markets=。",
        }, language)  # fmt: skip
    for number, name in enumerate(trials.study.arms, start=1):
        if not trials.take_up[name].max() > 0:
            label = arm_label(trials.study, number, language)
            english = f"Nobody admitted to {label} used it: look at its places, budget and dates."
            say({"en": english, "zh": f"“{label}”无人使用:请检查名额、预算与日期。"}, language)
    if trials.replicates == 1:
        english = "One trial shows no bias, coverage or power: use replicates=20."
        say({"en": english, "zh": "只有一次试验,无法给出偏差、覆盖率与检出率;请用 replicates=20。"}, language)


def _print_table(title: str, heads: list[str], rows: list[list[str]], note: str = "") -> None:
    table = Table(title=escape(title), title_justify="left", caption=note or None, caption_justify="left")
    for place, head in enumerate(heads):
        table.add_column(head, justify="left" if place == 0 else "right", no_wrap=place > 0)
    for row in rows:
        table.add_row(*map(escape, row))
    show(table)


def _interval(values: MeanInterval | DifferenceInterval, scale: float, between: str = " ", *, signed: bool = False) -> str:
    """Write a mean and its interval; a bias that may be none as such."""
    mean, low, high = (scale * float(value) for value in values)
    if math.isnan(mean):
        return "–"
    written = _number(mean, scale)
    if math.isnan(low) or low == high:
        return written
    if signed and low <= 0 <= high:
        written = "≈ 0"
    return f"{written}{between}[{_number(low, scale)} … {_number(high, scale)}]"


def _number(value: float, scale: float) -> str:
    digits = 1 if scale > 1 else 0
    return f"{round(value, digits) + 0.0:,.{digits}f}".replace("-", "−")


