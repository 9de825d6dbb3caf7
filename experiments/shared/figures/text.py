"""Every word the figures write, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from experiments.shared.words import Language

TEXT: dict[str, dict[str, str]] = {
    "not_admitted": {"zh": "未享受者", "en": "not admitted"},
    "truth": {"zh": "真值", "en": "truth"},
    "bars_bands": {"zh": "竖线与色带:95%区间", "en": "Bars and bands: 95 % intervals"},
    "trial_finds": {"zh": "试验估计", "en": "trials find"},
    "saturation_axis": {"zh": "区内可享受者占入组者比例（%）", "en": "Admitted, % of the enrolled in their area"},
    "days_after_enrolment": {"zh": "入组后天数", "en": "Days after enrolment"},
    "one_trial": {"zh": "单次试验的估计", "en": "Estimate of one trial"},
    "mean_trials": {"zh": "估计的均值与95%区间", "en": "Mean estimate, 95 % interval"},
    "truth_interval": {"zh": "真值的均值与95%区间", "en": "Mean truth, 95 % interval"},
    "trials": {"zh": "{count} 次试验", "en": "{count} trials"},
    "one_trial_only": {"zh": "1 次试验，无区间", "en": "1 trial, no interval"},
    "of_whom": {"zh": "{label}，{what}", "en": "{label}, {what}"},
    "mean": {"zh": "均值", "en": "Mean"},
    "interval": {"zh": "均值的 95 % 区间", "en": "95 % interval of the mean"},
    "spread": {"zh": "各次重复的 5–95 % 范围", "en": "5–95 % of replicates"},
    "one_run": {"zh": "1 次重复，无区间", "en": "1 replicate, no interval"},
    "replicate": {"zh": "各次重复", "en": "Replicates"},
    "replicates": {"zh": "{count} 次重复", "en": "{count} replicates"},
    "cumulative": {"zh": "累计", "en": "cumulative"},
    "unit": {"zh": "{label}（{unit}）", "en": "{label} ({unit})"},
    "daily_title": {"zh": "{title}：就业与来本地青年", "en": "{title}: employment and arrivals"},
    "stations_title": {"zh": "{title}：青年驿站床位使用", "en": "{title}: beds of youth stations"},
    "beds_open": {"zh": "开放床位", "en": "Beds open"},
    "beds_used": {"zh": "入住床位", "en": "Beds in use"},
    "beds_axis": {"zh": "床位（张）", "en": "Beds"},
    "all_districts": {"zh": "全部", "en": "All"},
    "bed_use": {"zh": "平均入住率 {share}", "en": "{share} in use on average"},
    "spending_title": {"zh": "{title}：各项措施累计支出", "en": "{title}: spending by lever"},
    "spending_axis": {"zh": "累计支出（{unit}）", "en": "Cumulative spending ({unit})"},
    "spending_final": {"zh": "期末累计支出（{unit}）：合计 {total}", "en": "Spending by the end ({unit}): {total} in all"},
    "other_levers": {"zh": "其他 {count} 项", "en": "{count} other levers"},
    "funnel_title": {"zh": "{title}：从信息到就业的转化", "en": "{title}: from contact to job"},
    "market": {"zh": "本地市场", "en": "Local market"},
    "campus": {"zh": "高校引才", "en": "Campus recruitment"},
    "visitors": {"zh": "驿站来访者", "en": "Station visitors"},
    "funnel_mean": {"zh": "模型均值与 95 % 区间", "en": "Model mean and 95 % interval"},
    "funnel_axis": {"zh": "数量（对数刻度）", "en": "Count (log scale)"},
    "column_model": {"zh": "模型", "en": "Model"},
    "column_step": {"zh": "占上一步", "en": "of step before"},
    "reported": {"zh": "实际上报", "en": "Reported"},
    "sweep_title": {"zh": "{outcome}随参数的变化", "en": "{outcome} over the sweep"},
    "sweep_title_axes": {"zh": "{outcome}：随{axes}的变化", "en": "{outcome} by {axes}"},
    "difference_title": {"zh": "{outcome}：与首个参数点之差（同种子配对）", "en": "{outcome}: difference to the first point (paired by seed)"},
    "difference": {"zh": "差值", "en": "Difference"},
    "reference": {"zh": "基准", "en": "Reference"},
    "cell_note": {"zh": "格内：均值与 95 % 区间", "en": "In each cell: mean and its 95 % interval"},
    "cell_note_difference": {
        "zh": "格内：差值均值与 95 % 区间；与零无显著差别的格不着色",
        "en": "In each cell: mean difference and its 95 % interval; coloured where the interval leaves out zero",
    },
    "paired_title": {"zh": "与对照之差：同一批人、同样的运气", "en": "Difference to the baseline: the same people, the same luck"},
    "paired_interval": {"zh": "配对差异的 95 % 区间", "en": "95 % interval of the paired difference"},
    "pairs": {"zh": "{count} 对世界", "en": "{count} pairs of worlds"},
    "one_pair": {"zh": "1 对世界，无区间", "en": "1 pair of worlds, no interval"},
    "account_title": {"zh": "从总数到净新增就业：{title}", "en": "From gross to net additional jobs: {title}"},
    "account_gross_panel": {"zh": "受服务者中期末在本地工作的人（人）", "en": "Those served who work here at the end (persons)"},
    "account_net_panel": {
        "zh": "放大：其中有多少因项目而来，他人又如何（人）",
        "en": "Enlarged: what the programme changed, for them and for others (persons)",
    },
    "row_gross": {"zh": "总数", "en": "Gross"},
    "row_deadweight": {"zh": "− 无项目也会在岗", "en": "− would work anyway"},
    "row_net": {"zh": "= 对受服务者的净效果", "en": "= net, of those served"},
    "row_displacement": {"zh": "− 他人因此失去", "en": "− lost by others"},
    "row_made": {"zh": "+ 他人因此得到", "en": "+ gained by others"},
    "row_additional": {"zh": "= 净新增就业", "en": "= net additional jobs"},
    "reshuffled": {
        "zh": "另有 {count} 名未受服务者失去工作、同样多的人顶上：净零，未计入。",
        "en": "Besides, {count} others lost work and as many others found it in their place: zero on balance, not shown.",
    },
    "account_interval": {"zh": "95 % 区间", "en": "95 % interval"},
    "groups_title": {"zh": "谁受益，谁受损：本地在岗人数之差", "en": "Who gains, who loses: difference in people who work here"},
    "groups_persons": {"zh": "人", "en": "Persons"},
    "groups_per_thousand": {"zh": "每千名该群体青年（人）", "en": "Persons per 1,000 of the group"},
    "groups_mark": {"zh": "均值与配对 95 % 区间", "en": "Mean and paired 95 % interval"},
    "groups_hollow": {"zh": "与零无显著差别", "en": "Not distinguishable from zero"},
    "variants_title": {"zh": "各方案的净新增就业与成本", "en": "Net additional jobs and their cost, by variant"},
    "variants_jobs": {"zh": "净新增就业（人）", "en": "Net additional jobs (persons)"},
    "variants_spending": {"zh": "增加的支出（{unit}）", "en": "Additional spending ({unit})"},
    "variants_cost": {"zh": "每净新增就业成本（{unit}）", "en": "Cost per additional job ({unit})"},
    "variants_untold": {"zh": "无法确定", "en": "cannot be told"},
    "attribution_title": {"zh": "各政策工具的贡献：{title}", "en": "What each lever contributes: {title}"},
    "attribution_jobs": {"zh": "净新增就业（人）", "en": "Net additional jobs"},
    "attribution_spending": {"zh": "增加的支出（{unit}）", "en": "Spending ({unit})"},
    "attribution_stays_6m": {"zh": "新来满半年（人）", "en": "Newcomers ≥ 6 months"},
    "attribution_stays_12m": {"zh": "新来满一年（人）", "en": "Newcomers ≥ 12 months"},
    "attribution_businesses": {"zh": "经营企业（人）", "en": "Run a firm"},
    "attribution_whole": {"zh": "合计 {number}", "en": "in all {number}"},
    "attribution_exact": {
        "zh": "按所有加入顺序平均的新增作用（沙普利值）",
        "en": "What a lever adds, averaged over all orders of adding the levers (Shapley value)",
    },
    "attribution_sampled": {
        "zh": "按随机抽取的加入顺序平均的新增作用（沙普利值），区间已含抽样误差",
        "en": "What a lever adds, averaged over drawn orders of adding the levers (Shapley value); the intervals contain the chance of the draw",
    },
    "share_percent": {"zh": "%", "en": "%"},
    "true": {"zh": "是", "en": "yes"},
    "false": {"zh": "否", "en": "no"},
}
"""Key → language → words, with `{places}` for values."""


NARROW_QUOTES = str.maketrans("“”‘’", "\"\"''")
"""The font's curly quotes are as wide as a Chinese character; English gets straight ones."""


def say(key: str, language: Language, **values: object) -> str:
    """The words of a key.

    Args:
        key: A key of `TEXT`.
        language: "zh" or "en".
        **values: What to put into the places of the words.

    Returns:
        The words in that language.
    """
    words = TEXT[key][language].format(**values)
    return words.translate(NARROW_QUOTES) if language == "en" else words
