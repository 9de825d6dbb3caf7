"""What a study's estimands are called, in tables and figures."""

from __future__ import annotations

import math

from sim.bilingual import Sentence
from sim.numbers import DASH, write, write_exactly
from sim.statistics import mean_interval
from sim.trials.analysis import Estimand
from sim.trials.measures import MEASURES, Values
from sim.trials.study import DESIGNS, Study
from sim.trials.trial import Trials

BETWEEN = {"en": ", ", "zh": "，"}
WORDS: dict[str, Sentence] = {
    "who": Sentence("Who is compared", "比较对象"),
    "outcome": Sentence("Outcome", "结果指标"),
    "days": Sentence("Days", "天数"),
    "found": Sentence("A trial finds\nmean [95 %]", "试验估计\n均值[95%]"),
    "true": Sentence("The truth\nmean [95 %]", "真值\n均值[95%]"),
    "bias": Sentence("Bias\n[95 %]", "偏差\n[95%]"),
    "half": Sentence("One trial\nis known to", "单次试验\n误差"),
    "coverage": Sentence("Holds\nthe truth", "区间\n含真值"),
    "power": Sentence("Finds\nan effect", "检出\n效果"),
    "whom": Sentence("Effect on", "受影响者"),
    "on_admitted": Sentence("those admitted", "可享受者"),
    "on_enrolled": Sentence("+ enrolled, not admitted", "+ 已入组但未享受者"),
    "on_others": Sentence("+ everybody else there", "+ 区内其他所有人"),
    "net": Sentence("= net, on everybody", "= 对所有人的净效果"),
    "assigned": Sentence("As randomised", "按试验分组"),
    "everybody": Sentence("Every enrolled\nperson admitted", "所有入组者\n均可享受"),
    "per_hundred": Sentence("per 100 admitted", "每百名可享受者"),
    "per_person": Sentence("per person admitted, {unit}", "每名可享受者，{unit}"),
    "cost": Sentence("Cost per net additional one, {unit}", "每净增一人成本（{unit}）"),
    "yes": Sentence("yes", "是"),
    "no": Sentence("no", "否"),
    "title": Sentence("\n{title}", "\n{title}"),
    "primary": Sentence("Primary outcome: {label}", "主要指标：{label}"),
    "every": Sentence("Every outcome: {label}", "全部指标：{label}"),
    "for_everybody": Sentence("The truth for everybody, {each}: {what}", "对所有人的真实效果（{each}）：{what}"),
    "truth_note": Sentence(
        "Truth: the same people with the same luck in the world with nobody admitted. A field trial cannot see it.",
        "真值：同一批人、同样的随机数，与无人享受的世界相比。现实试验无法观察到。",
    ),
    "naive_note": Sentence(
        "Naive: people are compared with those next to them, as if one person's job were not another's refusal.",
        "朴素比较：与同区未享受者相比，忽略岗位有限、此得彼失。",
    ),
    "bias_note": Sentence(
        "≈ 0: the bias cannot be told from zero, the 95 % interval holds it.", "≈ 0：看不出偏差（95%区间包含零）。",
    ),
    "nobody": Sentence(
        "Nobody enrols: nobody in these markets is what study.eligible asks for on the day of enrolment.",
        "无人入组：入组当天没有人符合 study.eligible 的条件。",
    ),
    "few": Sentence("Comparisons between clusters", "群组间比较"),
    "few_of": Sentence("{few} of the {all} comparisons between clusters", "{all} 项群组间比较中有 {few} 项"),
    "too_narrow": Sentence(
        "{which} rest on fewer than {enough} clusters, at the least {least}: their intervals are too narrow. Set a higher markets=.",
        "{which}所用群组少于 {enough} 个（最少 {least} 个），其区间偏窄；请增大 markets=。",
    ),
    "unused": Sentence("Nobody admitted to {arm} used it: look at its places, budget and dates.", "“{arm}”无人使用：请检查名额、预算与日期。"),
    "few_trials": Sentence(
        "{n} trials are too few to rely on bias, coverage, power and the intervals: use replicates=20.",
        "只有 {n} 次试验，偏差、覆盖率、检出率与区间均不可靠；请用 replicates=20。",
    ),
    "one": Sentence(
        "One trial shows no bias, coverage or power: use replicates=20.", "只有一次试验，无法给出偏差、覆盖率与检出率；请用 replicates=20。",
    ),
}  # fmt: skip
"""What a study says on the terminal."""

