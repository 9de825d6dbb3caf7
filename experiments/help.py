"""What ``yizhan --help`` and ``yizhan VERB --help`` say, in both languages, without loading anything that takes time."""

from __future__ import annotations

from importlib.resources import files
from typing import NamedTuple

import sim
from experiments.shared.folding import hang
from experiments.shared.terminal import columns
from sim.bilingual import Sentence, in_language

GROUPS = {
    "run": ("programme", "place", "region", "population", "market", "behaviour"),
    "sweep": ("programme", "place", "region", "population", "market", "behaviour"),
    "compare": ("programme", "comparison", "place", "region", "population", "market", "behaviour"),
    "trial": ("study", "programme", "place", "region", "population", "market", "behaviour"),
    "calibrate": ("place", "region", "population", "market", "behaviour"),
    "sensitivity": ("programme", "comparison", "place", "region", "population", "market", "behaviour"),
    "validate": ("place", "region", "population", "market", "behaviour"),
    "optimise": ("programme", "place", "region", "population", "market", "behaviour"),
}
"""Verb → groups of files of which one is chosen."""
OWN_NAMES = Sentence("and your own: yizhan list programmes, yizhan list places", "以及自有的：yizhan list programmes、yizhan list places")

VERBS: dict[str, tuple[Sentence, str]] = {
    "run": (Sentence("run one scenario over replicates: table, files, figures", "模拟一个情景：表格、文件、图"), "yizhan run programme=zibo"),
    "compare": (
        Sentence(
            "a programme against none on paired worlds: differences, gross-to-net account, cost per additional job",
            "在配对的模拟中比较有方案与没有方案：差异、从总数到净增就业、每净增一个就业的成本",
        ),
        "yizhan compare programme=zibo",
    ),
    "sweep": (
        Sentence(
            "many points over any keys, resumable: paired differences, one tidy table, pictures",
            "对任意键的各种取值逐一模拟，可中断续算：配对差异、一张数据表、结果图",
        ),
        "yizhan sweep -m programme=zibo policy.lodging.free_nights=0,3,6,14 policy.loans.rate_per_year=0.03,0.045,0.06",
    ),
    "trial": (
        Sentence("a virtual randomised trial: what it would report, beside the truth", "虚拟随机试验：试验会报告什么，真值是多少"),
        "yizhan trial study=casework_saturation",
    ),
    "optimise": (
        Sentence(
            "a budget divided over levers for the most additional jobs and stays: the front, regret, a programme file; resumable",
            "把一笔预算分配给各政策工具，使净增就业与留住人数最多：前沿、遗憾、项目文件，可中断续算",
        ),
        "yizhan optimise programme=zibo budget=3000000",
    ),
    "calibrate": (
        Sentence(
            "a set of plausible behaviours that agree with targets, of the shipped or your own city; resumable",
            "由校准目标（自带的或自己城市的）得出一组可信的行为参数集，可中断续算",
        ),
        "yizhan calibrate target=labour_market",
    ),
    "sensitivity": (
        Sentence(
            "what moves what: which behaviour and levers an outcome depends on, how surely that is known; resumable",
            "什么影响什么：结果取决于哪些行为与政策工具、有多确定，可中断续算",
        ),
        "yizhan sensitivity programme=zibo",
    ),
    "validate": (
        Sentence(
            "every target and reported figure beside the model, misses first: what it was told, and what it comes to by itself",
            "模型与全部目标、上报数逐项对照，未达到的在前：哪些是告诉它的，哪些是它自己得出的",
        ),
        "yizhan validate",
    ),
    "import": (
        Sentence(
            "a ledger of graduates (XLSX, XLS, ODS, CSV) made into persons that are simulated, row by row; names and numbers stay in the ledger",
            "把青年就业台账（XLSX、XLS、ODS、CSV）逐行转成可模拟的人口；姓名与号码不离开台账",
        ),
        "yizhan import ledger.xlsx place=zibo",
    ),
    "report": (
        Sentence(
            "a finished result as a document to hand on (HTML, Word, PDF): the answer, how sure, the account, the costs, how to repeat it",
            "把已完成的结果写成可转交的报告（HTML、Word、PDF）：结论、有多确定、收支账、费用、对照、怎样重做",
        ),
        "yizhan report results/compare/DATE_TIME_zibo language=zh",
    ),
    "dashboard": (
        Sentence(
            "a page for planners in the browser, on this machine: a place, a programme, what it adds, how sure; and its API",
            "在浏览器中使用的规划页面（本机）：选地方、定方案、看净增与把握；并提供接口",
        ),
        "yizhan dashboard",
    ),
    "check": (
        Sentence(
            "what moved against the baselines (of the project, else of the package, or directory=FOLDER), exactly; update=true writes them anew",
            "与基线（项目的，否则程序包自带的，或 directory=目录）逐位比较，看什么变了；update=true 重写基线",
        ),
        "yizhan check programmes=[none,zibo]",
    ),
    "bench": (
        Sentence(
            "what this machine makes of the model: beside plain Mesa and NumPy, growth with people, start, memory, phases, levers; ratios first",
            "本机运行模型的快慢：与纯 Mesa、NumPy 对照，随人数的增长、启动、内存、各阶段与各政策工具的成本；先看比值",
        ),
        "yizhan bench parts=[market] people=[1000,10000]",
    ),
    "new": (
        Sentence("a commented folder for a county of your own, which runs as it stands", "新建一个带注释的目录：你自己的县，原样即可运行"),
        "yizhan new county mycounty",
    ),
    "list": (
        Sentence(
            "what there is: programmes, places, comparisons, studies, targets, levers, parameters, outcomes",
            "列出现有的项目、地方、比较、研究、目标、政策工具、参数、结果指标",
        ),
        "yizhan list levers",
    ),
}  # fmt: skip
"""Verb → what it does, one example."""

