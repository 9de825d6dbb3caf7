"""What the search for the best use of a budget says, in both languages."""

from __future__ import annotations

from experiments.shared.money import money
from sim.bilingual import Sentence

NO_MULTIRUN = Sentence(
    "optimise divides one budget: leave out -m. Other budgets are commands of their own; the front shows what less money brings.",
    "optimise 一次只分配一笔预算，请去掉 -m。其他预算请另行执行；前沿已显示较少资金的效果。",
)
NO_BUDGET = Sentence(
    "budget is missing: how much money is there to divide? Write, for example, budget=3000000 (or budget=300万).",
    "缺少 budget：可分配的资金是多少？例如 budget=3000000（或 budget=300万）。",
)
NO_LEVER = Sentence(
    "nothing to divide the budget over: the programme offers no lever that money buys. Name some: levers=[lodging,internships] (yizhan list levers), "
    "or choose a programme (yizhan list programmes)",
    "没有可分配的政策工具：该项目未提供可用资金购买的工具。请指定 levers=[lodging,internships]（见 yizhan list levers），"
    "或另选项目（yizhan list programmes）",
)
NO_GROUPS = Sentence("per= goes with goal=jobs or goal=stays_6m, not with {goal}", "per= 只能与 goal=jobs 或 goal=stays_6m 合用，不能与 {goal} 合用")
NO_STAYS = Sentence(
    "goal={goal}: within {days} days nobody can have stayed so long; use days={least} or more, or another goal",
    "goal={goal}：{days} 天内无人能住满此期；请用 days={least} 或更长，或另选 goal",
)
TOO_SMALL = Sentence(
    "budget: {budget} buys nothing of {levers}, not even the least of it; give more money or name other levers",
    "budget：{budget} 买不到 {levers} 的任何一份；请增加预算，或另选政策工具",
)
ALL_CHOSEN_FREE = Sentence(
    "{levers}: nothing is spent on these at any size, so there is nothing to divide; name other levers",
    "{levers}：无论规模多大都不产生支出，无从分配；请另选政策工具",
)
NOTHING_FITS = Sentence(
    "no mix that was run again spends at most {budget} in the mean; allow for more (tolerance=0.05), or try more mixes (evaluations=400)",
    "重新模拟的分配方式平均支出均超过 {budget}；请放宽（tolerance=0.05），或增加试算数（evaluations=400）",
)
SAME_PEOPLE = Sentence(
    "A place with {some} young people instead of {all}, to be quick; the budget and what the programme offers stay as large as they are. "
    "For a decision take the place as it is: graduates=null.",
    "为节省时间，以 {some} 名青年代替 {all} 名；预算与项目的服务规模不变。作决定时请按所在地实有人数：graduates=null。",
)
KINDS: dict[str, Sentence] = {
    "jobs": Sentence("Additional jobs", "净增就业"),
    "stays_6m": Sentence("Newcomers ≥ 6 months", "新来满半年"),
    "stays_12m": Sentence("Newcomers ≥ 12 months", "新来满一年"),
    "businesses": Sentence("Run a firm", "经营企业"),
}
"""What money brings, all of it net."""
MORE_OF: dict[str, Sentence] = {
    "jobs": Sentence("people at work", "人就业"),
    "stays_6m": Sentence("newcomers who stay half a year", "名新来青年住满半年"),
    "stays_12m": Sentence("newcomers who stay a year", "名新来青年住满一年"),
    "businesses": Sentence("people who run a firm", "人经营企业"),
}
NOUN_OF: dict[str, Sentence] = {
    "jobs": Sentence("the number of people at work", "就业人数"),
    "stays_6m": Sentence("the number of newcomers who stay half a year", "住满半年的新来青年人数"),
    "stays_12m": Sentence("the number of newcomers who stay a year", "住满一年的新来青年人数"),
    "businesses": Sentence("the number of people who run a firm", "经营企业的人数"),
}
"""The same where no number stands before it."""
RULES: dict[str, Sentence] = {
    "mean": Sentence("the most in the mean over the vectors", "各组参数的均值最高"),
    "regret": Sentence("the smallest largest regret over the vectors", "各组参数下的最大遗憾最小"),
    "share": Sentence("the best with the largest share of the vectors", "在最多组参数下最优"),
}
WHY: dict[str, Sentence] = {
    "asked": Sentence("{lever} cannot spend more than about {most}: nobody asks for more", "{lever}最多只能花约 {most}：没有更多需求"),
    "idle": Sentence(
        "beyond about {most} {lever} gives nothing more: what is more stands idle",
        "{lever}超过约 {most} 后不再提供更多服务：多出的部分闲置",
    ),
    "bound": Sentence("{lever} is allowed no more than about {most}", "{lever}最多允许约 {most}"),
}
"""Why a lever is tried no larger → what is said of it."""
WORDS: dict[str, Sentence] = {
    "answer": Sentence("{budget}: best on {mix}; expected to add {what}, {against}.", "{budget}：最好用于{mix}；预计{what}，{against}。"),
    "answer_nothing": Sentence("{budget}: best not spent; nothing that was tried adds to {what}.",
                               "{budget}：最好不花；所试各种分配都不能增加{what}。"),
    "no_effect": Sentence(
        "{budget}: on {mix}, but no effect on {of} can be told ({range}{given}), {against}.",
        "{budget}：{mix}，但看不出对{of}有作用（{range}{given}），{against}。",
    ),
    "given": Sentence(", given what is not known about behaviour", "，已计入对行为的了解不足"),
    "adds": Sentence("{number} {of} (roughly {low} to {high}{given})", "净增 {number} {of}（大致在 {low} 到 {high} 之间{given}）"),
    "range": Sentence("between {low} and {high}", "大致在 {low} 到 {high} 之间"),
    "more_than_split": Sentence("{number} more than an equal split ({low} to {high})", "比平均分配多 {number}（{low} 到 {high}）"),
    "fewer_than_split": Sentence("{number} fewer than an equal split ({low} to {high})", "比平均分配少 {number}（{low} 到 {high}）"),
    "untold_split": Sentence(
        "which cannot be told from an equal split ({low} to {high})", "与平均分配看不出差别（{low} 到 {high}）",
    ),
    "is_split": Sentence("which is the equal split itself", "即平均分配"),
    "one_run": Sentence("{number} more than an equal split in the one simulation there is", "在仅有的一次模拟中比平均分配多 {number}"),
    "how": Sentence(
        "{tried} mixes tried in a place with {people} young people, on {runs} simulations each ({vectors}); {again} of them, the equal split and "
        "the programme as it is run again with other luck, {fresh} simulations each. Seed {seed}, then {other}.",
        "在 {people} 名青年的地方试算 {tried} 种分配，每种模拟 {runs} 次（{vectors}）；"
        "其中 {again} 种与平均分配、现行方案用另外的随机数各重新模拟 {fresh} 次。"
        "种子 {seed}，其后 {other}。",
    ),
    "one_vector_each": Sentence("each with a vector of its own of the {of} of {name}", "各用参数集 {name} 的 {of} 组参数之一"),
    "no_vectors": Sentence("one behaviour, {name}", "单一行为参数，{name}"),
    "mix": Sentence("The mix", "分配方式"),
    "lever": Sentence("Lever", "政策工具"),
    "size": Sentence("Size (as it is)", "规模（现行）"),
    "spends": Sentence("Spends, {unit}\nmean [95 % interval]", "支出（{unit}）\n均值[95%区间]"),
    "as_it_is": Sentence("As it is,\n{unit}", "现行\n（{unit}）"),
    "at_most": Sentence("Can take,\n{unit}", "至多可用\n（{unit}）"),
    "at_most_note": Sentence(
        "Can take: beyond it nobody asks for more, what is more stands idle, or no more is allowed; nothing: the whole budget.",
        "至多可用：超过后没有更多需求、多出的部分闲置，或不允许更多；空白为全部预算。",
    ),
    "others": Sentence("levers beside these", "其他工具"),
    "total": Sentence("All", "合计"),
    "not_spent": Sentence("Not spent", "未花"),
    "nothing": Sentence("nothing", "无"),
    "front": Sentence("The front: what more money brings (net, mean [95 % interval])", "前沿：多花钱换来什么（净增，均值[95%区间]）"),
    "which": Sentence("Mix", "分配方式"),
    "spent": Sentence("Spends,\n{unit}", "支出\n（{unit}）"),
    "seen": Sentence("In the\nsearch", "搜索时"),
    "regret": Sentence("Mean /\nlargest regret", "平均／\n最大遗憾"),
    "share": Sentence("Best with", "最优占比"),
    "chosen_mark": Sentence("{name} ← chosen", "{name} ← 选定"),
    "too_much": Sentence("{name} (too dear)", "{name}（超支）"),
    "equal_split": Sentence("equal split", "平均分配"),
    "today": Sentence("as it is", "现行方案"),
    "returns": Sentence("by decreasing returns", "按边际递减"),
    "mix_number": Sentence("mix {number}", "方式 {number}"),
    "regret_note": Sentence(
        "Regret: what a mix misses of the best one with the same vector ({of}), over {vectors} vectors. Chosen by: {rule}.",
        "遗憾：在同一组参数下与最优方式之差（{of}），共 {vectors} 组。选定规则：{rule}。",
    ),
    "against_today": Sentence(
        "Against the programme as it is, which spends {spent}: {difference}.", "与现行方案（支出 {spent}）相比：{difference}。",
    ),
    "difference": Sentence("{number} {of} ({low} to {high})", "{number} {of}（{low} 到 {high}）"),
    "difference_untold": Sentence("no difference in {of} that can be told ({low} to {high})", "{of}看不出差别（{low} 到 {high}）"),
    "same_mix": Sentence("the same", "相同"),
    "curse": Sentence(
        "The search flattered what it chose: its finalists had {shift} {of} in the mean there than when they were run again{split}.",
        "搜索会高估其选中者：入围方式在搜索中平均比重新模拟时{shift} {of}{split}。",
    ),
    "curse_split": Sentence(" (the equal split, which nobody had chosen: {shift})", "（未经挑选的平均分配：{shift}）"),
    "more": Sentence("{number} more", "多 {number}"),
    "fewer": Sentence("{number} fewer", "少 {number}"),
    "capital": Sentence(
        "{total} of loans and equity are not in the cost; {lost} of it are lost by the end.",
        "另有贷款与股权 {total} 未计入成本；期末损失 {lost}。",
    ),
    "far": Sentence(
        "{levers}: up to {times} times what the programme offers, farther than anybody has seen it there; most=3 allows three times as much.",
        "{levers}：规模达项目现有的 {times} 倍，超出实际见过的范围；most=3 可限制为三倍。",
    ),
    "free": Sentence("{levers}: nothing is spent on it; in every mix as it is.", "{levers}：不产生支出；各种分配中均保持现状。"),
    "too_dear": Sentence("{levers}: the whole budget buys nothing of it; in no mix.", "{levers}：全部预算也买不到一份；不在任何分配中。"),
    "left_out": Sentence(
        "{levers}: not among the levers that were named; off in every mix but the programme as it is.",
        "{levers}：不在所列工具之中；除现行方案外，各种分配中均关闭。",
    ),
    "dropped": Sentence("{what}: nobody can have stayed so long within {days} days; not looked at.", "{what}：{days} 天内无人能住满此期，未予考虑。"),
    "groups": Sentence("For whom (net, mean [95 % interval])", "惠及谁（净增，均值[95%区间]）"),
    "group": Sentence("Group", "群体"),
    "best_for": Sentence("Most of all mixes: {name}", "各方式中最多：{name}"),
    "best_column": Sentence("Most with", "最多者"),
    "use_it": Sentence("Use it: yizhan compare programme={file}", "使用：yizhan compare programme={file}"),
    "figure_front": Sentence("what more money brings", "多花钱换来什么"),
    "figure_regret": Sentence("what other mixes miss", "其他分配少了多少"),
    "axis_spending": Sentence("Spending, {unit}", "支出（{unit}）"),
    "axis_net": Sentence("{what}, net", "{what}（净增）"),
    "axis_missed": Sentence("{what}, less than with the chosen mix", "{what}，比选定方式少"),
    "legend_tried": Sentence("tried in the search", "搜索中试算"),
    "legend_again": Sentence("run again, 95 % interval", "重新模拟，95%区间"),
    "legend_chosen": Sentence("chosen", "选定"),
    "legend_untold": Sentence("hollow: cannot be told from the chosen one", "空心：与选定方式看不出差别"),
    "front_says": Sentence("The chosen mix spends {spent} and adds {number} {of}.", "选定方式支出 {spent}，净增 {number} {of}。"),
    "programme_title": Sentence("{title}: {budget} divided", "{title}：{budget}的分配"),
    "programme_head": Sentence(
        "The best division over {levers} that yizhan optimise found.\n{said}\nSizes to try out, not orders: docs/optimising.md.",
        "yizhan optimise 在{levers}之间求得的最佳分配。\n{said}\n规模仅供试算，并非指令：docs/optimising.md。",
    ),
}  # fmt: skip


def money_line(amount: float) -> Sentence:
    """Write an amount of money with three figures, as a sentence begins with it."""
    return money(amount, 3)
