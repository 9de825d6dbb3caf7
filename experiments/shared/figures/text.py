"""Every word the figures write, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from experiments.shared.words import Language

TEXT: dict[str, dict[str, str]] = {
    # everywhere
    "foot": {"zh": "{programme} · 随机种子 {seed} · {count} · 驿站 {version}", "en": "{programme} · seed {seed} · {count} · Yizhan {version}"},
    "replicates": {"zh": "模拟 {count} 次", "en": "{count} replicates"},
    "one_replicates": {"zh": "模拟 1 次，无区间", "en": "1 replicate, no interval"},
    "pairs": {"zh": "{count} 对世界", "en": "{count} pairs of worlds"},
    "one_pairs": {"zh": "1 对世界，无区间", "en": "1 pair of worlds, no interval"},
    "trials": {"zh": "{count} 次试验", "en": "{count} trials"},
    "one_trials": {"zh": "1 次试验，无区间", "en": "1 trial, no interval"},
    "unit": {"zh": "{label}（{unit}）", "en": "{label} ({unit})"},
    "titled": {"zh": "{title}：{what}", "en": "{title}: {what}"},
    "against": {"zh": "{title}：{what}（对照：{against}）", "en": "{title}: {what}, against {against}"},
    "of_whom": {"zh": "{label}，{what}", "en": "{label}, {what}"},
    "at_the_end": {"zh": "期末 {number}", "en": "at the end {number}"},
    "mean": {"zh": "均值", "en": "Mean"},
    "interval": {"zh": "均值的95%区间", "en": "95 % interval of the mean"},
    "spread": {"zh": "各次模拟的 5–95% 范围", "en": "5–95 % of replicates"},
    "replicate": {"zh": "各次模拟", "en": "Replicates"},
    "untold": {"zh": "空心：看不出与零的差别", "en": "Hollow: cannot be told from zero"},
    "axis_cut": {"zh": "纵轴不从 0 起", "en": "axis does not begin at 0"},
    "true": {"zh": "是", "en": "yes"},
    "false": {"zh": "否", "en": "no"},
    # a run, day by day
    "daily": {"zh": "就业与来本地青年", "en": "employment and arrivals"},
    "daily_says": {
        "zh": "期末就业率 {rate}，本地在岗 {employed} 人，累计到访与迁入 {arrivals} 人次。",
        "en": "At the end the employment rate is {rate}, {employed} persons work here, and {arrivals} arrivals were counted.",
    },
    "cumulative": {"zh": "累计", "en": "cumulative"},
    "graduation": {
        "zh": "点线：毕业日；此后到已签约者入职之前，就业率暂时下降。",
        "en": "Dotted: graduation; the employment rate falls until those who have signed begin work.",
    },
    "levels_only": {
        "zh": "这是水平，不是方案的效果：没有方案时会怎样，见 yizhan compare。",
        "en": "These are levels, not what the programme adds: yizhan compare shows what would be without it.",
    },
    "stations": {"zh": "青年驿站床位使用", "en": "beds of youth stations"},
    "beds_open": {"zh": "开放床位", "en": "Beds open"},
    "beds_used": {"zh": "入住床位", "en": "Beds in use"},
    "beds_axis": {"zh": "床位（张）", "en": "Beds"},
    "all_districts": {"zh": "全部", "en": "All"},
    "bed_use": {"zh": "平均入住率 {share}", "en": "{share} in use on average"},
    "spending": {"zh": "各项措施累计支出", "en": "spending by lever"},
    "spending_axis": {"zh": "累计支出（{unit}）", "en": "Cumulative spending ({unit})"},
    "spending_final": {"zh": "期末累计支出（{unit}）：合计 {total}", "en": "Spending by the end ({unit}): {total} in all"},
    "other_levers": {"zh": "其他 {count} 项", "en": "{count} other levers"},
    "capital": {
        "zh": "另有发放贷款 {lent}、股权投资 {invested}，是要收回的本金，未计入支出。",
        "en": "Besides, {lent} lent and {invested} invested, which is to come back and is not counted as spending.",
    },
    "funnel": {"zh": "从信息到就业的转化", "en": "from contact to job"},
    "market": {"zh": "本地市场", "en": "Local market"},
    "campus": {"zh": "高校引才", "en": "Campus recruitment"},
    "visitors": {"zh": "驿站来访者", "en": "Station visitors"},
    "funnel_mean": {"zh": "模型均值与95%区间", "en": "Model mean and 95 % interval"},
    "funnel_axis": {"zh": "数量（对数刻度；◁ 为 0）", "en": "Count (log scale; ◁ is 0)"},
    "column_model": {"zh": "模型", "en": "Model"},
    "column_step": {"zh": "占上一步", "en": "of step before"},
    "each": {"zh": "每个 {number}", "en": "{number} each"},
    "reported": {"zh": "上报数（不是效果）", "en": "Reported (not an effect)"},
    "column_reported": {"zh": "上报数", "en": "Reported"},
    # a comparison
    "paired": {"zh": "逐日差异，同一批人、同样的运气", "en": "differences over time, the same people with the same luck"},
    "paired_interval": {"zh": "配对差异的95%区间", "en": "95 % interval of the paired difference"},
    "other_variants": {"zh": "灰线：其他方案", "en": "Grey: the other variants"},
    "difference_panel": {"zh": "差异：{label}", "en": "Difference: {label}"},
    "account": {"zh": "从总数到净增就业", "en": "from gross to net additional jobs"},
    "account_gross_panel": {"zh": "受服务者中期末在本地在岗的人（人）", "en": "Those served who work here at the end (persons)"},
    "account_net_panel": {"zh": "放大：方案带来的改变（人）", "en": "Enlarged: what changed (persons)"},
    "account_interval_panel": {"zh": "各行数值与其95%区间（人）", "en": "Each number with its 95 % interval (persons)"},
    "account_number_panel": {"zh": "各行数值（人）", "en": "Each number (persons)"},
    "account_says": {
        "zh": "受服务者期末在岗 {gross} 人，其中 {anyway} 人不靠它也会在岗；净增就业 {net} 人。",
        "en": "{gross} of those served work here at the end, {anyway} of them would anyway; net additional jobs: {net}.",
    },
    "reshuffled": {
        "zh": "另有 {count} 名未受服务者失去工作、同样多的人顶上：净零，未计入。",
        "en": "Besides, {count} others lost work and as many others found it in their place: zero on balance, not shown.",
    },
    "whisker": {"zh": "95%区间", "en": "95 % interval"},
    "groups": {"zh": "谁受益，谁受损：本地在岗人数的差异", "en": "who gains, who loses: people who work here"},
    "groups_persons": {"zh": "人", "en": "Persons"},
    "groups_per_thousand": {"zh": "每千名该群体青年（人）", "en": "Persons per 1,000 of the group"},
    "groups_mark": {"zh": "均值与配对95%区间", "en": "Mean and paired 95 % interval"},
    "variants": {"zh": "各方案的净增就业与成本", "en": "net additional jobs and their cost, by variant"},
    "variants_jobs": {"zh": "净增就业（人）", "en": "Net additional jobs (persons)"},
    "variants_spending": {"zh": "增加的支出（{unit}）", "en": "Additional spending ({unit})"},
    "variants_cost": {"zh": "每净增一人就业的成本（{unit}）", "en": "Cost per additional job ({unit})"},
    "variants_untold": {"zh": "无法确定", "en": "cannot be told"},
    "variants_loses": {"zh": "减少就业", "en": "loses jobs"},
    "variants_saves": {"zh": "增加就业且省钱", "en": "adds jobs and saves money"},
    "variants_cut": {"zh": "箭头：超出图框，数值已写出", "en": "Arrow: goes on beyond the panel, as the number says"},
    "attribution": {"zh": "各政策工具的贡献", "en": "what each lever contributes"},
    "attribution_jobs": {"zh": "净增就业（人）", "en": "Net additional jobs (persons)"},
    "attribution_spending": {"zh": "增加的支出（{unit}）", "en": "Spending ({unit})"},
    "attribution_stays_6m": {"zh": "新来满半年（人）", "en": "Newcomers ≥ 6 months (persons)"},
    "attribution_stays_12m": {"zh": "新来满一年（人）", "en": "Newcomers ≥ 12 months (persons)"},
    "attribution_businesses": {"zh": "经营企业（人）", "en": "Run a firm (persons)"},
    "attribution_whole": {"zh": "合计 {number}", "en": "in all {number}"},
    "attribution_pale": {"zh": "看不出与零的差别", "en": "Cannot be told from zero"},
    "attribution_hidden": {"zh": "未绘出（各项都看不出与零的差别）：{names}。", "en": "Not drawn, since nothing can be told from zero: {names}."},
    "attribution_exact": {
        "zh": "按所有加入顺序平均的新增作用（沙普利值）。",
        "en": "What a lever adds, averaged over all orders of adding the levers (Shapley value).",
    },
    "attribution_sampled": {
        "zh": "按随机抽取的加入顺序平均的新增作用（沙普利值），区间已含抽样误差。",
        "en": "What a lever adds, averaged over drawn orders of adding the levers (Shapley value); the intervals contain the chance of the draw.",
    },
    # a sweep
    "sweep": {"zh": "{outcome}随参数的变化", "en": "{outcome} over the sweep"},
    "sweep_axes": {"zh": "{outcome}随{axes}的变化", "en": "{outcome} by {axes}"},
    "sweep_difference": {"zh": "{outcome}，与首个参数点之差（同种子配对）", "en": "{outcome}, difference to the first point (paired by seed)"},
    "difference": {"zh": "差异", "en": "Difference"},
    "reference": {"zh": "基准", "en": "Reference"},
    "cell_note": {
        "zh": "格内：均值与其95%区间。着色的格与全部 {count} 格的平均水平有差别（配对，各格一并以 95% 把握判断，Holm 法）；其余看不出差别，不着色。",
        "en": "In each cell: mean and its 95 % interval. Coloured: cells that can be told from the average of all {count} cells (paired, at 95 % for "
        "all together, by Holm's method); the others cannot, and have no colour.",
    },
    "cell_note_difference": {
        "zh": "格内：差异均值与其95%区间。着色的格与基准有差别（{count} 格一并以 95% 把握判断，Holm 法）；其余看不出差别，不着色。",
        "en": "In each cell: mean difference and its 95 % interval. Coloured: cells that can be told from the reference (at 95 % for all {count} "
        "together, by Holm's method); the others cannot, and have no colour.",
    },
    "cell_note_one": {
        "zh": "格内：一次模拟的数值，无区间，故不着色。",
        "en": "In each cell: the value of one replicate; it has no interval, so no cell has a colour.",
    },
    "nothing_told": {"zh": "各格看不出差别。", "en": "No cell can be told apart."},
    "points_hollow": {
        "zh": "空心：看不出与首个参数点的差别（各点一并判断，Holm 法）",
        "en": "Hollow: cannot be told from the first point (all together, Holm)",
    },
    "sweep_says": {"zh": "均值最低 {low}，最高 {high}。", "en": "The means go from {low} to {high}."},
    # a trial
    "not_admitted": {"zh": "未享受者", "en": "not admitted"},
    "truth": {"zh": "真值", "en": "truth"},
    "truth_band": {"zh": "真值（线）与其95%区间（带）", "en": "Truth (line) and its 95 % interval (band)"},
    "bars_bands": {"zh": "竖线与色带：95%区间", "en": "Bars and bands: 95 % intervals"},
    "trial_finds": {"zh": "试验估计", "en": "trials find"},
    "saturation_axis": {"zh": "区内可享受者占入组者比例（%）", "en": "Admitted, % of the enrolled in their area"},
    "days_after_enrolment": {"zh": "入组后天数", "en": "Days after enrolment"},
    "one_trial": {"zh": "单次试验的估计", "en": "Estimate of one trial"},
    "mean_trials": {"zh": "估计的均值与95%区间", "en": "Mean estimate, 95 % interval"},
    "truth_interval": {"zh": "真值的均值与95%区间", "en": "Mean truth, 95 % interval"},
    "trial_says": {"zh": "{label}：试验估计 {found}，真值 {truth}。", "en": "{label}: trials find {found}, the truth is {truth}."},
}
"""Key → language → words, with `{places}` for values."""

NARROW_QUOTES = str.maketrans("“”‘’", "\"\"''")
"""The font's curly quotes are as wide as a Chinese character; English gets straight ones."""


def say(key: str, language: Language, **values: object) -> str:
    """Return the words of a key in a language.

    Args:
        key: A key of `TEXT`.
        language: "zh" or "en".
        **values: What to put into the places of the words.
    """
    words = TEXT[key][language].format(**values)
    return words.translate(NARROW_QUOTES) if language == "en" else words
