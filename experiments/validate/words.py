"""What ``yizhan validate`` says."""

from __future__ import annotations

from sim.bilingual import Sentence

OF_CALIBRATION = "calibration"
CHOSEN_INPUTS = "inputs of the programme"
REPORTED_REASON = Sentence("a fifth of a gross count, which is rounded: assumption", "上报总数多为约数，取其五分之一：假定")
MARKET_TITLE = Sentence("Labour market without a programme", "没有方案时的劳动力市场")

WORDS: dict[str, Sentence] = {
    "title": Sentence("Scorecard: the model beside {n} figures", "成绩单：模型与 {n} 项数据对照"),
    "misses": Sentence("Missed ({n})", "未达到（{n} 项）"),
    "passes": Sentence("Within tolerance ({n})", "在容许偏差内（{n} 项）"),
    "figure": Sentence("Figure", "数据"),
    "value": Sentence("Value\n± tolerance", "数值\n± 容许偏差"),
    "value_alone": Sentence("Value", "数值"),
    "simulated": Sentence("Simulated median\n95 % interval", "模拟中位数\n95%区间"),
    "distance": Sentence("Distance", "距离"),
    "sample": Sentence("Known to\nthe model", "模型是否\n已知"),
    "in": Sentence("in sample", "样本内"),
    "out": Sentence("out of sample", "样本外"),
    "by_calibration": Sentence("in: calibration", "内：校准"),
    "by_inputs": Sentence("in: {n} of inputs", "内：输入 {n} 项"),
    "by_a_plan": Sentence("in: plan", "内：计划数"),
    "knobs": Sentence("Served by", "所用可调项"),
    "plan": Sentence("plan", "计划数"),
    "caption": Sentence(
        "Distance in tolerances. 95 % interval: where one more simulated place would lie. In sample: calibrated to, or an input was chosen with it "
        "in view; only what is out of sample tests the model. {market} worlds of {people} people without a programme, {programmes} of each "
        "programme{size}.",
        "距离以容许偏差为单位；95%区间为再模拟一个同样的地方时所在范围。样本内：用于校准，或设定输入时参照了它；只有样本外的才检验模型。"
        "没有方案的世界 {market} 个，每个 {people} 人；每个项目模拟 {programmes} 次{size}。",
    ),
    "without_set": Sentence("Behaviour: the centres of the evidence.", "行为参数：证据的中心值。"),
    "with_set": Sentence(
        "Behaviour: {vectors} of {all} vectors of the set {name} ({digest}).", "行为参数：参数集 {name}（{digest}）{all} 组中的 {vectors} 组。",
    ),
    "small": Sentence(", of at most {people} people (a trial: figures of programmes are too small)", "，至多 {people} 人（试算：项目数值偏小）"),
    "head": Sentence(
        "{passed} of {all} figures within tolerance: {in_passed} of {in_all} in sample, {out_passed} of {out_all} out of sample.",
        "{all} 项中 {passed} 项在容许偏差内：样本内 {in_all} 项中 {in_passed} 项，样本外 {out_all} 项中 {out_passed} 项。",
    ),
    "one": Sentence("One world has no interval, and its median is its luck.", "只有一次模拟，没有区间，中位数就是一次的运气。"),
    "knobs_title": Sentence("Free inputs and figures of each programme", "各项目的可调输入与上报数"),
    "programme": Sentence("Programme", "项目"),
    "figures": Sentence("Figures", "上报数"),
    "chosen": Sentence("of these chosen by", "其中用于设定输入"),
    "free": Sentence("left to test", "留作检验"),
    "inputs": Sentence("Inputs chosen", "所设输入"),
    "left_out_title": Sentence("One programme left out: figures by which nothing was chosen", "逐一留出项目：没有用于设定输入的上报数"),
    "reported": Sentence("Reported", "上报数"),
    "model": Sentence("Model", "模型"),
    "scaled": Sentence("Model, corrected by\nthe other programmes", "按其他项目\n的偏差修正"),
    "planned": Sentence("Plan", "计划数"),
    "errors": Sentence(
        "Off by a factor of, on average (geometric): the model {model} over {n} figures; corrected by the other programmes {scaled} over {m}; "
        "the plan {planned} over {p}, where the model is off by {model_where_planned}.",
        "平均相差倍数（几何平均）：模型 {model}（{n} 项）；按其他项目的偏差修正 {scaled}（{m} 项）；"
        "计划数 {planned}（{p} 项），同一些项上模型为 {model_where_planned}。",
    ),
    "no_fit": Sentence(
        "Nothing of behaviour was fitted to any programme, so leaving one out needs no second fit.",
        "没有任何行为参数按项目拟合，因此留出一个项目无须重新拟合。",
    ),
    "targets_out_title": Sentence(
        "One target left out (with all of its label): what the others say of it", "逐一留出目标（同一编号一并留出）：由其他目标预测",
    ),
    "seen": Sentence("Told all of it", "全部告知时"),
    "unseen": Sentence("Told the others\n95 % interval", "只告知其他目标\n95%区间"),
    "unseen_distance": Sentence("Distance", "距离"),
    "before": Sentence("Told nothing", "什么都不告知"),
    "targets_out": Sentence(
        "Told the others, {passed} of {n} targets are within tolerance, {mean} tolerances off on average; told nothing {before}. {nearer} of {n} are "
        "nearer than that. No run was made for it: the emulator of the calibration's runs is told the others alone.",
        "只告知其他目标时，{n} 项中 {passed} 项在容许偏差内，平均相差 {mean} 个容许偏差；什么都不告知时为 {before}。其中 {nearer} 项更接近。"
        "没有另作模拟：用校准时的模拟所得的近似模型，只告知其他目标。",
    ),
    "lost": Sentence(
        "Missed now, and within tolerance in the kept scorecard: {names}. If that is meant: {command}, and say why in CHANGELOG.md.",
        "存档成绩单中达到、现在未达到：{names}。若符合预期，请运行 {command}，并在 CHANGELOG.md 中说明原因。",
    ),
    "held": Sentence("Nothing that the kept scorecard passes is missed ({file}).", "存档成绩单中达到的项目现在都达到（{file}）。"),
    "gained": Sentence(
        "Within tolerance now, and missed before: {names}. {command} keeps this scorecard.",
        "以前未达到、现在达到：{names}。{command} 可存档本次成绩单。",
    ),
    "none_kept": Sentence("No scorecard is kept yet ({file}); update=true keeps this one.", "尚无存档成绩单（{file}）；update=true 可存档本次结果。"),
    "others": Sentence(
        "Not compared with the kept scorecard, which was made with other settings: {settings}.", "存档成绩单以其他设置生成（{settings}），未作比较。",
    ),
    "kept_now": Sentence("Kept: {file}. Say why in CHANGELOG.md.", "已存档：{file}。请在 CHANGELOG.md 中说明原因。"),
    "written": Sentence("Written: {file}", "已写入：{file}"),
    "note": Sentence("What to know", "说明"),
    "of_programmes": Sentence("Reported figures of programmes", "各项目的上报数"),
    "figure_title": Sentence("{title}: how far the model is off", "{title}：模型相差多少"),
    "figure_axis": Sentence("Distance from the figure, in tolerances", "与数据的距离（以容许偏差为单位）"),
    "figure_note": Sentence("Grey: within tolerance. Line: 95 % interval of one more simulated place. Arrow: farther than shown.",
        "灰带：容许偏差之内。横线：再模拟一个同样的地方的95%区间。箭头：超出图外。"),
    "missed": Sentence("missed", "未达到"),
    "near": Sentence("within tolerance", "在容许偏差内"),
    "not_defined": Sentence("not defined", "无定义"),
}  # fmt: skip
