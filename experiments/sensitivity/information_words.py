"""What is said of the value of finding out, in both languages."""

from __future__ import annotations

from sim.bilingual import Sentence

FEW_VECTORS = Sentence(
    "{vectors} behaviours are too few to tell the value of finding out; take 8 or more: n=256, or a comparison of 16 replicates or more",
    "只有 {vectors} 种行为，不足以判断查清的价值；至少需要 8 种：n=256，或用 16 次以上模拟的比较结果",
)
NOTHING_TOGETHER = Sentence(
    "together.{name}: nothing that varies fits {patterns}; name keys or patterns of the set of behaviours (yizhan list parameters)",
    "together.{name}：变动的参数中没有符合 {patterns} 的；请写参数集中的键或通配（yizhan list parameters）",
)
GROUPS: dict[str, Sentence] = {
    "services": Sentence("what services do", "各项服务的作用"),
    "people_and_employers": Sentence("what people and employers do", "青年与用人单位的行为"),
    "exams": Sentence("exams", "考试升学"),
    "market": Sentence("the labour market", "劳动力市场"),
    "opening": Sentence("the first morning", "期初状态"),
    "policy": Sentence("levers", "政策工具"),
}
"""Usual groups."""
WORDS: dict[str, Sentence] = {
    "best": Sentence(
        "With a job at {value} ({why}), choose now: {best}{gain}. It is the best with {chance} of the {vectors} behaviours.",
        "若每个净增就业值 {value}（{why}），现在应选：{best}{gain}。在 {vectors} 种行为中的 {chance} 里它最好。",
    ),
    "assumed": Sentence("an assumption", "假定"),
    "given": Sentence("as given", "按所给"),
    "net": Sentence(" (net benefit {gain} {range})", "（净收益 {gain} {range}）"),
    "knowing": Sentence(
        "Knowing {what} perfectly before choosing would be worth about {worth} ({low} to {high}), as much as {jobs} additional jobs at {value} each; "
        "{others}.",
        "若在选择之前查清{what}，约值 {worth}（{low} 至 {high}），相当于 {jobs} 个净增就业（每个按 {value}计）；{others}。",
    ),
    "others_less": Sentence("nothing else is worth more than {most}", "其余各项都不超过 {most}"),
    "others_told": Sentence(
        "{names} can be told from 0, too; nothing else is worth more than {most}", "{names} 也可确定大于零；其余各项都不超过 {most}",
    ),
    "others_none": Sentence("nothing else was looked at", "没有考察其他项"),
    "none_worth": Sentence(
        "Nothing about behaviour is worth finding out before this choice (a job at {value}): whatever it were, the best would stay the best.",
        "在这一选择之前，没有什么行为值得先查清（每个净增就业按 {value}计）：无论结果如何，最好的选择不变。",
    ),
    "none_told": Sentence(
        "No single parameter's worth can be told from 0: none is worth more than {most} (a job at {value}).",
        "没有任何单个参数的价值可与零区分：都不超过 {most}（每个净增就业按 {value}计）。",
    ),
    "everything_told": Sentence(
        "Knowing everything perfectly would be worth about {worth} ({low} to {high}), as much as {jobs} jobs.",
        "若全部查清，约值 {worth}（{low} 至 {high}），相当于 {jobs} 个净增就业。",
    ),
    "everything_untold": Sentence(
        "What knowing everything perfectly would be worth cannot be told from 0: about {worth} (at most {high}).",
        "全部查清的价值看不出与零的差别：约 {worth}（至多 {high}）。",
    ),
    "upper_bound": Sentence(
        "One replicate a behaviour cannot tell luck from what is not known: the worth of everything is an upper bound. replicates=2 tells it.",
        "每种行为只模拟一次，无法区分随机起落与了解不足：全部查清的价值只是上限。请用 replicates=2。",
    ),
    "luck": Sentence(
        "Luck is taken off: a mean of few simulations that looks best by luck alone counts for nothing, since only what goes with the behaviours can "
        "be found out (95 % intervals by drawing behaviours again).",
        "随机起落已扣除：只因随机起落而显得最好的，不计入价值，因为只有随行为而变的部分才能查清（95%区间由行为重抽样得出）。",
    ),
    "switch": Sentence(
        "The choice changes where a job is worth {value}: below it {before}, above it {after}.",
        "当每个净增就业值 {value}时选择改变：低于此值选{before}，高于此值选{after}。",
    ),
    "no_switch": Sentence("{best} is the best whatever a job is worth.", "无论每个净增就业值多少，都是{best}最好。"),
    "switch_untold": Sentence("{value} (its interval cannot be told)", "{value}（区间无法确定）"),
    "options": Sentence("What there is to choose from, a job at {value}", "可选的方案（每个净增就业按 {value}计）"),
    "option": Sentence("Variant", "方案"),
    "benefit": Sentence("Net benefit, {unit}\n[what is not known]", "净收益（{unit}）\n[了解不足]"),
    "chance": Sentence("Best with, of\nthe behaviours", "最好的\n行为占比"),
    "worths": Sentence("Worth of knowing perfectly before choosing, a job at {value}", "选择之前查清各项的价值（每个净增就业按 {value}计）"),
    "what": Sentence("What", "查清什么"),
    "worth": Sentence("Worth, {unit}\n[95 %]", "价值（{unit}）\n[95%]"),
    "in_jobs": Sentence("in jobs\n[95 %]", "折合就业（人）\n[95%]"),
    "told": Sentence("", ""),
    "untold": Sentence("cannot be told from 0", "看不出与零的差别"),
    "everything": Sentence("everything", "全部"),
    "group": Sentence("together: {name} ({count})", "合计：{name}（{count} 项）"),
    "note": Sentence(
        "{count} more parameters, none worth more than {most}: information.json. Told from 0: of all together, chance would have one as strong in "
        "fewer than 5 of 100 cases.",
        "另有 {count} 个参数，均不超过 {most}：见 information.json。“可与零区分”为同时考察全部参数时，偶然出现这样强的情形不到 5%。",
    ),
    "left_out": Sentence(
        "{names}: too many parameters for {vectors} behaviours to tell what they are worth together.",
        "{names}：参数太多，{vectors} 种行为不足以判断其合计价值。",
    ),
    "trial": Sentence(
        "A trial of {variant}, half of the people served: {tells} people tell its effect ({effect} in 100 served) from none in 8 of 10 trials, "
        "{decides} from the effect at which it only just pays ({turning}). ",
        "若对{variant}做试验（一半人接受服务）：{tells} 人可在 10 次中的 8 次把其效果（每百名受助者 {effect} 人）与零区分，"
        "{decides} 人可与恰好够本的效果（{turning}）区分。",
    ),
    "trial_worth": Sentence(
        "The answer of {enough} people is worth four fifths of knowing the variant's effect perfectly.",
        "{enough} 人的试验，其价值为完全查清该方案效果的五分之四。",
    ),
    "trial_worthless": Sentence(
        "Before this choice the answer is worth next to nothing: it would hardly change it.", "对这一选择而言，试验结果几乎没有价值：不会改变选择。",
    ),
    "trial_means": Sentence(
        "It is taken to see what others lose, too, as a two-stage trial does (docs/trials.md).",
        "此处假定试验也能看到别人因此减少的就业，如两阶段试验（docs/trials.md）。",
    ),
    "hand_over": Sentence("Try it: {command}", "可先模拟试验：{command}"),
    "hand_over_size": Sentence("About {enrolled} people enrol in its {markets} markets.", "其 {markets} 个市场中约有 {enrolled} 人入组。"),
    "no_study": Sentence(
        "No study file is handed over: so many people take more than {markets} markets of this size. A larger place needs fewer.",
        "未写出研究文件：需要超过 {markets} 个这样大小的市场；地方更大则所需更少。",
    ),
    "no_trial": Sentence("No variant serves persons whom a trial could look at.", "没有方案直接服务个人，无从试验。"),
    "figure_worths": Sentence("What is worth finding out before choosing", "选择之前什么值得查清"),
    "figure_curve": Sentence("Worth of knowing everything, by the value of a job", "全部查清的价值，随每个净增就业的价值而变"),
    "axis_worth": Sentence("Worth of knowing perfectly, {unit}", "查清的价值（{unit}）"),
    "axis_value": Sentence("Value of an additional job, {unit}", "每个净增就业的价值（{unit}）"),
    "legend_worth": Sentence("worth, with its 95 % interval", "价值及其95%区间"),
    "legend_untold": Sentence("cannot be told from 0", "看不出与零的差别"),
    "legend_switch": Sentence("the choice changes", "选择改变"),
    "legend_asked": Sentence("as asked", "所设价值"),
    "foot": Sentence("a job at {value}", "每个净增就业按 {value}计"),
}
