"""Keys of the methods of ``yizhan sensitivity`` that look at a choice between variants."""

from __future__ import annotations

from pydantic import Field, field_validator

from experiments.compare.options import ComparisonFile
from experiments.sensitivity.choice_words import DEFAULT_VALUE
from experiments.shared.options import KeptRunsOptions
from sim.parameters import parameter
from sim.wording import unknown

_CHOICE = "choice"
PAYS = ("net_benefit", "jobs", "cost")
"""What may be said to pay."""


class ChoiceOptions(KeptRunsOptions):
    """Keys of ``method=information`` and ``method=discovery``."""

    comparison: ComparisonFile = ComparisonFile(variants={"programme": {}})
    against: str | None = parameter(
        None, unit="-", source=_CHOICE,
        en="of information and discovery: what the variants are compared with, as in yizhan compare; null: as the comparison says",
        zh="information 与 discovery：与什么比较（同 yizhan compare），null 依比较文件",
    )  # fmt: skip
    result: str | None = Field(
        default=None, min_length=1, description="of information and discovery: folder of a finished comparison, which is read, and nothing is run",
        json_schema_extra={"unit": "-", "source": _CHOICE, "zh": "information 与 discovery：已完成的比较结果目录，直接读取而不再模拟"},
    )  # fmt: skip
    value_per_job: float = parameter(
        DEFAULT_VALUE, unit="CNY", low=0, high=1e9, source="assumption: about a year of a young graduate's pay",
        en="of information and discovery: what an additional job is worth to whoever chooses",
        zh="information 与 discovery：每个净增就业对决策者的价值",
    )  # fmt: skip
    together: dict[str, tuple[str, ...]] = parameter(
        {}, unit="-", source=_CHOICE, en="of information: groups of parameters, name: [keys or patterns]; {}: the usual ones",
        zh="information：参数分组（名称与其中的键或通配），空为常用分组",
    )  # fmt: skip
    pays: str = parameter(
        "net_benefit", unit="-", source=_CHOICE,
        en="of discovery: what pays: net_benefit (additional jobs at their value less spending), jobs (at least threshold), cost (per job at most)",
        zh="discovery：怎样算划算：net_benefit（净增就业的价值减支出）、jobs（净增就业不少于 threshold）、cost（每净增就业成本不超过 threshold）",
    )  # fmt: skip
    threshold: float | None = parameter(
        None, unit="of what pays", low=-1e12, high=1e12, source=_CHOICE,
        en="of discovery: where paying begins; null: 0, of cost the value of a job, of a sweep the mean over its points",
        zh="discovery：划算的界限；null 为 0，cost 为每个就业的价值，扫描为各点均值",
    )  # fmt: skip

    @field_validator("pays")
    @classmethod
    def _is_known_to_pay(cls, pays: str) -> str:
        if pays not in PAYS:
            raise ValueError(unknown("pays", pays, list(PAYS)))
        return pays
