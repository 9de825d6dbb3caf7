"""What a study says on the terminal."""

from __future__ import annotations

import math

from experiments.shared.numbers import DASH, Form, mark_of_zero, money_form, write, write_estimate, write_parts
from experiments.shared.tables import NARROW, make_console, make_table, say, show
from experiments.trial.files import cost_per_additional, per_admitted
from experiments.trial.words import BETWEEN, arm_label, design_lines, estimand_label, outcome_label, title_of
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
    "everybody": {"en": "Every enrolled\nperson admitted", "zh": "所有入组者\n均可享受"},
}
TRUTH_NOTE = {
    "en": "Truth: the same people with the same luck in the world with nobody admitted. A field trial cannot see it.",
    "zh": "真值:同一批人、同样的随机数,与无人享受的世界相比。现实试验无法观察到。",
}
NAIVE_NOTE = {
    "en": "Naive: people are compared with those next to them, as if one person's job were not another's refusal.",
    "zh": "朴素比较:与同区未享受者相比,忽略岗位有限、此得彼失。",
}
BIAS_NOTE = {
    "en": "≈ 0: the bias is not distinguishable from zero, the 95 % interval holds it.",
    "zh": "≈ 0:偏差与零无显著差别(95%区间包含零)。",
}
PER_HUNDRED = {"en": "per 100 admitted", "zh": "每百名可享受者"}
PER_PERSON = {"en": "per person admitted", "zh": "每名可享受者"}


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
    form = _form(outcome)
    heads = {
        "en": [
            "Who is compared", "A trial finds\nmean [95 %]", "The truth\nmean [95 %]", "Bias\n[95 %]", "One trial\nis known to", "Holds\nthe truth",
            "Finds\nan effect",
        ],
        "zh": ["比较对象", "试验估计\n均值[95%]", "真值\n均值[95%]", "偏差\n[95%]", "单次试验\n误差", "区间\n含真值", "检出\n效果"],
    }[language]
    rows, biased_by_none = [], False
    for estimand in trials.estimands:
        finding = trials.finding(estimand)
        biased_by_none = biased_by_none or _is_no_bias(finding.bias)
        rows.append([
            estimand_label(trials.study, estimand, language), write_estimate(finding.mean, form, "\n"),
            write_estimate(finding.mean_truth, form, "\n"), _bias(finding.bias, form), _half_width(finding.half_width, form),
            _share(finding.coverage, trials.replicates, language),
            _share(finding.power(trials.study.significance), trials.replicates, language),
        ])  # fmt: skip
    label = outcome_label(outcome, day, language)
    title = {"en": f"Primary outcome: {label}", "zh": f"主要指标:{label}"}[language]
    parts = (slice(1, 4), slice(4, 7)) if make_console().width < NARROW else (slice(1, 7),)
    tables = [make_table(title, [heads[0], *heads[part]], [[row[0], *row[part]] for row in rows]) for part in parts]
    for table in tables[1:]:
        table.title = None
    show(*tables)
    naive = any(estimand.kind == "naive" for estimand in trials.estimands)
    for note, wanted in ((TRUTH_NOTE, True), (NAIVE_NOTE, naive), (BIAS_NOTE, biased_by_none)):
        if wanted:
            say(note, language)


def _print_outcomes(trials: Trials, language: str) -> None:
    """Print the intention to treat on every outcome and follow-up."""
    study = trials.study
    between = _between()
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
                    BETWEEN[language].join((measure.label[language], measure.unit[language])), str(day),
                    write_estimate(finding.mean, _form(outcome), between), write_estimate(finding.mean_truth, _form(outcome), between),
                    _share(finding.power(study.significance), trials.replicates, language),
                ])  # fmt: skip
        label = estimand_label(study, estimand, language)
        show(make_table({"en": f"Every outcome: {label}", "zh": f"全部指标:{label}"}[language], heads, rows))


