"""What scenario discovery says, in both languages."""

from __future__ import annotations

from sim.bilingual import Sentence

NO_SWEEP = Sentence(
    "sweep={folder} holds no finished sweep ({why}); name the folder that yizhan sweep wrote",
    "sweep={folder} 中没有完整的扫描结果（{why}）；请指定 yizhan sweep 写出的目录",
)
NO_OUTCOME = Sentence(
    "of a sweep, name the outcome that is to be high: sweep={folder} outcome=employed_in_region, and threshold= below which it counts as low; "
    "yizhan list outcomes shows all",
    "对扫描结果请指定希望其高的结果指标：sweep={folder} outcome=employed_in_region，并以 threshold= 指定低于多少算低；yizhan list outcomes 列出全部",
)
NO_NUMBERS = Sentence("sweep={folder}: none of its axes is a number that varies", "sweep={folder}：没有取值变动的数值轴")
WORDS: dict[str, Sentence] = {
    "net_benefit": Sentence("net benefit below {threshold} with a job at {value}", "每个净增就业按 {value} 计，净收益低于 {threshold}"),
    "jobs": Sentence("fewer than {threshold} additional jobs", "净增就业少于 {threshold} 人"),
    "cost": Sentence("an additional job costs more than {threshold}, or none is added", "每净增就业成本高于 {threshold}，或没有净增"),
    "outcome": Sentence("below {threshold}", "低于 {threshold}"),
    "how_often": Sentence(
        "{name} does not pay ({pays}) with {cases} of {points} behaviours.", "{name}：{points} 种行为中有 {cases} 种不划算（{pays}）。",
    ),
    "how_often_low": Sentence("{name} is low ({pays}) at {cases} of {points} points.", "{name}：{points} 个点中有 {cases} 个偏低（{pays}）。"),
    "misplaced": Sentence(
        " Classed by means over replicates: luck puts about {share} of them on the wrong side.",
        "按多次模拟的均值归类：约 {share} 因随机起落而归错。",
    ),
    "not_told_luck": Sentence(
        " One replicate each: how many luck puts on the wrong side cannot be told.", "每种只模拟一次：有多少因随机起落而归错，无从得知。",
    ),
    "box": Sentence(
        "Mostly where {where}: {density} there, against {base} of all; {coverage} of all such cases lie there. In halves that were not looked at: "
        "{elsewhere}.",
        "多在{where}时出现：其中占 {density}，而总体为 {base}；全部此类情形的 {coverage} 在其中。在未用于寻找的另一半中：{elsewhere}。",
    ),
    "no_box": Sentence(
        "Where that is cannot be told: with the labels dealt out by chance, a box as good comes in {chance} of 100 cases. More behaviours or "
        "replicates may tell it.",
        "何处如此无法判定：把标签随机分派，100 次中有 {chance} 次也会出现同样好的区域。增加行为或模拟次数或可判定。",
    ),
    "no_restriction": Sentence("Where that is cannot be told: no restriction is surer than chance.", "何处如此无法判定：没有哪条限制比偶然更可靠。"),
    "few": Sentence(
        "Nothing to discover: {cases} of {points}; a box needs 8 or more on either side.", "无可发现：{points} 中有 {cases}；两侧各须不少于 8 种。",
    ),
    "below": Sentence("{what} is at most {high}", "{what}不超过 {high}"),
    "above": Sentence("{what} is at least {low}", "{what}不低于 {low}"),
    "between": Sentence("{what} is between {low} and {high}", "{what}在 {low} 与 {high} 之间"),
    "and": Sentence(" and ", "且"),
    "unsteady": Sentence(
        "Not steady, found in fewer than half of the halves: {names}.", "不稳定（在不到一半的抽样中重现）：{names}。",
    ),
    "restrictions": Sentence("The box of {name}", "{name}：所在区域"),
    "parameter": Sentence("Parameter", "参数"),
    "limits": Sentence("In the box", "区域内"),
    "quasi": Sentence("quasi-p", "准 p 值"),
    "again": Sentence("Comes back in,\nof the halves", "抽样中\n重现比例"),
    "note": Sentence(
        "Quasi-p: how likely the box without this restriction would hold as many such cases by chance, the box taken as given. PRIM, labels dealt "
        "out anew: p = {chance}.",
        "准 p 值：区域既定时，去掉该限制仍偶然含有这么多此类情形的可能。PRIM；标签重新分派：p = {chance}。",
    ),
    "figure": Sentence("Where {name} does not pay", "{name}：何处不划算"),
    "figure_low": Sentence("Where {name} is low", "{name}：何处偏低"),
    "axis_coverage": Sentence("Coverage: of all such cases, those in the box", "覆盖率：全部此类情形中落在区域内的"),
    "axis_density": Sentence("Density: of all in the box, such cases", "密度：区域内此类情形所占比例"),
    "legend_case": Sentence("does not pay", "不划算"),
    "legend_low": Sentence("low", "偏低"),
    "legend_other": Sentence("others", "其他"),
    "legend_way": Sentence("boxes on the way", "途中的各区域"),
    "legend_chosen": Sentence("the box", "所选区域"),
    "legend_elsewhere": Sentence("density in halves not looked at", "未用于寻找的一半中的密度"),
    "foot": Sentence("PRIM", "PRIM"),
}  # fmt: skip