OVERVIEW = Sentence(
    """Yizhan 驿站 {version}: what a youth employment programme adds, at what cost, for whom, how sure.

Usage: yizhan VERB [KEY=VALUE ...]

{verbs}

yizhan VERB --help explains a verb; yizhan VERB --cfg job prints every key and value of a run.
中文：在命令中加 language=zh，或设环境变量 YIZHAN_LANGUAGE=zh。""",
    """Yizhan 驿站 {version}：青年就业方案带来多少净增就业，花多少钱，惠及谁，有多确定。

用法：yizhan 命令 [键=值 ...]

{verbs}

yizhan 命令 --help 说明一个命令；yizhan 命令 --cfg job 列出一次运行的所有键与值。
English: language=en, or YIZHAN_LANGUAGE=en in the environment.""",
)
EXAMPLE = Sentence("e.g. ", "例：")

SHARED = "place, replicates, seed, days, start, workers, output, language (en, zh), save_people, figures"
SCENARIO = "policy.LEVER.KEY, population.KEY, opening.KEY, exams.KEY, market.KEY, behaviour.KEY, region.KEY"
FOOTER = Sentence(
    "Every parameter: yizhan list parameters. Every key and value of this command: add --cfg job.",
    "所有参数见 yizhan list parameters；加 --cfg job 列出本命令的所有键与值。",
)


class Help(NamedTuple):
    """What a verb's help says.

    Attributes:
        usage: Usage and examples. Two spaces or more divide columns.
        keys: The keys, the same in both languages.
        footer: What else there is to know.
    """

    usage: Sentence
    keys: str
    footer: Sentence = FOOTER


