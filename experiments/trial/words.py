"""What a study's estimands are called, in tables and figures."""

from __future__ import annotations

import math

from experiments.shared.numbers import DASH, write, write_exactly
from sim.statistics import mean_interval
from sim.trials.analysis import Estimand
from sim.trials.measures import MEASURES, Values
from sim.trials.study import DESIGNS, Study
from sim.trials.trial import Trials

BETWEEN = {"en": ", ", "zh": ","}

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
        "itt": {"en": f"{arm}: admitted, against {against}", "zh": f"{arm}:可享受者与{against}之差"},
        "tot": {"en": f"{arm}: per person who used it", "zh": f"{arm}:每名实际使用者"},
        "itt_at": {"en": f"{arm}: admitted, in areas at {share}", "zh": f"{arm}:饱和度 {share} 区内的可享受者"},
        "spillover": {"en": "not admitted, in areas with admitted", "zh": f"处理区内未享受者与{against}之差(溢出)"},
        "spillover_at": {"en": f"not admitted, in areas at {share}", "zh": f"饱和度 {share} 区内的未享受者(溢出)"},
        "naive": {"en": f"{arm}: admitted, against neighbours (naive)", "zh": f"{arm}:与同区未享受者之差(朴素比较)"},
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
            f"共 {trials.replicates} 次试验,每次人口与随机数各异:{design},{unit},每个市场 {people} 名青年;处理比例:{treated} %。",
            f"第 {study.enrolment_day} 天平均 {enrolled} 人入组。可享受者中实际使用:{used}。",
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
