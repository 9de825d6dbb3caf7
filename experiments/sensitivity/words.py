"""What a sensitivity analysis says, in both languages."""

from __future__ import annotations

from sim.bilingual import Sentence

NO_MULTIRUN = Sentence(
    "sensitivity makes one analysis: leave out -m. Several keys are varied at once: over=[KEY,GROUP].",
    "sensitivity 一次只做一项分析，请去掉 -m。要同时变动多个键请写 over=[KEY,GROUP]。",
)
ONE_FACTOR = Sentence(
    "over={over}: only {key} can be varied there; a ranking needs two factors or more. To vary one key: yizhan sweep -m {key}=A,B,C",
    "over={over}：其中只有 {key} 可变动；排序至少需要两个因素。只变动一个键请用：yizhan sweep -m {key}=A,B,C",
)
LEFT_OUT = Sentence(
    "Not varied, since not every combination would be allowed: {keys}. Give ranges that go together: over=[KEY:LOWEST:HIGHEST].",
    "以下键未变动，因为并非任意组合都允许：{keys}。请给出可以并存的范围：over=[KEY:LOWEST:HIGHEST]。",
)
COST = Sentence(
    "This will take about {time} on this machine ({runs:,} points, {worlds:,} worlds; an order of magnitude). minutes=N changes it.",
    "在本机预计耗时约 {time}（{runs:,} 个点，{worlds:,} 次模拟；仅为数量级）。minutes=N 可调整。",
)
PLAN = Sentence(
    "Morris: {count} factors, {trajectories} trajectories through all of them.", "Morris 法：{count} 个因素，{trajectories} 条轨迹遍历全部因素。",
)
PLAN_GROUPS = Sentence(
    "Morris: {count} factors, too many to look at each within {minutes:g} minutes. First {screening} trajectories through {groups} groups of at most "
    "{size}; then the leading groups are opened, at most {most} factors, with {trajectories} trajectories through each factor.",
    "Morris 法：共 {count} 个因素，{minutes:g} 分钟内无法逐一考察。先以 {screening} 条轨迹筛选 {groups} 组（每组至多 {size} 个），"
    "再打开靠前的组（至多 {most} 个因素），每个因素 {trajectories} 条轨迹。",
)
OVER_TRAJECTORIES = Sentence("95 % intervals by resampling the trajectories", "95%区间由轨迹重抽样得出")
OVER_BASE_POINTS = Sentence("95 % intervals by resampling the base points", "95%区间由基础样本重抽样得出")
OVER_HALVES = Sentence("95 % intervals by halves of the sample", "95%区间由半样本得出")
PLAN_SOBOL = Sentence(
    "Sobol: {count} factors, {base} base points; luck has a share of its own.", "Sobol 法：{count} 个因素，{base} 个基础样本；随机起落单列份额。",
)
NO_TIME = Sentence(
    "method=sobol looks at few factors: {count} of them take more than minutes={minutes:g}, about minutes={needed:g} at least. Name fewer "
    "(over=[KEY,KEY]), or the leading ones of a screening (leading=FOLDER factors=6), or give it more time",
    "method=sobol 只适用于少数因素：{count} 个因素在 minutes={minutes:g} 内算不完，至少约需 minutes={needed:g}。请减少因素（over=[KEY,KEY]），"
    "或取筛选结果中靠前者（leading=目录 factors=6），或给更多时间",
)
TWICE = Sentence(
    "leading=FOLDER says the factors, and so does over=; leave one of them out", "leading=目录 与 over= 都指定了因素；请去掉其一",
)
BESIDE_GIVEN = Sentence(
    "method=given runs nothing, so {keys} mean nothing there; leave them out, or choose method=morris or method=sobol",
    "method=given 不进行模拟，{keys} 在此没有意义；请去掉，或改用 method=morris、method=sobol",
)
WORDS: dict[str, Sentence] = {
    "title": Sentence("\nWhat moves what: {name}", "\n什么影响什么：{name}"),
    "how": Sentence(
        "{points:,} points, {people:,} young people each, {days} days. Points of one trajectory share their luck; {pairs} of them were run once more "
        "with other luck.",
        "共 {points:,} 个点，每个 {people:,} 名青年、{days} 天。同一条轨迹上的点使用同样的随机数；其中 {pairs} 个点另用随机数再算一次。",
    ),
    "ranges": Sentence(
        "Ranges: {declared} as declared to be plausible, {widened} widened to hold the programme's own value, {around} from half to one and a half "
        "times the programme's own value since none is declared, {given} given.",
        "范围：{declared} 个为已声明的合理区间，{widened} 个放宽以包含方案自身取值，{around} 个未声明、取方案自身取值的一半至一倍半，"
        "{given} 个另行给定。",
    ),
    "table": Sentence(
        "{outcome}: what moves it most ({unit}, over the whole range of a factor)", "{outcome}：影响最大的因素（{unit}，因素取遍全部范围）",
    ),
    "table_plain": Sentence("{outcome}: what moves it most (over the whole range of a factor)", "{outcome}：影响最大的因素（因素取遍全部范围）"),
    "factor": Sentence("Factor", "因素"),
    "range": Sentence("Range", "范围"),
    "mu_star": Sentence("Moves it by (μ*) [95 %]", "影响大小（μ*）[95%]"),
    "mu": Sentence("Direction (μ)", "方向（μ）"),
    "sigma": Sentence("Uneven (σ)", "不均匀（σ）"),
    "rank": Sentence("Rank [95 %]", "名次[95%]"),
    "floor": Sentence(
        "? cannot be told from luck: neither beyond {floor}, which other luck alone would be taken for, nor of one direction throughout. 95 % "
        "intervals by resampling the trajectories.",
        "“?”：与随机起落无法区分：既未超出 {floor}（仅换随机数就可能显得有的影响），方向也不一致。95%区间由轨迹重抽样得出。",
    ),
    "told": Sentence(
        "{outcome}: {told} of {count} factors looked at one by one can be told from luck.",
        "{outcome}：逐一考察的 {count} 个因素中，{told} 个可与随机起落区分。",
    ),
    "none_told": Sentence(
        "{outcome}: none of {count} factors can be told from luck ({floor}): more people (graduates=), replicates or minutes show smaller effects.",
        "{outcome}：{count} 个因素均与随机起落（{floor}）无法区分：增加 graduates、replicates 或 minutes 可看出更小的影响。",
    ),
    "sure": Sentence("{outcome}: surely in front: {factors}{order}.", "{outcome}：确定居前的是 {factors}{order}。"),
    "in_this_order": Sentence(" (in this order)", "（依此次序）"),
    "in_any_order": Sentence(" (their order cannot be told)", "（彼此次序无法判定）"),
    "not_sure": Sentence(
        "{outcome}: which factor leads cannot be told: the intervals of the ranks of {factors} overlap.",
        "{outcome}：哪个因素居首无法判定：{factors} 的名次区间相互重叠。",
    ),
    "unopened": Sentence(
        "{outcome}: {count} factors in {groups} groups were not opened; the strongest of these groups moves it by {most} together.",
        "{outcome}：另有 {groups} 组共 {count} 个因素未打开；其中最强的一组合计影响 {most}。",
    ),
    "in_front": Sentence(
        "{outcome}: a group that was not opened moves it more than every factor looked at: {group}, together {size}. To look into it: "
        "over=[{head}], or more minutes.",
        "{outcome}：有一组未打开的因素，其影响大于所有逐一考察的因素：{group}，合计 {size}。要逐一考察请写 over=[{head}]，或增加 minutes。",
    ),
    "undefined": Sentence("{outcome}: not defined in these worlds.", "{outcome}：在这些模拟中没有定义。"),
    "how_sobol": Sentence(
        "{points:,} points over {base:,} base points, {people:,} young people each, {days} days.",
        "共 {points:,} 个点（{base:,} 个基础样本），每个 {people:,} 名青年、{days} 天。",
    ),
    "table_sobol": Sentence("{outcome}: shares of its variance", "{outcome}：方差份额"),
    "alone": Sentence("Alone (S), % [95 %]", "单独（S），% [95%]"),
    "total": Sentence("With others (ST), % [95 %]", "连同其他（ST），% [95%]"),
    "luck": Sentence("luck", "随机起落"),
    "rest": Sentence("all else in the set of behaviours", "行为参数集中的其他参数"),
    "note_sobol": Sentence(
        "? cannot be told from luck: alone the share may be zero, and with others it is not surely larger than that of luck. 95 % intervals by "
        "resampling the base points.",
        "“?”：与随机起落无法区分：单独份额可能为零，连同其他也不确定大于随机起落。95%区间由基础样本重抽样得出。",
    ),
    "does_not_vary": Sentence(
        "{outcome}: does not vary over these points, or is not defined at enough of them.", "{outcome}：在这些点上没有变化，或有定义的点太少。",
    ),
    "none_told_sobol": Sentence(
        "{outcome}: no factor can be told from luck: more minutes, people or replicates tell more.",
        "{outcome}：没有因素可与随机起落区分：增加 minutes、graduates 或 replicates 可看得更清。",
    ),
    "sum_sobol": Sentence(
        "{outcome}: the factors account for {alone} % of the variance each by itself [95 % interval]; luck takes part in {luck} %.",
        "{outcome}：各因素单独合计占方差的 {alone}%（方括号内为95%区间）；随机起落参与其中 {luck}%。",
    ),
    "few_sobol": Sentence(
        "{outcome}: too few base points ({base}) to tell shares of the variance: {alone} % alone, all factors together, and the "
        "interval of a single share reaches {most} %. n=N or more minutes tell more.",
        "{outcome}：基础样本（{base} 个）太少，无法判断方差份额：各因素单独合计 {alone}%，单项区间最高达 {most}%。增大 n 或 minutes 可看得更清。",
    ),
    "few_given": Sentence(
        "{outcome}: too few points ({base}) to tell shares of the variance: {alone} % alone, all factors together, and the "
        "interval of a single share reaches {most} %. A larger sample tells more.",
        "{outcome}：点（{base} 个）太少，无法判断方差份额：各因素单独合计 {alone}%，单项区间最高达 {most}%。样本越大越清楚。",
    ),
    "how_given": Sentence(
        "{points:,} points of {source}, {count} factors; nothing was run.", "取自 {source} 的 {points:,} 个点，{count} 个因素；未进行新的模拟。",
    ),
    "no_numbers": Sentence("Left out, being no numbers: {keys}.", "不是数值，未计入：{keys}。"),
    "table_given": Sentence("{outcome}: what moves it", "{outcome}：什么影响它"),
    "moved": Sentence("Moves its distribution (PAWN) [95 %]", "使其分布移动（PAWN）[95%]"),
    "note_given": Sentence(
        "? cannot be told from a factor without effect, which would show up to {moved}, and up to {alone} % alone. 95 % intervals by halves of "
        "the sample.",
        "“?”：与毫无影响的因素无法区分，后者也会显得有 {moved}（单独 {alone}%）。95%区间由半样本得出。",
    ),
    "told_given": Sentence(
        "{outcome}: {told} of {count} factors can be told from one without effect.", "{outcome}：{count} 个因素中，{told} 个可与毫无影响的因素区分。",
    ),
    "none_told_given": Sentence(
        "{outcome}: none of {count} factors can be told from one without effect: more points tell more.",
        "{outcome}：{count} 个因素均与毫无影响的因素无法区分：点越多越清楚。",
    ),
    "sum_given": Sentence(
        "{outcome}: the factors account for {alone} % of the variance each by itself [95 % interval]; the rest is luck, and "
        "factors that act together.",
        "{outcome}：各因素单独合计占方差的 {alone}%（方括号内为95%区间）；其余为随机起落与因素间的共同作用。",
    ),
    "figure_shares": Sentence("{outcome}: what moves it, alone and with others", "{outcome}受什么影响：单独与连同其他"),
    "axis_share": Sentence("Index, from 0 to 1", "指数（0 至 1）"),
    "legend_total": Sentence("share of the variance with others (ST), with its 95 % interval", "连同其他因素所占方差（ST）及其95%区间"),
    "legend_alone": Sentence("share of the variance alone (S), with its 95 % interval", "单独所占方差（S）及其95%区间"),
    "legend_moved": Sentence("how far it moves the distribution (PAWN), with its 95 % interval", "使分布移动多少（PAWN）及其95%区间"),
    "and_others": Sentence("and {n} more", "等（另 {n} 个）"),
    "group": Sentence("{first} … {last} ({n})", "{first} … {last}（{n} 个）"),
    "figure_tornado": Sentence("{outcome}: what moves it", "{outcome}受什么影响"),
    "figure_bars": Sentence("Size and unevenness of effects on {outcome}", "对{outcome}的影响：大小与不均匀程度"),
    "axis_effect": Sentence("Mean effect over the whole range of a factor{unit}", "因素取遍全部范围的平均影响{unit}"),
    "in_unit": Sentence(" ({unit})", "（{unit}）"),
    "legend_up": Sentence("raises it", "使其上升"),
    "legend_down": Sentence("lowers it", "使其下降"),
    "legend_untold": Sentence("cannot be told from luck", "与随机起落无法区分"),
    "legend_size": Sentence("mean of absolute effects (μ*), with its 95 % interval", "影响绝对值的均值（μ*）及其95%区间"),
    "legend_sigma": Sentence("spread of effects (σ): bends, or depends on others", "影响的离散度（σ）：非线性或取决于其他因素"),
    "legend_luck": Sentence("what luck alone would be taken for", "仅随机起落就可能显得有的影响"),
}  # fmt: skip