HELP: dict[str, Help] = {
    "run": Help(
        Sentence(
            """yizhan run programme=NAME [KEY=VALUE ...]    one scenario over replicates: table, files, figures

  Example: yizhan run programme=zibo policy.lodging.free_nights=14 replicates=40 language=zh
  Example: yizhan run programme=zibo replicates=1 trace=station_guests_signed    the persons behind a count; then trace=PERSON tells a story
  Example: yizhan run from=results/run/DATE_TIME_zibo    any result (of compare, sweep and trial, too) once more, to the byte, or what differs; \
further words change it: seed=2""",
            """yizhan run programme=名称 [键=值 ...]    模拟一个情景若干次：表格、文件、图

  例：yizhan run programme=zibo policy.lodging.free_nights=14 replicates=40 language=zh
  例：yizhan run programme=zibo replicates=1 trace=station_guests_signed    某项计数背后的人；再用 trace=编号 讲述其中一人的经历
  例：yizhan run from=results/run/日期_时间_zibo    把任一结果（compare、sweep、trial 的也可）原样再算一遍，逐字节核对，或说明有何不同；\
可再加其他键：seed=2""",
        ),
        f"programme, {SHARED}, trace, trace_replicate, scheduler, {SCENARIO}",
    ),
    "sweep": Help(
        Sentence(
            """yizhan sweep -m KEY=A,B,C [KEY=VALUE ...]    many points over any keys: paired differences, one tidy table, pictures
yizhan sweep -m KEY=A,B,C output=FOLDER    the same once more goes on where it stopped
yizhan sweep plot=FOLDER    tables and pictures of a sweep that is there, in another language or of other outcomes
yizhan sweep status FOLDER    how far a sweep is
yizhan sweep merge FOLDER FOLDER ... output=FOLDER    shards put together (shard=1/4 ... shard=4/4)

  Example: yizhan sweep -m programme=zibo policy.lodging.free_nights=0,3,6,14 policy.loans.rate_per_year=0.03,0.045,0.06
  Example: yizhan sweep programme=zibo design=sobol n=64 over=[policy.lodging.initial_awareness,behaviour]
  Example: yizhan sweep -m programme=glob(*) hydra.launcher.scheduler=tcp://10.0.0.1:8786    on a cluster: docs/sweeps.md""",
            """yizhan sweep -m 键=A,B,C [键=值 ...]    对任意键的各种取值逐一模拟：配对差异、一张数据表、结果图
yizhan sweep -m 键=A,B,C output=目录    再执行一次即从中断处继续
yizhan sweep plot=目录    用已有结果重新出表与图，可换语言、换指标
yizhan sweep status 目录    查看进度
yizhan sweep merge 目录 目录 ... output=目录    合并各份（shard=1/4 ... shard=4/4）

  例：yizhan sweep -m programme=zibo policy.lodging.free_nights=0,3,6,14 policy.loans.rate_per_year=0.03,0.045,0.06
  例：yizhan sweep programme=zibo design=sobol n=64 over=[policy.lodging.initial_awareness,behaviour]
  例：yizhan sweep -m programme=glob(*) hydra.launcher.scheduler=tcp://10.0.0.1:8786    在集群上：docs/sweeps.md""",
        ),
        f"programme, outcomes, design, n, over, points, reference, first_replicate, shard, format, plot, {SHARED}, {SCENARIO}",
    ),
    "compare": Help(
        Sentence(
            """yizhan compare programme=NAME [KEY=VALUE ...]    a programme against none, on paired worlds: the same people with the same luck. \
The answer in a sentence, then the gross-to-net account, money and the cost per additional job; files, figures
yizhan compare programme=NAME change.KEY=VALUE [change.KEY=VALUE ...]    a changed programme against the programme as it is
yizhan compare programme=NAME comparison=NAME    named variants (yizhan list comparisons)

  Example: yizhan compare programme=zibo
  Example: yizhan compare programme=zibo change.policy.lodging.free_nights=14    14 free nights instead of what the programme gives
  Example: yizhan compare programme=zibo change.policy.lodging.free_nights=0,3,14 detail=true    a variant for each value; every table
  Example: yizhan compare programme=zibo change.policy.lodging.free_nights=14 against=none    against no programme; a variant or programme, too
  Example: yizhan compare programme=zibo comparison=nights replicates=40 language=zh
  Example: yizhan compare programme=zibo precision=10 precision_outcome=employed_in_region    goes on, in batches of `replicates` pairs, until \
the difference is known to ± 10 persons, or most_replicates pairs are run
  Example: yizhan compare programme=zibo attribution=true    what each lever contributes to jobs, stays, firms and spending (Shapley value)
  Example: yizhan compare programme=zibo save_people=true    account_people.parquet: who stands where in the account""",
            """yizhan compare programme=名称 [键=值 ...]    在配对的模拟中比较有方案与没有方案：同一批人、同样的随机数。\
先用一句话回答，再给出从总数到净增就业的账、花费与每净增一个就业的成本；文件、图
yizhan compare programme=名称 change.键=值 [change.键=值 ...]    改动后的方案与现行方案比较
yizhan compare programme=名称 comparison=名称    比较几个有名称的方案（yizhan list comparisons）

  例：yizhan compare programme=zibo
  例：yizhan compare programme=zibo change.policy.lodging.free_nights=14    免费住宿改为 14 晚会怎样
  例：yizhan compare programme=zibo change.policy.lodging.free_nights=0,3,14 detail=true    每个值一个方案；打印全部表格
  例：yizhan compare programme=zibo change.policy.lodging.free_nights=14 against=none    与没有方案比较；也可写某一方案或项目的名称
  例：yizhan compare programme=zibo comparison=nights replicates=40 language=zh
  例：yizhan compare programme=zibo precision=10 precision_outcome=employed_in_region    每批模拟 replicates 对，直至差异精确到 ± 10 人，\
或达到 most_replicates 对
  例：yizhan compare programme=zibo attribution=true    各政策工具对就业、留居、企业与支出的贡献（沙普利值）
  例：yizhan compare programme=zibo save_people=true    account_people.parquet：每个人记在账上的哪一行""",
        ),
        f"programme, change.KEY, against, comparison, detail, {SHARED}, "
        f"outcomes, precision, precision_outcome, most_replicates, attribution, attribution_orders, scheduler, {SCENARIO}",
        Sentence(f"{FOOTER} How it is counted: docs/account.md.", f"{FOOTER.zh}算法见 docs/account.md。"),
    ),
    "trial": Help(
        Sentence(
            """yizhan trial study=NAME [KEY=VALUE ...]    a virtual randomised trial, carried out `replicates` times: what it reports (intention to \
treat, effect on those who took it up, spillovers) beside the truth, with bias, coverage and power; table, files, figures

  Example: yizhan trial study=casework_saturation
  Example: yizhan trial study=casework_saturation markets=40 replicates=50 language=zh
  Example: yizhan trial study=casework_saturation study.design=individual study.treated_share=0.5    the same without pure control areas
  Example: yizhan trial study=lodging_subsidy market.tightness=0.4 save_people=true    people.parquet: each person's outcome, and what it would \
have been""",
            """yizhan trial study=名称 [键=值 ...]    虚拟随机试验，重复 replicates 次：试验报告的结果（意向处理效果、实际使用者效果、溢出）\
与真值对照，给出偏差、覆盖率与检出率；表格、文件、图

  例：yizhan trial study=casework_saturation
  例：yizhan trial study=casework_saturation markets=40 replicates=50 language=zh
  例：yizhan trial study=casework_saturation study.design=individual study.treated_share=0.5    同一研究，不设纯对照区
  例：yizhan trial study=lodging_subsidy market.tightness=0.4 save_people=true    people.parquet：每个人的结果，以及另一种情形下的结果""",
        ),
        f"study, study.KEY, markets, {SHARED}, programme, {SCENARIO}",
        Sentence(f"{FOOTER} How it is done: docs/trials.md.", f"{FOOTER.zh}方法见 docs/trials.md。"),
    ),
    "optimise": Help(
        Sentence(
            """yizhan optimise programme=NAME budget=CNY [KEY=VALUE ...]    the best use of a budget: mixes of levers tried on paired worlds, the \
best run again with other luck; front of money, jobs and stays with intervals, regret against an equal split and the programme \
as it is; optimum.json, programme.yaml, figures. The same command goes on where it stopped

  Example: yizhan optimise programme=zibo budget=3000000
  Example: yizhan optimise programme=zibo budget=300万 levers=[lodging,internships,casework] rule=regret language=zh
  Example: yizhan optimise programme=chengyang budget=3000000 graduates=3000 per=origin    a small place, to try; by group
  Example: yizhan compare programme=results/optimise/DATE_TIME_zibo/programme.yaml    the mix that was chosen, with any command""",
            """yizhan optimise programme=名称 budget=元 [键=值 ...]    一笔预算的最佳用法：在配对的模拟中试算各种分配，最好的用另外的随机数\
重新模拟；资金、就业与留住人数的前沿及区间，与平均分配、现行方案相比的遗憾；optimum.json、programme.yaml、图。再次执行同一命令即从中断处继续

  例：yizhan optimise programme=zibo budget=3000000
  例：yizhan optimise programme=zibo budget=300万 levers=[lodging,internships,casework] rule=regret language=zh
  例：yizhan optimise programme=chengyang budget=3000000 graduates=3000 per=origin    小规模试用；分群体
  例：yizhan compare programme=results/optimise/日期_时间_zibo/programme.yaml    选定的分配可用于任何命令""",
        ),
        "programme, budget, levers, goal, besides, per, rule, evaluations, batch, finalists, fresh, pilot, most, tolerance, graduates, scheduler, "
        f"{SHARED}, {SCENARIO}",
        Sentence(f"{FOOTER} How it is done: docs/optimising.md.", f"{FOOTER.zh}方法见 docs/optimising.md。"),
    ),
    "calibrate": Help(
        Sentence(
            """yizhan calibrate [KEY=VALUE ...]    many runs over the plausible ranges of free parameters; which of them agree with the targets; \
a set of vectors, equally plausible; table, files, figures. The same command goes on where it stopped

  Example: yizhan calibrate target=labour_market
  Example: yizhan calibrate target=mycity.yaml place=mycounty free=local set=mycity_behaviour.yaml language=zh
  Example: yizhan calibrate free=[behaviour.idle_worth,market.wage_spread] runs=256 graduates=2000 vectors=32    a small one, to try""",
            """yizhan calibrate [键=值 ...]    在自由参数的合理区间内大量模拟，找出与目标相符者，得到一组同样可信的参数；表格、文件、图。\
再次执行同一命令即从中断处继续

  例：yizhan calibrate target=labour_market
  例：yizhan calibrate target=mycity.yaml place=mycounty free=local set=mycity_behaviour.yaml language=zh
  例：yizhan calibrate free=[behaviour.idle_worth,market.wage_spread] runs=256 graduates=2000 vectors=32    小规模试用""",
        ),
        f"target, runs, runs_from, graduates, free (usual, local, all, keys), services, at_rest, vectors, set, truths, scheduler, {SHARED}, "
        f"{SCENARIO}",
        Sentence(f"{FOOTER} How it is done: docs/calibrating.md.", f"{FOOTER.zh}方法见 docs/calibrating.md。"),
    ),
    "sensitivity": Help(
        Sentence(
            """yizhan sensitivity programme=NAME [KEY=VALUE ...]    what moves what: tables, sensitivity.json, sensitivity.parquet, figures. \
The same command goes on where it stopped
yizhan sensitivity method=morris    which of all factors matter at all; more factors than time are screened in groups
yizhan sensitivity method=sobol    shares of the variance, alone and with others, of a few factors
yizhan sensitivity method=given    from runs that are there: a finished sweep, or those beside a set of behaviours
yizhan sensitivity method=information    what is worth finding out before choosing between variants (comparison=NAME, change.KEY): in CNY and jobs
yizhan sensitivity method=discovery    where among what is not known a variant does not pay

  Example: yizhan sensitivity programme=zibo
  Example: yizhan sensitivity programme=zibo over=[policy.lodging,behaviour.idle_worth] outcome=spending minutes=10 language=zh
  Example: yizhan sensitivity programme=zibo over=[policy.lodging.free_nights:0:14,policy.lodging.stations:5:60]    with ranges of your own
  Example: yizhan sensitivity programme=zibo method=sobol leading=results/sensitivity/DATE_TIME_zibo factors=6
  Example: yizhan sensitivity method=given sweep=results/sweep/DATE_TIME_zibo outcome=employed_in_region
  Example: yizhan sensitivity programme=zibo comparison=same_budget method=information value_per_job=80000
  Example: yizhan sensitivity method=information result=results/compare/DATE_TIME_zibo    from a finished comparison
  Example: yizhan sensitivity programme=dongbeitang method=discovery pays=cost threshold=50000""",
            """yizhan sensitivity programme=名称 [键=值 ...]    什么影响什么：表格、sensitivity.json、sensitivity.parquet、图。\
再次执行同一命令即从中断处继续
yizhan sensitivity method=morris    全部因素中哪些有影响；因素多于时间所允许时先分组筛选
yizhan sensitivity method=sobol    少数因素单独及与其他因素共同所占的方差份额
yizhan sensitivity method=given    利用已有的模拟：已完成的扫描，或行为参数集所附的模拟
yizhan sensitivity method=information    在几个方案中选择之前，什么值得查清（comparison=名称、change.键）：以元与就业计
yizhan sensitivity method=discovery    在未知之处，方案何时不划算

  例：yizhan sensitivity programme=zibo
  例：yizhan sensitivity programme=zibo over=[policy.lodging,behaviour.idle_worth] outcome=spending minutes=10 language=zh
  例：yizhan sensitivity programme=zibo over=[policy.lodging.free_nights:0:14,policy.lodging.stations:5:60]    自定范围
  例：yizhan sensitivity programme=zibo method=sobol leading=results/sensitivity/日期_时间_zibo factors=6
  例：yizhan sensitivity method=given sweep=results/sweep/日期_时间_zibo outcome=employed_in_region
  例：yizhan sensitivity programme=zibo comparison=same_budget method=information value_per_job=80000
  例：yizhan sensitivity method=information result=results/compare/日期_时间_zibo    利用已完成的比较
  例：yizhan sensitivity programme=dongbeitang method=discovery pays=cost threshold=50000""",
        ),
        "programme, method, over, outcome, graduates, minutes, trajectories, groups, n, leading, factors, sweep, scheduler, comparison, "
        "change.KEY, against, result, value_per_job, together, pays, threshold, "
        f"{SHARED}, {SCENARIO}",
        Sentence(
            f"{FOOTER} How it is done: docs/sensitivity.md, docs/information.md, docs/discovery.md.",
            f"{FOOTER.zh}方法见 docs/sensitivity.md、docs/information.md、docs/discovery.md。",
        ),
    ),
    "validate": Help(
        Sentence(
            """yizhan validate [KEY=VALUE ...]    the scorecard: worlds without a programme beside the targets, \
the programmes beside what they reported; median, 95 % interval, distance in tolerances, in or out of sample; \
table, validation.json, validation.md, figures

  Example: yizhan validate
  Example: yizhan validate programmes=[] replicates=40 language=zh    the targets alone
  Example: yizhan validate programmes=[zibo] programme_people=5000 programme_replicates=2    to try something out
  Example: yizhan validate update=true write=docs/validation.md    keep this scorecard, and write its page""",
            """yizhan validate [键=值 ...]    成绩单：没有方案的世界与目标对照，各项目与其上报数对照；\
中位数、95%区间、以容许偏差计的距离、样本内或样本外；表格、validation.json、validation.md、图

  例：yizhan validate
  例：yizhan validate programmes=[] replicates=40 language=zh    只看目标
  例：yizhan validate programmes=[zibo] programme_people=5000 programme_replicates=2    试算
  例：yizhan validate update=true write=docs/validation.md    存档本次成绩单，并写出页面""",
        ),
        f"target, programmes, programme_replicates, programme_people, left_out, kept, update, write, {SHARED}, {SCENARIO}",
        Sentence(
            f"Exit status: 1 where something is missed that the kept scorecard passes. {FOOTER} How it is made: docs/validating.md.",
            f"退出码：存档成绩单中达到而现在未达到时为 1。{FOOTER.zh}方法见 docs/validating.md。",
        ),
    ),
    "check": Help(
        Sentence(
            """yizhan check [KEY=VALUE ...]    small runs against baselines, exactly: what moved, in which baseline, since which day. \
The baselines are those in directory=FOLDER, else of the project you are in, else those that came with the package
yizhan check add programme=NAME [KEY=VALUE ...]    makes a baseline of any scenario; with comparison=NAME or change.KEY=VALUE of a comparison, \
with study=NAME of a study, with -m KEY=A,B,C of the points of a sweep

  Example: yizhan check
  Example: yizhan check programmes=[none,zibo] output=moved language=zh
  Example: yizhan check mode=equivalence junit=check.xml markdown=check.md    where bits moved, tests whether it matters: same, equivalent, \
different, or cannot tell
  Example: yizhan check add programme=mine.yaml directory=tests/baselines margin=5% margin.hires=20    then: yizhan check directory=tests/baselines
  Example: yizhan check update=true    the output was meant to change: write the baselines anew, and say why in CHANGELOG.md""",
            """yizhan check [键=值 ...]    小规模模拟，与基线逐位比较：什么变了，哪个基线，从哪天起。\
基线取自 directory=目录，否则取自所在项目，再否则用程序包自带的
yizhan check add programme=名称 [键=值 ...]    为任一情景建立基线；加 comparison=名称 或 change.键=值 为比较，study=名称 为研究，\
-m 键=A,B,C 为扫描的各点

  例：yizhan check
  例：yizhan check programmes=[none,zibo] output=moved language=zh
  例：yizhan check mode=equivalence junit=check.xml markdown=check.md    逐位有变动时检验是否要紧：相同、等效、不同或无法判断
  例：yizhan check add programme=mine.yaml directory=tests/baselines margin=5% margin.hires=20    之后：yizhan check directory=tests/baselines
  例：yizhan check update=true    结果本应变化：重写基线，并在 CHANGELOG.md 中说明原因""",
        ),
        "mode (exact, equivalence), fresh_seed (null), programmes ([]), directory (null), output (null), junit (null), markdown (null), "
        "annotations (null), workers (null), language (en, zh), update (false), update_in_ci (false); "
        "add, update=true → replicates (2), sample (60), seed (1), graduates (1500); add → name (null), outcomes ([]), margin, margin.OUTCOME "
        "(spread, 5%, 20), replace (false), and every key of what it is of",
        Sentence(
            "A check repeats each baseline as it was made: by its own words, with its replicates, seed and people. What has none is listed as "
            "unguarded. Exit status: 0 same or equivalent; 1 something moved, cannot be told, or cannot be repeated; 2 your mistake, a baseline "
            "that cannot be used, or nothing to check against; 130 interrupted (baselines stay as they were). Where the variable CI is set, "
            "update=true needs update_in_ci=true. More: docs/ci.md.",
            "检查按每个基线自身的命令、模拟次数、种子与人口重跑；没有基线的项目会列出，不作检查。"
            "退出码：0 相同或等效；1 有变动、无法判断，或无法重跑；2 用法有误、基线不可用，或没有可比的基线；130 被中断（基线保持原样）。"
            "若已设变量 CI，update=true 须加 update_in_ci=true。详见 docs/ci.md。",
        ),
    ),
    "bench": Help(
        Sentence(
            """yizhan bench [KEY=VALUE ...]    what this machine makes of the model: a person's day beside the same market in plain Mesa and in \
NumPy, growth with people and memory, cold and warm start, cost by phase and by lever; tables, bench.json, figures

  Example: yizhan bench    everything; takes minutes, and compiles once for the cold start
  Example: yizhan bench parts=[market] people=[1000,10000] repeat=5 language=zh
  Example: yizhan bench parts=[market,phases] people=[500] days=20 year=30 repeat=1    a glance""",
            """yizhan bench [键=值 ...]    本机运行模型的快慢：每人每天的成本与同一市场的纯 Mesa、NumPy 写法对照，\
随人数的增长与内存，首次与之后的启动，各阶段与各政策工具的成本；表格、bench.json、图

  例：yizhan bench    全部测量，需数分钟，首次启动一项会重新编译一次
  例：yizhan bench parts=[market] people=[1000,10000] repeat=5 language=zh
  例：yizhan bench parts=[market,phases] people=[500] days=20 year=30 repeat=1    粗略一看""",
        ),
        "parts ([]), people ([1000,10000,100000]), days (120), year (365), repeat (3), output (null), figures (true), language (en, zh)",
        Sentence(
            "What is compared, and what is left out: docs/bench.md.", "对照什么、略去什么，见 docs/bench.md。",
        ),
    ),
    "import": Help(
        Sentence(
            """yizhan import LEDGER [KEY=VALUE ...]    a ledger of graduates (XLSX, XLS, ODS, CSV in UTF-8 or GBK) made into persons: \
population.parquet for population.people=FILE, report.csv (each row: what was read, guessed, refused, and why), counts.csv
yizhan import posts=FILE    a list of employers' posts: posts.parquet for market.posts=FILE, each as it is, and a place with their market
yizhan import template=ledger.xlsx    an empty ledger
yizhan import gains=RESULT    who of them would gain, by group: RESULT of yizhan compare with population.people=FILE and save_people=true

  Example: yizhan import ledger.xlsx place=zibo date=2024-11-15 output=mine language=zh
  Example: yizhan run programme=zibo population.people=mine/population.parquet replicates=10
  Example: yizhan import ledger.csv total=4000 mapping=ours.yaml    weights to a known total; other headings and words""",
            """yizhan import 台账 [键=值 ...]    把青年就业台账（XLSX、XLS、ODS，或 UTF-8、GBK 的 CSV）转成人员：\
population.parquet 供 population.people=文件 使用，report.csv（逐行说明读取、推测、不采用的内容与原因），counts.csv
yizhan import posts=文件    用人单位岗位表：posts.parquet 供 market.posts=文件 逐个使用，并写出相应市场的地方
yizhan import template=ledger.xlsx    空白台账
yizhan import gains=结果目录    其中谁会受益（分组）：结果来自 yizhan compare，须带 population.people=文件 与 save_people=true

  例：yizhan import ledger.xlsx place=zibo date=2024-11-15 output=mine language=zh
  例：yizhan run programme=zibo population.people=mine/population.parquet replicates=10
  例：yizhan import ledger.csv total=4000 mapping=ours.yaml    加权至已知总数；说明其他表头与用词""",
        ),
        "posts, template, gains, persons (false), place (default), date, total, posts_total, mapping, key, format (parquet, csv), output, "
        "language (en, zh)",
        Sentence("What is read, and what is not: docs/ledger.md.", "读取与不读取的内容见 docs/ledger.md。"),
    ),
    "report": Help(
        Sentence(
            """yizhan report RESULT [KEY=VALUE ...]    report.html and report.docx in the folder of a finished result of run, \
compare, trial, sweep, optimise, validate, calibrate or sensitivity; nothing is simulated

  Example: yizhan report results/compare/DATE_TIME_zibo
  Example: yizhan report results/compare/DATE_TIME_zibo format=html,docx,pdf language=zh""",
            """yizhan report 结果目录 [键=值 ...]    在已完成的结果目录（run、compare、trial、sweep、optimise、\
validate、calibrate、sensitivity）中写出 report.html 与 report.docx；\
不作模拟

  例：yizhan report results/compare/日期_时间_zibo
  例：yizhan report results/compare/日期_时间_zibo format=html,docx,pdf language=zh""",
        ),
        "format (html, docx, pdf), language (en, zh)",
        Sentence("What is in it: docs/report.md.", "内容说明见 docs/report.md。"),
    ),
    "dashboard": Help(
        Sentence(
            """yizhan dashboard [KEY=VALUE ...]    the page, at the address that it prints, until Ctrl-C

  Example: yizhan dashboard
  Example: yizhan dashboard port=8300 folder=~/yizhan language=zh
  Example: yizhan dashboard host=0.0.0.0 token=$(openssl rand -hex 16)    for colleagues, who have to know the token""",
            """yizhan dashboard [键=值 ...]    在所显示的地址提供页面，按 Ctrl-C 结束

  例：yizhan dashboard
  例：yizhan dashboard port=8300 folder=~/yizhan language=zh
  例：yizhan dashboard host=0.0.0.0 token=$(openssl rand -hex 16)    供同事使用，他们须知道口令""",
        ),
        "port, host, token, folder, workers, language (en, zh), queue, queue_each, most_people, most_replicates, most_person_days, most_memory, "
        "most_kept, most_in_memory, most_worlds, most_upload, most_body, most_requests",
        Sentence("What it does with results, who may use it, its API: docs/dashboard.md.", "结果如何保存、谁可使用、接口说明见 docs/dashboard.md。"),
    ),
    "new": Help(
        Sentence(
            """yizhan new county NAME    writes ./NAME: a place and a programme of your own (region, population, comparison, study), commented

  Example: yizhan new county mycounty
  Example: yizhan run programme=mycounty    every verb finds it: by --config-dir=DIR, else by the variable YIZHAN_CONFIGS, else by the nearest \
yizhan.toml""",
            """yizhan new county 名称    写出目录 ./名称：你自己的地方与项目（地区、人口、比较、研究），带注释

  例：yizhan new county mycounty
  例：yizhan run programme=mycounty    每个命令都能找到：先看 --config-dir=目录，再看环境变量 YIZHAN_CONFIGS，再看最近的 yizhan.toml""",
        ),
        "language (en, zh)",
        Sentence("More: docs/own-places.md.", "详见 docs/own-places.md。"),
    ),
    "list": Help(
        Sentence(
            """yizhan list    how many there are of each, and how to go on
yizhan list [programmes|places|comparisons|studies|targets|levers|parameters|keys|outcomes|variables|phases] [match=TEXT]    one list, \
or the lines with a text
yizhan list levers LEVER [LEVER ...]    what a lever changes, and its parameters
yizhan list write=docs/tables    write all lists, in both languages, as Markdown into a folder

  Example: yizhan list parameters match=lodging
  Example: yizhan list levers loans language=zh""",
            """yizhan list    各类有多少，怎样继续查看
yizhan list [programmes|places|comparisons|studies|targets|levers|parameters|keys|outcomes|variables|phases] [match=文字]    一份列表，\
或其中含某文字的各行
yizhan list levers 工具 [工具 ...]    某项政策工具的作用及其参数
yizhan list write=docs/tables    把全部列表（中英两种文字）以 Markdown 写入文件夹

  例：yizhan list parameters match=lodging
  例：yizhan list levers loans language=zh""",
        ),
        "language (en, zh), match, write",
        Sentence("", ""),
    ),
}
"""Verb → its help."""


