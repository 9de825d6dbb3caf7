"""Keys of ``yizhan optimise``."""

from __future__ import annotations

from typing import Literal

from experiments.shared.options import KeptRunsOptions, OneOrMore
from sim.optimising.choosing import Rule
from sim.parameters import parameter

_CHOICE = "choice"
Kind = Literal["jobs", "stays_6m", "stays_12m", "businesses"]
"""What money is to bring, as `sim.comparison.KINDS` counts it."""


class OptimiseOptions(KeptRunsOptions):
    """Keys of ``yizhan optimise``."""

    budget: int | None = parameter(
        None, unit="CNY", low=1, high=10**13, source=_CHOICE, en="money to divide over the run; it has to be given",
        zh="模拟期内可分配的资金，必须给出",
    )  # fmt: skip
    levers: OneOrMore = parameter(
        (), unit="-", source=_CHOICE, en="levers among which it is divided, all others off; none: those that the programme offers",
        zh="在哪些政策工具间分配（其余关闭）；留空为项目已有的全部工具",
    )  # fmt: skip
    goal: Kind = parameter(
        "jobs", unit="-", source=_CHOICE, en="what there is to be most of, net: jobs, stays_6m, stays_12m or businesses",
        zh="以何者净增最多为先：jobs 就业、stays_6m 留住半年、stays_12m 留住一年、businesses 企业",
    )  # fmt: skip
    besides: Kind | None = parameter(
        "stays_6m", unit="-", source=_CHOICE, en="what else the front is to show, beside the goal and spending; null: nothing",
        zh="前沿在主要目标与支出之外还考虑什么，null 为无",
    )  # fmt: skip
    per: Literal["origin", "education", "sex", "field"] | None = parameter(
        None, unit="-", source=_CHOICE, en="groups that the goal is looked at by, each for itself on the front; null: none",
        zh="按哪种群体分别看主要目标，null 为不分",
    )  # fmt: skip
    rule: Rule = parameter(
        "mean", unit="-", source=_CHOICE,
        en="which mix is chosen: mean, the most over the vectors of the set; regret, the smallest largest regret; share, the best with most vectors",
        zh="如何选定：mean 各组参数的均值最高，regret 最大遗憾最小，share 在最多组参数下最优",
    )  # fmt: skip
    evaluations: int = parameter(160, unit="-", low=1, high=100_000, source=_CHOICE, en="mixes that are tried", zh="试算的分配方式数")
    batch: int = parameter(16, unit="-", low=1, high=10_000, source=_CHOICE, en="mixes of a round, from which the next ones are learned",
    zh="每轮试算数")
    replicates: int = parameter(
        8, unit="-", low=1, high=100_000, source=_CHOICE, en="simulations of each mix that is tried, with as many vectors of the set",
        zh="每种分配方式的模拟次数，各用一组参数",
    )  # fmt: skip
    finalists: int = parameter(8, unit="-", low=1, high=1000, source=_CHOICE, en="mixes of the front that are run again",
    zh="前沿上重新模拟的分配方式数")
    fresh: int = parameter(
        64, unit="-", low=1, high=100_000, source=_CHOICE, en="simulations of each of these, with other luck, two with each vector of the set",
        zh="其每种重新模拟的次数，随机数不同，每组参数两次",
    )  # fmt: skip
    pilot: int = parameter(
        4, unit="-", low=1, high=1000, source=_CHOICE, en="simulations of each size of a lever, to learn what it spends",
        zh="摸清各工具支出时每种规模的模拟次数",
    )  # fmt: skip
    most: float | None = parameter(
        None, unit="ratio", low=0.001, high=1_000_000, source=_CHOICE,
        en="largest size of a lever, relative to what the programme offers; null: no limit, but for loans and equity, which grow no further",
        zh="各工具最大规模（相对于项目现有规模），null 为不限，但贷款与股权不再增加",
    )  # fmt: skip
    tolerance: float = parameter(
        0.02, unit="share", low=0, high=1, source=_CHOICE, en="part of the budget that a mix may spend too much in the mean",
        zh="平均支出可超出预算的比例",
    )  # fmt: skip
    graduates: int | None = parameter(
        3000, unit="persons", low=100, high=10_000_000, source=_CHOICE,
        en="young people of each run, where the place has more; null: as it has; budget and offers stay as large",
        zh="所在地人数更多时每次模拟的青年人数，null 为按所在地；预算与服务规模不随之改变",
    )  # fmt: skip
