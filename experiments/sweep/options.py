"""Keys of ``yizhan sweep``."""

from __future__ import annotations

import re
from typing import Any, Literal

from pydantic import field_validator

from experiments.shared.options import ManyRunsOptions, OneOrMore
from sim.bilingual import Sentence
from sim.parameters import parameter

_CHOICE = "choice"


class SweepOptions(ManyRunsOptions):
    """Keys of ``yizhan sweep``."""

    outcomes: tuple[str, ...] = parameter(
        (), unit="-", source=_CHOICE, en="outcomes that are drawn and printed; every one is in the table", zh="绘图并打印的结果指标（数据表含全部）",
    )  # fmt: skip
    design: Literal["grid", "latin_hypercube", "sobol"] = parameter("grid", unit="-", source=_CHOICE, en="how the points are chosen", zh="取点方法")
    n: int | None = parameter(
        None, unit="points", low=1, high=1_000_000, source=_CHOICE, en="points of a design that is no grid", zh="非网格设计的点数",
    )  # fmt: skip
    over: OneOrMore = parameter(
        (), unit="-", source=_CHOICE, en="keys and groups of keys that vary over their plausible range", zh="在合理取值范围内变动的键与键组",
    )  # fmt: skip
    points: str | None = parameter(None, unit="-", source=_CHOICE, en="file of points, .csv or .parquet", zh="点的文件（.csv 或 .parquet）")
    reference: Any = parameter(
        None, unit="-", source=_CHOICE, en="point that others are compared with: number, name, or {KEY: VALUE}",
        zh="作为对照的点：编号、名称或 {键: 值}",
    )  # fmt: skip
    first_replicate: int = parameter(
        0, unit="-", low=0, high=2**31 - 1, source=_CHOICE, en="number of the first replicate: the next hundred of a sweep that is there, say",
        zh="首次模拟的编号，例如为已有扫描再加一百次",
    )  # fmt: skip
    shard: str | None = parameter(
        None, unit="-", source=_CHOICE, en="i/N: the i-th of N shares of the points, for job arrays; yizhan sweep merge puts them together",
        zh="i/N：全部点 N 份中的第 i 份，用于作业数组；以 yizhan sweep merge 合并",
    )  # fmt: skip
    format: OneOrMore = parameter(
        (), unit="-", source=_CHOICE, en="further formats of the table: csv, xlsx (Excel), dta (Stata)",
        zh="数据表的其他格式：csv、xlsx（Excel）、dta（Stata）",
    )  # fmt: skip

    @field_validator("shard")
    @classmethod
    def _is_share(cls, shard: str | None) -> str | None:
        if shard is None:
            return None
        found = re.fullmatch(r"([0-9]{1,6})/([0-9]{1,6})", shard)
        if found is None or not 1 <= int(found[1]) <= int(found[2]):
            message = Sentence("write shard=i/N with i from 1 to N, such as shard=2/4", "请写 shard=i/N，i 从 1 到 N，如 shard=2/4")
            raise ValueError(message)
        return shard

    @property
    def share(self) -> tuple[int, int] | None:
        """Number of the shard, from 1, and how many there are."""
        if self.shard is None:
            return None
        number, of = self.shard.split("/")
        return int(number), int(of)