def overview(language: str) -> str:
    """Return the text of ``yizhan --help``."""
    example_of = in_language(EXAMPLE, language)
    width = max(map(len, VERBS)) + 2
    lines = [f"  {verb:<{width}}{in_language(meaning, language)}\n{'':{width + 2}}{example_of}{example}"
             for verb, (meaning, example) in VERBS.items()]  # fmt: skip
    return hang(in_language(OVERVIEW, language).format(version=sim.__version__, verbs="\n".join(lines)), columns(), indent=width)


def help_of(verb: str, language: str) -> str:
    """Return the text of ``yizhan VERB --help``."""
    usage, keys, footer = HELP[verb]
    chinese = language == "zh"
    lines = [in_language(usage, language), ""]
    if verb in GROUPS:
        lines.append(f"  {'可选的文件（组=名称）：' if chinese else 'Files to choose from (GROUP=NAME):'}")
        lines += [f"    {group + ':':<12}  {('、' if chinese else ', ').join(names_in(group))}" for group in GROUPS[verb]]
        lines.append(f"    {in_language(OWN_NAMES, language)}")
    lines += [f"  {'键：' if chinese else 'Keys: '}{keys}", f"  {in_language(footer, language)}"]
    return hang("\n".join(line for line in lines), columns()).rstrip()


def names_in(group: str) -> list[str]:
    """Return the names of the shipped files of a group."""
    folder = files("configs").joinpath(group)
    names = (file.name.removesuffix(".yaml") for file in folder.iterdir() if file.name.endswith(".yaml")) if folder.is_dir() else ()
    return sorted([*names, *(("evidence",) if group == "behaviour" else ())])