AGAINST = {
    "people": {"en": "controls", "zh": "对照组"},
    "markets": {"en": "pure control areas", "zh": "纯对照区"},
    "districts": {"en": "control districts", "zh": "对照区县"},
}
"""Who the controls are, by what was randomised; those of a district share their market with people who are treated."""


def arm_label(study: Study, number: int, language: str) -> str:
    """Return what an arm is called."""
    name = list(study.arms)[number - 1]
    arm = study.arms[name]
    return (arm.label_zh if language == "zh" else arm.label) or name.replace("_", " ")


def estimand_label(study: Study, estimand: Estimand, language: str) -> str:
    """Return what is compared with what, in a few words."""
    arm = arm_label(study, estimand.arm, language) if estimand.arm else ""
    share = f"{write_exactly(100 * (estimand.saturation or 0))} %"
    place = "people" if study.design == "individual" else study.clusters
    against = AGAINST[place][language]
    texts = {
        "itt": {"en": f"{arm}: admitted, against {against}", "zh": f"{arm}：可享受者与{against}之差"},
        "tot": {"en": f"{arm}: per person who used it", "zh": f"{arm}：每名实际使用者"},
        "itt_at": {"en": f"{arm}: admitted, in areas at {share}", "zh": f"{arm}：饱和度 {share} 区内的可享受者"},
        "spillover": {"en": "not admitted, in areas with admitted", "zh": f"处理区内未享受者与{against}之差（溢出）"},
        "spillover_at": {"en": f"not admitted, in areas at {share}", "zh": f"饱和度 {share} 区内的未享受者（溢出）"},
        "naive": {"en": f"{arm}: admitted, against neighbours (naive)", "zh": f"{arm}：与同区未享受者之差（朴素比较）"},
        "contrast": {"en": f"{arm}, against {arm_label(study, 1, 'en')}", "zh": f"{arm}与{arm_label(study, 1, 'zh')}之差"},
    }
    return texts[estimand.kind][language]


def outcome_label(name: str, day: int, language: str) -> str:
    """Return what is measured, when and in what unit."""
    measure = MEASURES[name]
    when = {"en": f"{day} days after enrolment", "zh": f"入组后第 {day} 天"}[language]
    return BETWEEN[language].join((measure.label[language], when, measure.unit[language]))


def title_of(trials: Trials, language: str) -> str:
    """Return the title of a study."""
    return (trials.study.title_zh if language == "zh" else trials.study.title) or {"en": "A trial", "zh": "随机试验"}[language]


def design_lines(trials: Trials, language: str) -> list[str]:
    """Say who was randomised how, and who took the treatment up."""
    study = trials.study
    unit = {
        "markets": {"en": _counted(trials.markets, "separate labour market"), "zh": f"{trials.markets:,} 个独立劳动力市场"},
        "districts": {
            "en": f"{trials.clusters:,} districts of {_counted(trials.markets, 'labour market')}",
            "zh": f"{trials.markets:,} 个市场的 {trials.clusters:,} 个区县",
        },
    }[study.clusters][language]
    shares = study.saturations if study.design == "saturation" else (study.treated_share,)
    treated = BETWEEN[language].join(f"{100 * share:g}" for share in shares)
    enrolled = f"{trials.enrolled.mean():,.0f}"
    people = f"{trials.scenario.population.graduates:,}"
    used = BETWEEN[language].join(
        f"{arm_label(study, number, language)} {_per_cent(share)}" for number, share in enumerate(trials.take_up.values(), start=1)
    )
    design = DESIGNS[study.design][language]
    if language == "zh":
        return [
            f"共 {trials.replicates} 次试验，每次人口与随机数各异：{design}，{unit}，每个市场 {people} 名青年；处理比例：{treated} %。",
            f"第 {study.enrolment_day} 天平均 {enrolled} 人入组。可享受者中实际使用：{used}。",
        ]
    trial = _counted(trials.replicates, "trial")
    return [
        f"{trial}, each with people and luck of its own: {design} in {unit} of {people} young people; treated: {treated} %.",
        f"{enrolled} people enrol on day {study.enrolment_day}, on average. Of those admitted, used it: {used}.",
    ]


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _per_cent(shares: Values) -> str:
    """Write a mean share over the trials; a dash where nobody is admitted in any."""
    mean = float(mean_interval(shares).mean)
    return DASH if math.isnan(mean) else f"{write(round(100 * mean))} %"
