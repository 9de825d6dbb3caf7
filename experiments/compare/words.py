"""What the worlds of a comparison, its account and its money are called: the same words in sentences, tables and figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from experiments.shared.words import OF_TABLES, Words
from sim.bilingual import Sentence, sentence
from sim.numbers import ZERO_NOTE

NONE, PROGRAMME = "none", "programme"
"""Baselines that need no file: the same people without any lever; the programme as it is."""

NO_PROGRAMME = Sentence("no programme", "没有方案")
AS_IT_IS = Sentence("the programme as it is", "现行方案")

ROWS: dict[str, Sentence] = {
    "gross_placements": Sentence("Placed at the end, of those served", "受服务者期末在岗（总数）"),
    "deadweight": Sentence("− placed anyway (deadweight)", "− 没有方案也会在岗"),
    "net_on_participants": Sentence("= net effect on those served", "= 对受服务者的净效果"),
    "displacement": Sentence("− lost by others (displacement)", "− 别人因此减少"),
    "jobs_made": Sentence("+ gained by others (made)", "+ 别人因此增加"),
    "net_additional_jobs": Sentence("= net additional", "= 净增就业"),
    "residual": Sentence("check: residual", "核对：残差"),
    "reshuffled": Sentence("others who changed places, net zero", "别人之间互换（净零）"),
}
"""Rows of the account of jobs, against no programme."""
OF_OTHER_KINDS = {
    "gross_placements": Sentence(ROWS["gross_placements"], "受服务者期末达到（总数）"),
    "deadweight": Sentence(ROWS["deadweight"], "− 没有方案也会达到"),
    "net_additional_jobs": Sentence(ROWS["net_additional_jobs"], "= 净增"),
}
"""Rows of an account of stays or firms, where they are called something else."""
ANYWAY = {
    True: Sentence("− placed anyway under the baseline", "− 对照方案下也会在岗"),
    False: Sentence("− placed anyway under the baseline", "− 对照方案下也会达到"),
}
"""The row of who is placed anyway where the baseline has levers, too: of jobs, of anything else."""
COLUMNS: dict[str, Sentence] = {
    "jobs": Sentence("Work here", "本地在岗"),
    "stays_6m": Sentence("Newcomers ≥ 6 months", "新来满半年"),
    "stays_12m": Sentence("Newcomers ≥ 12 months", "新来满一年"),
    "businesses": Sentence("Run a firm", "经营企业"),
}
"""What is accounted for."""

WORDS: Words = {
    **OF_TABLES,
    "zero": ZERO_NOTE,
    "no_cost": sentence("{zero}; there the cost per job cannot be told", "{zero}，此时无法确定每人成本", zero=ZERO_NOTE),
    "persons": Sentence("Persons, mean [95 % interval]", "人数，均值[95%区间]"),
    "money": Sentence("Money, mean [95 % interval]", "资金，均值[95%区间]"),
    "variant_mean": Sentence("Variant, mean\n[95 % interval]", "方案\n均值[95%区间]"),
    "side_by_side": Sentence("Side by side, against {against}", "各方案（对照：{against}）"),
    "jobs_column": Sentence("Net additional\njobs", "净增就业\n（人）"),
    "spending_column": Sentence("Spent more,\n{unit}", "多支出\n（{unit}）"),
    "unspent_column": Sentence("Not spent\nof its budget,\n{unit}", "预算未花\n（{unit}）"),
    "cost_column": Sentence("per job,\n{unit}", "每净增就业\n（{unit}）"),
    "capital_column": Sentence("lent, invested,\n{unit}", "放贷与股权\n（{unit}）"),
    "no_capital": Sentence(" Loans and equity are not in the cost.", "贷款与股权未计入成本。"),
    "what_changes": Sentence("What changes: {name}", "变化：{name}"),
    "outcome_unit": Sentence("Outcome, unit", "结果指标，单位"),
    "baseline": Sentence("Baseline", "对照"),
    "variant": Sentence("Variant", "方案"),
    "difference": Sentence("Difference", "差异"),
    "paired": Sentence("95 % interval, paired", "配对95%区间"),
    "difference_paired": Sentence("Difference and\n95 % interval, paired", "差异及配对95%区间"),
    "cost_per": Sentence("Cost per {what}: {cost}", "每{what}成本：{cost}"),
    "one_pair": Sentence("cannot be told from one pair", "仅一对世界，无法确定"),
    "untold": Sentence(
        "cannot be told: the additional number is not distinguishable from zero", "无法确定：净增数与零看不出差别",
    ),
    "who_gains": Sentence("Who gains, who loses, in persons who work here: {name}", "谁受益、谁受损（本地在岗人数）：{name}"),
    "pairing": Sentence(
        "Pairing: for the same certainty, worlds with unrelated luck would need {times} times as many replicates",
        "配对的好处：若不配对，达到同样精度需要 {times} 倍的模拟次数",
    ),
    "within": Sentence(
        "{pairing}; these {pairs} pairs tell the additional jobs to within ± {within}, four times as many to half of that",
        "{pairing}；现有 {pairs} 对使净增就业精确到 ± {within} 人，四倍的模拟次数可使误差减半",
    ),
    "ended": Sentence("{sentence}.", "{sentence}。"),
    "by_lever": Sentence("Spending by lever: {name}", "分工具支出：{name}"),
    "lever": Sentence("Lever", "政策工具"),
    "more": Sentence("{unit} more", "多支出（{unit}）"),
}  # fmt: skip
"""What the tables of a comparison say."""

OF_CARRYING: Words = {
    "carried": Sentence(
        "What carries what is not known, {what} ({count} vectors): {name}", "未知的部分来自哪里，{what}（{count} 组行为参数）：{name}",
    ),
    "parameter": Sentence("Parameter", "参数"),
    "share": Sentence("Share [95 % interval of all]", "占比[95%区间，同时成立]"),
    "per_sd": Sentence("One sd more adds", "增大一个标准差时的变化"),
    "source": Sentence("Source", "来源"),
    "shares": Sentence(
        "Share: by how much the variance between vectors would fall, were this one known. What goes together counts in each.",
        "占比：若查清这一项，组间方差平均减少的比例；相互关联的参数会重复计入。",
    ),
    "further": Sentence(" {count} more, of which nothing can be told: comparison.json.", "另有 {count} 项，均看不出：见 comparison.json。"),
}  # fmt: skip
"""What the table of assumptions says."""


@dataclass(frozen=True)
class Names:
    """What the baseline and the variants of a comparison are called.

    Attributes:
        baseline: Name of the baseline: ``none``, ``programme``, a variant or a programme.
        called: Name → what it is called; of the baseline, too.
        against_none: Whether the baseline has no lever.
    """

    baseline: str
    called: Mapping[str, Sentence]
    against_none: bool

    def __getitem__(self, name: str) -> Sentence:
        """What a variant or the baseline is called; its name where nothing is known."""
        return self.called.get(name, Sentence(name, name))

    @property
    def against(self) -> Sentence:
        """What the baseline is called."""
        return self[self.baseline]

    def row(self, row: str, *, of_jobs: bool = True) -> Sentence:
        """Name a row of an account, as it is against this baseline.

        Args:
            row: A row of `sim.account.ROWS`.
            of_jobs: Whether it is the account of jobs.
        """
        if row == "deadweight" and not self.against_none:
            return ANYWAY[of_jobs]
        return ROWS[row] if of_jobs else OF_OTHER_KINDS.get(row, ROWS[row])

    def title(self, what: Sentence, name: str) -> Sentence:
        """Say what is shown, of which variant, against which baseline."""
        return sentence("{what}: {name} against {against}", "{what}：{name}（对照：{against}）", what=what, name=self[name], against=self.against)


ACCOUNT = Sentence("From gross to net additional jobs", "从总数到净增就业")
"""What the account is; for `Names.title`."""


def names_of(labels: Mapping[str, Mapping[str, str]], baseline: str, *, against_none: bool) -> Names:
    """Make the names of a comparison.

    Args:
        labels: Name → language → what it is called.
        baseline: Name of the baseline.
        against_none: Whether the baseline has no lever.
    """
    standing = {NONE: NO_PROGRAMME} if baseline == NONE else {PROGRAMME: AS_IT_IS} if baseline == PROGRAMME else {}
    called = {name: Sentence(label.get("en", name), label.get("zh", name)) for name, label in labels.items()}
    return Names(baseline, called | standing, against_none)
