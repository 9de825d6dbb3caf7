"""What ``yizhan check`` says."""

from __future__ import annotations

from sim.bilingual import Sentence

WORDS: dict[str, Sentence] = {
    "title": Sentence("What moved", "变动一览"),
    "since": Sentence("Since day", "起始日"),
    "date": Sentence("Date", "日期"),
    "outcome": Sentence("Outcome", "结果指标"),
    "before": Sentence("Baseline", "基线"),
    "now": Sentence("Now", "当前"),
    "change": Sentence("Change", "变化"),
    "end": Sentence("end", "期末"),
    "new": Sentence("new", "新增"),
    "gone": Sentence("gone", "消失"),
    "key": Sentence("Configuration", "配置项"),
    "configuration": Sentence("The configuration differs", "配置有差异"),
    "caption": Sentence("Values at the end of the run: means over the replicates. Since day: the first day, from 0, on which any "
        "replicate differs; end: only known at the end.",
        "数值为期末各次模拟的均值；起始日为任一次模拟首次不同之日（从 0 起），“期末”指只在期末计算的指标。"),
    "more": Sentence("… and {n} more; {where}", "……另有 {n} 项；{where}"),
    "in_file": Sentence("all of them are in {file}", "完整列表见 {file}"),
    "no_file": Sentence("output=DIR writes all of them to DIR/check.json", "用 output=目录 可将完整列表写入 check.json"),
    "settings": Sentence("{name}: compared as its baseline was made ({settings}); replicates, seed and graduates count with update=true.",
    "{name}：按基线自身的设置比较（{settings}）；replicates、seed、graduates 仅在 update=true 时生效。"),
    "nothing": Sentence("Nothing moved: {names} ({folder}).", "没有变动：{names}（{folder}）。"),
    "without_effect": Sentence("{name}: the configuration differs (keys: {n}), and no outcome moved.",
    "{name}：配置有 {n} 项差异，但结果没有变动。"),
    "unguarded": Sentence("Unguarded, as there is no baseline: {names}. {command} makes one of what they give now.",
    "以下项目没有基线，未检查：{names}。运行 {command} 可以当前结果生成基线。"),
    "moved": Sentence("{name}: {n} outcomes moved, {since}.", "{name}：{n} 项结果变动，{since}。"),
    "from_day": Sentence("since day {day} ({date})", "始于第 {day} 日（{date}）"),
    "at_end": Sentence("at the end", "在期末"),
    "problem": Sentence("{name}: {path} {problem}.", "{name}：{path} {problem}。"),
    "orphan": Sentence("{name}: there is no such programme any more; delete {path}.", "{name}：该项目已不存在，请删除 {path}。"),
    "accept": Sentence("If that is meant: {command}, and say why in CHANGELOG.md.", "若变动符合预期：运行 {command}，并在 CHANGELOG.md 中说明原因。"),
    "mend": Sentence("{command} makes it anew of what the programme gives now, which checks nothing.",
    "运行 {command} 会以当前结果重新生成，这本身不构成检查。"),
    "mend_own": Sentence("Bring {names} back from version control; or delete the file, and make another with yizhan check add, which checks nothing.",
    "请从版本库恢复 {names}；或删除该文件，再用 yizhan check add 另建，这本身不构成检查。"),
    "tests": Sentence("What was tested", "检验结果"),
    "tests_caption": Sentence("Difference: now less baseline, with the interval of its test of equivalence at this look; margin: the largest "
        "difference that does not matter. What is shown to be more than luck counts from {share} % of the mean and {spreads} of the luck of one "
        "replicate on, unless a margin was declared. All looks together err in {level} % at most.",
        "差异为当前减基线，附本次等效检验的区间；界值为不要紧的最大差异。未声明界值时，确非偶然的差异，达到均值的 {share}% "
        "且达到单次模拟偶然波动标准差的 {spreads} 倍即计入。各次查看合计错误概率不超过 {level}%。"),
    "difference": Sentence("Difference", "差异"),
    "margin": Sentence("Margin", "界值"),
    "verdict": Sentence("Verdict", "判断"),
    "baseline": Sentence("Baseline", "基线"),
    "same": Sentence("same", "相同"),
    "equivalent": Sentence("equivalent", "等效"),
    "different": Sentence("different", "不同"),
    "cannot_tell": Sentence("cannot tell", "无法判断"),
    "undefined": Sentence("not defined", "多无定义"),
    "not_defined": Sentence("Not defined in most replicates, then or now, and so not held to its margin: {names}.",
        "在多数模拟中（基线或当前）没有定义、因而不按界值判断的指标：{names}。"),
    "nothing_defined": Sentence("{name}: cannot tell after {replicates} replicates: no chosen outcome is defined in most of them. Make the baseline "
        "anew with outcomes that are (outcomes=[…]), or with more people or days.",
        "{name}：模拟 {replicates} 次仍无法判断：所选指标在多数模拟中均无定义。请改选有定义的指标（outcomes=[…]）重建基线，或增加人数、天数。"),
    "deviations": Sentence("{n} sd", "{n} 个标准差"),
    "more_tests": Sentence("… and {n} more; output=DIR writes all of them to DIR/check.json", "……另有 {n} 项；output=目录 可将全部写入 check.json"),
    "is_same": Sentence("{name}: same, to the bit.", "{name}：相同，逐位一致。"),
    "is_equivalent": Sentence("{name}: equivalent, though {n} outcomes moved: every chosen outcome is within its margin, told after {replicates} "
        "replicates (look {looks}).",
        "{name}：等效，虽有 {n} 项结果变动：所选指标均在界值之内（模拟 {replicates} 次、第 {looks} 次查看时判定）。"),
    "is_different": Sentence("{name}: different, told after {replicates} replicates (look {looks}): {count} outcomes, first of all {worst}.",
        "{name}：不同（模拟 {replicates} 次、第 {looks} 次查看时判定）：{count} 项指标，首先是“{worst}”。"),
    "is_unsure": Sentence("{name}: cannot tell after {replicates} replicates whether {count} outcomes are equivalent, {worst} among them: "
        "needs {needed} replicates. Make the baseline with them where its output was accepted: sample={needed}.",
        "{name}：模拟 {replicates} 次仍无法判断 {count} 项指标是否等效（如“{worst}”）：需要 {needed} 次。"
        "请在结果被接受的版本上以 sample={needed} 重建基线。"),
    "is_unsure_whatever": Sentence("{name}: cannot tell after {replicates} replicates whether {count} outcomes are equivalent, {worst} among them, "
        "and no number of replicates near would tell; declare wider margins.",
        "{name}：模拟 {replicates} 次仍无法判断 {count} 项指标是否等效（如“{worst}”），再多次数也难以判断；请放宽界值。"),
    "no_sample": Sentence("{name}: {n} outcomes moved, and whether they are equivalent cannot be told: the baseline has no sample with margins, and "
        "needs {needed} replicates. Make it anew where its output was accepted (update=true sample={needed}).",
        "{name}：{n} 项结果变动，无法判断是否等效：基线没有带界值的样本，需要 {needed} 次模拟。"
        "请在结果被接受的版本上重建（update=true sample={needed}）。"),
    "no_baseline": Sentence("{name} has no baseline", "{name} 没有基线"),
    "unguarded_short": Sentence("Unguarded, as there is no baseline: {names}.", "以下项目没有基线，未检查：{names}。"),
    "unchanged": Sentence("No baseline changed ({folder}).", "基线均无变化（{folder}）。"),
    "written": Sentence("{name}: baseline written; {why}.", "{name}：已写入基线；{why}。"),
    "added": Sentence("{name}: baseline of {what} written to {path}: {replicates} replicates exactly, {sample} for mode=equivalence, "
        "{chosen} values with margins. Commit it; {command} checks against it.",
        "{name}：{what}的基线已写入 {path}：精确保存 {replicates} 次模拟，另有 {sample} 次供 mode=equivalence，{chosen} 项数值带界值。"
        "请提交该文件；检查用 {command}。"),
    "no_margins": Sentence("{name}: no sample, so that mode=equivalence cannot be used with it (sample=60 makes one).",
        "{name}：没有样本，无法用于 mode=equivalence（sample=60 可生成）。"),
    "run": Sentence("a run", "单次情景"),
    "comparison": Sentence("a comparison", "比较"),
    "study": Sentence("a study", "研究"),
    "sweep": Sentence("a sweep", "扫描"),
    "first": Sentence("its first", "首次生成"),
    "only_configuration": Sentence("no outcome moved, only the configuration it holds", "结果未变，仅更新所含配置"),
    "only_form": Sentence("no outcome moved, only its form", "结果未变，仅更新格式"),
    "outcomes_moved": Sentence("{n} outcomes moved, {since}", "{n} 项结果变动，{since}"),
    "old_one": Sentence("the old one {problem}", "旧基线{problem}"),
    "why": Sentence("Say why in CHANGELOG.md, in a line such as:", "请在 CHANGELOG.md 中说明原因，例如加一行："),
    "why_if": Sentence("If the output of {names} changed, which cannot be told from here, say why in CHANGELOG.md, in a line such as:",
    "无法判断 {names} 的结果是否变动；若有变动，请在 CHANGELOG.md 中说明原因，例如加一行："),
    "line": Sentence("- WHAT WAS CHANGED AND WHY: output changed ({names}).", "- WHAT WAS CHANGED AND WHY: output changed ({names})."),
}
