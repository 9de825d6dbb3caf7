"""Every word the figures write, in both languages."""

from __future__ import annotations

from experiments.shared.funnels import TITLES
from experiments.shared.words import Language, Speaker
from sim.bilingual import Sentence

WORDS: dict[str, Sentence] = {
    # everywhere
    "foot": Sentence("{programme} · seed {seed} · {count} · Yizhan {version}", "{programme} · 随机种子 {seed} · {count} · 驿站 {version}"),
    "elsewhere": Sentence("{programme}, place {place}", "{programme}，地方 {place}"),
    "replicates": Sentence("{count} replicates", "模拟 {count} 次"),
    "one_replicates": Sentence("1 replicate, no interval", "模拟 1 次，无区间"),
    "pairs": Sentence("{count} pairs of worlds", "{count} 对世界"),
    "one_pairs": Sentence("1 pair of worlds, no interval", "1 对世界，无区间"),
    "points": Sentence("{count} points", "{count} 个点"),
    "one_points": Sentence("1 point, no interval", "1 个点，无区间"),
    "trials": Sentence("{count} trials", "{count} 次试验"),
    "one_trials": Sentence("1 trial, no interval", "1 次试验，无区间"),
    "unit": Sentence("{label} ({unit})", "{label}（{unit}）"),
    "titled": Sentence("{title}: {what}", "{title}：{what}"),
    "against": Sentence("{title}: {what}, against {against}", "{title}：{what}（对照：{against}）"),
    "of_whom": Sentence("{label}, {what}", "{label}，{what}"),
    "at_the_end": Sentence("at the end {number}", "期末 {number}"),
    "mean": Sentence("Mean", "均值"),
    "interval": Sentence("95 % interval of the mean", "均值的95%区间"),
    "interval_of_set": Sentence("95 % interval of the expected value, given what is not known", "期望值的95%区间（已计入了解不足）"),
    "spread": Sentence("5–95 % of replicates", "各次模拟的 5–95% 范围"),
    "replicate": Sentence("Replicates", "各次模拟"),
    "untold": Sentence("Hollow: cannot be told from zero", "空心：看不出与零的差别"),
    "untold_balance": Sentence("Hollow: a balance that cannot be told from zero; counts are filled", "空心：净额看不出与零的差别（计数均为实心）"),
    "axis_cut": Sentence("axis does not begin at 0", "纵轴不从 0 起"),
    "true": Sentence("yes", "是"),
    "false": Sentence("no", "否"),
    "none": Sentence("none", "无"),
    # a run, day by day
    "daily": Sentence("employment and arrivals", "就业与来本地青年"),
    "daily_says": Sentence("At the end the employment rate is {rate}, {employed} persons work here, and {arrivals} arrivals were counted.",
        "期末就业率 {rate}，本地在岗 {employed} 人，累计到访与迁入 {arrivals} 人次。"),
    "cumulative": Sentence("cumulative", "累计"),
    "graduation": Sentence("Dotted: graduation; the employment rate falls until those who have signed begin work.",
        "点线：毕业日；此后到已签约者入职之前，就业率暂时下降。"),
    "levels_only": Sentence("These are levels, not what the programme adds: yizhan compare shows what would be without it.",
        "这是水平，不是方案的效果：没有方案时会怎样，见 yizhan compare。"),
    "stations": Sentence("beds of youth stations", "青年驿站床位使用"),
    "beds_open": Sentence("Beds open", "开放床位"),
    "beds_used": Sentence("Beds in use", "入住床位"),
    "beds_axis": Sentence("Beds", "床位（张）"),
    "all_districts": Sentence("All", "全部"),
    "bed_use": Sentence("{share} in use on average", "平均入住率 {share}"),
    "spending": Sentence("spending by lever", "各项措施累计支出"),
    "spending_axis": Sentence("Cumulative spending ({unit})", "累计支出（{unit}）"),
    "spending_final": Sentence("Spending by the end ({unit}): {total} in all", "期末累计支出（{unit}）：合计 {total}"),
    "other_levers": Sentence("{count} other levers", "其他 {count} 项"),
    "capital": Sentence("Besides, {amounts}, which is to come back and is not counted as spending.", "另有{amounts}，是要收回的本金，未计入支出。"),
    "lent": Sentence("{amount} lent", "发放贷款 {amount}"),
    "invested": Sentence("{amount} invested", "股权投资 {amount}"),
    "funnel": Sentence("from contact to job", "从信息到就业的转化"),
    **TITLES,
    "funnel_mean": Sentence("Model mean and 95 % interval", "模型均值与95%区间"),
    "funnel_axis": Sentence("Count (log scale; ◁ is 0)", "数量（对数刻度；◁ 为 0）"),
    "column_model": Sentence("Model", "模型"),
    "column_step": Sentence("of step before", "占上一步"),
    "each": Sentence("{number} each", "每个 {number}"),
    "reported": Sentence("Reported (not an effect)", "上报数（不是效果）"),
    "reported_apart": Sentence("The same, planned or with an input chosen by it", "同上，但为计划数，或输入参照了它"),
    "column_reported": Sentence("Reported", "上报数"),
    # a comparison
    "paired": Sentence("differences over time, the same people with the same luck", "逐日差异，同一批人、同样的运气"),
    "paired_interval": Sentence("95 % interval of the paired difference", "配对差异的95%区间"),
    "paired_interval_of_set": Sentence("95 % interval of the difference, given what is not known", "差异的95%区间（已计入了解不足）"),
    "other_variants": Sentence("Grey: the other variants", "灰线：其他方案"),
    "difference_panel": Sentence("Difference: {label}", "差异：{label}"),
    "account": Sentence("from gross to net additional jobs", "从总数到净增就业"),
    "account_gross_panel": Sentence("Those served who work here at the end (persons)", "受服务者中期末在本地在岗的人（人）"),
    "account_net_panel": Sentence("Enlarged: what changed (persons)", "放大：方案带来的改变（人）"),
    "account_interval_panel": Sentence("Each number with its 95 % interval (persons)", "各行数值与其95%区间（人）"),
    "account_number_panel": Sentence("Each number (persons)", "各行数值（人）"),
    "account_says": Sentence("{gross} of those served work here at the end, {anyway} of them would anyway; net additional jobs: {net}.",
        "受服务者期末在岗 {gross} 人，其中 {anyway} 人不靠它也会在岗；净增就业 {net} 人。"),
    "reshuffled": Sentence("Besides, {count} others lost work and as many others found it in their place: zero on balance, not shown.",
        "另有 {count} 名未受服务者失去工作、同样多的人顶上：净零，未计入。"),
    "whisker": Sentence("95 % interval", "95%区间"),
    "account_mark": Sentence("Mean and 95 % interval", "均值与95%区间"),
    "groups": Sentence("who gains, who loses: people who work here", "谁受益，谁受损：本地在岗人数的差异"),
    "groups_persons": Sentence("Persons", "人"),
    "groups_per_thousand": Sentence("Persons per 1,000 of the group", "每千名该群体青年（人）"),
    "groups_mark": Sentence("Mean and paired 95 % interval", "均值与配对95%区间"),
    "variants": Sentence("net additional jobs and their cost, by variant", "各方案的净增就业与成本"),
    "variants_jobs": Sentence("Net additional jobs (persons)", "净增就业（人）"),
    "variants_spending": Sentence("Additional spending ({unit})", "增加的支出（{unit}）"),
    "variants_cost": Sentence("Cost per additional job ({unit})", "每净增一人就业的成本（{unit}）"),
    "variants_untold": Sentence("cannot be told", "无法确定"),
    "variants_loses": Sentence("loses jobs", "减少就业"),
    "variants_saves": Sentence("adds jobs and saves money", "增加就业且省钱"),
    "variants_cut": Sentence("Arrow: goes on beyond the panel, as the number says", "箭头：超出图框，数值已写出"),
    "attribution": Sentence("what each lever contributes", "各政策工具的贡献"),
    "attribution_jobs": Sentence("Net additional jobs (persons)", "净增就业（人）"),
    "attribution_spending": Sentence("Spending ({unit})", "增加的支出（{unit}）"),
    "attribution_stays_6m": Sentence("Newcomers ≥ 6 months (persons)", "新来满半年（人）"),
    "attribution_stays_12m": Sentence("Newcomers ≥ 12 months (persons)", "新来满一年（人）"),
    "attribution_businesses": Sentence("Run a firm (persons)", "经营企业（人）"),
    "attribution_whole": Sentence("in all {number}", "合计 {number}"),
    "attribution_pale": Sentence("Cannot be told from zero", "看不出与零的差别"),
    "attribution_hidden": Sentence("Not drawn, since nothing can be told from zero: {names}.", "未绘出（各项都看不出与零的差别）：{names}。"),
    "attribution_exact": Sentence("What a lever adds, averaged over all orders of adding the levers (Shapley value).",
        "按所有加入顺序平均的新增作用（沙普利值）。"),
    "attribution_sampled": Sentence("What a lever adds, averaged over drawn orders of adding the levers (Shapley value); the intervals "
        "contain the chance of the draw.",
        "按随机抽取的加入顺序平均的新增作用（沙普利值），区间已含抽样误差。"),
    "difference": Sentence("Difference", "差异"),
    # a trial
    "not_admitted": Sentence("not admitted", "未享受者"),
    "truth": Sentence("truth", "真值"),
    "truth_band": Sentence("Truth (line) and its 95 % interval (band)", "真值（线）与其95%区间（带）"),
    "bars_bands": Sentence("Bars and bands: 95 % intervals", "竖线与色带：95%区间"),
    "trial_finds": Sentence("trials find", "试验估计"),
    "saturation_axis": Sentence("Admitted, % of the enrolled in their area", "区内可享受者占入组者比例（%）"),
    "days_after_enrolment": Sentence("Days after enrolment", "入组后天数"),
    "one_trial": Sentence("Estimate of one trial", "单次试验的估计"),
    "mean_trials": Sentence("Mean estimate, 95 % interval", "估计的均值与95%区间"),
    "truth_interval": Sentence("Mean truth, 95 % interval", "真值的均值与95%区间"),
    "trial_says": Sentence("{label}: trials find {found}, the truth is {truth}.", "{label}：试验估计 {found}，真值 {truth}。"),
    # what moved against a baseline
    "check_moved": Sentence("{name}: what moved from day to day", "{name}：逐日变动"),
    "check_moved_says": Sentence("{what} moved first, on day {day}.", "最早变动的是{what}，第 {day} 天。"),
    "check_tests": Sentence("{name}: differences and their margins", "{name}：差异与界值"),
    "check_tests_says": Sentence("{passing} of {count} outcomes are equivalent.", "{count} 项指标中 {passing} 项等效。"),
    "check_before": Sentence("Baseline", "基线"),
    "check_now": Sentence("Now", "当前"),
    "check_first": Sentence("First day that differs", "首个不同之日"),
    "check_day": Sentence("Day", "天"),
    "check_in_margins": Sentence("Difference in margins, with the interval of its test", "以界值为单位的差异及其检验区间"),
    "check_equivalent": Sentence("Equivalent: within the grey margins", "等效：在灰色界值之内"),
    "check_not_equivalent": Sentence("Different, or not told", "不同，或无法判断"),
}
"""Key → language → words, with `{places}` for values."""

NARROW_QUOTES = str.maketrans("“”‘’", "\"\"''")
"""The font's curly quotes are as wide as a Chinese character; English gets straight ones."""


def say(key: str, language: Language, **values: object) -> str:
    """Return the words of a key in a language.

    Args:
        key: A key of `WORDS`.
        language: "zh" or "en".
        **values: What to put into the places of the words.
    """
    words = Speaker(language, WORDS).text(key, **values)
    return words.translate(NARROW_QUOTES) if language == "en" else words
