"""Keys of every command that runs scenarios."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field, field_validator

from experiments.shared.words import Language, language_named
from sim.bilingual import Sentence
from sim.parameters import ParameterGroup, parameter

_CHOICE = "choice"
NamedLanguage = Annotated[Language, BeforeValidator(language_named)]
"""A language by any of its names."""


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
    language: NamedLanguage = parameter("en", unit="-", source=_CHOICE, en="language of tables and figures", zh="表格与图的语言")
    save_people: bool = parameter(default=False, unit="-", source=_CHOICE, en="whether to write people.parquet", zh="是否写出个体数据 people.parquet")
    figures: bool = parameter(default=True, unit="-", source=_CHOICE, en="whether to draw figures", zh="是否绘图")


def _as_list(value: object) -> object:
    """Return a single word as a list of one."""
    return [value] if isinstance(value, str) else value


OneOrMore = Annotated[tuple[str, ...], BeforeValidator(_as_list)]
"""Words, of which one may stand without brackets."""


class ManyRunsOptions(RunOptions):
    """Keys of verbs that run a scenario at many points, of which no persons are kept."""

    @field_validator("save_people")
    @classmethod
    def _has_no_people(cls, save_people: bool) -> bool:
        if save_people:
            message = Sentence(
                "no people.parquet is written of many points; leave it out, and make the one that you want to look at with yizhan run",
                "多个点的模拟不写出 people.parquet；请去掉，并用 yizhan run 模拟想细看的点",
            )  # fmt: skip
            raise ValueError(message)
        return save_people


class ClusterOptions(RunOptions):
    """Keys of verbs whose work can be done on a cluster."""

    scheduler: str | None = parameter(
        None, unit="-", source=_CHOICE, en="address or file of a Dask scheduler; null: workers of this machine",
        zh="Dask 调度器的地址或文件，null 为本机",
    )  # fmt: skip


class KeptRunsOptions(ManyRunsOptions, ClusterOptions):
    """Keys of verbs that keep these runs as they are done, on this machine or on a cluster."""