def _print_everybody(trials: Trials, language: str) -> None:
    """Print whom treatment helps and whom it costs, over everybody in the markets."""
    outcome, day = trials.study.primary
    measure = MEASURES[outcome]
    heads = [{"en": "Effect on", "zh": "受影响者"}[language], *(WORLD_LABELS[world][language] for world in trials.reach)]
    rows = []
    for part, name in PARTS.items():
        values = [mean_interval(per_admitted(trials, world, part, outcome, day)) for world in trials.reach]
        rows.append([name[language], *(write_estimate(one, _form(outcome), _between()) for one in values)])
    costs = [cost_per_additional(trials, world, outcome, day) for world in trials.reach]
    if measure.scale > 1 and any(cost.defined for cost in costs):
        money = money_form(max(cost.high for cost in costs if cost.defined), language)
        cells = [write_estimate(cost[:3], money, _between()) if cost.defined else DASH for cost in costs]
        rows.append([{"en": f"Cost per net additional one, {money.unit}", "zh": f"每净新增一人成本({money.unit})"}[language], *cells])
    what = outcome_label(outcome, day, language).rpartition(BETWEEN[language])[0]
    each = PER_HUNDRED if measure.scale > 1 else {to: f"{PER_PERSON[to]}{BETWEEN[to]}{measure.unit[to]}" for to in PER_PERSON}
    title = {"en": f"The truth for everybody, {each['en']}: {what}", "zh": f"对所有人的真实效果({each['zh']}):{what}"}[language]
    show(make_table(title, heads, rows))


def _print_warnings(trials: Trials, language: str) -> None:
    """Say what makes a study a poor one: nobody in it, nobody treated in fact, few clusters, one trial."""
    if not trials.enrolled.any():
        english = "Nobody enrols: nobody in these markets is what study.eligible asks for on the day of enrolment."
        say({"en": english, "zh": "无人入组:入组当天没有人符合 study.eligible 的条件。"}, language)
        return
    fewest = [clusters for estimand in trials.estimands if (clusters := int(trials.finding(estimand).clusters.min())) > 0]
    few = [clusters for clusters in fewest if clusters < FEWEST_CLUSTERS]
    if few:
        english = f"{len(few)} of the {len(fewest)} comparisons between clusters" if len(few) < len(fewest) else "Comparisons between clusters"
        chinese = f"{len(fewest)} 项群组间比较中有 {len(few)} 项" if len(few) < len(fewest) else "群组间比较"
        say({
            "en": f"{english} rest on fewer than {FEWEST_CLUSTERS} clusters, at the least {min(few)}: their intervals are too narrow. "
                  "Set a higher markets=.",
            "zh": f"{chinese}所用群组少于 {FEWEST_CLUSTERS} 个(最少 {min(few)} 个),其区间偏窄;请增大 markets=。",
        }, language)  # fmt: skip
    for number, name in enumerate(trials.study.arms, start=1):
        if not bool((trials.take_up[name] > 0).any()):
            label = arm_label(trials.study, number, language)
            english = f"Nobody admitted to {label} used it: look at its places, budget and dates."
            say({"en": english, "zh": f"“{label}”无人使用:请检查名额、预算与日期。"}, language)
    if trials.replicates == 1:
        english = "One trial shows no bias, coverage or power: use replicates=20."
        say({"en": english, "zh": "只有一次试验,无法给出偏差、覆盖率与检出率;请用 replicates=20。"}, language)


def _form(outcome: str) -> Form:
    """Return how the numbers of a measure are written; of a share per hundred persons."""
    scale = MEASURES[outcome].scale
    return Form(scale=scale, decimals=1) if scale > 1 else Form(figures=2)


def _between() -> str:
    """Return what stands between a mean and its interval."""
    return "\n" if make_console().width < NARROW else " "


def _half_width(value: float, form: Form) -> str:
    return DASH if math.isnan(value) else f"± {write_parts((0.0, -value, value), form)[1].rpartition(' ')[2].rstrip(']')}"


def _is_no_bias(bias: DifferenceInterval) -> bool:
    return bool(mark_of_zero(float(bias.low), float(bias.high)))


def _bias(bias: DifferenceInterval, form: Form) -> str:
    """Write a bias with its interval, one that may be none as such; one trial has an error, and shows no bias."""
    if math.isnan(bias.low):
        return DASH
    value, bounds = write_parts(bias, form, signed=True)
    return "\n".join(("≈ 0" if _is_no_bias(bias) else value, bounds)).strip()


def _share(share: MeanInterval, trials: int, language: str) -> str:
    """Write a share of the trials; of one trial, whether it is so."""
    if math.isnan(float(share.mean)):
        return DASH
    if trials == 1:
        return {"en": ("no", "yes"), "zh": ("否", "是")}[language][int(share.mean)]
    return f"{write(round(100 * float(share.mean)))} %"
