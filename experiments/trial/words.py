"""What a study's estimands are called, in tables and figures."""

from __future__ import annotations

import math

from sim.bilingual import Sentence, joined, sentence, sentence_of
from sim.numbers import DASH, write, write_exactly
from sim.statistics import mean_interval
from sim.trials.analysis import Estimand
from sim.trials.measures import MEASURES, Values
from sim.trials.study import DESIGNS, Study
from sim.trials.trial import Trials

BETWEEN = Sentence(", ", "，")
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
    "people": Sentence("controls", "对照组"),
    "markets": Sentence("pure control areas", "纯对照区"),
    "districts": Sentence("control districts", "对照区县"),
}
"""Who the controls are, by what was randomised; those of a district share their market with people who are treated."""
ESTIMANDS = {
    "itt": Sentence("{arm}: admitted, against {against}", "{arm}：可享受者与{against}之差"),
    "tot": Sentence("{arm}: per person who used it", "{arm}：每名实际使用者"),
    "itt_at": Sentence("{arm}: admitted, in areas at {share}", "{arm}：饱和度 {share} 区内的可享受者"),
    "spillover": Sentence("not admitted, in areas with admitted", "处理区内未享受者与{against}之差（溢出）"),
    "spillover_at": Sentence("not admitted, in areas at {share}", "饱和度 {share} 区内的未享受者（溢出）"),
    "naive": Sentence("{arm}: admitted, against neighbours (naive)", "{arm}：与同区未享受者之差（朴素比较）"),
    "contrast": Sentence("{arm}, against {first}", "{arm}与{first}之差"),
}
"""Kind of an estimand → what is compared with what."""
CLUSTERS = {
    "markets": Sentence("{markets}", "{market_count} 个独立劳动力市场"),
    "districts": Sentence("{cluster_count} districts of {markets}", "{market_count} 个市场的 {cluster_count} 个区县"),
}
"""What is randomised where clusters are."""


def arm_label(study: Study, number: int) -> Sentence:
    """Return what an arm is called."""
    name = list(study.arms)[number - 1]
    arm, plain = study.arms[name], name.replace("_", " ")
    return Sentence(arm.label or plain, arm.label_zh or plain)


def estimand_label(study: Study, estimand: Estimand) -> Sentence:
    """Return what is compared with what, in a few words."""
    pattern = ESTIMANDS[estimand.kind]
    return sentence(
        pattern, pattern.zh, arm=arm_label(study, estimand.arm) if estimand.arm else "", first=arm_label(study, 1),
        against=AGAINST["people" if study.design == "individual" else study.clusters],
        share=f"{write_exactly(100 * (estimand.saturation or 0))} %",
    )  # fmt: skip


def measure_label(name: str) -> Sentence:
    """Return what is measured and in what unit."""
    measure = MEASURES[name]
    return joined(map(sentence_of, (measure.label, measure.unit)), BETWEEN)


def outcome_label(name: str, day: int, *, with_unit: bool = True) -> Sentence:
    """Return what is measured, when and in what unit."""
    label, unit = sentence_of(MEASURES[name].label), sentence_of(MEASURES[name].unit)
    when = sentence("{day} days after enrolment", "入组后第 {day} 天", day=day)
    return joined((label, when, *([unit] if with_unit else [])), BETWEEN)


def title_of(trials: Trials) -> Sentence:
    """Return the title of a study."""
    return Sentence(trials.study.title or "A trial", trials.study.title_zh or "随机试验")


def design_of(trials: Trials) -> list[Sentence]:
    """Say who was randomised how, and who took the treatment up."""
    study = trials.study
    clusters = CLUSTERS[study.clusters]
    noun = "separate labour market" if study.clusters == "markets" else "labour market"
    shares = study.saturations if study.design == "saturation" else (study.treated_share,)
    used = [
        sentence("{arm} {share}", "{arm} {share}", arm=arm_label(study, number), share=_per_cent(share))
        for number, share in enumerate(trials.take_up.values(), start=1)
    ]
    return [
        sentence(
            "{trials}, each with people and luck of its own: {design} in {unit} of {people:,} young people; treated: {treated} %.",
            "共 {n} 次试验，每次人口与随机数各异：{design}，{unit}，每个市场 {people:,} 名青年；处理比例：{treated} %。",
            trials=_counted(trials.replicates, "trial"), n=trials.replicates, design=sentence_of(DESIGNS[study.design]),
            unit=sentence(clusters, clusters.zh, markets=_counted(trials.markets, noun), market_count=f"{trials.markets:,}",
                          cluster_count=f"{trials.clusters:,}"),
            people=trials.scenario.population.graduates, treated=joined([f"{100 * share:g}" for share in shares], BETWEEN),
        ),
        sentence(
            "{enrolled:,.0f} people enrol on day {day}, on average. Of those admitted, used it: {used}.",
            "第 {day} 天平均 {enrolled:,.0f} 人入组。可享受者中实际使用：{used}。",
            enrolled=trials.enrolled.mean(), day=study.enrolment_day, used=joined(used, BETWEEN),
        ),
    ]  # fmt: skip


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _per_cent(shares: Values) -> str:
    """Write a mean share over the trials; a dash where nobody is admitted in any."""
    mean = float(mean_interval(shares).mean)
    return DASH if math.isnan(mean) else f"{write(round(100 * mean))} %"
