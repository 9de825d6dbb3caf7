"""What a sweep says in its tables and figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experiments.shared.figures import text
from experiments.shared.words import Speaker
from sim.bilingual import Sentence, sentence
from sim.statistics import FEW_VALUES

if TYPE_CHECKING:
    from experiments.shared.words import Language, Words

OF_GROUPS = {
    "programme": Sentence("programme", "项目"), "region": Sentence("region", "地区"), "population": Sentence("population", "人口"),
    "place": Sentence("place", "地方"), "market": Sentence("market", "市场"), "behaviour": Sentence("behaviour", "行为参数"),
}  # fmt: skip
"""What keys are called that choose a file."""
WORDS: Words = {
    # tables and figures
    "between": Sentence("; ", "；"),
    "of_lever": Sentence("{lever}: {what}", "{lever}：{what}"),
    "as_it_is": Sentence("{point} (the programme as it is)", "{point}（现行方案）"),
    "compared": Sentence("Compared with: {point}.", "对照点：{point}。"),
    "no_reference": Sentence(
        "Point {number}, with which the others are to be compared, is missing: there are levels only, no differences.",
        "缺少对照点（第 {number} 点）：只有各点水平，没有差异。",
    ),
    "missing": Sentence(
        "{missing} of the {points} points are missing: they failed, or have not run.", "{points} 个点中缺 {missing} 个：出错或尚未运行。",
    ),
    "over_a_set": Sentence(
        "Intervals, colours and filled dots: given what is not known about behaviour. What one place may see in one period, and what more "
        "replicates would remove: in the table and in summary.json.",
        "区间、着色与实心点均已计入对行为的了解不足；同样的地方、同样的时期会有的起落，以及再多算几遍能消除的误差，见打印的表与 summary.json。",
    ),
    "some_without_set": Sentence(
        "Points without a set of behaviours: their intervals are of the luck of the simulation alone.", "不用参数集的点，其区间只含模拟的运气。",
    ),
    "how_sure_of": Sentence("{outcome}, {unit}", "{outcome}，{unit}"),
    "how_sure_parts": Sentence("{differences} (differences), ± {means} (means)", "{differences}（差异），± {means}（均值）"),
    "one_vector": Sentence(
        "One vector of the set of behaviours has no interval: use replicates=20 to see how sure the figures are.",
        "只用到一组行为参数，无法给出区间；请用 replicates=20 看看有多确定。",
    ),
    "few_vectors": Sentence(
        "{n} vectors of the set of behaviours are too few to rely on the intervals: use replicates=20.",
        "只用到 {n} 组行为参数，区间不可靠；请用 replicates=20。",
    ),
    "other_seeds": Sentence(
        "The points have seeds of their own: their replicates share no luck, so the pairs are no surer than the means.",
        "各点的随机种子不同：各次模拟的运气不相同，配对并不比均值更准。",
    ),
    # tables
    "in_unit": Sentence("{what}, {unit}", "{what}（{unit}）"),
    "mean_head": Sentence("Mean and\n95 % interval", "均值与\n95%区间"),
    "difference_head": Sentence("Difference and\n95 % interval, paired", "差异与\n95%区间（配对）"),
    "mean_head_of_set": Sentence("Mean and\n95 % interval,\nwhat is not known", "均值与\n95%区间\n（了解不足）"),
    "difference_head_of_set": Sentence("Difference, paired, and\n95 % interval,\nwhat is not known", "差异（配对）与\n95%区间\n（了解不足）"),
    "reference_cell": Sentence("reference", "对照点"),
    "point_head": Sentence("Point", "点"),
    "point_number": Sentence("point {number}", "第 {number} 点"),
    "numbered": Sentence(
        "{axes} keys vary: a point has its number here, and its values in sweep.parquet.",
        "共有 {axes} 个变动的键：此处只写点的编号，取值见 sweep.parquet。",
    ),
    "mean_short": Sentence("mean", "均值"),
    "difference_short": Sentence("difference", "差异"),
    "marks": Sentence(
        "*: can be told from the reference, also when the {count} other points are looked at together (Holm's method: wrong in any of them one time "
        "in twenty at most). ≈ 0: the interval holds zero. Neither: the interval of this point by itself leaves out zero, but among so many points "
        "that happens by luck.",
        "*：与对照点有差别，把其余 {count} 个点一并判断仍是如此（Holm 法：全部点中只要有一处判错，机会不超过二十分之一）。"
        "≈ 0：区间包含零。无标记：单看该点，区间不含零，但点数这么多，碰巧也会如此。",
    ),
    "mark_one": Sentence(
        "*: can be told from the reference at 95 %. ≈ 0: the interval holds zero.", "*：与对照点有差别（95% 把握）。≈ 0：区间包含零。",
    ),
    "most_different": Sentence(
        "Of {all} points, the {some} that differ most from the reference in each outcome, in the order of the sweep: those that luck has pushed far "
        "are among them. All are in sweep.parquet.",
        "共 {all} 点，各指标只列出与对照点相差最大的 {some} 点（按扫描顺序）：其中不免有碰巧偏大的。全部数据见 sweep.parquet。",
    ),
    "first_points": Sentence("The first {some} of {all} points; all are in sweep.parquet.", "前 {some} 点，共 {all} 点；全部数据见 sweep.parquet。"),
    # figures of grids
    "sweep": Sentence("{outcome} over the sweep", "{outcome}随参数的变化"),
    "sweep_axes": Sentence("{outcome} by {axes}", "{outcome}随{axes}的变化"),
    "sweep_difference": Sentence("{outcome}, paired difference to the reference", "{outcome}，与对照点的配对差异"),
    "reference": Sentence("Reference", "对照点"),
    "cells_hold": Sentence("In each cell: mean and its 95 % interval. ", "格内：均值与其95%区间。"),
    "cells_hold_difference": Sentence("In each cell: mean difference and its 95 % interval. ", "格内：差异均值与其95%区间。"),
    "cells_bare": Sentence("The cells have no room for numbers: they are in sweep.parquet. ", "格内写不下数字，见 sweep.parquet。"),
    "cell_note": Sentence(
        "Coloured: cells that can be told from the average of all {count} cells (paired, at 95 % for all together, by Holm's method); the others "
        "cannot, and have no colour.",
        "着色的格与全部 {count} 格的平均水平有差别（配对，各格一并以 95% 把握判断，Holm 法）；其余看不出差别，不着色。",
    ),
    "cell_note_difference": Sentence(
        "Coloured: cells that can be told from the reference (at 95 % for all {count} together, by Holm's method); the others cannot, and have no "
        "colour.",
        "着色的格与对照点有差别（{count} 格一并以 95% 把握判断，Holm 法）；其余看不出差别，不着色。",
    ),
    "cell_note_one": Sentence("In each cell: the value of one replicate; it has no interval, so no cell has a colour.",
        "格内：一次模拟的数值，无区间，故不着色。"),
    "hatched": Sentence(" Hatched: no value.", "斜线格：没有数值。"),
    "nothing_told": Sentence("No cell can be told apart.", "各格看不出差别。"),
    "points_hollow": Sentence("Hollow: cannot be told from the reference (all together, Holm)",
        "空心：看不出与对照点的差别（各点一并判断，Holm 法）"),
    "sweep_says": Sentence("The means go from {low} to {high}.", "均值最低 {low}，最高 {high}。"),
    "interval_alone": Sentence("95 % interval of each point by itself", "各点单独的95%区间"),
    "interval_alone_of_set": Sentence("95 % interval of each point by itself, what is not known", "各点单独的95%区间（了解不足）"),
    "interval_together": Sentence("95 % for all points together (Bonferroni)", "各点一并的95%区间（Bonferroni 法）"),
    "interval_together_of_set": Sentence(
        "95 % for all points together (Bonferroni), what is not known", "各点一并的95%区间（Bonferroni 法，了解不足）",
    ),
    "interaction": Sentence("{outcome}: interaction of {first} and {second}", "{outcome}：{first}与{second}的交互作用"),
    "interaction_panel": Sentence("Paired difference to {axis} = {level}{unit}", "与“{axis} = {level}”的配对差异{unit}"),
    "of_unit": Sentence(" ({unit})", "（{unit}）"),
    "interaction_note": Sentence(
        "Lines that lie on one another: what one does hangs little on the other. Filled dots: the line differs there from the black one, that of the "
        "reference (all {count} together, Holm); hollow: it cannot be told. Bands: 95 % interval of each point by itself.",
        "各线重合：一个参数的作用与另一个的取值关系不大。实心点：该处与黑线（对照点所在的线）有差别（{count} 处一并判断，Holm 法）；"
        "空心：看不出差别。色带：各点单独的95%区间。",
    ),
    "interaction_left_out": Sentence("{axis}: {shown} of {all} values are drawn.", "{axis}：{all} 个取值中画出 {shown} 个。"),
    "interaction_says": Sentence(
        "{told} of {count} places can be told from the line of the reference.", "{count} 处中有 {told} 处与对照点所在的线有差别。",
    ),
    # figures of designs that are no grid, or of a large one
    "by_each": Sentence("{outcome}, by each key that varies", "{outcome}随各参数的变化"),
    "by_each_difference": Sentence(
        "{outcome}, paired difference to the reference, by each key that varies", "{outcome}与对照点的配对差异，随各参数的变化",
    ),
    "curve_of_set": Sentence("Local average (LOWESS) and its 95 % interval, what is not known", "局部平均（LOWESS）及其95%区间（了解不足）"),
    "level_average_of_set": Sentence("Average at a value and its 95 % interval, what is not known", "同一取值的平均及其95%区间（了解不足）"),
    "curve": Sentence("Local average (LOWESS) and its 95 % interval", "局部平均（LOWESS）及其95%区间"),
    "level_average": Sentence("Average at a value and its 95 % interval", "同一取值的平均及其95%区间"),
    "dot_told": Sentence("A point that can be told from the reference", "与对照点有差别的点"),
    "dot_untold": Sentence("A point that cannot ({count} together, Holm)", "看不出差别的点（{count} 点一并判断，Holm 法）"),
    "dot": Sentence("A point: mean of its replicates", "一个点：各次模拟的均值"),
    "dot_reference": Sentence("Reference", "对照点"),
    "others_vary": Sentence(
        "In each panel all other keys vary, too: what is drawn is what this one does on average over them. Intervals: at each place by itself, from "
        "{draws} draws of points and of replicates (bootstrap).",
        "每幅图中其余参数也在变：画出的是在它们之上平均后该参数的作用。区间：各处单独判断，对点和模拟重新抽样 {draws} 次（自助法）。",
    ),
    "others_vary_of_set": Sentence(
        "In each panel all other keys vary, too: what is drawn is what this one does on average over them. Intervals: at each place by itself, from "
        "{draws} draws of points and of vectors of behaviour (bootstrap), as wide as what is not known.",
        "每幅图中其余参数也在变：画出的是在它们之上平均后该参数的作用。区间：各处单独判断，对点和行为参数组重新抽样 {draws} 次（自助法），"
        "宽度计入了解不足。",
    ),
    "too_few_for_curves": Sentence("A curve needs {least} points at least.", "至少 {least} 个点才画曲线。"),
    "panels_left_out": Sentence("Not drawn, since their curves move least: {names}.", "未画出（曲线变化最小）：{names}。"),
    "grid_averaged": Sentence("The grid has too many panels to draw each.", "网格图格过多，不逐一画出。"),
    # the plane of spending and outcome
    "plane": Sentence("{outcome} and spending, paired differences to the reference", "{outcome}与支出：与对照点的配对差异"),
    "plane_spending": Sentence("Difference of spending ({unit})", "支出差异（{unit}）"),
    "plane_outcome": Sentence("{outcome}, difference ({unit})", "{outcome}，差异（{unit}）"),
    "plane_dearer_more": Sentence("costs more, higher", "多花钱，更高"),
    "plane_dearer_less": Sentence("costs more, lower", "多花钱，更低"),
    "plane_cheaper_more": Sentence("saves, higher", "省钱，更高"),
    "plane_cheaper_less": Sentence("saves, lower", "省钱，更低"),
    "plane_region": Sentence("Mean and its 95 % region (both together)", "均值及其95%区域（两者一并）"),
    "plane_cross": Sentence("Mean and its 95 % intervals", "均值及两个95%区间"),
    "plane_cross_of_set": Sentence("Mean and its 95 % intervals, what is not known", "均值及两个95%区间（了解不足）"),
    "plane_means": Sentence("Mean", "均值"),
    "plane_untold": Sentence("Hollow: {outcome} cannot be told from the reference", "空心：{outcome}看不出与对照点的差别"),
    "plane_note": Sentence(
        "Differences of the outcome as a whole. They are no account of net additional jobs, with what would have been anyway and what others lose, "
        "and no cost per additional job: yizhan compare gives those.",
        "这是结果指标总量的差异，不是净增就业核算（没有方案也会在岗、别人因此减少等均未分开），也不是每净增就业成本；两者见 yizhan compare。",
    ),
    "plane_no_replicates": Sentence("Single replicates are not drawn: they are too many.", "单次模拟过多，未画出。"),
    "plane_says": Sentence(
        "{more} of {count} points cost more than the reference, {higher} have a higher mean of the outcome.",
        "{count} 个点中 {more} 个支出高于对照点，{higher} 个指标均值高于对照点。",
    ),
    # columns of files
    "column_name": Sentence("Column", "列"),
    "column_role": Sentence("Role", "作用"),
    "column_title_en": Sentence("Title", "英文名称"),
    "column_title_zh": Sentence("Chinese title", "名称"),
    "column_unit_en": Sentence("Unit", "英文单位"),
    "column_unit_zh": Sentence("Chinese unit", "单位"),
}
"""Key → what is said."""


def say(key: str, language: Language, **values: object) -> str:
    """Return the words of a key in a language, here or among those of all figures.

    Args:
        key: A key.
        language: "zh" or "en".
        **values: What to put into the places of the words.
    """
    if key not in WORDS:
        return text.say(key, language, **values)
    words = Speaker(language, WORDS).text(key, **values)
    return words.translate(text.NARROW_QUOTES) if language == "en" else words


def few_vectors(vectors: int) -> Sentence | None:
    """Say that so few vectors of a set of behaviours say little; None where there are enough."""
    if vectors >= FEW_VALUES:
        return None
    return WORDS["one_vector"] if vectors == 1 else sentence(WORDS["few_vectors"], WORDS["few_vectors"].zh, n=vectors)
