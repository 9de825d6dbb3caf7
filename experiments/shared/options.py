"""Keys of every command that runs scenarios."""

from __future__ import annotations

from pydantic import Field, field_validator

from experiments.shared.words import Language, language_named
from sim.parameters import ParameterGroup, parameter

_CHOICE = "choice"


class RunOptions(ParameterGroup):
    """Keys of every verb that runs scenarios."""

    replicates: int = parameter(
        20, unit="-", low=1, high=100_000, source=_CHOICE,
        en="simulations, each with other luck; but for sweeps, where nobody says: 12 with more than 100,000 people",
        zh="模拟次数；除扫描外，未指定时人数超过 10 万则为 12 次",
    )  # fmt: skip
    seed: int = parameter(1, unit="-", low=0, high=2**32 - 1, source=_CHOICE, en="seed of every draw", zh="随机种子")
    workers: int | None = parameter(
        None, unit="-", low=1, high=4096, source=_CHOICE, en="replicates at a time; null: one a core", zh="同时模拟次数，null 为每核一次"
    )
    output: str | None = Field(
        default=None, min_length=1, description="folder of the result; null: results/VERB/DATE_TIME_NAME",
        json_schema_extra={"unit": "-", "source": _CHOICE, "zh": "结果目录，null 为 results/命令/日期_时间_名称"},
    )  # fmt: skip
    language: Language = parameter("en", unit="-", source=_CHOICE, en="language of tables and figures", zh="表格与图的语言")
    save_people: bool = parameter(default=False, unit="-", source=_CHOICE, en="whether to write people.parquet", zh="是否写出个体数据 people.parquet")
    figures: bool = parameter(default=True, unit="-", source=_CHOICE, en="whether to draw figures", zh="是否绘图")

    @field_validator("language", mode="before")
    @classmethod
    def _named(cls, language: object) -> object:
        return language_named(language)
