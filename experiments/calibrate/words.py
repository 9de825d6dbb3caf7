"""What a calibration says, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from sim.bilingual import Sentence
from sim.parameters import declarations
from sim.scenario import Scenario

NO_MULTIRUN = Sentence(
    "calibrate makes one set: leave out -m. For another city name its targets and its place: target=FILE place=NAME.",
    "calibrate 一次只生成一个参数集，请去掉 -m。其他城市请指定其目标与所在地：target=文件 place=名称。",
)
NO_TARGET = Sentence(
    "target= names a file of which no target is for calibration (use: calibration)", "target= 所指文件中没有用于校准的目标（use: calibration）",
)
NO_RUNS = Sentence(
    "runs_from={path} cannot be read as runs of a calibration ({why}); name the runs.parquet of a result of yizhan calibrate, or the .parquet beside "
    "a set.",
    "runs_from={path} 无法作为校准的模拟记录读取（{why}）；请指定 yizhan calibrate 结果中的 runs.parquet，或参数集旁的 .parquet 文件。",
)
OTHER_FREE = Sentence(
    "runs_from={path} was made with other free parameters ({keys}); name the same with free=, or leave runs_from out",
    "runs_from={path} 所放开的参数不同（{keys}）；请用 free= 指定相同的参数，或去掉 runs_from",
)
NOT_MEASURED = Sentence(
    "runs_from={path} has no {names}, which target={target} calibrates to; leave these targets out of the file, or leave runs_from out so that all "
    "runs are made",
    "runs_from={path} 中没有 target={target} 用于校准的 {names}；请从目标文件中去掉它们，或去掉 runs_from，重新进行全部模拟",
)
WORDS: dict[str, Sentence] = {
    "title": Sentence("\nA set of {n} plausible behaviours, calibrated to {targets}", "\n按“{targets}”校准的参数集：{n} 组同样可信的行为参数"),
    "how": Sentence(
        "{runs:,} runs of {people:,} young people, {wide:,} of them all over the plausible ranges of {free} parameters, the others where the first "
        "agreed with {used} targets; then each vector once more, with luck of its own.",
        "共 {runs:,} 次模拟，每次 {people:,} 名青年；其中 {wide:,} 次遍及 {free} 个参数的合理区间，其余在与 {used} 个目标相符之处；"
        "最后用另外的随机数再模拟每组参数。",
    ),
    "targets": Sentence("What the set measures, beside the targets", "参数集的实际结果与目标"),
    "target": Sentence("Target", "目标"),
    "wanted": Sentence("Wanted", "目标值"),
    "median": Sentence("Median of the set\n[95 % of its vectors]", "参数集中位数\n[95%的组]"),
    "distance": Sentence("Off by, in\ntolerances", "相差\n（容许偏差的倍数）"),
    "use": Sentence("Used", "用途"),
    "used": Sentence("calibration", "校准"),
    "held_out": Sentence("held out", "检验"),
    "beyond": Sentence("cannot be met", "无法满足"),
    "parameters": Sentence("What was learned of the parameters", "对参数有何了解"),
    "parameter": Sentence("Parameter", "参数"),
    "plausible": Sentence("Plausible", "合理区间"),
    "posterior": Sentence("Agrees with the targets\nmedian [95 %]", "与目标相符\n中位数[95%]"),
    "learned": Sentence("Spread\nshrunk by", "离散度\n缩小"),
    "shrinkage_note": Sentence(
        "0 %: the targets say nothing about it, the whole range is as plausible as before.", "0%：目标未提供任何信息，整个区间与此前同样可信。",
    ),
    "together": Sentence(
        "Told together only (correlation): {pairs}.", "只能合并识别（相关系数）：{pairs}。",
    ),
    "untouched": Sentence(
        "The set also holds {n} parameters of services, evenly over their plausible ranges: no target speaks of them.",
        "参数集还含 {n} 个服务作用参数，均匀取遍合理区间：没有目标涉及它们。",
    ),
    "met": Sentence(
        "{met} of {of} targets are met by the median of the set; of those held out, {met_out} of {out}.",
        "参数集中位数达到 {of} 个目标中的 {met} 个；留作检验的 {out} 个中达到 {met_out} 个。",
    ),
    "recovery": Sentence(
        "Check on {n} runs whose values are known: the 90 % ranges held the true value in {share} % of cases ({identifiable} parameters of which "
        "something is learned).",
        "以 {n} 次参数已知的模拟检验：90%区间在 {share}% 的情形中包含真值（{identifiable} 个可识别的参数）。",
    ),
    "use_it": Sentence("Use it: yizhan run programme=zibo behaviour={file}", "使用：yizhan run programme=zibo behaviour={file}"),
    "figure_parameters": Sentence("what was learned of the parameters", "对参数的了解"),
    "figure_targets": Sentence("the set beside the targets", "参数集与目标"),
    "figure_correlations": Sentence("parameters that are told together only", "只能合并识别的参数"),
    "axis_unit": Sentence("Plausible range, from its lowest to its highest value", "合理区间（从最低值到最高值）"),
    "axis_distance": Sentence("Distance from the target, in tolerances (grey: met)", "与目标的距离（容许偏差的倍数；灰色：达到）"),
    "legend_range": Sentence("95 % of the draws", "95%的抽样"),
    "legend_half": Sentence("half of them", "其中一半"),
    "legend_median": Sentence("median", "中位数"),
    "legend_used": Sentence("used for calibration", "用于校准"),
    "legend_held": Sentence("held out", "留作检验"),
    "correlation": Sentence("Correlation", "相关系数"),
}  # fmt: skip


def parameter_words() -> dict[str, Mapping[str, str]]:
    """Return what each parameter is called: key → language → words."""
    return {leaf.key: leaf.meaning for leaf in declarations(Scenario) if leaf.meaning}
