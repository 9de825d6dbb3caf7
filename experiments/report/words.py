"""What a report says besides what the commands say, in both languages."""

from __future__ import annotations

from experiments.shared.words import Words
from sim.bilingual import Sentence

WORDS: Words = {
    "about": Sentence("A report on a result of yizhan {verb}, made on {day}", "yizhan {verb} 的结果报告，结果生成于 {day}"),
    "answer": Sentence("The answer", "结论"),
    "against": Sentence("What was compared with what", "拿什么与什么比"),
    "account": Sentence("From those served to those who work because of it", "从受服务者到因此就业者"),
    "sure": Sentence("How sure this is", "有多确定"),
    "money": Sentence("What it costs", "花多少钱"),
    "for_whom": Sentence("For whom", "对谁有用"),
    "assumed": Sentence("What the answer rests on", "结论依据什么假定"),
    "known": Sentence("Does the model match what is known", "模型与已知数据是否相符"),
    "how": Sentence("How this was found", "怎样得出"),
    "again": Sentence("How to repeat it", "怎样重做"),
    "appendix": Sentence("Appendix", "附录"),
    "figures": Sentence("Figures", "图"),
    "details": Sentence("All tables", "全部表格"),
    "outcomes": Sentence("What happens", "会发生什么"),
    "run_method": Sentence(
        "One scenario was simulated several times, each time with other luck; nothing was compared.", "同一情景模拟多次，每次随机数不同；未作比较。",
    ),
    "source": Sentence("Where the numbers come from", "数据来源"),
    "what_was_tried": Sentence("What was tried", "试过什么"),
    "study": Sentence("The study", "研究设计"),
    "group": Sentence("Group", "群体"),
    "more_at_work": Sentence("More at work here, persons\n[95 % interval]", "本地在岗增减（人）\n[95%区间]"),
    "groups_of": Sentence("{name}, against {against}", "{name}（对照：{against}）"),
    "few_in_group": Sentence(
        "≈ 0: cannot be told from no difference. Many groups are looked at: one in twenty would look different by chance alone.",
        "≈ 0：看不出差别。所看群体较多，即使毫无差别，也约有二十分之一会碰巧显得不同。",
    ),
    "nobody_apart": Sentence(
        "{title}: in no group can a difference be told; all are in the appendix.", "{title}：各群体均看不出差别，全部见附录。",
    ),
    "told_groups": Sentence(
        "Groups of which a difference can be told; all are in the appendix. One in twenty would look different by chance alone.",
        "仅列看得出差别的群体，全部见附录；即使毫无差别，也约有二十分之一会碰巧显得不同。",
    ),
    "differs": Sentence("{name} is the programme with: {changes}", "{name}：在项目基础上改动 {changes}"),
    "differs_much": Sentence(
        "{name} differs from the programme in {count} keys; all are in config.yaml",
        "{name}：与项目有 {count} 个键不同，见 config.yaml",
    ),
    "no_effect_of_run": Sentence(
        "This is one scenario by itself: it says what happens, not what the programme adds. What it adds: {command}.",
        "这是单一情景的模拟：说明会发生什么，不说明方案增加了什么。要知道增加了什么：{command}。",
    ),
    "answer_of_run": Sentence(
        "{title}: at the end {working} of {people} young people work here ({low} to {high}), and {money} have been spent.",
        "{title}：期末 {people} 名青年中约 {working} 人在本地就业（{low} 到 {high}），共支出 {money}。",
    ),
    "answer_of_run_once": Sentence(
        "{title}: in the one simulation {working} of {people} young people work here at the end, and {money} have been spent.",
        "{title}：在仅有的一次模拟中，期末 {people} 名青年中有 {working} 人在本地就业，共支出 {money}。",
    ),
    "answer_of_trial": Sentence(
        "{who}, {what}: a trial would find {found}, in the mean; the true effect is {true}.",
        "{who}，{what}：试验平均会得出 {found}；真实效果为 {true}。",
    ),
    "one_trial": Sentence(
        "One such trial is known to {half} and finds an effect in {power} of the cases: {verdict}.",
        "单次试验的误差为 {half}，检出效果的比例为 {power}：{verdict}。",
    ),
    "strong": Sentence("it is large enough", "样本足够"),
    "weak": Sentence("on its own it is too small to rely on", "单独一次试验样本太小，不足为凭"),
    "answer_of_sweep": Sentence(
        "{outcome}: {told} of {others} points can be told from {reference}, all looked at together.{which}",
        "{outcome}：{others} 个点中，{told} 个与对照点（{reference}）看得出差别（一并比较）。{which}",
    ),
    "answer_of_sweep_none": Sentence(
        "{outcome}: no difference that can be told between {reference} and any other point (there are {others}).",
        "{outcome}：其余 {others} 个点与对照点（{reference}）均看不出差别。",
    ),
    "farthest": Sentence(
        " The largest of these, which luck flatters: {point}, {difference} {unit}.",
        "其中相差最大的（不免有碰巧偏大的成分）：{point}，{difference} {unit}。",
    ),
    "no_reference": Sentence("The reference of this sweep has no result, so nothing is compared.", "本次扫描的对照点没有结果，无从比较。"),
    "points": Sentence(
        "Points: {points}, over {axes}; replicates of each: {replicates}.", "共 {points} 个点，变动的键为 {axes}，各模拟 {replicates} 次。",
    ),
    "baseline_is": Sentence("The baseline is {against}.", "对照：{against}。"),
    "nobody_baseline": Sentence("The baseline is nothing: these are levels, not effects.", "没有对照：这些是水平，不是效果。"),
    "baseline_of_trial": Sentence(
        "The baseline of the truth is the same people, with the same luck, in the world with nobody admitted.",
        "真值的对照：同一批人、同样的随机数，但无人可享受的世界。",
    ),
    "baseline_of_optimum": Sentence(
        "The baseline of everything that is added is no programme; beside it stand an equal split of the same money, and the programme as it is.",
        "净增数均以没有方案为对照；另列同样资金的平均分配与现行方案。",
    ),
    "model": Sentence(
        "Yizhan simulates the young people of a place one by one, day by day, with its employers and their posts: who looks for work, "
        "hears of a post, "
        "applies, is interviewed, hired, dismissed, starts a firm, stays or leaves. A programme is not given an effect. It changes what "
        "there is (a bed, "
        "a fair, a place of training, a loan), and what comes of that is counted, also for those who lose a post to somebody whom it served.",
        "驿站模拟一地的每名青年，逐人逐日，连同用人单位及其岗位：谁在求职、得知岗位、投递、面试、入职、离职、创业，谁留下、谁离开。"
        "方案本身不设定效果，只改变所提供的东西（床位、招聘会、培训名额、贷款），由此产生的结果逐一计数，包括因他人受服务而失去岗位的人。",
    ),
    "size": Sentence(
        "Here: {people} young people, place {place}, {days} days from {start}, simulations: {replicates}, seed {seed}.",
        "本次：地方为{place}，{people} 名青年，自 {start} 起 {days} 天，模拟 {replicates} 次，种子 {seed}。",
    ),
    "with_set": Sentence(
        "What nobody knows exactly, how young people and employers behave, is not one number but a set of {vectors} plausible behaviours, "
        "{name}: each agrees "
        "with what is known of the labour market, and simulations live with each in turn, so that what is not known shows in the interval.",
        "青年与用人单位如何行为，谁也说不准，因此不取单一数值，而用参数集 {name} 中的 {vectors} 组可信行为：每组都与已知的劳动力市场数据相符，"
        "各次模拟轮流采用，使了解不足体现在区间中。",
    ),
    "without_set": Sentence(
        "Behaviour is that of the evidence, one value each: what is not known about it is in no interval here.",
        "行为参数取证据的中心值：此处区间不含对行为的了解不足。",
    ),
    "pairs": Sentence(
        "Every pair is the same people with the same luck, once in the baseline and once in the variant, so that what differs is the "
        "variant's doing. "
        "Person by person it is counted who works because of it, who would have worked anyway, and who lost or gained by it.",
        ""
        ""
        "每一对模拟是同一批人、同样的随机数，一次为对照，一次为方案，差别即方案所致。逐人统计：谁因方案在岗，谁没有方案也会在岗，谁因此失去或得到岗位。",
    ),
    "points_method": Sentence(
        "Every point is simulated with the same people and luck as the reference; differences are paired. Marks hold for all points together (Holm).",
        "每个点与对照点用同一批人、同样的随机数，差异为配对差异；标记按全部点一并判断（Holm 法）。",
    ),
    "trial_method": Sentence(
        "The study is carried out in the simulated place as an evaluator would in the field, with the same regressions. Beside it stands "
        "the truth, which "
        "no field trial can see.",
        "在模拟的地方按实地评估的做法开展研究，使用同样的回归；并列出实地试验无法看到的真值。",
    ),
    "optimise_method": Sentence(
        "Divisions of the budget are proposed, simulated and improved; the best are simulated again with other luck, since the best of "
        "many owes part of its "
        "place to luck. Only these second numbers are shown.",
        "不断提出、模拟并改进预算分配；由于多中选优难免带有运气，最好的几种以新的随机数重新模拟，此处只列重新模拟的数值。",
    ),
    "by_lever": Sentence("Which lever did it, and its money", "哪项政策工具起的作用、花了多少钱"),
    "title_of_validation": Sentence("The model beside what is known", "模型与已知数据对照"),
    "baseline_of_validation": Sentence(
        "The model is held against figures that others measured or reported, each with the distance that still counts as near; no programme is "
        "compared with another.",
        "模型与他人测得或上报的数据逐项对照，每项注明多远仍算接近；不作项目之间的比较。",
    ),
    "missed_first": Sentence("What the model misses", "模型未达到的"),
    "farthest_missed": Sentence("The {count} farthest; all are in the appendix.", "只列相差最大的 {count} 项，全部见附录。"),
    "passed": Sentence("What is within tolerance", "在容许偏差内的"),
    "inputs": Sentence("What the model was told beforehand", "模型事先知道什么"),
    "left_out": Sentence("One left out: what the others say of it", "逐一留出：由其他数据预测"),
    "sure_of_validation": Sentence(
        "The interval beside a median says where one more simulated place would lie, 19 times in 20. Only what is out of sample tests the model.",
        "中位数旁的区间：再模拟一个同样的地方，20 次中有 19 次落在其中。只有样本外的数据才检验模型。",
    ),
    "validation_method": Sentence(
        "The labour market was simulated without any programme and measured as statisticians would; each programme was simulated at its size, and "
        "its reported figures stand beside what the model counts in the same way.",
        "在没有方案的情况下模拟劳动力市场，按统计口径测量；各项目按其规模模拟，上报数与模型按同一口径的计数并列。",
    ),
    "title_of_calibration": Sentence("Behaviours that agree with what is known", "与已知数据相符的行为参数"),
    "baseline_of_calibration": Sentence(
        "{vectors} vectors of parameters, chosen so that together they measure what is known: {targets}.",
        "选出 {vectors} 组参数，使其整体上与已知数据相符：{targets}。",
    ),
    "learned": Sentence(
        "Something was learned of {told} of {all} free parameters: their spread has shrunk by {share} or more. Of the others the whole plausible "
        "range stays as it was.",
        "{all} 个放开的参数中，{told} 个有所了解（离散度缩小 {share} 以上）；其余的仍取遍原来的合理区间。",
    ),
    "targets_met": Sentence("What the set measures, beside what is known", "参数集的实际结果与已知数据"),
    "sure_of_calibration": Sentence(
        "Ranges of parameters hold 95 in 100 of the draws that agree with the targets. They are no measurements of people: other parameters, and a "
        "model built otherwise, could agree as well.",
        "参数的范围包含与目标相符的抽样的 95%。它们不是对人的测量：其他参数、其他构造的模型也可能同样相符。",
    ),
    "not_learned": Sentence("What was not learned, and how to use the set", "未能了解的，以及怎样使用"),
    "use_of_calibration": Sentence(
        "behaviour=FILE, with the set.yaml of this folder, lets every command live with these behaviours.",
        "各命令加 behaviour=文件（本目录中的 set.yaml）即采用这些行为参数。",
    ),
    "of_parameters": Sentence("What was learned of each parameter", "对各参数的了解"),
    "calibration_method": Sentence(
        "What the runs measured is foretold by a quadratic emulator, from which sequential Monte Carlo draws the parameters that agree with the "
        "targets; vectors are chosen among the draws, and each is simulated once more with luck of its own.",
        "以二次近似模型预测模拟的测量结果，再用序贯蒙特卡洛抽取与目标相符的参数；从中选出各组，并以另外的随机数逐组再模拟。",
    ),
    "title_of_ranking": Sentence("What moves what: {name}", "什么影响什么：{name}"),
    "title_of_inquiry": Sentence("What is worth finding out: {name}", "什么值得查清：{name}"),
    "title_of_discovery": Sentence("Where it does not pay: {name}", "何处不划算：{name}"),
    "baseline_of_ranking": Sentence(
        "Nothing is compared with a baseline: {count} parameters were varied, and what moves with them was looked at.",
        "不与对照比较：变动 {count} 个参数，看哪些结果随之变化。",
    ),
    "what_moves": Sentence("What moves it, the strongest first", "影响最大的在前"),
    "other_outcomes": Sentence("What moves the other outcomes", "其他指标受什么影响"),
    "sure_of_morris_method": Sentence(
        "Intervals hold 95 in 100 resamples of the trajectories. A question mark says that the effect cannot be told from luck; ranks have an "
        "interval, too, and where it is wide there is no order to be told.",
        "区间包含轨迹重抽样的 95%。问号表示看不出与随机起落的差别；名次也有区间，区间宽则无从排序。",
    ),
    "sure_of_sobol_method": Sentence(
        "Intervals hold 95 in 100 resamples of the base points. Luck has a share of its own: what it takes no parameter explains.",
        "区间包含基础样本重抽样的 95%。随机起落单列份额：它所占的部分，任何参数都不能解释。",
    ),
    "sure_of_given_method": Sentence(
        "Intervals hold 95 in 100 halves of the sample. Nothing was run anew, so that luck is among what is not explained.",
        "区间包含半样本的 95%。没有另作模拟，随机起落也在未解释的部分之中。",
    ),
    "morris_method": Sentence(
        "Parameters were moved one after the other along random trajectories over their plausible ranges, with the same luck (Morris). μ* is how "
        "much an outcome moves, μ in which direction, σ how unevenly.",
        "沿随机轨迹在合理区间内逐个移动参数，随机数不变（Morris 法）。μ* 为结果变动多少，μ 为方向，σ 为是否均匀。",
    ),
    "sobol_method": Sentence(
        "The variance of an outcome over the plausible ranges was divided among the parameters (Sobol): the share of each alone, and with all in "
        "which it takes part.",
        "把结果在合理区间内的方差分解到各参数（Sobol 法）：单独的份额，以及连同其参与的交互作用。",
    ),
    "given_method": Sentence(
        "Runs that were there were read, none was made: how far the distribution of an outcome moves with a parameter (PAWN), and the share of "
        "its variance that would go, were the parameter known.",
        "利用已有的模拟，没有另作模拟：结果的分布随参数移动多远（PAWN），以及参数若已知，方差减少多少。",
    ),
    "choices": Sentence("What to choose between", "可选的方案"),
    "study_after": Sentence("A study that would find out more", "可以查清更多的研究"),
    "worths": Sentence("What it is worth to know each", "查清各项的价值"),
    "information_method": Sentence(
        "Every choice was simulated with every behaviour of the set, pair by pair. Knowing something is worth what a choice made afterwards would "
        "add beyond the choice that is best now; luck is taken out of it.",
        "每个方案在参数集的每组行为下成对模拟。查清某事的价值，是查清后再选比现在就选能多得多少，已剔除随机起落。",
    ),
    "baseline_of_discovery": Sentence(
        "Every behaviour is held against what has to be reached so that the choice pays.", "每种行为都与“划算”的界限相比。",
    ),
    "baseline_of_points": Sentence(
        "Every point of the sweep is held against what has to be reached.", "扫描的每个点都与界限相比。",
    ),
    "boxes": Sentence("Where that is", "在何处"),
    "sure_of_discovery": Sentence(
        "A box that was looked for in some runs fits these runs too well: what it holds was counted in halves that were not looked at, and a box is "
        "told only where labels dealt out by chance seldom give one as good.",
        "在一些模拟中寻找的区域必然对这些模拟过于贴合：因此在未用于寻找的另一半中计数，且只有随机分派标签很少得出同样好的区域时才予说明。",
    ),
    "discovery_method": Sentence(
        "Among the behaviours (or points) a box of few parameters was looked for that holds most of the cases in which it does not pay (PRIM).",
        "在各组行为（或各点）中寻找由少数参数界定、包含大部分不划算情形的区域（PRIM）。",
    ),
    "no_forecast": Sentence(
        "It is no forecast: it says what a programme would change, as far as what is known about behaviour goes. Reported figures are "
        "gross counts, not effects.",
        "这不是预测：它说明在现有了解之内，方案会改变什么。上报数是总数，不是效果。",
    ),
    "scorecard": Sentence(
        "Reported figures of this programme: {passed} of {all} within a fifth in the kept scorecard. Figures that an input was chosen by "
        "test nothing: of the "
        "other {free}, {free_passed} are.",
        "本项目上报数：在存档成绩单中 {all} 项有 {passed} 项相差不到五分之一。设定输入时参照过的不算检验；其余 {free} 项中有 {free_passed} 项。",
    ),
    "market_card": Sentence(
        "Labour market without a programme: {passed} of {all} figures within tolerance.",
        "没有方案时的劳动力市场：{all} 项中 {passed} 项在容许偏差内。",
    ),
    "no_scorecard": Sentence(
        "No figure of this programme is on the kept scorecard; its own figures go into reported, and yizhan validate compares them.",
        "存档成绩单中没有本项目的数据；可在 reported 中给出自己的上报数，由 yizhan validate 对照。",
    ),
    "missed": Sentence("Missed figures of this programme", "本项目未达到的上报数"),
    "market_missed": Sentence("Missed in the labour market: {names}.", "劳动力市场中未达到：{names}。"),
    "figure": Sentence("Figure", "数据"),
    "reported": Sentence("Reported", "上报数"),
    "model_median": Sentence("Model: median [95 % interval]", "模型：中位数 [95%区间]"),
    "missed_note": Sentence("95 % interval: where one more simulated place would lie.", "95%区间：再模拟一个同样的地方时所在的范围。"),
    "in_view": Sentence("Chosen by it", "设定时参照"),
    "yes": Sentence("an input", "是"),
    "no": Sentence("no", "否"),
    "elsewhere": Sentence("The scorecard is of the programme at home: {home}, as shipped.", "成绩单对应该项目原地方与自带设置（{home}）。"),
    "made_by": Sentence("Made by this command:", "由以下命令生成："),
    "repeat_by": Sentence("From this folder, whatever has changed since, with a comparison of the bytes:", "由本目录重做，并逐字节比较："),
    "resume": Sentence("The command that made it, with another output=, makes it again.", "以另一 output= 执行原命令即可重做。"),
    "version": Sentence(
        "Yizhan {version}, sources {sources}, Python {python}, {platform}.",
        "驿站 {version}，源码 {sources}，Python {python}，{platform}。",
    ),
    "digests": Sentence("Settings {settings}; set of behaviours {behaviour}.", "设置 {settings}；行为参数集 {behaviour}。"),
    "commit": Sentence("Commit {commit}{dirty}.", "提交 {commit}{dirty}。"),
    "dirty": Sentence(", with uncommitted changes", "，含未提交的改动"),
    "libraries": Sentence("Libraries: {libraries}.", "程序库：{libraries}。"),
    "own_files": Sentence("Own files: {files}.", "自有文件：{files}。"),
    "no_figures": Sentence(
        "The folder of the result holds no figures (figures=true draws them).", "结果目录中没有图（figures=true 会绘图）。",
    ),
    "of_other_language": Sentence("The words in the figures are in the language in which they were drawn.", "图中文字为绘图时所用的语言。"),
    "some_undrawn": Sentence("Some figures are missing: they could not be drawn.", "部分图未能绘出。"),
    "picture": Sentence("Figure {number}. {title}", "图 {number}　{title}"),
    "written": Sentence("Report: {files}", "报告：{files}"),
    "sources_kept": Sentence("All numbers are in {folder}.", "全部数据在 {folder} 中。"),
}
