"""The keys of ``yizhan compare``, and what a file of ``configs/comparison`` says."""

from __future__ import annotations

import re
from typing import Any

from pydantic import model_validator

from experiments.compare.words import NONE
from experiments.shared.options import ClusterOptions
from sim.bilingual import Sentence, sentence
from sim.parameters import ParameterGroup, parameter

NOT_NONE = Sentence("a variant cannot be called none, which is the world without any lever", "方案不能叫 none，它专指没有任何政策工具的情形")


def is_name(text: str) -> bool:
    """Tell whether a text can name a variant: part of a file's name and of a key."""
    return re.fullmatch(r"\w[\w.-]*", text) is not None


class ComparisonFile(ParameterGroup):
    """One file of ``configs/comparison``: a baseline and named variants."""

    title: str = parameter("", unit="-", source="choice", en="title in English", zh="英文标题")
    title_zh: str = parameter("", unit="-", source="choice", en="title in Chinese", zh="中文标题")
    baseline: str = parameter(
        NONE, unit="-", source="choice", en="none: the same people without any lever; programme: the programme as it is; or the name of a variant",
        zh="对照：none 为没有方案，programme 为现行方案，或某一方案名",
    )  # fmt: skip
    alone: bool = parameter(
        default=False, unit="-", source="choice", en="whether a variant has only the levers that it names", zh="各方案是否仅含所列政策工具",
    )  # fmt: skip
    variants: dict[str, dict[str, Any]] = parameter(
        {}, unit="-", source="choice", en="name of a variant, and its overrides of the programme", zh="方案名及其对项目的改动",
    )  # fmt: skip
    labels: dict[str, dict[str, str]] = parameter(
        {}, unit="-", source="choice", en="name of a variant, and what it is called: {en: …, zh: …}", zh="方案名及其中英文名称",
    )  # fmt: skip

    @model_validator(mode="after")
    def _check(self) -> ComparisonFile:
        if not self.variants:
            message = Sentence("needs at least one entry under variants", "variants 之下至少须有一项")
            raise ValueError(message)
        if NONE in self.variants:
            raise ValueError(NOT_NONE)
        for name in self.variants:
            if not is_name(name):
                message = sentence(
                    "variant {name!r}: a name has letters, digits, - and _ only; say more under labels",
                    "方案“{name}”：名称只能含字母、数字、- 与 _；更多说明请写在 labels 之下", name=name,
                )  # fmt: skip
                raise ValueError(message)
        return self


class CompareOptions(ClusterOptions):
    """Keys of ``yizhan compare``."""

    comparison: ComparisonFile = ComparisonFile(variants={"programme": {}})
    against: str | None = parameter(
        None, unit="-", source="choice",
        en="what the variants are compared with: none, programme (as it is), a variant, or another programme; null: as the comparison says",
        zh="与什么比较：none 没有方案，programme 现行方案，某一方案名或另一项目名；null 依比较文件",
    )  # fmt: skip
    detail: bool = parameter(
        default=False, unit="-", source="choice", en="whether every table is printed: differences, accounts, groups, spending by lever, pairing",
        zh="是否打印全部表格：差异、收支账、分群体、分工具支出、配对",
    )  # fmt: skip
    outcomes: tuple[str, ...] = parameter(
        (), unit="-", source="choice", en="outcomes that are printed and drawn; every one is in comparison.json", zh="打印与绘图的结果指标",
    )  # fmt: skip
    precision: float | None = parameter(
        None, unit="the outcome's", low=0, source="choice",
        en="go on until half the 95 % interval of the difference, of a set of behaviours its simulation error, is at most this; null: as many pairs "
        "as replicates",
        zh="持续模拟，直至差异的95%区间半宽（有参数集时为模拟误差）不超过此值；null 为只模拟 replicates 对",
    )  # fmt: skip
    precision_outcome: str = parameter(
        "employed_in_region", unit="-", source="choice", en="outcome that precision is about", zh="precision 所指的结果指标",
    )  # fmt: skip
    most_replicates: int = parameter(
        500, unit="-", low=1, high=100_000, source="choice", en="pairs after which precision is given up", zh="precision 的模拟次数上限",
    )  # fmt: skip
    attribution: bool = parameter(
        default=False, unit="-", source="choice", en="whether the effect is divided among the levers (Shapley value)",
        zh="是否将效果分解到各政策工具（沙普利值）",
    )  # fmt: skip
    attribution_orders: int = parameter(
        1, unit="-", low=1, high=1000, source="choice",
        en="orders of the levers that attribution draws in each replicate, each with its reverse; with up to 6 levers it takes all",
        zh="attribution 每次模拟随机抽取的加入顺序数（各含逆序）；不超过 6 项时取全部顺序",
    )  # fmt: skip
